"""Workbooks whose XML is broken or hostile: refused before a library reads them, perhaps for ever."""

from __future__ import annotations

import io
import zipfile

import pytest

from bordermap.errors import InputError
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.workbook_markup import refuse_broken_markup
from bordermap.incidents.readers.workbooks import read_workbook

from support.workbook_files import ods, ods_row, raw_xlsx

ROWS = ods_row("id", "place") + ods_row("1", "Termez")


def refused(data: bytes, kind: str) -> InputError:
    with pytest.raises(InputError) as caught:
        read_workbook(Blob("a", kind, data), ReadOptions())
    return caught.value


def judge(text: str | bytes, name: str = "content.xml") -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
        refuse_broken_markup(archive, "a")


def code_of(text: str | bytes, name: str = "content.xml") -> str:
    with pytest.raises(InputError) as caught:
        judge(text, name)
    assert caught.value.hint
    return caught.value.code


@pytest.mark.parametrize("broken", ["<table:e>", "</table:e>", "&", "<", "<table:a/"])
def test_a_sheet_that_is_not_well_formed_is_refused_with_its_line(broken: str) -> None:
    error = refused(ods(S=ROWS + "\n" + broken), "ods")
    assert error.code == "BM240" and "content.xml" in str(error) and "line 2" in str(error)
    assert (
        refused(raw_xlsx("<row><c><v>1</v></c></row>" + broken.replace("table:", "")), "xlsx").code == "BM240"
    )


@pytest.mark.parametrize("name", ["content.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_document_types_are_refused_in_every_part(name: str) -> None:
    assert code_of('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', name) == "BM250"


def test_elements_that_lie_in_each_other_without_end_take_no_memory() -> None:
    assert code_of("<a>" * 500_000) == "BM246"
    assert code_of("<a><!--</-->" * 50_000) == "BM246"


def test_a_tag_without_an_end_is_not_waited_for() -> None:
    assert code_of('<a b="' + "c" * 20_000_000) == "BM240"


@pytest.mark.parametrize("encoding", ["no-such", "utf-7", "big5"])
def test_an_encoding_that_cannot_be_read_is_a_fault(encoding: str) -> None:
    assert code_of(f'<?xml version="1.0" encoding="{encoding}"?><a>+</a>') == "BM240"


def test_sound_parts_pass_whatever_their_encoding_and_what_stands_beside_is_not_looked_at() -> None:
    for encoding in ("utf-8", "utf-16", "cp1251"):
        judge(f'<?xml version="1.0" encoding="{encoding}"?><a><!-- <b> -->Термез</a>'.encode(encoding))
    judge("<a>" + "<b/>" * 300_000 + "</a>")
    judge("<a>", "docProps/app.xml")
