"""What a file is by its first bytes, whatever its name says; and which files are never opened at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bordermap.errors import InputError
from bordermap.incidents.faults import fault

#: How many of the first bytes are looked at.
HEAD: Final = 65_536


@dataclass(frozen=True)
class Kind:
    """What a content is.

    Attributes:
        name: A kind of :class:`~bordermap.incidents.readers.blob.Blob`, or ``zip`` or ``gzip``; empty where
            it cannot be read.
        words: What it is called in a sentence: "an Excel workbook".
        code: Of the fault, where it cannot be read.
        hint: What to do then, where the table's cure is not enough.
    """

    name: str
    words: str
    code: str = ""
    hint: str = ""

    def error(self, file: str) -> InputError:
        """The fault of a content that cannot be read."""
        message = "" if self.code in ("BM108", "BM113") else f"the content is {self.words}"
        return fault(self.code, message, hint=self.hint, file=file)


def _other(words: str, hint: str = "") -> Kind:
    return Kind("", words, "BM109", hint)


_EXPORT: Final = "Open it in the program it belongs to and save it as CSV, XLSX, GeoJSON or GeoPackage."
_UNPACK: Final = "Unpack it first; zip and gz are read as they are."
_PICKLE: Final = _other("a Python pickle, which could run programs: it is never opened", _EXPORT)
_IMAGE: Final = "Give the data, not a picture of it."

_STARTS: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"version https://git-lfs", Kind("", "a Git LFS pointer", "BM108")),
    (b"PK\x03\x04", Kind("zip", "a zip archive")),
    (b"PK\x05\x06", Kind("zip", "a zip archive")),
    (b"PK\x07\x08", Kind("", "one part of a zip archive in several parts", "BM221", _UNPACK)),
    (b"\x1f\x8b", Kind("gzip", "a gzip archive")),
    (b"SQLite format 3\x00", Kind("sqlite", "a GeoPackage or another SQLite database")),
    (b"PAR1", Kind("parquet", "a Parquet file")),
    (b"PARE", _other("an encrypted Parquet file", "Save it without encryption.")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("xls", "an old Excel workbook")),
    (b"BZh91AY&SY", Kind("", "a bzip2 archive", "BM221", _UNPACK)),
    (b"\xfd7zXZ\x00", Kind("", "an xz archive", "BM221", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Kind("", "a 7-Zip archive", "BM221", _UNPACK)),
    (b"Rar!\x1a\x07", Kind("", "a RAR archive", "BM221", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Kind("", "a Zstandard archive", "BM221", _UNPACK)),
    (b"\x1f\x9d", Kind("", "a compress archive", "BM221", _UNPACK)),
    (b"%PDF", _other("a PDF", "Get the table behind it; a PDF holds only its picture.")),
    (b"%!PS", _other("a PostScript drawing", _IMAGE)),
    (b"{\\rtf", _other("a rich-text document", "Save it as plain text (.txt) or as a workbook.")),
    (b"\x89PNG", _other("a PNG picture", _IMAGE)),
    (b"\xff\xd8\xff", _other("a JPEG picture", _IMAGE)),
    (b"GIF8", _other("a GIF picture", _IMAGE)),
    (b"II*\x00", _other("a TIFF picture or raster", _IMAGE)),
    (b"MM\x00*", _other("a TIFF picture or raster", _IMAGE)),
    (b"\x89HDF", _other("an HDF5 file", _EXPORT)),
    (b"CDF\x01", _other("a NetCDF file", _EXPORT)),
    (b"\x93NUMPY", _other("a NumPy array", _EXPORT)),
    (b"ARROW1", _other("an Arrow file", "Save it as Parquet: pyarrow.parquet.write_table.")),
    (b"FEA1", _other("a Feather file", "Save it as Parquet: pyarrow.parquet.write_table.")),
    (b"Obj\x01", _other("an Avro file", _EXPORT)),
    (b"RDX3\n", _other("an R data file", "Save it with write.csv.")),
    (b"<stata_dta>", _other("a Stata file", "Save it with export delimited.")),
    (b"$FL2", _other("an SPSS file", _EXPORT)),
    (b"$FL3", _other("an SPSS file", _EXPORT)),
    (b"\x00\x01\x00\x00Standard ", _other("a Microsoft Access database", _EXPORT)),
    (b"\x7fELF", _other("a program")),
    (b"MZ\x90\x00", _other("a program")),
)

_ROOTS: Final[dict[str, Kind]] = {
    "kml": Kind("kml", "a KML file"),
    "gpx": Kind("gpx", "a GPX file"),
    "html": _other("an HTML page, not a table", "Sign in and get the file again: this may be a login page."),
    "ogrvrtdatasource": _other("a GDAL virtual file (VRT), which could open other files", _EXPORT),
    "vrtdataset": _other("a GDAL virtual file (VRT), which could open other files", _EXPORT),
    "workbook": _other("an Excel 2003 XML workbook", "Open it in a spreadsheet and save it as XLSX."),
    "document": _other("a flat OpenDocument file", "Open it in a spreadsheet and save it as ODS or XLSX."),
    "svg": _other("an SVG picture", _IMAGE),
}
_HTML: Final = frozenset((
    "html", "head", "body", "script", "style", "title", "meta", "link", "div", "table", "p", "a", "form",
    "h1", "iframe", "center", "font",
))  # fmt: skip
_TAG: Final = re.compile(r"\s*<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
_PROLOG: Final = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>)", re.I | re.S)
_OLD_PICKLE: Final = re.compile(rb"c[A-Za-z_][\w.]*\n[A-Za-z_]\w*\n[\x00-\x7f]|\((?:dp|lp|i)\d*\n|[\]}]q\x00")
_JSON: Final = re.compile(r"\s*\x1e?\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\"\]\d-]|true|false|null))")
_TEXT: Final = Kind("text", "a text table")


def recognise(head: bytes) -> Kind:
    r"""What a content is by its first bytes.

    Args:
        head: The first :data:`HEAD` bytes, or all there are.

    Returns:
        Its kind. ``zip`` and ``gzip`` are still to be unpacked; ``text`` may be anything that has no other
        form.

    Example:
        >>> recognise(b"PAR1...").name, recognise(b'{"type": "FeatureCollection"').name
        ('parquet', 'json')
        >>> recognise(b"event_id,title\n1,a\n").name, recognise(b"<!DOCTYPE html><title>Log in").words
        ('text', 'an HTML page, not a table')
    """
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        return Kind("", "empty", "BM113") if b"\0" not in head[4:] else _other("nothing but NUL bytes")
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    return _by_structure(head) or _by_text(head)


def _by_structure(head: bytes) -> Kind | None:
    """Contents that are known by more than their first letters."""
    if head[:1] == b"\x80" and head[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05"):
        return _PICKLE
    if _OLD_PICKLE.match(head):
        return _PICKLE
    if head[:3] == b"fgb" and head[4:7] == b"fgb":
        return Kind("fgb", "a FlatGeobuf file")
    if head[:4] == b"\x00\x00\x27\x0a":
        index = head[100:104] == b"\x00\x00\x00\x32"  # where the first record starts: only the index says so
        return Kind("shx", "the index of a shapefile") if index else Kind("shp", "a shapefile")
    if head[257:262] == b"ustar":
        return Kind("", "a tar archive", "BM221", _UNPACK)
    if _is_dbf(head):
        return Kind("dbf", "the table of a shapefile (dBASE)")
    return None


def _is_dbf(head: bytes) -> bool:
    """Version, a date, a header length that fits whole field descriptions, and their closing mark."""
    if len(head) < 65 or head[0] not in (0x03, 0x30, 0x83, 0x8B, 0xF5) or not 1 <= head[2] <= 12:
        return False
    length = int.from_bytes(head[8:10], "little")
    return length >= 65 and length % 32 in (1, 8) and (length > len(head) or b"\r" in head[64:length])


def decoded_head(head: bytes) -> str:
    """The first bytes as text, whatever can be made of them: good for structure, not for letters."""
    for mark, codec in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if head.startswith(mark):
            return head[len(mark) :].decode(codec, "replace")
    wide = wide_codec(head)
    return head.decode(wide or "latin-1", "replace")


def wide_codec(head: bytes) -> str:
    """UTF-16 without a byte order mark, known by the NULs in every other byte; else an empty text.

    Example:
        >>> wide_codec("id,name".encode("utf-16-le")), wide_codec(b"id,name")
        ('utf-16-le', '')
    """
    part = head[:2000]
    if len(part) < 4:
        return ""
    even, odd = part[0::2].count(0) / len(part) * 2, part[1::2].count(0) / len(part) * 2
    if odd > 0.25 and even < 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > 0.25 and odd < 0.02 else ""


def _by_text(head: bytes) -> Kind:
    text = decoded_head(head)
    if _JSON.match(text):
        return Kind("json", "JSON")
    if text.lstrip().startswith("<"):
        markup = _by_markup(text)
        if markup:
            return markup
    if _is_binary(text):
        return _other("binary data that nothing here can read", _EXPORT)
    return _TEXT


def _by_markup(text: str) -> Kind | None:
    """By the first element, behind declarations and comments."""
    if re.match(r"\s*<!doctype\s+html", text, flags=re.I):
        return _ROOTS["html"]
    declared = bool(re.match(r"\s*<[?!]", text))
    while (prolog := _PROLOG.match(text)) is not None:
        text = text[prolog.end() :]
    tag = _TAG.match(text)
    name = tag[1].lower() if tag else ""
    if name in _HTML:
        return _ROOTS["html"]
    if name in _ROOTS:
        return _ROOTS[name]
    return _other("XML that is neither KML nor GPX", _EXPORT) if declared or "</" in text else None


def _is_binary(text: str) -> bool:
    """Whether control characters are common: in text there are hardly any, beyond a stray NUL."""
    part = text[:20_000]
    odd = sum(part.count(chr(code)) for code in range(32) if code not in (9, 10, 12, 13, 26, 27))
    return odd > max(3, len(part) * 0.02)
