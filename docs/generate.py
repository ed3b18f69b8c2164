"""Writes the generated pages of docs/: codebook.md, cli.md, errors.md, lists in others. `--check` compares instead.

They are made from the tables and commands themselves, so that they cannot say anything else.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from bordermap import codebook
from bordermap.analysis.columns import COLUMNS
from bordermap.cli import COMMANDS
from bordermap.cli import bordermap as program
from bordermap.explanations import FAULTS
from bordermap.incidents import twins
from bordermap.incidents.columns import Column
from bordermap.incidents.flat import FLAT
from bordermap.incidents.tables import TABLES

HERE = Path(__file__).resolve().parent
NOTE = "<!-- Made by docs/generate.py from the code. Do not edit. -->\n"


def _codes(title: str, table: dict[str, codebook.Code]) -> str:
    rows = "\n".join(f"| `{code.key}` | {code.label} | {code.meaning} |" for code in table.values())
    return f"### {title}\n\n| code | on the page | meaning |\n| --- | --- | --- |\n{rows}\n"


def _holds(column: Column) -> str:
    """What a column holds, with its codes or the table it names."""
    if column.codes:
        return f"{column.meaning}: {', '.join(f'`{code}`' for code in column.codes)}"
    refers = f" (a row of {' or '.join(column.refers)})" if column.refers else ""
    return f"{column.meaning}{refers}"


TWINS = (
    ("ACLED geo_precision", twins.ACLED_PLACES), ("UCDP where_prec", twins.UCDP_PLACES),
    ("GTD specificity", twins.GTD_PLACES), ("GDELT ActionGeo_Type", twins.GDELT_PLACES),
    ("ACLED time_precision", twins.ACLED_DATES), ("UCDP date_prec", twins.UCDP_DATES),
    ("ACLED sub_event_type", twins.ACLED_SUB_EVENTS), ("ACLED event_type", twins.ACLED_EVENTS),
    ("UCDP type_of_violence", twins.UCDP_EVENTS), ("GTD attacktype1_txt", twins.GTD_EVENTS),
    ("GDELT EventRootCode and EventCode (CAMEO)", twins.CAMEO),
)  # fmt: skip


def _twins(title: str, table: Mapping[str, str] | Mapping[str, twins.Twin]) -> str:
    words = [(key, twin if isinstance(twin, str) else twin.incident_type) for key, twin in table.items()]
    rows = "\n".join(f"| {key} | `{ours}` |" for key, ours in words)
    return f"### {title}\n\n| theirs | ours |\n| --- | --- |\n{rows}\n"


def codebook_page() -> str:
    """Every table and every code of a casebook."""
    parts = [
        f"# The codebook\n\n{NOTE}\nWhat every column of a casebook holds, and what every code means. "
        "How claims become a status: [status.md](status.md).\n",
        "## Tables\n",
    ]
    for table in TABLES.values():
        rows = "\n".join(
            f"| `{column.name}` | {'yes' if column.required else ''} | {_holds(column)} |"
            for column in table.columns
        )
        parts.append(f"### {table.name}.csv\n\n| column | needed | holds |\n| --- | --- | --- |\n{rows}\n")
    columns = "\n".join(f"| `{column.name}` | {_holds(column)} |" for column in FLAT.columns)
    parts.append(
        "## The flat table\n\nOne row an incident: what CSV, GeoJSON, GeoParquet, FlatGeobuf and KML hold, and what "
        f"every other dataset is brought into. Columns of the source stay beside these.\n\n"
        f"| column | holds |\n| --- | --- |\n{columns}\n"
    )
    parts.append("## Twins: codes of known datasets\n")
    parts += [_twins(*each) for each in TWINS]
    parts.append("## Codes\n")
    for title, codes in (
        ("Status", codebook.STATUSES), ("Stance", codebook.STANCES), ("About", codebook.ABOUTS),
        ("Role of a location", codebook.ROLES), ("Precision", codebook.PRECISIONS),
        ("Basis of a location", codebook.LOCATION_BASES), ("Type of incident", codebook.INCIDENT_TYPES),
        ("Kind of party", codebook.PARTY_KINDS), ("Kind of context", codebook.CONTEXT_KINDS),
        ("Status of a line", codebook.LINE_STATUSES),
    ):  # fmt: skip
        parts.append(_codes(title, codes))
    return "\n".join(parts)


def cli_page() -> str:
    """The help of every command."""
    parts = [f"# The command line\n\n{NOTE}"]
    with click.Context(program, info_name="bordermap") as context:
        parts.append(f"```text\n{program.get_help(context)}\n```\n")
        for name in sorted(COMMANDS):
            command: click.Command = getattr(importlib.import_module(f"bordermap.cli.{name}"), name)
            with click.Context(command, info_name=name, parent=context, terminal_width=100) as inner:
                parts.append(f"## bordermap {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "\n".join(parts)


def errors_page() -> str:
    """Every fault: code, cause, example, cure."""
    rows = "\n".join(
        f"| {fault.code} | {fault.severity} | {fault.cause} | `{fault.example}` | {fault.cure} |".replace(
            "\n", " "
        )
        for fault in FAULTS.values()
    )
    words = (
        "An error rejects the row, the file or the command; a warning is said, and the row is used "
        "(`--strict` makes it an error). `bordermap explain CODE` tells the same.\n"
    )
    return f"# Faults\n\n{NOTE}\n{words}\n| code | | cause | example | cure |\n| --- | --- | --- | --- | --- |\n{rows}\n"


def architecture_page() -> str:
    """The architecture page with its list of modules made anew from their first lines."""
    package = HERE.parent / "src" / "bordermap"
    lines: list[str] = []
    for path in sorted(package.rglob("*.py"), key=lambda path: (path.parent != package, path)):
        name = path.relative_to(package)
        said = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
        said = " ".join(said.split())
        if path.name == "__init__.py" and name.parent != Path():
            lines.append(f"\n**{name.parent}/** {said}\n")
        elif path.name not in ("__init__.py", "__main__.py"):
            lines.append(f"- `{name}`: {said}")
    text = (HERE / "architecture.md").read_text(encoding="utf-8")
    before, rest = text.split("<!-- modules", 1)
    marker, rest = rest.split("-->", 1)
    after = rest.split("<!-- end -->", 1)[1]
    listed = "\n".join(lines)
    return f"{before}<!-- modules{marker}-->\n\n{listed}\n\n<!-- end -->{after}"


def enriching_page() -> str:
    """The page on enriching with its table of columns made anew."""
    text = (HERE / "enriching.md").read_text(encoding="utf-8")
    before, rest = text.split("<!-- columns", 1)
    marker, rest = rest.split("-->", 1)
    after = rest.split("<!-- end of columns -->", 1)[1]
    rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in COLUMNS.items())
    table = f"| column | is |\n| --- | --- |\n{rows}"
    return f"{before}<!-- columns{marker}-->\n\n{table}\n\n<!-- end of columns -->{after}"


PAGES = {
    "architecture.md": architecture_page,
    "cli.md": cli_page,
    "codebook.md": codebook_page,
    "enriching.md": enriching_page,
    "errors.md": errors_page,
}


def main(check: bool) -> int:
    """Write the pages, or compare them with what stands there; 1 where one differs."""
    stale = []
    for name, make in PAGES.items():
        path, text = HERE / name, make()
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(name)
        elif not check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"stale: {', '.join(stale)}; run `make docs`")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
