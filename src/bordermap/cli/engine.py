"""Folders of parts on the command line: who does the work, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bordermap.cli.options import ReadingArguments, gathering
from bordermap.cli.progress import progress_bar
from bordermap.errors import UsageError
from bordermap.explanations import FAULTS
from bordermap.text import plain

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.analysis.parts.cluster import Engine
    from bordermap.analysis.parts.summaries import Summary
    from bordermap.incidents.report import Reading


@dataclass(frozen=True)
class EngineArguments:
    """What the command line says of who does the work; see the options of the same names."""

    engine: str = "memory"
    scheduler: str | None = None
    workers: int | None = None
    memory: str | None = None


_ENGINE = (
    click.option("--engine", type=click.Choice(["memory", "dask"]), default="memory", show_default=True,
                 help="Who does the work on a folder of parts: this process, or the workers of Dask."),
    click.option("--scheduler", metavar="ADDRESS",
                 help="With dask: a cluster's scheduler, for example tcp://host:8786.  [default: processes "
                 "of this machine]"),
    click.option("--workers", type=click.IntRange(min=1), metavar="N",
                 help="How many processes of this machine share the work.  [default: 1; dask: one a core]"),
    click.option("--memory", metavar="SIZE",
                 help="With dask: what all processes of this machine may take together, for example 4GB."),
)  # fmt: skip


#: The options of who does the work; the command gets them as ``engine``.
engine_options = gathering(EngineArguments, "engine", _ENGINE)


def chosen_engine(arguments: EngineArguments) -> Engine:
    """Who does the work.

    Raises:
        UsageError: An option that only Dask has without it (BM534), or a size that is none (BM535).
    """
    from bordermap.analysis.parts.cluster import Engine, parse_memory

    given = [name for name in ("scheduler", "memory") if getattr(arguments, name) is not None]
    if arguments.engine != "dask" and given:
        raise UsageError(f"--{given[0]} without --engine dask", hint=FAULTS["BM534"].cure, code="BM534")
    memory = parse_memory(arguments.memory) if arguments.memory else 0
    return Engine(arguments.engine, arguments.scheduler or "", arguments.workers or 0, memory)


def enrich_folder(
    folder: Path,
    output: Path,
    borders: gpd.GeoDataFrame,
    engine: EngineArguments,
    reading: ReadingArguments,
    *,
    overwrite: bool = False,
) -> int:
    """Enrich a folder of parts into another, and say what became of the rows.

    Args:
        folder: Of the parts.
        output: Where the enriched parts go.
        borders: As :func:`bordermap.read_borders` gives them.
        engine: Who does the work.
        reading: The options of reading.
        overwrite: Replace a finished output of ours.

    Returns:
        The exit code: 3 where rows were rejected, or a part could not be read.

    Raises:
        BordermapError: As for :func:`bordermap.analysis.parts.running.enrich_parts`.
    """
    from bordermap.analysis.parts.running import enrich_parts
    from bordermap.cli.reading import read_options

    chosen = chosen_engine(engine)
    check_reading(reading)
    with progress_bar(quiet=reading.quiet) as progress:
        outcome = enrich_parts(
            folder, output, borders, read_options(reading), chosen, overwrite=overwrite, progress=progress
        )
    say_parts(outcome.reading, outcome.failed, reading, outcome.rejects)
    parts = len(outcome.manifest["parts"])
    click.echo(f"wrote {plain(output)}: {parts:,} part{'' if parts == 1 else 's'}")
    return exit_code(outcome.reading, outcome.failed)


def summarize_folder(
    folder: Path,
    by: Sequence[str] | None,
    engine: EngineArguments,
    reading: ReadingArguments,
    *,
    borders: gpd.GeoDataFrame | None = None,
    **how: Any,
) -> Summary:
    """Count the incidents of a folder of parts, and say what became of its rows.

    Args:
        folder: Of parts, or an output of enriching.
        by: What to count by.
        engine: Who does the work.
        reading: The options of reading.
        borders: The border lines; None: see
            :func:`bordermap.analysis.parts.summaries.summarize_parts`.
        how: ``every_km``, ``within_km``, ``country``, ``rate``, ``change`` of that function.

    Returns:
        The summary; ``exit_code(summary.reading, summary.failed)`` is the command's exit code.

    Raises:
        BordermapError: As for that function.
    """
    from bordermap.analysis.parts.summaries import summarize_parts
    from bordermap.cli.reading import read_options

    chosen = chosen_engine(engine)
    check_reading(reading)
    with progress_bar(quiet=reading.quiet) as progress:
        how |= {"options": read_options(reading), "engine": chosen, "progress": progress}
        summary = summarize_parts(folder, by, borders=borders, **how)
    say_parts(summary.reading, summary.failed, reading, None)
    return summary


def is_folder_of_parts(path: Path) -> bool:
    """Whether a path is a folder that is no casebook: then its files are parts.

    Example:
        >>> is_folder_of_parts(Path("no/such/folder"))
        False
    """
    return path.is_dir() and not (path / "incidents.csv").exists() and not (path / "casebook.toml").exists()


def exit_code(reading: Reading, failed: int) -> int:
    """0: all rows used; 3: some rows, or one of the parts, could not be used."""
    return 3 if reading.rows_rejected or failed else 0


def say_parts(reading: Reading, failed: int, arguments: ReadingArguments, rejects: Path | None) -> None:
    """Say on standard error what became of the rows, and what was odd.

    Args:
        reading: What was found in all parts.
        failed: How many parts could not be read.
        arguments: The options of reading.
        rejects: Where rejected rows are.
    """
    from bordermap.cli.reading import issue_line

    if not arguments.quiet:
        click.echo(_counts_line(reading, rejects), err=True)
    if failed:
        click.echo(f"{failed:,} part{'' if failed == 1 else 's'} could not be read", err=True)
    for issue in reading.issues:
        if issue.severity == "error" or not arguments.quiet:
            click.echo(issue_line(issue), err=True)
    if arguments.verbose and not arguments.quiet:
        for layer in reading.layers:
            click.echo(plain(f"{layer.file}: {layer.rows_used:,} of {layer.rows_read:,} rows used"), err=True)


def _counts_line(reading: Reading, rejects: Path | None) -> str:
    words = f"{reading.rows_read:,} rows read: {reading.rows_used:,} used, {reading.rows_rejected:,} rejected"
    words += f", {reading.rows_located:,} located by name" if reading.rows_located else ""
    return words + (f" (see {plain(rejects)})" if rejects is not None else "")


def check_reading(reading: ReadingArguments) -> None:
    """See that no option is given that is about one file.

    Raises:
        UsageError: There is one (BM539).
    """
    for name, value in (("--rejects", reading.rejects), ("--save-mapping", reading.save_mapping)):
        if value is not None:
            raise UsageError(f"{name} names one file", hint=FAULTS["BM539"].cure, code="BM539")
