"""The base map of any window of the world, made from the shipped lines as a topology for the client.

The region of the bundled casebook has a base map of its own, with rivers. Elsewhere land, borders,
first-order lines and names are drawn. Coasts are those of the first-order areas (Natural Earth): the country
polygons reach out to the limit of the territorial sea.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

import numpy as np
import pandas as pd
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.catalog import data_path
from bordermap.geometry.focus import Window
from bordermap.maps.layers import Layer

#: Steps along the longer side of the window: far finer than a screen.
_STEPS: Final = 20_000
#: Widths of the window within which a line may be simplified, and gaps between areas closed.
_DETAIL: Final = 4_000
_TOWNS: Final = 250


@dataclass(frozen=True, eq=False)
class GroundLayer(Layer):
    """Land, borders and names of any window of the world.

    Args:
        window: West, south, east, north in degrees.
        focus: The country the map is about, ISO 3166-1 alpha-3; it is drawn a shade lighter.

    Example:
        >>> sorted(GroundLayer((30.0, -5.0, 42.0, 5.0), focus="KEN").payload()["topology"]["objects"])
        ['admin1', 'borders', 'countries', 'labels', 'sea']
    """

    kind: ClassVar[str] = "basemap"
    files: ClassVar[tuple[str, ...]] = ("countries.fgb", "borders.fgb", "admin1.fgb", "gazetteer-places.tsv")
    window: Window
    name: str = field(default="Land, borders and names", kw_only=True)
    focus: str = field(default="", kw_only=True)

    def content(self) -> dict[str, Any]:
        """The topology of the window."""
        return {"focus": self.focus, "topology": topology(self.window, self.focus)}


def topology(window: Window, focus: str) -> dict[str, Any]:
    """Land, borders, first-order lines, sea and names of a window.

    Args:
        window: West, south, east, north in degrees.
        focus: ISO 3166-1 alpha-3; its first-order lines are drawn.

    Returns:
        A quantised TopoJSON topology; no arc is shared, the objects are those of the shipped base map.
    """
    made = _Arcs(window)
    areas = _read("admin1.fgb", window, ["iso3"])
    countries = _read("countries.fgb", window, ["iso3", "name"])
    borders = _read("borders.fgb", window, ["border_pair", "part", "line_status"])
    whole = shapely.box(*window)
    land = shapely.union_all(shapely.buffer(made.simple(areas.geometry.array), made.step * 5))
    own = areas.geometry.array[(areas["iso3"] == focus).to_numpy()]
    words = ("border_pair", "part", "line_status")
    rows: list[tuple[str, ...]] = list(zip(*(borders[n].fillna("").tolist() for n in words), strict=True))
    objects: dict[str, list[dict[str, Any] | None]] = {
        "countries": [
            made.polygons(shape, {"iso3": code, "name": name})
            for code, name, shape in zip(
                countries["iso3"], countries["name"], made.simple(countries.geometry.array), strict=True
            )
        ],
        "borders": [
            made.lines(shape, {"pair": pair, "part": part, "status": status})
            for (pair, part, status), shape in zip(
                rows, list(made.simple(borders.geometry.array)), strict=True
            )
        ],
        "admin1": [made.lines(shapely.union_all(shapely.boundary(made.simple(own))), {"iso3": focus})],
        "sea": [made.polygons(whole.difference(land), {})],
        "labels": [made.point(*each) for each in _labels(window, countries)],
    }
    return made.topology({name: [one for one in members if one] for name, members in objects.items()})


def _read(name: str, window: Window, columns: list[str]) -> Any:
    return pyogrio.read_dataframe(data_path(name), columns=columns, bbox=window)


class _Arcs:
    """Collects the arcs of a topology, cut to the window and rounded to its grid."""

    def __init__(self, window: Window) -> None:
        west, south, east, north = window
        self._origin = np.array([west, south])
        self.step = max(east - west, north - south) / _STEPS
        self._tolerance = max(east - west, north - south) / _DETAIL
        self._window = window
        self._arcs: list[list[list[int]]] = []

    def simple(self, shapes: Any) -> Any:
        """Shapes in the window without what no screen shows."""
        fine = shapely.simplify(shapes, self._tolerance)
        return shapely.intersection(shapely.make_valid(fine), shapely.box(*self._window))

    def polygons(self, shape: BaseGeometry, properties: dict[str, str]) -> dict[str, Any] | None:
        parts: list[Any] = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        arcs = [[[self._arc(ring)] for ring in (part.exterior, *part.interiors)] for part in parts]
        return {"type": "MultiPolygon", "arcs": arcs, "properties": properties} if arcs else None

    def lines(self, shape: BaseGeometry, properties: dict[str, str]) -> dict[str, Any] | None:
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "LineString"]
        arcs = [[self._arc(line)] for line in parts]
        return {"type": "MultiLineString", "arcs": arcs, "properties": properties} if arcs else None

    def point(self, lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
        at = self._grid(np.array([[lon, lat]]))[0]
        return {"type": "Point", "coordinates": at.tolist(), "properties": properties}

    def topology(self, objects: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
        collections = {
            name: {"type": "GeometryCollection", "geometries": members} for name, members in objects.items()
        }
        transform = {"scale": [self.step, self.step], "translate": self._origin.tolist()}
        return {
            "type": "Topology",
            "bbox": list(self._window),
            "transform": transform,
            "objects": collections,
            "arcs": self._arcs,
        }

    def _grid(self, points: Any) -> Any:
        return np.rint((points[:, :2] - self._origin) / self.step).astype(int)

    def _arc(self, line: Any) -> int:
        points = self._grid(shapely.get_coordinates(line))
        deltas = np.vstack([points[:1], np.diff(points, axis=0)])
        moved = np.concatenate([[True], (deltas[1:] != 0).any(axis=1)])
        self._arcs.append(deltas[moved].tolist())
        return len(self._arcs) - 1


def _labels(window: Window, countries: Any) -> Iterable[tuple[float, float, dict[str, Any]]]:
    west, south, east, north = window
    whole = shapely.box(*window)
    for code, name, shape in zip(countries["iso3"], countries["name"], countries.geometry, strict=True):
        seen = shape.intersection(whole)
        if not seen.is_empty:
            at = seen.representative_point()
            yield at.x, at.y, {"kind": "country", "name": name, "rank": 1, "iso3": code}
    columns = ["name", "kind", "country", "lon", "lat", "population"]
    path = data_path("gazetteer-places.tsv")
    places = pd.read_csv(path, sep="\t", usecols=columns, keep_default_na=False, quoting=3, dtype=str)
    towns = places[(places["kind"] == "settlement") & (places["lon"] != "")]
    lon, lat = towns["lon"].astype(float), towns["lat"].astype(float)
    people = pd.to_numeric(towns["population"], errors="coerce").fillna(0)
    inside = towns[(lon > west) & (lon < east) & (lat > south) & (lat < north)].assign(people=people)
    largest = inside.sort_values(["people", "name"], ascending=[False, True]).head(_TOWNS)
    for place, (_, row) in enumerate(largest.iterrows()):
        words = {"kind": "town", "name": row["name"], "rank": 1 + min(place // 12, 4), "iso3": row["country"]}
        yield float(row["lon"]), float(row["lat"]), words
