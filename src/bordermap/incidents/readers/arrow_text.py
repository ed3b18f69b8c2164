"""Columns of any type as text: what a number, a date or a nested value reads like in a layer's table."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.readers.layer import TEXT, CellFault

_WHOLE_UP_TO: Final = float(2**53)
_MIDNIGHT: Final = r"[T ]00:00(:00(\.0+)?)?(Z|[+-]\d\d(:?\d\d)?)?$"
_UTC: Final = ("UTC", "Etc/UTC", "Z", "+00:00")


def to_text(table: pa.Table, limit: int = 1_000_000) -> tuple[pa.Table, tuple[CellFault, ...]]:
    """A table of any types as text.

    Whole numbers are digits, also where they are stored as floats; other floats have the fewest digits that
    give the same number; days and times are ISO 8601, instants by the clock of their zone with its offset,
    those in UTC with a Z; a column of times that are all midnight holds days; bytes are text where they are
    UTF-8, else hexadecimal; lists and structures are JSON; null is an empty text.

    Args:
        table: Columns of any types.
        limit: How many characters a value may have.

    Returns:
        The table, every column :data:`TEXT` without nulls, names unique and not empty; and the rows whose
        text is not UTF-8 (BM267; what is not is shown as U+FFFD) or longer than the limit (BM107).

    Example:
        >>> table, _ = to_text(pa.table({"n": [1, None], "x": [37.0, 67.27833], "list": [["a"], []]}))
        >>> table.to_pylist()
        [{'n': '1', 'x': '37', 'list': '["a"]'}, {'n': '', 'x': '67.27833', 'list': '[]'}]
    """
    names = unique_names([str(name) for name in table.column_names])
    # Casts leave the interpreter lock, so the columns go side by side.
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        done = list(pool.map(_checked_text, table.columns))
    faults: list[CellFault] = []
    for name, (column, broken) in zip(names, done, strict=True):
        if len(broken):
            faults.append(CellFault("BM267", broken, name))
        faults += _long_values(name, column, limit)
    columns = [column for column, _ in done]
    return pa.table(columns, schema=pa.schema([(name, TEXT) for name in names])), tuple(faults)


def never_bare(table: pa.Table, records: Sequence[int] | Any) -> pa.Table:
    """A table that has a column, so that it has rows: where there is none, one with the record numbers.

    Example:
        >>> never_bare(pa.table({}), [1, 2]).to_pylist()
        [{'record': '1'}, {'record': '2'}]
    """
    if table.num_columns:
        return table
    return pa.table({"record": pa.array(records, pa.int64()).cast(TEXT)})


def unique_names(names: Sequence[str]) -> list[str]:
    """Column names with none empty and none twice.

    Example:
        >>> unique_names(["a", "", "a", "a"])
        ['a', 'column 2', 'a (2)', 'a (3)']
    """
    taken = set(names)
    found: list[str] = []
    for position, name in enumerate(names, start=1):
        wanted = base = name or f"column {position}"
        number = 2
        while wanted in found or (wanted != name and wanted in taken):
            wanted, number = f"{base} ({number})", number + 1
        found.append(wanted)
    return found


def column_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """One column as text; see :func:`to_text`.

    Example:
        >>> import datetime
        >>> column_text(pa.chunked_array([[datetime.date(2022, 4, 18), None]])).to_pylist()
        ['2022-04-18', '']
    """
    return _checked_text(column)[0]


def _checked_text(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, Any]:
    column = _unwrap(column)
    none = np.empty(0, dtype=np.int64)
    if _is_words(column.type):
        return _utf8(column)
    for fits, convert in _CONVERSIONS:
        if fits(column.type):
            return _filled(convert(column)), none
    return _filled(_json(column)), none


def _filled(column: pa.ChunkedArray) -> pa.ChunkedArray:
    column = column.cast(TEXT)
    return pc.fill_null(column, "") if column.null_count else column


def _unwrap(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The values themselves: no extension type, no dictionary, no runs."""
    while True:
        kind = column.type
        if isinstance(kind, pa.BaseExtensionType):
            column = pa.chunked_array([chunk.storage for chunk in column.chunks], type=kind.storage_type)
        elif pa.types.is_dictionary(kind):
            column = column.cast(kind.value_type)
        elif pa.types.is_run_end_encoded(kind):
            column = pc.run_end_decode(column)
        else:
            return column


def _is_words(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_bytes(kind: pa.DataType) -> bool:
    types = pa.types
    return bool(
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_fixed_size_binary(kind)
        or types.is_binary_view(kind)
    )


def _utf8(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, Any]:
    """Words that claim to be UTF-8, and the rows in which they are not: no reader below has looked."""
    raw = column.cast(pa.large_binary())
    try:
        return _filled(raw.cast(TEXT)), np.empty(0, dtype=np.int64)
    except pa.ArrowInvalid:
        texts = [(value or b"").decode("utf-8", "replace") for value in raw.to_pylist()]
        whole = [text.encode() == (value or b"") for text, value in zip(texts, raw.to_pylist(), strict=True)]
        return pa.chunked_array([pa.array(texts, TEXT)]), np.flatnonzero(~np.array(whole, dtype=bool))


def _bytes(column: pa.ChunkedArray) -> pa.ChunkedArray:
    raw = column.cast(pa.large_binary())
    try:
        return raw.cast(TEXT)
    except pa.ArrowInvalid:
        return pa.chunked_array([[None if value is None else value.hex() for value in raw.to_pylist()]], TEXT)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(TEXT)


def _float(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Shortest digits; whole numbers without an exponent, so that an id stays an id."""
    if pa.types.is_float16(column.type):
        column = column.cast(pa.float32())
    texts = column.cast(TEXT)
    if not pc.any(pc.match_substring(texts, "e+")).as_py():
        return texts
    # From the text, not the number: the digits that a 32-bit float needs are fewer than those it has.
    numbers = texts.cast(pa.float64())
    whole = pc.and_(pc.equal(pc.floor(numbers), numbers), pc.less_equal(pc.abs(numbers), _WHOLE_UP_TO))
    digits = pc.if_else(whole, numbers, None).cast(pa.int64()).cast(TEXT)
    return pc.coalesce(digits, texts)


def _decimal(column: pa.ChunkedArray) -> pa.ChunkedArray:
    texts = pc.replace_substring_regex(column.cast(TEXT), r"(\.[0-9]*?)0+$", r"\1")
    return pc.replace_substring_regex(texts, r"\.$", "")


def _date(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.date32()).cast(TEXT)


def _time(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return _without_fraction(column.cast(TEXT))


def _timestamp(column: pa.ChunkedArray) -> pa.ChunkedArray:
    clock, zone = _clocks(column)
    texts = pc.replace_substring(_without_fraction(clock.cast(TEXT)), " ", "T", max_replacements=1)
    if zone is not None:
        texts = pc.binary_join_element_wise(texts, zone, pa.scalar("", TEXT))
    return without_midnight(texts)


def _clocks(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, pa.ChunkedArray | pa.Scalar | None]:
    """What the clock showed in the zone of the column, and how far that is from UTC; None without a zone.

    The file holds instants in UTC; the day of an incident is that of its own zone.
    """
    if column.type.tz is not None and column.type.tz not in _UTC:
        # A zone that this machine does not know is left in UTC, and says so by its Z.
        with suppress(pa.ArrowInvalid):
            offset = pc.replace_substring_regex(pc.strftime(column, "%z").cast(TEXT), r"(\d\d)$", r":\1")
            return pc.local_timestamp(column), offset
    if column.type.tz is None:
        return column, None
    return column.cast(pa.timestamp(column.type.unit)), pa.scalar("Z", TEXT)


def without_midnight(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Times as days, where all of them are midnight: a day that a program could only store as a time.

    Example:
        >>> without_midnight(pa.chunked_array([["2022-04-18T00:00:00Z", None]])).to_pylist()
        ['2022-04-18', None]
    """
    if len(texts) > texts.null_count and pc.all(pc.match_substring_regex(texts, _MIDNIGHT)).as_py():
        return pc.replace_substring_regex(texts, _MIDNIGHT, "")
    return texts


def _without_fraction(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pc.any(pc.match_substring(texts, ".")).as_py():
        return texts
    return pc.replace_substring_regex(texts, r"\.?0*$", "")


def _json(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([[_json_text(value) for value in column.to_pylist()]], TEXT)


def _json_text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return json.loads(text) if text.startswith('"') else text


def _long_values(name: str, column: pa.ChunkedArray, limit: int) -> list[CellFault]:
    # The offsets alone say whether any value can be too long: nothing is counted on the common path.
    if not len(column) or (pc.max(pc.binary_length(column)).as_py() or 0) <= limit:
        return []
    lengths = pc.utf8_length(column).to_numpy()
    rows = np.flatnonzero(lengths > limit)
    return [CellFault("BM107", rows, name)] if len(rows) else []


_CONVERSIONS: Final[tuple[tuple[Callable[[pa.DataType], bool], Callable[..., pa.ChunkedArray]], ...]] = (
    (pa.types.is_integer, _plain),
    (pa.types.is_boolean, _plain),
    (pa.types.is_null, _plain),
    (pa.types.is_floating, _float),
    (pa.types.is_decimal, _decimal),
    (pa.types.is_date, _date),
    (pa.types.is_time, _time),
    (pa.types.is_timestamp, _timestamp),
    (_is_bytes, _bytes),
)
