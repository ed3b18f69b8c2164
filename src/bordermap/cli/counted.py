"""``bordermap render`` of a folder of parts, or of one large table: its rows counted, and drawn as counts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bordermap.cli.engine import EngineArguments, check_reading, chosen_engine, exit_code, say_parts
from bordermap.cli.options import ReadingArguments
from bordermap.cli.progress import progress_bar
from bordermap.cli.reading import read_options
from bordermap.errors import UsageError
from bordermap.explanations import FAULTS
from bordermap.text import plain

if TYPE_CHECKING:
    from bordermap.incidents.reading import Outcome
    from bordermap.maps.page import Map


def is_counted(inputs: Sequence[Path], aggregate: bool, cell: float | None, engine: EngineArguments) -> bool:
    """Whether the inputs are to be drawn as counts.

    Args:
        inputs: As given.
        aggregate: Whether counts are asked for.
        cell: The side of a cell, where one is asked for.
        engine: Who would do the work.

    Raises:
        UsageError: More than one input (BM546), one that cannot be counted (BM547), or an option of counting
            where nothing is counted (BM548).
    """
    folders = [each for each in inputs if each.is_dir() and _holds_parts(each)]
    if not folders and not aggregate:
        given = [
            name for name, there in (("--cell", cell), ("--engine", engine != EngineArguments())) if there
        ]
        if given:
            raise UsageError(f"{given[0]}: no counts are drawn", hint=FAULTS["BM548"].cure, code="BM548")
        return False
    if len(inputs) != 1:
        raise UsageError(FAULTS["BM546"].cause, hint=FAULTS["BM546"].cure, code="BM546")
    if not folders:
        _check_table(inputs[0])
    return inputs[0].exists()


def too_large(inputs: Sequence[Path], outcome: Outcome, reading: ReadingArguments) -> bool:
    """Whether one file should not hold the incidents of a table, and they can be counted instead; says so.

    Args:
        inputs: As given.
        outcome: What was read of them.
        reading: The options of reading; those that name one file are for a table read as a whole.
    """
    from bordermap.analysis.parts.folder import is_part
    from bordermap.maps.casebook_page import MOST

    incidents = len(outcome.casebook.incidents) if outcome.casebook is not None else 0
    countable = len(inputs) == 1 and inputs[0].is_file() and is_part(inputs[0].name)
    if incidents <= MOST or not countable or reading.rejects is not None or reading.save_mapping is not None:
        return False
    words = f"these are {incidents:,} incidents, and one file should hold at most {MOST:,}"
    click.echo(f"{words}: counts are drawn", err=True)
    return True


def counted_page(
    path: Path, title: str | None, cell: float | None, engine: EngineArguments, reading: ReadingArguments
) -> tuple[Map, int]:
    """Count the rows of a folder of parts or of one table, and say what became of them.

    Args:
        path: The folder, or the table.
        title: Of the page.
        cell: The side of a grid cell in degrees; 0.25 when left out.
        engine: Who does the work.
        reading: The options of reading.

    Returns:
        The page, and the exit code: 3 where rows were rejected.

    Raises:
        BordermapError: Nothing in it could be used, or as for
            :func:`bordermap.analysis.parts.aggregating.aggregate`.
    """
    from bordermap.analysis.parts.aggregating import aggregate
    from bordermap.maps.aggregate_page import aggregate_page

    check_reading(reading)
    chosen, options = chosen_engine(engine), read_options(reading)
    with _as_folder(path) as folder, progress_bar(quiet=reading.quiet) as progress:
        counts = aggregate(folder, cell or 0.25, options=options, engine=chosen, progress=progress)
    say_parts(counts.reading, counts.failed, reading, None)
    return aggregate_page(counts, title=title), exit_code(counts.reading, counts.failed)


def _holds_parts(path: Path) -> bool:
    from bordermap.maps.aggregate_page import holds_parts

    return holds_parts(path)


def _check_table(path: Path) -> None:
    from bordermap.analysis.parts.folder import is_part

    if str(path) == "-" or path.is_dir() or (path.is_file() and not is_part(path.name)):
        raise UsageError(
            f"--aggregate: {plain(path)} cannot be counted part by part",
            hint=FAULTS["BM547"].cure,
            code="BM547",
        )


@contextmanager
def _as_folder(path: Path) -> Iterator[Path]:
    """A folder as it is; one table as the only part of a folder that is gone afterwards."""
    if not path.is_file():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix=".bordermap-") as folder:
        (Path(folder) / path.name).symlink_to(path.resolve())
        yield Path(folder)
