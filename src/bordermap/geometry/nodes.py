"""A hierarchy of balls over the pieces of borders, each round a place on the border itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bordermap.geometry.chords import Chords, in_space
from bordermap.geometry.edges import Floats, Indices
from bordermap.geometry.runs import ranks, runs

#: So many balls lie in one of the next level.
_FAN: Final = 8


@dataclass(frozen=True, eq=False)
class Nodes:
    """Balls; the first n are the pieces themselves, in their order.

    Attributes:
        place: A place on the border that lies in the ball, its middle: kilometres in space, shape (3, k).
        radius: No part of the ball's pieces is farther from that place, kilometres, shape (k,).
        first: First of the balls that it holds, shape (k,); its own number for a piece.
        last: One past the last of them, shape (k,).
        begin: First of the pieces in it, shape (k,).
        end: One past the last of them, shape (k,).
        roots: Numbers of the balls that no other holds.
        pieces: How many pieces there are.
    """

    place: Floats
    radius: Floats
    first: Indices
    last: Indices
    begin: Indices
    end: Indices
    roots: Indices
    pieces: int


def gather(pieces: Floats, chords: Chords, run: Indices) -> Nodes:
    """The hierarchy over pieces.

    Args:
        pieces: Lon and lat of both ends, degrees, shape (n, 4).
        chords: The same in space.
        run: Rising number of the run that each piece belongs to, shape (n,); no ball holds pieces of two.

    Returns:
        See :class:`Nodes`.

    Example:
        >>> from bordermap.geometry.chords import chords_of
        >>> line = np.array([[at, 0, at + 1, 0] for at in range(20)], dtype=float) / 100
        >>> nodes = gather(line, chords_of(line), np.zeros(20, dtype=np.int64))
        >>> nodes.pieces, len(nodes.radius), nodes.roots.tolist()
        (20, 24, [23])
    """
    count = len(pieces)
    middles = in_space(*((pieces[:, :2] + pieces[:, 2:]) / 2).T)
    start, end = chords.start, chords.start + chords.step
    reach = np.maximum(np.linalg.norm(start - middles, axis=1), np.linalg.norm(end - middles, axis=1))
    own = np.arange(count)
    levels = [(own, own + 1, own, own + 1, reach + chords.sag)]
    # First and one past the last piece of each ball of the level that is being gathered, and its number.
    low, high, number = own, own + 1, own
    roots, total = [], count
    while len(low):
        of_run = run[low]
        alone = np.bincount(of_run, minlength=run[-1] + 1)[of_run] == 1
        roots.append(number[alone])
        low, high, number, of_run = low[~alone], high[~alone], number[~alone], of_run[~alone]
        if not len(low):
            break
        groups = _groups(of_run)
        ends = np.r_[groups[1:], len(low)] - 1
        first, last, low, high = number[groups], number[ends] + 1, low[groups], high[ends]
        middle = middles[(low + high) // 2]
        levels.append((low, high, first, last, _radii(low, high, middle, (start, end, chords.sag))))
        number = total + np.arange(len(low))
        total += len(low)
    begin, ends, firsts, lasts, radii = (np.concatenate(each) for each in zip(*levels, strict=True))
    places = np.ascontiguousarray(middles[(begin + ends) // 2].T)
    return Nodes(places, radii, firsts, lasts, begin, ends, np.sort(np.concatenate(roots)), count)


def _groups(of_run: Indices) -> Indices:
    """Where each group of balls of one run begins."""
    begins = np.flatnonzero(np.r_[True, np.diff(of_run) != 0])
    return np.flatnonzero(ranks(np.diff(np.r_[begins, len(of_run)])) % _FAN == 0)


def _radii(low: Indices, high: Indices, places: Floats, pieces: tuple[Floats, Floats, Floats]) -> Floats:
    """How far the pieces of runs that follow on each other reach from a place of each run."""
    start, end, sag = pieces
    counts = high - low
    within = runs(low, counts)
    centre = np.repeat(places, counts, axis=0)
    reach = np.maximum(
        np.linalg.norm(start[within] - centre, axis=1), np.linalg.norm(end[within] - centre, axis=1)
    )
    return np.asarray(np.maximum.reduceat(reach + sag[within], np.cumsum(counts) - counts))
