"""Which claims count for a status, and with whose voice: the first half of the rule of codebook §3."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import pandas as pd

from bordermap.codebook import MEANS_COUNT
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.dates import interval
from bordermap.incidents.frames import lookup, rows
from bordermap.incidents.parties import AUTHORITIES, INDEPENDENT, party_groups

#: Stances that speak for it; ``attributes`` does so for an authority or a newsroom only.
FOR: Final = ("claims_responsibility", "reports", "confirms", "acknowledges", "attributes")
AGAINST: Final = ("denies",)
#: What a status is about. The means belong to it in the types of ``codebook.MEANS_COUNT``.
CORE: Final = ("event", "launch", "impact")

Moments = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim with what it counts for.

    Attributes:
        claim_id: The claim.
        event_id: The incident, or the context entry, which has no status.
        party_id: Who.
        group: The voice's group.
        stance: As claimed.
        about: As claimed.
        attributed_to: The group that is named as having done it, or empty.
        voice: ``owner``, ``authority``, ``independent`` or ``none``.
        vote: ``for``, ``against`` or empty.
        point: The aspect that the vote is about: ``event`` where confirmed casualties speak for the event.
        when: Latest and earliest moment it may have been made, in this order; None where undated.
        superseded: Whether a later claim of the same group, the other way on the same point, stands in its
            place.
    """

    claim_id: str
    event_id: str
    party_id: str
    group: str
    stance: str
    about: str
    attributed_to: str
    voice: str
    vote: str
    point: str
    when: Moments | None
    superseded: bool = False

    @property
    def way(self) -> str:
        """Which way it speaks, whether it counts or not: ``for``, ``against`` or empty."""
        return "against" if self.stance in AGAINST else "for" if self.stance in FOR else ""

    @property
    def stands(self) -> bool:
        """Whether it is a vote that counts."""
        return bool(self.vote) and not self.superseded


def derive_votes(casebook: Casebook) -> pd.DataFrame:
    """What each claim counts for.

    Args:
        casebook: Any.

    Returns:
        One row a claim, in the order of ``casebook.claims``: ``claim_id``, ``event_id``, ``group``, ``voice``
        (owner, authority, independent, none), ``vote`` (for, against or empty), ``superseded`` (bool).

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> sorted(set(derive_votes(read_casebook())["vote"]))
        ['', 'against', 'for']
    """
    claims = weigh(casebook)
    texts = ("claim_id", "event_id", "group", "voice", "vote")
    frame = pd.DataFrame({name: [getattr(claim, name) for claim in claims] for name in texts}, dtype="str")
    return frame.assign(superseded=pd.Series([claim.superseded for claim in claims], dtype="bool"))


def weigh(casebook: Casebook) -> tuple[Weighed, ...]:
    """The claims of a casebook with what each counts for, in their order."""
    groups = party_groups(casebook)
    parties = {party: rest for party, *rest in rows(casebook.parties, "party_id", "kind", "authority_of")}
    types = lookup(casebook.incidents, "event_id", "incident_type")
    concerned = concerned_countries(casebook)
    names = ("claim_id", "event_id", "party_id", "stance", "about", "attributed_to", "date_start", "date_end")
    weighed = []
    for claim, event, party, stance, about, accused, start, end in rows(casebook.claims, *names):
        kind, country = parties[party]
        voice = _voice(stance, kind, bool(country) and country in concerned.get(event, ()))
        point = "event" if (stance, about) == ("confirms", "casualties") else about
        counts = event in types and voice != "none" and is_core(point, types[event])
        vote = _vote(stance, voice, kind) if counts else ""
        # Latest first: of two claims the one that may have been made later replaces the other.
        span = interval(start, end)
        when = (span[1], span[0]) if span else None
        accused = groups.get(accused, "")
        weighed.append(
            Weighed(claim, event, party, groups[party], stance, about, accused, voice, vote, point, when)
        )
    return _replaced(weighed, types)


def _voice(stance: str, kind: str, concerned: bool) -> str:
    if stance == "claims_responsibility":
        return "owner"
    if kind in AUTHORITIES and concerned:
        return "authority"
    return "independent" if kind in INDEPENDENT else "none"


def is_core(point: str, incident_type: str) -> bool:
    """Whether an aspect belongs to what the status of an incident of this type is about.

    Example:
        >>> is_core("means", "cross_border_fire"), is_core("means", "shooting")
        (True, False)
    """
    return point in CORE or (point == "means" and incident_type in MEANS_COUNT)


def _vote(stance: str, voice: str, kind: str) -> str:
    if stance in AGAINST:
        return "against"
    if stance == "attributes" and not (voice == "authority" or kind == "newsroom"):
        return ""
    return "for" if stance in FOR else ""


def concerned_countries(casebook: Casebook) -> dict[str, set[str]]:
    """Whose authorities can speak with authority: where it lies, and whose people came to harm.

    Args:
        casebook: Any.

    Returns:
        ISO 3166-1 alpha-3 codes by ``event_id``: the countries of the places of its locations (both, for a
        stretch of border; candidates of the gazetteer do not count), and the nationalities among the killed
        and wounded.
    """
    events = lookup(casebook.claims, "claim_id", "event_id")
    lands = {
        place: {country, *_both_sides(shape)} - {""}
        for place, country, shape in rows(casebook.places, "place_id", "country", "shape")
    }
    concerned: dict[str, set[str]] = {event: set() for event in events.values()}
    for claim, place, basis in rows(casebook.locations, "claim_id", "place_id", "location_basis"):
        if basis != "candidate":
            concerned[events[claim]] |= lands.get(place, set())
    figures = ("claim_id", "what", "nationality", "low", "best", "high")
    for claim, what, nationality, *numbers in rows(casebook.particulars, *figures):
        none_reported = any(numbers) and all(number in ("", "0") for number in numbers)
        if what in ("killed", "wounded") and nationality and not none_reported:
            concerned[events[claim]].add(nationality)
    return concerned


def _both_sides(shape: str) -> Iterable[str]:
    stretches = [word.split(":")[1] for word in shape.split() if word.startswith("stretch:")]
    return [country for pair in stretches for country in pair.split("-")]


def _replaced(claims: list[Weighed], incidents: Container[str]) -> tuple[Weighed, ...]:
    """The same claims, marked where a later one of the same group, the other way, stands in its place.

    Votes replace votes only, and what is no vote replaces what is none: a party that falls silent has not
    taken anything back. Claims that agree stand together, so that an owner who repeats itself in other
    words stays an owner. A claim without a date neither replaces nor is replaced; of two with equal dates
    neither is the later.
    """
    latest: dict[tuple[str, ...], Moments] = {}
    for claim in claims:
        if claim.when and claim.event_id in incidents:
            latest[_key(claim, claim.way)] = max(claim.when, latest.get(_key(claim, claim.way), claim.when))
    return tuple(
        replace(claim, superseded=True)
        if claim.way and claim.when and claim.when < latest.get(_key(claim, _OTHER[claim.way]), claim.when)
        else claim
        for claim in claims
    )


_OTHER: Final = {"for": "against", "against": "for"}


def _key(claim: Weighed, way: str) -> tuple[str, ...]:
    return claim.event_id, claim.group, claim.point, "vote" if claim.vote else "", way
