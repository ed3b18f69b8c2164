"""Layers: frozen values that say what to draw, and add themselves to any folium map.

A layer holds frames and words, no folium; ``payload()`` is what the browser client gets: plain JSON values.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, ClassVar

import geopandas as gpd
import pandas as pd

from bordermap import codebook
from bordermap.catalog import data_path
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.rights import permitted
from bordermap.maps import elements
from bordermap.maps.context_payload import context_payload
from bordermap.maps.drawing import lines, rings, simpler
from bordermap.maps.incident_columns.content import incident_content


@dataclass(frozen=True, eq=False)
class Layer:
    """What all layers share.

    Args:
        name: As the layer list shows it.
        shown: Whether it is on at first.
    """

    kind: ClassVar[str] = ""
    group: ClassVar[str] = "Base map"
    #: The shipped data files that it draws; their sources are credited on the page.
    files: ClassVar[tuple[str, ...]] = ()
    name: str = field(default="", kw_only=True)
    shown: bool = field(default=True, kw_only=True)

    def payload(self) -> dict[str, Any]:
        """What the browser client needs, as plain JSON values; a page keeps ``blocks`` beside them."""
        head = {
            "kind": self.kind,
            "key": self.kind,
            "name": self.name,
            "group": self.group,
            "shown": self.shown,
        }
        return head | self.content()

    def content(self) -> dict[str, Any]:
        """The part of the payload that is this layer's own."""
        return {}

    def add_to(self, parent: Any) -> Layer:
        """Add the layer to a folium map: ours or any other.

        Args:
            parent: A ``folium.Map``.

        Returns:
            The layer itself.
        """
        parent.add_child(elements.layer_element(self.payload()))
        return self


@dataclass(frozen=True, eq=False)
class BaseLayer(Layer):
    """The quiet base map that is shipped: land, first-order lines, rivers, labels.

    Args:
        focus: The country the map is about, ISO 3166-1 alpha-3; it is drawn a shade lighter.

    Example:
        >>> BaseLayer().payload()["focus"]
        'AFG'
    """

    kind: ClassVar[str] = "basemap"
    files: ClassVar[tuple[str, ...]] = ("basemap.json",)
    name: str = field(default="Land, rivers and labels", kw_only=True)
    focus: str = "AFG"

    def content(self) -> dict[str, Any]:
        """The shipped topology, as it is."""
        topology = json.loads(data_path("basemap.json").read_text(encoding="utf-8"))
        return {"focus": self.focus, "topology": topology}


@dataclass(frozen=True, eq=False)
class BorderLayer(Layer):
    """Borders with their line status, one switch for each.

    Args:
        borders: As :func:`bordermap.read_borders` gives them, EPSG:4326.

    Example:
        >>> import bordermap as bm
        >>> layer = BorderLayer(bm.read_borders("AFG"))
        >>> len(layer.payload()["lines"])
        6
    """

    kind: ClassVar[str] = "borders"
    files: ClassVar[tuple[str, ...]] = ("borders.fgb",)
    group: ClassVar[str] = "Borders"
    borders: gpd.GeoDataFrame = field(repr=False)
    name: str = field(default="Borders", kw_only=True)

    def content(self) -> dict[str, Any]:
        """The lines, thinned to what the deepest zoom shows."""
        return {"lines": [_border_line(row) for row in self.borders.to_dict("records")]}


def _border_line(row: dict[str, Any]) -> dict[str, Any]:
    neighbour = row.get("neighbour") or row["country_b"]
    name = row.get("neighbour_name") or codebook.COUNTRY_NAMES.get(neighbour, neighbour)
    return {
        "key": row["border_pair"] + (f":{row['part']}" if row.get("part") else ""),
        "name": name,
        "neighbour": neighbour,
        "status": row["line_status"],
        "statusLabel": codebook.label(codebook.LINE_STATUSES, row["line_status"]),
        "statusBy": row["line_status_by"] or "",
        "lengthKm": round(float(row["length_km"]), 1),
        "accuracyM": round(float(row["accuracy_m"])),
        "note": row["note"] or "",
        "parts": lines(simpler(row["geometry"])),
    }


@dataclass(frozen=True, eq=False)
class AreaLayer(Layer):
    """First-order areas of a country, as thin outlines.

    Args:
        areas: With ``name`` and polygons, EPSG:4326.

    Example:
        >>> from bordermap.geometry.areas import read_areas
        >>> len(AreaLayer(read_areas("AFG")).payload()["features"])
        34
    """

    kind: ClassVar[str] = "areas"
    files: ClassVar[tuple[str, ...]] = ("admin1.fgb",)
    areas: gpd.GeoDataFrame = field(repr=False)
    name: str = field(default="Provinces", kw_only=True)

    def content(self) -> dict[str, Any]:
        """The outlines, thinned."""
        return {
            "features": [
                {"name": str(name), "coords": rings(simpler(shape, 0.004))}
                for name, shape in zip(self.areas["name"], self.areas.geometry, strict=True)
            ]
        }


@dataclass(frozen=True, eq=False)
class PlaceLayer(Layer):
    """Named places as small dots with labels.

    Args:
        places: With ``place_id``, ``name``, ``kind``, ``longitude`` and ``latitude`` (degrees, WGS84; rows
            without coordinates are left out).

    Example:
        >>> import bordermap as bm
        >>> ids = [p["id"] for p in PlaceLayer(bm.read_casebook().places).payload()["places"]]
        >>> {"termez", "tashkent", "bazarak"} <= set(ids)
        True
    """

    kind: ClassVar[str] = "places"
    places: pd.DataFrame = field(repr=False)
    name: str = field(default="Places the casebook names", kw_only=True)

    def content(self) -> dict[str, Any]:
        """The places that have coordinates and are points."""
        pointed = (self.places["longitude"] != "") & (self.places["latitude"] != "")
        points = self.places[pointed & self.places["kind"].isin(["settlement", "crossing", "feature"])]
        return {
            "places": [
                {"id": key, "name": name, "kind": kind, "lon": float(lon), "lat": float(lat), "rank": 3}
                for key, name, kind, lon, lat in zip(
                    points["place_id"],
                    points["name"],
                    points["kind"],
                    points["longitude"],
                    points["latitude"],
                    strict=True,
                )
            ]
        }


@dataclass(frozen=True, eq=False)
class IncidentLayer(Layer):
    """Incidents with their status, their claims, and the shapes of the places that were reported.

    Args:
        casebook: As :func:`bordermap.read_casebook` gives it.

    Example:
        >>> import bordermap as bm
        >>> layer = IncidentLayer(bm.read_casebook())
        >>> layer.payload()["packed"]["n"]
        18
    """

    kind: ClassVar[str] = "incidents"
    files: ClassVar[tuple[str, ...]] = ("admin1.fgb", "stretches.fgb")
    group: ClassVar[str] = "Incidents"
    casebook: Casebook = field(repr=False)
    name: str = field(default="Incidents", kw_only=True)

    def content(self) -> dict[str, Any]:
        """Incidents as packed columns; their terms, shapes, sources, links and rings."""
        return incident_content(permitted(self.casebook))


@dataclass(frozen=True, eq=False)
class ContextLayer(Layer):
    """Exercises, meetings, conferences, positions and claims of control: one neutral symbol, no status.

    Args:
        casebook: As :func:`bordermap.read_casebook` gives it.

    Example:
        >>> import bordermap as bm
        >>> kinds = {i["kind"] for i in ContextLayer(bm.read_casebook()).payload()["items"]}
        >>> {"exercise", "conference", "control_claim"} <= kinds
        True
    """

    kind: ClassVar[str] = "context"
    group: ClassVar[str] = "Context"
    casebook: Casebook = field(repr=False)
    name: str = field(default="Exercises, meetings, positions", kw_only=True)

    def content(self) -> dict[str, Any]:
        """The context entries with their claims and sources."""
        return context_payload(permitted(self.casebook))
