"""Typed values as the text that a layer holds, and columns of such text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.faults import fault
from bordermap.incidents.readers.layer import TEXT, CellFault


def _float(value: float) -> str:
    written = repr(value)
    if written.endswith(".0"):
        return written[:-2]
    return str(int(value)) if value.is_integer() and abs(value) < 1e21 else written


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _nested(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_AS_TEXT: Final[Mapping[type, Callable[[Any], str]]] = {
    str: str,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: _float,
    type(None): lambda _: "",
    datetime: datetime.isoformat,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _duration,
    dict: _nested,
    list: _nested,
}


def value_text(value: Any) -> str:
    """One value as text: whole numbers without ``.0``, dates as ISO 8601, nothing as an empty text.

    Example:
        >>> [value_text(value) for value in (37.0, 67.27833, True, None, float("nan"), {"a": [1]})]
        ['37', '67.27833', 'true', '', 'nan', '{"a":[1]}']
    """
    return _AS_TEXT[type(value)](value)


def text_array(values: Sequence[Any]) -> pa.Array:
    r"""Values as one column of text; halves of characters, which no encoding can write, become U+FFFD.

    Example:
        >>> text_array([1.0, None, "\ud800"]).to_pylist()
        ['1', '', '�']
    """
    kinds = set(map(type, values))
    texts = values if kinds == {str} else [_AS_TEXT[type(value)](value) for value in values]
    try:
        return pa.array(texts, type=TEXT)
    except UnicodeEncodeError:
        return pa.array([whole_characters(each) for each in texts], type=TEXT)


def whole_characters(text: str) -> str:
    """Text without halves of characters."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def column_names(names: Sequence[str]) -> list[str]:
    """Names that are neither empty nor unwritable; an empty one is called by its place.

    Example:
        >>> column_names([" id ", ""])
        ['id', 'column 2']
    """
    return [whole_characters(name).strip() or f"column {place}" for place, name in enumerate(names, start=1)]


def refuse_many_columns(count: int, limit: int, label: str) -> None:
    """Stop at a table with more columns than allowed.

    Raises:
        InputError: BM254.
    """
    if count > limit:
        raise fault("BM254", f"{count:,} columns, and a table may have {limit:,}", file=label)


def long_values(table: pa.Table, limit: int) -> list[CellFault]:
    """The rows with a value longer than allowed, one fault a column (BM107).

    Args:
        table: Columns of text.
        limit: Characters of one value.
    """
    faults = []
    for name, column in zip(table.column_names, table.columns, strict=True):
        # Bytes are counted at no cost and are never fewer than characters.
        if table.num_rows and (pc.max(pc.binary_length(column)).as_py() or 0) > limit:
            rows = np.flatnonzero(pc.greater(pc.utf8_length(column), limit).to_numpy(zero_copy_only=False))
            if len(rows):
                message = f"longer than the {limit:,} characters that a value may have"
                faults.append(CellFault("BM107", rows.astype(np.int64), str(name), message))
    return faults
