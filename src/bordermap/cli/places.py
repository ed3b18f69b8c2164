"""``bordermap places``: find a place by its name in any script."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING

import click

from bordermap.cli.options import format_option
from bordermap.cli.rows import print_csv, print_json
from bordermap.text import plain

if TYPE_CHECKING:
    from bordermap.geometry.places import Candidate, PlaceMatches

_WIDTH = 80
#: Heading and width of each column of the table, and whether its numbers stand to the right.
_COLUMNS = (("name", 20, ""), ("kind", 10, ""), ("country", 7, ""), ("admin1", 16, ""),
            ("lon", 9, ">"), ("lat", 8, ">"))  # fmt: skip


@click.command("places")
@click.argument("name")
@click.option("--country", metavar="ISO3", help="Only places in this country, for example AFG.")
@click.option("--kind", metavar="KIND", help="Only this kind: settlement, crossing, admin1, …")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="The most places to list."
)
@format_option
def places(name: str, country: str | None, kind: str | None, limit: int, output_format: str) -> None:
    """Find a place by its name in any script, and say how it matched.

    Accents, apostrophes, hyphens and the case of letters do not matter. Where several places bear the name
    all are listed, and none is chosen. Coordinates are degrees of longitude and latitude on WGS84.

    For example: bordermap places "Хайратон"
    """
    from bordermap.geometry.places import find_places, no_match

    matches = find_places(name, country=country, kind=kind, limit=limit)
    if not matches.candidates:
        raise no_match(matches)
    if output_format == "table":
        click.echo(_table(matches))
        return
    records = _records(matches)
    if output_format == "csv":
        print_csv(records, list(records[0]))
    else:
        print_json(records)
    if matches.ambiguous:
        click.echo(_headline(matches), err=True)


def _headline(matches: PlaceMatches) -> str:
    from bordermap.geometry.places import shown

    query = shown(matches.query, 40)
    if not matches.ambiguous:
        return f"One place matches “{query}”."
    shortened = f" (the first {len(matches)} are listed)" if len(matches) < matches.total else ""
    return f"{matches.total} places match “{query}”; none was chosen{shortened}."


def _table(matches: PlaceMatches) -> str:
    heading = "  ".join(_cell(title, width, align) for title, width, align in _COLUMNS).rstrip()
    blocks = [_block(candidate) for candidate in matches]
    return "\n\n".join([_headline(matches), f"{heading}\n{blocks[0]}", *blocks[1:]])


def _block(candidate: Candidate) -> str:
    longitude, latitude = _point(candidate)
    admin1 = candidate.admin1 or candidate.admin1_code
    values = (candidate.name, candidate.kind, candidate.country, admin1, longitude or "-", latitude or "-")
    cells = [_cell(value, width, align) for value, (_, width, align) in zip(values, _COLUMNS, strict=True)]
    lines = ["  ".join(cells).rstrip(), *_wrapped(_how(candidate)), *_wrapped(_origin(candidate))]
    return "\n".join([*lines, *_wrapped(candidate.note)])


def _how(candidate: Candidate) -> str:
    spelling = f"“{candidate.matched_name}”"
    tag = f" ({candidate.matched_lang})" if candidate.matched_lang else ""
    likeness = f", {candidate.score:.0f} % alike" if candidate.score < 100 else ""
    unverified = ", a spelling not verified" if candidate.matched_source.startswith("unverified") else ""
    return f"matched: {candidate.how} {spelling}{tag}{likeness}{unverified}"


def _origin(candidate: Candidate) -> str:
    point = "" if _point(candidate)[0] else "coordinates not known; "
    point = "an area, not a point; " if _is_area(candidate) else point
    return f"key: {candidate.place_key}; {point}source: {candidate.source}"


def _is_area(candidate: Candidate) -> bool:
    from bordermap.geometry.places import AREAL_KINDS

    return candidate.kind in AREAL_KINDS


def _point(candidate: Candidate) -> tuple[str, str]:
    """Coordinates as text; empty for areas, which no single point stands for, and where none are known."""
    if candidate.lon is None or candidate.lat is None or _is_area(candidate):
        return "", ""
    return f"{candidate.lon:.4f}", f"{candidate.lat:.4f}"


def _wrapped(text: str) -> list[str]:
    indent = "    "
    return textwrap.wrap(
        plain(text), _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _cell(text: str, width: int, align: str) -> str:
    """Text cut or filled to a width, counted in columns of a terminal."""
    clean = plain(text)
    if _columns(clean) > width:
        while _columns(clean) > width - 1:
            clean = clean[:-1]
        clean += "…"
    space = " " * (width - _columns(clean))
    return space + clean if align == ">" else clean + space


def _columns(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.category(c) in ("Mn", "Me", "Cf") for c in text)


def _records(matches: PlaceMatches) -> list[dict[str, object]]:
    """One row per candidate; columns that a casebook's places table has too bear its names."""
    return [
        {
            "place_id": c.place_key,
            "name": c.name,
            "matched_name": c.matched_name,
            "matched_lang": c.matched_lang,
            "matched_source": c.matched_source,
            "how": c.how,
            "score": c.score,
            "ambiguous": matches.ambiguous,
            "kind": c.kind,
            "country": c.country,
            "admin1_code": c.admin1_code,
            "admin1": c.admin1,
            "longitude": None if _is_area(c) else c.lon,
            "latitude": None if _is_area(c) else c.lat,
            "label_longitude": c.lon if _is_area(c) else None,
            "label_latitude": c.lat if _is_area(c) else None,
            "population": c.population or None,
            "geonames_id": c.geonames_id,
            "coord_source": c.source,
            "note": c.note,
        }
        for c in matches
    ]
