"""What is fuzzed: every reader and every parser of written values, each a function of bytes.

A target may raise nothing but :class:`bordermap.errors.BordermapError`; anything else is a finding.
"""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import shapely

from bordermap.errors import BordermapError
from bordermap.incidents.dialects.coordinates import degrees
from bordermap.incidents.dialects.mapping import options_from_mapping
from bordermap.incidents.dialects.written_dates import iso_dates
from bordermap.incidents.naming.choices import read_choices
from bordermap.incidents.options import MEGABYTE, Limits, ReadOptions
from bordermap.incidents.readers.archives import Budget
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.contents import unfold
from bordermap.incidents.readers.layers import _read as read_blob
from bordermap.incidents.reading import read_all
from corpus.archives import zipped

from support.corpus import path_of

#: Small, so that a bomb is told by its refusal and not by the time it takes.
LIMITS = Limits(
    bytes_read=MEGABYTE, bytes_unpacked=10 * MEGABYTE, members=100, field_characters=10_000, columns=200
)
OPTIONS = ReadOptions(limits=LIMITS)


@dataclass(frozen=True)
class Target:
    """One function under test.

    Attributes:
        run: Takes the bytes.
        seeds: Patterns of files of the corpus to start from.
    """

    run: Callable[[bytes], object]
    seeds: tuple[str, ...] = ()


def reader(kind: str) -> Callable[[bytes], object]:
    """The reader of one kind, whatever the bytes are; every row it gives must be accounted for."""

    def run(data: bytes) -> None:
        for layer in read_blob(Blob("fuzz", kind, data=data), OPTIONS):
            assert len(layer.records) == layer.table.num_rows <= layer.rows_read
            if layer.line_of is not None:
                layer.line_of(layer.records)

    return run


def part_of(name: str, part: str, kind: str) -> Callable[[bytes], object]:
    """The reader of a workbook of the corpus of which one part is replaced: behind the zip's checksums."""

    def run(data: bytes) -> None:
        reader(kind)(zip_with(name, part, data))

    return run


def zip_with(name: str, part: str, data: bytes) -> bytes:
    """A zip archive of the corpus with other bytes in one member."""
    with zipfile.ZipFile(path_of(name)) as archive:
        return zipped({each: data if each == part else archive.read(each) for each in archive.namelist()})


def table_of_shapefile(data: bytes) -> None:
    """A good .shp with any .dbf."""
    parts = {".dbf": Blob("fuzz", "dbf", data=data)}
    read_blob(Blob("fuzz", "shp", data=path_of("shp/points.shp").read_bytes(), companions=parts), OPTIONS)


def geometry_of_geopackage(data: bytes) -> None:
    """A good GeoPackage with any bytes as the geometry of a row."""
    path = path_of("gpkg/bad-geometry.gpkg")
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(path.read_bytes())
        database.execute("UPDATE incidents SET geom = ? WHERE fid = 2", (data,))
        database.commit()
        packed = database.serialize()
    reader("sqlite")(packed)


def contents(data: bytes) -> None:
    """Telling what a file is, and unpacking it."""
    unfold("fuzz", data, OPTIONS, Budget("fuzz", len(data), LIMITS))


def whole(suffix: str) -> Callable[[bytes], object]:
    """From the file to the casebook: nothing may be lost on the way."""

    def run(data: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=suffix) as file:
            file.write(data)
            file.flush()
            found = read_all(file.name, OPTIONS).reading
        assert found.rows_read == found.rows_used + found.rows_rejected

    return run


def with_file(read: Callable[[Path], object], suffix: str) -> Callable[[bytes], object]:
    """A reader that wants a path."""

    def run(data: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=suffix) as file:
            file.write(data)
            file.flush()
            read(Path(file.name))

    return run


def _column(data: bytes) -> pa.ChunkedArray:
    lines = data.decode("utf-8", "replace").split("\n")
    return pa.chunked_array([pa.array(lines, type=pa.large_string())])


def dates(data: bytes) -> None:
    """Dates as written, in each order."""
    for order in ("", "dmy", "mdy", "ymd"):
        with suppress(BordermapError):
            iso_dates(_column(data), order=order, serials=True)


def coordinates(data: bytes) -> None:
    """Degrees as written, with either sign for decimals."""
    for decimal in (".", ","):
        for axis in ("latitude", "longitude"):
            degrees(_column(data), axis, decimal=decimal)


TARGETS: Mapping[str, Target] = {
    "delimited": Target(reader("text"), ("text/*", "generic/*", "acled/*.csv", "gdelt/*")),
    "json": Target(reader("json"), ("json/*",)),
    "geojson": Target(reader("json"), ("geojson/*",)),
    "kml": Target(reader("kml"), ("kml/*",)),
    "gpx": Target(reader("gpx"), ("gpx/*",)),
    "xlsx": Target(reader("xlsx"), ("xlsx/*.xlsx",)),
    "ods": Target(reader("ods"), ("ods/*",)),
    "xls": Target(reader("xls"), ("xls/*", "xlsx/encrypted.xlsx")),
    "contents": Target(contents, ("zip/*", "gz/*", "kmz/*", "text/*")),
    "xlsx-sheet": Target(part_of("xlsx/typed.xlsx", "xl/worksheets/sheet1.xml", "xlsx")),
    "ods-content": Target(part_of("ods/typed.ods", "content.xml", "ods")),
    "dbf": Target(table_of_shapefile, ("shp/*.dbf",)),
    "gpkg-geometry": Target(geometry_of_geopackage),
    "gpkg": Target(reader("sqlite"), ("gpkg/*", "sqlite/*")),
    "fgb": Target(reader("fgb"), ("fgb/*",)),
    "shp": Target(reader("shp"), ("shp/*.shp",)),
    "parquet": Target(reader("parquet"), ("parquet/*",)),
    "mapping": Target(with_file(options_from_mapping, ".toml"), ()),
    "choices": Target(with_file(read_choices, ".csv"), ()),
    "dates": Target(dates, ()),
    "degrees": Target(coordinates, ()),
    "whole-csv": Target(whole(".csv"), ("generic/*", "acled/*.csv", "ucdp/*", "gdelt/*", "bordermap/*")),
    "whole-json": Target(whole(".json"), ("json/*", "geojson/*")),
}


def member(name: str, part: str) -> bytes:
    """One member of a zip archive of the corpus."""
    with zipfile.ZipFile(path_of(name)) as archive:
        return archive.read(part)


def written(name: str) -> tuple[bytes, ...]:
    """What to start from where a target has no files of the corpus: what is written here, or a part of one."""
    parts = {
        "xlsx-sheet": ("xlsx/typed.xlsx", "xl/worksheets/sheet1.xml"),
        "ods-content": ("ods/typed.ods", "content.xml"),
    }
    return (member(*parts[name]),) if name in parts else _WRITTEN.get(name, ())


_WRITTEN: Mapping[str, tuple[bytes, ...]] = {
    "gpkg-geometry": (
        b"GP\0\1\xe6\x10\0\0" + shapely.to_wkb(shapely.Point(67.3, 37.2)),
        b"GP\0\1\xe6\x10\0\0" + shapely.to_wkb(shapely.box(67, 36, 68, 37)),
    ),
    "mapping": (b'dialect = "generic"\ndate_order = "dmy"\n\n[columns]\nlatitude = "LAT_DD"\nlongitude = "LON_DD"\n',),
    "choices": (b"name,country,admin1,place_key,chosen\nTermez,UZB,,termez,x\n", b"name,country,admin1,candidates,place_key,chosen\n"),
    "dates": (b"2022-04-18\n18.04.2022\n4/18/2022\n18 April 2022\n9-May-20\nApril 2022\n2022\n44669\n", "18 апреля 2022\n۱۴۰۱/۰۱/۲۹\n".encode()),
    "degrees": ("37.22417\n37°13′27″N\n37 13 27 N\n37,22417\nN 37d13'27\"\n−37.2\n".encode(), b"67.27833 E\n1e3\nnan\ninf\n"),
}  # fmt: skip


def only_promised(target: Target, data: bytes) -> None:
    """Run a target; what it promises to raise is fine, anything else goes on.

    Args:
        target: One of :data:`TARGETS`.
        data: Any bytes.
    """
    with suppress(BordermapError):
        target.run(data)
