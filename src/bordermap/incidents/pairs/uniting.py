"""Several casebooks as one: every row kept, equal rows once, every id its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from bordermap.incidents.casebook import Casebook
from bordermap.incidents.readers.about import About
from bordermap.incidents.tables import TABLES
from bordermap.text import join_words

#: Tables whose equal rows are one, whatever their ids; a place belongs to its parent, so parents come first.
_SHARED: Final = ("sources", "parties", "places")
_OWN: Final = ("incidents", "claims", "locations", "context")
#: Columns that name rows of other tables, and whether they hold several between spaces.
_REFERENCES: Final = {
    "claims": {"party_id": "parties", "attributed_to": "parties", "event_id": "events"},
    "claim_sources": {"claim_id": "claims", "source_id": "sources"},
    "locations": {"claim_id": "claims", "place_id": "places"},
    "places": {"parent_place_id": "places"},
    "particulars": {"claim_id": "claims"},
    "context": {"place_id": "places", "party_ids": "parties", "source_ids": "sources"},
}
_STRICTEST: Final = ("aggregate_only", "unknown", "display_only", "held", "open", "")

Ids = dict[tuple[int, str], str]


@dataclass(frozen=True, eq=False)
class United:
    """Casebooks as one.

    Attributes:
        casebook: With every row of all.
        events: New id of an incident, by number of the casebook and old id.
    """

    casebook: Casebook
    events: Ids


def unite(casebooks: Sequence[Casebook]) -> United:
    """Put casebooks together.

    Args:
        casebooks: One or more.

    Returns:
        Sources, parties and places that are equal but for their ids are one; ids that two casebooks use for
        different rows get ``~2``, ``~3`` … behind them, in the order of the casebooks.
    """
    stacked = {name: _stacked(casebooks, name) for name in TABLES}
    ids = {name: _own_ids(stacked[name], TABLES[name].key[0]) for name in _OWN}
    ids |= {name: _shared_ids(stacked[name], TABLES[name].key[0]) for name in _SHARED}
    ids["events"] = {**ids["context"], **ids["incidents"]}
    frames = {name: _renamed(frame, name, ids) for name, frame in stacked.items()}
    extras = pd.concat([each.extras.assign(file=at) for at, each in enumerate(casebooks)], ignore_index=True)
    extras = extras.assign(event_id=_mapped(extras["file"], extras["event_id"], ids["incidents"]))
    reports = [each.report for each in casebooks]
    tables: dict[str, Any] = dict(frames)
    casebook = Casebook(
        **tables,
        about=_about([each.about for each in casebooks]),
        rejects=pd.concat([each.rejects for each in casebooks], ignore_index=True),
        report=pd.concat(reports, ignore_index=True),
        extras=extras.drop(columns="file").fillna("").astype("str"),
    )
    return United(casebook, ids["incidents"])


def _stacked(casebooks: Sequence[Casebook], table: str) -> pd.DataFrame:
    frames: list[pd.DataFrame] = [getattr(each, table).assign(file=at) for at, each in enumerate(casebooks)]
    return pd.concat(frames, ignore_index=True)


def _own_ids(frame: pd.DataFrame, key: str) -> Ids:
    """Every row is its own: an id that stands in two casebooks is made two."""
    pairs = list(zip(frame["file"].tolist(), frame[key].tolist(), strict=True))
    return _unique(pairs, range(len(pairs)))


def _shared_ids(frame: pd.DataFrame, key: str) -> Ids:
    """Rows that say the same are one."""
    pairs = list(zip(frame["file"].tolist(), frame[key].tolist(), strict=True))
    return _unique(pairs, _contents(frame, key, pairs))


def _unique(pairs: Sequence[tuple[int, str]], contents: Sequence[object]) -> Ids:
    """One id for each different content, the wished one where it is free."""
    taken = {wish for _, wish in pairs}
    used: set[str] = set()
    of_content: dict[object, str] = {}
    for (_, wish), content in zip(pairs, contents, strict=True):
        if content not in of_content:
            name, number = wish, 2
            while name in used or (name != wish and name in taken):
                name, number = f"{wish}~{number}", number + 1
            used.add(name)
            of_content[content] = name
    return {pair: of_content[content] for pair, content in zip(pairs, contents, strict=True)}


def _contents(frame: pd.DataFrame, key: str, pairs: Sequence[tuple[int, str]]) -> list[int]:
    """A number for what each row says, its id apart; places say in which place they lie, too."""
    names = [name for name in frame.columns if name not in ("file", key, "parent_place_id")]
    numbers = _numbered(list(zip(*(frame[name].tolist() for name in names), strict=True)))
    if "parent_place_id" not in frame.columns:
        return numbers
    at = {pair: position for position, pair in enumerate(pairs)}
    above = list(zip(frame["file"].tolist(), frame["parent_place_id"].tolist(), strict=True))
    for _ in range(6):  # Deeper than places lie in each other.
        numbers = _numbered(
            [(n, numbers[at[up]] if up in at else -1) for n, up in zip(numbers, above, strict=True)]
        )
    return numbers


def _numbered(values: Sequence[object]) -> list[int]:
    seen: dict[object, int] = {}
    return [seen.setdefault(value, len(seen)) for value in values]


def _renamed(frame: pd.DataFrame, table: str, ids: Mapping[str, Ids]) -> pd.DataFrame:
    renames = dict(_REFERENCES.get(table, {}))
    if table in ids:
        renames = {TABLES[table].key[0]: table} | renames
    changed = {name: _mapped(frame["file"], frame[name], ids[to]) for name, to in renames.items()}
    done = frame.assign(**changed).drop(columns="file").fillna("")
    keys = list(TABLES[table].key) if table in _SHARED else []
    done = done.drop_duplicates(keys) if keys else done
    ordered: pd.DataFrame = done[list(TABLES[table].names)]
    return ordered.reset_index(drop=True)


def _mapped(files: pd.Series[int], column: pd.Series[str], ids: Ids) -> pd.Series[str]:
    """Ids, or several between spaces, under their new names."""
    pairs = zip(files.tolist(), column.tolist(), strict=True)
    new = [
        ids.get((file, text)) or " ".join(ids.get((file, word), word) for word in text.split())
        for file, text in pairs
    ]
    return pd.Series(new, index=column.index, dtype="str")


def _about(abouts: Sequence[About]) -> About:
    """Title, licence and words of all; the strictest rights."""
    if len(abouts) == 1:
        return abouts[0]
    titles = list(dict.fromkeys(each.title for each in abouts))
    rights = min(
        (each.rights for each in abouts), key=lambda r: _STRICTEST.index(r) if r in _STRICTEST else 1
    )
    return replace(
        abouts[0],
        title=join_words(titles),
        licence="; ".join(dict.fromkeys(each.licence for each in abouts if each.licence)),
        attribution=" ".join(dict.fromkeys(each.attribution for each in abouts if each.attribution)),
        rights=rights,
        # The whole is compiled only as far as each part is.
        compiled_through=min(each.compiled_through for each in abouts),
    )
