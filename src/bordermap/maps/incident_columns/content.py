"""What the incident layer hands to the browser client: packed columns, and the words and shapes they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bordermap import codebook
from bordermap.analysis.drawn_rows import draw_rows
from bordermap.geometry.stretches import read_stretches
from bordermap.incidents.casebook import Casebook
from bordermap.maps.countries import country_label
from bordermap.maps.incident_columns.claimed import claimed_table
from bordermap.maps.incident_columns.flat import flat_table, is_flat_table, template
from bordermap.maps.incident_payload import incident_values
from bordermap.maps.packing.columns import CodeColumn, SetColumn, Table
from bordermap.maps.packing.packed import pack
from bordermap.maps.shape_payload import shape_value
from bordermap.maps.strip_lines import lines_named
from bordermap.maps.views import DEFAULT_FOCUS


def incident_content(casebook: Casebook) -> dict[str, Any]:
    """Everything the incident layer shows.

    Args:
        casebook: What may be shown.

    Returns:
        Plain JSON values; ``packed`` says how the ``blocks`` are to be read, which stand beside the payload.
    """
    if is_flat_table(casebook):
        table, values = flat_table(casebook), _flat_values(casebook)
    else:
        values = incident_values(casebook)
        table = claimed_table(casebook, values)
        values = {name: value for name, value in values.items() if name != "incidents"}
    packed = pack(table)
    lines = lines_named(_words(table, "line"), casebook.about.focus or DEFAULT_FOCUS)
    return {**_terms(table), "lines": lines, **values, "packed": packed.head, "blocks": packed.blocks}


def _flat_values(casebook: Casebook) -> dict[str, Any]:
    shapes = {each.shape_id: shape_value(each) for each in draw_rows(casebook).shapes}
    return {"template": template(casebook), "shapes": shapes, "sources": {}, "links": [], "rings": []}


def _terms(table: Table) -> dict[str, Any]:
    """What the words of the columns mean."""
    statuses, count = _words(table, "status"), table.counts["row"]
    return {
        "statuses": _explained(codebook.STATUSES),
        "types": _explained(codebook.INCIDENT_TYPES),
        "roles": _explained(codebook.ROLES),
        "precisions": _explained(codebook.PRECISIONS),
        "stretches": _stretches(_words(table, "stretch")),
        # A dataset with one status says nothing by colouring it (design §5).
        "colourBy": "type" if len(statuses) == 1 and count > 1 else "status",
    }


def _words(table: Table, name: str) -> list[str]:
    column = table.column(name)
    assert isinstance(column, (CodeColumn, SetColumn))
    return list(column.words[1:])


def _explained(terms: Mapping[str, codebook.Code]) -> list[dict[str, str]]:
    return [{"key": code.key, "label": code.label, "meaning": code.meaning} for code in terms.values()]


def _stretches(keys: Iterable[str]) -> list[dict[str, str]]:
    known = {
        row["stretch_id"]: f"{row['name_a']} – {row['name_b']}" for row in read_stretches().to_dict("records")
    }
    return [{"key": key, "label": known.get(key) or _border(key)} for key in keys]


def _border(pair: str) -> str:
    return " – ".join(map(country_label, pair.split("-")))
