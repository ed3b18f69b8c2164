"""Runs of numbers, one after the other: what is spread over owners, and found again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_Whole = NDArray[np.int64]


def ranks(counts: _Whole) -> _Whole:
    """The place of each member in its own run, from 0 on.

    Args:
        counts: How long each run is, shape (n,).

    Example:
        >>> ranks(np.array([2, 0, 3])).tolist()
        [0, 1, 0, 1, 2]
    """
    return runs(np.zeros(len(counts), dtype=np.int64), counts)


def runs(starts: _Whole, counts: _Whole) -> _Whole:
    """Runs of numbers that rise by one.

    Args:
        starts: Where each begins, shape (n,).
        counts: How long each is, shape (n,).

    Example:
        >>> runs(np.array([5, 0]), np.array([2, 3])).tolist()
        [5, 6, 0, 1, 2]
    """
    shift = np.repeat(starts - (np.cumsum(counts) - counts), counts)
    shift += np.arange(len(shift))
    return shift
