"""Parses a delimited text record by record: slow, and right where marks or letters are amiss."""

from __future__ import annotations

import csv
import io
from array import array
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa

from bordermap.incidents.faults import fault
from bordermap.incidents.readers.delimiters import field_limit
from bordermap.incidents.readers.layer import TEXT, CellFault
from bordermap.incidents.readers.parsed import Parsed, Shape, empty_table, ragged
from bordermap.incidents.readers.texts import Text, is_text

_BATCH: Final = 20_000
_SHOWN: Final = 200
_LINE: Final = 100_000_000


class _Lines(Iterator[str]):
    """Physical lines that can be given back: what was read of a record that went wrong is read anew."""

    def __init__(self, stream: io.TextIOWrapper, file: str) -> None:
        self._stream, self._file = stream, file
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self.number = 0  # of the line given last

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._stream.readline(_LINE)
        if not line:
            raise StopIteration
        if len(line) >= _LINE:
            raise fault("BM107", "a line of 100 million characters", file=self._file, line=self.number + 1)
        self.number += 1
        self._taken.append(line)
        return line

    def begin(self) -> None:
        """A record begins here."""
        self._taken.clear()

    def record(self) -> str:
        """The record as it was written, without its line end, cut."""
        text, last = "", len(self._taken) - 1
        for at, line in enumerate(self._taken):
            text += line if at < last else line.removesuffix("\n").removesuffix("\r")
            if len(text) > _SHOWN:
                break
        return text[:_SHOWN].encode("utf-8", "replace").decode()

    def give_back(self) -> int:
        """Give all lines of the record back, without its first; how many there are."""
        given = self._taken[1:]
        self._again.extendleft(reversed(given))
        self.number -= len(given)
        self._taken = self._taken[:1]
        return len(given)

    @property
    def taken(self) -> list[str]:
        """The lines of the record."""
        return self._taken


@dataclass
class _Collector:
    """Gathers rows in columns, batch by batch, and what is wrong with the others."""

    shape: Shape
    lines: array[int] = field(default_factory=lambda: array("q"))
    numbers: array[int] = field(default_factory=lambda: array("q"))
    rows: list[list[str]] = field(default_factory=list)
    batches: list[pa.RecordBatch] = field(default_factory=list)
    outside: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=dict)
    long: dict[str, list[int]] = field(default_factory=dict)
    literal: int = 0

    def take_literally(self, line: str) -> bool:
        """A line of tab-separated text whose quotation marks are no quoting, but stand for themselves.

        Programs that separate fields by tabs often know no quoting; that the line then has a field for every
        column says that this one did not.
        """
        if self.shape.delimiter != "\t" or len(self.lines) < self.shape.first:
            return False
        row = line.removesuffix("\n").removesuffix("\r").split("\t")
        if len(row) != len(self.shape.names):
            return False
        self.literal += 1
        self.take(row, lambda: line[:_SHOWN])
        return True

    def take(self, row: list[str], written: Callable[[], str]) -> None:
        """A record that could be split into fields."""
        number = len(self.lines)
        if (
            number < self.shape.first
            or not row
            or (len(row) == 1 < len(self.shape.names) and not written().strip())
        ):
            return
        if len(row) != len(self.shape.names):
            self.reject("BM114", ragged(len(row), len(self.shape.names)), written)
            return
        joined = "".join(row)
        if not is_text(joined):
            self.reject("BM225", "", written)
        else:
            self._keep(row, number, long=len(joined) > self.shape.field_characters)

    def reject(self, code: str, message: str, written: Callable[[], str]) -> None:
        """A record that is no row."""
        if len(self.lines) >= self.shape.first:
            self.outside.setdefault((code, message), []).append((len(self.lines), written()))

    def _keep(self, row: list[str], number: int, *, long: bool) -> None:
        for name, value in zip(self.shape.names, row if long else (), strict=False):
            if len(value) > self.shape.field_characters:
                self.long.setdefault(name, []).append(len(self.numbers))
        self.numbers.append(number)
        self.rows.append(row)
        if len(self.rows) == _BATCH:
            self.flush()

    def flush(self) -> None:
        """Make columns of the rows gathered so far."""
        if self.rows:
            columns = [pa.array(column, type=TEXT) for column in zip(*self.rows, strict=True)]
            self.batches.append(pa.RecordBatch.from_arrays(columns, names=list(self.shape.names)))
            self.rows = []

    def parsed(self) -> Parsed:
        """All that was gathered."""
        self.flush()
        table = pa.Table.from_batches(self.batches) if self.batches else empty_table(self.shape.names)
        faults = [
            CellFault(
                code,
                np.array([number for number, _ in records], dtype=np.int64),
                message=message,
                values=tuple(value for _, value in records),
                outside=True,
            )
            for (code, message), records in sorted(self.outside.items())
        ]
        faults += [
            CellFault("BM107", np.array(rows, dtype=np.int64), name) for name, rows in self.long.items()
        ]
        numbers, lines = np.array(self.numbers, np.int64), np.array(self.lines, np.int64)
        return Parsed(table, numbers, lines, tuple(faults), self.literal)


def parse(text: Text, shape: Shape) -> Parsed:
    r"""Parse a text.

    A record whose quotation marks do not match is the one line it starts on, so that it cannot swallow the
    rows below it.

    Args:
        text: UTF-8; bytes that are not are faults of their rows.
        shape: Its layout.

    Raises:
        InputError: A line is longer than any line may be (BM107).

    Example:
        >>> text = Text(24, b'a,b\n1,"x" y\n"3\n,",4\n5,6\n')
        >>> found = parse(text, Shape(",", ("a", "b"), 2, 100, "a.csv"))
        >>> found.faults[0].code, found.faults[0].rows.tolist(), found.numbers.tolist(), found.lines.tolist()
        ('BM115', [2], [3, 4], [1, 2, 3, 5])
    """
    collector = _Collector(shape)
    stream = io.TextIOWrapper(text.stream(text.skip), encoding="utf-8", errors="surrogateescape", newline="")
    with stream, field_limit(max(4 * shape.field_characters, 1 << 24)):
        lines = _Lines(stream, shape.file)
        while _parse_until_fault(lines, collector):
            pass
    return collector.parsed()


def _parse_until_fault(lines: _Lines, collector: _Collector) -> bool:
    """Parse on; whether there may be more behind a record that went wrong."""
    reader = csv.reader(lines, delimiter=collector.shape.delimiter, strict=True)
    try:
        while True:
            lines.begin()
            collector.lines.append(lines.number + 1)
            try:
                row = next(reader)
            except StopIteration:
                collector.lines.pop()
                return False
            several = len(lines.taken) > 1 and len(row) != len(collector.shape.names)
            if several and collector.take_literally(lines.taken[0]):
                lines.give_back()
                continue
            collector.take(row, lines.record)
    except csv.Error as error:
        long = lines.give_back() == 0 and "field limit" in str(error)
        if not collector.take_literally(lines.taken[0]):
            collector.reject("BM107" if long else "BM115", "", lines.record)
        return True
