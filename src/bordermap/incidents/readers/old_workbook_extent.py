"""How far the cells of binary workbooks (XLS, XLSB) reach, from their records alone."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

Extent = tuple[int, int, int]

# Records of cells in XLS: row and column are their first two numbers.
_XLS_CELLS: Final = frozenset((0x0006, 0x00BD, 0x0203, 0x0204, 0x00FD, 0x0205, 0x027E, 0x00D6, 2, 3, 4, 5))
_XLS_BEGIN: Final = frozenset((0x0809, 0x0409, 0x0209, 0x0009))
_XLSB_ROW: Final = 0
_XLSB_CELLS: Final = range(2, 12)
_LAST_SECTOR: Final = 0xFFFFFFF0


def xlsb_extent(data: bytes) -> Extent:
    """The last row, the last column and the number of cells of one sheet of an XLSB file.

    Example:
        >>> row, cell = bytes((0, 4, 9, 0, 0, 0)), bytes((5, 4, 2, 0, 0, 0))
        >>> xlsb_extent(row + cell)
        (10, 3, 1)
    """
    rows = columns = cells = row = 0
    for kind, at, size in _xlsb_records(data):
        if size < 4:
            continue
        if kind == _XLSB_ROW:
            row = int.from_bytes(data[at : at + 4], "little") + 1
        elif kind in _XLSB_CELLS:
            column = int.from_bytes(data[at : at + 4], "little") + 1
            rows, columns, cells = max(rows, row), max(columns, column), cells + 1
    return rows, columns, cells


def _xlsb_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, position and size of each record; both numbers are written in seven bits a byte."""
    at, end = 0, len(data)
    while at < end:
        kind, at = data[at], at + 1
        if kind & 0x80 and at < end:
            kind, at = (kind & 0x7F) | (data[at] << 7), at + 1
        size = shift = 0
        while at < end and shift < 28:
            byte, at = data[at], at + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        yield kind, at, size
        at += size


def xls_extents(data: bytes) -> Iterator[Extent]:
    """The last row, the last column and the number of cells of each sheet of an XLS file.

    Args:
        data: The file; anything else, or a damaged one, has none.

    Example:
        >>> list(xls_extents(b"no workbook"))
        [(0, 0, 0)]
    """
    stream = _workbook_stream(data)
    rows = columns = cells = at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind in _XLS_CELLS and size >= 4 and at + 4 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, at)
            rows, columns, cells = max(rows, row + 1), max(columns, column + 1), cells + 1
        elif kind in _XLS_BEGIN:
            yield rows, columns, cells
            rows = columns = cells = 0
        at += size
    yield rows, columns, cells


def _workbook_stream(data: bytes) -> bytes:
    """The stream of records inside the compound file; the file itself where it is none."""
    if not data.startswith(b"\xd0\xcf\x11\xe0") or len(data) < 512:
        return data
    try:
        return _Compound(data).stream(("Workbook", "Book"))
    except (struct.error, IndexError, ValueError):
        return b""


class _Compound:
    """Just enough of a compound file to take one stream out of it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << min(data[30], 16)
        self._small_size = 1 << min(data[32], 12)
        self._cutoff = self._number(56)
        self._table = self._numbers(b"".join(map(self._sector, self._table_sectors())))
        self._entries = [
            entry for entry in _slices(self._chain(self._number(48)), 128) if len(entry) == 128 and entry[66]
        ]

    def stream(self, names: tuple[str, ...]) -> bytes:
        """The first stream of one of these names."""
        for entry in self._entries:
            length = max(int.from_bytes(entry[64:66], "little") - 2, 0)
            if entry[:length].decode("utf-16-le", "replace") in names:
                start, size = struct.unpack_from("<II", entry, 116)
                return (self._small(start) if size < self._cutoff else self._chain(start))[:size]
        return b""

    def _number(self, at: int) -> int:
        return int(struct.unpack_from("<I", self._data, at)[0])

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _table_sectors(self) -> list[int]:
        sectors = list(self._numbers(self._data[76:512]))
        following, left = self._number(68), len(self._data) // self._size
        while following < _LAST_SECTOR and left:
            numbers = self._numbers(self._sector(following))
            sectors, following, left = sectors + list(numbers[:-1]), numbers[-1], left - 1
        return [number for number in sectors if number < _LAST_SECTOR]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._followed(start, self._table)))

    def _small(self, start: int) -> bytes:
        """A small stream: pieces of the stream that the first entry of the directory holds."""
        store = self._chain(struct.unpack_from("<I", self._entries[0], 116)[0])
        table = self._numbers(self._chain(self._number(60)))
        size = self._small_size
        return b"".join(store[at * size : (at + 1) * size] for at in self._followed(start, table))

    def _followed(self, start: int, table: tuple[int, ...]) -> Iterator[int]:
        left = len(table)
        while start < _LAST_SECTOR and left:
            yield start
            start, left = table[start], left - 1


def _slices(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))
