"""Columns of the places of a flat table: where each row stands, in words and on the map."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.drawn_rows import DrawnRows
from bordermap.geometry.intervals import pair_name, rounded_distance
from bordermap.incidents.arrow import factorize, text_column
from bordermap.incidents.casebook import Casebook
from bordermap.maps.countries import country_label
from bordermap.maps.incident_columns.facts import numbered
from bordermap.maps.packing.columns import MISSING, CodeColumn, IntColumn, Ints, Numbered, code_column
from bordermap.maps.packing.ordering import DEGREE

_METRES: Final = 1000


def place_columns(casebook: Casebook, drawn: DrawnRows, enriched: pd.DataFrame) -> list[Numbered]:
    """Where the rows stand.

    Args:
        casebook: A flat one.
        drawn: Its rows.
        enriched: What enriching found of them.

    Returns:
        Columns of places, one value a row.
    """
    listed = ~drawn.is_drawn
    codes, countries = numbered(casebook.places["country"])
    country = np.where(listed & (drawn.place >= 0), np.append(codes, -1)[drawn.place], -1)
    names = [country_label(code) for code in countries]
    called = np.where(country >= 0, country, len(names))
    return [
        IntColumn("lon", "place", degrees(drawn.lon)),
        IntColumn("lat", "place", degrees(drawn.lat)),
        _where(casebook, drawn, (country, names)),
        code_column("precision", "place", drawn.precision, drawn.precisions),
        code_column("shape", "place", drawn.shape, [each.shape_id for each in drawn.shapes]),
        code_column("country", "place", country, countries),
        code_column("country_label", "place", np.where(listed, called, -1), [*names, country_label("")]),
        _distances(drawn, enriched),
    ]


def degrees(values: Any) -> Ints:
    """Degrees as whole numbers of a hundred-thousandth.

    Example:
        >>> degrees(np.array([67.278333, np.nan])).tolist()
        [6727833, -2147483648]
    """
    known = np.isfinite(values)
    return np.where(known, np.rint(np.where(known, values, 0) * DEGREE), MISSING).astype(np.int64)


def _where(casebook: Casebook, drawn: DrawnRows, known: tuple[Ints, list[str]]) -> CodeColumn:
    """The words of the place; of what is not drawn, the country's."""
    own, words = factorize(text_column(casebook.locations["words"]))
    called, names = numbered(casebook.places["name"])
    called = np.append(called, -1)[drawn.place]
    country, countries = known
    vocabulary = [*words, *names, *countries, country_label("")]
    is_told = np.array([bool(word) for word in words], dtype=bool)[own]
    told = np.where(is_told, own, np.where(called >= 0, called + len(words), -1))
    nation = np.where(country >= 0, country + len(words) + len(names), len(vocabulary) - 1)
    return code_column("where", "place", np.where(drawn.is_drawn, told, nation), vocabulary)


def _distances(drawn: DrawnRows, enriched: pd.DataFrame) -> CodeColumn:
    """How far from the border in words: rounded, so that few of them differ."""
    high = enriched["border_distance_high_km"].to_numpy(float)
    uncertain = drawn.radius_km + enriched["border_accuracy_m"].to_numpy(float) / _METRES
    kind, kilometres = rounded_distance(high - uncertain, high)
    line, lines = numbered(enriched["border_line"])
    borders = [f"the {pair_name(word.partition(':')[0])} border" if word else "" for word in lines]
    pointed = np.isfinite(drawn.lon) & np.isfinite(high) & (line >= 0)
    keys = np.where(pointed, (line * 3 + kind) * 1_000_000 + kilometres.astype(np.int64), -1)
    codes, different = pd.factorize(keys)
    labels = [_label(int(key), borders) for key in different]
    numbers = np.where(pointed, codes, -1)
    on = {at: _on_line(each.shape_id) for at, each in enumerate(drawn.shapes)}
    areal = np.array([len(labels) + at if on[at] else -1 for at in on] + [-1], dtype=np.int64)
    numbers = np.where(pointed, numbers, areal[drawn.shape])
    return code_column("distance", "place", numbers, [*labels, *on.values()])


def _label(key: int, borders: list[str]) -> str:
    if key < 0:
        return ""
    rest, kilometres = divmod(key, 1_000_000)
    line, kind = divmod(rest, 3)
    return (
        f"on {borders[line]}",
        f"within {kilometres:,} km of {borders[line]}",
        f"about {kilometres:,} km from {borders[line]}",
    )[kind]


def _on_line(shape_id: str) -> str:
    pairs = {words.split(":")[1] for words in shape_id.split() if words.startswith("stretch:")}
    return " and ".join(f"on the {pair_name(pair)} border" for pair in sorted(pairs))
