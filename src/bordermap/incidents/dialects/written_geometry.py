"""Geometry in a cell: well-known text, well-known binary, GeoJSON; and two coordinates in one cell."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely

from bordermap.geometry.depth import is_deep, is_deep_text
from bordermap.incidents.dialects.coordinates import one_degree
from bordermap.incidents.dialects.distinct import Bools, Column, Floats, distinct, plainly, texts

_POINT: Final = 0
#: Longer texts are not read: no single place needs them.
_LONGEST: Final = 5_000_000
_HEX: Final = re.compile(r"[0-9A-Fa-f]{42,}", re.ASCII)
# Two coordinates: each with its own letter, or separated by what cannot be part of one.
# Survey forms write latitude, longitude, altitude and accuracy.
_FORM_POINT: Final = re.compile(r"(-?\d+\.\d+ -?\d+\.\d+) -?\d+(?:\.\d+)? \d+(?:\.\d+)?", re.ASCII)
_SPLITS: Final = (
    re.compile(r"\s*[;|/]\s*"),
    re.compile(r"(?<=[NSEWСЮВЗ.°'\"])[\s,]+(?=[NSEW\d+-])"),
    re.compile(r",\s+"),
    re.compile(r","),
    re.compile(r"\s+"),
)


def read_geometry(column: Column) -> tuple[Floats, Floats, pa.Array | None, Bools]:
    """Geometry written in cells.

    Args:
        column: Text without nulls: WKT (with or without ``SRID=4326;``), hexadecimal WKB, GeoJSON.

    Returns:
        Longitudes and latitudes of the points, NaN elsewhere; ``wkt:`` and the text of what is no point, or
        None where all are points; which texts are no geometry.

    Example:
        >>> lon, lat, shape, bad = read_geometry(pa.array(["POINT (67.3 37.2)", "POINT EMPTY", "x"]))
        >>> lon.tolist(), shape, bad.tolist()
        ([67.3, nan, nan], None, [False, False, True])
    """
    found = distinct(plainly(column))
    words = found.texts.to_pylist()
    shapes: Any = np.array([_one(word) for word in words] + [None], dtype=object)[:-1]
    blank = np.array([not word for word in words], dtype=bool)
    bad = shapely.is_missing(shapes) & ~blank
    lon, lat = points(shapes)
    areal = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes) & np.isnan(lon)
    shape = None
    if areal.any():
        written = [f"wkt:{each.wkt}" if is_area else "" for each, is_area in zip(shapes, areal, strict=True)]
        shape = found.spread(texts(written))
    return lon[found.at], lat[found.at], shape, np.asarray(bad[found.at], dtype=bool)


def points(shapes: Any) -> tuple[Floats, Floats]:
    """The coordinates of those shapes that are points, or one point in a collection; NaN for the rest.

    Example:
        >>> [each.tolist() for each in points(np.array([shapely.Point(1, 2), None]))]
        [[1.0, nan], [2.0, nan]]
    """
    lon, lat = np.full(len(shapes), np.nan), np.full(len(shapes), np.nan)
    single = (shapely.get_num_coordinates(shapes) == 1) & (shapely.get_dimensions(shapes) == _POINT)
    if single.any():
        lon[single], lat[single] = shapely.get_coordinates(shapes[single]).T
    return lon, lat


def _one(word: str) -> Any:
    if not word or len(word) > _LONGEST or is_deep_text(word):
        return None
    bare = re.sub(r"^SRID=\d+;", "", word, flags=re.IGNORECASE)
    try:
        if bare.startswith("{"):
            return shapely.from_geojson(bare)
        if _HEX.fullmatch(bare):
            return None if is_deep(bytes.fromhex(bare)) else shapely.from_wkb(bare)
        return shapely.from_wkt(bare)
    except (shapely.errors.ShapelyError, ValueError, TypeError):
        return None


def read_pairs(column: Column, order: str = "") -> tuple[Floats, Floats, Bools, str]:
    """Two coordinates in one cell.

    Args:
        column: Text without nulls, such as ``37.22, 67.28``, ``37°13'N 67°16'E``, ``(37,22; 67,28)``.
        order: ``latlon`` or ``lonlat``; empty: settled by letters, or by a number over 90.

    Returns:
        The first and the second coordinate, NaN where the text is empty or unreadable; which texts are
        unreadable; and the order, empty where it is not settled.

    Example:
        >>> first, second, bad, order = read_pairs(pa.array(["37.2, 67.3", "37°12'N 67°18'E"]))
        >>> first.tolist(), second.tolist(), order
        ([37.2, 37.2], [67.3, 67.3], 'latlon')
        >>> read_pairs(pa.array(["37.2, 67.3"]))[3], read_pairs(pa.array(["110.5 37.2"]))[3]
        ('', 'lonlat')
    """
    found = distinct(plainly(column))
    words = found.texts.to_pylist()
    blank = np.array([not word for word in words], dtype=bool)
    both = {kind: np.array([_halves(word, kind) for word in words]).reshape(-1, 2) for kind in _AXES}
    chosen = order or _settled(both, blank)
    pairs = both[chosen or "latlon"]
    bad = np.isnan(pairs).any(axis=1) & ~blank
    pairs[bad] = np.nan
    return pairs[found.at, 0], pairs[found.at, 1], np.asarray(bad[found.at], dtype=bool), chosen


_AXES: Final = {"latlon": ("latitude", "longitude"), "lonlat": ("longitude", "latitude")}


def _halves(word: str, kind: str) -> tuple[float, float]:
    bare = word.strip("()[]{} ")
    if form := _FORM_POINT.fullmatch(bare):
        bare = form[1]
    for split in _SPLITS:
        halves = split.split(bare)
        if len(halves) == 2:
            one, two = (one_degree(half, axis) for half, axis in zip(halves, _AXES[kind], strict=True))  # type: ignore[arg-type]
            if np.isfinite(one) and np.isfinite(two):
                return one, two
    return np.nan, np.nan


def _settled(both: dict[str, Floats], blank: Bools) -> str:
    """The order in which the pairs are places on the globe, where the other one is not."""
    on_globe = {kind: int(np.sum(_on_globe(pairs, _AXES[kind]) & ~blank)) for kind, pairs in both.items()}
    if not (~blank).any():
        return "latlon"
    if on_globe["latlon"] == on_globe["lonlat"]:
        return ""
    return max(on_globe, key=lambda kind: on_globe[kind])


def _on_globe(pairs: Floats, axes: tuple[str, str]) -> Bools:
    limits = [180.0 if axis == "longitude" else 90.0 for axis in axes]
    with np.errstate(invalid="ignore"):
        return np.asarray((np.abs(pairs) <= limits).all(axis=1), dtype=bool)
