"""GeoPackage: every table of a casebook in one file, with geometry, relations and styles that QGIS shows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from bordermap.incidents.arrow import text_column
from bordermap.incidents.columns import Table
from bordermap.incidents.conversion.flattening import flatten
from bordermap.incidents.frames import records
from bordermap.incidents.locating import shape_of
from bordermap.incidents.readers.sqlite_files import quoted
from bordermap.incidents.stores import gpkg_relations, gpkg_system
from bordermap.incidents.stores.abouts import about_rows
from bordermap.incidents.stores.content import Content, Stored
from bordermap.incidents.stores.faults import output_fault
from bordermap.incidents.stores.gpkg_styles import style_rows
from bordermap.incidents.stores.gpkg_system import GEOMETRY, KEY
from bordermap.incidents.stores.names import told_apart
from bordermap.incidents.stores.shapes import Geometries, draw_rows
from bordermap.incidents.stores.values import NUL, cleaned, cleaning_notes, typed
from bordermap.incidents.tables import TABLES

#: What the layer of incidents shows beside the columns of its table; derived, and not read again.
SHOWN: Final = (
    "status", "status_words", "claim_count", "denial_count", "source_count", "role", "location",
    "geo_precision", "location_basis", "country", "admin1", "actor1", "source",
)  # fmt: skip
#: Which kind of geometry stands for an incident.
DRAWN_AS: Final = "drawn_as"
#: What is no point once more, in layers of one kind of geometry each: QGIS gives a style to such only. (Views
#: would hold nothing twice, but a view runs when it is read, so careful readers refuse a file with one.)
PARTS: Final = {"incident_areas": "area", "incident_stretches": "stretch"}
_OF_PART: Final = ("event_id", "title", "date_start", "date_end", *SHOWN)
EXTRAS: Final = "extras"
ABOUT: Final = "casebook"
#: Key of the table ``casebook`` under which the names of ``extras`` stand, where SQLite could not keep them.
EXTRAS_COLUMNS: Final = "extras_columns"


def encode_geopackage(content: Content) -> Stored:
    """A GeoPackage 1.4 of all tables.

    ``incidents``, ``locations`` and ``places`` have geometry; ``incident_areas`` and ``incident_stretches``
    show the incidents that are no points once more, for their style; ``extras`` holds what no table does,
    ``casebook`` (key and value) what the casebook says of itself.

    Args:
        content: The casebook.

    Raises:
        OutputError: SQLite cannot hold it (BM406).
    """
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
            changed = _fill(database, content)
            data = bytes(database.serialize())
    except (sqlite3.Error, OverflowError, UnicodeEncodeError) as error:
        raise output_fault("BM406", f"GeoPackage cannot hold the table: {error}") from error
    return Stored(data, (*content.outline_notes(), *cleaning_notes(changed, "GeoPackage")))


def _fill(database: sqlite3.Connection, content: Content) -> int:
    gpkg_system.create(database)
    # One transaction: the pages come in one order, and equal input gives equal bytes.
    database.execute("BEGIN")
    changed = 0
    frames = {name: getattr(content.casebook, name) for name in TABLES}
    geometries = _geometries(content)
    keys = gpkg_relations.foreign_keys(frames)
    for name, frame in frames.items():
        table = TABLES[name]
        fit, number = cleaned(frame if name != "incidents" else _shown(content), NUL)
        changed += number
        _write_table(database, table, fit, keys, geometries.get(name))
    changed += _write_extras(database, content)
    parts = {name: drawn for name, drawn in PARTS.items() if _write_part(database, content, name, drawn)}
    gpkg_relations.create(database, frames)
    gpkg_system.add_table(
        database, "layer_styles", gpkg_system.STYLE_COLUMNS, style_rows(parts), "Styles that QGIS shows"
    )
    database.execute("COMMIT")
    return changed


def _shown(content: Content) -> pd.DataFrame:
    """The incidents with what their layer shows beside."""
    flat = flatten(content.casebook)
    shown = {name: flat[name] for name in SHOWN if name in flat.columns}
    drawn = pd.Series(_kinds(content.geometry), dtype="str", name=DRAWN_AS)
    own = content.casebook.incidents.reset_index(drop=True)
    return pd.concat([own, pd.DataFrame(shown), drawn], axis=1).reindex(
        columns=[*own.columns, *SHOWN, DRAWN_AS], fill_value=""
    )


def _write_part(database: sqlite3.Connection, content: Content, name: str, drawn: str) -> bool:
    """Write the incidents that are drawn as areas, or as stretches; whether there are any."""
    chosen = np.flatnonzero(np.array(_kinds(content.geometry), dtype=object) == drawn)
    if not len(chosen):
        return False
    frame = cleaned(content.flat.iloc[chosen], NUL)[0]
    names = [each for each in _OF_PART if each in frame.columns]
    columns = [typed(each, text_column(frame[each])) for each in names]
    definitions = [f"{quoted(each)} {_type(column)}" for each, column in zip(names, columns, strict=True)]
    shapes = _multiple(content.geometry[chosen])
    kind = gpkg_system.TYPES[drawn]
    _create(database, name, definitions, columns, f"incidents drawn as a {drawn}", shapes, kind)
    return True


def _kinds(geometries: Geometries) -> list[str]:
    words = {0: "point", 1: "stretch", 5: "stretch", 3: "area", 6: "area"}
    return ["" if shape is None else words.get(int(shapely.get_type_id(shape)), "") for shape in geometries]


def _geometries(content: Content) -> dict[str, Geometries]:
    return {
        "incidents": _multiple(content.geometry),
        "locations": _multiple(_of_locations(content)),
        "places": _multiple(_of_places(content.casebook.places)),
    }


def _multiple(geometries: Geometries) -> Geometries:
    """Areas and lines as collections of such, one kind a layer."""
    made = geometries.copy()
    cache: dict[int, Any] = {}
    for at, shape in enumerate(geometries):
        if shape is not None and shape.geom_type in ("Polygon", "LineString"):
            if id(shape) not in cache:
                cache[id(shape)] = _collected(shape)
            made[at] = cache[id(shape)]
    return made


def _collected(shape: Any) -> Any:
    return (
        shapely.multipolygons([shape]) if shape.geom_type == "Polygon" else shapely.multilinestrings([shape])
    )


def _of_locations(content: Content) -> Geometries:
    if content.single:
        return content.geometry
    places = {row["place_id"]: row for row in records(content.casebook.places)}
    rows = []
    for row in records(content.casebook.locations):
        place = places.get(row["place_id"], {})
        shape, _ = shape_of(places, row["place_id"], row["geo_precision"])
        point = row if row["longitude"] else place
        where = {name: point.get(name, "") for name in ("longitude", "latitude")}
        rows.append(row | where | {"shape": shape, "admin1_code": ""})
    return draw_rows(pd.DataFrame(rows, columns=list(_DRAWN), dtype="str"))[0]


_DRAWN: Final = ("geo_precision", "location_basis", "longitude", "latitude", "shape", "admin1_code")


def _of_places(places: pd.DataFrame) -> Geometries:
    rows = places.assign(location_basis="gazetteer", admin1_code="")
    precision = np.where(rows["longitude"] != "", "settlement", "admin1")
    return draw_rows(rows.assign(geo_precision=pd.Series(precision, index=rows.index, dtype="str")))[0]


def _write_table(
    database: sqlite3.Connection,
    table: Table,
    frame: pd.DataFrame,
    keys: Mapping[tuple[str, str], str],
    geometries: Geometries | None,
) -> None:
    columns = {str(name): typed(str(name), text_column(frame[name])) for name in frame.columns}
    ends = {name: keys.get((table.name, name), "") for name in columns}
    unique = table.key[0] if len(table.key) == 1 else ""
    definitions = [f"{quoted(name)} {_type(column)}{ends[name]}{' UNIQUE' if name == unique else ''}"
                   for name, column in columns.items()]  # fmt: skip
    _create(database, table.name, definitions, columns.values(), table.meaning, geometries)


def _type(column: pa.ChunkedArray) -> str:
    return {pa.int64(): "INTEGER", pa.float64(): "REAL"}.get(column.type, "TEXT")


def _create(
    database: sqlite3.Connection,
    name: str,
    definitions: list[str],
    columns: Iterable[pa.ChunkedArray],
    meaning: str,
    geometries: Geometries | None,
    kind: str = "GEOMETRY",
) -> None:
    head = [f"{KEY} INTEGER PRIMARY KEY NOT NULL"]
    head += [f"{GEOMETRY} GEOMETRY"] if geometries is not None else []
    database.execute(f"CREATE TABLE {quoted(name)} ({', '.join([*head, *definitions])})")
    values = [column.to_pylist() for column in columns]
    if geometries is not None:
        values.insert(0, gpkg_system.blobs(geometries))
    marks = ", ".join("?" * (len(values) + 1))
    numbered = zip(range(1, len(values[0]) + 1), *values, strict=True)
    database.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", numbered)
    gpkg_system.register(database, name, meaning, geometries, kind)


def _write_extras(database: sqlite3.Connection, content: Content) -> int:
    extras, changed = cleaned(content.casebook.extras, NUL)
    names = [NUL.sub("\ufffd", str(name)) for name in extras.columns]
    # SQLite does not tell upper case from lower in names.
    kept = told_apart([KEY, GEOMETRY, *names], cased=False)[2:]
    columns = [typed("", text_column(extras.iloc[:, at])) for at in range(extras.shape[1])]
    if len(names) > 1:
        definitions = [f"{quoted(name)} TEXT" for name in kept]
        _create(database, EXTRAS, definitions, columns, "the source's columns that no table holds", None)
    rows = about_rows(content.casebook.about)
    if kept != names:
        rows.append((EXTRAS_COLUMNS, json.dumps(names, ensure_ascii=False)))
    texts = [[NUL.sub("\ufffd", value) for value in row] for row in rows]
    about = [pa.chunked_array([pa.array([row[at] for row in texts], pa.large_string())]) for at in (0, 1)]
    _create(database, ABOUT, ["key TEXT", "value TEXT"], about, "what the casebook says of itself", None)
    return changed
