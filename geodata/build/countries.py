"""countries.fgb: the countries of the world, from the same arcs as the borders.

Outer limits are those of the territorial sea. Ground that no zone of OpenStreetMap covers (Bir Tawil)
belongs to nobody here.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import geopandas as gpd
import shapely

import arcs
import naming
import tables


def build(out: Path, cache: Path) -> list[Path]:
    """Write countries.fgb."""
    codes = naming.countries(cache)
    rows = [
        {"iso3": codes[iso2][0], "name": codes[iso2][1], "geometry": tables.multipolygon(faces)}
        for iso2, faces in _faces(cache).items()
    ]
    frame = gpd.GeoDataFrame(rows, columns=["iso3", "name", "geometry"], crs="EPSG:4326")
    return [tables.write(frame.sort_values("iso3"), out / "countries.fgb")]


def _faces(cache: Path) -> dict[str, list[shapely.Polygon]]:
    """Faces between the arcs, each given to the country whose full polygon holds its representative point."""
    lines, full = arcs.world(cache)
    owners = [iso2 for iso2, polygons in full.items() for _ in polygons]
    tree = shapely.STRtree([polygon for polygons in full.values() for polygon in polygons])
    drawn = shapely.get_parts(shapely.polygonize([arc.line for arc in lines]))
    hits = tree.query(shapely.point_on_surface(drawn), predicate="within")
    faces: dict[str, list[shapely.Polygon]] = defaultdict(list)
    for face, polygon in zip(*hits, strict=True):
        faces[owners[polygon]].append(drawn[face])
    missing = sorted(set(full) - set(faces))
    if missing:
        raise ValueError(f"no face was found for {missing}")
    return {iso2: _united(faces[iso2]) for iso2 in sorted(faces)}


def _united(faces: list[shapely.Polygon]) -> list[shapely.Polygon]:
    """Faces of one country that touch along an arc become one polygon."""
    return list(shapely.get_parts(shapely.coverage_union_all(faces)))
