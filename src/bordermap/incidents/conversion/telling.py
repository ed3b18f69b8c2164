"""What the claims of an incident say, as columns of the flat table: actors, sources, figures, counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

from bordermap.incidents.casebook import Casebook
from bordermap.incidents.figures import figures
from bordermap.incidents.frames import lookup, rows

_SIDES: Final = ("a", "b", "civilians", "unknown")


def tell_actors(casebook: Casebook) -> pd.DataFrame:
    """``actor1``: the party to which an incident is attributed, where all claims that name one name the same.

    Args:
        casebook: Any.

    Returns:
        One row an incident, text.
    """
    names = lookup(casebook.parties, "party_id", "name")
    found: dict[str, set[str]] = {}
    for event, accused in rows(casebook.claims, "event_id", "attributed_to"):
        if accused:
            found.setdefault(event, set()).add(names.get(accused, ""))
    return _frame(casebook, {"actor1": {event: _only(each) for event, each in found.items()}})


def _only(values: Iterable[str]) -> str:
    """The value that all share, or an empty text."""
    different = set(values)
    return different.pop() if len(different) == 1 else ""


def tell_sources(casebook: Casebook, single: bool) -> pd.DataFrame:
    """``source``, ``source_url`` and ``source_date``: all sources of an incident, and the first date.

    Args:
        casebook: Any.
        single: Whether the rows are a dataset's: then a row that names no source has the dataset itself as
            its source, which is not told.

    Returns:
        One row an incident, text.
    """
    itself = _itself(casebook) if single else ""
    sources = {key: texts for key, *texts in rows(casebook.sources, "source_id", *_SOURCE_COLUMNS)}
    events = lookup(casebook.claims, "claim_id", "event_id")
    found: dict[str, dict[str, None]] = {}
    for claim, source in rows(casebook.claim_sources, "claim_id", "source_id"):
        found.setdefault(events[claim], {})[source] = None
    told = {event: _told([sources[key] for key in keys], itself) for event, keys in found.items()}
    names = ("source", "source_url", "source_date")
    return _frame(
        casebook, {n: {event: each[at] for event, each in told.items()} for at, n in enumerate(names)}
    )


_SOURCE_COLUMNS: Final = ("publisher", "author_or_agency", "title", "url", "date")


def _itself(casebook: Casebook) -> str:
    names = casebook.parties["name"].tolist()
    return casebook.about.title or (names[0] if names else "")


def _told(sources: list[list[str]], itself: str) -> tuple[str, str, str]:
    if len(sources) == 1 and sources[0] == ["", "", itself, "", ""]:
        return "", "", ""
    # A semicolon parts the sources of a row, so none may stand inside one.
    titles = [(publisher or author or title).replace(";", ",") for publisher, author, title, _, _ in sources]
    dates = sorted(date for *_, date in sources if date)
    return (
        "; ".join(title for title in titles if title),
        " ".join(url for *_, url, _ in sources if url),
        dates[0] if dates else "",
    )


def tell_figures(casebook: Casebook) -> pd.DataFrame:
    """The killed and wounded of each incident, where the claims that give a figure give the same.

    Args:
        casebook: Any.

    Returns:
        One row an incident, text: an empty one where nothing is known or claims differ; nothing is added up.
    """
    given: dict[tuple[str, str], dict[str, set[tuple[str, str, str]]]] = {}
    for event, what, side, *numbers in _figures(casebook):
        low, best, high = numbers
        given.setdefault((what, side), {}).setdefault(event, set()).add((low, best, high))
    columns = {}
    for at, name in enumerate(("low", "best", "high")):
        total = given.get(("killed", ""), {})
        columns[f"fatalities_{name}"] = {event: _agreed(each)[at] for event, each in total.items()}
    for side in _SIDES:
        part = given.get(("killed", side), {})
        columns[f"fatalities_{side}"] = {event: _agreed(each)[1] for event, each in part.items()}
    wounded = given.get(("wounded", ""), {})
    columns["wounded"] = {event: _agreed(each)[1] for event, each in wounded.items()}
    return _frame(casebook, columns)


def _figures(casebook: Casebook) -> Iterable[tuple[str, ...]]:
    """Event, what, side, low, best and high of each figure; parts by nationality are one figure."""
    names = ("what", "side", "low", "best", "high")
    if not (casebook.particulars["nationality"] != "").any():
        events = lookup(casebook.claims, "claim_id", "event_id")
        return ((events[claim], *rest) for claim, *rest in rows(casebook.particulars, "claim_id", *names))
    table = figures(casebook)
    texts = table.assign(**{name: table[name].astype("str").fillna("") for name in ("low", "best", "high")})
    return rows(texts, "event_id", *names)


def _agreed(given: set[tuple[str, str, str]]) -> tuple[str, str, str]:
    return next(iter(given)) if len(given) == 1 else ("", "", "")


def differing(casebook: Casebook) -> int:
    """How many figures are left out of the flat table because claims differ on them."""
    given: dict[tuple[str, str, str], set[tuple[str, ...]]] = {}
    for event, what, side, *numbers in _figures(casebook):
        given.setdefault((event, what, side), set()).add(tuple(numbers))
    return sum(len(each) > 1 for each in given.values())


def counts(casebook: Casebook) -> pd.DataFrame:
    """``claim_count``, ``denial_count`` and ``source_count`` of each incident.

    Args:
        casebook: Any.

    Returns:
        One row an incident, text.
    """
    claims = casebook.claims
    carried = casebook.claim_sources.assign(
        event_id=casebook.claim_sources["claim_id"].map(lookup(claims, "claim_id", "event_id"))
    ).drop_duplicates(["event_id", "source_id"])
    columns = {
        "claim_count": claims["event_id"],
        "denial_count": claims.loc[claims["stance"] == "denies", "event_id"],
        "source_count": carried["event_id"],
    }
    found = {name: {k: str(v) for k, v in each.value_counts().items()} for name, each in columns.items()}
    return _frame(casebook, found, "0")  # type: ignore[arg-type]


def _frame(casebook: Casebook, columns: dict[str, dict[str, str]], without: str = "") -> pd.DataFrame:
    events = casebook.incidents["event_id"].tolist()
    return pd.DataFrame(
        {name: [values.get(event, without) for event in events] for name, values in columns.items()},
        dtype="str",
    )
