"""``bordermap embed``: the lines that put a page into a web page."""

from __future__ import annotations

from pathlib import Path

import click

from bordermap.cli.rows import print_json

_RATIOS = ("16/9", "4/3", "1/1", "3/4")


@click.command("embed")
@click.argument("page", type=click.Path(path_type=Path))
@click.option("--url", required=True, metavar="ADDRESS", help="Where the page will be found, http or https.")
@click.option(
    "--image",
    default="",
    metavar="ADDRESS",
    help="Where a picture of it will be found, for readers without frames.",
)
@click.option(
    "--ratio", type=click.Choice(_RATIOS), default="4/3", show_default=True, help="Width to height."
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["html", "json"]),
    default="html",
    show_default=True,
    help="How to print it; json has the policy too.",
)
def embed(page: Path, url: str, image: str, ratio: str, output_format: str) -> None:
    """Print the lines that put PAGE into a web page.

    PAGE is what bordermap render wrote; put it where --url says, as it is. The lines make a figure as wide as
    its column: a frame that runs the page's own script and can do nothing to the page round it, with the
    page's title, a link, and inside the frame what readers see where frames are not shown.

    A host with a content security policy must allow the frame; the line for it is said too.
    """
    from bordermap.briefs.embedding import embedding

    found = embedding(page, url, image=image, ratio=ratio)
    if output_format == "json":
        print_json([{"title": found.title, "html": found.html, "policy": found.policy}])
        return
    click.echo(found.html)
    click.echo(f"If the host has a content security policy, it needs: {found.policy}", err=True)
