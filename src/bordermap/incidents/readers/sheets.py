"""Reads one CSV table as a sheet: strings only, in the order of the schema, each row with its line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bordermap.errors import InputError
from bordermap.incidents.columns import Table
from bordermap.incidents.faults import CasebookError, did_you_mean, fault, quote
from bordermap.incidents.readers.content import read_text
from bordermap.incidents.readers.delimiters import field_limit

MAX_FIELD: Final = 1_000_000


@dataclass(frozen=True)
class Sheet:
    """A table as it was written.

    Attributes:
        table: Its schema.
        rows: Strings in the order of the schema's columns; empty where the file has no such column.
        lines: The physical line on which each row starts, counted from 1, header included.
        records: The row's number as a spreadsheet shows it; smaller than the line below a field of several
            lines.
    """

    table: Table
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[int, ...] = ()
    records: tuple[int, ...] = ()

    def values(self, column: str) -> list[str]:
        """One column."""
        at = self.table.names.index(column)
        return [row[at] for row in self.rows]

    def fault(self, code: str, row: int, column: str, message: str = "", hint: str = "") -> InputError:
        """A fault of one cell."""
        error = fault(code, message, hint=hint, file=self.table.file, line=self.lines[row], column=column)
        if self.records[row] != self.lines[row]:
            error.message += f" (row {self.records[row]} in a spreadsheet)"
            error.args = (error.message,)
        return error


def read_sheet(folder: Path, table: Table) -> Sheet:
    r"""Read one table of a casebook folder.

    Args:
        folder: The casebook.
        table: Which table.

    Returns:
        The sheet; an empty one where an optional table has no file.

    Raises:
        InputError: The file cannot be used (BM103 to BM115); where several rows or columns are at fault, a
            CasebookError with all of them (BM114, BM120 to BM122).

    Example:
        >>> import tempfile
        >>> from bordermap.incidents.tables import PARTIES
        >>> folder = Path(tempfile.mkdtemp())
        >>> written = (folder / "parties.csv").write_text("party_id,name,kind\nna,Namibia,state\n")
        >>> read_sheet(folder, PARTIES).rows
        (('na', 'Namibia', '', 'state', ''),)
    """
    path = folder / table.file
    if table.optional and not path.exists():
        return Sheet(table)
    cells, lines, records = read_cells(read_text(path, table.file), table.file)
    header, *body = cells
    faults = _header_faults(table, header, lines[0]) or _ragged_faults(table, header, body, lines[1:])
    if faults:
        raise CasebookError(faults)
    where = [header.index(name) if name in header else -1 for name in table.names]
    # The extra empty field at the end of a row stands in for every column the file does not have.
    rows = tuple(tuple((*row, "")[at] for at in where) for row in body)
    return Sheet(table, rows, tuple(lines[1:]), tuple(records[1:]))


def read_cells(text: str, file: str) -> tuple[list[list[str]], list[int], list[int]]:
    r"""The rows of a CSV text, the line each starts on and its number; blank lines are counted, not kept.

    Args:
        text: Comma-separated.
        file: As messages call it.

    Raises:
        InputError: A field is too long (BM107), or quotation marks are amiss (BM115).

    Example:
        >>> read_cells('a,b\n\n"x\ny",2\n', "claims.csv")
        ([['a', 'b'], ['x\ny', '2']], [1, 3], [1, 3])
    """
    cells: list[list[str]] = []
    lines: list[int] = []
    records: list[int] = []
    start = 1
    with field_limit(MAX_FIELD):
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            for number, row in enumerate(reader, start=1):
                if row:
                    cells.append(row)
                    lines.append(start)
                    records.append(number)
                start = reader.line_num + 1
        except csv.Error as error:
            code = "BM107" if "field limit" in str(error) else "BM115"
            raise fault(code, file=file, line=start) from error
    return cells, lines, records


def _header_faults(table: Table, header: list[str], line: int) -> list[InputError]:
    faults = [
        fault(
            "BM120",
            f"{table.file} has no column {quote(name)}",
            hint=_column_hint(table, header, name),
            file=table.file,
            line=line,
            column=name,
        )
        for name in header
        if name not in table.names
    ]
    faults += [
        fault("BM122", file=table.file, line=line, column=name)
        for name in dict.fromkeys(header)
        if name in table.names and header.count(name) > 1
    ]
    return faults + [
        fault("BM121", file=table.file, line=line, column=column.name)
        for column in table.columns
        if column.required and column.name not in header
    ]


def _column_hint(table: Table, header: list[str], name: str) -> str:
    if len(header) == 1 and (";" in name or "\t" in name):
        return "Save it with commas between the columns, not semicolons or tabs."
    if not name.strip():
        return "Take out the column without a name, or name it."
    nearest = did_you_mean(name, [known for known in table.names if known not in header])
    return f"{nearest} Otherwise take the column out." if nearest else ""


def _ragged_faults(
    table: Table, header: list[str], body: list[list[str]], lines: list[int]
) -> list[InputError]:
    return [
        fault(
            "BM114",
            f"the row has {len(row)} fields and the header {len(header)}",
            file=table.file,
            line=line,
        )
        for row, line in zip(body, lines, strict=True)
        if len(row) != len(header)
    ]
