"""``bordermap render``: incidents as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bordermap.cli.counted import counted_page, is_counted, too_large
from bordermap.cli.engine import EngineArguments, engine_options
from bordermap.cli.options import ReadingArguments, overwrite_option, reading_options
from bordermap.cli.reading import exit_code, read_inputs, rejects_beside, say_outcome, usable
from bordermap.errors import UsageError
from bordermap.text import plain

if TYPE_CHECKING:
    from bordermap.incidents.casebook import Casebook
    from bordermap.maps.page import Map

#: The name of the bundled casebook's page.
BUNDLED_PAGE = "afghan-borders.html"


@click.command("render")
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path, allow_dash=True), metavar="[INPUT...]")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE.html",
    help="Where to write the page; - is standard output. May be given several times.",
)
@click.option("--title", help="A title for the page, in place of the input's own.")
@click.option("--aggregate", is_flag=True, help="Draw one large table as counts, as a folder of parts is.")
@click.option(
    "--cell",
    type=click.FloatRange(min=0.01, max=10),
    metavar="DEGREES",
    help="The side of a grid cell where counts are drawn.  [default: 0.25]",
)
@overwrite_option
@engine_options
@reading_options
def render(
    inputs: tuple[Path, ...],
    outputs: tuple[Path, ...],
    title: str | None,
    aggregate: bool,
    cell: float | None,
    overwrite: bool,
    engine: EngineArguments,
    reading: ReadingArguments,
) -> int:
    """Draw incidents as one HTML file that opens anywhere, without a network.

    INPUT is any file of incidents that `bordermap check` understands: a casebook's folder, a spreadsheet, an
    export of ACLED, UCDP, GTD or GDELT, a layer. Without it, the bundled casebook is drawn: incidents
    reported on Afghanistan's northern border, 2022-2026.

    A folder of parts (CSV, TSV or Parquet files of one dataset, or what `bordermap enrich` made of them) is
    drawn as exact counts instead, however many rows it has: by grid cell and by border stretch, and beside
    the map what is not placeable at that scale. So is one table with more rows than one file should hold:
    1,200,000.

    Without -o the page is named after the first input and stands in the current folder; only a page that
    bordermap wrote is replaced unasked. Rejected rows go to a file beside the page.

    What the page holds follows the rights of the input. ACLED, GTD and every table whose rights are not known
    are shown as date, type, place and status only, with no notes, ids, actors, figures or sources, unless
    --rights or --i-hold-the-rights says otherwise; the page says so, with the attribution that the dataset
    asks for. UCDP and GDELT are open. A casebook of your own is shown in full.
    """
    _check_outputs(outputs)
    counted = is_counted(inputs, aggregate, cell, engine)
    if not inputs:
        from bordermap.incidents.casebook import read_casebook

        _write(_page(read_casebook(), title), outputs, Path(BUNDLED_PAGE), overwrite)
        return 0
    target = _named_after(inputs[0])
    outcome = None if counted else read_inputs(inputs, reading)
    if outcome is None or too_large(inputs, outcome, reading):
        page, code = counted_page(inputs[0], title, cell, engine, reading)
        _write(page, outputs, target, overwrite)
        return code
    beside = next((each for each in outputs if str(each) != "-"), target)
    say_outcome(outcome, reading, rejects_beside(beside))
    _write(_page(usable(outcome), title), outputs, target, overwrite)
    return exit_code(outcome)


def _named_after(source: Path) -> Path:
    """The page's name in the current folder: nothing else of the input's path enters it."""
    stem = "incidents" if str(source) == "-" else source.resolve().name.partition(".")[0]
    return (
        Path(f"{stem or 'incidents'}.html") if not source.is_dir() else Path(f"{source.resolve().name}.html")
    )


def _page(casebook: Casebook, title: str | None) -> Map:
    from bordermap.maps.casebook_page import casebook_page

    return casebook_page(casebook, title=title)


def _write(page: Map, outputs: tuple[Path, ...], target: Path, overwrite: bool) -> None:
    from bordermap.files import write_atomically, write_standard_output
    from bordermap.maps.page import is_page_of_ours

    data = page.encoded()
    if not outputs:
        write_atomically(target, data, overwrite=overwrite, ours=is_page_of_ours)
        click.echo(f"wrote {plain(target)}")
    for output in outputs:
        if str(output) == "-":
            write_standard_output(data)
        else:
            write_atomically(output, data, overwrite=overwrite)
            click.echo(f"wrote {plain(output)}", err="-" in map(str, outputs))


def _check_outputs(outputs: tuple[Path, ...]) -> None:
    for output in outputs:
        if str(output) != "-" and output.suffix.lower() not in (".html", ".htm"):
            raise UsageError(
                f"{output}: a page is an .html file",
                hint="Give -o a name that ends in .html, or - for standard output.",
                code="BM202",
            )
