"""Points in the order of a Z-curve over longitude and latitude, and the cells of the quadtree it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from bordermap.geometry.chords import in_space
from bordermap.geometry.edges import WGS84, Floats, Indices

#: Halvings of 360 degrees: the finest cells are some 40 m wide.
BITS: Final = 20
_SIDE: Final = 1 << BITS
#: The second derivatives of a place in space by latitude and by longitude are nowhere larger, kilometres.
_BEND_NORTH_KM: Final = 6500.0
_BEND_EAST_KM: Final = WGS84.a / 1000
_MASKS: Final = (
    (16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333), (1, 0x5555555555555555),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells of the quadtree, in the order of the curve.

    Attributes:
        key: The keys' leading bits, shape (m,).
        level: How often 360 degrees were halved, shape (m,).
        first: The first point in each, shape (m,).
        last: One past the last.
    """

    key: Indices
    level: Indices
    first: Indices
    last: Indices

    def only(self, kept: Any) -> Cells:
        """Some of them."""
        return Cells(self.key[kept], self.level[kept], self.first[kept], self.last[kept])

    @property
    def side(self) -> Floats:
        """Degrees, shape (m,)."""
        return np.asarray(np.ldexp(360.0, -self.level))

    def boxes(self) -> Floats:
        """West, south, east and north of each in degrees, shape (4, m)."""
        west, south = _spot(self.key) * self.side - 180.0
        return np.stack([west, south, west + self.side, np.minimum(south + self.side, 90.0)])


def corners(boxes: Floats) -> tuple[Floats, Floats, Floats]:
    """Corners and middles of boxes in space, and how far the boxes bulge out of the hull of the corners.

    Args:
        boxes: West, south, east and north in degrees, shape (4, m).

    Returns:
        Corners, shape (3, 4, m), and middles, shape (3, m), kilometres; the bulge, kilometres, shape (m,):
        the error of bilinear interpolation, the sum over both directions of side² / 8 times the largest
        second derivative.

    Example:
        >>> _, _, bulge = corners(np.array([[60.0], [35.0], [61.0], [36.0]]))
        >>> bulge.round(2).tolist()
        [0.45]
    """
    west, south, east, north = boxes
    lon = np.concatenate([west, east, east, west, (west + east) / 2])
    lat = np.concatenate([south, south, north, north, (south + north) / 2])
    places = in_space(lon, lat).T.reshape(3, 5, -1)
    near_equator = np.where(south * north < 0, 0.0, np.minimum(np.abs(south), np.abs(north)))
    bend = np.radians(east - west) ** 2 * _BEND_EAST_KM * np.cos(np.radians(near_equator))
    bulge = (bend + np.radians(north - south) ** 2 * _BEND_NORTH_KM) / 8
    return places[:, :4], places[:, 4], bulge


def curve(lon: Floats, lat: Floats) -> tuple[Indices, Indices]:
    """The order of points along the curve, and their keys in that order.

    Args:
        lon: Degrees, -180 to below 180, shape (n,).
        lat: Degrees, shape (n,).

    Returns:
        ``(order, keys)``; keys rise.

    Example:
        >>> curve(np.array([10.0, -170.0]), np.array([5.0, -80.0]))[0].tolist()
        [1, 0]
    """
    keys = _spread((lon + 180.0) * (_SIDE / 360.0)) | (
        _spread((lat + 180.0) * (_SIDE / 360.0)) << np.uint64(1)
    )
    order = np.argsort(keys, kind="stable")
    return order, keys[order].astype(np.int64)


def wrapped(lon: Floats) -> Floats:
    """Longitudes from -180 to below 180.

    Example:
        >>> wrapped(np.array([180.0, 190.0])).tolist()
        [-180.0, -170.0]
    """
    return (lon + 180.0) % 360.0 - 180.0


def along_curve(lon: Floats, lat: Floats) -> tuple[Indices, Indices, Floats, Floats]:
    """Points in the order of the curve.

    Args:
        lon: Degrees, any turn, shape (n,).
        lat: Degrees, shape (n,).

    Returns:
        ``(order, keys, lon, lat)``; keys, longitudes from -180 to below 180 and latitudes are in that order.
    """
    east = wrapped(lon)
    order, keys = curve(east, lat)
    return order, keys, east[order], lat[order]


def first_cells(keys: Indices, level: int) -> Cells:
    """The cells of a level that hold points.

    Args:
        keys: Rising, shape (n,).
        level: How often 360 degrees are halved.
    """
    coarse = keys >> (2 * (BITS - level))
    first = np.flatnonzero(np.r_[True, coarse[1:] != coarse[:-1]][: len(keys)])
    last = np.r_[first[1:], len(keys)][: len(first)]
    return Cells(coarse[first], np.full(len(first), level), first, last)


def child_cells(cells: Cells, keys: Indices) -> tuple[Cells, Indices]:
    """The quarters of cells that hold points, and the number of the cell that each is a quarter of.

    Args:
        cells: Above the finest level.
        keys: Of all points, rising.
    """
    level = cells.level + 1
    children = (cells.key[:, None] << 2) + np.arange(4)
    inner = np.searchsorted(keys, (children[:, 1:] << (2 * (BITS - level))[:, None]).ravel()).reshape(-1, 3)
    first = np.c_[cells.first, inner].ravel()
    last = np.c_[inner, cells.last].ravel()
    held = np.flatnonzero(last > first)
    parent = held >> 2
    return Cells(children.ravel()[held], level[parent], first[held], last[held]), parent


def joined(some: Cells, more: Cells) -> Cells:
    """Cells and more cells."""
    return Cells(
        np.r_[some.key, more.key], np.r_[some.level, more.level],
        np.r_[some.first, more.first], np.r_[some.last, more.last],
    )  # fmt: skip


def _spread(values: Floats) -> Any:
    """The bits of whole numbers below 2²⁰, each with a gap after it."""
    bits = values.astype(np.uint64)
    for shift, mask in _MASKS:
        bits |= bits << np.uint64(shift)
        bits &= np.uint64(mask)
    return bits


def _spot(keys: Indices) -> Floats:
    """Column and row of cells of one level, from the leading bits of their keys, shape (2, m)."""
    both = np.stack([keys, keys >> 1]).astype(np.uint64) & np.uint64(_MASKS[-1][1])
    for (shift, _), (_, mask) in zip(
        reversed(_MASKS), [*reversed(_MASKS[:-1]), (0, 0xFFFFFFFF)], strict=True
    ):
        both |= both >> np.uint64(shift)
        both &= np.uint64(mask)
    return both.astype(np.float64)
