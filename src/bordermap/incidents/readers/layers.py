"""Reads any file as layers: opens it, and gives each of its contents to the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Final, cast

import pyarrow as pa

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.contents import is_chosen
from bordermap.incidents.readers.layer import Layer
from bordermap.incidents.readers.opening import open_file

_Reader = Callable[[Blob, ReadOptions], list[Layer]]
#: Kind → module and function; loaded when a file of that kind is met.
_READERS: Final = {
    "text": ("delimited", "read_delimited"),
    "json": ("jsons", "read_json"),
    "xlsx": ("workbooks", "read_workbook"),
    "ods": ("workbooks", "read_workbook"),
    "xls": ("workbooks", "read_workbook"),
    "kml": ("kml", "read_kml"),
    "gpx": ("gpx", "read_gpx"),
    "sqlite": ("vectors", "read_geopackage"),
    "shp": ("vectors", "read_shapefile"),
    "fgb": ("vectors", "read_flatgeobuf"),
    "parquet": ("parquet", "read_parquet"),
}
_WITHOUT_LAYERS: Final = ("text", "shp", "fgb", "parquet")


def read_layers(path: str | Path, options: ReadOptions) -> list[Layer]:
    r"""Read every table, sheet, layer and folder of a file.

    Args:
        path: A file, or ``-`` for standard input.
        options: What the analyst says of it; ``layers`` names members of an archive, sheets or layers.

    Returns:
        The layers in the file's order; at least one.

    Raises:
        InputError: The file, or one of its contents, cannot be used.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "events.csv")
        >>> written = path.write_text("event_id,place\nNA-1,Termez\n")
        >>> [layer.table.to_pylist() for layer in read_layers(path, ReadOptions())]
        [[{'event_id': 'NA-1', 'place': 'Termez'}]]
    """
    blobs = open_file(path, options)
    layers: list[Layer] = []
    for blob in blobs:
        layers += _read(blob, options)
    pa.default_memory_pool().release_unused()
    if not layers:
        raise fault("BM222", "no table or layer in it", file=str(path))
    return layers


def _read(blob: Blob, options: ReadOptions) -> list[Layer]:
    by_member = bool(blob.member) and any(is_chosen(part, options) for part in blob.member.split(" › "))
    if by_member:  # what chose the member does not choose among its sheets
        options = replace(options, layers=())
    elif options.layers and blob.kind in _WITHOUT_LAYERS:
        label = f"{blob.file} › {blob.member}" if blob.member else blob.file
        message = f"no layer called {' or '.join(map(quote, options.layers))}: the file is one table"
        hint = "Leave --layer out; without it everything is read."
        raise fault("BM309", message, hint=hint, file=label)
    module, function = _READERS[blob.kind]
    read = cast(_Reader, getattr(import_module(f"bordermap.incidents.readers.{module}"), function))
    return [replace(layer, facts={**blob.facts, **layer.facts}) for layer in read(blob, options)]
