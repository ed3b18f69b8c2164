"""The line of each border stretch that was counted: shipped stretches, else the whole border of the pair."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap import codebook
from bordermap.geometry.borders import WORLD, read_borders
from bordermap.geometry.stretches import read_stretches
from bordermap.maps.countries import country_label
from bordermap.maps.drawing import TOLERANCE_DEGREES, lines, simpler

#: The lines together are thinned to this part of their extent: finer than any screen shows at first.
_DETAIL: Final = 30_000
_WHOLE: Final = "No stretches are shipped for this border: its whole line is drawn."
_NO_LINE: Final = "No line of this name is known, so it is listed and not drawn."


class StretchLines:
    """Names and lines of the stretches of one set of counts.

    Args:
        names: The stretches, each with its border's pair.
        borders: Lines that are not shipped, by ``border_pair``; they come before shipped ones.

    Example:
        >>> name = ("AFG-TJK:takhar-khatlon", "AFG-TJK")
        >>> value = StretchLines([name]).value(*name)
        >>> value["name"], value["pair"], value["lengthKm"]
        ('Takhar – Khatlon', 'Afghanistan – Tajikistan', 139.4)
    """

    def __init__(self, names: Sequence[tuple[str, str]], borders: gpd.GeoDataFrame | None = None) -> None:
        self._own = _by_name(borders)
        wanted = {pair for _, pair in names}
        self._stretches = {
            row["stretch_id"]: row
            for row in read_stretches().to_dict("records")
            if row["border_pair"] in wanted
        }
        self._borders = _borders(wanted)
        self._tolerance = self._fitting(names)

    def value(self, key: str, pair: str) -> dict[str, Any]:
        """What the client needs of a stretch: key, names, length, note, its line in parts by status."""
        stretch = self._stretches.get(key) if key not in self._own else None
        rows = self._borders.get(pair, [])
        parts = self._parts(key, pair)
        value = {
            "key": key,
            "pair": _pair_label(pair),
            "name": _pair_label(key),
            "note": "" if parts else _NO_LINE,
            "parts": [
                {"status": status, "lines": lines(simpler(shape, self._tolerance))} for status, shape in parts
            ],
        }
        if stretch is not None:
            names = f"{stretch['name_a']} – {stretch['name_b']}"
            length = round(float(stretch["to_km"] - stretch["from_km"]), 1)
            return value | {"name": names, "lengthKm": length}
        if key in self._own or not parts:
            return value
        whole = {"lengthKm": round(sum(float(row["length_km"]) for row in rows), 1)}
        return value | whole | ({"note": _WHOLE} if key == pair else {})

    def _parts(self, key: str, pair: str) -> list[tuple[str, BaseGeometry]]:
        if key in self._own:
            return self._own[key]
        rows = self._borders.get(pair, [])
        if key in self._stretches:
            status = rows[0]["line_status"] if rows else "not_assessed"
            return [(status, self._stretches[key]["geometry"])]
        # A stretch that nobody ships has no line of its own; only a border as a whole has one.
        return [(row["line_status"], row["geometry"]) for row in rows] if key == pair else []

    def _fitting(self, names: Sequence[tuple[str, str]]) -> float:
        shapes = [shape for key, pair in names for _, shape in self._parts(key, pair)]
        if not shapes:
            return TOLERANCE_DEGREES
        west, south, east, north = shapely.total_bounds(shapes)
        return max(TOLERANCE_DEGREES, float(max(east - west, north - south)) / _DETAIL)


def _by_name(borders: gpd.GeoDataFrame | None) -> dict[str, list[tuple[str, BaseGeometry]]]:
    found: dict[str, list[tuple[str, BaseGeometry]]] = {}
    for row in () if borders is None else borders.to_dict("records"):
        status = row.get("line_status") or "not_assessed"
        found.setdefault(str(row["border_pair"]), []).append((status, row["geometry"]))
    return found


def _borders(pairs: set[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _world():
        if row["border_pair"] in pairs:
            found.setdefault(row["border_pair"], []).append(row)
    return found


@lru_cache(maxsize=1)
def _world() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_borders(WORLD).to_dict("records")
    return rows


def _pair_label(pair: str) -> str:
    codes = pair.split("-")
    known = len(codes) == 2 and all(code in codebook.COUNTRY_NAMES or len(code) == 3 for code in codes)
    return " – ".join(map(country_label, codes)) if known else pair
