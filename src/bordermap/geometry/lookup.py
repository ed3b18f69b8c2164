"""Places of one country by name, for many names: as somebody writes them, by sound, by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from bordermap.geometry import gazetteer
from bordermap.geometry.candidates import Candidate, rank, resembling, written_so
from bordermap.geometry.names import bare, latin, script, search_key, sound, stems, unglossed
from bordermap.geometry.spelling import CANDIDATE_SCORE, SimilarKey

# Fewer letters than this sound like too many names to mean anything.
_FEWEST_LETTERS = 4
_MOST_SIMILAR = 8


def sure_matches(name: str, country: str = "") -> list[Candidate]:
    """Places of which somebody writes the name so, or of which the transliteration sounds the same.

    Args:
        name: In any script; words such as "district" and a Russian adjective's ending may stand with it.
        country: ISO 3166-1 alpha-3: only places in it or on its border; empty: anywhere.

    Returns:
        The likeliest first; those that only sound the same stand there only where nobody writes it so.

    Example:
        >>> [(c.place_key, c.how) for c in sure_matches("Хайротон", "AFG")]
        [('hairatan', 'transliteration')]
        >>> [c.place_key for c in sure_matches("Тахарская провинция", "AFG")]
        ['admin1:AF.26']
    """
    return list(_sure(name, country))


@lru_cache(maxsize=4096)
def _sure(name: str, country: str) -> tuple[Candidate, ...]:
    tries = _tries(name)
    written = next(
        filter(None, (_within(written_so(text), country) for text in tries if search_key(text))), []
    )
    return tuple(sorted(written or _within(_sounding(tries), country), key=rank))


def similar_matches(name: str, country: str = "") -> list[Candidate]:
    """Places of a similar name: candidates to be listed, never taken.

    Args:
        name: In any script.
        country: As for :func:`sure_matches`; without it every name of the gazetteer is compared, which takes
            a fiftieth of a second.

    Returns:
        At most eight, the most alike first.

    Example:
        >>> similar_matches("Hyratan", "AFG")[0].place_key
        'hairatan'
    """
    from rapidfuzz import fuzz, process

    text = bare(unglossed(name))
    folded, in_latin = search_key(text), script(text) in ("LATIN", "")
    found = []
    for written, in_keys in ((latin(text), True), (folded, False)):
        if len(written) >= _FEWEST_LETTERS - 1 and (in_keys or not in_latin):
            keys = _keys(country, latin=in_keys)
            hits = process.extract(written, keys, scorer=fuzz.ratio, score_cutoff=CANDIDATE_SCORE, limit=20)
            found += [SimilarKey(key, float(score), False) for key, score, _ in hits]
    return sorted(_within(resembling(found), country), key=rank)[:_MOST_SIMILAR]


def _tries(name: str) -> list[str]:
    plain = (name, bare(name), unglossed(name), bare(unglossed(name)))
    return list(dict.fromkeys((*plain, *stems(plain[-1]))))


def _within(candidates: Iterable[Candidate], country: str) -> list[Candidate]:
    return [each for each in candidates if country in ("", *each.countries)]


def _sounding(tries: Iterable[str]) -> list[Candidate]:
    heard = [sound(letters) for text in tries if len(letters := latin(text)) >= _FEWEST_LETTERS]
    keys = dict.fromkeys(key for each in heard for key in _keys_by_sound().get(each, ()))
    return resembling([SimilarKey(key, 99.0, True) for key in keys])


@cache
def _keys_by_sound() -> dict[str, list[str]]:
    keys = gazetteer.keys(latin=True)
    found: dict[str, list[str]] = defaultdict(list)
    for heard, key in zip(sound("\n".join(keys)).split("\n"), keys, strict=True):
        found[heard].append(key)
    return dict(found)


def _keys(country: str, *, latin: bool) -> list[str]:
    if not country:
        return gazetteer.keys(latin=latin)
    return _keys_by_country()[latin].get(country, [])


@cache
def _keys_by_country() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Keys by country: of other scripts, and in Latin letters."""
    found: tuple[dict[str, dict[str, None]], dict[str, dict[str, None]]] = (
        defaultdict(dict),
        defaultdict(dict),
    )
    for key, countries in gazetteer.keys_with_countries():
        for country in countries:
            found[key[0].isascii()][country][key] = None
    other, latin = ({country: list(keys) for country, keys in each.items()} for each in found)
    return other, latin
