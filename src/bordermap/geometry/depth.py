"""How deep geometries lie in each other: the libraries below descend by recursion, and run out of stack."""

from __future__ import annotations

import re
import struct
from typing import Any, Final

import numpy as np

#: Collections may lie in each other so deep; no real data goes past two or three.
DEEPEST: Final = 100
# What the header of a collection or multi-geometry looks like, in both byte orders and all dimensions.
_HEADER: Final = re.compile(
    rb"\x01(?:[\x04-\x07]\x00|[\xec-\xef]\x03|[\xd4-\xd7]\x07|[\xbc-\xbf]\x0b)\x00."
    rb"|\x00.\x00(?:\x00[\x04-\x07]|\x03[\xec-\xef]|\x07[\xd4-\xd7]|\x0b[\xbc-\xbf])",
    re.DOTALL,
)
_FLAGS: Final = {0x80000000: 1, 0x40000000: 1}
_HAS_SRID: Final = 0x20000000


def is_deep_text(text: str) -> bool:
    """Whether well-known text or GeoJSON holds more collections than any place needs.

    Example:
        >>> is_deep_text("GEOMETRYCOLLECTION (" * 500), is_deep_text("POINT (1 2)")
        (True, False)
    """
    lower = text.lower()
    return lower.count("collection") > DEEPEST or lower.count("geometries") > DEEPEST


def is_deep(wkb: bytes) -> bool:
    """Whether geometries of well-known binary lie in each other too deep to be read.

    Args:
        wkb: Any bytes.

    Example:
        >>> is_deep(bytes.fromhex("010700000001000000" * 500)), is_deep(b"")
        (True, False)
    """
    if len(wkb) < 9 * DEEPEST:
        return False
    headers = _HEADER.finditer(wkb)
    if sum(1 for _ in zip(headers, range(DEEPEST + 1), strict=False)) <= DEEPEST:
        return False
    try:
        return _depth(wkb) > DEEPEST
    except (struct.error, OverflowError):
        return False  # It ends too early, and nowhere too deep.


def without_deep(values: Any) -> Any:
    """Well-known binary with None where it lies too deep.

    Args:
        values: An array of bytes and None, shape (n,).

    Example:
        >>> without_deep(np.array([b"x", None], dtype=object)).tolist()
        [b'x', None]
    """
    deep = [at for at, value in enumerate(values) if value is not None and is_deep(value)]
    if not deep:
        return values
    kept = np.array(values, dtype=object)
    kept[deep] = None
    return kept


def _depth(wkb: bytes) -> int:
    """How deep it is, as far as the first place that is too deep."""
    at, left = 0, [1]
    while left:
        if left[-1] == 0:
            left.pop()
            continue
        left[-1] -= 1
        order = "<" if wkb[at : at + 1] == b"\x01" else ">"
        (code,) = struct.unpack_from(f"{order}I", wkb, at + 1)
        at += 9 if code & _HAS_SRID else 5
        kind, size = code & 0xFFFF, 2 + sum(more for flag, more in _FLAGS.items() if code & flag)
        size, kind = size + (0, 1, 1, 2)[kind // 1000 % 4], kind % 1000
        if 4 <= kind <= 7:
            left.append(struct.unpack_from(f"{order}I", wkb, at)[0])
            at += 4
        else:
            at = _after(wkb, at, order, kind, 8 * size)
        if len(left) > DEEPEST + 1:
            return len(left)
    return 0


def _after(wkb: bytes, at: int, order: str, kind: int, size: int) -> int:
    """Where a point, a line or a polygon ends."""
    if kind == 1:
        return at + size
    (count,) = struct.unpack_from(f"{order}I", wkb, at)
    at += 4
    if kind != 3:
        return int(at + count * size)
    for _ in range(count):
        (points,) = struct.unpack_from(f"{order}I", wkb, at)
        at += 4 + points * size
    return int(at)
