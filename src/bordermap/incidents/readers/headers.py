"""Finds the row of a sheet that holds the column names, and makes names of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.readers.typed import value_text, whole_characters

# How much of the fullest row a row above it must fill to be the header: data may fill a nameless column.
_SHARE: Final = 0.7


@dataclass(frozen=True)
class Header:
    """The row with the column names.

    Attributes:
        row: Its number as the sheet shows it, from 1.
        cells: Its cells as text.
        above: What stands above it, in words; empty where nothing does.
    """

    row: int
    cells: tuple[str, ...]
    above: str = ""


def find_header(top: Sequence[Sequence[Any]], skip: int, forced: int, label: str) -> Header:
    """The header among a sheet's first rows: the first that has about as many texts as any of them.

    Args:
        top: The first rows, beginning with row 1.
        skip: How many of them lie before the first filled cell.
        forced: The row to take instead, counted from 1; 0: find it.
        label: The sheet, for messages.

    Raises:
        InputError: The forced row does not exist or is empty (BM255).

    Example:
        >>> find_header([["Incidents 2022", ""], ["", ""], ["id", "place"], ["1", "x"]], 0, 0, "a.xlsx")
        Header(row=3, cells=('id', 'place'), above="1 row: 'Incidents 2022'")
    """
    counts = [sum(isinstance(cell, str) and bool(cell.strip()) for cell in row) for row in top]
    if forced:
        if forced > len(top) or not any(map(value_text, top[forced - 1])):
            raise fault("BM255", f"row {forced} is empty or does not exist", file=label)
        row = forced - 1
    elif max(counts, default=0):
        row = next(at for at, count in enumerate(counts) if count >= _SHARE * max(counts))
    else:
        row = skip
    above = [" ".join(filter(None, map(value_text, each))) for each in top[:row]]
    return Header(row + 1, tuple(map(value_text, top[row])), _words([each for each in above if each.strip()]))


def _words(rows: Sequence[str]) -> str:
    if not rows:
        return ""
    return f"{len(rows)} row{'s' if len(rows) > 1 else ''}: {', '.join(map(quote, rows[:3]))}"


def name_columns(cells: Sequence[str], left: int, filled: Sequence[bool], label: str) -> list[str]:
    """The name of each column; empty for a column that has neither a name nor a value.

    Args:
        cells: The header.
        left: How many columns of the sheet lie before the first.
        filled: Whether the column has any value below the header.
        label: The sheet, for messages.

    Raises:
        InputError: Two columns have one name (BM122).

    Example:
        >>> name_columns(["id", "", ""], 1, [True, True, False], "a.xlsx")
        ['id', 'column 3', '']
    """
    names = [whole_characters(cell).strip() for cell in cells]
    given = [name for name in names if name]
    twice = next((name for at, name in enumerate(given) if name in given[:at]), None)
    if twice is not None:
        raise fault("BM122", f"two columns are called {quote(twice)}", file=label)
    made = [f"column {left + at}" if full else "" for at, full in enumerate(filled, start=1)]
    return [name or _free(other, given) for name, other in zip(names, made, strict=True)]


def _free(name: str, taken: Sequence[str]) -> str:
    while name and name in taken:
        name += "'"
    return name
