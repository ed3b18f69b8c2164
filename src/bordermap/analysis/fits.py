"""Whether reported places fit a published maximum range, by comparing shapes (codebook §6).

That something fits says nothing of whether it happened, and nothing of who did it or from where.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor
from typing import Final

import pandas as pd

from bordermap.analysis.claimed import statements
from bordermap.analysis.drawn import Drawing, NamedShape, draw_locations
from bordermap.analysis.ranges import PUBLISHED, PublishedRange, published_range
from bordermap.codebook import label
from bordermap.geometry.apart import Apart, apart
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.frames import lookup, records, rows

VERDICTS: Final = ("fits", "cannot_fit", "cannot_be_judged")
#: Names of the press for rockets of several calibres: none of them tells which.
LABELS: Final = ("Katyusha", "Grad", "BM-1")
_STARTS, _ENDS = ("origin",), ("impact", "target")
_COLUMNS: Final = (
    "event_id", "verdict", "reason", "low_km", "high_km", "max_km", "calibre", "source", "means",
    "origin", "origin_by", "end", "end_role", "end_by",
)  # fmt: skip


def fit_of(distance: Apart, ranges: Sequence[PublishedRange], *, certain: bool = True) -> str:
    """Whether shapes fit published maximum ranges.

    Args:
        distance: Of the shape of an origin from the shape of an impact or a target.
        ranges: Those it may have been; none: not known.
        certain: Whether it is known to be one of them.

    Returns:
        ``cannot_fit`` where even the nearest places are farther apart than the largest of the ranges;
        ``fits`` where even the farthest are within the smallest, and it is known to be one of them; else
        ``cannot_be_judged``.

    Example:
        >>> fit_of(Apart(97.0, 104.0), PUBLISHED), fit_of(Apart(2.0, 8.0), PUBLISHED[:1])
        ('cannot_fit', 'fits')
        >>> fit_of(Apart(8.0, 18.0), PUBLISHED[:1]), fit_of(Apart(2.0, 8.0), ())
        ('cannot_be_judged', 'cannot_be_judged')
    """
    if not ranges:
        return "cannot_be_judged"
    if distance.low_km > max(each.max_km for each in ranges):
        return "cannot_fit"
    fits = certain and distance.high_km <= min(each.max_km for each in ranges)
    return "fits" if fits else "cannot_be_judged"


def range_statements(casebook: Casebook) -> pd.DataFrame:
    """The reported origins of each incident against its reported impacts and targets.

    Places of different claimants are compared too, and each row says whose they are. The range is that of the
    calibre which the statement that gives the origin names itself; where it only uses a label of the press
    (Katyusha, Grad, BM-1), shapes that are farther apart than every maximum held here cannot fit, and nothing
    is ever said to fit.

    Args:
        casebook: Any.

    Returns:
        One row for each incident and pair of different shapes (and means), in the order of the incidents:
        ``event_id``; ``verdict``, one of :data:`VERDICTS`; ``reason``; ``low_km`` and ``high_km``, how far
        apart the shapes are; ``max_km``, ``calibre`` and ``source`` of the published range (empty where none
        is named); ``means`` as told with the origin; ``origin``, ``end``, who reported them, and
        ``end_role``. Where an origin or an end is told in words only, a row without distances says so.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> found = range_statements(read_casebook())
        >>> sorted(set(found["verdict"]))
        ['cannot_be_judged', 'cannot_fit']
    """
    drawing, places = draw_locations(casebook), _reported(casebook)
    means = _means(casebook)
    told: list[tuple[object, ...]] = []
    for event in casebook.incidents["event_id"].tolist():
        here = places.get(event, [])
        starts = [row | {"_means": means.get((event, row["statement_id"]), "")} for row in here]
        starts = [row for row in starts if row["role"] in _STARTS]
        ends = [row for row in here if row["role"] in _ENDS]
        for start, start_by in _distinct(starts, drawing):
            for end, end_by in _distinct(ends, drawing):
                judged = _judged(_shape(start, drawing), _shape(end, drawing), start["_means"])
                named = (_name(start, drawing), start_by, _name(end, drawing), end["role"], end_by)
                told.append((event, *judged, *named))
    frame = pd.DataFrame(told, columns=list(_COLUMNS))
    numbers = dict.fromkeys(("low_km", "high_km", "max_km"), "float64")
    return frame.astype({name: numbers.get(name, "str") for name in _COLUMNS})


Row = dict[str, str]


def _reported(casebook: Casebook) -> dict[str, list[Row]]:
    """The locations of each incident with who reported them; candidates of the gazetteer are no reports."""
    claims = casebook.claims.assign(statement_id=statements(casebook))
    names = lookup(casebook.parties, "party_id", "name")
    columns = ["claim_id", "event_id", "statement_id", "party_id"]
    frame = casebook.locations.merge(claims[columns], on="claim_id")
    frame = frame.assign(party=frame["party_id"].map(names).fillna(""))
    found: dict[str, list[Row]] = {}
    for row in records(frame[frame["location_basis"] != "candidate"]):
        found.setdefault(row["event_id"], []).append(row)
    return found


def _means(casebook: Casebook) -> dict[tuple[str, str], str]:
    """What each statement says that an incident was done with."""
    claims = casebook.claims.assign(statement_id=statements(casebook))
    told = claims[(claims["about"] == "means") & (claims["stance"] != "denies")]
    return {(event, one): value for event, one, value in rows(told, "event_id", "statement_id", "value")}


def _distinct(places: Sequence[Row], drawing: Drawing) -> list[tuple[Row, str]]:
    """One row for each shape and means, with all who report it; those in words only are one together."""
    found: dict[tuple[str, str], tuple[Row, dict[str, None]]] = {}
    for row in places:
        key = drawing.locations[row["location_id"]].shape_id, row.get("_means", "")
        found.setdefault(key, (row, {}))[1].setdefault(row["party"])
    return [(row, "; ".join(parties)) for row, parties in found.values()]


def _shape(row: Row, drawing: Drawing) -> NamedShape | None:
    return drawing.shapes.get(drawing.locations[row["location_id"]].shape_id)


def _name(row: Row, drawing: Drawing) -> str:
    shape = _shape(row, drawing)
    return row["words"] or (shape.label if shape else drawing.name_of(row["place_id"]))


def _judged(start: NamedShape | None, end: NamedShape | None, means: str) -> tuple[object, ...]:
    """Verdict, reason, distances, range and means of one pair."""
    known = published_range(means)
    of_range: tuple[object, ...] = (known.max_km, known.calibre, known.source) if known else (None, "", "")
    if start is None or end is None:
        missing = "origin" if start is None else "impact or target"
        return "cannot_be_judged", f"the {missing} is told in words only", None, None, *of_range, means
    distance = _distance(start, end)
    labelled = known is None and any(each in means for each in LABELS)
    ranges = (known,) if known else PUBLISHED if labelled else ()
    verdict = fit_of(distance, ranges, certain=known is not None)
    return verdict, _reason(verdict, distance, ranges, labelled), *distance, *of_range, means


@lru_cache(maxsize=256)
def _distance(start: NamedShape, end: NamedShape) -> Apart:
    """How far apart two shapes are; the same two are asked for by several claimants."""
    one, other = start.shape, end.shape
    return apart(one.geometry, other.geometry, radius_km=one.radius_km + other.radius_km)


def _reason(verdict: str, distance: Apart, ranges: Sequence[PublishedRange], labelled: bool) -> str:
    # Rounded outwards: the shapes of a settlement or a province promise no digits.
    apart_words = f"{floor(distance.low_km):,}–{ceil(distance.high_km):,} km apart"
    if not ranges:
        return f"{apart_words}; the statement names no calibre whose maximum is published here"
    most = max(ranges, key=lambda each: each.max_km)
    published = f"published maximum {most.max_km:g} km, {most.calibre}"
    if labelled:
        held = "a label of the press names no calibre"
        beyond = f"; farther than every maximum held here ({published})" if verdict == "cannot_fit" else ""
        return f"{apart_words}; {held}{beyond}"
    return f"{apart_words}; {published}"


def verdict_label(verdict: str) -> str:
    """A verdict in words.

    Example:
        >>> verdict_label("cannot_be_judged")
        'cannot be judged'
    """
    return label({}, verdict)
