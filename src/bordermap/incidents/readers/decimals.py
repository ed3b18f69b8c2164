"""Finds out whether a table writes its numbers with a decimal point or a decimal comma."""

from __future__ import annotations

import re
from typing import Final

import pyarrow as pa

_LOOKED_AT: Final = 2_000
_COMMA: Final = re.compile(r"\s*[+-]?\d+,\d+\s*")
_POINT: Final = re.compile(r"\s*[+-]?\d*\.\d+\s*")
_THOUSANDS: Final = re.compile(r"\s*[+-]?\d{1,3}(?:,\d{3})+\s*")
_NUMBER: Final = re.compile(r"\s*[+-]?\d+(?:[.,]\d+)?\s*")


def find_decimal(table: pa.Table, forced: str) -> dict[str, str]:
    """How the numbers of a table are written, as facts.

    Args:
        table: Text columns.
        forced: ``.`` or ``,``; empty: find it.

    Returns:
        ``decimal`` and, where only the option or little says so, ``decimal_basis``; nothing where the table
        has no number with decimals.

    Example:
        >>> find_decimal(pa.table({"lat": ["37,25", "38,1", ""], "n": ["1", "2", "3"]}), "")
        {'decimal': ','}
    """
    if forced:
        return {"decimal": forced, "decimal_basis": "option"}
    commas = points = certain = 0
    for column in table.slice(0, _LOOKED_AT).columns:
        values = [value for value in column.to_pylist() if value.strip()]
        if not values or not all(_NUMBER.fullmatch(value) for value in values[:20]):
            continue
        commas += sum(bool(_COMMA.fullmatch(value)) for value in values)
        points += sum(bool(_POINT.fullmatch(value)) for value in values)
        certain += sum(bool(_COMMA.fullmatch(value)) and not _THOUSANDS.fullmatch(value) for value in values)
    if not commas and not points:
        return {}
    if commas > points:
        return {"decimal": ","} if certain else {"decimal": ",", "decimal_basis": "likely"}
    return {"decimal": "."}
