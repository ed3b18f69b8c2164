"""Named marks along borders, with their kilometre: crossings, towns, the places where countries meet."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyogrio
import shapely

from bordermap.catalog import data_path
from bordermap.geometry.countries import country_names
from bordermap.geometry.edges import Floats, Indices
from bordermap.geometry.gazetteer import PLACES
from bordermap.geometry.index import BorderIndex
from bordermap.geometry.nearest import nearest_border

#: How far from the line a mark may lie, and from how many inhabitants on a town is one.
_CROSSING_KM: Final = 5.0
_TOWN_KM: Final = 10.0
_TOWN: Final = 5_000
#: No mark is nearer to one of higher rank along the same border.
_APART_KM: Final = 10.0
#: Lines that end within this of each other, degrees, end in one place.
_SAME: Final = 1e-6
#: From so many borders on their ends are compared with each other only.
_MANY: Final = 20


@lru_cache(maxsize=8)
def marks_along(index: BorderIndex) -> pd.DataFrame:
    """The named marks along borders.

    A mark is a border crossing or a town of the gazetteer near the line, told by the kilometre of the nearest
    place on the line, or an end of the line. Where two are less than 10 km apart the end stays before the
    crossing, the crossing before the town, the larger town before the smaller.

    Args:
        index: The borders, made ready.

    Returns:
        One row a mark, by border and kilometre: ``border_line``, ``along_km``, ``mark`` (its name), ``row``
        (of the border in the frame).

    Example:
        >>> from bordermap.geometry.borders import prepared
        >>> marks = marks_along(prepared("AFG-UZB"))
        >>> marks["mark"].tolist()[1:-1]
        ['Termez', 'Afghanistan-Uzbekistan Friendship Bridge']
    """
    places = _near_places(index)
    found = pd.concat([_ends(index), places], ignore_index=True)
    found = found.sort_values(["row", "rank", "population"], ascending=[True, True, False], kind="stable")
    kept = found[_spaced(found)]
    kept = kept.sort_values(["row", "along_km"], kind="stable", ignore_index=True)
    lines = border_lines(index.lines)
    return pd.DataFrame(
        {
            "border_line": lines[kept["row"].to_numpy()],
            "along_km": kept["along_km"],
            "mark": kept["mark"],
            "row": kept["row"],
        }
    )


def border_lines(lines: pd.DataFrame) -> Any:
    """The name of each border line: its pair, and after a colon its part where it has several.

    Args:
        lines: As :func:`bordermap.read_borders` gives them, one row a line.

    Returns:
        Texts, shape (rows,).

    Example:
        >>> from bordermap.geometry.borders import read_borders
        >>> border_lines(read_borders("IND-PAK")).tolist()
        ['IND-PAK:boundary', 'IND-PAK:line-of-control', 'IND-PAK:siachen']
    """
    pairs = lines["border_pair"].astype("str")
    parts = lines["part"].fillna("").astype("str") if "part" in lines.columns else [""] * len(lines)
    names = [f"{pair}:{part}" if part else pair for pair, part in zip(pairs, parts, strict=True)]
    return np.array(names, dtype=object)


@lru_cache(maxsize=8)
def starts_of(index: BorderIndex) -> Any:
    """Where kilometre 0 of each border is, in words, by row of the frame.

    Example:
        >>> from bordermap.geometry.borders import prepared
        >>> starts_of(prepared("AFG-UZB")).tolist()
        ['tripoint Afghanistan–Turkmenistan–Uzbekistan']
    """
    ends = _ends(index)
    firsts = ends[ends["along_km"] == 0].set_index("row")["mark"]
    return firsts.reindex(range(len(index.lines))).fillna("").to_numpy(dtype=object)


def nearest_marks(index: BorderIndex, row: Indices, along_km: Floats) -> tuple[Indices, Floats]:
    """The mark nearest along the line to places on borders.

    Args:
        index: The borders, made ready.
        row: The border of each place, shape (n,).
        along_km: Its kilometre, shape (n,).

    Returns:
        ``(mark, beyond_km)``: the row of :func:`marks_along`, and how much farther along the place is than
        the mark.
    """
    marks = marks_along(index)
    # Each border has at least the marks of its two ends, so the nearest is one of its own.
    line, at = marks["row"].to_numpy(), marks["along_km"].to_numpy()
    longest = float(index.before_km.max() + index.length_km.max()) + 1.0
    scale = line * 2 * longest + at
    place = row * 2 * longest + along_km
    after = np.clip(np.searchsorted(scale, place), 1, len(scale) - 1)
    chosen = np.where(place - scale[after - 1] <= scale[after] - place, after - 1, after)
    return chosen, place - scale[chosen]


def _near_places(index: BorderIndex) -> pd.DataFrame:
    columns = ["name", "kind", "lon", "lat", "population"]
    known = pd.read_csv(data_path(PLACES), sep="\t", usecols=columns, quoting=3, keep_default_na=False)
    lon, lat = (pd.to_numeric(known[name], errors="coerce") for name in ("lon", "lat"))
    known = known.assign(lon=lon, lat=lat, population=pd.to_numeric(known["population"]).fillna(0))
    west, south, east, north = _bounds(index)
    crossing = known["kind"] == "crossing"
    town = (known["kind"] == "settlement") & (known["population"] >= _TOWN)
    known = known[
        (crossing | town) & lon.between(west - 1, east + 1) & lat.between(south - 1, north + 1)
    ].reset_index(drop=True)
    near = nearest_border(known["lon"].to_numpy(), known["lat"].to_numpy(), index)
    crossing = known["kind"] == "crossing"
    kept = near.distance_km <= np.where(crossing, _CROSSING_KM, _TOWN_KM)
    found = pd.DataFrame(
        {
            "row": near.row, "along_km": near.along_km, "mark": known["name"],
            "rank": np.where(crossing, 1, 2), "population": known["population"],
        }
    )  # fmt: skip
    return found[kept].sort_values(["row", "mark"], kind="stable")


def _bounds(index: BorderIndex) -> tuple[float, float, float, float]:
    lon, lat = index.pieces[:, ::2], index.pieces[:, 1::2]
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


@lru_cache(maxsize=8)
def _ends(index: BorderIndex) -> pd.DataFrame:
    """Both ends of each line: where other borders end too, the countries that meet there name it."""
    first = np.flatnonzero(np.r_[True, np.diff(index.row) != 0])
    last = np.r_[first[1:], len(index.row)] - 1
    rows = np.r_[index.row[first], index.row[last]]
    places = np.r_[index.pieces[first, :2], index.pieces[last, 2:]]
    along = np.r_[np.zeros(len(first)), index.before_km[last] + index.length_km[last]]
    names = [_end_name(index, rows, places, at) for at in range(len(rows))]
    return pd.DataFrame({"row": rows, "along_km": along, "mark": names, "rank": 0, "population": 0})


def _end_name(index: BorderIndex, rows: Indices, places: Floats, at: int) -> str:
    lon, lat = places[at]
    here = (np.abs(places - places[at]) < _SAME).all(axis=1)
    pairs = {str(index.lines["border_pair"].iloc[row]) for row in rows[here]}
    if len(index.lines) < _MANY and "country_a" in index.lines:
        pairs |= set(_shipped_at(lon, lat))
    countries = sorted({name for pair in pairs for name in pair.split("-")})
    names = [country_names().get(code, code) for code in countries]
    if len(names) > 2:
        return "tripoint " + "–".join(names)
    east, north = f"{abs(lon):.3f}°{'E' if lon >= 0 else 'W'}", f"{abs(lat):.3f}°{'N' if lat >= 0 else 'S'}"
    return f"end at {north} {east}"


def _shipped_at(lon: float, lat: float) -> list[str]:
    """The shipped borders that go through a place."""
    box = (lon - _SAME, lat - _SAME, lon + _SAME, lat + _SAME)
    rows = pyogrio.read_dataframe(data_path("borders.fgb"), columns=["border_pair"], bbox=box)
    # The file is searched by the borders' bounds only.
    through = rows.geometry.intersects(shapely.box(*box))
    return [str(pair) for pair in rows["border_pair"][through]]


def _spaced(found: pd.DataFrame) -> Any:
    """Which marks stay, in their order of rank: ends always, others unless too near to one before."""
    kept: dict[int, list[float]] = {}
    stays = []
    for line, km, rank in zip(found["row"], found["along_km"], found["rank"], strict=True):
        others = kept.setdefault(line, [])
        stays.append(rank == 0 or all(abs(km - other) >= _APART_KM for other in others))
        if stays[-1]:
            others.append(km)
    return np.array(stays, dtype=bool)
