"""Peers in Python: what an analyst would write with geopandas, and with shapely's tree over single edges."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer

from enrich_points import Answers, afghan_line, conic, first_order_areas, frame_of, single_edges

_WGS84 = Geod(ellps="WGS84")


class Geopandas:
    """`sjoin` for the area, `sjoin_nearest` in the fitted conic, the nearest place by `shortest_line`.

    Args:
        by_edges: Join with every edge as a row of its own, not with the six lines.
    """

    def __init__(self, by_edges: bool = False) -> None:
        self._by_edges = by_edges

    def load(self, points: NDArray[np.float64]) -> None:
        """Build the input."""
        self._points = frame_of(points)

    def prepare(self) -> None:
        """Everything that need not be done again for other points."""
        flat = afghan_line().to_crs(conic())[["border_pair", "geometry"]]
        if self._by_edges:
            edges, row = single_edges(flat)
            flat = gpd.GeoDataFrame(
                {"border_pair": flat["border_pair"].to_numpy()[row]}, geometry=edges, crs=flat.crs
            )
        self._lines, self._areas = flat, first_order_areas()
        self._shapes = np.asarray(flat.geometry.array)
        shapely.prepare(self._shapes)
        _ = flat.sindex

    def run(self) -> None:
        """Answer all points."""
        points = self._points
        inside = points.sjoin(self._areas, how="left", predicate="within")
        inside = inside[~inside.index.duplicated()]
        flat = points.to_crs(conic())
        near = flat.sjoin_nearest(self._lines, how="left")
        near = near[~near.index.duplicated()]
        feet = shapely.shortest_line(
            self._shapes[near["index_right"].to_numpy(dtype=int)], np.asarray(flat.geometry.array)
        )
        lon, lat, km = _measured(points, feet)
        country, admin1 = (inside[name].fillna("").to_numpy(dtype=object) for name in ("iso3", "admin1_code"))
        self._answers = Answers(country, admin1, near["border_pair"].to_numpy(dtype=object), lon, lat, km)

    def answers(self) -> Answers:
        """What the last run found."""
        return self._answers


class TreeOverEdges:
    """shapely's `STRtree` over single edges in the fitted conic."""

    def load(self, points: NDArray[np.float64]) -> None:
        """Build the input."""
        self._points = frame_of(points)

    def prepare(self) -> None:
        """Everything that need not be done again for other points."""
        lines = afghan_line()
        self._edges, row = single_edges(lines.to_crs(conic()))
        self._pair = lines["border_pair"].to_numpy(dtype=object)[row]
        self._tree = shapely.STRtree(self._edges)
        self._to_flat = Transformer.from_crs(4326, conic(), always_xy=True)
        areas = first_order_areas()
        self._areas: Any = np.asarray(areas.geometry.array)
        shapely.prepare(self._areas)
        self._codes = [areas[name].to_numpy(dtype=object) for name in ("iso3", "admin1_code")]

    def run(self) -> None:
        """Answer all points."""
        points = self._points
        places: Any = np.asarray(points.geometry.array)
        x, y = self._to_flat.transform(*shapely.get_coordinates(places).T)
        flat: Any = shapely.points(x, y)
        edge = self._tree.nearest(flat)
        lon, lat, km = _measured(points, shapely.shortest_line(self._edges[edge], flat))
        area, point = shapely.STRtree(places).query(self._areas, predicate="contains")
        found = [np.full(len(places), "", dtype=object) for _ in self._codes]
        for column, codes in zip(found, self._codes, strict=True):
            column[point] = codes[area]
        self._answers = Answers(found[0], found[1], self._pair[edge], lon, lat, km)

    def answers(self) -> Answers:
        """What the last run found."""
        return self._answers


def _measured(points: gpd.GeoDataFrame, feet: Any) -> tuple[NDArray[np.float64], ...]:
    """The first vertex of each shortest line in lon/lat, and the geodesic distance to it."""
    to_lonlat = Transformer.from_crs(conic(), 4326, always_xy=True)
    lon, lat = to_lonlat.transform(*shapely.get_coordinates(feet)[::2].T)
    own = shapely.get_coordinates(np.asarray(points.geometry.array))
    _, _, metres = _WGS84.inv(own[:, 0].copy(), own[:, 1].copy(), lon, lat)
    return lon, lat, np.asarray(metres) / 1000
