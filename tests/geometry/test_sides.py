"""Which side of the border: right, or undetermined where the line's own accuracy says so."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bordermap.errors import InputError
from bordermap.geometry.borders import read_borders
from bordermap.geometry.sides import UNDETERMINED, enclosed, side_of

# GeoNames points, as in the facts that the casebook was made from.
TOWNS = {
    "Termez": (67.27833, 37.22417, "UZB"),
    "Hairatan": (67.4241, 37.2214, "AFG"),
    "Sher Khan Bandar": (68.61126, 37.19041, "AFG"),
    "Panji Poyon": (68.57721, 37.19443, "TJK"),
    "Ishkashim (Afghanistan)": (71.57291, 36.70812, "AFG"),
    "Ishkashim (Tajikistan)": (71.61331, 36.72484, "TJK"),
    "Khorog": (71.55304, 37.48974, "TJK"),
    "Tashkent": (69.21627, 41.26465, "UZB"),
    "Kabul": (69.17233, 34.52813, "AFG"),
    "Panj": (69.09911, 37.23634, "TJK"),
    "Shodak": (71.02849, 38.4657, "TJK"),
    "Nusay": (70.80413, 38.4435, "AFG"),
    "Torkham": (71.08202, 34.13098, "AFG"),
    "Zaranj": (61.86037, 30.95962, "AFG"),
}


def test_towns_lie_on_their_side_or_it_is_undetermined_within_the_accuracy() -> None:
    lon, lat, country = zip(*TOWNS.values(), strict=True)
    sides = side_of(lon, lat)
    assert sides.country.tolist() == list(country)
    for name, side, true, distance, accuracy in zip(
        TOWNS, sides.side, country, sides.distance_km, sides.accuracy_km, strict=True
    ):
        assert side == (UNDETERMINED if distance <= accuracy else true), name


def test_the_towns_that_the_line_can_tell() -> None:
    told = ("Termez", "Ishkashim (Afghanistan)", "Khorog", "Tashkent", "Kabul", "Panj", "Zaranj")
    lon, lat, country = zip(*(TOWNS[name] for name in told), strict=True)
    assert side_of(lon, lat).side.tolist() == list(country)


@pytest.mark.parametrize(
    ("lon", "lat"), [(67.4282, 37.2278), (68.6053, 37.1946), (71.50778, 37.52417), (70.82722, 38.45333)]
)
def test_bridges_over_the_border_are_undetermined(lon: float, lat: float) -> None:
    sides = side_of(lon, lat)
    assert sides.side.tolist() == [UNDETERMINED]
    assert "may be" in sides.reason[0]


def test_the_reason_is_said() -> None:
    assert side_of(67.27833, 37.22417).reason[0].startswith("4.0 km from the line AFG-UZB, more than")


def test_where_three_countries_meet_the_polygon_tells() -> None:
    # 0.8 km from the line of Afghanistan and Uzbekistan, in Tajikistan: the tripoint as Wikipedia gives it.
    sides = side_of(67.78889, 37.18472)
    assert sides.country.tolist() == ["TJK"]
    assert sides.side[0] in ("TJK", UNDETERMINED)


def test_borders_that_are_no_ring_ask_the_polygons() -> None:
    pair = read_borders("AFG-TJK")
    assert enclosed(pair) == (None, "")
    sides = side_of([68.78, 69.17, 105.0], [38.54, 34.53, 35.0], pair)
    assert sides.side.tolist() == ["TJK", "AFG", UNDETERMINED]
    assert sides.reason[2] == "in neither country of the nearest line AFG-TJK"


def test_the_ring_holds_afghanistan() -> None:
    ring, owner = enclosed(read_borders("AFG"))
    assert ring is not None and owner == "AFG"
    assert enclosed(read_borders("world")) == (None, "")


def test_no_points_faulty_points_and_inputs() -> None:
    assert side_of([], []).side.shape == (0,)
    with pytest.raises(InputError):
        side_of([math.inf], [0])
    lon = np.array([67.27833])
    borders = read_borders("AFG")
    before = borders.copy(deep=True)
    side_of(lon, [37.22417], borders)
    assert lon.tolist() == [67.27833] and borders.equals(before)
