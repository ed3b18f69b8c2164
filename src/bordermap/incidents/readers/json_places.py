"""On which line each record of a JSON text begins: found out only when somebody asks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

import numpy as np

from bordermap.incidents.readers.layer import Ints

_BLANK: Final = re.compile(r"[ \t\n\r,:]*")
_decode = json.JSONDecoder(parse_int=str).raw_decode


def lines_of_records(text: str, path: Sequence[str]) -> Callable[[Ints], Ints]:
    r"""A function from record numbers to physical lines.

    Args:
        text: Valid JSON.
        path: The keys that lead to the list (or the object) that holds the records; none: it is the text.

    Example:
        >>> lines = lines_of_records('{"data": [\n{"a": 1},\n{"a": 2}]}', ["data"])
        >>> lines(np.array([2, 1])).tolist()
        [3, 2]
    """

    @cache
    def lines() -> Ints:
        found, line, last = [], 1, 0
        for at in _starts(text, path):
            line, last = line + text.count("\n", last, at), at
            found.append(line)
        return np.array(found, dtype=np.int64)

    return lambda records: lines()[records - 1]


def lines_known(lines: Sequence[int]) -> Callable[[Ints], Ints]:
    """The same where the lines are known: one for each record, from the first.

    Example:
        >>> lines_known([1, 3])(np.array([2])).tolist()
        [3]
    """
    known = np.array(lines, dtype=np.int64)
    return lambda records: known[records - 1]


def _starts(text: str, path: Sequence[str]) -> Iterator[int]:
    """Where each element of the list begins; each value, where it is an object."""
    at = _skip(text, 0)
    for key in path:
        # Of a key that stands there twice the last one counts, as in the values.
        at = [start for name, start in _entries(text, at) if name == key][-1]
    if text[at] == "[":
        yield from _elements(text, at)
    else:
        yield from (start for _, start in _entries(text, at))


def _elements(text: str, at: int) -> Iterator[int]:
    at = _skip(text, at + 1)
    while text[at] != "]":
        yield at
        at = _skip(text, _decode(text, at)[1])


def _entries(text: str, at: int) -> Iterator[tuple[str, int]]:
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, after = _decode(text, at)
        at = _skip(text, after)
        yield name, at
        at = _skip(text, _decode(text, at)[1])


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
