"""Squares in degrees that cover a shape, and are divided where more must be known."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.geometry.edges import Floats

#: No degree of latitude is longer, kilometres.
_DEGREE_KM = 111.7
#: Shapes that have next to no extent get squares all the same.
_LEAST_DEGREES = 1e-6


def squares_over(shape: BaseGeometry, across: int) -> tuple[Floats, Floats, float]:
    """Squares over the bounds of a shape.

    Args:
        shape: In lon/lat.
        across: So many along the longer side.

    Returns:
        The lower left corners, lon and lat, shape (n,) each, and their side in degrees.
    """
    west, south, east, north = shape.bounds
    side = max(east - west, north - south, _LEAST_DEGREES) / across
    lon, lat = np.meshgrid(np.arange(west, east, side), np.arange(south, north, side))
    return lon.ravel(), lat.ravel(), side


def that_meet(shape: BaseGeometry, lon: Floats, lat: Floats, side: float) -> tuple[Floats, Floats]:
    """The squares that have a place in common with a shape."""
    kept = shapely.intersects(shape, shapely.box(lon, lat, lon + side, lat + side))
    return lon[kept], lat[kept]


def middles(lon: Floats, lat: Floats, side: float) -> tuple[Floats, Floats]:
    """The middles of squares, none beyond a pole."""
    return lon + side / 2, np.clip(lat + side / 2, -90, 90)


def quarters(lon: Floats, lat: Floats, side: float) -> tuple[Floats, Floats]:
    """The lower left corners of the quarters of squares, whose side is half of theirs.

    Example:
        >>> lon, lat = quarters(np.array([0.0]), np.array([10.0]), 1.0)
        >>> lon.tolist(), lat.tolist()
        ([0.0, 0.5, 0.0, 0.5], [10.0, 10.0, 10.5, 10.5])
    """
    half = side / 2
    return np.concatenate([lon, lon + half, lon, lon + half]), np.concatenate(
        [lat, lat, lat + half, lat + half]
    )


def diagonal_km(lat: Floats, side: float) -> Floats:
    """At most how long the diagonals of squares are, by their lower side's latitude."""
    return _DEGREE_KM * side * np.hypot(1, np.cos(np.radians(np.minimum(np.abs(lat), np.abs(lat + side)))))
