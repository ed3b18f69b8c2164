"""Where each incident is said to be, as arrays: points with the extent that stands for them, or shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from bordermap.codebook import DRAWN, POINT_LIKE
from bordermap.geometry.areas import area_codes, area_of
from bordermap.geometry.edges import Floats
from bordermap.geometry.shapes import Shape, draw_shape, usual_radius_km
from bordermap.incidents.arrow import factorize, parse_floats, text_column
from bordermap.incidents.faults import fault

#: What may stand for an incident; the position is its number.
BASES: Final = ("none", "point", "settlement", "disc", "shape")
_BASIS_OF: Final = {"exact": "point", "settlement": "settlement", "near": "disc"}
_RADIUS_KM: Final = {precision: usual_radius_km(precision) for precision in _BASIS_OF}


@dataclass(frozen=True, eq=False)
class Located:
    """Places of n incidents or locations.

    Attributes:
        basis: Number of one of :data:`BASES`, shape (n,).
        lon: Degrees, of points, settlements and discs; else NaN, shape (n,).
        lat: Degrees, shape (n,).
        radius_km: How far round the point the place may reach, shape (n,).
        within: The first-order area that a disc is cut to, a position in ``area_codes()``, -1 for none, (n,).
        shape: Number of the shape, -1 for all else, shape (n,).
        shapes: The different shapes.
    """

    basis: NDArray[np.int8]
    lon: Floats
    lat: Floats
    radius_km: Floats
    within: NDArray[np.int32]
    shape: NDArray[np.int64]
    shapes: Sequence[Shape]

    def __len__(self) -> int:
        return len(self.basis)

    def only(self, kept: Any) -> Located:
        """Some of them."""
        arrays = (self.basis, self.lon, self.lat, self.radius_km, self.within, self.shape)
        basis, lon, lat, radius, within, shape = (each[kept] for each in arrays)
        return Located(basis, lon, lat, radius, within, shape, self.shapes)


def places_of_rows(rows: pd.DataFrame) -> Located:
    """The places that rows of text say.

    Args:
        rows: Text, empty for unknown: ``geo_precision``, ``location_basis``, ``longitude``, ``latitude``,
            ``radius_km``, ``shape`` (as :func:`bordermap.geometry.shapes.draw_shape` takes it) and
            ``admin1_code``.

    Returns:
        See :class:`Located`. A candidate of the gazetteer is no place, nor is a country.

    Raises:
        PlaceError: A row names a shape that is not shipped.
    """
    precision, words = factorize(text_column(rows["geo_precision"]))
    lon, lat, radius = (
        parse_floats(text_column(rows[name])) for name in ("longitude", "latitude", "radius_km")
    )
    usable = ~rows["location_basis"].isin(["candidate", "none"]).to_numpy()
    basis = np.array([BASES.index(_BASIS_OF.get(word, "none")) for word in words], dtype=np.int8)[precision]
    pointed = usable & (basis > 0) & np.isfinite(lon) & np.isfinite(lat)
    usual = np.array([_RADIUS_KM.get(word, np.nan) for word in words])[precision]
    radius = np.where(np.isfinite(radius), radius, usual)
    areal = np.array([word in DRAWN and word not in POINT_LIKE for word in words], dtype=bool)[precision]
    shape, shapes = _shapes_of(rows, np.flatnonzero(usable & areal))
    basis = np.where(shape >= 0, BASES.index("shape"), np.where(pointed, basis, 0)).astype(np.int8)
    return Located(
        basis,
        np.where(pointed, lon, np.nan),
        np.where(pointed, lat, np.nan),
        np.where(pointed, radius, 0.0),
        _cut_to(rows["admin1_code"], basis == BASES.index("disc")),
        shape,
        shapes,
    )


def _cut_to(codes: pd.Series[str], discs: Any) -> NDArray[np.int32]:
    """The area that each disc is cut to: the one that its place lies in, as it is drawn."""
    number, words = factorize(text_column(codes))
    known = pd.Index(area_codes()).get_indexer(pd.Index(words)).astype(np.int32)
    return np.where(discs, known[number], -1).astype(np.int32)


def _shapes_of(rows: pd.DataFrame, areal: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[Shape]]:
    """The shape of each areal row, each different one once."""
    number = np.full(len(rows), -1, dtype=np.int64)
    if not areal.size:
        return number, []
    some = rows[["geo_precision", "shape", "admin1_code"]].iloc[areal]
    keys = some.iloc[:, 0] + "\x00" + some.iloc[:, 1] + "\x00" + some.iloc[:, 2]
    codes, different = pd.factorize(keys)
    shapes: list[Shape] = []
    position = []
    for key in different:
        drawn = _drawn(*str(key).split("\x00"))
        position.append(len(shapes) if drawn is not None else -1)
        shapes += [drawn] if drawn is not None else []
    number[areal] = np.array(position)[codes]
    return number, shapes


@lru_cache(maxsize=4096)
def _drawn(precision: str, words: str, admin1_code: str) -> Shape | None:
    if not words and admin1_code and precision in ("admin1", "admin2"):
        words = f"admin1:{admin1_code}"
    if not words:
        return None
    found = draw_shape("border_stretch" if words.startswith("stretch:") else precision, shape=words)
    return found if found.kind != "none" else None


def places_of_frame(frame: gpd.GeoDataFrame) -> Located:
    """The places of a frame of incidents.

    Args:
        frame: Any geometry, EPSG:4326. ``geo_precision`` and ``radius_km`` (kilometres) say how far round a
            point the place may be, where they are given; without them a point is taken as exact.

    Returns:
        See :class:`Located`. A point that only represents a first-order area (``geo_precision`` ``admin1`` or
        ``admin2``) stands for that area.

    Raises:
        InputError: The frame has no rows with geometry (BM560), no coordinate system or another (BM561), or
            coordinates that are none (BM147).
    """
    geometry = np.asarray(frame.geometry.array, dtype=object)
    _check(frame, geometry)
    here = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    pointed = here & (shapely.get_type_id(geometry) == shapely.GeometryType.POINT)
    lon, lat = shapely.get_x(geometry), shapely.get_y(geometry)
    precision = _words(frame, "geo_precision")
    areal = pointed & np.isin(precision, ["admin1", "admin2"])
    given = (
        pd.to_numeric(frame["radius_km"], errors="coerce").to_numpy(float) if "radius_km" in frame else np.nan
    )
    usual = np.select([precision == each for each in _RADIUS_KM], list(_RADIUS_KM.values()), 0.0)
    radius = np.where(np.isfinite(given), given, usual)
    numbers = [BASES.index(_BASIS_OF[each]) for each in _RADIUS_KM]
    basis = np.select([precision == each for each in _RADIUS_KM], numbers, BASES.index("point"))
    listed = np.isin(precision, [each for each in ("country", "unknown", "area", "border_stretch")])
    pointed &= ~areal & ~(listed & pointed)
    shape, shapes = _own_shapes(geometry, here & ~pointed & ~areal & (shapely.get_dimensions(geometry) > 0))
    shape, shapes = _areas_meant(shape, shapes, (lon, lat), np.flatnonzero(areal))
    basis = np.where(shape >= 0, BASES.index("shape"), np.where(pointed, basis, 0)).astype(np.int8)
    blank = np.nan
    return Located(
        basis, np.where(pointed, lon, blank), np.where(pointed, lat, blank), np.where(pointed, radius, 0.0),
        np.full(len(frame), -1, dtype=np.int32), shape, shapes,
    )  # fmt: skip


def _words(frame: gpd.GeoDataFrame, name: str) -> Any:
    if name not in frame:
        return np.full(len(frame), "", dtype=object)
    return frame[name].astype("object").where(frame[name].notna(), "").to_numpy(dtype=object)


def _check(frame: gpd.GeoDataFrame, geometry: Any) -> None:
    if not len(frame) or shapely.is_missing(geometry).all():
        raise fault(
            "BM560", "no row of the incidents has a geometry" if len(frame) else "there is no incident"
        )
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        raise fault("BM561", f"the incidents are not in EPSG:4326 but in {frame.crs or 'no stated system'}")


def _own_shapes(geometry: Any, areal: Any) -> tuple[NDArray[np.int64], list[Shape]]:
    """Polygons and lines, equal ones once."""
    number = np.full(len(geometry), -1, dtype=np.int64)
    where = np.flatnonzero(areal)
    if not where.size:
        return number, []
    codes, different = pd.factorize(np.array([each.wkb for each in geometry[where]], dtype=object))
    number[where] = codes
    return number, [_own_shape(shapely.from_wkb(each)) for each in different]


def _own_shape(geometry: Any) -> Shape:
    if shapely.get_dimensions(geometry) == 2:
        return Shape("area", geometry, geometry.representative_point())
    return Shape("stretch", geometry, geometry.interpolate(0.5, normalized=True))


def _areas_meant(
    shape: NDArray[np.int64], shapes: list[Shape], at: tuple[Any, Any], where: NDArray[np.int64]
) -> tuple[NDArray[np.int64], list[Shape]]:
    """The first-order areas that representative points stand for."""
    if where.size:
        codes, names = pd.factorize(area_of(at[0][where], at[1][where]))
        drawn = [_drawn("admin1", "", str(name)) for name in names]
        position = np.array([len(shapes) + at if one is not None else -1 for at, one in enumerate(drawn)])
        shape[where] = position[codes]
        shapes = [*shapes, *(one or Shape("none", shapely.Polygon(), shapely.Point()) for one in drawn)]
    return shape, shapes
