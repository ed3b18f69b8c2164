"""Builds the archives of the corpus: zip, gz and KMZ, honest, broken and hostile."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import stat
import struct
import tarfile
import zipfile
from collections.abc import Iterable, Mapping

from corpus.rows import ROWS, changed, csv_text

Members = Mapping[str, bytes] | Iterable[tuple[str, bytes]]
WHEN = (2020, 1, 1, 0, 0, 0)
#: Far more than the ten megabytes that may be unpacked before the ratio counts.
ZEROS = 40_000_000

_KML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n{}\n'
    "</Document></kml>\n"
)


def archives(vectors: Mapping[str, bytes], workbooks: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every archive by its name in the corpus.

    Args:
        vectors: What :func:`corpus.vectors.vectors` builds; some are packed here.
        workbooks: The same for workbooks.
    """
    table = csv_text().encode()
    half, rest = csv_text(ROWS[:2]).encode(), csv_text(ROWS[2:]).encode()
    return {
        "zip/one.zip": zipped({"incidents.csv": table}),
        "zip/two.zip": zipped({"north.csv": half, "east.csv": rest}),
        "zip/folders.zip": zipped({"data/": b"", "data/north.csv": half, "data/more/east.csv": rest}),
        "zip/with-readme.zip": zipped({"README.txt": b"Made by hand.\n", "licence.pdf": b"%PDF-1.7\n", "incidents.csv": table}),
        "zip/macintosh.zip": zipped({"incidents.csv": table, "__MACOSX/._incidents.csv": b"\0\5\x16\7", ".DS_Store": b"\0\0\0\1Bud1"}),
        "zip/one-bad-member.zip": zipped({"north.csv": half, "east.csv": b"<!DOCTYPE html><html></html>"}),
        "zip/bad-row.zip": zipped({"north.csv": half, "east.csv": csv_text(changed(3, latitude="97")).encode()}),
        "zip/mixed.zip": zipped({"a.csv": half, "b.xlsx": workbooks["xlsx/plain.xlsx"], "c.gpkg": vectors["gpkg/points.gpkg"]}),
        "zip/shapefile.zip": zipped(_shapefile(vectors, "shp/points", "layer/points")),
        "zip/two-shapefiles.zip": zipped(_shapefile(vectors, "shp/points", "a") | _shapefile(vectors, "shp/utm", "b")),
        "zip/timemap.zip": zipped(_timemap()),
        "zip/empty.zip": zipped({}),
        "zip/only-a-readme.zip": zipped({"README.txt": b""}),
        "zip/nested.zip": zipped({"inner.zip": zipped({"incidents.csv": table})}),
        "zip/parent.zip": zipped({"../outside.csv": table}),
        "zip/parent-beside-good.zip": zipped({"incidents.csv": table, "a/../../outside.csv": table}),
        "zip/absolute.zip": zipped({"/tmp/outside.csv": table}),
        "zip/drive.zip": zipped({"C:\\outside.csv": table}),
        "zip/symlink.zip": _symlink(),
        "zip/encrypted.zip": _encrypted(table),
        "zip/bomb.zip": zipped({"incidents.csv": table + b"0" * ZEROS}),
        "zip/large.zip": zipped({"incidents.csv": table * 5_000}),
        "zip/many.zip": zipped((f"{number}.csv", b"") for number in range(10_500)),
        "zip/overlapping.zip": _overlapping(table + b"0" * 1_000_000, 1000),
        "zip/lying-size.zip": _lying_size(table),
        "zip/damaged.zip": _damaged(zipped({"incidents.csv": table})),
        "zip/truncated.zip": zipped({"incidents.csv": table})[:300],
        "zip/same-name-twice.zip": zipped([("incidents.csv", half), ("incidents.csv", rest)]),
        "zip/control-name.zip": zipped({"in\x1b[31mcidents.csv": table}),
        "zip/long-name.zip": zipped({"x" * 5000 + ".csv": table}),
        "zip/tar.tar.gz": gz(_tar(table)),
        "gz/incidents.csv.gz": gz(table),
        "gz/points.geojson.gz": gz(b'{"type":"Point","coordinates":[67.27833,37.22417]}'),
        "gz/truncated.csv.gz": gz(table)[:-30],
        "gz/bad-checksum.csv.gz": gz(table)[:-8] + b"\0" * 8,
        "gz/trailing.csv.gz": gz(table) + b"garbage",
        "gz/two-parts.csv.gz": gz(half) + gz("".join(csv_text(ROWS[2:]).splitlines(keepends=True)[1:]).encode()),
        "gz/twice.csv.gz.gz": gz(gz(table)),
        "gz/bomb.csv.gz": gz(b"0" * ZEROS),
        "gz/pickle.gz": gz(pickled()),
        "gz/pickle-named.gz": pickled(),
        "gz/archive.zip.gz": gz(zipped({"incidents.csv": table})),
        "gz/empty.csv.gz": gz(b""),
        "kmz/points.kmz": zipped({"doc.kml": kml(ROWS)}),
        "kmz/two-documents.kmz": zipped({"doc.kml": kml(ROWS[:2]), "files/more.kml": kml(ROWS[2:])}),
        "kmz/with-pictures.kmz": zipped({"doc.kml": kml(ROWS), "files/icon.png": b"\x89PNG\r\n\x1a\n"}),
        "kmz/bomb.kmz": zipped({"doc.kml": kml(ROWS) + b" " * ZEROS}),
        "kmz/without-kml.kmz": zipped({"icon.png": b"\x89PNG\r\n\x1a\n"}),
        "kmz/entities.kmz": zipped({"doc.kml": kml(ROWS).replace(b"<kml", b'<!DOCTYPE kml [<!ENTITY x "y">]><kml', 1)}),
    }  # fmt: skip


def zipped(members: Members) -> bytes:
    """A zip archive with fixed times; names stand in it exactly as given."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            # Replaced afterwards: the constructor would cut a name at a NUL and turn backslashes round.
            info = zipfile.ZipInfo("x", WHEN)
            info.filename, info.compress_type = name, zipfile.ZIP_DEFLATED
            _write_quietly(archive, info, data)
    return target.getvalue()


def _write_quietly(archive: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes) -> None:
    archive.NameToInfo.pop(info.filename, None)  # else a second member of one name is warned of
    archive.writestr(info, data)


def gz(data: bytes) -> bytes:
    """Packed by gzip, without a time."""
    return gzip.compress(data, mtime=0)


def pickled() -> bytes:
    """A pickle that would write a file if anybody loaded it; the file's absence is tested."""

    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str, str]]:
            return (open, ("pickle-was-loaded", "w"))

    return pickle.dumps(Trap(), protocol=4)


def kml(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Placemarks with times."""
    marks = "\n".join(
        f"<Placemark><name>{row[3]}</name><description>{row[8]}</description><TimeStamp><when>{row[1]}</when>"
        f"</TimeStamp><Point><coordinates>{row[6]},{row[5]}</coordinates></Point></Placemark>"
        for row in rows
    )
    return _KML.format(marks).encode()


def _shapefile(vectors: Mapping[str, bytes], stem: str, name: str) -> dict[str, bytes]:
    return {
        name + key.removeprefix(stem): data for key, data in vectors.items() if key.startswith(stem + ".")
    }


def _timemap() -> dict[str, bytes]:
    """The three files of a timemap: events name their sources and associations."""
    events = [
        {"id": row[0], "date": row[1], "location": row[3], "latitude": row[5], "longitude": row[6],
         "description": row[8], "sources": ["s1"], "associations": ["a1"]}
        for row in ROWS
    ]  # fmt: skip
    sources = {"s1": {"id": "s1", "title": "A report", "url": "https://example.org/s1"}}
    files = {"events": events, "sources": sources, "associations": [{"id": "a1", "title": "Border"}]}
    return {f"{name}.json": json.dumps(data).encode() for name, data in files.items()}


def _tar(table: bytes) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        info = tarfile.TarInfo("incidents.csv")
        info.size = len(table)
        archive.addfile(info, io.BytesIO(table))
    return target.getvalue()


def _symlink() -> bytes:
    info = zipfile.ZipInfo("incidents.csv", WHEN)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return target.getvalue()


def _encrypted(table: bytes) -> bytes:
    """A member that says it is encrypted, in both of its headers."""
    data = bytearray(zipped({"incidents.csv": table}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def _overlapping(data: bytes, copies: int) -> bytes:
    """Many entries of the directory that share one member's bytes: small on the disk, huge unpacked."""
    whole = zipped({"incidents.csv": data})
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    directory = whole[start:end] * copies
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(directory), start, 0)
    return whole[:start] + directory + tail


def _lying_size(table: bytes) -> bytes:
    """A directory that says ten bytes where the member unpacks to forty million."""
    data = bytearray(zipped({"incidents.csv": table + b"0" * ZEROS}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<L", 10)
    return bytes(data)


def _damaged(archive: bytes) -> bytes:
    """Some bytes of the packed data turned round: the checksum must notice."""
    data = bytearray(archive)
    for position in range(80, 90):
        data[position] ^= 0xFF
    return bytes(data)
