"""Reads one file as text, and says plainly when it is not the text it should be."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bordermap.errors import InputError
from bordermap.incidents.faults import fault

MAX_BYTES: Final = 50_000_000

_OTHER_CONTENT: Final = (
    (b"PK\x03\x04", "an Excel or OpenDocument workbook, or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3\x00", "a GeoPackage or another SQLite file"),
)
_MARKUP: Final = ("<!doctype html", "<html", "<head", "<body", "<?xml", "<script")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, name: str) -> str:
    """The text of a UTF-8 file, without its byte order mark.

    Args:
        path: The file.
        name: As messages call it.

    Raises:
        InputError: The file is missing, not readable, too large, or not the text it should be: BM103 to
            BM113.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "claims.csv")
        >>> path.write_bytes(b"<!DOCTYPE html><title>Log in</title>") and read_text(path, "claims.csv")
        Traceback (most recent call last):
        bordermap.errors.InputError: claims.csv: the content is an HTML or XML page, not a table
    """
    data = _read_bytes(path, name)
    _refuse_other_content(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = _line_of(data, error.start)
        raise fault("BM105", f"byte 0x{data[error.start]:02x} is not UTF-8", file=name, line=at) from error
    if text.lstrip()[:200].casefold().startswith(_MARKUP):
        raise fault("BM109", "the content is an HTML or XML page, not a table", file=name)
    return text


def _read_bytes(path: Path, name: str) -> bytes:
    if not path.exists():
        raise fault("BM103", file=name)
    if not path.is_file():  # also a pipe or a device, which could keep us waiting for ever
        raise fault("BM104", "not a plain file", file=name)
    try:
        # One byte more than allowed: the size is checked on what is read, not on what the disk promised.
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise fault("BM104", f"cannot be read: {error.strerror or error}", file=name) from error
    if len(data) > MAX_BYTES:
        raise fault("BM106", file=name)
    return data


def _refuse_other_content(data: bytes, name: str) -> None:
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise fault("BM113", file=name)
    if data.startswith(b"version https://git-lfs"):
        raise fault("BM108", file=name)
    if data.startswith(_UTF16):
        raise fault("BM105", "the text is UTF-16, not UTF-8", file=name)
    for start, what in _OTHER_CONTENT:
        if data.startswith(start):
            raise fault("BM109", f"the content is {what}, not text", file=name)
    if b"\0" in data:
        raise _nul(data, name)


def _nul(data: bytes, name: str) -> InputError:
    return fault("BM112", file=name, line=_line_of(data, data.index(b"\0")))


def _line_of(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1
