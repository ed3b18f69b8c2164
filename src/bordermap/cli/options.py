"""The options and arguments that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]

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

inputs_argument = click.argument(
    "inputs", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="INPUT..."
)


@dataclass(frozen=True)
class ReadingArguments:
    """What the command line says of how the inputs are to be read; see the options of the same names."""

    dialect: str | None
    columns: tuple[str, ...]
    mapping: Path | None
    save_mapping: Path | None
    layers: tuple[str, ...]
    date_order: str | None
    source_crs: str | None
    encoding: str | None
    delimiter: str | None
    decimal: str | None
    header_row: int | None
    choices: Path | None
    locate: bool
    strict: bool
    rights: str | None
    hold_rights: bool
    accessed: str | None
    rejects: Path | None
    max_size: int | None
    max_ratio: int | None
    max_members: int | None
    max_columns: int | None
    quiet: bool
    verbose: bool


_DIALECTS = ("acled", "ucdp", "gtd", "gdelt", "timemap", "bordermap", "generic")

_READING = (
    click.option("--dialect", type=click.Choice(_DIALECTS), help="Take the input for this, unseen."),
    click.option("--column", "columns", multiple=True, metavar="OURS=THEIRS",
                 help="What a column is, for example latitude=LAT_DD; may be given several times."),
    click.option("--mapping", type=click.Path(path_type=Path), metavar="FILE.toml",
                 help="Read columns and the options below from a file."),
    click.option("--save-mapping", type=click.Path(path_type=Path), metavar="FILE.toml",
                 help="Write the columns that were found, and the options, to a file."),
    click.option("--layer", "layers", multiple=True, metavar="NAME",
                 help="Read only this sheet, layer, folder or archive member; may be given several times."),
    click.option("--date-order", type=click.Choice(["dmy", "mdy", "ymd"]),
                 help="How 03/04/2022 is to be read."),
    click.option("--src-crs", "source_crs", metavar="CRS",
                 help="Coordinate system of the coordinates, for example EPSG:32642."),
    click.option("--encoding", metavar="NAME", help="Of text files, for example cp1251."),
    click.option("--delimiter", metavar="CHAR", help="Between fields; write tab for a tabulator."),
    click.option("--decimal", type=click.Choice([".", ","]), help="The decimal sign of numbers."),
    click.option("--header-row", type=click.IntRange(min=1), help="The row that holds the column names."),
    click.option("--choices", type=click.Path(path_type=Path), metavar="FILE.csv",
                 help="Which place each ambiguous name means; see `bordermap locate`."),
    click.option("--locate/--no-locate", "locate", default=True,
                 help="Locate rows that have names but no coordinates.  [default: locate]"),
    click.option("--strict", is_flag=True, help="Reject what is odd too, not only what is wrong."),
    click.option("--rights", type=click.Choice(["open", "display_only", "aggregate_only"]),
                 help="What the input's owner allows, where it is not known."),
    click.option("--i-hold-the-rights", "hold_rights", is_flag=True,
                 help="State that you may publish everything; the page records it."),
    click.option("--accessed", metavar="DATE", help="When the input was obtained, for its attribution."),
    click.option("--rejects", type=click.Path(path_type=Path), metavar="FILE.csv",
                 help="Where rejected rows go.  [default: beside the output]"),
    click.option("--max-size", type=click.IntRange(min=1), metavar="MB",
                 help="The most to read, and to unpack.  [default: 4000]"),
    click.option("--max-ratio", type=click.IntRange(min=1), metavar="N",
                 help="The most an archive may grow by.  [default: 200]"),
    click.option("--max-members", type=click.IntRange(min=1), metavar="N",
                 help="The most files in an archive.  [default: 10000]"),
    click.option("--max-columns", type=click.IntRange(min=1), metavar="N",
                 help="The most columns in a table.  [default: 2000]"),
    click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong."),
    click.option("-v", "--verbose", is_flag=True, help="Say what was found out of each layer."),
)  # fmt: skip


def gathering(kind: type, name: str, options: Sequence[Command]) -> Callable[[Command], Command]:
    """Adds options to a command, which gets them as one value.

    Args:
        kind: A dataclass whose fields are called as the options' parameters.
        name: The parameter of the command that takes the value.
        options: In the order in which the help lists them.
    """

    def add(command: Command) -> Command:
        @functools.wraps(command)
        def with_arguments(**given: Any) -> Any:
            chosen = {each.name: given.pop(each.name) for each in fields(kind)}
            return command(**{name: kind(**chosen)}, **given)

        wrapped: Command = with_arguments
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return add


#: The options of reading; the command gets them as ``reading``.
reading_options = gathering(ReadingArguments, "reading", _READING)
