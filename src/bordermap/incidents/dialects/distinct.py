"""Each distinct text of a column once: what is slow is done on these, and spread over the rows again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bordermap.incidents.readers.layer import TEXT

Column: TypeAlias = pa.ChunkedArray | pa.Array
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

#: Digits of other scripts, signs and spaces that stand for the plain ones; what stands for nothing is None.
_PLAIN: Final = str.maketrans(
    "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩\u2212\u2010\u2011\ufe63\uff0d٫،\u00a0\u202f\u2009\u2007\u3000",
    "01234567890123456789-----.,     ",
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
)


@dataclass(frozen=True, eq=False)
class Distinct:
    """A column as its distinct texts and where each stands.

    Attributes:
        texts: Each text once, :data:`TEXT`.
        at: The position in ``texts`` of each row.
    """

    texts: pa.Array
    at: Ints

    @property
    def counts(self) -> Ints:
        """How many rows have each text."""
        return np.bincount(self.at, minlength=len(self.texts)).astype(np.int64)

    def spread(self, values: pa.Array) -> pa.Array:
        """Values of the texts as values of the rows."""
        return values.take(pa.array(self.at))


def distinct(column: Column) -> Distinct:
    """The distinct texts of a column.

    Args:
        column: Text without nulls.

    Example:
        >>> found = distinct(pa.array(["a", "b", "a"], TEXT))
        >>> found.texts.to_pylist(), found.at.tolist()
        (['a', 'b'], [0, 1, 0])
    """
    coded = whole(column).dictionary_encode()
    return Distinct(coded.dictionary, coded.indices.to_numpy(zero_copy_only=False).astype(np.int64))


def whole(column: Column) -> pa.Array:
    """A column in one piece, as :data:`TEXT`."""
    joined = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(joined, pa.ChunkedArray):  # pragma: no cover - more than one piece holds
        joined = pa.concat_arrays(joined.chunks)
    return joined if joined.type == TEXT else joined.cast(TEXT)


def plainly(column: Column) -> pa.Array:
    """Texts without surrounding space, in plain digits and signs.

    Example:
        >>> plainly(pa.array([" −۳۷٫5 ", "x"], TEXT)).to_pylist()
        ['-37.5', 'x']
    """
    texts = pc.utf8_trim_whitespace(whole(column))
    ascii_only = pc.all(pc.string_is_ascii(texts)).as_py()
    return texts if ascii_only in (True, None) else replaced(texts, plain_text)


def plain_text(text: str) -> str:
    """One text in plain digits and signs, without what cannot be seen."""
    return text.translate(_PLAIN).strip()


def replaced(column: Column, change: Callable[[str], str]) -> pa.Array:
    """Every text changed, each distinct one once."""
    found = distinct(column)
    return found.spread(pa.array([change(text) for text in found.texts.to_pylist()], TEXT))


def matches(column: pa.Array, pattern: str) -> Bools:
    """Which texts a pattern (RE2 syntax) fits as a whole."""
    fits: Any = pc.match_substring_regex(column, f"^(?:{pattern})$")
    return np.asarray(fits.to_numpy(zero_copy_only=False), dtype=bool)


def texts(values: Sequence[str]) -> pa.Array:
    """Plain strings as :data:`TEXT`."""
    return pa.array(values, TEXT)


def squeezed(text: str) -> str:
    """A text with single spaces.

    Example:
        >>> squeezed(" a   b ")
        'a b'
    """
    return re.sub(r"\s+", " ", text).strip()
