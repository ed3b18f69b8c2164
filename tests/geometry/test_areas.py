"""First-order areas by their code, fitted into the border lines of their country."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from bordermap.errors import PlaceError
from bordermap.geometry.areas import area, area_country, area_name, area_of, read_areas
from bordermap.geometry.countries import country_of, country_polygon
from bordermap.geometry.fitting import fit


def test_the_panjshir_by_its_code() -> None:
    assert area_name("AF.42") == "Panjshir" and area_country("AF.42") == "AFG"
    assert area("AF.42").contains(shapely.Point(69.51519, 35.31292))
    assert area_name("AF.41") == "Daykundi"


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (69.51519, 35.31292, "AF.42"), (67.27833, 37.22417, "UZ.12"), (67.4241, 37.2214, "AF.30"),
        (68.61126, 37.19041, "AF.24"), (68.57721, 37.19443, "TJ.02"), (71.55304, 37.48974, "TJ.01"),
        (71.57291, 36.70812, "AF.01"), (71.61331, 36.72484, "TJ.01"), (69.42126, 37.06588, "AF.26"),
    ],
)  # fmt: skip
def test_places_lie_in_their_provinces(lon: float, lat: float, code: str) -> None:
    assert area_of(lon, lat).tolist() == [code]
    assert area(code).intersects(shapely.Point(lon, lat))


@pytest.mark.parametrize("country", ["AFG", "TJK", "UZB"])
def test_areas_fill_their_country_and_nothing_else(country: str) -> None:
    areas = read_areas(country)
    land = country_polygon(country)
    shapes = list(areas.geometry)
    assert all(shape.is_valid for shape in shapes)
    assert sum(shape.area for shape in shapes) == pytest.approx(land.area, rel=1e-9)
    assert shapely.union_all(shapes).symmetric_difference(land).area < 1e-6
    assert areas["admin1_code"].is_monotonic_increasing and areas.crs.to_epsg() == 4326


def test_an_area_lies_in_the_country_that_the_border_lines_give() -> None:
    lon, lat = np.random.default_rng(11).uniform((66, 36), (72, 38.5), (400, 2)).T
    countries, codes = country_of(lon, lat), area_of(lon, lat)
    assert [area_country(code) for code in codes] == countries.tolist()


def test_points_at_sea_and_none() -> None:
    assert area_of([0.0], [0.0]).tolist() == [""]
    assert area_of([], []).shape == (0,)


@pytest.mark.parametrize(
    ("code", "hint"),
    [("AF.99", "Afghanistan has AF.01"), ("Panjshir", "The code of Panjshir is AF.42."), ("", "GeoNames key"),
     ("XX.01", "GeoNames key"), ("af.42", "AF.42")],
)  # fmt: skip
def test_a_code_that_does_not_exist_is_refused_with_a_cure(code: str, hint: str) -> None:
    for ask in (area, area_name, area_country):
        with pytest.raises(PlaceError, match="there is no first-order area") as caught:
            ask(code)
        assert hint in caught.value.hint


def test_each_read_is_a_frame_of_its_own() -> None:
    mine = read_areas("AFG")
    mine["name"] = "mine"
    assert area_name("AF.42") == "Panjshir" and "mine" not in set(read_areas("AFG")["name"])
    with pytest.raises(PlaceError, match="no country"):
        read_areas("Atlantis")


@given(st.floats(0.2, 0.8), st.floats(-0.2, 0.2), st.floats(-0.2, 0.2))
def test_fitting_keeps_the_whole(middle: float, over: float, skew: float) -> None:
    west = shapely.Polygon([(0, 0), (middle, 0), (middle, 1), (0, 1)])
    east = shapely.Polygon([(middle, 0), (1, 0), (1, 1), (middle, 1)])
    land = shapely.Polygon([(0, 0), (1, 0), (1 + skew, 1 + over), (-skew, 1 - over)])
    fitted = fit([west, east], land)
    assert sum(part.area for part in fitted) == pytest.approx(land.area, abs=1e-9)
    assert fitted[0].intersection(fitted[1]).area == pytest.approx(0, abs=1e-9)


def test_left_over_land_away_from_all_goes_to_the_nearest() -> None:
    island = shapely.box(3, 0, 4, 1)
    land = shapely.union_all([shapely.box(0, 0, 2, 1), island])
    west, east = fit([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], land)
    assert east.intersects(island) and not west.intersects(island)
