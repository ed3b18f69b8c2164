"""What a dataset's rights let an output hold (codebook §9): the rest is not there, hidden data included."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from bordermap.codebook import INCIDENT_TYPES
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.faults import fault
from bordermap.incidents.frames import lookup, rows

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
    numbers = {key: str(at) for at, key in enumerate(casebook.incidents["event_id"].tolist(), start=1)}
    claims = {key: f"c{at}" for at, key in enumerate(casebook.claims["claim_id"].tolist(), start=1)}
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
        extras=pd.DataFrame({"event_id": list(numbers.values())}, dtype="str"),
        names=pd.DataFrame(),
        reading=None,
    )


def _blank(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return frame.assign(**{name: pd.Series("", index=frame.index, dtype="str") for name in columns})


def _incidents(casebook: Casebook, numbers: dict[str, str]) -> pd.DataFrame:
    frame = _blank(casebook.incidents, *_WORDS_OF)
    events = lookup(casebook.claims, "claim_id", "event_id")
    named = lookup(casebook.places, "place_id", "name")
    places: dict[str, str] = {}
    for claim, words, place in rows(casebook.locations, "claim_id", "words", "place_id"):
        places.setdefault(events[claim], words or named.get(place, ""))
    pairs = rows(frame, "event_id", "incident_type")
    titles = [_title(kind, places.get(event, "")) for event, kind in pairs]
    ids = [numbers[key] for key in frame["event_id"].tolist()]
    return frame.assign(event_id=pd.Series(ids, dtype="str"), title=pd.Series(titles, dtype="str"))


def _title(incident_type: str, place: str) -> str:
    kind = INCIDENT_TYPES[incident_type].label.lower() if incident_type != "other" else "incident"
    return f"{kind}, {place}" if place else kind


def _claims(casebook: Casebook, numbers: dict[str, str], claims: dict[str, str]) -> pd.DataFrame:
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
    ids = [claims[key] for key in frame["claim_id"].tolist()]
    events = [numbers.get(key, "") for key in frame["event_id"].tolist()]
    frame = frame.assign(claim_id=pd.Series(ids, dtype="str"), event_id=pd.Series(events, dtype="str"))
    return frame[frame["event_id"] != ""].reset_index(drop=True)


def _voices(casebook: Casebook, claims: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The parties that speak, and each of them as the one source of what it says."""
    speaking = casebook.claims["party_id"].tolist()
    parties = casebook.parties[casebook.parties["party_id"].isin(speaking)].reset_index(drop=True)
    sources = pd.DataFrame("", index=np.arange(len(parties)), columns=casebook.sources.columns, dtype="str")
    sources = sources.assign(source_id=parties["party_id"], title=parties["name"])
    carried = pd.DataFrame(
        {"claim_id": list(claims.values()), "source_id": speaking, "relation": "", "differs": ""}, dtype="str"
    )
    return parties, sources, carried


def _locations(casebook: Casebook, claims: dict[str, str]) -> pd.DataFrame:
    frame = _blank(casebook.locations, "note", "source_geo_precision", "reported_precision")
    ids = [claims[key] for key in frame["claim_id"].tolist()]
    made = [f"l{at}" for at in range(1, len(ids) + 1)]
    return frame.assign(location_id=pd.Series(made, dtype="str"), claim_id=pd.Series(ids, dtype="str"))
