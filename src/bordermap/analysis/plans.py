"""What a summary counts by: its keys, checked before anything is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from bordermap.analysis.border_lines import BorderLines
from bordermap.errors import UsageError
from bordermap.text import join_words

#: Key → the columns of its groups' names, in the order in which keys are listed.
KEYS: Final[dict[str, tuple[str, ...]]] = {
    "border_pair": ("border_pair",),
    "neighbour": ("neighbour",),
    "border_stretch": ("border_stretch",),
    "every_km": ("border_line", "from_km", "to_km"),
    "mark": ("border_line", "from_km", "to_km", "from_mark", "to_mark"),
    "country": ("country",),
    "admin1": ("admin1_code", "admin1"),
    "week": ("week",),
    "month": ("month",),
    "year": ("year",),
    "incident_type": ("incident_type",),
    "status": ("status",),
    "party": ("party_role", "party"),
    "dataset": ("dataset",),
}
#: Keys that are parts of borders: of them and of time it is known what is covered.
BORDER_KEYS: Final = ("border_pair", "neighbour", "border_stretch", "every_km", "mark")
#: Keys in whose groups an incident surely is, in all that it is in; of the others it is in one.
OVERLAPPING: Final = ("party",)
_ALONG: Final = ("every_km", "mark")


@dataclass(frozen=True, eq=False)
class Plan:
    """How incidents are counted; made by :func:`plan_of`.

    Attributes:
        by: Keys.
        every_km: Length of the parts that ``every_km`` cuts border lines into.
        within_km: Only incidents as near to the border as this; None: all.
        borders: The border lines; None where nothing is counted along them.
        country: Whose neighbours ``neighbour`` means.
    """

    by: tuple[str, ...]
    every_km: float | None = None
    within_km: float | None = None
    borders: BorderLines | None = None
    country: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the groups' names."""
        return tuple(dict.fromkeys(column for key in self.by for column in KEYS[key]))


def plan_of(
    by: Sequence[str] | None = None,
    *,
    every_km: float | None = None,
    within_km: float | None = None,
    borders: BorderLines | None = None,
    country: str = "",
) -> Plan:
    """Check how incidents are to be counted.

    Args:
        by: Some of :data:`KEYS`; none at all counts all incidents together. Left out: ``border_pair``, or
            ``every_km`` where that is given.
        every_km: Cut each border line into parts of this many kilometres; adds the key ``every_km``.
        within_km: See :class:`Plan`.
        borders: See :class:`Plan`; needed for ``every_km`` and ``mark``.
        country: See :class:`Plan`; left out: the country whose borders they are.

    Raises:
        UsageError: A key that does not exist or stands twice (BM500), a length that is none (BM501), or a
            key that needs what was not given (BM502).

    Example:
        >>> plan_of(["country", "month"]).columns
        ('country', 'month')
    """
    keys = (("border_pair",) if every_km is None else ()) if by is None else _split(by)
    if every_km is not None and "every_km" not in keys:
        keys = ("every_km", *keys)
    _check_keys(keys)
    _check_length("every_km", every_km, least=0.01)
    _check_length("within_km", within_km, least=0.0)
    plan = Plan(keys, every_km, within_km, borders, country or (borders.country if borders else ""))
    _check_needs(plan)
    return plan


def _split(by: Sequence[str]) -> tuple[str, ...]:
    return (by,) if isinstance(by, str) else tuple(by)


def _check_keys(keys: tuple[str, ...]) -> None:
    for key in keys:
        if key not in KEYS:
            raise UsageError(
                f"nothing can be counted by {key!r}", hint=f"Use {join_words(list(KEYS))}.", code="BM500"
            )
        if keys.count(key) > 1:
            raise UsageError(f"{key} stands twice", hint="Name each key once.", code="BM500")
    if set(_ALONG) <= set(keys):
        raise UsageError(
            "every_km and mark cut the same line differently", hint="Choose one of the two.", code="BM500"
        )


def _check_length(name: str, length: float | None, least: float) -> None:
    if length is not None and not (isfinite(length) and length >= least):
        raise UsageError(
            f"{name} is {length:g}",
            hint=f"Give kilometres, at least {least:g}, for example 20.",
            code="BM501",
        )


def _check_needs(plan: Plan) -> None:
    if "every_km" in plan.by and plan.every_km is None:
        raise _missing("every_km", "a length", "Give every_km, for example 20.")
    for key in _ALONG:
        if key in plan.by and plan.borders is None:
            raise _missing(key, "border lines", 'Give borders, for example read_borders("AFG").')
    if "mark" in plan.by and plan.borders is not None and plan.borders.marks.empty:
        raise _missing("mark", "named marks along the line", "None are known here; use every_km.")
    if "neighbour" in plan.by and not plan.country:
        raise _missing("neighbour", "a country whose neighbours are meant", "Name it, or use border_pair.")


def _missing(key: str, what: str, hint: str) -> UsageError:
    return UsageError(f"counting by {key} needs {what}", hint=hint, code="BM502")
