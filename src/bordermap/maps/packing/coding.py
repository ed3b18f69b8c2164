"""Numbers as bytes: planes of equal rank, differences where they are smaller, and base64 of gzip."""

from __future__ import annotations

import binascii
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bordermap.maps.packing.columns import IntColumn, Ints, Numbered, numbers_of

Bytes = NDArray[np.uint8]
#: A gzip member without a name, a time or a machine.
_HEAD: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
#: How hard zlib tries: little where there is much, for a few percent more would take as long as all the rest.
HARD, MIDDLING, QUICK = 6, 4, 1
#: What is little, and what is usual, in bytes.
LITTLE, USUAL = 2_000_000, 150_000_000


@dataclass(frozen=True, eq=False)
class Coded:
    """One column of numbers as bytes.

    Attributes:
        data: All lowest bytes, then all of the next rank, and so on.
        width: Bytes a number: 1, 2 or 4.
        coding: ``plain``, or ``delta``: differences to the number before.
    """

    data: bytes
    width: int
    coding: str


def coded(column: Numbered) -> Coded:
    """A column in the coding that takes the least.

    Example:
        >>> one = coded(IntColumn("lon", "place", np.array([6_700_000, 6_700_001])))
        >>> one.coding, one.width, coded(IntColumn("place", "row", np.array([0, 0, 1]))).data.hex()
        ('delta', 4, '000002')
    """
    values = numbers_of(column)
    plain = zigzag(values) if isinstance(column, IntColumn) else values.astype(np.uint32)
    delta = zigzag(np.diff(values, prepend=0))
    choices = [(_width(each), coding, each) for coding, each in (("plain", plain), ("delta", delta))]
    least = min(width for width, _, _ in choices)
    packed = [(_planes(each, width), coding) for width, coding, each in choices if width == least]
    data, coding = min(packed, key=lambda pair: _bits(pair[0])) if len(packed) > 1 else packed[0]
    return Coded(data.tobytes(), least, coding)


def zigzag(values: Ints) -> NDArray[np.uint32]:
    """Whole numbers near 0 as small numbers without a sign, modulo 2 to the 32.

    Example:
        >>> zigzag(np.array([0, -1, 1, -2**31])).tolist()
        [0, 1, 2, 4294967295]
    """
    # Of differences only the lowest 32 bits count: the client adds them up in as many.
    low = values.astype(np.int64).astype(np.uint32).view(np.int32)
    return ((low << 1) ^ (low >> 31)).view(np.uint32)


def _width(values: NDArray[np.uint32]) -> int:
    most = int(values.max(initial=0))
    return 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4


def _planes(values: NDArray[np.uint32], width: int) -> Bytes:
    ranks = values.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :width]
    return np.ascontiguousarray(ranks.T).reshape(-1)


def _bits(data: Bytes) -> int:
    """About how many bits the bytes take where each is written by how often it comes."""
    counts = np.bincount(data, minlength=256).astype(np.float64)
    shares = counts[counts > 0]
    return round(float((shares * np.log2(shares.sum() / shares)).sum()))


def level_of(size: int) -> int:
    """How hard zlib shall try where there are so many bytes in all.

    Example:
        >>> level_of(1_000), level_of(10**9)
        (6, 1)
    """
    return HARD if size <= LITTLE else MIDDLING if size <= USUAL else QUICK


def gzipped(parts: Sequence[bytes | memoryview], level: int) -> bytes:
    """Bytes as one gzip member, the same for the same.

    Args:
        parts: One after another.
        level: How hard zlib tries, 1 to 9.

    Example:
        >>> import gzip
        >>> gzip.decompress(gzipped([b"a", b"b"], 1))
        b'ab'
    """
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    done, check, length = [_HEAD], 0, 0
    for part in parts:
        done.append(squeeze.compress(part))
        check, length = zlib.crc32(part, check), length + len(part)
    return b"".join([*done, squeeze.flush(), struct.pack("<II", check, length & 0xFFFFFFFF)])


def base64_text(data: bytes) -> str:
    """Bytes as text that holds no markup.

    Example:
        >>> base64_text(b"ab")
        'YWI='
    """
    return binascii.b2a_base64(data, newline=False).decode("ascii")
