"""GeoJSON (RFC 7946) and line-delimited GeoJSON: areas as areas, the claims of an incident nested in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from bordermap.incidents.frames import records
from bordermap.incidents.stores.content import Content, Stored
from bordermap.incidents.stores.values import NUMERIC, counted, number_of


def encode_geojson(content: Content) -> Stored:
    """A feature collection; the member ``bordermap`` has the casebook's own words and all its tables.

    Args:
        content: The casebook.
    """
    member = content.member(tables=True) | {"notes": list(content.flat_notes("a feature"))}
    head = f'{{"type":"FeatureCollection","bordermap":{_dumps(member)},"features":[\n'
    body = ",\n".join(_features(content))
    return Stored((head + body + "\n]}\n").encode(), content.shape_notes())


def encode_lines(content: Content) -> Stored:
    """One feature a line.

    Args:
        content: The casebook.
    """
    text = "".join(f"{line}\n" for line in _features(content))
    notes = (*content.shape_notes(), *content.owner_notes("GeoJSONSeq"))
    if not content.single:
        claims = counted(len(content.casebook.claims), "claim")
        notes = (
            f"{claims}: shown with their incident, but not read back; use .geojson, .gpkg, .xlsx or a folder",
            *notes,
        )
    return Stored(text.encode(), notes)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _features(content: Content) -> Iterator[str]:
    flat, claims = content.flat, {} if content.single else _claims(content)
    names = [str(name) for name in flat.columns]
    for row, shape in zip(
        zip(*(flat[n].tolist() for n in names), strict=True), _shapes(content), strict=True
    ):
        properties = {name: _value(name, text) for name, text in zip(names, row, strict=True)}
        if claims:
            properties["claims"] = claims.get(row[0], [])
        yield f'{{"type":"Feature","geometry":{shape},"properties":{_dumps(properties)}}}'


def _value(name: str, text: str) -> Any:
    if not text:
        return None
    number = number_of(text) if name in NUMERIC else None
    return text if number is None else number


def _shapes(content: Content) -> list[str]:
    """The geometries as JSON; outlines run anticlockwise, as RFC 7946 wants them."""
    found = content.geometry
    cache: dict[int, str] = {}
    texts = []
    for shape in found:
        if shape is None:
            texts.append("null")
        elif shape.geom_type == "Point":
            texts.append(shapely.to_geojson(shape))
        else:
            # Many rows share the shape of one province: it is written out once.
            if id(shape) not in cache:
                cache[id(shape)] = shapely.to_geojson(shapely.orient_polygons(shape))
            texts.append(cache[id(shape)])
    return texts


def _claims(content: Content) -> dict[str, list[dict[str, Any]]]:
    """The claims of each incident with the names of their parties and their sources."""
    book = content.casebook
    parties = dict(zip(book.parties["party_id"], book.parties["name"], strict=True))
    sources = {row["source_id"]: row for row in records(book.sources)}
    carried: dict[str, list[dict[str, str]]] = {}
    for row in records(book.claim_sources):
        source = sources[row["source_id"]]
        told = {name: source[name] for name in ("title", "publisher", "date", "url")} | {
            "relation": row["relation"]
        }
        carried.setdefault(row["claim_id"], []).append(_filled(told))
    found: dict[str, list[dict[str, Any]]] = {}
    for row in records(book.claims):
        claim = _filled({name: text for name, text in row.items() if name != "event_id"})
        claim["party"] = parties[row["party_id"]]
        if row["attributed_to"]:
            claim["attributed_to_party"] = parties[row["attributed_to"]]
        found.setdefault(row["event_id"], []).append(claim | {"sources": carried.get(row["claim_id"], [])})
    return found


def _filled(row: dict[str, str]) -> dict[str, Any]:
    return {name: text for name, text in row.items() if text}


def shape_types(content: Content) -> list[str]:
    """The types of geometry that occur, sorted, as GeoParquet names them."""
    ids = {int(shapely.get_type_id(shape)) for shape in content.geometry if shape is not None}
    names = np.array(["Point", "LineString", "", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
                      "GeometryCollection"])  # fmt: skip
    return sorted(names[sorted(ids)].tolist()) if ids else []
