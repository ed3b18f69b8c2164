"""The bundled casebook: hand-written tables, brought into one canonical form and checked.

The tables under ``geodata/data/casebook`` are the source and the result. What is written by hand stays as it
is, row by row; this script settles quoting, line ends and the order of columns, fills the one derived column,
and refuses a table whose ids or codes do not fit. Run on its own output it changes nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bordermap.codebook import ABOUTS
from bordermap.incidents.columns import Column, Table
from bordermap.incidents.dates import is_date
from bordermap.incidents.tables import TABLES

Row = dict[str, str]
Tables = Mapping[str, Sequence[Row]]

SOURCE = Path(__file__).resolve().parent.parent / "data" / "casebook"
ABOUT = "casebook.toml"
#: A denial of one of these leaves the status alone and is told beside it (codebook §3).
BESIDE = ("actor", "nature", "casualties")


def build(out: Path, cache: Path) -> list[Path]:
    """Write the casebook in its canonical form.

    Args:
        out: The folder of shipped data; the casebook goes into its folder ``casebook``.
        cache: Not used: nothing is fetched for the casebook.

    Returns:
        The files written.

    Raises:
        SystemExit: An id, a code or a date does not fit, or a row lacks what every row of its kind needs.
    """
    tables = {name: _read(SOURCE / table.file) for name, table in TABLES.items()}
    if found := list(_faults(tables)):
        raise SystemExit("\n".join(["the casebook does not fit:", *found]))
    tables["incidents"] = _with_disputes(tables)
    about = (SOURCE / ABOUT).read_text(encoding="utf-8")
    files = {TABLES[name].file: _canonical(TABLES[name], rows) for name, rows in tables.items()}
    files[ABOUT] = about
    folder = out / "casebook"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return [folder / name for name in sorted(files)]


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream, strict=True)
        return [{name: (text or "").strip() for name, text in row.items()} for row in rows]


def _canonical(table: Table, rows: Sequence[Row]) -> str:
    """The rows as text: the table's order of columns, quoted only where needed, one line feed a row."""
    names = [name for name in table.names if any(name in row for row in rows)]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, names, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _with_disputes(tables: Tables) -> list[Row]:
    """The incidents with ``disputed_about``: which aspects beside the core somebody denies."""
    denied: dict[str, set[str]] = {}
    for claim in tables["claims"]:
        if claim["stance"] == "denies" and claim["about"] in BESIDE:
            denied.setdefault(claim["event_id"], set()).add(claim["about"])
    return [
        {**row, "disputed_about": " ".join(a for a in ABOUTS if a in denied.get(row["event_id"], ()))}
        for row in tables["incidents"]
    ]


def _faults(tables: Tables) -> Iterator[str]:
    ids = {name: {row[table.key[0]] for row in tables[name]} for name, table in TABLES.items() if table.key}
    for name, table in TABLES.items():
        yield from _key_faults(table, tables[name])
        for number, row in enumerate(tables[name], start=2):
            for column in table.columns:
                yield from _value_faults(f"{table.file}, line {number}, {column.name}", column, row, ids)
    yield from _lonely_faults(tables)


def _key_faults(table: Table, rows: Sequence[Row]) -> Iterator[str]:
    unknown = {name for row in rows for name in row} - set(table.names)
    if unknown:
        yield f"{table.file}: columns that the codebook does not know: {', '.join(sorted(unknown))}"
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, start=2):
        key = tuple(row.get(name, "") for name in table.key)
        if table.key and key in seen:
            yield f"{table.file}, line {number}: {' and '.join(key)} stands there twice"
        seen.add(key)


def _value_faults(where: str, column: Column, row: Row, ids: Mapping[str, set[str]]) -> Iterator[str]:
    text = row.get(column.name, "")
    if not text:
        if column.required:
            yield f"{where}: empty"
        return
    words = text.split() if column.kind in ("codes", "references") else [text]
    if column.codes and not set(words) <= set(column.codes):
        yield f"{where}: {text!r} is no code"
    if column.refers and not set(words) <= set().union(*(ids[name] for name in column.refers)):
        yield f"{where}: {text!r} names nothing"
    if column.kind in ("date", "loose_date") and not is_date(text, loose=column.kind == "loose_date"):
        yield f"{where}: {text!r} is no date"


def _lonely_faults(tables: Tables) -> Iterator[str]:
    """Incidents without a claim or a place, claims without a source."""
    claimed = {row["event_id"] for row in tables["claims"]}
    sourced = {row["claim_id"] for row in tables["claim_sources"]}
    located = {row["claim_id"] for row in tables["locations"]}
    placed = {row["event_id"] for row in tables["claims"] if row["claim_id"] in located}
    for row in tables["incidents"]:
        if row["event_id"] not in claimed & placed:
            yield f"incidents.csv: {row['event_id']} has no claim or no location"
    for row in tables["claims"]:
        if row["claim_id"] not in sourced:
            yield f"claims.csv: {row['claim_id']} has no source"
