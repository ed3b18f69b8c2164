"""What stands round the map: layers in groups, legend, dates, sources, licences, scale bar, coverage."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

import bordermap as bm
from bordermap import catalog, codebook
from bordermap.incidents.dates import interval_label
from bordermap.maps.casebook_page import casebook_page

from support import CASEBOOK
from support.visits import Open, Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def visit(open_page: Open, bundled_page: Path) -> Visit:
    opened = open_page(bundled_page, height=2400)
    opened.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    return opened


@pytest.fixture(scope="module")
def text(visit: Visit) -> str:
    return " ".join(visit.page.locator("body").inner_text().split())


def switch_labels(visit: Visit, prefix: str) -> dict[str, bool]:
    found: dict[str, bool] = visit.page.evaluate(
        """prefix => Object.fromEntries([...document.querySelectorAll('input[type=checkbox]')]
            .filter(e => e.dataset.key.startsWith(prefix)).map(e => [e.dataset.key.slice(prefix.length), e.checked]))""",
        prefix,
    )
    return found


def test_every_border_has_its_switch_and_is_on(visit: Visit) -> None:
    assert switch_labels(visit, "border:") == dict.fromkeys(bm.read_borders("AFG")["border_pair"], True)


def test_incidents_switch_by_status(visit: Visit) -> None:
    assert switch_labels(visit, "status:") == dict.fromkeys(codebook.STATUSES, True)


def test_reported_places_links_and_rings_are_off_at_first(visit: Visit) -> None:
    with (CASEBOOK / "locations.csv").open(encoding="utf-8", newline="") as stream:
        roles = {row["role"] for row in csv.DictReader(stream)}
    assert switch_labels(visit, "role:") == dict.fromkeys(roles, False)
    assert switch_labels(visit, "links") == {"": False}
    assert switch_labels(visit, "rings") == {"": False}


def test_context_provinces_and_places_have_switches(visit: Visit) -> None:
    assert switch_labels(visit, "context") == {"": True}
    assert switch_labels(visit, "places") == {"": True}
    assert list(switch_labels(visit, "areas:").values()) == [True]


def test_every_switch_has_a_label(visit: Visit) -> None:
    unlabelled = visit.page.evaluate(
        "[...document.querySelectorAll('input[type=checkbox]')].filter(e => !e.labels.length || !e.labels[0].innerText.trim()).length"
    )
    assert unlabelled == 0


def test_title_dates_version_contact_and_coverage_are_said(text: str) -> None:
    about = tomllib.loads((CASEBOOK / "casebook.toml").read_text(encoding="utf-8"))
    assert " ".join(about["title"].split()) in text
    for key in ("compiled_through", "status_as_of"):
        assert interval_label(str(about[key])) in text
    assert about["version"] in text and about["contact"] in text
    assert "Not collected" in text
    for entry in about["coverage"]["not_covered"]:
        assert entry.rstrip(".") in text


def test_endorsement_sources_and_licences_are_said(text: str) -> None:
    assert codebook.ENDORSEMENT in text
    drawn = {
        file for layer in casebook_page(bm.read_casebook()).layers for file in getattr(layer, "files", ())
    }
    assert {"basemap.json", "borders.fgb"} <= drawn
    for entry in catalog.entries():
        if entry.file in drawn:
            for part in entry.attribution.split(". "):
                assert part in text


def test_the_scale_bar_is_true_at_the_latitude_it_is_shown_for(visit: Visit) -> None:
    width = visit.page.locator(".bm-scale-bar").evaluate("e => e.getBoundingClientRect().width")
    number, unit = visit.page.locator(".bm-scale-label").inner_text().split()
    metres = float(number) * {"km": 1000, "m": 1}[unit]
    latitude, zoom = visit.page.evaluate(
        "() => { const m = Object.keys(window).find(k => k.startsWith('map_')); return [window[m].getCenter().lat, window[m].getZoom()] }"
    )
    from math import cos, radians

    pixel = 2 * 3.141592653589793 * 6378137 * cos(radians(latitude)) / (256 * 2**zoom)
    assert width * pixel == pytest.approx(metres, rel=0.02)


def test_the_legend_counts_are_the_casebook_s(visit: Visit) -> None:
    from bordermap.incidents.status import derive_status

    expected = derive_status(bm.read_casebook())["status"].value_counts().to_dict()
    counts = visit.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("input[data-key^='status:']")].map(e =>
            [e.dataset.key.slice(7), Number(e.closest('.bm-switch').querySelector('.bm-count').textContent)]))"""
    )
    assert counts == {key: expected.get(key, 0) for key in counts}


def test_a_country_only_incident_is_listed_with_its_country(visit: Visit) -> None:
    for entry in visit.page.locator(".bm-listed").all():
        assert entry.is_visible()
        assert entry.inner_text().strip()


def test_a_page_without_incidents_says_so_and_stays_whole(open_page: Open, tmp_path: Path) -> None:
    page = bm.Map([bm.BaseLayer(), bm.BorderLayer(bm.read_borders("AFG"))], title="Borders alone")
    visit = open_page(page.save(tmp_path / "borders.html"))
    assert visit.errors == [] and visit.requests == []
    shown = visit.page.locator("body").inner_text()
    assert "Borders alone" in shown and codebook.ENDORSEMENT in shown
    assert visit.counts() == {"symbols": 0, "badged": 0, "listed": 0, "rows": 0}


def test_an_empty_title_and_hostile_layer_names_do_no_harm(open_page: Open, tmp_path: Path) -> None:
    layers = [bm.BaseLayer(name="</script>${1}"), bm.IncidentLayer(bm.read_casebook())]
    visit = open_page(bm.Map(layers, title="").save(tmp_path / "untitled.html"))
    assert visit.errors == [] and visit.requests == []
    assert visit.counts()["rows"] == len(bm.read_casebook().incidents)
