"""Reads GPX 1.0 and 1.1: waypoints, tracks and routes, a row each."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.geojson_shapes import Position, ShapeError
from bordermap.incidents.readers.json_places import lines_known
from bordermap.incidents.readers.json_source import file_label, record_table
from bordermap.incidents.readers.kml_shapes import line_or_point
from bordermap.incidents.readers.layer import Geometry, Layer
from bordermap.incidents.readers.markup import Element, parse_markup
from bordermap.incidents.readers.row_faults import RowFaults
from bordermap.incidents.readers.typed import long_values

_KINDS: Final = {"wpt": "waypoint", "trk": "track", "rte": "route"}
_OWN: Final = ("kind", "name", "desc", "cmt", "time", "time_end", "ele", "sym", "type", "src", "url")
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass
class _Row:
    kind: str
    line: int
    values: dict[str, str] = field(default_factory=dict)
    segments: list[list[Position]] = field(default_factory=lambda: [[]])
    wrong: ShapeError | None = None
    written: str = ""

    def shape(self) -> Any:
        """The point or the line; None for a track without points, or with a faulty one."""
        segments = [segment for segment in self.segments if segment]
        if self.wrong or not segments:
            return None
        if len(segments) == 1:
            return line_or_point(segments[0])
        lines = [segment for segment in segments if len(segment) > 1]
        return shapely.MultiLineString(lines) if len(lines) == len(segments) else _mixed(segments)


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.strip())) and math.isfinite(float(text))


def _mixed(segments: list[list[Position]]) -> Any:
    return shapely.GeometryCollection([line_or_point(segment) for segment in segments])


@dataclass
class _Gpx:
    """What has been read so far; its two methods are called at each tag."""

    rows: list[_Row] = field(default_factory=list)
    root: str = ""
    now: _Row | None = None

    def start(self, path: list[Element]) -> None:
        element = path[-1]
        self.root = self.root or element.name
        if element.name in _KINDS and len(path) == 2:
            self.now = _Row(_KINDS[element.name], element.line)
            self.rows.append(self.now)
        if self.now is None:
            return
        if element.name == "trkseg":
            self.now.segments.append([])
        elif element.name in ("wpt", "trkpt", "rtept"):
            self._place(element, self.now)
        elif element.name == "link" and element.attributes.get("href"):
            self.now.values.setdefault("url", element.attributes["href"])

    def _place(self, element: Element, row: _Row) -> None:
        lon, lat = element.attributes.get("lon", ""), element.attributes.get("lat", "")
        if _is_number(lon) and _is_number(lat):
            row.segments[-1].append((float(lon), float(lat)))
        elif row.wrong is None:
            general = "lat and lon are not numbers"
            row.written = f"lat={lat[:200]} lon={lon[:200]}"
            row.wrong = ShapeError("BM158", f"{general}: lat {quote(lat)}, lon {quote(lon)}", general)

    def end(self, path: list[Element]) -> None:
        element = path[-1]
        if self.now is None or len(path) < 2:
            return
        if len(path) == 2:
            self.now = None
        elif len(path) == 3 or "extensions" in (each.name for each in path[2:-1]):
            self._value(path, self.now)
        elif element.name == "time" and path[-2].name in ("trkpt", "rtept"):
            self.now.values.setdefault("time", element.words)
            self.now.values["time_end"] = element.words

    def _value(self, path: list[Element], row: _Row) -> None:
        """A text of the row; inside its extensions any that is not empty. What points say is not kept."""
        element = path[-1]
        of_point = any(each.name in ("trkpt", "rtept") for each in path)
        if element.words and not of_point and element.name != "link":
            foreign = len(path) > 3 and element.name in _OWN
            row.values.setdefault(f"{element.name} (extension)" if foreign else element.name, element.words)


def read_gpx(blob: Blob, options: ReadOptions) -> list[Layer]:
    """Read all waypoints, tracks and routes of a GPX file.

    Args:
        blob: The file.
        options: ``encoding`` and ``limits``.

    Returns:
        One layer, WGS84. A record's number is the place of the waypoint, track or route in the file, from 1;
        ``kind`` says which it is. Latitudes that are no numbers are faults of their rows (BM158).

    Raises:
        InputError: It is not well-formed (BM251), cut off (BM245), declares entities (BM250), has no place in
            it (BM252), or one of the faults of encodings, depth and columns.

    Example:
        >>> text = b'<gpx><wpt lat="37.2" lon="67.2"><name>A</name></wpt></gpx>'
        >>> [layer] = read_gpx(Blob("a.gpx", "gpx", text), ReadOptions())
        >>> layer.table.to_pylist()
        [{'kind': 'waypoint', 'name': 'A'}]
    """
    label = file_label(blob)
    gpx = _Gpx()
    encoding = parse_markup(blob.content(), options, label, gpx.start, gpx.end)
    if not gpx.rows:
        what = "no waypoint, track or route" if gpx.root == "gpx" else f"no GPX but <{gpx.root}>"
        raise fault("BM252", what, file=label)
    faults = RowFaults()
    for at, row in enumerate(gpx.rows):
        if row.wrong:
            faults.add(row.wrong.code, at, row.wrong.message, value=row.written, general=row.wrong.general)
    table = record_table([_record(row) for row in gpx.rows], options.limits.columns, label)
    shapes = np.array([*(row.shape() for row in gpx.rows), None], dtype=object)[:-1]
    return [
        Layer(
            file=blob.file,
            format="gpx",
            table=table,
            member=blob.member,
            geometry=Geometry(_wkb(shapes), "EPSG:4326"),
            records=np.arange(1, len(gpx.rows) + 1, dtype=np.int64),
            line_of=lines_known([row.line for row in gpx.rows]),
            facts={**blob.facts, "encoding": encoding, "crs": "WGS84, as GPX has it"},
            faults=(*faults.gathered(), *long_values(table, options.limits.field_characters)),
        )
    ]


def _wkb(shapes: Any) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(shapely.to_wkb(shapes), type=pa.large_binary())])


def _record(row: _Row) -> dict[str, str]:
    values = {"kind": row.kind, **row.values}
    order = [name for name in _OWN if name in values]
    return {name: values[name] for name in (*order, *(name for name in values if name not in order))}
