"""The shipped gazetteer on disk: two sorted tables, searched by bisection without being read in full.

Its columns are described in ``geodata/build/gazetteer.py``, which makes it. Nothing here knows of ranking or
of similar spellings.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bordermap.catalog import data_path

PLACES = "gazetteer-places.tsv"
NAMES = "gazetteer-names.tsv"


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place of the gazetteer.

    Attributes:
        place_key: Its key, a slug.
        name: The name it is shown under.
        kind: ``settlement``, ``crossing``, ``feature``, ``site``, ``area``, ``admin1``, ``admin2`` or
            ``country``.
        country: ISO 3166-1 alpha-3; several joined by ``/`` for what lies on a border.
        admin1_code: GeoNames key of the first-order area ("AF.40"), several joined by ``/``; empty when
            unknown.
        lon: Longitude in degrees, WGS84; None when no coordinate is known.
        lat: Latitude in degrees, WGS84; None when no coordinate is known.
        population: Inhabitants; 0 when unknown.
        geonames_id: Number at GeoNames; empty when it has none.
        source: Who gives the coordinates, or the name where there are none.
        note: What a user must know before drawing it.
    """

    place_key: str
    name: str
    kind: str
    country: str
    admin1_code: str
    lon: float | None
    lat: float | None
    population: int
    geonames_id: str
    source: str
    note: str

    @property
    def countries(self) -> tuple[str, ...]:
        """Every country it lies in or borders on."""
        return tuple(self.country.split("/"))


@dataclass(frozen=True)
class Spelling:
    """One name of one place.

    Attributes:
        folded: The key that it is found by.
        place_row: Row of the place, counted from 1.
        name: The name as written.
        lang: BCP 47 tag, ``code`` for a code, empty when untagged.
        source: Who writes it so; empty for GeoNames.
    """

    folded: str
    place_row: int
    name: str
    lang: str
    source: str


def spellings(folded: str) -> list[Spelling]:
    """Every spelling with exactly this key.

    Args:
        folded: What ``names.search_key`` makes of a name.

    Example:
        >>> [(s.name, s.lang) for s in spellings("хаиратон")]
        [('Хайратон', 'ru')]
    """
    table, wanted = _table(NAMES), folded.encode("utf-8", "replace")
    start = _first_at_or_after(table, wanted + b"\t")
    found = []
    for line in _lines_from(table, start):
        if not line.startswith(wanted + b"\t"):
            break
        found.append(_spelling(line))
    return found


def place_at(row: int) -> Place:
    """The place in a row of the table, counted from 1."""
    table, ends = _table(PLACES), _row_ends()
    return _place(table[ends[row - 1] + 1 : ends[row]])


def place_with_key(key: str) -> Place | None:
    """The place with a key; None when there is none.

    Example:
        >>> place_with_key("termez").country, place_with_key("atlantis")
        ('UZB', None)
    """
    table, wanted = _table(PLACES), key.encode("utf-8", "replace") + b"\t"
    line = next(_lines_from(table, _first_at_or_after(table, wanted)), b"")
    return _place(line) if line.startswith(wanted) else None


@cache
def keys(*, latin: bool) -> list[str]:
    """Every different key of the names in Latin letters, or of all others: the one full read.

    Example:
        >>> "termez" in keys(latin=True), "термез" in keys(latin=False)
        (True, True)
    """
    table = _table(NAMES)
    # Keys are sorted by code point and Latin letters fold to ASCII, so one place parts the two.
    border = _first_at_or_after(table, b"\x80")
    part = table[_row_start(table) : border] if latin else table[border:]
    lines = part.decode().split("\n")[:-1]
    return list(dict.fromkeys(line[: line.index("\t")] for line in lines))


def keys_with_countries() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every key with the countries of each place that bears it: a full read of both tables.

    Example:
        >>> next(countries for key, countries in keys_with_countries() if key == "hairatan")
        ('AFG',)
    """
    lines = _table(PLACES)[:].decode().split("\n")
    countries = [tuple(line.split("\t", 4)[3].split("/")) if line else () for line in lines]
    for line in _table(NAMES)[_row_start(_table(NAMES)) :].decode().split("\n")[:-1]:
        folded, row, _ = line.split("\t", 2)
        yield folded, countries[int(row)]


@cache
def _table(name: str) -> mmap.mmap:
    with data_path(name).open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


@cache
def _row_ends() -> list[int]:
    return [match.start() for match in re.finditer(b"\n", _table(PLACES))]


def _row_start(table: mmap.mmap) -> int:
    return table.find(b"\n") + 1


def _first_at_or_after(table: mmap.mmap, wanted: bytes) -> int:
    """Where the first line begins that does not sort before the bytes wanted; the header is no line."""
    low, high = _row_start(table), len(table)
    while low < high:
        start = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = table.find(b"\n", start) + 1
        if table[start : end - 1] < wanted:
            low = end
        else:
            high = start
    return low


def _lines_from(table: mmap.mmap, start: int) -> Iterator[bytes]:
    while start < len(table):
        end = table.find(b"\n", start)
        yield table[start:end]
        start = end + 1


def _spelling(line: bytes) -> Spelling:
    folded, row, name, lang, source = line.decode().split("\t")
    return Spelling(folded, int(row), name or folded.capitalize(), lang, source)


def _place(line: bytes) -> Place:
    key, name, kind, country, admin1, lon, lat, population, number, source, note = line.decode().split("\t")
    return Place(
        place_key=key,
        name=name,
        kind=kind,
        country=country,
        admin1_code=admin1,
        lon=float(lon) if lon else None,
        lat=float(lat) if lat else None,
        population=int(population or 0),
        geonames_id=number or (key[2:] if key.startswith("gn") else ""),
        source=source,
        note=note,
    )
