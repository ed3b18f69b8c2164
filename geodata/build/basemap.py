"""basemap.json: the quiet picture under the incidents, as TopoJSON over the window 55-80 E, 27-46 N.

Objects: ``countries`` (iso3, name), ``borders`` (pair, part, status; on the arcs of the countries),
``admin1`` (iso3; lines between first-order areas of one country), ``rivers`` (name, rank), ``lakes``
(rank), ``labels`` (kind, name, rank, iso3).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

import arcs
import labels
import naming
import provinces
import rivers
import tables
from topology import Encoder, Feature

BOX = (55.0, 27.0, 80.0, 46.0)
WINDOW = shapely.box(*BOX)
STEP = 0.0002  # degrees in one unit, about 20 m
AFGHAN_TOLERANCE_M = 50.0
TOLERANCE_M = 200.0
AREA_TOLERANCE = 0.004
SNAP_DEGREES = 0.08
SHORT_LINE_KM = 3.0
Lines = dict[str, list[shapely.LineString]]


def build(out: Path, cache: Path) -> list[Path]:
    """Write basemap.json; reads borders.fgb of the same folder for the status of lines."""
    drawn = _arcs(cache)
    faces = _faces(drawn, cache)
    pairs = _by_pair(drawn, cache)
    ring = shapely.union_all([line for pair, lines in pairs.items() if "AFG" in pair for line in lines])
    waters = rivers.border_rivers({pair: lines[0] for pair, lines in pairs.items() if len(lines) == 1})
    waters += rivers.inland_rivers(WINDOW, waters, cache)
    words = labels.labels(WINDOW, ring, cache)
    document = Encoder(BOX, STEP).encode(
        {
            "countries": _countries(faces, cache),
            "borders": _borders(pairs, out),
            "admin1": _areas(faces, cache),
            "rivers": [Feature(r.shape, {"name": r.name, "rank": r.rank}) for r in waters],
            "lakes": [Feature(lake.shape, {"rank": lake.rank}) for lake in rivers.lakes(WINDOW, cache)],
            "labels": [
                Feature(w.at, {"kind": w.kind, "name": w.name, "rank": w.rank, "iso3": w.iso3}) for w in words
            ],
        }
    )
    target = out / "basemap.json"
    target.write_bytes(document)
    return [target]


def _arcs(cache: Path) -> list[arcs.Arc]:
    """The world's arcs that meet the window, simplified for it."""
    near = [arc for arc in arcs.world(cache)[0] if shapely.box(*arc.line.bounds).intersects(WINDOW)]
    return arcs.resimplified(
        near, lambda arc: AFGHAN_TOLERANCE_M if arcs.AFGHANISTAN in (arc.a, arc.b) else TOLERANCE_M
    )


def _clipped(line: shapely.LineString) -> list[shapely.LineString]:
    return _strings(shapely.intersection(line, WINDOW))


def _strings(shape: BaseGeometry) -> list[shapely.LineString]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "LineString" and not part.is_empty]


def _faces(drawn: list[arcs.Arc], cache: Path) -> dict[str, BaseGeometry]:
    """What the window shows of every country."""
    full = arcs.world(cache)[1]
    owners = [iso2 for iso2, polygons in full.items() for _ in polygons]
    tree = shapely.STRtree([polygon for polygons in full.values() for polygon in polygons])
    pieces = [part for arc in drawn for part in _clipped(arc.line)]
    ends = [shapely.Point(piece.coords[end]) for piece in pieces for end in (0, -1)]
    corners = [
        *WINDOW.exterior.coords[:-1],
        *(p.coords[0] for p in ends if WINDOW.exterior.distance(p) < 1e-9),
    ]
    edge = sorted(corners, key=lambda xy: WINDOW.exterior.project(shapely.Point(xy)))
    frame = [
        shapely.LineString(pair)
        for pair in zip(edge, [*edge[1:], edge[0]], strict=True)
        if pair[0] != pair[1]
    ]
    found = shapely.get_parts(shapely.polygonize([*pieces, *frame]))
    hits = tree.query(shapely.point_on_surface(found), predicate="within")
    faces: dict[str, list[shapely.Polygon]] = defaultdict(list)
    for face, polygon in zip(*hits, strict=True):
        faces[owners[polygon]].append(found[face])
    return {iso2: shapely.coverage_union_all(faces[iso2]) for iso2 in sorted(faces)}


def _countries(faces: dict[str, BaseGeometry], cache: Path) -> list[Feature]:
    codes = naming.countries(cache)
    rows = [Feature(shape, {"iso3": codes[iso2][0], "name": codes[iso2][1]}) for iso2, shape in faces.items()]
    return sorted(rows, key=lambda row: str(row.properties["iso3"]))


def _by_pair(drawn: list[arcs.Arc], cache: Path) -> Lines:
    codes = naming.countries(cache)
    pairs: Lines = defaultdict(list)
    for arc in drawn:
        if arc.b:
            pairs["-".join(sorted((codes[arc.a][0], codes[arc.b][0])))] += _clipped(arc.line)
    return {pair: lines for pair, lines in sorted(pairs.items()) if lines}


def _borders(pairs: Lines, out: Path) -> list[Feature]:
    """Lines by pair and part: every edge has the status of the nearest line of borders.fgb."""
    table = tables.read(out / "borders.fgb").sort_values(["border_pair", "part"])
    features = []
    for pair, lines in pairs.items():
        rows = table[table["border_pair"] == pair]
        shapes = list(rows.geometry)
        for index, (part, status) in enumerate(zip(rows["part"], rows["line_status"], strict=True)):
            mine = [run for line in lines for run in _runs_of(line, shapes, index)]
            if mine:
                properties = {"pair": pair, "part": part, "status": status}
                features.append(Feature(shapely.MultiLineString(mine), properties))
    return features


def _runs_of(line: shapely.LineString, shapes: list[BaseGeometry], index: int) -> list[shapely.LineString]:
    """The runs of a line whose edges are nearest to the shape of that index."""
    xy = shapely.get_coordinates(line)
    if len(shapes) == 1:
        return [line]
    middles = shapely.points((xy[:-1] + xy[1:]) / 2)
    nearest = np.argmin([shapely.distance(shape, middles) for shape in shapes], axis=0) == index
    edges = np.flatnonzero(np.diff(np.concatenate([[False], nearest, [False]]).astype(int)))
    return [shapely.LineString(xy[i : j + 1]) for i, j in zip(edges[::2], edges[1::2], strict=True)]


def _areas(faces: dict[str, BaseGeometry], cache: Path) -> list[Feature]:
    """Lines between first-order areas of one country, cut and carried to the country's own border."""
    world = [area for area in provinces.world(cache) if area.shape.intersects(WINDOW.buffer(1))]
    short = shapely.coverage_simplify(np.array([area.shape for area in world], dtype=object), AREA_TOLERANCE)
    features = []
    for iso2, country in faces.items():
        rings = [shape for area, shape in zip(world, short, strict=True) if area.code[:2] == iso2]
        lines = _fitted(_between(rings), country)
        if lines and iso2 in provinces.REGION:
            iso3 = naming.countries(cache)[iso2][0]
            features.append(Feature(shapely.MultiLineString(lines), {"iso3": iso3}))
    return features


def _between(shapes: list[BaseGeometry]) -> list[shapely.LineString]:
    """The lines that two of the shapes share."""
    seen: dict[tuple[tuple[float, float], ...], int] = defaultdict(int)
    for shape in shapes:
        for ring in shapely.get_rings(shape):
            xy = [(float(x), float(y)) for x, y in shapely.get_coordinates(ring)]
            for edge in itertools.pairwise(xy):
                seen[tuple(sorted(edge))] += 1
    shared = sorted(edge for edge, count in seen.items() if count > 1)
    if not shared:
        return []
    return list(shapely.get_parts(shapely.normalize(shapely.line_merge(shapely.MultiLineString(shared)))))


def _fitted(lines: list[shapely.LineString], country: BaseGeometry) -> list[shapely.LineString]:
    """Cut lines to the country and carry loose ends to its border where that is near."""
    parts = [p for line in lines for p in _strings(line.intersection(country))]
    parts = [part for part in parts if tables.length_km(part) > SHORT_LINE_KM]
    ends: dict[tuple[float, ...], int] = defaultdict(int)
    for part in parts:
        for end in (0, -1):
            ends[part.coords[end]] += 1
    fitted = []
    for part in parts:
        xy = list(part.coords)
        for end in (0, -1):
            gap = shapely.shortest_line(shapely.Point(xy[end]), country.boundary)
            if gap and ends[part.coords[end]] == 1 and 0 < gap.length < SNAP_DEGREES:
                foot = gap.coords[-1]
                xy = [foot, *xy] if end == 0 else [*xy, foot]
        fitted.append(shapely.LineString(xy))
    return fitted
