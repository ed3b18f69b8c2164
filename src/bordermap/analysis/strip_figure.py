"""The strip along the border as a figure: a panel a line, kilometres across, time downwards."""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.periods import period_number
from bordermap.analysis.strip_cells import INK, PAPER, SOFT, UNCOLLECTED, fill_cells, legend_entries
from bordermap.analysis.strips import BorderStrip
from bordermap.codebook import ENDORSEMENT
from bordermap.errors import OutputError
from bordermap.geometry.countries import country_names
from bordermap.geometry.intervals import pair_name
from bordermap.text import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS: Final = ("svg", "png", "pdf")
# Inches.
#: How wide a sign of the small words is, inches.
_SIGN = 0.06
_WIDTH, _LEFT, _RIGHT, _GAP, _LEAST, _NARROW = 11.7, 0.75, 0.35, 0.3, 1.25, 0.46
_ROW: Final = {"week": 0.045, "month": 0.115, "year": 0.42}
_HEIGHTS: Final = (1.6, 7.2)
_LABEL_APART, _PER_LETTER, _LONGEST = 0.15, 0.057, 34
_STYLE: Final = {
    "font.family": "DejaVu Sans", "font.size": 8.0, "axes.linewidth": 0.6, "axes.edgecolor": SOFT,
    "text.color": INK, "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK,
    "text.parse_math": False, "text.usetex": False, "svg.hashsalt": "bordermap", "hatch.linewidth": 0.5,
    "figure.facecolor": PAPER, "savefig.facecolor": PAPER, "axes.unicode_minus": False,
}  # fmt: skip


@dataclass(frozen=True)
class _Panel:
    """One border line and where it stands on the figure, inches from the left."""

    line: str
    length_km: float
    left: float
    width: float
    collected: bool
    cells: pd.DataFrame


def strip_bytes(
    strip: BorderStrip, format: str = "svg", *, title: str = "", notes: Sequence[str] = ()
) -> bytes:
    """Draw a strip; equal strips give equal bytes.

    Args:
        strip: As :func:`bordermap.analysis.strips.border_strip` gives it.
        format: One of :data:`FORMATS`.
        title: Above the figure.
        notes: Sentences on sources, each of its own line; the endorsement sentence follows.

    Returns:
        The file.

    Raises:
        OutputError: matplotlib is not installed (BM510).
    """
    with _style():
        figure = _draw(strip, title, notes)
        stream = io.BytesIO()
        nothing = {
            "svg": ("Date", "Creator"),
            "pdf": ("CreationDate", "Creator", "Producer"),
            "png": ("Software",),
        }
        metadata: dict[str, Any] = dict.fromkeys(nothing[format])
        with warnings.catch_warnings():
            # A letter that the bundled font lacks is drawn as a box; that is no reason to stop.
            warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
            figure.savefig(stream, format=format, dpi=200, metadata=metadata)
    return stream.getvalue()


@contextmanager
def _style() -> Iterator[None]:
    """The same drawing whatever somebody's own settings of matplotlib say."""
    try:
        from matplotlib import style
    except ImportError as error:
        raise OutputError(
            "drawing a figure needs matplotlib",
            hint='Install it with pip install "bordermap[figures]", or write the strip as .csv or .json.',
            code="BM510",
        ) from error
    with style.context(["default", _STYLE]):
        yield


def _draw(strip: BorderStrip, title: str, notes: Sequence[str]) -> Figure:
    from matplotlib.figure import Figure

    periods = sorted(strip.cells["period"].unique(), key=lambda each: period_number(strip.period, each))
    panels = _panels(strip)
    high = float(np.clip(len(periods) * _ROW[strip.period], *_HEIGHTS))
    marks = strip.plan.borders.marks if strip.plan.borders is not None else pd.DataFrame()
    above = 1.3 + _letters(marks, panels) * _PER_LETTER
    wrapped = [line for note in [*notes, ENDORSEMENT] for line in textwrap.wrap(plain(note), 165)]
    axis_lines = max(
        (_axis_words(panel, strip).count("\n") + 1 for panel in panels if panel.collected), default=0
    )
    under = 0.6 + 0.125 * axis_lines
    below = under + 0.4 + 0.15 * len(wrapped)
    figure = Figure(figsize=(_WIDTH, above + high + below))
    place = _Place(figure, below, high)
    for number, panel in enumerate(panels):
        axes = place.axes(panel)
        _draw_panel(axes, panel, periods, strip, labelled=number == 0)
        if panel.collected:
            _label_marks(axes, panel, marks[marks["border_line"] == panel.line])
        _head(place, panel, above)
    _write(place, strip, title, above)
    _legend(place, strip, under)
    for number, line in enumerate(wrapped):
        place.text(_LEFT, 0.15 * (len(wrapped) - number) - 0.03, line, size=7, color=SOFT)
    return figure


@dataclass(frozen=True)
class _Place:
    """Where things stand, inches from the lower left corner."""

    figure: Any
    below: float
    high: float

    def axes(self, panel: _Panel) -> Any:
        width, height = self.figure.get_size_inches()
        box = (panel.left / width, self.below / height, panel.width / width, self.high / height)
        return self.figure.add_axes(box)

    def text(self, x: float, y: float, words: str, **style: Any) -> None:
        width, height = self.figure.get_size_inches()
        self.figure.text(x / width, y / height, words, **style)


def _letters(marks: pd.DataFrame, panels: Sequence[_Panel]) -> int:
    lines = [panel.line for panel in panels if panel.collected]
    shown = marks[marks["border_line"].isin(lines)] if len(marks) else marks
    return max(
        (
            len(_short(*each))
            for each in zip(shown.get("mark", ()), shown.get("border_line", ()), strict=True)
        ),
        default=0,
    )


def _panels(strip: BorderStrip) -> list[_Panel]:
    """The lines of which anything was collected or counted, wide; then the others, narrow."""
    lengths = strip.cells.groupby("border_line")["to_km"].max()
    seen = strip.cells["n_certain"].fillna(0) + strip.cells["n_possible"].fillna(0) > 0
    shown = seen | (strip.cells["covered"] != "no")
    collected = shown.groupby(strip.cells["border_line"]).any()
    wide = [line for line in lengths.index if collected[line]]
    narrow = [line for line in lengths.index if not collected[line]]
    room = _WIDTH - _LEFT - _RIGHT - _GAP * max(len(lengths) - 1, 0) - _NARROW * len(narrow)
    widths = _widths([float(lengths[line]) for line in wide], room) + [_NARROW] * len(narrow)
    panels, left = [], _LEFT
    for line, width in zip([*wide, *narrow], widths, strict=True):
        cells = strip.cells[strip.cells["border_line"] == line]
        panels.append(_Panel(str(line), float(lengths[line]), left, width, line in wide, cells))
        left += width + _GAP
    return panels


def _widths(lengths: list[float], room: float) -> list[float]:
    """Room shared by length, with so much for each that its title can be read."""
    least = min(_LEAST, room / max(len(lengths), 1))
    free = room - least * len(lengths)
    total = sum(max(length, 1e-9) for length in lengths)
    return [least + free * length / total for length in lengths]


def _draw_panel(axes: Axes, panel: _Panel, periods: list[str], strip: BorderStrip, *, labelled: bool) -> None:
    axes.set_xlim(0, panel.length_km)
    axes.set_ylim(len(periods), 0)
    fill_cells(axes, panel.cells)
    for at, each in enumerate(periods):
        if strip.period == "year" or each.endswith(("-01", "-W01")):
            axes.axhline(at, color=SOFT, linewidth=0.35, alpha=0.6)
    axes.set_yticks([at for at, _ in _year_ticks(periods)], [text for _, text in _year_ticks(periods)])
    axes.tick_params(axis="y", length=0, labelleft=labelled)
    if panel.collected:
        axes.xaxis.set_major_locator(_ticks(panel))
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.tick_params(axis="x", length=2.5, labelsize=7.5)
        axes.set_xlabel(_axis_words(panel, strip), fontsize=7.5, labelpad=2)
    else:
        axes.set_xticks([])


def _axis_words(panel: _Panel, strip: BorderStrip) -> str:
    lines = strip.plan.borders.lines if strip.plan.borders is not None else pd.DataFrame()
    start = "".join(lines.loc[lines["border_line"] == panel.line, "along_from"]) if len(lines) else ""
    named = _short(start, panel.line)
    # An end without a name of its own is "the first end" already.
    named = named if named.startswith("the ") else f"the {named}"
    words = f"km along the line, from {named}" if start else "km along the line"
    return "\n".join(textwrap.wrap(words, max(int(panel.width / 0.075), 16)))


def _year_ticks(periods: list[str]) -> list[tuple[float, str]]:
    """A label in the middle of each year."""
    rows: dict[str, list[int]] = {}
    for at, each in enumerate(periods):
        rows.setdefault(each[:4], []).append(at)
    return [(sum(each) / len(each) + 0.5, year) for year, each in rows.items()]


def _ticks(panel: _Panel) -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=max(2, int(panel.width / 0.75)), steps=[1, 2, 5, 10], integer=True)


def _label_marks(axes: Axes, panel: _Panel, marks: pd.DataFrame) -> None:
    """Names of marks above the panel, as many as can stand beside each other."""
    last = -np.inf
    for km, name in zip(marks["along_km"], marks["mark"], strict=True):
        at = km / panel.length_km * panel.width
        if at - last < _LABEL_APART:
            continue
        last = at
        axes.annotate(
            _short(name, panel.line), (km, 0), xytext=(0, 7), textcoords="offset points", rotation=90,
            fontsize=7, ha="center", va="bottom", color=INK, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "linewidth": 0.5, "color": SOFT, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip


def _short(name: str, line: str) -> str:
    """The name of a mark, of a tripoint without the two countries that the panel names already."""
    names = {country_names().get(code, code) for code in line.partition(":")[0].split("-")}
    if name.startswith("tripoint "):
        others = [each for each in name.removeprefix("tripoint ").split("–") if each not in names]
        name = f"tripoint with {others[0]}" if len(others) == 1 else name
    return plain(name) if len(name) <= _LONGEST else f"{plain(name)[: _LONGEST - 1]}…"


def _head(place: _Place, panel: _Panel, above: float) -> None:
    """What line it is; of a narrow panel the words stand upright in it."""
    pair, _, part = panel.line.partition(":")
    words = plain(pair_name(pair) + (f", {part.replace('-', ' ')}" if part else ""))
    if panel.collected:
        top = place.below + place.high + above - 0.72
        words = words if len(words) * 0.085 < panel.width else words.replace("–", "–\n", 1)
        place.text(panel.left, top, f"{words}\n{panel.length_km:,.0f} km", size=8.5, va="top")
        return
    text = f"{words}, {panel.length_km:,.0f} km: not collected"
    # The legend says it too; names are broken before they leave the panel.
    if len(text) * _SIGN > place.high:
        text = text.removesuffix(": not collected")
    if len(text) * _SIGN > place.high:
        text = text.replace("–", "–\n", 1)
    middle = panel.left + panel.width / 2
    box = {"facecolor": UNCOLLECTED, "edgecolor": "none", "pad": 1.5}
    place.text(middle, place.below + place.high / 2, text, rotation=90, size=7, ha="center", va="center",
               color=SOFT, bbox=box)  # fmt: skip


def _write(place: _Place, strip: BorderStrip, title: str, above: float) -> None:
    top = place.below + place.high + above
    place.text(_LEFT, top - 0.14, plain(title), size=12, weight="bold", va="top")
    words = f"Reported incidents by kilometre along the border and by {strip.period}: {strip.total:,} in all"
    if strip.not_placed:
        words += f", {strip.not_placed:,} of them nowhere on it, their place or date not being known so well"
    place.text(_LEFT, top - 0.42, f"{words}.", size=8.5, va="top", color=SOFT)


def _legend(place: _Place, strip: BorderStrip, under: float) -> None:
    entries = legend_entries(strip.cells)
    width, height = place.figure.get_size_inches()
    place.figure.legend(
        handles=entries, loc="lower left", bbox_to_anchor=(_LEFT / width, (place.below - under) / height),
        ncols=len(entries), frameon=False, fontsize=7.5, handlelength=1.8, handleheight=1.2,
        columnspacing=1.4, borderpad=0, borderaxespad=0,
    )  # fmt: skip
