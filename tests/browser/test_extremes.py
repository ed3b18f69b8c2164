"""Pages at the ends of what there can be: hostile rows by the hundred thousand, notes without end, one incident, none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import bordermap as bm
from bordermap.incidents.tables import TABLES
from bordermap.maps.casebook_page import casebook_page

from support.analyst import Analyst
from support.bombs import BOMBS
from support.page_rows import write
from support.visits import Open, Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("large-pages")]

#: Columns of words of the flat table; the id is one too.
WORDY = ("event_id", "title", "location", "actor1", "source", "notes")


def hostile_rows(path: Path, rows: int) -> Path:
    """A flat table with a bomb in every field of words of every row, and a hostile address as its source."""
    table = pd.read_csv(write(path, rows), dtype=str, keep_default_na=False)
    table["title"] = table.get("title", "")
    for at, name in enumerate(WORDY):
        table[name] = [f"{BOMBS[(at + row) % len(BOMBS)]} [{name}#{row}]" for row in range(rows)]
    addresses = ("javascript:window.__ran.push('url')", "data:text/html,<script>1</script>")
    table["source_url"] = [addresses[row % 2] for row in range(rows)]
    table.to_csv(path, index=False)
    return path


@pytest.fixture(scope="module", params=[400, pytest.param(100_000, marks=pytest.mark.slow)])
def hostile(
    request: pytest.FixtureRequest, open_page: Open, tmp_path_factory: pytest.TempPathFactory
) -> Visit:
    folder = tmp_path_factory.mktemp("hostile-rows")
    casebook = bm.read_incidents(hostile_rows(folder / "rows.csv", request.param), rights="open")
    assert len(casebook.incidents) == request.param
    title = f"{BOMBS[1]} {{{{ 7*7 }}}}"
    return open_page(casebook_page(casebook, title=title).save(folder / "rows.html"), wait_ms=60_000)


def test_hostile_rows_show_as_text_and_do_nothing(hostile: Visit) -> None:
    page, analyst = hostile.page, Analyst(hostile.page)
    analyst.open_table()
    # Names that hardly any two rows share are no filter.
    for title in ("Parties", "Type of incident"):
        analyst.facet(title)
    analyst.settle()
    rows = page.locator("#bm-table tbody tr")
    for at in range(min(6, rows.count())):
        rows.nth(at).click()
        page.locator(".bm-notes").wait_for()
        event = rows.nth(at).get_attribute("data-event-id") or ""
        number = event.rpartition("#")[2].rstrip("]")
        text = page.locator(".bm-card").text_content() or ""
        for name in ("title", "notes"):
            bomb = BOMBS[(WORDY.index(name) + int(number)) % len(BOMBS)]
            assert f"{bomb} [{name}#{number}]"[1:] in text
        hrefs = page.locator(".bm-card a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
        assert all(href.startswith(("http://", "https://")) for href in hrefs)
    search = page.locator(".bm-facet-search-box:visible").first
    search.fill("<img")
    analyst.settle()
    assert page.evaluate("window.__ran") == []
    assert page.evaluate("document.querySelectorAll('img, iframe').length") == 0
    assert (hostile.dialogs, hostile.requests, hostile.errors) == ([], [], [])


def test_notes_without_end_are_whole_and_scroll(open_page: Open, tmp_path: Path) -> None:
    table = pd.read_csv(write(tmp_path / "rows.csv", 12), dtype=str, keep_default_na=False)
    long = "".join(f"word{at} " for at in range(33_000))
    assert len(long) > 300_000
    table["notes"] = [long.strip() if at % 3 == 0 else "short" for at in range(12)]
    table.to_csv(tmp_path / "rows.csv", index=False)
    casebook = bm.read_incidents(tmp_path / "rows.csv", rights="open")
    visit = open_page(casebook_page(casebook).save(tmp_path / "rows.html"))
    Analyst(visit.page).open_table()
    event = table["event_id"][0]
    visit.page.locator(f'tr[data-event-id="{event}"]').click()
    notes = visit.page.locator(".bm-notes").text_content() or ""
    assert "word32999" in notes and len(notes) > 300_000
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert visit.errors == []


@pytest.mark.parametrize("width", [1280, 390])
def test_one_incident_has_a_whole_page(open_page: Open, tmp_path: Path, width: int) -> None:
    casebook = bm.read_incidents(write(tmp_path / "rows.csv", 1), rights="open")
    visit = open_page(casebook_page(casebook).save(tmp_path / "rows.html"), width=width)
    assert "1 incident: " in (visit.page.locator(".bm-sum").text_content() or "")
    visit.page.locator(".bm-map").focus()
    visit.page.keyboard.press("n")
    visit.page.locator(".bm-card").wait_for()
    assert visit.page.locator(".bm-card-place").inner_text() == "Incident 1 of 1"
    assert visit.errors == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_without_incidents_says_so_and_stays_whole(
    open_page: Open, tmp_path: Path, width: int
) -> None:
    whole = bm.read_casebook()
    kept = {"places", "parties", "sources"}
    casebook = replace(whole, **{name: getattr(whole, name).iloc[:0] for name in TABLES if name not in kept})
    visit = open_page(casebook_page(casebook).save(tmp_path / "none.html"), width=width)
    assert "No incidents are recorded here." in (visit.page.locator(".bm-sum").text_content() or "")
    visit.page.locator(".bm-map").focus()
    for key in ("n", "x", "t", "f", "b", "Escape"):
        visit.page.keyboard.press(key)
    assert visit.errors == [] and visit.requests == []
    assert visit.page.locator(".bm-dock").count() == 0
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def damaged(html: str, block: int) -> str:
    """A page in which a block of data lost its middle."""
    head, mark, rest = html.partition(f'-{block}">H4sI')
    assert mark, "every block is gzip in base64"
    data, end, tail = rest.partition("</script>")
    return head + mark + data[: len(data) // 2 // 4 * 4] + end + tail


def test_a_damaged_file_says_so(open_page: Open, tmp_path: Path) -> None:
    page = casebook_page(bm.read_incidents(write(tmp_path / "rows.csv", 50), rights="open")).html()
    (tmp_path / "core.html").write_text(damaged(page, 0), encoding="utf-8")
    broken = open_page(tmp_path / "core.html", wait=False).page
    broken.get_by_role("alert").wait_for()
    assert "damaged" in broken.get_by_role("alert").inner_text()
    (tmp_path / "texts.html").write_text(damaged(page, 2), encoding="utf-8")
    visit = open_page(tmp_path / "texts.html")
    visit.page.locator(".bm-map").focus()
    visit.page.keyboard.press("n")
    assert "the file is damaged" in visit.page.locator(".bm-notes").inner_text()
    assert visit.errors == []


def test_filters_that_leave_nothing_say_so(open_page: Open, bundled_page: Path) -> None:
    visit = open_page(bundled_page)
    page, analyst = visit.page, Analyst(visit.page)
    analyst.open_table()
    for box in page.locator("input[data-key^='status:']").all():
        box.uncheck()
    assert analyst.shown() == 0
    assert page.locator("#bm-table tbody").inner_text() == "No incident is shown."
    assert visit.counts() == {"symbols": 0, "badged": 0, "listed": 0, "rows": 0}
    page.get_by_role("button", name="Clear all").click()
    analyst.settle()
    assert visit.counts()["rows"] == 18


def test_the_live_region_says_what_is_left(open_page: Open, bundled_page: Path) -> None:
    page = open_page(bundled_page).page
    page.locator("input[data-key='status:denied']").uncheck()
    page.wait_for_timeout(1300)
    assert "17 of 18 incidents" in (page.locator(".bm-live").text_content() or "")


def test_with_reduced_motion_nothing_plays_by_itself(open_page: Open, bundled_page: Path) -> None:
    page = open_page(bundled_page, reduced_motion="reduce").page
    before = Analyst(page).strip_text()
    page.get_by_role("button", name="Step", exact=False).first.click()
    first = Analyst(page).strip_text()
    page.wait_for_timeout(1600)
    assert Analyst(page).strip_text() == first != before
