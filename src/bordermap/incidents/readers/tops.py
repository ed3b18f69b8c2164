"""Finds where in a delimited text the column names stand, and where the data begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.readers.delimiters import modal_width
from bordermap.incidents.readers.headers import name_columns
from bordermap.incidents.readers.texts import is_text

_LOOKED_AT: Final = 50
# How much of the fullest record a record must fill to be the header, not a title above it.
_SHARE: Final = 0.6
# How much of a header may look like data: a column or two called 2019.
_DATA: Final = 0.3
_VALUE: Final = re.compile(
    r"\s*[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?\s*|\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.]+Z?)?\s*", re.I
)
_GDELT_WIDTHS: Final = (58, 61)


@dataclass(frozen=True)
class Top:
    """The beginning of a delimited text.

    Attributes:
        names: Of the columns, as many as a record has fields.
        header: The number of the record with the names; 0 where there is none.
        first: The number of the first record with data.
        unnamed: Which names are ours, because the header has none there.
        facts: What is reported: ``header_row``, ``skipped_rows``, ``trailing_delimiter``, ``hxl_row``.
    """

    names: tuple[str, ...]
    header: int
    first: int
    unnamed: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


def find_top(records: Sequence[Sequence[str]], forced: int, file: str, *, declared: bool = False) -> Top:
    """The header of a text and the first record below it.

    Args:
        records: The first records, blank lines among them as records without fields.
        forced: The record that holds the names, counted from 1; 0: find it.
        file: As messages call it.
        declared: Whether the first record only declares the delimiter.

    Raises:
        InputError: The forced record is blank or not there (BM228), or two columns have one name (BM122),
            or the names hold bytes that are no letters (BM225).

    Example:
        >>> top = find_top([["Our list"], [], ["id", "lat"], ["a", "37.2"]], 0, "a.csv")
        >>> top.names, top.first, top.facts
        (('id', 'lat'), 4, {'header_row': '3', 'skipped_rows': "1 row above it: 'Our list'"})
    """
    start = int(declared)
    if forced and (forced > len(records) or not any(records[forced - 1])):
        raise fault("BM228", f"row {forced} is blank, or not among the first {len(records)} rows", file=file)
    at = forced - 1 if forced else _find_row(records, start)
    above = [" ".join(filter(None, record)) for record in records[start:at] if any(record)]
    facts = {"skipped_rows": _words(above)} if above else {}
    if not forced and _is_data(records[at]):
        width = modal_width(records[at:])
        names = tuple(f"c{number}" for number in range(1, width + 1))
        return Top(names, 0, at + 1, facts={"header_row": "none", **facts})
    return _with_header(records, at, {"header_row": str(at + 1), **facts}, file)


def _find_row(records: Sequence[Sequence[str]], start: int) -> int:
    """The first record that fills about as many fields as any."""
    filled = [sum(bool(value.strip()) for value in record) for record in records[start : start + _LOOKED_AT]]
    most = max(filled, default=0)
    return start + next((at for at, count in enumerate(filled) if count and count >= _SHARE * most), 0)


def _is_data(record: Sequence[str]) -> bool:
    values = [value for value in record if value.strip()]
    if len(record) in _GDELT_WIDTHS and values and values[0].isdigit():
        return True
    return bool(values) and sum(bool(_VALUE.fullmatch(value)) for value in values) > _DATA * len(values)


def _with_header(records: Sequence[Sequence[str]], at: int, facts: dict[str, str], file: str) -> Top:
    cells, below = list(records[at]), list(records[at + 1 :])
    first = at + 2
    if below and _is_hxl(below[0]):
        facts["hxl_row"] = str(first)
        first, below = first + 1, below[1:]
    cells = _fitted(cells, [record for record in below if any(record)], facts)
    if not is_text("".join(cells)):
        raise fault("BM225", "the column names hold bytes that are no letters", file=file)
    names = name_columns(cells, 0, [True] * len(cells), file)
    unnamed = tuple(name for name, cell in zip(names, cells, strict=True) if not cell.strip())
    return Top(tuple(names), at + 1, first, unnamed, facts)


def _is_hxl(record: Sequence[str]) -> bool:
    """A row of tags (#date, #geo+lat) below the header, as humanitarian exports have it."""
    values = [value.strip() for value in record if value.strip()]
    return bool(values) and all(re.fullmatch(r"#[a-z]+(?:\s*\+\s*\w+)*", value) for value in values)


def _fitted(cells: list[str], below: Sequence[Sequence[str]], facts: dict[str, str]) -> list[str]:
    """The header with as many cells as the records have fields, where a delimiter ends only one."""
    if not below:
        return cells
    width = modal_width(below)
    if width < len(cells) and not any(cell.strip() for cell in cells[width:]):
        facts["trailing_delimiter"] = "in the header"
        return cells[:width]
    if width == len(cells) + 1 and not any(record[-1].strip() for record in below if len(record) == width):
        facts["trailing_delimiter"] = "in the rows"
        return [*cells, ""]
    return cells


def _words(above: Sequence[str]) -> str:
    return f"{len(above)} row{'s' if len(above) > 1 else ''} above it: {', '.join(map(quote, above[:3]))}"
