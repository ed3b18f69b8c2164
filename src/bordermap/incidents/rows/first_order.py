"""The first-order area of rows known to a province or district: by its name, else by the coder's point."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa

from bordermap.geometry.areas import area_country, area_of
from bordermap.geometry.places import find_places
from bordermap.incidents.arrow import among, empty_mask, joined_codes, parse_floats, put
from bordermap.incidents.readers.layer import TEXT
from bordermap.text import fold_name

Columns = dict[str, pa.ChunkedArray]
_AREAL = ("admin1", "admin2")


def fill_admin1_codes(columns: Columns) -> Columns:
    """Find the GeoNames key of the first-order area of areal rows that have none.

    The name is asked first, within the country; a name that several areas bear, or none, leaves it to the
    coder's representative point, as long as that lies in the country the row names.

    Args:
        columns: Of the flat table, all of them, text.

    Returns:
        The same with ``admin1_code`` filled where it could be.
    """
    areal = among(columns["geo_precision"], _AREAL)
    rows = np.flatnonzero(areal & empty_mask(columns["admin1_code"]) & empty_mask(columns["shape"]))
    if not len(rows):
        return columns
    at = pa.array(rows)
    codes = _by_name(columns["country"].take(at), columns["admin1"].take(at))
    codes = _by_point(codes, columns, rows)
    found = pa.array(codes.tolist(), type=TEXT)
    return columns | {"admin1_code": put(columns["admin1_code"], rows, found)}


def _by_name(country: pa.ChunkedArray, admin1: pa.ChunkedArray) -> np.ndarray:
    codes, first = joined_codes([country, admin1])
    pairs = zip(country.take(first).to_pylist(), admin1.take(first).to_pylist(), strict=True)
    found = np.array([admin1_code(*pair) for pair in pairs], dtype=object)
    return found[codes] if len(found) else np.empty(0, dtype=object)


@lru_cache(maxsize=4096)
def admin1_code(country: str, name: str) -> str:
    """The GeoNames key of a first-order area by its name; empty where none, or more than one, is meant.

    Args:
        country: ISO 3166-1 alpha-3; empty where it is not known.
        name: In any script.

    Example:
        >>> admin1_code("AFG", "Balkh"), admin1_code("AFG", "Балх"), admin1_code("AFG", "Atlantis")
        ('AF.30', 'AF.30', '')
    """
    if not fold_name(name):
        return ""
    found = [
        each
        for each in find_places(name, country=country or None, kind="admin1", limit=10)
        if each.how != "similar spelling"
    ]
    return found[0].admin1_code if len(found) == 1 else ""


def _by_point(codes: np.ndarray, columns: Columns, rows: np.ndarray) -> np.ndarray:
    at = pa.array(rows)
    lon = parse_floats(columns["representative_longitude"].take(at))
    lat = parse_floats(columns["representative_latitude"].take(at))
    country = columns["country"].take(at).to_numpy(zero_copy_only=False)
    usable = (codes == "") & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    if usable.any():
        found = area_of(lon[usable], lat[usable])
        lands = np.array([area_country(code) if code else "" for code in found], dtype=object)
        named = country[usable]
        codes[usable] = np.where((named == "") | (named == lands), found, "")
    return codes
