"""Checks of flat rows: dates, coordinates, numbers, ids, codes; whole columns at a time.

What is faulty is told by row, the row goes to the rejects; what is odd is told and used. Nothing is changed
in silence: a number that does not parse is left empty, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.arrow import (
    INFINITE,
    all_different,
    blank,
    empty_mask,
    factorize,
    first_of,
    is_blank,
    parse_floats,
)
from bordermap.incidents.checks import check_text
from bordermap.incidents.dates import interval, is_date
from bordermap.incidents.faults import quote
from bordermap.incidents.flat import FLAT
from bordermap.incidents.readers.layer import CellFault

Columns = Mapping[str, pa.ChunkedArray]

_WHOLE: Final = r"^[0-9]{1,9}$"
_DATES: Final = ("date_start", "date_end")
_FIGURES: Final = ("fatalities_low", "fatalities_best", "fatalities_high")


def check_values(columns: Columns, numbers: Mapping[str, np.ndarray]) -> list[CellFault]:
    """The faults of values and rows that need nothing but the row itself.

    Args:
        columns: Of the flat table, all of them, text.
        numbers: ``longitude``, ``latitude`` and ``radius_km`` as floats, NaN where there is none.

    Returns:
        The faults, by row (BM152 to BM160, BM162, BM163, BM306).
    """
    faults = [*_code_faults(columns), *_date_faults(columns), *_number_faults(columns, numbers)]
    faults += _checked_faults(columns)
    return [*faults, *_order_faults(columns), *_duplicate_faults(columns)]


def rows_where(mask: np.ndarray) -> np.ndarray:
    """Positions where a mask holds."""
    return np.flatnonzero(np.asarray(mask))


def _code_faults(columns: Columns) -> Iterator[CellFault]:
    for column in FLAT.columns:
        if column.kind == "code" and not is_blank(columns[column.name]):
            known = {"", *column.codes}
            yield from _unlike(columns[column.name], "BM153", column.name, known.__contains__)


def _checked_faults(columns: Columns) -> Iterator[CellFault]:
    """Countries that are no codes, and time zones that are none; each different text is looked at once."""
    for column in FLAT.columns:
        if column.kind not in ("iso3", "zone") or is_blank(columns[column.name]):
            continue
        codes, values = factorize(columns[column.name])
        problems = {at: check_text(value, column) for at, value in enumerate(values) if value}
        bad = {at: problem for at, problem in problems.items() if problem}
        if bad:
            code, message, _ = next(iter(bad.values()))
            yield CellFault(code, rows_where(np.isin(codes, list(bad))), column.name, message)


def _unlike(
    column: pa.ChunkedArray, code: str, name: str, fits: Callable[[str], bool]
) -> Iterator[CellFault]:
    """The rows whose text does not fit; each different text is looked at once."""
    codes, values = factorize(column)
    bad = [at for at, value in enumerate(values) if not fits(value)]
    if bad:
        rows = rows_where(np.isin(codes, bad))
        yield CellFault(code, rows, name, f"{quote(values[bad[0]])} is not a value of {name}")


def _date_faults(columns: Columns) -> Iterator[CellFault]:
    parsed = {}
    for name in _DATES:
        codes, values = factorize(columns[name])
        bad = [at for at, value in enumerate(values) if value and not is_date(value)]
        if bad:
            yield CellFault("BM154", rows_where(np.isin(codes, bad)), name)
        parsed[name] = codes, values, set(bad)
    yield from _reversed_dates(parsed)


def _reversed_dates(
    parsed: Mapping[str, tuple[np.ndarray, list[str], set[int]]],
) -> Iterator[CellFault]:
    (starts, first, bad_first), (ends, last, bad_last) = (parsed[name] for name in _DATES)
    if not any(last):
        return
    at, pairs = pd.factorize(starts * len(last) + ends)
    wrong = []
    for number, pair in enumerate(pairs.tolist()):
        one, other = divmod(pair, len(last))
        if one in bad_first or other in bad_last or not last[other] or not first[one]:
            continue
        span = interval(first[one], last[other])
        if span and span[1] <= span[0]:
            wrong.append(number)
    if wrong:
        yield CellFault("BM155", rows_where(np.isin(at, wrong)), "date_end")


def _number_faults(columns: Columns, numbers: Mapping[str, np.ndarray]) -> Iterator[CellFault]:
    for name, parsed in numbers.items():
        text = columns[name]
        lost = ~np.isfinite(parsed) & ~empty_mask(text)
        if not lost.any():
            continue
        infinite = np.asarray(pc.match_substring_regex(text, INFINITE))
        if (lost & ~infinite).any():
            yield CellFault("BM156", rows_where(lost & ~infinite), name)
        if (lost & infinite).any():
            yield CellFault("BM158", rows_where(lost & infinite), name, f"{name} is not a finite number")


def _order_faults(columns: Columns) -> Iterator[CellFault]:
    if sum(not is_blank(columns[name]) for name in _FIGURES) < 2:
        return
    numbers = [parse_floats(columns[name]) for name in _FIGURES]
    wrong = np.zeros(len(numbers[0]), dtype=bool)
    for low, high in ((0, 1), (1, 2), (0, 2)):
        wrong |= numbers[low] > numbers[high]  # false where one of the two is unknown
    if wrong.any():
        yield CellFault("BM157", rows_where(wrong), "fatalities_best")


def _duplicate_faults(columns: Columns) -> Iterator[CellFault]:
    ids = columns["event_id"]
    if all_different(ids):
        return
    codes, _ = factorize(ids)
    again = np.ones(len(codes), dtype=bool)
    again[first_of(codes)] = False
    again &= ~empty_mask(ids)
    if again.any():
        yield CellFault("BM152", rows_where(again), "event_id")


def whole_numbers(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, np.ndarray]:
    """Whole numbers as the flat table holds them.

    Args:
        column: Text; ``3.0`` counts as 3.

    Returns:
        The column, empty where it did not parse, and which rows did not.

    Example:
        >>> texts = pa.array(["3", "4.0", "about 5", ""], pa.large_string())
        >>> numbers, bad = whole_numbers(pa.chunked_array([texts]))
        >>> numbers.to_pylist(), bad.tolist()
        (['3', '4', '', ''], [False, False, True, False])
    """
    if is_blank(column):
        return column, np.zeros(len(column), dtype=bool)
    if bool(pc.all(pc.match_substring_regex(column, r"^[0-9]{0,9}$")).as_py()):
        return column, np.zeros(len(column), dtype=bool)
    trimmed = pc.replace_substring_regex(pc.utf8_trim_whitespace(column), r"^([0-9]+)\.0*$", r"\1")
    good = np.asarray(pc.match_substring_regex(trimmed, _WHOLE))
    bad = ~good & ~empty_mask(trimmed)
    return pc.if_else(pa.array(good), trimmed, pa.scalar("", type=column.type)), bad


def check_urls(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, np.ndarray]:
    """Addresses that may be shown: http and https only.

    Args:
        column: Addresses between spaces.

    Returns:
        The column with the others taken out, and the rows where some were.
    """
    if not pc.any(pc.not_equal(column, "")).as_py():
        return column, np.zeros(len(column), dtype=bool)
    trimmed = pc.utf8_trim_whitespace(column)
    good = np.asarray(pc.match_substring_regex(trimmed, r"^(https?://[^\s\x00-\x1f]+(\s+|$))*$"))
    if good.all():
        return trimmed, ~good
    kept = pc.if_else(pa.array(good), trimmed, _only_safe(trimmed))
    return kept, ~good


def _only_safe(column: pa.ChunkedArray) -> pa.ChunkedArray:
    safe = re.compile(r"https?://[^\s\x00-\x1f]+\Z", flags=re.IGNORECASE)
    codes, values = factorize(column)
    cleaned = [" ".join(each for each in value.split() if safe.match(each)) for value in values]
    return pa.chunked_array([pa.array(cleaned, type=column.type).take(pa.array(codes))])


def all_columns(columns: Mapping[str, pa.ChunkedArray | pa.Array], length: int) -> dict[str, pa.ChunkedArray]:
    """Every column of the flat table, in its order; those not given are empty."""
    empty = blank(length)
    found = {name: columns.get(name, empty) for name in FLAT.names}
    return {
        name: each if isinstance(each, pa.ChunkedArray) else pa.chunked_array([each])
        for name, each in found.items()
    }
