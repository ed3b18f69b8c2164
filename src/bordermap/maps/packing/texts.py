"""Texts in blocks that are read one by one: straight from Arrow's buffers, with no Python value for a row."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from itertools import pairwise
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bordermap.maps.packing.coding import base64_text, gzipped, level_of
from bordermap.maps.packing.columns import Ints, TextColumn

#: No block holds more rows, or more bytes unless a single row has them.
ROWS: Final = 1_000
BYTES: Final = 512_000


def time_order(when: Ints) -> Ints:
    """Rows in the order of their dates; rows of one date in their own.

    Args:
        when: Of each row.

    Example:
        >>> time_order(np.array([1, 0, 1])).tolist()
        [1, 0, 2]
    """
    # Numbers of 16 bits are sorted by counting, which takes a tenth of the time.
    few = when.max(initial=0) < 1 << 16
    return np.argsort(when.astype(np.uint16) if few else when, kind="stable")


def text_blocks(columns: Sequence[TextColumn], order: Ints, pool: Executor) -> tuple[list[int], list[str]]:
    """The texts of all columns, block by block.

    Args:
        columns: At least one.
        order: Which text is put where.
        pool: Who does the work: threads, for zlib and Arrow let go of the interpreter meanwhile.

    Returns:
        Where each block starts in that order, and at last how many rows there are; and the blocks as base64
        of gzip.

    Example:
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> column = TextColumn("id", pa.chunked_array([pa.array(["a", "bc"], type=pa.large_string())]))
        >>> with ThreadPoolExecutor(1) as pool:
        ...     starts, blocks = text_blocks([column], np.array([0, 1]), pool)
        >>> starts, len(blocks)
        ([0, 2], 1)
    """
    laid = list(pool.map(lambda each: _laid_out(each, order), columns))
    starts = _starts(np.sum([offsets for offsets, _ in laid], axis=0))
    spans = list(pairwise(starts))
    level = level_of(sum(int(offsets[-1] - offsets[0]) for offsets, _ in laid))
    return starts, list(pool.map(lambda span: _block(laid, span, level), spans))


Laid = tuple[NDArray[np.int64], memoryview]


def _laid_out(column: TextColumn, order: Ints) -> Laid:
    """Where each text begins and ends in the bytes of all, in order, and these bytes."""
    taken = column.values.take(pa.array(order))
    whole = pa.concat_arrays(taken.chunks) if taken.num_chunks != 1 else taken.chunk(0)
    _, ends, data = whole.buffers()
    if not len(whole) or ends is None:
        return np.zeros(len(whole) + 1, dtype=np.int64), memoryview(b"")
    offsets = np.frombuffer(ends, dtype=np.int64, count=len(whole) + 1, offset=8 * whole.offset)
    return offsets, memoryview(data if data is not None else b"").cast("B")


def _starts(ends: NDArray[np.int64]) -> list[int]:
    """Where blocks start, and the number of rows."""
    count, starts = len(ends) - 1, [0]
    while starts[-1] < count:
        at = starts[-1]
        full = int(np.searchsorted(ends, ends[at] + BYTES, side="right")) - 1
        starts.append(min(max(full, at + 1), at + ROWS, count))
    return starts


def _block(laid: Sequence[Laid], span: tuple[int, int], level: int) -> str:
    start, end = span
    lengths = [np.diff(offsets[start : end + 1]).astype("<u4").tobytes() for offsets, _ in laid]
    texts = [data[int(offsets[start]) : int(offsets[end])] for offsets, data in laid]
    return base64_text(gzipped([*lengths, *texts], level))
