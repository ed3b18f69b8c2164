"""The places that flat rows name, each once."""

from __future__ import annotations

from itertools import compress
from typing import Final

import pandas as pd
import pyarrow as pa

from bordermap.geometry.countries import country_names
from bordermap.incidents.arrow import factorize, frame_of, joined_codes, take_text
from bordermap.incidents.readers.layer import TEXT
from bordermap.incidents.tables import TABLES

#: What makes two places of flat rows one; without any of the latter a row names no place of its own.
_WORDS: Final = ("country", "admin1", "admin1_code", "admin2", "shape", "place_key")
_NAMED: Final = ("kind", "location", "admin2", "admin1", "admin1_code", "country")
_KINDS: Final = {
    "exact": "site", "settlement": "settlement", "near": "settlement", "admin2": "admin2",
    "admin1": "admin1", "border_stretch": "border_stretch", "area": "area", "country": "country",
}  # fmt: skip


def place_rows(rows: pa.Table) -> tuple[pd.DataFrame, pa.ChunkedArray]:
    """The places of flat rows.

    Args:
        rows: The flat table.

    Returns:
        The table ``places``, in the order in which they come up, and the ``place_id`` of each row; empty
        where a row names nothing beyond its words.
    """
    kinds = _kinds(rows["geo_precision"])
    codes, first = joined_codes([rows["location"], kinds, *(rows[name] for name in _WORDS)])
    chosen = {name: rows[name].take(first).to_pylist() for name in ("location", *_WORDS)}
    chosen["kind"] = kinds.take(first).to_pylist()
    named = [any(words) for words in zip(*(chosen[name] for name in _WORDS), strict=True)]
    numbers = iter(range(1, len(first) + 1))
    ids = [f"place-{next(numbers)}" if each else "" for each in named]
    columns = {name: list(compress(values, named)) for name, values in chosen.items()}
    columns["place_id"] = list(compress(ids, named))
    columns["name"] = list(map(_name, *(columns[name] for name in _NAMED)))
    blank = [""] * sum(named)
    places = {name: pa.array(columns.get(name, blank), type=TEXT) for name in TABLES["places"].names}
    return frame_of(places), take_text(ids or [""], codes)


def _kinds(precision: pa.ChunkedArray) -> pa.ChunkedArray:
    codes, values = factorize(precision)
    return take_text([_KINDS.get(value, "area") for value in values] or [""], codes)


def _name(kind: str, location: str, admin2: str, admin1: str, code: str, country: str) -> str:
    """What the place is called: an area by its own name, whatever words the row has for a spot in it."""
    country = country_names().get(country, country)
    if kind == "country" and country:
        return country
    if kind == "admin1" and admin1:
        return admin1
    return location or admin2 or admin1 or country or code or "area"
