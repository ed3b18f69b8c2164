"""What enriching adds to places with a point: arrays of numbers and codes, for points along the curve."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.located import BASES
from bordermap.analysis.vocabulary import NONE, Codes
from bordermap.geometry.areas import area_codes, area_countries
from bordermap.geometry.countries import country_names
from bordermap.geometry.edges import Floats, Indices
from bordermap.geometry.feet import place_on
from bordermap.geometry.index import BorderIndex
from bordermap.geometry.marks import nearest_marks
from bordermap.geometry.nearest import Feet, feet_of
from bordermap.geometry.reach import reached
from bordermap.geometry.regions import Window, regions_of
from bordermap.geometry.sides import UNDETERMINED, left_of
from bordermap.geometry.touching import touched_by_discs

#: Words of ``border_side`` beside the countries.
SIDES: Final = (UNDETERMINED, "left", "right")
_DISC: Final = BASES.index("disc")
#: For a radius this is enough to be one.
_LEAST_KM: Final = 1e-6

Columns = dict[str, Any]
#: Sets that have more than the point's own: number of the point, and of the member.
More = dict[str, tuple[Indices, Indices]]


@dataclass(frozen=True, eq=False)
class Lines:
    """What is known of each border of an index, as numbers; shape (rows,).

    Attributes:
        countries: Positions of both countries in :func:`country_codes`; -1 for a line of one's own, shape
            (2, rows).
        home: The country inside which distances have a minus, or -1.
        pair: Position in ``pairs``.
        pairs: The different pairs, sorted.
    """

    countries: Indices
    home: Indices
    pair: Indices
    pairs: Any


@lru_cache(maxsize=8)
def lines_of(index: BorderIndex) -> Lines:
    """See :class:`Lines`.

    Args:
        index: The borders, made ready.
    """
    known = _lookup(country_codes())
    lines = index.lines
    pair, pairs = pd.factorize(index.border_pair, sort=True)
    if "country_a" not in lines:
        none = np.full(len(lines), NONE)
        return Lines(np.stack([none, none]), none, pair, pairs)
    both = np.stack([known.get_indexer(lines[name]) for name in ("country_a", "country_b")])
    home = both[0]
    if "neighbour" in lines:
        # Seen from the country that was asked for: it is the one that is not the neighbour.
        home = np.where(lines["neighbour"].to_numpy() == lines["country_a"].to_numpy(), both[1], both[0])
    return Lines(both, home, pair, pairs)


@lru_cache(maxsize=1)
def country_codes() -> tuple[str, ...]:
    """ISO 3166-1 alpha-3 of all countries, sorted."""
    return tuple(country_names())


def measure_points(
    index: BorderIndex,
    keys: Indices,
    at: tuple[Floats, Floats],
    extent: tuple[Floats, Any, Codes],
    window: Window | None = None,
) -> tuple[Columns, More]:
    """What enriching adds to points.

    Args:
        index: The borders.
        keys: Of the points along the curve, rising, shape (n,).
        at: Longitudes, -180 to below 180, and latitudes in degrees, in that order, shape (n,) each.
        extent: How far round each the place may reach, kilometres; number of one of
            :data:`bordermap.analysis.located.BASES`; the area that it is cut to, or -1.
        window: Holds the points of all portions.

    Returns:
        Columns by name, shape (n,) each; texts are codes. And what sets have beyond the point's own member.
    """
    radius_km, basis, within = extent
    feet = feet_of(index, keys, *at)
    row = index.row[feet.piece]
    regions = regions_of(keys, *at, window=window)
    country = _positions(regions.countries, country_codes())[regions.country]
    area = _positions(regions.areas, area_codes())[regions.area]
    columns = _of_feet(index, feet, row, at, country)
    lines = lines_of(index)
    columns |= {
        "country": country,
        "area": area,
        "pair": lines.pair[row].astype(np.int32),
        "unit": index.unit[feet.piece].astype(np.int32),
        "row": row.astype(np.int32),
        "low": np.maximum(feet.distance_km - radius_km - index.accuracy_km[row], 0.0),
        "high": feet.distance_km + radius_km + index.accuracy_km[row],
    }
    columns["along_low"], columns["along_high"] = columns["along"].copy(), columns["along"].copy()
    wide = np.flatnonzero(radius_km > _LEAST_KM)
    more = _reached_more(index, columns, wide, at, radius_km) if wide.size else {}
    if wide.size:
        _cut(columns, more, within)
    # Where the extent reaches the line nobody can say on which side it was.
    columns["side"][columns["low"] == 0] = len(country_codes()) + SIDES.index(UNDETERMINED)
    # A disc is not its middle: it gets no one number.
    vague = np.flatnonzero(basis == _DISC)
    for name in ("distance", "signed", "along", "lon", "lat", "beyond"):
        columns[name][vague] = np.nan
    columns["mark"][vague] = NONE
    return columns, more


def _positions(codes: Any, known: tuple[str, ...]) -> Codes:
    """Positions of codes in a longer list; one more at the end, for -1."""
    return np.append(_lookup(known).get_indexer(codes), NONE).astype(np.int32)


@lru_cache(maxsize=4)
def _lookup(known: tuple[str, ...]) -> pd.Index[str]:
    return pd.Index(known)


def _of_feet(
    index: BorderIndex, feet: Feet, row: Indices, at: tuple[Floats, Floats], country: Codes
) -> Columns:
    pieces = index.pieces[feet.piece]
    foot_lon, foot_lat = place_on(pieces, feet.share)
    along = index.before_km[feet.piece] + feet.share * index.length_km[feet.piece]
    mark, beyond = nearest_marks(index, row, along)
    lines = lines_of(index)
    home, own = lines.home[row], lines.countries[0][row] == NONE
    inside = country == home
    side = country.copy()
    words = len(country_codes())
    if own.any():
        which = np.flatnonzero(own)
        inside[which] = left_of(index, feet.piece[which], feet.share[which], at[0][which], at[1][which])
        side[which] = words + np.where(inside[which], SIDES.index("left"), SIDES.index("right"))
    side[side == NONE] = words + SIDES.index(UNDETERMINED)
    return {
        "distance": feet.distance_km,
        "signed": np.where(inside, -feet.distance_km, feet.distance_km),
        "side": side,
        "along": along,
        "lon": foot_lon,
        "lat": foot_lat,
        "mark": mark.astype(np.int32),
        "beyond": beyond,
    }


def _reached_more(
    index: BorderIndex, columns: Columns, wide: Indices, at: tuple[Floats, Floats], radius_km: Floats
) -> More:
    """What places with an extent may be nearest to, and reach into, beyond what their point is."""
    lon, lat, radius = at[0][wide], at[1][wide], radius_km[wide]
    # A place of the disc is at most a radius nearer to another stretch, and as much farther from the first.
    own = columns["unit"][wide]
    near = reached(index, lon, lat, columns["distance"][wide] + 2 * radius, own)
    pair = lines_of(index).pair[near.row]
    countries, areas = touched_by_discs(lon, lat, radius)
    one = np.flatnonzero(np.r_[True, near.point[1:] != near.point[:-1]])
    same = np.minimum.reduceat(near.row, one) == np.maximum.reduceat(near.row, one)
    point = wide[near.point[one]]
    columns["along_low"][point] = np.where(same, np.minimum.reduceat(near.low_km, one), np.nan)
    columns["along_high"][point] = np.where(same, np.maximum.reduceat(near.high_km, one), np.nan)
    return {
        "pair": (wide[near.point], pair),
        "unit": (wide[near.point], near.unit),
        "country": (wide[countries.shape], _positions(countries.code, country_codes())[:-1].astype(np.int64)),
        "area": (wide[areas.shape], _positions(areas.code, area_codes())[:-1].astype(np.int64)),
    }


def _cut(columns: Columns, more: More, within: Codes) -> None:
    """Discs that are drawn within an area only, because their place lies in it, reach into no other."""
    owner, member = more["area"]
    holds = columns["area"] == within
    holds[owner[member == within[owner]]] = True
    cut = holds & (within != NONE)
    if not cut.any():
        return
    which = np.flatnonzero(cut)
    columns["area"][which] = within[which]
    home = _positions(np.array(area_countries(), dtype=object), country_codes())
    columns["country"][which] = home[within[which]]
    for name in ("area", "country"):
        owner, member = more[name]
        kept = ~cut[owner]
        more[name] = owner[kept], member[kept]
