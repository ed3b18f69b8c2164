"""A layer of ours in a folium map of somebody else's: it draws itself and brings its own card."""

from __future__ import annotations

from pathlib import Path

import folium
import pytest
from playwright.sync_api import Browser, Route

import bordermap as bm
from bordermap.maps.assets import bundled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("order", ["borders first", "incidents first"])
def test_incidents_draw_and_open_in_a_plain_folium_map(browser: Browser, tmp_path: Path, order: str) -> None:
    case = bm.read_casebook()
    layers = [bm.BorderLayer(bm.read_borders("AFG")), bm.IncidentLayer(case)]
    mine = folium.Map(location=[37.4, 69.0], zoom_start=7, tiles=None, max_zoom=12)
    for layer in layers if order == "borders first" else reversed(layers):
        layer.add_to(mine)
    mine.save(tmp_path / "mine.html")
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def serve(route: Route) -> None:
        # folium asks for Leaflet from elsewhere; here it gets the one that is bundled.
        name = route.request.url.rsplit("/", 1)[-1]
        route.fulfill(body=bundled(name)) if name in ("leaflet.js", "leaflet.css") else route.abort()

    page.route(lambda url: url.startswith("http"), serve)
    page.goto((tmp_path / "mine.html").as_uri())
    page.wait_for_selector(".bm-symbol", timeout=15_000)
    symbols = page.locator(".bm-symbol[data-event-id]")
    assert symbols.count() + page.locator(".bm-badge[data-event-ids]").count() > 5
    symbols.first.click()
    page.locator(".bm-card").wait_for()
    event = symbols.first.get_attribute("data-event-id")
    title = case.incidents.set_index("event_id")["title"][str(event)]
    assert title[1:] in page.locator(".bm-card").inner_text()
    assert errors == []
    page.close()
