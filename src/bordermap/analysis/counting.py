"""Counts that add up: part by part of the incidents, then joined, with the same answer as at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.facts import BOUNDS, SIDES
from bordermap.analysis.groups import membership, not_enriched
from bordermap.analysis.memberships import Ints, Membership, coded
from bordermap.analysis.plans import Plan
from bordermap.errors import InputError, UsageError
from bordermap.geometry.runs import ranks

#: What a row counts. Each incident within reach is once in ``total``, and in exactly one of: a group surely,
#: ``possible``, ``not_placed``; ``repeated`` are those counts of groups that count an incident again.
ROWS: Final = ("group", "possible", "repeated", "not_placed", "total", "beyond")
#: What an incident is told apart by, beside its groups: columns of facts, in front of which ``its_`` stands.
TRAITS: Final = ("its_dataset", "its_status", "its_incident_type")
#: So many memberships are written out at once, and so many at most.
_AT_ONCE: Final = 2_000_000
_MOST: Final = 100_000_000
_BEYOND, _SURE, _PERHAPS = 0, 1, 2


def partial_summary(facts: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Count some incidents; partial summaries of the parts of a whole add up to that of the whole.

    Args:
        facts: As :func:`bordermap.analysis.facts.facts_of` gives them.
        plan: How to count.

    Returns:
        One row for each of: ``row`` (one of :data:`ROWS`), the plan's columns (empty where ``row`` is no
        group), ``sure`` (surely counted here, or perhaps), and :data:`TRAITS`. Its values are ``n`` and, by
        side of the killed, ``SIDE_known`` (how many incidents give any number), ``SIDE_low``, ``SIDE_best``
        and ``SIDE_high`` (sums of the numbers known) and ``SIDE_low_n``, … (of how many). To be joined by
        :func:`combine_partials` and read by :func:`bordermap.analysis.summarizing.finish_summary`.

    Raises:
        InputError: Nothing tells of a key (BM503, BM504).
        UsageError: There would be too many groups (BM506).

    Example:
        >>> from bordermap.analysis.plans import plan_of
        >>> facts = pd.DataFrame({"countries": ["AFG UZB", "UZB"]})
        >>> partial_summary(facts, plan_of(["country"]))[["row", "country", "sure", "n"]].values.tolist()
        [['group', 'AFG', False, 1], ['group', 'UZB', False, 1], ['group', 'UZB', True, 1],
         ['possible', '', False, 1], ['total', '', True, 2]]
    """
    keys = [membership(facts, plan, key) for key in plan.by]
    reach = _reach(facts, plan.within_km)
    traits = [_trait(facts, name.removeprefix("its_")) for name in TRAITS]
    joint, first = _joint(
        [*(key.code + 1 for key in keys), reach, *(codes for codes, _ in traits)], len(facts)
    )
    values = _sums(facts, joint, len(first))
    cells = pd.DataFrame(
        {"reach": reach[first], **{f"key{at}": key.code[first] for at, key in enumerate(keys)}}
    )
    for name, (codes, distinct) in zip(TRAITS, traits, strict=True):
        cells[name] = pd.Series(distinct, dtype="str").to_numpy()[codes[first]]
    parts = [*_once(cells, values, keys), *_by_group(cells, values, keys)]
    return _combined(parts, plan)


def combine_partials(parts: Sequence[pd.DataFrame], plan: Plan) -> pd.DataFrame:
    """Partial summaries of several parts as that of all.

    Args:
        parts: Counted by the same plan; in any order.
        plan: That plan.

    Returns:
        As :func:`partial_summary` gives it, sorted.

    Raises:
        InputError: They were counted by different keys (BM507).
    """
    if any(not {"row", *plan.columns, "sure", *TRAITS, "n"} <= set(part.columns) for part in parts):
        raise InputError(
            "partial summaries that were counted by different keys",
            hint="Count all by one plan.",
            code="BM507",
        )
    return _combined(parts, plan)


def _combined(parts: Sequence[pd.DataFrame], plan: Plan) -> pd.DataFrame:
    names = ["row", *plan.columns, "sure", *TRAITS]
    numeric = [name for name in plan.columns if name.endswith("_km")]
    whole = pd.concat([part for part in parts if len(part)] or [_nothing(plan)], ignore_index=True)
    for name in names:
        if name in numeric:
            whole[name] = whole.get(name, np.nan)
        elif name != "sure":
            whole[name] = whole[name].fillna("").astype("str") if name in whole else ""
    measures = [name for name in whole.columns if name not in names]
    whole[measures] = whole[measures].fillna(0)
    whole["row"] = pd.Categorical(whole["row"], ROWS, ordered=True)
    summed: pd.DataFrame = (
        whole.groupby(names, dropna=False, observed=True, sort=True)[measures].sum().reset_index()
    )
    whole_numbers = [name for name in measures if name.split("_")[-1] in ("n", "known")]
    return summed.astype({"row": "str"} | dict.fromkeys(whole_numbers, "int64"))


def _nothing(plan: Plan) -> pd.DataFrame:
    texts = {name: pd.Series([], dtype="str") for name in ("row", *TRAITS)}
    keys = {name: pd.Series([], dtype="float64" if name.endswith("_km") else "str") for name in plan.columns}
    return pd.DataFrame(
        {**texts, **keys, "sure": pd.Series([], dtype="bool"), "n": pd.Series([], dtype="int64")}
    )


def _reach(facts: pd.DataFrame, within_km: float | None) -> Ints:
    """Whether each incident lies as near to the border as asked: beyond, surely, or perhaps."""
    if within_km is None:
        return np.full(len(facts), _SURE, dtype=np.int64)
    if "border_distance_high_km" not in facts.columns:
        raise not_enriched("counting within a distance of the border")
    low, high = (facts[f"border_distance_{end}_km"].to_numpy() for end in ("low", "high"))
    # What is not placed has no distance and may be anywhere.
    return np.where(high <= within_km, _SURE, np.where(low > within_km, _BEYOND, _PERHAPS)).astype(np.int64)


def _trait(facts: pd.DataFrame, name: str) -> tuple[Ints, list[str]]:
    if name not in facts.columns:
        return np.zeros(len(facts), dtype=np.int64), [""]
    return coded(facts[name])


def _joint(codes: Sequence[Ints], length: int) -> tuple[Ints, Ints]:
    """Rows that are the same in all columns of codes, numbered; and one row of each number."""
    joint = np.zeros(length, dtype=np.int64)
    for each in codes:
        joint = pd.factorize(joint * (each.max(initial=0) + 1) + each)[0].astype(np.int64)
    first = np.zeros(joint.max(initial=-1) + 1, dtype=np.int64)
    first[joint[::-1]] = np.arange(length)[::-1]
    return joint, first


def _sums(facts: pd.DataFrame, joint: Ints, length: int) -> pd.DataFrame:
    """How many incidents each number has, and what they add up to."""
    sums: dict[str, Any] = {"n": np.bincount(joint, minlength=length).astype(np.int64)}
    for side in SIDES:
        if f"killed_{side}_low" not in facts.columns:
            continue
        numbers = {bound: facts[f"killed_{side}_{bound}"].to_numpy() for bound in BOUNDS}
        given = {bound: ~np.isnan(each) for bound, each in numbers.items()}
        known = given["low"] | given["best"] | given["high"]
        sums[f"{side}_known"] = _add(known, joint, length).astype(np.int64)
        for bound, each in numbers.items():
            sums[f"{side}_{bound}"] = _add(np.where(given[bound], each, 0.0), joint, length)
            sums[f"{side}_{bound}_n"] = _add(given[bound], joint, length).astype(np.int64)
    return pd.DataFrame(sums)


def _add(weights: Any, joint: Ints, length: int) -> Any:
    return np.bincount(joint, weights=weights, minlength=length)


def _sizes(cells: pd.DataFrame, keys: Sequence[Membership], *, overlapping: bool | None = None) -> Ints:
    """Of how many groups each cell may be, in some of the keys; 0 where a key knows none."""
    sizes = np.ones(len(cells), dtype=np.int64)
    for at, key in enumerate(keys):
        if overlapping is None or key.overlapping is overlapping:
            sizes = sizes * np.append(key.size, 0)[cells[f"key{at}"].to_numpy()]
    return sizes


def _once(cells: pd.DataFrame, values: pd.DataFrame, keys: Sequence[Membership]) -> Iterator[pd.DataFrame]:
    """The rows that count each incident once."""
    reach = cells["reach"].to_numpy()
    placed, near = _sizes(cells, keys) > 0, reach != _BEYOND
    several = (_sizes(cells, keys, overlapping=False) > 1) | (reach == _PERHAPS)
    again = _sizes(cells, keys, overlapping=True) - 1
    yield _labelled("beyond", cells, values, ~near)
    yield _labelled("total", cells, values, near)
    if keys:
        yield _labelled("not_placed", cells, values, near & ~placed)
        yield _labelled("possible", cells, values, near & placed & several, sure=False)
        surplus = values.mul(np.maximum(again, 0), axis=0)
        yield _labelled("repeated", cells, surplus, near & placed & ~several & (again > 0))


def _labelled(
    row: str, cells: pd.DataFrame, values: pd.DataFrame, chosen: Any, sure: bool | None = None
) -> pd.DataFrame:
    told = cells.loc[chosen, list(TRAITS)].assign(row=row)
    told["sure"] = (cells.loc[chosen, "reach"] != _PERHAPS) if sure is None else sure
    labelled: pd.DataFrame = pd.concat([told, values[chosen]], axis=1)
    return labelled


def _by_group(
    cells: pd.DataFrame, values: pd.DataFrame, keys: Sequence[Membership]
) -> Iterator[pd.DataFrame]:
    """Each cell in every group that it may be in."""
    sizes = np.where(cells["reach"] == _BEYOND, 0, _sizes(cells, keys)) if keys else np.zeros(len(cells), int)
    if sizes.sum() > _MOST:
        raise UsageError(
            f"uncertain dates and places would be counted in {sizes.sum():,} groups",
            hint="Count by longer periods or longer parts of the border.",
            code="BM506",
        )
    exclusive = _sizes(cells, keys, overlapping=False)
    sure = (exclusive == 1) & (cells["reach"] == _SURE).to_numpy()
    chunk = np.cumsum(sizes) // _AT_ONCE
    for number in np.unique(chunk[sizes > 0]):
        at = np.flatnonzero((chunk == number) & (sizes > 0))
        yield _written_out(at, sizes[at], cells.assign(sure=sure), values, keys)


def _written_out(
    at: Ints, sizes: Ints, cells: pd.DataFrame, values: pd.DataFrame, keys: Sequence[Membership]
) -> pd.DataFrame:
    cell = np.repeat(at, sizes)
    rank = ranks(sizes)
    groups = []
    for number, key in enumerate(keys):
        code = cells[f"key{number}"].to_numpy()[cell]
        size = key.size[code]
        groups.append(key.member[key.start[code] + rank % size])
        rank = rank // size
    traits = [pd.factorize(cells[name])[0][cell].astype(np.int64) for name in (*TRAITS, "sure")]
    joint, first = _joint([*groups, *traits], len(cell))
    summed = {name: _add(values[name].to_numpy()[cell], joint, len(first)) for name in values.columns}
    told = cells.iloc[cell[first]][[*TRAITS, "sure"]].reset_index(drop=True).assign(row="group")
    names = pd.DataFrame(index=told.index)
    for key, group in zip(keys, groups, strict=True):
        for name in key.groups.columns.difference(names.columns, sort=False):
            names[name] = key.groups[name].to_numpy()[group[first]]
    return pd.concat([told, names, pd.DataFrame(summed)], axis=1)
