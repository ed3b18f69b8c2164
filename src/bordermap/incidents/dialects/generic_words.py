"""What, who and how many, in any table: types, titles, countries, casualties, addresses."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap import codebook as cb
from bordermap.incidents.dialects.country_words import country_codes
from bordermap.incidents.dialects.distinct import Bools, distinct, plainly, replaced
from bordermap.incidents.dialects.figures_in_text import numbers, text_of
from bordermap.incidents.dialects.found_columns import Found, text_column, value_column
from bordermap.incidents.dialects.spellings import key_of
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import TEXT, CellFault, Layer
from bordermap.text import fold_name

#: Columns of ours that are words and stay as they are.
PLAIN: Final = (
    "event_id", "location", "admin1", "admin1_code", "admin2", "bank", "actor1", "actor2", "source", "notes",
    "sub_event_type", "reported_precision", "sensitive",
)  # fmt: skip
COUNTS: Final = (
    "fatalities_low", "fatalities_best", "fatalities_high", "fatalities_a", "fatalities_b",
    "fatalities_civilians", "fatalities_unknown", "wounded",
)  # fmt: skip
#: Columns with a vocabulary: taken only where every value is of it.
CODED: Final = {
    "role": tuple(cb.ROLES),
    "date_kind": tuple(cb.DATE_KINDS),
    "date_precision": cb.DATE_PRECISIONS,
    "date_basis": cb.DATE_BASES,
    "location_basis": tuple(cb.LOCATION_BASES),
    "responsibility_claimed": cb.RESPONSIBILITY,
}
_TYPES: Final = {
    **{fold_name(key): key for key in cb.INCIDENT_TYPES},
    **{fold_name(code.label): key for key, code in cb.INCIDENT_TYPES.items()},
}
_ISO: Final = re.compile(r"iso|code|numeric|kod|код|un$", re.IGNORECASE)
_LINK: Final = re.compile(r"https?://[^\s|<>\"]+?(?=[\s|<>\"]|[,;]\s*(?:https?:|$)|$)", re.IGNORECASE)


def incident_types(column: pa.Array) -> pa.Array:
    """Our type of each row: the one whose code or label is written, else ``other``.

    Example:
        >>> incident_types(pa.array(["Drone strike", "shooting", "robbery"], TEXT)).to_pylist()
        ['drone_strike', 'shooting', 'other']
    """
    return replaced(column, lambda text: _TYPES.get(fold_name(text), "other"))


def countries(layer: Layer, found: Found) -> tuple[pa.Array, tuple[CellFault, ...]]:
    """The country codes of a table, and the rows whose country could not be recognised."""
    theirs = found.get("country")
    codes, bad = country_codes(text_column(layer, theirs), numeric=bool(_ISO.search(key_of(theirs))))
    return codes, _warning("BM323", bad, theirs)


def counts(layer: Layer, theirs: str, options: ReadOptions) -> tuple[pa.Array, tuple[CellFault, ...]]:
    """A column of people counted: whole numbers only."""
    decimal = options.decimal or layer.facts.get("decimal", ".") or "."
    values, bad = numbers(value_column(layer, theirs), decimal=decimal)
    with np.errstate(invalid="ignore"):
        odd = (values < 0) | (values != np.round(values)) | (np.abs(values) > 1e9)
    odd &= np.isfinite(values)
    return text_of(np.where(odd, np.nan, values)), _warning("BM305", bad | odd, theirs)


def _warning(code: str, bad: Bools, theirs: str) -> tuple[CellFault, ...]:
    rows = np.flatnonzero(bad)
    return (CellFault(code, rows, theirs),) if len(rows) else ()


def links(column: pa.Array) -> pa.Array:
    """Web addresses between spaces; a text that holds none stays as it is, to be told of later.

    Example:
        >>> links(pa.array(["https://example.org/a; http://example.org/b", "www.x.org"], TEXT)).to_pylist()
        ['https://example.org/a http://example.org/b', 'www.x.org']
    """
    good = pc.match_substring_regex(column, r"^(?i:https?)://[^\s,;|<>\"]+$|^$")
    if pc.all(good).as_py() in (True, None):
        return column
    return replaced(column, lambda text: " ".join(_LINK.findall(text)) or text)


def coded(layer: Layer, found: Found) -> dict[str, pa.Array]:
    """Columns with a vocabulary, where every value is of it."""
    taken = {}
    for ours, known in CODED.items():
        if ours in found:
            column = plainly(text_column(layer, found.get(ours)))
            if set(distinct(column).texts.to_pylist()) <= {"", *known}:
                taken[ours] = column
    return taken


def titles(given: pa.Array | None, types: pa.Array, places: list[pa.Array]) -> pa.Array:
    """The title of each row: the given one, else made of type and place.

    Args:
        given: The column of titles, or None.
        types: Codes of the types.
        places: Columns that name the place, the finest first.

    Example:
        >>> kinds, places = pa.array(["shooting", "other"], TEXT), pa.array(["Termez", ""], TEXT)
        >>> titles(None, kinds, [places]).to_pylist()
        ['shooting at Termez', 'incident']
    """
    words = replaced(types, _noun)
    place = pa.repeat(pa.scalar("", TEXT), len(types))
    for each in places:
        place = pc.if_else(pc.equal(place, ""), each, place)
    joined = pc.binary_join_element_wise(words, place, pa.scalar(" at ", TEXT))
    made = pc.if_else(pc.equal(place, ""), words, joined)
    return made if given is None else pc.if_else(pc.equal(given, ""), made, given)


def _noun(key: str) -> str:
    return "incident" if key == "other" else cb.label(cb.INCIDENT_TYPES, key).lower()
