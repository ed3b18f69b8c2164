"""Counts by cell and border stretch as plain values for the browser client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from bordermap import codebook
from bordermap.maps.aggregate_panels import said_beside
from bordermap.maps.classes import CountClass, count_classes
from bordermap.maps.stretch_lines import StretchLines

if TYPE_CHECKING:
    from bordermap.analysis.parts.aggregating import Aggregates

#: How the classes come about, as the legend says it.
CLASSES_NOTE: Final = (
    "Classes by fixed steps, each a like multiple of the one before; the finest with at most six."
)
#: Cells are given to a millionth of a degree: 0.1 m.
_DIGITS: Final = 6
_FIGURES: Final = (
    ("fatalities_best", "Killed, best figures added"),
    ("fatalities_known", "Incidents with such a figure"),
)


def aggregate_payload(aggregates: Aggregates, borders: gpd.GeoDataFrame | None = None) -> dict[str, Any]:
    """Everything the client draws and tells of counts.

    Args:
        aggregates: Checked counts.
        borders: Lines that are not shipped, by ``border_pair``.

    Returns:
        Plain JSON values: cells as columns, most incidents first; stretches with their lines, most first; the
        classes of both; what is not placeable, by precision; the rows counted.
    """
    cells = aggregates.cells.sort_values(
        ["n", "north", "west"], ascending=[False, False, True], ignore_index=True
    )
    stretches = _stretches(aggregates.stretches, borders)
    return {
        "cells": _cells(cells),
        "cellClasses": [_class(each) for each in count_classes(cells["n"].astype(int).tolist())],
        "stretches": stretches,
        "stretchClasses": [
            _class(each) for each in count_classes(n for one in stretches for n in _drawn_counts(one))
        ],
        "classesNote": CLASSES_NOTE,
        "unplaced": unplaced(aggregates.not_placeable),
        "rows": int(aggregates.rows),
        "said": said_beside(aggregates),
    }


def unplaced(by_precision: Mapping[str, int]) -> list[dict[str, Any]]:
    """What no cell is true for, by precision, in the order of the codebook.

    Example:
        >>> unplaced({"country": 2, "admin1": 7, "unknown": 0})
        [{'key': 'admin1', 'label': 'province', 'n': 7}, {'key': 'country', 'label': 'country only', 'n': 2}]
    """
    order = {key: place for place, key in enumerate(codebook.PRECISIONS)}
    found = sorted(by_precision.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))
    return [{"key": key, "label": _unplaced_label(key), "n": int(n)} for key, n in found if n]


def _unplaced_label(key: str) -> str:
    if key == "near":
        return "near a place, in a disc wider than a cell"
    label = codebook.label(codebook.PRECISIONS, key or "unknown")
    return f"{label}, but not located" if key in codebook.POINT_LIKE else label


def _class(each: CountClass) -> dict[str, int]:
    return {"low": each.low, "high": each.high, "shade": each.shade}


def _drawn_counts(stretch: Mapping[str, Any]) -> list[int]:
    return [stretch["certain"], stretch["certain"] + stretch["possible"]] if stretch["parts"] else []


def _cells(cells: pd.DataFrame) -> dict[str, Any]:
    edges = {name: cells[name].round(_DIGITS).tolist() for name in ("west", "south", "east", "north")}
    counts = [str(name) for name in cells if str(name).startswith("n_")]
    columns = [_column(key, cells[f"n_{key}"]) for key in sorted((c[2:] for c in counts), key=_order)]
    figures = [_figure(key, label, cells[key]) for key, label in _FIGURES if key in cells]
    filled = [each for each in columns if any(each["values"])]
    known = [each for each in figures if any(value is not None for value in each["values"])]
    return {
        **edges,
        "n": cells["n"].astype(int).tolist(),
        "columns": [*filled, *known],
    }


def _order(key: str) -> tuple[int, str]:
    known = [*codebook.STATUSES, *codebook.INCIDENT_TYPES]
    return (known.index(key), "") if key in known else (len(known), key)


def _column(key: str, values: pd.Series) -> dict[str, Any]:
    table = codebook.STATUSES if key in codebook.STATUSES else codebook.INCIDENT_TYPES
    kind = "status" if key in codebook.STATUSES else "type" if key in codebook.INCIDENT_TYPES else "other"
    return {
        "key": key,
        "kind": kind,
        "label": codebook.label(table, key),
        "values": values.astype(int).tolist(),
    }


def _figure(key: str, label: str, values: pd.Series) -> dict[str, Any]:
    """Empty is unknown and stays so: no cell is said to have 0 where nobody gave a figure."""
    numbers = values.to_numpy(dtype=float)
    return {
        "key": key,
        "kind": "figure",
        "label": label,
        "values": [None if np.isnan(each) else int(each) for each in numbers],
    }


def _stretches(frame: pd.DataFrame, borders: gpd.GeoDataFrame | None) -> list[dict[str, Any]]:
    total = frame["n_certain"] + frame["n_possible"]
    counted = frame[total > 0].assign(total=total)
    ordered = counted.sort_values(
        ["n_certain", "total", "border_pair", "border_stretch"], ascending=[False, False, True, True]
    )
    names = [
        (str(key), str(pair)) for key, pair in zip(frame["border_stretch"], frame["border_pair"], strict=True)
    ]
    lines = StretchLines(names, borders)
    columns = ("border_stretch", "border_pair", "n_certain", "n_possible")
    rows = zip(*(ordered[name].tolist() for name in columns), strict=True)
    return [
        lines.value(str(key), str(pair)) | {"certain": int(certain), "possible": int(possible)}
        for key, pair, certain, possible in rows
    ]
