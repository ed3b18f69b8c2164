"""The geometry of a Parquet file: which column it is, how it is written, and in which coordinate system."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from bordermap.geometry.depth import without_deep
from bordermap.incidents.faults import fault, quote
from bordermap.incidents.readers.layer import TEXT

#: What GeoParquet means where it names no system: degrees on WGS84, longitude first.
_DEFAULT_CRS: Final = "OGC:CRS84"
_KINDS: Final = {
    "point": (shapely.GeometryType.POINT, 0),
    "linestring": (shapely.GeometryType.LINESTRING, 1),
    "polygon": (shapely.GeometryType.POLYGON, 2),
    "multipoint": (shapely.GeometryType.MULTIPOINT, 1),
    "multilinestring": (shapely.GeometryType.MULTILINESTRING, 2),
    "multipolygon": (shapely.GeometryType.MULTIPOLYGON, 3),
}


@dataclass(frozen=True)
class GeoColumn:
    """A column of geometry.

    Attributes:
        name: Of the column.
        encoding: ``wkb``, or the kind of shape whose coordinates stand in it as numbers.
        crs: Its coordinate system; empty where it is not known.
        covering: Columns that only repeat the bounds of this one.
    """

    name: str
    encoding: str
    crs: str
    covering: tuple[str, ...] = ()


def geo_columns(schema: pa.Schema, file: str) -> list[GeoColumn]:
    """The columns of geometry, the main one first; none in a plain Parquet file.

    Args:
        schema: Of the file, with its metadata.
        file: As the user named it, for messages.

    Raises:
        InputError: What the file says of its geometry makes no sense (BM261).
    """
    text = (schema.metadata or {}).get(b"geo")
    if text is None:
        return [column for field in schema for column in _by_extension(field)]
    try:
        said = json.loads(text)
        columns = {str(name): _column(str(name), each) for name, each in said["columns"].items()}
        main = columns.pop(str(said["primary_column"]))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise fault("BM261", "what it says of its geometry cannot be understood", file=file) from None
    found = [main, *columns.values()]
    for column in found:
        if column.name not in schema.names or column.encoding not in ("wkb", *_KINDS):
            raise fault("BM261", f"no geometry that can be read in {quote(column.name)}", file=file)
    return found


def _column(name: str, said: Mapping[str, Any]) -> GeoColumn:
    covering = (said.get("covering") or {}).get("bbox") or {}
    names = sorted({str(path[0]) for path in covering.values()})
    crs = said.get("crs", _DEFAULT_CRS)
    return GeoColumn(name, str(said["encoding"]).lower(), crs_text(crs), tuple(names))


def _by_extension(field: pa.Field) -> list[GeoColumn]:
    """Geometry that only the type of the column tells of."""
    marks = field.metadata or {}
    if marks.get(b"ARROW:extension:name") not in (b"geoarrow.wkb", b"ogc.wkb"):
        return []
    try:
        said = json.loads(marks.get(b"ARROW:extension:metadata") or b"{}")
    except (ValueError, RecursionError):
        said = {}
    return [GeoColumn(field.name, "wkb", crs_text(said.get("crs") if isinstance(said, dict) else None))]


def crs_text(crs: object) -> str:
    """A coordinate system as text: its code where it has one, else its definition as JSON.

    Example:
        >>> crs_text({"id": {"authority": "EPSG", "code": 32642}}), crs_text(None), crs_text("OGC:CRS84")
        ('EPSG:32642', '', 'OGC:CRS84')
    """
    if isinstance(crs, dict):
        known = crs.get("id")
        if isinstance(known, dict) and {"authority", "code"} <= set(known):
            return f"{known['authority']}:{known['code']}"
        return json.dumps(crs)
    return crs if isinstance(crs, str) else ""


def as_wkb(column: pa.ChunkedArray, encoding: str) -> pa.ChunkedArray:
    """A column of geometry as well-known binary.

    Args:
        column: As it stands in the file.
        encoding: As :class:`GeoColumn` has it.

    Raises:
        ValueError: The values are not what the encoding says (pyarrow's own errors among them).

    Example:
        >>> column = pa.chunked_array([[{"x": 67.2, "y": 37.2}, None]])
        >>> [value and shapely.from_wkb(value).wkt for value in as_wkb(column, "point").to_pylist()]
        ['POINT (67.2 37.2)', None]
    """
    values = column.combine_chunks()
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if isinstance(values, pa.ExtensionArray):
        values = values.storage
    if encoding == "wkb":
        return pa.chunked_array([values.cast(pa.large_binary())])
    kind, depth = _KINDS[encoding]
    missing = values.is_null().to_numpy(zero_copy_only=False)
    offsets: list[NDArray[np.int64]] = []
    for _ in range(depth):
        lengths = pc.fill_null(pc.list_value_length(values), 0).to_numpy(zero_copy_only=False)
        offsets.insert(0, np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))
        values = values.flatten()
    shapes = shapely.from_ragged_array(kind, _coordinates(values), tuple(offsets) or None)
    shapes[missing] = None
    return pa.chunked_array([pa.array(shapely.to_wkb(shapes), pa.large_binary())])


def _coordinates(values: pa.StructArray) -> NDArray[np.float64]:
    axes = [pc.struct_field(values, name).to_numpy(zero_copy_only=False) for name in ("x", "y")]
    return np.column_stack(axes).astype(np.float64)


def as_wkt(column: pa.ChunkedArray, encoding: str) -> pa.ChunkedArray:
    """A second column of geometry as well-known text; bytes that are no geometry stay as hexadecimal."""
    raw = as_wkb(column, encoding)
    shapes = shapely.from_wkb(without_deep(raw.to_numpy()), on_invalid="ignore")
    texts = shapely.to_wkt(shapes, rounding_precision=-1)
    broken = np.asarray(shapely.is_missing(shapes)) & raw.is_valid().to_numpy()
    shown = [
        value.hex() if bad and value is not None else text
        for text, bad, value in zip(texts, broken, raw.to_pylist(), strict=True)
    ]
    return pa.chunked_array([pa.array(shown, TEXT)])
