"""The styles that QGIS shows for the layers of a GeoPackage: a colour for each status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from bordermap.codebook import STATUSES
from bordermap.incidents.stores.gpkg_system import GEOMETRY, moment
from bordermap.incidents.stores.palette import STATUS_COLOURS, rgb

#: Symbol, number of the geometry type, class of the symbol's layer, by how an incident is drawn.
_SYMBOLS: Final = {
    "point": ("marker", 0, "SimpleMarker"),
    "stretch": ("line", 1, "SimpleLine"),
    "area": ("fill", 2, "SimpleFill"),
}


def style_rows(parts: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """Rows of ``layer_styles``, one for each layer of incidents.

    Args:
        parts: How the incidents of each layer are drawn.
    """
    layers = {"incidents": "point", **parts}
    return [
        ("", "", layer, GEOMETRY, "status", _qml(drawn), "", 1, "colours by status", "", None, moment())
        for layer, drawn in layers.items()
    ]


def _qml(drawn: str) -> str:
    number = _SYMBOLS[drawn][1]
    categories = "".join(
        f'<category render="true" symbol="{at}" value={quoteattr(key)} label={quoteattr(code.label)}/>'
        for at, (key, code) in enumerate(STATUSES.items())
    )
    symbols = "".join(_symbol(at, key, drawn) for at, key in enumerate(STATUSES))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.28.0" styleCategories="Symbology">'
        '<renderer-v2 type="categorizedSymbol" attr="status" symbollevels="0" enableorderby="0" '
        'forceraster="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>"
        f"<layerGeometryType>{number}</layerGeometryType></qgis>"
    )


def _symbol(at: int, status: str, drawn: str) -> str:
    kind, _, layer = _SYMBOLS[drawn]
    options = "".join(
        f'<Option type="QString" name="{name}" value="{value}"/>'
        for name, value in _properties(status, drawn).items()
    )
    return (
        f'<symbol type="{kind}" name="{at}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{layer}" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{options}</Option></layer>'
        "</symbol>"
    )


def _properties(status: str, drawn: str) -> dict[str, str]:
    red, green, blue = rgb(STATUS_COLOURS[status])
    strong, light = f"{red},{green},{blue},255", f"{red},{green},{blue},60"
    if drawn == "stretch":
        return {"line_color": strong, "line_width": "1", "line_width_unit": "MM", "line_style": "solid"}
    if drawn == "area":
        return {"color": light, "style": "b_diagonal", "outline_color": strong, "outline_width": "0.4"}
    hollow = status in ("claimed", "denied")
    return {
        "name": "circle", "color": "255,255,255,255" if hollow else strong, "size": "3", "size_unit": "MM",
        "outline_color": strong if hollow else "255,255,255,255", "outline_width": "0.5",
        "outline_style": "solid",
    }  # fmt: skip
