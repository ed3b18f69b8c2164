"""What an analyst does with pages of ten thousand incidents and more; every number is that of a summary."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

import bordermap as bm
from bordermap.analysis.facts import facts_of
from bordermap.geometry.borders import prepared
from bordermap.incidents.casebook import Casebook
from bordermap.maps.casebook_page import casebook_page
from bordermap.maps.strip_lines import strip_lines

from support.analyst import Analyst
from support.page_rows import write
from support.visits import Open, Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("large-pages")]

SIZES = [
    10_000,
    pytest.param(100_000, marks=pytest.mark.slow),
    pytest.param(1_000_000, marks=pytest.mark.slow),
]


@dataclass(frozen=True)
class Case:
    """A file, what was read of it, and its page, opened."""

    file: Path
    casebook: Casebook
    visit: Visit

    @property
    def analyst(self) -> Analyst:
        return Analyst(self.visit.page)

    def summary(self, *by: str) -> pd.DataFrame:
        """The groups of a summary of the same file."""
        table = bm.summarize(self.casebook, by=list(by), borders=bm.read_borders("AFG"))
        return table[table["row"] == "group"]


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size}")
def case(request: pytest.FixtureRequest, open_page: Open, tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("large")
    file = write(folder / "rows.csv", request.param)
    read = bm.read_incidents(file, rights="open")
    casebook = bm.enrich(read, bm.read_borders(read.about.focus or "AFG"), locations=False)
    page = casebook_page(casebook).save(folder / "rows.html")
    return Case(file, casebook, open_page(page, wait_ms=90_000))


@pytest.fixture(autouse=True)
def cleared(request: pytest.FixtureRequest) -> None:
    """Each test begins with all incidents, no card and no sheet."""
    page = request.getfixturevalue("case").visit.page
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator(".bm-map").focus()
    page.keyboard.press("x")
    page.wait_for_timeout(200)


def numbers(table: pd.DataFrame, key: str) -> dict[str, tuple[int, int]]:
    pairs = {
        str(row[key]): (int(row["n_certain"]), int(row["n_possible"]))
        for row in table.fillna(0).to_dict("records")
        if row[key]
    }
    return {key: counts for key, counts in pairs.items() if any(counts)}


def test_nothing_is_asked_for_and_nothing_complains(case: Case) -> None:
    assert case.visit.requests == []
    assert case.visit.errors == []
    assert case.visit.page.evaluate("window.__refused") == []
    text = case.visit.page.locator(".bm-sum").inner_text()
    assert text.startswith(f"{len(case.casebook.incidents):,} incidents: ")


def test_counts_are_those_of_a_summary(case: Case) -> None:
    analyst = case.analyst
    assert analyst.counts("Type of incident") == numbers(case.summary("incident_type"), "incident_type")
    assert analyst.statuses() == numbers(case.summary("status"), "status")
    # A row far from every stretch has none; the page counts it as not stated.
    stretches = {key: value for key, value in analyst.counts("Stretch of border").items() if key}
    assert stretches == numbers(case.summary("border_stretch"), "border_stretch")


def test_parties_are_those_of_a_summary(case: Case) -> None:
    named = {key.split("\x1e")[1]: value for key, value in case.analyst.counts("Parties").items() if key}
    wanted: dict[str, tuple[int, int]] = {}
    for row in case.summary("party").to_dict("records"):
        if row["party"] and int(row["n_certain"]):
            wanted[str(row["party"]).split("\x1e")[-1]] = (int(row["n_certain"]), 0)
    assert named == wanted


def test_a_brushed_month_holds_what_a_summary_by_month_says(case: Case) -> None:
    analyst, page = case.analyst, case.visit.page
    page.get_by_role("combobox", name="Bars for each").select_option("month")
    analyst.brush(0.42, 0.425)
    text = analyst.strip_text()
    month = re.search(r"(\d+) (\w+) (\d{4}) – ", text)
    assert month, text
    key = pd.Timestamp(" ".join(month.groups())).strftime("%Y-%m")
    by_month = case.summary("month").set_index("month")
    months = pd.period_range(key, pd.Timestamp(text.split(" – ")[1].split(":")[0]), freq="M").strftime(
        "%Y-%m"
    )
    certain, possible = (
        int(each.replace(",", "")) for each in re.findall(r"([\d,]+) (?:certainly|possibly)", text)
    )
    if len(months) == 1:
        row = by_month.loc[key].to_dict()
        assert (certain, possible) == (int(row["n_certain"]), int(row["n_possible"]))
    facts = facts_of(case.casebook)
    first = (pd.Timestamp(key) - pd.Timestamp(0)).days
    last = (pd.Period(months[-1]).end_time.normalize() - pd.Timestamp(0)).days
    inside = (facts["first_day"] >= first) & (facts["last_day"] <= last)
    meets = (facts["first_day"] <= last) & (facts["last_day"] >= first)
    assert (certain, certain + possible) == (int(inside.sum()), int(meets.sum()))
    assert analyst.shown() == int(meets.sum())


def test_filters_heed_each_other_and_chips_take_them_away(case: Case) -> None:
    analyst, page = case.analyst, case.visit.page
    kind = str(case.casebook.incidents["incident_type"].iloc[0])
    analyst.tick("Type of incident", kind, "type")
    of_kind = int((case.casebook.incidents["incident_type"] == kind).sum())
    assert analyst.shown() == of_kind
    assert sum(sum(each) for each in analyst.statuses().values()) == of_kind
    analyst.open_table()
    assert page.locator(".bm-table-note").inner_text().startswith(f"{of_kind:,} incident")
    # The list itself counts as if it had no filter: what else could be chosen is seen.
    assert analyst.counts("Type of incident") == numbers(case.summary("incident_type"), "incident_type")
    analyst.brush(0.2, 0.5)
    assert analyst.shown() < of_kind
    chips = page.locator(".bm-chip")
    assert chips.count() == 2
    chips.filter(has_text="Time").click()
    assert analyst.shown() == of_kind
    page.locator(".bm-map").focus()
    page.keyboard.press("x")
    analyst.settle()
    assert not page.locator(".bm-chips").is_visible()


def test_the_range_of_time_moves_by_keys(case: Case) -> None:
    page, analyst = case.visit.page, case.analyst
    page.get_by_role("combobox", name="Bars for each").select_option("year")
    start = page.locator(".bm-dock [role=slider]").nth(-2)
    start.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    analyst.settle()
    facts = facts_of(case.casebook)
    begin = (pd.Timestamp("2017-01-01") - pd.Timestamp(0)).days
    assert analyst.shown() == int((facts["last_day"] >= begin).sum())
    page.keyboard.press("Escape")
    analyst.settle()
    assert not page.locator(".bm-chips").is_visible()


def test_the_table_sorts_scrolls_and_opens_cards_with_their_notes(case: Case) -> None:
    analyst, page = case.analyst, case.visit.page
    table = analyst.open_table()
    table.get_by_role("button", name="Killed").click()
    analyst.settle()
    facts = facts_of(case.casebook)
    most = int(max(facts["killed_total_best"].max(), facts["killed_total_low"].max()))
    assert f"{most:,}" in analyst.column("Killed")[0]
    table.get_by_role("button", name="Date").click()
    page.locator(".bm-table-scroll").focus()
    page.keyboard.press("End")
    page.wait_for_timeout(500)
    last = page.locator("#bm-table tbody tr").last
    assert int(last.get_attribute("aria-rowindex") or 0) == len(case.casebook.incidents) + 1
    event = last.get_attribute("data-event-id")
    last.click()
    page.locator(".bm-notes").wait_for()
    with case.file.open(encoding="utf-8", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["event_id"] == event)
    assert " ".join(row["notes"].split()) in " ".join(page.locator(".bm-card").inner_text().split())
    before = page.locator(".bm-card-place").inner_text()
    page.locator(".bm-card h2").focus()
    page.keyboard.press("p")
    page.wait_for_timeout(300)
    assert page.locator(".bm-card-place").inner_text() != before


def test_what_was_clicked_on_the_map_opens(case: Case) -> None:
    """A square opens the list of what it stands for, a symbol its incident."""
    page = case.visit.page
    at = page.evaluate(
        """() => {
            const canvas = document.querySelector('.leaflet-bm-squares-pane canvas');
            const ctx = canvas.getContext('2d'), fine = window.devicePixelRatio || 1;
            const frame = canvas.getBoundingClientRect();
            for (let y = 120; y < 560; y += 7) for (let x = 420; x < 1200; x += 7) {
                if (document.elementFromPoint(x, y)?.closest('.bm-pins, .bm-tools, .bm-dock, .bm-side')) continue;
                const [,,, alpha] = ctx.getImageData((x - frame.left) * fine, (y - frame.top) * fine, 1, 1).data;
                if (alpha) return [x, y];
            }
        }"""
    )
    assert at, "no square is drawn"
    page.mouse.click(*at)
    page.locator(".bm-card").wait_for()
    said = page.locator(".bm-status-line").inner_text()
    found = re.match(r"([\d,]+) incidents", said)
    assert found and int(found.group(1).replace(",", "")) > 2
    page.locator(".bm-card .bm-line-button").first.click()
    page.locator(".bm-notes").wait_for()


def test_a_row_under_the_pointer_is_marked_on_the_map(case: Case) -> None:
    analyst, page = case.analyst, case.visit.page
    analyst.open_table()
    rows = page.locator("#bm-table tbody tr")
    texts = analyst.column("Where")
    placed = next(at for at, text in enumerate(texts) if "country" not in text and "province" not in text)
    rows.nth(placed).hover()
    page.wait_for_timeout(150)
    assert page.locator(".bm-symbol.bm-hovered").count() == 1


def test_the_strip_along_the_border_filters(case: Case) -> None:
    analyst, page = case.analyst, case.visit.page
    page.keyboard.press("b")
    plot = page.locator(".bm-border-strip .bm-strip-plot")
    plot.wait_for()
    box = plot.bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 20, steps=4)
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 20, steps=4)
    page.mouse.up()
    analyst.settle()
    assert 0 < analyst.shown() < len(case.casebook.incidents)
    chip = page.locator(".bm-chip").first.inner_text()
    low, high = (
        float(each.replace(",", "")) for each in re.findall(r"([\d,.]+)", chip.rpartition(":")[2])[-2:]
    )
    name = page.locator(".bm-border-strip select option:checked").inner_text().partition(" (")[0]
    line = next(each["key"] for each in strip_lines(prepared("AFG")) if each["label"] == name)
    enriched = case.casebook.enriched
    own = enriched["border_line"].astype("str") == line
    meets = (
        own
        & (enriched["border_along_low_km"] <= high + 0.05)
        & (enriched["border_along_high_km"] >= low - 0.05)
    )
    assert analyst.shown() == pytest.approx(int(meets.sum()), abs=max(2, int(meets.sum()) // 2000))
    page.keyboard.press("b")
