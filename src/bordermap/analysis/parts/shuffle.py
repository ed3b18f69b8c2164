"""Where the rows of all slices are parted so that each output holds one stretch of the curve, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bordermap.analysis.parts.job import Job
from bordermap.analysis.parts.rowfiles import read_array

Ints = NDArray[np.int64]
_HIGHEST = 2**32


@dataclass(frozen=True)
class Take:
    """Rows of one slice that go into one output: those from ``start`` to before ``stop``."""

    number: int
    start: int
    stop: int


def partition(job: Job, slices: Sequence[int], dropped: Mapping[int, Ints], rows: int) -> list[list[Take]]:
    """Part all rows into outputs of equal size along the curve.

    Rows on the same place of the curve stand in the order of their slices: the answer depends on the rows
    alone, not on who read them when.

    Args:
        job: The whole.
        slices: Those that have rows, in order.
        dropped: Rows that are left out, by slice.
        rows: How many an output holds, about.

    Returns:
        For each output the rows that it takes; dropped ones still among them.
    """
    kept = {number: _kept(job, number, dropped.get(number)) for number in slices}
    total = sum(len(keys) for keys, _ in kept.values())
    count = max(1, -(-total // rows)) if total else 0
    ranks = np.array([total * at // count for at in range(1, count)], dtype=np.int64)
    cuts = _cuts([keys for keys, _ in kept.values()], ranks)
    outputs: list[list[Take]] = [[] for _ in range(count)]
    for (number, (keys, places)), inner in zip(kept.items(), cuts, strict=True):
        bounds = [0, *inner.tolist(), len(keys)] if count else []
        for at in range(count):
            first, last = bounds[at], bounds[at + 1]
            if first < last:
                outputs[at].append(Take(number, _place(places, first), _place(places, last - 1) + 1))
    return outputs


def _kept(job: Job, number: int, dropped: Ints | None) -> tuple[NDArray[np.uint32], Ints | None]:
    """The keys of the rows that are kept, and which rows these are where some are not."""
    keys = read_array(job.keys(number))
    if dropped is None:
        return keys, None
    places = np.delete(np.arange(len(keys)), dropped)
    return keys[places], places


def _place(places: Ints | None, at: int) -> int:
    return at if places is None else int(places[at])


def _cuts(keys: Sequence[NDArray[np.uint32]], ranks: Ints) -> list[Ints]:
    """Where each slice is cut, so that as many rows of all slices lie before each cut as the ranks say."""
    found = _keys_at(keys, ranks)
    lows = [np.searchsorted(each, found.astype(np.uint32), side="left") for each in keys]
    highs = [np.searchsorted(each, found.astype(np.uint32), side="right") for each in keys]
    # Of the rows on the very place of a cut the first slices' come before it.
    left = ranks - np.sum(lows, axis=0, dtype=np.int64) if keys else ranks
    cuts = []
    for low, high in zip(lows, highs, strict=True):
        here = np.clip(left, 0, high - low)
        cuts.append((low + here).astype(np.int64))
        left = left - here
    return cuts


def _keys_at(keys: Sequence[NDArray[np.uint32]], ranks: Ints) -> Ints:
    """The key of the row at each rank of all rows together: bisection over the keys."""
    low = np.zeros(len(ranks), dtype=np.int64)
    high = np.full(len(ranks), _HIGHEST - 1, dtype=np.int64)
    while (low < high).any():
        middle = (low + high) // 2
        until = np.zeros(len(ranks), dtype=np.int64)
        for each in keys:
            until += np.searchsorted(each, middle.astype(np.uint32), side="right")
        enough = until > ranks
        high = np.where(enough, middle, high)
        low = np.where(enough, low, middle + 1)
    return low
