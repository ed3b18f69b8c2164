"""The nearest border against an independent reference: golden section by geographiclib over every edge."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.errors import BorderError, InputError
from bordermap.geometry.borders import read_borders
from bordermap.geometry.geodesy import inverse, length_km
from bordermap.geometry.index import only, prepare
from bordermap.geometry.nearest import nearest_border

Point = tuple[float, float]
#: A centimetre, in kilometres: what the design promises. The tests hold it to a hundredth of that.
CENTIMETRE_KM = 1e-5
TOLERANCE_KM = CENTIMETRE_KM / 100
_GOLDEN = (math.sqrt(5) - 1) / 2


def distance_km(a: Point, b: Point) -> float:
    return float(Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"]) / 1000


def golden_section(f: Callable[[float], float], low: float, high: float) -> float:
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = f(left), f(right)
    while high - low > 1e-10:
        if at_left < at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = f(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = f(right)
    return min(at_left, at_right, f(low), f(high))


def edge_distance_km(point: Point, start: Point, end: Point) -> float:
    """Of a point to an edge straight in lon/lat: every low among samples is followed to its bottom."""

    def at(share: float) -> float:
        place = start[0] * (1 - share) + end[0] * share, start[1] * (1 - share) + end[1] * share
        return distance_km(point, place)

    length = math.hypot(end[0] - start[0], end[1] - start[1])
    shares = np.linspace(0, 1, 3 + int(length * 12))
    samples = [at(share) for share in shares]
    best = min(samples)
    for i in range(len(shares)):
        before, after = max(i - 1, 0), min(i + 1, len(shares) - 1)
        if samples[i] <= samples[before] and samples[i] <= samples[after] and samples[i] < best + 60:
            best = min(best, golden_section(at, float(shares[before]), float(shares[after])))
    return best


def reference_km(point: Point, lines: Sequence[shapely.LineString]) -> float:
    """No edge is left out but those whose nearer end is farther away than a vertex, by more than their length."""
    best = math.inf
    for line in lines:
        xy = np.array(line.coords)
        to_vertex = inverse(np.full(len(xy), point[0]), np.full(len(xy), point[1]), xy[:, 0], xy[:, 1])[0]
        best = min(best, float(to_vertex.min()))
        span = np.abs(np.diff(xy, axis=0))
        reach = 112 * np.hypot(span[:, 0], span[:, 1])
        for i in np.flatnonzero(np.minimum(to_vertex[1:], to_vertex[:-1]) - reach <= best):
            best = min(best, edge_distance_km(point, tuple(xy[i]), tuple(xy[i + 1])))
    return best


def borders_of(*lines: Sequence[Point]) -> gpd.GeoDataFrame:
    pairs = [f"AA{chr(65 + i)}-BBB" for i in range(len(lines))]
    geometry = [shapely.LineString(line) for line in lines]
    frame = {"border_pair": pairs, "accuracy_m": 0.0, "part": ""}
    return gpd.GeoDataFrame(frame, geometry=geometry, crs="EPSG:4326")


def check(points: Sequence[Point], borders: gpd.GeoDataFrame) -> None:
    lon, lat = np.array(points).T
    near = nearest_border(lon, lat, borders)
    lines = list(borders.geometry)
    for i, point in enumerate(points):
        assert near.distance_km[i] == pytest.approx(reference_km(point, lines), abs=TOLERANCE_KM), point
        foot = float(near.lon[i]), float(near.lat[i])
        assert distance_km(point, foot) == pytest.approx(near.distance_km[i], abs=TOLERANCE_KM)
        assert shapely.Point(foot).distance(lines[near.row[i]]) < 1e-9


SHORT = st.floats(-1.5, 1.5)


@st.composite
def polylines(draw: st.DrawFn) -> list[Point]:
    lon, lat = draw(st.floats(-175, 175)), draw(st.floats(-88, 88))
    line = [(lon, lat)]
    for _ in range(draw(st.integers(1, 4))):
        lon = min(max(lon + draw(SHORT), -180), 180)
        lat = min(max(lat + draw(SHORT), -90), 90)
        line.append((lon, lat))
    return line if shapely.LineString(line).length > 1e-6 else [line[0], (line[0][0] + 0.5, line[0][1])]


@settings(max_examples=60)
@given(polylines(), st.lists(st.tuples(SHORT, SHORT), min_size=1, max_size=3))
def test_points_near_any_line_on_earth(line: list[Point], offsets: list[Point]) -> None:
    lon, lat = line[0]
    check([(lon + x, min(max(lat + y, -90), 90)) for x, y in offsets], borders_of(line))


@settings(max_examples=40)
@given(polylines(), st.tuples(st.floats(-180, 180), st.floats(-90, 90)))
def test_points_anywhere_on_earth(line: list[Point], point: Point) -> None:
    check([point], borders_of(line))


@settings(max_examples=25)
@given(st.floats(-89, 89), st.floats(-60, 60), st.floats(-30, 30), st.tuples(SHORT, SHORT), st.floats(0, 1))
def test_points_near_long_edges(lat: float, run: float, rise: float, offset: Point, share: float) -> None:
    end = run, min(max(lat + rise, -90), 90)
    line = [(0.0, lat), end if max(abs(run), abs(rise)) > 1e-6 else (1.0, lat)]
    middle = line[1][0] * share, lat * (1 - share) + line[1][1] * share
    check([(middle[0] + offset[0], min(max(middle[1] + offset[1], -90), 90))], borders_of(line))


@pytest.mark.parametrize(
    ("line", "point"),
    [
        ([(179.5, 10.0), (180.0, 10.2)], (-179.9, 10.1)),
        ([(-179.5, 10.0), (-180.0, 10.2)], (540 - 360, 10.3)),
        ([(0.0, 89.5), (90.0, 89.9), (180.0, 89.5)], (-90.0, 89.99)),
        ([(0.0, 89.5), (90.0, 89.9), (180.0, 89.5)], (0.0, 90.0)),
        ([(-100.0, -89.0), (100.0, -89.0)], (0.0, -89.5)),
        ([(0.0, 85.0), (170.0, 85.0)], (-95.0, 89.0)),
        ([(10.0, 10.0), (11.0, 10.0)], (-169.5, -10.0)),
        ([(10.0, 0.0), (11.0, 0.0)], (-169.4, 0.2)),
    ],
)
def test_poles_antimeridian_and_antipodes(line: list[Point], point: Point) -> None:
    check([point], borders_of(line))


def test_the_real_line_near_and_far() -> None:
    line = read_borders("AFG-UZB")
    rng = np.random.default_rng(7)
    vertices = np.array(line.geometry.iloc[0].coords)[rng.integers(0, 300, 12)]
    near = vertices + rng.normal(0, 0.01, vertices.shape)
    wide = rng.uniform((60, 30), (75, 42), (6, 2))
    check([(float(x), float(y)) for x, y in [*near, *wide]], line)


def test_known_places_of_the_six_borders() -> None:
    points = [(67.27833, 37.22417), (67.4241, 37.2214), (69.42126, 37.06588), (69.17233, 34.52813)]
    lon, lat = np.array(points).T
    near = nearest_border(lon, lat, read_borders("AFG"))
    assert near.border_pair.tolist() == ["AFG-UZB", "AFG-UZB", "AFG-TJK", "AFG-PAK"]
    # Termez, Hairatan, Khwaja Ghar (10.4 km in facts.md), Kabul.
    assert near.distance_km == pytest.approx([4.0, 0.5, 10.4, 86.4], abs=0.06)


def test_points_on_the_line_are_at_no_distance_and_along_it_in_order() -> None:
    line = read_borders("AFG-CHN")
    xy = np.array(line.geometry.iloc[0].coords)
    near = nearest_border(xy[:, 0], xy[:, 1], line)
    assert near.distance_km.max() < 1e-9
    assert (np.diff(near.along_km) > 0).all()
    assert near.along_km[-1] == pytest.approx(length_km(line.geometry)[0], abs=1e-6)
    assert near.along_km[-1] == pytest.approx(line["length_km"].iloc[0], abs=1e-3)


def test_a_tie_is_answered_by_the_first_pair_whatever_the_order_of_the_rows() -> None:
    spokes = borders_of([(0, 0), (1, 1)], [(0, 0), (-1, 1)], [(0, 0), (0, -1)])
    lon, lat = [0.0, 0.0], [0.0, 0.5]
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):
        near = nearest_border(lon, lat, spokes.iloc[order])
        assert near.border_pair.tolist() == ["AAA-BBB", "AAA-BBB"]
        assert [order[row] for row in near.row] == [0, 0]


def test_points_in_any_number_and_a_prepared_index_give_the_same() -> None:
    borders = read_borders("AFG")
    lon, lat = np.random.default_rng(3).uniform((50, 25), (85, 45), (3000, 2)).T
    index = prepare(borders)
    together = nearest_border(lon, lat, index)
    some = nearest_border(lon[:50], lat[:50], borders)
    assert (together.distance_km[:50] == some.distance_km).all()
    assert (together.border_pair[:50] == some.border_pair).all()
    alone = nearest_border(lon[:50], lat[:50], only(index, "AFG-IRN"))
    assert set(alone.border_pair) == {"AFG-IRN"}
    assert (alone.distance_km >= some.distance_km).all()


def test_nothing_that_came_in_is_changed() -> None:
    borders = read_borders("AFG-UZB")
    before = borders.copy(deep=True)
    lon, lat = np.array([67.0, 68.0]), np.array([37.0, 38.0])
    nearest_border(lon, lat, borders)
    assert borders.equals(before) and lon.tolist() == [67.0, 68.0] and lat.tolist() == [37.0, 38.0]


def test_no_points_no_answers() -> None:
    near = nearest_border([], [], read_borders("AFG-UZB"))
    assert near.distance_km.shape == near.border_pair.shape == near.lon.shape == (0,)


def test_faulty_input_is_refused() -> None:
    borders = read_borders("AFG-UZB")
    with pytest.raises(InputError, match="no place on Earth"):
        nearest_border([math.nan], [1], borders)
    with pytest.raises(BorderError, match="no border line"):
        nearest_border([1], [1], borders.iloc[:0])
    with pytest.raises(BorderError, match="EPSG:4326"):
        nearest_border([1], [1], borders.to_crs(3857))
    with pytest.raises(BorderError, match="Point"):
        nearest_border([1], [1], borders.set_geometry([shapely.Point(0, 0)], crs=4326))
    with pytest.raises(BorderError, match="AFG-CHN"):
        only(prepare(borders), "AFG-CHN")
