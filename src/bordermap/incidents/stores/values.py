"""Values as the formats hold them: numbers where nothing is lost by it, text without what does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.flat import FLAT
from bordermap.incidents.readers.layer import TEXT
from bordermap.incidents.tables import TABLES

#: Kinds of columns that are numbers.
_NUMBERS: Final = ("whole", "number", "longitude", "latitude")
#: Columns that may become numbers, by name.
NUMERIC: Final = frozenset(
    column.name
    for table in (FLAT, *TABLES.values())
    for column in table.columns
    if column.kind in _NUMBERS
) | {"claim_count", "denial_count", "source_count"}  # fmt: skip

#: A number that every reader writes again exactly so.
CANONICAL: Final = re.compile(r"0|-?[1-9]\d{0,14}|-?(0|[1-9]\d{0,8})\.\d{0,11}[1-9]", flags=re.ASCII)
_WHOLE: Final = re.compile(r"0|-?[1-9]\d{0,14}", flags=re.ASCII)
#: What XML 1.0 cannot hold.
NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
NUL: Final = re.compile("\x00")
REPLACEMENT: Final = "\ufffd"


def number_of(text: str) -> int | float | None:
    """The number that a text is, where it would be written back exactly so; else None.

    Example:
        >>> [number_of(text) for text in ("12", "37.22417", "007", "3.0", "1e5", "")]
        [12, 37.22417, None, None, None, None]
    """
    if _WHOLE.fullmatch(text):
        return int(text)
    if CANONICAL.fullmatch(text) and repr(float(text)) == text:
        return float(text)
    return None


def number_text(value: float) -> str:
    """A number as text: as short as it can be, without a trailing ``.0``.

    Example:
        >>> number_text(37.0), number_text(67.27833)
        ('37', '67.27833')
    """
    text = repr(float(value))
    return text.removesuffix(".0")


def typed(name: str, column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray:
    """A column as numbers where it is one of numbers and nothing is lost; else as text, empty ones null.

    Args:
        name: Ours.
        column: Text without nulls.

    Returns:
        ``int64``, ``float64`` or text; what was empty is null.

    Example:
        >>> typed("latitude", pa.array(["37.5", ""], type=TEXT)).to_pylist()
        [37.5, None]
        >>> typed("event_id", pa.array(["007"], type=TEXT)).to_pylist()
        ['007']
    """
    column = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column], type=TEXT)
    nulled = pc.if_else(pc.equal(column, ""), pa.scalar(None, type=TEXT), column)
    if name not in NUMERIC:
        return nulled
    values = [number_of(text) for text in column.to_pylist() if text]
    if not values or any(value is None for value in values):
        return nulled
    kind = pa.int64() if all(isinstance(value, int) for value in values) else pa.float64()
    return nulled.cast(kind)


def cleaned(frame: pd.DataFrame, unfit: re.Pattern[str]) -> tuple[pd.DataFrame, int]:
    r"""A frame without the characters that a format cannot hold, and how many values had some.

    Args:
        frame: Of text.
        unfit: Such characters; each becomes U+FFFD.

    Example:
        >>> cleaned(pd.DataFrame({"a": ["x\x00", "y"]}, dtype="str"), NUL)[1]
        1
    """
    changed = 0
    columns = {}
    for at, name in enumerate(frame.columns):
        texts = frame.iloc[:, at].tolist()
        # One search through the joined column tells for most of them that nothing is to be done.
        if unfit.search("\n".join(texts)):
            bad = [number for number, text in enumerate(texts) if unfit.search(text)]
            for number in bad:
                texts[number] = unfit.sub(REPLACEMENT, texts[number])
            changed += len(bad)
            columns[name] = pd.Series(texts, index=frame.index, dtype="str")
        else:
            columns[name] = frame.iloc[:, at]
    return pd.DataFrame(columns, index=frame.index), changed


def cleaning_notes(changed: int, what: str) -> tuple[str, ...]:
    """The sentence that says so.

    Example:
        >>> cleaning_notes(0, "KML"), cleaning_notes(1, "KML")
        ((), ('1 value had control characters, which KML cannot hold: they became U+FFFD',))
    """
    values = "1 value" if changed == 1 else f"{changed} values"
    return (
        (f"{values} had control characters, which {what} cannot hold: they became U+FFFD",) if changed else ()
    )


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    Example:
        >>> counted(1, "claim"), counted(1200, "claim")
        ('1 claim', '1,200 claims')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def joined(parts: Iterable[str], between: str) -> str:
    """The parts that are not empty."""
    return between.join(part for part in parts if part)
