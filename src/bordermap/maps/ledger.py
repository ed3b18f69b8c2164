"""The claim ledger as plain values: every claim of an incident with its party, its date and its sources."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

import pandas as pd

from bordermap import codebook
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.dates import interval_label
from bordermap.incidents.frames import Row, records
from bordermap.text import safe_url

Ledger = dict[str, list[dict[str, Any]]]


def sources_cited(ledger: Ledger, events: Iterable[str]) -> set[str]:
    """The ids of the sources that carry the claims of some incidents or context entries."""
    return {
        source["id"] for event in events for claim in ledger.get(event, []) for source in claim["sources"]
    }


def source_values(casebook: Casebook, wanted: Container[str]) -> dict[str, dict[str, str]]:
    """Some sources by id, the address only where it is http or https."""
    return {
        row["source_id"]: {
            "title": row["title"],
            "publisher": row["publisher"],
            "agency": row["author_or_agency"],
            "date": row["date"],
            "url": safe_url(row["url"]),
            "language": row["language"],
            "note": row["note"],
            "read": row["read"],
        }
        for row in records(casebook.sources)
        if row["source_id"] in wanted
    }


def claim_values(casebook: Casebook, votes: pd.DataFrame) -> Ledger:
    """The claims of each incident and context entry, in the order of their dates.

    Args:
        casebook: Any.
        votes: One row a claim: ``claim_id``, ``voice``, ``vote``, ``superseded``.

    Returns:
        Lists of plain values by ``event_id``.
    """
    carried: dict[str, list[dict[str, str]]] = {}
    for row in records(casebook.claim_sources):
        entry = {"id": row["source_id"], "relation": row["relation"], "differs": row["differs"]}
        carried.setdefault(row["claim_id"], []).append(entry)
    parties = {row["party_id"]: row["name"] for row in records(casebook.parties)}
    counted = {row["claim_id"]: row for row in records(votes)}
    ledger: Ledger = {}
    for row in sorted(records(casebook.claims), key=_when):
        value = _claim_value(row, parties, counted.get(row["claim_id"], {}))
        value["sources"] = carried.get(row["claim_id"], [])
        ledger.setdefault(row["event_id"], []).append(value)
    return ledger


def capital(text: str) -> str:
    """The text with its first letter large; parties are named in small letters where they are offices.

    Example:
        >>> capital("spokesman of the Taliban authorities")
        'Spokesman of the Taliban authorities'
    """
    return text[:1].upper() + text[1:]


def _when(row: Row) -> tuple[str, str]:
    # A claim without any date stands last: nobody can say that it came before another.
    return (row["date_start"] or row["date_end"] or "9999", row["date_end"] or "9999")


def _claim_value(row: Row, parties: dict[str, str], counted: Row) -> dict[str, Any]:
    return {
        "id": row["claim_id"],
        "statement": row["statement_id"],
        "party": row["party_id"],
        "partyName": capital(parties.get(row["party_id"], row["party_id"])),
        "speaker": row["speaker"],
        "via": row["via"],
        "stance": row["stance"],
        "stanceLabel": codebook.label(codebook.STANCES, row["stance"]),
        "about": row["about"],
        "aboutLabel": codebook.label(codebook.ABOUTS, row["about"]),
        "value": row["value"],
        "attributedTo": parties.get(row["attributed_to"], row["attributed_to"]),
        "hedged": row["hedged"] == "yes",
        "inCustody": row["in_custody"] == "yes",
        "part": row["extent"] == "part",
        "dateLabel": interval_label(row["date_start"], row["date_end"]) or "undated",
        "summary": row["summary"],
        "asWritten": row["stance_as_written"],
        "voice": counted.get("voice", "none"),
        "vote": counted.get("vote", ""),
        "superseded": counted.get("superseded", "") == "True",
    }
