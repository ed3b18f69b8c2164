"""Shapes and lines as the plain coordinates that the page draws: (lon, lat), rounded for a screen."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

#: Points: about 1 m. Lines: about 10 m, which is half a pixel at the page's deepest zoom.
DIGITS, LINE_DIGITS = 5, 4
#: About 50 m, a tenth of what the lines claim to be right by; a pixel at zoom 11.
TOLERANCE_DEGREES = 0.0005


def lon_lat(point: shapely.Point) -> list[float]:
    """A point as two numbers.

    Example:
        >>> lon_lat(shapely.Point(67.2783301, 37.22417))
        [67.27833, 37.22417]
    """
    return [round(point.x, DIGITS), round(point.y, DIGITS)]


def rings(geometry: BaseGeometry) -> list[list[list[list[float]]]]:
    """The polygons of a geometry: per polygon the outer ring and the holes.

    Example:
        >>> rings(shapely.box(0, 0, 1, 1))[0][0][0]
        [1.0, 0.0]
    """
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return [[_pairs(part.exterior), *(_pairs(hole) for hole in part.interiors)] for part in parts]


def lines(geometry: BaseGeometry) -> list[list[list[float]]]:
    """The lines of a geometry.

    Example:
        >>> lines(shapely.LineString([(0, 0), (1, 1)]))
        [[[0.0, 0.0], [1.0, 1.0]]]
    """
    return [_pairs(part) for part in shapely.get_parts(geometry) if part.geom_type == "LineString"]


def simpler(geometry: BaseGeometry, tolerance_degrees: float = TOLERANCE_DEGREES) -> BaseGeometry:
    """A geometry without the vertices that no zoom shows; for drawing, never for measuring."""
    # Quick, and free to make a ring touch itself: a screen does not mind. What would vanish is kept.
    quick = shapely.simplify(geometry, tolerance_degrees, preserve_topology=False)
    return geometry if quick.is_empty else quick


def _pairs(line: Any) -> list[list[float]]:
    pairs: list[list[float]] = np.round(shapely.get_coordinates(line), LINE_DIGITS).tolist()
    return pairs
