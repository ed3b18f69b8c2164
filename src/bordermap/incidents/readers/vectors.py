"""Readers of the vector formats that GDAL opens for us: GeoPackage, Shapefile, FlatGeobuf."""

from __future__ import annotations

from bordermap.incidents.readers.flatgeobuf import read_flatgeobuf
from bordermap.incidents.readers.geopackage import read_geopackage
from bordermap.incidents.readers.shapefile import read_shapefile

__all__ = ["read_flatgeobuf", "read_geopackage", "read_shapefile"]
