"""How every command reads its inputs: options to values, a word of what came of it, rejects to their file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bordermap.cli.options import ReadingArguments
from bordermap.cli.progress import progress_bar
from bordermap.cli.rows import csv_text
from bordermap.errors import UsageError
from bordermap.text import plain

if TYPE_CHECKING:
    from bordermap.incidents.casebook import Casebook
    from bordermap.incidents.options import Limits, ReadOptions
    from bordermap.incidents.reading import Outcome

_MEGABYTE = 1_000_000
_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


def read_inputs(inputs: Sequence[Path], reading: ReadingArguments) -> Outcome:
    """Read the inputs of a command, with a progress bar where it takes long.

    Args:
        inputs: As given; ``-`` is standard input.
        reading: The options of reading.

    Returns:
        What reading gave; nothing is raised for a faulty input.

    Raises:
        UsageError: An option does not fit (BM203, BM204).
        InputError: A mapping or choices file is faulty.
    """
    from bordermap.incidents.reading import read_all

    options = read_options(reading)
    with progress_bar(quiet=reading.quiet) as progress:
        outcome = read_all([str(path) if str(path) == "-" else path for path in inputs], options, progress)
    if reading.save_mapping is not None:
        _save_mapping(reading.save_mapping, options, outcome)
    return outcome


def read_options(reading: ReadingArguments) -> ReadOptions:
    """The options of the command line as the readers take them; a mapping file is read first."""
    from bordermap.incidents.options import ReadOptions

    base: dict[str, Any] = {}
    if reading.mapping is not None:
        from bordermap.incidents.dialects.mapping import options_from_mapping

        base = options_from_mapping(reading.mapping)
    named = {**base.pop("columns", {}), **_columns(reading.columns)}
    options = ReadOptions(columns=named, limits=_limits(reading), **base)
    return replace(options, **_changes(reading))


def _changes(reading: ReadingArguments) -> dict[str, Any]:
    names = ("dialect", "date_order", "source_crs", "encoding", "decimal", "header_row", "rights", "accessed")
    given = {name: getattr(reading, name) for name in names if getattr(reading, name)}
    given |= {"layers": reading.layers, "strict": reading.strict, "locate": reading.locate}
    given |= {"hold_rights": reading.hold_rights}
    if reading.delimiter:
        given["delimiter"] = _delimiter(reading.delimiter)
    if reading.accessed:
        _check_date(reading.accessed)
    if reading.choices is not None:
        from bordermap.incidents.naming.choices import read_choices

        given["choices"] = read_choices(reading.choices)
    return given


def _columns(pairs: Sequence[str]) -> Mapping[str, str]:
    named = {}
    for pair in pairs:
        ours, sign, theirs = pair.partition("=")
        if not sign or not ours.strip() or not theirs:
            raise UsageError(
                f"--column {pair}: not OURS=THEIRS",
                hint="Write our name, =, and the name in the file, for example --column latitude=LAT_DD.",
                code="BM203",
            )
        named[ours.strip()] = theirs
    return named


def _delimiter(text: str) -> str:
    sign = _DELIMITERS.get(text, text)
    if len(sign) != 1 or sign in '"\r\n':
        raise UsageError(
            f"--delimiter {text}: not one character",
            hint="Write one character, or tab.",
            code="BM204",
        )
    return sign


def _check_date(text: str) -> None:
    from bordermap.incidents.dates import is_date

    if not is_date(text):
        raise UsageError(f"--accessed {text}: not a date", hint="Write it as 2026-05-01.", code="BM205")


def _limits(reading: ReadingArguments) -> Limits:
    from bordermap.incidents.options import Limits

    size = reading.max_size * _MEGABYTE if reading.max_size is not None else None
    given = {
        "bytes_read": size, "bytes_unpacked": size, "ratio": reading.max_ratio,
        "members": reading.max_members, "columns": reading.max_columns,
    }  # fmt: skip
    return replace(Limits(), **{name: value for name, value in given.items() if value is not None})


def _save_mapping(path: Path, options: ReadOptions, outcome: Outcome) -> None:
    from bordermap.incidents.dialects.mapping import write_mapping

    found = next((layer for layer in outcome.reading.layers if layer.used), None)
    write_mapping(path, options, found)
    click.echo(f"wrote {plain(path)}", err=True)


def usable(outcome: Outcome) -> Casebook:
    """The casebook that reading gave.

    Raises:
        InputError: Nothing could be used; the first fault says why.
    """
    from bordermap.incidents.reading import nothing_usable

    if outcome.casebook is None:
        raise outcome.error or nothing_usable(outcome.reading)
    return outcome.casebook


def exit_code(outcome: Outcome) -> int:
    """0: all rows used; 1: nothing usable; 3: some rows, or one of several inputs, could not be used."""
    if outcome.casebook is None:
        return 1
    return 3 if outcome.reading.rows_rejected or outcome.error is not None else 0


def say_outcome(outcome: Outcome, reading: ReadingArguments, rejects: Path | None) -> None:
    """Say on standard error what became of the rows, and what was odd; write the rejects to their file.

    Args:
        outcome: As read.
        reading: The options of reading.
        rejects: Where rejected rows go unless said otherwise; None: nowhere.

    Raises:
        OutputError: The rejects could not be written.
    """
    target = reading.rejects or rejects
    where = write_rejects(outcome, target) if target is not None else None
    if outcome.casebook is None:
        return  # the error that follows says it all
    if not reading.quiet:
        click.echo(counts_line(outcome, where), err=True)
    for issue in outcome.reading.issues:
        if issue.severity == "error" or not reading.quiet:
            click.echo(issue_line(issue), err=True)
    if reading.verbose and not reading.quiet:
        for line in found_lines(outcome):
            click.echo(line, err=True)


def counts_line(outcome: Outcome, rejects: Path | None) -> str:
    """Rows read, used and rejected, in one line."""
    reading = outcome.reading
    words = f"{reading.rows_read:,} rows read: {reading.rows_used:,} used, {reading.rows_rejected:,} rejected"
    words += f", {reading.rows_located:,} located by name" if reading.rows_located else ""
    return words + (f" (see {plain(rejects)})" if rejects is not None else "")


def issue_line(issue: Any) -> str:
    """One kind of fault in one line: how grave, how often, what, where first."""
    often = f" in {issue.count:,} rows" if issue.count > 1 else ""
    where = f" (first: {issue.places[0]})" if issue.places else ""
    return plain(f"{issue.severity} {issue.code}{often}: {issue.message}{where}")


def found_lines(outcome: Outcome) -> list[str]:
    """What was found out of each layer, a line each."""
    lines = []
    for layer in outcome.reading.layers:
        label = " › ".join(filter(None, (layer.file, layer.member, layer.layer)))
        facts = "; ".join(f"{name} {value}" for name, value in layer.facts.items())
        lines.append(
            plain(f"{label}: {layer.dialect or 'not used'} ({layer.reason or layer.format}); {facts}")
        )
        lines += [plain(f"  {note}") for note in layer.notes]
    return lines


def write_rejects(outcome: Outcome, path: Path) -> Path | None:
    """Write the rejected rows to their file; one of ours is replaced, and emptied where none were rejected.

    Returns:
        The path, where there is anything to see.

    Raises:
        OutputError: It could not be written, or another file stands there.
    """
    from bordermap.files import write_atomically

    columns = [str(name) for name in outcome.rejects.columns]
    header = ",".join(columns)
    rejects = outcome.rejects
    if rejects.empty and not (path.is_file() and _is_rejects(path, header)):
        return None
    records = rejects.to_dict("records")
    data = csv_text([{str(k): v for k, v in row.items()} for row in records], columns).encode()
    write_atomically(path, data, ours=lambda found: _is_rejects(found, header))
    return path if not rejects.empty else None


def _is_rejects(path: Path, header: str) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            return stream.readline().rstrip("\r\n") == header
    except OSError:
        return False


def rejects_beside(output: Path) -> Path:
    """Where rejected rows go when nothing is said: beside the output, under its name.

    Example:
        >>> str(rejects_beside(Path("maps/north.html")))
        'maps/north.rejects.csv'
    """
    return output.with_name(f"{output.stem}.rejects.csv")
