"""The nearest place on a short piece of a border, exact on the ellipsoid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from bordermap.geometry.chords import MEAN_RADIUS_KM
from bordermap.geometry.edges import WGS84, Floats

#: A step along the border below 0.1 mm changes no distance by a micrometre worth the name.
_DONE_KM: Final = 1e-7
_MOST_STEPS: Final = 60
_NOTHING_KM: Final = 1e-15
#: A step that gains more is looked at again.
_ROUGH_KM: Final = 5e-6


def place_on(pieces: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Lon and lat at a share (0 start, 1 end) of each piece, straight in lon/lat."""
    start, end = pieces[:, :2], pieces[:, 2:]
    lon, lat = (start * (1 - share)[:, None] + end * share[:, None]).T
    return np.ascontiguousarray(lon), np.ascontiguousarray(lat)


def feet(lon: Floats, lat: Floats, pieces: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Where each piece comes nearest to a point.

    The distance grows along the piece at the cosine of the angle between the piece and the geodesic that
    arrives there, which Karney's inverse gives too. That rate is brought to zero: by the right triangle on
    the sphere, which on short pieces all but hits it in one step, inside a bracket that is halved whenever
    a step does not shrink.

    Args:
        lon: Longitude of the points in degrees, shape (n,).
        lat: Latitude of the points, shape (n,).
        pieces: Lon and lat of both ends of the piece to compare with each point, shape (n, 4).
        share: Where to begin, 0 to 1, shape (n,).

    Returns:
        ``(distance_km, share)``, shape (n,).

    Example:
        >>> piece = np.array([[0, 0, 0.01, 0]])
        >>> km, share = feet(np.array([0.005]), np.array([1.0]), piece, np.array([0.2]))
        >>> km.round(3).tolist(), share.round(6).tolist()
        ([110.574], [0.5])
    """
    at, distance = share.copy(), np.zeros_like(share)
    low, high = np.zeros_like(share), np.ones_like(share)
    last = np.full_like(share, np.inf)
    left = np.arange(len(share))
    for _ in range(_MOST_STEPS):
        now = at[left]
        distance[left], shift, speed, ahead, _ = _look(lon[left], lat[left], pieces[left], now)
        rising = ahead < 0
        low[left], high[left] = np.where(rising, low[left], now), np.where(rising, now, high[left])
        aim = np.clip(now + shift, low[left], high[left])
        stuck = np.abs(aim - now) > 0.5 * last[left]
        aim = np.where(stuck, (low[left] + high[left]) / 2, aim)
        moved = np.abs(aim - now)
        going = moved * speed > _DONE_KM
        at[left[going]], last[left[going]] = aim[going], moved[going]
        left = left[going]
        if not left.size:
            break
    return distance, at


@dataclass(frozen=True, eq=False)
class Looks:
    """What one look each from points to pieces gave; every array has shape (n,).

    Attributes:
        distance_km: To the foot.
        share: Where it is.
        azimuth: In which direction the point is seen from where the look went, degrees.
        rough: Whether the step from there to the foot was too long to be reckoned to a hundredth of a
            millimetre.
    """

    distance_km: Floats
    share: Floats
    azimuth: Floats
    rough: Any


def first_feet(lon: Floats, lat: Floats, pieces: Floats, share: Floats) -> Looks:
    """The same with one look for each, where the first guess is good: the last step is only reckoned.

    Args:
        lon: As for :func:`feet`.
        lat: As for :func:`feet`.
        pieces: As for :func:`feet`.
        share: Where to begin; a good guess.
    """
    distance, shift, speed, ahead, azimuth = _look(lon, lat, pieces, share)
    aim = np.clip(share + shift, 0.0, 1.0)
    moves = np.flatnonzero(np.abs(aim - share) * speed > _DONE_KM)
    gain = np.zeros_like(distance)
    # By the haversines of the triangle of point, guess and foot, good for short sides and long ones.
    turn = distance[moves] / MEAN_RADIUS_KM
    step = ((aim - share) * speed)[moves] / MEAN_RADIUS_KM
    half = np.sin((turn - step) / 2) ** 2 + np.sin(turn) * np.sin(step) * (1 - ahead[moves]) / 2
    gain[moves] = distance[moves] - 2 * MEAN_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    # The sphere for the ellipsoid costs the gain's hundredth part at most.
    return Looks(distance - gain, aim, azimuth, gain > _ROUGH_KM)


def towards(pieces: Floats, lat: Floats, azimuth: Floats) -> Floats:
    """The cosine of the angle between pieces, from start to end, and directions.

    Args:
        pieces: Lon and lat of both ends, shape (n, 4).
        lat: Where on the pieces, degrees, shape (n,).
        azimuth: Degrees clockwise from north, shape (n,).
    """
    east, north = _speed(pieces, lat)
    return _cosine(east, north, azimuth)[0]


def _cosine(east: Floats, north: Floats, azimuth: Floats) -> tuple[Floats, Floats]:
    # A piece at a pole may have a length that vanishes beside its angles.
    speed = np.maximum(np.sqrt(east * east + north * north), _NOTHING_KM)
    turn = np.radians(azimuth)
    return (np.sin(turn) * east + np.cos(turn) * north) / speed, speed


def _look(
    lon: Floats, lat: Floats, pieces: Floats, share: Floats
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """From a place on each piece: distance, step to the foot, kilometres a step, cosine, azimuth.

    The step is in shares of the piece; the cosine is that of the angle between the piece and the way to the
    point, whose azimuth it is.
    """
    foot_lon, foot_lat = place_on(pieces, share)
    _, azimuth, metres = WGS84.inv(lon, lat, foot_lon, foot_lat)
    distance, azimuth = np.asarray(metres) / 1000, np.asarray(azimuth)
    ahead, speed = _cosine(*_speed(pieces, foot_lat), azimuth)
    turn = distance / MEAN_RADIUS_KM
    step = MEAN_RADIUS_KM * np.arctan2(np.sin(turn) * ahead, np.cos(turn)) / speed
    return distance, step, speed, ahead, azimuth


def _speed(pieces: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Kilometres east and north for one whole piece at a latitude: radii of curvature times angles."""
    north = np.radians(lat)
    sine = np.sin(north)
    bulge = 1 - WGS84.es * sine * sine
    across = WGS84.a / 1000 / np.sqrt(bulge)
    span = np.radians(pieces[:, 2:] - pieces[:, :2])
    return span[:, 0] * across * np.sqrt(1 - sine * sine), span[:, 1] * across * (1 - WGS84.es) / bulge
