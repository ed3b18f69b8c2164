"""Archives: everything in them is read or told of, and nothing in them can do harm."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.incidents.options import Limits, ReadOptions
from bordermap.incidents.readers.archives import Budget, unpack_gzip, unpack_zip
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.layers import read_layers
from bordermap.incidents.readers.opening import open_file

OPTIONS = ReadOptions()
TABLE = b"event_id,place\n1,Termez\n"
KML = b"<kml xmlns='http://www.opengis.net/kml/2.2'><Document/></kml>"
WORKBOOK = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return held.getvalue()


def opened(tmp_path: Path, data: bytes, options: ReadOptions = OPTIONS, name: str = "x.zip") -> list[Blob]:
    (tmp_path / name).write_bytes(data)
    return open_file(tmp_path / name, options)


def refused(tmp_path: Path, data: bytes, options: ReadOptions = OPTIONS, name: str = "x.zip") -> InputError:
    with pytest.raises(InputError) as caught:
        opened(tmp_path, data, options, name)
    return caught.value


def test_every_member_is_read_and_what_is_no_table_is_told(tmp_path: Path) -> None:
    data = zipped(
        {
            "data/a.csv": TABLE,
            "data/b.geojson": b'{"type": "FeatureCollection", "features": []}',
            "README.txt": b"a,b\n1,2\n",
            "docs/codebook.pdf": b"%PDF-1.7",
            "notes.txt": b"We made this, by hand.\nIt is free.\n",
            "__MACOSX/data/._a.csv": b"\0\5\x16\7",
            "data/.DS_Store": b"\0\0\0\1Bud1",
            "Thumbs.db": b"x",
        }
    )
    blobs = opened(tmp_path, data)
    assert [(blob.kind, blob.member) for blob in blobs] == [
        ("text", "data/a.csv"),
        ("json", "data/b.geojson"),
    ]
    assert blobs[0].content() == TABLE
    left = "'README.txt', 'docs/codebook.pdf', 'notes.txt'"
    assert [blob.facts["not_read"] for blob in blobs] == [left, left]


def test_members_can_be_chosen(tmp_path: Path) -> None:
    data = zipped({"a.csv": TABLE, "b.csv": TABLE, "c.csv": TABLE})
    (tmp_path / "x.zip").write_bytes(data)
    (layer,) = read_layers(tmp_path / "x.zip", replace(OPTIONS, layers=("b",)))
    assert layer.member == "b.csv" and layer.facts["not_read"] == "'a.csv', 'c.csv'"
    with pytest.raises(InputError) as caught:
        read_layers(tmp_path / "x.zip", replace(OPTIONS, layers=("nothing",)))
    assert caught.value.code == "BM309"


def test_data_that_cannot_be_used_stops_the_reading(tmp_path: Path) -> None:
    vrt = b"<OGRVRTDataSource/>"
    error = refused(tmp_path, zipped({"a.csv": TABLE, "b.geojson": vrt}))
    assert error.code == "BM109" and "b.geojson" in error.message
    assert refused(tmp_path, zipped({"a.csv": TABLE, "b.csv": b""})).code == "BM113"


def test_an_archive_without_tables(tmp_path: Path) -> None:
    error = refused(tmp_path, zipped({"README.md": b"# Hello"}))
    assert error.code == "BM222" and "README.md" in error.message
    assert refused(tmp_path, zipped({})).code == "BM222"


def test_a_casebook_in_an_archive(tmp_path: Path) -> None:
    names = ["incidents.csv", "claims.csv", "casebook.toml"]
    blobs = opened(tmp_path, zipped({f"my-case/{name}": TABLE for name in names}))
    assert [blob.member for blob in blobs] == ["my-case/incidents.csv", "my-case/claims.csv"]


def test_workbooks_and_kmz_are_told_by_their_content(tmp_path: Path) -> None:
    (blob,) = opened(tmp_path, zipped(WORKBOOK), name="x.csv")
    assert blob.kind == "xlsx" and blob.path == tmp_path / "x.csv"
    assert blob.facts["content"] == "an Excel workbook, although the name ends in .csv"
    spreadsheet = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
    assert [blob.kind for blob in opened(tmp_path, zipped(spreadsheet), name="x.ods")] == ["ods"]
    assert [blob.kind for blob in opened(tmp_path, zipped({"doc.kml": KML}), name="x.kmz")] == ["kml"]
    letter = {"mimetype": b"application/vnd.oasis.opendocument.text"}
    assert refused(tmp_path, zipped(letter)).code == "BM109"
    assert refused(tmp_path, zipped({"[Content_Types].xml": b"", "word/document.xml": b""})).code == "BM109"
    assert refused(tmp_path, zipped({**WORKBOOK, "xl/workbook.bin": b""})).code == "BM109"


def test_formats_that_are_archives_may_lie_in_one(tmp_path: Path) -> None:
    inner = {"a.xlsx": zipped(WORKBOOK), "b.kmz": zipped({"doc.kml": KML})}
    blobs = opened(tmp_path, zipped(inner))
    assert [(blob.kind, blob.member) for blob in blobs] == [("xlsx", "a.xlsx"), ("kml", "b.kmz › doc.kml")]
    assert [blob.kind for blob in opened(tmp_path, gzip.compress(inner["a.xlsx"]), name="a.xlsx.gz")] == [
        "xlsx"
    ]


@pytest.mark.parametrize(
    "inner", [zipped({"a.csv": TABLE}), gzip.compress(TABLE, mtime=0)], ids=["zip", "gz"]
)
def test_other_archives_in_archives_are_refused(tmp_path: Path, inner: bytes) -> None:
    assert refused(tmp_path, zipped({"inner": inner})).code == "BM220"
    assert refused(tmp_path, gzip.compress(inner), name="x.gz").code == "BM220"


def test_shapefile_parts_are_one_layer(tmp_path: Path) -> None:
    shp = b"\x00\x00\x27\x0a" + b"\0" * 96
    parts = {"d/P.shp": shp, "d/p.DBF": b"x", "d/P.shx": shp, "d/P.prj": b"", "d/P.sbn": b"x", "a.csv": TABLE}
    blobs = opened(tmp_path, zipped(parts))
    assert [(blob.kind, blob.member) for blob in blobs] == [("shp", "d/P.shp"), ("text", "a.csv")]
    assert sorted(blobs[0].companions) == [".dbf", ".prj", ".shx"]
    assert "not_read" not in blobs[0].facts
    assert len(opened(tmp_path, zipped(parts), replace(OPTIONS, layers=("P",)))[0].companions) == 3
    assert refused(tmp_path, zipped({"d/P.dbf": b"x", "a.csv": TABLE})).code == "BM224"


@pytest.mark.parametrize(
    "name",
    ["../a.csv", "d/../../a.csv", "/etc/passwd", "C:\\a.csv", "..\\a.csv", "d\\..\\a.csv", "\\\\host\\a"],
)
def test_names_that_lead_out_are_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    assert refused(folder, zipped({name: TABLE})).code == "BM218"
    assert sorted(tmp_path.rglob("*.csv")) == []


def test_backslashes_between_folders_are_harmless(tmp_path: Path) -> None:
    assert [blob.member for blob in opened(tmp_path, zipped({"data\\a.csv": TABLE}))] == ["data/a.csv"]


def test_links_encryption_and_names_twice(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.csv")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refused(tmp_path, held.getvalue()).code == "BM218"
    encrypted = bytearray(zipped({"a.csv": TABLE}))
    encrypted[6] |= 1
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    assert refused(tmp_path, bytes(encrypted)).code == "BM217"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("a.csv", TABLE)
        archive.writestr("a.csv", TABLE)
    assert refused(tmp_path, held.getvalue()).code == "BM219"
    assert refused(tmp_path, zipped({"a.csv": TABLE}, zipfile.ZIP_BZIP2)).code == "BM221"


def test_damage_is_told(tmp_path: Path) -> None:
    whole = zipped({"a.csv": TABLE * 1000}, zipfile.ZIP_STORED)
    assert refused(tmp_path, whole[:-30]).code == "BM216"
    wrong = bytearray(whole)
    wrong[100] ^= 0xFF
    assert refused(tmp_path, bytes(wrong)).code == "BM216"
    packed = gzip.compress(TABLE * 1000)
    assert refused(tmp_path, packed[:-9], name="a.gz").code == "BM216"
    wrong = bytearray(packed)
    wrong[-6] ^= 0xFF
    assert refused(tmp_path, bytes(wrong), name="a.gz").code == "BM216"


def test_gzip_holds_any_kind(tmp_path: Path) -> None:
    (blob,) = opened(tmp_path, gzip.compress(TABLE) + gzip.compress(TABLE), name="a.csv.gz")
    assert (blob.kind, blob.content(), blob.facts) == ("text", TABLE * 2, {})
    (blob,) = opened(tmp_path, gzip.compress(KML), name="a.csv.gz")
    assert (blob.kind, blob.facts["content"]) == ("kml", "a KML file, although the name ends in .csv")
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"))
    assert refused(tmp_path, held.getvalue(), name="a.tar.gz").code == "BM221"


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped({"a.csv": data})])
def test_bombs_stop_at_the_caps_and_the_hint_names_the_option(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    bomb = pack(b"0" * 30_000_000)
    error = refused(tmp_path, bomb)
    assert error.code == "BM214" and "--max-ratio" in error.hint
    raised = replace(OPTIONS, limits=Limits(ratio=100_000, bytes_unpacked=20_000_000))
    error = refused(tmp_path, bomb, raised)
    assert error.code == "BM213" and "--max-size" in error.hint
    assert opened(tmp_path, bomb, replace(OPTIONS, limits=Limits(ratio=100_000)))[0].size == 30_000_000


def test_a_workbook_is_weighed_before_its_reader_sees_it(tmp_path: Path) -> None:
    bomb = zipped({**WORKBOOK, "xl/worksheets/sheet1.xml": b" " * 30_000_000})
    assert refused(tmp_path, bomb, name="x.xlsx").code == "BM214"


def test_too_many_members(tmp_path: Path) -> None:
    data = zipped({f"{at}.csv": TABLE for at in range(30)})
    error = refused(tmp_path, data, replace(OPTIONS, limits=Limits(members=20)))
    assert error.code == "BM215" and "--max-members" in error.hint
    assert refused(tmp_path, data, replace(OPTIONS, limits=Limits(members=1))).code == "BM215"


@given(at=st.integers(0, 250), value=st.integers(0, 255))
def test_a_changed_byte_never_escapes_as_another_error(at: int, value: int) -> None:
    whole = bytearray(zipped({"a.csv": TABLE, "b/c.csv": TABLE * 3}))
    whole[at % len(whole)] = value
    packed = bytearray(gzip.compress(TABLE * 3))
    packed[at % len(packed)] = value
    for unpack in (
        lambda: unpack_zip(bytes(whole), Budget("x.zip", len(whole), Limits())),
        lambda: unpack_gzip(io.BytesIO(bytes(packed)), Budget("x.gz", len(packed), Limits())),
    ):
        try:
            unpack()
        except InputError as error:
            assert error.code in ("BM213", "BM215", "BM216", "BM217", "BM218", "BM219", "BM221")
