"""What parsing a delimited text gives, whichever of the two ways it was parsed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from bordermap.incidents.readers.layer import TEXT, CellFault, Ints


@dataclass(frozen=True)
class Shape:
    """How a delimited text is laid out.

    Attributes:
        delimiter: One ASCII character.
        names: Of the columns, as many as each record has fields.
        first: The number of the first record with data, counted from 1.
        field_characters: The most that a value may have.
        file: As messages call it.
    """

    delimiter: str
    names: tuple[str, ...]
    first: int
    field_characters: int
    file: str


@dataclass(frozen=True, eq=False)
class Parsed:
    """A delimited text as a table.

    Attributes:
        table: The rows that have a field for every column.
        numbers: The record number of each.
        lines: The physical line of each record; record n stands at position n - 1.
        faults: Records that are no rows, and values that are too long.
        literal: How many rows of tab-separated text have quotation marks that are no quoting.
    """

    table: pa.Table
    numbers: Ints
    lines: Ints
    faults: tuple[CellFault, ...]
    literal: int = 0


def empty_table(names: Sequence[str]) -> pa.Table:
    """A table without rows.

    Example:
        >>> empty_table(["a"]).num_rows
        0
    """
    return pa.schema([(name, TEXT) for name in names]).empty_table()


def ragged(found: int, wanted: int) -> str:
    """What is wrong with a record of the wrong length.

    Example:
        >>> ragged(1, 3)
        'the row has 1 field and the header 3'
    """
    return f"the row has {found} field{'' if found == 1 else 's'} and the header {wanted}"
