"""What every way of `enrich.py` is given: the same line, the same areas, the same points."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from bordermap.geometry.areas import read_areas
from bordermap.geometry.borders import read_borders
from bordermap.geometry.countries import country_names, country_polygon

SEED: Final = 20261101
WEST, SOUTH, EAST, NORTH = 55.0, 28.0, 80.0, 48.0
SETS: Final = {
    "near": "within 50 km of the line",
    "box": f"uniform over {WEST:.0f}–{EAST:.0f}°E, {SOUTH:.0f}–{NORTH:.0f}°N",
}
NEAR_KM: Final = 50
#: The variable of the environment that names a run's own folder.
FOLDER: Final = "ENRICH_FOLDER"
#: So many edges make a piece of the line, for a database without an index over lines.
_EDGES_IN_PIECE: Final = 256
_CELL_DEGREES: Final = 0.5


@dataclass(frozen=True)
class Answers:
    """What every way must say of n points; each array has shape (n,)."""

    country: Any
    admin1: Any
    border_pair: Any
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    distance_km: NDArray[np.float64]

    def save(self, path: Path) -> None:
        """Into one file, texts as fixed-width arrays."""
        country, admin1, pair = (
            np.asarray(text, dtype="U16") for text in (self.country, self.admin1, self.border_pair)
        )
        np.savez(
            path, country=country, admin1=admin1, border_pair=pair,
            lon=self.lon, lat=self.lat, distance_km=self.distance_km,
        )  # fmt: skip

    @staticmethod
    def load(path: Path) -> Answers:
        """What :meth:`save` wrote."""
        with np.load(path) as file:
            return Answers(**{name: file[name] for name in file.files})


def _kept(make: Callable[[], gpd.GeoDataFrame]) -> Callable[[], gpd.GeoDataFrame]:
    """Makes a frame once for all processes of a run, in the folder that it has for this."""

    def kept() -> gpd.GeoDataFrame:
        if FOLDER not in os.environ:
            return make()
        path = Path(os.environ[FOLDER], f"{make.__name__}.parquet")
        if not path.exists():
            make().to_parquet(path)
        return gpd.read_parquet(path)

    return kept


@cache
def afghan_line() -> gpd.GeoDataFrame:
    """Afghanistan's borders as shipped."""
    return read_borders("AFG")


@cache
def conic_text() -> str:
    """A Lambert conic fitted to the line, for PROJ: true along two parallels, a sixth within its latitudes."""
    west, south, east, north = afghan_line().total_bounds
    sixth = (north - south) / 6
    return (
        f"+proj=lcc +lat_1={south + sixth:.4f} +lat_2={north - sixth:.4f} +lat_0={(south + north) / 2:.4f} "
        f"+lon_0={(west + east) / 2:.4f} +datum=WGS84 +units=m +no_defs"
    )


@cache
def conic() -> CRS:
    """The same as a coordinate system."""
    return CRS.from_proj4(conic_text())


def draw_points(kind: str, size: int) -> NDArray[np.float64]:
    """Lon and lat of points, shape (size, 2); fewer points are the first of more."""
    rng = np.random.default_rng([SEED, sorted(SETS).index(kind)])
    if kind == "box":
        return np.asarray(rng.uniform((WEST, SOUTH), (EAST, NORTH), (size, 2)))
    line = afghan_line().to_crs(conic()).geometry.simplify(100)
    around = line.buffer(NEAR_KM * 1000).union_all()
    shapely.prepare(around)
    west, south, east, north = around.bounds
    kept: list[NDArray[np.float64]] = []
    while sum(map(len, kept)) < size:
        tried = rng.uniform((west, south), (east, north), (100_000, 2))
        kept.append(tried[shapely.contains_xy(around, tried)])
    points = gpd.GeoSeries(shapely.points(np.concatenate(kept)[:size]), crs=conic()).to_crs(4326)
    return shapely.get_coordinates(points)


def frame_of(points: NDArray[np.float64]) -> gpd.GeoDataFrame:
    """The input of every way in Python: a frame of points in EPSG:4326."""
    return gpd.GeoDataFrame(geometry=shapely.points(points), crs="EPSG:4326")


@_kept
def first_order_areas() -> gpd.GeoDataFrame:
    """The areas round the points, fitted into their countries: one join gives country and area.

    What lies in a country but in none of its areas is kept as an area without a code.
    """
    window = shapely.box(WEST - 1, SOUTH - 1, EAST + 1, NORTH + 1)
    codes = [code for code in country_names() if country_polygon(code).intersects(window)]
    areas = pd.concat([read_areas(code) for code in codes], ignore_index=True)
    inside = areas[areas.geometry.intersects(window)]
    return inside[["iso3", "admin1_code", "geometry"]].reset_index(drop=True)


@_kept
def area_cells() -> gpd.GeoDataFrame:
    """The same areas cut into cells, which databases search faster than large polygons."""
    areas, rows, shapes = first_order_areas(), [], []
    for row, shape in enumerate(areas.geometry):
        shapely.prepare(shape)
        west, south, east, north = shape.bounds
        lon = np.arange(max(west, WEST - 1) // _CELL_DEGREES, min(east, EAST + 1) / _CELL_DEGREES)
        lat = np.arange(max(south, SOUTH - 1) // _CELL_DEGREES, min(north, NORTH + 1) / _CELL_DEGREES)
        x, y = (grid.ravel() * _CELL_DEGREES for grid in np.meshgrid(lon, lat))
        cells: Any = shapely.box(x, y, x + _CELL_DEGREES, y + _CELL_DEGREES)
        cells = cells[shapely.intersects(shape, cells)]
        whole = shapely.contains_properly(shape, cells)
        cells[~whole] = shapely.intersection(shape, cells[~whole])
        rows += [row] * len(cells)
        shapes += list(cells)
    cut = areas.iloc[rows].drop(columns="geometry").reset_index(drop=True)
    return gpd.GeoDataFrame(cut, geometry=shapes, crs="EPSG:4326")


def single_edges(lines: gpd.GeoDataFrame) -> tuple[Any, NDArray[np.int64]]:
    """Each edge of lines as a line of its own, and the row it is from."""
    xy, row = shapely.get_coordinates(np.asarray(lines.geometry.array), return_index=True)
    same = row[1:] == row[:-1]
    return shapely.linestrings(np.stack([xy[:-1][same], xy[1:][same]], axis=1)), row[1:][same]


def pieces_of_lines(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Lines cut into pieces of some hundreds of edges."""
    pieces, pairs = [], []
    for pair, line in zip(lines["border_pair"], lines.geometry, strict=True):
        xy = shapely.get_coordinates(line)
        for first in range(0, len(xy) - 1, _EDGES_IN_PIECE):
            pieces.append(shapely.linestrings(xy[first : first + _EDGES_IN_PIECE + 1]))
            pairs.append(pair)
    return gpd.GeoDataFrame({"border_pair": pairs}, geometry=pieces, crs=lines.crs)


def line_of_vertices(target: int) -> gpd.GeoDataFrame:
    """The Afghan line, simplified, or with bends added as a finer survey adds them, to about so many vertices.

    Each added bend lies beside the middle of an edge, by up to a quarter of its length. Vertices on straight
    edges would measure nothing: `prepare` leaves them out.
    """
    line = afghan_line()
    given = int(shapely.get_num_coordinates(line.geometry.array).sum())
    if target >= given:
        return line.set_geometry(_refined(line.geometry.array, round(np.log2(target / given))))
    low, high = 1e-7, 1.0
    for _ in range(30):
        middle = float(np.sqrt(low * high))
        shapes = line.geometry.simplify(middle)
        if shapely.get_num_coordinates(shapes.array).sum() > target:
            low = middle
        else:
            high = middle
    return line.set_geometry(shapes)


def _refined(shapes: Any, times: int) -> list[shapely.MultiLineString]:
    """Lines with each edge halved so many times, every new vertex beside it."""
    rng = np.random.default_rng(SEED)
    refined = []
    for shape in shapes:
        parts = [shapely.get_coordinates(part) for part in shapely.get_parts(shape)]
        for _ in range(times):
            parts = [_halved(part, rng) for part in parts]
        refined.append(shapely.MultiLineString(parts))
    return refined


def _halved(vertices: Any, rng: np.random.Generator) -> Any:
    steps = np.diff(vertices, axis=0)
    off = rng.uniform(-0.25, 0.25, (len(steps), 1)) * np.c_[-steps[:, 1], steps[:, 0]]
    finer = np.empty((len(vertices) + len(steps), 2))
    finer[::2], finer[1::2] = vertices, vertices[:-1] + steps / 2 + off
    return finer
