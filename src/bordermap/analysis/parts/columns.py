"""The columns of enriched parts: each of one type in every part, whatever stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.analysis.columns import LOCATED
from bordermap.analysis.flat_columns import enriched_names
from bordermap.incidents.arrow import constant, factorize, table_of, take_text, text_column
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.assembling import HELD_IN_EXTRAS
from bordermap.incidents.conversion.flattening import flatten
from bordermap.incidents.conversion.standing import is_single, statuses
from bordermap.incidents.flat import FLAT
from bordermap.incidents.frames import lookup
from bordermap.incidents.stores.names import outer_name

WORDS: Final = pa.dictionary(pa.int32(), pa.string())
_TYPES: Final = {
    "whole": pa.int64(), "number": pa.float64(), "longitude": pa.float64(), "latitude": pa.float64(),
    "code": WORDS, "iso3": WORDS, "zone": WORDS,
}  # fmt: skip
#: Texts of which there are few.
_FEW: Final = ("admin1", "admin1_code", "bank", "event_type", "sub_event_type", "source_geo_precision",
               "source_time_precision", "reported_precision")  # fmt: skip
_NOT_TOLD: Final = ("representative_longitude", "representative_latitude")
#: Where a row comes from.
PART, RECORD, DATASET = "source_part", "source_record", "dataset"
#: Whether and how incidents stand, and whose they are.
_STANDING: Final = {"status": WORDS, "status_words": WORDS, DATASET: WORDS}
GEOMETRY: Final = "geometry"


def flat_types() -> dict[str, pa.DataType]:
    """The columns of the flat table with their types in a part.

    Example:
        >>> types = flat_types()
        >>> str(types["latitude"]), str(types["event_id"]), "representative_latitude" in types
        ('double', 'string', False)
    """
    types = {each.name: _TYPES.get(each.kind, pa.string()) for each in FLAT.columns}
    types |= dict.fromkeys(_FEW, WORDS)
    return {name: kind for name, kind in types.items() if name not in _NOT_TOLD} | _STANDING


def flat_table(
    casebook: Casebook, rows: pa.Table, extras: pa.Table, *, again: bool = False
) -> tuple[pa.Table, list[str]]:
    """The flat table of a part in typed columns; what is empty is null.

    Args:
        casebook: Made of the rows.
        rows: The flat rows it was made of, which spares bringing its claims together again.
        extras: The source's other columns.
        again: Whether the rows are from a file of ours: what an earlier enriching left there is left out.

    Returns:
        One row an incident; and the names of the source's own columns, the last ones.
    """
    types = flat_types()
    places, incidents = casebook.locations, casebook.incidents
    columns: dict[str, pa.ChunkedArray] = {name: rows[name] for name in types if name in rows.column_names}
    # What no row says has a word of its own once it is a casebook's.
    filled = {name: incidents[name] for name in ("incident_type", "title", "date_precision")}
    filled |= {name: places[name] for name in ("role", "geo_precision", "location_basis")}
    columns |= _columns_of(pd.DataFrame(filled))
    columns |= _columns_of(statuses(casebook, single=True))
    names = lookup(casebook.parties, "party_id", "name")
    columns[DATASET] = named_by(casebook.claims["party_id"], names)
    table = {name: as_type(columns[name], kind) for name, kind in types.items()}
    if again:
        extras = extras.drop_columns([name for name in extras.column_names if name in enriched_names()])
    own = _own_columns(rows, extras)
    return pa.table(table | own), list(own)


def told_flat(casebook: Casebook) -> tuple[pa.Table, list[str]]:
    """The same for a casebook that was not made of flat rows: what its claims say is brought together."""
    flat = flatten(casebook)
    types = flat_types()
    names = lookup(casebook.parties, "party_id", "name") if is_single(casebook) else {}
    columns = _columns_of(flat)
    columns[DATASET] = named_by(casebook.claims["party_id"], names) if names else constant("", len(flat))
    table = {name: as_type(columns[name], kind) for name, kind in types.items()}
    own = {own_name(name): as_type(columns[name], pa.string()) for name in columns if name not in types}
    return pa.table(table | own), list(own)


def named_by(keys: pd.Series[str], names: Mapping[str, str]) -> pa.ChunkedArray:
    """A column of keys as what they stand for."""
    codes, values = factorize(text_column(keys))
    return take_text([names.get(value, "") for value in values], codes)


def _columns_of(frame: pd.DataFrame) -> dict[str, pa.ChunkedArray]:
    table = table_of(frame)
    return dict(zip(table.column_names, table.columns, strict=True))


def _own_columns(rows: pa.Table, extras: pa.Table) -> dict[str, pa.ChunkedArray]:
    """The source's own columns; without coordinates that only repeat a representative point."""
    columns = {}
    for name in extras.column_names:
        if name in HELD_IN_EXTRAS or name == "event_id":
            continue
        column = extras[name]
        which = _COORDINATES.get(name.casefold())
        if which is not None:
            same = pc.and_(pc.equal(column, rows[which]), pc.not_equal(column, ""))
            column = pc.if_else(same, pa.scalar("", type=column.type), column)
        columns[own_name(outer_name(name))] = as_type(column, pa.string())
    return columns


_COORDINATES: Final = {
    **dict.fromkeys(("longitude", "lon", "long", "x"), _NOT_TOLD[0]),
    **dict.fromkeys(("latitude", "lat", "y"), _NOT_TOLD[1]),
}


def own_name(name: str) -> str:
    """A name of a source's own column that no column of ours has.

    Example:
        >>> own_name("countries"), own_name("source_part"), own_name("iso")
        ('source_countries', 'source_source_part', 'iso')
    """
    ours = (PART, RECORD, DATASET, GEOMETRY, "countries", "admin1_codes", *LOCATED.values())
    return f"source_{name}" if name in ours or name.startswith(("border_", "located_")) else name


def as_type(column: pa.ChunkedArray | pa.Array, kind: pa.DataType) -> pa.ChunkedArray:
    """A column of text as another type; an empty text is null.

    Example:
        >>> as_type(pa.array(["1.5", ""], pa.large_string()), pa.float64()).to_pylist()
        [1.5, None]
    """
    whole = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
    if len(whole) and pc.all(pc.equal(whole, "")).as_py():
        return pa.chunked_array([pa.nulls(len(whole), kind)])
    nulled = pc.if_else(pc.equal(whole, ""), pa.scalar(None, type=whole.type), whole)
    if pa.types.is_dictionary(kind):
        texts = pa.chunked_array([nulled.combine_chunks()], type=nulled.type).cast(pa.string())
        return texts.dictionary_encode()
    return nulled.cast(kind)


def enriched_columns(enriched: pd.DataFrame) -> dict[str, pa.ChunkedArray]:
    """The columns that enriching adds; texts stay empty where nothing is known, as in memory.

    Args:
        enriched: As ``enrich`` gives it; without ``event_id``.
    """
    columns = {}
    for name in enriched.columns:
        if name == "event_id":
            continue
        values = enriched[name]
        array = pa.array(values)
        whole = array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])
        columns[LOCATED.get(name, name)] = _words(whole) if _is_text(whole.type) else whole
    return columns


def _is_text(kind: pa.DataType) -> bool:
    texts = (pa.types.is_string, pa.types.is_large_string)
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    return any(is_one(value) for is_one in texts)


def _words(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        return column.cast(WORDS) if column.type != WORDS else column
    one = pa.chunked_array([column.combine_chunks()], type=column.type)
    return pc.fill_null(one, "").cast(pa.string()).dictionary_encode()


def origin_columns(part: str, records: Any) -> dict[str, pa.ChunkedArray]:
    """Where each row comes from: the part's name and the record's number in it."""
    return {
        PART: constant(part, len(records)).cast(pa.string()).dictionary_encode(),
        RECORD: pa.chunked_array([pa.array(records, pa.int64())]),
    }


def in_one_order(table: pa.Table, names: Sequence[str], types: dict[str, pa.DataType]) -> pa.Table:
    """A table with all columns that any part has, in one order; those it lacks are null."""
    have = set(table.column_names)
    columns = [table[name] if name in have else pa.nulls(table.num_rows, types[name]) for name in names]
    return pa.table(dict(zip(names, columns, strict=True)))


def union_of(own: Iterable[Sequence[str]]) -> list[str]:
    """The sources' own columns of all parts, each once, in the order in which they come up."""
    return list(dict.fromkeys(name for names in own for name in names))
