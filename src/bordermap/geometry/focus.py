"""The window of a map: what was reported, with enough round it to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from shapely.geometry.base import BaseGeometry

from bordermap.errors import InputError
from bordermap.geometry.borders import prepared, read_borders
from bordermap.geometry.geodesy import checked
from bordermap.geometry.nearest import nearest_border

Window = tuple[float, float, float, float]
Item = BaseGeometry | Sequence[float]

_PADDING: Final = 0.06
#: No window is narrower, degrees: a single village is shown with its surroundings.
_LEAST_SPAN: Final = 1.5
#: A border farther away than this gives no context to what was reported, kilometres.
_CONTEXT_KM: Final = 150.0


def focus_window(items: Iterable[Item], focus: str = "AFG") -> Window:
    """The window that shows what was reported and the border it is about.

    Round the bounds of all items, and the nearest place of the focus country's border to each if it is not
    more than 150 km away, 6 % is added on each side, and more until it spans 1.5°.

    Args:
        items: Points (lon, lat), bounds (west, south, east, north) or geometries in lon/lat; without any, the
            window is the focus country's.
        focus: The country the map is about, code or name.

    Returns:
        (west, south, east, north) in degrees, rounded outwards to 0.01.

    Raises:
        InputError: A coordinate is none, or an item has another length.
        BorderError: There is no such country, or it has no land border.

    Example:
        >>> focus_window([(67.27833, 37.22417)])
        (66.5, 36.46, 68.01, 37.97)
    """
    corners = [corner for item in items for corner in _corners(item)]
    if not corners:
        return _padded(*(float(bound) for bound in read_borders(focus).total_bounds))
    lon, lat = checked(*zip(*corners, strict=True))
    near = nearest_border(lon, lat, prepared(focus))
    shown = near.distance_km <= _CONTEXT_KM
    east, north = np.r_[lon, near.lon[shown]], np.r_[lat, near.lat[shown]]
    return _padded(float(east.min()), float(north.min()), float(east.max()), float(north.max()))


def _corners(item: Item) -> list[tuple[float, float]]:
    if isinstance(item, BaseGeometry):
        return _corners(item.bounds) if not item.is_empty else []
    if len(item) == 2:
        return [(float(item[0]), float(item[1]))]
    if len(item) == 4:
        west, south, east, north = (float(each) for each in item)
        return [(west, south), (east, north)]
    raise InputError(
        f"{len(item)} numbers are neither a point nor bounds",
        hint="Give (lon, lat) or (west, south, east, north).",
        code="BM149",
    )


def _padded(west: float, south: float, east: float, north: float) -> Window:
    wide = max((east - west) * (0.5 + _PADDING), _LEAST_SPAN / 2)
    high = max((north - south) * (0.5 + _PADDING), _LEAST_SPAN / 2)
    lon, lat = (west + east) / 2, (south + north) / 2
    low = np.floor(np.array([max(lon - wide, -180), max(lat - high, -90)]) * 100) / 100
    top = np.ceil(np.array([min(lon + wide, 180), min(lat + high, 90)]) * 100) / 100
    return float(low[0]), float(low[1]), float(top[0]), float(top[1])
