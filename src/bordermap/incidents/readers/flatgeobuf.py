"""Reads a FlatGeobuf: every feature that its header counts, or an error."""

from __future__ import annotations

import numpy as np

from bordermap.incidents.faults import fault
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.arrow_text import never_bare, to_text
from bordermap.incidents.readers.blob import Blob, on_disk
from bordermap.incidents.readers.fgb import Outside, measure
from bordermap.incidents.readers.gdal_layers import read_features
from bordermap.incidents.readers.layer import Geometry, Layer


def read_flatgeobuf(blob: Blob, options: ReadOptions) -> list[Layer]:
    """Read a FlatGeobuf.

    Args:
        blob: A file of kind ``fgb``.
        options: ``limits`` are heeded.

    Returns:
        One layer. Records are features, counted from 1 in the order of the file.

    Raises:
        InputError: It is damaged or cut short (BM261), features were lost (BM265), too many columns (BM271).
    """
    outside = measure(blob.content(), blob.file)
    _check(outside, blob.file)
    with on_disk(blob, ".fgb") as path:
        features = read_features(path, "FlatGeobuf", file=blob.file)
    if len(features.ids) != outside.whole:
        message = f"it holds {outside.whole:,} features, and {len(features.ids):,} came out"
        raise fault("BM265", message, file=blob.file)
    if features.table.num_columns > options.limits.columns:
        raise fault("BM271", f"it has {features.table.num_columns:,} columns", file=blob.file)
    table, faults = to_text(features.table, options.limits.field_characters)
    records = np.arange(1, outside.whole + 1, dtype=np.int64)
    crs = features.crs
    return [
        Layer(
            blob.file,
            "fgb",
            never_bare(table, records),
            member=blob.member,
            geometry=Geometry(features.wkb, crs, declared=bool(crs)) if features.wkb is not None else None,
            records=records,
            facts={**blob.facts, "encoding": "utf-8", "crs": crs.split("\n")[0][:80] or "not stated"},
            faults=faults,
        )
    ]


def _check(outside: Outside, file: str) -> None:
    if outside.stated and outside.whole != outside.stated:
        message = f"it should have {outside.stated:,} features; {outside.whole:,} of them are whole"
        raise fault("BM261", message, file=file)
    if outside.rest:
        message = f"{outside.rest:,} bytes after {outside.whole:,} whole features are no feature"
        raise fault("BM261", message, file=file)
