"""What one place name of a row means: one place, several, or none; nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bordermap.geometry.candidates import AREAL_KINDS, Candidate
from bordermap.geometry.countries import find_country
from bordermap.geometry.gazetteer import Place
from bordermap.geometry.lookup import similar_matches, sure_matches
from bordermap.geometry.names import plain_key, search_key
from bordermap.incidents.naming.known_places import known_place, with_outline
from bordermap.incidents.naming.place_words import Words, take_apart
from bordermap.incidents.naming.provinces import area_matches, province_codes

#: Ways to match that are enough where no country is named.
_SURE: Final = ("exact name", "alternative name", "other script", "code")
_NOTHING: Final = frozenset(
    ("", "unknown", "na", "none", "unspecified", "notknown", "notspecified", "неизвестно")
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a row says of its place.

    Attributes:
        location: The name.
        admin1: The first-order area.
        admin2: The district.
        country: ISO 3166-1 alpha-3, or a name.
        admin1_code: GeoNames key, where the row has one.
        stated: Precision that the row states, of ``codebook.PRECISIONS``; empty where it does not.
    """

    location: str
    admin1: str = ""
    admin2: str = ""
    country: str = ""
    admin1_code: str = ""
    stated: str = ""

    @property
    def name(self) -> str:
        """The finest name there is; empty without one."""
        return next(
            (n for n in (self.location, self.admin2, self.admin1) if plain_key(n) not in _NOTHING), ""
        )


@dataclass(frozen=True, slots=True)
class Context:
    """Where the name is looked for.

    Attributes:
        country: ISO 3166-1 alpha-3; empty where none is named.
        provinces: First-order areas that the row names, GeoNames keys; several where that is not clear.
        unknown_province: Whether the row names one that nobody knows.
    """

    country: str = ""
    provinces: tuple[str, ...] = ()
    unknown_province: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of it.

    Attributes:
        outcome: ``located``, ``ambiguous``, ``not_found`` or ``chosen``; empty where the row has no name.
        place: The place; None unless located or chosen.
        how: How the name matched.
        code: The warning that belongs to it; empty without one.
        candidates: All that it may be.
        words: The name taken apart.
        context: Where it was looked for.
    """

    outcome: str
    place: Place | None = None
    how: str = ""
    code: str = ""
    candidates: tuple[Candidate, ...] = ()
    words: Words = field(default_factory=lambda: Words(""))
    context: Context = field(default_factory=Context)


def settle(question: Question, *, compare: bool = True) -> Settled:
    """Find what a row's place name means.

    Args:
        question: What the row says.
        compare: Look for similar spellings where nothing else is found; it is slow where no country is named.

    Returns:
        The place, where it is the only one it can be within the country or province; else the candidates.

    Example:
        >>> settle(Question("Ходжагор", admin1="Тахар", admin2="Khwaja Ghar", country="AFG")).place.place_key
        'khwaja_ghar'
        >>> settled = settle(Question("Imam Sahib", country="AFG"))
        >>> settled.outcome, settled.place, len(settled.candidates) > 3
        ('ambiguous', None, True)
    """
    context = _context(question)
    if not question.name:
        return Settled("", context=context)
    if question.name != question.location:
        return _settle_area(question, context)
    words = take_apart(question.name)
    context = _narrowed(context, words)
    found = _meant(_matches(question.name, words, context.country), question, words)
    if not found:
        return _settle_similar(words, context, compare)
    inside = _inside(found, context.provinces)
    if not inside:
        return Settled("ambiguous", code="BM353", candidates=tuple(found), words=words, context=context)
    return _decide(_without_own_areas(inside, question), words, context)


def _context(question: Question) -> Context:
    country = find_country(question.country) if question.country else ""
    if question.admin1_code:
        return Context(country, (question.admin1_code,))
    if plain_key(question.admin1) in _NOTHING:
        return Context(country)
    codes = province_codes(question.admin1, country)
    return Context(country, codes, not codes)


def _narrowed(context: Context, words: Words) -> Context:
    """What stands behind a comma says where, as far as the row's own columns do not."""
    country = context.country or next(filter(None, map(find_country, words.within)), "")
    if context.provinces:
        return Context(country, context.provinces)
    codes = (province_codes(part, country) for part in words.within if not find_country(part))
    return Context(country, next(filter(None, codes), ()), context.unknown_province)


def _settle_area(question: Question, context: Context) -> Settled:
    """A row that names only a district, or only a first-order area."""
    name = question.name
    district = name == question.admin2
    words = Words(name, "admin2" if district else "admin1")
    if not district:
        if question.admin1_code and (known := known_place(f"admin1:{question.admin1_code}")):
            return Settled("located", known, "code", words=words, context=context)
        named = area_matches(name, context.country) or area_matches(take_apart(name).name, context.country)
        found = [c for c in named if c.admin1_code in context.provinces]
    else:
        found = _inside(
            [c for c in _matches(name, words, context.country) if c.kind != "admin1"], context.provinces
        )
    if not found:
        return _settle_similar(words, context, False)
    return _decide([c for c in found if c.kind == words.kind] or found, words, context)


def _matches(name: str, words: Words, country: str) -> list[Candidate]:
    """Everything that the whole name, or else what is left of it without the words round it, may mean."""
    tried = (sure_matches(text, country) for text in (name, words.name) if plain_key(text))
    found = [c for c in next(filter(None, tried), []) if c.kind != "admin1"]
    if words.kind in ("", "admin1", "settlement"):
        found += area_matches(name, country) or area_matches(words.name, country)
    return _without_remote([with_outline(c) for c in found])


def _without_remote(found: list[Candidate]) -> list[Candidate]:
    """Where a place bears this very name, areas and namesakes of what may be called so too are out."""
    if not any(c.how == "exact name" and c.kind not in AREAL_KINDS for c in found):
        return found
    return [c for c in found if c.how == "exact name" or (c.how != "namesake" and c.kind not in AREAL_KINDS)]


def _meant(found: list[Candidate], question: Question, words: Words) -> list[Candidate]:
    """Those of the kind that the words or the stated precision ask for, where they ask."""
    whole = search_key(question.name)
    if words.site:
        return [c for c in found if search_key(c.matched_name) == whole]
    if question.stated in ("exact", "settlement", "near") and not words.kind:
        return [c for c in found if c.kind not in AREAL_KINDS]
    if not words.kind:
        return found
    if words.kind == "admin1":
        return [c for c in found if c.kind == "admin1"] or [
            c for c in found if search_key(c.matched_name) == whole
        ]
    kept = [c for c in found if c.kind == words.kind or search_key(c.matched_name) == whole]
    # No district or town of the gazetteer: what else bears the name says at least in which province it lies.
    return kept or [c for c in found if words.kind == "admin2" and c.kind not in AREAL_KINDS]


def _inside(found: Sequence[Candidate], provinces: tuple[str, ...]) -> list[Candidate]:
    """Those in the provinces named; those whose province nobody knows count where there is no other."""
    if not provinces:
        return list(found)
    inside = [c for c in found if set(c.admin1_code.split("/")) & set(provinces)]
    return inside or [c for c in found if not c.admin1_code and c.kind not in ("country", "area")]


def _without_own_areas(found: list[Candidate], question: Question) -> list[Candidate]:
    """A row that names its district in a column of its own means something within it by its location."""
    if plain_key(question.admin2) in _NOTHING:
        return found
    named = {search_key(question.admin2), search_key(take_apart(question.admin2).name)}
    finer = [c for c in found if c.kind not in AREAL_KINDS]
    same = any(search_key(c.matched_name) in named or search_key(c.name) in named for c in finer)
    return finer if finer and (same or not any(c.kind == "admin2" for c in found)) else found


def _decide(found: list[Candidate], words: Words, context: Context) -> Settled:
    whole = tuple(found)
    only = found[0] if len({c.place_key for c in found}) == 1 else None
    code = ""
    if only is None and (holder := _holder(found)):
        only, code = holder, "BM354"
    named = bool(context.country or context.provinces)
    if only is None or not (named or only.how in _SURE or only.kind == "country"):
        return Settled("ambiguous", code="BM350", candidates=whole, words=words, context=context)
    return Settled("located", only, only.how, code, whole, words, context)


def _holder(found: Sequence[Candidate]) -> Candidate | None:
    """The one area that holds all the others: where it is drawn, nothing is claimed that may be wrong."""
    for kind in ("admin1", "admin2"):
        areas = [c for c in found if c.kind == kind]
        if areas:
            holds = len(areas) == 1 and all(c.admin1_code == areas[0].admin1_code for c in found)
            return areas[0] if holds and areas[0].admin1_code else None
    return None


def _settle_similar(words: Words, context: Context, compare: bool) -> Settled:
    similar = similar_matches(words.name, context.country) if compare and plain_key(words.name) else []
    if similar:
        return Settled("ambiguous", code="BM352", candidates=tuple(similar), words=words, context=context)
    return Settled("not_found", code="BM351", words=words, context=context)
