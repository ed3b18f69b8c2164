"""Summaries of a folder: every piece is counted by itself, and the counts add up as in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from bordermap.analysis.border_lines import border_lines
from bordermap.analysis.counting import combine_partials, partial_summary
from bordermap.analysis.coverage import covered_by
from bordermap.analysis.facts import PLACE_NUMBERS, PLACE_TEXTS, facts_of
from bordermap.analysis.parts.cluster import Engine
from bordermap.analysis.parts.running import Progress, silent
from bordermap.analysis.parts.sources import READING, Piece, borders_in_question, opened
from bordermap.analysis.plans import Plan, plan_of
from bordermap.analysis.summarizing import finish_summary
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.about import About
from bordermap.incidents.report import Reading

#: What facts are made of.
FACTS: Final = (
    "date_start", "date_end", "date_precision", "time_zone", "incident_type", "status", "dataset", "actor1",
    "fatalities_low", "fatalities_best", "fatalities_high", "fatalities_a", "fatalities_b",
    "fatalities_civilians", "fatalities_unknown", *PLACE_TEXTS, *PLACE_NUMBERS,
)  # fmt: skip
#: Texts of dates are counted as texts.
_TEXTS: Final = ("date_start", "date_end", "date_precision", "time_zone", "actor1")


@dataclass(frozen=True, eq=False)
class Summary:
    """The summary of a folder.

    Attributes:
        table: As :func:`bordermap.analysis.summarizing.summarize` gives it.
        plan: How it was counted.
        about: What is known of the datasets: the strictest rights, every attribution.
        reading: Rows read, used and rejected, and issues.
        failed: How many parts could not be read.
    """

    table: pd.DataFrame
    plan: Plan
    about: About
    reading: Reading
    failed: int


def summarize_parts(
    folder: str | Path,
    by: Sequence[str] | None = None,
    *,
    borders: gpd.GeoDataFrame | None = None,
    every_km: float | None = None,
    within_km: float | None = None,
    country: str = "",
    rate: bool = False,
    change: bool = False,
    options: ReadOptions | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Count the incidents of a folder of parts, holding one part at a time.

    Args:
        folder: An output of enriching, or a folder of parts, which are enriched first.
        by: As for :func:`bordermap.analysis.summarizing.summarize`; so are all that follow.
        borders: The border lines; for parts that are not enriched None means those of the country that most
            rows of the first part are about.
        every_km: Cut every border line into parts of so many kilometres.
        within_km: Only incidents as near to the border as this.
        country: Whose neighbours are meant.
        rate: Add rates.
        change: Add changes against the period before.
        options: What is known of the parts.
        engine: Who does the work; None: this process.
        progress: Told how far it is.

    Returns:
        The same table as from memory.

    Raises:
        UsageError: What is counted by does not fit.
        InputError: Nothing in it could be used, or as for
            :func:`bordermap.analysis.parts.running.enrich_parts`.
    """
    said = progress or silent
    lines = border_lines(borders) if borders is not None else None
    how: dict[str, Any] = {"every_km": every_km, "within_km": within_km, "borders": lines}
    shared = country or (lines.country if lines else "")
    # What does not fit is told before what takes long is read; whose neighbours are meant the parts may say.
    plan_of(by, **how, country=shared or "AFG")

    def needed() -> gpd.GeoDataFrame:
        return borders_in_question(folder, options) if borders is None else borders

    with opened(folder, FACTS, needed, options, engine, said) as source:
        plan = plan_of(by, **how, country=shared or source.about.focus)
        counted = source.do.each(
            partial(count_piece, plan),
            source.pieces,
            lambda done: said("counting", READING + (1 - READING) * done / len(source.pieces)),
        )
    whole = combine_partials(counted, plan)
    table = finish_summary(whole, plan, covered_by(source.about), rate=rate, change=change)
    return Summary(table, plan, source.about, source.reading, source.failed)


def count_piece(plan: Plan, piece: Piece) -> pd.DataFrame:
    """The partial summary of one piece.

    Args:
        plan: How to count.
        piece: Which rows.
    """
    rows = piece.load(FACTS)
    texts = {name: rows[name].astype("str").fillna("") for name in _TEXTS if name in rows.columns}
    return partial_summary(facts_of(rows.assign(**texts)), plan)
