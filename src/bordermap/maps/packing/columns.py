"""What is packed: three tables with columns of whole numbers, of words, of sets of words, and of texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Of = Literal["row", "place", "when"]
Ints = NDArray[np.int64]
#: The whole number that stands for one that is not known.
MISSING: Final = -(2**31)


@dataclass(frozen=True, eq=False)
class IntColumn:
    """Whole numbers.

    Attributes:
        name: As the client asks for it.
        of: The table it belongs to.
        values: 32 bits with a sign, :data:`MISSING` where not known.
    """

    name: str
    of: Of
    values: Ints


@dataclass(frozen=True, eq=False)
class CodeColumn:
    """One word each, as a number.

    Attributes:
        name: As the client asks for it.
        of: The table it belongs to.
        codes: Positions in ``words``.
        words: The first is the empty text: nothing known.
    """

    name: str
    of: Of
    codes: Ints
    words: Sequence[str]


@dataclass(frozen=True, eq=False)
class SetColumn:
    """A set of words each, as a number.

    Attributes:
        name: As the client asks for it.
        of: The table it belongs to.
        codes: Positions in ``sets``.
        sets: Positions in ``words``; the first set is empty.
        words: The first is the empty text, which is in no set.
    """

    name: str
    of: Of
    codes: Ints
    sets: Sequence[Sequence[int]]
    words: Sequence[str]


@dataclass(frozen=True, eq=False)
class TextColumn:
    """A text each, of rows only.

    Attributes:
        name: As the client asks for it.
        values: Large strings without nulls.
    """

    name: str
    values: pa.ChunkedArray


Numbered = IntColumn | CodeColumn | SetColumn


def numbers_of(column: Numbered) -> Ints:
    """The numbers of a column, whatever they stand for."""
    return column.values if isinstance(column, IntColumn) else column.codes


@dataclass(frozen=True, eq=False)
class Table:
    """Everything that is packed.

    Attributes:
        counts: How many rows, places and whens there are.
        columns: All but texts; among those of ``row`` are ``place`` and ``when``, which name a row of theirs.
        texts: In the order in which they are packed.
        rows: Which text belongs to each row; None: the texts are in the order of the rows.
    """

    counts: dict[Of, int]
    columns: Sequence[Numbered]
    texts: Sequence[TextColumn]
    rows: Ints | None = None

    def column(self, name: str) -> Numbered:
        """One of the columns by its name."""
        return next(each for each in self.columns if each.name == name)


def code_column(name: str, of: Of, numbers: Ints, words: Sequence[str]) -> CodeColumn:
    """Words as they are numbered, in order and each once.

    Args:
        name: Of the column.
        of: Of which table.
        numbers: Positions in ``words``, -1 for nothing known.
        words: In any order, the empty text perhaps among them, and any of them more than once.

    Example:
        >>> column = code_column("status", "row", np.array([1, 0, -1]), ["reported", "denied"])
        >>> column.codes.tolist(), column.words
        ([1, 2, 0], ['', 'denied', 'reported'])
    """
    used = np.zeros(len(words) + 1, dtype=bool)
    used[numbers] = True
    mine = sorted({word for word, is_used in zip(words, used, strict=False) if is_used} | {""})
    place = {word: at for at, word in enumerate(mine)}
    renumbered = np.array([*(place.get(word, 0) for word in words), 0], dtype=np.int64)
    return CodeColumn(name, of, renumbered[numbers], mine)


def set_column(name: str, of: Of, numbers: Ints, sets: Sequence[Iterable[str]]) -> SetColumn:
    """Sets of words as they are numbered, each once; the members of a set stay in their order.

    Args:
        name: Of the column.
        of: Of which table.
        numbers: Positions in ``sets``, -1 for the empty one.
        sets: In any order.

    Example:
        >>> column = set_column("pair", "place", np.array([0, -1]), [("AFG-UZB", "AFG-TJK")])
        >>> column.codes.tolist(), column.sets, column.words
        ([1, 0], [[], [2, 1]], ['', 'AFG-TJK', 'AFG-UZB'])
    """
    used = np.zeros(len(sets) + 1, dtype=bool)
    used[numbers] = True
    members = [
        tuple(dict.fromkeys(filter(None, one))) if is_used else ()
        for one, is_used in zip(sets, used, strict=False)
    ]
    words = ["", *sorted({word for one in members for word in one})]
    place = {word: at for at, word in enumerate(words)}
    numbered = [tuple(place[word] for word in one) for one in members]
    mine = sorted({*numbered, ()})
    position = {one: at for at, one in enumerate(mine)}
    renumbered = np.array([*(position[one] for one in numbered), 0], dtype=np.int64)
    return SetColumn(name, of, renumbered[numbers], [list(one) for one in mine], words)
