"""The strip along the border: as data and as a figure."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from bordermap.analysis.coverage import Covered
from bordermap.analysis.strip_cells import _blocks
from bordermap.analysis.strip_figure import strip_bytes
from bordermap.analysis.strips import BorderStrip, border_strip
from bordermap.codebook import ENDORSEMENT
from bordermap.errors import InputError, OutputError, UsageError

from support.counted import incident, lines, table

ROWS = (
    incident(), incident(date_start="2022-06-01"), incident(border_along_high_km=45.0),
    incident(border_pairs="AFG-UZB", border_stretches="AFG-UZB", border_line="", border_along_low_km=np.nan),
    incident(border_pairs="", border_stretches="", border_line="", border_along_low_km=np.nan),
)  # fmt: skip


def strip(*rows: dict[str, Any], **more: Any) -> BorderStrip:
    how: dict[str, Any] = {"every_km": 20.0, "borders": lines()} | more
    return border_strip(table(*rows), **how)


def uncollected(one: BorderStrip) -> BorderStrip:
    """The same strip, of data that covers one of the two borders."""
    cells = one.cells.assign(covered=np.where(one.cells["border_line"] == "AFG-UZB", "no", "yes"))
    cells.loc[cells["covered"] == "no", ["n_certain", "n_possible"]] = pd.NA
    return replace(one, cells=cells, covered=Covered(frozenset({"AFG-TJK"})))


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """matplotlib keeps no figures of ours open."""
    yield
    module = sys.modules.get("matplotlib.pyplot")
    assert module is None or not module.get_fignums()


def test_every_part_and_period_is_there_and_what_is_uncertain_is_spread() -> None:
    found = strip(*ROWS)
    assert (found.total, found.not_placed, found.period) == (5, 1, "month")
    assert len(found.cells) == (5 + 2) * 3
    april = found.cells[found.cells["period"] == "2022-04"].set_index(["border_line", "from_km"])
    assert april["n_certain"].tolist() == [1, 0, 0, 0, 0, 0, 0]
    assert april["n_possible"].tolist() == [1, 1, 1, 0, 0, 1, 1]
    assert found.cells.loc[found.cells["period"] == "2022-05", "n_certain"].sum() == 0


def test_months_become_years_where_they_are_too_many() -> None:
    assert strip(incident(), incident(date_start="2010-01-01")).period == "year"
    assert strip(incident(), incident(date_start="2010-01-01"), period="month").period == "month"


def test_the_length_of_parts_follows_from_the_longest_line() -> None:
    assert strip(incident(), every_km=None).plan.every_km == 2.0


def test_bad_strips_are_told() -> None:
    for more, code in (({"period": "day"}, "BM509"), ({"every_km": 0.01, "period": "week"}, "BM513")):
        with pytest.raises(UsageError) as caught:
            strip(incident(), incident(date_start="2020-01-01"), **more)
        assert caught.value.code == code
    with pytest.raises(InputError, match="needs enriched"):
        border_strip(table({"date_start": "2022-01-01"}), borders=lines())


def test_equal_strips_give_equal_bytes_without_dates_or_foreign_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("matplotlib")
    import matplotlib

    one = uncollected(strip(*ROWS))
    for form, begin in (("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        first = strip_bytes(one, form, title="A title", notes=["A source."])
        with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "text.parse_math": True}):
            assert strip_bytes(one, form, title="A title", notes=["A source."]) == first
        assert first.startswith(begin)
        assert not re.search(rb"<dc:date>|CreationDate|/ModDate|tIME", first)


def written(figure: Any) -> list[Any]:
    """All that is text on a figure."""
    return list(figure.findobj(lambda artist: hasattr(artist, "get_text")))


def texts(strip: BorderStrip, **more: Any) -> list[str]:
    """The words on a figure."""
    from bordermap.analysis import strip_figure

    with strip_figure._style():
        figure = strip_figure._draw(strip, more.get("title", ""), more.get("notes", ()))
        found = [text.get_text() for text in written(figure)]
    return [text for text in found if text]


def test_a_figure_says_what_it_shows() -> None:
    pytest.importorskip("matplotlib")
    words = " | ".join(texts(uncollected(strip(*ROWS)), title="Incidents", notes=["Source: a table."]))
    for part in ("Incidents", "5 in all, 1 of them nowhere on it", "Old bridge", "Afghanistan–Tajikistan",
                 "Uzbekistan, 40 km", "not collected", "one possibly here", "1 certain",
                 "km along the line, from the", "Source: a table.", ENDORSEMENT, "2022"):  # fmt: skip
        assert part in words, part


def test_words_do_not_lie_on_each_other() -> None:
    pytest.importorskip("matplotlib")
    from bordermap.analysis import strip_figure

    names = [f"a name of a mark, number {at}" for at in range(40)]
    marks = pd.DataFrame({"border_line": "AFG-TJK", "along_km": np.linspace(0, 100, 40), "mark": names})
    known = lines()
    known = replace(
        known, marks=marks, lines=known.lines.assign(along_from="a place with a rather long name")
    )
    one = strip(*ROWS, borders=known)
    with strip_figure._style():
        figure = strip_figure._draw(one, "A title", ["A note. " * 40])
        figure.savefig(io.BytesIO(), format="png", dpi=100)
        boxes = [
            (text.get_text(), text.get_window_extent())
            for text in written(figure)
            if text.get_text() and text.get_visible()
        ]
    for at, (words, box) in enumerate(boxes):
        for other, theirs in boxes[at + 1 :]:
            apart = box.x1 <= theirs.x0 or theirs.x1 <= box.x0 or box.y1 <= theirs.y0 or theirs.y1 <= box.y0
            assert apart or words == other, (words, other)
        width, height = figure.get_size_inches() * 100
        assert box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height, words


def test_values_from_data_are_no_markup() -> None:
    pytest.importorskip("matplotlib")
    title = r"$\frac{1}{2}$ <script>alert(1)</script> & \x"
    assert title in texts(strip(*ROWS), title=title)
    drawn = strip_bytes(strip(*ROWS), "svg", title=title).decode()
    assert "<script" not in drawn


def test_letters_that_the_font_lacks_do_not_stop_it() -> None:
    pytest.importorskip("matplotlib")
    assert strip_bytes(strip(*ROWS), "png", title="阿富汗")


def test_blocks_hold_the_chosen_cells_and_no_others() -> None:
    grid = np.random.default_rng(5).random((7, 9)) < 0.5
    for joined in (False, True):
        again = np.zeros_like(grid, dtype=int)
        for first, last, top, bottom in _blocks(grid, joined=joined):
            again[first : last + 1, top:bottom] += 1
        assert (again == grid).all()
    assert len(_blocks(np.ones((7, 9), dtype=bool), joined=True)) == 1


def test_without_matplotlib_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(OutputError, match="needs matplotlib") as caught:
        strip_bytes(strip(*ROWS))
    assert "bordermap[figures]" in caught.value.hint and caught.value.code == "BM510"
