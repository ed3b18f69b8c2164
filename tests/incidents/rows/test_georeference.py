"""Geometry of any coordinate system on WGS84: exact where it is there already, asked for where nobody says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import Geometry
from bordermap.incidents.rows.georeference import Placed, points_to_wgs84, to_wgs84

LONGITUDES = st.floats(-180, 180, allow_subnormal=False)
LATITUDES = st.floats(-90, 90, allow_subnormal=False)


def place(shapes: list[Any], crs: str = "EPSG:4326", asked: str = "") -> Placed:
    wkb = [shape if shape is None or isinstance(shape, bytes) else shapely.to_wkb(shape) for shape in shapes]
    column = pa.chunked_array([pa.array(wkb, pa.large_binary())])
    return to_wgs84(Geometry(column, crs, declared=bool(crs)), ReadOptions(source_crs=asked))


def faults(placed: Placed) -> dict[str, list[int]]:
    return {each.code: each.rows.tolist() for each in placed.faults}


@given(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1))
@pytest.mark.parametrize("crs", ["EPSG:4326", "OGC:CRS84", "EPSG:4979"])
def test_points_on_wgs84_stay_bit_by_bit(crs: str, points: list[tuple[float, float]]) -> None:
    placed = place([shapely.Point(point) for point in points], crs)
    assert list(zip(placed.lon.tolist(), placed.lat.tolist(), strict=True)) == points
    assert not placed.faults and not any(placed.wkt.to_pylist())


def test_longitude_comes_first_whatever_the_registry_says() -> None:
    placed = place([shapely.Point(67.27833, 37.22417)], "EPSG:4326")
    assert (placed.lon[0], placed.lat[0], placed.crs) == (67.27833, 37.22417, "EPSG:4326, WGS 84")


def test_known_answer_of_utm() -> None:
    # On the central meridian of zone 42, 69 degrees east, easting is 500,000 m by definition.
    placed = place([shapely.Point(500000, 4121000)], "EPSG:32642")
    assert placed.lon[0] == pytest.approx(69, abs=1e-9)
    back = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:32642", always_xy=True).transform(69, placed.lat[0])
    assert back == pytest.approx((500000, 4121000), abs=1e-3)
    assert placed.crs == "EPSG:32642, WGS 84 / UTM zone 42N"


def test_each_kind_of_geometry() -> None:
    placed = place(
        [
            None,
            shapely.from_wkt("POINT Z (1 2 3)"),
            shapely.MultiPoint([(1, 2)]),
            shapely.GeometryCollection([shapely.Point(5, 6)]),
            shapely.MultiPoint([(1, 2), (3, 4)]),
            shapely.LineString([(0, 0), (1, 1)]),
            shapely.Polygon([(0, 0), (1, 0), (1, 1)]),
        ]
    )
    assert (
        np.array_equal(placed.lon[:4], [np.nan, 1, 1, 5], equal_nan=True) and np.isnan(placed.lon[4:]).all()
    )
    assert placed.wkt.to_pylist() == [
        "", "", "", "", "wkt:MULTIPOINT ((1 2), (3 4))", "wkt:LINESTRING (0 0, 1 1)",
        "wkt:POLYGON ((0 0, 1 0, 1 1, 0 0))",
    ]  # fmt: skip
    assert not placed.faults


def test_shapes_keep_every_digit() -> None:
    shape = shapely.Polygon([(67.123456789012345, 37.1), (67.3, 37.987654321098765), (67.5, 37.2)])
    (text,) = place([shape]).wkt.to_pylist()
    assert shapely.from_wkt(text.removeprefix("wkt:")).equals_exact(shape, 0)


def test_what_cannot_be_a_place_is_told_by_row() -> None:
    placed = place(
        [
            shapely.Point(200, 1),
            shapely.from_wkt("POINT (nan 5)"),
            shapely.Point(float("inf"), 5),
            shapely.Point(),
            b"\x01\x02",
            shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]),
            shapely.Point(1, 2),
        ]
    )
    assert faults(placed) == {"BM273": [4], "BM277": [3], "BM158": [0, 1, 2], "BM278": [5]}
    assert np.flatnonzero(np.isfinite(placed.lon)).tolist() == [6]
    assert shapely.from_wkt(placed.wkt[5].as_py().removeprefix("wkt:")).is_valid


def test_degrees_in_a_layer_of_metres_and_the_other_way_round() -> None:
    assert faults(place([shapely.Point(68, 37), shapely.Point(500000, 4121000)], "EPSG:32642")) == {
        "BM276": [0]
    }
    assert faults(place([shapely.Point(500000, 4121000)], "EPSG:4326")) == {"BM158": [0]}
    assert faults(place([shapely.Point(500000, 9000000 * 2)], "EPSG:32642")) != {}


def test_metres_without_a_coordinate_system_are_asked_for() -> None:
    with pytest.raises(InputError) as caught:
        place([shapely.Point(500000, 4121000)], "")
    assert caught.value.code == "BM275" and "--src-crs" in caught.value.hint
    assert place([shapely.Point(500000, 4121000)], "", "EPSG:32642").lon[0] == pytest.approx(69)


def test_degrees_without_a_coordinate_system_are_taken_and_said() -> None:
    placed = place([shapely.Point(67.27833, 37.22417)], "")
    assert (placed.lon[0], placed.lat[0]) == (67.27833, 37.22417) and "names none" in placed.crs


def test_what_the_analyst_says_goes_first_and_is_said() -> None:
    placed = place([shapely.Point(500000, 4121000)], "EPSG:4326", "EPSG:32642")
    assert placed.lon[0] == pytest.approx(69)
    assert "as asked" in placed.crs and "the file says EPSG:4326" in placed.crs


@pytest.mark.parametrize(
    "crs", ["EPSG:999999", "nonsense", "EPSG:4978", "EPSG:5773", "\x00", "{}", "+proj=pipeline", "PROJCS["]
)
def test_a_coordinate_system_that_is_none(crs: str) -> None:
    with pytest.raises(InputError) as caught:
        place([shapely.Point(1, 2)], crs)
    assert caught.value.code == "BM274"


def test_no_rows_and_no_geometry() -> None:
    assert len(place([], "").lon) == 0 and place([None], "EPSG:32642").wkt.to_pylist() == [""]


@given(st.floats(66.0, 72.0), st.floats(1.0, 80.0))
def test_eastings_go_there_and_back(lon: float, lat: float) -> None:
    there = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:32642", always_xy=True).transform(lon, lat)
    back = points_to_wgs84(np.array([there[0], np.nan]), np.array([there[1], 1.0]), "EPSG:32642")
    assert (back[0][0], back[1][0]) == pytest.approx((lon, lat), abs=1e-8)
    assert np.isnan(back[0][1])


def test_eastings_far_from_their_zone_are_unknown() -> None:
    lon, _ = points_to_wgs84(np.array([68.1, 9e7, 512300.0]), np.array([37.2, 4e6, 4121500.0]), "EPSG:32642")
    assert np.isfinite(lon).tolist() == [False, False, True]
