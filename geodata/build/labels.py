"""Labels of the base map: countries, first-order areas, towns and rivers, with ranks (1 is drawn first)."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache as memoize
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

import naming
import provinces

NEAR_BORDER_DEGREES = 0.5
# Largest population that still gets the rank; the last number is the least population away from the border.
_RANKS = ((1_000_000, 2), (150_000, 3), (50_000, 4))
_DENSE = frozenset(("IND", "PAK", "CHN"))
_AREA_RANKS = {"AFG": 1, "TJK": 2, "UZB": 2, "TKM": 2, "PAK": 2, "IRN": 2}


@dataclass(frozen=True)
class Label:
    """A word on the map."""

    kind: str
    name: str
    rank: int
    iso3: str
    at: shapely.Point


def labels(window: shapely.Polygon, ring: BaseGeometry, cache: Path) -> list[Label]:
    """All labels in the window; ``ring`` is the border of Afghanistan, near which small places count."""
    found = [*_fixed("country"), *_fixed("river"), *_areas(window, cache), *_towns(window, ring, cache)]
    return sorted(found, key=lambda label: (label.kind, label.rank, label.iso3, label.name, label.at.x))


@memoize
def _choices() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))


def _fixed(kind: str) -> list[Label]:
    return [
        Label(kind, r["name"], r["rank"], r.get("iso3", ""), shapely.Point(r["at"])) for r in _choices()[kind]
    ]


def _areas(window: shapely.Polygon, cache: Path) -> list[Label]:
    """First-order areas at the middle of the largest circle that fits into what the window shows of them."""
    found = []
    for area in provinces.world(cache):
        if area.code[:2] not in provinces.REGION or not area.shape.intersects(window):
            continue
        seen = shapely.simplify(area.shape, 0.02).intersection(window)
        if not isinstance(seen, shapely.Polygon | shapely.MultiPolygon):
            continue
        circle = shapely.maximum_inscribed_circle(seen, 0.02)
        if circle.length > 0.12:
            middle = shapely.Point(circle.coords[0])
            found.append(Label("admin1", area.name, _AREA_RANKS.get(area.iso3, 3), area.iso3, middle))
    return found


def _towns(window: shapely.Polygon, ring: BaseGeometry, cache: Path) -> list[Label]:
    codes = naming.countries(cache)
    shapely.prepare(window)
    found = _fixed("town")
    ranked: set[tuple[str, str]] = set()
    # Of several towns with a listed name the largest is meant.
    for town in sorted(naming.towns(cache), key=lambda row: -int(row["population"])):
        at = shapely.Point(town["longitude"], town["latitude"])
        if not window.contains(at) or town["countrycode"] not in provinces.REGION:
            continue
        iso3 = codes[town["countrycode"]][0]
        name = _spelling(town["name"], iso3)
        listed = 0 if (iso3, name) in ranked else _listed(name, iso3)
        ranked.add((iso3, name))
        rank = listed or _rank(iso3, town["population"], at.distance(ring) < NEAR_BORDER_DEGREES)
        if rank and town["name"] not in _choices()["towns"]["left_out"].get(iso3, []):
            found.append(Label("town", name, rank, iso3, at))
    return _apart(found)


def _listed(name: str, iso3: str) -> int:
    towns = _choices()["towns"]
    return next((rank for rank in (1, 2, 3) if name in towns[f"rank{rank}"].get(iso3, [])), 0)


def _rank(iso3: str, population: int, near: bool) -> int:
    """The rank of a town that is not listed, 0 to leave it out."""
    for least, rank in _RANKS:
        if population >= least * (3 if iso3 in _DENSE else 1):
            return rank
    return 5 if near or iso3 == "AFG" or (population > 15_000 and iso3 in ("TJK", "UZB", "TKM", "KGZ")) else 0


def _apart(towns: list[Label]) -> list[Label]:
    """One label a name and place: of two with one name within 0.3 degrees the higher rank stays."""
    kept: list[Label] = []
    for town in sorted(towns, key=lambda label: (label.rank, label.iso3, label.name, label.at.x)):
        if all(town.name != other.name or town.at.distance(other.at) > 0.3 for other in kept):
            kept.append(town)
    return kept


def _spelling(name: str, iso3: str) -> str:
    """The common spelling: a listed one, else without macrons, dots below and the marks of ayn and hamza."""
    listed = _choices()["towns"]["spelling"].get(iso3, {})
    if name in listed:
        return str(listed[name])
    if iso3 in ("TKM", "CHN"):
        return name
    folded = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return folded.translate(dict.fromkeys(map(ord, "‘’ʻʼ'"), "")) if iso3 in ("AFG", "IRN", "PAK") else folded
