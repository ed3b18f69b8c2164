"""Which pieces of a border may be nearest to points: cells full of points against balls full of pieces.

A quadtree of cells in longitude and latitude goes down only where there are points, and meets at each level
the balls of the border that may still hold the nearest place of some point in the cell.

A ball E is dropped for a cell when one place b on the border is nearer to every point of the cell. In space,
|p − b|² − dist(p, E)² is a largest of functions linear in p, hence convex, and is greatest at the corners of
a cell's hull; so four distances decide for the whole cell. The cell itself bulges out of that hull, by no
more than the error of bilinear interpolation, and what is nearest in space may be not quite so along the
ellipsoid: both are allowed for (see ``chords``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from bordermap.geometry.chords import at_most_km, in_space, within_chord
from bordermap.geometry.edges import Floats, Indices
from bordermap.geometry.morton import BITS, Cells, child_cells, corners, first_cells, joined
from bordermap.geometry.nodes import Nodes
from bordermap.geometry.runs import runs

#: For cells with no more points than this the box round their points takes their place.
_FEW_POINTS: Final = 12
#: These are not divided when only so many pieces are left for them,
_SOME_PIECES: Final = 24
#: nor when so few balls are left that all may as well be opened.
_FEW_BALLS: Final = 12
#: and all others when it is only so many.
_FEW_PIECES: Final = 6
#: A ball is opened when its radius is more than this share of the cell's side.
_OPEN: Final = 0.5
_DEGREE_KM: Final = 111.0
_FIRST_LEVEL: Final = 5
#: A few points are quicker each by itself, from ball to ball, than by way of cells.
_ALONE: Final = 4_000
_LAST_LEVEL: Final = BITS - 2
#: Pairs that are compared at once: what they need stays near the processor.
_AT_ONCE: Final = 40_000
#: Millimetres in space, for what rounding may do.
_SLACK_KM: Final = 2e-6


@dataclass(frozen=True, eq=False)
class Pairs:
    """Balls of the border by owner (a cell, or a point).

    Attributes:
        counts: How many balls each owner has, shape (m,).
        node: Their numbers, owner by owner.
    """

    counts: Indices
    node: Indices

    def only(self, kept: Any) -> Pairs:
        """The balls where ``kept`` is true; every owner stays."""
        return Pairs(np.add.reduceat(kept, self.starts, dtype=np.int64), self.node[kept])

    @property
    def starts(self) -> Indices:
        """Where the balls of each owner begin."""
        return np.asarray(np.cumsum(self.counts) - self.counts)

    def of(self, owners: Indices) -> Pairs:
        """The balls of some owners; the same owner may be given often."""
        counts = self.counts[owners]
        return Pairs(counts, self.node[runs(self.starts[owners], counts)])


def candidates(nodes: Nodes, keys: Indices, lon: Floats, lat: Floats) -> Iterator[tuple[Indices, Pairs]]:
    """The pieces that may be nearest to each point.

    Args:
        nodes: The border's balls.
        keys: Morton keys of the points, rising, shape (n,).
        lon: Degrees, shape (n,).
        lat: Degrees, shape (n,).

    Yields:
        ``(point, pieces)``: each point in one portion only, with one piece at least. Those nearest along the
        ellipsoid, up to a millimetre, are among them.
    """
    if len(keys) <= _ALONE:
        yield from _alone(nodes, lon, lat)
        return
    cells = first_cells(keys, _FIRST_LEVEL)
    roots = len(nodes.roots)
    pairs = Pairs(np.full(len(cells.key), roots), np.tile(nodes.roots, len(cells.key)))
    boxes = _boxes(cells, lon, lat)
    while len(cells.key):
        pairs = _prune(nodes, boxes, pairs)
        points = cells.last - cells.first
        whole = np.maximum.reduceat(pairs.node, pairs.starts) < nodes.pieces
        last = (points == 1) | (cells.level >= _LAST_LEVEL)
        few = pairs.counts <= np.where(points <= _FEW_POINTS, _SOME_PIECES, _FEW_PIECES)
        done = whole & (few | last)
        if done.any():
            yield from _portions(cells.only(done), pairs.of(np.flatnonzero(done)))
        # Cells with few points and few balls left are not divided, but their balls opened.
        small = last | ((points <= _FEW_POINTS) & ~whole & (pairs.counts <= _FEW_BALLS))
        stay, split = np.flatnonzero(~done & small), np.flatnonzero(~done & ~small)
        children, parent = child_cells(cells.only(split), keys)
        boxes = np.hstack([boxes[:, stay], _boxes(children, lon, lat)])
        limit = np.r_[np.zeros(len(stay)), _OPEN * _DEGREE_KM * children.side]
        pairs = opened(nodes, pairs.of(np.r_[stay, split[parent]]), limit)
        cells = joined(cells.only(stay), children)


def _alone(nodes: Nodes, lon: Floats, lat: Floats) -> Iterator[tuple[Indices, Pairs]]:
    """The same for a few points: each by itself, from ball to ball, which spares the cells."""
    places = np.ascontiguousarray(in_space(lon, lat).T)
    portion = max(1, _AT_ONCE // len(nodes.roots))
    for low in range(0, len(lon), portion):
        point = np.arange(low, min(low + portion, len(lon)))
        pairs = Pairs(np.full(len(point), len(nodes.roots)), np.tile(nodes.roots, len(point)))
        while True:
            owner = np.repeat(point, pairs.counts)
            away = (places[axis].take(owner) - nodes.place[axis].take(pairs.node) for axis in range(3))
            distance = np.sqrt(_squared(*away))
            # The balls' places are on the border: the nearest of them bounds the distance.
            least = np.minimum.reduceat(distance, pairs.starts)
            reach = np.repeat(within_chord(at_most_km(least)) + _SLACK_KM, pairs.counts)
            pairs = pairs.only(distance - nodes.radius[pairs.node] <= reach)
            if (pairs.node < nodes.pieces).all():
                break
            pairs = opened(nodes, pairs, 0.0)
        yield point, pairs


def _boxes(cells: Cells, lon: Floats, lat: Floats) -> Floats:
    """The cells' own boxes; of cells with few points the boxes round these."""
    boxes = cells.boxes()
    few = np.flatnonzero(cells.last - cells.first <= _FEW_POINTS)
    boxes[:, few] = _round(cells.only(few), lon, lat)
    return boxes


def _prune(nodes: Nodes, boxes: Floats, pairs: Pairs) -> Pairs:
    """Without the balls that one place on the border beats in all of a box."""
    kept = np.empty(len(pairs.node), dtype=bool)
    starts = pairs.starts
    for low, high in shares(pairs.counts):
        part = slice(starts[low], starts[high - 1] + pairs.counts[high - 1])
        kept[part] = _unbeaten(nodes, boxes[:, low:high], pairs.counts[low:high], pairs.node[part])
    return pairs.only(kept)


def _unbeaten(nodes: Nodes, boxes: Floats, counts: Indices, node: Indices) -> Any:
    spots, middles, bulge = corners(boxes)
    starts = np.cumsum(counts) - counts
    places = [nodes.place[axis][node] for axis in range(3)]
    away = [np.repeat(middles[axis], counts) - places[axis] for axis in range(3)]
    squared = _squared(*away)
    nearest = first_least(squared, starts, counts)
    pivots = np.stack([place[nearest] for place in places])
    to_pivot = spots - pivots[:, None, :]
    pivot_squared = _squared(*to_pivot)
    farthest = np.sqrt(pivot_squared.max(axis=0)) + bulge
    margin = 2 * bulge + within_chord(at_most_km(farthest)) - farthest + _SLACK_KM
    bar = np.sqrt(pivot_squared + margin**2 + 2 * margin * farthest)
    radius = nodes.radius[node]
    squared -= radius**2
    radius *= 2
    kept = np.zeros(len(node), dtype=bool)
    # |corner − place|² < (bar + radius)², each side written out from the middle.
    for corner in range(4):
        turn = spots[:, corner] - middles
        left = radius * np.repeat(-bar[corner], counts)
        for axis in range(3):
            left += away[axis] * np.repeat(2 * turn[axis], counts)
        left += squared
        kept |= left < np.repeat(bar[corner] ** 2 - _squared(*turn), counts)
    return kept


def _squared(x: Floats, y: Floats, z: Floats) -> Floats:
    return x * x + y * y + z * z


def first_least(values: Floats, starts: Indices, counts: Indices) -> Indices:
    """Where each run of values has its least, the first of several.

    Example:
        >>> first_least(np.array([2.0, 1.0, 1.0, 5.0]), np.array([0, 3]), np.array([3, 1])).tolist()
        [1, 3]
    """
    least = np.flatnonzero(values == np.repeat(np.minimum.reduceat(values, starts), counts))
    return least[np.searchsorted(least, starts)]


def _round(cells: Cells, lon: Floats, lat: Floats) -> Floats:
    """The box round the points of each cell."""
    counts = cells.last - cells.first
    at = runs(cells.first, counts)
    starts = np.cumsum(counts) - counts
    if not len(starts):
        return np.zeros((4, 0))
    east, north = lon[at], lat[at]
    return np.stack(
        [
            np.minimum.reduceat(east, starts), np.minimum.reduceat(north, starts),
            np.maximum.reduceat(east, starts), np.maximum.reduceat(north, starts),
        ]
    )  # fmt: skip


def opened(nodes: Nodes, pairs: Pairs, limit_km: Floats | float) -> Pairs:
    """Balls larger than their owner's limit replaced by those that they hold; pieces stay."""
    node = pairs.node
    large = (node >= nodes.pieces) & (
        nodes.radius[node] > np.repeat(np.broadcast_to(limit_km, pairs.counts.shape), pairs.counts)
    )
    first = np.where(large, nodes.first[node], node)
    counts = np.where(large, nodes.last[node] - first, 1)
    total = np.add.reduceat(counts, pairs.starts) if len(counts) else pairs.counts
    return Pairs(total, runs(first, counts))


def _portions(cells: Cells, pairs: Pairs) -> Iterator[tuple[Indices, Pairs]]:
    """Each point of cells with all that its cell is left with."""
    points = cells.last - cells.first
    point, cell = runs(cells.first, points), np.repeat(np.arange(len(points)), points)
    for low, high in shares(pairs.counts[cell]):
        yield point[low:high], pairs.of(cell[low:high])


def shares(counts: Indices) -> Iterator[tuple[int, int]]:
    """Owners in portions of so many pairs; one owner at least in each."""
    ends = np.cumsum(counts)
    low = 0
    while low < len(counts):
        taken = ends[low - 1] if low else 0
        high = max(low + 1, int(np.searchsorted(ends, taken + _AT_ONCE, side="right")))
        yield low, high
        low = high
