"""What stands beside a map of counts: period, method, attribution, what the rights leave out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from bordermap import __version__, catalog
from bordermap.codebook import ENDORSEMENT
from bordermap.incidents.dates import interval_label
from bordermap.maps.manifest import table_checksum

if TYPE_CHECKING:
    from bordermap.analysis.parts.aggregating import Aggregates

METHOD: Final = (
    "Every row is counted once: in the grid cell that holds its point (a place, or the middle of a disc no "
    "wider than a cell), or among what is not placeable at that scale. A border stretch counts a row as "
    "certain where no other can be the nearest to its place, at whatever distance, and as possible on each "
    "stretch that may be. Dates and statuses are those of the rows. bordermap documents public reporting "
    "after the fact; it makes no finding of its own."
)
_HELD: Final = "This page holds counts only: no single row, no notes, no ids, no sources."
#: By rights (codebook §9); whatever they are, counts are all that is here.
RIGHTS: Final = {
    "open": _HELD,
    "": _HELD,
    "held": f"Whoever made this page states that they hold the rights to the dataset. {_HELD}",
    "display_only": f"The terms of the dataset allow a display only. {_HELD}",
    "aggregate_only": f"The terms of the dataset allow counts only. {_HELD}",
    "unknown": f"The rights of the dataset are not known. {_HELD}",
}


def period(aggregates: Aggregates) -> str:
    """From when to when the incidents are dated, as a line.

    Example:
        >>> from types import SimpleNamespace
        >>> period(SimpleNamespace(date_start="2019-01-01", date_end="2023-12-31"))
        'Incidents dated 1 January 2019 to 31 December 2023'
    """
    days = [interval_label(day) for day in (aggregates.date_start, aggregates.date_end) if day]
    return f"Incidents dated {' to '.join(dict.fromkeys(days))}" if days else ""


def about_counts(aggregates: Aggregates, files: Sequence[str]) -> dict[str, Any]:
    """The page's words on the counts it draws.

    Args:
        aggregates: What is drawn.
        files: Names of the shipped data files that are drawn.

    Returns:
        Plain JSON values, in the places where a casebook's page has its own.
    """
    said = [text for text in dict.fromkeys(aggregates.attributions) if text]
    texts = [*(("Dataset", text) for text in said), ("What this page holds", _rights(aggregates.rights))]
    figures = "Figures of several datasets are added." if len(said) > 1 and _has_figures(aggregates) else ""
    return {
        "subtitle": "",
        "version": "",
        "period": period(aggregates),
        "method": METHOD,
        "coverage": [
            {"label": label, "text": text} for label, text in (*texts, ("Figures", figures)) if text
        ],
        "counts": {"incidents": int(aggregates.rows)},
        "manifest": _manifest(aggregates, files),
    }


def dataset_credits(aggregates: Aggregates) -> list[dict[str, str]]:
    """The attribution that each dataset asks for, as it stands with the map."""
    texts = dict.fromkeys(text.partition(". ")[0].rstrip(".") for text in aggregates.attributions if text)
    return [{"text": text, "licence": ""} for text in texts]


def said_beside(aggregates: Aggregates) -> list[str]:
    """What must stand beside the counts in somebody else's map."""
    said = [text for text in dict.fromkeys(aggregates.attributions) if text]
    return [*filter(None, [period(aggregates)]), _rights(aggregates.rights), *said, ENDORSEMENT]


def _rights(rights: str) -> str:
    return RIGHTS.get(rights, RIGHTS["unknown"])


def _has_figures(aggregates: Aggregates) -> bool:
    return "fatalities_best" in aggregates.cells and bool(aggregates.cells["fatalities_best"].notna().any())


def _manifest(aggregates: Aggregates, files: Sequence[str]) -> dict[str, Any]:
    outside = "\n".join(f"{key} {n}" for key, n in sorted(aggregates.not_placeable.items()))
    return {
        "bordermap": __version__,
        "counts": {
            "cells": table_checksum(aggregates.cells),
            "stretches": table_checksum(aggregates.stretches),
            "not_placeable": hashlib.sha256(outside.encode()).hexdigest(),
        },
        "geodata": {entry.file: entry.sha256 for entry in catalog.entries() if entry.file in files},
    }
