"""Reads GeoJSON: collections, features and bare geometries, and the old ``crs`` member."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from pyproj import CRS
from pyproj.exceptions import CRSError

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.readers.geojson_shapes import KINDS, Shapes
from bordermap.incidents.readers.json_places import lines_known, lines_of_records
from bordermap.incidents.readers.json_source import JsonSource, Record, only_objects
from bordermap.incidents.readers.layer import Geometry, Ints, Layer
from bordermap.incidents.readers.row_faults import RowFaults
from bordermap.incidents.readers.typed import value_text

WGS84: Final = "EPSG:4326"
_CODE: Final = re.compile(r"\b(EPSG|ESRI)(?::+|/)(?:[\d.]+[:/])?(\d{4,6})$", re.IGNORECASE)
_STANDARD: Final = "WGS84, as GeoJSON has it"
_OWN: Final = frozenset(("type", "geometry", "properties", "id", "bbox"))


def is_geojson(value: Any) -> bool:
    """Whether a JSON value is GeoJSON, or a list of its features.

    Example:
        >>> is_geojson({"type": "Point", "coordinates": []}), is_geojson([{"type": "Feature"}])
        (True, True)
    """
    if isinstance(value, list):
        first = next((each for each in value if isinstance(each, dict)), {})
        return first.get("type") == "Feature"
    kinds = ("FeatureCollection", "Feature", *KINDS)
    return isinstance(value, dict) and isinstance(value.get("type"), str) and value["type"] in kinds


def read_geojson(value: Any, source: JsonSource) -> Layer:
    """A GeoJSON value as a layer, a row for each feature.

    Args:
        value: Something that :func:`is_geojson` accepts.
        source: The file it came from.

    Raises:
        InputError: There is no feature (BM247), or its coordinate system is not known (BM256).
    """
    crs, said = named_crs(value.get("crs", WGS84) if isinstance(value, dict) else WGS84, source)
    features: Any = value
    path: list[str] = []
    if isinstance(value, list):
        pass
    elif value["type"] == "FeatureCollection":
        features, path = value.get("features"), ["features"]
    elif value["type"] == "GeometryCollection":
        shapes = value.get("geometries")
        features = [_bare(each) for each in shapes] if isinstance(shapes, list) else None
        path = ["geometries"]
    else:
        features = [value if value["type"] == "Feature" else _bare(value)]
        return feature_layer("geojson", features, lines_known([1]), source, crs, said)
    if not isinstance(features, list) or not features:
        raise fault("BM247", f"a {_kind(value)} without features", file=source.label)
    return feature_layer("geojson", features, lines_of_records(source.text, path), source, crs, said)


def _bare(geometry: Any) -> Record:
    return {"type": "Feature", "geometry": geometry, "properties": None}


def _kind(value: Any) -> str:
    return str(value["type"]) if isinstance(value, dict) else "list"


def feature_layer(
    kind: str,
    features: Sequence[Any],
    line_of: Callable[[Ints], Ints],
    source: JsonSource,
    crs: str = WGS84,
    said: str = _STANDARD,
    faults: RowFaults | None = None,
) -> Layer:
    """Features as a layer; the properties are the columns.

    Args:
        kind: ``geojson`` or ``geojsonseq``.
        features: One a record; what is no object is rejected.
        line_of: From record numbers to lines.
        source: The file.
        crs: Of the coordinates.
        said: How the system is known.
        faults: Found so far.
    """
    faults = faults or RowFaults()
    objects, positions = only_objects(features, faults)
    shapes = Shapes()
    wkb = shapes.column([_geometry(feature) for feature in objects], faults)
    geometry = Geometry(wkb, crs)
    if shapes.no_degrees and said == _STANDARD:
        geometry, said = Geometry(wkb, "", declared=False), "not stated, and the numbers are no degrees"
    facts = {"crs": said} | (
        {"heights": f"dropped from {shapes.heights:,} positions"} if shapes.heights else {}
    )
    return source.layer(
        kind,
        [_record(feature) for feature in objects],
        positions,
        line_of,
        faults,
        geometry=geometry,
        facts=facts,
    )


def _geometry(feature: Record) -> Any:
    # A bare geometry may stand among features.
    kind = feature.get("type")
    return feature if isinstance(kind, str) and kind in KINDS else feature.get("geometry")


def _record(feature: Record) -> Record:
    """The columns of a feature: its id, its properties, and members that no standard knows."""
    properties = feature.get("properties")
    values = properties if isinstance(properties, dict) else {}
    record = {"id": feature["id"], **values} if "id" in feature and "id" not in values else dict(values)
    if properties is not None and not isinstance(properties, dict):
        record["properties"] = properties
    if not feature.keys() <= _OWN and feature.get("type") == "Feature":
        for key in (key for key in feature if key not in _OWN):
            record[key if key not in record else f"{key} (of the feature)"] = feature[key]
    return record


def named_crs(member: Any, source: JsonSource) -> tuple[str, str]:
    """The coordinate system that the old ``crs`` member names, and how to say so.

    Args:
        member: The member; WGS84 where the file has none.
        source: The file; where its options name a system, that one is not the file's concern.

    Raises:
        InputError: It is not known (BM256).
    """
    if member is None or member == WGS84:
        return WGS84, _STANDARD
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else member
    written = value_text(name)
    if written.endswith("CRS84"):
        return WGS84, f"WGS84 ({quote(written)} in the file)"
    # Numbers only: a definition in words could name a file on this machine.
    code = _CODE.search(written[-100:])
    if code and _is_known(code[1].upper(), code[2]):
        crs = f"{code[1].upper()}:{code[2]}"
        return crs, f"{crs} ({quote(written)} in the file)"
    if source.options.source_crs:
        return source.options.source_crs, f"{source.options.source_crs}, as the options say"
    raise fault("BM256", f"the coordinate system {quote(written)} is not known", file=source.label)


def _is_known(authority: str, number: str) -> bool:
    try:
        CRS.from_authority(authority, number)
    except CRSError:
        return False
    return True
