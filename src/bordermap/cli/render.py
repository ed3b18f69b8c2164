"""``bordermap render``: a casebook as one HTML file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bordermap.cli.options import overwrite_option
from bordermap.errors import UsageError

#: The name of the bundled casebook's page.
BUNDLED_PAGE = "afghan-borders.html"


@click.command("render")
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[CASEBOOK]")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE.html",
    help="Where to write the page; - is standard output. May be given several times.",
)
@click.option("--title", help="A title for the page, in place of the casebook's own.")
@overwrite_option
def render(inputs: tuple[Path, ...], outputs: tuple[Path, ...], title: str | None, overwrite: bool) -> None:
    """Draw a casebook as one HTML file that opens anywhere, without a network.

    CASEBOOK is a folder of CSV files (incidents.csv, claims.csv, …). Without it, the bundled casebook is
    drawn: incidents reported on Afghanistan's northern border, 2022-2026.

    Without -o the page is named after the casebook and stands in the current folder; only a page that
    bordermap wrote is replaced unasked.
    """
    source = _one_source(inputs)
    _check_outputs(outputs)
    from bordermap.files import write_atomically
    from bordermap.incidents.casebook import read_casebook
    from bordermap.maps.casebook_page import casebook_page
    from bordermap.maps.page import is_page_of_ours

    data = casebook_page(read_casebook(source), title=title).html().encode()
    if not outputs:
        name = Path(f"{source.resolve().name}.html") if source else Path(BUNDLED_PAGE)
        click.echo(f"wrote {write_atomically(name, data, overwrite=overwrite, ours=is_page_of_ours)}")
    for output in outputs:
        if str(output) == "-":
            sys.stdout.buffer.write(data)
        else:
            click.echo(
                f"wrote {write_atomically(output, data, overwrite=overwrite)}", err="-" in map(str, outputs)
            )


def _one_source(inputs: tuple[Path, ...]) -> Path | None:
    if len(inputs) > 1:
        raise UsageError(
            f"{len(inputs)} casebooks were given, and a page shows one",
            hint="Run `bordermap render` once for each.",
            code="BM201",
        )
    return inputs[0] if inputs else None


def _check_outputs(outputs: tuple[Path, ...]) -> None:
    for output in outputs:
        if str(output) != "-" and output.suffix.lower() not in (".html", ".htm"):
            raise UsageError(
                f"{output}: a page is an .html file",
                hint="Give -o a name that ends in .html, or - for standard output.",
                code="BM202",
            )
