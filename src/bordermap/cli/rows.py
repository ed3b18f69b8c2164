"""Rows as CSV that a spreadsheet shows and does not run, and values as JSON, both safe on a terminal."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence

import click

from bordermap.text import spreadsheet_cell, visible

_END = "\r\n"


class _Lines(list[str]):
    """What the csv module writes, a row a piece."""

    def write(self, row: str) -> None:
        """Take a row, its end made a line feed."""
        self.append(f"{row.removesuffix(_END)}\n")


def csv_text(records: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    r"""Records as CSV with a header line.

    Args:
        records: Values by column; columns that are not asked for are left out.
        columns: Which, in which order.

    Example:
        >>> csv_text([{"name": "=1+1", "km": -2.5, "known": True}], ["name", "km", "known", "note"])
        "name,km,known,note\n'=1+1,-2.5,yes,\n"
        >>> csv_text([{"note": "a\r=1+1"}], ["note"])
        'note\n"a\r=1+1"\n'
    """
    lines = _Lines()
    # The csv module quotes what could end a row as it ends its own: a lone carriage return too, behind which
    # a spreadsheet would else begin a row, and run it.
    writer = csv.writer(lines, lineterminator=_END)
    writer.writerow(columns)
    writer.writerows([_cell(record.get(column)) for column in columns] for record in records)
    return "".join(lines)


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return spreadsheet_cell(value) if isinstance(value, str) else value


def print_csv(records: Iterable[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Print records as CSV; as they are into a pipe, with control characters made visible on a terminal.

    Args:
        records: As for :func:`csv_text`.
        columns: Which, in which order.
    """
    text = csv_text(records, columns)
    # Not by click: in a pipe it would take out of the values what looks like a colour.
    sys.stdout.write(visible(text) if sys.stdout.isatty() else text)


def print_json(value: object) -> None:
    """Print a value as indented JSON, with control characters and what the output cannot write escaped."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    # JSON itself escapes the controls of ASCII only, not the others nor marks that turn a line round.
    click.echo(visible(json.dumps(value, ensure_ascii=not utf8, indent=2)))
