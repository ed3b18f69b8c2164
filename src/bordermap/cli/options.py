"""The options and arguments that several commands share."""

from __future__ import annotations

import click

#: For every command that prints a table.
format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print the rows.",
)

overwrite_option = click.option("--overwrite", is_flag=True, help="Replace a file that exists already.")
