"""Reads JSON of every shape: GeoJSON, one object a line, lists of objects, columns, answers of interfaces."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

import numpy as np

from bordermap.errors import InputError
from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.geojson import WGS84, feature_layer, is_geojson, read_geojson
from bordermap.incidents.readers.geojson_shapes import KINDS, Shapes
from bordermap.incidents.readers.json_places import lines_known, lines_of_records
from bordermap.incidents.readers.json_source import JsonSource, Record, file_label, only_objects
from bordermap.incidents.readers.json_text import (
    Parser,
    broken,
    decode_json,
    has_separators,
    is_deep,
    refuse_depth,
    sequence,
)
from bordermap.incidents.readers.layer import Geometry, Layer
from bordermap.incidents.readers.records_json import Found, find_records, open_members
from bordermap.incidents.readers.row_faults import RowFaults
from bordermap.incidents.readers.typed import value_text

_PLACES: Final = ("geometry", "location", "geom", "the_geom", "geo", "point", "position", "coordinates")
#: The numbers that Esri gives to systems which EPSG numbers otherwise.
_ESRI: Final = {102100: 3857, 102113: 3857}


def read_json(blob: Blob, options: ReadOptions) -> list[Layer]:
    """Read any JSON text that holds records.

    Args:
        blob: The file.
        options: ``encoding``; ``layers`` names the keys of the lists to read where there are several.

    Returns:
        One layer; several where one object holds several lists of records, such as a timemap's events and
        sources, each named by its key. A record's number is its place in the list, from 1.

    Raises:
        InputError: The text is empty (BM113), not in its encoding (BM105), not JSON (BM244), cut off (BM245),
            too deep (BM246), without records (BM247), without the list asked for (BM309), in an unknown
            coordinate system (BM256), or with too many columns (BM254).

    Example:
        >>> blob = Blob("a.json", "json", b'[{"id": "007", "lat": 37.0}]')
        >>> read_json(blob, ReadOptions())[0].table.to_pylist()
        [{'id': '007', 'lat': '37'}]
    """
    try:
        return _read(blob, options)
    except RecursionError as error:  # texts full of brackets can hide a depth from the first look
        raise fault("BM246", file=file_label(blob)) from error


def _read(blob: Blob, options: ReadOptions) -> list[Layer]:
    label = file_label(blob)
    text, encoding = decode_json(blob.content(), options, label)
    source = JsonSource(blob, options, text, {**blob.facts, "encoding": encoding})
    if _is_sequence(text, options.limits.depth):
        return [_read_sequence(source)]
    refuse_depth(text, options.limits.depth, label)
    parser = Parser()
    try:
        value = parser.parse(text)
    except json.JSONDecodeError as error:
        raise broken(text, error, label) from error
    return _read_value(value, replace(source, facts={**source.facts, **_repeated(parser)}))


def _repeated(parser: Parser) -> dict[str, str]:
    keys = ", ".join(map(quote, parser.repeated))
    return {"repeated_keys": f"{keys}: the last one counts"} if keys else {}


def _read_value(value: Any, source: JsonSource) -> list[Layer]:
    if is_geojson(value):
        # What bordermap itself wrote beside its features: the tables of a casebook.
        own = value.get("bordermap") if isinstance(value, dict) else None
        layer = read_geojson(value, source)
        return [replace(layer, extra={"bordermap": own}) if isinstance(own, dict) else layer]
    found = find_records(value)
    if not found:
        raise _nothing(value, source.label)
    chosen = _chosen(found, source)
    # A single list needs no name, unless the analyst has asked for it by name.
    layers = [_record_layer(each, each.name if len(found) > 1 else "", value, source) for each in chosen]
    sisters = {layer.name: layer for layer in layers if layer.name}
    return [replace(layer, extra={k: v for k, v in sisters.items() if k != layer.name}) for layer in layers]


def _nothing(value: Any, label: str) -> InputError:
    if isinstance(value, dict) and value.get("type") == "Topology":
        return fault("BM247", "TopoJSON is not read; save it as GeoJSON", file=label)
    empty = [key for key, inner in value.items() if inner == []] if isinstance(value, dict) else []
    if value == [] or empty:
        named = f" {quote(empty[0])}" if empty else ""
        return fault("BM247", f"the list{named} is empty", file=label)
    return fault("BM247", file=label)


def _chosen(found: Sequence[Found], source: JsonSource) -> list[Found]:
    wanted, names = source.options.layers, [each.name for each in found]
    unknown = [name for name in wanted if name not in names]
    if unknown:
        listed = ", ".join(quote(name) for name in names if name) or "one list without a name"
        raise fault("BM309", f"no list {quote(unknown[0])}; there is {listed}", file=source.label)
    return [each for each in found if not wanted or each.name in wanted]


def _record_layer(found: Found, name: str, value: Any, source: JsonSource) -> Layer:
    faults = RowFaults()
    records, positions = only_objects(found.values, faults)
    geometry = _geometry(records, value, faults)
    facts = {"records_in": " › ".join(found.path)} if found.path else {}
    if found.origin:
        facts["shape"] = found.origin
    lines = lines_of_records(source.text, found.path) if found.lines else _one_line(len(found.values))
    rows = open_members(records)
    return source.layer("json", rows, positions, lines, faults, name=name, geometry=geometry, facts=facts)


def _one_line(count: int) -> Any:
    return lines_known([1] * count) if count == 1 else None


def _geometry(records: list[Record], value: Any, faults: RowFaults) -> Geometry | None:
    """The geometry of records that hold one, taken out of them."""
    for key in _PLACES:
        held = [record.get(key) for record in records]
        if any(isinstance(each, dict) and _is_shape(each) for each in held):
            for record in records:
                record.pop(key, None)
            return Geometry(Shapes().column(held, faults), WGS84)
        if key == "geometry" and any(_is_esri(each) for each in held):
            points = [_from_esri(record.pop(key, None)) for record in records]
            return Geometry(Shapes().column(points, faults), _esri_crs(value))
    return None


def _is_shape(value: dict[str, Any]) -> bool:
    return isinstance(value.get("type"), str) and value["type"] in KINDS and len(value.keys() - {"bbox"}) < 4


def _is_esri(value: Any) -> bool:
    return isinstance(value, dict) and "x" in value and "y" in value


def _from_esri(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if _is_esri(value):
        empty = value["x"] is None or value["x"] == "NaN"
        return None if empty else {"type": "Point", "coordinates": [value["x"], value["y"]]}
    if isinstance(value.get("paths"), list):
        return {"type": "MultiLineString", "coordinates": value["paths"]}
    return value


def _esri_crs(value: Any) -> str:
    reference = value.get("spatialReference") if isinstance(value, dict) else None
    number = reference.get("latestWkid", reference.get("wkid")) if isinstance(reference, dict) else None
    return f"EPSG:{_ESRI.get(number, number)}" if isinstance(number, int) else ""


def _is_sequence(text: str, depth: int) -> bool:
    """Whether most of the first pieces of a text are JSON objects of their own."""
    if has_separators(text):
        return True
    pieces = [piece for _, piece in islice(sequence(text), 20)]
    if len(pieces) < 2 or pieces[0].startswith("["):
        return False
    return 2 * sum(not _parsed(Parser(), piece, depth)[1] for piece in pieces) >= len(pieces)


def _read_sequence(source: JsonSource) -> Layer:
    """One JSON object a line; a broken line is one rejected record."""
    parser, faults = Parser(), RowFaults()
    lines, places, objects = [], [], []
    for place, (line, piece) in enumerate(sequence(source.text), start=1):
        lines.append(line)
        value, wrong = _parsed(parser, piece, source.options.limits.depth)
        if wrong:
            faults.add("BM248", place, wrong, value=piece[:1000], general="a broken line", outside=True)
        else:
            places.append(place)
            objects.append(value)
    if not objects:
        raise fault("BM247", "no line is a JSON object", file=source.label)
    line_of, positions = lines_known(lines), np.array(places, dtype=np.int64)
    if is_geojson(objects):
        layer = feature_layer("geojsonseq", objects, line_of, source, faults=faults)
        return replace(layer, records=positions)
    geometry = _geometry(objects, None, faults)
    facts = {"shape": "one object a line", **_repeated(parser)}
    rows = open_members(objects)
    return source.layer("json", rows, positions, line_of, faults, geometry=geometry, facts=facts)


def _parsed(parser: Parser, piece: str, depth: int) -> tuple[Any, str]:
    """The object of a line, or what is wrong with it."""
    if is_deep(piece, depth):
        return None, f"lists and objects lie in each other more than {depth} deep"
    try:
        value = parser.parse(piece)
    except json.JSONDecodeError as error:
        return None, f"not JSON: {error.msg} at character {error.pos + 1} of the line"
    except RecursionError:
        return None, "lists and objects lie in each other too deeply"
    if not isinstance(value, dict):
        return None, f"not an object: {quote(value_text(value))}"
    return value, ""
