"""stretches.fgb: Afghanistan's borders cut by the first-order areas on both sides.

Every edge of a border belongs to the nearest area of each of its two countries. Runs shorter than 3 km go
to the run before them. Cuts lie on vertices of the border, so that the stretches of a border are the
border.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

import borders
import provinces
import tables

SHORT_KM = 3.0
COLUMNS = [
    "stretch_id",
    "border_pair",
    "admin1_a",
    "admin1_b",
    "name_a",
    "name_b",
    "from_km",
    "to_km",
    "geometry",
]


@dataclass(frozen=True)
class _Run:
    """Edges ``first`` to ``last`` (not included) and the areas on both sides."""

    first: int
    last: int
    areas: tuple[str, str]


def build(out: Path, cache: Path) -> list[Path]:
    """Write stretches.fgb; reads borders.fgb of the same folder."""
    lines = tables.read(out / "borders.fgb").set_index("border_pair").geometry
    areas = provinces.world(cache)
    rows = [row for pair in sorted(borders.CLOCKWISE) for row in _rows(pair, lines[pair], areas)]
    return [tables.write(gpd.GeoDataFrame(rows, columns=COLUMNS, crs="EPSG:4326"), out / "stretches.fgb")]


def _rows(pair: str, line: shapely.LineString, areas: list[provinces.Province]) -> list[dict[str, Any]]:
    xy = shapely.get_coordinates(line)
    lengths = tables.WGS84.inv(*xy[:-1].T, *xy[1:].T)[2]
    km = np.concatenate([[0.0], np.cumsum(lengths) / 1000])
    sides = [_nearest(xy, [area for area in areas if area.iso3 == iso3]) for iso3 in _sides(pair)]
    names = {area.code: area.name for area in areas}
    seen: Counter[str] = Counter()
    rows = []
    for run in _smoothed(_runs(sides[0], sides[1]), km):
        a, b = run.areas
        slug = f"{pair}:{_slug(names[a])}-{_slug(names[b])}"
        seen[slug] += 1
        rows.append(
            {
                "stretch_id": slug if seen[slug] == 1 else f"{slug}-{seen[slug]}",
                "border_pair": pair,
                "admin1_a": a,
                "admin1_b": b,
                "name_a": names[a],
                "name_b": names[b],
                "from_km": round(float(km[run.first]), 3),
                "to_km": round(float(km[run.last]), 3),
                "geometry": shapely.LineString(xy[run.first : run.last + 1]),
            }
        )
    return rows


def _sides(pair: str) -> tuple[str, str]:
    (other,) = set(pair.split("-")) - {"AFG"}
    return "AFG", other


def _nearest(xy: NDArray[np.float64], areas: list[provinces.Province]) -> list[str]:
    """The key of the area nearest to the middle of every edge; of several that hold it, the first by key."""
    middles = np.asarray(shapely.points((xy[:-1] + xy[1:]) / 2))
    edge, area = shapely.STRtree([area.shape for area in areas]).query_nearest(middles)
    found = [""] * len(middles)
    for index, other in sorted(zip(edge.tolist(), area.tolist(), strict=True), reverse=True):
        found[index] = areas[other].code
    return found


def _runs(side_a: list[str], side_b: list[str]) -> list[_Run]:
    pairs = list(zip(side_a, side_b, strict=True))
    cuts = [i for i in range(1, len(pairs)) if pairs[i] != pairs[i - 1]]
    return [_Run(i, j, pairs[i]) for i, j in zip([0, *cuts], [*cuts, len(pairs)], strict=True)]


def _smoothed(runs: list[_Run], km: NDArray[np.float64]) -> list[_Run]:
    """Give the shortest run away until none is short, then join neighbours with the same areas."""
    while len(runs) > 1:
        lengths = [km[run.last] - km[run.first] for run in runs]
        least = int(np.argmin(lengths))
        if lengths[least] >= SHORT_KM:
            break
        to = least - 1 if least else 1
        low, high = sorted((least, to))
        joined = _Run(runs[low].first, runs[high].last, runs[to].areas)
        runs = _joined([*runs[:low], joined, *runs[high + 1 :]])
    return _joined(runs)


def _joined(runs: list[_Run]) -> list[_Run]:
    kept: list[_Run] = []
    for run in runs:
        if kept and kept[-1].areas == run.areas:
            run = _Run(kept.pop().first, run.last, run.areas)
        kept.append(run)
    return kept


def _slug(name: str) -> str:
    return "-".join(name.lower().replace("ş", "s").split())
