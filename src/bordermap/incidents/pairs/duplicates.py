"""Candidate duplicates: incidents that may be one, by time, place and kind, within what is known of each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.incidents.casebook import Casebook
from bordermap.incidents.pairs.likeness import Likeness, likeness, reasons
from bordermap.incidents.pairs.pairing import Pairs, pair
from bordermap.incidents.pairs.sightings import Ints, Sightings, sightings

#: Columns of the table of pairs, and of a decision file.
PAIR_COLUMNS: Final = (
    "pair_id", "score", "reasons", "decision",
    "file_a", "event_id_a", "title_a", "date_a", "place_a",
    "file_b", "event_id_b", "title_b", "date_b", "place_b",
    "distance_km", "days_apart", "more",
)  # fmt: skip
_LEAST: Final = 6
_MOST_OF_ONE: Final = 10


def find_duplicates(
    casebooks: Sequence[Casebook] | Casebook,
    *,
    labels: Sequence[str] = (),
    slack_days: int = 0,
    slack_km: float = 0.0,
    least: int = _LEAST,
    most: int = _MOST_OF_ONE,
) -> pd.DataFrame:
    """Pairs of incidents that may be one, within and across casebooks. Nothing is merged.

    Two are compared where their dates overlap and their places meet, each within what is known of it: a
    date known to the week is a week, a report's date may lie two days after the event, a settlement reaches
    5 km, a province is all of it. Types that exclude each other make no pair.

    Args:
        casebooks: One or several.
        labels: What each is called; as many as casebooks. Empty: their titles.
        slack_days: Days by which two may be apart beyond that.
        slack_km: Kilometres by which two may be apart beyond that.
        least: The least score to be listed. It is the sum of
            :data:`bordermap.incidents.pairs.likeness.POINTS`: it ranks, and is no probability.
        most: The most pairs to list for one incident, those of the highest score; ``more`` says how many
            there were besides.

    Returns:
        One row a pair, the highest score first, in the columns of ``PAIR_COLUMNS``; ``decision`` is empty,
        for a person to fill. The pairs do not depend on the order of casebooks or of their rows.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> find_duplicates(read_casebook()).columns[:3].tolist()
        ['pair_id', 'score', 'reasons']
    """
    books = [casebooks] if isinstance(casebooks, Casebook) else list(casebooks)
    names = casebook_labels(books, labels)
    if not sum(len(each.incidents) for each in books):
        return pd.DataFrame(columns=list(PAIR_COLUMNS))
    seen = sightings(books)
    pairs = pair(seen, slack_days=slack_days, slack_km=slack_km)
    like = likeness(seen, pairs)
    listed = np.flatnonzero(like.fits & (like.score >= least))
    ranks = _ranks(seen, names)
    pairs, like = _turned(_picked(pairs, listed), ranks), _picked(like, listed)
    order = np.lexsort((ranks[pairs.other], ranks[pairs.one], -like.score))
    kept, more = _capped(pairs.one[order], pairs.other[order], len(seen), most)
    order = order[kept]
    return _frame(seen, _picked(pairs, order), _picked(like, order), more, names)


def casebook_labels(casebooks: Sequence[Casebook], labels: Sequence[str] = ()) -> list[str]:
    """What each casebook is called: its label or its title, with a number where two are called the same.

    Args:
        casebooks: Any.
        labels: As many, or none.

    Raises:
        ValueError: There are labels, but not as many as casebooks.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> casebook_labels([read_casebook()] * 2, ["a.csv", "a.csv"])
        ['a.csv', 'a.csv (2)']
    """
    names = list(labels) or [each.about.title for each in casebooks]
    if len(names) != len(casebooks):
        raise ValueError(f"{len(names)} labels for {len(casebooks)} casebooks")
    counted: dict[str, int] = {}
    unique = []
    for name in names:
        counted[name] = counted.get(name, 0) + 1
        unique.append(name if counted[name] == 1 else f"{name} ({counted[name]})")
    return unique


def _picked(table: Any, at: Ints) -> Any:
    """Some rows of a frozen table of arrays."""
    arrays = {name: values[at] for name, values in vars(table).items() if isinstance(values, np.ndarray)}
    return replace(table, **arrays)


def _ranks(seen: Sightings, names: Sequence[str]) -> Ints:
    """The place of each incident in the order of file and id, which no order of reading can change."""
    keys = pd.DataFrame({"file": np.array(names, dtype=object)[seen.file], "id": seen.event_id})
    order = keys.sort_values(["file", "id"], kind="stable").index.to_numpy()
    ranks = np.empty(len(seen), dtype=np.int64)
    ranks[order] = np.arange(len(seen))
    return ranks


def _turned(pairs: Pairs, ranks: Ints) -> Pairs:
    swap = ranks[pairs.one] > ranks[pairs.other]
    one, other = np.where(swap, pairs.other, pairs.one), np.where(swap, pairs.one, pairs.other)
    return replace(pairs, one=one, other=other)


def _capped(one: Ints, other: Ints, length: int, most: int) -> tuple[Ints, Ints]:
    """The best pairs of each incident, and how many more the two of each pair had."""
    both = np.r_[one, other]
    pair_of = np.tile(np.arange(len(one)), 2)
    order = np.lexsort((pair_of, both))
    counts = np.bincount(both, minlength=length)
    starts = np.cumsum(counts) - counts
    nth = np.empty(len(both), dtype=np.int64)
    nth[order] = np.arange(len(both)) - starts[both[order]]
    # A pair stays where it is among the best of either.
    kept = np.flatnonzero(np.minimum(nth[: len(one)], nth[len(one) :]) < most)
    left = counts - np.bincount(np.r_[one[kept], other[kept]], minlength=length)
    return kept, np.maximum(left[one[kept]], left[other[kept]])


def _frame(seen: Sightings, pairs: Pairs, like: Likeness, more: Ints, names: Sequence[str]) -> pd.DataFrame:
    words = [reasons(seen, pairs, like, at) for at in range(len(pairs.one))]
    a, b = (_side(seen, at, names) for at in (pairs.one, pairs.other))
    keys = zip(a["file"], a["event_id"], b["file"], b["event_id"], strict=True)
    columns: dict[str, Any] = {
        "pair_id": [pair_id(*key) for key in keys],
        "score": like.score,
        "reasons": words,
        "decision": [""] * len(words),
    }
    columns |= {f"{name}_a": values for name, values in a.items()}
    columns |= {f"{name}_b": values for name, values in b.items()}
    columns |= {"distance_km": np.round(pairs.distance_km, 1), "days_apart": like.days_apart, "more": more}
    return pd.DataFrame(columns, columns=list(PAIR_COLUMNS))


def _side(seen: Sightings, at: Ints, names: Sequence[str]) -> Mapping[str, list[str]]:
    days = seen.day[at].astype("datetime64[D]").astype(str)
    return {
        "file": [names[number] for number in seen.file[at].tolist()],
        "event_id": seen.event_id[at].tolist(),
        "title": seen.title[at].tolist(),
        "date": days.tolist(),
        "place": seen.place[at].tolist(),
    }


def pair_id(file_a: str, event_a: str, file_b: str, event_b: str) -> str:
    """The id of a pair, whichever of the two comes first.

    Example:
        >>> pair_id("a.csv", "1", "b.csv", "2") == pair_id("b.csv", "2", "a.csv", "1")
        True
    """
    text = "\x1f".join("\x1e".join(each) for each in sorted([(file_a, event_a), (file_b, event_b)]))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
