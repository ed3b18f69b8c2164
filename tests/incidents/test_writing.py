"""Writing: whole or not at all, never over a stranger's file, the same bytes, and inert."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bordermap.errors import OutputError, UsageError
from bordermap.incidents.casebook import Casebook, read_casebook
from bordermap.incidents.writing import FORMATS, format_of, write_incidents

from support.flats import casebook_of_rows

NAMES = ["a.csv", "a.tsv", "a.xlsx", "a.gpkg", "a.geojson", "a.geojsonl", "a.parquet", "a.fgb", "a.kml"]
ROW = {
    "event_id": "e", "incident_type": "other", "title": "<img src=x onerror=alert(1)>", "notes": "=cmd|' /C calc'!A0",
    "date_start": "2022-01-01", "date_precision": "day", "geo_precision": "unknown", "location_basis": "none",
}  # fmt: skip


@pytest.fixture(scope="module")
def casebook() -> Casebook:
    return read_casebook()


@pytest.mark.parametrize("name", NAMES)
def test_equal_casebooks_give_equal_bytes_whatever_the_file_is_called(
    name: str, casebook: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = write_incidents(casebook, tmp_path / name).path.read_bytes()
    monkeypatch.setenv("TZ", "Asia/Tashkent")
    assert write_incidents(read_casebook(), tmp_path / f"other-{name}").path.read_bytes() == one


@pytest.mark.parametrize("name", ["a.xlsx", "a.gpkg"])
def test_the_stated_moment_is_that_of_source_date_epoch(
    name: str, casebook: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = write_incidents(casebook, tmp_path / name).path.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    other = write_incidents(casebook, tmp_path / name, overwrite=True).path.read_bytes()
    assert one != other


@pytest.mark.parametrize("name", [*NAMES, "folder"])
def test_nothing_is_replaced_unasked(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError) as raised:
        write_incidents(casebook_of_rows([ROW]), tmp_path / name)
    assert raised.value.code == "BM402"
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_a_folder_is_replaced_only_where_it_is_a_casebook(casebook: Casebook, tmp_path: Path) -> None:
    write_incidents(casebook, tmp_path / "case")
    write_incidents(casebook, tmp_path / "case", overwrite=True)
    (tmp_path / "case/photo.jpg").write_bytes(b"mine")
    with pytest.raises(OutputError):
        write_incidents(casebook, tmp_path / "case", overwrite=True)
    assert (tmp_path / "case/photo.jpg").read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_a_folder_that_cannot_be_written_leaves_nothing(casebook: Casebook, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_incidents(casebook, tmp_path / "missing/case")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "format", "code"), [("a.shp", "", "BM404"), ("a.csv", "shp", "BM404"), ("-", "xlsx", "BM407")]
)
def test_what_cannot_be_written_is_a_wrong_command(path: str, format: str, code: str) -> None:
    with pytest.raises(UsageError) as raised:
        write_incidents(casebook_of_rows([ROW]), path, format=format)
    assert raised.value.code == code


@pytest.mark.parametrize("each", FORMATS.values(), ids=list(FORMATS))
def test_every_format_is_known_by_its_endings(each: object) -> None:
    assert all(format_of(f"x{suffix.upper()}") == each for suffix in each.suffixes)  # type: ignore[attr-defined]


def test_a_spreadsheet_runs_nothing(tmp_path: Path) -> None:
    write_incidents(casebook_of_rows([ROW]), tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_text(encoding="utf-8")
    assert "'=cmd|" in text and ",=cmd" not in text


def test_a_kml_balloon_shows_markup_as_text(tmp_path: Path) -> None:
    write_incidents(casebook_of_rows([ROW | {"notes": "<script>alert(1)</script>"}]), tmp_path / "a.kml")
    tree = ElementTree.parse(tmp_path / "a.kml")
    [description] = tree.iter("{http://www.opengis.net/kml/2.2}description")
    # Viewers take a description for HTML: after XML is undone the markup must still be escaped.
    assert (
        description.text is not None
        and "<script" not in description.text
        and "&lt;script" in description.text
    )


def test_geojson_has_areas_as_areas_claims_in_their_incident_and_no_invented_point(
    casebook: Casebook, tmp_path: Path
) -> None:
    write_incidents(casebook, tmp_path / "a.geojson")
    value = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    kinds = [each["geometry"] and each["geometry"]["type"] for each in value["features"]]
    precisions = [each["properties"]["geo_precision"] for each in value["features"]]
    assert all((kind == "Point") == (precision in ("settlement", "near", "exact"))
               for kind, precision in zip(kinds, precisions, strict=True))  # fmt: skip
    first = value["features"][0]["properties"]
    assert len(first["claims"]) == first["claim_count"] == 12
    claim = first["claims"][0]
    assert (
        "ISKP" in claim["party"] and claim["stance"] == "claims_responsibility" and claim["sources"][0]["url"]
    )
    assert value["bordermap"]["casebook"]["title"] == casebook.about.title
    assert any("179 claims" in note for note in value["bordermap"]["notes"])


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.geojsonl", "a.fgb", "a.kml"])
def test_what_a_format_cannot_hold_is_said(name: str, casebook: Casebook, tmp_path: Path) -> None:
    assert "179 claims" in write_incidents(casebook, tmp_path / name).notes[0]
