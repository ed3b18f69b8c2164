"""Measures places against borders: points along the curve in portions, shapes one by one, then sets."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from bordermap.analysis.located import BASES, Located
from bordermap.analysis.point_measures import (
    Columns,
    country_codes,
    lines_of,
    measure_points,
)
from bordermap.analysis.shape_measures import ShapeMeasure, measure_shape
from bordermap.analysis.vocabulary import NONE, sets_of
from bordermap.analysis.workers import spread
from bordermap.geometry.areas import area_codes
from bordermap.geometry.edges import Indices
from bordermap.geometry.geodesy import checked
from bordermap.geometry.index import BorderIndex
from bordermap.geometry.morton import along_curve
from bordermap.geometry.regions import window_of
from bordermap.geometry.runs import runs

#: Points that are measured at once: it bounds the memory.
_PORTION: Final = 125_000
_SHAPE: Final = BASES.index("shape")
_NUMBERS: Final = (
    "distance", "signed", "low", "high", "along", "along_low", "along_high", "lon", "lat", "beyond",
)  # fmt: skip
_CODES: Final = ("row", "side", "mark")
_SETS: Final = ("country", "area", "pair", "unit")


def measure(places: Located, index: BorderIndex, workers: int = 1) -> dict[str, Any]:
    """What enriching adds to places, as arrays.

    Args:
        places: n of them.
        index: The borders.
        workers: Processes that share the work.

    Returns:
        Numbers and codes by name, shape (n,) each; ``sets``: for each kind of set its codes and its words;
        ``basis`` as it was given.
    """
    count = len(places)
    found: dict[str, Any] = {name: np.full(count, np.nan) for name in _NUMBERS}
    found |= {name: np.full(count, NONE, dtype=np.int32) for name in (*_CODES, *_SETS)}
    more: dict[str, list[tuple[Indices, Indices]]] = {name: [] for name in _SETS}
    pointed = np.flatnonzero((places.basis > 0) & (places.shape < 0))
    for order, each, (columns, further) in _point_parts(places, pointed, index, workers):
        for name in (*_NUMBERS, *_CODES, *_SETS):
            found[name][order] = columns[name][each]
        for name, (owner, member) in further.items():
            more[name].append(_expanded(order, each, owner, member))
    _measure_shapes(places, index, found, more)
    words = {
        "country": list(country_codes()), "area": list(area_codes()),
        "pair": list(lines_of(index).pairs), "unit": index.stretch.tolist(),
    }  # fmt: skip
    none = np.zeros(0, dtype=np.int64)
    found["sets"] = {
        name: sets_of(
            found.pop(name),
            np.concatenate([none, *(owner for owner, _ in more[name])]),
            np.concatenate([none, *(member for _, member in more[name])]),
            words[name],
        )
        for name in _SETS
    }
    found["basis"] = places.basis
    return found


def _point_parts(places: Located, pointed: Indices, index: BorderIndex, workers: int) -> Any:
    """Portions of points, places that are the same measured once.

    Yields:
        Numbers of the incidents; the measured place of each; what was measured.
    """
    order, keys, east, north = along_curve(*checked(places.lon[pointed], places.lat[pointed]))
    number = pointed[order]
    extent = (places.radius_km[number], places.basis[number], places.within[number])
    window = window_of(east, north) if len(east) else None
    new = np.ones(len(number), dtype=bool)
    for values in (east, north, *extent):
        same = values[1:] == values[:-1]
        new[1:] = ~same if values is east else new[1:] | ~same
    first = np.flatnonzero(new)
    of = np.cumsum(new) - 1
    jobs = []
    for low in range(0, len(first), _PORTION):
        part = first[low : low + _PORTION]
        jobs.append((keys[part], (east[part], north[part]), tuple(each[part] for each in extent), window))
    for at, measured in enumerate(spread(measure_points, index, jobs, workers)):
        low, high = np.searchsorted(of, [at * _PORTION, (at + 1) * _PORTION])
        yield number[low:high], of[low:high] - at * _PORTION, measured


def _expanded(order: Indices, each: Indices, owner: Indices, member: Indices) -> tuple[Indices, Indices]:
    """What measured places have more, for every incident at them."""
    if len(each) == each[-1] + 1:
        return order[owner], member
    by_owner = np.argsort(owner, kind="stable")
    owner, member = owner[by_owner], member[by_owner]
    low, high = np.searchsorted(owner, each), np.searchsorted(owner, each, side="right")
    counts = high - low
    return np.repeat(order, counts), member[runs(low, counts)]


def _measure_shapes(
    places: Located, index: BorderIndex, found: Columns, more: dict[str, list[tuple[Indices, Indices]]]
) -> None:
    """Fill in what is known of shapes."""
    if not places.shapes:
        return
    countries = {code: at for at, code in enumerate(country_codes())}
    areas = {code: at for at, code in enumerate(area_codes())}
    pairs = lines_of(index).pair
    for number, shape in enumerate(places.shapes):
        rows = np.flatnonzero(places.shape == number)
        if not rows.size:
            continue
        one: ShapeMeasure = measure_shape(shape, index)
        found["low"][rows], found["high"][rows] = one.low_km, one.high_km
        found["along_low"][rows], found["along_high"][rows] = one.along_low_km, one.along_high_km
        if len(one.rows) == 1:
            found["row"][rows] = one.rows[0]
        if len(one.countries) == 1:
            found["side"][rows] = countries[one.countries[0]]
        members = {
            "country": [countries[code] for code in one.countries],
            "area": [areas[code] for code in one.areas],
            "pair": np.unique(pairs[one.rows]).tolist(),
            "unit": one.units.tolist(),
        }
        for name, codes in members.items():
            more[name].append(
                (np.repeat(rows, len(codes)), np.tile(np.array(codes, dtype=np.int64), len(rows)))
            )
