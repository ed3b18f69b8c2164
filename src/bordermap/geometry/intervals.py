"""How far a shape is from a border: an interval, and the words for it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.errors import PlaceError
from bordermap.geometry.countries import country_names
from bordermap.geometry.edges import Floats, Indices, cut, edges_of
from bordermap.geometry.index import BorderIndex, only, prepare
from bordermap.geometry.nearest import nearest_border
from bordermap.geometry.squares import diagonal_km, middles, quarters, squares_over, that_meet

if TYPE_CHECKING:
    from bordermap.geometry.shapes import Shape

#: Intervals of areas are found to this share of the farthest distance, or to this many kilometres.
_SHARE: Final = 0.005
_LEAST_KM: Final = 0.05
#: Round to 1 km as long as no more than 5 km are uncertain (a settlement), to 5 km up to 10 km, else to 10.
_UNITS: Final = ((5.0, 1), (10.0, 5))
_METRE_KM: Final = 0.001
_FEW: Final = 300


class DistanceInterval(NamedTuple):
    """How far a shape may be from a border.

    Attributes:
        low_km: The least, the accuracy of the line taken off; not below 0.
        high_km: The most, the accuracy of the line added.
        about_km: From the shape's own point, without either; None for areas.
        border_pair: The border: of those asked, the nearest to the shape's badge.
    """

    low_km: float
    high_km: float
    about_km: float | None
    border_pair: str


def distance_interval(shape: Shape, borders: gpd.GeoDataFrame | BorderIndex) -> DistanceInterval:
    """How far from the nearest border a shape is, at least and at most.

    The border is the one nearest to the shape's badge, and the interval is to that border alone.

    Args:
        shape: Anything but ``none``.
        borders: As :func:`bordermap.read_borders` gives them; for many shapes, what
            :func:`bordermap.geometry.index.prepare` made of them.

    Returns:
        See :class:`DistanceInterval`. Widened by the line's accuracy, so never a false promise.

    Raises:
        BorderError: There is no line, or it is not in EPSG:4326.
        PlaceError: The shape is ``none``.

    Example:
        >>> from bordermap.geometry.borders import read_borders
        >>> from bordermap.geometry.shapes import draw_shape
        >>> termez = draw_shape("settlement", lon=67.27833, lat=37.22417)
        >>> interval = distance_interval(termez, read_borders("AFG"))
        >>> [round(km, 1) for km in interval[:3]], interval.border_pair
        ([1.4, 5.9, 4.0], 'AFG-UZB')
    """
    if shape.badge.is_empty:
        raise PlaceError(
            "a place that is not drawn has no distance",
            hint="Ask only for shapes that are drawn.",
            code="BM137",
        )
    index = borders if isinstance(borders, BorderIndex) else prepare(borders)
    near = nearest_border(shape.badge.x, shape.badge.y, index)
    pair = str(near.border_pair[0])
    about, accuracy = float(near.distance_km[0]), float(near.accuracy_km[0])
    border = only(index, pair)
    if shape.kind == "stretch" and lies_on(shape.geometry, border):
        # It is the border, however far the line may be off.
        return DistanceInterval(0.0, accuracy, 0.0, pair)
    low, high = extremes(shape.geometry, border)
    known = about if shape.kind in ("disc", "settlement") else None
    return DistanceInterval(max(low - accuracy, 0.0), high + accuracy, known, pair)


def disc_intervals(shapes: Sequence[Shape], borders: BorderIndex) -> list[DistanceInterval]:
    """The same for many discs at once, by bounds that hold and are quickly found.

    No point of a disc is farther from its middle than the radius, so none can be nearer to, or farther from,
    the border by more than that. Where a disc is cut, or the border bends round it, the interval is wider
    than :func:`distance_interval` would find; it is never narrower.

    Args:
        shapes: Of kind ``disc`` or ``settlement``.
        borders: Made ready for asking.

    Example:
        >>> from bordermap.geometry.borders import prepared
        >>> from bordermap.geometry.shapes import draw_shape
        >>> termez = draw_shape("settlement", lon=67.27833, lat=37.22417)
        >>> [round(km, 1) for km in disc_intervals([termez], prepared("AFG"))[0][:3]]
        [1.5, 6.5, 4.0]
    """
    points = np.array([(shape.badge.x, shape.badge.y) for shape in shapes], dtype=float).reshape(-1, 2)
    near = nearest_border(points[:, 0], points[:, 1], borders)
    radii = np.array([shape.radius_km for shape in shapes])
    least = np.maximum(near.distance_km - radii - near.accuracy_km, 0.0)
    most = near.distance_km + radii + near.accuracy_km
    columns = (least.tolist(), most.tolist(), near.distance_km.tolist(), near.border_pair)
    return [DistanceInterval(low, high, km, str(pair)) for low, high, km, pair in zip(*columns, strict=True)]


def lies_on(line: BaseGeometry, border: BorderIndex) -> bool:
    """Whether every vertex of a line is within a metre of a border.

    Args:
        line: Lines, EPSG:4326.
        border: One border or several.
    """
    lon, lat = shapely.get_coordinates(line).T
    return bool((nearest_border(lon, lat, border).distance_km < _METRE_KM).all())


def distance_label(interval: DistanceInterval) -> str:
    """An interval in words, rounded to what is known (codebook §6).

    Args:
        interval: As :func:`distance_interval` gives it.

    Example:
        >>> distance_label(DistanceInterval(1.5, 6.5, 4.0, "AFG-UZB"))
        'about 4 km from the Afghanistan–Uzbekistan border'
        >>> distance_label(DistanceInterval(0, 177, None, "AFG-TJK"))
        '0–180 km from the Afghanistan–Tajikistan border'
        >>> distance_label(DistanceInterval(0, 0.5, 0.0, "AFG-TJK"))
        'on the Afghanistan–Tajikistan border'
    """
    low, high, about, pair = interval
    border = f"the {pair_name(pair)} border"
    if about == 0:
        return f"on {border}"
    unit = _unit(high - low if about is None else high - about)
    # The bounds themselves are found to a tenth of a kilometre: it shall not make one more.
    least, most = floor((low + 0.1) / unit) * unit, ceil((high - 0.1) / unit) * unit
    if about is None:
        return f"{least:,}–{most:,} km from {border}"
    if about < unit:
        return f"within {ceil(high - 0.1):,} km of {border}"
    return f"about {round(about / unit) * unit:,} km from {border}"


def rounded_distance(about_km: Floats, high_km: Floats) -> tuple[Indices, Floats]:
    """The words of :func:`distance_label` for many discs, as numbers.

    Args:
        about_km: From the middle of each, shape (n,).
        high_km: The most, shape (n,).

    Returns:
        0 for "on", 1 for "within" and 2 for "about", and the kilometres that are told.

    Example:
        >>> kind, told = rounded_distance(np.array([0.0, 0.4, 4.0]), np.array([0.5, 1.2, 6.5]))
        >>> kind.tolist(), told.tolist()
        ([0, 1, 2], [0.0, 2.0, 4.0])
    """
    about, high = np.nan_to_num(about_km), np.nan_to_num(high_km)
    (few, least), (some, more) = _UNITS
    uncertain = high - about
    unit = np.where(uncertain <= few, least, np.where(uncertain <= some, more, 10))
    kind = np.where(about <= 0, 0, np.where(about < unit, 1, 2))
    told = np.where(kind == 1, np.ceil(high - 0.1), np.rint(about / unit) * unit)
    return kind, np.where(kind == 0, 0.0, told)


def _unit(uncertain_km: float) -> int:
    """What to round to, so that no digit promises more than is known."""
    return next((unit for most, unit in _UNITS if uncertain_km <= most), 10)


def pair_name(border_pair: str) -> str:
    """The names of a border's two countries.

    Example:
        >>> pair_name("AFG-UZB")
        'Afghanistan–Uzbekistan'
    """
    return "–".join(country_names().get(code, code) for code in border_pair.split("-"))


def extremes(geometry: BaseGeometry, border: BorderIndex) -> tuple[float, float]:
    """The least and the most distance of the places of a geometry to the nearest border, never too narrow.

    Args:
        geometry: Polygons or lines, EPSG:4326.
        border: One border or several.

    Returns:
        Kilometres, found to half a percent of the most or to 50 m, and widened by that.
    """
    edges, _ = edges_of([geometry])
    low = _least(edges, border)
    if shapely.get_dimensions(geometry) < 2:
        points, off = _middles(edges, 1.0)
        return low, float(nearest_border(*points, border).distance_km.max()) + off
    # A border that crosses the outline is near it; one that lies inside as a whole is not.
    shapely.prepare(geometry)
    holds = shapely.intersects_xy(geometry, border.pieces[:, 0], border.pieces[:, 1]).any()
    return 0.0 if holds else low, _deepest(geometry, border)


def _least(edges: Floats, border: BorderIndex) -> float:
    """The least distance along edges."""
    low = off = 0.0
    # An area that the border bounds shares its vertices: a few of them tell.
    few = edges[:: len(edges) // _FEW + 1]
    if nearest_border(few[:, 0], few[:, 1], border).distance_km.min() < _METRE_KM:
        return 0.0
    # Along a piece the distance differs by at most half its length from that at its middle.
    for piece_km in (8.0, 1.0, 2 * _LEAST_KM):
        edges, _ = cut(edges, piece_km)
        (lon, lat), off = _middles(edges, piece_km)
        distance = nearest_border(lon, lat, border).distance_km
        low = float(distance.min())
        if low < _LEAST_KM or off <= max(_LEAST_KM, _SHARE * low):
            break
        edges = edges[distance <= low + piece_km]
    return max(low - off, 0.0)


def _middles(edges: Floats, piece_km: float) -> tuple[tuple[Floats, Floats], float]:
    """The middles of edges cut to a length, and half that length."""
    pieces, _ = cut(edges, piece_km)
    lon, lat = ((pieces[:, :2] + pieces[:, 2:]) / 2).T
    return (lon, lat), piece_km / 2


def _deepest(polygons: BaseGeometry, border: BorderIndex) -> float:
    """The most distance in polygons: squares are divided as long as they may hold more than is known."""
    lon, lat, side = squares_over(polygons, 8)
    known = off = 0.0
    while len(lon):
        lon, lat = that_meet(polygons, lon, lat, side)
        middle = middles(lon, lat, side)
        distance = nearest_border(*middle, border).distance_km
        known = max(known, float(distance[shapely.contains_xy(polygons, *middle)].max(initial=0.0)))
        off = max(_LEAST_KM, _SHARE * known)
        may = distance + diagonal_km(lat, side) / 2 > known + off
        lon, lat = quarters(lon[may], lat[may], side)
        side /= 2
    return known + off
