"""borders.fgb: the land borders of the world by pair of countries, Afghanistan's six at full detail.

Afghanistan's borders run clockwise round the country, so that kilometre 0 is the western end in the north,
the northern end in the east, the eastern end in the south and the southern end in the west:

    AFG-TKM from the tripoint with Iran eastwards, AFG-UZB from Turkmenistan eastwards, AFG-TJK from
    Uzbekistan upstream, AFG-CHN from Tajikistan southwards, AFG-PAK from China southwards and westwards,
    AFG-IRN from Pakistan northwards.

All other lines start at their lower-left end. Their runs at sea are left out: a vertex lies at sea when no
land of Natural Earth is within 0.05 degrees.
"""

from __future__ import annotations

import itertools
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

import arcs
import naming
import provinces
import tables

SEA_DEGREES = 0.05
SHORT_SEA_KM = 20.0
SHORT_LAND_KM = 2.0
BASE_ACCURACY_M = 500.0
CLOCKWISE = ("AFG-TKM", "AFG-UZB", "AFG-TJK", "AFG-CHN", "AFG-PAK", "AFG-IRN")
# On land, but not neighbours in GeoNames.
ADDED_PAIRS = frozenset({("BW", "ZM"), ("CN", "HK"), ("CN", "MO")})
COLUMNS = ["border_pair", "country_a", "country_b", "part", "line_status", "line_status_by", "course"]
COLUMNS += ["accuracy_m", "resolution_m", "length_km", "note", "geometry"]


@dataclass(frozen=True)
class Line:
    """The simplified line of one pair, before it is cut by status."""

    pair: str
    pieces: tuple[shapely.LineString, ...]
    resolution_m: float


def build(out: Path, cache: Path) -> list[Path]:
    """Write borders.fgb."""
    notes = _notes()
    rows = [row for line in lines(cache) for row in _rows(line, notes.get(line.pair, {}))]
    unused = set(notes) - {row["border_pair"] for row in rows}
    if unused:
        raise ValueError(f"lines.toml names pairs that do not exist: {sorted(unused)}")
    frame = gpd.GeoDataFrame(rows, columns=COLUMNS, crs="EPSG:4326")
    return [tables.write(frame.sort_values(["border_pair", "part"]), out / "borders.fgb")]


def lines(cache: Path) -> list[Line]:
    """One line a pair: Afghanistan's six whole and clockwise, others without their runs at sea."""
    wanted = naming.neighbours(cache) | ADDED_PAIRS
    by_pair: dict[tuple[str, str], list[arcs.Arc]] = defaultdict(list)
    for arc in arcs.world(cache)[0]:
        if (arc.a, arc.b) in wanted:
            by_pair[arc.a, arc.b].append(arc)
    codes = naming.countries(cache)
    found = []
    for (a, b), members in by_pair.items():
        pair = "-".join(sorted((codes[a][0], codes[b][0])))
        pieces = [arc.line for arc in members]
        if arcs.AFGHANISTAN not in (a, b):
            pieces = [part for piece in pieces for part in _on_land(piece, cache)]
        if pieces:
            found.append(Line(pair, tuple(pieces), round(max(arc.tolerance_m for arc in members), 1)))
    return _clockwise(sorted(found, key=lambda line: line.pair))


def _clockwise(found: list[Line]) -> list[Line]:
    """Turn Afghanistan's lines so that each starts where the one before ends."""
    by_pair = {line.pair: line for line in found}
    for before, pair in zip((CLOCKWISE[-1], *CLOCKWISE), CLOCKWISE, strict=False):
        (line,) = by_pair[pair].pieces
        ends = {by_pair[before].pieces[0].coords[0], by_pair[before].pieces[0].coords[-1]}
        if line.coords[0] not in ends:
            line = line.reverse()
        by_pair[pair] = Line(pair, (line,), by_pair[pair].resolution_m)
    return list(by_pair.values())


def _on_land(line: shapely.LineString, cache: Path) -> list[shapely.LineString]:
    """The runs of a line on land; short gaps at sea stay, short bits of land go."""
    xy = shapely.get_coordinates(line)
    tree = provinces.land(cache)
    dry = np.zeros(len(xy), dtype=bool)
    dry[tree.query(shapely.points(xy), predicate="dwithin", distance=SEA_DEGREES)[0]] = True
    edges = _absorb(xy, dry[:-1] & dry[1:], False, SHORT_SEA_KM)
    edges = _absorb(xy, edges, True, SHORT_LAND_KM)
    return [shapely.LineString(xy[first : last + 1]) for first, last in _spans(edges) if edges[first]]


def _absorb(
    xy: NDArray[np.float64], edges: NDArray[np.bool_], kind: bool, limit_km: float
) -> NDArray[np.bool_]:
    """Turn runs of one kind that are shorter than the limit, unless they are all there is."""
    merged = edges.copy()
    for first, last in _spans(edges):
        inner = first > 0 and last < len(edges)
        if edges[first] == kind and (inner or kind) and last - first < len(edges):
            merged[first:last] ^= tables.length_km(shapely.LineString(xy[first : last + 1])) < limit_km
    return merged


def _spans(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    cuts = np.flatnonzero(np.diff(flags)) + 1
    return list(zip([0, *cuts.tolist()], [*cuts.tolist(), len(flags)], strict=True))


def _notes() -> dict[str, dict[str, Any]]:
    rows = tomllib.loads(Path(__file__).with_name("lines.toml").read_text(encoding="utf-8"))["line"]
    return {row["pair"]: row for row in rows}


def _rows(line: Line, note: dict[str, Any]) -> list[dict[str, Any]]:
    parts = note.get("parts") or [{"part": "", **{k: note.get(k, "") for k in ("status", "by", "note")}}]
    pieces = _split(line.pieces, note.get("cut", []), len(parts))
    country_a, country_b = line.pair.split("-")
    rows = []
    for part, shapes in zip(parts, pieces, strict=True):
        shape = shapes[0] if len(shapes) == 1 else shapely.MultiLineString(shapes)
        rows.append(
            {
                "border_pair": line.pair,
                "country_a": country_a,
                "country_b": country_b,
                "part": part["part"],
                "line_status": part["status"] or "not_assessed",
                "line_status_by": part["by"],
                "course": note.get("course", "unknown"),
                "accuracy_m": BASE_ACCURACY_M + line.resolution_m,
                "resolution_m": line.resolution_m,
                "length_km": tables.length_km(shape),
                "note": part["note"],
                "geometry": shape,
            }
        )
    return rows


def _split(
    pieces: tuple[shapely.LineString, ...], cuts: list[list[float]], count: int
) -> list[list[shapely.LineString]]:
    """Cut the piece nearest to the cut points there; pieces that are not cut join the last unnamed part."""
    if not cuts:
        return [list(pieces)]
    points = shapely.points(cuts)
    target = min(range(len(pieces)), key=lambda index: float(pieces[index].distance(points[0])))
    xy = shapely.get_coordinates(pieces[target])
    at = [int(np.hypot(*((xy - point) * [0.8, 1.0]).T).argmin()) for point in cuts]
    if at != sorted(at):
        raise ValueError(f"the cut points {cuts} do not stand in the order of the line")
    bounds = [0, *at, len(xy) - 1]
    parts = [[shapely.LineString(xy[i : j + 1])] for i, j in itertools.pairwise(bounds)]
    if len(parts) != count:
        raise ValueError(f"{len(cuts)} cuts make {len(parts)} parts, named are {count}")
    parts[-1] += [piece for index, piece in enumerate(pieces) if index != target]
    return parts
