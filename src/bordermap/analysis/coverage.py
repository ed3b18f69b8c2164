"""What was collected, of borders and of time: outside of it nothing is counted as none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.groups import parts_along
from bordermap.analysis.periods import (
    PERIODS,
    day_intervals,
    period_days,
    period_label,
    period_number,
    period_numbers,
)
from bordermap.analysis.plans import BORDER_KEYS, KEYS, Plan
from bordermap.incidents.readers.about import About

#: ``part``: the period is covered in part; ``not_stated``: the data does not say what it covers.
COVERED: Final = ("yes", "part", "not_stated", "no")
#: Groups without incidents are not written out beyond so many rows.
MOST_ROWS: Final = 200_000
_PLACES: Final = ("country", "admin1")


@dataclass(frozen=True)
class Covered:
    """What a casebook says that it covers.

    Attributes:
        borders: Pairs; empty: it does not say which.
        first_day: Days since 1 January 1970; None: it does not say.
        last_day: The same.
    """

    borders: frozenset[str] = frozenset()
    first_day: int | None = None
    last_day: int | None = None

    @property
    def stated(self) -> bool:
        """Whether it says anything."""
        return bool(self.borders) or self.first_day is not None or self.last_day is not None


def covered_by(about: About) -> Covered:
    """What a casebook covers.

    Args:
        about: What it says of itself. Without an end of the period it is covered as far as it is compiled.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> sorted(covered_by(read_casebook().about).borders)
        ['AFG-TJK', 'AFG-UZB']
    """
    told = about.coverage
    pairs = frozenset("-".join(sorted(pair.split("-"))) for pair in told.borders)
    end = told.period_end or (about.compiled_through if told.borders or told.period_start else "")
    return Covered(pairs, _day(told.period_start, first=True), _day(end, first=False))


def _day(text: str, *, first: bool) -> int | None:
    if not text:
        return None
    ends = day_intervals(pd.Series([text], dtype="str"))
    return int(ends[0 if first else 1][0])


def covered_words(covered: Covered) -> str:
    """What is covered, in words.

    Example:
        >>> covered_words(Covered(frozenset({"AFG-UZB"}), 18993, 20560))
        'AFG-UZB, 2022-01-01 to 2026-04-17'
    """
    borders = ", ".join(sorted(covered.borders)) or "borders not stated"
    if covered.first_day is None and covered.last_day is None:
        return f"{borders}, period not stated"
    start = _iso(covered.first_day) if covered.first_day is not None else "an unstated day"
    end = _iso(covered.last_day) if covered.last_day is not None else "an unstated day"
    return f"{borders}, {start} to {end}"


def _iso(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def with_empty_groups(groups: pd.DataFrame, plan: Plan, covered: Covered) -> pd.DataFrame:
    """The groups that were counted, and those without incidents that a reader must see.

    Groups of borders and of time are written out: what is covered and has none, and what of the borders that
    were asked is not covered. Without a stated coverage only periods between the first and the last incident.

    Args:
        groups: One row a group, with the plan's columns.
        plan: How it was counted.
        covered: What is covered.

    Returns:
        The same rows and more, missing values in what was counted; not more than :data:`MOST_ROWS`.
    """
    axes = _axes(groups, plan, covered)
    if not axes:
        return groups
    rest = [name for name in plan.columns if not any(name in axis.columns for axis in axes)]
    whole = groups[rest].drop_duplicates() if rest else pd.DataFrame({"": [0]})
    for axis in axes:
        if len(whole) * len(axis) > MOST_ROWS:
            return groups
        whole = whole.merge(axis, how="cross")
    names = list(plan.columns)
    return whole[names].merge(groups, on=names, how="outer")


def _axes(groups: pd.DataFrame, plan: Plan, covered: Covered) -> list[pd.DataFrame]:
    """The keys whose groups are all written out: one of borders and one of time, where there is one each."""
    axes = []
    border, time = [k for k in plan.by if k in BORDER_KEYS], [k for k in plan.by if k in PERIODS]
    if len(border) == 1 and not set(_PLACES) & set(plan.by) and covered.stated:
        axes.append(_all_of_border(groups, plan, border[0], covered))
    if len(time) == 1:
        axes.append(_all_of_time(groups, time[0], covered))
    return [axis for axis in axes if len(axis)]


def _all_of_border(groups: pd.DataFrame, plan: Plan, key: str, covered: Covered) -> pd.DataFrame:
    names = list(KEYS[key])
    found = groups[names].drop_duplicates()
    return pd.concat([found, _border_groups(plan, key, covered)[names]], ignore_index=True).drop_duplicates()


def _border_groups(plan: Plan, key: str, covered: Covered) -> pd.DataFrame:
    if key in ("every_km", "mark"):
        return parts_along(plan, key)
    if key == "border_stretch":
        return plan.borders.stretches if plan.borders else pd.DataFrame({key: []}, dtype="str")
    asked = plan.borders.lines["border_pair"].tolist() if plan.borders else []
    pairs = sorted({*asked, *covered.borders})
    if key == "neighbour":
        pairs = [_other(pair, plan.country) for pair in pairs if plan.country in pair.split("-")]
    return pd.DataFrame({key: pd.Series(pairs, dtype="str")})


def _other(pair: str, country: str) -> str:
    return next((each for each in pair.split("-") if each != country), "")


def _all_of_time(groups: pd.DataFrame, key: str, covered: Covered) -> pd.DataFrame:
    numbers = [period_number(key, label) for label in groups[key].unique()]
    for day in (covered.first_day, covered.last_day):
        if day is not None:
            numbers.append(_number_of(key, day))
    if not numbers or max(numbers) - min(numbers) > MOST_ROWS:
        return pd.DataFrame({key: []}, dtype="str")
    labels = [period_label(key, number) for number in range(min(numbers), max(numbers) + 1)]
    return pd.DataFrame({key: pd.Series(labels, dtype="str")})


def _number_of(key: str, day: int) -> int:
    return int(period_numbers(key, np.array([day]))[0])


def covered_column(groups: pd.DataFrame, plan: Plan, covered: Covered) -> pd.Series[str]:
    """Whether each group is covered: one of :data:`COVERED`; empty where neither border nor time is a key.

    Args:
        groups: One row a group, with the plan's columns.
        plan: How it was counted.
        covered: What is covered.
    """
    told = []
    for key in plan.by:
        if key in BORDER_KEYS:
            told.append(groups[KEYS[key][0]].map(_border_states(groups, plan, key, covered)))
        elif key in PERIODS:
            states = {label: _period_state(key, label, covered) for label in groups[key].unique()}
            told.append(groups[key].map(states))
    result = pd.Series("", index=groups.index, dtype="str")
    for state in ("yes", "not_stated", "part", "no"):
        for each in told:
            result = result.mask(each == state, state)
    return result


def _border_states(groups: pd.DataFrame, plan: Plan, key: str, covered: Covered) -> dict[Any, str]:
    states = {}
    for name in groups[KEYS[key][0]].unique():
        pair = str(name).partition(":")[0]
        if key == "neighbour":
            pair = "-".join(sorted((plan.country, str(name))))
        states[name] = ("yes" if pair in covered.borders else "no") if covered.borders else "not_stated"
    return states


def _period_state(key: str, label: str, covered: Covered) -> str:
    if covered.first_day is None and covered.last_day is None:
        return "not_stated"
    days, (first, last) = covered_days(key, label, covered), period_days(key, period_number(key, label))
    return "no" if days <= 0 else "yes" if days == last - first + 1 else "part"


def covered_days(key: str, label: str, covered: Covered) -> int:
    """How many days of a period are covered; a side on which no end is stated is open."""
    first, last = period_days(key, period_number(key, label))
    begin = first if covered.first_day is None else max(first, covered.first_day)
    end = last if covered.last_day is None else min(last, covered.last_day)
    return max(end - begin + 1, 0)
