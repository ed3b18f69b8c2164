"""``bordermap convert``: any input as another file, with what the new format cannot hold said aloud."""

from __future__ import annotations

from pathlib import Path

import click

from bordermap.cli.options import ReadingArguments, inputs_argument, overwrite_option, reading_options
from bordermap.text import plain

_FORMATS = ("csv", "tsv", "xlsx", "gpkg", "geojson", "geojsonl", "parquet", "fgb", "kml", "folder")


@click.command("convert")
@inputs_argument
@click.argument("output", type=click.Path(path_type=Path, allow_dash=True), metavar="OUTPUT")
@click.option(
    "--to",
    "output_format",
    type=click.Choice(_FORMATS),
    help="The format, in place of what OUTPUT's ending says.",
)
@click.option(
    "--representative-points",
    is_flag=True,
    help="Give areal places a point too, in columns of its own that say so.",
)
@overwrite_option
@reading_options
def convert(
    inputs: tuple[Path, ...],
    output: Path,
    output_format: str | None,
    representative_points: bool,
    overwrite: bool,
    reading: ReadingArguments,
) -> int:
    """Rewrite any input as another file: OUTPUT's ending says which.

    \b
    .gpkg .xlsx .geojson .parquet, a folder   hold everything, claims included
    .csv .tsv .geojsonl .fgb .kml             one row an incident
    - with --to csv, tsv, geojson, …          standard output

    Areal places have their shape, never a latitude and longitude; --representative-points adds columns with
    the coder's own point, or the innermost of the shape, and says which. What a format cannot hold is said.
    """  # noqa: D301 (click wants the character itself)
    from bordermap.cli.reading import exit_code, read_inputs, rejects_beside, say_outcome, usable
    from bordermap.incidents.writing import format_of, write_incidents

    # What cannot be written is told before what takes long is read.
    chosen = format_of(output, output_format or "")
    to_stdout = str(output) == "-"
    outcome = read_inputs(inputs, reading)
    say_outcome(outcome, reading, None if to_stdout else rejects_beside(output))
    written = write_incidents(
        usable(outcome),
        output,
        format=chosen.key,
        overwrite=overwrite,
        representative_points=representative_points,
    )
    if not reading.quiet:
        for note in written.notes:
            click.echo(f"note: {plain(note)}", err=True)
    if not to_stdout:
        click.echo(f"wrote {plain(output)}")
    return exit_code(outcome)
