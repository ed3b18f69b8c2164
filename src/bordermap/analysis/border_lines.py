"""What is known of the border lines along which is counted: their lengths, stretches and named marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from bordermap.geometry.borders import shared_country
from bordermap.geometry.geodesy import length_km
from bordermap.geometry.marks import border_lines as line_names
from bordermap.geometry.marks import marks_along, starts_of
from bordermap.geometry.stretches import SAME_LENGTH_KM, read_stretches

if TYPE_CHECKING:
    from bordermap.geometry.index import BorderIndex


def _no_marks() -> pd.DataFrame:
    return pd.DataFrame({"border_line": [], "along_km": [], "mark": []}).astype(
        {"border_line": "str", "along_km": "float64", "mark": "str"}
    )


@dataclass(frozen=True, eq=False)
class BorderLines:
    """Border lines without their geometry.

    Attributes:
        lines: One row a line, sorted: ``border_line``, ``border_pair``, ``length_km``, ``resolution_m`` and
            ``accuracy_m`` (not a number where not known), ``along_from`` (where kilometre 0 is, in words).
        stretches: One row a stretch and line: ``border_stretch``, ``border_line``, ``from_km``, ``to_km``;
            a line without stretches of its own is one stretch, named by its pair.
        marks: ``border_line``, ``along_km``, ``mark``, sorted; empty where none are known.
        country: Whose borders they are, ISO 3166-1 alpha-3; empty where they are several countries'.
    """

    lines: pd.DataFrame
    stretches: pd.DataFrame
    marks: pd.DataFrame = field(default_factory=_no_marks)
    country: str = ""


def border_lines(borders: gpd.GeoDataFrame | BorderIndex, country: str = "") -> BorderLines:
    """What is to be known of borders for counting along them.

    Args:
        borders: As :func:`bordermap.read_borders` gives them; made ready for asking, with their named marks.
        country: Whose borders they are; where left out, the country that all share.

    Returns:
        See :class:`BorderLines`.

    Example:
        >>> from bordermap.geometry.borders import read_borders
        >>> known = border_lines(read_borders("AFG"))
        >>> known.country, known.lines["border_line"].tolist()[-1], len(known.stretches)
        ('AFG', 'AFG-UZB', 32)
    """
    frame = borders if isinstance(borders, gpd.GeoDataFrame) else borders.lines
    pairs = frame["border_pair"].astype("str").to_numpy(dtype=object)
    marks, starts = _marks(borders) if not isinstance(borders, gpd.GeoDataFrame) else (_no_marks(), "")
    known = {
        "border_line": pd.Series(line_names(frame), dtype="str"),
        "border_pair": pd.Series(pairs, dtype="str"),
        "length_km": _lengths(frame),
        "resolution_m": _numbers(frame, "resolution_m"),
        "accuracy_m": _numbers(frame, "accuracy_m"),
        "along_from": pd.Series(starts, index=range(len(frame)), dtype="str"),
    }
    lines = pd.DataFrame(known).sort_values("border_line", ignore_index=True)
    return BorderLines(lines, _stretches(lines), marks, country or shared_country(pairs))


def _marks(index: BorderIndex) -> tuple[pd.DataFrame, Any]:
    """The marks along borders, and where kilometre 0 of each is."""
    marks = marks_along(index)[["border_line", "along_km", "mark"]]
    return marks.sort_values(["border_line", "along_km"], ignore_index=True), list(starts_of(index))


def _lengths(frame: gpd.GeoDataFrame) -> Any:
    if "length_km" in frame.columns:
        return frame["length_km"].to_numpy(dtype=float)
    return length_km(np.asarray(frame.geometry.array, dtype=object))


def _numbers(frame: gpd.GeoDataFrame, name: str) -> Any:
    return frame[name].to_numpy(dtype=float) if name in frame.columns else np.nan


def _stretches(lines: pd.DataFrame) -> pd.DataFrame:
    """The shipped stretches of the lines they were cut from, and every other line as a whole."""
    shipped = read_stretches().drop(columns="geometry").rename(columns={"stretch_id": "border_stretch"})
    ends = shipped.groupby("border_pair")["to_km"].max()
    cut = (lines["length_km"] - lines["border_line"].map(ends)).abs() < SAME_LENGTH_KM
    own = shipped[shipped["border_pair"].isin(lines.loc[cut, "border_pair"])]
    own = own.assign(border_line=own["border_pair"])
    rest = lines[~cut].assign(from_km=0.0).rename(columns={"length_km": "to_km"})
    rest = rest.assign(border_stretch=rest["border_pair"])
    names = ["border_stretch", "border_line", "from_km", "to_km"]
    whole: pd.DataFrame = pd.concat([own[names], rest[names]], ignore_index=True)
    return whole
