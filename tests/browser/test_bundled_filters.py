"""Filters, strips, table and card on the bundled casebook: the same numbers as its summaries, by mouse and by keys."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.analyst import Analyst
from support.visits import Open, Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def visit(open_page: Open, bundled_page: Path) -> Visit:
    return open_page(bundled_page)


def summary(by: str) -> dict[str, tuple[int, int]]:
    """Certain and possible by group, as the command line says them of the same casebook."""
    command = [sys.executable, "-m", "bordermap", "summary", "--by", by, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [row for row in json.loads(done.stdout)["rows"] if row["row"] == "group" and row[by]]
    counts = {row[by]: (row["n_certain"] or 0, row["n_possible"] or 0) for row in rows}
    return {key: value for key, value in counts.items() if any(value)}


def test_counts_are_those_of_the_command_line(visit: Visit) -> None:
    analyst = Analyst(visit.page)
    assert analyst.statuses() == summary("status")
    assert analyst.counts("Type of incident") == summary("incident_type")
    stretches = {key: value for key, value in analyst.counts("Stretch of border").items() if key}
    assert stretches == summary("border_stretch")


def test_parties_stand_by_what_they_are_said_to_have_to_do_with_it(visit: Visit) -> None:
    analyst = Analyst(visit.page)
    counts = analyst.counts("Parties")
    roles = {key.split("\x1e")[0] for key in counts if key}
    assert roles == {"claims_responsibility", "attributed", "affected"}
    claimed = [key for key in counts if key.startswith("claims_responsibility")]
    before = counts[claimed[0]][0]
    analyst.tick("Parties", claimed[0], "party")
    assert analyst.shown() == before
    assert "claims responsibility" in visit.page.locator(".bm-chip").first.inner_text()


def test_a_filter_leaves_map_list_table_legend_and_strip_the_same_incidents(visit: Visit) -> None:
    page, analyst = visit.page, Analyst(visit.page)
    analyst.open_table()
    analyst.tick("Type of incident", "cross_border_fire", "type")
    n = analyst.shown()
    counts = visit.counts()
    assert counts["rows"] == n == counts["symbols"] + counts["badged"] + counts["listed"]
    assert sum(sum(each) for each in analyst.statuses().values()) == n
    page.locator(".bm-symbol").first.focus()
    page.keyboard.press("Enter")
    place = page.locator(".bm-card-place").inner_text()
    assert place.endswith(f" of {n}")


def test_a_brush_over_time_keeps_what_may_lie_in_it(visit: Visit) -> None:
    analyst = Analyst(visit.page)
    text = analyst.brush(0.0, 0.06)
    certain, possible = map(int, re.findall(r"(\d+) (?:certainly|possibly)", text))
    assert analyst.shown() == certain + possible > 0
    assert visit.page.locator(".bm-chip").count() == 1
    visit.page.locator(".bm-map").focus()
    visit.page.keyboard.press("x")
    analyst.settle()
    assert visit.counts()["rows"] == 18


def test_the_table_sorts_by_every_column(visit: Visit) -> None:
    page, analyst = visit.page, Analyst(visit.page)
    table = analyst.open_table()
    for name in (
        "Date",
        "Incident",
        "Status",
        "Type",
        "Where, as precisely as reported",
        "Claims",
        "Sources",
    ):
        table.get_by_role("button", name=name, exact=True).click()
        first = analyst.column(name)
        table.get_by_role("button", name=name, exact=True).click()
        second = analyst.column(name)
        assert sorted(first) == sorted(second) and len(first) == 18
        if name in ("Claims", "Sources"):
            assert list(map(int, first)) == sorted(map(int, first), reverse=True)
            assert list(map(int, second)) == sorted(map(int, second))
        state = page.locator("#bm-table th[aria-sort=ascending], #bm-table th[aria-sort=descending]")
        assert state.count() == 1 and state.inner_text().strip() == name


def test_the_card_leads_to_its_neighbours(visit: Visit) -> None:
    page, analyst = visit.page, Analyst(visit.page)
    analyst.open_table()
    page.locator("tr[data-event-id]").nth(4).click()
    title = page.locator(".bm-card h2").inner_text()
    for name in ("Before and after", "Nearest in place"):
        section = page.locator(".bm-card .bm-section").filter(has=page.get_by_role("heading", name=name))
        if section.count():
            assert section.locator(".bm-line-button").count() >= 2
    page.locator(".bm-card .bm-section").filter(has_text="Before and after").locator(
        ".bm-line-button"
    ).last.click()
    assert page.locator(".bm-card h2").inner_text() != title


def test_the_border_strip_opens_what_is_drawn_in_it(visit: Visit) -> None:
    page = visit.page
    page.locator(".bm-map").focus()
    page.keyboard.press("b")
    options = page.locator(".bm-border-strip [role=option]")
    page.locator(".bm-border-strip [role=listbox]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator(".bm-card").wait_for()
    assert options.count() >= 1
    assert visit.errors == []


def test_every_action_has_a_key(visit: Visit) -> None:
    page = visit.page
    page.locator(".bm-map").focus()
    page.keyboard.press("t")
    assert page.locator("#bm-table").is_visible()
    page.keyboard.press("t")
    assert not page.locator("#bm-table").is_visible()
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.closest('.bm-filters') !== null")
    page.keyboard.press("Enter")
    assert page.locator("details.bm-facet[open]").count() == 1
    page.keyboard.press("b")
    assert page.locator(".bm-border-strip").is_visible()
    page.keyboard.press("n")
    page.locator(".bm-map").focus()
    page.keyboard.press("n")
    assert page.locator(".bm-card").is_visible()
    page.keyboard.press("h")
    page.keyboard.press("Escape")
    assert not page.locator(".bm-card").is_visible()
    # What is written into a box is no key.
    page.keyboard.press("b")
    assert visit.errors == []
