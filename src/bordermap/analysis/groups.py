"""The groups of each key: which of them each incident belongs to, surely or perhaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.border_lines import BorderLines
from bordermap.analysis.facts import BETWEEN, WITHIN
from bordermap.analysis.memberships import Ints, Membership, coded, of_members, of_sets, of_texts, runs
from bordermap.analysis.periods import NO_DAY, PERIODS, period_label, period_numbers
from bordermap.analysis.plans import OVERLAPPING, Plan
from bordermap.errors import InputError, PlaceError, UsageError
from bordermap.geometry.areas import area_name

#: Border lines are set apart by more kilometres than any of them is long.
_APART_KM: Final = 1e6
#: Nearer to an end of the line than this a mark is that end.
_SAME_KM: Final = 1e-3
#: The column of facts that a key reads.
_READS: Final = {
    "border_pair": "border_pairs", "neighbour": "border_pairs", "border_stretch": "border_stretches",
    "every_km": "border_stretches", "mark": "border_stretches", "country": "countries",
    "admin1": "admin1_codes", "incident_type": "incident_type", "status": "status", "dataset": "dataset",
    "party": "parties", "week": "first_day", "month": "first_day", "year": "first_day",
}  # fmt: skip
_OF_PLACE: Final = ("border_pairs", "border_stretches", "countries", "admin1_codes")


def membership(facts: pd.DataFrame, plan: Plan, key: str) -> Membership:
    """The groups of a key that each incident belongs to.

    Args:
        facts: As :func:`bordermap.analysis.facts.facts_of` gives them.
        plan: What is counted by.
        key: One of its keys.

    Returns:
        Named by the key's columns.

    Raises:
        InputError: The incidents were not enriched (BM503), or have no column that tells (BM504).
        UsageError: A border that is not the country's (BM505).

    Example:
        >>> from bordermap.analysis.plans import plan_of
        >>> facts = pd.DataFrame({"countries": ["AFG UZB", "UZB"]})
        >>> membership(facts, plan_of(["country"]), "country").size.tolist()
        [2, 1]
    """
    column = _READS[key]
    if column not in facts.columns:
        raise _unknown(key, column)
    if key in PERIODS:
        return _periods(facts, key)
    if key in ("every_km", "mark"):
        return _along(facts, plan, key)
    special: dict[str, Callable[[], Membership]] = {
        "neighbour": lambda: _neighbours(facts[column], plan.country),
        "admin1": lambda: _areas(facts[column]),
        "party": lambda: _parties(facts[column]),
        "border_pair": lambda: of_sets(facts[column], key),
        "border_stretch": lambda: of_sets(facts[column], key),
        "country": lambda: of_sets(facts[column], key),
    }
    return special[key]() if key in special else of_texts(facts[column], key)


def _unknown(key: str, column: str) -> InputError:
    if column in _OF_PLACE:
        return not_enriched(f"counting by {key}")
    needed = {"parties": "actor1", "first_day": "date_start"}.get(column, column)
    return InputError(
        f"counting by {key} needs a column {needed}",
        hint="Give incidents that have it, or count by something else.",
        code="BM504",
    )


def not_enriched(what: str) -> InputError:
    """The fault of incidents that have no columns of place yet."""
    return InputError(
        f"{what} needs enriched incidents", hint="Give what enrich(incidents, borders) gives.", code="BM503"
    )


def _periods(facts: pd.DataFrame, key: str) -> Membership:
    first, last = facts["first_day"].to_numpy(), facts["last_day"].to_numpy()
    codes, found = runs(period_numbers(key, first), period_numbers(key, last), first != NO_DAY)
    present = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *found]))
    labels = pd.Series([period_label(key, int(number)) for number in present], dtype="str")
    members = [np.searchsorted(present, numbers) for numbers in found]
    return of_members(codes, members, pd.DataFrame({key: labels}))


def _neighbours(pairs: pd.Series[Any], country: str) -> Membership:
    found = of_sets(pairs, "neighbour")
    named = []
    for pair in found.groups["neighbour"]:
        others = [each for each in pair.split("-") if each != country]
        if len(others) != 1:
            raise UsageError(
                f"{pair} is no border of {country}", hint="Count by border_pair instead.", code="BM505"
            )
        named.append(others[0])
    groups = pd.DataFrame({"neighbour": pd.Series(named, dtype="str")})
    return Membership(found.code, found.start, found.member, groups)


def _areas(codes: pd.Series[Any]) -> Membership:
    found = of_sets(codes, "admin1_code")
    names = pd.Series([_area_name(code) for code in found.groups["admin1_code"]], dtype="str")
    return Membership(found.code, found.start, found.member, found.groups.assign(admin1=names))


def _area_name(code: str) -> str:
    try:
        return area_name(code)
    except PlaceError:
        return code


def _parties(parties: pd.Series[Any]) -> Membership:
    found = of_sets(parties, "party", BETWEEN)
    split = [text.partition(WITHIN) for text in found.groups["party"]]
    columns = {"party_role": [role for role, _, _ in split], "party": [party for _, _, party in split]}
    groups = pd.DataFrame({name: pd.Series(texts, dtype="str") for name, texts in columns.items()})
    return Membership(found.code, found.start, found.member, groups, "party" in OVERLAPPING)


def parts_along(plan: Plan, key: str) -> pd.DataFrame:
    """The parts that border lines are cut into, along each.

    Args:
        plan: With ``borders``, and ``every_km`` for that key.
        key: ``every_km`` or ``mark``.

    Returns:
        One row a part: ``border_line``, ``from_km``, ``to_km``; for ``mark`` also ``from_mark`` and
        ``to_mark``, empty at the ends of the line.

    Example:
        >>> from bordermap.analysis.border_lines import border_lines
        >>> from bordermap.analysis.plans import plan_of
        >>> from bordermap.geometry.borders import read_borders
        >>> plan = plan_of(every_km=100, borders=border_lines(read_borders("AFG-UZB")))
        >>> parts_along(plan, "every_km")["to_km"].tolist()
        [100.0, 140.542]
    """
    assert plan.borders is not None  # the plan was checked
    marks, parts = plan.borders.marks, []
    for line, length in plan.borders.lines[["border_line", "length_km"]].itertuples(index=False):
        if key == "every_km":
            starts = np.arange(0.0, max(length, _SAME_KM), plan.every_km)
            names = [""] * (len(starts) + 1)
        else:
            starts, names = _between_marks(marks[marks["border_line"] == line], length)
        ends = np.append(starts[1:], length)
        part = pd.DataFrame({"border_line": line, "from_km": starts.round(6), "to_km": ends.round(6)})
        parts.append(part.assign(from_mark=names[:-1], to_mark=names[1:]))
    whole = pd.concat(parts, ignore_index=True).astype({"border_line": "str"})
    return whole if key == "mark" else whole.drop(columns=["from_mark", "to_mark"])


def _between_marks(marks: pd.DataFrame, length: float) -> tuple[Any, list[str]]:
    """Where the parts between marks begin, and the names at all their ends."""
    at, named = marks["along_km"].to_numpy(), marks["mark"].tolist()
    inner = [(km, name) for km, name in zip(at, named, strict=True) if _SAME_KM < km < length - _SAME_KM]
    first = next((name for km, name in zip(at, named, strict=True) if km <= _SAME_KM), "")
    last = next((name for km, name in zip(at, named, strict=True) if km >= length - _SAME_KM), "")
    return np.array([0.0, *(km for km, _ in inner)]), [first, *(name for _, name in inner), last]


def _along(facts: pd.DataFrame, plan: Plan, key: str) -> Membership:
    """Parts of lines: those that the along interval touches, else those of all stretches it may be on."""
    assert plan.borders is not None
    parts, lines = parts_along(plan, key), plan.borders
    numbers = {line: at for at, line in enumerate(lines.lines["border_line"])}
    starts = parts["border_line"].map(numbers).to_numpy() * _APART_KM + parts["from_km"].to_numpy()
    line, low, high = _intervals(facts, numbers)
    known = line >= 0
    codes, members = runs(*_parts_touched(starts, line, low, high), known)
    sets, shapes = coded(facts["border_stretches"])
    reached = _parts_of_stretches(lines, numbers, starts)
    several = [_together([reached[each] for each in text.split() if each in reached]) for text in shapes]
    codes = np.where(known, codes, sets + len(members))
    return of_members(codes, [*members, *several], parts)


def _intervals(facts: pd.DataFrame, numbers: dict[str, int]) -> tuple[Ints, Any, Any]:
    """The line of each incident, -1 where several are possible, and from where to where along it."""
    names = ("border_line", "border_along_low_km", "border_along_high_km")
    if not set(names) <= set(facts.columns):
        empty = np.zeros(len(facts))
        return np.full(len(facts), -1, dtype=np.int64), empty, empty
    low, high = facts[names[1]].to_numpy(), facts[names[2]].to_numpy()
    codes, named = coded(facts["border_line"])
    line = np.array([numbers.get(name, -1) for name in named], dtype=np.int64)[codes]
    known = (line >= 0) & ~np.isnan(low) & ~np.isnan(high)
    return np.where(known, line, -1), np.where(known, low, 0.0), np.where(known, high, 0.0)


def _parts_touched(starts: Any, line: Ints, low: Any, high: Any) -> tuple[Ints, Ints]:
    """The first and the last part that intervals touch; one that ends where a part begins does not."""
    offset = np.maximum(line, 0) * _APART_KM
    first = np.searchsorted(starts, offset + np.maximum(low, 0), side="right") - 1
    last = np.searchsorted(starts, offset + np.maximum(high, 0), side="left") - 1
    return first.astype(np.int64), np.maximum(first, last).astype(np.int64)


def _parts_of_stretches(lines: BorderLines, numbers: dict[str, int], starts: Any) -> dict[str, Ints]:
    stretches = lines.stretches
    line = stretches["border_line"].map(numbers).to_numpy().astype(np.int64)
    first, last = _parts_touched(starts, line, stretches["from_km"].to_numpy(), stretches["to_km"].to_numpy())
    found: dict[str, Ints] = {}
    for name, begin, end in zip(stretches["border_stretch"], first, last, strict=True):
        found[name] = _together([found.get(name, np.zeros(0, dtype=np.int64)), np.arange(begin, end + 1)])
    return found


def _together(numbers: list[Ints]) -> Ints:
    return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *numbers]))
