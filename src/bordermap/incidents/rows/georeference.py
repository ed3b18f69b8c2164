"""Brings the geometry of a layer to degrees on WGS84: points as numbers, everything else as a shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from bordermap.errors import BordermapError
from bordermap.geometry.depth import without_deep
from bordermap.incidents.faults import fault
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import TEXT, CellFault, Geometry
from bordermap.incidents.rows.coordinate_systems import (
    WGS84,
    Floats,
    degrees_for_lengths,
    outside,
    points_to_wgs84,
    read_system,
    transform,
)
from bordermap.text import plain

__all__ = ["Placed", "points_to_wgs84", "to_wgs84"]

Bools = NDArray[np.bool_]
_SHAPE: Final = "wkt:"
_AREAS: Final = (int(shapely.GeometryType.POLYGON), int(shapely.GeometryType.MULTIPOLYGON))


@dataclass(frozen=True, eq=False)
class Placed:
    """The geometry of a layer on WGS84.

    Attributes:
        lon: Longitude in degrees of each row; NaN where the row has no point.
        lat: Latitude.
        wkt: ``wkt:`` and the shape of each row, for lines, areas and several points; else empty.
        faults: Rows whose geometry cannot be used, or only with a word.
        crs: In which coordinate system the file has it, in words, for the report.
    """

    lon: Floats
    lat: Floats
    wkt: pa.Array
    faults: Sequence[CellFault]
    crs: str


def to_wgs84(geometry: Geometry, options: ReadOptions) -> Placed:
    """Bring the geometry of a layer to degrees on WGS84.

    A coordinate system that the analyst names goes before that of the file. Where neither says one,
    coordinates that are degrees are taken as WGS84, which is said; others are asked for. Points that are on
    WGS84 already stay bit by bit as they are.

    Args:
        geometry: Of a layer.
        options: ``source_crs`` is heeded.

    Returns:
        One entry for each row. Rows without geometry have no point, no shape and no fault.

    Raises:
        InputError: The coordinate system is needed (BM275) or nobody knows it (BM274).

    Example:
        >>> wkb = pa.chunked_array([[shapely.to_wkb(shapely.Point(67.27833, 37.22417)), None]])
        >>> placed = to_wgs84(Geometry(wkb.cast(pa.large_binary()), "EPSG:4326"), ReadOptions())
        >>> placed.lon.tolist(), placed.wkt.to_pylist(), placed.crs
        ([67.27833, nan], ['', ''], 'EPSG:4326, WGS 84')
    """
    # The library below descends by recursion: what lies too deep would end the process.
    raw = without_deep(geometry.wkb.to_numpy())
    shapes = shapely.force_2d(shapely.from_wkb(raw, on_invalid="ignore"))
    missing = np.asarray(shapely.is_missing(shapes))
    broken = missing & geometry.wkb.is_valid().to_numpy()
    empty = ~missing & np.asarray(shapely.is_empty(shapes))
    shapes = _simplest(_without(shapes, missing | empty))
    crs, said = _system(geometry, options, shapes)
    moved, unusable, elsewhere = _moved(shapes, crs)
    repaired, mended = _repaired(_without(moved, unusable | elsewhere))
    lon, lat = _points(repaired)
    return Placed(lon, lat, _texts(repaired), _faults(broken, empty, unusable, elsewhere, mended), said)


def _without(shapes: NDArray[np.object_], marked: Bools) -> NDArray[np.object_]:
    shapes = shapes.copy()
    shapes[marked] = None
    return shapes


def _simplest(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Collections of one geometry as that geometry: a multipoint with one point is a point."""
    shapes = shapes.copy()
    # A collection may stand in a collection; only so deep as files have them.
    for _ in range(3):
        kinds = shapely.get_type_id(shapes)
        single = (kinds >= int(shapely.GeometryType.MULTIPOINT)) & (shapely.get_num_geometries(shapes) == 1)
        if not single.any():
            break
        shapes[single] = shapely.get_geometry(shapes[single], 0)
    return shapes


def _system(geometry: Geometry, options: ReadOptions, shapes: NDArray[np.object_]) -> tuple[str, str]:
    """The coordinate system, and what the report says of it."""
    if options.source_crs:
        name, own = read_system(options.source_crs).name, _name(geometry.crs) if geometry.crs else ""
        return options.source_crs, f"{name}, as asked" + (
            f"; the file says {own}" if own not in ("", name) else ""
        )
    if geometry.crs:
        return geometry.crs, read_system(geometry.crs).name
    if not _are_degrees(shapes):
        raise fault("BM275")
    return WGS84, f"{read_system(WGS84).name}: the file names none, and all coordinates are degrees"


def _name(crs: str) -> str:
    """What a coordinate system is called, also where nobody knows it."""
    try:
        return read_system(crs).name
    except BordermapError:
        return plain(crs)[:60]


def _are_degrees(shapes: NDArray[np.object_]) -> bool:
    places = shapely.get_coordinates(shapes)
    places = places[np.isfinite(places).all(axis=1)]
    return bool((np.abs(places) <= (180, 90)).all())


def _moved(shapes: NDArray[np.object_], crs: str) -> tuple[NDArray[np.object_], Bools, Bools]:
    """The shapes on WGS84; which have coordinates that cannot be; which lie far from their system's area."""
    places, owners = shapely.get_coordinates(shapes, return_index=True)
    x, y = places[:, 0], places[:, 1]
    lon, lat = transform(x, y, crs)
    off_globe = _any(~((np.abs(lon) <= 180) & (np.abs(lat) <= 90)), owners, len(shapes))
    astray = _any(outside(lon, lat, crs), owners, len(shapes))
    # A shape may have one corner near the origin; one that has all of them there is in degrees.
    astray |= ~_any(~degrees_for_lengths(x, y, crs), owners, len(shapes)) & ~shapely.is_missing(shapes)
    if not read_system(crs).is_wgs84:
        shapes = shapely.set_coordinates(shapes.copy(), np.column_stack([lon, lat]))
    return shapes, off_globe, astray & ~off_globe


def _any(marks: Bools, owners: NDArray[np.int64], count: int) -> Bools:
    found = np.zeros(count, dtype=bool)
    found[owners[marks]] = True
    return found


def _repaired(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], Bools]:
    """Areas that do not cross themselves; and which had to be made so."""
    areas = np.isin(shapely.get_type_id(shapes), _AREAS)
    mended = np.zeros(len(shapes), dtype=bool)
    mended[areas] = ~np.asarray(shapely.is_valid(shapes[areas]))
    if not mended.any():
        return shapes, mended
    shapes = shapes.copy()
    shapes[mended] = [_areas_of(shape) for shape in shapely.make_valid(shapes[mended])]
    return shapes, mended


def _areas_of(shape: Any) -> Any:
    """The areas among what a repair leaves: stray lines are no place."""
    parts = [part for part in shapely.get_parts(shape) if part.area > 0]
    return shape if not parts else parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _points(shapes: NDArray[np.object_]) -> tuple[Floats, Floats]:
    return np.asarray(shapely.get_x(shapes)), np.asarray(shapely.get_y(shapes))


def _texts(shapes: NDArray[np.object_]) -> pa.Array:
    drawn = shapely.get_type_id(shapes) > int(shapely.GeometryType.POINT)
    texts = np.full(len(shapes), "", dtype=object)
    texts[drawn] = [_SHAPE + text for text in shapely.to_wkt(shapes[drawn], rounding_precision=-1)]
    return pa.array(texts, TEXT)


def _faults(broken: Bools, empty: Bools, unusable: Bools, elsewhere: Bools, mended: Bools) -> list[CellFault]:
    marks = {"BM273": broken, "BM277": empty, "BM158": unusable, "BM276": elsewhere, "BM278": mended}
    return [CellFault(code, np.flatnonzero(mark)) for code, mark in marks.items() if mark.any()]
