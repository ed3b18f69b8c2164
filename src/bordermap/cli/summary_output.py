"""What ``bordermap summary`` prints and writes: tables, CSV, JSON, and the files of a strip."""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from bordermap.cli.rows import csv_text, print_csv, print_json
from bordermap.text import plain

if TYPE_CHECKING:
    import pandas as pd

    from bordermap.analysis.plans import Plan
    from bordermap.analysis.strips import BorderStrip
    from bordermap.incidents.casebook import Casebook

_WIDTH = 100
_DASH = "–"
_ROWS = {
    "possible": "possible only, each once",
    "repeated": "counted again, taken off",
    "not_placed": "in none of these",
    "total": "total, each once",
    "beyond": "farther, not counted",
}
_LINES = "Lines © OpenStreetMap contributors (ODbL)."


def print_summary(
    table: pd.DataFrame,
    plan: Plan,
    notes: Sequence[str],
    ranges: pd.DataFrame | None,
    output_format: str,
) -> None:
    """Print a summary, and range statements where they were asked for.

    Args:
        table: As :func:`bordermap.analysis.summarizing.summarize` gives it.
        plan: How it was counted.
        notes: What must be said beside it; into CSV they do not go, but to standard error.
        ranges: As :func:`bordermap.analysis.fits.range_statements` gives them; CSV holds them alone.
        output_format: ``table``, ``csv`` or ``json``.
    """
    if output_format == "json":
        asked = {} if ranges is None else {"ranges": _records(ranges)}
        print_json({"rows": _records(table), "notes": list(notes), **asked})
    elif output_format == "csv":
        shown = table if ranges is None else ranges
        print_csv(_records(shown), [str(name) for name in shown.columns])
        for note in notes:
            click.echo(f"note: {plain(note)}", err=True)
    else:
        click.echo(_text(table, plan))
        if ranges is not None:
            click.echo(f"\n{_ranges_text(ranges)}")
        click.echo("\n" + "\n".join(textwrap.fill(plain(note), _WIDTH) for note in notes))


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values; what is missing is None."""
    columns = {str(name): [_plain_value(each) for each in table[name].tolist()] for name in table.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain_value(value: Any) -> Any:
    if isinstance(value, str | bool):
        return value
    number = float("nan") if value is None or not isinstance(value, int | float) else float(value)
    if math.isnan(number):
        return None
    return int(number) if number.is_integer() else round(number, 6)


def _text(table: pd.DataFrame, plan: Plan) -> str:
    """The table for a terminal: names left, numbers right."""
    known = [str(name) for name in table.columns if str(name).endswith("_known")]
    sides = [name.removesuffix("_known") for name in known if name.startswith("fatalities")]
    extra = [name for name in ("n_certain_change", "rate_per_100km_year") if name in table]
    head = [*(key.replace("_", " ") for key in plan.by or ("",)), "certain", "possible"]
    head += [_side_words(side) for side in sides]
    head += [
        {"n_certain_change": "change", "rate_per_100km_year": "per 100 km, year"}[name] for name in extra
    ]
    told = [*_shown(table, plan)]
    rows = [[*_names(row, plan), *_numbers(row, sides, extra)] for row in told]
    left = len(plan.by) or 1
    grid = _aligned([head, *rows], left)
    rule = "─" * max(map(len, grid))
    groups = sum(row["row"] == "group" for row in told)
    body = [grid[0], rule, *grid[1 : groups + 1], *([rule] if groups else []), *grid[groups + 1 :]]
    basis = [text for text in table.get("rate_basis", ()) if text]
    return "\n".join([*body, *(textwrap.fill(plain(each), _WIDTH) for each in basis)])


def _shown(table: pd.DataFrame, plan: Plan) -> Iterator[dict[str, Any]]:
    """The rows of a table for a terminal: a border that is not collected at all is one row."""
    from bordermap.analysis.plans import BORDER_KEYS, KEYS

    records = _records(table)
    key = next((each for each in plan.by if each in BORDER_KEYS), None)
    pair_of = [str(row[KEYS[key][0]]).partition(":")[0] if key else "" for row in records]
    empty = [row["covered"] == "no" and not row["n_certain"] and not row["n_possible"] for row in records]
    whole = {pair for pair in pair_of if key} - {
        pair for pair, no in zip(pair_of, empty, strict=True) if not no
    }
    told: set[str] = set()
    for row, pair in zip(records, pair_of, strict=True):
        if pair not in whole:
            yield row
        elif pair not in told:
            told.add(pair)
            yield {**row, **dict.fromkeys(plan.columns, ""), "_pair": pair}


def _side_words(side: str) -> str:
    named = side.removeprefix("fatalities").strip("_").replace("unknown", "?")
    return f"killed {named}".rstrip()


def _names(row: dict[str, Any], plan: Plan) -> list[str]:
    from bordermap.analysis.plans import BORDER_KEYS

    if "_pair" in row:
        at = next(at for at, key in enumerate(plan.by) if key in BORDER_KEYS)
        return [plain(row["_pair"]) if number == at else "" for number in range(len(plan.by))]
    if row["row"] != "group":
        return [_ROWS[row["row"]], *[""] * (len(plan.by) - 1)]
    return [plain(_name(row, key)) for key in plan.by]


def _name(row: dict[str, Any], key: str) -> str:
    if key == "every_km":
        return f"{row['border_line']} km {row['from_km']:,.0f}–{row['to_km']:,.0f}"
    if key == "mark":
        names = [row[name] or "end of the line" for name in ("from_mark", "to_mark")]
        ends = " to ".join("tripoint" if name.startswith("tripoint ") else name for name in names)
        return f"{row['border_line']} km {row['from_km']:,.0f}–{row['to_km']:,.0f}, {ends}"
    if key == "admin1":
        return f"{row['admin1']} ({row['admin1_code']})"
    if key == "party":
        roles = {"attributed": "attributed to", "attributed_in_dataset": "attributed in the dataset to"}
        return f"{roles.get(row['party_role'], row['party_role'].replace('_', ' '))}: {row['party']}"
    part = "*" if row["covered"] == "part" and key in ("week", "month", "year") else ""
    return f"{row[key]}{part}"


def _numbers(row: dict[str, Any], sides: Iterable[str], extra: Iterable[str]) -> list[str]:
    outside = row["covered"] == "no"
    words = [_count(row[name], outside) for name in ("n_certain", "n_possible")]
    words += [_killed(row, side) for side in sides]
    return [*words, *(_extra(row[name], name) for name in extra)]


def _count(value: int | None, outside: bool) -> str:
    return (_DASH if outside else "0") if value is None else f"{value:,}"


def _killed(row: dict[str, Any], side: str) -> str:
    """Low, best and high in words, and of how many incidents they are known."""
    from bordermap.incidents.figures import figure_text

    known = row[f"{side}_known"]
    if not known:
        return ""
    numbers = [row[f"{side}_{bound}"] for bound in ("low", "best", "high")]
    return f"{figure_text(*numbers) if any(n is not None for n in numbers) else 'not added'} (in {known:,})"


def _extra(value: float | None, name: str) -> str:
    if value is None:
        return ""
    return f"{value:+,d}" if name == "n_certain_change" else f"{value:,.2f}"


def _aligned(rows: list[list[str]], left: int) -> list[str]:
    grouped = [row for row in rows if row[0] not in _ROWS.values()]
    widths = [max(len(row[at]) for row in grouped) for at in range(len(rows[0]))]
    names = sum(widths[:left]) + 2 * (left - 1)
    names = max(names, *(len(row[0]) for row in rows if row not in grouped), 0)
    widths[left - 1] += names - sum(widths[:left]) - 2 * (left - 1)
    lines = []
    for row in rows:
        told = (
            row[0]
            if row[0] in _ROWS.values()
            else "  ".join(text.ljust(width) for text, width in zip(row[:left], widths[:left], strict=True))
        )
        numbers = (
            text.rjust(max(width, len(head)))
            for text, width, head in zip(row[left:], widths[left:], rows[0][left:], strict=True)
        )
        lines.append("  ".join([told.ljust(names), *numbers]).rstrip())
    return lines


def _ranges_text(ranges: pd.DataFrame) -> str:
    """Range statements: the incidents, below each what fits and what cannot."""
    from bordermap.analysis.fits import verdict_label

    lines = ["Reported origins against reported impacts and targets, by published maximum ranges:"]
    last = ""
    for row in _records(ranges):
        if row["event_id"] != last:
            last = row["event_id"]
            lines.append(f"\n{plain(last)}")
        means = f"; means: {row['means']}" if row["means"] else ""
        places = f"{row['origin']} ({row['origin_by']}) → {row['end']} ({row['end_by']})"
        words = plain(f"{verdict_label(row['verdict'])}: {places}: {row['reason']}{means}.")
        lines.append(textwrap.fill(words, _WIDTH, initial_indent="  ", subsequent_indent="      "))
    return "\n".join([*lines, "\nThat something fits does not say that it happened, nor who did it."])


def strip_file(strip: BorderStrip, ending: str, casebook: Casebook) -> bytes:
    """A strip as a file.

    Args:
        strip: As :func:`bordermap.analysis.strips.border_strip` gives it.
        ending: ``.svg``, ``.png``, ``.pdf``, ``.csv`` or ``.json``.
        casebook: Whose it is.
    """
    from bordermap.analysis.coverage import covered_words
    from bordermap.analysis.summary_notes import source_notes
    from bordermap.codebook import ENDORSEMENT

    notes = [*source_notes(casebook.about), _LINES]
    notes += (
        [f"Collected: {covered_words(strip.covered)}."]
        if strip.covered.stated
        else ["The data does not say what it covers: where none is shown it may not have been collected."]
    )
    if ending == ".csv":
        return csv_text(_records(strip.cells), list(strip.cells.columns)).encode()
    if ending == ".json":
        told: dict[str, Any] = {"period": strip.period, "every_km": strip.plan.every_km}
        told |= {"incidents": strip.total}
        told |= {
            "not_placed": strip.not_placed,
            "cells": _records(strip.cells),
            "notes": [*notes, ENDORSEMENT],
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    from bordermap.analysis.strip_figure import strip_bytes

    return strip_bytes(strip, ending[1:], title=casebook.about.title, notes=notes)
