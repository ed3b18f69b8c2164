"""Where, in any table: degrees, pairs, projected metres, geometry as text, and how finely it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyproj

from bordermap.incidents.dialects.coordinates import degrees
from bordermap.incidents.dialects.distinct import Bools, Floats, plainly
from bordermap.incidents.dialects.figures_in_text import numbers, plain_numbers
from bordermap.incidents.dialects.found_columns import Found, value_column
from bordermap.incidents.dialects.written_geometry import read_geometry, read_pairs
from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import CellFault, Layer

#: How far a point of so many decimals (of degrees) may be off, in kilometres, rounded up.
RADIUS_BY_DECIMALS: Final = {0: 80.0, 1: 8.0, 2: 1.0}
#: The same for a point that is given in whole minutes.
RADIUS_OF_MINUTES: Final = 2.0


@dataclass(frozen=True, eq=False)
class Where:
    """Where the rows are.

    Attributes:
        lon: Degrees east, NaN where there is none, shape (n,).
        lat: Degrees north.
        shape: ``wkt:`` and a polygon or line, empty where the place is a point or none; None where no row
            has one.
        coarse: How far a point may be off because it was written in whole degrees or minutes, kilometres;
            0 where its figures say nothing against 500 m; shape (n,).
        faults: What could not be read.
        used: The file's columns by ours.
        notes: Sentences for the report.
    """

    lon: Floats
    lat: Floats
    shape: pa.Array | None = None
    coarse: Floats | None = None
    faults: tuple[CellFault, ...] = ()
    used: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def given(self) -> Bools:
        """Which rows have a point."""
        return np.asarray(np.isfinite(self.lon) & np.isfinite(self.lat), dtype=bool)

    @property
    def areal(self) -> Bools:
        """Which rows have a polygon or a line."""
        if self.shape is None:
            return np.zeros(len(self.lon), dtype=bool)
        return np.asarray(pc.not_equal(self.shape, ""), dtype=bool)


def find_where(layer: Layer, found: Found, options: ReadOptions) -> Where | None:
    """The coordinates of a table, from whichever of its columns has them.

    Args:
        layer: The table; its own geometry is not looked at.
        found: Which column is which.
        options: ``source_crs`` and ``decimal``.

    Returns:
        The coordinates; None where no column has any.

    Raises:
        InputError: The coordinate system is needed and not said (BM285) or unknown (BM286), or the order of
            a pair is not clear (BM287).

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> layer = Layer("a.csv", "csv", text_table({"lat": ["37.22417"], "lon": ["67.27833"]}))
        >>> found = Found({"latitude": "lat", "longitude": "lon"})
        >>> find_where(layer, found, ReadOptions()).lat.tolist()
        [37.22417]
    """
    if "easting" in found and "northing" in found:
        return _projected(layer, found, options)
    for kind in ("latlon", "lonlat", "pair"):
        if kind in found and not ("latitude" in found and "longitude" in found):
            return _pair(layer, found.get(kind), kind)
    if "latitude" in found and "longitude" in found:
        return _two(layer, found, options)
    if "geometry" in found:
        return _geometry(layer, found.get("geometry"))
    return None


def _two(layer: Layer, found: Found, options: ReadOptions) -> Where:
    names = {"longitude": found.get("longitude"), "latitude": found.get("latitude")}
    lon, bad_lon = degrees(value_column(layer, names["longitude"]), "longitude")
    lat, bad_lat = degrees(value_column(layer, names["latitude"]), "latitude")
    faults = (*_unread(bad_lon, names["longitude"]), *_unread(bad_lat, names["latitude"]))
    used = tuple((ours, (theirs,)) for ours, theirs in names.items())
    lon[bad_lat], lat[bad_lon] = np.nan, np.nan  # One fault is enough for a row.
    where = Where(lon, lat, None, None, faults, used)
    if options.source_crs:
        return _to_degrees(where, options)
    texts = [plainly(value_column(layer, theirs)) for theirs in names.values()]
    odd = [text for text in texts if plain_numbers(text) is None]
    return replace(where, coarse=coarseness(lon, lat, *(_in_minutes(text) for text in odd)))


def _no_crs(layer: Layer, columns: Sequence[str]) -> Exception:
    names = " and ".join(quote(name) for name in columns)
    return fault("BM285", f"{names} are not degrees, and their coordinate system is not said",
                 file=layer.label)  # fmt: skip


def _projected(layer: Layer, found: Found, options: ReadOptions) -> Where:
    names = (found.get("easting"), found.get("northing"))
    if not options.source_crs:
        raise _no_crs(layer, names)
    decimal = options.decimal or layer.facts.get("decimal", ".") or "."
    east, bad_east = numbers(value_column(layer, names[0]), decimal=decimal)
    north, bad_north = numbers(value_column(layer, names[1]), decimal=decimal)
    faults = (*_unread(bad_east, names[0]), *_unread(bad_north, names[1]))
    east[bad_north], north[bad_east] = np.nan, np.nan
    used = (("longitude", names), ("latitude", names))
    return _to_degrees(Where(east, north, None, None, faults, used), options)


def _to_degrees(where: Where, options: ReadOptions) -> Where:
    """Coordinates of the stated system as degrees on WGS84; what has no place there is a fault."""
    try:
        system = pyproj.CRS.from_user_input(options.source_crs)
        change = pyproj.Transformer.from_crs(system, "EPSG:4326", always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise fault("BM286", f"not a coordinate system: {quote(options.source_crs)}") from error
    given = where.given
    lon, lat = np.full(len(given), np.nan), np.full(len(given), np.nan)
    lon[given], lat[given] = change.transform(where.lon[given], where.lat[given])
    lost = given & ~(np.isfinite(lon) & np.isfinite(lat))
    lon[lost] = lat[lost] = np.nan
    faults = (*where.faults, *_unread(lost, where.used[0][1][0], "no place in this coordinate system"))
    coarse = coarseness(where.lon, where.lat) if system.is_geographic else np.zeros(len(lon))
    note = f"coordinates were brought from {system.name} to WGS84"
    return replace(where, lon=lon, lat=lat, coarse=coarse, faults=faults, notes=(*where.notes, note))


def _pair(layer: Layer, theirs: str, kind: str) -> Where:
    first, second, bad, order = read_pairs(value_column(layer, theirs), "" if kind == "pair" else kind)
    if not order:
        raise fault(
            "BM287",
            f"column {quote(theirs)} holds both coordinates, and which comes first is not clear",
            hint=f"Say it with --column latlon={theirs} (latitude first) or --column lonlat={theirs}.",
            file=layer.label,
        )
    lat, lon = (first, second) if order == "latlon" else (second, first)
    note = f"{theirs} was read as {'latitude, longitude' if order == 'latlon' else 'longitude, latitude'}"
    used = (("longitude", (theirs,)), ("latitude", (theirs,)))
    return Where(lon, lat, None, coarseness(lon, lat), _unread(bad, theirs), used, (note,))


def _geometry(layer: Layer, theirs: str) -> Where:
    lon, lat, shape, bad = read_geometry(value_column(layer, theirs))
    used = (("longitude", (theirs,)), ("latitude", (theirs,)), ("shape", (theirs,)))
    return Where(lon, lat, shape, coarseness(lon, lat), _unread(bad, theirs), used)


def _unread(bad: Bools, column: str, message: str = "not a coordinate") -> tuple[CellFault, ...]:
    rows = np.flatnonzero(bad)
    return (CellFault("BM158", rows, column, message),) if len(rows) else ()


def _in_minutes(texts: pa.Array) -> Bools:
    """Which texts are degrees with minutes and no seconds, or might be."""
    plain = pc.match_substring_regex(texts, r"^[+-]?[\d.,]*(?:[eE][+-]?\d+)?°?$")
    return ~np.asarray(plain, dtype=bool)


def coarseness(lon: Floats, lat: Floats, *sexagesimal: Bools) -> Floats:
    """How far points may be off because their figures are few.

    Args:
        lon: Degrees, shape (n,); NaN where there is no point.
        lat: Degrees.
        sexagesimal: Which of the longitudes and of the latitudes were written with minutes.

    Returns:
        Kilometres; 0 where at least three decimals, or seconds, were given.

    Example:
        >>> coarseness(np.array([67.27833, 67.28, 67.3, 67]), np.array([37.2, 37.22, 37.2, 37])).tolist()
        [0.0, 1.0, 8.0, 80.0]
    """
    coarse = np.zeros(len(lon))
    for decimals, radius in sorted(RADIUS_BY_DECIMALS.items(), reverse=True):
        coarse[_whole_at(lon, 10**decimals) & _whole_at(lat, 10**decimals)] = radius
    if sexagesimal:
        written = np.logical_or.reduce(sexagesimal)
        coarse[written] = 0
        coarse[written & _whole_at(lon, 60) & _whole_at(lat, 60)] = RADIUS_OF_MINUTES
        coarse[written & _whole_at(lon, 1) & _whole_at(lat, 1)] = RADIUS_BY_DECIMALS[0]
    return coarse


def _whole_at(values: Floats, factor: int) -> Bools:
    scaled = values * factor
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(scaled - np.round(scaled)) < 1e-6, dtype=bool)
