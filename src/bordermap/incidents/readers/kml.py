"""Reads KML: every Placemark of every folder; links to other files are told of and never followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.geojson_shapes import ShapeError
from bordermap.incidents.readers.json_places import lines_known
from bordermap.incidents.readers.json_source import file_label, record_table
from bordermap.incidents.readers.kml_shapes import SHAPES, Gathering, positions
from bordermap.incidents.readers.layer import Geometry, Layer
from bordermap.incidents.readers.markup import Element, parse_markup
from bordermap.incidents.readers.row_faults import RowFaults
from bordermap.incidents.readers.typed import long_values

_FOLDERS: Final = ("Folder", "Document")
_NOT_READ: Final = ("NetworkLink", "Model", "GroundOverlay", "ScreenOverlay", "PhotoOverlay", "Tour")
_OWN: Final = ("name", "folder", "description", "address", "phoneNumber", "when", "begin", "end")
_TEXTS: Final = {
    ("Placemark", "name"): "name",
    ("Placemark", "description"): "description",
    ("Placemark", "address"): "address",
    ("Placemark", "phoneNumber"): "phoneNumber",
    ("TimeStamp", "when"): "when",
    ("TimeSpan", "begin"): "begin",
    ("TimeSpan", "end"): "end",
}


@dataclass
class _Folder:
    parent: _Folder | None = None
    kind: str = "Document"
    name: str = ""

    def path(self) -> tuple[str, ...]:
        if self.parent is None:  # the document itself is no folder in it
            return (self.name,) if self.kind == "Folder" else ()
        return (*self.parent.path(), self.name)


@dataclass
class _Placemark:
    folder: _Folder
    line: int
    values: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    shape: Any = None
    wrong: ShapeError | None = None
    written: str = ""

    def record(self) -> dict[str, str]:
        own = {name: self.values.get(name, "") for name in _OWN if name != "folder"}
        own["folder"] = "/".join(self.folder.path())
        return own | {f"{key} (data)" if key in _OWN else key: value for key, value in self.data.items()}


@dataclass
class _Kml:
    """What has been read so far; its two methods are called at each tag."""

    placemarks: list[_Placemark] = field(default_factory=list)
    folders: list[_Folder] = field(default_factory=list)
    open_folders: list[_Folder] = field(default_factory=list)
    shapes: list[Gathering] = field(default_factory=list)
    not_read: Counter[str] = field(default_factory=Counter)
    heights: int = 0
    root: str = ""
    now: _Placemark | None = None

    def start(self, path: list[Element]) -> None:
        name = path[-1].name
        self.root = self.root or name
        if name in _FOLDERS:
            folder = _Folder(self.open_folders[-1] if self.open_folders else None, name)
            self.open_folders.append(folder)
            self.folders.append(folder)
        elif name == "Placemark":
            folder = self.open_folders[-1] if self.open_folders else _Folder()
            self.now = _Placemark(folder, path[-1].line)
            self.shapes = []
            self.placemarks.append(self.now)
        elif name in SHAPES and self.now:
            self.shapes.append(Gathering(name))
        elif name in _NOT_READ:
            self.not_read[name] += 1

    def end(self, path: list[Element]) -> None:
        element, parent = path[-1], path[-2].name if len(path) > 1 else ""
        if element.name in _FOLDERS:
            self.open_folders.pop()
        elif element.name == "Placemark":
            self.now = None
        elif self.now is None:
            if element.name == "name" and parent in _FOLDERS and self.open_folders:
                self.open_folders[-1].name = element.words
        elif element.name in ("coordinates", "coord") or element.name in SHAPES:
            self._geometry(path, self.now)
        else:
            self._value(path, self.now)

    def _geometry(self, path: list[Element], placemark: _Placemark) -> None:
        element = path[-1]
        try:
            if element.name in SHAPES:
                self._close(placemark, path[-2].name)
            elif self.shapes:
                # gx:coord has blanks where coordinates have commas.
                words = element.words
                places, heights = positions(",".join(words.split()) if element.name == "coord" else words)
                self.shapes[-1].positions += places
                self.heights += heights
        except ShapeError as error:
            if placemark.wrong is None:
                placemark.wrong, placemark.written = error, element.words[:1000]

    def _close(self, placemark: _Placemark, parent: str) -> None:
        shape = self.shapes.pop().shape()
        if shape is not None and self.shapes:
            # The outer ring of a polygon is its first, wherever it stands.
            parts = self.shapes[-1].parts
            parts.insert(0 if parent == "outerBoundaryIs" else len(parts), shape)
        elif shape is not None:
            placemark.shape = shape

    def _value(self, path: list[Element], placemark: _Placemark) -> None:
        """A text of the Placemark: one of its own, or one of its extended data."""
        element, parent = path[-1], path[-2]
        known = _TEXTS.get((parent.name, element.name))
        if known:
            placemark.values.setdefault(known, element.words)
        elif parent.name == "Track" and element.name == "when":
            placemark.values.setdefault("begin", element.words)
            placemark.values["end"] = element.words
        elif element.name == "value" and parent.name == "Data":
            placemark.data[parent.attributes.get("name", "")] = element.words
        elif element.name == "SimpleData":
            placemark.data[element.attributes.get("name", "")] = element.words
        elif parent.name == "ExtendedData" and element.name not in ("Data", "SchemaData"):
            placemark.data[element.name] = element.words


def read_kml(blob: Blob, options: ReadOptions) -> list[Layer]:
    """Read all Placemarks of a KML file.

    Args:
        blob: The file.
        options: ``layers`` names folders (a name, or a path with ``/``); then each becomes a layer.

    Returns:
        One layer for the file, WGS84; a record's number is the Placemark's place in the file, from 1.
        Heights are dropped, which is said; coordinates that are none are faults of their rows (BM158, BM249).

    Raises:
        InputError: It is not well-formed (BM251), cut off (BM245), declares entities (BM250), has no
            Placemark (BM252) or no such folder (BM309), or a fault of encoding, depth or columns.

    Example:
        >>> point = "<Point><coordinates>67,37</coordinates></Point>"
        >>> text = f"<kml><Placemark><name>A</name>{point}</Placemark></kml>".encode()
        >>> [layer] = read_kml(Blob("a.kml", "kml", text), ReadOptions())
        >>> layer.table.to_pylist(), shapely.from_wkb(layer.geometry.wkb[0].as_py())
        ([{'name': 'A'}], <POINT (67 37)>)
    """
    label = file_label(blob)
    kml = _Kml()
    encoding = parse_markup(blob.content(), options, label, kml.start, kml.end)
    facts = {**blob.facts, "encoding": encoding, "crs": "WGS84, as KML has it", **_facts(kml)}
    if not kml.placemarks:
        rest = f"; it has {facts['not_read']}" if kml.not_read else ""
        what = "no Placemark" if kml.root == "kml" else f"no KML but <{kml.root}>"
        raise fault("BM252", f"{what}{rest}", file=label)
    places = list(range(1, len(kml.placemarks) + 1))
    if not options.layers:
        return [_layer(kml, places, "", blob, options, facts)]
    chosen = {
        name: [at for at in places if _lies_in(kml.placemarks[at - 1], name)] for name in options.layers
    }
    for name, found in chosen.items():
        if not found:
            message = f"no folder {quote(name)}; there are {facts.get('folders', 'none')}"
            raise fault("BM309", message, file=label)
    return [_layer(kml, at, name, blob, options, facts) for name, at in chosen.items()]


def _lies_in(placemark: _Placemark, folder: str) -> bool:
    path = placemark.folder.path()
    return folder in path or any("/".join(path[:end]) == folder for end in range(1, len(path) + 1))


def _facts(kml: _Kml) -> dict[str, str]:
    names = ["/".join(folder.path()) for folder in kml.folders]
    facts = {
        "folders": ", ".join(dict.fromkeys(filter(None, names))),
        "heights": f"dropped from {kml.heights:,} positions" if kml.heights else "",
        "not_read": ", ".join(f"{count} {name}" for name, count in sorted(kml.not_read.items())),
    }
    return {key: value for key, value in facts.items() if value}


def _layer(
    kml: _Kml, places: Sequence[int], name: str, blob: Blob, options: ReadOptions, facts: dict[str, str]
) -> Layer:
    chosen, faults = [kml.placemarks[place - 1] for place in places], RowFaults()
    for row, placemark in enumerate(chosen):
        if placemark.wrong:
            wrong = placemark.wrong
            faults.add(wrong.code, row, wrong.message, value=placemark.written, general=wrong.general)
    records = [placemark.record() for placemark in chosen]
    used = {key for record in records for key, value in record.items() if value or key not in _OWN} | {"name"}
    records = [{key: value for key, value in record.items() if key in used} for record in records]
    table = record_table(records, options.limits.columns, file_label(blob))
    shapes = np.array([None if each.wrong else each.shape for each in chosen] + [None], dtype=object)[:-1]
    return Layer(
        file=blob.file,
        format="kml",
        table=table,
        member=blob.member,
        name=name,
        geometry=Geometry(
            pa.chunked_array([pa.array(shapely.to_wkb(shapes), type=pa.large_binary())]), "EPSG:4326"
        ),
        records=np.asarray(places, dtype=np.int64),
        line_of=lines_known([placemark.line for placemark in kml.placemarks]),
        facts=facts,
        faults=(*faults.gathered(), *long_values(table, options.limits.field_characters)),
    )
