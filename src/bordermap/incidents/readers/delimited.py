"""Reads delimited text as it was written: values as text, rows with record number and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.faults import fault
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers import exact, fast
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.decimals import find_decimal
from bordermap.incidents.readers.delimiters import find_delimiter, first_records
from bordermap.incidents.readers.encodings import Encoding, find_encoding, transcoded
from bordermap.incidents.readers.layer import CellFault, Ints, Layer
from bordermap.incidents.readers.parsed import Parsed, Shape
from bordermap.incidents.readers.records import Records, find_records
from bordermap.incidents.readers.texts import Text, text_of
from bordermap.incidents.readers.tops import Top, find_top

_HEAD: Final = 1 << 20
_RECORDS: Final = 300


def read_delimited(blob: Blob, options: ReadOptions) -> list[Layer]:
    r"""Read a delimited text.

    Args:
        blob: Of kind ``text``.
        options: ``encoding``, ``delimiter``, ``decimal``, ``header_row`` and ``limits`` are used.

    Returns:
        One layer. Its values are as they were written; its facts say what was found: ``encoding``,
        ``encoding_basis``, ``delimiter``, ``header_row``, ``decimal`` and, where there is need,
        ``encoding_note``, ``skipped_rows``, ``hxl_row``, ``trailing_delimiter``, ``empty_columns``,
        ``empty_rows``, ``literal_quotes``. Rows of the wrong length (BM114), with quotation marks that do not
        match (BM115) or with bytes that are no letters (BM225) are faults outside the table; values that are
        too long (BM107) are faults in it.

    Raises:
        InputError: The text as a whole cannot be used: BM112, BM113, BM122, BM225 to BM231.

    Example:
        >>> layer, = read_delimited(Blob("a.csv", "text", b"id;lat\n007;37,2\nNA;38,1\n"), ReadOptions())
        >>> layer.table.to_pylist()[0], layer.records.tolist(), layer.facts["delimiter"]
        ({'id': '007', 'lat': '37,2'}, [2, 3], 'semicolon')
    """
    label = f"{blob.file} › {blob.member}" if blob.member else blob.file
    raw = text_of(blob)
    encoding = find_encoding(raw.chunks, raw.window(0, _HEAD), options.encoding, label)
    try:
        return [_layer(blob, _text(raw, encoding, label), encoding, options, label)]
    except fast.NotUtf8:
        encoding = find_encoding(raw.chunks, raw.window(0, _HEAD), options.encoding, label, whole=True)
        return [_layer(blob, _text(raw, encoding, label), encoding, options, label, checked=True)]


def _text(raw: Text, encoding: Encoding, label: str) -> Text:
    if encoding.is_utf8:
        return Text(raw.size, raw.data, raw.path, encoding.skip)
    data = transcoded(raw.chunks(), encoding, label)
    return Text(len(data), data)


def _layer(
    blob: Blob, text: Text, encoding: Encoding, options: ReadOptions, label: str, *, checked: bool = False
) -> Layer:
    head = text.window(text.skip, text.skip + _HEAD).decode("utf-8", "surrogateescape")
    complete = text.size - text.skip <= _HEAD
    delimiter = find_delimiter(head, options.delimiter, label, complete=complete)
    records = first_records(head, delimiter.sign, _RECORDS, complete=complete)
    if not any(map(any, records)):
        raise fault("BM113", file=label)
    top = find_top(records, options.header_row, label, declared=delimiter.declared)
    if len(top.names) > options.limits.columns:
        raise fault("BM229", f"the table has {len(top.names):,} columns", file=label)
    shape = Shape(delimiter.sign, top.names, top.first, options.limits.field_characters, label)
    parsed = _parse(text, shape, checked)
    table, numbers, faults, facts = _without_nothing(parsed, top)
    if parsed.literal:
        facts = {**facts, "literal_quotes": str(parsed.literal)}
    facts = {**top.facts, **facts, **find_decimal(table, options.decimal)}
    return Layer(
        blob.file,
        "csv",
        table,
        member=blob.member,
        records=numbers,
        line_of=_line_of(parsed.lines),
        facts={**blob.facts, **encoding.facts(), "delimiter": delimiter.words, **facts},
        faults=faults,
    )


def _parse(text: Text, shape: Shape, checked: bool) -> Parsed:
    records = find_records(text, shape.delimiter)
    if records.nul_line:
        raise fault("BM112", file=shape.file, line=records.nul_line)
    if records.well_formed:
        parsed = _parse_fast(text, shape, records, checked)
        if parsed is not None:
            return parsed
    parsed = exact.parse(text, shape)
    if not checked and any(each.code == "BM225" for each in parsed.faults):
        raise fast.NotUtf8
    return parsed


def _parse_fast(text: Text, shape: Shape, records: Records, checked: bool) -> Parsed | None:
    try:
        return fast.parse(text, shape, records)
    except fast.NotUtf8:
        if not checked:
            raise
        return None


def _without_nothing(
    parsed: Parsed, top: Top
) -> tuple[pa.Table, Ints, tuple[CellFault, ...], Mapping[str, str]]:
    """Without nameless columns that are empty throughout, and without rows in which nothing stands."""
    table, facts = parsed.table, {}
    nothing = [name for name in top.unnamed if not _filled(table.column(name)).any()]
    if nothing and len(nothing) < len(top.names):
        facts["empty_columns"] = ", ".join(nothing)
        table = table.drop_columns(nothing)
    empty = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not empty.any():
            break
        empty &= ~_filled(column)
    if not empty.any():
        return table, parsed.numbers, parsed.faults, facts
    facts["empty_rows"] = str(int(empty.sum()))
    moved = tuple(_moved(each, empty) for each in parsed.faults)
    return table.filter(pa.array(~empty)), parsed.numbers[~empty], moved, facts


def _filled(column: pa.ChunkedArray) -> Ints:
    return np.asarray(pc.greater(pc.binary_length(column), 0).to_numpy()).astype(bool)


def _moved(found: CellFault, empty: Ints) -> CellFault:
    """A fault at the place that its rows have once empty rows are gone."""
    if found.outside:
        return found
    rows = found.rows - np.cumsum(empty)[found.rows]
    return CellFault(found.code, rows, found.column, found.message, found.hint, found.values)


def _line_of(lines: Ints) -> Callable[[Ints], Ints]:
    return lambda numbers: lines[np.asarray(numbers, dtype=np.int64) - 1]
