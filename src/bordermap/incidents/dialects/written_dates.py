"""Columns of dates as somebody wrote them, brought to ISO 8601; the column as a whole settles the order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.dialects.distinct import (
    Bools,
    Column,
    Distinct,
    Ints,
    distinct,
    matches,
    plainly,
    texts,
)
from bordermap.incidents.dialects.written_days import Day, read_day
from bordermap.incidents.readers.layer import TEXT

_ZONE: Final = r"(?P<zone>\s*(?:Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}))?"
_CLOCK: Final = (
    r"^(?P<day>.*\d\.?)(?:[Tt]|,?\s+(?:at\s+|в\s+)?)(?P<clock>\d{1,2}:\d{2})(?P<rest>:\d{2}(?:[.,]\d+)?)?"
    rf"(?P<half>\s*[AaPp]\.?[Mm]\.?)?{_ZONE}$"
)
_ISO_CLOCK: Final = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
_PACKED_CLOCK: Final = (
    r"^(?P<day>\d{8})[T ]?(?P<clock>(?:[01]\d|2[0-3])[0-5]\d)(?P<rest>[0-5]\d)?(?P<half>\s*)"
    r"(?P<zone>Z)?$"
)
_ORDERS: Final = ("dmy", "mdy", "ymd")
# How much of the evidence must speak for one order before the rest are taken for slips.
_CLEAR: Final = 0.9


@dataclass(frozen=True, eq=False)
class Dates:
    """A column of dates.

    Attributes:
        start: ISO 8601 text, ``2022-04-18`` or ``2022-04-18T16:20``; empty where there is no date.
        end: The last day where that is another one (a month, a year, a span); else empty.
        precision: Of ``codebook.DATE_PRECISIONS``; ``unknown`` where there is no date.
        bad: Which texts are no date.
        ambiguous: Which texts can be read in several ways; their start is empty.
        order: The order of day and month that was taken: ``dmy``, ``mdy``, ``ymd``, or empty where none was
            needed.
        notes: Sentences for the report.
    """

    start: pa.Array
    end: pa.Array
    precision: pa.Array
    bad: Bools
    ambiguous: Bools
    order: str = ""
    notes: tuple[str, ...] = ()


def iso_dates(column: Column, *, order: str = "", serials: bool = False) -> Dates:
    """The dates of a text column.

    Args:
        column: Text without nulls.
        order: ``dmy``, ``mdy`` or ``ymd``, for dates in figures alone; empty: the column settles it, by a
            part over 12 or over 31, or it is not settled and the dates are ambiguous.
        serials: Whether numbers from 20000 to 60000 are days as spreadsheets count them.

    Returns:
        The dates. Clock times stay as they stand, whatever their zone.

    Example:
        >>> column = pa.array(["2022-04-18T16:20Z", "18.04.2022", "4.5.2022", "May 2022", "30.02.2022", ""])
        >>> found = iso_dates(column)
        >>> found.start.to_pylist()
        ['2022-04-18T16:20', '2022-04-18', '2022-05-04', '2022-05-01', '', '']
        >>> found.end.to_pylist()[3], found.order, found.bad.tolist()
        ('2022-05-31', 'dmy', [False, False, False, False, True, False])
        >>> iso_dates(pa.array(["4.5.2022"])).ambiguous.tolist()
        [True]
    """
    days, clock, zoned = _split(plainly(column))
    found = distinct(days)
    read = [read_day(text, serials=serials) for text in found.texts.to_pylist()]
    chosen = order or _settled(read, found.counts)
    settled = [_choose(day, chosen) for day in read]
    dates = _spread(found, settled, [bool(day.readings and not day.start) for day in settled])
    return replace(_with_clock(dates, clock), order=_used(read, chosen), notes=_notes(read, chosen, zoned))


def _split(texts: pa.Array) -> tuple[pa.Array, pa.Array, bool]:
    """Days, clock times as HH:MM (empty where there is none), and whether a zone was written."""
    none = pa.repeat(pa.scalar("", TEXT), len(texts))
    clocked = pc.match_substring_regex(texts, r":|^\d{8}[T ]?\d{4}")
    if not pc.any(clocked).as_py():
        return texts, none, False
    if (matches(texts, _ISO_CLOCK) | ~np.asarray(clocked, dtype=bool)).all():
        cut = pc.if_else(clocked, pc.utf8_slice_codeunits(texts, 0, 10), texts)
        return cut, pc.if_else(clocked, _clocks(pc.utf8_slice_codeunits(texts, 11, 16)), none), False
    days, clocks, zoned = texts, none, False
    for pattern in (_CLOCK, _PACKED_CLOCK):
        parts = pc.extract_regex(texts, pattern)
        fits = pc.is_valid(parts)
        if not pc.any(fits).as_py():
            continue
        hit = {
            name: pc.fill_null(pc.struct_field(parts, name), "") for name in ("day", "clock", "half", "zone")
        }
        days, clocks = pc.if_else(fits, hit["day"], days), pc.if_else(fits, _joined(hit), clocks)
        zoned = zoned or bool(pc.any(pc.greater(pc.binary_length(hit["zone"]), 0)).as_py())
    return days, clocks, zoned


def _joined(parts: dict[str, Any]) -> pa.Array:
    return _clocks(pc.binary_join_element_wise(parts["clock"], parts["half"], pa.scalar("", TEXT)))


def clock_times(column: Column) -> pa.Array:
    """Clock times of a text column as HH:MM; empty where there is none, ``?`` where it is no time.

    Example:
        >>> clock_times(pa.array(["16:20", "4:20 pm", "1620", "", "at night"])).to_pylist()
        ['16:20', '16:20', '16:20', '', '?']
    """
    return _clocks(plainly(column))


def _clocks(written: pa.Array) -> pa.Array:
    found = distinct(written)
    return found.spread(texts([_hour_and_minute(text) for text in found.texts.to_pylist()]))


def _hour_and_minute(text: str) -> str:
    """A clock time as HH:MM; ``?`` where there is none such."""
    match = re.fullmatch(
        r"(\d{1,2})[:.h]?(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:([ap])\.?m\.?)?", text, re.ASCII | re.IGNORECASE
    )
    if not match:
        return "" if not text.strip() else "?"
    hour, minute = int(match[1]), int(match[2])
    if match[3]:
        if not 1 <= hour <= 12:
            return "?"
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else "?"


def _settled(read: Sequence[Day], counts: Ints) -> str:
    """The order that the column settles; empty where none is needed or none is settled."""
    weights = {order: 0 for order in _ORDERS}
    for day, count in zip(read, counts.tolist(), strict=True):
        fits = [order for order, start in day.readings if start]
        if len(fits) == 1:
            weights[fits[0]] += count
    best = max(_ORDERS, key=lambda order: weights[order])
    total = sum(weights.values())
    return best if total and weights[best] >= _CLEAR * total else _everywhere(read)


def _everywhere(read: Sequence[Day]) -> str:
    """The only order in which every date is one; empty where there are none or several."""
    needed = [dict(day.readings) for day in read if day.readings]
    fitting = [order for order in _ORDERS if all(readings.get(order) for readings in needed)]
    return fitting[0] if needed and len(fitting) == 1 else ""


def _choose(day: Day, order: str) -> Day:
    """A day in one order; as it is where the order does not matter or is not settled."""
    if not day.readings:
        return day
    readings = dict(day.readings)
    if order:
        start = readings.get(order, "") if order in readings else ""
        return replace(day, start=start, readings=())
    possible = {start for start in readings.values() if start}
    return replace(day, start=possible.pop(), readings=()) if len(possible) == 1 else day


def _spread(found: Distinct, days: Sequence[Day], ambiguous: Sequence[bool]) -> Dates:
    blank = np.array([not text for text in found.texts.to_pylist()], dtype=bool)
    doubtful = np.array(ambiguous, dtype=bool)
    dated = np.array([bool(day.start) for day in days], dtype=bool)
    precisions = [day.precision if day.start else "unknown" for day in days]
    return Dates(
        found.spread(texts([day.start for day in days])),
        found.spread(texts([day.end for day in days])),
        found.spread(texts(precisions)),
        (~dated & ~doubtful & ~blank)[found.at],
        doubtful[found.at],
    )


def _with_clock(dates: Dates, clock: pa.Array) -> Dates:
    """Dates with their clock times; a column that knows no time but midnight has none."""
    times = pc.unique(clock).to_pylist()
    if set(times) <= {"", "00:00"}:
        return dates
    wrong = np.asarray(pc.equal(clock, "?").to_numpy(zero_copy_only=False), dtype=bool)
    timed = pc.and_(
        pc.and_(pc.not_equal(clock, ""), pc.not_equal(dates.start, "")), pc.equal(dates.precision, "day")
    )
    joined = pc.binary_join_element_wise(dates.start, clock, pa.scalar("T", TEXT))
    start = pc.if_else(timed, joined, dates.start)
    precision = pc.if_else(timed, pa.scalar("minute", TEXT), dates.precision)
    keep = pa.array(~wrong)
    nothing, unknown = pa.scalar("", TEXT), pa.scalar("unknown", TEXT)
    return replace(
        dates,
        start=pc.if_else(keep, start, nothing),
        end=pc.if_else(keep, dates.end, nothing),
        precision=pc.if_else(keep, precision, unknown),
        bad=dates.bad | wrong,
        ambiguous=dates.ambiguous & ~wrong,
    )


def _used(read: Sequence[Day], order: str) -> str:
    return order if any(day.readings for day in read) else ""


def _notes(read: Sequence[Day], order: str, zoned: bool) -> tuple[str, ...]:
    notes = []
    if _used(read, order):
        notes.append(f"dates in figures were read as {_IN_WORDS.get(order, order)}")
    if any(day.short_year for day in read):
        notes.append("years of two digits: 00 to 69 were read as 2000 to 2069, 70 to 99 as 1970 to 1999")
    if zoned:
        notes.append("clock times were kept as they stand, and the zones beside them were not applied")
    return tuple(notes)


_IN_WORDS: Final = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}
