"""The geometry of flat rows: a point where one is known, the drawn area or stretch where not, else none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.codebook import POINT_LIKE
from bordermap.errors import BordermapError
from bordermap.geometry.depth import is_deep_text
from bordermap.geometry.shapes import draw_shape
from bordermap.incidents.stores.values import number_text

Geometries = NDArray[np.object_]
#: How many corners the outlines of all rows may have together: 48 MB of binary coordinates.
_CORNERS: Final = 3_000_000
_TOLERANCES: Final = (0.0, 0.002, 0.01, 0.03, 0.1)
_AREAL: Final = ("admin2", "admin1", "border_stretch", "area")


def draw_rows(rows: pd.DataFrame) -> tuple[Geometries, float]:
    """The geometry of each row.

    Many rows may share the outline of one province: where that would make a file very large, all areas and
    stretches are drawn with fewer corners. What draws them stands in ``shape``, so nothing is lost by it.

    Args:
        rows: ``geo_precision``, ``location_basis``, ``longitude``, ``latitude``, ``shape`` and
            ``admin1_code`` as the flat table has them.

    Returns:
        Points, polygons and lines in lon/lat (EPSG:4326), shape (n,); None where nothing is drawn. And how
        far outlines were moved at most, degrees; mostly 0.
    """
    precision = rows["geo_precision"]
    drawn = ~rows["location_basis"].isin(["candidate", "none"])
    geometries = np.full(len(rows), None, dtype=object)
    lon, lat = (pd.to_numeric(rows[name], errors="coerce") for name in ("longitude", "latitude"))
    points = np.asarray(precision.isin(POINT_LIKE) & lon.notna() & lat.notna() & drawn)
    geometries[points] = shapely.points(lon.to_numpy()[points], lat.to_numpy()[points])
    areal = np.flatnonzero(np.asarray(precision.isin(_AREAL) & drawn))
    columns = (rows[name].iloc[areal] for name in ("geo_precision", "shape", "admin1_code"))
    words = [shape_words(*each) for each in zip(*columns, strict=True)]
    outlines, tolerance = _outlines(Counter(words))
    for at, each in zip(areal, words, strict=True):
        geometries[at] = outlines[each]
    return geometries, tolerance


def _outlines(counts: Mapping[str, int]) -> tuple[dict[str, BaseGeometry | None], float]:
    """The outline of each shape, as fine as its number of rows allows, and by how much it was coarsened."""
    full = {words: _drawn(words)[0] if words else None for words in counts}
    for tolerance in _TOLERANCES:
        outlines = {words: _coarser(shape, tolerance) for words, shape in full.items()}
        total = sum(
            int(shapely.get_num_coordinates(outlines[words])) * number for words, number in counts.items()
        )
        if total <= _CORNERS:
            break
    return outlines, tolerance


def _coarser(shape: BaseGeometry | None, tolerance: float) -> BaseGeometry | None:
    if shape is None or not tolerance:
        return shape
    simple: BaseGeometry = shapely.simplify(shape, tolerance)
    return simple if simple.is_valid and not simple.is_empty else shape


def shape_words(precision: str, shape: str, admin1_code: str) -> str:
    """What draws an areal row: its shape, or the first-order area that it names.

    Example:
        >>> shape_words("admin2", "", "AF.30"), shape_words("area", "", "AF.30")
        ('admin1:AF.30', '')
    """
    if shape or precision not in ("admin1", "admin2") or not admin1_code:
        return shape
    return f"admin1:{admin1_code}"


def innermost(precision: str, shape: str, admin1_code: str) -> tuple[str, str]:
    """A point well inside the shape that an areal row is drawn as, for those who ask for one.

    Returns:
        Longitude and latitude as text; two empty texts where nothing is drawn.

    Example:
        >>> innermost("country", "", "")
        ('', '')
    """
    words = shape_words(precision, shape, admin1_code) if precision in _AREAL else ""
    badge = _drawn(words)[1] if words else None
    if badge is None or badge.is_empty:
        return "", ""
    lon, lat = shapely.get_coordinates(badge)[0]
    return number_text(round(float(lon), 5)), number_text(round(float(lat), 5))


@lru_cache(maxsize=2048)
def _drawn(words: str) -> tuple[BaseGeometry | None, BaseGeometry | None]:
    """A shape and a point in it; nothing where the words name no shape that is shipped."""
    try:
        if words.startswith("wkt:") and is_deep_text(words):
            return None, None
        if words.startswith("wkt:"):
            geometry = shapely.from_wkt(words.removeprefix("wkt:"))
            return (geometry, geometry.representative_point()) if geometry.is_valid else (None, None)
        shape = draw_shape("border_stretch" if words.startswith("stretch:") else "admin1", shape=words)
    except (BordermapError, shapely.errors.ShapelyError):
        return None, None
    return (None, None) if shape.geometry.is_empty else (shape.geometry, shape.badge)
