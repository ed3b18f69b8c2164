"""Pairs of incidents that may be the same by time and place, found without comparing each with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bordermap.geometry.geodesy import inverse
from bordermap.geometry.runs import ranks, runs
from bordermap.incidents.pairs.sightings import NO_DAY, Floats, Ints, Sightings

#: Edge of the cubes into which space is parted; about the reach of two places.
_CUBE_KM: Final = 64.0
_EARTH_KM: Final = 6378.137
#: A chord is never longer than its geodesic; the ellipsoid, taken for a sphere here, asks for some room.
_ROOM: Final = 1.02
#: How many later ones of one cube or area each is compared with at most.
_MOST_COMPARED: Final = 400


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of incidents whose times and places may be the same.

    Attributes:
        one: Position of the first of each pair in the sightings.
        other: Position of the second; always the larger.
        distance_km: Between their nearest points of location; NaN where one is an area.
        nearness: 4 at one point (1 km), 3 within what is known of both, 2 in one first-order area, 1 in one
            country, 0 not known.
        cut: How many comparisons were left out, because too many fell on one place and time.
    """

    one: Ints
    other: Ints
    distance_km: Floats
    nearness: Ints
    cut: int


def pair(seen: Sightings, *, slack_days: int = 0, slack_km: float = 0.0) -> Pairs:
    """The pairs that may be the same by time and place.

    Args:
        seen: The incidents.
        slack_days: Days by which two may be apart beyond what is known of their dates.
        slack_km: Kilometres by which two may be apart beyond what is known of their places.

    Returns:
        Each pair once, the earlier position first, in the order of positions.
    """
    place = _Place(seen, slack_km)
    found = [place.of_points(slack_days), *place.of_areas(slack_days), _of_sources(seen, slack_days)]
    one, other, distance, nearness = (np.concatenate([part[at] for part in found]) for at in range(4))
    low, high = np.minimum(one, other), np.maximum(one, other)
    # Of several ways in which two may be near, the nearest counts.
    order = np.lexsort((np.nan_to_num(distance, nan=1e9), -nearness, high, low))
    low, high = low[order], high[order]
    new = np.ones(len(low), dtype=bool)
    new[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    kept = order[new]
    return Pairs(low[new], high[new], distance[kept], nearness[kept].astype(np.int64), place.cut)


Part = tuple[Ints, Ints, Floats, Ints]


class _Place:
    """Locations in space and in areas; counts what was left out."""

    def __init__(self, seen: Sightings, slack_km: float) -> None:
        self.seen, self.slack_km, self.cut = seen, slack_km, 0
        self.dated = seen.first[seen.owner] != NO_DAY if len(seen.owner) else np.empty(0, dtype=bool)

    def of_points(self, slack: int) -> Part:
        seen = self.seen
        at = np.flatnonzero(self.dated & np.isfinite(seen.lon))
        cubes, which = _cubes(seen.lon[at], seen.lat[at], seen.radius_km[at] + self.slack_km / 2)
        a, b = self._meeting(cubes, at[which], at[which], slack)
        key = np.unique(np.minimum(a, b) * len(seen.owner) + np.maximum(a, b)) if len(a) else a
        a, b = key // max(len(seen.owner), 1), key % max(len(seen.owner), 1)
        distance = inverse(seen.lon[a], seen.lat[a], seen.lon[b], seen.lat[b])[0] if len(a) else np.empty(0)
        near = distance <= seen.radius_km[a] + seen.radius_km[b] + self.slack_km
        a, b, distance = a[near], b[near], distance[near]
        return self._owners(a, b, distance, np.where(distance <= 1.0, 4, 3))

    def of_areas(self, slack: int) -> list[Part]:
        """What is only known to an area may be anything in it; to a country, anything so known."""
        seen = self.seen
        areal = self.dated & np.isin(seen.precision, ("admin1", "admin2"))
        country = self.dated & (seen.precision == "country")
        in_area = np.flatnonzero(self.dated & (seen.area >= 0) & (seen.precision != "country"))
        known = np.flatnonzero(areal & (seen.area >= 0))
        both = np.flatnonzero(country & (seen.country >= 0))
        parts = [
            (seen.area, known, in_area, 2),
            (seen.area, in_area, known, 2),
            (seen.country, both, both, 1),
        ]
        return [
            self._owners(a, b, np.full(len(a), np.nan), np.full(len(a), nearness))
            for key, these, those, nearness in parts
            for a, b in [self._meeting(None, these, those, slack, key)]
        ]

    def _owners(self, a: Ints, b: Ints, distance: Floats, nearness: Ints) -> Part:
        one, other = self.seen.owner[a], self.seen.owner[b]
        two = one != other
        return one[two], other[two], distance[two], nearness[two]

    def _meeting(
        self, block: Ints | None, these: Ints, those: Ints, slack: int, key: Ints | None = None
    ) -> tuple[Ints, Ints]:
        """Locations of one block whose times overlap: each of these with those that begin while it lasts."""
        if not len(these) or not len(those):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        blocks = (block, block) if key is None else (key[these], key[those])
        assert blocks[0] is not None and blocks[1] is not None
        first, last = self.seen.first[self.seen.owner], self.seen.last[self.seen.owner] + slack
        least = int(first[np.concatenate([these, those])].min())
        span = int(last[these].max()) - least + 2
        span = max(span, int(first[those].max()) - least + 2)
        starts = blocks[1] * span + (first[those] - least)
        order = np.argsort(starts, kind="stable")
        low = np.searchsorted(starts[order], blocks[0] * span + (first[these] - least), side="left")
        high = np.searchsorted(starts[order], blocks[0] * span + (last[these] - least), side="right")
        counts = np.maximum(high - low, 0)
        self.cut += int(np.maximum(counts - _MOST_COMPARED, 0).sum())
        counts = np.minimum(counts, _MOST_COMPARED)
        return np.repeat(these, counts), those[order[runs(low, counts)]]


def _cubes(lon: Floats, lat: Floats, radius_km: Floats) -> tuple[Ints, Ints]:
    """The cubes of space that each disc touches: poles and the antimeridian are nothing special there."""
    east, north = np.radians(lon), np.radians(lat)
    centre = _EARTH_KM * np.c_[np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)]
    # Latitudes are geodetic: a degree of them is up to 0.7 % longer than on this sphere, hence the room.
    reach = (radius_km * _ROOM)[:, None]
    low = np.floor((centre - reach + _EARTH_KM) / _CUBE_KM).astype(np.int64)
    high = np.floor((centre + reach + _EARTH_KM) / _CUBE_KM).astype(np.int64)
    sides = high - low + 1
    counts = sides.prod(axis=1)
    which = np.repeat(np.arange(len(lon)), counts)
    within = ranks(counts)
    x = low[which, 0] + within % sides[which, 0]
    y = low[which, 1] + within // sides[which, 0] % sides[which, 1]
    z = low[which, 2] + within // (sides[which, 0] * sides[which, 1])
    keys = (x * 1024 + y) * 1024 + z
    _, numbers = np.unique(keys, return_inverse=True)
    return numbers.astype(np.int64), which


def _of_sources(seen: Sightings, slack: int) -> Part:
    """Incidents that one address reports, wherever they lie, when their times overlap."""
    order = np.argsort(seen.sources % seen.stride, kind="stable")
    owner, source = seen.sources[order] // seen.stride, seen.sources[order] % seen.stride
    ends = np.searchsorted(source, source, side="right")
    counts = ends - np.arange(len(source)) - 1
    at = np.repeat(np.arange(len(source)), counts)
    a, b = owner[at], owner[at + 1 + ranks(counts)]
    dated = (seen.first[a] != NO_DAY) & (seen.first[b] != NO_DAY) & (a != b)
    meet = dated & (seen.first[a] <= seen.last[b] + slack) & (seen.first[b] <= seen.last[a] + slack)
    a, b = a[meet], b[meet]
    return a, b, np.full(len(a), np.nan), np.zeros(len(a), dtype=np.int64)


def shared(keys: Ints, stride: int, one: Ints, other: Ints) -> NDArray[np.bool_]:
    """Whether the two of each pair share a name.

    Args:
        keys: Sorted codes ``incident * stride + name``.
        stride: See ``keys``.
        one: Positions of the first of each pair.
        other: Positions of the second.

    Example:
        >>> shared(np.array([0, 11, 21]), 10, np.array([1, 0]), np.array([2, 1])).tolist()
        [True, False]
    """
    found = np.zeros(len(one), dtype=bool)
    if not len(keys):
        return found
    low = np.searchsorted(keys, one * stride)
    counts = np.searchsorted(keys, (one + 1) * stride) - low
    for nth in range(int(counts.max(initial=0))):
        asked = np.flatnonzero(~found & (counts > nth))
        wanted = other[asked] * stride + keys[low[asked] + nth] % stride
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        found[asked] = keys[at] == wanted
    return found
