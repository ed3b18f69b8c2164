"""Checks of where flat rows lie: on the globe, in the country they name, not swapped, not on a centroid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.geometry.countries import country_names, country_of, country_polygon
from bordermap.incidents.arrow import Ints, empty_mask, factorize, first_of
from bordermap.incidents.faults import fault
from bordermap.incidents.readers.layer import CellFault
from bordermap.incidents.rows.validation import rows_where

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Columns = Mapping[str, pa.ChunkedArray]

#: A point this near the country it names is not held against it: coasts and lines are simplified. Degrees are
#: no distance; here they only keep a warning quiet, 10 km to the north or south and less to the east or west.
_TOLERANCE_DEGREES: Final = 0.09
#: How many points vouch for where the others should be, and how far apart they may lie, degrees.
_ENOUGH, _TOGETHER = 4, 10.0
#: From how many rows on, and how many different names, one point looks like a coder's centroid.
_CROWD, _NAMES = 10, 3


def check_places(columns: Columns, lon: Floats, lat: Floats, file: str) -> list[CellFault]:
    """The faults of the coordinates.

    Args:
        columns: Of the flat table, all of them, text.
        lon: Degrees, NaN where there is none that is a number, shape (n,).
        lat: The same.
        file: As messages call it.

    Returns:
        The faults, by row: BM158, BM159, BM160 (errors), BM302, BM304 (warnings).

    Raises:
        InputError: The coordinates are metres of a projection (BM303).
    """
    _refuse_metres(lon, lat, file)
    faults = list(_lonely(columns)) + list(_off_globe(lon, lat, columns["country"]))
    rejected = np.zeros(len(lon), dtype=bool)
    for each in faults:
        rejected[each.rows] = True
    sound = np.isfinite(lon) & np.isfinite(lat) & ~rejected
    faults += _in_wrong_country(lon, lat, columns["country"], sound)
    faults += _among_others(lon, lat, sound & empty_mask(columns["country"]))
    faults += _crowded(columns, lon, lat, sound)
    return faults


def _refuse_metres(lon: Floats, lat: Floats, file: str) -> None:
    given = np.isfinite(lon) & np.isfinite(lat)
    large = given & (np.abs(lon) > 1000) & (np.abs(lat) > 1000)
    if large.sum() > 0.5 * given.sum():
        at = int(np.flatnonzero(large)[0])
        raise fault(
            "BM303", f"{lon[at]:g}, {lat[at]:g} are no degrees, but metres of a projection", file=file
        )


def _lonely(columns: Columns) -> Iterator[CellFault]:
    east, north = empty_mask(columns["longitude"]), empty_mask(columns["latitude"])
    for missing, name in ((east & ~north, "longitude"), (north & ~east, "latitude")):
        if missing.any():
            message = f"only one of longitude and latitude is there: no {name}"
            yield CellFault("BM158", rows_where(missing), name, message)


def _off_globe(lon: Floats, lat: Floats, named: pa.ChunkedArray) -> Iterator[CellFault]:
    given = np.isfinite(lon) & np.isfinite(lat)
    swapped = given & (np.abs(lat) > 90) & (np.abs(lat) <= 180) & (np.abs(lon) <= 90)
    # Where the row names a country, swapping must bring the point into it.
    at = rows_where(swapped & ~empty_mask(named))
    if len(at):
        wanted = named.take(pa.array(at)).to_numpy(zero_copy_only=False)
        swapped[at] = _would_fit(lat[at], lon[at], wanted)
    off = given & ~swapped & ((np.abs(lat) > 90) | (np.abs(lon) > 180))
    null = given & (lon == 0) & (lat == 0)
    for mask, code, name in (
        (swapped, "BM160", "latitude"),
        (off & (np.abs(lat) > 90), "BM158", "latitude"),
        (off & (np.abs(lat) <= 90), "BM158", "longitude"),
        (null, "BM159", "latitude"),
    ):
        if mask.any():
            yield CellFault(code, rows_where(mask), name)


def _in_wrong_country(lon: Floats, lat: Floats, named: pa.ChunkedArray, sound: Mask) -> list[CellFault]:
    at = rows_where(sound & ~empty_mask(named))
    if not len(at):
        return []
    names, different = factorize(named)
    # Many rows share a point: each point with each country named is looked at once.
    points, _ = pd.factorize(lon[at] + 1j * lat[at])
    pairs, _ = pd.factorize(points * len(different) + names[at])
    once = at[first_of(pairs)]
    wrong, exchanged, found, wanted = _judged(lon[once], lat[once], names[once], different)
    faults = []
    for code, column, mask in (("BM160", "latitude", exchanged), ("BM302", "country", wrong)):
        if mask.any():
            faults.append(CellFault(code, at[mask[pairs]], column, _disagrees(found, wanted, mask)))
    return faults


def _judged(
    lon: Floats, lat: Floats, names: Ints, different: list[str]
) -> tuple[Mask, Mask, NDArray[np.object_], NDArray[np.object_]]:
    """Which points lie elsewhere, which are swapped, where each lies, and where each should."""
    known = set(country_names())
    wanted = np.array([name if name in known else "" for name in different], dtype=object)[names]
    found = countries_at(lon, lat)
    wrong = (wanted != "") & (found != wanted)
    wrong[wrong] = ~_near(lon[wrong], lat[wrong], wanted[wrong])
    exchanged = np.zeros(len(lon), dtype=bool)
    exchanged[wrong] = _would_fit(lat[wrong], lon[wrong], wanted[wrong])
    return wrong & ~exchanged & (found != ""), exchanged, found, wanted


def _among_others(lon: Floats, lat: Floats, nameless: Mask) -> list[CellFault]:
    """Points far from all others as written, and among them with longitude and latitude exchanged.

    Told of rows that name no country, and only where nine tenths of them lie together.
    """
    at = rows_where(nameless)
    if len(at) < _ENOUGH:
        return []
    east, north = lon[at], lat[at]
    middle = np.median(east), np.median(north)
    away = np.maximum(np.abs(east - middle[0]), np.abs(north - middle[1]))
    exchanged = np.maximum(np.abs(north - middle[0]), np.abs(east - middle[1]))
    swapped = (away > 2 * _TOGETHER) & (exchanged < _TOGETHER)
    if not swapped.any() or (away[~swapped] < _TOGETHER).mean() < 0.9 or swapped.mean() > 0.25:
        return []
    return [CellFault("BM160", at[swapped], "latitude", "far from all others, and among them when swapped")]


def _disagrees(found: NDArray[np.object_], wanted: NDArray[np.object_], mask: Mask) -> str:
    first = int(np.flatnonzero(mask)[0])
    where = found[first] or "no country"
    return f"the row names {wanted[first]}, and its point lies in {where}"


def countries_at(lon: Floats, lat: Floats) -> NDArray[np.object_]:
    """The country of each point.

    Args:
        lon: Degrees, finite, shape (n,).
        lat: Degrees, finite, shape (n,).

    Returns:
        ISO 3166-1 alpha-3 codes, shape (n,); empty at sea.
    """
    found: NDArray[np.object_] = country_of(lon, lat)
    return found


def _would_fit(lon: Floats, lat: Floats, wanted: NDArray[np.object_]) -> Mask:
    possible = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    fits = np.zeros(len(lon), dtype=bool)
    fits[possible] = countries_at(lon[possible], lat[possible]) == wanted[possible]
    return fits


def _near(lon: Floats, lat: Floats, wanted: NDArray[np.object_]) -> Mask:
    """Which points lie within the tolerance of the country they name; each different one asked once."""
    near = np.zeros(len(lon), dtype=bool)
    for code in np.unique(wanted.astype(str)).tolist():
        inside = rows_where(wanted == code)
        near[inside] = _near_country(lon[inside], lat[inside], code)
    return near


def _near_country(lon: Floats, lat: Floats, code: str) -> Mask:
    found: Mask = np.asarray(shapely.dwithin(_rough(code), shapely.points(lon, lat), _TOLERANCE_DEGREES))
    return found


@lru_cache(maxsize=32)
def _rough(code: str) -> BaseGeometry:
    """A country's outline to a tenth of the tolerance."""
    shape = shapely.simplify(country_polygon(code), _TOLERANCE_DEGREES / 10)
    shapely.prepare(shape)
    return shape


def _crowded(columns: Columns, lon: Floats, lat: Floats, sound: Mask) -> list[CellFault]:
    """Points on which many rows of different names lie: a coder's centroid, not so many places."""
    at: Ints = rows_where(sound)
    if len(at) < _CROWD:
        return []
    points, keys = pd.factorize(lon[at] + 1j * lat[at])
    counts = np.bincount(points)
    if counts.max() < _CROWD:
        return []
    named, different = factorize(columns["location"].take(pa.array(at)))
    said = ~empty_mask(columns["location"])[at]
    _, pairs = pd.factorize(points[said] * len(different) + named[said])
    names = np.bincount(pairs // max(len(different), 1), minlength=len(counts))
    nameless = names == 0
    suspect = (counts >= _CROWD) & ((names >= _NAMES) | (nameless & _round(keys.real, keys.imag)))
    if not suspect.any():
        return []
    rows = at[suspect[points]]
    message = f"{len(rows)} rows lie on {int(suspect.sum())} point{'s' if suspect.sum() > 1 else ''}"
    told = int(names[suspect].sum())
    return [CellFault("BM304", rows, "latitude", message + (f", under {told} place names" if told else ""))]


def _round(lon: Floats, lat: Floats) -> Mask:
    """Whole and half degrees: nobody lives there by chance."""
    round_: Mask = (lon * 2 % 1 == 0) & (lat * 2 % 1 == 0)
    return round_
