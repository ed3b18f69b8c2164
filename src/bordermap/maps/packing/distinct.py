"""Different rows of several columns of numbers: by one mixed number each, and then looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from bordermap.maps.packing.columns import Ints

_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(29)


def distinct(columns: Sequence[Ints], count: int) -> tuple[Ints, Ints]:
    """The number of each row among the different rows, and where each of these comes up first.

    Args:
        columns: Of equal length; none at all: all rows are the same.
        count: Their length.

    Example:
        >>> codes, first = distinct([np.array([7, 8, 7]), np.array([1, 1, 1])], 3)
        >>> codes.tolist(), first.tolist()
        ([0, 1, 0], [0, 1])
    """
    mixed = np.zeros(count, dtype=np.uint64)
    for column in columns:
        mixed = (mixed ^ column.astype(np.int64).view(np.uint64)) * _MIX
        mixed ^= mixed >> _SHIFT
    codes = np.asarray(pd.factorize(mixed)[0], dtype=np.int64)
    first = first_rows(codes)
    # Two rows may come to one mixed number and not be the same; it has not been seen yet.
    if all(np.array_equal(column[first][codes], column) for column in columns):
        return codes, first
    return _surely_distinct(columns, count)


def _surely_distinct(columns: Sequence[Ints], count: int) -> tuple[Ints, Ints]:
    codes = np.zeros(count, dtype=np.int64)
    for column in columns:
        own, values = pd.factorize(column)
        codes = np.asarray(pd.factorize(codes * max(len(values), 1) + own)[0], dtype=np.int64)
    return codes, first_rows(codes)


def first_rows(codes: Ints) -> Ints:
    """Where each number comes up first; numbers are given from 0 on.

    Example:
        >>> first_rows(np.array([0, 1, 0])).tolist()
        [0, 1]
    """
    first = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.int64)
    # The last one written stays, so the earliest goes last.
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return first


def combined(owner: Ints, member: Ints, count: int) -> tuple[Ints, list[tuple[int, ...]]]:
    """The different lists of members that owners have.

    Args:
        owner: Rising or not; members of one owner stay in their order.
        member: From 0 on.
        count: Of owners.

    Returns:
        The number of each owner's list, and the lists; the first is the empty one.

    Example:
        >>> codes, lists = combined(np.array([0, 0, 2]), np.array([5, 6, 5]), 3)
        >>> codes.tolist(), lists
        ([1, 0, 2], [(), (5, 6), (5,)])
    """
    if not len(owner):
        return np.zeros(count, dtype=np.int64), [()]
    if (np.diff(owner) < 0).any():
        order = np.argsort(owner, kind="stable")
        owner, member = owner[order], member[order]
    sizes = np.bincount(owner, minlength=count)
    starts = np.cumsum(sizes) - sizes
    ranked = []
    for rank in range(int(sizes.max())):
        there = sizes > rank
        ranked.append(np.where(there, member[np.minimum(starts + rank, len(member) - 1)], -1))
    codes, first = distinct(ranked, count)
    lists = list(zip(*(each[first].tolist() for each in ranked), strict=True))
    found = [tuple(number for number in one if number >= 0) for one in lists]
    if () in found:
        at = found.index(())
        codes = np.where(codes == at, 0, np.where(codes < at, codes + 1, codes))
        return codes, [(), *found[:at], *found[at + 1 :]]
    return codes + 1, [(), *found]
