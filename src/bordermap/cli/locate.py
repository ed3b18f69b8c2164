"""``bordermap locate``: what the place names of a file mean, and a file in which to choose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bordermap.cli.options import (
    ReadingArguments,
    format_option,
    inputs_argument,
    overwrite_option,
    reading_options,
)
from bordermap.cli.rows import print_csv, print_json
from bordermap.text import plain

if TYPE_CHECKING:
    import pandas as pd

_OUTCOMES = {
    "ambiguous": "several places, none was chosen",
    "not_found": "no place of this name",
    "chosen": "chosen",
    "located": "located",
}
_MOST_SHOWN = 6


@click.command("locate")
@inputs_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="CHOICES.csv",
    help="Write the names that need a choice, a row for each candidate.",
)  # fmt: skip
@format_option
@overwrite_option
@reading_options
def locate(
    inputs: tuple[Path, ...],
    output: Path | None,
    output_format: str,
    overwrite: bool,
    reading: ReadingArguments,
) -> int:
    """List the places that names may mean, for you to choose.

    Rows with place names and no coordinates are looked up in the gazetteer, in any script. A name that only
    one place bears within the country or province of its row is taken. One that several bear is not: mark
    its place with x in the file that -o writes, and give that file to --choices here or in render, check
    and convert.

    Exit codes: 0 all names are located, 1 nothing can be used, 3 some names are not located.

    For example: bordermap locate reports.csv -o choices.csv
    """
    from bordermap.cli.reading import exit_code, read_inputs, say_outcome, usable
    from bordermap.incidents.naming.choices import write_choices
    from bordermap.incidents.naming.naming import joined_names

    outcome = read_inputs(inputs, reading)
    if outcome.casebook is None:
        say_outcome(outcome, reading, None)
    names = joined_names(usable(outcome).names)
    _print(names, output_format, quiet=reading.quiet)
    if output is not None:
        written = write_choices(output, names, overwrite=overwrite)
        click.echo(f"wrote {plain(output)}: {written:,} names to choose for", err=True)
    still_open = names["outcome"].isin(["ambiguous", "not_found"]).any()
    return 3 if still_open else exit_code(outcome)


def _print(names: pd.DataFrame, output_format: str, *, quiet: bool) -> None:
    records: list[dict[str, Any]] = [
        {str(key): value for key, value in row.items()} for row in names.to_dict("records")
    ]
    if output_format == "csv":
        print_csv(records, list(names.columns))
    elif output_format == "json":
        print_json([_values(row) for row in records])
    elif not quiet:
        for row in records:
            click.echo("\n".join(_lines(row)))
        click.echo(_summary(names))


def _values(row: dict[str, Any]) -> dict[str, Any]:
    from bordermap.incidents.naming.choices import candidates_of

    pairs = candidates_of(str(row["candidates"]))
    return row | {"candidates": [{"place_key": key, "how": how} for key, how in pairs]}


def _lines(row: dict[str, Any]) -> list[str]:
    """One name and what it may be, safe on a terminal."""
    from bordermap.incidents.naming.choices import candidates_of

    where = ", ".join(filter(None, (row["admin1"], row["country"])))
    rows = f"{row['n_rows']:,} row{'s' if row['n_rows'] > 1 else ''}"
    lines = [plain(f"{row['name']}{f' ({where})' if where else ''}, {rows}: {_outcome(row)}")]
    candidates = candidates_of(str(row["candidates"]))
    if row["outcome"] == "ambiguous" or len(candidates) > 1:
        lines += [f"    {_candidate(key, how)}" for key, how in candidates[:_MOST_SHOWN]]
        more = len(candidates) - _MOST_SHOWN
        lines += [f"    and {more} more"] if more > 0 else []
    return lines


def _outcome(row: dict[str, Any]) -> str:
    words = _OUTCOMES[row["outcome"]]
    if not row["place_key"]:
        return words
    larger = ", the larger of several" if row["outcome"] == "located" and ";" in row["candidates"] else ""
    how = f" ({row['how']})" if row["how"] and row["how"] != words else ""
    return f"{words} as {row['place_key']}{how}{larger}"


def _candidate(key: str, how: str) -> str:
    from bordermap.geometry.candidates import admin1_name
    from bordermap.incidents.naming.known_places import known_place

    place = known_place(key)
    if place is None:
        return plain(key)
    where = ", ".join(filter(None, (admin1_name(place.admin1_code), place.country)))
    return plain(f"{key}: {place.name}, {place.kind}, {where} ({how})")


def _summary(names: pd.DataFrame) -> str:
    if names.empty:
        return "No row has a place name and no coordinates."
    grouped = names.groupby("outcome")["n_rows"]
    sizes, sums = grouped.size().to_dict(), grouped.sum().to_dict()
    parts = [
        f"{_NOUNS[key]} {int(sizes[key]):,} ({int(sums[key]):,} rows)" for key in _OUTCOMES if key in sizes
    ]
    return f"{len(names):,} names: {', '.join(parts)}"


_NOUNS = {"ambiguous": "ambiguous", "not_found": "not found", "chosen": "chosen", "located": "located"}
