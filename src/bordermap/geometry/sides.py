"""Which country a point lies in, and on which side of the nearest border, as far as the line can tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely.geometry.base import BaseGeometry

from bordermap.geometry.borders import read_borders, shared_country
from bordermap.geometry.countries import country_of
from bordermap.geometry.edges import Floats, Indices
from bordermap.geometry.geodesy import checked
from bordermap.geometry.index import BorderIndex
from bordermap.geometry.nearest import Nearest, nearest_border

UNDETERMINED: Final = "undetermined"


@dataclass(frozen=True, eq=False)
class Sides:
    """The sides on which n points lie; every array has shape (n,).

    Attributes:
        side: The country (ISO 3166-1 alpha-3) that the point lies in as far as the line can tell, or
            ``undetermined``.
        country: The country whose polygon the point lies in, however near the line is; empty at sea.
        border_pair: The nearest border.
        distance_km: Geodesic distance to it.
        accuracy_km: How far that line may be off.
        reason: One sentence that says why.
    """

    side: Any
    country: Any
    border_pair: Any
    distance_km: Floats
    accuracy_km: Floats
    reason: Any


def side_of(lon: ArrayLike, lat: ArrayLike, borders: gpd.GeoDataFrame | None = None) -> Sides:
    """On which side of the nearest border each point lies.

    Where the borders close into one ring round a country, as Afghanistan's six do, what is inside is that
    country's; what is outside belongs to the country whose polygon it lies in, or without one to the side of
    the nearest border's other country. Where they do not, the polygons decide between the two countries of
    the nearest border. Nearer to the line than the line's accuracy, the side is ``undetermined``.

    Args:
        lon: Longitudes in degrees, shape (n,).
        lat: Latitudes in degrees, shape (n,).
        borders: As :func:`bordermap.read_borders` gives them; Afghanistan's if left out.

    Returns:
        See :class:`Sides`.

    Raises:
        InputError: A coordinate is none.
        BorderError: There is no line, or it is not in EPSG:4326.

    Example:
        >>> sides = side_of([67.27833, 69.17233, 67.428], [37.22417, 34.52813, 37.229])
        >>> sides.side.tolist()  # Termez, Kabul, the Friendship Bridge
        ['UZB', 'AFG', 'undetermined']
    """
    east, north = checked(lon, lat)
    lines = read_borders("AFG") if borders is None else borders
    near = nearest_border(east, north, lines)
    country = country_of(east, north)
    side = _sides(lines, near, country, east, north)
    unsure = near.distance_km <= near.accuracy_km
    reason = [
        _reason(*each)
        for each in zip(side, near.border_pair, near.distance_km, near.accuracy_km, strict=True)
    ]
    side = np.where(unsure, UNDETERMINED, side)
    return Sides(
        side, country, near.border_pair, near.distance_km, near.accuracy_km, np.array(reason, dtype=object)
    )


def _sides(lines: gpd.GeoDataFrame, near: Nearest, country: Any, lon: Floats, lat: Floats) -> Any:
    first, second = (
        np.array([pair.split("-")[i] for pair in near.border_pair], dtype=object) for i in (0, 1)
    )
    ring, owner = enclosed(lines)
    if ring is None:
        return np.where((country == first) | (country == second), country, UNDETERMINED)
    shapely.prepare(ring)
    inside = shapely.intersects_xy(ring, (lon + 180) % 360 - 180, lat)
    across = np.where(first == owner, second, first)
    # Where three countries meet, the polygon tells better than the nearest line; at sea only the line can.
    elsewhere = np.where((country == "") | (country == owner), across, country)
    return np.where(inside, owner, elsewhere)


def enclosed(borders: gpd.GeoDataFrame) -> tuple[BaseGeometry | None, str]:
    """The land that borders of one country enclose, and the country.

    Args:
        borders: As :func:`bordermap.read_borders` gives them.

    Returns:
        A Polygon and an ISO 3166-1 alpha-3 code; None and an empty string where the borders are not one
        closed ring round one country.

    Example:
        >>> ring, owner = enclosed(read_borders("AFG"))
        >>> ring.geom_type, owner
        ('Polygon', 'AFG')
    """
    owner = shared_country(borders["border_pair"])
    if not owner:
        return None, ""
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(borders.geometry.array)))
    if len(faces) != 1 or faces[0].interiors:
        return None, ""
    return faces[0], owner


def _reason(side: str, pair: str, distance_km: float, accuracy_km: float) -> str:
    if distance_km <= accuracy_km:
        return f"{distance_km:.1f} km from the line {pair}, which may be {accuracy_km:.1f} km off"
    if side == UNDETERMINED:
        return f"in neither country of the nearest line {pair}"
    return f"{distance_km:.1f} km from the line {pair}, more than the {accuracy_km:.1f} km it may be off"


def left_of(index: BorderIndex, piece: Indices, share: Floats, lon: Floats, lat: Floats) -> Any:
    """Whether points lie to the left of a line, seen along it from its first vertex.

    Args:
        index: The line, made ready.
        piece: The piece that is nearest to each point, shape (n,).
        share: Where on it the nearest place is, 0 to 1, shape (n,).
        lon: Degrees, shape (n,).
        lat: Degrees, shape (n,).

    Returns:
        Booleans, shape (n,). Where a corner is nearest both of its pieces decide, each by its direction.

    Example:
        >>> import geopandas as gpd, shapely
        >>> from bordermap.geometry.index import prepare
        >>> line = gpd.GeoDataFrame({"border_pair": ["a"], "accuracy_m": [0.0]},
        ...                         geometry=[shapely.LineString([(0, 0), (1, 0)])], crs=4326)
        >>> left_of(prepare(line), np.array([0]), np.array([0.5]), np.array([0.5]), np.array([1.0])).tolist()
        [True]
    """
    across = _across(index, piece, share, lon, lat)
    before = np.flatnonzero((share == 0) & (piece > 0) & index.joined[piece - 1])
    after = np.flatnonzero((share == 1) & index.joined[piece])
    across[before] += _across(index, piece[before] - 1, np.ones(len(before)), lon[before], lat[before])
    across[after] += _across(index, piece[after] + 1, np.zeros(len(after)), lon[after], lat[after])
    return across > 0


def _across(index: BorderIndex, piece: Indices, share: Floats, lon: Floats, lat: Floats) -> Floats:
    """How far to the left of pieces points lie, in units of the pieces' own length."""
    pieces = index.pieces[piece]
    foot = pieces[:, :2] * (1 - share)[:, None] + pieces[:, 2:] * share[:, None]
    narrow = np.cos(np.radians(foot[:, 1]))
    step = (pieces[:, 2:] - pieces[:, :2]) * np.c_[narrow, np.ones_like(narrow)]
    east = ((lon - foot[:, 0] + 180) % 360 - 180) * narrow
    return np.asarray(
        (step[:, 0] * (lat - foot[:, 1]) - step[:, 1] * east) / np.hypot(step[:, 0], step[:, 1])
    )
