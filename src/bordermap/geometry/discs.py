"""Geodesic discs and links: polygons and lines that mean kilometres on the ellipsoid, in lon/lat."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from bordermap.errors import InputError
from bordermap.geometry.edges import WGS84, Floats
from bordermap.geometry.geodesy import checked, destination, inverse

#: A disc beyond this would reach so far round the Earth that a polygon in lon/lat misleads.
MAX_RADIUS_KM = 5000.0


def circle(lon: float, lat: float, radius_km: float, *, n: int = 96) -> BaseGeometry:
    """Everything within a distance of a point, as a polygon in lon/lat.

    The vertices lie on the geodesic circle; between them the polygon is at most ``1 - cos(180°/n)`` of the
    radius inside it (0.05 % for 96). Across the antimeridian it is split into two; round a pole it reaches up
    to latitude ±90, as RFC 7946 §3.1.9 and §5.3 ask.

    Args:
        lon: Longitude of the centre in degrees.
        lat: Latitude of the centre in degrees.
        radius_km: More than 0, at most 5,000.
        n: Number of vertices, at least 8.

    Returns:
        A Polygon or MultiPolygon, EPSG:4326, longitudes from -180 to 180.

    Raises:
        InputError: A coordinate or the radius is none.

    Example:
        >>> disc = circle(67.27833, 37.22417, 5)
        >>> [round(bound, 3) for bound in disc.bounds]
        [67.222, 37.179, 67.335, 37.269]
        >>> circle(179.99, 0, 10).geom_type
        'MultiPolygon'
    """
    if not 0 < radius_km <= MAX_RADIUS_KM:
        raise InputError(
            f"a disc cannot have a radius of {radius_km:g} km",
            hint=f"Give a radius above 0 and up to {MAX_RADIUS_KM:,.0f} km.",
            code="BM148",
        )
    (east,), (north,) = checked(lon, lat)
    turns = np.arange(max(n, 8)) * (-360.0 / max(n, 8))
    ring = destination(np.full(turns.shape, east), np.full(turns.shape, north), turns, radius_km)
    longitudes = np.unwrap(ring[0], period=360)
    if pole := _enclosed_pole(east, north, radius_km):
        return _polar_cap(longitudes, ring[1], pole)
    return _split(shapely.Polygon(np.c_[longitudes, ring[1]]))


def link(lon_a: float, lat_a: float, lon_b: float, lat_b: float, *, step_km: float = 10.0) -> BaseGeometry:
    """The geodesic between two points, with vertices close enough to draw it.

    Args:
        lon_a: Longitude of the start in degrees.
        lat_a: Latitude of the start.
        lon_b: Longitude of the end.
        lat_b: Latitude of the end.
        step_km: No two vertices are farther apart.

    Returns:
        A LineString, EPSG:4326; a MultiLineString where it crosses the antimeridian.

    Raises:
        InputError: A coordinate is none.

    Example:
        >>> line = link(67.4241, 37.2214, 67.27833, 37.22417)
        >>> line.geom_type, len(line.coords), line.coords[0]
        ('LineString', 3, (67.4241, 37.2214))
    """
    distance_km, _ = inverse(lon_a, lat_a, lon_b, lat_b)
    between = max(0, int(np.ceil(distance_km[0] / step_km)) - 1)
    middle = WGS84.npts(lon_a, lat_a, lon_b, lat_b, between) if between else []
    points = np.array([(lon_a, lat_a), *middle, (lon_b, lat_b)], dtype=np.float64)
    points[:, 0] = np.unwrap(points[:, 0], period=360)
    return _split(shapely.LineString(points))


def _enclosed_pole(lon: float, lat: float, radius_km: float) -> int:
    for pole in (90, -90):
        if inverse(lon, lat, 0.0, pole)[0][0] <= radius_km:
            return pole // 90
    return 0


def _polar_cap(lon: Floats, lat: Floats, pole: int) -> BaseGeometry:
    """The part of the map between the circle, which goes once round, and the pole."""
    order = np.argsort((lon + 180) % 360)
    east, north = ((lon + 180) % 360 - 180)[order], lat[order]
    seam = np.interp(180.0, [east[-1], east[0] + 360], [north[-1], north[0]])
    rim = [(-180.0, seam), *zip(east, north, strict=True), (180.0, seam)]
    return shapely.make_valid(shapely.Polygon([*rim, (180.0, 90.0 * pole), (-180.0, 90.0 * pole)]))


def _split(geometry: BaseGeometry) -> BaseGeometry:
    """A geometry whose longitudes may run beyond ±180, cut there and moved back into the map."""
    west, _, east, _ = geometry.bounds
    if west >= -180 and east <= 180:
        return geometry
    parts = []
    for turn in (-1, 0, 1, 2):
        window = shapely.box(360 * turn - 180, -90, 360 * turn + 180, 90)
        piece = translate(geometry.intersection(window), xoff=-360 * turn)
        parts += [part for part in shapely.get_parts(piece) if part.length > 0]
    return shapely.union_all(parts) if len(parts) != 1 else parts[0]
