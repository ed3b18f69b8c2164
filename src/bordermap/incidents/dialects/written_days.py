"""One date as somebody wrote it: which days it can mean, and how finely it says so."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bordermap.incidents.dialects.distinct import squeezed
from bordermap.incidents.dialects.month_names import month_of

#: Years from here to there are years; others are of another calendar, or no years.
FIRST_YEAR: Final = 1500
LAST_YEAR: Final = 2999
_EXCEL_ZERO: Final = date(1899, 12, 30)

_YMD: Final = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})\.?", re.ASCII)
_PACKED: Final = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEAR_MONTH: Final = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_YEAR: Final = re.compile(r"(\d{4})(?:\.0| ?г\.?| ?год)?", re.ASCII)
_WEEK: Final = re.compile(r"(\d{4})-?W(\d{2})", re.ASCII)
_NUMERIC: Final = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})\.?(?: ?г\.?)?", re.ASCII)
_WORDED: Final = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|er|\.|º)? ?(?:[-–—/] ?(?P<e1>\d{1,2})(?:st|nd|rd|th|\.)? ?)?)?"
    r"[-/, ]*(?:of |de |del )?"
    r"(?P<month>[^\W\d_][^\d,/ .-]*)\.?"
    r"(?: ?[-/, ] ?(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?: ?[-–—] ?(?P<e2>\d{1,2})(?:st|nd|rd|th)?)?(?=[-/, ]))?"
    r"[-/,. ]*(?:de |del )?(?P<year>\d{4}|\d{2})(?: ?г\.?| ?года?)?",
)
_YEAR_WORDED: Final = re.compile(r"(\d{4})[-/, ]+([^\W\d_]+)\.?[-/, ]+(\d{1,2})")
_WEEKDAY: Final = re.compile(r"^[^\W\d_]{2,12}\.?,? (?=\d)|^[^\W\d_]{2,12}\.?, (?=\w)")
_RANGE: Final = re.compile(r" (?:-|–|—|to|until|till|through|bis|по|до|au|al|تا) |(?<=\d\d)/(?=\d{4}-)|–")


@dataclass(frozen=True)
class Day:
    """What a text says.

    Attributes:
        start: The first day it can mean, ISO 8601; empty where it is no date.
        end: The last day; empty where it is the same.
        precision: Of ``codebook.DATE_PRECISIONS``.
        readings: Where the order of day and month decides: each order and the day it gives (empty where it
            gives none).
        short_year: Whether the year was written with two digits.
    """

    start: str = ""
    end: str = ""
    precision: str = ""
    readings: tuple[tuple[str, str], ...] = ()
    short_year: bool = False


def read_day(text: str, *, serials: bool = False) -> Day:
    """What one text says.

    Args:
        text: A date without clock time; the digits plain.
        serials: Whether a number from 20000 to 60000 is a day as spreadsheets count them.

    Returns:
        The day; one without start, end and readings where it is no date.

    Example:
        >>> read_day("18 апреля 2022").start, read_day("2022-04").end, read_day("2022-02-30").start
        ('2022-04-18', '2022-04-30', '')
        >>> read_day("5/4/2022").readings
        (('dmy', '2022-04-05'), ('mdy', '2022-05-04'))
    """
    bare = squeezed(text[:80])
    found = _one(bare, serials) or _one(_WEEKDAY.sub("", bare), serials) or _between(bare)
    return found or Day()


def _one(text: str, serials: bool) -> Day | None:
    for pattern, reading in _FORMS:
        if (match := pattern.fullmatch(text)) and (found := reading(match)):
            return found
    return _serial(text) if serials else None


def _serial(text: str) -> Day | None:
    match = re.fullmatch(r"([2-5]\d{4}|60000)(?:\.\d+)?", text, re.ASCII)
    if not match:
        return None
    return Day((_EXCEL_ZERO + timedelta(days=int(match[1]))).isoformat(), "", "day")


def _exact(year: int, month: int, day: int) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def full_year(text: str) -> int:
    """A year of two or four digits: 00 to 69 are of this century, 70 to 99 of the last.

    Example:
        >>> full_year("22"), full_year("97"), full_year("1997")
        (2022, 1997, 1997)
    """
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _whole_day(year: int, month: int, day: int) -> Day | None:
    """A day; with 0 for what is not known, its month or its year."""
    if day == 0 and month == 0:
        return _whole_year(year)
    if day == 0:
        return _whole_month(year, month)
    start = _exact(year, month, day)
    return Day(start, "", "day") if start else None


def _whole_month(year: int, month: int) -> Day | None:
    start = _exact(year, month, 1)
    return Day(start, f"{start[:8]}{monthrange(year, month)[1]}", "month") if start else None


def _whole_year(year: int) -> Day | None:
    start = _exact(year, 1, 1)
    return Day(start, f"{year}-12-31", "year") if start else None


def _of_ymd(match: re.Match[str]) -> Day | None:
    return _whole_day(int(match[1]), int(match[3]), int(match[4]))


def _of_packed(match: re.Match[str]) -> Day | None:
    return _whole_day(int(match[1]), int(match[2]), int(match[3]))


def _of_week(match: re.Match[str]) -> Day | None:
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None
    if not FIRST_YEAR <= monday.year < LAST_YEAR:
        return None
    return Day(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "week")


def _of_numeric(match: re.Match[str]) -> Day | None:
    one, two, last = match[1], match[3], match[4]
    year = full_year(last)
    readings = {
        "dmy": _exact(year, int(two), int(one)),
        "mdy": _exact(year, int(one), int(two)),
    }
    if len(last) == 2 and len(one) == 2 and match[2] == "-":
        readings["ymd"] = _exact(full_year(one), int(two), int(last))
    return Day("", "", "day", tuple(readings.items()), len(last) == 2) if any(readings.values()) else None


def _of_worded(match: re.Match[str]) -> Day | None:
    month, year = month_of(match["month"]), full_year(match["year"])
    if not month:
        return None
    short = len(match["year"]) == 2
    day, last = match["d1"] or match["d2"], match["e1"] or match["e2"]
    if match["d1"] and match["d2"]:
        return None
    if not day:
        return None if short else _whole_month(year, month)
    start = _exact(year, month, int(day))
    if not last:
        return Day(start, "", "day", (), short) if start else None
    end = _exact(year, month, int(last))
    return Day(start, end, "days", (), short) if start and start < end else None


def _of_year_worded(match: re.Match[str]) -> Day | None:
    month = month_of(match[2])
    return _whole_day(int(match[1]), month, int(match[3])) if month and int(match[3]) else None


def _between(text: str) -> Day | None:
    """A first and a last day, each written out."""
    halves = _RANGE.split(text)
    if len(halves) != 2:
        return None
    first, last = (_one(half.strip(), False) for half in halves)
    if first is None or last is None or not first.start or not last.start:
        return None
    end = last.end or last.start
    if first.start > end:
        return None
    return Day(first.start, end, "days", (), first.short_year or last.short_year)


_FORMS: Final = (
    (_YMD, _of_ymd),
    (_PACKED, _of_packed),
    (_NUMERIC, _of_numeric),
    (_YEAR, lambda match: _whole_year(int(match[1]))),
    (_YEAR_MONTH, lambda match: _whole_month(int(match[1]), int(match[2]))),
    (_MONTH_YEAR, lambda match: _whole_month(int(match[2]), int(match[1]))),
    (_WEEK, _of_week),
    (_WORDED, _of_worded),
    (_YEAR_WORDED, _of_year_worded),
)
