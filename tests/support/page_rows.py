"""Writes flat tables of any size for pages: made-up incidents near the borders of Afghanistan, in our columns.

Rows have no titles, as those of most exports: the page makes one of type and place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from bordermap.codebook import INCIDENT_TYPES
from bordermap.geometry.borders import read_borders

#: Settlements that many rows share; and the share of rows with a point of their own.
_SETTLEMENTS, _OWN = 3_000, 0.6
_ACTORS, _SOURCES = 40, 200
_FIRST_DAY, _DAYS = np.datetime64("2015-01-01"), 3653
_PROVINCES = ("AF.30", "AF.24", "AF.26", "AF.01", "AF.11", "AF.18")
_COUNTRIES = ("AFG", "TJK", "UZB", "TKM", "PAK", "IRN")
_TEXT = (
    "report residents said shots heard near river bridge convoy patrol night morning officials denied local radio "
    "border guards crossed vehicle market school road village hill post fired shells landed field nobody hurt "
    "injured treated hospital family elders council statement spokesman later confirmed group unknown men weapons "
    "seized arrested released search operation closed opened crossing trucks fuel water power line damaged house "
    "wall roof mine found removed child farmer shepherd driver trader teacher doctor soldier officer exchange "
    "lasted hours minutes until dawn before after during prayer harvest winter snow rain fog visibility poor "
    "clear drone seen sound engine flare light smoke fire burned extinguished checkpoint tower fence ditch canal "
    "bank island"
)
_WORDS = _TEXT.split()


def write(path: Path, rows: int, *, notes: bool = True, at_once: int = 100_000) -> Path:
    """Write a table; the same rows every time.

    Args:
        path: A .csv file.
        rows: How many.
        notes: Whether each has a note of about 200 characters.
        at_once: Rows that are made at once.
    """
    writer = None
    for start in range(0, rows, at_once):
        part = _part(start, min(at_once, rows - start), notes)
        writer = writer or csv.CSVWriter(path, part.schema)
        writer.write_table(part)
    if writer is not None:
        writer.close()
    return path


def _part(start: int, rows: int, notes: bool) -> pa.Table:
    rng = np.random.default_rng([start, 5])
    village = rng.integers(_SETTLEMENTS, size=rows)
    kind = rng.choice(
        4, p=[1 - _OWN - 0.05, _OWN, 0.04, 0.01], size=rows
    )  # village, own point, province, country
    lon, lat = (
        each[village] + np.where(kind == 1, rng.normal(scale=0.05, size=rows), 0) for each in _villages()
    )
    is_point = kind < 2
    province = rng.integers(len(_PROVINCES), size=rows)
    day = _FIRST_DAY + rng.integers(_DAYS, size=rows)
    spans = rng.random(rows) < 0.05
    killed = rng.poisson(0.7, size=rows) + (rng.random(rows) < 0.02) * rng.integers(60, size=rows)
    types = rng.integers(len(INCIDENT_TYPES), size=rows)
    names = _pick([f"Village {n}" for n in range(_SETTLEMENTS)], village)
    areas = _pick(_PROVINCES, province)
    shape = pc.binary_join_element_wise("admin1:", areas, "")
    told = rng.random(rows) < 0.9
    columns = {
        "event_id": pa.array([f"P{n:07d}" for n in range(start + 1, start + rows + 1)]),
        "incident_type": _pick(list(INCIDENT_TYPES), types),
        "date_start": pa.array(day).cast(pa.string()),
        "date_end": _where(spans, pa.array(day + rng.integers(1, 9, size=rows)).cast(pa.string())),
        "date_precision": pa.array(np.where(spans, "days", "day")),
        "role": pa.array(["scene"] * rows),
        "location": _where(is_point, names),
        "geo_precision": pa.array(np.array(["settlement", "exact", "admin1", "country"])[kind]),
        "location_basis": pa.array(np.array(["gazetteer", "given", "given", "none"])[kind]),
        "country": _where(~is_point, _pick(_COUNTRIES, rng.integers(len(_COUNTRIES), size=rows))),
        "admin1_code": _where(kind == 2, areas),
        "longitude": _where(is_point, _degrees(lon)),
        "latitude": _where(is_point, _degrees(lat)),
        "shape": _where(kind == 2, shape),
        "actor1": _pick([f"Armed group {n}" for n in range(_ACTORS)], _skewed(rng, _ACTORS, rows)),
        "source": _pick([f"Agency {n}" for n in range(_SOURCES)], _skewed(rng, _SOURCES, rows)),
        "fatalities_low": _where(told, pa.array(np.maximum(killed - 1, 0)).cast(pa.string())),
        "fatalities_best": _where(told, pa.array(killed).cast(pa.string())),
        "fatalities_high": _where(told, pa.array(killed + rng.integers(3, size=rows)).cast(pa.string())),
        "notes": _notes(rng, rows) if notes else pa.array([""] * rows),
    }
    return pa.table(columns)


@cache
def _villages() -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude of each settlement: within some 30 km of the borders."""
    rng = np.random.default_rng(5)
    borders = read_borders("AFG")
    lines, long = borders.geometry, borders["length_km"].to_numpy(float)
    line = rng.choice(len(lines), p=long / long.sum(), size=_SETTLEMENTS)
    along = rng.random(_SETTLEMENTS)
    points = [lines.iloc[int(n)].interpolate(a, normalized=True) for n, a in zip(line, along, strict=True)]
    away = rng.normal(scale=0.15, size=(2, _SETTLEMENTS))
    return np.array([p.x for p in points]) + away[0], np.array([p.y for p in points]) + away[1]


def _skewed(rng: np.random.Generator, kinds: int, rows: int) -> np.ndarray:
    """Few that come up often, many that are rare."""
    shares = 1 / np.arange(1, kinds + 1)
    return rng.choice(kinds, p=shares / shares.sum(), size=rows)


def _pick(values: Sequence[str], at: np.ndarray) -> pa.Array:
    return pa.array(values).take(pa.array(at))


def _where(chosen: np.ndarray, values: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(chosen), values, "")


def _degrees(values: np.ndarray) -> pa.Array:
    return pa.array(np.char.mod("%.4f", values))


def _notes(rng: np.random.Generator, rows: int) -> pa.Array:
    """Texts of about 200 characters, of words as often as those of a language."""
    shares = 1 / np.arange(1, len(_WORDS) + 1) ** 0.7
    chosen = rng.choice(len(_WORDS), p=shares / shares.sum(), size=rows * 32)
    flat = pa.array(_WORDS).take(pa.array(chosen))
    lists = pa.ListArray.from_arrays(pa.array(np.arange(0, rows * 32 + 1, 32, dtype=np.int32)), flat)
    return pc.binary_join(lists, " ")
