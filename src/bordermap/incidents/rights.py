"""What a dataset's rights let an output hold (codebook §9): the rest is not there, hidden data included."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.codebook import INCIDENT_TYPES
from bordermap.incidents.arrow import Ints, blank, factorize, frame_of, take_text, text_column
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.faults import fault
from bordermap.incidents.positions import positions
from bordermap.incidents.readers.layer import TEXT

#: Rights under which everything may be shown; an empty text is a casebook of its maker's own.
FREE: Final = ("", "open", "held")
_HELD: Final = (
    "This page holds the date, type, place and status of each row, and no notes, ids, actors, figures, "
    "sources or download."
)
SENTENCES: Final = {
    "held": "Shown in full: whoever made this page states that they hold the rights to it.",
    "display_only": f"The terms of this dataset allow a display only. {_HELD}",
    "unknown": f"The rights of this dataset are not known and were taken as display only. {_HELD}",
}
_WORDS_OF: Final = (
    "notes", "event_type", "sub_event_type", "source_time_precision", "responsibility_claimed",
    "disputed_about", "sensitive",
)  # fmt: skip


@lru_cache(maxsize=4)
def permitted(casebook: Casebook) -> Casebook:
    """The casebook with what may be shown, and nothing else.

    Args:
        casebook: Any; ``about.rights`` says what is allowed.

    Returns:
        The same where all may be shown. Otherwise the date, type, place and status of each incident under a
        number; titles are made of type and place.

    Raises:
        InputError: It may be shown only in aggregate (BM311).

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> casebook = read_casebook()
        >>> permitted(casebook) is casebook
        True
    """
    rights = casebook.about.rights
    if rights in FREE:
        return casebook
    if rights == "aggregate_only":
        raise fault("BM311")
    numbers = _numbered("", len(casebook.incidents))
    claims = _numbered("c", len(casebook.claims))
    parties, sources, carried = _voices(casebook, claims)
    return replace(
        casebook,
        incidents=_incidents(casebook, numbers),
        claims=_claims(casebook, numbers, claims),
        claim_sources=carried,
        sources=sources,
        parties=parties,
        locations=_locations(casebook, claims),
        particulars=casebook.particulars.iloc[:0],
        context=casebook.context.iloc[:0],
        rejects=casebook.rejects.iloc[:0],
        extras=frame_of({"event_id": numbers}),
        names=pd.DataFrame(),
        enriched=_enriched(casebook, numbers),
        enriched_locations=pd.DataFrame(),
        reading=None,
    )


def _numbered(prefix: str, count: int) -> pa.ChunkedArray:
    """Ids that say nothing."""
    numbers = pa.array(np.arange(1, count + 1)).cast(TEXT)
    return pa.chunked_array([pc.binary_join_element_wise(_text(prefix), numbers, _text(""))])


def _text(text: str) -> pa.Scalar:
    return pa.scalar(text, type=TEXT)


def _enriched(casebook: Casebook, numbers: pa.ChunkedArray) -> pd.DataFrame:
    """Where each incident lies, without its id."""
    known, events = casebook.enriched, casebook.incidents["event_id"]
    if (
        known.empty
        or len(known) != len(events)
        or not text_column(known["event_id"]).equals(text_column(events))
    ):
        return pd.DataFrame()
    return known.assign(event_id=frame_of({"event_id": numbers})["event_id"].set_axis(known.index))


def _blank(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    empty = frame_of({"": blank(len(frame))})[""].set_axis(frame.index)
    return frame.assign(**dict.fromkeys(columns, empty))


def _incidents(casebook: Casebook, numbers: pa.ChunkedArray) -> pd.DataFrame:
    frame = _blank(casebook.incidents, *_WORDS_OF)
    types, words = factorize(text_column(frame["incident_type"]))
    kinds = take_text([title_of(word, "") for word in words], types)
    titles = pc.binary_join_element_wise(kinds, _places(casebook), _text(""))
    own = frame_of({"event_id": numbers, "title": titles}).set_axis(frame.index)
    return frame.assign(event_id=own["event_id"], title=own["title"])


def _places(casebook: Casebook) -> pa.ChunkedArray:
    """The words of each incident's first place, with a comma in front; empty without any."""
    locations, places = casebook.locations, casebook.places
    own, words = factorize(text_column(locations["words"]))
    named = positions(locations["place_id"], places["place_id"])
    names = ["", *_commas(words), *_commas(places["name"].tolist())]
    is_told = np.array([bool(word) for word in words] or [False], dtype=bool)[own] if len(own) else own == 0
    codes = np.where(is_told, own + 1, np.where(named >= 0, named + 1 + len(words), 0))
    first = np.zeros(len(casebook.incidents), dtype=np.int64)
    event = _events(casebook)[positions(locations["claim_id"], casebook.claims["claim_id"])]
    # The last one written stays, so the earliest goes last.
    kept = event[::-1] >= 0
    first[event[::-1][kept]] = codes[::-1][kept]
    return take_text(names, first)


def _commas(names: list[str]) -> list[str]:
    return [f", {name}" if name else "" for name in names]


def _events(casebook: Casebook) -> Ints:
    """The incident of each claim by its row; -1 where it is none, and at last for what has no claim."""
    found = positions(casebook.claims["event_id"], casebook.incidents["event_id"])
    return np.append(found, -1)


def title_of(incident_type: str, place: str) -> str:
    """A title made of type and place.

    Example:
        >>> title_of("shooting", "Termez"), title_of("other", "")
        ('shooting, Termez', 'incident')
    """
    kind = INCIDENT_TYPES[incident_type].label.lower() if incident_type != "other" else "incident"
    return f"{kind}, {place}" if place else kind


def _claims(casebook: Casebook, numbers: pa.ChunkedArray, claims: pa.ChunkedArray) -> pd.DataFrame:
    kept = (
        "claim_id",
        "event_id",
        "party_id",
        "stance",
        "about",
        "extent",
        "hedged",
        "date_start",
        "date_end",
    )
    frame = _blank(casebook.claims, *(name for name in casebook.claims.columns if name not in kept))
    event = _events(casebook)[:-1]
    ids = frame_of({"claim_id": claims, "event_id": numbers.take(pa.array(np.maximum(event, 0)))})
    ids = ids.set_axis(frame.index)
    frame = frame.assign(claim_id=ids["claim_id"], event_id=ids["event_id"])
    return frame[event >= 0].reset_index(drop=True)


def _voices(casebook: Casebook, claims: pa.ChunkedArray) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The parties that speak, and each of them as the one source of what it says."""
    speaking = text_column(casebook.claims["party_id"])
    among = casebook.parties["party_id"].isin(speaking.unique().to_pylist())
    parties = casebook.parties[among].reset_index(drop=True)
    sources = pd.DataFrame("", index=np.arange(len(parties)), columns=casebook.sources.columns, dtype="str")
    sources = sources.assign(source_id=parties["party_id"], title=parties["name"])
    empty = blank(len(claims))
    carried = {"claim_id": claims, "source_id": speaking, "relation": empty, "differs": empty}
    return parties, sources, frame_of(carried)


def _locations(casebook: Casebook, claims: pa.ChunkedArray) -> pd.DataFrame:
    frame = _blank(casebook.locations, "note", "source_geo_precision", "reported_precision")
    claim = positions(frame["claim_id"], casebook.claims["claim_id"])
    own = {"location_id": _numbered("l", len(frame)), "claim_id": claims.take(pa.array(claim))}
    ids = frame_of(own).set_axis(frame.index)
    return frame.assign(location_id=ids["location_id"], claim_id=ids["claim_id"])
