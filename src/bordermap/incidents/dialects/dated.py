"""What the dialects of datasets make of days: intervals as wide as the dataset's own precision says."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from bordermap.incidents.dates import is_date
from bordermap.incidents.dialects.coded import Coded, combined, same
from bordermap.incidents.dialects.recoding import Draft
from bordermap.incidents.dialects.values import iso_dates
from bordermap.incidents.faults import fault, quote
from bordermap.incidents.readers.layer import TEXT, CellFault

_WIDE: Final = ("week", "month", "year")


def dated(draft: Draft, name: str, order: str) -> tuple[Coded, Coded, Coded]:
    """The dates of a column of days; what is no date is a fault of its row (BM154).

    Clock times are left out: no dataset here knows them, some write midnight.

    Args:
        draft: Faults and notes are added.
        name: The dataset's column.
        order: ``dmy``, ``mdy`` or ``ymd``; empty: the column settles it.

    Returns:
        First days, last days where they are others, and the precision of what was written.

    Raises:
        InputError: The dates can be read in two ways (BM281).
    """
    column = draft.codes(name)
    if all(len(each) == 10 and is_date(each) for each in column.values):
        return column, same("", draft.length), same("day", draft.length)
    dates = iso_dates(pa.array(column.values, TEXT), order=order)
    if dates.ambiguous.any():
        first = quote(column.values[int(np.flatnonzero(dates.ambiguous)[0])])
        message = f"the dates of {draft.found[name]} can be read in two ways: {first}"
        raise fault("BM281", message, file=draft.layer.label)
    if dates.bad.any():
        rows = np.flatnonzero(dates.bad[column.codes])
        draft.faults.append(CellFault("BM154", rows, draft.found[name]))
    draft.notes.extend(dates.notes)
    start, end = ([each[:10] for each in days.to_pylist()] for days in (dates.start, dates.end))
    words = [word if word in ("month", "year") else "day" for word in dates.precision.to_pylist()]
    return Coded(column.codes, start), Coded(column.codes, end), Coded(column.codes, words)


def widen(draft: Draft, start: Coded, end: Coded, precision: Coded) -> None:
    """Set the interval in which an event lies: as given, or the week round a day, its month, its year.

    Args:
        draft: Changed: ``date_start``, ``date_end``, ``date_precision``.
        start: ISO days; empty where unknown.
        end: ISO days; empty: the same as the start. Where it differs the interval is wide enough already.
        precision: Of ``codebook.DATE_PRECISIONS``.
    """
    spans = combined(start, end, precision, how=_span)
    draft.make("date_start", spans.changed(lambda span: span.partition(" ")[0]))
    draft.make("date_end", spans.changed(lambda span: span.partition(" ")[2]))
    draft.make("date_precision", precision.put(start.empty, "unknown"))


def _span(start: str, end: str, precision: str) -> str:
    """First and last day of one row, in one text.

    Example:
        >>> _span("2022-04-18", "", "week"), _span("2024-02-15", "2024-02-15", "month")
        ('2022-04-15 2022-04-21', '2024-02-01 2024-02-29')
        >>> _span("2022-04-18", "2022-04-20", "week"), _span("2022-04-18", "", "day")
        ('2022-04-18 2022-04-20', '2022-04-18 ')
    """
    if not start:
        return ""
    if precision not in _WIDE or end not in ("", start):
        return f"{start} {'' if end == start else end}"
    day = date.fromisoformat(start)
    if precision == "week":
        return f"{_moved(day, -3)} {_moved(day, 3)}"
    if precision == "year":
        return f"{start[:4]}-01-01 {start[:4]}-12-31"
    return f"{start[:7]}-01 {start[:7]}-{monthrange(day.year, day.month)[1]}"


def _moved(day: date, days: int) -> str:
    """Some days later, within the calendar that there is."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal())).isoformat()
