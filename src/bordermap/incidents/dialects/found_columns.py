"""Which column of a table is which of ours: said by the analyst, or found from the names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from bordermap.errors import InputError
from bordermap.incidents.dialects.distinct import whole
from bordermap.incidents.dialects.spellings import meanings, our_columns
from bordermap.incidents.faults import did_you_mean, fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import TEXT, Layer
from bordermap.text import join_words

#: Columns that are asked for where several could be it; of all others the likeliest is taken.
ASKED = ("latitude", "longitude", "easting", "northing")
_NOTHING = pa.array(
    ["n/a", "N/A", "n.a.", "N.A.", "na", "NA", "null", "NULL", "Null", "none", "None", "NONE", "nil", "-",
     "--", "---", "–", "—"], TEXT
)  # fmt: skip
#: Names of the coordinates of ``--column`` and of the spellings, beside our own columns.
ALIASES = {
    "date": "date_start", "id": "event_id", "type": "event_type", "lat": "latitude", "lon": "longitude",
    "lng": "longitude", "url": "source_url", "wkt": "geometry", "place": "location", "day": "day_of_month",
    "killed": "fatalities_best", "fatalities": "fatalities_best", "description": "notes",
    "incident_type": "event_type",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """The columns of a table by what they are.

    Attributes:
        theirs: Our column → the file's column.
        said: Those of our columns that the analyst named.
        notes: Sentences for the report.
    """

    theirs: Mapping[str, str]
    said: frozenset[str] = frozenset()
    notes: tuple[str, ...] = field(default_factory=tuple)

    def __contains__(self, ours: str) -> bool:
        return ours in self.theirs

    def get(self, ours: str) -> str:
        """The file's column; empty where there is none."""
        return self.theirs.get(ours, "")


def find_columns(layer: Layer, options: ReadOptions) -> Found:
    """Which column is which.

    Args:
        layer: Any table.
        options: ``columns`` wins over names; an empty name there means that the table has no such column.

    Returns:
        What was found; one column of the file is never two of ours.

    Raises:
        InputError: A named column does not exist (BM283), one of ours does not exist (BM284), or several
            columns could be a coordinate and their values differ (BM282).

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> table = text_table({"LAT_DD": ["37"], "Long": ["67"], "Дата": ["2022-04-18"]})
        >>> dict(find_columns(Layer("a.csv", "csv", table), ReadOptions()).theirs)
        {'latitude': 'LAT_DD', 'longitude': 'Long', 'date_start': 'Дата'}
    """
    said = _said(layer, options.columns)
    named = {ours: theirs for ours, theirs in said.items() if theirs}
    taken = set(named.values())
    candidates = _candidates(layer.columns, taken, set(said))
    notes: list[str] = []
    found = dict(named)
    for ours in our_columns():
        if ours in said or not candidates.get(ours):
            continue
        free = [theirs for theirs in candidates[ours] if theirs not in taken]
        if free:
            found[ours] = _one_of(layer, ours, free, notes)
            taken.add(found[ours])
    ordered = {ours: found[ours] for ours in our_columns() if ours in found}
    return Found(ordered, frozenset(named), tuple(notes))


def _said(layer: Layer, columns: Mapping[str, str]) -> dict[str, str]:
    said = {}
    for ours, theirs in columns.items():
        known = ALIASES.get(ours, ours)
        if known not in our_columns():
            hint = did_you_mean(ours, [*our_columns(), *ALIASES]) or ""
            raise fault("BM284", f"--column {ours}={theirs}: no column of ours is called {quote(ours)}",
                        hint=hint)  # fmt: skip
        if theirs and theirs not in layer.columns:
            raise missing(layer, f"{ours}={theirs}", theirs)
        said[known] = theirs
    return said


def missing(layer: Layer, option: str, theirs: str) -> InputError:
    """The error for a column that was named and is not there."""
    return fault(
        "BM283",
        f"--column {option}: the table has no column {quote(theirs)}",
        hint=did_you_mean(theirs, layer.columns),
        file=layer.label,
    )


def _candidates(columns: Sequence[str], taken: set[str], said: set[str]) -> dict[str, list[str]]:
    """By column of ours: the file's columns that may be it, the likeliest first, strong names only if any."""
    ranked: dict[str, list[tuple[bool, int, int, str]]] = {}
    parts = _has_parts(columns)
    for at, theirs in enumerate(columns):
        if theirs in taken:
            continue
        for ours, strong, rank in meanings(theirs):
            if ours not in said and not (parts and ours == "date_start" and not strong):
                ranked.setdefault(ours, []).append((not strong, rank, at, theirs))
    return {ours: _strongest(sorted(rows)) for ours, rows in ranked.items()}


def _has_parts(columns: Sequence[str]) -> bool:
    """Whether the date is in parts: then ``day`` is the day of the month."""
    return any(ours == "year" for theirs in columns for ours, _, _ in meanings(theirs))


def _strongest(ranked: list[tuple[bool, int, int, str]]) -> list[str]:
    weak = ranked[0][0]
    return [theirs for is_weak, _, _, theirs in ranked if is_weak == weak]


def _one_of(layer: Layer, ours: str, theirs: list[str], notes: list[str]) -> str:
    """The likeliest; where a coordinate has several, only if they say the same."""
    if len(theirs) == 1 or ours not in ASKED:
        return theirs[0]
    first = whole(layer.table.column(theirs[0]))
    if all(whole(layer.table.column(other)).equals(first) for other in theirs[1:]):
        notes.append(f"{join_words(theirs)} say the same; {theirs[0]} is taken for the {ours}")
        return theirs[0]
    raise fault(
        "BM282",
        f"several columns could be the {ours}: {join_words([quote(each) for each in theirs])}",
        hint=f"Say which one with --column {ours}={theirs[0]} or --column {ours}={theirs[1]}.",
        file=layer.label,
    )


def value_column(layer: Layer, theirs: str) -> pa.Array:
    """A column of numbers, degrees or dates: words for nothing, such as ``n/a`` or ``-``, are empty."""
    column = text_column(layer, theirs)
    nothing = pc.is_in(column, value_set=_NOTHING)
    return pc.if_else(nothing, pa.scalar("", TEXT), column) if pc.any(nothing).as_py() else column


def nothing_note(layer: Layer, columns: Sequence[str]) -> tuple[str, ...]:
    """The sentence about words for nothing in some columns; nothing where there are none."""
    told = [pc.sum(pc.is_in(text_column(layer, each), value_set=_NOTHING)).as_py() for each in columns]
    cells = sum(count or 0 for count in told)
    note = f"cells of numbers and dates that say n/a, NA, null, none or -, and count as empty: {cells}"
    return (note,) if cells else ()


def text_column(layer: Layer, theirs: str) -> pa.Array:
    """A column of the layer in one piece."""
    return whole(layer.table.column(theirs))
