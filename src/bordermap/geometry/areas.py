"""First-order areas: provinces, regions, states, by their GeoNames key.

Their outlines come from Natural Earth, whose country borders lie up to 4 km off the border lines. So the
country is decided by the border lines first, then the area within it; and the areas of a country are fitted
into it: what reaches beyond its border is cut off, and what is left over inside goes to the area nearest to
it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pyogrio
from numpy.typing import ArrayLike
from shapely.geometry.base import BaseGeometry

from bordermap.catalog import data_path
from bordermap.errors import PlaceError
from bordermap.geometry.countries import country_code, country_names, country_polygon
from bordermap.geometry.fitting import fit
from bordermap.geometry.geodesy import checked
from bordermap.geometry.morton import along_curve
from bordermap.geometry.names import bare, latin, search_key, sound
from bordermap.geometry.regions import regions_of
from bordermap.text import fold_name, join_words


def read_areas(country: str = "AFG") -> gpd.GeoDataFrame:
    """The first-order areas of a country, fitted into its border lines.

    Args:
        country: ISO 3166-1 alpha-3 code or English name.

    Returns:
        One row an area, EPSG:4326, by code: ``admin1_code`` (GeoNames key), ``iso3``, ``name``,
        ``name_local`` (may be empty), ``geometry``.

    Raises:
        PlaceError: There is no such country.

    Example:
        >>> areas = read_areas("AFG")
        >>> len(areas), areas.loc[areas["admin1_code"] == "AF.42", "name"].item()
        (34, 'Panjshir')
    """
    return _fitted(country_code(country)).drop(columns="fitted")


def area(code: str) -> BaseGeometry:
    """The polygon of one first-order area, fitted into its country.

    Args:
        code: GeoNames key, for example ``AF.42``.

    Returns:
        A Polygon or MultiPolygon, EPSG:4326.

    Raises:
        PlaceError: There is no such area; the hint says which there are.

    Example:
        >>> from shapely import Point
        >>> area("AF.42").contains(Point(69.51519, 35.31292))  # Bazarak, in the Panjshir
        True
    """
    areas = _fitted(area_country(code))
    shape: BaseGeometry = areas.geometry[areas["admin1_code"] == code].iloc[0]
    return shape


@cache
def area_codes() -> tuple[str, ...]:
    """GeoNames keys of all first-order areas, sorted.

    Example:
        >>> "AF.42" in area_codes()
        True
    """
    return tuple(sorted(_names()))


@cache
def area_names() -> tuple[str, ...]:
    """The English name of each of :func:`area_codes`."""
    return tuple(_names()[code][1] for code in area_codes())


@cache
def area_countries() -> tuple[str, ...]:
    """The country of each of :func:`area_codes`, ISO 3166-1 alpha-3."""
    return tuple(_names()[code][0] for code in area_codes())


def area_name(code: str) -> str:
    """The English name of a first-order area.

    Args:
        code: GeoNames key.

    Raises:
        PlaceError: There is no such area.

    Example:
        >>> area_name("AF.26")
        'Takhar'
    """
    return _known(code)[1]


def area_country(code: str) -> str:
    """The country of a first-order area, ISO 3166-1 alpha-3.

    Args:
        code: GeoNames key.

    Raises:
        PlaceError: There is no such area.

    Example:
        >>> area_country("TJ.02")
        'TJK'
    """
    return _known(code)[0]


def areas_named(text: str, country: str = "") -> tuple[str, ...]:
    """The first-order areas of a name, in any of the spellings that the shipped outlines have.

    Args:
        text: A name; words such as "province" do not matter.
        country: ISO 3166-1 alpha-3; empty: anywhere.

    Returns:
        GeoNames keys, sorted; empty where there is none. With a country, spellings that sound the same count.

    Example:
        >>> areas_named("Odessa Oblast", "UKR"), areas_named("هرات"), areas_named("Balkh")
        (('UA.17',), ('AF.11',), ('AF.30',))
    """
    by_key, by_sound = _areas_by_name()
    tried = [key for key in dict.fromkeys((search_key(text), search_key(bare(text)))) if key]
    forms = [(by_key, key) for key in tried]
    forms += [(by_sound, sound(latin(key))) for key in tried if country]
    for table, form in forms:
        if found := sorted(code for code in table.get(form, ()) if country in ("", area_country(code))):
            return tuple(found)
    return ()


@cache
def _areas_by_name() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    columns = ["admin1_code", "name", "name_local"]
    rows = pyogrio.read_dataframe(data_path("admin1.fgb"), columns=columns, read_geometry=False)
    by_key: dict[str, set[str]] = {}
    by_sound: dict[str, set[str]] = {}
    for code, *names in zip(*(rows[column].fillna("").astype(str) for column in columns), strict=True):
        for name in {form for each in names for form in (each, bare(each)) if search_key(form)}:
            by_key.setdefault(search_key(name), set()).add(code)
            by_sound.setdefault(sound(latin(name)), set()).add(code)
    return by_key, by_sound


def area_of(lon: ArrayLike, lat: ArrayLike) -> Any:
    """The first-order area that each point lies in: the country by the border lines, then the area within it.

    Args:
        lon: Longitudes in degrees, shape (n,).
        lat: Latitudes in degrees, shape (n,).

    Returns:
        GeoNames keys, an array of strings of shape (n,); empty at sea and where a country has no areas.

    Raises:
        InputError: A coordinate is none.

    Example:
        >>> area_of([69.51519, 67.27833], [35.31292, 37.22417]).tolist()
        ['AF.42', 'UZ.12']
    """
    order, keys, east, north = along_curve(*checked(lon, lat))
    regions = regions_of(keys, east, north)
    found = np.full(len(order), "", dtype=object)
    found[order] = np.append(regions.areas, "")[regions.area]
    return found


@cache
def _names() -> dict[str, tuple[str, str]]:
    columns = ["admin1_code", "iso3", "name"]
    rows = pyogrio.read_dataframe(data_path("admin1.fgb"), columns=columns, read_geometry=False)
    triples = zip(*(rows[column].astype(str) for column in columns), strict=True)
    return {code: (iso3, name) for code, iso3, name in triples}


def _known(code: str) -> tuple[str, str]:
    if code in _names():
        return _names()[code]
    raise PlaceError(f"there is no first-order area {code!r}", hint=_area_hint(code), code="BM139")


def _area_hint(code: str) -> str:
    named = sorted(key for key, (_, name) in _names().items() if fold_name(name) == fold_name(code))
    if named and fold_name(code):
        return f"The code of {code} is {join_words(named)}."
    prefix = code.partition(".")[0].upper()
    siblings = sorted(key for key in _names() if key.startswith(f"{prefix}."))
    if siblings:
        country = country_names().get(_names()[siblings[0]][0], prefix)
        return f"{country} has {join_words(siblings)}."
    return "Give a GeoNames key: two letters, a point and a code, for example AF.42 for the Panjshir."


@lru_cache(maxsize=32)
def _shipped(country: str) -> gpd.GeoDataFrame:
    rows = pyogrio.read_dataframe(data_path("admin1.fgb"), where=f"iso3 = '{country}'")
    return rows.sort_values("admin1_code", ignore_index=True)


@lru_cache(maxsize=16)
def _fitted(country: str) -> gpd.GeoDataFrame:
    areas = _shipped(country)
    # Some are shipped fitted, because fitting a country takes a tenth of a second or more.
    if areas.empty or areas["fitted"].all():
        return areas
    shapes = fit(list(areas.geometry), country_polygon(country))
    return areas.set_geometry(gpd.GeoSeries(shapes, crs=areas.crs))
