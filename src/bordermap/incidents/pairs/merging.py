"""Merges incidents that a person decided are one: every source and every claim stays."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from bordermap.incidents.casebook import Casebook
from bordermap.incidents.pairs.decisions import groups
from bordermap.incidents.pairs.duplicates import casebook_labels
from bordermap.incidents.pairs.uniting import unite

#: Columns of ``extras`` that say what was merged.
MERGED_IDS = "merged_event_ids"
MERGED_ROWS = "merged_incidents"


def merge(casebooks: Sequence[Casebook], decisions: pd.DataFrame, *, labels: Sequence[str] = ()) -> Casebook:
    """One casebook of several, in which the pairs decided so are one incident.

    The first that a decision names remains, with its title, dates and type. Claims, locations, figures and
    sources of the others move to it, none is added to another and none is left out; what else stood in
    their rows is kept as JSON in ``extras``. Pairs that are not decided, or are to be kept, stay two.

    Args:
        casebooks: Those in which the pairs were found, in any order.
        decisions: As :func:`bordermap.incidents.pairs.decisions.read_decisions` gives them.
        labels: As they were when the pairs were found.

    Returns:
        A new casebook; ``extras`` has ``merged_event_ids`` and ``merged_incidents``.

    Raises:
        InputError: A decision names an incident that does not exist (BM372), or two contradict each other
            (BM373).

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> book = read_casebook()
        >>> first, second = book.incidents["event_id"].tolist()[:2]
        >>> decided = pd.DataFrame([{"file_a": "a", "event_id_a": first, "file_b": "a", "event_id_b": second,
        ...                          "decision": "merge"}])
        >>> merged = merge([book], decided, labels=["a"])
        >>> len(book.incidents) - len(merged.incidents), len(merged.claims) == len(book.claims)
        (1, True)
    """
    names = casebook_labels(casebooks, labels)
    united = unite(casebooks)
    new_ids = {(names[file], old): new for (file, old), new in united.events.items()}
    old_ids = {new: node for node, new in new_ids.items()}
    moved: dict[str, str] = {}
    for nodes in groups(decisions, new_ids):
        kept = new_ids[nodes[0]]
        moved |= {new_ids[node]: kept for node in nodes[1:]}
    return _moved(united.casebook, moved, old_ids) if moved else united.casebook


def _moved(casebook: Casebook, moved: Mapping[str, str], old_ids: Mapping[str, tuple[str, str]]) -> Casebook:
    claims = casebook.claims.assign(event_id=casebook.claims["event_id"].map(lambda key: moved.get(key, key)))
    gone = casebook.incidents["event_id"].isin(list(moved))
    notes: dict[str, list[str]] = {}
    lost: dict[str, list[dict[str, str]]] = {}
    extras = casebook.extras.drop_duplicates("event_id").set_index("event_id")
    for row in casebook.incidents[gone].to_dict("records"):
        key = str(row["event_id"])
        beside = extras.loc[key].to_dict() if key in extras.index else {}
        whole = {str(name): str(value) for name, value in {**beside, **row}.items() if value != ""}
        file, old = old_ids[key]
        notes.setdefault(moved[key], []).append(old)
        lost.setdefault(moved[key], []).append({"file": file, **whole, "event_id": old})
    incidents = casebook.incidents[~gone].reset_index(drop=True)
    return replace(
        casebook,
        incidents=incidents.assign(notes=_noted(incidents, notes)),
        claims=claims.astype("str"),
        extras=_extras(casebook.extras, incidents["event_id"], notes, lost),
    )


def _noted(incidents: pd.DataFrame, merged: Mapping[str, list[str]]) -> pd.Series[str]:
    pairs = zip(incidents["event_id"].tolist(), incidents["notes"].tolist(), strict=True)
    words = [
        f"{note} Merged with: {', '.join(merged[key])}.".strip() if key in merged else note
        for key, note in pairs
    ]
    return pd.Series(words, index=incidents.index, dtype="str")


def _extras(
    extras: pd.DataFrame,
    events: pd.Series[str],
    notes: Mapping[str, list[str]],
    lost: Mapping[str, list[dict[str, str]]],
) -> pd.DataFrame:
    """One row an incident that remains, with what was merged into it."""
    rest = events.to_frame().merge(extras.drop_duplicates("event_id"), on="event_id", how="left")
    earlier = rest[MERGED_IDS].fillna("").tolist() if MERGED_IDS in rest else [""] * len(rest)
    keys = rest["event_id"].tolist()
    ids = [
        "; ".join(filter(None, [old, *notes.get(key, [])])) for key, old in zip(keys, earlier, strict=True)
    ]
    rows = [json.dumps(lost[key], ensure_ascii=False, sort_keys=True) if key in lost else "" for key in keys]
    return rest.assign(**{MERGED_IDS: ids, MERGED_ROWS: rows}).fillna("").astype("str")
