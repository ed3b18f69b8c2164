"""How far two shapes lie apart: the nearest and the farthest any of their places may be, never too narrow.

The bounds hold for every pair of places. What is nearest and what is farthest lies on the outlines; these are
cut into ever shorter pieces, and only pairs that may still be it are looked at again.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.geometry.chords import FARTHEST_KM, at_most_km, in_space
from bordermap.geometry.edges import WGS84, Floats, cut, edges_of
from bordermap.geometry.runs import runs

#: Pieces of outlines, kilometres, from coarse to fine: the bounds are off by no more than the last.
_STEPS_KM: Final = (16.0, 2.0, 0.25, 0.03, 0.004)
#: A piece is hardly longer on one side of its middle than on the other; this much is never reached.
_UNEVEN: Final = 1.02
_SLACK_KM: Final = 1e-6
#: So many neighbouring pieces are looked at together first.
_RUN: Final = 32
#: So many pairs are compared at once.
_AT_ONCE: Final = 4_000_000
#: A disc's outline has 96 vertices and lies this share of the radius within the circle.
_WITHIN_CIRCLE: Final = 1 - np.cos(np.pi / 96)


class Apart(NamedTuple):
    """Between which bounds all distances from one shape to another lie.

    Attributes:
        low_km: No two places are nearer to each other; 0 where the shapes meet.
        high_km: No two places are farther from each other.
    """

    low_km: float
    high_km: float


def apart(one: BaseGeometry, other: BaseGeometry, *, radius_km: float = 0.0) -> Apart:
    """The least and the most geodesic distance between places of two shapes.

    Args:
        one: Points, lines or polygons in lon/lat (EPSG:4326), edges straight as in RFC 7946; not empty.
        other: The same.
        radius_km: The radii of the shapes that are discs, added up: a disc reaches a little beyond its
            polygon.

    Returns:
        Bounds that are at most some metres wider than they must be, and never narrower.

    Example:
        >>> termez, hairatan = shapely.Point(67.27833, 37.22417), shapely.Point(67.4241, 37.2214)
        >>> [round(km, 3) for km in apart(termez, hairatan)]
        [12.941, 12.941]
        >>> apart(termez.buffer(1), hairatan).low_km
        0.0
    """
    beyond = radius_km * _WITHIN_CIRCLE
    pieces = _outline(one), _outline(other)
    low = 0.0 if shapely.intersects(one, other) else max(_bound(*pieces, sign=1) - beyond, 0.0)
    high = min(-_bound(*pieces, sign=-1) + beyond, FARTHEST_KM)
    return Apart(float(low), float(max(high, low)))


def _outline(shape: BaseGeometry) -> Floats:
    """The edges of a shape, lon and lat of both ends; a point is an edge without length."""
    parts = shapely.get_parts(shape)
    points = parts[shapely.get_type_id(parts) == shapely.GeometryType.POINT]
    at = shapely.get_coordinates(points)
    edges, _ = edges_of([shape])
    return np.concatenate([edges, np.hstack([at, at])])


def _bound(one: Floats, other: Floats, sign: int) -> float:
    """A lower bound of the least distance (sign 1), or minus an upper bound of the most (sign -1)."""
    one, other = _cut(one, _STEPS_KM[0])[0], _cut(other, _STEPS_KM[0])[0]
    # Runs of neighbouring pieces first: of two outlines with thousands of them few are near or far enough.
    sides = _Runs.of(one), _Runs.of(other)
    pairs, lower = _kept(
        sides[0].balls, sides[1].balls, _all_pairs(*(len(each.balls[1]) for each in sides)), sign
    )
    pairs = _inherited(pairs, sides[0].owner, sides[1].owner)
    for step in _STEPS_KM:
        one, of_one = _cut(one, step)
        other, of_other = _cut(other, step)
        pairs, lower = _kept(_balls(one), _balls(other), _inherited(pairs, of_one, of_other), sign)
        one, other, pairs = _only_used(one, other, pairs)
    return lower


class _Runs(NamedTuple):
    """Neighbouring pieces together: balls that hold them, and the run of each piece."""

    balls: tuple[Floats, Floats]
    owner: Any

    @classmethod
    def of(cls, pieces: Floats) -> _Runs:
        owner = np.arange(len(pieces)) // _RUN
        middles, radius = _balls(pieces)
        chosen = middles[np.minimum(np.arange(owner[-1] + 1) * _RUN + _RUN // 2, len(pieces) - 1)]
        away = np.linalg.norm(in_space(*middles.T) - in_space(*chosen[owner].T), axis=1)
        reach = np.zeros(len(chosen))
        np.maximum.at(reach, owner, at_most_km(away) + radius)
        return cls((chosen, reach), owner)


def _cut(edges: Floats, step: float) -> tuple[Floats, Any]:
    return cut(edges, step) if len(edges) else (edges, np.zeros(0, dtype=np.int64))


def _all_pairs(rows: int, columns: int) -> tuple[Any, Any]:
    """Every pair, as the runs of the second that go with each of the first."""
    return np.repeat(np.arange(rows), columns), np.tile(np.arange(columns), rows)


def _inherited(pairs: tuple[Any, Any], of_one: Any, of_other: Any) -> tuple[Any, Any]:
    """The pairs of what pieces were cut into, from the pairs of these pieces."""
    first, second = pairs
    for side, owner in enumerate((of_one, of_other)):
        counts = np.bincount(owner)
        starts = np.cumsum(counts) - counts
        which = first if side == 0 else second
        repeats = counts[which]
        mine = runs(starts[which], repeats)
        first, second = (mine, np.repeat(second, repeats)) if side == 0 else (np.repeat(first, repeats), mine)
    return first, second


def _kept(
    one: tuple[Floats, Floats], other: tuple[Floats, Floats], pairs: tuple[Any, Any], sign: int
) -> tuple[tuple[Any, Any], float]:
    """The pairs of balls that may hold the extreme, and the bound that all of them leave."""
    first, second = pairs
    lower, best = np.inf, np.inf
    bounds = []
    for start in range(0, len(first), _AT_ONCE):
        a, b = first[start : start + _AT_ONCE], second[start : start + _AT_ONCE]
        between = sign * _between(one[0][a], other[0][b])
        off = one[1][a] + other[1][b]
        bounds.append(between - off)
        best, lower = min(best, float((between + off).min())), min(lower, float((between - off).min()))
    keep = np.concatenate(bounds) <= best + _SLACK_KM
    return (first[keep], second[keep]), lower


def _balls(pieces: Floats) -> tuple[Floats, Floats]:
    """The middles of pieces, lon and lat, and how far any place of a piece is from its middle, at most."""
    middle = (pieces[:, :2] + pieces[:, 2:]) / 2
    centre = in_space(middle[:, 0], middle[:, 1])
    ends = [np.linalg.norm(in_space(pieces[:, at], pieces[:, at + 1]) - centre, axis=1) for at in (0, 2)]
    return middle, np.asarray(at_most_km(np.maximum(*ends)) * _UNEVEN)


def _between(one: Floats, other: Floats) -> Floats:
    lon_a, lat_a, lon_b, lat_b = (np.ascontiguousarray(each) for each in (*one.T, *other.T))
    _, _, metres = WGS84.inv(lon_a, lat_a, lon_b, lat_b)
    return np.asarray(metres) / 1000


def _only_used(one: Floats, other: Floats, pairs: tuple[Any, Any]) -> tuple[Floats, Floats, tuple[Any, Any]]:
    """The pieces of pairs that are left, renumbered."""
    (used_a, first), (used_b, second) = (np.unique(each, return_inverse=True) for each in pairs)
    return one[used_a], other[used_b], (first, second)
