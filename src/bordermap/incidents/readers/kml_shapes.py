"""KML geometries, gathered from their elements as they end."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, Final

import shapely

from bordermap.incidents.faults import quote
from bordermap.incidents.readers.geojson_shapes import Position, ShapeError

#: The elements that are geometries.
SHAPES: Final = frozenset(
    ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack")
)
_LETTERS: Final = re.compile(r"[^0-9eE+\-.,\s]")
_NEEDED: Final = {"Point": 1, "LineString": 2, "LinearRing": 3, "Track": 1}


def positions(text: str) -> tuple[list[Position], int]:
    """The positions of a ``coordinates`` element, and how many of them have a height.

    Args:
        text: ``lon,lat[,height]`` between blanks; blanks round the commas are borne with.

    Raises:
        ShapeError: Something else stands there (BM158).

    Example:
        >>> positions("67.2,37.2,300 67.3, 37.3")
        ([(67.2, 37.2), (67.3, 37.3)], 1)
        >>> positions("abc,def")
        Traceback (most recent call last):
        bordermap...ShapeError: ...
    """
    if _LETTERS.search(text):
        raise _no_coordinates(text)
    places, heights = [], 0
    for each in re.sub(r"\s*,\s*", ",", text).split():
        parts = each.split(",")
        if not 2 <= len(parts) <= 3:
            raise _no_coordinates(each)
        try:
            numbers = [float(part) for part in parts if part or part is not parts[-1]]
        except ValueError as error:
            raise _no_coordinates(each) from error
        if len(numbers) < 2 or not all(map(math.isfinite, numbers)):
            raise _no_coordinates(each)
        places.append((numbers[0], numbers[1]))
        heights += any(numbers[2:])
    return places, heights


def _no_coordinates(text: str) -> ShapeError:
    general = "not longitude and latitude with a comma between"
    return ShapeError("BM158", f"{general}: {quote(text.strip())}", general)


@dataclass
class Gathering:
    """One geometry element that is still open.

    Attributes:
        kind: Its name.
        positions: Its own positions.
        parts: The geometries inside it that have ended.
    """

    kind: str
    positions: list[Position] = field(default_factory=list)
    parts: list[Any] = field(default_factory=list)

    def shape(self) -> Any:
        """The geometry; None where it has no positions at all.

        Raises:
            ShapeError: It has too few, or too many for a point (BM249).
        """
        try:
            return self._shape()
        except (shapely.errors.GEOSException, ValueError) as error:
            if isinstance(error, ShapeError):
                raise
            message = f"a {self.kind} that is none: {str(error)[:100]}"
            raise ShapeError("BM249", message, message) from error

    def _shape(self) -> Any:
        if self.kind in ("MultiGeometry", "MultiTrack"):
            return _together(self.parts)
        if self.kind == "Polygon":
            return shapely.Polygon(self.parts[0], self.parts[1:]) if self.parts else None
        if not self.positions:
            return None
        count = len(set(self.positions) if self.kind == "LinearRing" else self.positions)
        if count < _NEEDED[self.kind]:
            few = f"a {self.kind} with {count} positions where {_NEEDED[self.kind]} are needed"
            raise ShapeError("BM249", few, few)
        if self.kind == "Point" and len(self.positions) > 1:
            many = "a Point with more than one position"
            raise ShapeError("BM249", many, many)
        if self.kind == "LinearRing":
            return shapely.LinearRing(self.positions)
        return line_or_point(self.positions)


def line_or_point(places: list[Position]) -> Any:
    """A line through places; a point where there is only one."""
    return shapely.LineString(places) if len(places) > 1 else shapely.Point(places[0])


def _together(parts: list[Any]) -> Any:
    """Several geometries as one: of their own kind where they are all of one."""
    parts = [part for part in parts if part is not None]
    if len(parts) < 2:
        return parts[0] if parts else None
    kinds = {part.geom_type for part in parts}
    if kinds == {"Point"}:
        return shapely.MultiPoint(parts)
    if kinds <= {"LineString", "LinearRing"}:
        return shapely.MultiLineString([shapely.LineString(part.coords) for part in parts])
    return shapely.MultiPolygon(parts) if kinds == {"Polygon"} else shapely.GeometryCollection(parts)
