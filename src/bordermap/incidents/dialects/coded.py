"""Columns of few different texts as numbers and words: what is decided, is decided once for each text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa

from bordermap.incidents.arrow import blank, constant, factorize
from bordermap.incidents.dialects.distinct import Bools, Ints
from bordermap.incidents.readers.layer import TEXT

Text: TypeAlias = pa.ChunkedArray
Change: TypeAlias = Callable[[str], str | None] | Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Coded:
    """A column as the different texts in it and, for each row, which one it has.

    Attributes:
        codes: Position in ``values`` of each row.
        values: The texts; several may be equal.

    Example:
        >>> column = coded(pa.chunked_array([pa.array(["1", "9", ""], TEXT)]))
        >>> words = column.changed({"1": "day"})
        >>> words.text.to_pylist(), (column.filled & words.empty).tolist()
        (['day', '', ''], [False, True, False])
        >>> words.put(words.empty, "month").text.to_pylist()
        ['day', 'month', 'month']
    """

    codes: Ints
    values: Sequence[str]

    @property
    def text(self) -> Text:
        """The column as text."""
        if len(set(self.values)) == 1:
            return constant(self.values[0], len(self.codes))
        if not len(self.codes):
            return blank(0)
        return pa.chunked_array([pa.array(self.values, TEXT).take(pa.array(self.codes))])

    @property
    def empty(self) -> Bools:
        """Which texts are empty."""
        return self.test(lambda text: not text)

    @property
    def filled(self) -> Bools:
        """Which texts are not empty and not space alone."""
        return self.test(lambda text: bool(text.strip()))

    def test(self, holds: Callable[[str], bool]) -> Bools:
        """Of which texts something holds."""
        return np.array([holds(value) for value in self.values] or [False], dtype=bool)[self.codes]

    def one_of(self, *words: str) -> Bools:
        """Which texts are one of some words."""
        return self.test(words.__contains__)

    def changed(self, change: Change) -> Coded:
        """Every text as another; empty where a table does not have it or a function gives None."""
        find = change.get if isinstance(change, Mapping) else change
        return Coded(self.codes, [find(value) or "" for value in self.values])

    def put(self, mask: Bools, word: str) -> Coded:
        """One text where a mask holds."""
        if not mask.any():
            return self
        return Coded(np.where(mask, len(self.values), self.codes), [*self.values, word])

    def filled_from(self, other: Coded) -> Coded:
        """The other column's texts where this one is empty."""
        if not self.empty.any():
            return self
        codes = np.where(self.empty, len(self.values) + other.codes, self.codes)
        return Coded(codes, [*self.values, *other.values])


def coded(column: Text) -> Coded:
    """A column of text without nulls, in this form."""
    if not len(column):
        return Coded(np.empty(0, dtype=np.int64), [""])
    return Coded(*factorize(column))


def same(word: str, length: int) -> Coded:
    """A column of one text."""
    return Coded(np.zeros(length, dtype=np.int64), [word])


def combined(*columns: Coded, how: Callable[..., str]) -> Coded:
    """One column made of several, each combination of texts that comes up looked at once.

    Args:
        columns: Of equal length.
        how: Gives the text of a combination.

    Example:
        >>> combined(same("a", 1), same("b", 1), how=lambda one, other: one + other).text.to_pylist()
        ['ab']
    """
    codes = columns[0].codes
    for column in columns[1:]:
        # Numbered anew after each column: the product of many long columns would not fit into a number.
        codes = pd.factorize(codes * len(column.values) + column.codes)[0].astype(np.int64)
    first = np.zeros(int(codes.max()) + 1 if len(codes) else 0, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    parts = [[column.values[at] for at in column.codes[first].tolist()] for column in columns]
    return Coded(codes, [how(*each) for each in zip(*parts, strict=True)] or [""])
