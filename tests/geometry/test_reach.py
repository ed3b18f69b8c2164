"""Stretches within reach, and stretches that a shape may be nearest to, against asking one by one."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.geometry.areas import area
from bordermap.geometry.borders import prepared, read_borders
from bordermap.geometry.discs import circle
from bordermap.geometry.index import prepare
from bordermap.geometry.nearest import nearest_border
from bordermap.geometry.reach import reached
from bordermap.geometry.spans import reached_by
from bordermap.geometry.stretches import read_stretches
from bordermap.geometry.touching import touched_by_discs, touched_by_shape

AFG = prepared("AFG")


def stretch_distances(lon: float, lat: float) -> dict[str, float]:
    """How far each stretch is, each measured as a border of its own."""
    stretches = read_stretches()
    own = gpd.GeoDataFrame(
        {"border_pair": stretches["stretch_id"], "accuracy_m": 0.0}, geometry=stretches.geometry, crs=4326
    )
    return {
        str(pair): float(nearest_border(lon, lat, prepare(own[own["border_pair"] == pair])).distance_km[0])
        for pair in own["border_pair"]
    }


@pytest.mark.parametrize("place", [(67.27833, 37.22417), (68.0, 36.9), (61.3, 35.4), (74.4, 37.3)], ids=str)
@pytest.mark.parametrize("reach_km", [1.0, 12.0, 150.0])
def test_no_stretch_within_reach_is_missing(place: tuple[float, float], reach_km: float) -> None:
    found = reached(AFG, np.array([place[0]]), np.array([place[1]]), np.array([reach_km]))
    names = set(AFG.stretch[found.unit])
    distances = stretch_distances(*place)
    assert {name for name, km in distances.items() if km <= reach_km} <= names
    # Pieces are half a kilometre long at most.
    assert names <= {name for name, km in distances.items() if km <= reach_km + 1.1}


def test_the_kilometres_hold_the_nearest_place() -> None:
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(64, 72, 300), rng.uniform(34.5, 38.5, 300)
    near = nearest_border(lon, lat, AFG)
    found = reached(AFG, lon, lat, near.distance_km + 0.5)
    for point in range(300):
        mine = (found.point == point) & (found.row == near.row[point])
        assert found.low_km[mine].min() <= near.along_km[point] <= found.high_km[mine].max()


@pytest.mark.parametrize("code", ["AF.26", "AF.30", "TJ.02", "UZ.12", "AF.42"])
def test_every_place_of_a_province_is_nearest_to_a_stretch_of_its_set(code: str) -> None:
    shape = area(code)
    rng = np.random.default_rng(1)
    west, south, east, north = shape.bounds
    lon, lat = rng.uniform(west, east, 3000), rng.uniform(south, north, 3000)
    inside = shapely.contains_xy(shape, lon, lat)
    found = reached_by(shape, AFG)
    by_row = {
        row: (found.low_km[found.row == row].min(), found.high_km[found.row == row].max())
        for row in set(found.row)
    }
    near = nearest_border(lon[inside], lat[inside], AFG)
    for row, along in zip(near.row, near.along_km, strict=True):
        low, high = by_row[row]
        assert low <= along <= high


def test_a_stretch_of_border_is_nearest_to_itself_alone() -> None:
    for name in ("AFG-TJK:takhar-khatlon", "AFG-UZB:balkh-surxondaryo", "AFG-CHN:badakhshan-xinjiang"):
        found = reached_by(read_stretches([name]).geometry.iloc[0], AFG)
        assert set(AFG.stretch[found.unit]) == {name}


@settings(max_examples=25, deadline=None)
@given(
    lon=st.floats(60, 75), lat=st.floats(29, 39), radius_km=st.floats(0.5, 60), turn=st.floats(0, 360),
    share=st.floats(0, 1),
)  # fmt: skip
def test_every_place_of_a_disc_lies_in_a_country_of_its_set(
    lon: float, lat: float, radius_km: float, turn: float, share: float
) -> None:
    from bordermap.geometry.areas import area_of
    from bordermap.geometry.countries import country_of
    from bordermap.geometry.geodesy import destination

    place = destination(lon, lat, turn, radius_km * share)
    countries, areas = touched_by_discs(np.array([lon]), np.array([lat]), np.array([radius_km]))
    assert country_of(*place)[0] in {*countries.code, country_of(lon, lat)[0], ""}
    # Areas of countries that are not fitted leave gaps at the border: there the next one is meant.
    assert area_of(*place)[0] in {*areas.code, area_of(lon, lat)[0], ""} or area_of(*place)[0][:2] not in (
        "AF",
        "TJ",
        "UZ",
    )


def test_discs_over_the_antimeridian_and_a_pole() -> None:
    countries, _ = touched_by_discs(np.array([-179.99]), np.array([68.5]), np.array([30.0]))
    assert set(countries.code) <= {"RUS"}
    assert len(touched_by_discs(np.array([10.0]), np.array([89.9]), np.array([50.0]))[0].code) == 0


def test_a_shape_reaches_into_what_it_overlaps_and_not_into_what_it_touches() -> None:
    assert touched_by_shape(area("AF.26")) == (("AFG",), ("AF.26",))
    disc = circle(67.35, 37.21, 12)
    assert touched_by_shape(disc)[0] == ("AFG", "UZB")
    line = read_borders("AFG-UZB").geometry.iloc[0]
    assert set(touched_by_shape(line)[0]) >= {"AFG", "UZB"}
