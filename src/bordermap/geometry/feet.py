"""The nearest place on a short piece of a border, exact on the ellipsoid."""

from __future__ import annotations

from typing import Final

import numpy as np

from bordermap.geometry.edges import WGS84, Floats

#: A step along the border below 0.1 mm changes no distance by a micrometre worth the name.
_DONE_KM: Final = 1e-7
_MOST_STEPS: Final = 60
_MEAN_RADIUS_KM: Final = 6371.0


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
        distance[left], shift, rising = _look(lon[left], lat[left], pieces[left], now)
        low[left], high[left] = np.where(rising, low[left], now), np.where(rising, now, high[left])
        aim = np.clip(now + shift[0], low[left], high[left])
        stuck = np.abs(aim - now) > 0.5 * last[left]
        aim = np.where(stuck, (low[left] + high[left]) / 2, aim)
        moved = np.abs(aim - now)
        going = moved * shift[1] > _DONE_KM
        at[left[going]], last[left[going]] = aim[going], moved[going]
        left = left[going]
        if not left.size:
            break
    return distance, at


def _look(
    lon: Floats, lat: Floats, pieces: Floats, share: Floats
) -> tuple[Floats, tuple[Floats, Floats], Floats]:
    """From a place on each piece: the distance, the step towards the foot with the speed, and the sign."""
    foot_lon, foot_lat = place_on(pieces, share)
    _, back, metres = WGS84.inv(lon, lat, foot_lon, foot_lat)
    distance = np.asarray(metres) / 1000
    east, north = _speed(pieces, foot_lat)
    speed = np.hypot(east, north)
    # How much of one step along the piece leads towards the point.
    towards = (np.sin(np.radians(back)) * east + np.cos(np.radians(back)) * north) / speed
    turn = distance / _MEAN_RADIUS_KM
    step = _MEAN_RADIUS_KM * np.arctan2(np.sin(turn) * towards, np.cos(turn)) / speed
    return distance, (step, speed), towards < 0


def _speed(pieces: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Kilometres east and north for one whole piece at a latitude: radii of curvature times angles."""
    north = np.radians(lat)
    bulge = 1 - WGS84.es * np.sin(north) ** 2
    across, along = WGS84.a / 1000 / np.sqrt(bulge), WGS84.a / 1000 * (1 - WGS84.es) / bulge**1.5
    span = np.radians(pieces[:, 2:] - pieces[:, :2])
    return span[:, 0] * across * np.cos(north), span[:, 1] * along
