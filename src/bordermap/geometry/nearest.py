"""The nearest border of points, exact on the ellipsoid, arrays in and arrays out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
from numpy.typing import ArrayLike

from bordermap.geometry.chords import at_most_km, foot_shares, in_space, within_chord
from bordermap.geometry.edges import WGS84, Floats, Indices
from bordermap.geometry.feet import feet, place_on
from bordermap.geometry.geodesy import checked
from bordermap.geometry.index import BorderIndex, candidate_balls, geodesic_balls, prepare

#: Distances that differ by less than a micrometre are equal: the border that comes first by its pair is
#: named.
_TIE_KM: Final = 1e-9
#: Beyond this the bounds by chords leave many candidates, and geodesics to the balls themselves are quicker.
_FAR_CHORD_KM: Final = 3000.0
#: Beyond a quarter of the way round, the distance to a piece may be least at both its ends.
_ROUND_CHORD_KM: Final = 8000.0
_AT_ONCE: Final = 500_000


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest border of n points; every array has shape (n,).

    Attributes:
        row: Position of the border in the frame that was asked.
        border_pair: Its pair, for example ``AFG-UZB``; where two borders are equally near, the first by name.
        distance_km: Geodesic distance on WGS84.
        lon: Longitude of the nearest place on the border, degrees.
        lat: Latitude of it.
        along_km: How far that place lies along the border, from the border's first vertex.
        accuracy_km: How far the border line itself may be off there.
    """

    row: Indices
    border_pair: Any
    distance_km: Floats
    lon: Floats
    lat: Floats
    along_km: Floats
    accuracy_km: Floats


def nearest_border(lon: ArrayLike, lat: ArrayLike, borders: gpd.GeoDataFrame | BorderIndex) -> Nearest:
    """The nearest border of each point.

    An edge of a border is straight in lon/lat (RFC 7946); distances are Karney's on WGS84, found to well
    below a centimetre everywhere on Earth, with respect to the line that is given. How far that line itself
    may be off is ``accuracy_km``.

    Args:
        lon: Longitudes in degrees, shape (n,).
        lat: Latitudes in degrees, shape (n,).
        borders: Lines in EPSG:4326, as :func:`bordermap.read_borders` gives them, or what
            :func:`bordermap.geometry.index.prepare` made of them.

    Returns:
        See :class:`Nearest`.

    Raises:
        InputError: A coordinate is none.
        BorderError: There is no line, or it is not in EPSG:4326.

    Example:
        >>> from bordermap.geometry.borders import read_borders
        >>> near = nearest_border([67.27833, 69.42126], [37.22417, 37.06588], read_borders("AFG"))
        >>> near.border_pair.tolist(), near.distance_km.round(1).tolist()
        (['AFG-UZB', 'AFG-TJK'], [4.0, 10.4])
    """
    east, north = checked(lon, lat)
    index = borders if isinstance(borders, BorderIndex) else prepare(borders)
    size = max(1, _AT_ONCE // len(index.ball_radius))
    found = [_search(index, east[a : a + size], north[a : a + size]) for a in range(0, len(east), size)]
    piece = np.concatenate([np.zeros(0, dtype=np.int64), *(part[0] for part in found)])
    distance, share = (np.concatenate([np.zeros(0), *(part[i] for part in found)]) for i in (1, 2))
    return _answer(index, piece, distance, share)


def _answer(index: BorderIndex, piece: Indices, distance: Floats, share: Floats) -> Nearest:
    pieces, row = index.pieces[piece], index.row[piece]
    lon, lat = place_on(pieces, share)
    _, _, metres = WGS84.inv(np.array(pieces[:, 0]), np.array(pieces[:, 1]), lon, lat)
    along = index.before_km[piece] + np.asarray(metres) / 1000
    return Nearest(row, index.border_pair[row], distance, lon, lat, along, index.accuracy_km[row])


def _search(index: BorderIndex, lon: Floats, lat: Floats) -> tuple[Indices, Floats, Floats]:
    """The nearest piece of each point, the distance, and the share of the piece."""
    nearest, farthest = candidate_balls(index, lon, lat)
    reach = within_chord(at_most_km(farthest.min(axis=1)))
    far = reach > _FAR_CHORD_KM
    if far.any():
        nearest[far], farthest[far] = geodesic_balls(index, lon[far], lat[far])
        reach[far] = farthest[far].min(axis=1)
    point, ball = np.nonzero(nearest <= reach[:, None])
    counts = np.diff(index.ball_start)[ball]
    if counts.sum() > _AT_ONCE and len(lon) > 1:
        half = len(lon) // 2
        parts = _search(index, lon[:half], lat[:half]), _search(index, lon[half:], lat[half:])
        return tuple(np.concatenate(pair) for pair in zip(*parts, strict=True))  # type: ignore[return-value]
    rank = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return _choose(
        index, lon, lat, np.repeat(point, counts), np.repeat(index.ball_start[ball], counts) + rank
    )


def _choose(
    index: BorderIndex, lon: Floats, lat: Floats, point: Indices, piece: Indices
) -> tuple[Indices, Floats, Floats]:
    """Of candidate pieces, sorted by point: those that may be nearest in space, then the nearest of them."""
    share, chord = foot_shares(in_space(lon, lat)[point], index.chords, piece)
    reach = within_chord(at_most_km(_least(chord + index.chords.sag[piece], point)))
    kept = chord - index.chords.sag[piece] <= reach[point]
    point, piece, share, chord = point[kept], piece[kept], share[kept], chord[kept]
    far = chord > _ROUND_CHORD_KM
    point, piece = np.r_[point, point[far], point[far]], np.r_[piece, piece[far], piece[far]]
    share = np.r_[share, np.zeros(far.sum()), np.ones(far.sum())]
    distance, share = feet(lon[point], lat[point], index.pieces[piece], share)
    order = np.lexsort([distance, piece, point])
    point, piece, distance, share = point[order], piece[order], distance[order], share[order]
    best = np.flatnonzero(distance <= _least(distance, point)[point] + _TIE_KM)
    first = best[np.unique(point[best], return_index=True)[1]]
    return piece[first], distance[first], share[first]


def _least(values: Floats, point: Indices) -> Floats:
    """The least value of each point; the points are sorted and each has one."""
    return np.asarray(np.minimum.reduceat(values, np.flatnonzero(np.r_[True, np.diff(point) > 0])))
