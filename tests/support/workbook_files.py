"""Small workbooks of every kind as bytes, also such as no spreadsheet program would write."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

#: Cells as (row, column, value), counted from 0.
Cells = Iterable[tuple[int, int, str | float]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    """A workbook that a function fills."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        fill(workbook)
    return stream.getvalue()


def xlsx_of(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of plain rows."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)

    return xlsx(fill)


def raw_xlsx(rows: str) -> bytes:
    """A workbook whose only sheet holds exactly these row elements."""
    return _zipped(
        {
            "[Content_Types].xml": _content_types("xml"),
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations("xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def ods(**tables: str) -> bytes:
    """An OpenDocument workbook whose tables hold exactly these row elements."""
    names = {
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "table", "text", "manifest")
    }
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in names.items())
    body = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in tables.items())
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return _zipped(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f"<manifest:manifest {spaces}>"
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_row(*texts: str) -> str:
    """A row of texts for an OpenDocument table."""
    cells = (
        f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def xls(cells: Cells, *, small: bool = False) -> bytes:
    """An old Excel workbook with one sheet; small: in the part of the file that holds small streams."""
    begin = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + _biff(0x42, b"\xb0\x04")
    end = _biff(0x0A, b"")
    at = len(begin) + 4 + 8 + 1 + len(end)
    book = begin + _biff(0x85, struct.pack("<IBBBB", at, 0, 0, 1, 0) + b"S") + end
    sheet = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for row, column, value in cells:
        if isinstance(value, str):
            text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
            sheet += _biff(0x0204, struct.pack("<HHH", row, column, 0) + text)
        else:
            sheet += _biff(0x0203, struct.pack("<HHHd", row, column, 0, value))
    return _compound(book + sheet + end, small)


def _biff(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes, small: bool) -> bytes:
    """A compound file with one stream called Workbook."""
    size = len(stream) if small else max(len(stream), 4096)
    store = stream.ljust(-(-size // 512) * 512, b"\0")
    sectors = len(store) // 512
    chain = [*range(4, 3 + sectors), 0xFFFFFFFE]
    table = [0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, *chain]
    pieces = -(-size // 64)
    small_table = [*range(1, pieces), 0xFFFFFFFE] if small else []
    root = _entry("Root Entry", 5, 3 if small else 0xFFFFFFFE, len(store) if small else 0, child=1)
    entries = root + _entry("Workbook", 2, 0 if small else 3, size, child=0xFFFFFFFF)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 2, int(small), 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + _sector(table) + entries.ljust(512, b"\0") + _sector(small_table) + store


def _sector(numbers: Sequence[int]) -> bytes:
    assert len(numbers) <= 128
    return struct.pack("<128I", *numbers, *[0xFFFFFFFF] * (128 - len(numbers)))


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    written = name.encode("utf-16-le")
    nothing = 0xFFFFFFFF
    entry = written.ljust(64, b"\0") + struct.pack(
        "<HBBIII", len(written) + 2, kind, 1, nothing, nothing, child
    )
    return entry + bytes(36) + struct.pack("<IQ", start, size)


def xlsb(cells: Cells) -> bytes:
    """A binary Excel workbook with one sheet."""
    bundle = struct.pack("<II", 0, 1) + _wide("r1") + _wide("S")
    book = _brt(131) + _brt(143) + _brt(156, bundle) + _brt(144) + _brt(132)
    sheet, last = _brt(129) + _brt(148, bytes(16)) + _brt(145), -1
    for row, column, value in cells:
        if row != last:
            sheet += _brt(0, struct.pack("<I", row) + bytes(21))
            last = row
        place = struct.pack("<II", column, 0)
        is_text = isinstance(value, str)
        sheet += _brt(6, place + _wide(str(value))) if is_text else _brt(5, place + struct.pack("<d", value))
    sheet += _brt(146) + _brt(130)
    return _zipped(
        {
            "[Content_Types].xml": _content_types("bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": _relations("bin"),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def _brt(kind: int, data: bytes = b"") -> bytes:
    number = bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))
    size, written = len(data), b""
    while size > 127:
        written, size = written + bytes((size & 0x7F | 0x80,)), size >> 7
    return number + written + bytes((size,)) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _content_types(suffix: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="{suffix}" ContentType="application/octet-stream"/></Types>'
    )


def _relations(suffix: str) -> str:
    return (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.{suffix}"/></Relationships>'
    )


def _zipped(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()
