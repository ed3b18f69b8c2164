"""Context as plain values for the browser client: exercises, meetings, positions, claims of control."""

from __future__ import annotations

from typing import Any

from bordermap import codebook
from bordermap.analysis.drawn import Drawing, draw_places
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.dates import interval_label
from bordermap.incidents.frames import Row, records
from bordermap.incidents.voices import derive_votes
from bordermap.maps.ledger import claim_values, source_values, sources_cited
from bordermap.maps.shape_payload import drawn_value, shape_value


def context_payload(casebook: Casebook) -> dict[str, Any]:
    """Everything the context layer shows.

    Args:
        casebook: Any.

    Returns:
        Plain JSON values; entries in the order of their dates.
    """
    if casebook.context.empty:
        return {"items": [], "sources": {}}
    ledger = claim_values(casebook, derive_votes(casebook))
    drawing = draw_places(casebook, casebook.context["place_id"].tolist())
    names = {row["place_id"]: row["name"] for row in records(casebook.places)}
    parties = {row["party_id"]: row["name"] for row in records(casebook.parties)}
    rows = sorted(records(casebook.context), key=lambda row: (row["date_start"], row["context_id"]))
    cited = sources_cited(ledger, [row["context_id"] for row in rows]) | {
        key for row in rows for key in row["source_ids"].split()
    }
    return {
        "items": [
            {
                "id": row["context_id"],
                "kind": row["kind"],
                "kindLabel": codebook.label(codebook.CONTEXT_KINDS, row["kind"]),
                "title": row["title"][:1].upper() + row["title"][1:],
                "dateLabel": interval_label(
                    row["date_start"], row["date_end"], precision=row["date_precision"], kind="throughout"
                ),
                "place": names.get(row["place_id"], ""),
                "summary": row["summary"],
                "parties": [parties.get(party, party) for party in row["party_ids"].split()],
                "drawn": _drawn(row, drawing),
                "claims": ledger.get(row["context_id"], []),
                "sources": row["source_ids"].split(),
            }
            for row in rows
        ],
        "sources": source_values(casebook, cited),
    }


def _drawn(row: Row, drawing: Drawing) -> dict[str, Any]:
    value = drawn_value(drawing.locations[row["place_id"]])
    if value["kind"] == "areal":
        return value | {"shape": shape_value(drawing.shapes[value["shape"]])}
    return value
