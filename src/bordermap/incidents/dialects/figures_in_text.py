"""Numbers as tables write them: points or commas, thousands set apart, digits of other scripts."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.dialects.distinct import Bools, Column, Floats, distinct, matches, plainly
from bordermap.incidents.readers.layer import TEXT

#: What a program reads as a number without further thought.
PLAIN_NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?"
_PLAIN: Final = re.compile(PLAIN_NUMBER, re.ASCII)
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:([ ' ’])\d{3})(?:\1\d{3})*(?:\.\d+)?", re.ASCII)
_COMMAS: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|[+-]?\d{1,3},\d{3}\.\d+", re.ASCII)
_POINTS: Final = re.compile(r"[+-]?\d{1,3}(?:\.\d{3}){2,}", re.ASCII)
_ONE_GROUP: Final = re.compile(r"[+-]?\d{1,3}\.\d{3}", re.ASCII)


def numbers(column: Column, *, decimal: str = ".") -> tuple[Floats, Bools]:
    """Numbers of a text column.

    Args:
        column: Text without nulls.
        decimal: ``.`` or ``,``; what stands before the decimals.

    Returns:
        The numbers, NaN where the text is empty or no number, shape (n,); and which texts are no number. A
        single group such as ``1,234`` (with a point for decimals) or ``1.234`` (with a comma) is no number:
        it can be read in two ways.

    Example:
        >>> values, bad = numbers(pa.array(["3", "", "3,5", "about 3", "nan", "1 234"], TEXT))
        >>> values.tolist(), bad.tolist()
        ([3.0, nan, nan, nan, nan, 1234.0], [False, False, True, True, True, False])
        >>> numbers(pa.array(["3,5", "1.234.567,5"], TEXT), decimal=",")[0].tolist()
        [3.5, 1234567.5]
    """
    texts = plainly(column)
    if decimal == "." and (at_once := plain_numbers(texts)) is not None:
        return at_once, np.zeros(len(texts), dtype=bool)
    if decimal == ",":
        texts = pc.if_else(pc.match_substring(texts, ","), _with_points(texts), texts)
    simple = matches(texts, PLAIN_NUMBER)
    if decimal == ",":
        simple &= ~matches(texts, _ONE_GROUP.pattern)
    values = _cast(texts, simple)
    odd = ~simple & (np.asarray(pc.binary_length(texts)) > 0)
    if odd.any():
        values[odd] = _parse_each(texts.filter(pa.array(odd)), decimal)
    values[~np.isfinite(values)] = np.nan
    return values, np.asarray((odd | simple) & np.isnan(values), dtype=bool)


def plain_numbers(texts: pa.Array) -> Floats | None:
    """The numbers of a column that holds nothing else, NaN where a text is empty; None if there is more.

    Example:
        >>> plain_numbers(pa.array(["1.5", ""], TEXT)).tolist(), plain_numbers(pa.array(["inf"], TEXT))
        ([1.5, nan], None)
    """
    given = pc.if_else(pc.equal(texts, ""), pa.scalar(None, TEXT), texts)
    try:
        cast = given.cast(pa.float64())
    except pa.ArrowInvalid:
        return None
    return None if pc.any(pc.invert(pc.is_finite(cast))).as_py() else _floats(cast)


def _floats(values: pa.Array) -> Floats:
    return np.array(values.to_numpy(zero_copy_only=False), dtype=np.float64)


def _with_points(texts: pa.Array) -> pa.Array:
    """Decimal commas as points, and the points before them, which set thousands apart, away."""
    grouped = pc.match_substring_regex(texts, r"^[+-]?\d{1,3}(?:\.\d{3})+,\d+$")
    bare = pc.if_else(grouped, pc.replace_substring(texts, ".", ""), texts)
    single = pc.match_substring_regex(bare, r"^[^.,]*,[^.,]*$")
    return pc.if_else(single, pc.replace_substring(bare, ",", "."), bare)


def _cast(texts: pa.Array, which: Bools) -> Floats:
    plain = pc.if_else(pa.array(which), pc.replace_substring_regex(texts, r"^\+", ""), pa.scalar(None, TEXT))
    return _floats(plain.cast(pa.float64()))


def _parse_each(column: pa.Array, decimal: str) -> Floats:
    found = distinct(column)
    return np.array([_parse(text, decimal) for text in found.texts.to_pylist()])[found.at]


def _parse(text: str, decimal: str) -> float:
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        text = text.replace(grouped[1], "")
    elif decimal == "." and _COMMAS.fullmatch(text):
        text = text.replace(",", "")
    elif decimal == ",":
        text = text.replace(".", "") if _POINTS.fullmatch(text) else ""
    return float(text) if _PLAIN.fullmatch(text) and len(text) < 400 else np.nan


def text_of(values: Floats) -> pa.Array:
    """Numbers as the shortest text that gives them back; empty for NaN.

    Args:
        values: Any numbers, shape (n,).

    Example:
        >>> text_of(np.array([37.0, 67.27833, np.nan, -0.0])).to_pylist()
        ['37', '67.27833', '', '0']
    """
    plain = pa.array(np.asarray(values, dtype=np.float64) + 0.0, from_pandas=True)
    return pc.fill_null(plain.cast(TEXT), "")
