"""Checks of flat rows against the codebook and the dataset: periods, areal points, shapes, people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from bordermap.codebook import POINT_LIKE, PRECISIONS
from bordermap.errors import InputError
from bordermap.geometry.depth import is_deep_text
from bordermap.geometry.shapes import draw_shape
from bordermap.incidents.arrow import among, empty_mask, factorize, is_blank
from bordermap.incidents.dates import is_date
from bordermap.incidents.dialects.spellings import is_personal
from bordermap.incidents.readers.layer import TEXT, CellFault, Layer

Columns = Mapping[str, pa.ChunkedArray]

#: Reports before this, or after it, are slips of the pen where the dataset does not say its period.
_FIRST, _LAST = "1900-01-01", "2100-01-01"
_AREAL = tuple(code for code in PRECISIONS if code not in POINT_LIKE)


def check_period(columns: Columns, first: str, last: str) -> Iterator[CellFault]:
    """Dates before the dataset begins or after it was obtained (BM301, a warning).

    Args:
        columns: Of the flat table, text; dates are ISO 8601, those that are not are passed over.
        first: The first day the dataset covers; empty: 1900.
        last: The day on which it was obtained; empty: 2100.
    """
    early, late = first or _FIRST, (last or _LAST)[:10] + "T99"
    for name in ("date_start", "date_end"):
        codes, values = factorize(columns[name])
        odd = [at for at, value in enumerate(values) if is_date(value) and not early <= value <= late]
        if odd:
            yield CellFault("BM301", np.flatnonzero(np.isin(codes, odd)), name)


def check_shapes(columns: Columns) -> Iterator[CellFault]:
    """Words that draw nothing; the codes are those of the geometry that refuses them."""
    shapes = columns["shape"]
    if is_blank(shapes):
        return
    codes, values = factorize(shapes)
    by_code: dict[str, tuple[list[int], InputError]] = {}
    for at, value in enumerate(values):
        error = _shape_error(value) if value else None
        if error is not None:
            by_code.setdefault(error.code, ([], error))[0].append(at)
    for code, (bad, error) in by_code.items():
        rows = np.flatnonzero(np.isin(codes, bad))
        yield CellFault(code, rows, "shape", error.message, error.hint)


def _shape_error(words: str) -> InputError | None:
    if words.startswith("wkt:") and not is_deep_text(words) and _is_shape(words[4:]):
        return None
    try:
        draw_shape("admin1", shape=words)
    except InputError as error:
        return error
    return None


def _is_shape(text: str) -> bool:
    return shapely.from_wkt(text, on_invalid="ignore") is not None


def without_areal_points(columns: Columns) -> tuple[dict[str, pa.ChunkedArray], np.ndarray]:
    """Areal places have no longitude and latitude (codebook §4): what is there is a representative point.

    Args:
        columns: Of the flat table, text.

    Returns:
        The columns with such points moved to ``representative_longitude`` and ``representative_latitude``,
        and the rows where that was done.
    """
    moved = among(columns["geo_precision"], _AREAL)
    moved &= ~(empty_mask(columns["longitude"]) | empty_mask(columns["latitude"]))
    if not moved.any():
        return dict(columns), moved
    mask, nothing = pa.array(moved), pa.scalar("", type=TEXT)
    new = dict(columns)
    for axis in ("longitude", "latitude"):
        kept = columns[f"representative_{axis}"]
        free = pa.array(moved & empty_mask(kept))
        new[f"representative_{axis}"] = pc.if_else(free, columns[axis], kept)
        new[axis] = pc.if_else(mask, nothing, columns[axis])
    return new, moved


def check_people(layer: Layer) -> Iterator[CellFault]:
    """Columns that look like names, phones, mail or home addresses of persons (BM310, a warning)."""
    for name in layer.columns:
        if is_personal(name):
            filled = np.flatnonzero(~empty_mask(layer.table[name]))
            if len(filled):
                yield CellFault("BM310", filled, name)


def each_row_once(faults: list[CellFault]) -> list[CellFault]:
    """The same faults, none twice for one row and column; what was said first stands."""
    seen: dict[tuple[str, str, bool], np.ndarray] = {}
    kept = []
    for each in faults:
        key = (each.code, each.column, each.outside)
        known = seen.get(key, np.empty(0, dtype=np.int64))
        fresh = ~np.isin(each.rows, known)
        if fresh.any():
            seen[key] = np.concatenate([known, each.rows[fresh]])
            values = tuple(v for v, new in zip(each.values, fresh, strict=True) if new) if each.values else ()
            rows = each.rows[fresh]
            kept.append(
                CellFault(each.code, rows, each.column, each.message, each.hint, values, each.outside)
            )
    return kept
