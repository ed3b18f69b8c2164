"""Which stretches of border may be nearest to the places of a shape, and which kilometres of them."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.geometry.edges import Floats, cut, edges_of
from bordermap.geometry.index import BorderIndex
from bordermap.geometry.intervals import lies_on
from bordermap.geometry.nearest import nearest_border
from bordermap.geometry.reach import Reached, reached
from bordermap.geometry.squares import diagonal_km, middles, quarters, squares_over, that_meet

#: Squares are divided so often at most, and no more when their half diagonal is below this.
_HALVINGS: Final = 6
_FINE_KM: Final = 1.5
#: Nor when it is below this share of the distance to the border.
_SHARE: Final = 0.05
#: What is a part of the border itself lies on it to the last digits.
_ON_KM: Final = 0.001


def reached_by(shape: BaseGeometry, index: BorderIndex) -> Reached:
    """The stretches that may be nearest to some place of a shape.

    Args:
        shape: Polygons or lines, EPSG:4326.
        index: The borders.

    Returns:
        Hits of the points with which the shape was covered: see :class:`bordermap.geometry.reach.Reached`. No
        stretch that is nearest to a place of the shape is missing; one that is nearest to a place within some
        three kilometres of the shape, or within a tenth of its distance, may be there.

    Example:
        >>> from bordermap.geometry.areas import area
        >>> from bordermap.geometry.borders import prepared
        >>> index = prepared("AFG")
        >>> sorted(set(index.border_pair[reached_by(area("AF.26"), index).row]))
        ['AFG-PAK', 'AFG-TJK']
    """
    if shapely.get_dimensions(shape) < 2:
        return _by_pieces(shape, index)
    lon, lat, side = squares_over(shape, 4)
    found: list[Reached] = []
    for halving in range(_HALVINGS + 1):
        lon, lat = that_meet(shape, lon, lat, side)
        radius = diagonal_km(lat, side) / 2
        middle = middles(lon, lat, side)
        distance = nearest_border(*middle, index).distance_km
        hits = reached(index, *middle, distance + 2 * radius)
        fine = (radius <= np.maximum(_FINE_KM, _SHARE * distance)) | (halving == _HALVINGS)
        one = np.bincount(hits.point, minlength=len(lon)) == 1
        done = fine | one
        found.append(_only(hits, done[hits.point]))
        lon, lat = quarters(lon[~done], lat[~done], side)
        side /= 2
        if not len(lon):
            break
    return _joined(found)


def _by_pieces(lines: BaseGeometry, index: BorderIndex) -> Reached:
    edges, _ = edges_of([lines])
    pieces, _ = cut(edges, 1.0)
    lon, lat = ((pieces[:, :2] + pieces[:, 2:]) / 2).T
    if lies_on(lines, index):
        return reached(index, lon, lat, np.full(len(lon), _ON_KM))
    distance = nearest_border(lon, lat, index).distance_km
    return reached(index, lon, lat, distance + 1.0)


def _only(hits: Reached, kept: Floats) -> Reached:
    which = np.flatnonzero(kept)
    return Reached(
        hits.point[which], hits.unit[which], hits.row[which], hits.low_km[which], hits.high_km[which]
    )


def _joined(parts: list[Reached]) -> Reached:
    names = ("point", "unit", "row", "low_km", "high_km")
    return Reached(*(np.concatenate([getattr(each, name) for each in parts]) for name in names))
