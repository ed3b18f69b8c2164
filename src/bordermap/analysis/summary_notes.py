"""What must be said beside the numbers of a summary: how they add up, what is covered, whose they are."""

from __future__ import annotations

from typing import Final

import pandas as pd

from bordermap.analysis.coverage import Covered, covered_words
from bordermap.analysis.plans import OVERLAPPING, Plan
from bordermap.codebook import ENDORSEMENT, INCIDENT_TYPES, STATUSES, label
from bordermap.incidents.readers.about import About
from bordermap.text import join_words

_ALONG: Final = ("every_km", "mark")


def summary_notes(
    table: pd.DataFrame, plan: Plan, covered: Covered, about: About | None = None
) -> tuple[str, ...]:
    """Sentences that belong to a summary.

    Args:
        table: As :func:`bordermap.analysis.summarizing.summarize` gives it.
        plan: How it was counted.
        covered: What the data covers.
        about: What the casebook says of itself.

    Returns:
        One sentence or two each, in the order in which they are read.
    """
    notes = [
        _sum_words(table, plan), _within_words(table, plan), _traits_words(table), _killed_words(table),
        _coverage_words(table, covered), _along_words(plan), *source_notes(about), ENDORSEMENT,
    ]  # fmt: skip
    return tuple(note for note in notes if note)


def _count(table: pd.DataFrame, row: str) -> int:
    return int(table.loc[table["row"] == row, ["n_certain", "n_possible"]].fillna(0).to_numpy().sum())


def _sum_words(table: pd.DataFrame, plan: Plan) -> str:
    total = _count(table, "total")
    if not plan.by:
        return f"{total:,} incidents."
    surely = int(table.loc[table["row"] == "group", "n_certain"].fillna(0).sum())
    parts = [f"{surely:,} counted as certain in a group"]
    if set(OVERLAPPING) & set(plan.by):
        parts.append(f"less {_count(table, 'repeated'):,} counted again under another party")
    parts += [f"{_count(table, 'possible'):,} possible only", f"{_count(table, 'not_placed'):,} in none"]
    return (
        f"{total:,} incidents: {join_words(parts)}. Possible means: may be there, in each group "
        "where it may be; the total counts it once."
    )


def _within_words(table: pd.DataFrame, plan: Plan) -> str:
    if plan.within_km is None:
        return ""
    beyond = _count(table, "beyond")
    return (
        f"Only within {plan.within_km:g} km of the border: {beyond:,} more are surely farther and not "
        "counted; whether a place that is known less exactly is nearer is only possible."
    )


def _traits_words(table: pd.DataFrame) -> str:
    total = table[table["row"] == "total"].iloc[0]
    words = []
    for prefix, codes in (("status_", STATUSES), ("type_", INCIDENT_TYPES)):
        names = [name for name in table.columns if name.startswith(prefix) and (total[name] or 0) > 0]
        told = [f"{total[name]:,} {label(codes, name.removeprefix(prefix)).lower()}" for name in names]
        words.append(join_words(told))
    return f"The certain of all by status: {words[0]}. By type: {words[1]}." if all(words) else ""


def _killed_words(table: pd.DataFrame) -> str:
    known = [name for name in table.columns if name.startswith("fatalities") and name.endswith("_known")]
    if not known:
        return ""
    several = any(";" in text for text in table["datasets"])
    words = (
        "Killed: of the certain incidents, by side; sides are never added. In brackets of how many incidents "
        "a number is known; a lowest number adds up those known."
    )
    if several:
        words += " Numbers of different datasets are not added and left out: count by dataset."
    return words


def _coverage_words(table: pd.DataFrame, covered: Covered) -> str:
    if not covered.stated:
        return (
            "The data does not say what it covers: a border or a time without incidents may not have been "
            "collected."
        )
    words = f"Collected: {covered_words(covered)}."
    if (table["covered"] == "no").any():
        words += " – is not collected, which is not none."
    if (table["covered"] == "part").any():
        words += " A period marked * is collected in part."
    return words


def _along_words(plan: Plan) -> str:
    if not set(_ALONG) & set(plan.by) or plan.borders is None:
        return ""
    lines = plan.borders.lines
    told = [
        f"{line} from {start}" if start else f"{line} from its first vertex"
        for line, start in zip(lines["border_line"], lines["along_from"], strict=True)
    ]
    return f"Kilometres along the line: {join_words(told)}."


def source_notes(about: About | None) -> list[str]:
    """Whose data it is, how far it goes, and where corrections go; empty where nothing is known."""
    if about is None or not about.title:
        return []
    version = f", version {about.version}" if about.version else ""
    dates = [
        f"{words} {date}"
        for words, date in (
            ("compiled through", about.compiled_through),
            ("status as of", about.status_as_of),
        )
        if date
    ]
    contact = f"Corrections: {about.contact}." if about.contact else ""
    first = f"Source: {about.title.rstrip('.')}{version}{'; ' + ', '.join(dates) if dates else ''}."
    return [" ".join(filter(None, (first, about.attribution, contact)))]
