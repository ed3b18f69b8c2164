"""How far shapes lie apart: bounds that hold for every pair of their places, and are not much too wide."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from bordermap.geometry.apart import apart
from bordermap.geometry.areas import area
from bordermap.geometry.discs import circle
from bordermap.geometry.geodesy import inverse

#: No bound is wider than it must be by more than this, for shapes of some hundred kilometres.
WIDE_KM = 0.05


def places_of(shape: BaseGeometry, shares: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """Vertices of a shape and places between them."""
    edges = np.concatenate([np.asarray(line.coords) for line in _lines(shape)])
    if len(edges) == 1:
        return edges[:, 0], edges[:, 1]
    between = [edges[:-1] * (1 - share) + edges[1:] * share for share in [0.0, *shares]]
    lon, lat = np.concatenate([*between, edges[-1:]]).T
    return lon, lat


def _lines(shape: BaseGeometry) -> list[BaseGeometry]:
    return list(shapely.get_parts(shape.boundary)) if shape.geom_type == "Polygon" else [shape]


@st.composite
def shapes(draw: st.DrawFn) -> BaseGeometry:
    lon, lat = draw(st.floats(66, 70)), draw(st.floats(35, 40))
    points = [(lon + draw(st.floats(-1, 1)), lat + draw(st.floats(-1, 1))) for _ in range(3)]
    kind = draw(st.sampled_from(["point", "line", "area"]))
    if kind == "point":
        return shapely.Point(points[0])
    if kind == "line":
        return shapely.LineString(points)
    return shapely.MultiPoint(points).convex_hull


@given(shapes(), shapes(), st.lists(st.floats(0, 1), max_size=4))
@settings(max_examples=15)
def test_the_bounds_hold_for_all_places_and_are_nearly_reached(
    one: BaseGeometry, other: BaseGeometry, shares: list[float]
) -> None:
    low, high = apart(one, other)
    a, b = places_of(one, [*shares, *np.linspace(0.02, 0.98, 40)]), places_of(other, shares)
    grid = [
        np.repeat(a[0], len(b[0])),
        np.repeat(a[1], len(b[1])),
        np.tile(b[0], len(a[0])),
        np.tile(b[1], len(a[1])),
    ]
    distance, _ = inverse(*grid)
    assert low <= distance.min() + 1e-9 and distance.max() <= high + 1e-9
    assert high <= distance.max() + 5.0 and low >= 0


def test_points_are_apart_by_their_distance() -> None:
    found = apart(shapely.Point(67.27833, 37.22417), shapely.Point(67.4241, 37.2214))
    assert found == pytest.approx((12.941, 12.941), abs=0.001)
    assert apart(shapely.Point(67, 37), shapely.Point(67, 37)) == pytest.approx((0, 0), abs=1e-3)


@pytest.mark.parametrize(("lon", "lat"), [(67.0, 37.0), (179.9, -16.0), (20.0, 85.0), (0.0, 0.0)])
def test_discs_are_apart_by_their_middles_and_radii(lon: float, lat: float) -> None:
    """On a sphere exactly; the ellipsoid and the polygon's 96 sides are worth some metres."""
    east = (lon + 0.9 + 180) % 360 - 180
    between = inverse(lon, lat, east, lat)[0][0]
    found = apart(circle(lon, lat, 2), circle(east, lat, 3), radius_km=5)
    assert found.low_km <= between - 5 + 1e-6 and found.high_km >= between + 5 - 1e-6
    assert found == pytest.approx((max(between - 5, 0), between + 5), abs=WIDE_KM)


def test_shapes_that_meet_or_hold_each_other_are_not_apart() -> None:
    square = shapely.box(66, 36, 68, 38)
    assert apart(square, shapely.Point(67, 37)).low_km == 0
    assert apart(square, shapely.LineString([(65, 37), (66, 37)])).low_km == 0


def test_provinces_of_many_vertices_are_compared_in_a_moment() -> None:
    balkh, badakhshan = area("AF.30"), area("AF.01")
    low, high = apart(balkh, badakhshan)
    corners = [shapely.get_coordinates(each)[::25] for each in (balkh, badakhshan)]
    a, b = (np.asarray(each) for each in corners)
    distance, _ = inverse(
        np.repeat(a[:, 0], len(b)),
        np.repeat(a[:, 1], len(b)),
        np.tile(b[:, 0], len(a)),
        np.tile(b[:, 1], len(a)),
    )
    assert low <= distance.min() and distance.max() <= high
