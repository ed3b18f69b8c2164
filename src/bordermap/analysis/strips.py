"""The border as a strip: where along the line and when incidents were reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pandas as pd

from bordermap.analysis.border_lines import BorderLines
from bordermap.analysis.counting import partial_summary
from bordermap.analysis.coverage import Covered, covered_by, covered_column
from bordermap.analysis.facts import facts_of
from bordermap.analysis.groups import parts_along
from bordermap.analysis.periods import PERIODS, period_label, period_number
from bordermap.analysis.plans import Plan
from bordermap.analysis.summarizing import finish_summary, lines_for, plan_for
from bordermap.errors import UsageError
from bordermap.incidents.casebook import Casebook

if TYPE_CHECKING:
    from bordermap.geometry.index import BorderIndex

#: Months are drawn up to so many; beyond it years are.
_MOST_MONTHS: Final = 75
#: A strip of more cells than this is too fine to be drawn or read.
_MOST_CELLS: Final = 500_000
#: Lengths of parts to choose from, kilometres: the finest that leaves a line no more than 60 parts.
_STEPS_KM: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0)
_PARTS: Final = 70


@dataclass(frozen=True, eq=False)
class BorderStrip:
    """Counts by kilometre and time.

    Attributes:
        cells: One row a part of a line and a period, all of them, sorted: ``border_line``, ``from_km``,
            ``to_km``, ``period``, ``n_certain``, ``n_possible`` (missing where nothing was collected),
            ``covered`` (see :data:`bordermap.analysis.coverage.COVERED`).
        total: How many incidents were counted, each once.
        not_placed: How many of them are nowhere on the strip: their place or date is not known so well.
        period: ``week``, ``month`` or ``year``.
        plan: How it was counted: its ``borders`` hold lengths and marks.
        covered: What the data covers.
    """

    cells: pd.DataFrame
    total: int
    not_placed: int
    period: str
    plan: Plan
    covered: Covered


def border_strip(
    incidents: Casebook | gpd.GeoDataFrame,
    *,
    every_km: float | None = None,
    period: str | None = None,
    within_km: float | None = None,
    borders: gpd.GeoDataFrame | BorderIndex | BorderLines | None = None,
) -> BorderStrip:
    """Count incidents by kilometre along the border and by time.

    An incident whose place is uncertain is possible in every part that its interval along the line touches,
    and one whose date is uncertain in every period of its interval.

    Args:
        incidents: Enriched; see :func:`bordermap.analysis.summarizing.summarize`.
        every_km: Length of the parts; left out: the finest that leaves the longest line with few.
        period: ``week``, ``month`` or ``year``; left out: months, where they are not too many.
        within_km: Only incidents as near to the border as this.
        borders: The border lines.

    Returns:
        See :class:`BorderStrip`.

    Raises:
        UsageError: See ``summarize``; or there would be too many cells (BM513).
        InputError: See ``summarize``.
    """
    if period is not None and period not in PERIODS:
        raise UsageError(f"a strip has no {period!r}", hint="Use week, month or year.", code="BM509")
    covered = covered_by(incidents.about) if isinstance(incidents, Casebook) else Covered()
    lines = lines_for(incidents, borders, needed=True, marked=True)
    step = every_km or _step(lines, covered)
    facts = facts_of(incidents)
    for chosen in (period,) if period else ("month", "year"):
        plan = plan_for(incidents, ("every_km", chosen), every_km=step, within_km=within_km, borders=lines)
        table = finish_summary(partial_summary(facts, plan), plan, covered)
        if period or table.loc[table["row"] == "group", chosen].nunique() <= _MOST_MONTHS:
            break
    total, missing = _counted(table, "total"), _counted(table, "not_placed")
    return BorderStrip(_cells(table, plan, chosen, covered), total, missing, chosen, plan, covered)


def _counted(table: pd.DataFrame, row: str) -> int:
    return int(table.loc[table["row"] == row, ["n_certain", "n_possible"]].to_numpy().sum())


def _step(lines: BorderLines | None, covered: Covered) -> float:
    """The finest length that leaves the longest line of those covered with few parts."""
    if lines is None or lines.lines.empty:
        return _STEPS_KM[-1]
    mine = lines.lines["border_pair"].isin(covered.borders) if covered.borders else slice(None)
    longest = float(lines.lines.loc[mine, "length_km"].max())
    return next((step for step in _STEPS_KM if longest / step <= _PARTS), _STEPS_KM[-1])


def _cells(table: pd.DataFrame, plan: Plan, period: str, covered: Covered) -> pd.DataFrame:
    """Every part of every line in every period between the first and the last."""
    groups = table[table["row"] == "group"]
    numbers = [period_number(period, label) for label in groups[period].unique()]
    labels = [period_label(period, each) for each in range(min(numbers), max(numbers) + 1)] if numbers else []
    parts = parts_along(plan, "every_km")
    if len(parts) * len(labels) > _MOST_CELLS:
        raise UsageError(
            f"a strip of {len(parts) * len(labels):,} cells is too fine to be read",
            hint="Give longer parts with --every-km, or count by month or year.",
            code="BM513",
        )
    whole = parts.merge(pd.DataFrame({period: pd.Series(labels, dtype="str")}), how="cross")
    names = ["border_line", "from_km", "to_km", period]
    cells = whole.merge(groups[[*names, "n_certain", "n_possible"]], on=names, how="left")
    cells["covered"] = covered_column(cells, plan, covered)
    for name in ("n_certain", "n_possible"):
        none = cells[name].isna() & (cells["covered"] != "no")
        cells[name] = cells[name].mask(none, 0)
    cells = cells.rename(columns={period: "period"})
    return cells.sort_values(["border_line", "from_km", "period"], ignore_index=True)[
        ["border_line", "from_km", "to_km", "period", "n_certain", "n_possible", "covered"]
    ]
