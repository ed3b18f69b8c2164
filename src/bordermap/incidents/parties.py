"""Parties and the voices they belong to: one group is one voice, under one name."""

from __future__ import annotations

from typing import Final

from bordermap.codebook import COUNTRY_NAMES
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.frames import rows

AUTHORITIES: Final = ("state", "de_facto_authority", "court")
INDEPENDENT: Final = ("newsroom", "monitor", "un_body", "witness")


def party_groups(casebook: Casebook) -> dict[str, str]:
    """The voice each party belongs to.

    Args:
        casebook: Any.

    Returns:
        Group by ``party_id``. A party without a group is a voice of its own; a court speaks with its
        state's voice.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> groups = party_groups(read_casebook())
        >>> len(set(groups.values())) < len(groups)
        True
    """
    parties = list(rows(casebook.parties, "party_id", "group", "kind", "authority_of"))
    states = {
        country: group or party
        for party, group, kind, country in sorted(parties, reverse=True)
        if kind == "state" and country
    }
    return {
        party: states.get(country, group or party) if kind == "court" else group or party
        for party, group, kind, country in parties
    }


def group_names(casebook: Casebook) -> dict[str, str]:
    """The name under which each voice is shown.

    A state goes by its country's name, a de facto authority by its own with "authorities" ("the Taliban
    authorities"); any other group by the party that has the group's id, else by the shortest name in it.

    Args:
        casebook: Any.

    Returns:
        Name by group.
    """
    groups = party_groups(casebook)
    members: dict[str, list[tuple[str, ...]]] = {}
    for row in rows(casebook.parties, "party_id", "name", "kind", "authority_of"):
        members.setdefault(groups[row[0]], []).append(row)
    return {group: _group_name(group, parties) for group, parties in members.items()}


def _group_name(group: str, parties: list[tuple[str, ...]]) -> str:
    states = sorted(
        country for _, _, kind, country in parties if kind == "state" and country in COUNTRY_NAMES
    )
    if states:
        return with_article(COUNTRY_NAMES[states[0]])
    own = [name for party, name, _, _ in parties if party == group]
    if any(kind == "de_facto_authority" for _, _, kind, _ in parties):
        named = [name for name in own if name.endswith("authorities")]
        return with_article(named[0] if named else f"{group.replace('_', ' ').title()} authorities")
    return own[0] if own else min((len(name), name) for _, name, _, _ in parties)[1]


def with_article(name: str) -> str:
    """A name as it stands in a sentence.

    Example:
        >>> with_article("Taliban authorities"), with_article("United States"), with_article("Uzbekistan")
        ('the Taliban authorities', 'the United States', 'Uzbekistan')
    """
    needs = name.endswith("authorities") or name.startswith("United ")
    return f"the {name}" if needs else name
