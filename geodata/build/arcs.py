"""Arcs: lines between countries, or between a country and the sea or nothing, each simplified exactly once.

Borders and country polygons are both made of these arcs, so that their vertices are the same numbers. An
edge that two countries have is a border; an edge that one country has is its outer limit (in OpenStreetMap
that is the limit of the territorial sea, not the coast).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache as memoize
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

import zones

AFGHANISTAN = "AF"
BORDER_TOLERANCE_M = 100.0
OUTER_TOLERANCE_M = 500.0
_STRIDE = 400 * zones.GRID
# Shipped coordinates are binary fractions: their doubles end in zeros, and files compress to two thirds.
# Six decimals give the source's number back where the detail is full.
FINE = 2.0**20  # 0.1 m
COARSE = 2.0**17  # 0.8 m


@dataclass(frozen=True)
class Arc:
    """One line: ISO 3166-1 alpha-2 of both sides (``b`` empty on an outer limit), and its vertices.

    ``full`` holds the unsimplified vertices as whole numbers of 1/GRID degree, ``kept`` the indices that
    stay.
    """

    a: str
    b: str
    full: zones.Points
    kept: NDArray[np.int64]
    tolerance_m: float

    @property
    def vertices(self) -> NDArray[np.float64]:
        """The simplified line's vertices in degrees, rounded; ends alike in all arcs that meet there."""
        degrees = self.full[self.kept] / zones.GRID
        step = FINE if self.tolerance_m == 0 else COARSE
        rounded = np.rint(degrees * step) / step
        rounded[[0, -1]] = np.rint(degrees[[0, -1]] * FINE) / FINE
        moved = (np.diff(rounded, axis=0) != 0).any(axis=1)
        kept: NDArray[np.float64] = rounded[np.concatenate([[True], moved])]
        return kept

    @property
    def line(self) -> shapely.LineString:
        """The simplified line in degrees."""
        return shapely.LineString(self.vertices)


@memoize
def world(cache: Path) -> tuple[list[Arc], dict[str, list[shapely.Polygon]]]:
    """All arcs of the world in a fixed order, and the full polygons they come from."""
    countries = zones.polygons(cache)
    arcs = [_simplified(arc) for arc in _noded(_merged(_runs(countries)))]
    return _untangled(arcs), countries


def resimplified(arcs: list[Arc], tolerance_m: Callable[[Arc], float]) -> list[Arc]:
    """The same arcs with other tolerances, free of crossings."""
    whole = [replace(arc, kept=np.arange(len(arc.full)), tolerance_m=tolerance_m(arc)) for arc in arcs]
    return _untangled([_simplified(arc) for arc in whole])


def _rings(countries: dict[str, list[shapely.Polygon]]) -> list[tuple[int, zones.Points]]:
    """Closed rings on the grid, with the index of their country."""
    rings = []
    for number, polygons in enumerate(countries.values()):
        for ring in shapely.get_rings(polygons):
            xy = np.rint(shapely.get_coordinates(ring) * zones.GRID).astype(np.int64)
            changes = np.ones(len(xy), dtype=bool)
            changes[1:] = (np.diff(xy, axis=0) != 0).any(axis=1)
            rings.append((number, xy[changes]))
    return rings


def _runs(countries: dict[str, list[shapely.Polygon]]) -> dict[tuple[str, str], list[zones.Points]]:
    """Stretches of rings along which the same two countries meet, each edge once."""
    names = list(countries)
    rings = _rings(countries)
    keys = [ring[:, 0] * _STRIDE + ring[:, 1] for _, ring in rings]
    start = np.concatenate([key[:-1] for key in keys])
    end = np.concatenate([key[1:] for key in keys])
    owner = np.repeat([number for number, _ in rings], [len(key) - 1 for key in keys]).astype(np.int16)
    label = _labels(np.minimum(start, end), np.maximum(start, end), owner, len(names))
    runs: dict[tuple[str, str], list[zones.Points]] = {}
    offset = 0
    for _, ring in rings:
        labels = label[offset : offset + len(ring) - 1]
        offset += len(ring) - 1
        cuts = np.flatnonzero(np.diff(labels)) + 1
        for first, last in zip([0, *cuts], [*cuts, len(labels)], strict=True):
            if labels[first] >= 0:
                a, b = divmod(int(labels[first]), 1000)
                runs.setdefault((names[a], names[b] if b < len(names) else ""), []).append(
                    ring[first : last + 1]
                )
    return runs


def _labels(
    low: NDArray[np.int64], high: NDArray[np.int64], owner: NDArray[np.int16], count: int
) -> NDArray[np.int64]:
    """For every edge ``1000 * a + b`` at its first occurrence; -1 at repeats and inside a country."""
    order = np.lexsort((owner, high, low))
    low, high, who = low[order], high[order], owner[order]
    same_edge = (low[1:] == low[:-1]) & (high[1:] == high[:-1])
    same_both = same_edge & (who[1:] == who[:-1])
    # An edge that a country has twice lies inside it.
    inside = np.zeros(len(who), dtype=bool)
    inside[1:] |= same_both
    inside[:-1] |= same_both
    label = np.full(len(who), -1, dtype=np.int64)
    first = np.flatnonzero(~np.concatenate([[False], same_edge]))
    size = np.diff(np.append(first, len(who)))
    alone = first[(size == 1) & ~inside[first]]
    label[alone] = who[alone].astype(np.int64) * 1000 + count
    pair = first[(size == 2)]
    pair = pair[~inside[pair]]
    label[pair] = who[pair].astype(np.int64) * 1000 + who[pair + 1]
    for at in first[size > 2]:
        single = np.flatnonzero(~inside[at : at + size[first.searchsorted(at)]])
        if len(single) > 2:
            raise ValueError(
                f"an edge belongs to {len(single)} countries; name the overlap in zones.OVERLAPS"
            )
        if len(single):
            partner = who[at + single[1]] if len(single) == 2 else count
            label[at + single[0]] = int(who[at + single[0]]) * 1000 + int(partner)
    found = np.empty_like(label)
    found[order] = label
    return found


def _merged(runs: dict[tuple[str, str], list[zones.Points]]) -> list[Arc]:
    arcs = []
    for (a, b), pieces in sorted(runs.items()):
        merged = shapely.line_merge(shapely.MultiLineString([piece.astype(float) for piece in pieces]))
        for line in shapely.get_parts(merged):
            xy = _oriented(np.rint(shapely.get_coordinates(line)).astype(np.int64))
            full_detail = AFGHANISTAN in (a, b)
            tolerance = 0.0 if full_detail else BORDER_TOLERANCE_M if b else OUTER_TOLERANCE_M
            arcs.append(Arc(a, b, xy, np.arange(len(xy)), tolerance))
    return sorted(arcs, key=_place)


def _noded(arcs: list[Arc]) -> list[Arc]:
    """Cut arcs at vertices where they touch another arc or themselves: Jungholz hangs on Austria by one."""
    keys = [arc.full[:, 0] * _STRIDE + arc.full[:, 1] for arc in arcs]
    every = np.concatenate([key[:-1] if key[0] == key[-1] else key for key in keys])
    values, counts = np.unique(every, return_counts=True)
    nodes = values[counts > 1]
    parts = []
    for arc, key in zip(arcs, keys, strict=True):
        cuts = [0, *(np.flatnonzero(np.isin(key[1:-1], nodes)) + 1).tolist(), len(key) - 1]
        for first, last in itertools.pairwise(cuts):
            xy = _oriented(arc.full[first : last + 1])
            parts.append(replace(arc, full=xy, kept=np.arange(len(xy))))
    return sorted(parts, key=_place)


def _place(arc: Arc) -> tuple[str, str, list[int], list[int], int]:
    return arc.a, arc.b, arc.full[0].tolist(), arc.full[-1].tolist(), len(arc.full)


def _oriented(xy: zones.Points) -> zones.Points:
    """Rings start at their lowest vertex, lines at their lower end."""
    if (xy[0] == xy[-1]).all():
        low = int(np.lexsort((xy[:-1, 1], xy[:-1, 0]))[0])
        xy = np.concatenate([xy[low:-1], xy[: low + 1]])
        return xy if xy[1].tolist() < xy[-2].tolist() else xy[::-1]
    return xy if xy[0].tolist() < xy[-1].tolist() else xy[::-1]


def _simplified(arc: Arc) -> Arc:
    """Douglas-Peucker with both ends kept, in metres on a plane scaled at the arc's middle latitude.

    The tolerance is a fiftieth of the arc's length at most, and a four-hundredth of a closed arc's, so that
    small exclaves keep their shape; closed arcs keep four vertices at least.
    """
    if arc.tolerance_m == 0:
        return arc
    degrees = arc.full / zones.GRID
    middle = np.radians((degrees[:, 1].min() + degrees[:, 1].max()) / 2)
    metres = degrees * [111_320.0 * max(np.cos(middle), 0.05), 110_574.0]
    # The third ordinate carries the index through the simplification.
    line = shapely.LineString(np.column_stack([metres, np.arange(len(metres), dtype=float)]))
    tolerance = min(arc.tolerance_m, float(line.length) / (400 if _closed(arc) else 50))
    short = shapely.simplify(line, tolerance, preserve_topology=False)
    kept = np.rint(shapely.get_coordinates(short, include_z=True)[:, 2]).astype(np.int64)
    kept[0], kept[-1] = 0, len(metres) - 1
    if len(kept) < (4 if _closed(arc) else 2):
        return _simplified(replace(arc, tolerance_m=tolerance / 2))
    return replace(arc, kept=kept, tolerance_m=tolerance)


def _closed(arc: Arc) -> bool:
    return bool((arc.full[0] == arc.full[-1]).all())


def _untangled(arcs: list[Arc]) -> list[Arc]:
    """Simplify arcs that cross themselves or another less and less, until none does."""
    for _ in range(12):
        # Arcs at full detail cannot get finer: Antarctica's zones cross in the source.
        crossing = {index for index in _crossings(arcs) if len(arcs[index].kept) < len(arcs[index].full)}
        if not crossing:
            return arcs
        arcs = [_finer(arc) if index in crossing else arc for index, arc in enumerate(arcs)]
    raise ValueError(f"arcs still cross: {sorted((arcs[i].a, arcs[i].b) for i in crossing)}")


def _finer(arc: Arc) -> Arc:
    whole = replace(arc, kept=np.arange(len(arc.full)))
    return whole if arc.tolerance_m < 1 else _simplified(replace(whole, tolerance_m=arc.tolerance_m / 2))


def _crossings(arcs: list[Arc]) -> set[int]:
    """Indices of arcs that meet an arc, or themselves, elsewhere than at a shared vertex."""
    vertices = [arc.vertices for arc in arcs]
    start = np.concatenate([xy[:-1] for xy in vertices])
    end = np.concatenate([xy[1:] for xy in vertices])
    owner = np.repeat(np.arange(len(arcs)), [len(xy) - 1 for xy in vertices])
    segments = np.asarray(shapely.linestrings(np.stack([start, end], axis=1)))
    one, two = shapely.STRtree(segments).query(segments, predicate="intersects")
    one, two = one[one < two], two[one < two]
    meets = np.zeros(len(one), dtype=bool)
    folds = np.zeros(len(one), dtype=bool)
    for here, there in ((start, end), (end, start)):
        for this, that in ((start, end), (end, start)):
            shared = (here[one] == this[two]).all(axis=1)
            ahead, aside = there[one] - here[one], that[two] - this[two]
            turn = ahead[:, 0] * aside[:, 1] - ahead[:, 1] * aside[:, 0]
            meets |= shared
            # Two edges that leave a vertex in the same direction lie on each other.
            folds |= shared & (turn == 0) & ((ahead * aside).sum(axis=1) > 0)
    bad = ~meets | folds
    return set(owner[one[bad]].tolist()) | set(owner[two[bad]].tolist())
