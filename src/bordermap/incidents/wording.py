"""A status in words: who confirms, who claims, who denies. A status never stands alone (codebook §3)."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bordermap.codebook import ABOUTS
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.frames import lookup
from bordermap.incidents.parties import group_names, with_article
from bordermap.incidents.voices import Weighed
from bordermap.text import join_words

if TYPE_CHECKING:
    from bordermap.incidents.status import Tally


@dataclass(frozen=True)
class Namer:
    """The names of parties and of groups.

    Attributes:
        parties: Name by ``party_id``.
        groups: Name by group.
    """

    parties: Mapping[str, str]
    groups: Mapping[str, str]

    @classmethod
    def of(cls, casebook: Casebook) -> Namer:
        """The names of a casebook."""
        return cls(lookup(casebook.parties, "party_id", "name"), group_names(casebook))


def status_words(status: str, counted: Tally, claims: Sequence[Weighed], namer: Namer) -> str:
    """The status with those who stand behind it and against it.

    Args:
        status: As derived.
        counted: Who stands where.
        claims: The incident's claims.
        namer: The names of the casebook.

    Returns:
        For example "claimed by ISKP alone", "disputed: asserted by ISKP, denied by Uzbekistan".
    """
    standing = [claim for claim in claims if claim.stands]
    speaking = [claim for claim in standing if claim.vote == "for"]
    denying = [claim for claim in standing if claim.vote == "against"]
    both = counted.asserting & counted.denying
    if status == "denied":
        return f"denied by {_names(denying, namer)}; no voice asserts it"
    if status == "disputed":
        asserted, denied = _names(speaking, namer, both), _names(denying, namer, both)
        return f"disputed: asserted by {asserted}, denied by {denied}"
    if status in ("claimed", "reported"):
        return f"{status} by {_alone(speaking, namer)} alone" if speaking else _UNATTRIBUTED
    # Somebody who did it cannot confirm it: owners are named apart.
    others = [claim for claim in speaking if claim.group not in counted.owners]
    owners = [claim for claim in speaking if claim.group in counted.owners]
    words = [f"{status} by {_names(others, namer)}"] if others else []
    words += [f"claimed by {_names(owners, namer)}"] if owners else []
    words += [f"denied by {_names(denying, namer)}"] if denying else []
    return ("" if others else f"{status}: ") + "; ".join(words)


_UNATTRIBUTED: Final = "reported; no voice stands behind it"


def _alone(claims: Sequence[Weighed], namer: Namer) -> str:
    """One voice: by its party's own name, which says more than a country's, unless several spoke."""
    parties = {claim.party_id for claim in claims}
    if len(parties) > 1:
        return namer.groups[claims[0].group]
    return with_article(namer.parties[parties.pop()])


def _names(claims: Sequence[Weighed], namer: Namer, with_points: Container[str] = ()) -> str:
    """The groups of claims, owners first, then authorities, then by date; some with what they spoke about."""
    by_group: dict[str, list[Weighed]] = {}
    for claim in claims:
        by_group.setdefault(claim.group, []).append(claim)
    ordered = sorted(by_group, key=lambda group: _rank(by_group[group], namer.groups[group]))
    points = {group: _points(by_group[group]) if group in with_points else "" for group in ordered}
    return join_words([namer.groups[group] + points[group] for group in ordered])


def _rank(claims: Sequence[Weighed], name: str) -> tuple[int, datetime, str]:
    # Nothing here depends on the order of rows: the same casebook gives the same words however it is sorted.
    voice = min(_ORDER[claim.voice] for claim in claims)
    return voice, min(claim.when[1] if claim.when else datetime.max for claim in claims), name


#: In a dispute the one who says it did it comes first; a confirmation names owners apart.
_ORDER: Final = {"owner": 0, "authority": 1, "independent": 2, "none": 3}


def _points(claims: Sequence[Weighed]) -> str:
    said = {claim.point for claim in claims}
    return f" ({join_words([ABOUTS[about].label for about in ABOUTS if about in said])})"
