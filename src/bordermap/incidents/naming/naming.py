"""Rows that have place names and no coordinates, located through the gazetteer; each name is asked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from bordermap.codebook import PRECISIONS
from bordermap.incidents.arrow import Ints, blank, joined_codes, take_text
from bordermap.incidents.faults import fault, quote
from bordermap.incidents.naming.choices import choice_key
from bordermap.incidents.naming.known_places import known_place
from bordermap.incidents.naming.place_words import take_apart
from bordermap.incidents.naming.settling import Question, Settled, settle
from bordermap.incidents.naming.spots import Spot, spot
from bordermap.incidents.readers.layer import TEXT, CellFault

#: Columns of the table of names; ``candidates`` holds ``key=how`` between semicolons.
NAME_COLUMNS: Final = ("name", "country", "admin1", "n_rows", "outcome", "place_key", "how", "candidates")
_ASKED: Final = (
    "location",
    "admin1",
    "admin2",
    "country",
    "admin1_code",
    "geo_precision",
    "reported_precision",
)
_UPDATED: Final = (
    "longitude", "latitude", "geo_precision", "location_basis", "place_key", "admin1_code", "radius_km",
    "country",
)  # fmt: skip
#: Names without a country that are compared with every name of the gazetteer: more would take minutes.
_MOST_COMPARED: Final = 100
_OUTCOMES: Final = ("ambiguous", "not_found", "chosen", "located")

Columns = Mapping[str, pa.Array | pa.ChunkedArray]


@dataclass(frozen=True, eq=False)
class Named:
    """What the names of some rows mean.

    Attributes:
        updates: New values for columns of the flat table, one for each of the rows.
        faults: Warnings, by row.
        is_located: Which of the rows are drawn where their name says: the others fall back to the province
            or country that they name.
        table: One row a distinct name, ``NAME_COLUMNS``; those that need a choice first.
    """

    updates: Mapping[str, pa.ChunkedArray]
    faults: tuple[CellFault, ...]
    is_located: NDArray[np.bool_]
    table: pd.DataFrame

    @property
    def located(self) -> int:
        """How many rows were located."""
        return int(self.is_located.sum())


def locate(columns: Columns, rows: Ints, choices: Mapping[str, str]) -> Named:
    """Locate rows by their names.

    Args:
        columns: Of the flat table, text: ``location``, ``admin1``, ``admin2``, ``country`` (ISO 3166-1
            alpha-3), ``admin1_code``, ``geo_precision``, ``reported_precision``; those left out are empty.
        rows: Positions of the rows that have names and no coordinates.
        choices: Place key by :func:`bordermap.incidents.naming.choices.choice_key`.

    Returns:
        Their places: a name that is the only one within the country or province that the row names is taken,
        and one that is not is listed with its candidates; its row falls back to the province or country.

    Raises:
        InputError: A choice names a place that does not exist (BM362).

    Example:
        >>> columns = {"location": pa.array(["Термез", "Ishkashim"]), "country": pa.array(["UZB", ""])}
        >>> named = locate(columns, np.array([0, 1]), {})
        >>> named.updates["longitude"].to_pylist(), named.updates["geo_precision"].to_pylist()
        (['67.27833', ''], ['settlement', 'unknown'])
        >>> named.located, named.table["outcome"].tolist(), [each.code for each in named.faults]
        (1, ['ambiguous', 'located'], ['BM350'])
    """
    asked = [_column(columns, name, rows) for name in _ASKED]
    codes, first = joined_codes(asked) if len(rows) else (np.empty(0, np.int64), np.empty(0, np.int64))
    questions = [
        _question(*row) for row in zip(*(c.take(pa.array(first)).to_pylist() for c in asked), strict=True)
    ]
    answers = _answers(questions, choices)
    spots = [spot(question, answer) for question, answer in zip(questions, answers, strict=True)]
    drawn = [each.geo_precision not in ("country", "unknown") for each in spots]
    settled = np.array([each.place is not None for each in answers], dtype=bool) & np.array(drawn, dtype=bool)
    return Named(
        _updates(columns, rows, spots, codes),
        _faults(answers, codes, rows),
        settled[codes] if len(codes) else np.empty(0, dtype=bool),
        _table(questions, answers, np.bincount(codes, minlength=len(questions))),
    )


def joined_names(names: pd.DataFrame) -> pd.DataFrame:
    """The tables of names of several layers as one: a name of two layers stands once, its rows added.

    Args:
        names: Tables of names, one below the other.

    Returns:
        The same columns, those that need a choice first.

    Example:
        >>> row = {name: "" for name in NAME_COLUMNS} | {"name": "Termez", "n_rows": 1, "outcome": "located"}
        >>> joined_names(pd.DataFrame([row, row]))["n_rows"].tolist()
        [2]
    """
    if names.empty:
        return pd.DataFrame(columns=list(NAME_COLUMNS))
    others = [name for name in NAME_COLUMNS if name != "n_rows"]
    counted = names.assign(n_rows=names["n_rows"].astype(int))
    joined = counted.groupby(others, sort=False, as_index=False)["n_rows"].sum()
    order = joined.assign(at=joined["outcome"].map(_OUTCOMES.index), many=-joined["n_rows"])
    sorted_names: pd.DataFrame = joined.loc[order.sort_values(["at", "many"], kind="stable").index]
    return sorted_names[list(NAME_COLUMNS)].reset_index(drop=True)


def _column(columns: Columns, name: str, rows: Ints) -> pa.ChunkedArray:
    if name not in columns:
        return blank(len(rows))
    taken = columns[name].take(pa.array(rows)).cast(TEXT).fill_null("")
    return taken if isinstance(taken, pa.ChunkedArray) else pa.chunked_array([taken])


def _question(
    location: str, admin1: str, admin2: str, country: str, admin1_code: str, drawn: str, reported: str
) -> Question:
    # What a reader of the row made of it comes before what stands in the report; "unknown" says nothing.
    stated = next((each for each in (drawn, reported) if each in PRECISIONS and each != "unknown"), "")
    return Question(location.strip(), admin1.strip(), admin2.strip(), country.strip(), admin1_code, stated)


def _answers(questions: Sequence[Question], choices: Mapping[str, str]) -> list[Settled]:
    answers, compared = [], 0
    for question in questions:
        chosen = _chosen(question, choices)
        answer = chosen or settle(question, compare=bool(question.country) or compared < _MOST_COMPARED)
        compared += answer.code in ("BM351", "BM352") and not question.country
        answers.append(answer)
    return answers


def _key(question: Question) -> str:
    return choice_key(question.name, question.country, _admin1(question))


def _admin1(question: Question) -> str:
    return "" if question.name == question.admin1 != question.location else question.admin1


def _chosen(question: Question, choices: Mapping[str, str]) -> Settled | None:
    place_key = choices.get(_key(question), "") if choices else ""
    if not place_key:
        return None
    place = known_place(place_key)
    if place is None:
        raise fault("BM362", f"there is no place with the key {quote(place_key)}")
    others = settle(question, compare=False)
    return Settled(
        "chosen", place, "chosen", "", others.candidates, take_apart(question.name), others.context
    )


def _updates(columns: Columns, rows: Ints, spots: Sequence[Spot], codes: Ints) -> dict[str, pa.ChunkedArray]:
    new = {name: take_text([getattr(each, name) for each in spots] or [""], codes) for name in _UPDATED}
    for name in ("admin1_code", "radius_km", "country"):  # What the row says itself stays.
        old = _column(columns, name, rows)
        new[name] = pa.compute.if_else(pa.compute.equal(old, ""), new[name], old)
    return new


def _faults(answers: Sequence[Settled], codes: Ints, rows: Ints) -> tuple[CellFault, ...]:
    """One of each code, with all its rows."""
    of_code: dict[tuple[str, str], list[int]] = {}
    for at, answer in enumerate(answers):
        if answer.code:
            of_code.setdefault((answer.code, "location"), []).append(at)
        if answer.context.unknown_province:
            of_code.setdefault(("BM355", "admin1"), []).append(at)
        if _has_no_point(answer):
            of_code.setdefault(("BM356", "location"), []).append(at)
    return tuple(
        CellFault(code, rows[np.isin(codes, which)], column)
        for (code, column), which in sorted(of_code.items())
    )


def _has_no_point(answer: Settled) -> bool:
    place = answer.place
    return (
        place is not None
        and place.lon is None
        and place.kind in ("settlement", "site", "crossing", "feature")
    )


def _table(questions: Sequence[Question], answers: Sequence[Settled], counts: Ints) -> pd.DataFrame:
    """Rows of one name, country and province are one, though their districts differ."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    for question, answer, count in zip(questions, answers, counts.tolist(), strict=True):
        if answer.outcome:
            row = _row(question, answer)
            held = found.setdefault((_key(question), answer.outcome), row | {"n_rows": 0})
            held["n_rows"] = int(str(held["n_rows"])) + count
    order = sorted(
        found.values(), key=lambda row: (_OUTCOMES.index(str(row["outcome"])), -int(str(row["n_rows"])))
    )
    return pd.DataFrame(order, columns=list(NAME_COLUMNS))


def _row(question: Question, answer: Settled) -> dict[str, object]:
    return {
        "name": question.name,
        "country": question.country,
        "admin1": _admin1(question),
        "outcome": answer.outcome,
        "place_key": answer.place.place_key if answer.place else "",
        "how": answer.how,
        "candidates": "; ".join(f"{each.place_key}={each.how}" for each in answer.candidates),
    }
