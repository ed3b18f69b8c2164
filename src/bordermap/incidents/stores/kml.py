"""KML 2.2: a placemark an incident, every column in its extended data, a style for each status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape as escape_html
from typing import Final
from xml.sax.saxutils import escape

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.codebook import STATUSES, status_title
from bordermap.incidents.stores.content import Content, Stored
from bordermap.incidents.stores.names import MARKS
from bordermap.incidents.stores.palette import STATUS_COLOURS, rgb
from bordermap.incidents.stores.values import NOT_XML, cleaned, cleaning_notes

#: What readers tell of a placemark beside its extended data.
ELEMENTS: Final = ("name", "description", "folder", "address", "phoneNumber", "when", "begin", "end")
PREFIX: Final = "kml_"
#: Readers of KML take off the blanks around a value: here they stand once more, as JSON by column.
BLANKS: Final = "bordermap:blanks"
# A parser would turn these into spaces or line feeds: written as references they come back as they were.
_KEPT = {"\r": "&#13;", '"': "&quot;"}
_IN_ATTRIBUTES = _KEPT | {"\n": "&#10;", "\t": "&#9;"}


def encode_kml(content: Content) -> Stored:
    """One document. Balloons show a description that no viewer can take for markup or script.

    Args:
        content: The casebook.
    """
    flat, changed = cleaned(content.flat, NOT_XML)
    flat = flat.set_axis([kml_name(NOT_XML.sub("\ufffd", str(name))) for name in flat.columns], axis=1)
    title = NOT_XML.sub("\ufffd", content.casebook.about.title)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<kml xmlns="http://www.opengis.net/kml/2.2">',
        f"<Document><name>{_text(title)}</name>",
        *map(_style, STATUSES),
        *_placemarks(content, flat),
        "</Document>",
        "</kml>",
        "",
    ]
    return Stored(
        "\n".join(lines).encode(),
        (
            *content.flat_notes("KML"),
            *content.owner_notes("KML"),
            *content.outline_notes(),
            *cleaning_notes(changed, "KML"),
        ),
    )


def kml_name(name: str) -> str:
    """What a column is called in the extended data: never like an element of a placemark.

    Example:
        >>> kml_name("iso"), kml_name("name"), kml_name("kml_name")
        ('iso', 'kml_name', 'kml_kml_name')
    """
    return PREFIX + name if _bare(name) in ELEMENTS else name


def column_name(name: str) -> str:
    """The inverse of :func:`kml_name`.

    Example:
        >>> column_name("kml_name"), column_name("kml_iso")
        ('name', 'kml_iso')
    """
    return name[len(PREFIX) :] if name.startswith(PREFIX) and _bare(name) in ELEMENTS else name


def _bare(name: str) -> str:
    while name.startswith(PREFIX):
        name = name[len(PREFIX) :]
    return name


def _text(text: str) -> str:
    return escape(text, _KEPT)


def _attribute(text: str) -> str:
    return escape(text, _IN_ATTRIBUTES)


def _style(status: str) -> str:
    red, green, blue = rgb(STATUS_COLOURS[status])
    colour = f"{blue:02x}{green:02x}{red:02x}"
    return (
        f'<Style id="{status}"><IconStyle><color>ff{colour}</color></IconStyle>'
        f"<LineStyle><color>ff{colour}</color><width>2</width></LineStyle>"
        f"<PolyStyle><color>40{colour}</color></PolyStyle>"
        "<BalloonStyle><text>$[description]</text></BalloonStyle></Style>"
    )


def _placemarks(content: Content, frame: pd.DataFrame) -> Iterator[str]:
    names = [str(name) for name in frame.columns]
    attributes = [_attribute(name) for name in names]
    always = [name in MARKS for name in names]
    columns = [frame[name].tolist() for name in names]
    shapes: dict[int, str] = {}
    for row, shape in zip(zip(*columns, strict=True), content.geometry, strict=True):
        cells = dict(zip(names, row, strict=True))
        told = zip(attributes, row, always, strict=True)
        data = "".join(_data(name, text) for name, text, is_mark in told if text or is_mark)
        data += _blanks({name: text for name, text in cells.items() if text != text.strip()})
        yield (
            f"<Placemark><name>{_text(status_title(cells['status'], cells['title']))}</name>"
            f"<description>{_text(_description(cells))}</description>"
            f"<styleUrl>#{cells['status']}</styleUrl>"
            f"<ExtendedData>{data}</ExtendedData>{_shape(shape, shapes)}</Placemark>"
        )


def _data(name: str, text: str) -> str:
    return f'<Data name="{name}"><value>{_text(text)}</value></Data>'


def _blanks(cells: dict[str, str]) -> str:
    return _data(BLANKS, json.dumps(cells, ensure_ascii=False)) if cells else ""


def _description(cells: dict[str, str]) -> str:
    """What the balloon shows: markup to the viewers, so every value is escaped once more."""
    told = [cells["status_words"], cells["date_start"], cells["location"], cells["notes"], cells["source"]]
    return "<br>".join(escape_html(text) for text in told if text)


def _shape(shape: BaseGeometry | None, known: dict[int, str]) -> str:
    if shape is None:
        return ""
    if id(shape) not in known:
        known[id(shape)] = _geometry(shape)
    return known[id(shape)]


def _geometry(shape: BaseGeometry) -> str:
    if shape.geom_type.startswith("Multi"):
        return f"<MultiGeometry>{''.join(map(_geometry, shapely.get_parts(shape)))}</MultiGeometry>"
    if shape.geom_type == "Polygon":
        rings = shapely.get_rings(shape)
        inner = "".join(f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in rings[1:])
        return f"<Polygon><outerBoundaryIs>{_ring(rings[0])}</outerBoundaryIs>{inner}</Polygon>"
    return f"<{shape.geom_type}>{_coordinates(shape)}</{shape.geom_type}>"


def _ring(ring: BaseGeometry) -> str:
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(shape: BaseGeometry) -> str:
    pairs = shapely.get_coordinates(shape).tolist()
    return f"<coordinates>{' '.join(f'{lon!r},{lat!r}' for lon, lat in pairs)}</coordinates>"
