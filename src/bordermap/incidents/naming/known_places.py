"""Places by key: those of the gazetteer, and the first-order areas of the whole world by their outline."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from bordermap.errors import PlaceError
from bordermap.geometry.areas import area_country, area_name, areas_named
from bordermap.geometry.candidates import Candidate
from bordermap.geometry.gazetteer import Place, place_with_key

_AREA: Final = "admin1:"
#: Codes of the gazetteer whose outline has another: Dushanbe; the tribal areas, in their province since 2018.
_OUTLINES: Final = {"TJ.7280679": "TJ.04", "PK.01": "PK.03"}


@lru_cache(maxsize=8192)
def known_place(key: str) -> Place | None:
    """The place of a key; None where there is none.

    Args:
        key: As ``bordermap places`` gives it, or ``admin1:`` and the GeoNames key of a first-order area.

    Example:
        >>> known_place("termez").name, known_place("admin1:UA.17").name, known_place("atlantis")
        ('Termez', 'Odessa', None)
    """
    found = place_with_key(key) if key else None
    if found is not None or not key.startswith(_AREA):
        return found
    code = key.removeprefix(_AREA)
    try:
        country, name = area_country(code), area_name(code)
    except PlaceError:
        return None
    return Place(
        place_key=key, name=name, kind="admin1", country=country, admin1_code=code, lon=None, lat=None,
        population=0, geonames_id="", source="Natural Earth", note="",
    )  # fmt: skip


def with_outline(found: Candidate) -> Candidate:
    """A place under the code of the first-order area by which its outline is known.

    Example:
        >>> from bordermap.geometry.lookup import sure_matches
        >>> {with_outline(found).admin1_code for found in sure_matches("Dushanbe", "TJK")}
        {'TJ.04'}
    """
    code = _OUTLINES.get(found.admin1_code)
    return replace(found, admin1_code=code) if code else found


def has_outline(code: str) -> bool:
    """Whether a first-order area can be drawn.

    Example:
        >>> has_outline("AF.26"), has_outline("AF.99")
        (True, False)
    """
    try:
        return bool(area_country(code))
    except PlaceError:
        return False


def area_candidates(name: str, country: str = "") -> list[Candidate]:
    """First-order areas of a name as candidates; the gazetteer holds only those of the region.

    Args:
        name: In any spelling that the shipped outlines have.
        country: ISO 3166-1 alpha-3; empty: anywhere.

    Example:
        >>> [(c.place_key, c.how) for c in area_candidates("Odessa Oblast", "UKR")]
        [('admin1:UA.17', 'exact name')]
    """
    found = (known_place(f"{_AREA}{code}") for code in areas_named(name, country))
    return [
        Candidate(
            **vars(place),
            matched_name=place.name,
            matched_lang="",
            matched_source="",
            how="exact name",
            score=100.0,
            admin1=place.name,
        )
        for place in found
        if place is not None
    ]
