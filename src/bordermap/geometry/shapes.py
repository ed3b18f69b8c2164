"""What a reported place looks like: each class of precision as its shape, never as a finer one.

==============  =============================================================================================
exact           a disc of 0.5 km
settlement      the settlement's extent, a disc
near            a geodesic disc, cut to the area that the report names
admin2, admin1  the polygon; for a district without one, its province, and the note says so
border_stretch  the stretch of the border line
area            a polygon where one is given, else nothing
country         nothing: such reports are listed
==============  =============================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.codebook import POINT_LIKE, PRECISIONS
from bordermap.errors import PlaceError
from bordermap.geometry.areas import area, area_name
from bordermap.geometry.countries import country_code, country_names, country_polygon
from bordermap.geometry.depth import is_deep_text
from bordermap.geometry.discs import circle
from bordermap.geometry.intervals import DistanceInterval, distance_interval, distance_label
from bordermap.geometry.stretches import read_stretches

__all__ = [
    "DistanceInterval", "Shape", "distance_interval", "distance_label", "draw_shape", "settlement_radius_km",
]  # fmt: skip

EXACT_KM: Final = 0.5
NEAR_KM: Final = 5.0
#: The extent of a settlement by its population: a convention of ours, where no radius is given.
_SETTLEMENT_KM: Final = ((1_000_000, 10.0), (250_000, 6.0), (50_000, 3.0), (0, 2.0))
DISTRICT_NOTE: Final = "district outline not shipped: the province is drawn"


@dataclass(frozen=True, eq=False)
class Shape:
    """A place as it is drawn.

    Attributes:
        kind: ``disc``, ``settlement``, ``area``, ``stretch`` or ``none``.
        geometry: Polygons, or lines for a stretch, in lon/lat (EPSG:4326); an empty polygon for none.
        badge: A point (lon, lat) for a symbol or a badge: the centre of a disc, the innermost point of an
        area,
            the middle along a stretch; an empty point for none.
        note: What a reader must know of how it is drawn; may be empty.
        radius_km: Of a disc or settlement; 0 for all else.
    """

    kind: str
    geometry: BaseGeometry
    badge: shapely.Point
    note: str = ""
    radius_km: float = 0.0


NONE: Final = Shape("none", shapely.Polygon(), shapely.Point())


def draw_shape(
    precision: str,
    *,
    lon: float | None = None,
    lat: float | None = None,
    radius_km: float | None = None,
    population: int = 0,
    shape: str = "",
    within: str = "",
    bank: str = "",
) -> Shape:
    """The shape of a reported place.

    Args:
        precision: A class of the codebook (§4).
        lon: Longitude in degrees, for the point-like classes.
        lat: Latitude in degrees, for the point-like classes.
        radius_km: Of the disc or the settlement, where one is stated.
        population: Of the settlement, where its radius is not given; 0 for unknown.
        shape: For the areal classes ``admin1:AF.42`` or ``stretch:AFG-TJK:takhar-khatlon``; several
            stretches are joined by spaces; ``wkt:`` and well-known text for a shape of one's own.
            For ``admin2`` the province it lies in.
        within: The area that the report names, ``admin1:AF.24`` or ``country:AFG``: a ``near`` disc is cut
            to it.
        bank: The country (ISO 3166-1 alpha-3) on whose bank of a border stretch it was said to be.

    Returns:
        The shape; of kind ``none`` for a country, the unknown and an area without a polygon.

    Raises:
        PlaceError: No such precision, area or stretch, or a point-like class without a point.
        InputError: The point or the radius is none.

    Example:
        >>> draw_shape("near", lon=67.4241, lat=37.2214, within="country:AFG").note
        'only the part in Afghanistan is drawn'
        >>> draw_shape("admin2", shape="admin1:AF.26").note
        'district outline not shipped: the province is drawn'
        >>> draw_shape("border_stretch", shape="stretch:AFG-TJK:takhar-khatlon").kind
        'stretch'
    """
    if precision not in PRECISIONS:
        raise PlaceError(
            f"{precision!r} is no precision", hint=f"Use one of {', '.join(PRECISIONS)}.", code="BM190"
        )
    if precision in POINT_LIKE:
        return _draw_point(precision, lon, lat, radius_km, population, within)
    if precision in ("country", "unknown") or (precision == "area" and not shape):
        return NONE
    return _draw_words(precision, shape, bank)


def settlement_radius_km(population: int) -> float:
    """How far a settlement reaches round its point where nothing better is known.

    Args:
        population: 0 for unknown.

    Example:
        >>> settlement_radius_km(0), settlement_radius_km(3_000_000)
        (2.0, 10.0)
    """
    return next(radius for least, radius in _SETTLEMENT_KM if population >= least)


def usual_radius_km(precision: str, population: int = 0) -> float:
    """How far round its point a place may be where no radius is given.

    Args:
        precision: One of the point-like classes.
        population: Of a settlement; 0 for unknown.

    Example:
        >>> usual_radius_km("exact"), usual_radius_km("settlement"), usual_radius_km("near")
        (0.5, 2.0, 5.0)
    """
    if precision == "settlement":
        return settlement_radius_km(max(population, 0))
    return EXACT_KM if precision == "exact" else NEAR_KM


def _draw_point(
    precision: str,
    lon: float | None,
    lat: float | None,
    radius_km: float | None,
    population: int,
    within: str,
) -> Shape:
    if lon is None or lat is None:
        raise PlaceError(
            f"a place of precision {precision!r} has no coordinates",
            hint="Give longitude and latitude, or a coarser precision with its shape.",
            code="BM191",
        )
    radius = radius_km if radius_km is not None else usual_radius_km(precision, population)
    disc = circle(lon, lat, radius)
    kind = "settlement" if precision == "settlement" else "disc"
    geometry, note = _cut_to(disc, within) if precision == "near" and within else (disc, "")
    return Shape(kind, geometry, shapely.Point(lon, lat), note, radius)


def _cut_to(disc: BaseGeometry, within: str) -> tuple[BaseGeometry, str]:
    """The part of a disc in a named area, and what to say of it."""
    named, name = _polygon(within)
    inside = named.intersection(disc)
    if inside.is_empty or inside.area == 0:
        return disc, f"the place lies outside {name}: the whole disc is drawn"
    if inside.area > 0.999 * disc.area:
        return disc, ""
    return inside, f"only the part in {name} is drawn"


def _polygon(words: str) -> tuple[BaseGeometry, str]:
    kind, _, code = words.partition(":")
    if kind == "admin1":
        return area(code), area_name(code)
    if kind == "country":
        return country_polygon(code), country_names()[country_code(code)]
    if kind == "wkt":
        return _own_polygon(code), "the area given"
    raise PlaceError(
        f"no area is written {words!r}",
        hint="Write admin1: and a GeoNames key, or country: and an ISO code, for example admin1:AF.42.",
        code="BM192",
    )


def _own_polygon(text: str) -> BaseGeometry:
    """A polygon, or lines, that a dataset brings along."""
    shape = None if is_deep_text(text) else shapely.from_wkt(text, on_invalid="ignore")
    if shape is not None:
        return shape
    raise PlaceError(
        "a shape that is no well-known text",
        hint="Write wkt: and a polygon, for example wkt:POLYGON ((67 37, 68 37, 68 38, 67 37)).",
        code="BM193",
    )


def _draw_words(precision: str, words: str, bank: str) -> Shape:
    if words.startswith("stretch:"):
        return _draw_stretch([each.removeprefix("stretch:") for each in words.split()], bank)
    geometry, _ = _polygon(words)
    if geometry.is_empty:
        return NONE
    if not geometry.area:
        return _draw_lines(geometry)
    note = DISTRICT_NOTE if precision == "admin2" else ""
    return Shape("area", geometry, shapely.Point(_innermost(geometry)), note)


def _draw_stretch(ids: list[str], bank: str) -> Shape:
    stretches = read_stretches(ids)
    line = shapely.line_merge(shapely.union_all(stretches.geometry.array))
    longest = max(shapely.get_parts(line), key=lambda part: float(part.length))
    side = country_names()[country_code(bank)] if bank else ""
    note = f"said to be on the side of {side}" if side else ""
    return Shape("stretch", line, longest.interpolate(0.5, normalized=True), note)


def _draw_lines(lines: BaseGeometry) -> Shape:
    """Lines, or several points, that a dataset brings along: drawn as they are, the badge on the longest."""
    longest = max(shapely.get_parts(lines), key=lambda part: float(part.length))
    return Shape("stretch", lines, longest.interpolate(0.5, normalized=True))


def _innermost(polygons: BaseGeometry) -> tuple[float, float]:
    """The point of an area that is farthest from its outline."""
    largest = max(shapely.get_parts(polygons), key=lambda part: float(part.area))
    thin = shapely.simplify(largest, 0.01) if largest.area > 0.1 else largest
    inner = shapely.maximum_inscribed_circle(thin, 0.02).coords[0]
    return float(inner[0]), float(inner[1])
