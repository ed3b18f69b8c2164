"""What the dialects of datasets make of places: points and areas, countries, titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.codebook import POINT_LIKE
from bordermap.incidents.arrow import empty_mask
from bordermap.incidents.dialects.coded import Coded, Text, combined, same
from bordermap.incidents.dialects.country_words import country_of_word
from bordermap.incidents.dialects.recoding import Draft, where
from bordermap.incidents.readers.layer import TEXT

_PREPOSITIONS: Final = {"exact": " at ", "settlement": " at ", "near": " near "}
#: What the drawing of each class rests on: the dataset's point, the area that the place lies in; else words.
_BASES: Final = {
    "exact": "given",
    "settlement": "given",
    "near": "given",
    "admin2": "parent",
    "admin1": "parent",
}


def place(draft: Draft, precision: Coded, longitude: str, latitude: str, *, basis: str = "") -> None:
    """Set precision, basis and coordinates: a point stays one, an area's point is the coder's, and only that.

    Args:
        draft: Changed: ``geo_precision``, ``location_basis``, ``longitude``, ``latitude`` and the
            ``representative_`` ones; coordinates only where the layer has them as columns.
        precision: Of ``codebook.PRECISIONS``.
        longitude: The dataset's column.
        latitude: The dataset's column.
        basis: In place of what the class says, where a place was found at all.
    """
    draft.make("geo_precision", precision)
    draft.make(
        "location_basis",
        precision.changed(lambda word: "none" if word == "unknown" else basis or _BASES.get(word, "none")),
    )
    point = precision.one_of(*POINT_LIKE)
    for ours, name in (("longitude", longitude), ("latitude", latitude)):
        if draft.has(name):
            column = draft.column(name)
            draft.pass_on(ours, name)
            draft.make(ours, where(point, column, ""), name)
            if not point.all():
                draft.make(f"representative_{ours}", where(point, "", column), name)


def titled(phrase: Coded, precision: Coded, names: Mapping[str, Text], country: Coded) -> Text:
    """Titles as bare noun phrases: "shelling at Termez, Uzbekistan".

    Args:
        phrase: What happened.
        precision: Says whether it was at a place, near it, or somewhere in an area.
        names: Names by class: ``settlement``, ``admin2``, ``admin1``, ``area``.
        country: Its name.
    """
    words: Text | str = ""
    named = np.zeros(len(phrase.codes), dtype=bool)
    for word, name in names.items():
        rows = precision.one_of(*POINT_LIKE) if word == "settlement" else precision.one_of(word)
        rows &= ~empty_mask(name)
        words, named = where(rows, name, words), named | rows
    how = precision.changed(lambda word: _PREPOSITIONS.get(word, " in ")).put(~named, " in ")
    how = how.put(~named & country.empty, "")
    tail = country.changed(lambda text: f", {text}" if text else "")
    tail = Coded(
        np.where(named, tail.codes, len(tail.values) + country.codes), [*tail.values, *country.values]
    )
    head = combined(phrase, how, how="{}{}".format)
    middle = words if not isinstance(words, str) else same(words, len(named)).text
    return pc.binary_join_element_wise(head.text, middle, tail.text, pa.scalar("", TEXT))


def countries(draft: Draft, codes: Sequence[tuple[str, Coded]], name: str) -> Coded:
    """Set the country: by the first code that names one, else by its name; what names none is told (BM323).

    Args:
        draft: Changed: ``country``.
        codes: The dataset's columns of codes, and each as ISO 3166-1 alpha-3.
        name: The dataset's column of names.

    Returns:
        Names of the countries, for titles: as the dataset writes them, else the codes.
    """
    written = draft.codes(name)
    found = [column for _, column in codes] + [
        written.changed(lambda word: country_of_word(word, numeric=False))
    ]
    country = found[0]
    for other in found[1:]:
        country = country.filled_from(other)
    draft.make("country", country, *(each for each, _ in codes), name)
    unknown = written.filled & country.empty
    draft.warn("BM323", unknown, name, "{} is no country of ISO 3166-1; the row names none")
    return written.filled_from(country)
