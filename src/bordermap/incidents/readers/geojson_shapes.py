"""GeoJSON geometries as WKB; what is wrong with one is told, and the others go on."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely

from bordermap.incidents.faults import quote
from bordermap.incidents.readers.row_faults import RowFaults
from bordermap.incidents.readers.typed import value_text

Position = tuple[float, float]
# Beyond any longitude, also one that counts on across the date line.
_FAR: Final = 1000


@dataclass(eq=False)
class ShapeError(ValueError):
    """A geometry that cannot be used: its fault, what is wrong, the same without the value."""

    code: str
    message: str
    general: str


@dataclass
class Shapes:
    """Makes geometries, and remembers what must be said of them.

    Attributes:
        heights: How many positions had a height, which is dropped.
        no_degrees: Whether the numbers of most geometries can be no degrees.
    """

    heights: int = 0
    no_degrees: bool = False

    def column(self, geometries: Sequence[Any], faults: RowFaults) -> pa.ChunkedArray:
        """The WKB of each geometry, null where there is none or where it is faulty.

        Args:
            geometries: As JSON gives them, None where a feature has none.
            faults: Takes the faults (BM158, BM249).

        Example:
            >>> faults = RowFaults()
            >>> wkb = Shapes().column([{"type": "Point", "coordinates": [67, 37, 300]}, None, 7], faults)
            >>> shapely.from_wkb(wkb[0].as_py()), wkb[1].as_py(), faults.gathered()[0].rows.tolist()
            (<POINT (67 37)>, None, [2])
        """
        shapes = np.full(len(geometries), None, dtype=object)
        points: list[tuple[int, Position]] = []
        for row, geometry in enumerate(geometries):
            if geometry is None:
                continue
            try:
                if isinstance(geometry, dict) and geometry.get("type") == "Point":
                    points.append((row, self._position(geometry.get("coordinates"))))
                else:
                    shapes[row] = self.shape(geometry)
            except ShapeError as error:
                written = value_text(geometry)[:1000]
                faults.add(error.code, row, error.message, value=written, general=error.general)
        if points:  # points in their thousands are made at once
            shapes[[row for row, _ in points]] = shapely.points([place for _, place in points])
        far = np.abs(shapely.bounds(shapes)).max(axis=1, initial=0) > _FAR
        self.no_degrees = 2 * int(far.sum()) > int((~shapely.is_missing(shapes)).sum())
        return pa.chunked_array([pa.array(shapely.to_wkb(shapes), type=pa.large_binary())])

    def shape(self, geometry: Any) -> Any:
        """One geometry.

        Raises:
            ShapeError: It is none, or its coordinates are wrong.
        """
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind == "GeometryCollection":
            members = geometry.get("geometries")
            if not isinstance(members, list):
                raise _wrong("a GeometryCollection without a list of geometries")
            return shapely.GeometryCollection([self.shape(member) for member in members])
        make = _MAKERS.get(kind) if isinstance(kind, str) else None
        if make is None:
            named = f"no kind of geometry: {quote(value_text(kind))}" if kind else "no geometry"
            raise _wrong(named, "no kind of geometry")
        coordinates = geometry.get("coordinates")
        if not isinstance(coordinates, list) or not coordinates:
            raise _wrong(f"a {kind} without coordinates")
        try:
            return make(self, coordinates)
        except (shapely.errors.GEOSException, ValueError) as error:
            if isinstance(error, ShapeError):
                raise
            raise _wrong(f"a {kind} that is none: {str(error)[:100]}") from error

    def _position(self, value: Any) -> Position:
        if not isinstance(value, list) or len(value) < 2:
            raise _wrong(f"no position: {quote(value_text(value))}", "no position")
        x, y = value[0], value[1]
        if not (_is_number(x) and _is_number(y)):
            written = quote(value_text(value[:2]))
            raise ShapeError("BM158", f"not a pair of numbers: {written}", "not a pair of numbers")
        self.heights += len(value) > 2
        return float(x), float(y)

    def _positions(self, value: Any, at_least: int) -> list[Position]:
        if not isinstance(value, list) or not all(isinstance(each, list) for each in value):
            raise _wrong(f"no list of positions: {quote(value_text(value))}", "no list of positions")
        if len(value) < at_least:
            raise _wrong(f"{len(value)} positions where {at_least} are needed")
        return [self._position(each) for each in value]

    def _point(self, value: list[Any]) -> Any:
        return shapely.Point(self._position(value))

    def _line(self, value: Any) -> Any:
        return shapely.LineString(self._positions(value, 2))

    def _polygon(self, value: Any) -> Any:
        if not isinstance(value, list) or not value:
            raise _wrong("a polygon without rings")
        # A ring that is not closed is closed; three corners make one.
        rings = [self._positions(ring, 3) for ring in value]
        if any(len(set(ring)) < 3 for ring in rings):
            raise _wrong("a ring with fewer than three corners")
        return shapely.Polygon(rings[0], rings[1:])

    def _points(self, value: list[Any]) -> Any:
        return shapely.MultiPoint(self._positions(value, 1))

    def _lines(self, value: list[Any]) -> Any:
        return shapely.MultiLineString([self._line(each) for each in value])

    def _polygons(self, value: list[Any]) -> Any:
        return shapely.MultiPolygon([self._polygon(each) for each in value])


_MAKERS: Final[Mapping[str, Callable[[Shapes, list[Any]], Any]]] = {
    "Point": Shapes._point,
    "LineString": Shapes._line,
    "Polygon": Shapes._polygon,
    "MultiPoint": Shapes._points,
    "MultiLineString": Shapes._lines,
    "MultiPolygon": Shapes._polygons,
}
#: The types of GeoJSON geometries.
KINDS: Final = (*_MAKERS, "GeometryCollection")


def _is_number(value: Any) -> bool:
    if type(value) is int:
        return abs(value) < 10**300
    return type(value) is float and math.isfinite(value)


def _wrong(message: str, general: str = "") -> ShapeError:
    return ShapeError("BM249", message, general or message)
