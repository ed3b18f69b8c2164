"""Finds what stands between the fields of a delimited text, from its first records."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.readers.kinds import HEAD, decoded_head

#: How a report calls them.
WORDS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_RECORDS: Final = 200
_NAMED: Final = {"\\t": "\t", "tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_SEP: Final = re.compile(r'"?sep=(.)"?[,;\t]*[ ]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)


@dataclass(frozen=True)
class Delimiter:
    """What separates fields.

    Attributes:
        sign: One character.
        declared: Whether the file's first line (``sep=;``) says so.
        single: Whether nothing separates anything: the text has one column.
    """

    sign: str
    declared: bool = False
    single: bool = False

    @property
    def words(self) -> str:
        """As a report calls it."""
        return "none" if self.single else WORDS.get(self.sign, self.sign)


def find_delimiter(text: str, forced: str, file: str, *, complete: bool = True) -> Delimiter:
    r"""The delimiter of a text.

    Args:
        text: Its beginning.
        forced: A delimiter to take; empty: find it.
        file: As messages call it.
        complete: Whether the text ends here, so that its last record is whole.

    Raises:
        InputError: The forced delimiter is not one character (BM231).

    Example:
        >>> find_delimiter("id;lat;lon\n1;37,2;67,3\n2;38,4;68,9\n", "", "a.csv").words
        'semicolon'
    """
    declared = _SEP.match(text)
    if forced:
        sign = _NAMED.get(forced.lower(), forced)
        if len(sign) != 1 or sign in '"\r\n' or not sign.isascii():
            raise fault("BM231", f"{quote(forced)} cannot be a delimiter", file=file)
        return Delimiter(sign, declared=bool(declared and declared[1] == sign))
    if declared and declared[1] in WORDS:
        return Delimiter(declared[1], declared=True)
    best, _ = max(((sign, _fit(text, sign, complete)) for sign in WORDS), key=lambda each: each[1])
    return Delimiter(best) if _fit(text, best, complete)[0] > 0 else Delimiter(",", single=True)


def _fit(text: str, sign: str, complete: bool) -> tuple[float, int]:
    """How well a delimiter fits: the share of records with the usual number of fields, and that number."""
    records = [record for record in first_records(text, sign, _RECORDS, complete=complete) if any(record)]
    widths = Counter(len(record) for record in records)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 0
    width, count = max(wide.items(), key=lambda each: (each[1], each[0]))
    share = count / len(records)
    # Few records in many widths are prose with commas in it, not a table.
    return (round(share, 1), width) if share >= 0.4 or width > 10 else (0.0, 0)


def first_records(text: str, sign: str, most: int, *, complete: bool = True) -> list[list[str]]:
    r"""The first records of a text; without the last one where the text was cut off.

    Args:
        text: Its beginning.
        sign: The delimiter.
        most: How many records are wanted.
        complete: Whether the text ends here.

    Example:
        >>> first_records('a,b\n\n"x\ny",2\n', ",", 10)
        [['a', 'b'], [], ['x\ny', '2']]
    """
    records: list[list[str]] = []
    with field_limit(max(len(text) + 1, 131_072)):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        try:
            for record in reader:
                records.append(record)
                if len(records) >= most:
                    return records
        except csv.Error:
            return records
    return records if complete or len(records) < 2 else records[:-1]


@contextmanager
def field_limit(characters: int) -> Iterator[None]:
    """Let the csv module take longer fields for a while; it knows one limit for the whole process.

    Args:
        characters: The most that a field may have.
    """
    before = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def looks_tabular(head: bytes) -> bool:
    r"""Whether a text has a delimiter that separates nearly every line alike: a table and not prose.

    Args:
        head: Its first bytes.

    Example:
        >>> looks_tabular(b"a,b\n1,2\n3,4\n"), looks_tabular(b"These data, which we made,\nare free.\n")
        (True, False)
    """
    text = decoded_head(head)
    return any(_fit(text, sign, len(head) < HEAD)[0] >= 0.8 for sign in WORDS)


def modal_width(records: Sequence[Sequence[str]]) -> int:
    """The number of fields that most records have, the larger of equals.

    Example:
        >>> modal_width([["title"], ["a", "b"], ["1", "2"], []])
        2
    """
    widths = Counter(len(record) for record in records if any(record))
    return max(widths, key=lambda width: (widths[width], width), default=0)
