"""The system tables of a GeoPackage, and geometry as it stores it."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import pyproj
import shapely

from bordermap.incidents.readers.sqlite_files import quoted
from bordermap.incidents.stores.moments import fixed_moment
from bordermap.incidents.stores.shapes import Geometries

KEY: Final = "fid"
GEOMETRY: Final = "geom"
_APPLICATION: Final = 0x47504B47
_VERSION: Final = 10400
_TABLES: Final = (
    """CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
    organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
    description TEXT)""",
    """CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
    identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE,
    min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
    """CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
    definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
)
TYPES: Final = {"point": "POINT", "area": "MULTIPOLYGON", "stretch": "MULTILINESTRING"}
#: As QGIS makes the table itself.
STYLE_COLUMNS: Final = (
    "f_table_catalog TEXT(256)", "f_table_schema TEXT(256)", "f_table_name TEXT(256)",
    "f_geometry_column TEXT(256)", "styleName TEXT(30)", "styleQML TEXT", "styleSLD TEXT",
    "useAsDefault BOOLEAN", "description TEXT", "owner TEXT(30)", "ui TEXT(30)", "update_time DATETIME",
)  # fmt: skip


def moment() -> str:
    """When the file says it was changed.

    Example:
        >>> len(moment())
        24
    """
    return fixed_moment().strftime("%Y-%m-%dT%H:%M:%S.000Z")


def create(database: sqlite3.Connection) -> None:
    """Make the system tables.

    Args:
        database: Empty.
    """
    database.execute(f"PRAGMA application_id = {_APPLICATION}")
    database.execute(f"PRAGMA user_version = {_VERSION}")
    for statement in _TABLES:
        database.execute(statement)
    wgs84 = pyproj.CRS.from_epsg(4326).to_wkt("WKT1_GDAL")
    systems = [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinates"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinates"),
        ("WGS 84 geodetic", 4326, "EPSG", 4326, wgs84, "longitude and latitude in degrees on WGS84"),
    ]
    database.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", systems)


def register(
    database: sqlite3.Connection,
    name: str,
    description: str,
    geometries: Geometries | None,
    kind: str = "GEOMETRY",
) -> None:
    """Say of a table that it is there.

    Args:
        database: Being filled.
        name: Of the table or view.
        description: One clause.
        geometries: Of its rows; None for a table without geometry.
        kind: Of its geometries.
    """
    features = geometries is not None
    bounds: list[float | None] = [None] * 4
    drawn = [shape for shape in geometries if shape is not None] if geometries is not None else []
    if drawn:
        bounds = [float(edge) for edge in shapely.total_bounds(np.array(drawn, dtype=object))]
    row = (name, "features" if features else "attributes", name, description, moment(), *bounds)
    database.execute(
        "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, 4326 if features else None)
    )
    if features:
        database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, 4326, 0, 0)", (name, GEOMETRY, kind)
        )


def add_table(
    database: sqlite3.Connection,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    description: str,
) -> None:
    """Make and fill a table without geometry.

    Args:
        database: Being filled.
        name: Of the table.
        columns: Names with types, after the key ``id``.
        rows: Their values.
        description: One clause.
    """
    database.execute(
        f"CREATE TABLE {quoted(name)} (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {', '.join(columns)})"
    )
    marks = ", ".join("?" * (len(columns) + 1))
    database.executemany(
        f"INSERT INTO {quoted(name)} VALUES ({marks})", ((at, *row) for at, row in enumerate(rows, start=1))
    )
    register(database, name, description, None)


def blobs(geometries: Geometries) -> list[bytes | None]:
    r"""Geometries as a GeoPackage stores them: a header, the bounds of what is no point, and WKB.

    Args:
        geometries: In EPSG:4326; None stays.

    Example:
        >>> blobs(np.array([shapely.Point(67, 37), None], dtype=object))[0][:4]
        b'GP\x00\x01'
    """
    known: dict[int, bytes] = {}
    found: list[bytes | None] = []
    for shape in geometries:
        if shape is None:
            found.append(None)
            continue
        if id(shape) not in known:
            known[id(shape)] = _blob(shape)
        found.append(known[id(shape)])
    return found


def _blob(shape: Any) -> bytes:
    wkb: bytes = shapely.to_wkb(shape, byte_order=1, output_dimension=2)
    if shape.geom_type == "Point":
        return struct.pack("<2sBBi", b"GP", 0, 0b00000001, 4326) + wkb
    west, south, east, north = shape.bounds
    return struct.pack("<2sBBi4d", b"GP", 0, 0b00000011, 4326, west, east, south, north) + wkb
