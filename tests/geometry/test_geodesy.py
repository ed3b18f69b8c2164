"""Distances and lengths against closed forms and geographiclib; bad input is refused; inputs stay as they were."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.geometry.chords import at_most_km, in_space, within_chord
from bordermap.geometry.edges import cut, edges_of
from bordermap.geometry.geodesy import checked, destination, inverse, length_km

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


def test_hairatan_lies_12_9_km_from_termez() -> None:
    distance, azimuth = inverse(67.4241, 37.2214, 67.27833, 37.22417)
    assert distance[0] == pytest.approx(12.9, abs=0.05)
    assert azimuth[0] == pytest.approx(-88.6, abs=0.1)


@given(LON, LAT, LON, LAT)
def test_distances_are_those_of_geographiclib(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> None:
    expected = Geodesic.WGS84.Inverse(lat_a, lon_a, lat_b, lon_b)["s12"] / 1000
    assert inverse(lon_a, lat_a, lon_b, lat_b)[0][0] == pytest.approx(expected, abs=1e-8)


@given(LON, st.floats(-89, 89), st.floats(-180, 180), st.floats(0.001, 9000))
def test_one_arrives_as_far_away_as_one_went(lon: float, lat: float, azimuth: float, km: float) -> None:
    there = destination(lon, lat, azimuth, km)
    assert inverse(lon, lat, *there)[0][0] == pytest.approx(km, abs=1e-6)


@given(LON, LAT, LON, LAT)
def test_straight_distances_bound_geodesic_ones(
    lon_a: float, lat_a: float, lon_b: float, lat_b: float
) -> None:
    a, b = in_space(*checked(lon_a, lat_a)), in_space(*checked(lon_b, lat_b))
    chord = np.linalg.norm(a - b, axis=1)
    distance = inverse(lon_a, lat_a, lon_b, lat_b)[0]
    assert distance <= at_most_km(chord)
    assert chord <= within_chord(distance)


def test_an_edge_along_a_parallel_is_as_long_as_the_parallel() -> None:
    # RFC 7946: straight in lon/lat. The 49th parallel has a closed form; the geodesic would be 29 km shorter.
    line = shapely.LineString([(-123, 49), (-95, 49)])
    e2, phi = 0.0066943799901413165, math.radians(49)
    expected = 6378.137 / math.sqrt(1 - e2 * math.sin(phi) ** 2) * math.cos(phi) * math.radians(28)
    assert length_km(line)[0] == pytest.approx(expected, abs=1e-4)


def test_lengths_of_many_of_no_and_of_empty_lines() -> None:
    one = shapely.LineString([(0, 0), (0, 1)])
    both = shapely.MultiLineString([[(0, 0), (0, 1)], [(5, 0), (5, 1)]])
    lengths = length_km([one, shapely.LineString(), both, shapely.Point(1, 1)])
    assert lengths == pytest.approx([110.574389, 0, 221.148778, 0], abs=1e-5)
    assert length_km([]).shape == (0,)


def test_the_outline_of_a_polygon_counts_its_holes() -> None:
    outer = shapely.box(0, 0, 1, 1)
    hollow = outer.difference(shapely.box(0.25, 0.25, 0.5, 0.5))
    outline = length_km(shapely.box(0.25, 0.25, 0.5, 0.5))[0]
    assert length_km(hollow)[0] - length_km(outer)[0] == pytest.approx(outline)


@given(st.floats(-179, 179), st.floats(-90, 90), st.floats(-179, 179), st.floats(-90, 90))
def test_pieces_are_short_and_leave_out_nothing(
    lon_a: float, lat_a: float, lon_b: float, lat_b: float
) -> None:
    edge = np.array([[lon_a, lat_a, lon_b, lat_b]])
    pieces, of_edge = cut(edge, 50.0)
    assert (pieces[0, :2] == edge[0, :2]).all() and (pieces[-1, 2:] == edge[0, 2:]).all()
    assert (pieces[1:, :2] == pieces[:-1, 2:]).all()
    assert not of_edge.any()
    assert inverse(*pieces.T)[0].max() <= 50.0 * (1 + 1e-9)
    assert np.abs(pieces[:, 2] - pieces[:, 0]).max() <= 1.0 + 1e-9


def test_edges_belong_to_their_geometry() -> None:
    lines = [shapely.LineString([(0, 0), (1, 0), (2, 0)]), shapely.LineString([(5, 5), (6, 6)])]
    edges, owner = edges_of(lines)
    assert owner.tolist() == [0, 0, 1]
    assert edges.tolist() == [[0, 0, 1, 0], [1, 0, 2, 0], [5, 5, 6, 6]]


@pytest.mark.parametrize(
    ("lon", "lat", "words"),
    [
        (math.nan, 0, "no place on Earth"),
        (0, math.nan, "no place on Earth"),
        (math.inf, 0, "no place on Earth"),
        (0, 90.1, "latitude 90.1"),
        (361, 0, "longitude 361"),
        ([0, 1], [0], "2 longitudes, but 1 latitudes"),
        ("east", 0, "must be numbers"),
        (None, 0, "no place on Earth"),
    ],
)
def test_what_is_no_coordinate_is_refused(lon: object, lat: object, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        checked(lon, lat)  # type: ignore[arg-type]
    assert caught.value.hint


def test_the_faulty_point_is_named_and_inputs_stay_as_they_were() -> None:
    lon, lat = np.array([1.0, 2.0, 3.0]), np.array([1.0, 99.0, 3.0])
    with pytest.raises(InputError, match=r"\(point 2\)"):
        checked(lon, lat)
    given_lat = np.array([1.0, 2.0, 3.0])
    east, north = checked(lon, given_lat)
    east[:] = north[:] = 0
    assert lon.tolist() == given_lat.tolist() == [1.0, 2.0, 3.0]
    assert inverse([], [], [], [])[0].shape == (0,)
