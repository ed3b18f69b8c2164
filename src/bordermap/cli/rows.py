"""Rows as CSV that a spreadsheet shows and does not run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from bordermap.text import spreadsheet_cell


def csv_text(records: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    r"""Records as CSV with a header line.

    Args:
        records: Values by column; columns that are not asked for are left out.
        columns: Which, in which order.

    Example:
        >>> csv_text([{"name": "=1+1", "km": -2.5, "known": True}], ["name", "km", "known", "note"])
        "name,km,known,note\n'=1+1,-2.5,yes,\n"
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(record.get(column)) for column in columns] for record in records)
    return text.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return spreadsheet_cell(value) if isinstance(value, str) else value
