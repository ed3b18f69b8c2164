"""Where the rows of a flat table are drawn: what ``drawn`` says of single locations, of whole columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bordermap.analysis.drawn import NamedShape, areal_shape, point_shape
from bordermap.codebook import DRAWN, POINT_LIKE
from bordermap.geometry.areas import area_name
from bordermap.geometry.edges import Floats
from bordermap.geometry.shapes import usual_radius_km
from bordermap.incidents.arrow import Ints, factorize, first_of, parse_floats, text_column
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.frames import Row, records
from bordermap.incidents.positions import positions

#: Of so many points the discs are drawn one by one; more than these the browser makes of their radius.
MOST_DISCS: Final = 500
_PROVINCE: Final = "admin1:"


@dataclass(frozen=True, eq=False)
class DrawnRows:
    """Where n rows are drawn.

    Attributes:
        lon: Degrees east of points, else not a number, shape (n,).
        lat: Degrees north.
        radius_km: How far round its point a place may be; not a number for all else.
        shape: A position in ``shapes``: the disc of a point, where there are few, or the area; -1 for none.
        shapes: The different ones.
        precision: A position in ``precisions``: as drawn, else ``country`` or ``unknown``.
        precisions: Codes of the codebook (§4).
        place: A row of the casebook's ``places``, -1 for none.
    """

    lon: Floats
    lat: Floats
    radius_km: Floats
    shape: Ints
    shapes: Sequence[NamedShape]
    precision: Ints
    precisions: Sequence[str]
    place: Ints

    @property
    def is_drawn(self) -> NDArray[np.bool_]:
        """Which rows stand on the map."""
        return np.isfinite(self.lon) | (self.shape >= 0)


@lru_cache(maxsize=4)
def draw_rows(casebook: Casebook) -> DrawnRows:
    """Where each incident of a casebook with one location each is drawn.

    Args:
        casebook: One in which row after row is one incident with one location, and places have no
            coordinates of their own: see :func:`bordermap.incidents.conversion.standing.is_flat`.

    Returns:
        One row an incident, in their order; the same as of :func:`bordermap.analysis.drawn.draw_locations`.

    Raises:
        PlaceError: A place names a shape that is not shipped.
    """
    rows = casebook.locations
    number, words = factorize(text_column(rows["geo_precision"]))
    usable = ~rows["location_basis"].isin(["candidate", "none"]).to_numpy(dtype=bool)
    lon, lat, radius = (parse_floats(text_column(rows[n])) for n in ("longitude", "latitude", "radius_km"))
    place = positions(rows["place_id"], casebook.places["place_id"])
    pointed = usable & _is(words, POINT_LIKE)[number] & np.isfinite(lon) & np.isfinite(lat)
    areal = usable & (_is(words, DRAWN) & ~_is(words, POINT_LIKE))[number] & (place >= 0)
    usual = np.array([usual_radius_km(word) if word in POINT_LIKE else np.nan for word in words])
    found = DrawnRows(
        np.where(pointed, lon, np.nan),
        np.where(pointed, lat, np.nan),
        np.where(pointed, np.where(np.isfinite(radius), radius, usual[number]), np.nan),
        np.full(len(rows), -1, dtype=np.int64),
        [],
        number,
        words,
        place,
    )
    found = _with_discs(_with_areas(found, casebook, areal), casebook)
    return _with_countries(found, casebook)


def _is(words: Sequence[str], wanted: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([word in wanted for word in words], dtype=bool)


def _with_areas(found: DrawnRows, casebook: Casebook, areal: NDArray[np.bool_]) -> DrawnRows:
    """The shape of each row that is known to an area, one for each place and precision."""
    at = np.flatnonzero(areal)
    if not at.size:
        return found
    codes, first = _different(found.place[at], found.precision[at])
    chosen = _records(casebook.places, found.place[at][first])
    words = [found.precisions[number] for number in found.precision[at][first]]
    drawn = [areal_shape(place, precision) for place, precision in zip(chosen, words, strict=True)]
    return _with_shapes(found, at, codes, drawn)


def _with_discs(found: DrawnRows, casebook: Casebook) -> DrawnRows:
    """The discs of points, where there are few."""
    at = np.flatnonzero(np.isfinite(found.lon))
    # Where there are many, the first rows show it already.
    if len(np.unique(found.lon[at[: 40 * MOST_DISCS]])) > MOST_DISCS:
        return found
    texts = [text_column(casebook.locations[name]) for name in ("longitude", "latitude", "radius_km")]
    numbers = [factorize(each)[0][at] for each in texts]
    codes, first = _different(found.place[at], found.precision[at], *numbers)
    if len(first) > MOST_DISCS:
        return found
    names = ["place_id", "geo_precision", "longitude", "latitude", "radius_km"]
    rows = records(casebook.locations[names].iloc[at[first]])
    places = {row["place_id"]: row for row in _records(casebook.places, found.place[at][first])}
    return _with_shapes(found, at, codes, [point_shape(row, places) for row in rows])


def _with_shapes(found: DrawnRows, at: Ints, codes: Ints, drawn: Sequence[NamedShape | None]) -> DrawnRows:
    """More shapes for some rows; the same shape once, with what must be said of it."""
    shapes = {each.shape_id: each for each in found.shapes}
    for one in drawn:
        if one is not None and (one.shape_id not in shapes or one.shape.note):
            shapes[one.shape_id] = _of_province(one)
    position = {key: number for number, key in enumerate(shapes)}
    shape = found.shape.copy()
    shape[at] = np.array([position[one.shape_id] if one else -1 for one in drawn], dtype=np.int64)[codes]
    return replace(found, shape=shape, shapes=list(shapes.values()))


def _of_province(named: NamedShape) -> NamedShape:
    """A province stands for all that is known to it, whatever their words are."""
    key = named.shape_id
    return (
        replace(named, label=area_name(key.removeprefix(_PROVINCE))) if key.startswith(_PROVINCE) else named
    )


def _with_countries(found: DrawnRows, casebook: Casebook) -> DrawnRows:
    """What cannot be drawn is known to a country, or not even that."""
    named = (casebook.places["country"] != "").to_numpy(dtype=bool)
    to_country = np.append(named, False)[found.place]
    words = [*found.precisions, "country", "unknown"]
    listed = np.where(to_country, len(words) - 2, len(words) - 1)
    return replace(found, precision=np.where(found.is_drawn, found.precision, listed), precisions=words)


def _different(*columns: Ints) -> tuple[Ints, Ints]:
    """The different combinations of numbers: which each row has, and the first row of each."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        if len(column):
            codes = np.asarray(pd.factorize(codes * (int(column.max()) + 2) + column + 1)[0], dtype=np.int64)
    return codes, first_of(codes)


def _records(frame: pd.DataFrame, at: Any) -> list[Row]:
    """Some rows of a frame; an empty one for -1."""
    empty = {str(name): "" for name in frame.columns}
    kept = np.unique(at[at >= 0])
    found = dict(zip(kept.tolist(), records(frame.iloc[kept]), strict=True))
    return [found.get(int(each), empty) for each in at]
