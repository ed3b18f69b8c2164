"""Tables of one file that are a casebook's: joined into one, through the same checks as a folder."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.errors import InputError
from bordermap.incidents.casebook import Casebook, casebook_of
from bordermap.incidents.columns import Table
from bordermap.incidents.extras import extras_frame
from bordermap.incidents.faults import did_you_mean, fault, quote
from bordermap.incidents.flat import FLAT
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.about import FILE, About
from bordermap.incidents.readers.archives import Budget, zip_member, zip_names
from bordermap.incidents.readers.content import MAX_BYTES
from bordermap.incidents.readers.layer import Layer
from bordermap.incidents.readers.sheets import Sheet
from bordermap.incidents.stores.abouts import about_of, about_of_rows
from bordermap.incidents.stores.geopackage import ABOUT, DRAWN_AS, EXTRAS, EXTRAS_COLUMNS, PARTS, SHOWN
from bordermap.incidents.stores.gpkg_system import GEOMETRY, KEY
from bordermap.incidents.tables import TABLES
from bordermap.text import unmarked

#: The key under which readers hand on what a file says beside its rows.
MEMBER: Final = "bordermap"
#: Tables without which a file is no casebook.
_NEEDED: Final = ("incidents", "claims")
#: Columns that layers of a casebook have beside those of its tables.
_DERIVED: Final = frozenset((KEY, GEOMETRY, DRAWN_AS, *SHOWN))


def casebook_from_layers(layers: Sequence[Layer]) -> Casebook | None:
    """The casebook whose tables the layers of one file are.

    Args:
        layers: All layers of the file: tables of a GeoPackage, sheets of a workbook, members of an archive,
            or one layer that brings the tables with it (GeoJSON, GeoParquet).

    Returns:
        The casebook; None where they are no casebook's tables, or where the rows beside tables of such a
        file were changed since.

    Raises:
        InputError: They are, and something in them is wrong: a CasebookError with all faults.
    """
    if len(layers) == 1:
        return _from_member(layers[0])
    named = {_name(layer): layer for layer in layers}
    if not set(_NEEDED) <= set(named) or "claim_id" not in named["claims"].columns:
        return None
    faults: list[InputError] = _strangers(named)
    sheets = {}
    for name, table in TABLES.items():
        sheet, wrong = _sheet(table, named.get(name))
        sheets[name], faults = sheet, faults + wrong
    rows = _about_rows(named)
    extras = _extras(named.get(EXTRAS), rows.pop(EXTRAS_COLUMNS, ""))
    about = _archived_about(layers) or about_of_rows({"title": _title(layers[0])} | rows)
    return casebook_of(sheets, about, extras, faults)


def _name(layer: Layer) -> str:
    """The table that a layer may be."""
    return layer.name or PurePosixPath(layer.member).stem


def _title(layer: Layer) -> str:
    words = Path(layer.file).name.partition(".")[0].replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "Casebook"


def _strangers(named: Mapping[str, Layer]) -> list[InputError]:
    """Tables that nobody reads: a slip in a name must not lose a table in silence."""
    known = {*TABLES, *PARTS, EXTRAS, ABOUT, "layer_styles"}
    return [
        fault("BM119", hint=did_you_mean(name, TABLES), file=layer.label)
        for name, layer in named.items()
        if name not in known and not {"base_id", "related_id"} <= set(layer.columns)
    ]


def _sheet(table: Table, layer: Layer | None) -> tuple[Sheet, list[InputError]]:
    """A layer as the sheet of a table; one that is not there is empty: not all formats keep empty ones."""
    if layer is None:
        return Sheet(table), []
    strange = [name for name in layer.columns if name not in table.names and name not in _DERIVED]
    faults = [_strange(table, layer, name) for name in strange]
    faults += [
        fault("BM121", file=table.file, column=column.name)
        for column in table.columns
        if column.required and column.name not in layer.columns
    ]
    length = layer.table.num_rows
    columns = [_cells(layer, name) if name in layer.columns else [""] * length for name in table.names]
    records = tuple(layer.records.tolist()) if len(layer.records) else tuple(range(1, length + 1))
    lines = tuple(layer.line_of(np.array(records, dtype=np.int64)).tolist()) if layer.line_of else records
    return Sheet(table, tuple(zip(*columns, strict=True)), lines, records), faults


def _strange(table: Table, layer: Layer, name: str) -> InputError:
    missing = [known for known in table.names if known not in layer.columns]
    message = f"{table.name} has no column {quote(name)}"
    return fault("BM120", message, hint=did_you_mean(name, missing, at_most=0), file=table.file, column=name)


def _cells(layer: Layer, name: str) -> list[str]:
    texts: list[str] = layer.table.column(name).to_pylist()
    return list(map(unmarked, texts)) if layer.format == "csv" else texts


def _about_rows(named: Mapping[str, Layer]) -> dict[str, str]:
    layer = named.get(ABOUT)
    if layer is None or not {"key", "value"} <= set(layer.columns):
        return {}
    return dict(zip(_cells(layer, "key"), _cells(layer, "value"), strict=True))


def _extras(layer: Layer | None, names: str) -> pd.DataFrame | None:
    if layer is None:
        return None
    own = [name for name in layer.columns if name not in (KEY, GEOMETRY)]
    rows = list(zip(*(_cells(layer, name) for name in own), strict=True))
    told = [unmarked(name) for name in own] if layer.format == "csv" else own
    try:
        given = json.loads(names) if names else told
    except (ValueError, RecursionError):
        given = told
    fits = isinstance(given, list) and len(given) == len(own) and all(isinstance(each, str) for each in given)
    return extras_frame(given if fits else told, rows)


def _archived_about(layers: Sequence[Layer]) -> About | None:
    """What ``casebook.toml`` in the same archive says; None without one."""
    first = layers[0]
    path = Path(first.file)
    if not first.member or not path.is_file():
        return None
    limits = ReadOptions().limits
    name = str(PurePosixPath(first.member).with_name(FILE))
    if name not in zip_names(path, Budget(first.file, path.stat().st_size, limits)):
        return None
    data = zip_member(path, name, MAX_BYTES, Budget(first.file, path.stat().st_size, limits))
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise fault("BM116", f"not valid TOML: {error}", file=FILE) from error
    return about_of(values)


def member_of(layer: Layer) -> Mapping[str, Any]:
    """What bordermap wrote into a file beside its rows; empty where that is not there or no JSON object.

    Args:
        layer: Of any file; ``extra`` has it as the reader found it, as text or as a value.
    """
    held = layer.extra.get(MEMBER)
    try:
        value = json.loads(held) if isinstance(held, str) else held
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, Mapping) else {}


def _from_member(layer: Layer) -> Casebook | None:
    """The casebook that a layer brings with it, if its rows are still those that were written."""
    member = member_of(layer)
    tables = member.get("tables")
    if not isinstance(tables, Mapping) or not set(_NEEDED) <= set(tables):
        return None
    sheets = {name: _held_sheet(table, tables.get(name), layer.label) for name, table in TABLES.items()}
    held = tables.get(EXTRAS)
    extras = extras_frame(*_held(held, layer.label)) if held else None
    values = member.get("casebook")
    about = about_of(values if isinstance(values, Mapping) else {})
    casebook = casebook_of(sheets, about, extras)
    return casebook if _agrees(casebook, layer) else None


def _held(columns: Any, file: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """Names and rows of a table that is held by columns.

    Raises:
        InputError: It is not of that form (BM408).
    """
    if not isinstance(columns, Mapping):
        raise fault("BM408", file=file)
    lists = list(columns.values())
    if not all(isinstance(each, list) and len(each) == len(lists[0]) for each in lists):
        raise fault("BM408", file=file)
    if not all(isinstance(text, str) for each in lists for text in each):
        raise fault("BM408", file=file)
    return [str(name) for name in columns], list(zip(*lists, strict=True))


def _held_sheet(table: Table, columns: Any, file: str) -> Sheet:
    if columns is None or columns == {}:
        return Sheet(table)
    names, rows = _held(columns, file)
    if unknown := [name for name in names if name not in table.names]:
        raise fault("BM120", f"{table.name} has no column {quote(unknown[0])}", file=file, column=unknown[0])
    where = [names.index(name) if name in names else -1 for name in table.names]
    numbers = tuple(range(1, len(rows) + 1))
    # The extra empty field at the end of a row stands in for every column that is not held.
    return Sheet(table, tuple(tuple((*row, "")[at] for at in where) for row in rows), numbers, numbers)


def _agrees(casebook: Casebook, layer: Layer) -> bool:
    """Whether the rows say the same as the tables: both are in the file, and one may have been changed."""
    names = [name for name in casebook.incidents.columns if name in FLAT.names and name in layer.columns]
    return "event_id" in names and all(
        layer.table.column(name).to_pylist() == casebook.incidents[name].tolist() for name in names
    )
