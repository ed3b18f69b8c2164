"""Time zones of OpenStreetMap as polygons of countries.

Input is the package ``timezonefinder-data``: every land zone of the timezone-boundary-builder at full
resolution, on a grid of 1e-6 degrees. ``zone.tab`` of ``tzdata`` says which country a zone belongs to. What
does not fit that rule is listed here, one row each.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from timezonefinder.polygon_array import HoleArray, PolygonArray

import sources

GRID = 1_000_000  # coordinates are whole multiples of 1/GRID degree
Points = NDArray[np.int64]

# Wholly inside another zone of the same country.
DROPPED_ZONES = frozenset({"Asia/Urumqi"})

# Northern Vietnam keeps the zone Asia/Bangkok: its polygons lie east of 102°E and north of 17°N, none of
# Thailand's do.
NORTHERN_VIETNAM = shapely.box(102.0, 17.0, 110.0, 24.0)

# (loser, winner): zones that overlap because OpenStreetMap carries two claims. The area goes to the winner:
# a polygon must be somebody's. No judgement is meant; the reasons are general knowledge, unverified. The
# larger ones carry a note in borders.fgb.
OVERLAPS = (
    ("Africa/Juba", "Africa/Khartoum"),  # Abyei, Kafia Kingi
    ("Europe/Moscow", "Asia/Tbilisi"),  # Abkhazia: recognised as part of Georgia by most states
    ("Asia/Jerusalem", "Asia/Hebron"),  # parts of the West Bank
    ("America/Punta_Arenas", "America/Argentina/Rio_Gallegos"),  # Southern Patagonian Ice Field
    ("Asia/Shanghai", "Asia/Thimphu"),  # western and northern Bhutan
    ("Asia/Kathmandu", "Asia/Kolkata"),  # Kalapani: administered by India
    ("Asia/Yangon", "Asia/Bangkok"),  # islands off Ranong
    ("Europe/Berlin", "Europe/Luxembourg"),  # the condominium of Mosel, Sauer and Our
    ("Europe/Berlin", "Europe/Amsterdam"),  # the Ems estuary, undefined
    ("Europe/Zagreb", "Europe/Belgrade"),  # meanders of the Danube
    ("Europe/Zagreb", "Europe/Ljubljana"),  # the bay of Piran, the Dragonja
    ("Africa/Porto-Novo", "Africa/Ouagadougou"),  # Koualou
    ("America/Porto_Velho", "America/La_Paz"),  # Isla Suárez
    ("Europe/Rome", "Europe/Paris"),  # the summit of Mont Blanc
    ("Asia/Shanghai", "Asia/Pyongyang"),  # an island of the Tumen
    ("America/Marigot", "America/Lower_Princes"),  # Oyster Pond
    # at sea only
    ("America/Vancouver", "America/Sitka"),
    ("America/Vancouver", "America/Los_Angeles"),
    ("America/Dawson", "America/Anchorage"),
    ("America/Moncton", "America/New_York"),
    ("Europe/Istanbul", "Europe/Athens"),
    ("Asia/Jakarta", "Asia/Singapore"),
    # inside one country
    ("America/Toronto", "America/Iqaluit"),
    ("America/Moncton", "America/Halifax"),
    ("America/Glace_Bay", "America/Halifax"),
)


def polygons(cache: Path) -> dict[str, list[shapely.Polygon]]:
    """Polygons of every country by ISO 3166-1 alpha-2, free of overlaps, on the grid."""
    zones = _settle(_zones(cache))
    owners = _owners(cache)
    countries: dict[str, list[shapely.Polygon]] = defaultdict(list)
    for zone in sorted(zones):
        for polygon in zones[zone]:
            vietnamese = zone == "Asia/Bangkok" and NORTHERN_VIETNAM.covers(polygon.representative_point())
            countries["VN" if vietnamese else owners[zone]].append(polygon)
    # Sectors of Antarctica cross each other; no line between them matters.
    countries["AQ"] = _on_grid(shapely.union_all(countries["AQ"]))
    return dict(sorted(countries.items()))


def _owners(cache: Path) -> dict[str, str]:
    rows = sources.path(cache, "tzdata", "tzdata/zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines()
    fields = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {row[2]: row[0] for row in fields}


def _zones(cache: Path) -> dict[str, list[shapely.Polygon]]:
    files = {
        row["path"]: sources.path(cache, "timezonefinder-data", row["path"])
        for row in sources.pins()["timezonefinder-data"]["file"]
    }
    folder = files["timezonefinder_data/data/zone_ids.npy"].parent
    names = (folder / "timezone_names.txt").read_text(encoding="utf-8").split()
    registry = json.loads((folder / "hole_registry.json").read_text(encoding="utf-8"))
    outer = PolygonArray(folder / "boundaries")
    holes = HoleArray(folder / "holes", outer, hole_registry={int(k): tuple(v) for k, v in registry.items()})
    zones: dict[str, list[shapely.Polygon]] = defaultdict(list)
    for index, zone in enumerate(np.load(folder / "zone_ids.npy")):
        name = names[zone]
        if name in DROPPED_ZONES or name.startswith("Etc/"):
            continue
        rings = [outer.coords_of(index), *(holes.coords_of(hole) for hole in holes.ids_of(index))]
        shell, *inner = (np.asarray(ring, dtype=np.int64).T // 10 / GRID for ring in rings)
        zones[name].append(shapely.Polygon(shell, inner))
    return zones


def _settle(zones: dict[str, list[shapely.Polygon]]) -> dict[str, list[shapely.Polygon]]:
    """Take every overlap from its loser; corners made by that go into all zones that run through them."""
    corners: list[shapely.Point] = []
    for loser, winner in OVERLAPS:
        winners = zones[winner]
        kept: list[shapely.Polygon] = []
        for polygon in zones[loser]:
            near = [other for other in winners if other.intersects(polygon)]
            cut = _on_grid(polygon.difference(shapely.union_all(near))) if near else [polygon]
            known = _keys([polygon, *near])
            corners += [point for part in cut for point in _vertices(part) if _key(point) not in known]
            kept += cut
        zones[loser] = kept
    for name in zones:
        zones[name] = [_insert(polygon, corners) for polygon in zones[name]]
    return zones


def _on_grid(shape: BaseGeometry) -> list[shapely.Polygon]:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 1e-9]
    return [shapely.transform(part, lambda xy: np.rint(xy * GRID) / GRID) for part in parts]


def _vertices(polygon: shapely.Polygon) -> list[shapely.Point]:
    return [shapely.Point(xy) for xy in shapely.get_coordinates(polygon)]


def _key(point: shapely.Point) -> int:
    return int(round(point.x * GRID) * 400 * GRID + round(point.y * GRID))


def _keys(shapes: list[shapely.Polygon]) -> set[int]:
    xy = np.rint(shapely.get_coordinates(shapes) * GRID).astype(np.int64)
    return set((xy[:, 0] * 400 * GRID + xy[:, 1]).tolist())


def _insert(polygon: shapely.Polygon, corners: list[shapely.Point]) -> shapely.Polygon:
    box = shapely.box(*polygon.bounds)
    inside = [point for point in corners if box.distance(point) < 1e-5]
    if not inside:
        return polygon
    shell, *holes = (
        _insert_ring(shapely.get_coordinates(r), inside) for r in (polygon.exterior, *polygon.interiors)
    )
    return shapely.Polygon(shell, holes)


def _insert_ring(ring: NDArray[np.float64], corners: list[shapely.Point]) -> NDArray[np.float64]:
    for point in corners:
        here = np.array([point.x, point.y])
        if (np.abs(ring - here).max(axis=1) < 0.5 / GRID).any():
            continue
        start, step = ring[:-1], np.diff(ring, axis=0)
        share = np.clip(((here - start) * step).sum(axis=1) / np.maximum((step**2).sum(axis=1), 1e-30), 0, 1)
        gap = np.hypot(*(start + share[:, None] * step - here).T)
        nearest = int(gap.argmin())
        if gap[nearest] < 2 / GRID:
            ring = np.insert(ring, nearest + 1, here, axis=0)
    return ring
