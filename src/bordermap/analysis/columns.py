"""The columns that enriching adds: their names, what they mean, and the frame that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.located import BASES
from bordermap.analysis.point_measures import SIDES, country_codes, lines_of
from bordermap.analysis.vocabulary import NONE, Codes, text_of
from bordermap.geometry.areas import area_codes, area_names
from bordermap.geometry.index import BorderIndex
from bordermap.geometry.marks import border_lines, marks_along, starts_of

#: Name → what it means.
COLUMNS: Final[Mapping[str, str]] = {
    "country": "country the place lies in, ISO 3166-1 alpha-3; empty at sea and where it may be several",
    "admin1": "first-order area it lies in, by name; empty where it may be several",
    "admin1_code": "the same, GeoNames key",
    "countries": "all countries that the place reaches into, between spaces",
    "admin1_codes": "all first-order areas that the place reaches into",
    "border_pair": "nearest border; empty where several may be the nearest",
    "border_line": "line that was measured to: the pair, and its part where it has several",
    "border_stretch": "nearest stretch of border; empty where several may be the nearest",
    "border_pairs": "all borders that may be the nearest to some place of the shape",
    "border_stretches": "all stretches that may be the nearest to some place of the shape",
    "border_distance_km": "geodesic distance on WGS84 of the point; empty for discs and areal places",
    "border_signed_km": "the same, with a minus inside the country whose borders were asked for",
    "border_distance_low_km": "least distance of the whole place, the line's accuracy taken off",
    "border_distance_high_km": "most distance of the whole place, the line's accuracy added",
    "border_side": "country on whose side it lies, or undetermined within the line's accuracy",
    "border_along_km": "kilometre of the nearest place along the border line, from its first vertex",
    "border_along_low_km": "first kilometre of the line that may be the nearest to the whole place",
    "border_along_high_km": "last kilometre of the line that may be the nearest to the whole place",
    "border_along_from": "where kilometre 0 of the line is",
    "border_lon": "longitude of the nearest place on the line, degrees",
    "border_lat": "latitude of it",
    "border_mark": "named mark nearest along the line",
    "border_mark_km": "how much farther along the line than the mark",
    "border_line_status": "status of the line (codebook §7)",
    "border_resolution_m": "how far the shipped line was simplified, metres",
    "border_accuracy_m": "how far the line itself may be off, metres",
    "border_basis": "what was measured from: point, settlement, disc, shape, none",
}
#: Those that a dataset often has of its own; then ours are called as stands beside them.
LOCATED: Final = {name: f"located_{name}" for name in ("country", "admin1", "admin1_code")}


def frame_of(found: Mapping[str, Any], index: BorderIndex) -> pd.DataFrame:
    """The frame of what was measured.

    Args:
        found: As :func:`bordermap.analysis.measuring.measure` gives it.
        index: The borders that were measured to.

    Returns:
        The columns of :data:`COLUMNS`; texts are categories.
    """
    lines, table = lines_of(index), index.lines
    countries, areas = country_codes(), area_codes()
    sets = found["sets"]
    row: Codes = found["row"]
    marks = marks_along(index)["mark"].tolist()
    area = _single(sets["area"][0], len(areas))
    columns = {
        "country": text_of(_single(sets["country"][0], len(countries)), countries),
        "admin1": text_of(area, area_names()),
        "admin1_code": text_of(area, areas),
        "countries": text_of(*sets["country"]),
        "admin1_codes": text_of(*sets["area"]),
        "border_pair": text_of(_single(sets["pair"][0], len(lines.pairs)), list(lines.pairs)),
        "border_line": text_of(row, border_lines(table).tolist()),
        "border_stretch": text_of(_single(sets["unit"][0], len(index.stretch)), index.stretch.tolist()),
        "border_pairs": text_of(*sets["pair"]),
        "border_stretches": text_of(*sets["unit"]),
        "border_distance_km": found["distance"],
        "border_signed_km": found["signed"],
        "border_distance_low_km": found["low"],
        "border_distance_high_km": found["high"],
        "border_side": text_of(found["side"], [*countries, *SIDES]),
        "border_along_km": found["along"],
        "border_along_low_km": found["along_low"],
        "border_along_high_km": found["along_high"],
        "border_along_from": text_of(row, starts_of(index).tolist()),
        "border_lon": found["lon"],
        "border_lat": found["lat"],
        "border_mark": text_of(found["mark"], marks),
        "border_mark_km": found["beyond"],
        "border_line_status": text_of(row, _texts(table, "line_status", "not_assessed")),
        "border_resolution_m": _of_row(table, "resolution_m", row),
        "border_accuracy_m": _of_row(table, "accuracy_m", row),
        "border_basis": text_of(found["basis"].astype(np.int32), BASES),
    }
    return pd.DataFrame(columns, columns=list(COLUMNS), copy=False)


def _single(codes: Codes, words: int) -> Codes:
    """Codes of sets with one member; -1 for all others. The words themselves are the first sets."""
    return np.where(codes < words, codes, NONE).astype(np.int32)


def _texts(table: pd.DataFrame, name: str, empty: str) -> list[str]:
    return table[name].fillna(empty).astype(str).tolist() if name in table else [empty] * len(table)


def _of_row(table: pd.DataFrame, name: str, row: Codes) -> Any:
    values = table[name].to_numpy(float) if name in table else np.full(len(table), np.nan)
    return np.append(values, np.nan)[row]
