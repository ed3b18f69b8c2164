"""Straight lines through the Earth: cheap bounds on geodesic distances, and the pieces of a border in space.

Let c be the straight distance in space between two places on the ellipsoid, and s their geodesic distance.
All normal curvatures of the ellipsoid lie between 1/R₁ = b/a² and 1/R₀ = a/b², therefore

* s ≤ 2 R₀ asin(c / 2R₀), by Schur's comparison theorem: a geodesic is curved at most like a circle of
  radius R₀;
* s ≥ 2 R₁ asin(c / 2R₁): the ellipsoid is an intersection of balls of radius R₁ (Blaschke), so it holds the
  spindle of all arcs of radius R₁ over the chord, and a path outside a spindle is no shorter than an arc.

The two differ by 1 cm at 100 km and by 10 m at 1,000 km, so what is nearest in space leaves few candidates
for the exact distance, and never loses the right one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bordermap.geometry.edges import WGS84, Floats, Indices

_A, _B = WGS84.a / 1000, WGS84.b / 1000
_SMALLEST_KM: Final = _B**2 / _A
_LARGEST_KM: Final = _A**2 / _B

#: No two places on Earth are farther apart.
FARTHEST_KM: Final = 20004.0
#: Of the sphere that stands for the ellipsoid where a small share is allowed for.
MEAN_RADIUS_KM: Final = 6371.0
#: A millimetre, for what rounding may do.
_SLACK_KM: Final = 1e-6


def in_space(lon: Floats, lat: Floats) -> Floats:
    """Places on the ellipsoid as points in space.

    Args:
        lon: Degrees, shape (n,).
        lat: Degrees, shape (n,).

    Returns:
        Earth-centred, Earth-fixed kilometres, shape (n, 3).

    Example:
        >>> in_space(np.array([0.0, 90.0]), np.array([0.0, 0.0])).round(3).tolist()
        [[6378.137, 0.0, 0.0], [0.0, 6378.137, 0.0]]
    """
    east, north = np.radians(lon), np.radians(lat)
    across = _A / np.sqrt(1 - WGS84.es * np.sin(north) ** 2)
    flat = across * np.cos(north)
    up = across * (1 - WGS84.es) * np.sin(north)
    return np.asarray(np.c_[flat * np.cos(east), flat * np.sin(east), up])


def at_most_km(chord: Floats) -> Floats:
    """The longest geodesic distance that a straight distance can mean, both in kilometres.

    Example:
        >>> at_most_km(np.array([1000.0])).round(2).tolist()
        [1001.04]
    """
    share = chord / (2 * _SMALLEST_KM)
    arc = 2 * _SMALLEST_KM * np.arcsin(np.minimum(share, 1))
    return np.asarray(np.where(share < 1, arc, FARTHEST_KM) + _SLACK_KM)


def within_chord(distance_km: Floats) -> Floats:
    """The straight distance beyond which nothing lies within a geodesic distance, both in kilometres.

    Example:
        >>> within_chord(at_most_km(np.array([100.0]))).round(5).tolist()
        [100.00002]
    """
    half_turn = np.minimum(distance_km / (2 * _LARGEST_KM), np.pi / 2)
    return 2 * _LARGEST_KM * np.sin(half_turn) + _SLACK_KM


def arc_km(chord: Floats) -> Floats:
    """The arc over a chord on a sphere of the Earth's mean radius, both in kilometres.

    Example:
        >>> arc_km(np.array([1000.0])).round(2).tolist()
        [1001.03]
    """
    return np.asarray(2 * MEAN_RADIUS_KM * np.arcsin(np.minimum(chord / (2 * MEAN_RADIUS_KM), 1)))


@dataclass(frozen=True, eq=False)
class Chords:
    """Short pieces of lines, each the straight segment in space between its ends.

    Attributes:
        table: Start (three rows), step from start to end (three rows), both kilometres, and one over the
            square of the step's length; shape (7, n).
        sag: How far the piece itself may lie from its segment, kilometres, shape (n,).
    """

    table: Floats
    sag: Floats

    @property
    def start(self) -> Floats:
        """Where each begins, kilometres in space, shape (n, 3)."""
        return np.asarray(self.table[:3].T)

    @property
    def step(self) -> Floats:
        """From start to end, shape (n, 3)."""
        return np.asarray(self.table[3:6].T)


def chords_of(pieces: Floats) -> Chords:
    """The pieces (n, 4), lon and lat of both ends, as segments in space."""
    start, end = in_space(pieces[:, 0], pieces[:, 1]), in_space(pieces[:, 2], pieces[:, 3])
    step = end - start
    off = np.zeros(len(pieces))
    for share in (0.25, 0.5, 0.75):
        lon, lat = (pieces[:, :2] * (1 - share) + pieces[:, 2:] * share).T
        off = np.maximum(off, np.linalg.norm(in_space(lon, lat) - start - share * step, axis=1))
    squared = np.einsum("ij,ij->i", step, step)
    inverse = np.divide(1.0, squared, out=np.zeros_like(squared), where=squared > 0)
    # A piece of 2 km is a circle's arc to all intents: a quarter more than its largest sag is never reached.
    table = np.ascontiguousarray(np.c_[start, step, inverse].T)
    return Chords(table, 1.25 * off + _SLACK_KM)


def foot_shares(places: Floats, chords: Chords, point: Indices, piece: Indices) -> tuple[Floats, Floats]:
    """How near segments come to points in space, and where.

    Args:
        places: The points, kilometres, shape (3, n).
        chords: The segments.
        point: The point of each pair, shape (m,).
        piece: The segment to compare it with, shape (m,).

    Returns:
        ``(share, distance_km)``: 0 at the segment's start and 1 at its end; the straight distance.
    """
    away = [places[axis][point] - chords.table[axis][piece] for axis in range(3)]
    step = [chords.table[axis][piece] for axis in range(3, 6)]
    share = away[0] * step[0]
    share += away[1] * step[1]
    share += away[2] * step[2]
    share *= chords.table[6][piece]
    np.clip(share, 0, 1, out=share)
    squared = np.zeros_like(share)
    for axis in range(3):
        step[axis] *= share
        away[axis] -= step[axis]
        away[axis] *= away[axis]
        squared += away[axis]
    return share, np.sqrt(squared, out=squared)
