"""What a reader does with the bundled casebook's page, in a real browser without a network."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page

from support import CASEBOOK
from support.visits import Open, Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def rows(name: str) -> list[dict[str, str]]:
    with (CASEBOOK / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def visit(open_page: Open, bundled_page: Path) -> Visit:
    return open_page(bundled_page)


def open_table(page: Page) -> None:
    if not page.locator("tr[data-event-id]").first.is_visible():
        page.get_by_role("button", name="Table").first.click()


def test_nothing_is_asked_for_and_nothing_complains(visit: Visit) -> None:
    assert visit.requests == []
    assert visit.errors == []
    assert visit.page.evaluate("window.__refused") == []
    assert visit.page.evaluate("performance.getEntriesByName('bordermap:drawn').length") == 1


def test_symbols_badges_and_lists_add_up_to_the_casebook(visit: Visit) -> None:
    counts = visit.counts()
    incidents = rows("incidents")
    assert counts["rows"] == len(incidents)
    assert counts["symbols"] + counts["badged"] + counts["listed"] == len(incidents)
    shown = {
        event
        for name in ("eventId", "eventIds")
        for value in visit.page.evaluate(
            f"[...document.querySelectorAll('.bm-symbol,.bm-badge,.bm-listed')].map(e => e.dataset.{name} || '')"
        )
        for event in value.split()
    }
    assert shown == {row["event_id"] for row in incidents}


@pytest.mark.parametrize("incident", rows("incidents"), ids=lambda row: row["event_id"])
def test_the_table_opens_each_card_with_every_claim_and_its_sources(
    visit: Visit, incident: dict[str, str]
) -> None:
    page, event = visit.page, incident["event_id"]
    open_table(page)
    page.locator(f'tr[data-event-id="{event}"]').click()
    card = page.locator(".bm-card")
    card.wait_for()
    text = " ".join(card.inner_text().split())
    claims = [row for row in rows("claims") if row["event_id"] == event]
    sources = {row["source_id"]: row for row in rows("sources")}
    parties = {row["party_id"]: row["name"] for row in rows("parties")}
    carried = rows("claim_sources")
    assert claims
    for claim in claims:
        entry = card.locator(f'[data-claim-id="{claim["claim_id"]}"]')
        shown = " ".join(entry.inner_text().split())
        assert " ".join(claim["summary"].split()) in shown
        assert parties[claim["party_id"]][1:] in shown
        links = set(entry.locator("a").evaluate_all("links => links.map(a => a.getAttribute('href'))"))
        wanted = [sources[r["source_id"]] for r in carried if r["claim_id"] == claim["claim_id"]]
        assert wanted
        assert {source["url"] for source in wanted if source["url"]} <= links
        for source in wanted:
            assert source["publisher"].split(" (")[0] in shown
    assert " ".join(incident["title"].split())[1:] in text
    for rel in card.locator("a").evaluate_all("links => links.map(a => a.rel)"):
        assert rel == "noopener noreferrer"


def test_every_incident_is_reached_by_keyboard_alone(open_page: Open, bundled_page: Path) -> None:
    page = open_page(bundled_page).page
    reached: set[str] = set()
    wanted = {row["event_id"] for row in rows("incidents")}
    for _ in range(400):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => { const e = document.activeElement; return e ? (e.dataset.eventId || e.dataset.eventIds || '') : '' }"
        )
        reached |= set(found.split())
        if reached >= wanted:
            break
    assert reached == wanted
    page.keyboard.press("Enter")
    page.locator(".bm-card").wait_for()
    page.keyboard.press("Escape")
    assert not page.locator(".bm-card").is_visible()


def test_the_policy_refuses_what_is_injected(open_page: Open, bundled_page: Path) -> None:
    visit = open_page(bundled_page)
    page = visit.page
    page.evaluate(
        """() => {
            const s = document.createElement('script'); s.textContent = "window.__ran.push('script')"; document.body.append(s);
            const d = document.createElement('div'); d.setAttribute('onclick', "window.__ran.push('handler')");
            document.body.append(d); d.click();
            const i = document.createElement('img'); i.src = 'https://example.org/a.png'; document.body.append(i);
            const t = document.createElement('style'); t.textContent = 'body{display:none}'; document.head.append(t);
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.__ran") == []
    refused = set(page.evaluate("window.__refused"))
    assert {"script-src-elem", "script-src-attr", "img-src", "style-src-elem"} <= refused
    assert visit.requests == []
    assert page.evaluate("fetch('https://example.org').then(() => 'ran', () => 'refused')") == "refused"


def test_a_status_switched_off_leaves_the_map_the_list_and_the_counts(
    open_page: Open, bundled_page: Path
) -> None:
    visit = open_page(bundled_page)
    before = visit.counts()
    switches = visit.page.locator("input[type=checkbox][data-key^='status:']")
    assert switches.count() > 1
    for index in range(switches.count()):
        switches.nth(index).uncheck()
    after = visit.counts()
    assert (after["symbols"], after["badged"], after["listed"]) == (0, 0, 0)
    assert after["rows"] in (0, before["rows"])
    for index in range(switches.count()):
        switches.nth(index).check()
    assert visit.counts() == before


SIZES = [(1280, 800), (1600, 1000), (1024, 700), (390, 844)]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_symbols_and_badges_overlap_neither_each_other_nor_the_panels(
    open_page: Open, bundled_page: Path, width: int, height: int, scheme: str
) -> None:
    page = open_page(bundled_page, width=width, height=height, color_scheme=scheme).page
    overlaps = page.evaluate(
        """() => {
            const box = e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
            const hit = (a, b) => a[0] < b[2] - 1 && b[0] < a[2] - 1 && a[1] < b[3] - 1 && b[1] < a[3] - 1;
            const marks = [...document.querySelectorAll('.bm-symbol, .bm-badge[data-event-ids]')];
            const panels = [...document.querySelectorAll('[data-bm-panel]')].filter(e => e.getClientRects().length);
            const found = [];
            marks.forEach((m, i) => {
                marks.slice(i + 1).forEach(o => { if (hit(box(m), box(o))) found.push([m.ariaLabel, o.ariaLabel]); });
                panels.forEach(p => { if (hit(box(m), box(p))) found.push([m.ariaLabel, p.className]); });
            });
            return found;
        }"""
    )
    assert overlaps == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_right_to_left_stays_whole(open_page: Open, tmp_path: Path) -> None:
    from dataclasses import replace

    import bordermap as bm
    from bordermap.maps.casebook_page import casebook_page

    path = replace(casebook_page(bm.read_casebook()), dir="rtl").save(tmp_path / "rtl.html")
    visit = open_page(path)
    assert visit.errors == []
    assert visit.counts()["rows"] == len(rows("incidents"))
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
