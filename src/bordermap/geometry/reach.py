"""Which stretches of border lie within reach of points, and which kilometres of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bordermap.geometry.chords import in_space, within_chord
from bordermap.geometry.descent import Pairs, opened, shares
from bordermap.geometry.edges import Floats, Indices
from bordermap.geometry.index import BorderIndex

#: So many points, one after the other along the curve, are first looked at together.
_BLOCK: Final = 64
#: Balls of this share of the reach are fine enough to tell kilometres by.
_FINE: Final = 0.05


@dataclass(frozen=True, eq=False)
class Reached:
    """Stretches within reach of points: one row a point and stretch, sorted by point; shape (m,) each.

    Attributes:
        point: Number of the point.
        unit: Number of the stretch in the index.
        row: The border, a row of the frame that was given.
        low_km: The first kilometre along that border that is within reach.
        high_km: The last.
    """

    point: Indices
    unit: Indices
    row: Indices
    low_km: Floats
    high_km: Floats


def reached(
    index: BorderIndex, lon: Floats, lat: Floats, reach_km: Floats, own: Indices | None = None
) -> Reached:
    """The stretches that come as near to points as is asked.

    Args:
        index: The borders.
        lon: Degrees, shape (n,); quickest where points that follow on each other lie near each other.
        lat: Degrees, shape (n,).
        reach_km: How near to each point, kilometres, shape (n,).
        own: A stretch of each point that is known to be within reach, shape (n,): of it only the kilometres
            are asked, and a tenth of the reach at each end is good enough.

    Returns:
        None that is within reach is missing; one that is farther by less than half the length of its pieces
        may be there.

    Example:
        >>> from bordermap.geometry.borders import prepared
        >>> found = reached(prepared("AFG"), np.array([67.27833]), np.array([37.22417]), np.array([5.0]))
        >>> prepared("AFG").stretch[found.unit].tolist()
        ['AFG-UZB:balkh-surxondaryo']
    """
    nodes, places = index.nodes, np.ascontiguousarray(in_space(lon, lat).T)
    reach = within_chord(reach_km)
    hits = []
    for point, pairs in _blocks(index, places, reach):
        while len(pairs.node):
            owner = np.repeat(point, pairs.counts)
            away = places[:, owner] - nodes.place[:, pairs.node]
            far = np.sqrt(np.einsum("ij,ij->j", away, away))
            radius = nodes.radius[pairs.node]
            within = reach[owner]
            near = far - radius <= within
            ready = near & ((far + radius <= within) | (pairs.node < nodes.pieces))
            if own is not None:
                fine = near & (radius <= _FINE * within)
                ready |= fine & (index.unit[nodes.begin[pairs.node]] == own[owner])
            hits.append((owner[ready], pairs.node[ready]))
            pairs = pairs.only(near & ~ready)
            held = pairs.counts > 0
            point, pairs = point[held], opened(nodes, Pairs(pairs.counts[held], pairs.node), 0.0)
    point, node = (np.concatenate([np.zeros(0, dtype=np.int64), *each]) for each in zip(*hits, strict=True))
    return _gathered(index, point, node)


def _blocks(index: BorderIndex, places: Floats, reach: Floats) -> list[tuple[Indices, Pairs]]:
    """Points in portions with the largest balls that may be within their reach."""
    nodes, found = index.nodes, []
    count = places.shape[1]
    for low in range(0, count, _BLOCK):
        part = places[:, low : low + _BLOCK]
        middle = part.mean(axis=1, keepdims=True)
        spread = np.sqrt(((part - middle) ** 2).sum(axis=0).max()) + reach[low : low + _BLOCK].max()
        away = nodes.place[:, nodes.roots] - middle
        near = nodes.roots[np.sqrt((away**2).sum(axis=0)) - nodes.radius[nodes.roots] <= spread]
        if len(near):
            points = np.arange(low, min(low + _BLOCK, count))
            found.append((points, Pairs(np.full(len(points), len(near)), np.tile(near, len(points)))))
    return _together(found)


def _together(blocks: list[tuple[Indices, Pairs]]) -> list[tuple[Indices, Pairs]]:
    """Small blocks made into portions worth a step."""
    if not blocks:
        return []
    point = np.concatenate([points for points, _ in blocks])
    pairs = Pairs(
        np.concatenate([each.counts for _, each in blocks]), np.concatenate([each.node for _, each in blocks])
    )
    return [
        (point[low:high], Pairs(pairs.counts[low:high], pairs.node[_slice(pairs, low, high)]))
        for low, high in shares(pairs.counts)
    ]


def _slice(pairs: Pairs, low: int, high: int) -> slice:
    starts = pairs.starts
    return slice(int(starts[low]), int(starts[high - 1] + pairs.counts[high - 1]))


def _gathered(index: BorderIndex, point: Indices, node: Indices) -> Reached:
    """Hits by point and stretch."""
    first = index.nodes.begin[node]
    last = index.nodes.end[node] - 1
    unit, row = index.unit[first], index.row[first]
    low, high = index.before_km[first], index.before_km[last] + index.length_km[last]
    order = np.lexsort([row, unit, point])
    point, unit, row, low, high = point[order], unit[order], row[order], low[order], high[order]
    if not len(point):
        return Reached(point, unit, row, low, high)
    new = np.r_[True, (np.diff(point) != 0) | (np.diff(unit) != 0) | (np.diff(row) != 0)]
    starts = np.flatnonzero(new)
    return Reached(
        point[starts], unit[starts], row[starts],
        np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts),
    )  # fmt: skip
