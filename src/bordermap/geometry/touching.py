"""Which countries and first-order areas shapes reach into: discs by the thousand, and outlines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.geometry.edges import WGS84, Floats, Indices
from bordermap.geometry.regions import Outlines, homes_of, outlines_within, window_of

#: Corners of the polygon round a disc, and how much larger it must be to hold the disc whole.
_CORNERS: Final = 24
_ROUND: Final = 1.0 / np.cos(np.pi / _CORNERS) + 1e-4
_DEGREE_KM: Final = 110.5
_AT_ONCE: Final = 50_000
#: An overlap below this share of a shape is a matter of how finely the outlines are drawn.
_SLIVER: Final = 0.01


@dataclass(frozen=True, eq=False)
class Touched:
    """What shapes reach into beyond the place of their middle: one row a shape and country or area.

    Attributes:
        shape: Number of the shape.
        code: ISO 3166-1 alpha-3, or a GeoNames key.
    """

    shape: Indices
    code: Any


def touched_by_discs(lon: Floats, lat: Floats, radius_km: Floats) -> tuple[Touched, Touched]:
    """The countries and the first-order areas that discs reach into.

    Args:
        lon: Degrees, -180 to below 180, shape (n,).
        lat: Degrees, shape (n,).
        radius_km: Shape (n,).

    Returns:
        ``(countries, areas)``. None that a disc reaches into is missing; one that lies within a hundredth of
        the radius beyond it may be there. Discs wholly in one country, or area, may have no row.

    Example:
        >>> countries, areas = touched_by_discs(np.array([67.27833]), np.array([37.22417]), np.array([6.0]))
        >>> countries.code.tolist()
        ['AFG', 'UZB']
    """
    found: tuple[list[Any], list[Any]] = ([], [])
    for low in range(0, len(lon), _AT_ONCE):
        part = slice(low, low + _AT_ONCE)
        for kind, touched in zip(found, _of_discs(lon[part], lat[part], radius_km[part]), strict=True):
            kind.append((touched.shape + low, touched.code))
    return _joined(found[0]), _joined(found[1])


def _joined(parts: Iterable[tuple[Indices, Any]]) -> Touched:
    shapes, codes = zip(*parts, strict=True) if parts else ((), ())
    empty: Any = np.zeros(0, dtype=object)
    return Touched(np.concatenate([np.zeros(0, dtype=np.int64), *shapes]), np.concatenate([empty, *codes]))


def _of_discs(lon: Floats, lat: Floats, radius_km: Floats) -> tuple[Touched, Touched]:
    high = radius_km / _DEGREE_KM * _ROUND
    wide = np.minimum(high / np.maximum(np.cos(np.radians(np.minimum(np.abs(lat) + high, 89.9))), 1e-3), 360)
    window = window_of(np.r_[lon - wide, lon + wide], np.r_[lat - high, lat + high])
    countries, areas = outlines_within(window)
    boxes: Any = shapely.box(lon - wide, lat - high, lon + wide, lat + high)
    tree = shapely.STRtree(boxes)
    settled = [_inside(tree, each) for each in (countries, areas)]
    open_ = np.flatnonzero(~(settled[0] & settled[1]))
    if not open_.size:
        empty = Touched(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=object))
        return empty, empty
    rings = _rings(lon[open_], lat[open_], radius_km[open_])
    return tuple(_crossing(rings, open_, each) for each in (countries, areas))  # type: ignore[return-value]


def _inside(tree: shapely.STRtree, outlines: Outlines) -> Any:
    """Which boxes lie wholly in one outline."""
    inside = np.zeros(len(tree.geometries), dtype=bool)
    inside[tree.query(outlines.parts, predicate="contains_properly")[1]] = True
    return inside


def _rings(lon: Floats, lat: Floats, radius_km: Floats) -> Any:
    """Polygons that hold discs whole; beyond the antimeridian they go on, and come twice."""
    turns = np.arange(_CORNERS + 1) * (-360.0 / _CORNERS)
    shape = (len(lon), _CORNERS + 1)
    each = [np.repeat(values, _CORNERS + 1) for values in (lon, lat, radius_km * 1000 * _ROUND)]
    east, north, _ = WGS84.fwd(each[0], each[1], np.tile(turns, len(lon)), each[2])
    east = np.unwrap(np.asarray(east).reshape(shape), period=360, axis=1)
    return shapely.polygons(np.stack([east, np.asarray(north).reshape(shape)], axis=2))


def _crossing(rings: Any, number: Indices, outlines: Outlines) -> Touched:
    west, _, east, _ = shapely.bounds(rings).T
    everywhere = np.arange(len(rings))
    # What reaches over the antimeridian is looked for on its other side too.
    turns = ((0.0, everywhere), (360.0, everywhere[west <= -180]), (-360.0, everywhere[east >= 180]))
    found = []
    for turn, some in turns:
        moved = shapely.transform(rings[some], partial(np.add, [turn, 0.0])) if turn else rings
        part, ring = shapely.STRtree(moved).query(outlines.parts, predicate="intersects")
        found.append(number[some[ring]] * len(outlines.names) + outlines.owner[part])
    shape, owner = np.divmod(np.unique(np.concatenate(found)), max(len(outlines.names), 1))
    return Touched(shape, outlines.names[owner])


def touched_by_shape(shape: BaseGeometry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The countries and the first-order areas that a shape reaches into.

    Args:
        shape: Polygons or lines, EPSG:4326. Polygons that only touch an outline do not reach into it; a line
            along a border belongs to both sides.

    Returns:
        ISO 3166-1 alpha-3 codes and GeoNames keys, sorted.

    Example:
        >>> from bordermap.geometry.areas import area
        >>> touched_by_shape(area("AF.42"))
        (('AFG',), ('AF.42',))
    """
    west, south, east, north = shape.bounds
    window = window_of(np.array([west, east]), np.array([south, north]))
    countries, areas = outlines_within(window)
    here = _reaching(shape, countries)
    homes = homes_of(areas, countries)
    within = [
        code for code in _reaching(shape, areas) if countries.names[homes[areas.names == code][0]] in here
    ]
    return tuple(here), tuple(within)


def _reaching(shape: BaseGeometry, outlines: Outlines) -> list[str]:
    parts = np.flatnonzero(shapely.intersects(outlines.parts, shape))
    if shapely.get_dimensions(shape) == 2:
        shared = shapely.area(shapely.intersection(outlines.parts[parts], shape))
        # Outlines of different sources lie kilometres apart: slivers are no reach.
        parts = parts[shared > _SLIVER * shape.area]
    return sorted({str(outlines.names[each]) for each in outlines.owner[parts]})
