"""FlatGeobuf files that come out the same on every run, and the reading of them."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

WGS84 = Geod(ellps="WGS84")


def write(frame: gpd.GeoDataFrame, target: Path) -> Path:
    """Write a frame with its columns and rows in the order they have; no times or paths enter the file."""
    target.unlink(missing_ok=True)
    pyogrio.write_dataframe(
        frame.set_crs("EPSG:4326"),
        target,
        driver="FlatGeobuf",
        layer=target.stem,
        geometry_type="Unknown",
        promote_to_multi=False,
        layer_options={"SPATIAL_INDEX": "YES", "TITLE": target.stem},
    )
    return target


def read(source: Path) -> gpd.GeoDataFrame:
    """Read a shipped FlatGeobuf file (its rows stand in the order of the spatial index)."""
    return pyogrio.read_dataframe(source)


def length_km(shape: BaseGeometry) -> float:
    """Geodesic length on WGS84 in km, to the metre."""
    return round(WGS84.geometry_length(shape) / 1000, 3)


def multipolygon(shapes: list[shapely.Polygon]) -> shapely.MultiPolygon:
    """Polygons in a fixed order, rings wound as in RFC 7946, starting at their lowest vertex."""
    parts = [shapely.orient_polygons(shapely.normalize(shape)) for shape in shapes]
    order = np.lexsort(shapely.bounds(parts).T[::-1])
    return shapely.MultiPolygon([parts[index] for index in order])
