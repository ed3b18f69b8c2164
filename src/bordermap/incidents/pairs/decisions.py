"""The decision file: which pairs of incidents are one, decided by a person in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from bordermap.files import write_atomically
from bordermap.incidents.edited_tables import edited_bytes, edited_rows
from bordermap.incidents.faults import CasebookError, fault, quote
from bordermap.incidents.pairs.duplicates import PAIR_COLUMNS

#: An incident: what its file is called, and its id.
Node = tuple[str, str]
DECISIONS: Final = ("", "merge", "keep")
_NEEDED: Final = ("file_a", "event_id_a", "file_b", "event_id_b", "decision")


def write_pairs(path: Path, pairs: pd.DataFrame, *, overwrite: bool = False) -> None:
    """Write pairs as a decision file, still undecided.

    Args:
        path: Where.
        pairs: As :func:`bordermap.incidents.pairs.duplicates.find_duplicates` gives them.
        overwrite: Replace a file that stands there.

    Raises:
        OutputError: The file exists already or cannot be written.
    """
    write_atomically(path, edited_bytes(pair_records(pairs), PAIR_COLUMNS), overwrite=overwrite)


def pair_records(pairs: pd.DataFrame) -> list[dict[str, object]]:
    """Pairs as plain values by column; what is not known is an empty text."""
    records = pairs.astype(object).where(pairs.notna(), "").to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in records]


def read_decisions(path: Path) -> pd.DataFrame:
    """Read a decision file.

    Args:
        path: Comma, semicolon or tab, UTF-8.

    Returns:
        ``file_a``, ``event_id_a``, ``file_b``, ``event_id_b``, ``decision`` (merge, keep or empty), ``line``.

    Raises:
        InputError: The file cannot be read, lacks a column (BM370), or, as a CasebookError with all faults,
            holds a decision that is none (BM371).
    """
    rows, faults = [], []
    for line, row in edited_rows(path, _NEEDED, no_file="BM374", no_column="BM370"):
        decision = row["decision"].casefold()
        if decision not in DECISIONS:
            message = f"{quote(row['decision'])} is neither merge nor keep"
            faults.append(fault("BM371", message, file=path.name, line=line, column="decision"))
        rows.append({name: row[name] for name in _NEEDED} | {"decision": decision, "line": line})
    if faults:
        raise CasebookError(faults)
    return pd.DataFrame(rows, columns=[*_NEEDED, "line"])


def groups(decisions: pd.DataFrame, known: Iterable[Node]) -> list[list[Node]]:
    """The incidents that are one, with chains of decisions followed to their end.

    Args:
        decisions: As :func:`read_decisions` gives them.
        known: Every incident there is.

    Returns:
        Groups of two or more, each in the order in which the decisions name them: the first one remains.

    Raises:
        InputError: A decision names an incident that does not exist (BM372), or two decisions contradict each
            other (BM373).

    Example:
        >>> table = pd.DataFrame([("f", "1", "f", "2", "merge"), ("f", "3", "f", "2", "merge")],
        ...     columns=["file_a", "event_id_a", "file_b", "event_id_b", "decision"])
        >>> groups(table, [("f", "1"), ("f", "2"), ("f", "3")])
        [[('f', '1'), ('f', '2'), ('f', '3')]]
    """
    there = set(known)
    parent: dict[Node, Node] = {}
    for one, other in _pairs(decisions, "merge"):
        for node in (one, other):
            if node not in there:
                raise fault("BM372", f"there is no incident {quote(node[1])} in {quote(node[0])}")
            parent.setdefault(node, node)
        parent[_root(parent, other)] = _root(parent, one)
    for one, other in _pairs(decisions, "keep"):
        if one in parent and other in parent and _root(parent, one) == _root(parent, other):
            raise fault("BM373", f"{quote(one[1])} and {quote(other[1])} are to be merged and to be kept")
    found: dict[Node, list[Node]] = {}
    for node in parent:
        found.setdefault(_root(parent, node), []).append(node)
    return [nodes for nodes in found.values() if len(nodes) > 1]


def _pairs(decisions: pd.DataFrame, decision: str) -> Sequence[tuple[Node, Node]]:
    chosen = decisions[decisions["decision"] == decision]
    columns = (chosen[name].tolist() for name in _NEEDED[:4])
    return [((one, a), (other, b)) for one, a, other, b in zip(*columns, strict=True)]


def _root(parent: dict[Node, Node], node: Node) -> Node:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node
