"""What a table says twice and differently, and rows that say neither when nor where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyproj

from bordermap.incidents.arrow import parse_floats
from bordermap.incidents.dialects.coordinates import degrees
from bordermap.incidents.dialects.distinct import Bools, Floats
from bordermap.incidents.dialects.found_columns import Found, value_column
from bordermap.incidents.dialects.layer_geometry import of_layer
from bordermap.incidents.dialects.where_columns import Where
from bordermap.incidents.readers.layer import CellFault, Layer

#: Degrees by which rounding may part a geometry from the columns beside it: some 100 m.
_ROUNDING: Final = 0.001


def differing_note(layer: Layer, found: Found, where: Where) -> tuple[str, ...]:
    """The sentence about rows whose columns have another point than their geometry; nothing without any.

    Args:
        layer: A layer with geometry.
        found: Which column is which.
        where: The geometry, in degrees on WGS84.

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> layer = Layer("a.csv", "csv", text_table({"lat": ["38.5"], "lon": ["68.7"]}))
        >>> found = Found({"latitude": "lat", "longitude": "lon"})
        >>> differing_note(layer, found, Where(np.array([67.28]), np.array([37.22])))[0][:43]
        'rows whose lat and lon lie elsewhere than t'
    """
    if "latitude" not in found or "longitude" not in found:
        return ()
    lon, _ = degrees(value_column(layer, found.get("longitude")), "longitude")
    lat, _ = degrees(value_column(layer, found.get("latitude")), "latitude")
    count = _apart(lon, lat, where)
    names = f"{found.get('latitude')} and {found.get('longitude')}"
    note = f"rows whose {names} lie elsewhere than their geometry, which is taken: {count}"
    return (note,) if count else ()


def unused_geometry_note(
    layer: Layer, columns: Mapping[str, pa.ChunkedArray], source_crs: str = ""
) -> tuple[str, ...]:
    """The same where the columns are taken: perhaps a point was moved, and its columns were not.

    Args:
        layer: Any.
        columns: ``longitude`` and ``latitude`` as they are taken, degrees on WGS84 as text.
        source_crs: The coordinate system of the geometry where the layer does not say.

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> unused_geometry_note(Layer("a.csv", "csv", text_table({"a": ["1"]})), {})
        ()
    """
    try:
        where = of_layer(layer, source_crs)
    except pyproj.exceptions.ProjError:
        return ()
    if where is None:
        return ()
    count = _apart(parse_floats(columns["longitude"]), parse_floats(columns["latitude"]), where)
    note = f"rows whose latitude and longitude lie elsewhere than their geometry, which is not used: {count}"
    return (note,) if count else ()


def _apart(lon: Floats, lat: Floats, where: Where) -> int:
    """How many rows have two points that are not the same."""
    with np.errstate(invalid="ignore"):
        east = np.abs((lon - where.lon + 180) % 360 - 180)
        apart = (east > _ROUNDING) | (np.abs(lat - where.lat) > _ROUNDING)
        # What are no degrees are metres of a projection, or no coordinates at all.
        for one, other in ((lon, lat), (where.lon, where.lat)):
            apart &= (np.abs(one) <= 180) & (np.abs(other) <= 90)
    return int(apart.sum())


def saying_nothing(
    layer: Layer, where: Where | None, told: Sequence[pa.Array], known: Sequence[CellFault]
) -> tuple[CellFault, ...]:
    """Rows with neither a date nor a place (BM297), such as the sum at a table's end.

    Args:
        layer: Any.
        where: The coordinates or geometry, where the table has any.
        told: Dates, names of places and countries, as text.
        known: Faults found already: their rows are passed over.

    Example:
        >>> from bordermap.incidents.readers.layer import TEXT, text_table
        >>> layer = Layer("a.csv", "csv", text_table({"date": ["2022-04-18", ""]}))
        >>> [each.rows.tolist() for each in saying_nothing(layer, None, [pa.array(["x", ""], TEXT)], [])]
        [[1]]
    """
    silent: Bools = np.ones(layer.table.num_rows, dtype=bool)
    for column in told:
        silent &= np.asarray(pc.equal(column, ""), dtype=bool)
    if where is not None:
        silent &= ~(where.given | where.areal)
    for each in (*layer.faults, *known):
        if not each.outside:
            silent[each.rows] = False
    return (CellFault("BM297", np.flatnonzero(silent)),) if silent.any() else ()
