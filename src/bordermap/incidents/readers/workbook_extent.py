"""Refuses workbooks that unfold to far more cells than are filled, before a library takes the memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray

from bordermap.incidents.faults import fault
from bordermap.incidents.readers.layer import Ints
from bordermap.incidents.readers.old_workbook_extent import Extent, xls_extents, xlsb_extent
from bordermap.incidents.readers.shared_texts import refuse_repeated_texts
from bordermap.incidents.readers.workbook_markup import refuse_broken_markup

# The library lays a sheet out as a full rectangle, 32 bytes a cell, and ends the process where that fails.
_FREE: Final = 10_000_000
_SPREAD: Final = 20
_PIECE: Final = 1 << 22
_LONG_SPACES: Final = 100_000
_LONG_TAG: Final = 1 << 25

_CELL: Final = re.compile(rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*["']([A-Za-z]+)(\d+)["'][^<>]*(?<!/)>""")
# As all known programs write it; empty cells with a style are found too.
_PLAIN_CELL: Final = b'<c r="'
_CELL_STARTS: Final = (b"<c ", b"<c\t", b"<c\n", b"<c\r", b":c ", b":c\t", b":c\n", b":c\r")
_ROW: Final = re.compile(rb"""<(?:\w+:)?row\s(?:[^<>]*?\s)?r\s*=\s*["'](\d+)["']""")
_ODS: Final = re.compile(
    rb"<table:(table-row|table-cell|covered-table-cell)\b([^<>]*)>|</table:(table-row|table)>"
)
_REPEATED: Final = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d+)""")
_SPACES: Final = re.compile(rb"""text:c\s*=\s*["'](\d+)""")


def refuse_unfolding(data: bytes, label: str) -> dict[str, str]:
    """Look at how far the cells of each sheet are spread.

    Args:
        data: The workbook.
        label: The file, for messages.

    Returns:
        What must be said of it: how many cells hold an error (they are read as empty).

    Raises:
        InputError: A sheet spreads few cells over very many (BM253), the archive or its XML is damaged
            (BM240), or declares entities (BM250).

    Example:
        >>> refuse_unfolding(b"PK", "a.xlsx")
        Traceback (most recent call last):
        bordermap.errors.InputError: a.xlsx: the workbook cannot be read: File is not a zip file
    """
    if not data.startswith(b"PK"):
        for extent in xls_extents(data):
            _judge(extent, label)
        return {}
    errors = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_broken_markup(archive, label)
            refuse_repeated_texts(archive, label)
            for member in archive.infolist():
                errors += _judge_part(archive, member, label)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise fault("BM240", f"the workbook cannot be read: {str(error)[:200]}", file=label) from error
    return {"error_cells": f"{errors} (read as empty)"} if errors else {}


def _judge_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, label: str) -> int:
    """Look at one member; gives how many of its cells hold an error."""
    name, errors = member.filename, 0
    if name.endswith(".bin"):
        _judge(xlsb_extent(archive.read(member)), label)
    elif name == "content.xml":
        _judge_ods(archive.read(member), label)
    elif name.endswith(".xml") and not name.endswith(("sharedStrings.xml", "styles.xml")):
        with archive.open(member) as stream:
            extent, unplaced, errors = _xlsx_extent(stream, _plain_extent)
        if unplaced or _is_spread(extent):  # perhaps by empty cells only
            with archive.open(member) as stream:
                _judge(_xlsx_extent(stream, _any_extent)[0], label)
    return errors


def _is_spread(extent: Extent) -> bool:
    rows, columns, cells = extent
    return rows * columns > max(_FREE, _SPREAD * cells)


def _judge(extent: Extent, label: str) -> None:
    rows, columns, cells = extent
    if _is_spread(extent):
        message = f"a sheet of {cells:,} cells that reaches to row {rows:,} and column {columns:,}"
        raise fault("BM253", message, file=label)


def _judge_ods(text: bytes, label: str) -> None:
    if any(_number(count) > _LONG_SPACES for count in _SPACES.findall(text)):
        raise fault("BM253", "a cell that unfolds to more spaces than a value may have", file=label)
    for extent in _ods_extents(text):
        _judge(extent, label)


def _any_extent(piece: bytes) -> Extent:
    """How far the cells of a piece reach, however their places are written; empty cells left out."""
    places = _CELL.findall(piece)
    rows = max(map(_number, {row for _, row in places} | set(_ROW.findall(piece))), default=0)
    return rows, max(map(_column, {column for column, _ in places}), default=0), len(places)


def _plain_extent(piece: bytes) -> Extent:
    """The same, quickly, where all places are written plainly; empty cells may be among them."""
    codes = np.frombuffer(piece + bytes(32), dtype=np.uint8)
    at = np.flatnonzero(codes == ord("<"))
    for offset, code in enumerate(_PLAIN_CELL):
        at = at[codes[at + offset] == code]
    if len(at) != sum(map(piece.count, _CELL_STARTS)):
        return _any_extent(piece)
    at = at + len(_PLAIN_CELL)
    columns, at = _read_number(codes, at, "A", "Z", 26, 1, places=4)
    rows, at = _read_number(codes, at, "0", "9", 10, 0, places=9)
    return int(rows.max(initial=0)), int(columns.max(initial=0)), len(at)


def _read_number(
    codes: NDArray[np.uint8], at: Ints, first: str, last: str, base: int, offset: int, *, places: int
) -> tuple[Ints, Ints]:
    """The numbers that begin at these positions, and where they end."""
    numbers = np.zeros(len(at), dtype=np.int64)
    for _ in range(places):
        digits = codes[at].astype(np.int64)
        belongs = (digits >= ord(first)) & (digits <= ord(last))
        numbers = np.where(belongs, numbers * base + digits - ord(first) + offset, numbers)
        at = at + belongs
    return numbers, at


def _xlsx_extent(stream: IO[bytes], look: Callable[[bytes], Extent]) -> tuple[Extent, int, int]:
    """How far a sheet's filled cells reach; how many do not say where they are; how many hold an error."""
    last = width = unplaced = cells = errors = 0
    for piece in _pieces(stream):
        rows, columns, placed = look(piece)
        last, width = max(last, rows), max(width, columns)
        count = piece.count(b"<c>") + piece.count(b":c>")
        unplaced, cells = unplaced + count, cells + placed + count
        errors += piece.count(b' t="e"')
    # Cells that do not say where they stand reach no further than there are of them.
    return (last, max(width, min(unplaced, 16_384)), cells), unplaced, errors


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The content in pieces that end with the end of a tag."""
    rest = b""
    while piece := stream.read(_PIECE):
        cut = piece.rfind(b">") + 1
        if cut:
            yield rest + piece[:cut]
        rest = piece[cut:] if cut else rest + piece
        if len(rest) > _LONG_TAG:  # no tag is that long: nothing is gathered without end
            yield rest
            rest = b""
    yield rest


def _number(digits: bytes) -> int:
    return int(digits[:20])


def _column(letters: bytes) -> int:
    """The number of a column from its letters.

    Example:
        >>> _column(b"A"), _column(b"AE"), _column(b"XFD")
        (1, 31, 16384)
    """
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _ods_extents(text: bytes) -> Iterator[Extent]:
    """How far the filled cells of each table reach, with all that is repeated."""
    rows = height = width = cells = column = filled = repeat = 0
    for token in _ODS.finditer(text):
        opened, attributes, closed = token[1], token[2], token[3]
        if opened == b"table-row":
            repeat, column, filled = _repeat(attributes), 0, 0
            rows += repeat if attributes.endswith(b"/") else 0
        elif opened:
            cells, column = cells + 1, column + _repeat(attributes)
            filled = filled if attributes.endswith(b"/") and b"value" not in attributes else column
        elif closed == b"table-row":
            rows += repeat
            height, width = (rows, max(width, filled)) if filled else (height, width)
        else:
            yield height, width, cells
            rows = height = width = cells = 0
    yield height, width, cells


def _repeat(attributes: bytes) -> int:
    found = _REPEATED.search(attributes) if b"repeated" in attributes else None
    return _number(found[1]) if found else 1
