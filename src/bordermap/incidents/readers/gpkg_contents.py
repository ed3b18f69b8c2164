"""Looks into a GeoPackage before anything of it is read: which layers it lists, and what each of them is."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.readers.sqlite_files import quoted

_SPATIALITE: Final = ("spatial_ref_sys", "geometry_columns")
#: Tables in which programs keep styles and projects: no incidents.
_AUXILIARY: Final = ("layer_styles", "qgis_projects", "ogr_empty_table")
_READ: Final = ("features", "attributes", "aspatial")
#: How SQLite marks a column whose values are not stored.
_COMPUTED: Final = 2
# The kind of a virtual table stands only in the statement that made it.
_KINDS: Final = (
    "SELECT name, CASE WHEN type = 'table' AND upper(substr(trim(sql), 1, 14)) = 'CREATE VIRTUAL'"
    " THEN 'virtual table' ELSE type END FROM sqlite_master WHERE type IN ('table', 'view')"
)


@dataclass(frozen=True)
class Column:
    """A column: its name and the type it was declared with, in capitals."""

    name: str
    declared: str


@dataclass(frozen=True)
class Entry:
    """A layer that the file lists.

    Attributes:
        name: Of the layer and its table.
        kind: ``table``; or else what it is in words (``view``, ``virtual table``), and it is not read.
        columns: All columns but the ids and the geometry.
        id_column: The column of the ids; empty where there is none.
        geometry: The geometry column; empty where there is none.
        srs: Number of its coordinate system; 0 and less where it is undefined.
    """

    name: str
    kind: str
    columns: tuple[Column, ...] = ()
    id_column: str = ""
    geometry: str = ""
    srs: int = 0


@dataclass(frozen=True)
class Contents:
    """What a GeoPackage holds.

    Attributes:
        entries: The layers.
        others: What else it holds and is not read, in words; may be empty.
    """

    entries: tuple[Entry, ...]
    others: str


def look(database: sqlite3.Connection, file: str) -> Contents:
    """List what a GeoPackage holds, in the order of its own list.

    Args:
        database: The file, opened with the defences up.
        file: As the user named it, for messages.

    Raises:
        InputError: It is not a GeoPackage (BM260), or its own lists are views (BM262).
    """
    kinds = {str(name): str(kind) for name, kind in database.execute(_KINDS)}
    _check(kinds, file)
    listed = database.execute("SELECT table_name, data_type FROM gpkg_contents ORDER BY rowid").fetchall()
    known = {name.lower(): name for name in kinds}
    entries, others = [], []
    for name, kind in ((str(name), str(kind)) for name, kind in listed):
        why = _why_not(name.lower(), kind, known)
        if why:
            others.append(f"{quote(name)} ({why})")
        else:
            entries.append(_entry(database, known[name.lower()], kinds))
    others += _unlisted(kinds, {str(name).lower() for name, _ in listed})
    return Contents(tuple(entries), ", ".join(others))


def _check(kinds: dict[str, str], file: str) -> None:
    lists = [name for name, kind in kinds.items() if kind != "table" and name.lower().startswith("gpkg")]
    if lists:
        raise fault("BM262", f"{quote(lists[0])} is a view, where the format asks for a table", file=file)
    if "gpkg_contents" not in kinds:
        what = "a SpatiaLite database" if set(_SPATIALITE) <= set(kinds) else "a database of another kind"
        raise fault("BM260", f"{what}, not a GeoPackage", file=file)


def _why_not(name: str, kind: str, known: dict[str, str]) -> str:
    if name not in known:
        return "listed, but not there"
    if name in _AUXILIARY:
        return "styles or projects"
    return "" if kind in _READ else kind


def _unlisted(kinds: dict[str, str], listed: set[str]) -> list[str]:
    """Tables that the list leaves out; what the format itself keeps (indexes, lists) is not told."""
    own = ("gpkg", "rtree_", "sqlite_", "st_", *_AUXILIARY)
    return [
        f"{quote(name)} (not listed as a layer)"
        for name, kind in kinds.items()
        if kind == "table" and name.lower() not in listed and not name.lower().startswith(own)
    ]


def _entry(database: sqlite3.Connection, name: str, kinds: dict[str, str]) -> Entry:
    if kinds[name] != "table":
        return Entry(name, kinds[name])
    found = database.execute(f"PRAGMA table_xinfo({quoted(name)})").fetchall()
    if any(hidden == _COMPUTED for *_, hidden in found):
        return Entry(name, "table with columns that are computed on reading")
    geometry, srs = _geometry(database, name, kinds)
    keys = [column for _, column, declared, _, _, key, _ in found if key and declared.upper() == "INTEGER"]
    id_column = keys[0] if len(keys) == 1 else ""
    columns = tuple(
        Column(column, declared.upper().split("(")[0].strip())
        for _, column, declared, *_ in found
        if column != id_column and column.lower() != geometry.lower()
    )
    return Entry(name, "table", columns, id_column, geometry, srs)


def _geometry(database: sqlite3.Connection, name: str, kinds: dict[str, str]) -> tuple[str, int]:
    if "gpkg_geometry_columns" not in kinds:
        return "", 0
    found = database.execute(
        "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?)", (name,)
    ).fetchone()
    if found is None:
        return "", 0
    column, srs = found
    return str(column), srs if isinstance(srs, int) else 0
