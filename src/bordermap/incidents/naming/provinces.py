"""The first-order area that a row names, in any spelling."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from bordermap.geometry.candidates import Candidate
from bordermap.geometry.lookup import sure_matches
from bordermap.geometry.names import plain_key
from bordermap.incidents.naming.known_places import area_candidates, has_outline, with_outline
from bordermap.incidents.naming.place_words import take_apart

_SURE: Final = ("exact name", "alternative name", "other script", "code")
#: Abbreviations in common use, folded.
_SHORT: Final = {
    "gbao": "TJ.01", "vmkb": "TJ.01", "kmkb": "TJ.01", "mbap": "TJ.01", "гбао": "TJ.01", "вмкб": "TJ.01",
    "rrs": "TJ.RR", "drs": "TJ.RR", "рпп": "TJ.RR", "нтч": "TJ.RR", "kp": "PK.03", "kpk": "PK.03",
}  # fmt: skip


@lru_cache(maxsize=8192)
def province_codes(text: str, country: str = "") -> tuple[str, ...]:
    """The first-order areas that a name means.

    Args:
        text: As the row has it.
        country: ISO 3166-1 alpha-3. Without it only names that somebody writes so count, and none that
            merely sounds so.

    Returns:
        GeoNames keys, sorted; several where the name does not say which, none where nobody bears it.

    Example:
        >>> [province_codes(name, "AFG") for name in ("Balkh", "Балх", "ولایت بلخ", "Balkh Province")]
        [('AF.30',), ('AF.30',), ('AF.30',), ('AF.30',)]
        >>> province_codes("GBAO", "TJK"), province_codes("Nowhere", "TJK")
        (('TJ.01',), ())
    """
    if short := _SHORT.get(plain_key(text)):
        return (short,)
    found = area_matches(text, country) or area_matches(take_apart(text).name, country)
    known = [each for each in found if country or each.how in _SURE]
    return tuple(sorted({each.admin1_code for each in known}))


def area_matches(text: str, country: str = "") -> list[Candidate]:
    """First-order areas of a name, those of the gazetteer and those of the world's outlines, each once.

    Args:
        text: In any script.
        country: ISO 3166-1 alpha-3; empty: anywhere.
    """
    if not plain_key(text):
        return []
    # The gazetteer holds the areas of the region under every name; outlines know the rest of the world.
    found = [with_outline(c) for c in sure_matches(text, country) if c.kind == "admin1"]
    found = [c for c in found if c.how != "namesake"] or found
    return [c for c in found if has_outline(c.admin1_code)] or area_candidates(text, country)
