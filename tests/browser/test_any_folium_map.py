"""A layer of ours in a folium map of somebody else's: it draws itself and brings its own card."""

from __future__ import annotations

from pathlib import Path

import folium
import pytest

import bordermap as bm

from support.visits import OpenPlain

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("order", ["borders first", "incidents first"])
def test_incidents_draw_and_open_in_a_plain_folium_map(
    open_plain_map: OpenPlain, tmp_path: Path, order: str
) -> None:
    case = bm.read_casebook()
    layers = [bm.BorderLayer(bm.read_borders("AFG")), bm.IncidentLayer(case)]
    mine = folium.Map(location=[37.4, 69.0], zoom_start=7, tiles=None, max_zoom=12)
    for layer in layers if order == "borders first" else reversed(layers):
        layer.add_to(mine)
    mine.save(tmp_path / "mine.html")
    page, errors = open_plain_map(tmp_path / "mine.html")
    page.wait_for_selector(".bm-symbol", timeout=15_000)
    symbols = page.locator(".bm-symbol[data-event-id]")
    assert symbols.count() + page.locator(".bm-badge[data-event-ids]").count() > 5
    symbols.first.click()
    page.locator(".bm-card").wait_for()
    event = symbols.first.get_attribute("data-event-id")
    title = case.incidents.set_index("event_id")["title"][str(event)]
    assert title[1:] in page.locator(".bm-card").inner_text()
    assert errors == []
