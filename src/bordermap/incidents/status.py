"""The status that follows from the claims: the second half of the rule of codebook §3, here and nowhere else.

``docs/status.md`` says the same in words, in the order of :data:`RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from bordermap.codebook import ABOUTS
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.frames import lookup
from bordermap.incidents.voices import Weighed, is_core, weigh
from bordermap.incidents.wording import Namer, status_words


@dataclass(frozen=True)
class Tally:
    """Who stands where on one incident: groups, each one voice.

    Attributes:
        asserting: Groups with a standing vote for it.
        denying: Groups with a standing vote against it.
        owners: Groups that say they did it.
        authorities: Asserting groups that speak as an authority and are no owners.
        accused: Groups to which somebody with a voice attributes it.
    """

    asserting: frozenset[str]
    denying: frozenset[str]
    owners: frozenset[str]
    authorities: frozenset[str]
    accused: frozenset[str]

    def backed(self, groups: frozenset[str]) -> bool:
        """Whether these are two voices or more, one of them an authority that did not do it."""
        return len(groups) >= 2 and bool(groups & self.authorities)


@dataclass(frozen=True)
class Rule:
    """One line of the rule: the first whose condition holds gives the status."""

    status: str
    when: str
    holds: Callable[[Tally], bool]


RULES: Final = (
    Rule("denied", "Against, no For", lambda tally: bool(tally.denying) and not tally.asserting),
    Rule(
        "confirmed",
        "Against only from groups it is attributed to; For from an authority that is not owner "
        "and from one more group",
        lambda tally: (
            bool(tally.denying)
            and tally.denying <= tally.accused
            and tally.backed(tally.asserting - tally.denying)
        ),
    ),
    Rule("disputed", "Against and For", lambda tally: bool(tally.denying)),
    Rule(
        "confirmed",
        "For from two or more groups, one an authority that is not owner",
        lambda tally: tally.backed(tally.asserting),
    ),
    Rule("corroborated", "For from two or more groups", lambda tally: len(tally.asserting) >= 2),
    Rule("claimed", "For from the owner alone", lambda tally: bool(tally.asserting & tally.owners)),
    Rule("reported", "else", lambda tally: True),
)


def derive_status(casebook: Casebook) -> pd.DataFrame:
    """The status of each incident, and the words that go with it.

    Args:
        casebook: Any.

    Returns:
        One row an incident, in the order of ``casebook.incidents``: ``event_id``; ``status``;
        ``status_words`` ("confirmed by Uzbekistan and the Taliban authorities": a status never stands
        alone); ``unattributed`` (bool: reported, and no voice stands behind it); ``disputed_about`` (what
        is denied beside its core) and ``denied_about`` (what is denied of its core), codes between spaces;
        ``asserted_by``, ``denied_by`` and ``owned_by``, groups between spaces.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> status = derive_status(read_casebook())
        >>> bool((status["status_words"].str.len() > status["status"].str.len()).all())
        True
    """
    by_event: dict[str, list[Weighed]] = {event: [] for event in casebook.incidents["event_id"].tolist()}
    for claim in weigh(casebook):
        if claim.event_id in by_event:
            by_event[claim.event_id].append(claim)
    types = lookup(casebook.incidents, "event_id", "incident_type")
    namer = Namer.of(casebook)
    records = []
    for event, claims in by_event.items():
        counted = tally(claims)
        status = rule_for(counted).status
        records.append(
            {
                "event_id": event,
                "status": status,
                "status_words": status_words(status, counted, claims, namer),
                "unattributed": status == "reported" and not counted.asserting,
                "disputed_about": _abouts(c.about for c in claims if _is_beside(c, types[event])),
                "denied_about": _abouts(c.about for c in claims if c.stands and c.vote == "against"),
                "asserted_by": " ".join(sorted(counted.asserting)),
                "denied_by": " ".join(sorted(counted.denying)),
                "owned_by": " ".join(sorted(counted.owners)),
            }
        )
    return pd.DataFrame(records, columns=list(_COLUMNS)).astype(_COLUMNS)


_COLUMNS: Final = {
    "event_id": "str", "status": "str", "status_words": "str", "unattributed": "bool",
    "disputed_about": "str", "denied_about": "str",
    "asserted_by": "str", "denied_by": "str", "owned_by": "str",
}  # fmt: skip


def tally(claims: Iterable[Weighed]) -> Tally:
    """Count the voices of one incident's claims.

    Args:
        claims: As :func:`bordermap.incidents.voices.weigh` gives them, of one incident.

    Returns:
        Which groups stand where.
    """
    claims = list(claims)
    standing = [claim for claim in claims if claim.stands]
    asserting = [claim for claim in standing if claim.vote == "for"]
    owners = frozenset(claim.group for claim in asserting if claim.voice == "owner")
    accusing = [claim for claim in claims if claim.way == "for" and claim.voice != "none"]
    return Tally(
        asserting=frozenset(claim.group for claim in asserting),
        denying=frozenset(claim.group for claim in standing if claim.vote == "against"),
        owners=owners,
        authorities=frozenset(claim.group for claim in asserting if claim.voice == "authority") - owners,
        accused=frozenset(c.attributed_to for c in accusing if c.attributed_to and not c.superseded),
    )


def rule_for(counted: Tally) -> Rule:
    """The first rule that holds.

    Example:
        >>> none = frozenset[str]()
        >>> rule_for(Tally(frozenset({"iskp"}), none, frozenset({"iskp"}), none, none)).status
        'claimed'
    """
    return next(rule for rule in RULES if rule.holds(counted))


def _is_beside(claim: Weighed, incident_type: str) -> bool:
    return claim.way == "against" and not claim.superseded and not is_core(claim.about, incident_type)


def _abouts(found: Iterable[str]) -> str:
    present = set(found)
    return " ".join(about for about in ABOUTS if about in present)
