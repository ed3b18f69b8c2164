"""Bad input: one clear error each, with file, line, column, code and cure."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bordermap.errors import InputError
from bordermap.explanations import FAULTS
from bordermap.incidents.casebook import read_casebook
from bordermap.incidents.faults import CasebookError
from bordermap.incidents.readers import content

from support.casebooks import Tables, cells, claim, small, write

Edit = Callable[[Tables], object]


def error_of(path: str | Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read_casebook(path)
    error = caught.value
    assert "\n" not in str(error) and len(str(error)) < 300
    assert error.hint and "\n" not in error.hint
    assert error.code in FAULTS
    return error


def first(table: str, **values: str) -> Edit:
    return lambda tables: tables[table][0].update(values)


def added(table: str, text: str) -> Edit:
    return lambda tables: tables[table].append(cells(text))


ROWS: list[tuple[str, Edit, str, int, str, str]] = [
    ("BM150", first("claims", stance=""), "claims.csv", 2, "stance", ""),
    ("BM150", first("parties", name="  "), "parties.csv", 2, "name", ""),
    ("BM151", first("sources", source_id=""), "sources.csv", 2, "source_id", "id of its own"),
    ("BM152", added("parties", "party_id=iskp name=x kind=state"), "parties.csv", 15, "party_id", ""),
    ("BM152", added("claim_sources", "claim_id=C1 source_id=S1"), "claim_sources.csv", 3, "source_id", ""),
    ("BM152", added("context", "context_id=E1 kind=meeting title=x"), "context.csv", 2, "context_id", ""),
    ("BM153", first("claims", stance="deny"), "claims.csv", 2, "stance", "'denies'"),
    ("BM153", first("incidents", incident_type="Drone_Strike"), "incidents.csv", 2, "incident_type", "'drone_strike'"),
    ("BM153", first("incidents", disputed_about="actor natur"), "incidents.csv", 2, "disputed_about", "'nature'"),
    ("BM153", first("claims", hedged="no"), "claims.csv", 2, "hedged", "'yes'"),
    ("BM153", first("locations", geo_precision="pinpoint"), "locations.csv", 2, "geo_precision", ""),
    ("BM154", first("incidents", date_start="18.04.2022"), "incidents.csv", 2, "date_start", "2022-04-18"),
    ("BM154", first("incidents", date_start="2022-02-30"), "incidents.csv", 2, "date_start", "2022-04-18"),
    ("BM154", first("incidents", date_start="2022-04"), "incidents.csv", 2, "date_start", ""),
    ("BM154", first("incidents", date_start="２０２２-04-18"), "incidents.csv", 2, "date_start", ""),
    ("BM154", first("claims", date_start="2022-04-18T16:20+05:00"), "claims.csv", 2, "date_start", "time_zone"),
    ("BM154", first("sources", date="yesterday"), "sources.csv", 2, "date", ""),
    ("BM155", first("incidents", date_end="2022-04-17"), "incidents.csv", 2, "date_end", ""),
    ("BM155", first("claims", date_start="2022-04-18T16:20", date_end="2022-04-18T16:00"), "claims.csv", 2, "date_end", ""),
    ("BM156", added("particulars", "claim_id=C1 what=killed best=3,5"), "particulars.csv", 2, "best", ""),
    ("BM156", added("particulars", "claim_id=C1 what=killed best=-1"), "particulars.csv", 2, "best", ""),
    ("BM156", added("particulars", "claim_id=C1 what=killed best=٣"), "particulars.csv", 2, "best", ""),
    ("BM156", first("places", radius_km="0"), "places.csv", 2, "radius_km", ""),
    ("BM156", first("places", latitude="37,22"), "places.csv", 2, "latitude", "point"),
    ("BM157", added("particulars", "claim_id=C1 what=killed low=3 best=2 high=4"), "particulars.csv", 2, "best", ""),
    ("BM157", added("particulars", "claim_id=C1 what=killed low=3 high=1"), "particulars.csv", 2, "high", ""),
    ("BM158", first("places", longitude="182"), "places.csv", 2, "longitude", ""),
    ("BM158", first("places", latitude="372.2"), "places.csv", 2, "latitude", ""),
    ("BM158", first("places", latitude="4123456.7"), "places.csv", 2, "latitude", ""),
    ("BM158", first("places", latitude="NaN"), "places.csv", 2, "latitude", ""),
    ("BM158", first("places", longitude="-inf"), "places.csv", 2, "longitude", ""),
    ("BM158", first("places", latitude=""), "places.csv", 2, "latitude", ""),
    ("BM159", first("places", latitude="0", longitude="0.0"), "places.csv", 2, "latitude", ""),
    ("BM160", first("places", latitude="139.7", longitude="35.7"), "places.csv", 2, "latitude", "Swap"),
    ("BM161", first("sources", url="javascript:alert(1)"), "sources.csv", 2, "url", "https://"),
    ("BM161", first("sources", archive_url="www.example.org"), "sources.csv", 2, "archive_url", "https://"),
    ("BM161", first("sources", url="https://example.org/a b"), "sources.csv", 2, "url", ""),
    ("BM162", first("parties", authority_of="uzb"), "parties.csv", 2, "authority_of", "'UZB'"),
    ("BM162", first("places", country="Uzbekistan"), "places.csv", 2, "country", "'UZB'"),
    ("BM163", first("incidents", time_zone="UTC+5"), "incidents.csv", 2, "time_zone", "Asia/Tashkent"),
    ("BM170", first("claims", event_id="E2"), "claims.csv", 2, "event_id", ""),
    ("BM171", first("locations", claim_id="C9"), "locations.csv", 2, "claim_id", ""),
    ("BM171", added("particulars", "claim_id=C9 what=killed"), "particulars.csv", 2, "claim_id", ""),
    ("BM172", first("claims", party_id="isk"), "claims.csv", 2, "party_id", "'iskp'"),
    ("BM172", first("claims", attributed_to="nobody-at-all"), "claims.csv", 2, "attributed_to", "parties.csv"),
    ("BM172", added("context", "context_id=X kind=meeting title=x party_ids=who"), "context.csv", 2, "party_ids", ""),
    ("BM173", first("locations", place_id="termes"), "locations.csv", 2, "place_id", "'termez'"),
    ("BM173", first("places", parent_place_id="balk"), "places.csv", 2, "parent_place_id", "'balkh'"),
    ("BM174", first("claim_sources", source_id="S9"), "claim_sources.csv", 2, "source_id", ""),
    ("BM180", first("incidents", date_start=""), "incidents.csv", 2, "date_start", "wide interval"),
    ("BM181", lambda tables: tables["locations"].clear(), "incidents.csv", 2, "event_id", "country or unknown"),
    ("BM182", added("incidents", "event_id=E2 incident_type=other title=x date_start=2022-01-01"), "incidents.csv", 3, "event_id", ""),
    ("BM183", lambda tables: tables["claims"].append(claim("C2", "rferl", "reports")), "claims.csv", 3, "claim_id", "claim_sources.csv"),
    ("BM184", first("places", longitude="", latitude=""), "locations.csv", 2, "geo_precision", "admin2"),
    ("BM184", first("locations", place_id=""), "locations.csv", 2, "geo_precision", ""),
    ("BM185", first("places", parent_place_id="termez"), "places.csv", 2, "parent_place_id", ""),
    ("BM120", first("incidents", evnt_type="x"), "incidents.csv", 1, "evnt_type", "'event_type'"),
    ("BM120", first("incidents", **{"": "x"}), "incidents.csv", 1, "", "without a name"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "edit", "file", "line", "column", "hint"), ROWS)
def test_each_fault_is_one_error_with_file_line_column_and_cure(
    tmp_path: Path, code: str, edit: Edit, file: str, line: int, column: str, hint: str
) -> None:
    tables = small()
    edit(tables)
    error = error_of(write(tmp_path / "case", tables))
    assert (error.code, error.file, error.line, error.column) == (code, file, line, column)
    assert str(error).startswith(f"{file}, line {line}")
    assert hint in error.hint


def test_latitude_and_longitude_exchanged_among_points_that_are_not(tmp_path: Path) -> None:
    tables = small()
    for number in range(4):
        tables["places"].append(
            cells(f"place_id=p{number} name=p kind=settlement longitude=68.{number} latitude=37.{number}")
        )
    tables["places"].append(
        cells("place_id=tashkent name=Tashkent kind=settlement longitude=69.24 latitude=41.3")
    )
    tables["places"].append(
        cells("place_id=beijing name=Beijing kind=settlement longitude=116.4 latitude=39.9")
    )
    folder = write(tmp_path / "case", tables)
    read_casebook(folder)
    tables["places"][0] |= {"longitude": "37.224", "latitude": "67.278"}
    error = error_of(write(folder, tables))
    assert (error.code, error.file, error.line, error.hint) == ("BM160", "places.csv", 2, "Swap the two.")


BYTES: list[tuple[str, bytes, int | None, str]] = [
    ("BM105", "party_id,name,kind\nx,Хайратон,state\n".encode("cp1251"), 2, "UTF-8"),
    ("BM105", "party_id,name,kind\n".encode("utf-16"), None, "UTF-8"),
    ("BM107", b"party_id,name,kind\nx,y,state\nx," + b"y" * 1_000_001 + b",state\n", 3, "1,000,000"),
    ("BM108", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", None, "git lfs pull"),
    ("BM109", b"\n<!DOCTYPE html><html><title>Log in</title>", None, "again"),
    ("BM109", b"PK\x03\x04rest", None, "again"),
    ("BM109", b"%PDF-1.7", None, "again"),
    ("BM112", b"party_id,name,kind\nx,\0,state\n", 2, "again"),
    ("BM113", b"", None, "column names"),
    ("BM113", b"\xef\xbb\xbf\r\n", None, "column names"),
    ("BM114", b"party_id,name,kind\nx,y,z,state\n", 2, "quotation marks"),
    ("BM114", b"party_id,name,kind\n\nx,y\n", 3, "quotation marks"),
    ("BM115", b'party_id,name,kind\nx,"never ends,state\ny,z,state\n', 2, "quotation mark"),
    ("BM115", b'party_id,name,kind\nx,"a"b,state\n', 2, "quotation mark"),
    ("BM120", b"party_id;name;kind\nx;y;state\n", 1, "semicolons"),
    ("BM121", b"party_id,name\nx,y\n", 1, "Add the column"),
    ("BM122", b"party_id,name,kind,name\nx,y,state,y\n", 1, "one of them"),
]


@pytest.mark.parametrize(("code", "data", "line", "hint"), BYTES)
def test_a_file_that_is_not_the_table_it_should_be(
    tmp_path: Path, code: str, data: bytes, line: int | None, hint: str
) -> None:
    folder = write(tmp_path / "case", small())
    (folder / "parties.csv").write_bytes(data)
    error = error_of(folder)
    assert (error.code, error.file, error.line) == (code, "parties.csv", line)
    assert hint in error.hint


@pytest.mark.parametrize(
    "table", ["incidents", "locations", "claims", "claim_sources", "sources", "parties", "places"]
)
def test_a_missing_table_is_named(tmp_path: Path, table: str) -> None:
    folder = write(tmp_path / "case", small())
    (folder / f"{table}.csv").unlink()
    error = error_of(folder)
    assert (error.code, error.file) == ("BM103", f"{table}.csv")


def test_a_table_under_a_wrong_name_is_not_lost_in_silence(tmp_path: Path) -> None:
    folder = write(tmp_path / "case", small())
    (folder / "context.csv").rename(folder / "contexts.csv")
    error = error_of(folder)
    assert (error.code, error.file, error.hint) == ("BM119", "contexts.csv", "Did you mean 'context.csv'?")


def test_no_folder_no_casebook(tmp_path: Path) -> None:
    assert error_of(tmp_path / "nowhere").code == "BM101"
    assert error_of("").code == "BM101"
    assert error_of("x" * 5000).code == "BM104"
    assert error_of("a\0b").code in ("BM101", "BM104")
    assert "\x1b" not in str(error_of("red\x1b[31m"))
    folder = write(tmp_path / "case", small())
    error = error_of(folder / "incidents.csv")
    assert error.code == "BM102" and "case" in error.hint


def test_a_pipe_or_a_folder_in_the_place_of_a_table(tmp_path: Path) -> None:
    folder = write(tmp_path / "case", small())
    (folder / "claims.csv").unlink()
    os.mkfifo(folder / "claims.csv")
    assert error_of(folder).code == "BM104"
    (folder / "claims.csv").unlink()
    (folder / "claims.csv").mkdir()
    assert error_of(folder).code == "BM104"


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "case", small())
    monkeypatch.setattr(content, "MAX_BYTES", 1000)
    (folder / "claims.csv").write_bytes(b"x" * 1001)
    assert error_of(folder).code == "BM106"


def test_a_casebook_without_anything_in_it(tmp_path: Path) -> None:
    tables: Tables = {name: [] for name in small()}
    assert error_of(write(tmp_path / "case", tables)).code == "BM186"


def test_all_faults_are_gathered_and_the_cause_comes_first(tmp_path: Path) -> None:
    tables = small()
    tables["claims"][0]["claim_id"] = "C7"  # every row that names C1 follows from it
    tables["incidents"][0]["title"] = ""
    tables["sources"][0]["url"] = "ftp://example.org"
    error = error_of(write(tmp_path / "case", tables))
    assert isinstance(error, CasebookError)
    codes = [fault.code for fault in error.faults]
    assert codes[:2] == ["BM150", "BM161"]
    assert set(codes[2:-2]) == {"BM171"} and set(codes[-2:]) == {"BM181", "BM183"}
    assert str(error).endswith(f"(and {len(codes) - 1} more faults)")
    assert (error.file, error.line, error.column) == ("incidents.csv", 2, "title")


def test_values_in_messages_are_short_and_harmless(tmp_path: Path) -> None:
    tables = small()
    tables["claims"][0]["stance"] = "\x1b[31m\u202e" + "x" * 5000 + "\n"
    error = error_of(write(tmp_path / "case", tables))
    assert "\x1b" not in str(error) and "\u202e" not in str(error)


TOML: list[tuple[str, str, str | None, str]] = [
    ("BM116", "title = Border", None, "quotation marks"),
    ("BM117", 'subtitle = "x"', "title", "title"),
    ("BM117", 'title = ["x"]', "title", "text"),
    ("BM117", 'title = "x"\nversion = {a = 1}', "version", "text"),
    ("BM117", 'title = "x"\ncoverage = "all"', "coverage", "text"),
    ("BM117", 'title = "x"\n[coverage]\nborders = [1, {a = 2}]', "borders", "text"),
    ("BM118", 'title = "x"\nsubtitel = "y"', "subtitel", "'subtitle'"),
    ("BM118", 'title = "x"\n[coverage]\nlanguage = "y"', "language", "'languages'"),
    ("BM154", 'title = "x"\ncompiled_through = "spring"', "compiled_through", "2022-04-18"),
    ("BM162", 'title = "x"\nfocus = "AF"', "focus", "alpha-3"),
]


@pytest.mark.parametrize(("code", "text", "column", "hint"), TOML)
def test_a_faulty_casebook_toml(tmp_path: Path, code: str, text: str, column: str | None, hint: str) -> None:
    error = error_of(write(tmp_path / "case", small(), about=text))
    assert (error.code, error.file, error.column) == (code, "casebook.toml", column)
    assert hint in error.hint


def test_a_casebook_toml_is_read_and_may_be_missing(tmp_path: Path) -> None:
    about = 'title = "T"\nversion = 2.1\ncompiled_through = 2026-05-01\n[coverage]\nborders = ["AFG-UZB"]\nnot_covered = "China"\n'
    folder = write(tmp_path / "my-northern_case", small(), about=about)
    read = read_casebook(folder).about
    assert (read.title, read.version, read.compiled_through) == ("T", "2.1", "2026-05-01")
    assert (read.coverage.borders, read.coverage.not_covered) == (("AFG-UZB",), ("China",))
    (folder / "casebook.toml").unlink()
    assert read_casebook(folder).about.title == "My northern case"
