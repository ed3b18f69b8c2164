"""``bordermap duplicates``: incidents that may be one, and their merging as decided by a person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bordermap.cli.options import (
    ReadingArguments,
    format_option,
    inputs_argument,
    overwrite_option,
    reading_options,
)
from bordermap.cli.rows import print_csv, print_json
from bordermap.errors import UsageError
from bordermap.text import plain

if TYPE_CHECKING:
    import pandas as pd

    from bordermap.incidents.casebook import Casebook
    from bordermap.incidents.reading import Outcome


@click.command("duplicates")
@inputs_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
    help="Write the pairs as a decision file; with --merge, the merged incidents, as the ending says.",
)  # fmt: skip
@click.option(
    "--merge", "decisions", type=click.Path(path_type=Path), metavar="PAIRS.csv",
    help="Merge the pairs that a decision file says are one.",
)  # fmt: skip
@click.option("--days", type=click.IntRange(min=0), default=0, show_default=True,
              help="Days two may be apart beyond what is known of their dates.")  # fmt: skip
@click.option("--km", type=click.FloatRange(min=0, max=100), default=0, show_default=True,
              help="Kilometres two may be apart beyond what is known of their places.")  # fmt: skip
@click.option("--least", type=click.IntRange(min=0), default=6, show_default=True,
              help="The least score to list.")  # fmt: skip
@format_option
@overwrite_option
@reading_options
def duplicates(
    inputs: tuple[Path, ...],
    output: Path | None,
    decisions: Path | None,
    days: int,
    km: float,
    least: int,
    output_format: str,
    overwrite: bool,
    reading: ReadingArguments,
) -> int:
    """List pairs of incidents that may be one, within a file and across files, and merge those you decide on.

    Two are compared by date, place and kind, each within what is known of it: a province is all of its
    province, a week all of its week. The score is a sum of points, one for each reason named; it ranks, and
    is no probability. Nothing is merged unasked: write merge or keep into the column decision of the file
    that -o writes, and give it to --merge. Merging keeps every source and every claim; figures are never
    added.

    For example: bordermap duplicates acled.csv ucdp.csv -o pairs.csv, then
    bordermap duplicates acled.csv ucdp.csv --merge pairs.csv -o merged.gpkg
    """
    if decisions is not None and output is None:
        raise UsageError(
            "--merge without a place to write to",
            hint="Say with -o where the merged incidents go, for example -o merged.gpkg.",
            code="BM375",
        )
    outcomes = _read(inputs, reading)
    if decisions is not None and output is not None:
        _merge(outcomes, inputs, decisions, output, overwrite)
    else:
        _list(outcomes, inputs, output, overwrite, output_format, (days, km, least))
    return _code(outcomes)


def _read(inputs: Sequence[Path], reading: ReadingArguments) -> list[Outcome]:
    """Each file by itself: the same record in two files is a pair, not a fault."""
    from bordermap.cli.reading import read_inputs, say_outcome
    from bordermap.incidents.reading import nothing_usable

    outcomes = [read_inputs((path,), reading) for path in inputs]
    for outcome in outcomes:
        say_outcome(outcome, reading, None)
    if all(outcome.casebook is None for outcome in outcomes):
        raise next((o.error for o in outcomes if o.error), None) or nothing_usable(outcomes[0].reading)
    for path, outcome in zip(inputs, outcomes, strict=True):
        if outcome.casebook is None:
            click.echo(f"warning: nothing in {plain(path)} could be used", err=True)
    return outcomes


def _code(outcomes: Sequence[Outcome]) -> int:
    from bordermap.cli.reading import exit_code

    codes = [3 if outcome.casebook is None else exit_code(outcome) for outcome in outcomes]
    return max(codes)


def _used(outcomes: Sequence[Outcome], inputs: Sequence[Path]) -> tuple[list[Casebook], list[str]]:
    pairs = [(o.casebook, plain(p)) for o, p in zip(outcomes, inputs, strict=True) if o.casebook is not None]
    return [casebook for casebook, _ in pairs], _labels([name for _, name in pairs])


def _labels(paths: Sequence[str]) -> list[str]:
    """File names alone, where they tell the files apart: a decision file must not depend on the folder."""
    names = [Path(path).name or path for path in paths]
    return names if len(set(names)) == len(names) else list(paths)


def _list(
    outcomes: Sequence[Outcome],
    inputs: Sequence[Path],
    output: Path | None,
    overwrite: bool,
    output_format: str,
    window: tuple[int, float, int],
) -> None:
    from bordermap.incidents.pairs.decisions import pair_records, write_pairs
    from bordermap.incidents.pairs.duplicates import PAIR_COLUMNS, find_duplicates

    casebooks, labels = _used(outcomes, inputs)
    days, km, least = window
    pairs = find_duplicates(casebooks, labels=labels, slack_days=days, slack_km=km, least=least)
    if output is not None:
        write_pairs(output, pairs, overwrite=overwrite)
        click.echo(f"wrote {plain(output)}: {len(pairs):,} pairs to decide on", err=True)
    if output_format == "csv":
        print_csv(pair_records(pairs), PAIR_COLUMNS)
    elif output_format == "json":
        print_json(_values(pairs))
    elif output is None:
        for row in pair_records(pairs):
            click.echo("\n".join(_lines(row)))
        click.echo(_summary(pairs))


def _values(pairs: pd.DataFrame) -> list[dict[str, object]]:
    from bordermap.incidents.pairs.decisions import pair_records

    return [
        {name: None if value == "" and name == "distance_km" else value for name, value in row.items()}
        for row in pair_records(pairs)
    ]


_TOLD = ("file", "event_id", "date", "place", "title")


def _lines(row: dict[str, object]) -> list[str]:
    """One pair, safe on a terminal."""
    sides = [
        "    " + ", ".join(str(row[f"{name}_{side}"]) for name in _TOLD
                           if row[f"{name}_{side}"])
        for side in ("a", "b")
    ]  # fmt: skip
    more = f" ({row['more']} more candidates, not listed)" if row["more"] else ""
    return [plain(line) if line else "" for line in (f"score {row['score']}: {row['reasons']}{more}", *sides)]


def _summary(pairs: pd.DataFrame) -> str:
    if pairs.empty:
        return "No two incidents look like one."
    return f"{len(pairs):,} pair{'s' if len(pairs) > 1 else ''} that may be one; nothing was merged."


def _merge(
    outcomes: Sequence[Outcome], inputs: Sequence[Path], decisions: Path, output: Path, overwrite: bool
) -> None:
    from bordermap.incidents.pairs.decisions import read_decisions
    from bordermap.incidents.pairs.merging import merge
    from bordermap.incidents.writing import write_incidents

    decided = read_decisions(decisions)
    casebooks, labels = _used(outcomes, inputs)
    merged = merge(casebooks, decided, labels=labels)
    before = sum(len(casebook.incidents) for casebook in casebooks)
    written = write_incidents(merged, output, overwrite=overwrite)
    for note in written.notes:
        click.echo(f"note: {plain(note)}", err=True)
    to_stdout = str(output) == "-"
    words = f"{before:,} incidents, {before - len(merged.incidents):,} merged into others"
    click.echo(f"{words}; wrote {plain(output)}", err=to_stdout)
