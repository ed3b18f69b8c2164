"""Degrees as tables write them: decimals, or degrees with minutes and seconds, in several scripts."""

from __future__ import annotations

import re
from typing import Final, Literal

import numpy as np
import pyarrow as pa

from bordermap.incidents.dialects.distinct import Bools, Column, Floats, distinct, matches, plainly
from bordermap.incidents.dialects.figures_in_text import PLAIN_NUMBER, numbers, plain_numbers

Axis = Literal["longitude", "latitude"]

_LETTERS: Final = {"longitude": {"E": 1, "W": -1}, "latitude": {"N": 1, "S": -1}}
# Words for the four directions; longer ones first. O is left out: Ost in German, ouest in French.
_DIRECTIONS: Final = (
    (r"шимол\w*|север\w*|north|nord|norte|شمالی?|с\.?(?:\s*ш\.?)?", "N"),
    (r"ҷануб\w*|южн\w*|south|süd|sud|sur|جنوبی?|ю\.?(?:\s*ш\.?)?", "S"),
    (r"шарқ\w*|восточ\w*|east|este|شرقی?|в\.?(?:\s*д\.?)?", "E"),
    (r"ғарб\w*|запад\w*|west|غربی?|з\.?(?:\s*д\.?)?", "W"),
)
_SIGNS: Final = str.maketrans({"º": "°", "˚": "°", "′": "'", "’": "'", "‘": "'", "ʹ": "'", "´": "'", "`": "'",
                               "″": '"', "”": '"', "“": '"', "ʺ": '"', "˝": '"'})  # fmt: skip
_N: Final = r"\d+(?:\.\d+)?"
_PARTS: Final = re.compile(
    rf"(?P<before>[NSEW])?\s*(?P<sign>[+-])?\s*(?P<d>{_N})\s*(?:°|[°:\s-]\s*(?P<m>{_N})\s*"
    rf"(?:'|['\s:-]\s*(?P<s>{_N})\s*\"?)?)?\s*(?P<after>[NSEW])?",
    re.ASCII,
)
_COMPACT: Final = re.compile(r"([NSEW])?(\d{2,3})(\d{2})(\d{2}(?:\.\d+)?)([NSEW])?", re.ASCII)
_LETTERED: Final = re.compile(
    rf"({_N})\s*(?:degrees|deg|d)\.?\s*(?:({_N})\s*(?:minutes|min|m)\.?\s*(?:({_N})\s*(?:seconds|sec|s)\.?)?)?",
    re.ASCII,
)


def degrees(column: Column, axis: Axis, *, decimal: str = ".") -> tuple[Floats, Bools]:
    r"""Decimal degrees of a text column.

    Args:
        column: Text without nulls: decimal degrees, or degrees with minutes and seconds, with or without
            signs and letters for the directions.
        axis: Which of the two; a letter of the other axis makes a text unreadable.
        decimal: ``.`` or ``,``; in degrees a comma between figures stands before decimals in any case
            (``37,22417``): no degree has thousands.

    Returns:
        Degrees, NaN where the text is empty or unreadable, shape (n,); and which texts are unreadable. The
        range is not judged here.

    Example:
        >>> written = ["37.5", "37°30'00\"N", "N37 30.0", "373000N", "37,5° с.ш.", "37d30m", "67E", ""]
        >>> values, bad = degrees(pa.array(written), "latitude")
        >>> values.tolist(), bad.nonzero()[0].tolist()
        ([37.5, 37.5, 37.5, 37.5, 37.5, 37.5, nan, nan], [6])
    """
    texts = plainly(column)
    if (at_once := plain_numbers(texts)) is not None:
        return at_once, np.zeros(len(texts), dtype=bool)
    simple = matches(texts, f"(?:{PLAIN_NUMBER})?")
    values = np.full(len(texts), np.nan)
    values[simple] = numbers(texts.filter(pa.array(simple)))[0]
    found = distinct(texts.filter(pa.array(~simple)))
    values[~simple] = np.array([one_degree(text, axis) for text in found.texts.to_pylist()])[found.at]
    empty = matches(texts, "")
    return values, np.asarray(np.isnan(values) & ~empty, dtype=bool)


def one_degree(text: str, axis: Axis) -> float:
    r"""Decimal degrees of one text; NaN where it is unreadable.

    Example:
        >>> one_degree("37°13'27\"N", "latitude"), one_degree("W 67°16.5'", "longitude")
        (37.22416666666667, -67.275)
    """
    bare = _tidy(text[:80])
    compact = _COMPACT.fullmatch(bare)
    if compact and (compact[1] or compact[5]):
        before, after = compact[1], compact[5]
        return _signed(_sum(compact[2], compact[3], compact[4]), before, after, "", axis)
    parts = _PARTS.fullmatch(bare)
    if parts is None:
        return np.nan
    return _signed(
        _sum(parts["d"], parts["m"], parts["s"]), parts["before"], parts["after"], parts["sign"] or "", axis
    )


def _tidy(text: str) -> str:
    """Directions as one letter, signs as ° ' ", decimals with a point."""
    bare = text.translate(_SIGNS).replace("''", '"')
    bare = re.sub(r"(\d),(\d)", r"\1.\2", bare)
    bare = _LETTERED.sub(_with_signs, bare)
    for words, letter in _DIRECTIONS:
        bare = re.sub(rf"(?:{words})", letter, bare, flags=re.IGNORECASE)
    bare = re.sub(r"^(\d+)\.(\d+)\.(\d)", r"\1 \2 \3", bare)
    return bare.upper().strip(" ,;")


def _with_signs(found: re.Match[str]) -> str:
    minutes = f"{found[2]}'" if found[2] else ""
    seconds = f'{found[3]}"' if found[3] else ""
    return f"{found[1]}°{minutes}{seconds}"


def _sum(whole: str, minutes: str | None, seconds: str | None) -> float:
    """Degrees from their parts; only the last part may have decimals, and 60 of one are one of the next."""
    if (minutes and "." in whole) or (seconds and "." in (minutes or "")):
        return np.nan
    m, s = float(minutes or 0), float(seconds or 0)
    return float(whole) + m / 60 + s / 3600 if m < 60 and s < 60 else np.nan


def _signed(value: float, before: str | None, after: str | None, sign: str, axis: Axis) -> float:
    letter = before or after or ""
    if (before and after) or (letter and sign) or (letter and letter not in _LETTERS[axis]):
        return np.nan
    return value * (_LETTERS[axis].get(letter, 1) * (-1 if sign == "-" else 1))
