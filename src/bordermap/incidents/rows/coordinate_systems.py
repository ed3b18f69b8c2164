"""Coordinate systems: what a text means, where a system is used, and from it to degrees on WGS84."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pyproj
import pyproj.network
from numpy.typing import NDArray
from pyproj.exceptions import CRSError, ProjError

from bordermap.incidents.faults import fault, quote

Floats = NDArray[np.float64]
WGS84: Final = "OGC:CRS84"
#: How far outside of its area a system still gives usable coordinates: UTM, a zone and a half.
_MARGIN_DEGREES: Final = 10.0


@dataclass(frozen=True, eq=False)
class System:
    """A coordinate system.

    Attributes:
        crs: As pyproj has it.
        is_wgs84: Whether its coordinates are degrees on WGS84 already, and are never touched.
        name: For a reader: ``EPSG:32642, WGS 84 / UTM zone 42N``.
    """

    crs: pyproj.CRS
    is_wgs84: bool
    name: str


@lru_cache(maxsize=32)
def read_system(text: str) -> System:
    """What a text means: a code, WKT, PROJ or PROJJSON.

    Args:
        text: As a file or the analyst gives it.

    Raises:
        InputError: Nothing, or nothing whose coordinates lie on the Earth's surface (BM274).

    Example:
        >>> read_system("EPSG:32642").name, read_system("EPSG:4326").is_wgs84
        ('EPSG:32642, WGS 84 / UTM zone 42N', True)
    """
    try:
        crs = pyproj.CRS.from_user_input(text.strip())
        flat = crs.to_2d() if len(crs.axis_info) > 2 else crs
        known = flat.to_authority(min_confidence=100) or flat.to_authority()
    except (CRSError, ProjError, ValueError, TypeError, UnicodeError) as error:
        raise fault("BM274", f"nobody knows the coordinate system {quote(text)}") from error
    if not (flat.is_geographic or flat.is_projected or flat.is_bound):
        raise fault("BM274", f"no place on Earth follows from the coordinate system {quote(crs.name)}")
    return System(flat, _is_wgs84(flat), f"{':'.join(known)}, {flat.name}" if known else flat.name)


def _is_wgs84(crs: pyproj.CRS) -> bool:
    # Files keep longitude before latitude, whatever the order in which the registry lists the axes.
    return any(
        crs.equals(pyproj.CRS.from_user_input(same), ignore_axis_order=True) for same in ("EPSG:4326", WGS84)
    )


def degrees_for_lengths(x: Floats, y: Floats, text: str) -> NDArray[np.bool_]:
    """Which coordinates are so small that they are degrees, though their system has metres or feet.

    They would lie within 180 m of an origin that is mostly put far away from any place.

    Example:
        >>> degrees_for_lengths(np.array([68.1, 512300.0]), np.array([37.2, 4121500.0]), "EPSG:32642")
        array([ True, False])
    """
    crs = read_system(text).crs
    if not crs.is_projected or not 0 < crs.axis_info[0].unit_conversion_factor <= 1:
        return np.zeros(np.shape(x), dtype=bool)
    return np.asarray((np.abs(x) <= 180) & (np.abs(y) <= 90) & ~((x == 0) & (y == 0)))


@lru_cache(maxsize=32)
def _transformer(text: str) -> pyproj.Transformer:
    # Grids of finer shifts are never fetched, whatever the environment says.
    pyproj.network.set_network_enabled(active=False)  # type: ignore[attr-defined]
    return pyproj.Transformer.from_crs(read_system(text).crs, WGS84, always_xy=True)


def points_to_wgs84(x: Floats, y: Floats, crs: str) -> tuple[Floats, Floats]:
    """Points of any coordinate system in degrees on WGS84.

    Args:
        x: Eastings, or longitudes; NaN where unknown.
        y: Northings, or latitudes.
        crs: Their coordinate system.

    Returns:
        Longitudes and latitudes; both NaN where a point has none, or far outside of where the system is used.
        Points that are on WGS84 already come back bit by bit.

    Raises:
        InputError: Nobody knows the coordinate system (BM274).

    Example:
        >>> lon, lat = points_to_wgs84(np.array([500000.0]), np.array([4121000.0]), "EPSG:32642")
        >>> round(float(lon[0]), 4), round(float(lat[0]), 4)
        (69.0, 37.2355)
    """
    lon, lat = transform(x, y, crs)
    bad = outside(lon, lat, crs) | degrees_for_lengths(np.asarray(x, float), np.asarray(y, float), crs)
    return np.where(bad, np.nan, lon), np.where(bad, np.nan, lat)


def transform(x: Floats, y: Floats, crs: str) -> tuple[Floats, Floats]:
    """Coordinates on WGS84, NaN where there are none; nothing is said of where they lie."""
    if read_system(crs).is_wgs84:
        return np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)
    try:
        lon, lat = _transformer(crs).transform(np.asarray(x, float), np.asarray(y, float))
    except ProjError as error:
        raise fault("BM274", f"no way leads from {quote(crs)} to WGS84") from error
    known = np.isfinite(lon) & np.isfinite(lat)
    return np.where(known, lon, np.nan), np.where(known, lat, np.nan)


def outside(lon: Floats, lat: Floats, crs: str) -> NDArray[np.bool_]:
    """Which points lie far from where a coordinate system is used: then they are hardly of this system.

    Example:
        >>> outside(np.array([69.0, 64.5]), np.array([37.2, 0.0]), "EPSG:28193")
        array([ True,  True])
    """
    area = read_system(crs).crs.area_of_use
    if area is None or read_system(crs).is_wgs84:
        return np.zeros(np.shape(lon), dtype=bool)
    # Round the globe: an area may reach over the antimeridian.
    width = (area.east - area.west) % 360 or 360
    middle = area.west + width / 2
    aside = np.abs((lon - middle + 180) % 360 - 180) > width / 2 + _MARGIN_DEGREES
    beyond = (lat < area.south - _MARGIN_DEGREES) | (lat > area.north + _MARGIN_DEGREES)
    return np.asarray(aside | beyond)
