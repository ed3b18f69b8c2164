"""What a table's columns can be: the small types that the schema is written in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: As in the header.
        kind: ``id``, ``reference``, ``references`` (ids between spaces), ``code``, ``codes`` (between
            spaces), ``date`` (a day or a minute), ``loose_date`` (a year, a month or a day), ``whole``,
            ``number``, ``longitude``, ``latitude``, ``iso3``, ``url``, ``zone`` or ``words``.
        meaning: What it says, for a reader.
        required: Whether the header must have it and every row must fill it.
        codes: The allowed values of a ``code``.
        refers: The tables whose id a ``reference`` names.
    """

    name: str
    kind: str
    meaning: str
    required: bool = False
    codes: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        name: As in the casebook; the file is the name with ``.csv``.
        meaning: What one row is.
        columns: In the order of the codebook.
        key: The columns that no two rows may share.
        optional: Whether a casebook may do without.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    optional: bool = False

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)


def words(name: str, meaning: str, *, required: bool = False) -> Column:
    """A column of free text."""
    return Column(name, "words", meaning, required)


def code(name: str, meaning: str, codes: Iterable[str], *, required: bool = False) -> Column:
    """A column with a vocabulary."""
    return Column(name, "code", meaning, required, codes=tuple(codes))


def reference(name: str, meaning: str, *refers: str, required: bool = False) -> Column:
    """A column that names a row of another table."""
    return Column(name, "reference", meaning, required, refers=refers)


def key(name: str, meaning: str = "its id") -> Column:
    """The column that holds the row's own id."""
    return Column(name, "id", meaning, required=True)
