"""``bordermap check``: what is in a file, what is wrong with it, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bordermap.cli.options import ReadingArguments, inputs_argument, reading_options
from bordermap.cli.reading import counts_line, exit_code, read_inputs, write_rejects
from bordermap.cli.rows import print_json
from bordermap.text import plain

if TYPE_CHECKING:
    from bordermap.incidents.reading import Outcome
    from bordermap.incidents.report import Issue, LayerReport

_COLOURS = {"error": "red", "warning": "yellow"}


@click.command("check")
@inputs_argument
@reading_options
@click.option(
    "--format", "output_format", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="How to print what was found.",
)  # fmt: skip
def check(inputs: tuple[Path, ...], reading: ReadingArguments, output_format: str) -> int:
    """Say what is in a file, what is wrong with it, and what to do; nothing is written unless asked.

    INPUT is any file of incidents: CSV, TSV, Excel, ODS, JSON, GeoJSON, GeoPackage, Shapefile, FlatGeobuf,
    KML, KMZ, GPX, GeoParquet, a zip or gz of these, a casebook's folder, or - for standard input. Exports of
    ACLED, UCDP, GTD and GDELT and timemap files are recognised by their content.

    Exit codes: 0 all rows can be used, 1 nothing can, 3 some rows cannot.
    """
    outcome = read_inputs(inputs, reading)
    rejects = write_rejects(outcome, reading.rejects) if reading.rejects is not None else None
    if output_format == "json":
        print_json(as_json(outcome))
    elif not reading.quiet:
        for layer in outcome.reading.layers:
            _print_layer(layer)
        click.echo(counts_line(outcome, rejects))
    if output_format == "table":
        for issue in outcome.reading.issues:
            _print_issue(issue)
    if outcome.casebook is None and outcome.error is not None:
        raise outcome.error
    return exit_code(outcome)


def as_json(outcome: Outcome) -> dict[str, object]:
    """What was found, as plain values with the names of the codebook."""
    reading = outcome.reading
    return {
        "rows_read": reading.rows_read,
        "rows_used": reading.rows_used,
        "rows_rejected": reading.rows_rejected,
        "rows_located": reading.rows_located,
        "dialect": _all(layer.dialect for layer in reading.layers),
        "encoding": _all(layer.facts.get("encoding", "") for layer in reading.layers),
        "issues": [_issue_values(issue) for issue in reading.issues],
        "layers": [_layer_values(layer) for layer in reading.layers],
    }


def _all(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(word for word in words if word))


def _issue_values(issue: Issue) -> dict[str, object]:
    return {
        "code": issue.code,
        "severity": issue.severity,
        "count": issue.count,
        "message": issue.message,
        "cure": issue.cure,
        "places": list(issue.places),
    }


def _layer_values(layer: LayerReport) -> dict[str, object]:
    return {
        "file": layer.file,
        "member": layer.member,
        "layer": layer.layer,
        "format": layer.format,
        "dialect": layer.dialect,
        "recognised_by": layer.reason,
        "rows_read": layer.rows_read,
        "rows_used": layer.rows_used,
        "rows_rejected": layer.rows_rejected,
        "rows_located": layer.rows_located,
        "found": dict(layer.facts),
        "columns": {name: list(theirs) for name, theirs in layer.used.items()},
        "kept": list(layer.kept),
        "notes": list(layer.notes),
        "period": list(layer.period),
        "bounds": list(layer.bounds) if layer.bounds else None,
        "countries": dict(layer.countries),
    }


def _print_layer(layer: LayerReport) -> None:
    label = " › ".join(filter(None, (layer.file, layer.member, layer.layer)))
    click.secho(plain(label), bold=True)
    for words, text in _layer_lines(layer):
        if text:
            click.echo(plain(f"  {words:<10} {text}"))
    for note in layer.notes:
        click.echo(plain(f"  note       {note}"))


def _layer_lines(layer: LayerReport) -> list[tuple[str, str]]:
    bounds = (
        layer.bounds
        and f"{layer.bounds[0]:.4g}–{layer.bounds[2]:.4g}° E, {layer.bounds[1]:.4g}–{layer.bounds[3]:.4g}° N"
    )
    return [
        ("format", layer.format),
        ("dialect", f"{layer.dialect} ({layer.reason})" if layer.dialect else "none: not used"),
        *((name.replace("_", " "), value) for name, value in layer.facts.items()),
        ("columns", ", ".join(_used(ours, theirs) for ours, theirs in layer.used.items())),
        ("kept", ", ".join(layer.kept)),
        ("period", " to ".join(dict.fromkeys(day for day in layer.period if day))),
        ("bounds", bounds or ""),
        ("countries", _most(layer)),
        ("rows", f"{layer.rows_read:,} read, {layer.rows_used:,} used, {layer.rows_rejected:,} rejected"),
    ]


def _most(layer: LayerReport) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in list(layer.countries.items())[:12])


def _used(ours: str, theirs: tuple[str, ...]) -> str:
    return f"{ours} ← {' + '.join(theirs)}" if theirs and theirs != (ours,) else ours


def _print_issue(issue: Issue) -> None:
    often = f", {issue.count:,} rows" if issue.count > 1 else ""
    click.secho(f"{issue.severity} {issue.code}{often}: ", fg=_COLOURS[issue.severity], nl=False)
    click.echo(plain(issue.message))
    for place in issue.places:
        click.echo(plain(f"  at {place}"))
    click.echo(plain(f"  do {issue.cure}"))
