"""How far points are from lines, found another way than bordermap finds it: exact bounds, then golden section.

Only geographiclib measures distances here. Edges are straight in lon/lat (RFC 7946). Two facts prune:

* on the ellipsoid a distance is a metric, so what lies within ``reach`` of a place M is no nearer to a point P
  than ``PM - reach``;
* a distance changes by at most a kilometre for each kilometre along an edge.

What cannot be pruned is halved, down to pieces of 500 m, and these are searched by golden section. Nothing
assumes that an edge has one low only, so poles, antipodes and edges of thousands of kilometres need no care.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray

Point = tuple[float, float]
#: What the answer may be off, in kilometres: a tenth of a millimetre.
ORACLE_KM: Final = 1e-7
_PIECE_KM: Final = 0.5
_GOLDEN: Final = (math.sqrt(5) - 1) / 2
#: No degree is longer, north or east.
_DEGREE_KM: Final = 111.7
_LEAF: Final = 4


class Low(NamedTuple):
    """The nearest place on lines: its distance, the line's number, and where it is."""

    distance_km: float
    line: int
    lon: float
    lat: float


def geodesic_km(a: Point, b: Point) -> float:
    """By Karney's inverse, in pure Python."""
    return float(Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0], Geodesic.DISTANCE)["s12"]) / 1000


class Oracle:
    """Lines to which distances are asked.

    Args:
        lines: Shapely lines in EPSG:4326, at least one of them with a vertex.
    """

    def __init__(self, lines: Sequence[Any]) -> None:
        parts, of_line = shapely.get_parts(np.asarray(lines, dtype=object), return_index=True)
        xy, of_part = shapely.get_coordinates(parts, return_index=True)
        same = of_part[1:] == of_part[:-1]
        self._edges = np.hstack([xy[:-1], xy[1:]])[same]
        self._line = of_line[of_part[:-1][same]]
        self._length = _longest_km(self._edges)
        self._space = np.stack([_space(self._edges[:, :2]), _space(self._edges[:, 2:])], axis=1)
        self._reach: dict[tuple[int, int], float] = {}

    def nearest(self, lon: float, lat: float, line: int | None = None) -> Low:
        """The nearest place on all lines, or on one of them."""
        search = _Search((lon, lat), self._edges, self._line)
        own = np.arange(len(self._line)) if line is None else np.flatnonzero(self._line == line)
        heap: list[tuple[float, int, int, float, float]] = []
        self._push_run(heap, search, int(own[0]), int(own[-1]) + 1)
        while heap and heap[0][0] < search.best.distance_km - ORACLE_KM:
            _, first, end, low, high = heapq.heappop(heap)
            if end - first > _LEAF:
                middle = (first + end) // 2
                self._push_run(heap, search, first, middle)
                self._push_run(heap, search, middle, end)
            elif end - first > 0:
                for edge in range(first, end):
                    search.look(edge, 0.0), search.look(edge, 1.0)
                    self._push_piece(heap, search, edge, 0.0, 1.0)
            elif self._length[first] * (high - low) > _PIECE_KM:
                middle_share = (low + high) / 2
                self._push_piece(heap, search, first, low, middle_share)
                self._push_piece(heap, search, first, middle_share, high)
            else:
                search.golden_section(first, low, high, float(self._length[first]))
        return search.best

    def _push_run(self, heap: Any, search: _Search, first: int, end: int) -> None:
        middle = (first + end) // 2
        lower = search.look(middle, 0.0) - self._run_reach(first, end)
        heapq.heappush(heap, (lower, first, end, 0.0, 1.0))

    def _push_piece(self, heap: Any, search: _Search, edge: int, low: float, high: float) -> None:
        reach = float(self._length[edge]) * (high - low) / 2
        # An empty run stands for a piece of one edge.
        heapq.heappush(heap, (search.look(edge, (low + high) / 2) - reach, edge, edge, low, high))

    def _run_reach(self, first: int, end: int) -> float:
        """How far anything on a run of edges may be from the first vertex of its middle edge."""
        if (first, end) not in self._reach:
            away = self._space[first:end] - self._space[(first + end) // 2, 0]
            chord = float(np.linalg.norm(away, axis=2).max())
            # A geodesic is at most π/2 times its chord on a sphere, 1.574 times on WGS84; 1.002 below 1,000 km.
            longest = chord * (1.01 if chord < 1000 else 1.6)
            self._reach[first, end] = longest + float(self._length[first:end].max()) / 2
        return self._reach[first, end]


class _Search:
    """One point's search: what was looked at so far, and the best of it."""

    def __init__(self, point: Point, edges: NDArray[np.float64], line: NDArray[np.int64]) -> None:
        self.point, self._edges, self._line = point, edges, line
        self.best = Low(math.inf, -1, math.nan, math.nan)

    def look(self, edge: int, share: float) -> float:
        """The distance to a place on an edge, kept if it is the best so far."""
        a, b, c, d = self._edges[edge].tolist()
        place = a * (1 - share) + c * share, b * (1 - share) + d * share
        distance = geodesic_km(self.point, place)
        if distance < self.best.distance_km:
            self.best = Low(distance, int(self._line[edge]), *place)
        return distance

    def golden_section(self, edge: int, low: float, high: float, length: float) -> None:
        """Follow a piece to its low; given up as soon as it cannot be below the best."""
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        at_left, at_right = self.look(edge, left), self.look(edge, right)
        self.look(edge, low), self.look(edge, high)
        while (width := (high - low) * length) > ORACLE_KM:
            if min(at_left, at_right) - width > self.best.distance_km:
                return
            if at_left < at_right:
                high, right, at_right = right, left, at_left
                left = high - _GOLDEN * (high - low)
                at_left = self.look(edge, left)
            else:
                low, left, at_left = left, right, at_right
                right = low + _GOLDEN * (high - low)
                at_right = self.look(edge, right)


def _longest_km(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """No edge is longer than this."""
    lat = np.abs(edges[:, 1::2])
    nearest_equator = np.where(edges[:, 1] * edges[:, 3] < 0, 0, lat.min(axis=1))
    east = np.abs(edges[:, 2] - edges[:, 0]) * np.cos(np.radians(nearest_equator))
    return np.asarray(_DEGREE_KM * np.hypot(east, edges[:, 3] - edges[:, 1]))


def _space(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Earth-centred kilometres, by the reduced latitude."""
    a, b = Geodesic.WGS84.a / 1000, Geodesic.WGS84.a * (1 - Geodesic.WGS84.f) / 1000
    east, north = np.radians(lonlat).T
    reduced = np.arctan2(b * np.sin(north), a * np.cos(north))
    flat = a * np.cos(reduced)
    return np.column_stack([flat * np.cos(east), flat * np.sin(east), b * np.sin(reduced)])
