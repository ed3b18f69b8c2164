"""The nearest border of points, exact on the ellipsoid, arrays in and arrays out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
from numpy.typing import ArrayLike

from bordermap.geometry.chords import (
    MEAN_RADIUS_KM,
    Chords,
    arc_km,
    at_most_km,
    foot_shares,
    in_space,
    within_chord,
)
from bordermap.geometry.descent import Pairs, candidates, first_least
from bordermap.geometry.edges import WGS84, Floats, Indices
from bordermap.geometry.feet import Looks, feet, first_feet, place_on, towards
from bordermap.geometry.geodesy import checked
from bordermap.geometry.index import BorderIndex, prepare
from bordermap.geometry.morton import curve, wrapped

#: Distances that differ by less than a micrometre are equal: the border that comes first by its pair is
#: named.
_TIE_KM: Final = 1e-9
#: Beyond a quarter of the way round, the distance to a piece may be least at both its ends.
_ROUND_CHORD_KM: Final = 8000.0
#: Nearer than this, of two pieces that meet in a corner which is the foot of both only one is looked at.
_CORNER_KM: Final = 1500.0
#: Unless the way from the corner to the point leads into the other by more than this gain.
_GAIN_KM: Final = 1e-8
#: Beyond this the slope that ``_beaten`` reckons with is not trusted.
_SLOPE_KM: Final = 2500.0


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


@dataclass(frozen=True, eq=False)
class Feet:
    """Where the border comes nearest to n points; every array has shape (n,).

    Attributes:
        piece: Number of the piece of the index.
        share: Where on it: 0 its start, 1 its end.
        distance_km: Geodesic distance on WGS84.
    """

    piece: Indices
    share: Floats
    distance_km: Floats


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
    order, keys = curve(wrapped(east), north)
    found = feet_of(index, keys, east[order], north[order])
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    piece, share, distance = found.piece[back], found.share[back], found.distance_km[back]
    foot_lon, foot_lat = place_on(index.pieces[piece], share)
    row = index.row[piece]
    along = index.before_km[piece] + share * index.length_km[piece]
    return Nearest(row, index.border_pair[row], distance, foot_lon, foot_lat, along, index.accuracy_km[row])


def feet_of(index: BorderIndex, keys: Indices, lon: Floats, lat: Floats) -> Feet:
    """Where the border comes nearest to points that are in the order of the curve.

    Args:
        index: The border.
        keys: As :func:`bordermap.geometry.morton.curve` gives them, rising, shape (n,).
        lon: Degrees, shape (n,), in the same order.
        lat: Degrees, shape (n,).
    """
    places = np.ascontiguousarray(in_space(lon, lat).T)
    found = Feet(np.zeros(len(lon), dtype=np.int64), np.zeros(len(lon)), np.zeros(len(lon)))
    for owner, pairs in candidates(index.nodes, keys, lon, lat):
        point, piece, share, distance = _choose(index, (lon, lat), places, owner, pairs)
        found.piece[point], found.share[point], found.distance_km[point] = piece, share, distance
    return found


def _choose(
    index: BorderIndex, points: tuple[Floats, Floats], places: Floats, owner: Indices, pairs: Pairs
) -> tuple[Indices, Indices, Floats, Floats]:
    """Of the pieces of each point the nearest: point, piece, share of the piece, distance."""
    point, piece = np.repeat(owner, pairs.counts), pairs.node
    share, chord = foot_shares(places, index.chords, point, piece)
    sag = index.chords.sag[piece]
    reach = within_chord(at_most_km(np.minimum.reduceat(chord + sag, pairs.starts)))
    reach = np.repeat(reach, pairs.counts)
    kept = chord - sag <= reach
    # Of two pieces that meet in a corner the second will do: it is as near, and so it is kept too.
    kept &= ~((share == 1) & (chord <= reach) & index.joined[piece] & (chord < _CORNER_KM))
    left = np.flatnonzero(kept)
    point, piece, share, chord = point[left], piece[left], share[left], chord[left]
    several = np.flatnonzero(_among_several(point))
    if several.size:
        beaten = several[
            _beaten(index.chords, point[several], piece[several], share[several], chord[several])
        ]
        left = np.delete(np.arange(len(point)), beaten)
        point, piece, share, chord = point[left], piece[left], share[left], chord[left]
    far = np.flatnonzero(chord > _ROUND_CHORD_KM)
    if far.size:
        point, piece = np.r_[point, point[far], point[far]], np.r_[piece, piece[far], piece[far]]
        share = np.r_[share, np.zeros(far.size), np.ones(far.size)]
    lon, lat = points[0][point], points[1][point]
    looks = first_feet(lon, lat, index.pieces[piece], share)
    distance, share = looks.distance_km, looks.share
    again = np.flatnonzero(looks.rough)
    if again.size:
        distance[again], share[again] = feet(lon[again], lat[again], index.pieces[piece[again]], share[again])
    into = _led_back(index, piece, looks)
    if into.size:
        point, piece = np.r_[point, point[into]], np.r_[piece, piece[into] - 1]
        more = feet(lon[into], lat[into], index.pieces[piece[into] - 1], np.ones(into.size))
        distance, share = np.r_[distance, more[0]], np.r_[share, more[1]]
    return _first(point, piece, share, distance)


def _led_back(index: BorderIndex, piece: Indices, looks: Looks) -> Indices:
    """Where the foot is the corner before a piece, and the way to the point leads into the one before."""
    corner = np.flatnonzero((looks.share == 0) & (piece > 0) & (looks.distance_km < _CORNER_KM))
    corner = corner[index.joined[piece[corner] - 1]]
    before = index.pieces[piece[corner] - 1]
    back = np.minimum(towards(before, before[:, 3], looks.azimuth[corner]), 0)
    return np.asarray(corner[looks.distance_km[corner] * back**2 > 2 * _GAIN_KM])


def _among_several(point: Indices) -> Any:
    """Which of the points, rising, are there more than once."""
    same = point[1:] == point[:-1]
    return np.r_[same, False] | np.r_[False, same]


def _beaten(chords: Chords, point: Indices, piece: Indices, share: Floats, chord: Floats) -> Indices:
    """Of places on pieces those that are farther than another of the same point, though hardly so in space.

    Let S(c) be the arc over a chord c of a sphere. On the ellipsoid geodesic distance and S differ by a
    function of the place on the line whose slope is at most about half of the ellipsoid's squared
    eccentricity times (c/R)²: by how much the directions differ in which geodesic and chord arrive. Six times
    that is allowed for. So two places near each other are compared much more sharply than by chords alone.
    """
    starts = np.flatnonzero(np.r_[True, point[1:] != point[:-1]])
    counts = np.diff(np.r_[starts, len(point)])
    sag = chords.sag[piece]
    best = first_least(chord, starts, counts)
    places = chords.table[:3, piece] + share * chords.table[3:6, piece]
    away = places - np.repeat(places[:, best], counts, axis=1)
    apart = np.sqrt(np.einsum("ij,ij->j", away, away))
    arc = arc_km(chord)
    slope = 3 * WGS84.es * (chord / MEAN_RADIUS_KM) ** 2
    least = np.repeat((arc + sag)[best], counts)
    return np.flatnonzero((arc - sag > least + slope * apart + _TIE_KM) & (chord < _SLOPE_KM))


def _first(
    point: Indices, piece: Indices, share: Floats, distance: Floats
) -> tuple[Indices, Indices, Floats, Floats]:
    """The nearest piece of each point; among equals the first, by border and along it."""
    if len(point) > 1 and not (point[1:] > point[:-1]).all():
        order = np.lexsort([distance, piece, point])
        point, piece, distance, share = point[order], piece[order], distance[order], share[order]
        starts = np.flatnonzero(np.r_[True, point[1:] != point[:-1]])
        least = np.repeat(np.minimum.reduceat(distance, starts), np.diff(np.r_[starts, len(point)]))
        best = np.flatnonzero(distance <= least + _TIE_KM)
        best = best[np.r_[True, point[best][1:] != point[best][:-1]]]
        point, piece, distance, share = point[best], piece[best], distance[best], share[best]
    return point, piece, share, distance
