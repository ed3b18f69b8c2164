"""When, in any table: a date, a first and a last day, a clock time, or year, month and day apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.dialects.distinct import matches, plainly, replaced
from bordermap.incidents.dialects.found_columns import Found, value_column
from bordermap.incidents.dialects.month_names import month_of
from bordermap.incidents.dialects.spellings import key_of
from bordermap.incidents.dialects.written_dates import Dates, clock_times, iso_dates
from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.arrow_text import without_midnight
from bordermap.incidents.readers.layer import TEXT, CellFault, Layer

# Names that say that a date is the first of two, and names of the last that are too short to say it alone:
# forms have a "start" and an "end" of their own beside the date of the incident.
_FIRST: Final = re.compile(r"start|begin|from|since|начал|inicio|debut|anfang|beginn")
_SHORT: Final = ("end", "finished", "until", "to")
_ORDERS: Final = (
    (re.compile(r"\bd{1,2}\W?m{1,3}\W?(?:y{2,4}|j{2,4})\b|\bдд\W?мм\W?гг", re.IGNORECASE), "dmy"),
    (re.compile(r"\bm{1,3}\W?d{1,2}\W?y{2,4}\b", re.IGNORECASE), "mdy"),
)
_SERIAL: Final = r"(?:[2-5]\d{4}(?:\.\d+)?)?"
# From 2001 to 2033: fewer digits could be a day and a clock time, such as 202204181620.
_MILLISECONDS: Final = r"(?:1\d{12})?"


@dataclass(frozen=True, eq=False)
class When:
    """When the rows are.

    Attributes:
        start: As :class:`bordermap.incidents.dialects.written_dates.Dates`.
        end: The same.
        precision: The same.
        basis: ``event`` or ``report``; empty where there is no date.
        faults: What could not be read.
        used: The file's columns by ours.
        notes: Sentences for the report.
    """

    start: pa.Array
    end: pa.Array
    precision: pa.Array
    basis: str = ""
    faults: tuple[CellFault, ...] = ()
    used: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()


def find_when(layer: Layer, found: Found, options: ReadOptions, *, order: str = "") -> When | None:
    """The dates of a table, from whichever of its columns has them.

    Args:
        layer: The table.
        found: Which column is which.
        options: ``date_order``.
        order: The order to take where neither the option nor the column settles it.

    Returns:
        The dates; None where no column has any.

    Raises:
        InputError: The dates can be read in two ways (BM281).

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> layer = Layer("a.csv", "csv", text_table({"day": ["18.04.2022"], "clock": ["16:20"]}))
        >>> when = find_when(layer, Found({"date_start": "day", "time": "clock"}), ReadOptions())
        >>> when.start.to_pylist(), when.precision.to_pylist()
        (['2022-04-18T16:20'], ['minute'])
    """
    if "date_start" in found:
        span = ("date_start", "date_end") if _is_span(found) else ("date_start",)
        return _dated(layer, found, options, span, order)
    if "year" in found:
        return _parts(layer, found)
    if "time" in found and _holds_dates(layer, found):
        moved = Found({"date_start": found.get("time")})
        return _noted(_dated(layer, moved, options, ("date_start",), order),
                      f"{found.get('time')} holds dates and is taken for the date")  # fmt: skip
    if "date_end" in found:
        return _dated(layer, Found({"date_start": found.get("date_end")}), options, ("date_start",), order)
    if "source_date" in found:
        moved = Found({"date_start": found.get("source_date")})
        when = _dated(layer, moved, options, ("date_start",), order)
        return _noted(replace(when, basis="report"),
                      f"no column has the date of the event; {found.get('source_date')}, when it was "
                      "reported, is taken")  # fmt: skip
    return None


def _is_span(found: Found) -> bool:
    """Whether first and last day belong together, by their names."""
    if "date_end" in found.said or key_of(found.get("date_end")) not in _SHORT:
        return True
    return bool(_FIRST.search(key_of(found.get("date_start"))))


def order_in(name: str) -> str:
    """The order of day and month that a column's name states; empty where it states none.

    Example:
        >>> order_in("Date (DD/MM/YYYY)"), order_in("date mm-dd-yyyy"), order_in("date")
        ('dmy', 'mdy', '')
    """
    return next((order for pattern, order in _ORDERS if pattern.search(name)), "")


def _noted(when: When, note: str) -> When:
    return replace(when, notes=(note, *when.notes))


def _holds_dates(layer: Layer, found: Found) -> bool:
    texts = plainly(value_column(layer, found.get("time")))
    dated = matches(texts, r"\d{4}-\d\d-\d\d.*|")
    return bool(dated.all() and pc.any(pc.not_equal(texts, "")).as_py())


def read_dates(layer: Layer, columns: list[str], options: ReadOptions, order: str = "") -> list[Dates]:
    """The dates of several columns, whose order of day and month is settled by all of them.

    Raises:
        InputError: They can be read in two ways (BM281).
    """
    texts = [value_column(layer, theirs) for theirs in columns]
    together, counted = _from_milliseconds(pa.concat_arrays(texts))
    serials = bool(matches(plainly(together), _SERIAL).all())
    stated = options.date_order or next(filter(None, map(order_in, columns)), "")
    dates = iso_dates(together, order=stated, serials=serials)
    notes = (*counted, *dates.notes)
    if dates.ambiguous.any() and order:
        dates = iso_dates(together, order=order, serials=serials)
        notes = (*dates.notes, "the dates themselves do not say which is the day and which the month")
    if dates.ambiguous.any():
        raise _ambiguous(layer, columns, together.filter(pa.array(dates.ambiguous))[0].as_py())
    if serials and pc.any(pc.not_equal(dates.start, "")).as_py():
        notes = (*notes, "numbers were read as days as spreadsheets count them, from 30 December 1899")
    n = len(texts[0])
    return [replace(_cut(dates, at * n, n), notes=notes if not at else ()) for at in range(len(texts))]


def _from_milliseconds(column: pa.Array) -> tuple[pa.Array, tuple[str, ...]]:
    """Times as programs count them, as text; and the sentence about it. Any other column as it is."""
    there = pc.not_equal(column, "")
    if not pc.any(there).as_py() or not matches(plainly(column), _MILLISECONDS).all():
        return column, ()
    numbers = pc.if_else(there, column, None).cast(pa.int64())
    seconds = pc.divide(numbers, 1000).cast(pa.timestamp("s"))
    texts = pc.strftime(seconds, format="%Y-%m-%dT%H:%M:%SZ")
    days = without_midnight(pa.chunked_array([texts.cast(TEXT)])).combine_chunks()
    return pc.fill_null(days, ""), ("numbers were read as milliseconds since 1970, in UTC",)


def _cut(dates: Dates, at: int, n: int) -> Dates:
    return replace(
        dates,
        start=dates.start.slice(at, n),
        end=dates.end.slice(at, n),
        precision=dates.precision.slice(at, n),
        bad=dates.bad[at : at + n],
        ambiguous=dates.ambiguous[at : at + n],
    )


def _ambiguous(layer: Layer, columns: list[str], example: str) -> Exception:
    return fault(
        "BM281",
        f"the dates can be read in two ways, for example {quote(example)}",
        hint="Say the order: --date-order dmy (day first) or --date-order mdy (month first).",
        file=layer.label,
        column=columns[0],
    )


def _dated(layer: Layer, found: Found, options: ReadOptions, wanted: tuple[str, ...], order: str) -> When:
    columns = [found.get(ours) for ours in wanted if ours in found]
    dates = read_dates(layer, columns, options, order)
    first, faults = dates[0], _unread(dates, columns)
    end = _ends(first, dates[1]) if len(dates) > 1 else first.end
    precision = _with_span(first, end) if len(dates) > 1 else first.precision
    used = tuple((ours, (found.get(ours),)) for ours in wanted if ours in found)
    when = When(first.start, end, precision, "event", faults, used, first.notes)
    return _with_time(when, layer, found.get("time")) if "time" in found else when


def _unread(dates: list[Dates], columns: list[str]) -> tuple[CellFault, ...]:
    bad = [(np.flatnonzero(each.bad), theirs) for each, theirs in zip(dates, columns, strict=True)]
    return tuple(CellFault("BM154", rows, theirs, "not a date") for rows, theirs in bad if len(rows))


def _ends(first: Dates, last: Dates) -> pa.Array:
    """The last day: that of the second column (or the end of its month), else that of the first."""
    stated = pc.if_else(pc.not_equal(last.end, ""), last.end, last.start)
    ends = pc.if_else(pc.not_equal(stated, ""), stated, first.end)
    same = pc.or_(pc.equal(ends, first.start), pc.equal(ends, pc.utf8_slice_codeunits(first.start, 0, 10)))
    return pc.if_else(same, pa.scalar("", TEXT), ends)


def _with_span(first: Dates, end: pa.Array) -> pa.Array:
    span = pc.and_(
        pc.not_equal(end, ""), pc.is_in(first.precision, value_set=pa.array(["day", "minute"], TEXT))
    )
    return pc.if_else(span, pa.scalar("days", TEXT), first.precision)


def _with_time(when: When, layer: Layer, theirs: str) -> When:
    """Days with the clock time of another column."""
    clock = clock_times(value_column(layer, theirs))
    wrong = np.asarray(pc.equal(clock, "?"), dtype=bool)
    faults = (CellFault("BM291", np.flatnonzero(wrong), theirs),) if wrong.any() else ()
    if set(pc.unique(clock).to_pylist()) <= {"", "?", "00:00"}:
        return replace(when, faults=(*when.faults, *faults))
    bare = pc.and_(pc.equal(when.precision, "day"), pc.equal(when.end, ""))
    timed = pc.and_(bare, pc.invert(pc.is_in(clock, value_set=pa.array(["", "?"], TEXT))))
    start = pc.if_else(
        timed, pc.binary_join_element_wise(when.start, clock, pa.scalar("T", TEXT)), when.start
    )
    precision = pc.if_else(timed, pa.scalar("minute", TEXT), when.precision)
    used = tuple((ours, (*names, theirs) if ours == "date_start" else names) for ours, names in when.used)
    return replace(when, start=start, precision=precision, faults=(*when.faults, *faults), used=used)


def _parts(layer: Layer, found: Found) -> When:
    """Dates from year, month and day; 0 and nothing mean unknown."""
    names = {ours: found.get(ours) for ours in ("year", "month", "day_of_month") if ours in found}
    year = replaced(value_column(layer, names["year"]), _figure)
    empty = pa.repeat(pa.scalar("00", TEXT), len(year))
    month = replaced(value_column(layer, names["month"]), _month) if "month" in names else empty
    day = replaced(value_column(layer, names["day_of_month"]), _figure) if "day_of_month" in names else empty
    day = pc.if_else(pc.equal(month, "00"), pa.scalar("00", TEXT), day)
    joined = pc.binary_join_element_wise(year, month, day, pa.scalar("-", TEXT))
    joined = pc.if_else(pc.equal(year, "00"), pa.scalar("", TEXT), joined)
    dates = iso_dates(joined)
    columns = tuple(names.values())
    faults = (
        (CellFault("BM154", np.flatnonzero(dates.bad), columns[0], "not a date"),) if dates.bad.any() else ()
    )
    when = When(dates.start, dates.end, dates.precision, "event", faults, (("date_start", columns),))
    return _with_time(when, layer, found.get("time")) if "time" in found else when


def _figure(text: str) -> str:
    """A year or a day as figures; 00 for none."""
    bare = text.strip().removesuffix(".0")
    if not bare:
        return "00"
    return bare.zfill(2) if bare.isascii() and bare.isdigit() and len(bare) < 5 else "?"


def _month(text: str) -> str:
    named = month_of(text.strip()) if text.strip() else 0
    return f"{named:02}" if named else _figure(text)


def read_source_dates(layer: Layer, found: Found, options: ReadOptions) -> pa.Array:
    """When it was reported, as far as it can be read: nothing hangs on it, so nothing is asked.

    Returns:
        Days, months or years, ISO 8601; empty where the text is no date or can be read in two ways.
    """
    dates = iso_dates(value_column(layer, found.get("source_date")), order=options.date_order)
    day = pc.utf8_slice_codeunits(dates.start, 0, 10)
    month = pc.utf8_slice_codeunits(dates.start, 0, 7)
    year = pc.utf8_slice_codeunits(dates.start, 0, 4)
    coarse = pc.if_else(pc.equal(dates.precision, "year"), year, day)
    return pc.if_else(pc.equal(dates.precision, "month"), month, coarse)
