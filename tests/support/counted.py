"""Enriched incidents made by hand, for tests of counting."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from bordermap.analysis.border_lines import BorderLines

PAIRS = ("AFG-TJK", "AFG-UZB")
LENGTHS = {"AFG-TJK": 100.0, "AFG-UZB": 40.0}
STRETCHES = {"AFG-TJK:west": ("AFG-TJK", 0.0, 60.0), "AFG-TJK:east": ("AFG-TJK", 60.0, 100.0),
             "AFG-UZB": ("AFG-UZB", 0.0, 40.0)}  # fmt: skip


def lines() -> BorderLines:
    """Two short border lines, one of two stretches, with three marks."""
    known = pd.DataFrame(
        {
            "border_line": PAIRS, "border_pair": PAIRS, "length_km": [LENGTHS[pair] for pair in PAIRS],
            "resolution_m": 0.0, "accuracy_m": 500.0, "along_from": "the first vertex",
        }
    )  # fmt: skip
    rows = [(name, *where) for name, where in STRETCHES.items()]
    stretches = pd.DataFrame(rows, columns=["border_stretch", "border_line", "from_km", "to_km"])
    marks = pd.DataFrame(
        {"border_line": ["AFG-TJK", "AFG-TJK", "AFG-UZB"], "along_km": [0.0, 30.0, 25.0],
         "mark": ["Tripoint", "Old bridge", "Termez"]}
    )  # fmt: skip
    return BorderLines(known, stretches, marks, "AFG")


def incident(**given: Any) -> dict[str, Any]:
    """A row that is placed and dated exactly unless something else is said."""
    row: dict[str, Any] = {
        "date_start": "2022-04-18", "date_end": "", "incident_type": "shooting", "status": "reported",
        "dataset": "d", "actor1": "", "countries": "TJK", "admin1_codes": "TJ.02", "border_pairs": "AFG-TJK",
        "border_stretches": "AFG-TJK:west", "border_line": "AFG-TJK", "border_along_low_km": 10.0,
        "border_along_high_km": 10.0, "border_distance_low_km": 1.0, "border_distance_high_km": 2.0,
    }  # fmt: skip
    return row | given


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows as a table."""
    return pd.DataFrame(list(rows))


_NUMBER = st.one_of(st.none(), st.integers(0, 9).map(float))


@st.composite
def incidents(draw: st.DrawFn) -> dict[str, Any]:
    """Any incident: placed well, badly or not at all, of a day or of a year, with some of its numbers."""
    start = draw(st.dates(pd.Timestamp("2021-11-01").date(), pd.Timestamp("2022-03-01").date()))
    days = draw(st.sampled_from([0, 0, 1, 8, 40]))
    low = draw(st.floats(0, 35))
    high = low + draw(st.sampled_from([0.0, 0.0, 4.0, 5.0]))
    where: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"border_along_low_km": low, "border_along_high_km": high},
                {"border_pairs": "AFG-TJK AFG-UZB", "border_stretches": "AFG-TJK:east AFG-UZB",
                 "border_line": "", "border_along_low_km": np.nan, "border_along_high_km": np.nan,
                 "countries": "TJK UZB", "admin1_codes": "TJ.02 UZ.12"},
                dict.fromkeys(("border_pairs", "border_stretches", "border_line", "countries", "admin1_codes"), "")
                | dict.fromkeys(("border_along_low_km", "border_along_high_km", "border_distance_low_km",
                                 "border_distance_high_km"), np.nan),
            ]
        )
    )  # fmt: skip
    numbers = sorted(draw(st.lists(st.integers(0, 9), min_size=3, max_size=3)))
    killed = {
        f"fatalities_{name}": draw(st.sampled_from([None, float(number)]))
        for name, number in zip(("low", "best", "high"), numbers, strict=True)
    }
    distance = draw(st.floats(0, 30))
    return (
        incident(
            date_start=draw(st.sampled_from([start.isoformat(), start.isoformat(), ""])),
            date_end=(pd.Timestamp(start) + pd.Timedelta(days=days)).date().isoformat(),
            incident_type=draw(st.sampled_from(["shooting", "other", "drone_strike"])),
            status=draw(st.sampled_from(["reported", "claimed"])),
            dataset=draw(st.sampled_from(["d", "e"])),
            actor1=draw(st.sampled_from(["", "A", "B"])),
            fatalities_a=draw(_NUMBER),
            border_distance_low_km=distance,
            border_distance_high_km=distance + draw(st.sampled_from([0.0, 5.0])),
        )
        | killed
        | where
    )


def parts_of(frame: pd.DataFrame, cuts: Sequence[int]) -> list[pd.DataFrame]:
    """A table in parts, cut where asked."""
    ends = [0, *sorted(min(cut, len(frame)) for cut in cuts), len(frame)]
    return [frame.iloc[a:b].reset_index(drop=True) for a, b in pairwise(ends)]
