"""Shapes of uncertain places as plain values for the browser client."""

from __future__ import annotations

from typing import Any

from bordermap.analysis.drawn import Drawing, Drawn, NamedShape
from bordermap.maps.drawing import lines, lon_lat, rings, simpler

#: A province needs no more than this on the page: about 200 m.
_AREA_TOLERANCE_DEGREES = 0.002


def drawn_value(drawn: Drawn) -> dict[str, Any]:
    """Where a location is drawn: a point, an area, or words only."""
    if drawn.kind == "point":
        return {"kind": "point", "lon": drawn.lon, "lat": drawn.lat, "shape": drawn.shape_id}
    return {"kind": "areal", "shape": drawn.shape_id} if drawn.kind == "areal" else {"kind": "words"}


def shape_values(drawing: Drawing) -> dict[str, dict[str, Any]]:
    """Every shape by id."""
    return {key: shape_value(named) for key, named in drawing.shapes.items()}


def shape_value(named: NamedShape) -> dict[str, Any]:
    """One shape: its kind, the place of its badge, its polygons or lines, and what must be said of it."""
    shape = named.shape
    value: dict[str, Any] = {
        "id": named.shape_id,
        "label": named.label,
        "kind": shape.kind,
        "badge": lon_lat(shape.badge),
        "note": shape.note,
    }
    if shape.kind == "stretch":
        return value | {"lines": lines(simpler(shape.geometry))}
    fine = shape.geometry if shape.kind != "area" else simpler(shape.geometry, _AREA_TOLERANCE_DEGREES)
    return value | {"polygons": rings(fine)}
