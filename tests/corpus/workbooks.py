"""Builds the workbooks of the corpus: XLSX with its formulas, dates and sheets, and ODS written by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import xlsxwriter

from corpus.rows import HEADER, ROWS, changed

Sheet = tuple[str, Iterable[Iterable[Any]]]


def workbooks() -> dict[str, bytes]:
    """Every workbook by its name in the corpus."""
    table = (HEADER, *ROWS)
    plain = xlsx(("Incidents", table))
    return {
        "xlsx/plain.xlsx": plain,
        "xlsx/two-sheets.xlsx": xlsx(("North", (HEADER, *ROWS[:2])), ("East", (HEADER, *ROWS[2:]))),
        "xlsx/sheet-of-words.xlsx": xlsx(("Incidents", table), ("Read me", [["About this file"], ["Made by hand"]])),
        "xlsx/empty-sheet.xlsx": xlsx(("Incidents", table), ("Sheet2", [])),
        "xlsx/hidden-sheet.xlsx": xlsx(("Incidents", (HEADER, *ROWS[:3])), ("Old", (HEADER, *ROWS[3:])), hide="Old"),
        "xlsx/title-rows.xlsx": xlsx(("Incidents", [["Incidents (example)"], [], *table])),
        "xlsx/typed.xlsx": xlsx(("Incidents", _typed())),
        "xlsx/formulas.xlsx": _formulas(),
        "xlsx/error-cells.xlsx": _error_cells(),
        "xlsx/bad-row.xlsx": xlsx(("Incidents", [["Incidents (example)"], HEADER, *changed(2, latitude="95")])),
        "xlsx/no-rows.xlsx": xlsx(("Incidents", [HEADER])),
        "xlsx/no-cells.xlsx": xlsx(("Incidents", [])),
        "xlsx/same-column-twice.xlsx": xlsx(("Incidents", ((*HEADER[:-1], "source"), *ROWS))),
        "xlsx/wide.xlsx": xlsx(("Incidents", [(*HEADER, *(f"c{n}" for n in range(2500))), *ROWS])),
        "xlsx/truncated.xlsx": plain[: len(plain) // 2],
        "xlsx/named.csv": plain,
        "xlsx/csv-named.xlsx": ",".join(HEADER).encode() + b"\n" + "\n".join(",".join(row) for row in ROWS).encode(),
        "xlsx/document-named.xlsx": _document(),
        "xlsx/entities.xlsx": _replaced(plain, "xl/sharedStrings.xml", _with_entity),
        "xlsx/far-cell.xlsx": _replaced(plain, "xl/worksheets/sheet1.xml", _with_far_cell),
        "xlsx/bomb.xlsx": _replaced(plain, "xl/worksheets/sheet1.xml", lambda text: text + " " * 30_000_000),
        "xlsx/encrypted.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"),
        "ods/plain.ods": ods(("Incidents", table)),
        "ods/two-sheets.ods": ods(("North", (HEADER, *ROWS[:2])), ("East", (HEADER, *ROWS[2:]))),
        "ods/repeated.ods": ods(("Incidents", table), after=_repeated(16384, 1048000, filled=False)),
        "ods/repeated-values.ods": ods(("Incidents", table), after=_repeated(16384, 1048000, filled=True)),
        "ods/typed.ods": ods(("Incidents", _typed())),
        "ods/truncated.ods": ods(("Incidents", table))[:600],
        "ods/not-well-formed.ods": ods(("Incidents", table), after="<table:e>"),
        "ods/entities.ods": ods(("Incidents", (*table, ("&e;",))), before='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    }  # fmt: skip


def xlsx(*sheets: Sheet, hide: str = "") -> bytes:
    """A workbook; text stays text, numbers numbers, dates dates."""

    def fill(book: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    _write(sheet, number, column, value, day)
            if name == hide:
                sheet.hide()

    return _book(fill)


def _book(fill: Callable[[Any], None]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2020, 1, 1)})
    fill(book)
    book.close()
    return target.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
    elif value != "":
        sheet.write_string(row, column, str(value))


def _typed() -> list[list[Any]]:
    """Ids with leading zeros, real dates, real numbers, a truth value."""
    header: list[Any] = ["id", "date", "place", "latitude", "longitude", "checked"]
    days = [datetime.fromisoformat(row[1]) for row in ROWS]
    return [
        header,
        *(
            [f"00{number}", day, row[3], float(row[5]), float(row[6]), number % 2 == 0]
            for number, (day, row) in enumerate(zip(days, ROWS, strict=True))
        ),
    ]


def _formulas() -> bytes:
    """Formulas with the value that they gave last: the value is read, nothing is calculated."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Incidents")
        for number, row in enumerate((HEADER, *ROWS)):
            sheet.write_row(number, 0, row)
        sheet.write_formula(1, 5, "=37+0.22417", None, 37.22417)
        sheet.write_formula(1, 8, '=HYPERLINK("http://127.0.0.1:9/", "A note")', None, "A note")
        sheet.write_formula(2, 8, "=cmd|' /C true'!A1", None, "A second note")

    return _book(fill)


def _error_cells() -> bytes:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Incidents")
        for number, row in enumerate((HEADER, *ROWS)):
            sheet.write_row(number, 0, row)
        sheet.write_formula(2, 5, "=NA()", None, "#N/A")
        sheet.write_formula(3, 8, "=1/0", None, "#DIV/0!")

    return _book(fill)


def _document() -> bytes:
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})


def _with_entity(text: str) -> str:
    declared = '<!DOCTYPE sst [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return re.sub(r"(<sst)", declared + r"\1", text, count=1).replace("<t>Termez</t>", "<t>&e;</t>")


def _with_far_cell(text: str) -> str:
    """A cell in the last row and the last column that a workbook can have: 17 thousand million empty ones before it."""
    return text.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def _replaced(workbook: bytes, member: str, change: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    return packed(parts | {member: change(parts[member])})


def packed(parts: dict[str, str]) -> bytes:
    """A zip archive with fixed times."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return target.getvalue()


_ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"'
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(*sheets: Sheet, before: str = "", after: str = "") -> bytes:
    """An OpenDocument spreadsheet; ``after`` stands behind the rows of each sheet."""
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(map(_ods_row, rows))}{after}</table:table>'
        for name, rows in sheets
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_ODS_SPACES}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/></manifest:manifest>'
    )
    return packed({"mimetype": _ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_row(row: Iterable[Any]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(value: Any) -> str:
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return f'<table:table-cell office:value-type="date" office:date-value="{day}"><text:p>{day}</text:p></table:table-cell>'
    if isinstance(value, bool):
        word = str(value).lower()
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{word}"><text:p>{word}</text:p></table:table-cell>'
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        if value
        else "<table:table-cell/>"
    )


def _repeated(columns: int, rows: int, *, filled: bool) -> str:
    """What stands for the rest of a sheet; filled, it stands for 17 thousand million values."""
    cell = 'office:value-type="string"><text:p>x</text:p></table:table-cell>' if filled else "/>"
    return (
        f'<table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" {cell}</table:table-row>'
    )
