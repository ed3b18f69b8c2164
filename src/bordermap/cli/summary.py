"""``bordermap summary``: incidents counted by border, time, place or party, and the border as a strip."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bordermap.cli.border_option import border_lines, border_option, read_border
from bordermap.cli.engine import EngineArguments, chosen_engine, engine_options, is_folder_of_parts
from bordermap.cli.options import ReadingArguments, format_option, overwrite_option, reading_options
from bordermap.errors import UsageError
from bordermap.explanations import FAULTS
from bordermap.text import plain

if TYPE_CHECKING:
    from bordermap.incidents.casebook import Casebook

_STRIPS = (".svg", ".png", ".pdf", ".csv", ".json")


@click.command("summary")
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path, allow_dash=True), metavar="[INPUT...]")
@border_option
@click.option(
    "--by",
    "by",
    multiple=True,
    metavar="KEY",
    help="What to count by; several with commas between.  [default: border_pair]",
)
@click.option("--every-km", type=float, metavar="N", help="Cut each border line into parts of N kilometres.")
@click.option(
    "--within-km", type=float, metavar="X", help="Only incidents within X kilometres of the border."
)
@click.option("--rate", is_flag=True, help="Add a rate per 100 km and year; none under ten incidents.")
@click.option("--change", is_flag=True, help="Add the change of the count against the period before.")
@click.option(
    "--ranges", is_flag=True, help="Say whether reported origins and impacts fit published maximum ranges."
)
@click.option(
    "--strip",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the border as a strip, kilometre by time: .svg, .png, .pdf, or .csv, .json.",
)
@format_option
@overwrite_option
@engine_options
@reading_options
def summary(
    inputs: tuple[Path, ...], engine: EngineArguments, reading: ReadingArguments, **options: Any
) -> int:
    """Count incidents by border, time, place or party; the uncertain ones apart.

    INPUT is any file of incidents that `bordermap check` understands. Without it, the bundled casebook is
    counted: incidents reported on Afghanistan's northern border, 2022-2026.

    \b
    KEY is one of:
    border_pair     the border between two countries
    neighbour       the country on its other side
    border_stretch  between the same first-order areas on both sides
    every_km        parts of N km along the line, with --every-km N
    mark            between named marks along the line
    country admin1  where the place lies
    week month year
    incident_type status party dataset

    An incident counts as certain where it surely is, and as possible in every group where it may be; the
    total counts it once. What was not collected shows as –, which is not 0.
    """  # noqa: D301 (click wants the character itself)
    from bordermap.analysis.plans import plan_of

    if options["strip"] is not None and options["strip"].suffix.lower() not in _STRIPS:
        raise UsageError(
            f"{options['strip']}: no strip is written so",
            hint=f"Give --strip a name that ends in {', '.join(_STRIPS)}.",
            code="BM511",
        )
    # Keys that do not exist are told before what takes long is read; what they need is known later.
    plan_of([key for key in _keys(options["by"]) if key not in ("every_km", "mark", "neighbour")])
    chosen_engine(engine)
    if engine.engine == "dask" or any(map(is_folder_of_parts, inputs)):
        return _summarize_folder(inputs, engine, reading, options)
    if not inputs:
        from bordermap.incidents.casebook import read_casebook

        _summarize(read_casebook(), options)
        return 0
    from bordermap.cli.reading import exit_code, read_inputs, rejects_beside, say_outcome, usable

    outcome = read_inputs(inputs, reading)
    # Without a file of its own beside which they could stand, rejects go into the current folder.
    named = "incidents" if str(inputs[0]) == "-" else inputs[0].resolve().name
    say_outcome(outcome, reading, rejects_beside(options["strip"] or Path(named)))
    _summarize(usable(outcome), options)
    return exit_code(outcome)


def _summarize_folder(
    inputs: tuple[Path, ...], engine: EngineArguments, reading: ReadingArguments, options: dict[str, Any]
) -> int:
    """Count a folder of parts, one part after another, or by the workers of Dask."""
    if len(inputs) != 1 or options["strip"] is not None or options["ranges"]:
        raise UsageError(
            "a folder of parts is counted by itself, without --strip and --ranges",
            hint=FAULTS["BM514"].cure,
            code="BM514",
        )
    from bordermap.analysis.coverage import covered_by
    from bordermap.analysis.summary_notes import summary_notes
    from bordermap.cli.engine import exit_code, summarize_folder
    from bordermap.cli.summary_output import print_summary

    how = {name: options[name] for name in ("every_km", "within_km", "rate", "change")}
    found = summarize_folder(
        inputs[0],
        _keys(options["by"]) or None,
        engine,
        reading,
        borders=border_lines(options["border"]),
        **how,
    )
    notes = summary_notes(found.table, found.plan, covered_by(found.about), found.about)
    print_summary(found.table, found.plan, notes, None, options["output_format"])
    return exit_code(found.reading, found.failed)


def _keys(given: Iterable[str]) -> tuple[str, ...]:
    """Keys may stand in several options, or in one with commas between."""
    return tuple(key.strip() for one in given for key in one.split(",") if key.strip())


def _summarize(casebook: Casebook, options: dict[str, Any]) -> None:
    from bordermap.analysis.coverage import covered_by
    from bordermap.analysis.plans import BORDER_KEYS
    from bordermap.analysis.summarizing import plan_for, summarize
    from bordermap.analysis.summary_notes import summary_notes
    from bordermap.cli.summary_output import print_summary

    by = _keys(options["by"]) or None
    keys = set(by or ("border_pair",))
    along = options["every_km"] is not None or options["strip"] is not None
    placed = along or options["within_km"] is not None or bool(keys & {*BORDER_KEYS, "country", "admin1"})
    borders = None
    if placed:
        from bordermap.analysis.enriching import enrich

        borders = read_border(options["border"])
        casebook = enrich(casebook, borders, locations=False)
    lengths = {name: options[name] for name in ("every_km", "within_km")}
    table = summarize(
        casebook, by, borders=borders, rate=options["rate"], change=options["change"], **lengths
    )
    plan = plan_for(casebook, by, borders=borders, **lengths)
    notes = summary_notes(table, plan, covered_by(casebook.about), casebook.about)
    ranges = None
    if options["ranges"]:
        from bordermap.analysis.fits import range_statements

        ranges = range_statements(casebook)
    if options["strip"] is not None:
        _write_strip(casebook, borders, options)
    print_summary(table, plan, notes, ranges, options["output_format"])


def _write_strip(casebook: Casebook, borders: Any, options: dict[str, Any]) -> None:
    from bordermap.analysis.periods import PERIODS
    from bordermap.analysis.strips import border_strip
    from bordermap.cli.summary_output import strip_file
    from bordermap.files import write_atomically

    period = next((key for key in _keys(options["by"]) if key in PERIODS), None)
    strip = border_strip(
        casebook, every_km=options["every_km"], period=period, within_km=options["within_km"], borders=borders
    )
    target: Path = options["strip"]
    write_atomically(
        target, strip_file(strip, target.suffix.lower(), casebook), overwrite=options["overwrite"]
    )
    click.echo(f"wrote {plain(target)}", err=True)
