"""The places that a name may mean, and how each matched; ``places`` decides which to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache

from bordermap.geometry import gazetteer
from bordermap.geometry.gazetteer import Place, Spelling
from bordermap.geometry.names import bare, script, search_key
from bordermap.geometry.spelling import CANDIDATE_SCORE, SimilarKey

#: How a name can match, the surest first. A namesake bears the main name of a place that matched.
HOW = (
    "exact name",
    "alternative name",
    "other script",
    "code",
    "namesake",
    "transliteration",
    "similar spelling",
)
KINDS = ("settlement", "crossing", "feature", "site", "area", "admin1", "admin2", "country")
#: Kinds that are drawn as an outline, never as a pin: where they have a point, it is for a label.
AREAL_KINDS = ("area", "admin1", "admin2", "country")
# Candidates that resemble the name this much less than the best one are noise.
_SPREAD = 10.0


@dataclass(frozen=True, kw_only=True)
class Candidate(Place):
    """A place that a name may mean; everything a ``Place`` has, and how it matched.

    Attributes:
        matched_name: The spelling that matched, as its source writes it.
        matched_lang: Its BCP 47 tag; empty when untagged.
        matched_source: Who writes it so; ``unverified`` when nobody was read, empty for GeoNames.
        how: One of ``HOW``.
        score: Likeness of name and match, 0 to 100.
        admin1: Name of the first-order area; empty when unknown.
    """

    matched_name: str
    matched_lang: str
    matched_source: str
    how: str
    score: float
    admin1: str


def written_so(query: str) -> list[Candidate]:
    """Places of which somebody writes the name so, and the namesakes of those.

    Example:
        >>> [(c.place_key, c.how) for c in written_so("Базарак")]
        [('bazarak', 'other script'), ('bazarak_villages', 'other script')]
    """
    direct = _one_each(_candidate(spelling) for spelling in gazetteer.spellings(search_key(query)))
    others = {search_key(_main_name(c)) for c in direct} - {search_key(query)}
    namesakes = _one_each(
        found
        for key in sorted(others)
        for spelling in gazetteer.spellings(key)
        if (found := _namesake(spelling)) is not None
    )
    held = {candidate.place_key for candidate in direct}
    return [*direct, *(candidate for candidate in namesakes if candidate.place_key not in held)]


def _candidate(spelling: Spelling) -> Candidate:
    found = gazetteer.place_at(spelling.place_row)
    return _describe(found, spelling, _how(found, spelling), 100.0)


def _how(found: Place, spelling: Spelling) -> str:
    if spelling.folded in (search_key(found.name), search_key(_main_name(found))):
        return "exact name"
    if spelling.lang == "code":
        return "code"
    return "alternative name" if script(spelling.name) == script(found.name) else "other script"


def _namesake(spelling: Spelling) -> Candidate | None:
    found = gazetteer.place_at(spelling.place_row)
    same = spelling.folded == search_key(_main_name(found))
    return _describe(found, spelling, "namesake", 100.0) if same else None


def _main_name(found: Place) -> str:
    """What an area is named for: "Panjshir" of "Panjshir Province"; of anything else its name."""
    return bare(found.name) if found.kind in AREAL_KINDS else found.name


def resembling(keys: list[SimilarKey]) -> list[Candidate]:
    """Places with a name so like the one asked for that they may be meant; the rest is noise.

    Example:
        >>> resembling([SimilarKey("termez", 60.0, False)])
        []
    """
    best = max((key.score for key in keys), default=0.0)
    least = max(CANDIDATE_SCORE, best - _SPREAD)
    return _one_each(
        _describe(
            gazetteer.place_at(spelling.place_row),
            spelling,
            "transliteration" if key.same_sound else "similar spelling",
            key.score,
        )
        for key in keys
        if key.score >= least or key.same_sound
        for spelling in gazetteer.spellings(key.folded)
    )


def _describe(found: Place, spelling: Spelling, how: str, score: float) -> Candidate:
    return Candidate(
        **{field.name: getattr(found, field.name) for field in fields(Place)},
        matched_name=spelling.name,
        matched_lang=spelling.lang,
        matched_source=spelling.source,
        how=how,
        score=round(score, 1),
        admin1=admin1_name(found.admin1_code),
    )


@cache
def admin1_name(code: str) -> str:
    """The name of a first-order area by its GeoNames key; empty where the gazetteer does not hold it.

    Example:
        >>> admin1_name("AF.26"), admin1_name("AF.30/UZ.12"), admin1_name("FR.11")
        ('Takhar', 'Balkh/Surxondaryo Region', '')
    """
    return "/".join(filter(None, (_admin1_name(part) for part in code.split("/"))))


def _admin1_name(code: str) -> str:
    codes = (spelling for spelling in gazetteer.spellings(search_key(code)) if spelling.lang == "code")
    rows = (gazetteer.place_at(spelling.place_row) for spelling in codes)
    return next((row.name for row in rows if row.admin1_code == code), "")


def _one_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best match of each place."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        held = best.get(candidate.place_key)
        if held is None or rank(candidate) < rank(held):
            best[candidate.place_key] = candidate
    return list(best.values())


def rank(candidate: Candidate) -> tuple[object, ...]:
    """What to sort candidates by, the likeliest first."""
    # Among equals, what has a coordinate first, then the larger; areas after the towns they are named for.
    return (
        HOW.index(candidate.how),
        -candidate.score,
        candidate.lon is None,
        candidate.kind in AREAL_KINDS,
        -candidate.population,
        candidate.place_key,
    )
