"""Country and area of many points against looking at every outline."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

from bordermap.catalog import data_path
from bordermap.geometry.areas import area_of
from bordermap.geometry.countries import country_of
from bordermap.geometry.edges import Floats
from bordermap.geometry.morton import curve
from bordermap.geometry.regions import regions_of


def by_outline(lon: Floats, lat: Floats) -> list[str]:
    """The country of each point by asking every polygon, the first by code where two hold it."""
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    box = (lon.min() - 1, lat.min() - 1, lon.max() + 1, lat.max() + 1)
    countries = pyogrio.read_dataframe(data_path("countries.fgb"), columns=["iso3"], bbox=box)
    hits = points.sjoin(countries, predicate="intersects")
    first = hits.sort_values("iso3").groupby(level=0)["iso3"].first()
    return [str(code) for code in first.reindex(range(len(lon))).fillna("")]


def clustered(count: int, west: float, south: float, east: float, north: float) -> tuple[Floats, Floats]:
    """Points over a box, half of them heaped on a few spots so that cells fill up."""
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(west, east, count), rng.uniform(south, north, count)
    spots = rng.integers(0, 20, count // 2)
    lon[: count // 2] = lon[-20:][spots] + rng.normal(0, 0.02, count // 2)
    lat[: count // 2] = lat[-20:][spots] + rng.normal(0, 0.02, count // 2)
    return lon.clip(west, east), lat.clip(south, north)


@pytest.mark.parametrize(
    "box", [(60, 29, 75, 39), (20, 40, 30, 50), (-10, 30, 12, 50), (172, -50, 180, -34)], ids=str
)
def test_the_country_is_that_of_the_outline(box: tuple[float, float, float, float]) -> None:
    lon, lat = clustered(4000, *box)
    assert country_of(lon, lat).tolist() == by_outline(lon, lat)


def test_the_area_lies_in_the_country_and_holds_the_point() -> None:
    lon, lat = clustered(4000, 60, 33, 74, 39)
    countries, codes = country_of(lon, lat), area_of(lon, lat)
    areas = pyogrio.read_dataframe(data_path("admin1.fgb"), bbox=(59, 32, 75, 40))
    for code in sorted(set(codes) - {""}):
        row = areas[areas["admin1_code"] == code].iloc[0]
        mine = codes == code
        assert set(countries[mine]) == {row["iso3"]}
        if row["fitted"]:
            # Vertices are rounded when a country is cut into areas: a few points lie in between.
            assert shapely.dwithin(row.geometry, shapely.points(lon[mine], lat[mine]), 1e-5).all()


def test_points_answer_the_same_alone_and_in_a_crowd() -> None:
    lon, lat = clustered(3000, 66, 36, 69, 38)
    together = area_of(lon, lat)
    for at in range(0, 3000, 300):
        assert area_of(lon[at : at + 1], lat[at : at + 1])[0] == together[at]


def test_both_names_of_the_antimeridian() -> None:
    assert country_of([180, -180, 178.0], [68.0, 68.0, 68.0]).tolist() == ["RUS"] * 3


def test_without_areas_only_the_country_is_told() -> None:
    lon, lat = np.array([67.27833]), np.array([37.22417])
    _, keys = curve(lon, lat)
    found = regions_of(keys, lon, lat, with_areas=False)
    assert (found.countries[found.country[0]], found.area.tolist(), len(found.areas)) == ("UZB", [-1], 0)
