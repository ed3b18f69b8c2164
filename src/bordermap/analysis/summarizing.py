"""Summaries: how many incidents, killed, statuses and types there are by border, time, place or party."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from bordermap.analysis.border_lines import BorderLines, border_lines
from bordermap.analysis.counting import ROWS, combine_partials, partial_summary
from bordermap.analysis.coverage import Covered, covered_by, covered_column, with_empty_groups
from bordermap.analysis.facts import BOUNDS, SIDES, facts_of
from bordermap.analysis.plans import Plan, plan_of
from bordermap.analysis.rates import with_changes, with_rates
from bordermap.codebook import INCIDENT_TYPES, STATUSES
from bordermap.incidents.casebook import Casebook

if TYPE_CHECKING:
    from bordermap.geometry.index import BorderIndex

#: The columns of the killed of one side are named by this.
FATALITIES: Final = {side: "fatalities" if side == "total" else f"fatalities_{side}" for side in SIDES}


def summarize(
    incidents: Casebook | gpd.GeoDataFrame,
    by: Sequence[str] | None = None,
    *,
    every_km: float | None = None,
    within_km: float | None = None,
    borders: gpd.GeoDataFrame | BorderIndex | BorderLines | None = None,
    country: str = "",
    rate: bool = False,
    change: bool = False,
) -> pd.DataFrame:
    """Count incidents, with what is uncertain kept apart (codebook §6).

    An incident counts as certain in a group where it surely is, and as possible in every group where it may
    be; the total counts it once. ``docs/summaries.md`` says how everything is counted.

    Args:
        incidents: A Casebook or a GeoDataFrame of incidents; enriched, to be counted by place.
        by: What to count by, some of :data:`bordermap.analysis.plans.KEYS`; left out: ``border_pair``.
        every_km: Cut every border line into parts of so many kilometres and count by them.
        within_km: Only incidents as near to the border as this.
        borders: The border lines; needed for ``every_km`` and ``mark``, and to list those that are not
            covered. Left out: for ``every_km``, the shipped lines of the pairs that occur.
        country: Whose neighbours ``neighbour`` means, ISO 3166-1 alpha-3; left out: the casebook's focus, or
            the country that all borders share.
        rate: Add ``rate_per_100km_year`` and ``rate_basis``; none where fewer than ten are certain.
        change: Add ``n_certain_change`` against the period before; a count, and no forecast.

    Returns:
        One row a group, sorted, then rows that count incidents once. ``row`` tells which: ``group``;
        ``possible`` (in several groups perhaps, each incident once); ``repeated`` (counts of an incident
        beyond its first: only parties); ``not_placed`` (in no group); ``total``; ``beyond`` (farther than
        ``within_km``, not in the total). Always total = groups' ``n_certain`` − repeated + possible +
        not_placed. Then the keys' columns; ``covered`` (yes, part, no, not_stated, or empty); ``n_certain``
        and ``n_possible`` (missing where not covered); ``status_…`` and ``type_…``, counts of the certain;
        for each side of the killed of which a number is known ``fatalities_SIDE_low``, ``_best``, ``_high``
        and ``_known`` (of how many certain incidents any number is known; ``fatalities_low`` … where the
        source names no side), and ``possible_fatalities_…``, the same of the possible; ``datasets``, whose
        numbers they are: of different datasets none are added, and missing is unknown.

    Raises:
        UsageError: What is counted by does not fit (BM500, BM501, BM502, BM505).
        InputError: The incidents lack what is needed (BM503, BM504, BM508).

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> table = summarize(read_casebook(), by=["year"])
        >>> int(table.loc[table["row"] == "total", "n_certain"].item())
        18
    """
    plan = plan_for(incidents, by, every_km=every_km, within_km=within_km, borders=borders, country=country)
    covered = covered_by(incidents.about) if isinstance(incidents, Casebook) else Covered()
    return finish_summary(partial_summary(facts_of(incidents), plan), plan, covered, rate=rate, change=change)


def plan_for(
    incidents: Casebook | pd.DataFrame,
    by: Sequence[str] | None = None,
    *,
    every_km: float | None = None,
    within_km: float | None = None,
    borders: gpd.GeoDataFrame | BorderIndex | BorderLines | None = None,
    country: str = "",
) -> Plan:
    """How incidents are counted, with what they themselves say of their borders; see :func:`summarize`."""
    marked = by is not None and "mark" in by
    lines = lines_for(incidents, borders, needed=every_km is not None or marked, marked=marked)
    focus = incidents.about.focus if isinstance(incidents, Casebook) else ""
    shared = (lines.country if lines else "") or focus
    return plan_of(by, every_km=every_km, within_km=within_km, borders=lines, country=country or shared)


def lines_for(
    incidents: Casebook | pd.DataFrame,
    borders: gpd.GeoDataFrame | BorderIndex | BorderLines | None,
    *,
    needed: bool,
    marked: bool = False,
) -> BorderLines | None:
    """The border lines that incidents are counted along.

    Args:
        incidents: Enriched.
        borders: Those that were given; None: the shipped ones of the pairs that occur.
        needed: Whether lines are needed at all, where none were given.
        marked: Whether their named marks are needed.
    """
    if borders is None and needed:
        borders = _shipped_lines(facts_of(incidents))
    if borders is None or isinstance(borders, BorderLines):
        return borders
    if marked and isinstance(borders, gpd.GeoDataFrame):
        from bordermap.geometry.index import prepare

        borders = prepare(borders)
    return border_lines(borders)


def _shipped_lines(facts: pd.DataFrame) -> gpd.GeoDataFrame | None:
    """The shipped lines of the pairs that incidents may be at."""
    from bordermap.geometry.borders import read_borders

    if "border_pairs" not in facts.columns:
        return None  # counting says what is missing
    pairs = sorted({pair for text in facts["border_pairs"].unique() for pair in str(text).split()})
    frames = [read_borders(pair) for pair in pairs]
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True)) if frames else None


def finish_summary(
    partial: pd.DataFrame,
    plan: Plan,
    covered: Covered | None = None,
    *,
    rate: bool = False,
    change: bool = False,
) -> pd.DataFrame:
    """The table of a summary from what was counted.

    Args:
        partial: Of all incidents, see :func:`bordermap.analysis.counting.combine_partials`.
        plan: How it was counted.
        covered: What the data covers; None: it does not say.
        rate: See :func:`summarize`.
        change: See :func:`summarize`.

    Returns:
        See :func:`summarize`.
    """
    covered = covered or Covered()
    partial = combine_partials([partial], plan)
    table = _pivoted(partial, plan)
    groups = with_empty_groups(table[table["row"] == "group"].drop(columns="row"), plan, covered)
    groups = groups.sort_values(list(plan.columns), ignore_index=True) if plan.by else groups
    groups = groups.assign(row="group", covered=covered_column(groups, plan, covered))
    if rate:
        groups = with_rates(groups, plan, covered)
    if change:
        groups = with_changes(groups, plan)
    rest = table[table["row"] != "group"].assign(covered="")
    whole = pd.concat([groups, rest], ignore_index=True) if len(groups) else rest
    return _typed(whole, plan)


def _pivoted(partial: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """One row for each ``row`` and group, in the order of :data:`ROWS`."""
    names = ["row", *plan.columns]
    index = partial[names].drop_duplicates()
    index = index.assign(row=pd.Categorical(index["row"], ROWS, ordered=True))
    index = index.sort_values(names, ignore_index=True).astype({"row": "str"})
    for row in ("total",):
        if row not in set(index["row"]):  # no incidents at all: a total of none is a fact too
            index = pd.concat([index, pd.DataFrame({"row": [row]})], ignore_index=True)
    texts = [name for name in names if not name.endswith("_km")]
    index = index.assign(**{name: index[name].fillna("").astype("str") for name in texts if name in index})
    at = index.reset_index(names="_at")[["_at", *names]]
    numbered = partial.merge(at, on=names, how="left")
    certain, possible = numbered[numbered["sure"]], numbered[~numbered["sure"]]
    size = len(index)
    columns: dict[str, Any] = {"n_certain": _sum(certain, "n", size), "n_possible": _sum(possible, "n", size)}
    for prefix, trait, codes in (
        ("status", "its_status", STATUSES),
        ("type", "its_incident_type", INCIDENT_TYPES),
    ):
        for code in [*codes, *sorted(set(partial[trait]) - set(codes) - {""})]:
            if (partial[trait] == code).any():
                columns[f"{prefix}_{code}"] = _sum(certain[certain[trait] == code], "n", size)
    for part, before in ((certain, ""), (possible, "possible_")):
        columns |= _fatalities(part, before, size, partial)
    columns["datasets"] = _datasets(certain, size)
    return pd.concat([index, pd.DataFrame(columns)], axis=1)


def _sum(rows: pd.DataFrame, name: str, size: int) -> Any:
    return np.bincount(rows["_at"], weights=rows[name], minlength=size).astype(np.int64)


def _fatalities(rows: pd.DataFrame, before: str, size: int, partial: pd.DataFrame) -> dict[str, Any]:
    """Low, best and high of each side; unknown where datasets differ, or where the number of any is."""
    columns: dict[str, Any] = {}
    for side, name in FATALITIES.items():
        if f"{side}_known" not in partial.columns:
            continue
        known = _sum(rows, f"{side}_known", size)
        mixed = _several_datasets(rows[rows[f"{side}_known"] > 0], size)
        for bound in BOUNDS:
            given = _sum(rows, f"{side}_{bound}_n", size)
            # The lowest numbers add up to a lowest number; the others only where every incident has one.
            enough = (given > 0) if bound == "low" else (given > 0) & (given == known)
            numbers = pd.Series(_sum(rows, f"{side}_{bound}", size), dtype="Int64")
            columns[f"{before}{name}_{bound}"] = numbers.mask(~enough | mixed)
        columns[f"{before}{name}_known"] = known
    return columns


def _several_datasets(rows: pd.DataFrame, size: int) -> Any:
    pairs = rows[["_at", "its_dataset"]].drop_duplicates()
    return np.bincount(pairs["_at"], minlength=size) > 1


def _datasets(rows: pd.DataFrame, size: int) -> pd.Series[str]:
    """The datasets whose numbers of killed stand in each row."""
    known = [name for name in rows.columns if name.endswith("_known")]
    giving = (
        rows[(rows[known] > 0).any(axis=1)][["_at", "its_dataset"]].drop_duplicates() if known else rows[:0]
    )
    named: dict[int, list[str]] = {}
    for at, dataset in giving.sort_values(["_at", "its_dataset"]).itertuples(index=False):
        named.setdefault(at, []).append(dataset)
    return pd.Series(["; ".join(named.get(at, ())) for at in range(size)], dtype="str")


def _typed(table: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Columns in their order; nothing is counted as none where it is not covered."""
    counted = [name for name in table.columns if _is_count(str(name))]
    numbers = {
        name: table[name].astype("Int64").fillna(0) if name in counted else table[name] for name in table
    }
    outside = table["covered"] == "no"
    for name in counted:
        numbers[name] = numbers[name].mask(outside & (numbers[name] == 0))
    first = ["row", *plan.columns, "covered", "n_certain", "n_possible"]
    last = [name for name in table.columns if name not in first]
    frame = pd.DataFrame({name: numbers[name] for name in [*first, *last]})
    texts = [name for name in [*first[:-2], "datasets", "rate_basis"] if name in frame and name[-3:] != "_km"]
    return frame.assign(**{name: frame[name].fillna("").astype("str") for name in texts})


def _is_count(name: str) -> bool:
    return (
        name in ("n_certain", "n_possible")
        or name.startswith(("status_", "type_"))
        or name.endswith("_known")
    )
