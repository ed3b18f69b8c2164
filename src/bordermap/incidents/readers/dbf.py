"""The table beside a shapefile, byte by byte: is it whole, what is deleted, what would a reader change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bordermap.incidents.faults import fault
from bordermap.incidents.readers.layer import TEXT

_HEADER: Final = 32
_FIELD: Final = 32
_END_OF_FIELDS: Final = 0x0D
_DELETED: Final = 0x2A
# An asterisk fills a number that is not there, zeros a day.
_NUMBER: Final = r"^([+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|\**)$"
#: More digits than a float holds: the driver would round them.
_LONG_WHOLE: Final = r"^-?[1-9][0-9]{15,}$"
_DAY: Final = r"^([0-9]{4})([0-9]{2})([0-9]{2})$"


@dataclass(frozen=True)
class Field:
    """A column: its type as one letter, where it starts in a row, and its width in bytes."""

    kind: str
    start: int
    width: int


@dataclass(frozen=True, eq=False)
class Dbf:
    """A dBase table.

    Attributes:
        rows: One row of bytes for each record; the first byte is the mark of deletion.
        fields: The columns.
        language: The number that stands for the encoding; 0 where none is given.
    """

    rows: NDArray[np.uint8]
    fields: tuple[Field, ...]
    language: int

    @property
    def deleted(self) -> NDArray[np.bool_]:
        """Which records are marked as deleted."""
        if not self.rows.shape[1]:
            return np.zeros(len(self.rows), dtype=bool)
        return np.asarray(self.rows[:, 0] == _DELETED)


def parse_dbf(data: bytes, file: str) -> Dbf:
    r"""Read the header of a .dbf and lay its records out.

    Args:
        data: The whole file.
        file: As the user named it, for messages.

    Raises:
        InputError: It is shorter than its header says, or no dBase table at all (BM261).

    Example:
        >>> import numpy as np
        >>> head = bytes([3, 95, 7, 26]) + (1).to_bytes(4, "little") + (65).to_bytes(2, "little")
        >>> head += (4).to_bytes(2, "little") + bytes(20)
        >>> column = b"N".ljust(11, b"\0") + b"N" + bytes(4) + bytes([3]) + bytes(15)
        >>> table = parse_dbf(head + column + b"\r" + b"  12", "a.dbf")
        >>> table.fields, table.rows.shape
        ((Field(kind='N', start=1, width=3),), (1, 4))
    """
    if len(data) < _HEADER + 1:
        raise fault("BM261", f"the .dbf has {len(data)} bytes, less than its header", file=file)
    count, start, width = (int.from_bytes(data[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    if start < _HEADER + 1 or (count and not width):
        raise fault("BM261", "the header of the .dbf is damaged", file=file)
    if len(data) < start + count * width:
        whole = max(0, (len(data) - start) // max(width, 1))
        message = f"the .dbf should have {count:,} rows; {whole:,} of them are there"
        raise fault("BM261", message, file=file)
    fields = _fields(data[_HEADER:start])
    if fields and fields[-1].start + fields[-1].width > width:
        raise fault("BM261", "the columns of the .dbf are wider than its rows", file=file)
    rows = np.frombuffer(data, np.uint8, count * width, start).reshape(count, width)
    return Dbf(rows, fields, data[29])


def _fields(header: bytes) -> tuple[Field, ...]:
    fields, start = [], 1
    for at in range(0, len(header) - _FIELD + 1, _FIELD):
        if header[at] == _END_OF_FIELDS:
            break
        fields.append(Field(chr(header[at + 11]), start, header[at + 16]))
        start += header[at + 16]
    return tuple(fields)


def raw_texts(table: Dbf, field: Field) -> pa.Array:
    """A column as it is written, without what fills it up; bytes above 127 stand as Latin-1."""
    width = max(field.width, 1)
    cells = np.ascontiguousarray(table.rows[:, field.start : field.start + width])
    values = cells.view(f"S{width}").ravel() if cells.size else np.array([], dtype="S1")
    texts = pa.array(np.char.decode(values, "latin-1"), TEXT)
    return pc.utf8_trim(texts, " \x00")


def odd_values(table: Dbf, field: Field, read: pa.Array) -> tuple[NDArray[np.int64], pa.Array] | None:
    """The values that a driver reads as something else.

    Args:
        table: The table.
        field: A column.
        read: The column as the driver gave it, as text; one value for each record that is not deleted.

    Returns:
        Positions among the records that are not deleted, and the values as written; None where there are
        none.
    """
    if field.kind not in "NFD":
        return None
    written = raw_texts(table, field).filter(pa.array(~table.deleted))
    if field.kind == "D":
        day = pc.replace_substring_regex(written, _DAY, r"\1-\2-\3")
        blank = pc.match_substring_regex(written, "^0*$")
        odd = pc.and_(pc.not_equal(day, read), pc.invert(blank))
    else:
        number = pc.match_substring_regex(written, _NUMBER)
        odd = pc.or_(pc.invert(pc.or_(number, pc.equal(written, ""))), _rounded(written, read))
    rows = np.flatnonzero(odd.to_numpy(zero_copy_only=False))
    return (rows, written.take(pa.array(rows))) if len(rows) else None


def _rounded(written: pa.Array, read: pa.Array) -> pa.Array:
    return pc.and_(pc.match_substring_regex(written, _LONG_WHOLE), pc.not_equal(written, read))
