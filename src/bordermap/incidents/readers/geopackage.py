"""Reads every layer of a GeoPackage: features and tables, row by row as many as the database holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.arrow_text import never_bare, to_text
from bordermap.incidents.readers.blob import Blob, on_disk
from bordermap.incidents.readers.gdal_layers import Features, read_features
from bordermap.incidents.readers.gpkg_cells import Cells, odd_cells, placed_ids, with_cells
from bordermap.incidents.readers.gpkg_contents import Contents, Entry, look
from bordermap.incidents.readers.layer import TEXT, CellFault, Geometry, Layer
from bordermap.incidents.readers.sqlite_files import open_database

# Immutable: nothing is written beside the file. Only what the list of contents names is a layer.
_OPENING: Final = {"IMMUTABLE": "YES", "LIST_ALL_TABLES": "NO"}


def read_geopackage(blob: Blob, options: ReadOptions) -> list[Layer]:
    """Read a GeoPackage.

    The database is looked at first with the defences up: layers that are views are refused, for a view runs
    what it holds. Values that a column's type cannot hold (``about 3`` in a column of whole numbers) come as
    they are written, where the driver alone would make them 0.

    Args:
        blob: A file of kind ``sqlite``.
        options: ``layers`` and ``limits`` are heeded.

    Returns:
        One layer for each table of features and each table of attributes; what is in the file and not read
        (tiles, styles) is named in ``facts["not read"]``. The coordinate system is empty and not declared
        where the file says it is undefined.

    Raises:
        InputError: The database is no GeoPackage (BM260), damaged (BM261), has a view as a layer (BM262),
            unsaved changes (BM263), no such layer (BM309), none to read (BM264) or too many columns (BM271);
            or not all rows came out (BM265).
    """
    with on_disk(blob, ".gpkg") as path:
        with open_database(blob.path or path, blob.file) as database:
            contents = look(database, blob.file)
            entries = _chosen(contents, blob, options)
            # All are looked at before the driver opens any.
            for entry in entries:
                _refuse(entry, blob, options)
            found = [_both(database, path, entry, blob) for entry in entries]
        return [
            _layer(blob, path, entry, cells, features, contents, options)
            for entry, (cells, features) in zip(entries, found, strict=True)
        ]


def _chosen(contents: Contents, blob: Blob, options: ReadOptions) -> list[Entry]:
    """The layers asked for; all where none is, or where the archive's member was asked for as a whole."""
    entries = list(contents.entries)
    if not entries:
        raise fault(
            "BM264", f"no table to read; the file holds {contents.others or 'nothing'}", file=blob.file
        )
    wanted = [entry for entry in entries if entry.name in options.layers]
    if not options.layers or blob.member in options.layers:
        return entries
    if not wanted and not blob.member:
        names = ", ".join(quote(entry.name) for entry in entries)
        raise fault("BM309", hint=f"The file has {names}.", file=blob.file)
    return wanted


def _refuse(entry: Entry, blob: Blob, options: ReadOptions) -> None:
    if entry.kind != "table":
        message = f"the layer {quote(entry.name)} is a {entry.kind}: reading it would run what it holds"
        raise fault("BM262", message, file=blob.file)
    if len(entry.columns) > options.limits.columns:
        message = (
            f"{quote(entry.name)} has {len(entry.columns):,} columns; {options.limits.columns:,} are read"
        )
        raise fault("BM271", message, file=blob.file)


def _both(database: sqlite3.Connection, path: Path, entry: Entry, blob: Blob) -> tuple[Cells, Features]:
    """The cells that the driver would change, and what the driver reads, side by side."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        reading = pool.submit(read_features, path, "GPKG", file=blob.file, layer=entry.name, **_OPENING)
        return odd_cells(database, entry), reading.result()


def _layer(
    blob: Blob,
    path: Path,
    entry: Entry,
    cells: Cells,
    features: Features,
    contents: Contents,
    options: ReadOptions,
) -> Layer:
    if len(features.ids) != cells.rows:
        message = f"{quote(entry.name)} holds {cells.rows:,} rows, and {len(features.ids):,} came out"
        raise fault("BM265", message, file=blob.file)
    table, faults = to_text(features.table, options.limits.field_characters)
    table = _with_ids(with_cells(table, features.ids, cells), features, entry)
    defined = entry.srs > 0
    crs = features.crs if defined else ""
    return Layer(
        blob.file,
        "gpkg",
        never_bare(table, np.arange(1, cells.rows + 1)),
        member=blob.member,
        name=entry.name,
        geometry=Geometry(features.wkb, crs, declared=bool(crs)) if features.wkb is not None else None,
        records=np.arange(1, cells.rows + 1, dtype=np.int64),
        facts=_facts(blob, entry, crs, contents),
        faults=(*faults, *_lost_geometries(blob, path, entry, features, cells)),
    )


def _with_ids(table: pa.Table, features: Features, entry: Entry) -> pa.Table:
    """The table with the column of its ids as the file calls it, first, so that ids survive."""
    if not entry.id_column or entry.id_column in table.column_names:
        return table
    ids = pa.chunked_array([pa.array(features.ids).cast(TEXT)])
    if not table.num_columns:
        return pa.table({entry.id_column: ids})
    return table.add_column(0, entry.id_column, ids)


def _facts(blob: Blob, entry: Entry, crs: str, contents: Contents) -> Mapping[str, str]:
    facts = {**blob.facts, "encoding": "utf-8"}
    if entry.geometry:
        facts["crs"] = crs.split("\n")[0][:80] if crs else "not stated"
    if contents.others:
        facts["not read"] = contents.others
    return facts


def _lost_geometries(
    blob: Blob, path: Path, entry: Entry, features: Features, cells: Cells
) -> list[CellFault]:
    """Rows whose geometry is there and could not be read: the driver gives none and says nothing."""
    if features.wkb is None or len(features.wkb) - features.wkb.null_count == cells.placed:
        return []
    with open_database(blob.path or path, blob.file) as database:
        placed = placed_ids(database, entry)
    empty = features.wkb.is_null().to_numpy()
    return [CellFault("BM273", np.flatnonzero(empty & np.isin(features.ids, placed)))]
