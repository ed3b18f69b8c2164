"""JSON as text: its encoding, its depth, and where it breaks, told in lines and columns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from bordermap.errors import InputError
from bordermap.incidents.faults import fault
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.encodings import decoded

_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NOT_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
_LITERALS: Final = ("true", "false", "null", "NaN", "Infinity", "-Infinity", "-")
_PIECE: Final = 1 << 24


def decode_json(data: bytes, options: ReadOptions, label: str) -> tuple[str, str]:
    """The text of a JSON file and its encoding: UTF-8, -16 or -32, with or without a byte order mark.

    Args:
        data: The file.
        options: ``encoding`` is taken where it is given.
        label: The file, for messages.

    Raises:
        InputError: The file is empty (BM113), not in this encoding (BM105), or there is none of this name
            (BM226).

    Example:
        >>> decode_json("{}".encode("utf-16"), ReadOptions(), "a.json")
        ('{}', 'utf-16')
    """
    encoding = options.encoding or json.detect_encoding(data)
    return decoded(data, encoding, label), encoding.removesuffix("-sig")


def refuse_depth(text: str, limit: int, label: str) -> None:
    """Stop at values that lie in each other more deeply than allowed, before anything recurses into them.

    Raises:
        InputError: BM246.

    Example:
        >>> refuse_depth("[" * 9, 8, "a.json")
        Traceback (most recent call last):
        bordermap.errors.InputError: a.json: lists and objects lie in each other more than 8 deep
    """
    if is_deep(text, limit):
        raise fault("BM246", f"lists and objects lie in each other more than {limit} deep", file=label)


def is_deep(text: str, limit: int) -> bool:
    """Whether values lie in each other more deeply than allowed; brackets inside texts do not count.

    Example:
        >>> is_deep('["[[[["]', 1), is_deep("[[]]", 1)
        (False, True)
    """
    if text.count("[") + text.count("{") <= limit:
        return False
    data = text.encode("utf-8", "surrogatepass")
    lowest, highest = _depths(data, limit)
    # Brackets inside texts mostly come in pairs: only where they do not are the texts taken out.
    if lowest >= 0 and highest <= limit:
        return False
    return _depths(_STRING.sub(b"", data), limit)[1] > limit


def _depths(data: bytes, limit: int) -> tuple[int, int]:
    """The lowest and the highest depth, all brackets counted; no further than needed."""
    brackets = data.translate(None, _NOT_BRACKETS)
    depth = lowest = highest = 0
    for start in range(0, len(brackets), _PIECE):
        codes = np.frombuffer(brackets[start : start + _PIECE], dtype=np.uint8)
        depths = depth + np.cumsum(np.where((codes == ord("[")) | (codes == ord("{")), 1, -1))
        lowest, highest = min(lowest, int(depths.min())), max(highest, int(depths.max()))
        if highest > limit:
            break
        depth = int(depths[-1])
    return lowest, highest


@dataclass
class Parser:
    """Parses JSON; keeps whether an object had a key twice (the last one wins).

    Example:
        >>> parser = Parser()
        >>> parser.parse('{"a": 1, "a": 2, "b": 12345678901234567890}'), parser.repeated
        ({'a': 2, 'b': 12345678901234567890}, ['a'])
    """

    repeated: list[str] = field(default_factory=list)

    def parse(self, text: str) -> Any:
        """The value of a whole text.

        Raises:
            json.JSONDecodeError: It is not JSON.
        """
        try:
            return json.loads(text, object_pairs_hook=self._object)
        except json.JSONDecodeError:
            raise
        except ValueError:  # a number of thousands of digits is kept as it is written
            return json.loads(text, object_pairs_hook=self._object, parse_int=_whole)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs) and len(self.repeated) < 5:
            keys = [key for key, _ in pairs]
            self.repeated += [key for key in value if keys.count(key) > 1 and key not in self.repeated][:5]
        return value


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) < 4000 else digits


def broken(text: str, error: json.JSONDecodeError, label: str) -> InputError:
    """The fault of a text that is not JSON: cut off (BM245), or wrong at a line and a column (BM244)."""
    rest = text[error.pos :].rstrip()
    if error.msg.startswith("Unterminated string") or (len(rest) < 10 and _is_cut(rest)):
        return fault("BM245", "the JSON ends in the middle", file=label, line=text.count("\n") + 1)
    return fault("BM244", f"{error.msg} at column {error.colno}", file=label, line=error.lineno)


def _is_cut(rest: str) -> bool:
    return not rest or rest.startswith("\\") or any(word.startswith(rest) for word in _LITERALS)


def has_separators(text: str) -> bool:
    """Whether a text begins with a record separator, as RFC 8142 has it."""
    return text.lstrip(" \t\r\n").startswith("\x1e")


def sequence(text: str) -> Iterator[tuple[int, str]]:
    r"""The pieces of a text with one JSON value a line, or after record separators, each with its line.

    Example:
        >>> list(sequence('{"a": 1}\n\n{"a": 2}'))
        [(1, '{"a": 1}'), (3, '{"a": 2}')]
    """
    separator, line = ("\x1e" if has_separators(text) else "\n"), 1
    for piece in text.split(separator):
        bare = piece.strip()
        if bare:
            yield line + piece[: len(piece) - len(piece.lstrip())].count("\n"), bare
        line += piece.count("\n") + (separator == "\n")
