"""Each class of precision has its shape, never a finer one; distances of shapes are intervals that hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from bordermap.codebook import PRECISIONS
from bordermap.errors import InputError, PlaceError
from bordermap.geometry.areas import area
from bordermap.geometry.borders import read_borders
from bordermap.geometry.countries import country_polygon
from bordermap.geometry.geodesy import inverse
from bordermap.geometry.index import BorderIndex, only, prepare
from bordermap.geometry.intervals import DistanceInterval, distance_interval, distance_label
from bordermap.geometry.nearest import nearest_border
from bordermap.geometry.shapes import DISTRICT_NOTE, Shape, draw_shape, settlement_radius_km
from bordermap.geometry.stretches import read_stretches

TERMEZ, HAIRATAN = (67.27833, 37.22417), (67.4241, 37.2214)
TAKHAR_KHATLON = "stretch:AFG-TJK:takhar-khatlon"


@pytest.fixture(scope="module")
def six() -> BorderIndex:
    return prepare(read_borders("AFG"))


def radius_km(shape: Shape) -> float:
    lon, lat = shapely.get_coordinates(shape.geometry).T
    here = np.full(len(lon), shape.badge.x), np.full(len(lon), shape.badge.y)
    return float(inverse(*here, lon, lat)[0].max())


@pytest.mark.parametrize(
    ("precision", "stated", "kind", "radius"),
    [
        ("exact", None, "disc", 0.5), ("exact", 0.1, "disc", 0.1), ("settlement", None, "settlement", 2.0),
        ("settlement", 4.5, "settlement", 4.5), ("near", None, "disc", 5.0), ("near", 3.0, "disc", 3.0),
        ("near", 25.0, "disc", 25.0),
    ],
)  # fmt: skip
def test_points_have_their_extent(precision: str, stated: float | None, kind: str, radius: float) -> None:
    shape = draw_shape(precision, lon=TERMEZ[0], lat=TERMEZ[1], radius_km=stated)
    assert shape.kind == kind and shape.note == ""
    assert (shape.badge.x, shape.badge.y) == TERMEZ
    assert radius_km(shape) == pytest.approx(radius, abs=1e-6)


def test_large_settlements_reach_farther() -> None:
    shape = draw_shape("settlement", lon=69.2, lat=41.3, population=2_500_000)
    assert radius_km(shape) == pytest.approx(settlement_radius_km(2_500_000))
    assert settlement_radius_km(0) == settlement_radius_km(900) == 2.0


def test_a_near_disc_is_cut_to_the_area_that_the_report_names() -> None:
    whole = draw_shape("near", lon=HAIRATAN[0], lat=HAIRATAN[1])
    country = draw_shape("near", lon=HAIRATAN[0], lat=HAIRATAN[1], within="country:AFG")
    province = draw_shape("near", lon=HAIRATAN[0], lat=HAIRATAN[1], within="admin1:AF.30")
    assert province.note == "only the part in Balkh is drawn"
    assert province.geometry.area < 0.9 * whole.geometry.area
    for part in (country, province):
        assert part.geometry.difference(country_polygon("AFG")).area < 1e-12
        assert part.geometry.difference(whole.geometry).area < 1e-12
        assert part.badge == whole.badge


def test_a_disc_that_needs_no_cutting_or_cannot_be_cut_is_whole() -> None:
    inland = draw_shape("near", lon=67.0, lat=36.0, within="country:AFG")
    assert inland.note == "" and radius_km(inland) == pytest.approx(5)
    outside = draw_shape("near", lon=TERMEZ[0], lat=TERMEZ[1], radius_km=1, within="admin1:AF.42")
    assert outside.note == "the place lies outside Panjshir: the whole disc is drawn"


def test_a_province_is_its_polygon_with_a_badge_inside() -> None:
    for code in ("AF.42", "AF.01", "AF.26", "TJ.01", "TJ.RR", "UZ.12"):
        shape = draw_shape("admin1", shape=f"admin1:{code}")
        assert shape.kind == "area" and shape.note == ""
        assert shape.geometry.equals(area(code))
        assert shape.geometry.contains(shape.badge), code


def test_a_district_is_its_province_and_says_so() -> None:
    shape = draw_shape("admin2", shape="admin1:AF.26")
    assert shape.note == DISTRICT_NOTE and shape.geometry.equals(area("AF.26"))


def test_a_stretch_is_the_border_line_itself() -> None:
    shape = draw_shape("border_stretch", shape=TAKHAR_KHATLON, bank="TJK")
    border = read_borders("AFG-TJK").geometry.iloc[0]
    own = {tuple(xy) for xy in border.coords}
    drawn = [tuple(xy) for xy in shapely.get_coordinates(shape.geometry)]
    assert shape.kind == "stretch" and shape.geometry.geom_type == "LineString"
    # The two ends are cut where the provinces meet; all others are the border's own vertices.
    assert set(drawn[1:-1]) <= own
    assert shape.badge.distance(shape.geometry) < 1e-9
    assert shape.note == "said to be on the side of Tajikistan"


def test_several_stretches_are_one_line() -> None:
    shape = draw_shape("border_stretch", shape=f"{TAKHAR_KHATLON} stretch:AFG-TJK:badakhshan-khatlon")
    assert shape.geometry.geom_type == "LineString"
    parts = [draw_shape("border_stretch", shape=TAKHAR_KHATLON).geometry]
    parts.append(draw_shape("border_stretch", shape="stretch:AFG-TJK:badakhshan-khatlon").geometry)
    assert shape.geometry.length == pytest.approx(sum(part.length for part in parts))


def test_stretches_cover_each_border_once() -> None:
    stretches = read_stretches()
    for pair, group in stretches.groupby("border_pair"):
        length = float(read_borders(str(pair))["length_km"].iloc[0])
        assert (group["to_km"] - group["from_km"]).sum() == pytest.approx(length, abs=0.01), pair
    stretches["name_a"] = "mine"
    assert "mine" not in set(read_stretches()["name_a"])


@pytest.mark.parametrize("precision", ["country", "unknown", "area"])
def test_what_has_no_place_is_not_drawn(precision: str) -> None:
    shape = draw_shape(precision)
    assert shape.kind == "none" and shape.geometry.is_empty and shape.badge.is_empty


def test_an_area_with_a_polygon_is_drawn() -> None:
    assert draw_shape("area", shape="admin1:TJ.01").kind == "area"


def test_every_precision_of_the_codebook_is_known() -> None:
    for precision in PRECISIONS:
        words = {"border_stretch": TAKHAR_KHATLON, "admin1": "admin1:AF.42", "admin2": "admin1:AF.42"}
        draw_shape(precision, lon=67.0, lat=36.0, shape=words.get(precision, ""))


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ({"precision": "about"}, "'about' is no precision", "exact, settlement"),
        ({"precision": "near"}, "has no coordinates", "longitude and latitude"),
        ({"precision": "admin1", "shape": "admin1:AF.99"}, "no first-order area 'AF.99'", "AF.42"),
        ({"precision": "admin1", "shape": "Panjshir"}, "no area is written 'Panjshir'", "admin1:"),
        ({"precision": "admin1"}, "no area is written ''", "admin1:"),
        (
            {"precision": "border_stretch", "shape": "stretch:AFG-TJK:takhar"},
            "no border stretch 'AFG-TJK:takhar'",
            "AFG-TJK:takhar-khatlon",
        ),
        (
            {"precision": "border_stretch", "shape": "stretch:XXX"},
            "no border stretch",
            "AFG-UZB:balkh-surxondaryo",
        ),
        ({"precision": "near", "lon": 67.0, "lat": 36.0, "within": "country:Atlantis"}, "no country", ""),
        ({"precision": "border_stretch", "shape": TAKHAR_KHATLON, "bank": "XYZ"}, "no country", ""),
    ],
)
def test_what_does_not_exist_is_refused_with_a_cure(
    arguments: dict[str, str], message: str, hint: str
) -> None:
    with pytest.raises(PlaceError) as caught:
        draw_shape(**arguments)  # type: ignore[arg-type]
    assert message in str(caught.value) and hint in caught.value.hint


@pytest.mark.parametrize(
    ("lon", "lat", "radius"), [(math.nan, 0, 1), (0, 91, 1), (0, 0, 0), (0, 0, math.nan)]
)
def test_points_that_are_none_are_refused(lon: float, lat: float, radius: float) -> None:
    with pytest.raises(InputError):
        draw_shape("near", lon=lon, lat=lat, radius_km=radius)


@pytest.mark.parametrize(
    "arguments",
    [
        {"precision": "settlement", "lon": TERMEZ[0], "lat": TERMEZ[1]},
        {"precision": "near", "lon": HAIRATAN[0], "lat": HAIRATAN[1], "within": "admin1:AF.30"},
        {"precision": "near", "lon": 69.42126, "lat": 37.06588},
        {"precision": "admin1", "shape": "admin1:AF.26"},
        {"precision": "admin1", "shape": "admin1:AF.42"},
        {"precision": "admin1", "shape": "admin1:TJ.RR"},
        {"precision": "settlement", "lon": 69.21627, "lat": 41.26465},
    ],
)
def test_the_interval_holds_every_place_of_the_shape_and_little_more(
    arguments: dict[str, object], six: BorderIndex
) -> None:
    shape = draw_shape(**arguments)  # type: ignore[arg-type]
    interval = distance_interval(shape, six)
    west, south, east, north = shape.geometry.bounds
    lon, lat = np.random.default_rng(2).uniform((west, south), (east, north), (4000, 2)).T
    inside = shapely.intersects_xy(shape.geometry, lon, lat)
    corners = shapely.get_coordinates(shape.geometry)
    lon, lat = np.r_[lon[inside], corners[:, 0]], np.r_[lat[inside], corners[:, 1]]
    near = nearest_border(lon, lat, only(six, interval.border_pair))
    low, high = (
        float((near.distance_km - near.accuracy_km).min()),
        float((near.distance_km + near.accuracy_km).max()),
    )
    assert interval.low_km <= max(low, 0) + 1e-9 and interval.high_km >= high - 1e-9
    slack = 0.3 + 0.02 * high
    assert interval.low_km >= low - slack and interval.high_km <= high + slack


def test_what_is_not_drawn_has_no_distance(six: BorderIndex) -> None:
    with pytest.raises(PlaceError, match="not drawn"):
        distance_interval(draw_shape("country"), six)


def test_a_stretch_is_on_its_border(six: BorderIndex) -> None:
    interval = distance_interval(draw_shape("border_stretch", shape=TAKHAR_KHATLON), six)
    assert interval.low_km == interval.about_km == 0 and interval.border_pair == "AFG-TJK"
    assert distance_label(interval) == "on the Afghanistan–Tajikistan border"


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        ((1.45, 5.9, 4.0, "AFG-UZB"), "about 4 km from the Afghanistan–Uzbekistan border"),
        ((0.0, 3.6, 1.2, "AFG-UZB"), "about 1 km from the Afghanistan–Uzbekistan border"),
        ((0.0, 1.04, 0.01, "AFG-UZB"), "within 1 km of the Afghanistan–Uzbekistan border"),
        ((0.0, 6.05, 0.52, "AFG-UZB"), "within 6 km of the Afghanistan–Uzbekistan border"),
        ((4.9, 15.9, 10.4, "AFG-TJK"), "about 10 km from the Afghanistan–Tajikistan border"),
        ((0.0, 177.0, None, "AFG-TJK"), "0–180 km from the Afghanistan–Tajikistan border"),
        ((85.2, 163.7, None, "AFG-PAK"), "80–170 km from the Afghanistan–Pakistan border"),
        ((0.0, 0.5, 0.0, "AFG-TJK"), "on the Afghanistan–Tajikistan border"),
        ((1326.0, 1340.0, 1335.0, "AFG-IRN"), "about 1,335 km from the Afghanistan–Iran border"),
    ],
)
def test_labels_are_rounded_to_what_is_known(
    interval: tuple[float, float, float | None, str], words: str
) -> None:
    assert distance_label(DistanceInterval(*interval)) == words


def test_borders_and_their_index_give_the_same_interval(six: BorderIndex) -> None:
    shape = draw_shape("settlement", lon=TERMEZ[0], lat=TERMEZ[1])
    borders = read_borders("AFG")
    before = borders.copy(deep=True)
    assert distance_interval(shape, borders) == distance_interval(shape, six)
    assert borders.equals(before)
