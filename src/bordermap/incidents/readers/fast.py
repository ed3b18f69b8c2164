"""Parses a well-formed delimited text with pyarrow; what it cannot vouch for is left to the exact way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from bordermap.incidents.readers.encodings import is_utf8
from bordermap.incidents.readers.layer import TEXT, CellFault, Ints
from bordermap.incidents.readers.parsed import Parsed, Shape, empty_table, ragged
from bordermap.incidents.readers.records import Records, count_fields, shown
from bordermap.incidents.readers.texts import Text

_BLOCK: Final = 1 << 20
_LARGEST_BLOCK: Final = 1 << 28
_Handler = Callable[[arrow_csv.InvalidRow], str]
_MARK: Final = b"\xef\xbb\xbf"


class NotUtf8(Exception):
    """The bytes are not UTF-8 throughout."""


def parse(text: Text, shape: Shape, records: Records) -> Parsed | None:
    r"""Parse a text.

    Args:
        text: UTF-8.
        shape: Its layout.
        records: Its records, well formed.

    Returns:
        The table; None where the exact way must be gone.

    Raises:
        NotUtf8: Some bytes are not UTF-8.

    Example:
        >>> from bordermap.incidents.readers.records import find_records
        >>> text = Text(15, b"a,b\n1,2\n3\n5,6\n")
        >>> found = parse(text, Shape(",", ("a", "b"), 2, 100, "a.csv"), find_records(text, ","))
        >>> found.numbers.tolist(), found.faults[0].rows.tolist(), found.table.to_pylist()[1]
        ([2, 4], [3], {'a': '5', 'b': '6'})
    """
    numbers = np.flatnonzero(~records.blank) + 1
    numbers = numbers[numbers >= shape.first]
    if not len(numbers):
        return Parsed(empty_table(shape.names), numbers, records.lines, ())
    start = int(records.starts[shape.first - 1])
    # pyarrow would take a letter of the data for a byte order mark.
    if text.window(start, start + 3) == _MARK:
        return None
    table = _table(text, shape, records, start)
    if table is None:
        return None
    faults: list[CellFault] = []
    if table.num_rows != len(numbers):
        # Between tabs a mark may be no quoting at all, and a record of several lines several records.
        if shape.delimiter == "\t" and records.quoted_line_ends:
            return None
        numbers, faults = _without_ragged(text, shape, records, numbers)
    if table.num_rows != len(numbers):
        return None
    return Parsed(table, numbers, records.lines, (*faults, *_too_long(table, shape)))


def _table(text: Text, shape: Shape, records: Records, start: int) -> pa.Table | None:
    """The rows of the right length; None where pyarrow gives up."""
    try:
        return _read(text, shape, records, start, None)
    except (pa.ArrowException, OSError):
        pass
    # Only now: pyarrow decodes a row to hand it over, and what is not UTF-8 fails where nobody catches it.
    if not is_utf8(text.chunks()):
        raise NotUtf8
    try:
        return _read(text, shape, records, start, lambda row: "skip")
    except (pa.ArrowException, OSError):
        return None


def _read(text: Text, shape: Shape, records: Records, start: int, on_invalid: _Handler | None) -> pa.Table:
    return arrow_csv.read_csv(
        text.arrow_input(start),
        read_options=arrow_csv.ReadOptions(column_names=list(shape.names), block_size=_block_size(records)),
        parse_options=arrow_csv.ParseOptions(
            delimiter=shape.delimiter,
            newlines_in_values=records.quoted_line_ends,
            invalid_row_handler=on_invalid,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(shape.names, TEXT), strings_can_be_null=False
        ),
    )


def _block_size(records: Records) -> int:
    """A block must hold the longest record whole."""
    longest = int((records.ends - records.starts).max(initial=0))
    return min(_LARGEST_BLOCK, max(_BLOCK, 2 * longest))


def _without_ragged(
    text: Text, shape: Shape, records: Records, numbers: Ints
) -> tuple[Ints, list[CellFault]]:
    """The numbers of the records that are rows, and the faults of those that are none."""
    counts = count_fields(text, records, shape.delimiter)[numbers - 1]
    wrong = counts != len(shape.names)
    bad, found = numbers[wrong], counts[wrong]
    values = shown(text, records, bad)
    # A line of spaces is a blank line to whoever looks at it.
    spaces = np.array([not value.strip() for value in values], dtype=bool) & (found == 1)
    faults = []
    for count in np.unique(found[~spaces]).tolist():
        of_one_kind = np.flatnonzero((found == count) & ~spaces)
        faults.append(
            CellFault(
                "BM114",
                bad[of_one_kind],
                message=ragged(count, len(shape.names)),
                values=tuple(values[at] for at in of_one_kind),
                outside=True,
            )
        )
    return numbers[~wrong], faults


def _too_long(table: pa.Table, shape: Shape) -> list[CellFault]:
    faults = []
    for name in shape.names:
        column = table.column(name)
        # Bytes first: they are known from the offsets, and there are never fewer than characters.
        if (pc.max(pc.binary_length(column)).as_py() or 0) > shape.field_characters:
            long = np.flatnonzero(pc.utf8_length(column).to_numpy() > shape.field_characters)
            if len(long):
                faults.append(CellFault("BM107", long, name))
    return faults
