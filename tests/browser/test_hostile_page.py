"""A casebook with hostile text in every field, place name, layer name and title: text shows as text, nothing runs."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

import bordermap as bm
from bordermap.incidents.tables import TABLES
from bordermap.maps.casebook_page import casebook_page

from support import CASEBOOK
from support.bombs import BOMBS
from support.visits import Open, Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def _bomb(number: int, field: str) -> str:
    return f"{BOMBS[number % len(BOMBS)]} [{field}#{number}]"


@pytest.fixture(scope="module")
def hostile_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled casebook with a bomb in every column of words."""
    folder = tmp_path_factory.mktemp("hostile") / "case"
    folder.mkdir()
    for table in TABLES.values():
        source = CASEBOOK / f"{table.name}.csv"
        with source.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        wordy = [
            column.name
            for column in table.columns
            if column.kind == "words" and column.name in rows[0]
            and column.name not in ("statement_id", "group", "shape", "admin1_code", "what", "geonames_id")
        ]  # fmt: skip
        for number, row in enumerate(rows):
            row.update({name: _bomb(number, f"{table.name}.{name}") for name in wordy})
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    title = json.dumps("</title><script>window.__ran.push('title')</script> ${1}")
    about = (CASEBOOK / "casebook.toml").read_text(encoding="utf-8")
    lines = [f"title = {title}" if line.startswith("title") else line for line in about.splitlines()]
    (folder / "casebook.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def visit(hostile_case: Path, open_page: Open, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    case = bm.read_casebook(hostile_case)
    page = casebook_page(case)
    layers = [
        replace(layer, name=_bomb(number, "layer"))
        if isinstance(layer, bm.BaseLayer | bm.ContextLayer)
        else layer
        for number, layer in enumerate(page.layers)
    ]
    path = replace(page, layers=layers).save(tmp_path_factory.mktemp("page") / "hostile.html")
    return open_page(path)


def test_nothing_runs_and_nothing_is_asked_for(visit: Visit, hostile_case: Path) -> None:
    page = visit.page
    for row in page.locator("tr[data-event-id]").all():
        row.dispatch_event("click")
    for badge in page.locator(".bm-badge").all():
        badge.dispatch_event("click")
    page.wait_for_timeout(200)
    assert page.evaluate("window.__ran") == []
    assert visit.dialogs == []
    assert visit.requests == []
    assert visit.errors == []
    assert page.evaluate("document.querySelectorAll('img').length") == 0


def test_nothing_is_lost_and_text_shows_as_text(visit: Visit, hostile_case: Path) -> None:
    page = visit.page
    with (hostile_case / "claims.csv").open(encoding="utf-8", newline="") as stream:
        claims = list(csv.DictReader(stream))
    with (hostile_case / "incidents.csv").open(encoding="utf-8", newline="") as stream:
        incidents = list(csv.DictReader(stream))
    assert visit.counts()["rows"] == len(incidents)
    for incident in incidents:
        page.locator(f'tr[data-event-id="{incident["event_id"]}"]').dispatch_event("click")
        text = page.locator(".bm-card").text_content() or ""
        assert incident["title"][1:] in text
        for claim in claims:
            if claim["event_id"] == incident["event_id"]:
                assert claim["summary"] in text
    assert "</title><script>" in page.title()


def test_no_link_leads_anywhere_but_the_web(visit: Visit) -> None:
    page = visit.page
    for row in page.locator("tr[data-event-id]").all():
        row.dispatch_event("click")
        hrefs = page.locator("a").evaluate_all("links => links.map(a => a.getAttribute('href') || '')")
        assert all(href.startswith(("http://", "https://", "#")) for href in hrefs)
