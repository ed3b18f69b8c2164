"""From the flat table to a casebook: each row an incident with one claim, made by the dataset.

Columns that no table of a casebook holds stay in ``extras`` under their flat names. Nothing loops over rows:
a million of them become a casebook in seconds, and columns that pass through unchanged share their memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.arrow import Ints, at_once, blank, constant, factorize, frame_of, table_of, take_text
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.place_rows import place_rows
from bordermap.incidents.conversion.source_rows import source_rows
from bordermap.incidents.readers.about import About
from bordermap.incidents.readers.layer import TEXT
from bordermap.incidents.tables import TABLES

#: Columns of the flat table that no table of a casebook has.
HELD_IN_EXTRAS: Final = ("actor2", "representative_longitude", "representative_latitude")
#: What a row without a title of its own is called.
DEFAULT_TITLE: Final = "incident"
_INCIDENT_DEFAULTS: Final = {"incident_type": "other"}
_LOCATION_DEFAULTS: Final = {"role": "scene", "geo_precision": "unknown", "location_basis": "none"}
#: Flat columns of the killed, by the side they belong to; the totals have no side.
_KILLED: Final = {"a": "fatalities_a", "b": "fatalities_b", "civilians": "fatalities_civilians",
                  "unknown": "fatalities_unknown"}  # fmt: skip

Party = tuple[str, str, str]


def assemble(
    flat: pd.DataFrame | pa.Table,
    extras: pd.DataFrame,
    about: About,
    *datasets: Party,
    whose: Ints | None = None,
) -> Casebook:
    """Make a casebook of flat rows.

    Args:
        flat: The columns of :data:`bordermap.incidents.flat.FLAT`, text without nulls; every ``event_id``
            once.
        extras: ``event_id`` and the source's other columns, one row an incident, in the same order.
        about: What is known of the dataset.
        datasets: Id, name and kind of the parties whose claims the rows are, at least one.
        whose: Which of them each row belongs to, by number; None: all to the first.

    Returns:
        A casebook in which claim, location and incident of a row share their id.

    Example:
        >>> from bordermap.incidents.flat import FLAT
        >>> row = {name: "" for name in FLAT.names} | {"event_id": "E1", "actor1": "A group"}
        >>> flat = pd.DataFrame([row], dtype="str")
        >>> case = assemble(flat, flat[["event_id"]], About(title="T"), ("d", "A dataset", "dataset"))
        >>> case.claims["stance"].tolist(), case.parties["name"].tolist()
        (['reports'], ['A dataset', 'A group'])
    """
    rows = flat if isinstance(flat, pa.Table) else table_of(flat)
    numbers = np.zeros(rows.num_rows, dtype=np.int64) if whose is None else whose
    (actors, actor_ids), (places, place_ids) = at_once(
        lambda: _actors(rows["actor1"]), lambda: place_rows(rows)
    )
    (sources, claim_sources), particulars = at_once(
        lambda: source_rows(rows, [name for _, name, _ in datasets], numbers), lambda: _particulars(rows)
    )
    return Casebook(
        incidents=_incidents(rows),
        claims=_claims(rows, take_text([key for key, _, _ in datasets], numbers), actor_ids),
        claim_sources=claim_sources,
        sources=sources,
        parties=_parties(datasets, actors),
        locations=_locations(rows, place_ids),
        places=places,
        particulars=particulars,
        context=_table("context", {}, 0),
        about=about,
        extras=_extras(rows, extras),
    )


def _table(name: str, columns: dict[str, pa.ChunkedArray], length: int) -> pd.DataFrame:
    """A casebook's table with all its columns; those not given are empty and share their memory."""
    empty = blank(length)
    return frame_of({column: columns.get(column, empty) for column in TABLES[name].names})


def _incidents(rows: pa.Table) -> pd.DataFrame:
    columns = {name: rows[name] for name in TABLES["incidents"].names if name in rows.column_names}
    columns |= {name: _filled(rows[name], word) for name, word in _INCIDENT_DEFAULTS.items()}
    undated = pc.and_(_is_empty(rows["date_start"]), _is_empty(rows["date_precision"]))
    columns["date_precision"] = _where(undated, "unknown", rows["date_precision"])
    columns["title"] = _filled(rows["title"], DEFAULT_TITLE)
    return _table("incidents", columns, rows.num_rows)


def _claims(rows: pa.Table, party_ids: pa.ChunkedArray, actor_ids: pa.ChunkedArray) -> pd.DataFrame:
    length = rows.num_rows
    columns = {
        "claim_id": rows["event_id"],
        "event_id": rows["event_id"],
        "party_id": party_ids,
        "stance": constant("reports", length),
        "about": constant("event", length),
        "attributed_to": actor_ids,
    }
    return _table("claims", columns, length)


def _actors(names: pa.ChunkedArray) -> tuple[list[str], pa.ChunkedArray]:
    """The different actors in the order in which they come up, and each row's actor as a party id."""
    codes, values = factorize(names)
    named = [value for value in values if value]
    ids = {value: f"actor-{at}" for at, value in enumerate(named, start=1)}
    return named, take_text([ids.get(value, "") for value in values], codes)


def _parties(datasets: Sequence[Party], actors: list[str]) -> pd.DataFrame:
    found = [*datasets, *((f"actor-{at}", name, "named_actor") for at, name in enumerate(actors, start=1))]
    columns = zip(("party_id", "name", "kind"), zip(*found, strict=True), strict=True)
    return _table("parties", {name: _text(list(values)) for name, values in columns}, len(found))


def _locations(rows: pa.Table, place_ids: pa.ChunkedArray) -> pd.DataFrame:
    same = [name for name in TABLES["locations"].names if name in rows.column_names]
    columns = {name: rows[name] for name in same}
    columns |= {name: _filled(rows[name], word) for name, word in _LOCATION_DEFAULTS.items()}
    columns |= {
        "location_id": rows["event_id"],
        "claim_id": rows["event_id"],
        "words": rows["location"],
        "place_id": place_ids,
    }
    return _table("locations", columns, rows.num_rows)


def _particulars(rows: pa.Table) -> pd.DataFrame:
    totals = {each: rows[f"fatalities_{each}"] for each in ("low", "best", "high")}
    parts = [_figure(rows, "killed", "", totals)]
    parts += [_figure(rows, "killed", side, {"best": rows[name]}) for side, name in _KILLED.items()]
    parts += [_figure(rows, "wounded", "", {"best": rows["wounded"]})]
    filled = [frame for _, frame in parts if len(frame)]
    if len(filled) < 2:  # nothing to bring into order, and nothing to copy
        return filled[0] if filled else parts[0][1]
    order = np.argsort(np.concatenate([at for at, _ in parts]), kind="stable")
    return pd.concat([frame for _, frame in parts], ignore_index=True).iloc[order].reset_index(drop=True)


def _figure(
    rows: pa.Table, what: str, side: str, numbers: dict[str, pa.ChunkedArray]
) -> tuple[np.ndarray, pd.DataFrame]:
    """One kind of figure of the rows that give it, and the positions of these rows."""
    given = np.zeros(rows.num_rows, dtype=bool)
    for column in numbers.values():
        given |= ~np.asarray(_is_empty(column))
    at = np.flatnonzero(given)
    columns = {name: column.take(at) for name, column in numbers.items()}
    columns |= {"claim_id": rows["event_id"].take(at), "what": constant(what, len(at))}
    columns |= {"side": constant(side, len(at))}
    return at, _table("particulars", columns, len(at))


def _extras(rows: pa.Table, extras: pd.DataFrame) -> pd.DataFrame:
    held = [name for name in HELD_IN_EXTRAS if pc.any(pc.not_equal(rows[name], "")).as_py()]
    own = frame_of({name: rows[name] for name in held}) if held else pd.DataFrame(index=extras.index)
    kept = [name for name in extras.columns if name not in held]
    return pd.concat([extras[kept].reset_index(drop=True), own.reset_index(drop=True)], axis=1)


def _is_empty(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.equal(column, "")


def _where(mask: pa.ChunkedArray, word: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pc.any(mask).as_py():
        return column
    return pc.if_else(mask, pa.scalar(word, type=TEXT), column)


def _filled(column: pa.ChunkedArray, word: str) -> pa.ChunkedArray:
    """A column with a word where it is empty."""
    return _where(_is_empty(column), word, column)


def _text(values: list[str]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values, type=TEXT)])
