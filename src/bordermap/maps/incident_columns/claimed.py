"""The columns of a casebook with claims: each incident is a text of its own, and found by its columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from bordermap.analysis.facts import facts_of
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.readers.layer import TEXT
from bordermap.maps.incident_columns.facts import fact_columns
from bordermap.maps.incident_columns.flat_places import degrees
from bordermap.maps.incident_columns.flat_sources import BETWEEN
from bordermap.maps.incident_columns.measured import enriched_of, measured_columns
from bordermap.maps.packing.columns import IntColumn, Numbered, Of, Table, TextColumn, code_column, set_column
from bordermap.maps.packing.ordering import in_order

Incident = Mapping[str, Any]


def claimed_table(casebook: Casebook, values: Mapping[str, Any]) -> Table:
    """The table of a casebook with claims.

    Args:
        casebook: What may be shown.
        values: As :func:`bordermap.maps.incident_payload.incident_values` gives them.

    Returns:
        What is to be packed.
    """
    by_id = {incident["id"]: incident for incident in values["incidents"]}
    incidents = [by_id[event] for event in casebook.incidents["event_id"].tolist()]
    cited = [[values["sources"][key] for key in _cited(incident)] for incident in incidents]
    columns: list[Numbered] = [
        *fact_columns(facts_of(casebook), casebook.incidents),
        _names(cited),
        *_places(incidents),
        *measured_columns(enriched_of(casebook)),
    ]
    return in_order(columns, _texts(incidents, cited), len(incidents))


def _cited(incident: Incident) -> list[str]:
    return list(dict.fromkeys(each["id"] for claim in incident["claims"] for each in claim["sources"]))


def _names(cited: Sequence[Sequence[Mapping[str, str]]]) -> Numbered:
    """Who published the reports of each incident."""
    names = [[each["publisher"] or each["agency"] or each["title"] for each in one] for one in cited]
    return set_column("source", "row", np.arange(len(names)), names)


def _places(incidents: Sequence[Incident]) -> list[Numbered]:
    standing = [incident["standing"] for incident in incidents]
    lon, lat = (np.array([each.get(name, np.nan) for each in standing], float) for name in ("lon", "lat"))
    words = {
        "where": [incident["where"] for incident in incidents],
        "precision": [incident["precision"] for incident in incidents],
        "distance": [incident["distance"] for incident in incidents],
        "shape": [each.get("shape", "") for each in standing],
        "country": [each.get("country", "") for each in standing],
        "country_label": [each.get("label", "") for each in standing],
    }
    return [
        IntColumn("lon", "place", degrees(lon)),
        IntColumn("lat", "place", degrees(lat)),
        *(_code(name, "place", values) for name, values in words.items()),
    ]


def _code(name: str, of: Of, values: Sequence[str]) -> Numbered:
    return code_column(name, of, np.arange(len(values)), values)


def _texts(incidents: Sequence[Incident], cited: Sequence[Sequence[Mapping[str, str]]]) -> list[TextColumn]:
    joined = {name: [BETWEEN.join(each[name] for each in one) for one in cited] for name in ("title", "url")}
    return [
        *(_text(name, (incident[name] for incident in incidents)) for name in ("id", "title", "notes")),
        _text("source_title", joined["title"]),
        _text("source_url", joined["url"]),
        _text("detail", map(_json, incidents)),
    ]


def _json(value: Incident) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _text(name: str, values: Iterable[str]) -> TextColumn:
    return TextColumn(name, pa.chunked_array([pa.array(list(values), type=TEXT)]))
