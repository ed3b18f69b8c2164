"""The relations between a casebook's tables in a GeoPackage: foreign keys, and the Related Tables Extension.

QGIS finds the latter: a row of ``gpkgext_relations`` for each reference, and a table that pairs the rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final, NamedTuple

import pandas as pd

from bordermap.incidents.readers.sqlite_files import quoted
from bordermap.incidents.stores.gpkg_system import KEY
from bordermap.incidents.tables import TABLES

_EXTENSION: Final = ("gpkg_related_tables", "http://www.geopackage.org/18-000.html", "read-write")


class Relation(NamedTuple):
    """One reference from a table to another: many rows of ``child`` name one of ``parent``."""

    parent: str
    parent_key: str
    child: str
    column: str

    @property
    def mapping(self) -> str:
        """The table that pairs the rows."""
        return f"{self.parent}_{self.child}_{self.column}"

    @property
    def kind(self) -> str:
        """The kind of relation, by what the related table is."""
        return "features" if self.child in ("incidents", "locations", "places") else "attributes"


def relations() -> list[Relation]:
    """All references between the tables of a casebook.

    Example:
        >>> Relation("incidents", "event_id", "claims", "event_id") in relations()
        True
    """
    return [
        Relation(parent, TABLES[parent].key[0], table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if column.kind == "reference"
        for parent in column.refers
    ]


def foreign_keys(frames: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], str]:
    """The constraint of each column that names rows of one table only.

    Args:
        frames: The tables.

    Returns:
        The end of a column's definition, by table and column.
    """
    found = {}
    for each in relations():
        known = frames[each.parent][each.parent_key]
        named = frames[each.child][each.column]
        if (each.child, each.column) not in found and bool(named.isin([*known.tolist(), ""]).all()):
            words = f" REFERENCES {quoted(each.parent)}({quoted(each.parent_key)})"
            found[each.child, each.column] = words
    return found


def create(database: sqlite3.Connection, frames: Mapping[str, pd.DataFrame]) -> None:
    """Write the relations.

    Args:
        database: With all tables.
        frames: The tables; a reference that no row makes is no relation.
    """
    database.execute(
        "CREATE TABLE gpkgext_relations (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "base_table_name TEXT NOT NULL, "
        "base_primary_column TEXT NOT NULL DEFAULT 'id', related_table_name TEXT NOT NULL, "
        "related_primary_column TEXT NOT NULL DEFAULT 'id', relation_name TEXT NOT NULL, "
        "mapping_table_name TEXT NOT NULL UNIQUE)"
    )
    _extend(database, "gpkgext_relations")
    for each in relations():
        if frames[each.child][each.column].isin(frames[each.parent][each.parent_key]).any():
            _create_one(database, each)


def _create_one(database: sqlite3.Connection, each: Relation) -> None:
    index = f"{each.child}_{each.column}_index"
    database.execute(
        f"CREATE INDEX IF NOT EXISTS {quoted(index)} ON {quoted(each.child)} ({quoted(each.column)})"
    )
    # A view would keep in step with the tables, but GDAL cannot read one without a key of its own.
    database.execute(
        f"CREATE TABLE {quoted(each.mapping)} (id INTEGER PRIMARY KEY NOT NULL, base_id INTEGER NOT NULL, "
        "related_id INTEGER NOT NULL)"
    )
    database.execute(
        f"INSERT INTO {quoted(each.mapping)} SELECT NULL, base.{KEY}, related.{KEY} "
        f"FROM {quoted(each.child)} AS related JOIN {quoted(each.parent)} AS base "
        f"ON base.{quoted(each.parent_key)} = related.{quoted(each.column)} ORDER BY related.{KEY}"
    )
    database.execute(
        "INSERT INTO gpkgext_relations (base_table_name, base_primary_column, related_table_name, "
        "related_primary_column, relation_name, mapping_table_name) VALUES (?, ?, ?, ?, ?, ?)",
        (each.parent, KEY, each.child, KEY, each.kind, each.mapping),
    )
    _extend(database, each.mapping)


def _extend(database: sqlite3.Connection, table: str) -> None:
    database.execute("INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, ?)", (table, *_EXTENSION))
