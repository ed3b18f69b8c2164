"""Dates are intervals: reading them, comparing them, and putting them into words.

A date is written ``2022-07-05`` or, with a local clock time, ``2022-07-05T16:20``. An interval is half
open: it holds its start and ends just before its end, so a day is from midnight to the next midnight.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

Interval = tuple[datetime, datetime]

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?", flags=re.ASCII)
_LOOSE: Final = re.compile(r"\d{4}(-\d{2})?", flags=re.ASCII)
#: Afghanistan's clocks stand 30 minutes behind those of Uzbekistan and Tajikistan: without a zone either
#: may be meant.
ZONE_DOUBT: Final = timedelta(minutes=30)


def is_date(text: str, *, loose: bool = False) -> bool:
    """Whether a text is a date as the codebook writes it.

    Args:
        text: What was written.
        loose: Whether a year or a month alone will do.

    Example:
        >>> is_date("2022-07-05T16:20"), is_date("2022-02-30"), is_date("2022-07", loose=True)
        (True, False, True)
    """
    if loose and _LOOSE.fullmatch(text):
        text = _whole(text)
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def interval(
    start: str, end: str = "", *, precision: str = "", time_zone: str | None = None
) -> Interval | None:
    """The interval between two written dates.

    Args:
        start: The earliest it may be; empty: the same as the end.
        end: The latest it may be; empty: the same as the start.
        precision: ``hour`` makes the last clock time an hour long, not a minute.
        time_zone: IANA name; an empty text makes an interval with clock times 30 minutes longer, because it
            is not known by which clock it was told. None: leave it.

    Returns:
        Start and end, local clock time, half open; None where neither is written.

    Example:
        >>> [str(moment) for moment in interval("2022-07-05")]
        ['2022-07-05 00:00:00', '2022-07-06 00:00:00']
        >>> [str(moment) for moment in interval("2022-07-05T16:20", time_zone="")]
        ['2022-07-05 16:20:00', '2022-07-05 16:51:00']
    """
    start, end = start or end, end or start
    if not start:
        return None
    if _LOOSE.fullmatch(end):
        end = _last_day(end)
    latest = datetime.fromisoformat(end) + _length(end, precision)
    if time_zone == "" and "T" in start + end:
        latest += ZONE_DOUBT
    return datetime.fromisoformat(_whole(start)), latest


def _whole(text: str) -> str:
    """A year or a month as its first day; anything else as it is."""
    return (text + "-01-01")[:10] if _LOOSE.fullmatch(text) else text


def _last_day(text: str) -> str:
    year, month = (int(part) for part in (text + "-12")[:7].split("-"))
    following = datetime(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).date().isoformat()


def _length(text: str, precision: str) -> timedelta:
    if "T" not in text:
        return timedelta(days=1)
    if precision == "hour":
        return timedelta(hours=1)
    return timedelta(seconds=1) if text.count(":") == 2 else timedelta(minutes=1)


def overlap(one: Interval, other: Interval) -> bool:
    """Whether two intervals share a moment.

    Example:
        >>> overlap(interval("2022-07-05"), interval("2022-07-05T16:20"))
        True
        >>> overlap(interval("2022-07-05"), interval("2022-07-06"))
        False
    """
    return one[0] < other[1] and other[0] < one[1]


def interval_label(
    start: str,
    end: str = "",
    *,
    precision: str = "",
    basis: str = "",
    kind: str = "",
    time_zone: str | None = None,
) -> str:
    """A written interval in words.

    Args:
        start: As in ``date_start``; a year or a month alone will do.
        end: As in ``date_end``.
        precision: As in ``date_precision``.
        basis: As in ``date_basis``.
        kind: As in ``date_kind``; anything but ``throughout`` means somewhere within.
        time_zone: An empty text adds that a clock time's zone was not stated.

    Returns:
        Words such as those below; empty where no date is written.

    Example:
        >>> interval_label("2022-04-18"), interval_label("2022-07-05T16:20", precision="minute")
        ('18 April 2022', '5 July 2022, 16:20')
        >>> interval_label("2024-11-17", "2024-11-18", precision="part_of_day")
        'night of 17–18 November 2024'
        >>> interval_label("2022-05-13", "2022-05-16", basis="conflict")
        '13–16 May 2022 (sources differ)'
        >>> interval_label("2023-04-21", "2023-04-30", basis="inferred")
        'late April 2023 (21–30, inferred)'
        >>> interval_label("2022-08-01", "2022-08-31", precision="month"), interval_label("2022")
        ('August 2022', '2022')
        >>> interval_label("2022-07-16", "2022-07-17"), interval_label("2023-08-29", "2023-09-05")
        ('16 or 17 July 2022', 'between 29 August and 5 September 2023')
        >>> interval_label("2022-08-09", "2022-08-10", kind="throughout")
        '9–10 August 2022'
    """
    start, end = start or end, end or start
    if not start:
        return ""
    if _LOOSE.fullmatch(start) and start == end:
        precision = "month" if "-" in start else "year"
    start, end = _whole(start), _last_day(end) if _LOOSE.fullmatch(end) else end
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    third = _third(first, last)
    if basis == "inferred" and third:
        return f"{third} {_month(first)} ({first.day}–{last.day}, inferred)"
    if "T" in start or "T" in end:
        label = _with_times(start, end, precision)
        note = ", zone not stated" if time_zone == "" and precision in ("minute", "hour") else ""
    else:
        told_as_range = kind == "throughout" or basis in ("conflict", "inferred")
        label, note = _coarse(first, last, precision) or _days(first, last, told_as_range), ""
    return label + note + _BASIS_NOTES.get(basis, "")


_BASIS_NOTES: Final = {
    "conflict": " (sources differ)",
    "inferred": " (inferred)",
    "report": " (date of the report)",
}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def _month(moment: datetime) -> str:
    return f"{_MONTHS[moment.month - 1]} {moment.year}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {_month(moment)}"


def _third(first: datetime, last: datetime) -> str:
    """Early, mid or late, where a span of some days lies in one third of a month."""
    if (first.year, first.month) != (last.year, last.month) or last.day - first.day < 2:
        return ""
    thirds = {min((day - 1) // 10, 2) for day in (first.day, last.day)}
    return ("early", "mid", "late")[thirds.pop()] if len(thirds) == 1 else ""


def _coarse(first: datetime, last: datetime, precision: str) -> str:
    """The words of an interval that is coarser than days, or a night."""
    same_year = first.year == last.year
    if precision == "year" and same_year:
        return str(first.year)
    if precision == "month" and same_year and first.month == last.month:
        return _month(first)
    if precision == "part_of_day" and last - first == timedelta(days=1):
        return f"night of {_span(first, last)}"
    return ""


def _days(first: datetime, last: datetime, told_as_range: bool) -> str:
    if first == last:
        return _day(first)
    if told_as_range:
        return _span(first, last)
    if last - first == timedelta(days=1):
        return f"{_shorter(first, last)} or {_day(last)}"
    return f"between {_shorter(first, last)} and {_day(last)}"


def _shorter(first: datetime, last: datetime) -> str:
    """The first day without what the last day repeats."""
    if first.year != last.year:
        return _day(first)
    return str(first.day) if first.month == last.month else f"{first.day} {_MONTHS[first.month - 1]}"


def _span(first: datetime, last: datetime) -> str:
    dash = "–" if (first.year, first.month) == (last.year, last.month) else " – "
    return f"{_shorter(first, last)}{dash}{_day(last)}"


def _with_times(start: str, end: str, precision: str) -> str:
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    about = "about " if precision == "hour" else ""
    clocks = ["T" in start and f"{first:%H:%M}", "T" in end and f"{last:%H:%M}"]
    if first.date() == last.date():
        times = [clock for clock in dict.fromkeys(clocks) if clock]
        return f"{_day(first)}, {about}{'–'.join(times)}"
    days = [_day(first), _day(last)]
    if precision == "part_of_day" and last.date() - first.date() == timedelta(days=1):
        return f"night of {_span(first, last)}"
    return " to ".join(
        f"{day}, {about}{clock}" if clock else day for day, clock in zip(days, clocks, strict=True)
    )
