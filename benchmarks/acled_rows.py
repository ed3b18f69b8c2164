"""Writes ACLED-like exports of any size for the benchmarks: made-up events, the export's 31 columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

_TYPES = (
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Violence against civilians", "Attack"),
    ("Strategic developments", "Arrests"),
)
#: Province, and the middle of the country in which its villages lie.
_PROVINCES = (
    ("Balkh", 36.7, 67.1),
    ("Takhar", 36.7, 69.6),
    ("Kunduz", 36.8, 68.8),
    ("Badakhshan", 36.9, 70.8),
    ("Kandahar", 31.6, 65.7),
    ("Nangarhar", 34.3, 70.5),
)
#: Settlements: events share their coordinates, as in the export.
_VILLAGES = 20_000
_COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]


def write(path: Path, rows: int, *, multiline: bool = False, at_once: int = 100_000) -> Path:
    """Write an export; the same rows every time, quoted where it is needed, as spreadsheets and R write it.

    Notes of several lines are left out unless asked for: the pyarrow engine of pandas cannot read them.
    """
    with path.open("w", encoding="utf-8", newline="") as stream:
        for start in range(0, rows, at_once):
            part = _part(start, min(at_once, rows - start), multiline)
            part.to_pandas().to_csv(stream, index=False, header=start == 0, lineterminator="\n")
    return path


def _part(start: int, rows: int, multiline: bool) -> pa.Table:
    rng = np.random.default_rng(start)
    kind, village = rng.integers(len(_TYPES), size=rows), rng.integers(_VILLAGES, size=rows)
    province, (north, east) = village % len(_PROVINCES), _villages()
    day = np.datetime64("2018-01-01") + rng.integers(2900, size=rows)
    ids = [f"AFG{n}" for n in range(start + 1, start + rows + 1)]
    dates = pa.array(day).cast(pa.string())
    precision = rng.choice([1, 2, 3], p=[0.7, 0.25, 0.05], size=rows)
    values = {
        "event_id_cnty": pa.array(ids),
        "event_date": dates,
        "year": pa.array(day.astype("datetime64[Y]").astype(int) + 1970).cast(pa.string()),
        "time_precision": pa.array(rng.choice([1, 2, 3], p=[0.9, 0.08, 0.02], size=rows)).cast(pa.string()),
        "event_type": _pick([each[0] for each in _TYPES], kind),
        "sub_event_type": _pick([each[1] for each in _TYPES], kind),
        "actor1": _pick([f"Armed group {n}" for n in range(40)], rng.integers(40, size=rows)),
        "actor2": _pick([f"Forces {n}" for n in range(40)], rng.integers(40, size=rows)),
        "iso": pa.array(["4"] * rows),
        "region": pa.array(["Caucasus and Central Asia"] * rows),
        "country": pa.array(["Afghanistan"] * rows),
        "admin1": _pick([each[0] for each in _PROVINCES], province),
        "admin2": _pick([f"District {n}" for n in range(400)], village % 400),
        "location": _pick([f"Village {n}" for n in range(_VILLAGES)], village),
        "latitude": _degrees(north[village]),
        "longitude": _degrees(east[village]),
        "geo_precision": pa.array(precision).cast(pa.string()),
        "source": _pick([f"Agency {n}; Paper {n % 7}" for n in range(300)], rng.integers(300, size=rows)),
        "source_scale": pa.array(["National"] * rows),
        "notes": _notes(ids, dates, rng, multiline),
        "fatalities": pa.array(rng.poisson(0.7, size=rows)).cast(pa.string()),
        "timestamp": pa.array((1_600_000_000 + rng.integers(10**8, size=rows)).astype(str)),
    }
    empty = pa.array([""] * rows)
    return pa.table({name: values.get(name, empty) for name in _COLUMNS})


def _villages() -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude of each village."""
    rng = np.random.default_rng(0)
    middles = np.array([each[1:] for each in _PROVINCES])[np.arange(_VILLAGES) % len(_PROVINCES)]
    north, east = (middles + rng.normal(scale=0.2, size=(_VILLAGES, 2))).T
    return north, east


def _pick(values: list[str], at: np.ndarray) -> pa.Array:
    return pa.array(values).take(pa.array(at))


def _degrees(values: np.ndarray) -> pa.Array:
    return pa.array([f"{value:.4f}" for value in values.tolist()])


def _notes(ids: list[str], dates: pa.Array, rng: np.random.Generator, multiline: bool) -> pa.Array:
    """Texts of about 250 characters, as the export's notes have."""
    words = np.array(
        [
            "it",
            "was",
            "reported",
            "that",
            "shots",
            "were",
            "heard",
            "near",
            "the",
            "river",
            "and",
            "that",
            "nobody",
            "was",
            "hurt",
        ]
    )
    chosen = words[rng.integers(len(words), size=(len(ids), 42))].tolist()
    more = '\nMore was said, "later".' if multiline else ' More was said, "later".'
    return pa.array(
        [
            f"On {date}, {key}: {' '.join(row)}.{more if n % 50 == 0 else ''}"
            for n, (key, date, row) in enumerate(zip(ids, dates.to_pylist(), chosen, strict=True))
        ]
    )
