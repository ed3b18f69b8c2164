"""Reading: every string comes out as it was written, every row is counted, nothing on the disk changes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.incidents.casebook import Casebook, read_casebook
from bordermap.incidents.readers.sheets import read_sheet
from bordermap.incidents.tables import TABLES

from support import CASEBOOK
from support.casebooks import casebook_of, cells, read_csv, small, write, write_csv

HOSTILE = [
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "${alert(1)}", "{{ 7*7 }}", "\\", "\\\\u0027",
    "=1+1", "@SUM(A1)", "-2+3", "\u202egnirts\u202c", "\u2028\u2029", "NA", "nan", "None", "null", "0007", "1e5", "TRUE",
    " spaced ", "line\nline", "cr\rlf\r\n", 'quo"te', "com,ma", "semi;colon\ttab", "\ufeffmark", "Хайратон حیرتان 😀", "x" * 300_000,
]  # fmt: skip


def notes(case: Casebook) -> list[str]:
    return [str(value) for value in case.incidents["notes"]]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_text_survives_unchanged(text: str) -> None:
    tables = small()
    tables["incidents"][0] |= {"notes": text, "title": f"a{text}"}
    tables["parties"][0]["name"] = f"a{text}"
    tables["places"][0]["name"] = f"a{text}"
    case = casebook_of(tables)
    assert notes(case) == [text]
    assert (case.incidents["title"][0], case.parties["name"][0], case.places["name"][0]) == (f"a{text}",) * 3


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_survives(text: str) -> None:
    tables = small()
    tables["incidents"][0]["notes"] = text
    assert notes(casebook_of(tables)) == [text]


def test_the_bundled_casebook_is_read_as_the_standard_library_reads_it() -> None:
    case = read_casebook()
    for name, table in TABLES.items():
        rows = read_csv(CASEBOOK / table.file)
        frame = getattr(case, name)
        assert frame.columns.tolist() == list(table.names)
        assert frame.index.tolist() == list(range(len(rows)))
        for column in table.names:
            assert frame[column].tolist() == [row.get(column, "") for row in rows], (name, column)


def test_rows_read_are_rows_used_and_rejected() -> None:
    case = read_casebook()
    assert (case.report["rows_read"] == case.report["rows_used"] + case.report["rows_rejected"]).all()
    for name, read in zip(case.report["table"], case.report["rows_read"], strict=True):
        assert len(getattr(case, name)) == read
    assert case.rejects.empty


def test_na_is_namibia_and_leading_zeros_stay() -> None:
    tables = small()
    tables["places"].append(cells("place_id=NA name=NA kind=country country=NAM geonames_id=007"))
    place = casebook_of(tables).places.iloc[-1]
    assert (place["place_id"], place["name"], place["geonames_id"]) == ("NA", "NA", "007")


def test_a_byte_order_mark_windows_line_ends_and_blank_lines_are_no_matter(tmp_path: Path) -> None:
    folder = write(tmp_path / "case", small())
    path = folder / "parties.csv"
    data = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert len(read_casebook(folder).parties) == len(small()["parties"])


def test_optional_tables_and_columns_may_be_missing(tmp_path: Path) -> None:
    folder = write(tmp_path / "case", small())
    (folder / "context.csv").unlink()
    (folder / "particulars.csv").unlink()
    case = read_casebook(folder)
    assert case.context.empty and case.context.columns.tolist() == list(TABLES["context"].names)
    assert case.incidents["notes"].tolist() == [""]


def test_the_line_is_the_line_of_the_file_and_the_row_that_of_a_spreadsheet(tmp_path: Path) -> None:
    tables = small()
    first = tables["incidents"][0]
    tables["incidents"] = [first | {"notes": "two\nlines"}, first | {"event_id": "", "notes": ""}]
    folder = write(tmp_path / "case", tables)
    lines = (folder / "incidents.csv").read_text(encoding="utf-8").splitlines()
    sheet = read_sheet(folder, TABLES["incidents"])
    assert (sheet.lines, sheet.records) == ((2, 4), (2, 3))
    with pytest.raises(InputError) as caught:
        read_casebook(folder)
    assert lines[3].startswith('"",')
    assert (caught.value.line, caught.value.column) == (4, "event_id")
    assert "row 3 in a spreadsheet" in str(caught.value)


def test_reading_changes_no_file_and_not_the_csv_limit(own_casebook: Path) -> None:
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in own_casebook.iterdir()}
    limit = csv.field_size_limit()
    read_casebook(own_casebook)
    assert {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in own_casebook.iterdir()
    } == before
    assert csv.field_size_limit() == limit


def test_a_path_may_be_text_and_the_bundled_casebook_is_none(own_casebook: Path) -> None:
    assert read_casebook(str(own_casebook)).claims.equals(read_casebook().claims)


def test_a_field_of_a_spreadsheet_in_any_column_order(tmp_path: Path) -> None:
    folder = write(tmp_path / "case", small())
    rows = read_csv(folder / "parties.csv")
    write_csv(folder / "parties.csv", list(rows[0])[::-1], rows)
    assert read_casebook(folder).parties.equals(casebook_of(small()).parties)


def test_a_casebook_shows_itself_in_one_short_line() -> None:
    assert len(repr(read_casebook())) < 160
