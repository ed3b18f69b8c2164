"""The names of a flat file's columns: a source's own that is called like ours is told apart from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from bordermap.incidents.flat import FLAT

#: Derived when a flat file is written, and not read again.
DERIVED: Final = (
    "status", "status_words", "claim_count", "denial_count", "source_count", "representative_point",
    "claims", "geometry", "geom", "fid",
)  # fmt: skip
PREFIX: Final = "source_"
#: By these a flat table is known again: no other dataset has them together.
MARKS: Final = ("event_id", "incident_type", "geo_precision", "location_basis", "date_precision")


def _levels() -> dict[str, tuple[int, int]]:
    """How many prefixes our own names have: the least and the most, by what stands behind them."""
    found: dict[str, list[int]] = defaultdict(list)
    for name in (*FLAT.names, *DERIVED):
        base, count = _parted(name)
        found[base].append(count)
    return {base: (min(counts), max(counts)) for base, counts in found.items()}


def _parted(name: str) -> tuple[str, int]:
    count = 0
    while name.startswith(PREFIX) and len(name) > len(PREFIX):
        name, count = name[len(PREFIX) :], count + 1
    return name, count


_LEVELS: Final = _levels()


def outer_name(name: str) -> str:
    """What a source's own column is called in a flat file: never like one of ours, never like another's.

    Example:
        >>> [outer_name(name) for name in ("fatalities", "title", "source_title", "geo_precision")]
        ['fatalities', 'source_title', 'source_source_title', 'source_source_geo_precision']
    """
    base, count = _parted(name)
    if base not in _LEVELS or count < _LEVELS[base][0]:
        return name
    least, most = _LEVELS[base]
    return PREFIX * (most - least + 1) + name


def inner_name(name: str) -> str:
    """The inverse of :func:`outer_name`; our own names stay as they are.

    Example:
        >>> [inner_name(name) for name in ("fatalities", "source_title", "title", "source_url")]
        ['fatalities', 'title', 'title', 'source_url']
    """
    base, count = _parted(name)
    if base not in _LEVELS or count <= _LEVELS[base][1]:
        return name
    least, most = _LEVELS[base]
    return name[len(PREFIX) * (most - least + 1) :]


def is_ours(name: str) -> bool:
    """Whether a column of a flat file is one of ours.

    Example:
        >>> is_ours("status"), is_ours("title"), is_ours("iso")
        (True, True, False)
    """
    return name in FLAT.names or name in DERIVED


def told_apart(names: Iterable[str], *, cased: bool = True, sep: str = "_") -> list[str]:
    """Names that are all different, by numbers behind those that came up before.

    Args:
        names: Any, in order.
        cased: Whether ``A`` and ``a`` are different.
        sep: Before the number.

    Example:
        >>> told_apart(["a", "A", "b"], cased=False)
        ['a', 'A_2', 'b']
    """
    taken: set[str] = set()
    told = []
    for name in names:
        at, new = 1, name
        while (new if cased else new.casefold()) in taken:
            at += 1
            new = f"{name}{sep}{at}"
        taken.add(new if cased else new.casefold())
        told.append(new)
    return told
