"""``bordermap enrich``: say of each incident in which country it lies and how far from which border."""

from __future__ import annotations

from pathlib import Path

import click

from bordermap.cli.border_option import border_lines, border_option, read_border
from bordermap.cli.engine import (
    EngineArguments,
    chosen_engine,
    engine_options,
    enrich_folder,
    is_folder_of_parts,
)
from bordermap.cli.options import ReadingArguments, inputs_argument, overwrite_option, reading_options
from bordermap.errors import UsageError
from bordermap.explanations import FAULTS
from bordermap.text import plain


@click.command("enrich")
@inputs_argument
@click.argument("output", type=click.Path(path_type=Path, allow_dash=True), metavar="OUTPUT")
@border_option
@click.option("--to", "output_format", metavar="FORMAT", help="As for `bordermap convert`.")
@overwrite_option
@engine_options
@reading_options
def enrich(
    inputs: tuple[Path, ...],
    output: Path,
    border: str,
    output_format: str | None,
    overwrite: bool,
    engine: EngineArguments,
    reading: ReadingArguments,
) -> int:
    """Add country, first-order area, nearest border and distance to every incident.

    OUTPUT is any file that `bordermap convert` writes; it gets the columns

    \b
    located_country, located_admin1     where the place lies
    border_pair, border_stretch         the nearest border, and which part of it
    border_distance_km                  geodesic distance on WGS84, of points
    border_distance_low_km, …_high_km   the interval for the place as a whole
    border_side, border_along_km        the side, and the kilometre along the line
    border_mark, border_line_status …   all are told in docs/enriching.md

    and the same for origin, target and impact where a claim tells them. Uncertain places get an interval and
    the sets of what they may be nearest to, never one number from their middle.

    With --engine dask, INPUT is a folder of CSV or GeoParquet parts of any size and OUTPUT a folder.
    """  # noqa: D301 (click wants the character itself)
    if engine.engine == "dask" or any(map(is_folder_of_parts, inputs)):
        return _enrich_folder(inputs, output, border, overwrite, engine, reading)
    from bordermap.analysis.enriching import enrich as enriched
    from bordermap.analysis.flat_columns import with_columns
    from bordermap.cli.reading import exit_code, read_inputs, rejects_beside, say_outcome, usable
    from bordermap.incidents.writing import format_of, write_incidents

    # What does not fit, cannot be written or does not exist is told before what takes long is read.
    chosen_engine(engine)
    chosen = format_of(output, output_format or "")
    borders = read_border(border)
    to_stdout = str(output) == "-"
    outcome = read_inputs(inputs, reading)
    say_outcome(outcome, reading, None if to_stdout else rejects_beside(output))
    found = enriched(usable(outcome), borders, workers=engine.workers or 1)
    written = write_incidents(with_columns(found), output, format=chosen.key, overwrite=overwrite)
    if not reading.quiet:
        unplaced = int((found.enriched["border_basis"] == "none").sum())
        if unplaced:
            words = "incident is not placed and has" if unplaced == 1 else "incidents are not placed and have"
            click.echo(f"note: {unplaced:,} {words} no distance", err=True)
        for note in written.notes:
            click.echo(f"note: {plain(note)}", err=True)
    if not to_stdout:
        click.echo(f"wrote {plain(output)}")
    return exit_code(outcome)


def _enrich_folder(
    inputs: tuple[Path, ...],
    output: Path,
    border: str,
    overwrite: bool,
    engine: EngineArguments,
    reading: ReadingArguments,
) -> int:
    if len(inputs) != 1 or str(output) == "-":
        raise UsageError(
            "a folder of parts is enriched into a folder, one at a time",
            hint=FAULTS["BM565"].cure,
            code="BM565",
        )
    return enrich_folder(inputs[0], output, border_lines(border), engine, reading, overwrite=overwrite)
