"""What a reader does with a page of counts, in a real browser without a network."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import folium
import pytest
from playwright.sync_api import Page

from bordermap.codebook import ENDORSEMENT
from bordermap.maps.aggregate_page import aggregate_page
from bordermap.maps.aggregates import AggregateLayer
from bordermap.maps.page import Map

from support.counts import CELLS, OUTSIDE, STRETCHES, counts, stretches
from support.visits import Open, OpenPlain, Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DRAWN_STRETCHES = [row for row in STRETCHES if row[2] + row[3]]
#: The page's map, whatever folium called it.
MAP = "window[Object.keys(window).find(name => name.startsWith('map_'))]"
BOMB = "</script><img src=x onerror=\"window.__ran.push('img')\">${1}{{7*7}}"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return aggregate_page(counts()).save(tmp_path_factory.mktemp("counts") / "counts.html")


@pytest.fixture(scope="module")
def visit(open_page: Open, path: Path) -> Visit:
    return open_page(path)


def text_of(page: Page) -> str:
    return " ".join(str(page.evaluate("document.body.textContent")).split())


def table(page: Page, name: str = "Cells") -> list[list[str]]:
    """The rows of one of the tables, as shown."""
    if not page.locator(".bm-table-sheet").is_visible():
        page.get_by_role("button", name="Table", exact=True).first.click()
    page.locator(".bm-tabs").get_by_role("button", name=name).first.click()
    found: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll('.bm-table-scroll:not([hidden]) tbody tr')]
            .map(tr => [...tr.children].map(cell => cell.textContent))"""
    )
    return found


def place_on_screen(page: Page, lon: float, lat: float) -> tuple[float, float]:
    x, y = page.evaluate(
        f"([lat, lon]) => {{ const p = {MAP}.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }}",
        [lat, lon],
    )
    return x, y


def test_nothing_is_asked_for_and_nothing_complains(visit: Visit) -> None:
    assert visit.requests == [] and visit.errors == []
    assert visit.page.evaluate("window.__refused") == []
    assert visit.page.evaluate("performance.getEntriesByName('bordermap:drawn').length") == 1


def test_period_rights_attribution_and_endorsement_stand_on_the_page(visit: Visit) -> None:
    text = text_of(visit.page)
    for words in (
        "Incidents dated 3 January 2019 to 30 June 2024",
        "A dataset, example.org. Accessed 1 May 2026.",
        "counts only: no single row, no notes, no ids, no sources",
        ENDORSEMENT,
    ):
        assert words in text


def test_what_is_drawn_and_what_is_not_adds_up_to_the_rows(visit: Visit) -> None:
    box = visit.page.locator(".bm-unplaced tr")
    told = dict(box.evaluate_all("rows => rows.map(tr => [tr.cells[0].textContent, Number(tr.dataset.n)])"))
    inside = sum(row[2] for row in CELLS)
    assert told == {
        "Province": OUTSIDE["admin1"], "Border stretch": OUTSIDE["border_stretch"],
        "Country only": OUTSIDE["country"],
        "All not placeable": sum(OUTSIDE.values()), "In cells": inside, "All incidents": 280,
    }  # fmt: skip
    assert told["In cells"] + told["All not placeable"] == told["All incidents"]
    assert "280 incidents: 263 in 5 cells, 17 not placeable at this scale." in text_of(visit.page)


def test_the_tables_hold_the_counts_that_were_given(open_page: Open, path: Path) -> None:
    page = open_page(path).page
    rows = table(page)
    assert [int(row[1]) for row in rows] == sorted((row[2] for row in CELLS), reverse=True)
    assert rows[1] == ["37.25–37.5° N, 69.75–70° E", "42", "20", "22", "30", "12", "12"]
    assert rows[0][-1] == "–"
    foot = page.locator(".bm-table-scroll:visible tfoot td").all_inner_texts()
    assert foot == ["263", "125", "138", "34", "229", "17"]
    found = {row[0]: (int(row[2]), int(row[3])) for row in table(page, "Border stretches")}
    assert sorted(found.values()) == sorted(row[2:] for row in DRAWN_STRETCHES)
    assert found["Takhar – Khatlon"] == (45, 6)


def colour_at(page: Page, pane: str, lon: float, lat: float) -> str:
    """The colour that a canvas shows at a place."""
    x, y = place_on_screen(page, lon, lat)
    result: str = page.evaluate(
        """([pane, x, y]) => {
            const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
            const box = canvas.getBoundingClientRect(), fine = canvas.width / box.width;
            const [r, g, b, a] = canvas.getContext('2d').getImageData((x - box.left) * fine, (y - box.top) * fine, 1, 1).data;
            return a ? '#' + [r, g, b].map(part => part.toString(16).padStart(2, '0')).join('') : '';
        }""",
        [pane, x, y],
    )
    return result


def test_each_cell_is_painted_from_edge_to_edge_in_the_colour_of_its_class(
    open_page: Open, path: Path
) -> None:
    page = open_page(path).page
    classes = AggregateLayer(counts()).payload()["cellClasses"]
    style = "getComputedStyle(document.querySelector('.bm-map'))"
    for west, south, n, *_ in CELLS:
        shade = next(each["shade"] for each in classes if each["low"] <= n <= each["high"])
        wanted = page.evaluate(f"{style}.getPropertyValue('--bm-tally-{shade}').trim()")
        page.evaluate(f"{MAP}.setView([{south + 0.125}, {west + 0.125}], 10, {{animate: false}})")
        page.wait_for_timeout(50)
        inside = 0.004
        for lon in (west + inside, west + 0.125, west + 0.25 - inside):
            for lat in (south + inside, south + 0.125, south + 0.25 - inside):
                assert colour_at(page, "bm-cells", lon, lat) == wanted
        for lon, lat in ((west - inside, south - inside), (west + 0.25 + inside, south + 0.25 + inside)):
            assert colour_at(page, "bm-cells", lon, lat) != wanted


def test_a_stretch_is_painted_along_its_line(open_page: Open, path: Path) -> None:
    page = open_page(path).page
    one = next(each for each in AggregateLayer(counts()).payload()["stretches"] if each["certain"] == 45)
    line = one["parts"][0]["lines"][0]
    lon, lat = line[len(line) // 2]
    page.evaluate(f"{MAP}.setView([{lat}, {lon}], 12, {{animate: false}})")
    page.wait_for_timeout(50)
    assert colour_at(page, "bm-stretches", lon, lat) != ""


def test_a_click_on_a_cell_opens_its_card(open_page: Open, path: Path) -> None:
    page = open_page(path).page
    page.mouse.click(*place_on_screen(page, 66.375, 31.625))
    card = page.locator(".bm-card")
    card.wait_for()
    text = " ".join(card.inner_text().split())
    assert "210 incidents" in text and "31.5–31.75° N, 66.25–66.5° E" in text
    assert "Confirmed 100" in text and "Reported 110" in text and "Shooting 210" in text
    assert "Killed, best figures added –" in text
    page.keyboard.press("Escape")
    assert not card.is_visible()


def test_a_pointer_over_a_cell_names_it(open_page: Open, path: Path) -> None:
    page = open_page(path).page
    page.mouse.move(*place_on_screen(page, 66.375, 31.625))
    hint = page.locator(".bm-hint:visible")
    hint.wait_for()
    assert "210 incidents" in hint.inner_text()


def test_every_cell_and_stretch_is_reached_by_keyboard_alone(open_page: Open, path: Path) -> None:
    page = open_page(path).page
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Table":
            break
    page.keyboard.press("Enter")
    wanted = {"cell": {row[2] for row in CELLS}, "stretch": {row[2] for row in DRAWN_STRETCHES}}
    for kind, numbers in wanted.items():
        reached = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            row = page.evaluate(
                "() => { const tr = document.activeElement.closest('tr[data-unit]'); return tr ? tr.dataset.unit : '' }"
            )
            if row:
                reached.add(row)
            if len(reached) == len(numbers):
                break
        assert len([each for each in reached if f" {kind} " in each]) == len(numbers)
        page.keyboard.press("Enter")
        page.locator(".bm-card").wait_for()
        page.keyboard.press("Escape")
        if kind == "cell":
            tab = page.locator(".bm-tab", has_text="Border stretches")
            tab.focus()
            page.keyboard.press("Enter")


def test_n_and_p_go_through_the_cells_from_the_map_and_say_so(open_page: Open, path: Path) -> None:
    page = open_page(path).page
    page.locator(".bm-map").focus()
    heard = []
    for _ in CELLS:
        page.keyboard.press("n")
        heard.append(page.locator(".bm-card h2").inner_text())
    assert heard == [f"{n} incident{'s' if n > 1 else ''}" for n in (210, 42, 7, 3, 1)]
    assert "1 incident. 37–37.25° N" in page.locator(".bm-live").inner_text()
    page.keyboard.press("p")
    assert page.locator(".bm-card h2").inner_text() == "3 incidents"
    assert page.locator(".bm-card-place").inner_text() == "Cell 4 of 5, most incidents first"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('bm-map')")


def test_the_legend_states_every_class_with_its_bounds_and_cells(visit: Visit) -> None:
    legend = visit.page.locator(".bm-legend")
    text = " ".join(legend.inner_text().split())
    payload = AggregateLayer(counts()).payload()
    for each in (*payload["cellClasses"], *payload["stretchClasses"]):
        low, high = each["low"], each["high"]
        assert (f"{low:,}" if low == high else f"{low:,}–{high:,}") in text
    told = legend.locator(".bm-tally-more").all_inner_texts()
    assert sum(int(re.sub(r"\D", "", each)) for each in told) == len(CELLS)
    assert "fixed steps" in text and "0.25°" in text


def test_cells_and_stretches_can_be_switched_off(open_page: Open, path: Path) -> None:
    page = open_page(path).page
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.locator("input[data-key='tally-0:cells']").uncheck()
    assert colour_at(page, "bm-cells", 66.375, 31.625) == ""
    page.mouse.click(*place_on_screen(page, 66.375, 31.625))
    assert not page.locator(".bm-card").is_visible()
    page.locator("input[data-key='tally-0:cells']").check()
    assert colour_at(page, "bm-cells", 66.375, 31.625) != ""


def test_many_cells_are_shown_some_rows_at_a_time(open_page: Open, tmp_path: Path) -> None:
    import numpy as np
    import pandas as pd

    steps = np.arange(700)
    west, south = 60 + (steps % 35) * 0.25, 30 + (steps // 35) * 0.25
    cells = pd.DataFrame(
        {"west": west, "south": south, "east": west + 0.25, "north": south + 0.25, "n": steps + 1}
    )
    many = counts(cells=cells, not_placeable={}, rows=int(cells["n"].sum()), stretches=stretches())
    page = open_page(Map([AggregateLayer(many)], title="Many").save(tmp_path / "many.html")).page
    seen = [row[1] for row in table(page)]
    assert len(seen) == 250
    for _ in range(2):
        page.get_by_role("button", name="Rows after").click()
        seen += page.locator("tr[data-unit] td:nth-child(2)").all_inner_texts()
    assert sorted(int(each.replace(",", "")) for each in seen) == list(range(1, 701))
    assert page.get_by_role("button", name="Rows after").is_disabled()
    assert not page.locator(".bm-unplaced").count()


SIZES = [(1280, 800), (390, 844)]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_all_of_it_is_in_view_at_first_on_any_screen(
    open_page: Open, path: Path, tmp_path: Path, width: int, height: int, scheme: str, direction: str
) -> None:
    if direction == "rtl":
        text = path.read_text(encoding="utf-8").replace('dir="ltr"', 'dir="rtl"', 1)
        path = tmp_path / "rtl.html"
        path.write_text(text, encoding="utf-8")
    visit = open_page(path, width=width, height=height, color_scheme=scheme)
    page = visit.page
    assert visit.errors == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    covered = page.evaluate(
        """() => [...document.querySelectorAll('.bm-side, .bm-masthead, .bm-foot, .bm-bar, .bm-card, .bm-table-sheet')]
            .map(e => e.getBoundingClientRect()).filter(r => r.width && r.height).map(r => [r.left, r.top, r.right, r.bottom])"""
    )
    for west, south, *_ in CELLS:
        x, y = place_on_screen(page, west + 0.125, south + 0.125)
        assert 0 < x < width and 0 < y < height
        assert not [box for box in covered if box[0] < x < box[2] and box[1] < y < box[3]]


def test_hostile_words_show_as_text_and_nothing_runs(open_page: Open, tmp_path: Path) -> None:
    cells = counts().cells.assign(**{f"n_{BOMB}": counts().cells["n"] - 1})
    hostile = counts(
        cells=cells,
        stretches=stretches((BOMB, BOMB, 3, 1), ("AFG-TJK:takhar-khatlon", "AFG-TJK", 1, 0)),
        not_placeable={BOMB: 17},
        attributions=(BOMB,),
        rights=BOMB,
        date_start="2019-01-01",
    )
    layer = AggregateLayer(hostile, name=BOMB)
    visit = open_page(Map([layer, AggregateLayer(counts())], title=BOMB).save(tmp_path / "hostile.html"))
    page = visit.page
    table(page)
    page.locator("tr[data-unit] button").first.click()
    page.locator(".bm-card").wait_for()
    assert page.evaluate("window.__ran") == [] and visit.errors == [] and visit.requests == []
    assert page.evaluate("window.__refused") == []
    text = text_of(page)
    assert text.count("onerror=") >= 6 and page.locator("img").count() == 0


def test_two_sets_of_counts_stay_apart(open_page: Open, tmp_path: Path) -> None:
    few = counts(cells=counts().cells.iloc[:2], not_placeable={}, rows=8, stretches=stretches())
    layers = [AggregateLayer(counts(), name="First"), AggregateLayer(few, name="Second")]
    visit = open_page(Map(layers, title="Two").save(tmp_path / "two.html"))
    tabs = [" ".join(text.split()) for text in visit.page.locator(".bm-tab").all_text_contents()]
    assert tabs == ["First: cells (5)", "First: border stretches (4)", "Second: cells (2)"]
    assert "8 incidents: 8 in 2 cells." in text_of(visit.page)


def test_counts_beside_incidents_leave_both_tables(open_page: Open, tmp_path: Path) -> None:
    import bordermap as bm

    case = bm.read_casebook()
    layers: list[Any] = [bm.BaseLayer(), AggregateLayer(counts()), bm.IncidentLayer(case)]
    visit = open_page(Map(layers, title="Both").save(tmp_path / "both.html"))
    assert visit.errors == []
    assert visit.counts()["rows"] == len(case.incidents)
    page = visit.page
    table(page, "Incidents")
    page.locator("tr[data-event-id]").first.click()
    page.locator(".bm-card").wait_for()
    assert len(table(page)) == len(CELLS)


def test_a_layer_of_counts_draws_itself_in_a_plain_folium_map(
    open_plain_map: OpenPlain, tmp_path: Path
) -> None:
    mine = folium.Map(location=[35, 67.5], zoom_start=6, tiles=None, max_zoom=12)
    AggregateLayer(counts()).add_to(mine)
    mine.save(tmp_path / "mine.html")
    page, errors = open_plain_map(tmp_path / "mine.html")
    page.locator(".bm-compact-legend").wait_for(timeout=15_000)
    assert "280 incidents: 263 in 5 cells" in page.locator(".bm-compact-legend").inner_text()
    page.mouse.click(*place_on_screen(page, 66.375, 31.625))
    page.locator(".bm-card").wait_for()
    assert "210 incidents" in page.locator(".bm-card").inner_text()
    assert errors == []


def test_right_to_left_stays_whole(open_page: Open, tmp_path: Path) -> None:
    path = replace(aggregate_page(counts()), dir="rtl").save(tmp_path / "rtl.html")
    visit = open_page(path)
    assert visit.errors == [] and len(table(visit.page)) == len(CELLS)
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
