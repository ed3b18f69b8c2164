"""Columns of what is counted: dates, the killed and their classes, parties; the same for every casebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.facts import BETWEEN, SIDES
from bordermap.analysis.periods import NO_DAY
from bordermap.incidents.arrow import factorize, joined_codes, text_column
from bordermap.incidents.dates import interval_label
from bordermap.maps.packing.columns import (
    MISSING,
    CodeColumn,
    IntColumn,
    Ints,
    Numbered,
    Of,
    SetColumn,
    code_column,
    set_column,
)

#: Classes of numbers of the killed, and the least of each.
DEATHS: Final = ("0", "1-4", "5-24", "25-99", "100+")
_LEAST: Final = np.array([0, 1, 5, 25, 100])
_DATE: Final = ("date_start", "date_end", "date_precision", "date_basis", "date_kind", "time_zone")
#: No number is larger: what is packed has 32 bits.
_MOST: Final = 2**31 - 1


def fact_columns(facts: pd.DataFrame, incidents: pd.DataFrame) -> list[Numbered]:
    """The columns of rows and of dates that do not depend on how a casebook came about.

    Args:
        facts: As :func:`bordermap.analysis.facts.facts_of` gives them.
        incidents: Of the casebook.

    Returns:
        One value a row.
    """
    return [
        word_column("status", "row", facts["status"]),
        word_column("type", "row", facts["incident_type"]),
        word_column("dataset", "row", facts["dataset"]),
        _parties(facts["parties"]),
        *_killed(facts),
        *_dates(facts, incidents),
    ]


def word_column(name: str, of: Of, values: pd.Series[Any]) -> CodeColumn:
    """A column of few different words as codes.

    Example:
        >>> word_column("type", "row", pd.Series(["shooting", ""])).words
        ['', 'shooting']
    """
    numbers, words = numbered(values)
    return code_column(name, of, numbers, words)


def numbered(values: pd.Series[Any]) -> tuple[Ints, list[str]]:
    """A column as numbers and words; -1 for what is missing."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return np.asarray(values.cat.codes, dtype=np.int64), [str(word) for word in values.cat.categories]
    return factorize(text_column(values.astype("str").reset_index(drop=True)))


def set_of_words(name: str, of: Of, values: pd.Series[Any], between: str) -> SetColumn:
    """A column of joined words as sets.

    Args:
        name: Of the column.
        of: Of which table.
        values: Words with something between them.
        between: What stands between the words.

    Example:
        >>> set_of_words("pair", "place", pd.Series(["AFG-UZB AFG-TJK"]), " ").sets
        [[], [2, 1]]
    """
    numbers, words = numbered(values)
    return set_column(name, of, numbers, [word.split(between) if word else [] for word in words])


def _parties(values: pd.Series[Any]) -> SetColumn:
    return set_of_words("party", "row", values, BETWEEN)


def _killed(facts: pd.DataFrame) -> list[Numbered]:
    low, best, high = (_number(facts, f"killed_total_{bound}") for bound in ("low", "best", "high"))
    # Where the killed are told by side only, they are at least those of the side with most; none are added.
    sides = [_number(facts, f"killed_{side}_{bound}") for side in SIDES[1:] for bound in ("low", "best")]
    untold = np.isnan(low) & np.isnan(best) & np.isnan(high)
    low = np.where(untold, np.fmax.reduce(sides), low)
    bounds = {"killed_low": low, "killed_best": best, "killed_high": high}
    columns = [IntColumn(name, "row", whole(values)) for name, values in bounds.items()]
    return [*columns, death_classes(low, best, high)]


def _number(facts: pd.DataFrame, name: str) -> Any:
    return facts[name].to_numpy(float) if name in facts else np.full(len(facts), np.nan)


def whole(values: Any) -> Ints:
    """Numbers as whole ones, :data:`MISSING` where there is none.

    Example:
        >>> whole(np.array([3.0, np.nan])).tolist()
        [3, -2147483648]
    """
    known = np.isfinite(values)
    return np.where(known, np.clip(np.where(known, values, 0), -_MOST, _MOST), MISSING).astype(np.int64)


def death_classes(low: Any, best: Any, high: Any) -> SetColumn:
    """The classes that the number of the killed may be in; none where nothing is stated.

    Args:
        low: At least so many; not a number where not known, shape (n,).
        best: The best number.
        high: At most so many.

    Example:
        >>> nothing = np.array([np.nan])
        >>> column = death_classes(np.array([3.0]), nothing, np.array([7.0]))
        >>> [column.words[number] for number in column.sets[column.codes[0]]]
        ['1-4', '5-24']
    """
    exact = np.isnan(low) & np.isnan(high)
    low, high = np.where(exact, best, low), np.where(exact, best, high)
    stated = ~(np.isnan(low) & np.isnan(high))
    first = np.searchsorted(_LEAST, np.where(np.isnan(low), 0, low), side="right") - 1
    last = np.searchsorted(_LEAST, np.where(np.isnan(high), np.inf, high), side="right") - 1
    first, last = np.maximum(first, 0), np.maximum(last, np.maximum(first, 0))
    numbers = np.where(stated, first * len(DEATHS) + last, -1)
    sets = [DEATHS[low : high + 1] for low in range(len(DEATHS)) for high in range(len(DEATHS))]
    return set_column("deaths", "row", numbers, sets)


def _dates(facts: pd.DataFrame, incidents: pd.DataFrame) -> list[Numbered]:
    numbers, labels = date_labels(incidents)
    days = {"from": facts["first_day"].to_numpy(), "to": facts["last_day"].to_numpy()}
    return [
        *(
            IntColumn(name, "when", np.where(values == NO_DAY, MISSING, values))
            for name, values in days.items()
        ),
        code_column("date", "when", numbers, labels),
    ]


def date_labels(incidents: pd.DataFrame) -> tuple[Ints, Sequence[str]]:
    """The dates of incidents in words, each different one worded once.

    Args:
        incidents: Of a casebook.

    Returns:
        The number of each incident's words, and the words.
    """
    columns = [text_column(incidents[name]) for name in _DATE]
    codes, first = joined_codes(columns)
    texts = zip(*(column.take(first).to_pylist() for column in columns), strict=True)
    return codes, [
        interval_label(start, end, precision=precision, basis=basis, kind=kind, time_zone=zone)
        for start, end, precision, basis, kind, zone in texts
    ]
