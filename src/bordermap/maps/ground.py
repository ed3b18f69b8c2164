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
from bordermap.maps.layers import BaseLayer, Layer
from bordermap.maps.panels import BASE_MAP_WINDOW

#: Steps along the longer side of the window: far finer than a screen.
_STEPS: Final = 20_000
#: Widths of the window within which a line may be simplified, and gaps between areas closed.
_DETAIL: Final = 4_000
_TOWNS, _OWN_TOWNS = 250, 40
#: A few letters of a name on a map of zoom 0, in degrees.
_LETTERS_DEGREES: Final = 28.0
#: How far the base map reaches from the middle of the first view, in sides of it.
_BEYOND: Final = 2.0


def base_for(view: Window, focus: str, *, spare: float = 0.0) -> Layer:
    """The shipped base map where it holds what is shown first, else one made for the window.

    Args:
        view: What is shown first: west, south, east, north in degrees.
        focus: The country the map is about, ISO 3166-1 alpha-3; an empty text: none.
        spare: How far the shipped one must reach from the middle of the view, in sides of it, to be taken;
            with 1.1 all of the view can be seen at once on any screen.

    Example:
        >>> type(base_for((66.0, 36.0, 71.0, 39.0), "AFG")).__name__
        'BaseLayer'
    """
    west, south, east, north = BASE_MAP_WINDOW
    wanted = widened(view, spare) if spare else view
    if west <= wanted[0] and south <= wanted[1] and wanted[2] <= east and wanted[3] <= north:
        return BaseLayer(focus=focus)
    return GroundLayer(widened(view), focus=focus)


def widened(view: Window, sides: float = _BEYOND) -> Window:
    """A window wide and high enough to be seen round the view on any screen, beside the panel.

    Args:
        view: West, south, east, north in degrees.
        sides: How far it reaches from the middle of the view, in sides of it.
    """
    west, south, east, north = view
    lon, lat = (west + east) / 2, (south + north) / 2
    # A screen is up to twice as wide as high, or as high as wide; a degree of longitude is shorter.
    narrow = max(np.cos(np.radians(min(abs(lat), 80.0))), 0.1)
    side = max((east - west) * narrow, north - south) * sides
    wide = side / narrow
    low = max(lon - wide, -180.0), max(lat - side, -85.0)
    return (*low, min(lon + wide, 180.0), min(lat + side, 85.0))


@dataclass(frozen=True, eq=False)
class GroundLayer(Layer):
    """Land, borders and names of any window of the world.

    Args:
        window: West, south, east, north in degrees.
        focus: The country the map is about, ISO 3166-1 alpha-3; it is drawn a shade lighter.
        first_order: Whether its first-order lines are drawn.

    Example:
        >>> sorted(GroundLayer((30.0, -5.0, 42.0, 5.0), focus="KEN").payload()["topology"]["objects"])
        ['admin1', 'borders', 'countries', 'labels', 'sea']
    """

    kind: ClassVar[str] = "basemap"
    files: ClassVar[tuple[str, ...]] = ("countries.fgb", "borders.fgb", "admin1.fgb", "gazetteer-places.tsv")
    window: Window
    name: str = field(default="Land, borders and names", kw_only=True)
    focus: str = field(default="", kw_only=True)
    first_order: bool = field(default=True, kw_only=True)

    def content(self) -> dict[str, Any]:
        """The topology of the window."""
        return {"focus": self.focus, "topology": topology(self.window, self.focus, self.first_order)}


def topology(window: Window, focus: str, first_order: bool = True) -> dict[str, Any]:
    """Land, borders, first-order lines, sea and names of a window.

    Args:
        window: West, south, east, north in degrees.
        focus: ISO 3166-1 alpha-3; its first-order lines are drawn.
        first_order: False: they are not.

    Returns:
        A quantised TopoJSON topology; no arc is shared, the objects are those of the shipped base map.
    """
    made = _Arcs(window)
    areas = _read("admin1.fgb", window, ["iso3"])
    countries = _read("countries.fgb", window, ["iso3", "name"])
    borders = _read("borders.fgb", window, ["border_pair", "part", "line_status"])
    whole = shapely.box(*window)
    land = shapely.union_all(shapely.buffer(made.simple(areas.geometry.array), made.step * 5))
    own = areas.geometry.array[(areas["iso3"] == focus).to_numpy() & first_order]
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
        "labels": [made.point(*each) for each in _labels(window, countries, focus)],
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


def _country_rank(shape: BaseGeometry) -> int:
    """1, or the zoom from which on a small country is wider than a few letters of its name."""
    return max(1, int(np.ceil(np.log2(_LETTERS_DEGREES / max(np.sqrt(shape.area), 0.1)))))


def _labels(window: Window, countries: Any, focus: str) -> Iterable[tuple[float, float, dict[str, Any]]]:
    west, south, east, north = window
    whole = shapely.box(*window)
    for code, name, shape in zip(countries["iso3"], countries["name"], countries.geometry, strict=True):
        seen = shape.intersection(whole)
        if not seen.is_empty:
            at = seen.representative_point()
            yield at.x, at.y, {"kind": "country", "name": name, "rank": _country_rank(shape), "iso3": code}
    columns = ["name", "kind", "country", "lon", "lat", "population"]
    path = data_path("gazetteer-places.tsv")
    places = pd.read_csv(path, sep="\t", usecols=columns, keep_default_na=False, quoting=3, dtype=str)
    towns = places[(places["kind"] == "settlement") & (places["lon"] != "")]
    lon, lat = towns["lon"].astype(float), towns["lat"].astype(float)
    people = pd.to_numeric(towns["population"], errors="coerce").fillna(0)
    inside = towns[(lon > west) & (lon < east) & (lat > south) & (lat < north)].assign(people=people)
    largest = inside.sort_values(["people", "name"], ascending=[False, True], ignore_index=True)
    ranks = {place: 1 + min(place // 12, 4) for place in range(min(_TOWNS, len(largest)))}
    # Larger neighbours must not leave the country that the map is about without a town.
    own = largest.index[largest["country"] == focus][:_OWN_TOWNS]
    ranks |= {int(at): min(ranks.get(int(at), 5), 1 + min(place // 4, 4)) for place, at in enumerate(own)}
    for at, rank in sorted(ranks.items()):
        row = largest.iloc[at]
        words = {"kind": "town", "name": row["name"], "rank": rank, "iso3": row["country"]}
        yield float(row["lon"]), float(row["lat"]), words
