"""Areas from one source fitted into the outline of another: nothing beyond it, nothing left over inside."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

#: Things this near to each other (degrees) touch: the data's own rounding, and no more.
_TOUCHING: Final = 1e-6


def fit(outlines: list[BaseGeometry], land: BaseGeometry) -> list[BaseGeometry]:
    """Fit areas that meet each other exactly into the outline of the whole.

    What reaches beyond the whole is cut off. Left-over land goes to the area beside it; where two areas
    meet at it, it is cut from their corner straight to the outline of the whole.

    Args:
        outlines: The areas, n polygons.
        land: The whole.

    Returns:
        The n areas in their order; together they are the whole.

    Example:
        >>> west, east = fit([shapely.box(0, 0, 1, 2), shapely.box(1, 0, 2, 2)], shapely.box(0, 0, 2, 2.5))
        >>> west.bounds, east.area
        ((0.0, 0.0, 1.0, 2.5), 2.5)
    """
    shapely.prepare(land)
    mine = [[shape if land.contains(shape) else shape.intersection(land)] for shape in outlines]
    tree = shapely.STRtree(outlines)
    left_over = shapely.get_parts(land.difference(shapely.union_all(outlines)))
    for rest in left_over[~shapely.is_empty(left_over)]:
        beside = sorted(tree.query(rest, predicate="dwithin", distance=_TOUCHING))
        if len(beside) < 2:
            mine[beside[0] if beside else tree.nearest(rest)].append(rest)
            continue
        for piece in _cut(rest, [outlines[owner] for owner in beside], land):
            shared = [_shared_length(piece, outlines[owner]) for owner in beside]
            mine[beside[int(np.argmax(shared))]].append(piece)
    return [_polygons(parts) for parts in mine]


def _cut(rest: BaseGeometry, beside: list[BaseGeometry], land: BaseGeometry) -> list[BaseGeometry]:
    """Left-over land, cut at every corner where two areas meet."""
    corners = [corner for a, b in combinations(beside, 2) for corner in _corners(a, b, rest)]
    rim = rest.boundary
    cuts = [shapely.shortest_line(corner, land.boundary) for corner in corners]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([rim, *cuts])]))
    return [face for face in faces if rest.contains(face.representative_point())]


def _corners(a: BaseGeometry, b: BaseGeometry, rest: BaseGeometry) -> list[BaseGeometry]:
    """The ends of the line between two areas that lie at left-over land."""
    between = shapely.line_merge(shapely.union_all(a.boundary.intersection(b.boundary)))
    ends = [point for part in shapely.get_parts(between) for point in shapely.get_parts(part.boundary)]
    return [point for point in ends if point.distance(rest) < _TOUCHING]


def _shared_length(piece: BaseGeometry, outline: BaseGeometry) -> float:
    return float(outline.boundary.intersection(piece.buffer(_TOUCHING, quad_segs=1)).length)


def _polygons(shapes: list[BaseGeometry]) -> BaseGeometry:
    """All in one, without the points and lines that cutting leaves."""
    if len(shapes) == 1:
        return shapes[0]
    parts = shapely.get_parts(shapely.get_parts(np.array(shapes, dtype=object)))
    return shapely.union_all([part for part in parts if part.geom_type == "Polygon"])
