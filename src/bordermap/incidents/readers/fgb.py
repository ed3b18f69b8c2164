"""The outside of a FlatGeobuf, byte by byte: how many features it should have, and how many are whole."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from bordermap.incidents.faults import fault

MAGIC: Final = b"fgb\x03fgb"
_START: Final = 8
_NODE: Final = 40
_LARGEST_HEADER: Final = 64_000_000
# Places of two entries in the header's own table, which FlatBuffers numbers from 0.
_COUNT: Final = 8
_NODE_SIZE: Final = 9


@dataclass(frozen=True)
class Outside:
    """What a FlatGeobuf says of itself, and what is there.

    Attributes:
        stated: Features that its header counts; 0 where it does not count.
        whole: Features that are there from their first to their last byte.
        rest: Bytes after the last whole feature.
    """

    stated: int
    whole: int
    rest: int


def measure(data: bytes, file: str) -> Outside:
    """Walk from feature to feature.

    Args:
        data: The whole file.
        file: As the user named it, for messages.

    Raises:
        InputError: Its beginning is damaged (BM261).
    """
    if len(data) < _START + 4 or data[:7] != MAGIC:
        raise fault("BM261", "it does not start as a FlatGeobuf does", file=file)
    (size,) = struct.unpack_from("<I", data, _START)
    header = data[_START + 4 : _START + 4 + size]
    if size > _LARGEST_HEADER or len(header) < size:
        raise fault("BM261", "the header is damaged or cut short", file=file)
    try:
        stated, node_size = _entry(header, _COUNT, "<Q", 0), _entry(header, _NODE_SIZE, "<H", 16)
    except (struct.error, IndexError):
        raise fault("BM261", "the header is damaged", file=file) from None
    at = _START + 4 + size + _index_size(stated, node_size)
    whole, end = 0, len(data)
    unpack = struct.Struct("<I").unpack_from
    while at + 4 <= end:
        after = at + 4 + unpack(data, at)[0]
        if after > end or after == at + 4:
            break
        whole, at = whole + 1, after
    return Outside(stated, whole, max(0, end - at))


def _entry(header: bytes, number: int, kind: str, default: int) -> int:
    """An entry of the header's table, or what stands for one that is left out."""
    (root,) = struct.unpack_from("<I", header)
    (back,) = struct.unpack_from("<i", header, root)
    places = root - back
    if places < 0:
        raise IndexError
    (length,) = struct.unpack_from("<H", header, places)
    where = 4 + 2 * number
    offset = struct.unpack_from("<H", header, places + where)[0] if where + 2 <= length else 0
    return int(struct.unpack_from(kind, header, root + offset)[0]) if offset else default


def _index_size(count: int, node_size: int) -> int:
    """Bytes of the tree that stands between the header and the features."""
    if not count or node_size < 2:
        return 0
    nodes = level = count
    while True:
        # A single feature has a level above it too.
        level = -(-level // node_size)
        nodes += level
        if level == 1:
            return nodes * _NODE
