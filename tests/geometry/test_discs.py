"""Discs reach as far as they say, at the antimeridian and round the poles too; links are geodesics."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.geometry.discs import circle, link
from bordermap.geometry.geodesy import inverse, length_km


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(0.1, 800))
def test_the_rim_lies_at_the_radius(lon: float, lat: float, radius: float) -> None:
    disc = circle(lon, lat, radius)
    assert disc.is_valid and not disc.is_empty
    west, south, east, north = disc.bounds
    assert west >= -180 and east <= 180 and south >= -90 and north <= 90
    rim = shapely.get_coordinates(disc)
    # Corners made at the antimeridian and at a pole are no part of the rim.
    own = rim[(np.abs(np.abs(rim[:, 0]) - 180) > 1e-9) & (np.abs(rim[:, 1]) < 90)]
    if len(own):
        distance = inverse(np.full(len(own), lon), np.full(len(own), lat), own[:, 0], own[:, 1])[0]
        assert np.abs(distance - radius).max() < 1e-6


@pytest.mark.parametrize(("lon", "lat", "radius"), [(67.3, 37.2, 5), (179.9, -16, 60), (-179.99, 70, 100)])
def test_a_disc_has_the_area_of_a_disc(lon: float, lat: float, radius: float) -> None:
    # Equal-area latitude by 1 / cos: good to a part in a thousand at this size.
    disc = circle(lon, lat, radius, n=720)
    parts = [shapely.transform(part, _flat) for part in shapely.get_parts(disc)]
    assert sum(part.area for part in parts) == pytest.approx(math.pi * radius**2, rel=0.01)


def _flat(xy: np.ndarray) -> np.ndarray:
    lat = np.radians(xy[:, 1])
    return np.asarray(np.c_[np.radians(xy[:, 0]), np.sin(lat)] * 6371.0)


def test_it_is_split_at_the_antimeridian_and_closed_round_the_pole() -> None:
    both = circle(179.95, 10, 20)
    assert both.geom_type == "MultiPolygon"
    assert shapely.intersects_xy(both, [179.9, -179.95], [10, 10]).all()
    assert not shapely.intersects_xy(both, 0, 10)
    cap = circle(30, 89.9, 50)
    assert cap.bounds[0] == -180 and cap.bounds[2] == 180 and cap.bounds[3] == 90
    assert shapely.intersects_xy(cap, [30, -150, 100], [89.6, 89.95, 90]).all()
    assert not shapely.intersects_xy(cap, -150, 89.6)
    assert circle(0, -90, 10).bounds[1] == -90


@pytest.mark.parametrize("radius", [0, -1, math.nan, math.inf, 5001])
def test_a_radius_that_is_none_is_refused(radius: float) -> None:
    with pytest.raises(InputError, match="radius") as caught:
        circle(0, 0, radius)
    assert "Give a radius" in caught.value.hint


def test_a_link_is_the_shortest_way() -> None:
    line = link(67.4241, 37.2214, 67.27833, 37.22417)
    assert line.coords[0] == (67.4241, 37.2214) and line.coords[-1] == (67.27833, 37.22417)
    far = link(-100, 40, 100, 50)
    assert far.geom_type == "MultiLineString"
    assert length_km(far)[0] == pytest.approx(inverse(-100, 40, 100, 50)[0][0], rel=1e-5)
    assert far.bounds[3] > 60


def test_a_link_to_the_same_place_is_a_line_of_no_length() -> None:
    assert length_km(link(10, 10, 10, 10))[0] == 0
