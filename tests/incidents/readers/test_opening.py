"""What opens, what is refused, and what is said of it: by content, never by name."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import socket
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.incidents.options import Limits, ReadOptions
from bordermap.incidents.readers.kinds import recognise
from bordermap.incidents.readers.layers import read_layers
from bordermap.incidents.readers.opening import open_file

OPTIONS = ReadOptions()
TABLE = b"event_id,place\n1,Termez\n"
VRT = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/x</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
SHP = b"\x00\x00\x27\x0a" + b"\0" * 96


def refused(path: Path | str, options: ReadOptions = OPTIONS) -> InputError:
    with pytest.raises(InputError) as caught:
        open_file(path, options)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (TABLE, "text"),
        (b"\xef\xbb\xbf" + TABLE, "text"),
        (TABLE.decode().encode("utf-16"), "text"),
        (b'{"type": "FeatureCollection", "features": []}', "json"),
        (b' [ {"a": 1} ]', "json"),
        ('{"a": 1}'.encode("utf-16"), "json"),
        (b'\x1e{"type": "Feature"}\n', "json"),
        (b"<?xml version='1.0'?>\n<!-- c -->\n<kml xmlns='http://www.opengis.net/kml/2.2'/>", "kml"),
        (b"<gpx version='1.1'></gpx>", "gpx"),
        (b"SQLite format 3\x00" + b"\0" * 84, "sqlite"),
        (b"PAR1....PAR1", "parquet"),
        (b"fgb\x03fgb\x00....", "fgb"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "xls"),
    ],
)
def test_the_kind_is_told_by_content(tmp_path: Path, content: bytes, kind: str) -> None:
    for name in ("x.csv", "x.geojson", "x"):
        path = tmp_path / name
        path.write_bytes(content)
        (blob,) = open_file(path, OPTIONS)
        assert (blob.kind, blob.path, blob.content()) == (kind, path, content)


def test_brackets_alone_are_no_json(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"[date],[place]\n1,2\n")
    assert open_file(tmp_path / "x.csv", OPTIONS)[0].kind == "text"
    # Broken JSON under its own name stays JSON: its reader says what breaks it.
    (tmp_path / "x.json").write_bytes(b"{event: 1}")
    assert open_file(tmp_path / "x.json", OPTIONS)[0].kind == "json"


def test_a_name_that_says_otherwise_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.xls"
    path.write_bytes(TABLE)
    (blob,) = open_file(path, OPTIONS)
    assert blob.facts == {"content": "a text table, although the name ends in .xls"}
    (layer,) = read_layers(path, OPTIONS)
    assert layer.facts["content"] == blob.facts["content"]
    right = tmp_path / "x.csv"
    right.write_bytes(TABLE)
    assert not open_file(right, OPTIONS)[0].facts


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "BM113"),
        (b"\xef\xbb\xbf \r\n", "BM113"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "BM108"),
        (b"<!DOCTYPE html><html><title>Log in</title></html>", "BM109"),
        (b"\n\n<HTML><body>", "BM109"),
        (pickle.dumps({"a": 1}, protocol=2), "BM109"),
        (pickle.dumps({"a": 1}, protocol=4), "BM109"),
        (pickle.dumps(print, protocol=0), "BM109"),
        (VRT, "BM109"),
        (b"<?xml version='1.0'?>\n" + VRT, "BM109"),
        (b"<!-- hello -->" + VRT, "BM109"),
        (VRT.decode().encode("utf-16"), "BM109"),
        (b"<VRTDataset/>", "BM109"),
        (b"<?xml version='1.0'?><rss></rss>", "BM109"),
        (b"%PDF-1.7", "BM109"),
        (b"\x89PNG\r\n\x1a\n", "BM109"),
        (b"\xff\xd8\xff\xe0", "BM109"),
        (b"{\\rtf1 x}", "BM109"),
        (b"\x7fELF\x02", "BM109"),
        (bytes(range(256)), "BM109"),
        (b"\0" * 500, "BM109"),
        (b"7z\xbc\xaf\x27\x1c", "BM221"),
        (b"x" * 257 + b"ustar", "BM221"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "BM217"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "BM109"),
    ],
)
@pytest.mark.parametrize("name", ["x.csv", "x.geojson", "x.gz", "x.parquet", "x.xls"])
def test_what_cannot_be_read_is_refused_under_any_name(
    tmp_path: Path, content: bytes, code: str, name: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name).code == code


def test_missing_folders_and_special_files(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv").code == "BM210"
    assert refused("a\0b").code == "BM210"
    (tmp_path / "file").write_bytes(TABLE)
    assert refused(tmp_path / "file" / "below").code == "BM210"
    error = refused(tmp_path)
    assert error.code == "BM211" and "'file'" in error.message
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe").code == "BM104"
    assert refused("/dev/zero").code == "BM104"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        assert refused(tmp_path / "s").code == "BM104"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE)

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    error = refused(path)
    assert error.code == "BM104" and "Permission denied" in error.message


def test_a_file_that_is_too_large_names_the_option(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(TABLE)
    error = refused(tmp_path / "a.csv", replace(OPTIONS, limits=Limits(bytes_read=10)))
    assert error.code == "BM212" and "--max-size" in error.hint


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def send(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    send(TABLE)
    (layer,) = read_layers("-", OPTIONS)
    assert layer.file == "standard input" and layer.table.num_rows == 1
    send(gzip.compress(TABLE))
    assert read_layers("-", OPTIONS)[0].table.num_rows == 1
    send(TABLE)
    assert refused("-", replace(OPTIONS, limits=Limits(bytes_read=10))).code == "BM212"
    send(b"")
    assert refused("-").code == "BM113"


def test_a_shapefile_is_opened_by_any_of_its_parts(tmp_path: Path) -> None:
    parts = {
        "Points.shp": SHP,
        "Points.SHX": SHP + b"\x00\x00\x00\x32",
        "Points.dbf": b"\x03\x7a\x04\x12" + b"\0" * 4 + b"\x41\x00" + b"\0" * 54 + b"\r",
        "Points.prj": b"GEOGCS[]",
        "other.dbf": b"",
    }
    for name, data in parts.items():
        (tmp_path / name).write_bytes(data)
    for name in ("Points.shp", "Points.SHX", "Points.dbf"):
        (blob,) = open_file(tmp_path / name, OPTIONS)
        assert blob.kind == "shp" and blob.path == tmp_path / "Points.shp"
        assert sorted(blob.companions) == [".dbf", ".prj", ".shx"]
        assert blob.companions[".shx"].path == tmp_path / "Points.SHX"
    (tmp_path / "Points.shp").unlink()
    assert refused(tmp_path / "Points.dbf").code == "BM224"


def test_a_plain_file_that_lets_us_wait_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    monkeypatch.setattr(os, "fdopen", lambda handle, mode: _Waiting(handle, "rb"))
    assert refused(tmp_path / "a.csv").code == "BM104"


class _Waiting(io.FileIO):
    """A file that has nothing to give yet, as some of the kernel's are when read without waiting."""

    def read(self, size: int | None = -1, /) -> bytes:
        return None  # type: ignore[return-value]


def test_layers_of_a_plain_table_cannot_be_chosen(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(TABLE)
    with pytest.raises(InputError) as caught:
        read_layers(tmp_path / "a.csv", replace(OPTIONS, layers=("Sheet1",)))
    assert caught.value.code == "BM309"


@given(head=st.binary(max_size=300))
def test_any_bytes_are_of_some_kind(head: bytes) -> None:
    kind = recognise(head)
    assert bool(kind.name) != bool(kind.code)
