"""Counts by cell and border stretch made by hand, small enough to be added up on paper."""

from __future__ import annotations

from typing import Any

import pandas as pd

from bordermap.analysis.parts.aggregating import Aggregates
from bordermap.incidents.report import Reading

#: West, south, n, n_confirmed, n_reported, n_shooting, n_cross_border_fire, fatalities_best.
CELLS = (
    (67.25, 37.0, 7, 2, 5, 3, 4, 5.0),
    (67.5, 37.0, 1, 0, 1, 1, 0, None),
    (69.75, 37.25, 42, 20, 22, 12, 30, 12.0),
    (69.75, 37.5, 3, 3, 0, 3, 0, 0.0),
    (66.25, 31.5, 210, 100, 110, 210, 0, None),
)
STRETCHES = (
    ("AFG-UZB:balkh-surxondaryo", "AFG-UZB", 8, 2),
    ("AFG-TJK:takhar-khatlon", "AFG-TJK", 45, 6),
    ("AFG-TJK:kunduz-khatlon", "AFG-TJK", 0, 6),
    ("AFG-PAK:kandahar-balochistan", "AFG-PAK", 210, 0),
    ("AFG-CHN:badakhshan-xinjiang", "AFG-CHN", 0, 0),
)
OUTSIDE = {"country": 4, "admin1": 11, "border_stretch": 2}


def counts(side: float = 0.25, **changes: Any) -> Aggregates:
    """263 rows in five cells, 17 outside; what is given changes it."""
    names = ("west", "south", "n", "n_confirmed", "n_reported", "n_shooting", "n_cross_border_fire")
    cells = pd.DataFrame(CELLS, columns=[*names, "fatalities_best"])
    cells["fatalities_best"] = cells["fatalities_best"].astype("float64")
    cells.insert(2, "east", cells["west"] + side)
    cells.insert(3, "north", cells["south"] + side)
    columns = ["border_stretch", "border_pair", "n_certain", "n_possible"]
    given: dict[str, Any] = {
        "cells": cells,
        "stretches": pd.DataFrame(STRETCHES, columns=columns),
        "not_placeable": OUTSIDE,
        "rows": 280,
        "date_start": "2019-01-03",
        "date_end": "2024-06-30",
        "rights": "display_only",
        "attributions": ("A dataset, example.org. Accessed 1 May 2026.",),
        "reading": Reading(),
    }
    return Aggregates(**(given | changes))


def stretches(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    """A table of stretches."""
    return pd.DataFrame(rows, columns=["border_stretch", "border_pair", "n_certain", "n_possible"])
