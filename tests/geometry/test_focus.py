"""The window shows everything reported and the border it is about, the same on every run."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.errors import BorderError, InputError
from bordermap.geometry.borders import read_borders
from bordermap.geometry.focus import focus_window

POINTS = st.tuples(st.floats(60, 75), st.floats(30, 42))


@settings(max_examples=12)
@given(st.lists(POINTS, min_size=1, max_size=4))
def test_every_point_lies_inside_with_room_round_it(points: list[tuple[float, float]]) -> None:
    west, south, east, north = window = focus_window(points)
    assert all(west < lon < east and south < lat < north for lon, lat in points)
    assert east - west >= 1.49 and north - south >= 1.49
    assert window == focus_window(reversed(points))


def test_the_border_next_to_it_is_shown() -> None:
    window = shapely.box(*focus_window([(69.42, 36.0)]))
    assert window.intersects(read_borders("AFG-TJK").geometry.iloc[0])


def test_geometries_bounds_and_points_count_alike() -> None:
    box = shapely.box(66, 36, 70, 38)
    assert focus_window([box]) == focus_window([(66, 36, 70, 38)]) == focus_window([(66, 36), (70, 38)])
    assert focus_window([box, shapely.Point()]) == focus_window([box])


def test_without_anything_it_is_the_country() -> None:
    west, south, east, north = focus_window([])
    assert west < 60.6 and south < 29.5 and east > 74.8 and north > 38.4


def test_it_stays_on_the_map() -> None:
    assert focus_window([(-180, -90), (180, 90)]) == (-180, -90, 180, 90)


def test_faulty_input_is_refused() -> None:
    with pytest.raises(InputError, match="no place on Earth"):
        focus_window([(math.nan, 37)])
    with pytest.raises(InputError, match="3 numbers"):
        focus_window([(1, 2, 3)])
    with pytest.raises(BorderError):
        focus_window([(67, 37)], "Atlantis")
