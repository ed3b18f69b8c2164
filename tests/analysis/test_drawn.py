"""What is drawn of each location is never finer than what was reported, and what cannot be drawn is listed."""

from __future__ import annotations

import csv

import pytest
import shapely

import bordermap as bm
from bordermap.analysis.drawn import draw_locations, draw_places
from bordermap.codebook import POINT_LIKE

from support import CASEBOOK


@pytest.fixture(scope="module")
def case() -> bm.Casebook:
    return bm.read_casebook()


def locations() -> list[dict[str, str]]:
    with (CASEBOOK / "locations.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("row", locations(), ids=lambda row: row["location_id"])
def test_a_location_is_drawn_no_finer_than_reported(case: bm.Casebook, row: dict[str, str]) -> None:
    drawing = draw_locations(case)
    drawn = drawing.locations[row["location_id"]]
    if row["location_basis"] in ("candidate", "none") or row["geo_precision"] in ("country", "unknown"):
        assert drawn.kind == "words"
    elif row["geo_precision"] in POINT_LIKE:
        assert drawn.kind == "point"
        shape = drawing.shapes[drawn.shape_id].shape
        assert shapely.intersects_xy(shape.geometry.buffer(0.01), drawn.lon, drawn.lat)
    elif drawn.kind == "areal":
        assert drawing.shapes[drawn.shape_id].shape.kind in ("area", "stretch")


@pytest.mark.parametrize("place", ["davang", "ruzvayak"])
def test_a_place_without_coordinates_draws_its_parent_area_and_says_so(case: bm.Casebook, place: str) -> None:
    named = [row for row in locations() if place[:5] in row["words"].lower()]
    assert named
    drawing = draw_locations(case)
    for row in named:
        drawn = drawing.locations[row["location_id"]]
        assert drawn.kind == "areal"
        shape = drawing.shapes[drawn.shape_id].shape
        assert shape.kind == "stretch" or "province" in shape.note
        assert shape.kind == "stretch" or "province" in row["note"]
    own = case.places[case.places["place_id"] == place]
    assert own["longitude"].tolist() == [""]


def test_panjshir_is_a_polygon_and_bazarak_a_point(case: bm.Casebook) -> None:
    drawing = draw_places(case, ["panjshir", "bazarak"])
    assert drawing.locations["panjshir"].kind == "areal"
    bazarak = drawing.locations["bazarak"]
    assert bazarak.kind == "point"
    province = drawing.shapes[drawing.locations["panjshir"].shape_id].shape.geometry
    assert shapely.contains_xy(province, bazarak.lon, bazarak.lat)
