"""Incidents as the plain values that the browser client draws: standing, ledger, shapes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from bordermap import codebook
from bordermap.analysis.claimed import claimed_links
from bordermap.analysis.distances import distance_labels
from bordermap.analysis.drawn import Drawing, draw_locations
from bordermap.analysis.ranges import range_rings
from bordermap.geometry.discs import circle
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.dates import interval_label
from bordermap.incidents.figures import figures
from bordermap.incidents.frames import Row, records
from bordermap.incidents.locating import stand
from bordermap.incidents.status import derive_status
from bordermap.incidents.voices import derive_votes
from bordermap.maps.countries import country_label
from bordermap.maps.drawing import rings
from bordermap.maps.ledger import Ledger, claim_values, source_values, sources_cited
from bordermap.maps.shape_payload import drawn_value, shape_values
from bordermap.maps.views import DEFAULT_FOCUS


def incident_values(casebook: Casebook) -> dict[str, Any]:
    """Everything the incident layer tells of a casebook with claims.

    Args:
        casebook: Any, of a size that a person can keep.

    Returns:
        Plain JSON values: ``incidents`` in the order of their dates, ``shapes``, ``sources``, ``links`` and
        ``rings``.
    """
    votes = derive_votes(casebook)
    status = {row["event_id"]: row for row in records(derive_status(casebook))}
    drawing = draw_locations(casebook)
    standing = {row["event_id"]: row for row in records(stand(casebook, votes))}
    parts = _Parts(
        ledger=claim_values(casebook, votes),
        figures=_figures(casebook),
        places=_locations(casebook, drawing),
        distances=distance_labels(standing, drawing, casebook.about.focus or DEFAULT_FOCUS),
    )
    ordered = sorted(records(casebook.incidents), key=lambda row: (row["date_start"], row["event_id"]))
    incidents = [_incident(row, status[row["event_id"]], standing[row["event_id"]], parts) for row in ordered]
    return {
        "incidents": incidents,
        "shapes": shape_values(drawing),
        "sources": source_values(casebook, sources_cited(parts.ledger, casebook.incidents["event_id"])),
        "links": _links(casebook),
        "rings": _rings(casebook),
    }


@dataclass(frozen=True)
class _Parts:
    """What has been looked up once for all incidents."""

    ledger: Ledger
    figures: dict[str, list[dict[str, str]]]
    places: dict[str, list[dict[str, Any]]]
    distances: dict[str, str]


def _incident(row: Row, status: Row, standing: Row, parts: _Parts) -> dict[str, Any]:
    event = row["event_id"]
    here = next((each for each in parts.places.get(event, []) if each["id"] == standing["location_id"]), None)
    return {
        "id": event,
        "title": codebook.status_title(status["status"], row["title"]),
        "status": status["status"],
        "statusWords": status["status_words"],
        "disputedAbout": [
            codebook.label(codebook.ABOUTS, about) for about in status["disputed_about"].split()
        ],
        "unattributed": status["unattributed"] == "True",
        "type": row["incident_type"],
        "typeLabel": codebook.label(codebook.INCIDENT_TYPES, row["incident_type"]),
        "dateLabel": interval_label(
            row["date_start"],
            row["date_end"],
            precision=row["date_precision"],
            basis=row["date_basis"],
            kind=row["date_kind"],
            time_zone=row["time_zone"],
        ),
        "dateStart": row["date_start"],
        "dateEnd": row["date_end"] or row["date_start"],
        "datePrecision": row["date_precision"],
        "where": here["words"] if here else country_label(standing["country"]),
        "precision": standing["precision"],
        "precisionLabel": codebook.label(codebook.PRECISIONS, standing["precision"]),
        "standing": _standing(standing, here),
        "distance": parts.distances.get(event, ""),
        "responsibility": codebook.RESPONSIBILITY_SENTENCES.get(row["responsibility_claimed"], ""),
        "notes": row["notes"],
        "figures": parts.figures.get(event, []),
        "claims": parts.ledger.get(event, []),
        "locations": parts.places.get(event, []),
    }


def _standing(standing: Row, here: dict[str, Any] | None) -> dict[str, Any]:
    if here and here["drawn"]["kind"] != "words":
        return dict(here["drawn"])
    return {
        "kind": "listed",
        "country": standing["country"],
        "label": country_label(standing["country"]),
    }


def _figures(casebook: Casebook) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in records(figures(casebook)):
        nations = [country_label(code) for code in row["nationality"].split()]
        value = {
            "what": row["what"],
            "side": row["side"],
            "nationality": ", ".join(nations),
            "text": row["text"],
            "claimId": row["claim_id"],
        }
        found.setdefault(row["event_id"], []).append(value)
    return found


def _locations(casebook: Casebook, drawing: Drawing) -> dict[str, list[dict[str, Any]]]:
    claims = {row["claim_id"]: row for row in records(casebook.claims)}
    parties = {row["party_id"]: row["name"] for row in records(casebook.parties)}
    found: dict[str, list[dict[str, Any]]] = {}
    for row in records(casebook.locations):
        claim = claims[row["claim_id"]]
        value = {
            "id": row["location_id"],
            "claimId": row["claim_id"],
            "role": row["role"],
            "roleLabel": codebook.label(codebook.ROLES, row["role"]),
            "words": row["words"] or drawing.name_of(row["place_id"]),
            "precision": row["geo_precision"],
            "precisionLabel": codebook.label(codebook.PRECISIONS, row["geo_precision"]),
            "basisLabel": codebook.label(codebook.LOCATION_BASES, row["location_basis"]),
            "drawn": drawn_value(drawing.locations[row["location_id"]]),
            "partyName": parties.get(claim["party_id"], ""),
            "note": row["note"],
        }
        found.setdefault(claim["event_id"], []).append(value)
    return found


def _said_by(row: Mapping[Hashable, Any], parties: dict[str, str]) -> str:
    when = interval_label(row["claim_date"])
    return ", ".join(filter(None, (parties.get(row["party_id"], row["party_id"]), when)))


def _links(casebook: Casebook) -> list[dict[str, Any]]:
    parties = {row["party_id"]: row["name"] for row in records(casebook.parties)}
    return [
        {
            "eventId": row["event_id"],
            "claimId": row["claim_id"],
            "role": row["role"],
            "from": [row["from_lon"], row["from_lat"]],
            "to": [row["to_lon"], row["to_lat"]],
            "label": _said_by(row, parties),
        }
        for row in claimed_links(casebook).to_dict("records")
    ]


def _rings(casebook: Casebook) -> list[dict[str, Any]]:
    parties = {row["party_id"]: row["name"] for row in records(casebook.parties)}
    return [
        {
            "eventId": row["event_id"],
            "claimId": row["claim_id"],
            "centre": [row["lon"], row["lat"]],
            "polygon": rings(circle(row["lon"], row["lat"], row["max_km"]))[0][0],
            "label": f"{row['calibre']}: published maximum {row['max_km']:g} km ({row['source']}); "
            f"origin as given by {_said_by(row, parties)}",
        }
        for row in range_rings(casebook).to_dict("records")
    ]
