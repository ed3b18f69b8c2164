"""What of each incident is counted: dates, type, status, the killed by side, parties, and where it lies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.casebook_facts import casebook_facts
from bordermap.analysis.periods import day_intervals
from bordermap.errors import InputError
from bordermap.incidents.casebook import Casebook

#: Whose dead a number counts: ``total`` where the source names no side.
SIDES: Final = ("total", "a", "b", "civilians", "unknown")
BOUNDS: Final = ("low", "best", "high")
#: Columns of place as enriching gives them.
PLACE_TEXTS: Final = ("countries", "admin1_codes", "border_pairs", "border_stretches", "border_line")
PLACE_NUMBERS: Final = (
    "border_along_low_km", "border_along_high_km", "border_distance_low_km", "border_distance_high_km",
)  # fmt: skip
#: Between the parties of an incident, and between a party's part in it and its name.
BETWEEN, WITHIN = "\x1f", "\x1e"


def facts_of(incidents: Casebook | pd.DataFrame) -> pd.DataFrame:
    """One row an incident, with what summaries count; the order and the number of the rows stay.

    Args:
        incidents: A Casebook, or a table with columns of :data:`bordermap.incidents.flat.FLAT`, such as a
            GeoDataFrame of incidents; enriched, where anything is to be counted by place.

    Returns:
        ``first_day`` and ``last_day`` (days since 1 January 1970, see
        :func:`bordermap.analysis.periods.day_intervals`); ``incident_type``, ``status``, ``dataset`` and
        ``parties`` (text, empty: not known); ``killed_SIDE_low``, ``_best`` and ``_high`` for those of
        :data:`SIDES` of which any number is known (not a number: unknown); and of the columns that
        enriching adds those of :data:`PLACE_TEXTS` and :data:`PLACE_NUMBERS` that are there. A column is
        left out where the table has none like it.

    Raises:
        InputError: It is neither (BM508).

    Example:
        >>> table = pd.DataFrame({"date_start": ["2022-04-18"], "fatalities": [0], "countries": ["UZB"]})
        >>> facts = facts_of(table)
        >>> facts["killed_total_low"].tolist(), facts["countries"].tolist()
        ([0.0], ['UZB'])
    """
    if isinstance(incidents, Casebook):
        own = casebook_facts(incidents)
        place = getattr(incidents, "enriched", pd.DataFrame())
        place = place if len(place) == len(own) else place.iloc[:0]
        return pd.concat([own, _place_columns(place)], axis=1) if len(own) == len(place) else own
    if not isinstance(incidents, pd.DataFrame):
        raise InputError(
            f"a {type(incidents).__name__} holds no incidents that can be counted",
            hint="Give what read_casebook, read_incidents or enrich gave, or a GeoDataFrame of incidents.",
            code="BM508",
        )
    table = pd.DataFrame(incidents).reset_index(drop=True)
    return pd.concat([_flat_columns(table), _place_columns(table)], axis=1)


def _place_columns(table: pd.DataFrame) -> pd.DataFrame:
    columns: dict[str, Any] = {name: _text(table[name]) for name in PLACE_TEXTS if name in table.columns}
    columns |= {name: _number(table[name]) for name in PLACE_NUMBERS if name in table.columns}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(table)))


def _text(values: pd.Series[Any]) -> pd.Series[Any]:
    """Text without gaps; what is categorical stays so, which is quick to count."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return values.reset_index(drop=True)
    return values.astype("str").fillna("").reset_index(drop=True)


def _number(values: pd.Series[Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(pd.to_numeric(values, errors="coerce"), dtype=np.float64)


def _flat_columns(table: pd.DataFrame) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    if "date_start" in table.columns:
        given = {name: table.get(name) for name in ("date_precision", "time_zone")}
        columns["first_day"], columns["last_day"] = day_intervals(
            table["date_start"],
            table.get("date_end"),
            precision=given["date_precision"],
            time_zone=given["time_zone"],
        )
    if "incident_type" in table.columns:
        columns["incident_type"] = _text(table["incident_type"])
    # Rows without claims are reports, and no more is known of them (codebook §3).
    columns["status"] = _text(table["status"]) if "status" in table.columns else "reported"
    columns["dataset"] = _text(table["dataset"]) if "dataset" in table.columns else ""
    if "actor1" in table.columns:
        actor = _text(table["actor1"]).astype("str")
        columns["parties"] = ("attributed_in_dataset" + WITHIN + actor).where(actor != "", "")
    columns |= _killed(table)
    return pd.DataFrame(columns, index=pd.RangeIndex(len(table)))


def _killed(table: pd.DataFrame) -> dict[str, Any]:
    names = {"total": [f"fatalities_{bound}" for bound in BOUNDS]}
    names |= {side: ["", f"fatalities_{side}", ""] for side in SIDES[1:]}
    # ACLED's one figure is its most conservative: the lowest and the best, and how high it may be is open.
    if "fatalities" in table.columns and not set(names["total"]) & set(table.columns):
        names["total"] = ["fatalities", "fatalities", ""]
    found: dict[str, Any] = {}
    for side, three in names.items():
        numbers = [_number(table[name]) if name in table.columns else None for name in three]
        if any(each is not None and not np.isnan(each).all() for each in numbers):
            empty = np.full(len(table), np.nan)
            found |= killed_columns(side, [empty if each is None else each for each in numbers])
    return found


def killed_columns(side: str, numbers: Iterable[Any]) -> dict[str, Any]:
    """The columns of one side; a best number alone is an exact one."""
    low, best, high = numbers
    exact = np.isnan(low) & np.isnan(high)
    return {
        f"killed_{side}_low": np.where(exact, best, low),
        f"killed_{side}_best": best,
        f"killed_{side}_high": np.where(exact, best, high),
    }
