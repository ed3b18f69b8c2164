"""The nearest border, everywhere on Earth and in every odd position, against an oracle built another way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bordermap.geometry.borders import read_borders
from bordermap.geometry.index import prepare
from bordermap.geometry.nearest import Nearest, nearest_border

from support.nearest_oracle import Oracle, Point, geodesic_km

#: A centimetre, in kilometres: what is promised.
CENTIMETRE_KM = 1e-5
#: Borders whose distances differ by less than a micrometre are equally near.
TIE_KM = 1e-9
#: Degrees: how far a place on a line may be off it by rounding, less than a tenth of a millimetre.
ON_LINE = 1e-9

LON, LAT, SHARE = st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 1)
ANYWHERE = st.tuples(LON, LAT)
AZIMUTH = st.floats(-180, 180)
OFF_KM = st.sampled_from([0.0, 1e-9, 1e-6, 1e-5, 1e-3, 0.01, 0.1, 1.0]) | st.floats(0, 1)
FEW = settings(max_examples=12)


def borders_of(*lines: Sequence[Point], pairs: Sequence[str] = ()) -> gpd.GeoDataFrame:
    named = list(pairs) or [f"AA{chr(65 + i)}-BBB" for i in range(len(lines))]
    frame = {"border_pair": named, "accuracy_m": 0.0, "part": ""}
    return gpd.GeoDataFrame(frame, geometry=[shapely.LineString(line) for line in lines], crs="EPSG:4326")


def moved(point: Point, azimuth: float, distance_km: float) -> Point:
    there = Geodesic.WGS84.Direct(point[1], point[0], azimuth, distance_km * 1000)
    return float(there["lon2"]), float(there["lat2"])


def on_edge(line: Sequence[Point], share: float) -> Point:
    """A place on a line: the share counts edges."""
    at = share * (len(line) - 1)
    edge = min(int(at), len(line) - 2)
    (a, b), (c, d), part = line[edge], line[edge + 1], at - edge
    return a * (1 - part) + c * part, b * (1 - part) + d * part


def ask(points: Sequence[Point], borders: gpd.GeoDataFrame) -> Nearest:
    lon, lat = np.array(points, dtype=float).reshape(-1, 2).T
    return nearest_border(lon, lat, borders)


def check(points: Sequence[Point], borders: gpd.GeoDataFrame) -> Nearest:
    """Every answer against the oracle: the distance, the place, the border that is named."""
    lines = list(borders.geometry)
    oracle, near = Oracle(lines), ask(points, borders)
    for i, point in enumerate(points):
        best = oracle.nearest(*point)
        row, foot = int(near.row[i]), (float(near.lon[i]), float(near.lat[i]))
        assert near.distance_km[i] == pytest.approx(best.distance_km, abs=CENTIMETRE_KM), point
        assert geodesic_km(point, foot) == pytest.approx(near.distance_km[i], abs=CENTIMETRE_KM), point
        assert shapely.Point(foot).distance(lines[row]) < ON_LINE, point
        assert near.border_pair[i] == borders["border_pair"].iloc[row]
        if row != best.line:
            other = oracle.nearest(*point, line=row).distance_km
            assert other == pytest.approx(best.distance_km, abs=CENTIMETRE_KM), point
    return near


@st.composite
def lines(draw: st.DrawFn, span: float = 2.0, south: float = -90, north: float = 90) -> list[Point]:
    """A line of one to four edges, each within some degrees."""
    lon, lat = draw(LON), draw(st.floats(south, north))
    line = [(lon, lat)]
    for _ in range(draw(st.integers(1, 4))):
        lon = min(max(lon + draw(st.floats(-span, span)), -180), 180)
        lat = min(max(lat + draw(st.floats(-span, span)), south), north)
        line.append((lon, lat))
    # At a pole all longitudes are one place, and a line there is none.
    assume(shapely.LineString(line).length > 1e-6 and min(abs(y) for _, y in line) < 89.999)
    return line


@FEW
@given(st.lists(lines(), min_size=2, max_size=4), ANYWHERE)
def test_several_borders_anywhere(borders: list[list[Point]], point: Point) -> None:
    check([point, on_edge(borders[0], 0.3)], borders_of(*borders))


@FEW
@given(lines(), lines(), SHARE, AZIMUTH, OFF_KM)
def test_points_from_nothing_to_a_kilometre_off_a_border(
    line: list[Point], other: list[Point], share: float, azimuth: float, off_km: float
) -> None:
    near = check([moved(on_edge(line, share), azimuth, off_km)], borders_of(line, other))
    assert near.distance_km[0] <= off_km + CENTIMETRE_KM


@FEW
@given(st.data(), st.sampled_from([-1, 1]), st.floats(-180, 180), st.floats(0, 8))
def test_borders_and_points_round_a_pole(data: st.DataObject, pole: int, lon: float, away: float) -> None:
    border = data.draw(lines(span=60, south=82, north=90))
    border = [(x, y * pole) for x, y in border]
    # Round the very pole a parallel is everywhere equally far, and the oracle has no end.
    check([(lon, pole * (90 - max(away, 0.01)))], borders_of(border))


@pytest.mark.parametrize("pole", [-90, 90])
@pytest.mark.parametrize("lon", [-180.0, -45.0, 0.0, 133.0, 180.0])
def test_the_pole_has_every_longitude(pole: int, lon: float) -> None:
    near_pole = pole * 88 / 90
    borders = borders_of([(10, near_pole), (80, near_pole)], [(-170, pole), (-120, pole * 85 / 90)])
    assert ask([(lon, pole)], borders.iloc[:1]).distance_km[0] == pytest.approx(
        geodesic_km((0, pole), (10, near_pole)), abs=CENTIMETRE_KM
    )
    near = ask([(lon, pole), (lon, pole)], borders)
    assert near.border_pair.tolist() == ["AAB-BBB"] * 2
    assert near.distance_km == pytest.approx([0, 0], abs=CENTIMETRE_KM)


@FEW
@given(
    st.floats(-89, 89), st.floats(-3, 3), st.floats(0.001, 3), st.floats(0.001, 3), st.floats(-3, 3),
    st.floats(-3, 3),
)  # fmt: skip
def test_a_border_cut_at_the_antimeridian(
    lat: float, rise: float, west: float, east: float, away: float, up: float
) -> None:
    top = min(max(lat + rise, -90), 90)
    borders = borders_of([(180 - west, lat), (180, top)], [(-180, top), (east - 180, lat)])
    lon, north = away + 180, min(max(lat + up, -90), 90)
    lon = lon - 360 if lon > 180 else lon
    near = check([(lon, north)], borders)
    for same in (lon - 360, lon + 360):
        if abs(same) <= 360:
            again = ask([(same, north)], borders)
            assert again.distance_km == pytest.approx(near.distance_km, abs=CENTIMETRE_KM)


@FEW
@given(st.floats(-85, 85), st.floats(-1, 1), st.floats(0.01, 1), st.sampled_from([-180.0, 180.0]))
def test_the_antimeridian_has_two_names(lat: float, up: float, reach: float, side: float) -> None:
    line = [(side, lat), (side - math.copysign(reach, side), lat + up)]
    near = check([(side, lat + up / 2), (-side, lat + up / 2)], borders_of(line))
    assert near.distance_km[0] == pytest.approx(near.distance_km[1], abs=CENTIMETRE_KM)


@settings(max_examples=8)
@given(ANYWHERE, ANYWHERE, ANYWHERE)
def test_edges_of_thousands_of_kilometres(start: Point, end: Point, point: Point) -> None:
    assume(math.hypot(end[0] - start[0], end[1] - start[1]) > 20)
    # Along a parallel all of an edge may be equally far from a place near a pole: see above.
    assume(abs(point[1]) < 89.9)
    check([point], borders_of([start, end]))


@FEW
@given(ANYWHERE, ANYWHERE, SHARE, AZIMUTH, OFF_KM)
def test_points_near_the_middle_of_long_edges(
    start: Point, end: Point, share: float, azimuth: float, off_km: float
) -> None:
    assume(math.hypot(end[0] - start[0], end[1] - start[1]) > 20)
    place = on_edge([start, end], share)
    assume(abs(place[1]) < 89.9)
    near = check([moved(place, azimuth, off_km)], borders_of([start, end]))
    assert near.distance_km[0] <= off_km + CENTIMETRE_KM


@FEW
@given(lines(), st.integers(0, 4), SHARE)
def test_points_on_a_border_are_at_no_distance(line: list[Point], vertex: int, share: float) -> None:
    points = [line[min(vertex, len(line) - 1)], on_edge(line, share)]
    near = ask(points, borders_of(line))
    assert near.distance_km.max() <= CENTIMETRE_KM
    for i, point in enumerate(points):
        assert geodesic_km(point, (float(near.lon[i]), float(near.lat[i]))) <= CENTIMETRE_KM


@FEW
@given(lines(), SHARE, AZIMUTH, st.floats(0, 500))
def test_points_round_the_antipodes_of_a_border(
    line: list[Point], share: float, azimuth: float, off_km: float
) -> None:
    lon, lat = on_edge(line, share)
    antipode = (lon - 180 if lon > 0 else lon + 180), -lat
    check([antipode, moved(antipode, azimuth, off_km)], borders_of(line))


@FEW
@given(lines(), st.integers(0, 4), st.integers(1, 3), st.sampled_from([0.0, 1e-13, 1e-10, 1e-7]), ANYWHERE)
def test_doubled_vertices_and_edges_of_no_length(
    line: list[Point], vertex: int, times: int, step: float, point: Point
) -> None:
    at = min(vertex, len(line) - 1)
    lon, lat = line[at]
    again = [(lon - math.copysign(i * step, lon), lat) for i in range(1, times + 1)]
    doubled = [*line[: at + 1], *again, (lon, lat), *line[at + 1 :]]
    near = check([point, (lon, lat)], borders_of(doubled))
    plain = ask([point, (lon, lat)], borders_of(line))
    assert near.distance_km == pytest.approx(plain.distance_km, abs=CENTIMETRE_KM + times * step * 112)


@FEW
@given(ANYWHERE, st.sampled_from([1e-12, 1e-9, 1e-6]), ANYWHERE)
def test_a_border_hardly_longer_than_a_point(place: Point, size: float, point: Point) -> None:
    lat = place[1] - math.copysign(size, place[1])
    assume(lat != place[1])
    near = ask([point], borders_of([place, (place[0], lat)]))
    expected = min(geodesic_km(point, place), geodesic_km(point, (place[0], lat)))
    assert near.distance_km[0] == pytest.approx(expected, abs=CENTIMETRE_KM)


@FEW
@given(lines(), ANYWHERE, SHARE)
def test_there_and_back_and_twice_the_same(line: list[Point], point: Point, share: float) -> None:
    points = [point, on_edge(line, share)]
    once = ask(points, borders_of(line))
    # Rows are in no order of their pairs: the first by pair is named, not the first row.
    twice = borders_of(line, [*line, *line[::-1]], line, pairs=["CCC-DDD", "BBB-CCC", "AAA-BBB"])
    near = ask(points, twice)
    assert near.border_pair.tolist() == ["AAA-BBB"] * 2 and near.row.tolist() == [2, 2]
    assert near.distance_km == pytest.approx(once.distance_km, abs=TIE_KM)


@FEW
@given(
    st.integers(-170, 170), st.integers(-80, 80), st.integers(1, 60), st.integers(0, 64), st.integers(1, 8)
)
def test_mirrored_borders_are_equally_near(lon: int, lat: int, away: int, up: int, long: int) -> None:
    """Whole and half degrees, so that the mirror images are exact."""
    half, north = away / 64, min(lat + long, 89)
    east, west = ([(lon + side * half, float(y)) for y in (lat, north)] for side in (1, -1))
    point = (float(lon), lat + up / 32)
    answers = []
    far: list[Point] = [(lon, -lat), (lon, -lat - 1)]
    rows: list[tuple[str, list[Point]]] = [("AAA-ZZZ", east), ("BBB-ZZZ", west), ("CCC-ZZZ", far)]
    for order in permutations(rows):
        borders = borders_of(*[line for _, line in order], pairs=[pair for pair, _ in order])
        near = ask([point], borders)
        answers.append((near.border_pair[0], near.distance_km[0], near.lon[0], near.lat[0]))
    assert all(answer == answers[0] for answer in answers)
    distances = [ask([point], borders_of(line)).distance_km[0] for line in (east, west)]
    assert distances[0] == pytest.approx(distances[1], abs=TIE_KM)
    assert answers[0][1] <= min(distances) + TIE_KM
    if answers[0][0] != "CCC-ZZZ":
        assert answers[0][0] == "AAA-ZZZ"


@FEW
@given(ANYWHERE, st.lists(AZIMUTH, min_size=2, max_size=5, unique=True), AZIMUTH, st.floats(0, 100))
def test_borders_that_meet_in_a_vertex(
    place: Point, spokes: list[float], azimuth: float, off_km: float
) -> None:
    """Where the common vertex is the nearest place, the first pair is named in any order of the rows."""
    borders = borders_of(*[[place, moved(place, spoke, 50)] for spoke in spokes])
    point = moved(place, azimuth, off_km)
    near = check([point, place], borders)
    back = ask([point, place], borders.iloc[::-1])
    assert back.border_pair.tolist() == near.border_pair.tolist()
    assert back.distance_km == pytest.approx(near.distance_km, abs=TIE_KM)
    assert near.border_pair[1] == "AAA-BBB"


def test_many_points_together_are_answered_as_each_alone() -> None:
    borders = read_borders("AFG")
    index = prepare(borders)
    rng = np.random.default_rng(11)
    points = np.vstack(
        [rng.uniform((-180, -90), (180, 90), (200, 2)), rng.uniform((60, 29), (75, 39), (200, 2))]
    )
    together = ask([(float(x), float(y)) for x, y in points], borders)
    for i in range(0, 400, 40):
        alone = nearest_border(points[i : i + 1, 0], points[i : i + 1, 1], index)
        assert alone.border_pair[0] == together.border_pair[i]
        assert alone.distance_km[0] == pytest.approx(together.distance_km[i], abs=TIE_KM)


def test_the_detailed_line_from_everywhere() -> None:
    """Near it, in its neighbourhood, and anywhere on Earth."""
    borders = read_borders("AFG")
    rng = np.random.default_rng(17)
    vertices = shapely.get_coordinates(borders.geometry)
    near = vertices[rng.integers(0, len(vertices), 15)] + rng.normal(0, 0.003, (15, 2))
    wide, world = rng.uniform((55, 28), (80, 48), (8, 2)), rng.uniform((-180, -90), (180, 90), (6, 2))
    check([(float(x), float(y)) for x, y in [*near, *wide, *world]], borders)


def test_known_distances() -> None:
    termez, hairatan, khwaja_ghar = (67.27833, 37.22417), (67.4241, 37.2214), (69.42126, 37.06588)
    at_termez = borders_of([termez, (termez[0], termez[1] + 1e-9)])
    assert ask([hairatan], at_termez).distance_km[0] == pytest.approx(12.9, abs=0.05)
    near = check([termez, hairatan, khwaja_ghar], read_borders("AFG"))
    assert near.distance_km[0] == pytest.approx(4.0, abs=0.05)
    assert near.border_pair.tolist() == ["AFG-UZB", "AFG-UZB", "AFG-TJK"]
