"""Changes from period to period, as counts, and rates with the line they divide by; never a forecast."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.coverage import Covered, covered_days
from bordermap.analysis.periods import PERIODS, period_number
from bordermap.analysis.plans import BORDER_KEYS, KEYS, Plan
from bordermap.errors import UsageError

#: Below so many incidents a rate says more about chance than about the border.
LEAST: Final = 10
_YEAR: Final = 365.2425


def with_changes(groups: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The groups with ``n_certain_change``: the count less that of the period before.

    Args:
        groups: With all periods written out; counts may be missing, which is none.
        plan: Counted by one key of time.

    Returns:
        Missing where one of the two periods is not covered as a whole, or there is none before.

    Raises:
        UsageError: It is not counted by one key of time (BM512).
    """
    time = [key for key in plan.by if key in PERIODS]
    if len(time) != 1:
        raise _needs("a change", "one of week, month and year", "Count by one of them.")
    others = [name for name in plan.columns if name != time[0]]
    known = groups["n_certain"].astype("Int64").fillna(0).mask(~groups["covered"].isin(("yes", "not_stated")))
    frame = groups.assign(_n=known, _at=[period_number(time[0], label) for label in groups[time[0]]])
    frame = frame.sort_values([*others, "_at"], kind="stable")
    sets = frame.groupby(others, dropna=False, sort=False) if others else frame.assign(_=0).groupby("_")
    follows = sets["_at"].diff() == 1
    change = (frame["_n"] - sets["_n"].shift()).where(follows)
    return groups.assign(n_certain_change=change.reindex(groups.index).astype("Int64"))


def with_rates(groups: pd.DataFrame, plan: Plan, covered: Covered) -> pd.DataFrame:
    """The groups with ``rate_per_100km_year`` and ``rate_basis``, which names the line it divides by.

    Args:
        groups: One row a group.
        plan: Counted by one key of borders, with the lines.
        covered: What is covered; without a period nothing can be divided by its length.

    Returns:
        Missing where fewer than ten incidents are certain, or length or time are not known.

    Raises:
        UsageError: It is not counted by one key of borders, or the lines are not given (BM512).
    """
    border = [key for key in plan.by if key in BORDER_KEYS]
    if len(border) != 1 or plan.borders is None:
        raise _needs("a rate", "one key of borders, and the lines", "Count by border_pair and give borders.")
    length, words = _lengths(groups, plan, border[0])
    years = _years(groups, plan, covered)
    counts = groups["n_certain"].astype("Float64").fillna(0.0).to_numpy(dtype=float)
    enough = (
        (counts >= LEAST) & (length > 0) & (years > 0) & groups["covered"].isin(("yes", "part")).to_numpy()
    )
    rate = np.where(enough, 100 * counts / np.where(enough, length * years, 1.0), np.nan)
    basis = [
        f"per 100 km and year: {count:.0f} on {line}, in {year:.2f} years" if shown else ""
        for count, line, year, shown in zip(counts, words, years, enough, strict=True)
    ]
    return groups.assign(rate_per_100km_year=rate, rate_basis=basis)


def _lengths(groups: pd.DataFrame, plan: Plan, key: str) -> tuple[Any, list[str]]:
    """Of each group the kilometres of line, and the words for it."""
    assert plan.borders is not None
    lines = plan.borders.lines
    pairs = lines.groupby("border_pair").agg({"length_km": "sum", "resolution_m": "max", "accuracy_m": "max"})
    first = groups[KEYS[key][0]].astype("str")
    pair = first.str.partition(":")[0] if key != "neighbour" else _pairs(first, plan.country)
    if key in ("border_pair", "neighbour"):
        length = pair.map(pairs["length_km"])
    elif key == "border_stretch":
        stretches = plan.borders.stretches
        each = (stretches["to_km"] - stretches["from_km"]).groupby(stretches["border_stretch"]).sum()
        length = first.map(each)
    else:
        length = groups["to_km"] - groups["from_km"]
    known = zip(first, length, pair.map(pairs["resolution_m"]), pair.map(pairs["accuracy_m"]), strict=True)
    return length.to_numpy(dtype=float), [_line_words(*each) for each in known]


def _pairs(neighbours: pd.Series[str], country: str) -> pd.Series[str]:
    return neighbours.map(lambda each: "-".join(sorted((country, each))))


def _line_words(name: str, length: float, resolution: float, accuracy: float) -> str:
    if np.isnan(resolution):
        detail = "resolution not stated"
    else:
        detail = f"simplified to {resolution:.0f} m" if resolution else "in full detail"
    off = f", good to {accuracy:.0f} m" if accuracy == accuracy else ""
    return f"{length:,.1f} km of the line {name} ({detail}{off})"


def _years(groups: pd.DataFrame, plan: Plan, covered: Covered) -> Any:
    time = [key for key in plan.by if key in PERIODS]
    if len(time) == 1:
        days = {label: covered_days(time[0], label, covered) for label in groups[time[0]].unique()}
        return groups[time[0]].map(days).to_numpy(dtype=float) / _YEAR
    if covered.first_day is None or covered.last_day is None:
        return np.full(len(groups), np.nan)
    return np.full(len(groups), (covered.last_day - covered.first_day + 1) / _YEAR)


def _needs(what: str, needed: str, hint: str) -> UsageError:
    return UsageError(f"{what} needs {needed}", hint=hint, code="BM512")
