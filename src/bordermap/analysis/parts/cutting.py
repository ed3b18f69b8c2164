"""Where large parts may be cut so that their slices mean what the whole means; and which must stay whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow.parquet as pq

from bordermap.analysis.parts.folder import Folder, Part
from bordermap.analysis.parts.slices import Slice, read_slice
from bordermap.errors import InputError
from bordermap.incidents.arrow import remembering
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.delimited import read_delimited
from bordermap.incidents.readers.gdal_layers import translated
from bordermap.incidents.readers.records import find_records
from bordermap.incidents.readers.texts import Text
from bordermap.incidents.rows.layer_rows import read_rows

#: A delimited text up to this size is never worth a cut, bytes.
_SMALL: Final = 32_000_000
#: Rows that are looked at to see what decides how a part is read.
_LOOKED_AT: Final = 2_000
_HEAD: Final = 1 << 20
_SIGNS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}


class _Uncut(Exception):
    """Why a part stays whole."""


def cut(folder: Folder, options: ReadOptions, rows: int) -> list[Slice]:
    """All parts as slices of at most so many rows.

    A part is cut only where that cannot change how it is read: its rows must not need each other to settle
    the order of day and month, and in a delimited text every quotation mark must open or close a field.

    Args:
        folder: With its parts.
        options: What the analyst says.
        rows: Of a slice, at most.

    Returns:
        In the order of the parts. Parts that are large and could not be cut have a note that says why.
    """
    numbers = count()
    return [
        replace(piece, number=next(numbers))
        for part in folder.parts
        for piece in _slices(folder.path, part, options, rows)
    ]


def _slices(folder: Path, part: Part, options: ReadOptions, rows: int) -> Sequence[Slice]:
    whole = Slice(0, part, options=options)
    try:
        if part.is_parquet:
            found = list(_parquet_slices(folder / part.name, whole, rows))
        elif part.is_delimited and part.size > _SMALL:
            found = list(_text_slices(folder / part.name, whole, rows))
        else:
            return [whole]
        return [replace(each, options=settled) for settled in [_settled(folder, found)] for each in found]
    except _Uncut as uncut:
        return [replace(whole, note=str(uncut))]
    except (InputError, OSError):  # whoever reads it tells what is wrong with it
        return [whole]


def _settled(folder: Path, found: Sequence[Slice]) -> ReadOptions:
    """The options with what the whole part settles, found out from its first rows."""
    first = found[0]
    if first.rows < 0:
        return first.options
    # A text's beginning is read from its bytes: the first of its slices holds few enough.
    look = replace(first, rows=min(first.rows, _LOOKED_AT)) if first.part.is_parquet else first
    layers = read_slice(folder, look)
    if len(layers) != 1 or layers[0].extra.get("bordermap", "").find('"tables"') >= 0:
        raise _Uncut("it holds more than one table")
    layer = layers[0]
    head = replace(
        layer, table=layer.table.slice(0, _LOOKED_AT), records=layer.records[:_LOOKED_AT], faults=()
    )
    if layer.geometry is not None:
        head = replace(head, geometry=replace(layer.geometry, wkb=layer.geometry.wkb.slice(0, _LOOKED_AT)))
    with remembering():
        orders = [first.options.date_order] if first.options.date_order else ["dmy", "mdy", "ymd"]
        tried = [read_rows(head, replace(first.options, date_order=order)) for order in orders]
    if any(not each.rows.select(_DATES).equals(tried[0].rows.select(_DATES)) for each in tried):
        raise _Uncut("the order of day and month is settled by all of its rows: --date-order says it")
    return replace(first.options, dialect=tried[0].dialect.key)


_DATES: Final = ["event_id", "date_start", "date_end"]


def _parquet_slices(path: Path, whole: Slice, rows: int) -> Iterator[Slice]:
    with translated(whole.part.name):
        metadata = pq.ParquetFile(path).metadata
        sizes = [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)]
    total = sum(sizes)
    if total <= rows:
        yield whole
        return
    ends = np.cumsum(sizes)
    # As even as can be: ten slices of equal size, not nine full ones and a rest.
    bounds = np.linspace(0, total, -(-total // rows) + 1).astype(np.int64).tolist()
    for start, stop in pairwise(bounds):
        first = int(np.searchsorted(ends, start, side="right"))
        last = int(np.searchsorted(ends, stop - 1, side="right"))
        skipped = start - int(ends[first] - sizes[first])
        yield replace(whole, first=start, rows=stop - start, groups=(first, last, skipped))


def _text_slices(path: Path, whole: Slice, rows: int) -> Iterator[Slice]:
    options = whole.options
    with path.open("rb") as stream:
        beginning = stream.read(_HEAD)
    beginning = beginning[: beginning.rfind(b"\n") + 1]
    if not beginning or beginning.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in beginning:
        raise _Uncut("its encoding is not UTF-8")
    (layer,) = read_delimited(Blob(whole.part.name, "text", beginning), options)
    facts = layer.facts
    sign = _SIGNS.get(facts["delimiter"], "")
    if facts["encoding"] not in ("utf-8", "utf-8-sig", "ascii") or not sign or not len(layer.records):
        raise _Uncut("its encoding or its delimiter does not allow it")
    text = Text(whole.part.size, path=path, skip=3 if facts["encoding"] == "utf-8-sig" else 0)
    records = find_records(text, sign)
    if not records.well_formed or records.nul_line:
        raise _Uncut("its quotation marks do not match")
    top = int(layer.records[0]) - 1
    total = len(records.starts) - top
    if total <= rows:
        yield whole
        return
    pinned: dict[str, Any] = {"encoding": "utf-8", "delimiter": sign}
    pinned |= {"decimal": facts["decimal"]} if facts.get("decimal") in (".", ",") else {}
    header = int(facts["header_row"]) if facts["header_row"].isdigit() else 0
    pinned_options = replace(options, **pinned, header_row=header)
    bounds = (np.linspace(0, total, -(-total // rows) + 1).astype(np.int64) + top).tolist()
    stops = [*records.starts[bounds[1:-1]].tolist(), whole.part.size]
    for start, stop, end in zip(bounds[:-1], bounds[1:], stops, strict=True):
        yield replace(
            whole, first=start - top, rows=stop - start, head=int(records.starts[top]),
            place=(int(records.starts[start]), end), options=pinned_options,
            lines=int(records.lines[start] - records.lines[top]),
        )  # fmt: skip
