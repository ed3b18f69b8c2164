"""The one rule that picks the place that stands for an incident; every output asks here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from bordermap.codebook import DRAWN, POINT_LIKE, ROLES
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.frames import lookup, rows

_ROLE_ORDER: Final = tuple(ROLES)
_START_ROLES: Final = ("crossing", "origin")
_VOICE_ORDER: Final = ("authority", "independent", "owner", "none")
#: From fine to coarse, as drawn.
_FINENESS: Final = ("exact", "settlement", "near", "admin2", "border_stretch", "admin1", "area")
_COLUMNS: Final = (
    "event_id", "location_id", "claim_id", "role", "precision", "place_id", "country", "shape",
    "shape_place_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One location with what the rule looks at."""

    location_id: str
    claim_id: str
    role: str
    precision: str
    basis: str
    place_id: str
    has_point: bool
    shape: str
    shape_place_id: str
    country: str
    voice: str
    order: int

    @property
    def drawable(self) -> bool:
        if self.basis in ("candidate", "none") or self.precision not in DRAWN:
            return False
        return self.has_point if self.precision in POINT_LIKE else bool(self.shape)

    @property
    def drawn_precision(self) -> str:
        """A district without an outline of its own is drawn as its province: coarser than a stretch."""
        return (
            "admin1"
            if self.precision == "admin2" and self.shape_place_id != self.place_id
            else self.precision
        )

    @property
    def rank(self) -> tuple[int, ...]:
        return (
            int(self.role in _START_ROLES),
            int(self.precision not in POINT_LIKE),
            _VOICE_ORDER.index(self.voice),
            _ROLE_ORDER.index(self.role),
            _FINENESS.index(self.drawn_precision),
            DRAWN.index(self.precision),
            self.order,
        )


def stand(casebook: Casebook, votes: pd.DataFrame) -> pd.DataFrame:
    """The location that stands for each incident.

    Only locations that can be drawn take part, and those of a claim without a voice only where no other
    can. They are ranked by: where it ended before where it started; a point before an area; an authority's
    before an independent voice's before an owner's; impact, scene, target, crossing, origin; the finer
    precision as drawn; the earlier row.

    Args:
        casebook: Any.
        votes: As :func:`bordermap.incidents.voices.derive_votes` gives them.

    Returns:
        One row an incident, in the order of ``casebook.incidents``: ``event_id``; ``location_id``,
        ``claim_id``, ``role``, ``place_id`` (empty where nothing can be drawn); ``precision`` as drawn,
        else ``country`` or ``unknown``; ``country`` (ISO 3166-1 alpha-3, only where nothing can be drawn:
        the country of the place where it is said to have ended, where one is known); ``shape`` and
        ``shape_place_id``: what draws an area, and the place it belongs to, which may be the parent of
        ``place_id``.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> from bordermap.incidents.voices import derive_votes
        >>> casebook = read_casebook()
        >>> len(stand(casebook, derive_votes(casebook))) == len(casebook.incidents)
        True
    """
    by_event = _candidates(casebook, lookup(votes, "claim_id", "voice"))
    records = [_standing(event, by_event.get(event, [])) for event in casebook.incidents["event_id"].tolist()]
    return pd.DataFrame(records, columns=list(_COLUMNS), dtype="str")


def shape_of(places: Mapping[str, Mapping[str, str]], place_id: str, precision: str) -> tuple[str, str]:
    """What draws an area, and whose it is: the place's own shape, or that of the nearest parent that has one.

    Args:
        places: Rows of ``places`` by ``place_id``.
        place_id: The place.
        precision: As drawn. A district or province without a shape of its own or of a parent is drawn as the
            first-order area that its ``admin1_code`` names; nothing else is.

    Returns:
        Shape and ``place_id``; two empty texts where there is none.

    Example:
        >>> village = {"shape": "", "parent_place_id": "d", "admin1_code": "AF.01"}
        >>> district = {"shape": "admin1:AF.01", "parent_place_id": "", "admin1_code": "AF.01"}
        >>> shape_of({"v": village, "d": district}, "v", "admin2")
        ('admin1:AF.01', 'd')
    """
    seen: set[str] = set()
    at = place_id
    while at in places and at not in seen:
        seen.add(at)
        if places[at]["shape"]:
            return places[at]["shape"], at
        at = places[at]["parent_place_id"]
    code = places[place_id]["admin1_code"] if place_id in places else ""
    return (f"admin1:{code}", place_id) if code and precision in ("admin1", "admin2") else ("", "")


def _candidates(casebook: Casebook, voices: Mapping[str, str]) -> dict[str, list[_Candidate]]:
    columns = ("place_id", "country", "longitude", "admin1_code", "parent_place_id", "shape")
    places = {row[0]: dict(zip(columns, row, strict=True)) for row in rows(casebook.places, *columns)}
    events = lookup(casebook.claims, "claim_id", "event_id")
    found: dict[str, list[_Candidate]] = {}
    names = ("location_id", "claim_id", "role", "geo_precision", "location_basis", "place_id", "longitude")
    for order, row in enumerate(rows(casebook.locations, *names)):
        location, claim, role, precision, basis, place, longitude = row
        at = places.get(place, {})
        shape, owner = ("", "") if precision in POINT_LIKE else shape_of(places, place, precision)
        has_point = bool(longitude or at.get("longitude"))
        candidate = _Candidate(
            location, claim, role, precision, basis, place, has_point, shape, owner,
            at.get("country", ""), voices.get(claim, "none"), order,
        )  # fmt: skip
        found.setdefault(events[claim], []).append(candidate)
    return found


def _standing(event: str, candidates: list[_Candidate]) -> tuple[str, ...]:
    drawable = [each for each in candidates if each.drawable]
    voiced = [each for each in drawable if each.voice != "none"]
    if drawable:
        best = min(voiced or drawable, key=lambda each: each.rank)
        where = (best.location_id, best.claim_id, best.role, best.precision, best.place_id)
        return (event, *where, "", best.shape, best.shape_place_id)
    country = _listed_country(candidates)
    return (event, "", "", "", "country" if country else "unknown", "", country, "", "")


def _listed_country(candidates: list[_Candidate]) -> str:
    """The country of what cannot be drawn: by role, so that where it ended comes before where it started."""
    known = [each for each in candidates if each.country]
    if not known:
        return ""
    return min(
        known, key=lambda each: (each.basis == "candidate", _ROLE_ORDER.index(each.role), each.order)
    ).country
