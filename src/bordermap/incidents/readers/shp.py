"""The shapes of a shapefile, looked at record by record: is the file whole, and where does each shape lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bordermap.incidents.faults import fault

CODE: Final = 9994
HEADER: Final = 100
_RECORD: Final = 8


@dataclass(frozen=True, eq=False)
class Shapes:
    """Where the shapes lie.

    Attributes:
        starts: Offset of each record in bytes.
        lengths: Length of each record's content in bytes.
        kinds: The shape type of each record; 0 is a record without a shape.
        rebuilt: Why the index was made anew; empty where the file's own was used.
    """

    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    kinds: NDArray[np.int64]
    rebuilt: str


def locate_shapes(data: bytes, index: bytes | None, file: str) -> Shapes:
    """Find every record of a .shp.

    Args:
        data: The .shp.
        index: The .shx, where there is one.
        file: As the user named it, for messages.

    Raises:
        InputError: The .shp is cut short or damaged (BM261).
    """
    end = _checked_length(data, file)
    found = _by_index(data, end, index) if index is not None else None
    rebuilt = "" if found else ("the .shx does not fit" if index is not None else "there is no .shx")
    starts, lengths = found or _by_walking(data, end, file)
    return Shapes(starts, lengths, _numbers(data, starts + _RECORD, "<i4"), rebuilt)


def _checked_length(data: bytes, file: str) -> int:
    if len(data) < HEADER or int.from_bytes(data[:4]) != CODE:
        raise fault("BM261", "it does not start as a .shp does", file=file)
    stated = 2 * int.from_bytes(data[24:28], signed=True)
    if stated > len(data):
        whole = len(_walk(data, len(data))[0])
        message = f"the .shp should have {stated:,} bytes and has {len(data):,}: {whole:,} whole shapes"
        raise fault("BM261", message, file=file)
    if stated < HEADER:
        raise fault("BM261", "the header of the .shp is damaged", file=file)
    return stated


def _by_index(data: bytes, end: int, index: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """The records as the .shx has them; None where it does not fit the .shp."""
    if len(index) < HEADER or int.from_bytes(index[:4]) != CODE or (len(index) - HEADER) % _RECORD:
        return None
    if 2 * int.from_bytes(index[24:28], signed=True) != len(index):
        return None
    pairs = np.frombuffer(index, ">i4", offset=HEADER).astype(np.int64).reshape(-1, 2) * 2
    starts, lengths = pairs[:, 0], pairs[:, 1]
    if not len(starts):
        return (starts, lengths) if end == HEADER else None
    if starts.min() < HEADER or lengths.min() < 4 or (starts + _RECORD + lengths).max() > end:
        return None
    if len(np.unique(starts)) != len(starts) or (lengths + _RECORD).sum() != end - HEADER:
        return None
    return (starts, lengths) if (_numbers(data, starts + 4, ">i4") * 2 == lengths).all() else None


def _by_walking(data: bytes, end: int, file: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    starts, lengths, reached = _walk(data, end)
    if reached != end:
        message = f"the .shp is damaged after {len(starts):,} whole shapes"
        raise fault("BM261", message, file=file)
    return starts, lengths


def _walk(data: bytes, end: int) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """From one record to the next, as far as they are whole; and where the last one ends."""
    starts, lengths, at = [], [], HEADER
    while at + _RECORD < end:
        length = 2 * int.from_bytes(data[at + 4 : at + 8], signed=True)
        if length < 4 or at + _RECORD + length > end:
            break
        starts.append(at)
        lengths.append(length)
        at += _RECORD + length
    return np.array(starts, dtype=np.int64), np.array(lengths, dtype=np.int64), at


def _numbers(data: bytes, places: NDArray[np.int64], kind: str) -> NDArray[np.int64]:
    """Four-byte numbers at any places."""
    content = np.frombuffer(data, np.uint8)
    cells = content[places[:, None] + np.arange(4)] if len(places) else np.empty((0, 4), np.uint8)
    return np.ascontiguousarray(cells).view(kind).ravel().astype(np.int64)


def make_index(data: bytes, shapes: Shapes) -> bytes:
    """A .shx for a .shp."""
    pairs = np.stack([shapes.starts, shapes.lengths], axis=1) // 2
    words = (HEADER + _RECORD * len(pairs)) // 2
    return data[:24] + words.to_bytes(4) + data[28:HEADER] + pairs.astype(">i4").tobytes()
