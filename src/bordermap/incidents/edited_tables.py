"""Small tables that a person edits in a spreadsheet: written so that nothing runs, read back as written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from bordermap.incidents.faults import did_you_mean, fault, quote
from bordermap.incidents.readers.content import read_text
from bordermap.text import marked, plain, unmarked

#: What people write to mark a row, and what they write to leave it.
YES: Final = frozenset(("x", "х", "✓", "✔", "yes", "y", "true", "1", "ja", "oui", "да"))
NO: Final = frozenset(("", "no", "n", "false", "0", "-"))


def edited_bytes(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> bytes:
    r"""Rows as CSV in UTF-8 with a byte order mark, by which spreadsheets know the encoding.

    Example:
        >>> edited_bytes([{"a": "=1", "b": 2}], ["a", "b"]).decode("utf-8-sig")
        "a,b\n'=1,2\n"
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([marked(plain(row.get(column, ""))) for column in columns])
    return text.getvalue().encode("utf-8-sig", "replace")


def edited_rows(
    path: Path, needed: Sequence[str], *, no_file: str, no_column: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of an edited table.

    Args:
        path: Comma, semicolon or tab, UTF-8.
        needed: Columns that must be there, in any case and order.
        no_file: Code of the fault where there is no such file.
        no_column: Code of the fault where a needed column is missing.

    Yields:
        Physical line of a row, and its cells by column, stripped, without the apostrophe that kept a
        spreadsheet from running them. Empty rows are left out.

    Raises:
        InputError: The file cannot be read (BM104 to BM113, BM115), or as above.
    """
    if not path.exists():
        raise fault(no_file, f"there is no {quote(str(path))}")
    text = read_text(path, plain(path.name))
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        _check(header, needed, no_column, path)
        line = reader.line_num + 1
        for cells in reader:
            if any(cells):
                yield (
                    line,
                    dict(zip(header, map(_as_meant, cells), strict=False)) | _rest(header, cells),
                )
            line = reader.line_num + 1
    except csv.Error as error:
        raise fault("BM115", str(error), file=path.name, line=reader.line_num) from error


def _as_meant(cell: str) -> str:
    return unmarked(cell).strip()


def _rest(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Spreadsheets leave out empty cells at the end of a row."""
    return dict.fromkeys(header[len(cells) :], "")


def _check(header: Sequence[str], needed: Sequence[str], code: str, path: Path) -> None:
    for name in needed:
        if name not in header:
            hint = did_you_mean(name, header, at_most=0)
            raise fault(code, f"there is no column {quote(name)}", hint=hint, file=path.name)
