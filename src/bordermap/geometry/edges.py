"""Edges of lines and polygons, straight in lon/lat as in RFC 7946, and cut into short pieces."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from bordermap.geometry.runs import ranks

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

WGS84: Final = Geod(ellps="WGS84")

# An edge that is straight in lon/lat is not a geodesic; pieces of 2 km, and of 1° for edges round a pole, are
# so near to one that their lengths add up to the edge's within a part in a billion.
PIECE_KM: Final = 2.0
PIECE_DEGREES: Final = 1.0


def edges_of(geometries: Any) -> tuple[Floats, Indices]:
    """The edges of geometries, in their order.

    Args:
        geometries: A sequence of shapely lines or polygons.

    Returns:
        ``(edges, owner)``: an array (n, 4) of lon, lat of both ends, and the index of each one's geometry.
    """
    parts, of_geometry = shapely.get_parts(np.asarray(geometries, dtype=object), return_index=True)
    polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    if polygons.any():
        parts, of_geometry = _with_rings(parts, of_geometry, polygons)
    points, of_part = shapely.get_coordinates(parts, return_index=True)
    same = of_part[1:] == of_part[:-1]
    return np.hstack([points[:-1], points[1:]])[same], of_geometry[of_part[:-1][same]]


def _with_rings(parts: Any, owner: Any, polygons: Any) -> tuple[Any, Any]:
    rings, of_polygon = shapely.get_rings(parts[polygons], return_index=True)
    return (
        np.concatenate([rings, parts[~polygons]]),
        np.concatenate([owner[polygons][of_polygon], owner[~polygons]]),
    )


def cut(
    edges: Floats, piece_km: float = PIECE_KM, piece_degrees: float = PIECE_DEGREES
) -> tuple[Floats, Indices]:
    """Edges cut into short pieces, straight in longitude and latitude.

    Args:
        edges: Lon, lat of both ends, shape (n, 4).
        piece_km: No piece is longer.
        piece_degrees: No piece spans more longitudes.

    Returns:
        ``(pieces, of_edge)``: shape (m, 4) in the edges' order, and the index of each one's edge.
    """
    span = np.abs(edges[:, 2:] - edges[:, :2])
    # No degree is longer than 111.7 km north, or than that times the cosine of the latitude east.
    crosses_equator = edges[:, 1] * edges[:, 3] < 0
    nearest_equator = np.where(crosses_equator, 0, np.abs(edges[:, 1::2]).min(axis=1, initial=90))
    long_km = 111.7 * np.hypot(span[:, 0] * np.cos(np.radians(nearest_equator)), span[:, 1])
    pieces = np.ceil(np.maximum(long_km / piece_km, span[:, 0] / piece_degrees))
    counts = np.maximum(1, pieces).astype(np.int64)
    of_edge = np.repeat(np.arange(len(edges)), counts)
    rank = ranks(counts)
    return np.hstack([_along(edges, of_edge, counts, rank + step) for step in (0, 1)]), of_edge


def _along(edges: Floats, of_edge: Any, counts: Any, rank: Any) -> Floats:
    start, end = edges[of_edge, :2], edges[of_edge, 2:]
    share = (rank / counts[of_edge])[:, None]
    # Weighted from both ends, so that the last piece ends on the edge's end to the last bit.
    return np.asarray(start * (1 - share) + end * share)


def pieces_km(pieces: Floats) -> Floats:
    """The geodesic length of each piece, shape (n,), of ends in an array (n, 4)."""
    lon_a, lat_a, lon_b, lat_b = (np.ascontiguousarray(column) for column in pieces.T)
    _, _, metres = WGS84.inv(lon_a, lat_a, lon_b, lat_b)
    return np.asarray(metres) / 1000
