"""``bordermap borders``: the land borders of a country, with lengths and line status."""

from __future__ import annotations

import textwrap
from typing import Any

import click

from bordermap.cli.options import format_option
from bordermap.cli.rows import print_csv, print_json
from bordermap.codebook import ENDORSEMENT, LINE_STATUSES, label
from bordermap.text import plain

_WIDTH = 80
#: Columns of the csv; json has them too, and all that was published beside.
_COLUMNS = (
    "border_pair", "part", "neighbour", "neighbour_name", "length_km", "published_km", "publisher", "year",
    "difference_percent", "line_status", "line_status_by", "accuracy_m", "note",
)  # fmt: skip
_CLOSING = (
    "Lengths are geodesic on WGS84 along the shipped line; ± is how far that line may be off. "
    f"Lines © OpenStreetMap contributors (ODbL). {ENDORSEMENT}"
)


@click.command("borders")
@click.argument("country")
@format_option
def borders(country: str, output_format: str) -> None:
    """List the land borders of a country, with lengths and line status.

    COUNTRY is an ISO 3166-1 alpha-3 code or an English name (AFG, Afghanistan), a pair (AFG-TJK), or world.
    Lengths are geodesic on WGS84, beside what others have published.
    """
    rows = _rows(country)
    if output_format == "csv":
        print_csv(rows, _COLUMNS)
    elif output_format == "json":
        print_json(rows)
    else:
        click.echo(_table(rows))


def _rows(country: str) -> list[dict[str, Any]]:
    from bordermap.geometry.borders import lengths, read_borders

    found = read_borders(country)
    table = lengths(found)
    published: dict[tuple[str, str], list[dict[Any, Any]]] = {}
    for row in table.to_dict("records"):
        published.setdefault((row["border_pair"], row["part"]), []).append(row)
    return [_row(row, published[row["border_pair"], row["part"]]) for row in found.to_dict("records")]


def _row(border: dict[Any, Any], published: list[dict[Any, Any]]) -> dict[str, Any]:
    known = [_published(row) for row in published if row["published_km"] == row["published_km"]]
    first = known[0] if known else {}
    neighbour = border.get("neighbour") or border["country_b"]
    row = {
        "neighbour": neighbour,
        "neighbour_name": border.get("neighbour_name") or border["border_pair"],
        "length_km": round(float(border["length_km"]), 3),
        **{key: first.get(key) for key in ("published_km", "publisher", "year", "difference_percent")},
        "accuracy_m": round(float(border["accuracy_m"])),
    }
    same = {
        key: border[key] or "" for key in ("border_pair", "part", "line_status", "line_status_by", "note")
    }
    return {**{key: {**row, **same}[key] for key in _COLUMNS}, "published": known}


def _published(row: dict[Any, Any]) -> dict[str, Any]:
    return {
        "published_km": float(row["published_km"]),
        "publisher": row["publisher"],
        "year": int(row["year"]) if row["year"] else None,
        "note": row["published_note"],
        "difference_percent": round(float(row["difference_percent"]), 2),
    }


def _table(rows: list[dict[str, Any]]) -> str:
    head = f"{'neighbour':<22} {'length km':>10} {'published':>10} {'diff.':>7}  {'line status':<16} {'±':>6}"
    lines = [head, "─" * len(head), *(_line(row) for row in rows)]
    if len(rows) > 1:
        lines.append(f"{'total':<22} {sum(row['length_km'] for row in rows):>10,.1f}")
    notes = [*_notes(rows), _wrap(_CLOSING)]
    return "\n\n".join(["\n".join(lines), *notes])


def _line(row: dict[str, Any]) -> str:
    name = f"{row['neighbour']} {row['part'] or row['neighbour_name']}"
    published = f"{row['published_km']:,.0f}" if row["published_km"] else "–"
    difference = f"{row['difference_percent']:+.1f} %" if row["published_km"] else ""
    status = label(LINE_STATUSES, row["line_status"])
    return (
        f"{plain(name)[:22]:<22} {row['length_km']:>10,.1f} {published:>10} {difference:>7}  "
        f"{plain(status)[:16]:<16} {row['accuracy_m']:>4} m"
    )


def _notes(rows: list[dict[str, Any]]) -> list[str]:
    """One paragraph a border: what was published, who speaks of the line's status, and the note."""
    paragraphs = []
    for row in rows:
        lengths = "; ".join(_quoted(each) for each in row["published"])
        status = label(LINE_STATUSES, row["line_status"]).capitalize()
        by = f"{status}: {row['line_status_by']}" if row["line_status_by"] else ""
        parts = [f"Published: {lengths}" if lengths else "", by, row["note"]]
        text = " ".join(f"{part.rstrip('.')}." for part in parts if part)
        if text:
            paragraphs.append(_wrap(f"{row['neighbour']}  {text}", indent="     "))
    return paragraphs


def _quoted(published: dict[str, Any]) -> str:
    year = f", {published['year']}" if published["year"] else ", no year"
    return f"{published['published_km']:,g} ({published['publisher']}{year})"


def _wrap(text: str, indent: str = "") -> str:
    return textwrap.fill(plain(text), _WIDTH, subsequent_indent=indent, break_on_hyphens=False)
