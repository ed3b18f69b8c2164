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
    further = member != single[owner]
    if not further.any():
        return codes, sets
    owner, member = owner[further], member[further]
    some = np.unique(owner)
    sure = some[single[some] != NONE]
    size = len(words) + 1
    both = np.unique(np.r_[owner * size + member, sure * size + single[sure]])
    owner, member = np.divmod(both, size)
    at, first, counts = np.unique(owner, return_index=True, return_counts=True)
    kind, kinds = _kinds(member, first, counts)
    known = {word: code for code, word in enumerate(sets)}
    numbers = []
    for one in kinds:
        joined = " ".join(sorted({words[code] for code in member[first[one] : first[one] + counts[one]]}))
        if joined not in known:
            known[joined] = len(sets)
            sets.append(joined)
        numbers.append(known[joined])
    codes[at] = np.array(numbers, dtype=np.int32)[kind]
    return codes, sets


def _kinds(
    member: NDArray[np.int64], first: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The number of each different run of members, and where each such run comes up first."""
    kind = np.zeros(len(first), dtype=np.int64)
    size = int(member.max()) + 2
    for rank in range(int(counts.max())):
        has = rank < counts
        here = np.where(has, member[np.minimum(first + rank, len(member) - 1)] + 1, 0)
        kind = pd.factorize(kind * size + here)[0].astype(np.int64)
    _, start = np.unique(kind, return_index=True)
    return kind, start
