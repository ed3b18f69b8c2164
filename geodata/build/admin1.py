"""admin1.fgb: first-order areas of the world, Natural Earth 10m, in more detail around Afghanistan.

Natural Earth's country borders differ from borders.fgb by up to 4 km. The areas of the countries in FITTED
are fitted into countries.fgb here, once, because it takes a tenth of a second for each; those of all others
are fitted when they are asked for.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

import provinces
import tables
from bordermap.geometry.fitting import fit

REGION_TOLERANCE = 0.002  # degrees; the square root of the area of a triangle that may go
WORLD_TOLERANCE = 0.025
STEP = 2.0**14  # 7 m; see arcs.FINE
COLUMNS = ["admin1_code", "iso3", "name", "name_local", "fitted", "geometry"]
#: The countries that the page of the bundled casebook draws areas of.
FITTED = ("AFG", "TJK", "UZB")


def build(out: Path, cache: Path) -> list[Path]:
    """Write admin1.fgb."""
    world = provinces.world(cache)
    rows = []
    for inside, tolerance in ((True, REGION_TOLERANCE), (False, WORLD_TOLERANCE)):
        members = [area for area in world if (area.code[:2] in provinces.REGION) == inside]
        shapes = _simplified(np.array([area.shape for area in members], dtype=object), tolerance)
        rows += [
            {
                "admin1_code": area.code,
                "iso3": area.iso3,
                "name": area.name,
                "name_local": area.local,
                "fitted": False,
                "geometry": tables.multipolygon(shape),
            }
            for area, shape in zip(members, shapes, strict=True)
        ]
    frame = gpd.GeoDataFrame(rows, columns=COLUMNS, crs="EPSG:4326")
    countries = tables.read(out / "countries.fgb").set_index("iso3").geometry
    for iso3 in FITTED:
        frame = _fitted(frame, iso3, countries[iso3])
    return [tables.write(frame.sort_values("admin1_code"), out / "admin1.fgb")]


def _fitted(frame: gpd.GeoDataFrame, iso3: str, land: BaseGeometry) -> gpd.GeoDataFrame:
    """The same frame, the areas of one country fitted into it."""
    mine = frame["iso3"] == iso3
    ordered = frame[mine].sort_values("admin1_code")
    shapes = [tables.multipolygon(_polygons(shape, shape)) for shape in fit(list(ordered.geometry), land)]
    fitted = ordered.assign(fitted=True).set_geometry(
        gpd.GeoSeries(shapes, index=ordered.index, crs=frame.crs)
    )
    return gpd.GeoDataFrame(pd.concat([frame[~mine], fitted]), crs=frame.crs)


def _simplified(shapes: np.ndarray, tolerance: float) -> list[list[shapely.Polygon]]:
    """Simplify areas together, so that neighbours keep one line between them."""
    short = shapely.coverage_simplify(shapes, tolerance)
    rounded = shapely.transform(short, lambda xy: np.rint(xy * STEP) / STEP)
    return [_polygons(shape, full) for shape, full in zip(rounded, shapes, strict=True)]


def _polygons(shape: BaseGeometry, full: BaseGeometry) -> list[shapely.Polygon]:
    """Valid polygons; an area that rounding made vanish keeps its full outline."""
    parts = shapely.get_parts(shapely.make_valid(shape))
    kept = [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
    kept += [p for part in parts if part.geom_type == "MultiPolygon" for p in part.geoms]
    return kept or [part for part in shapely.get_parts(full) if part.geom_type == "Polygon"]
