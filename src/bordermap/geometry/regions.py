"""The country and the first-order area of many points.

Cells of a quadtree that lie wholly in one need no look at its outline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyogrio
import shapely

from bordermap.catalog import data_path
from bordermap.geometry.edges import Floats, Indices, edges_of
from bordermap.geometry.morton import Cells, child_cells, first_cells
from bordermap.geometry.runs import runs

#: West, south, east, north, degrees.
Window = tuple[float, float, float, float]
#: Of what no cell settled.
_OPEN: Final = -2
NONE: Final = -1
#: Where fewer points lie in a cell, each is looked at by itself.
_PAYS: Final = 6
_FIRST_LEVEL: Final = 8
_LAST_LEVEL: Final = 15
#: So few points are all looked at by themselves.
_FEW: Final = 2_000
#: A window without an outline in it.
_NOWHERE: Final = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, eq=False)
class Outlines:
    """Polygons, each part by itself and ready to be asked.

    Attributes:
        parts: Polygons, shape (k,).
        owner: The number of the country or area that each is a part of, shape (k,), rising.
        names: Its code, by number.
    """

    parts: Any
    owner: Indices
    names: Any


@dataclass(frozen=True, eq=False)
class Regions:
    """The country and the first-order area of n points.

    Attributes:
        country: Number in ``countries``, -1 at sea, shape (n,).
        area: Number in ``areas``, -1 at sea and in countries without areas, shape (n,).
        countries: ISO 3166-1 alpha-3.
        areas: GeoNames keys.
    """

    country: Indices
    area: Indices
    countries: Any
    areas: Any


def regions_of(
    keys: Indices, lon: Floats, lat: Floats, *, with_areas: bool = True, window: Window | None = None
) -> Regions:
    """The country and the first-order area that each point lies in.

    Args:
        keys: As :func:`bordermap.geometry.morton.curve` gives them, rising, shape (n,).
        lon: Degrees, -180 to below 180, in the same order, shape (n,).
        lat: Degrees, shape (n,).
        with_areas: Whether the areas are asked for too.
        window: Holds the points; one for all portions of many spares reading the outlines again.

    Returns:
        See :class:`Regions`. A point on the border of two countries or areas is given to the first by its
        code; on land of a country that no outline of an area covers, the area next to it is taken.

    Example:
        >>> from bordermap.geometry.morton import curve
        >>> order, keys = curve(np.array([67.27833]), np.array([37.22417]))
        >>> found = regions_of(keys, np.array([67.27833]), np.array([37.22417]))
        >>> found.countries[found.country[0]], found.areas[found.area[0]]
        ('UZB', 'UZ.12')
    """
    country, area = np.full(len(keys), _OPEN), np.full(len(keys), NONE)
    empty: Any = np.array([], dtype=object)
    if not len(keys):
        return Regions(country, area, empty, empty)
    window = window or window_of(lon, lat)
    countries, areas = outlines_within(window, with_areas=with_areas)
    home = homes_of(areas, countries)
    many = _settled_cells(keys, countries, areas, home) if len(keys) > _FEW else ()
    for cells, settled in many:
        at = runs(cells.first, cells.last - cells.first)
        for found, codes in zip((country, area), settled, strict=True):
            found[at] = np.repeat(codes, cells.last - cells.first)
    left = np.flatnonzero(country == _OPEN)
    country[left] = _holding(countries, lon[left], lat[left])
    # The antimeridian is one meridian with two names.
    edge = left[(lon[left] == -180) & (country[left] == NONE)]
    country[edge] = _holding(countries, np.full(len(edge), 180.0), lat[edge])
    _fill_areas(areas, home, country, area, left, (lon, lat))
    return Regions(country, area, countries.names, areas.names)


def window_of(lon: Floats, lat: Floats) -> Window:
    """The window that holds points, of whole fives of degrees.

    Args:
        lon: Degrees, shape (n,).
        lat: Degrees, shape (n,).
    """
    # Rounded outwards, so that points near each other ask for the same window and find it in the cache.
    low = np.floor(np.array([lon.min(), lat.min()]) / 5) * 5
    high = np.ceil((np.array([lon.max(), lat.max()]) + 1e-9) / 5) * 5
    if low[0] <= -180 or high[0] > 180:
        return -180.0, float(low[1]), 180.0, float(high[1])
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def outlines_within(window: Window, *, with_areas: bool = True) -> tuple[Outlines, Outlines]:
    """The outlines of the countries and of the first-order areas that may reach into a window.

    Args:
        window: West, south, east, north.
        with_areas: Whether the areas are wanted; without them there are none.
    """
    areas = window if with_areas else _NOWHERE
    return _outlines("countries.fgb", "iso3", window), _outlines("admin1.fgb", "admin1_code", areas)


@lru_cache(maxsize=16)
def _outlines(file: str, code: str, window: Window) -> Outlines:
    """The outlines of a shipped file that may reach into a window, ready to be asked; remembered."""
    rows = pyogrio.read_dataframe(data_path(file), columns=[code], bbox=window)
    rows = rows.sort_values(code, ignore_index=True)
    parts, owner = shapely.get_parts(np.asarray(rows.geometry.array, dtype=object), return_index=True)
    shapely.prepare(parts)
    return Outlines(parts, owner, rows[code].to_numpy(dtype=object))


@lru_cache(maxsize=1)
def _iso3_of_area() -> dict[str, str]:
    rows = pyogrio.read_dataframe(
        data_path("admin1.fgb"), columns=["admin1_code", "iso3"], read_geometry=False
    )
    return dict(zip(rows["admin1_code"], rows["iso3"], strict=True))


@lru_cache(maxsize=16)
def homes_of(areas: Outlines, countries: Outlines) -> Indices:
    """The number of each area's country; -1 where the window holds no part of it.

    Args:
        areas: First-order areas.
        countries: Countries, of the same window.
    """
    iso3 = [_iso3_of_area()[code] for code in areas.names]
    return np.asarray(pd.Index(countries.names).get_indexer(iso3), dtype=np.int64)


def _settled_cells(
    keys: Indices, countries: Outlines, areas: Outlines, home: Indices
) -> Iterator[tuple[Cells, tuple[Indices, Indices]]]:
    """Cells whose points all have one country and area, with these."""
    cells = _crowded(first_cells(keys, _FIRST_LEVEL))
    with_areas = np.zeros(len(countries.names) + 1, dtype=bool)
    with_areas[home] = True
    with_areas[NONE] = False
    while len(cells.key):
        boxes: Any = shapely.box(*cells.boxes())
        tree = shapely.STRtree(boxes)
        country = _containing(tree, countries, len(boxes))
        area = _containing(tree, areas, len(boxes))
        area[np.append(home, NONE)[area] != country] = NONE
        touched = np.unique(tree.query(countries.parts, predicate="intersects")[1])
        sea = np.ones(len(boxes), dtype=bool)
        sea[touched] = False
        settled = sea | ((country != NONE) & ((area != NONE) | ~with_areas[country]))
        yield cells.only(settled), (country[settled], area[settled])
        cells = cells.only(~settled & (cells.level < _LAST_LEVEL))
        cells = _crowded(child_cells(cells, keys)[0])


def _crowded(cells: Cells) -> Cells:
    return cells.only(cells.last - cells.first >= _PAYS)


def _containing(tree: shapely.STRtree, outlines: Outlines, count: int) -> Indices:
    """The outline that holds each box as a whole; -1 where none does."""
    part, box = tree.query(outlines.parts, predicate="contains_properly")
    found = np.full(count, NONE)
    found[box] = outlines.owner[part]
    return found


def _holding(outlines: Outlines, lon: Floats, lat: Floats) -> Indices:
    """The first outline that each point lies in or on; -1 where none."""
    found = np.full(len(lon), NONE)
    part, point = _near(outlines, lon, lat)
    held = shapely.intersects_xy(outlines.parts[part], lon[point], lat[point])
    # Backwards, so that the first by its code is what stays.
    part, point = part[held][::-1], point[held][::-1]
    found[point] = outlines.owner[part]
    return found


def _near(outlines: Outlines, lon: Floats, lat: Floats) -> tuple[Indices, Indices]:
    """Parts and the points in their bounds, part by part."""
    places: Any = shapely.points(lon, lat)
    part, point = shapely.STRtree(places).query(shapely.envelope(outlines.parts), predicate="intersects")
    return part, point


def _fill_areas(
    areas: Outlines, home: Indices, country: Indices, area: Indices, left: Indices, at: tuple[Floats, Floats]
) -> None:
    """The areas of single points: within their country the one that holds the point, else the nearest."""
    lon, lat = at
    for number in np.unique(country[left]):
        mine = left[country[left] == number]
        theirs = np.flatnonzero(home[areas.owner] == number)
        if number == NONE or not theirs.size:
            continue
        parts = Outlines(areas.parts[theirs], areas.owner[theirs], areas.names)
        area[mine] = _holding(parts, lon[mine], lat[mine])
        rest = mine[area[mine] == NONE]
        if rest.size:
            tree, owners = _edges(areas, int(areas.owner[theirs[0]]), int(areas.owner[theirs[-1]]))
            area[rest] = _nearest(tree, owners, lon[rest], lat[rest])


@lru_cache(maxsize=64)
def _edges(areas: Outlines, first: int, last: int) -> tuple[shapely.STRtree, Indices]:
    """The edges of the areas of one country, which stand together, and the area that each belongs to."""
    theirs = np.flatnonzero((areas.owner >= first) & (areas.owner <= last))
    edges, of_part = edges_of(areas.parts[theirs])
    lines: Any = shapely.linestrings(edges.reshape(-1, 2, 2))
    return shapely.STRtree(lines), areas.owner[theirs[of_part]]


def _nearest(tree: shapely.STRtree, owners: Indices, lon: Floats, lat: Floats) -> Indices:
    """The outline nearest to each point, in degrees: edge by edge, since a tree of few large ones is slow."""
    places: Any = shapely.points(lon, lat)
    point, edge = tree.query_nearest(places)
    owner = owners[edge]
    # Of several that are equally near the first by its code.
    order = np.lexsort([owner, point])
    first = order[np.r_[True, np.diff(point[order]) > 0]]
    return np.asarray(owner[first])
