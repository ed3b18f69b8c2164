"""The geometry that a layer brings along: which rows are points, and how finely these are written."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyproj
import shapely

from bordermap.geometry.depth import without_deep
from bordermap.incidents.dialects.distinct import texts
from bordermap.incidents.dialects.where_columns import Where, coarseness
from bordermap.incidents.dialects.written_geometry import points
from bordermap.incidents.readers.layer import Layer


def of_layer(layer: Layer, source_crs: str = "") -> Where | None:
    """Where the rows of a layer with geometry are.

    Args:
        layer: Any.
        source_crs: The coordinate system where the layer does not say.

    Returns:
        Points in degrees on WGS84; polygons and lines as ``wkt:`` and their text. None where the layer has no
        geometry, or no row has any.

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> of_layer(Layer("a.csv", "csv", text_table({"a": ["1"]}))) is None
        True
    """
    if layer.geometry is None or layer.geometry.wkb.null_count == len(layer.geometry.wkb):
        return None
    raw = layer.geometry.wkb.to_numpy(zero_copy_only=False) if len(layer.geometry.wkb) else np.array([])
    shapes: Any = shapely.from_wkb(without_deep(raw), on_invalid="ignore")
    lon, lat = points(shapes)
    system = _system(layer.geometry.crs or source_crs)
    degrees = system is None or system.is_geographic
    coarse = coarseness(lon, lat) if degrees else np.zeros(len(lon))
    if system is not None and not system.equals("EPSG:4326", ignore_axis_order=True):
        shapes, lon, lat = _moved(shapes, lon, lat, system)
    areal = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes) & np.isnan(lon)
    shape = None
    if areal.any():
        shape = texts(
            [f"wkt:{each.wkt}" if is_area else "" for each, is_area in zip(shapes, areal, strict=True)]
        )
    return Where(lon, lat, shape, coarse)


def _system(crs: str) -> pyproj.CRS | None:
    try:
        return pyproj.CRS.from_user_input(crs) if crs else None
    except pyproj.exceptions.ProjError:
        return None


def _moved(shapes: Any, lon: Any, lat: Any, system: pyproj.CRS) -> tuple[Any, Any, Any]:
    change = pyproj.Transformer.from_crs(system, "EPSG:4326", always_xy=True)
    given = np.isfinite(lon)
    lon, lat = lon.copy(), lat.copy()
    lon[given], lat[given] = change.transform(lon[given], lat[given])
    moved = shapely.transform(shapes, lambda at: np.column_stack(change.transform(at[:, 0], at[:, 1])))
    return moved, lon, lat
