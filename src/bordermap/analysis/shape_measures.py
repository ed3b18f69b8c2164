"""What enriching adds to places that are shapes: intervals and sets, never one number from a middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bordermap.geometry.edges import Indices
from bordermap.geometry.index import BorderIndex
from bordermap.geometry.intervals import extremes, lies_on
from bordermap.geometry.shapes import Shape
from bordermap.geometry.spans import reached_by
from bordermap.geometry.touching import touched_by_shape


@dataclass(frozen=True, eq=False)
class ShapeMeasure:
    """One shape against borders.

    Attributes:
        low_km: Least distance of any place of the shape to the nearest border, the line's accuracy taken off.
        high_km: Most distance of any place of it, the accuracy added.
        units: Stretches that may be nearest to a place of it, positions in the index.
        rows: The borders of these.
        along_low_km: The first kilometre of the border that may be nearest; NaN where there are several.
        along_high_km: The last.
        countries: ISO 3166-1 alpha-3 of the countries it reaches into, sorted.
        areas: GeoNames keys of the first-order areas it reaches into, sorted.
    """

    low_km: float
    high_km: float
    units: Indices
    rows: Indices
    along_low_km: float
    along_high_km: float
    countries: Sequence[str]
    areas: Sequence[str]


@lru_cache(maxsize=4096)
def measure_shape(shape: Shape, index: BorderIndex) -> ShapeMeasure:
    """A shape against borders; remembered.

    Args:
        shape: Polygons or lines.
        index: The borders.

    Example:
        >>> from bordermap.geometry.borders import prepared
        >>> from bordermap.geometry.shapes import draw_shape
        >>> found = measure_shape(draw_shape("admin1", shape="admin1:AF.26"), prepared("AFG"))
        >>> found.low_km, 120 < found.high_km < 130, found.areas
        (0.0, True, ('AF.26',))
    """
    hits = reached_by(shape.geometry, index)
    accuracy = float(index.accuracy_km[hits.row].max())
    on = shape.kind == "stretch" and lies_on(shape.geometry, index)
    # A part of the border is the border, however far the line may be off.
    low, high = (0.0, 0.0) if on else extremes(shape.geometry, index)
    one = len(np.unique(hits.row)) == 1
    countries, areas = touched_by_shape(shape.geometry)
    return ShapeMeasure(
        max(low - accuracy, 0.0), high + accuracy,
        np.unique(hits.unit), np.unique(hits.row),
        float(hits.low_km.min()) if one else np.nan, float(hits.high_km.max()) if one else np.nan,
        countries, areas,
    )  # fmt: skip
