"""Countries of the world: their names, their polygons, and which of them a point lies in.

The polygons share every vertex with the border lines, so the two never contradict each other.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
import pyogrio
from numpy.typing import ArrayLike
from rapidfuzz import process
from shapely.geometry.base import BaseGeometry

from bordermap.catalog import data_path
from bordermap.errors import PlaceError
from bordermap.geometry.geodesy import checked
from bordermap.geometry.morton import along_curve
from bordermap.geometry.regions import regions_of
from bordermap.text import fold_name

#: Names in common use that are not the ones of the shipped file, folded.
_OTHER_NAMES: Final = {
    "america": "USA", "britain": "GBR", "burma": "MMR", "cape verde": "CPV", "czech republic": "CZE",
    "dprk": "PRK", "drc": "COD", "great britain": "GBR", "holland": "NLD", "macedonia": "MKD",
    "russian federation": "RUS", "swaziland": "SWZ", "turkiye": "TUR", "uae": "ARE", "uk": "GBR",
    "united states of america": "USA",
}  # fmt: skip


@cache
def country_names() -> dict[str, str]:
    """The name of each country, by its ISO 3166-1 alpha-3 code.

    Example:
        >>> country_names()["TJK"]
        'Tajikistan'
    """
    rows = pyogrio.read_dataframe(data_path("countries.fgb"), columns=["iso3", "name"], read_geometry=False)
    return dict(sorted(zip(rows["iso3"].astype(str), rows["name"].astype(str).str.strip(), strict=True)))


def find_country(text: str) -> str:
    """The code of a country, from its code or its name in any case; empty if there is none.

    Example:
        >>> find_country("afg"), find_country("Afghanistan"), find_country("Afganistan")
        ('AFG', 'AFG', '')
    """
    names = country_names()
    if text.strip().upper() in names:
        return text.strip().upper()
    return _codes_by_name().get(_key(text), "")


def country_code(text: str) -> str:
    """The code of a country.

    Args:
        text: An ISO 3166-1 alpha-3 code or an English name, in any case.

    Returns:
        The code.

    Raises:
        PlaceError: There is no such country; the hint has the nearest spelling.

    Example:
        >>> country_code("Afganistan")
        Traceback (most recent call last):
        bordermap.errors.PlaceError: no country is called 'Afganistan'
    """
    if code := find_country(text):
        return code
    raise PlaceError(f"no country is called {text!r}", hint=country_hint(text), code="BM138")


def country_hint(text: str) -> str:
    """What to write in place of a country that does not exist.

    Example:
        >>> country_hint("Afganistan")
        'Did you mean Afghanistan (AFG)?'
    """
    known = {**_codes_by_name(), **{code.casefold(): code for code in country_names()}}
    near = process.extractOne(_key(text), list(known), score_cutoff=75) if _key(text) else None
    if near is None:
        return "Give an ISO 3166-1 alpha-3 code or an English name, for example AFG or Afghanistan."
    code = known[near[0]]
    return f"Did you mean {country_names()[code]} ({code})?"


@cache
def _codes_by_name() -> dict[str, str]:
    return {**_OTHER_NAMES, **{_key(name): code for code, name in country_names().items()}}


def _key(text: str) -> str:
    return fold_name(text).removeprefix("the ")


@lru_cache(maxsize=16)
def country_polygon(code: str) -> BaseGeometry:
    """The polygon of a country, as the border lines and coasts enclose it.

    Args:
        code: ISO 3166-1 alpha-3.

    Returns:
        A MultiPolygon, EPSG:4326.

    Raises:
        PlaceError: There is no such country.

    Example:
        >>> [round(bound) for bound in country_polygon("AFG").bounds]
        [61, 29, 75, 38]
    """
    known = country_code(code)
    row = pyogrio.read_dataframe(data_path("countries.fgb"), columns=["iso3"], where=f"iso3 = '{known}'")
    shape: BaseGeometry = row.geometry.iloc[0]
    return shape


def country_of(lon: ArrayLike, lat: ArrayLike) -> Any:
    """The country that each point lies in.

    A point exactly on a border is given to the country that comes first by its code; the border lines'
    accuracy is not taken into account here: see :func:`bordermap.geometry.sides.side_of`.

    Args:
        lon: Longitudes in degrees, shape (n,).
        lat: Latitudes in degrees, shape (n,).

    Returns:
        ISO 3166-1 alpha-3 codes, an array of strings of shape (n,); empty at sea.

    Raises:
        InputError: A coordinate is none.

    Example:
        >>> country_of([67.27833, 67.4241, 0.0], [37.22417, 37.2214, 0.0]).tolist()
        ['UZB', 'AFG', '']
    """
    order, keys, east, north = along_curve(*checked(lon, lat))
    regions = regions_of(keys, east, north, with_areas=False)
    found = np.full(len(order), "", dtype=object)
    found[order] = np.append(regions.countries, "")[regions.country]
    return found
