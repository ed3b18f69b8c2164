"""Names that nobody wrote exactly so: other transliterations, and similar spellings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bordermap.geometry.gazetteer import keys
from bordermap.geometry.names import latin, script, search_key, sound

#: The least score, of 100, at which a spelling is offered as a candidate; below it, as a hint only.
CANDIDATE_SCORE = 80.0
_HINT_SCORE = 55.0
# Fewer letters than this have too many neighbours to mean anything.
_FEWEST_LETTERS = 3
_MOST_KEYS = 300


@dataclass(frozen=True)
class SimilarKey:
    """A key of the gazetteer that resembles what was asked for.

    Attributes:
        folded: The key.
        score: Likeness, 0 to 100, by the share of letters in common (RapidFuzz's ratio).
        same_sound: The two differ by nothing but their transliteration.
    """

    folded: str
    score: float
    same_sound: bool


def similar_keys(query: str) -> list[SimilarKey]:
    """Keys that resemble a name, the most alike first.

    Latin keys are compared with the name's transliteration, by sound and by letters; keys of other scripts
    with the name's own letters.

    Args:
        query: A name in any script.

    Returns:
        At most some hundreds; empty for names of fewer than three letters.

    Example:
        >>> [(k.folded, round(k.score), k.same_sound) for k in similar_keys("Хайротон")][:1]
        [('hayraton', 93, True)]
    """
    written, folded = latin(query), search_key(query)
    found: dict[str, SimilarKey] = {}
    if len(written) >= _FEWEST_LETTERS:
        found = {key.folded: key for key in _by_sound(written)}
    if script(query) not in ("LATIN", "") and len(folded) >= _FEWEST_LETTERS:
        found |= {key.folded: key for key in _by_letters(folded)}
    return sorted(found.values(), key=lambda key: (-key.score, not key.same_sound, key.folded))


def _by_sound(written: str) -> list[SimilarKey]:
    from rapidfuzz import fuzz, process

    heard = sound(written)
    hits = process.extract(heard, _sounds(), scorer=fuzz.ratio, score_cutoff=_HINT_SCORE, limit=_MOST_KEYS)
    found = [(keys(latin=True)[at], score) for _, score, at in hits]
    return [
        SimilarKey(key, 0.6 * score + 0.4 * float(fuzz.ratio(written, key)), score == 100.0)
        for key, score in found
    ]


def _by_letters(folded: str) -> list[SimilarKey]:
    from rapidfuzz import fuzz, process

    hits = process.extract(
        folded, keys(latin=False), scorer=fuzz.ratio, score_cutoff=_HINT_SCORE, limit=_MOST_KEYS
    )
    return [SimilarKey(key, float(score), False) for key, score, _ in hits]


@cache
def _sounds() -> list[str]:
    # All at once: replacing in one long text is some fifty times faster than in each of its lines.
    return sound("\n".join(keys(latin=True))).split("\n")
