"""Distances on the WGS84 ellipsoid, arrays in and arrays out.

Distances and directions are Karney's (C. F. F. Karney, Algorithms for geodesics, J. Geod. 87, 2013), by PROJ.
An edge between two vertices is straight in longitude and latitude, as RFC 7946 says. Coordinates are
(lon, lat) in degrees, lengths in kilometres.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bordermap.errors import InputError
from bordermap.geometry.edges import WGS84, Floats, cut, edges_of, pieces_km


def checked(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Coordinates as two flat arrays of equal length, or a clear error.

    Args:
        lon: Longitudes in degrees, -360 to 360; one number or any sequence.
        lat: Latitudes in degrees, -90 to 90.

    Returns:
        New arrays ``(lon, lat)`` of floats; what came in is left alone.

    Raises:
        InputError: Not a number, infinite, out of range, or of different lengths.

    Example:
        >>> checked(67.28, 37.22)
        (array([67.28]), array([37.22]))
    """
    try:
        east, north = (np.array(values, dtype=np.float64).ravel() for values in (lon, lat))
    except (TypeError, ValueError) as error:
        raise InputError(
            f"coordinates must be numbers: {error}", hint="Give lon and lat in degrees.", code="BM146"
        ) from error
    if east.shape != north.shape:
        raise InputError(
            f"{east.size} longitudes, but {north.size} latitudes", hint="Give one of each.", code="BM146"
        )
    _check_range(east, north)
    return east, north


def _check_range(lon: Floats, lat: Floats) -> None:
    # Written so that NaN fails too.
    bad = np.flatnonzero(~((np.abs(lon) <= 360) & (np.abs(lat) <= 90)))
    if bad.size:
        first = int(bad[0])
        raise InputError(
            f"no place on Earth: longitude {lon[first]:g}, latitude {lat[first]:g} (point {first + 1})",
            hint="Longitudes run from -180 to 180, latitudes from -90 to 90; leave points without them out.",
            code="BM147",
        )


def inverse(lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike) -> tuple[Floats, Floats]:
    """How far B is from A, and in which direction.

    Args:
        lon_a: Longitudes of A in degrees, shape (n,).
        lat_a: Latitudes of A.
        lon_b: Longitudes of B.
        lat_b: Latitudes of B.

    Returns:
        ``(distance_km, azimuth)``, shape (n,); the azimuth at A in degrees clockwise from north.

    Raises:
        InputError: See :func:`checked`.

    Example:
        >>> distance_km, azimuth = inverse(67.4241, 37.2214, 67.27833, 37.22417)  # Hairatan, Termez
        >>> round(float(distance_km[0]), 1), round(float(azimuth[0]))
        (12.9, -89)
    """
    a, b = checked(lon_a, lat_a), checked(lon_b, lat_b)
    azimuth, _, metres = WGS84.inv(*a, *b)
    return np.asarray(metres) / 1000, np.asarray(azimuth)


def destination(
    lon: ArrayLike, lat: ArrayLike, azimuth: ArrayLike, distance_km: ArrayLike
) -> tuple[Floats, Floats]:
    """Where one arrives along a geodesic.

    Args:
        lon: Longitudes of the start in degrees, shape (n,).
        lat: Latitudes of the start.
        azimuth: Degrees clockwise from north.
        distance_km: How far.

    Returns:
        ``(lon, lat)`` in degrees, longitudes from -180 to 180.

    Raises:
        InputError: See :func:`checked`.

    Example:
        >>> lon, lat = destination(67.27833, 37.22417, 180, 10)
        >>> round(float(lat[0]), 4)
        37.1341
    """
    east, north = checked(lon, lat)
    directions = np.broadcast_to(np.asarray(azimuth, dtype=np.float64), east.shape)
    metres = np.broadcast_to(np.asarray(distance_km, dtype=np.float64) * 1000, east.shape)
    lon_b, lat_b, _ = WGS84.fwd(east, north, np.array(directions), np.array(metres))
    return np.asarray(lon_b), np.asarray(lat_b)


def length_km(lines: Any) -> Floats:
    """The lengths of lines, or of the outlines of polygons, on the ellipsoid.

    Args:
        lines: A shapely geometry or a sequence of n of them, EPSG:4326.

    Returns:
        Kilometres, shape (n,); 0 for points and empty geometries.

    Example:
        >>> import shapely
        >>> float(length_km(shapely.LineString([(0, 0), (0, 1)])).round(4)[0])
        110.5744
    """
    geometries = np.atleast_1d(np.asarray(lines, dtype=object))
    edges, owner = edges_of(geometries)
    pieces, of_edge = cut(edges)
    lengths = np.bincount(owner[of_edge], weights=pieces_km(pieces), minlength=geometries.size)
    return lengths.astype(np.float64)
