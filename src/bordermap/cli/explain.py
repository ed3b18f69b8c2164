"""``bordermap explain``: the cause, an example and the cure of a fault's code."""

from __future__ import annotations

import json

import click

from bordermap.cli.options import format_option
from bordermap.cli.rows import csv_text
from bordermap.errors import UsageError
from bordermap.explanations import FAULTS, Fault
from bordermap.text import plain


@click.command("explain")
@click.argument("codes", nargs=-1, metavar="[CODE...]")
@format_option
def explain(codes: tuple[str, ...], output_format: str) -> None:
    """Tell the cause, an example and the cure of a code, for example BM154; without a code, of all."""
    found = [_fault(code) for code in codes] or list(FAULTS.values())
    if output_format == "table":
        click.echo("\n\n".join(_told(each) for each in found))
        return
    records = [
        {"code": f.code, "severity": f.severity, "cause": f.cause, "example": f.example, "cure": f.cure}
        for f in found
    ]
    text = json.dumps(records, indent=2) if output_format == "json" else csv_text(records, list(records[0]))
    click.echo(text, nl=output_format == "json")


def _fault(code: str) -> Fault:
    wanted = code.strip().upper()
    wanted = f"BM{wanted}" if wanted.isdigit() else wanted
    if wanted in FAULTS:
        return FAULTS[wanted]
    raise UsageError(
        f"there is no code {plain(code)}",
        hint="Codes are BM and three digits; `bordermap explain` lists them all.",
        code="BM206",
    )


def _told(fault: Fault) -> str:
    return "\n".join(
        [
            f"{fault.code} ({fault.severity})",
            f"  cause    {fault.cause}",
            f"  example  {fault.example}",
            f"  cure     {fault.cure}",
        ]
    )
