"""Many points at once: cells of a grid that lie wholly within one country need no look at its outline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from bordermap.geometry.edges import Floats

#: Cells a degree, in each direction.
_FINE: Final = 16
#: Points looked at exactly at once: their shapes take memory.
_AT_ONCE: Final = 100_000

#: Cells pay where each holds some points at least.
_PAYS: Final = 20

Names = NDArray[np.object_]


def country_by_cell(
    lon: Floats, lat: Floats, countries: gpd.GeoDataFrame, exact: Callable[[Floats, Floats], Names]
) -> Names:
    """The country of many points.

    Args:
        lon: Degrees, -180 to 180, shape (n,).
        lat: Degrees, shape (n,).
        countries: The countries that may be met: ``iso3`` and polygons, EPSG:4326.
        exact: Answers points one by one; asked only for those in cells that an outline crosses.

    Returns:
        ISO 3166-1 alpha-3 codes, shape (n,); empty at sea.
    """
    columns, rows = np.floor(lon * _FINE), np.floor(lat * _FINE)
    codes, cells = pd.factorize(columns * 10_000.0 + rows)
    if len(cells) > len(lon) / _PAYS:
        return _in_parts(lon, lat, exact)
    west, south = np.divmod(np.asarray(cells) + 5_000.0, 10_000.0)
    within = _cells_within(west / _FINE, (south - 5_000.0) / _FINE, countries)
    found: Names = within[codes]
    crossed = np.flatnonzero(pd.isna(found))
    found[crossed] = _in_parts(lon[crossed], lat[crossed], exact)
    return found


def _in_parts(lon: Floats, lat: Floats, exact: Callable[[Floats, Floats], Names]) -> Names:
    starts = range(0, len(lon), _AT_ONCE)
    parts = [exact(lon[start : start + _AT_ONCE], lat[start : start + _AT_ONCE]) for start in starts]
    found: Names = np.concatenate(parts) if parts else np.empty(0, dtype=object)
    return found


def _cells_within(west: Floats, south: Floats, countries: gpd.GeoDataFrame) -> Names:
    """The country that holds each cell whole; None where no single one does."""
    boxes: Any = shapely.box(west, south, west + 1 / _FINE, south + 1 / _FINE)
    found: Names = np.full(len(boxes), None, dtype=object)
    tree = shapely.STRtree(boxes)
    for code, shape in zip(countries["iso3"], countries.geometry, strict=True):
        for part in shapely.get_parts(shape):
            near = tree.query(shapely.box(*part.bounds))
            shapely.prepare(part)
            found[near[shapely.contains_properly(part, boxes[near])]] = code
    return found
