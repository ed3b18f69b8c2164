"""Places by name: in any script and transliteration, every namesake told apart, none chosen in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bordermap.errors import PlaceError
from bordermap.geometry import gazetteer
from bordermap.geometry.candidates import AREAL_KINDS, HOW, KINDS, Candidate, rank, resembling, written_so
from bordermap.geometry.gazetteer import Place
from bordermap.geometry.names import bare, search_key, unglossed
from bordermap.geometry.spelling import SimilarKey, similar_keys
from bordermap.text import plain

__all__ = [
    "AREAL_KINDS",
    "HOW",
    "KINDS",
    "Candidate",
    "Place",
    "PlaceMatches",
    "find_places",
    "no_match",
    "place",
    "shown",
]


@dataclass(frozen=True)
class PlaceMatches:
    """What a name may mean.

    Attributes:
        query: The name that was asked for.
        candidates: The likeliest first, at most as many as asked for.
        total: How many there were before the limit.
        nearest: The nearest spellings, where there is no candidate.
    """

    query: str
    candidates: tuple[Candidate, ...]
    total: int
    nearest: tuple[str, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Several places fit; it is for the reader to choose."""
        return self.total > 1

    @property
    def how(self) -> str:
        """How the likeliest candidate matched; empty without one."""
        return self.candidates[0].how if self.candidates else ""

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self.candidates)

    def __len__(self) -> int:
        return len(self.candidates)


def find_places(
    query: str, *, country: str | None = None, kind: str | None = None, limit: int = 20
) -> PlaceMatches:
    """Find the places that a name may mean.

    A name matches in any script and with any accents, apostrophes, hyphens and ezafe. Where nothing matches
    so, other transliterations and similar spellings are tried.

    Args:
        query: The name. Only its first 200 characters count.
        country: ISO 3166-1 alpha-3: only places in it or on its border.
        kind: One of ``KINDS``: only such places.
        limit: The most candidates to return, at least 1.

    Returns:
        Every candidate, ranked by how it matched, then by population; empty when nothing comes near.
        Coordinates are degrees on WGS84.

    Raises:
        PlaceError: The name holds no letter or digit, or the country, the kind or the limit does not exist.

    Example:
        >>> [(c.name, c.country, c.matched_name, c.how) for c in find_places("Хайратон")]
        [('Hairatan', 'AFG', 'Хайратон', 'other script')]
        >>> found = find_places("Ishkashim", kind="settlement")
        >>> found.ambiguous, sorted({c.country for c in found})
        (True, ['AFG', 'TJK'])
    """
    wanted = _checked_country(country), _checked_kind(kind)
    if limit < 1:
        raise PlaceError(f"a limit of {limit} shows nothing", hint="Give a limit of 1 or more.", code="BM134")
    if not search_key(query):
        raise PlaceError(
            "the name holds no letter or digit",
            hint="Give a name in any script, for example Termez or Термез.",
            code="BM131",
        )
    tries = dict.fromkeys((query, bare(query), unglossed(query), bare(unglossed(query))))
    found = next(filter(None, (_only(written_so(text), *wanted) for text in tries)), [])
    similar = [] if found else similar_keys(query)
    found = found or _only(resembling(similar), *wanted)
    nearest = () if found else _nearest(similar)
    return PlaceMatches(query, tuple(sorted(found, key=rank)[:limit]), len(found), nearest)


def place(key: str) -> Place:
    """One place by its key.

    Args:
        key: For example ``termez``, ``panjshir``, ``admin1:AF.26``, ``country:AFG`` or ``gn1512569``.

    Raises:
        PlaceError: There is no such place.

    Example:
        >>> place("panjshir").admin1_code, place("bazarak").lon
        ('AF.42', 69.51519)
    """
    found = gazetteer.place_with_key(key)
    if found is None:
        raise PlaceError(
            f"there is no place with the key {shown(key)!r}",
            hint="Find the key of a place with `bordermap places NAME`.",
            code="BM132",
        )
    return found


def no_match(matches: PlaceMatches) -> PlaceError:
    """The error that says nothing was found, with the nearest spellings as its hint.

    Example:
        >>> str(no_match(find_places("Qwrtzp")))
        "no place is named 'Qwrtzp', nor anything like it"
    """
    near = ", ".join(matches.nearest)
    return PlaceError(
        f"no place is named {shown(matches.query)!r}, nor anything like it",
        hint=f"The nearest spellings are: {near}."
        if near
        else "Try another spelling, or a larger place nearby.",
        code="BM130",
    )


def shown(text: str, most: int = 60) -> str:
    """What a user typed, fit to stand in a message: one line, no controls, not too long.

    Example:
        >>> shown("Termez" + chr(0)), len(shown("x" * 10_000))
        ('Termez', 60)
    """
    clean = plain(text).encode("utf-8", "replace").decode()
    return clean if len(clean) <= most else clean[: most - 1] + "…"


def _checked_country(country: str | None) -> str | None:
    if country is None or gazetteer.place_with_key(f"country:{country.upper()}"):
        return country.upper() if country else None
    raise PlaceError(
        f"{shown(country)!r} is not the code of a country",
        hint="Give three letters of ISO 3166-1, for example AFG, UZB or TJK.",
        code="BM133",
    )


def _checked_kind(kind: str | None) -> str | None:
    if kind is None or kind in KINDS:
        return kind
    raise PlaceError(
        f"there is no kind of place named {shown(kind)!r}",
        hint=f"Give one of {', '.join(KINDS)}.",
        code="BM135",
    )


def _nearest(keys: list[SimilarKey]) -> tuple[str, ...]:
    names = (spelling.name for key in keys[:20] for spelling in gazetteer.spellings(key.folded)[:1])
    return tuple(dict.fromkeys(names))[:5]


def _only(candidates: list[Candidate], country: str | None, kind: str | None) -> list[Candidate]:
    return [c for c in candidates if country in (None, *c.countries) and kind in (None, c.kind)]
