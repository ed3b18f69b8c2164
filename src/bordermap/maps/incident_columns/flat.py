"""The columns of a flat table of any length: whole columns at a time, nothing for each row by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bordermap import codebook
from bordermap.analysis.casebook_facts import is_table
from bordermap.analysis.drawn_rows import draw_rows
from bordermap.analysis.facts import facts_of
from bordermap.incidents.arrow import at_once, remembering, take_text, text_column
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.assembling import DEFAULT_TITLE
from bordermap.incidents.conversion.standing import is_flat, only_row
from bordermap.incidents.readers.layer import TEXT
from bordermap.incidents.rights import title_of
from bordermap.incidents.status import derive_status
from bordermap.incidents.voices import derive_votes
from bordermap.maps.incident_columns.facts import fact_columns, word_column
from bordermap.maps.incident_columns.flat_figures import figure_words
from bordermap.maps.incident_columns.flat_places import place_columns
from bordermap.maps.incident_columns.flat_sources import source_columns
from bordermap.maps.incident_columns.measured import enriched_of, measured_columns
from bordermap.maps.ledger import capital
from bordermap.maps.packing.columns import CodeColumn, Numbered, Table, TextColumn
from bordermap.maps.packing.ordering import in_order

#: What stands before the title of each row: it is a report, and no more.
_PREFIX: Final = codebook.TITLE_PREFIXES["reported"]
_NOTHING: Final = pa.scalar("", type=TEXT)


def is_flat_table(casebook: Casebook) -> bool:
    """Whether all that a page tells of a casebook's incidents is in columns: each is a row of a dataset.

    Args:
        casebook: What may be shown.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> is_flat_table(read_casebook())
        False
    """
    return is_flat(casebook) and is_table(casebook)


def flat_table(casebook: Casebook) -> Table:
    """The table of a flat casebook.

    Args:
        casebook: What may be shown; see :func:`is_flat_table`.

    Returns:
        What is to be packed.
    """
    with remembering():
        drawn, enriched = at_once(lambda: draw_rows(casebook), lambda: enriched_of(casebook))
        facts, (sources, told), figures, places, measured = at_once(
            lambda: fact_columns(facts_of(casebook), casebook.incidents),
            lambda: source_columns(casebook),
            lambda: figure_words(casebook),
            lambda: place_columns(casebook, drawn, enriched),
            lambda: measured_columns(enriched),
        )
        columns: list[Numbered] = [*facts, *_codes(casebook), *sources, figures, *places, *measured]
    return in_order(columns, [*_texts(casebook, columns), *told], len(casebook.incidents))


def _codes(casebook: Casebook) -> list[Numbered]:
    incidents, locations = casebook.incidents, casebook.locations
    return [
        word_column("responsibility", "row", incidents["responsibility_claimed"]),
        word_column("role", "row", locations["role"]),
        word_column("basis", "row", locations["location_basis"]),
    ]


def _texts(casebook: Casebook, columns: Sequence[Numbered]) -> list[TextColumn]:
    incidents = casebook.incidents
    worded = {each.name: each for each in columns if isinstance(each, CodeColumn)}
    return [
        TextColumn("id", text_column(incidents["event_id"])),
        TextColumn("title", _titles(text_column(incidents["title"]), worded["type"], worded["where"])),
        TextColumn("notes", text_column(incidents["notes"])),
    ]


def _titles(titles: pa.ChunkedArray, types: CodeColumn, where: CodeColumn) -> pa.ChunkedArray:
    """Titles that carry their status; empty where the client makes the same of type and place."""
    kinds = take_text([title_of(word, "") if word else "" for word in types.words], types.codes)
    places = take_text([f", {word}" if word else "" for word in where.words], where.codes)
    usual = pc.binary_join_element_wise(kinds, places, _NOTHING)
    told = pc.binary_join_element_wise(pa.scalar(_PREFIX, type=TEXT), titles, _NOTHING)
    is_usual = pc.or_(pc.equal(titles, usual), pc.equal(titles, DEFAULT_TITLE))
    return pc.if_else(is_usual, pa.scalar("", type=TEXT), told)


def template(casebook: Casebook) -> dict[str, Any]:
    """What all rows of each dataset have in common, so that the client can put a card together.

    Args:
        casebook: A flat one.

    Returns:
        Plain JSON values.
    """
    claims = casebook.claims
    first = claims["party_id"].drop_duplicates().index.to_numpy()
    return {
        "datasets": {name: value for at in first for name, value in [_dataset(casebook, int(at))]},
        "stance": "reports",
        "stanceLabel": codebook.label(codebook.STANCES, "reports"),
        "about": "event",
        "aboutLabel": codebook.label(codebook.ABOUTS, "event"),
        "claimDateLabel": "undated",
        "titlePrefix": _PREFIX,
        "responsibility": dict(codebook.RESPONSIBILITY_SENTENCES),
        "bases": {code.key: code.label for code in codebook.LOCATION_BASES.values()},
    }


def _dataset(casebook: Casebook, at: int) -> tuple[str, dict[str, Any]]:
    """The name of the dataset of one row, and what its status and its voice are."""
    one = only_row(casebook, at)
    status, vote = derive_status(one).iloc[0], derive_votes(one).iloc[0]
    party = str(one.claims["party_id"].iloc[0])
    names: pd.Series[str] = one.parties.set_index("party_id")["name"]
    return str(names[party]), {
        "party": party,
        "partyName": capital(str(names[party])),
        "status": str(status["status"]),
        "statusWords": str(status["status_words"]),
        "unattributed": bool(status["unattributed"]),
        "voice": str(vote["voice"]),
        "vote": str(vote["vote"]),
    }
