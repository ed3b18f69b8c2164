"""Columns of few different texts, and sets of them, as numbers and words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Codes = NDArray[np.int32]
#: The number of the empty text.
NONE = -1


def text_of(codes: Codes, words: Sequence[str]) -> Any:
    """A column from numbers of words.

    Args:
        codes: Positions in ``words``, -1 for the empty text, shape (n,).
        words: The same word may stand there more than once.

    Example:
        >>> list(text_of(np.array([1, -1, 0], dtype=np.int32), ["AFG", "UZB"]))
        ['UZB', '', 'AFG']
    """
    number, different = _different(tuple(words))
    return pd.Categorical.from_codes(number[codes + 1], categories=different)


@lru_cache(maxsize=128)
def _different(words: tuple[str, ...]) -> tuple[Codes, pd.Index[str]]:
    number, different = pd.factorize(np.array(["", *words], dtype=object))
    return number.astype(np.int32), pd.Index(different)


def sets_of(
    single: Codes, owner: NDArray[np.int64], member: NDArray[np.int64], words: Sequence[str]
) -> tuple[Codes, list[str]]:
    """Sets of words, each joined by spaces, as numbers and words.

    Args:
        single: What is in each set for sure, a position in ``words`` or -1 for nothing, shape (n,).
        owner: Sets that have more, shape (m,).
        member: What they have, positions in ``words``, shape (m,).
        words: Without spaces.

    Returns:
        ``(codes, sets)``: the number of each set, the first of which are the words themselves, and the sets.

    Example:
        >>> single = np.array([0, 1], dtype=np.int32)
        >>> codes, sets = sets_of(single, np.array([1]), np.array([0]), ["UZB", "AFG"])
        >>> [sets[code] for code in codes]
        ['UZB', 'AFG UZB']
    """
    sets = list(words)
    codes = single.astype(np.int32)
    if not len(owner):
        return codes, sets
    some = np.unique(owner)
    sure = some[single[some] != NONE]
    both = np.unique(np.c_[np.r_[owner, sure], np.r_[member, single[sure]]], axis=0)
    at, first, counts = np.unique(both[:, 0], return_index=True, return_counts=True)
    wide = np.full((len(at), counts.max()), NONE)
    rank = np.arange(len(both)) - np.repeat(first, counts)
    wide[np.repeat(np.arange(len(at)), counts), rank] = both[:, 1]
    kinds, kind = np.unique(wide, axis=0, return_inverse=True)
    known = {word: code for code, word in enumerate(sets)}
    numbers = []
    for row in kinds:
        joined = " ".join(sorted({words[code] for code in row if code != NONE}))
        if joined not in known:
            known[joined] = len(sets)
            sets.append(joined)
        numbers.append(known[joined])
    codes[at] = np.array(numbers, dtype=np.int32)[kind.ravel()]
    return codes, sets


def is_one(codes: Codes, words: Sequence[str]) -> Any:
    """Whether each set has exactly one member, shape (n,)."""
    one = np.array([bool(word) and " " not in word for word in [*words, ""]], dtype=bool)
    return one[codes]
