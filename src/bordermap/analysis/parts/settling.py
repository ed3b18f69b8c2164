"""Ids that several parts have: one record twice, or two records that are only called the same.

As in memory: a record that an earlier part of the same dataset holds is rejected; ids of different datasets
that happen to be equal get the name of their part in front.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bordermap.analysis.parts.job import Job, Told
from bordermap.analysis.parts.part import IDS
from bordermap.analysis.parts.rowfiles import read_array

Ints = NDArray[np.int64]
#: Ids that one task compares at most, about.
_AT_ONCE: Final = 3_000_000
_ALL: Final = 2**64


@dataclass(frozen=True, eq=False)
class Bucket:
    """Some of all ids, compared in one task.

    Attributes:
        number: Of the bucket.
        of: How many there are.
        slices: Whose ids are compared, in order.
        owners: Of each slice, by number.
    """

    number: int
    of: int
    slices: tuple[int, ...]
    owners: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Shared:
    """What one bucket has in common.

    Attributes:
        repeated: Slice and row of each record that an earlier slice of its owner holds, shape (n, 2).
        together: Sets of slices of several owners that share an id, each once.
    """

    repeated: Ints
    together: tuple[tuple[int, ...], ...]


def buckets(told: Sequence[Told]) -> list[Bucket]:
    """All ids parted into as many tasks as memory asks for.

    Args:
        told: Of all slices, in order.
    """
    used = [each for each in told if each.rows_used]
    owners = {name: at for at, name in enumerate(dict.fromkeys(each.owner for each in used))}
    total = sum(each.rows_used for each in used)
    count = max(1, -(-total // _AT_ONCE)) if len(used) > 1 else 0
    slices = tuple(each.number for each in used)
    return [Bucket(at, count, slices, tuple(owners[each.owner] for each in used)) for at in range(count)]


def compare(job: Job, bucket: Bucket) -> Shared:
    """Find the ids that several slices have.

    Args:
        job: The whole.
        bucket: Which ids.
    """
    taken = [_ids(job, number, bucket) for number in bucket.slices]
    whole = np.concatenate(taken)
    where = np.repeat(np.arange(len(taken)), [len(each) for each in taken])
    # Slices stand in order, and sorting keeps it: within equal ids the earliest comes first.
    order = np.lexsort((where, whole["two"], whole["one"]))
    whole, where = whole[order], where[order]
    new = np.ones(len(whole), dtype=bool)
    new[1:] = (whole["one"][1:] != whole["one"][:-1]) | (whole["two"][1:] != whole["two"][:-1])
    group = np.cumsum(new) - 1
    several = np.bincount(group)[group] > 1
    group, where, row = group[several], where[several], whole["row"][several]
    owner = np.asarray(bucket.owners, dtype=np.int64)[where]
    again = _repeated(group, owner)
    slices = np.asarray(bucket.slices, dtype=np.int64)
    repeated = np.column_stack([slices[where[again]], row[again].astype(np.int64)])
    kept = ~again
    return Shared(repeated, _together(group[kept], slices[where[kept]]))


def _ids(job: Job, number: int, bucket: Bucket) -> NDArray[np.void]:
    ids = read_array(job.ids(number))
    edges = [_ALL * at // bucket.of for at in (bucket.number, bucket.number + 1)]
    first = int(np.searchsorted(ids["one"], np.uint64(edges[0])))
    last = len(ids) if edges[1] >= _ALL else int(np.searchsorted(ids["one"], np.uint64(edges[1])))
    return np.array(ids[first:last], dtype=IDS)


def _repeated(group: Ints, owner: Ints) -> NDArray[np.bool_]:
    """Which records have one of the same owner before them among equal ids."""
    order = np.lexsort((np.arange(len(group)), owner, group))
    again = np.zeros(len(group), dtype=bool)
    same = (group[order][1:] == group[order][:-1]) & (owner[order][1:] == owner[order][:-1])
    again[order[1:]] = same
    return again


def _together(group: Ints, slices: Ints) -> tuple[tuple[int, ...], ...]:
    """The different sets of slices that share an id: a set is told by the sum of random numbers."""
    if not len(group):
        return ()
    starts = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    ends = np.append(starts[1:], len(group))
    several = ends - starts > 1
    starts, ends = starts[several], ends[several]
    if not len(starts):
        return ()
    signs = np.random.default_rng(0).integers(2**63, size=int(slices.max()) + 1, dtype=np.uint64)
    sums = np.concatenate([[np.uint64(0)], np.cumsum(signs[slices])])
    _, first = np.unique(sums[ends] - sums[starts], return_index=True)
    return tuple(sorted({tuple(slices[starts[at] : ends[at]].tolist()) for at in first}))


@dataclass(frozen=True, eq=False)
class Settled:
    """What comes of ids that several parts have.

    Attributes:
        dropped: Slice → its rows that are rejected, sorted.
        prefixes: Slice → what stands before all its ids.
    """

    dropped: dict[int, Ints]
    prefixes: dict[int, str]


def settle(told: Sequence[Told], parts: Sequence[int], shared: Sequence[Shared]) -> Settled:
    """Decide which records are rejected, and which ids are made different.

    Args:
        told: Of all slices, in order.
        parts: The part that each slice belongs to.
        shared: Of all buckets.
    """
    repeated = np.concatenate([np.zeros((0, 2), dtype=np.int64), *(each.repeated for each in shared)])
    dropped = {
        int(number): np.sort(repeated[repeated[:, 0] == number, 1]) for number in np.unique(repeated[:, 0])
    }
    together = {tuple(sorted({parts[one] for one in each})) for found in shared for each in found.together}
    owners = {parts[each.number]: each.owner for each in told}
    prefixed = _prefixed(together, owners)
    usable = sorted({parts[each.number] for each in told if not each.error})
    counted = {part: at + 1 for at, part in enumerate(usable)}
    prefixes = {
        each.number: f"{each.stem}-{counted[part]}:"
        for each in told
        if (part := parts[each.number]) in prefixed and part in counted
    }
    return Settled(dropped, prefixes)


def _prefixed(together: set[tuple[int, ...]], owners: dict[int, str]) -> set[int]:
    """Parts that share an id with an earlier one of another owner whose ids stay as they are."""
    by_part: dict[int, list[tuple[int, ...]]] = {}
    for each in together:
        for part in each[1:]:
            by_part.setdefault(part, []).append(each)
    prefixed: set[int] = set()
    for part in sorted(by_part):
        earlier = {one for each in by_part[part] for one in each if one < part}
        if any(one not in prefixed and owners[one] != owners[part] for one in earlier):
            prefixed.add(part)
    return prefixed
