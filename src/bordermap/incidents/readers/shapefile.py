"""Reads a shapefile whole or not at all: every shape with its row, in the encoding that its parts say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bordermap.incidents.faults import fault
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.arrow_text import never_bare, to_text, unique_names
from bordermap.incidents.readers.blob import Blob, on_disk
from bordermap.incidents.readers.dbf import Dbf, odd_values, parse_dbf
from bordermap.incidents.readers.dbf_text import above_ascii, choose_encoding, decode_column, raw_bytes
from bordermap.incidents.readers.gdal_layers import Features, read_features
from bordermap.incidents.readers.gpkg_cells import Cells, with_cells
from bordermap.incidents.readers.layer import CellFault, Geometry, Layer
from bordermap.incidents.readers.shp import Shapes, locate_shapes, make_index

# Latin-1 has one character for each byte: the driver changes nothing, and we decode what it gives.
_BYTES: Final = "ISO-8859-1"


def read_shapefile(blob: Blob, options: ReadOptions) -> list[Layer]:
    """Read a shapefile.

    The sizes that its headers state are compared with what is there before anything is read. An index that
    is missing or does not fit is made anew.

    Args:
        blob: The .shp, with the other parts as companions.
        options: ``encoding`` and ``limits`` are heeded.

    Returns:
        One layer; ``facts`` say the encoding and how it was found, how many records are marked as deleted
        and left out, and which parts are missing. The coordinate system is empty and not declared where
        there is no .prj.

    Raises:
        InputError: A part is cut short or damaged (BM261), the parts do not belong together (BM266), rows
            were lost (BM265), the encoding is not known (BM226, BM227), too many columns (BM271).
    """
    data = blob.content()
    parts = {suffix: part.content() for suffix, part in blob.companions.items()}
    shapes = locate_shapes(data, parts.get(".shx"), blob.file)
    table = parse_dbf(parts[".dbf"], blob.file) if ".dbf" in parts else None
    _check(blob, shapes, table, options)
    companions = {
        suffix: part for suffix, part in blob.companions.items() if suffix in (".dbf", ".shx", ".prj")
    }
    if shapes.rebuilt:
        companions[".shx"] = Blob(blob.file, "shx", data=make_index(data, shapes))
    with on_disk(replace(blob, companions=companions), ".shp") as path:
        features = read_features(path, "ESRI Shapefile", file=blob.file, encoding=_BYTES)
    kept = np.flatnonzero(~table.deleted) if table is not None else np.arange(len(shapes.starts))
    if not np.array_equal(features.ids, kept):
        message = f"it holds {len(kept):,} rows, and {len(features.ids):,} came out"
        raise fault("BM265", message, file=blob.file)
    return [_layer(blob, options, features, shapes, table, parts.get(".cpg"))]


def _check(blob: Blob, shapes: Shapes, table: Dbf | None, options: ReadOptions) -> None:
    if table is None:
        return
    if len(table.rows) != len(shapes.starts):
        message = f"{len(table.rows):,} rows in the .dbf and {len(shapes.starts):,} shapes in the .shp"
        raise fault("BM266", message, file=blob.file)
    if len(table.fields) > options.limits.columns:
        raise fault("BM271", f"it has {len(table.fields):,} columns", file=blob.file)


def _layer(
    blob: Blob,
    options: ReadOptions,
    features: Features,
    shapes: Shapes,
    table: Dbf | None,
    cpg: bytes | None,
) -> Layer:
    words, encoding, faults = _decoded(blob, options, features.table, table, cpg)
    text, long = to_text(words, options.limits.field_characters)
    if table is not None:
        text = _with_odd(text, table)
    missing = [suffix for suffix in (".dbf", ".shx", ".prj") if suffix not in blob.companions]
    return Layer(
        blob.file,
        "shp",
        never_bare(text, features.ids + 1),
        member=blob.member,
        geometry=Geometry(_wkb(features), features.crs, declared=bool(features.crs)),
        records=features.ids + 1,
        facts=_facts(blob, encoding, features, shapes, table, missing),
        faults=(*faults, *long, *_lost_shapes(features, shapes)),
    )


def _wkb(features: Features) -> pa.ChunkedArray:
    if features.wkb is not None:
        return features.wkb
    return pa.chunked_array([pa.nulls(len(features.ids), pa.large_binary())])


def _decoded(
    blob: Blob, options: ReadOptions, table: pa.Table, dbf: Dbf | None, cpg: bytes | None
) -> tuple[pa.Table, tuple[str, str], list[CellFault]]:
    """The table in its encoding, names too; the encoding and its basis; texts that are not in it."""
    texts = [at for at, field in enumerate(table.schema) if pa.types.is_string(field.type)]
    raw = raw_bytes(table.column_names)
    for at in texts:
        if above_ascii(table.column(at)):
            raw += raw_bytes(table.column(at).unique().to_pylist())
    said = cpg.decode("latin-1") if cpg is not None else None
    codec, how = choose_encoding(options.encoding, said, dbf.language if dbf else 0, raw, blob.file)
    names = unique_names([_name(name, codec) for name in table.column_names])
    columns, faults = list(table.columns), []
    for at in texts:
        columns[at], found = decode_column(names[at], columns[at], codec)
        faults += found
    return pa.table(columns, names=names), (codec, how), faults


def _name(name: str, codec: str) -> str:
    return name if name.isascii() else name.encode("latin-1").decode(codec, "replace")


def _with_odd(text: pa.Table, table: Dbf) -> pa.Table:
    """The table with what the driver would have changed as it is written; columns are told by their order."""
    if text.num_columns != len(table.fields):
        return text
    odd = {}
    for name, field in zip(text.column_names, table.fields, strict=True):
        found = odd_values(table, field, text.column(name).combine_chunks())
        if found is not None:
            odd[name] = found
    rows = np.arange(text.num_rows)
    return with_cells(text, rows, Cells(text.num_rows, 0, tuple(text.column_names), odd))


def _facts(
    blob: Blob,
    encoding: tuple[str, str],
    features: Features,
    shapes: Shapes,
    table: Dbf | None,
    missing: list[str],
) -> Mapping[str, str]:
    facts = {**blob.facts, "encoding": encoding[0], "encoding_basis": encoding[1]}
    facts["crs"] = features.crs.split("\n")[0][:80] or "not stated"
    deleted = int(table.deleted.sum()) if table is not None else 0
    if deleted:
        facts["deleted records"] = f"{deleted:,} marked as deleted in the .dbf and left out"
    if missing:
        facts["missing parts"] = ", ".join(missing)
    if shapes.rebuilt:
        facts["index"] = f"made anew: {shapes.rebuilt}"
    return facts


def _lost_shapes(features: Features, shapes: Shapes) -> list[CellFault]:
    """Rows with a shape that the driver could not read: it gives none for them."""
    empty: NDArray[np.bool_] = _wkb(features).is_null().to_numpy()
    rows = np.flatnonzero(empty & (shapes.kinds[features.ids] != 0))
    return [CellFault("BM273", rows)] if len(rows) else []
