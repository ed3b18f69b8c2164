"""Weeks, months and years that an incident may lie in: its dates are an interval, and so are these."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bordermap.incidents.dates import ZONE_DOUBT

Days = NDArray[np.int64]

#: The day of an incident whose date is not known; days are counted from 1 January 1970.
NO_DAY: Final = -(10**7)
#: Keys of time, from fine to coarse.
PERIODS: Final = ("week", "month", "year")
_EPOCH: Final = date(1970, 1, 1)
#: 1 January 1970 was a Thursday: the Monday of its week lies three days before.
_THURSDAY: Final = 3
_SECOND: Final = np.timedelta64(1, "s")
_DAY: Final = np.timedelta64(1, "D")


def day_intervals(
    start: pd.Series[Any],
    end: pd.Series[Any] | None = None,
    *,
    precision: pd.Series[Any] | None = None,
    time_zone: pd.Series[Any] | None = None,
) -> tuple[Days, Days]:
    """The first and the last day on which each of n incidents may have been.

    The rule is that of :func:`bordermap.incidents.dates.interval`, for whole columns.

    Args:
        start: The earliest it may be, written as the codebook says, or times; empty: the same as the end.
        end: The latest; empty, or left out: the same as the start.
        precision: ``hour`` makes a clock time an hour long.
        time_zone: An empty text makes an interval with clock times 30 minutes longer; None: leave all.

    Returns:
        Days since 1 January 1970, shape (n,) each; :data:`NO_DAY` where no date is written or none is read.

    Example:
        >>> first, last = day_intervals(pd.Series(["2022-04-18", ""]), pd.Series(["2022-05-02", ""]))
        >>> (last - first).tolist()
        [14, 0]
    """
    begin = _texts(start)
    finish = _texts(end) if end is not None else begin
    begin, finish = begin.where(begin != "", finish), finish.where(finish != "", begin)
    earliest, latest = _moments(begin), _moments(_last_days(finish))
    latest = latest + _lengths(finish, precision)
    if time_zone is not None:
        clocked = _has_clock(begin) | _has_clock(finish)
        doubtful = clocked & (_texts(time_zone) == "").to_numpy()
        latest = np.where(doubtful, latest + np.timedelta64(ZONE_DOUBT), latest)
    known = ~(np.isnat(earliest) | np.isnat(latest))
    first = np.where(known, _whole_days(earliest), NO_DAY)
    return first, np.where(known, np.maximum(_whole_days(latest - _SECOND), first), NO_DAY)


def _texts(values: pd.Series[Any]) -> pd.Series[str]:
    """A column of dates as text; times lose what is finer than seconds, and their zone."""
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        values = values.dt.strftime("%Y-%m-%dT%H:%M:%S").str.removesuffix("T00:00:00").fillna("")
    texts: pd.Series[str] = values.astype("str").fillna("").str.slice(0, 19)
    return texts.reset_index(drop=True)


def _has_clock(texts: pd.Series[str]) -> NDArray[np.bool_]:
    return np.asarray(texts.str.len() > 10, dtype=bool)


def _moments(texts: pd.Series[str]) -> NDArray[np.datetime64]:
    codes, distinct = pd.factorize(texts)
    read = pd.to_datetime(pd.Series(distinct, dtype="str"), format="ISO8601", errors="coerce")
    return np.asarray(read.to_numpy().astype("datetime64[s]")[codes])


def _last_days(texts: pd.Series[str]) -> pd.Series[str]:
    """A month or a year alone as its last day."""
    loose = texts.str.len().isin((4, 7))
    if not loose.any():
        return texts
    whole = texts[loose].map(lambda text: f"{text}-12"[:7])
    months = pd.to_datetime(whole, format="%Y-%m", errors="coerce") + pd.offsets.MonthEnd(0)
    return texts.mask(loose, months.dt.strftime("%Y-%m-%d").fillna(""))


def _lengths(texts: pd.Series[str], precision: pd.Series[Any] | None) -> NDArray[np.timedelta64]:
    clocked = _has_clock(texts)
    clock = np.where(texts.str.len() > 16, _SECOND, np.timedelta64(60, "s"))
    if precision is not None:
        clock = np.where((_texts(precision) == "hour").to_numpy(), np.timedelta64(3600, "s"), clock)
    return np.where(clocked, clock, _DAY)


def _whole_days(moments: NDArray[np.datetime64]) -> Days:
    return np.asarray(np.floor(moments.astype("datetime64[s]").astype(np.int64) / 86_400), dtype=np.int64)


def period_numbers(kind: str, days: Days) -> Days:
    """The number of the week, month or year of each day, counted from the one of 1 January 1970.

    Args:
        kind: One of :data:`PERIODS`; weeks are those of ISO 8601.
        days: Since 1 January 1970, shape (n,).

    Example:
        >>> period_numbers("month", np.array([0, 31])).tolist()
        [0, 1]
    """
    if kind == "week":
        return np.asarray((days + _THURSDAY) // 7)
    unit = "datetime64[M]" if kind == "month" else "datetime64[Y]"
    return np.asarray(days.astype("datetime64[D]").astype(unit).astype(np.int64))


def period_label(kind: str, number: int) -> str:
    """A period as it is written.

    Example:
        >>> period_label("week", 2729), period_label("month", 627), period_label("year", 52)
        ('2022-W16', '2022-04', '2022')
    """
    if kind == "week":
        thursday = _EPOCH + timedelta(days=7 * number)
        return f"{thursday.isocalendar().year}-W{thursday.isocalendar().week:02}"
    return f"{1970 + number // 12}-{number % 12 + 1:02}" if kind == "month" else str(1970 + number)


def period_number(kind: str, label: str) -> int:
    """The number of a period from what it is called.

    Example:
        >>> period_number("week", "2022-W16"), period_number("month", "2022-04")
        (2729, 627)
    """
    if kind == "week":
        thursday = date.fromisocalendar(int(label[:4]), int(label[6:]), 4)
        return (thursday - _EPOCH).days // 7
    year = int(label[:4]) - 1970
    return 12 * year + int(label[5:]) - 1 if kind == "month" else year


def period_days(kind: str, number: int) -> tuple[int, int]:
    """The first and the last day of a period.

    Example:
        >>> period_days("year", 0), period_days("week", 0)
        ((0, 364), (-3, 3))
    """
    if kind == "week":
        return 7 * number - _THURSDAY, 7 * number - _THURSDAY + 6
    unit = "datetime64[M]" if kind == "month" else "datetime64[Y]"
    first, following = (np.array([number, number + 1]).astype(unit).astype("datetime64[D]")).astype(np.int64)
    return int(first), int(following) - 1
