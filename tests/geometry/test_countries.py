"""Which country a point lies in, by polygons that share every vertex with the border lines."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from bordermap.errors import InputError, PlaceError
from bordermap.geometry.borders import read_borders
from bordermap.geometry.countries import (
    country_code,
    country_hint,
    country_names,
    country_of,
    country_polygon,
    find_country,
)


def test_towns_lie_in_their_countries() -> None:
    towns = {
        "UZB": (67.27833, 37.22417), "AFG": (67.4241, 37.2214), "TJK": (71.55304, 37.48974),
        "IRN": (60.5, 34.7), "PAK": (71.5, 34.0), "CHN": (75.99, 39.47), "TKM": (62.19, 36.6),
        "VNM": (105.85, 21.03), "CHE": (7.44, 46.95), "NZL": (174.78, -41.29),
    }  # fmt: skip
    assert country_of(*np.array(list(towns.values())).T).tolist() == list(towns)


def test_the_sea_the_antimeridian_and_the_poles() -> None:
    assert country_of([0, -30], [0, 0]).tolist() == ["", ""]
    assert country_of([180, -180, 178.5, 540 - 360], [68, 68, -17.9, 68]).tolist() == [
        "RUS",
        "RUS",
        "FJI",
        "RUS",
    ]
    assert country_of([247.72, 10], [37.0, 90]).tolist()[0] == "USA"
    assert country_of([0.0], [-85.0]).tolist() == ["ATA"]


def test_every_border_vertex_is_a_vertex_of_both_countries() -> None:
    line = read_borders("AFG-UZB").geometry.iloc[0]
    own = {tuple(xy) for xy in shapely.get_coordinates(line)}
    for code in ("AFG", "UZB"):
        assert own <= {tuple(xy) for xy in shapely.get_coordinates(country_polygon(code))}, code


def test_a_point_on_a_border_is_given_to_the_first_of_the_two() -> None:
    lon, lat = read_borders("AFG-UZB").geometry.iloc[0].coords[100]
    assert country_of(lon, lat).tolist() == ["AFG"]


def test_many_points_are_answered_as_one_by_one() -> None:
    lon, lat = np.random.default_rng(5).uniform((60, 30), (75, 42), (60, 2)).T
    assert country_of(lon, lat).tolist() == [country_of(x, y)[0] for x, y in zip(lon, lat, strict=True)]


def test_no_points_and_faulty_points() -> None:
    assert country_of([], []).shape == (0,)
    with pytest.raises(InputError, match="no place on Earth"):
        country_of([math.nan], [0])


def test_names_and_codes() -> None:
    assert len(country_names()) > 200 and "" not in country_names().values()
    for text in ("TKM", "tkm", "Turkmenistan", "TURKMENISTAN", " turkmenistan "):
        assert find_country(text) == "TKM"
    assert (
        find_country("UK") == "GBR"
        and find_country("Netherlands") == find_country("The Netherlands") == "NLD"
    )
    assert find_country("Atlantis") == ""
    with pytest.raises(PlaceError, match="Uzbekstan") as caught:
        country_code("Uzbekstan")
    assert caught.value.hint == "Did you mean Uzbekistan (UZB)?"
    assert "ISO 3166-1" in country_hint("…")


def test_a_country_that_does_not_exist_has_no_polygon() -> None:
    with pytest.raises(PlaceError):
        country_polygon("XXX")
