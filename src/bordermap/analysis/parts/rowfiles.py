"""The files between the steps: rows in the order of the curve, read again a few at a time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bordermap.files import write_atomically

#: The least and the most rows that are unpacked together.
_BATCH: Final = (512, 16_384)


def batch_rows(slices: int, rows: int) -> int:
    """How many rows to pack together, so that unpacking what one part needs does not unpack much more.

    Args:
        slices: How many files there are; about as many parts will be made of them.
        rows: Of a slice.

    Example:
        >>> batch_rows(4, 250_000), batch_rows(80, 250_000), batch_rows(2_000, 250_000)
        (16384, 1562, 512)
    """
    return int(np.clip(rows // (2 * max(1, slices)), *_BATCH))


def write_rows(path: Path, table: pa.Table, batch: int) -> None:
    """Write rows whole or not at all.

    Args:
        path: Where to.
        table: Any; words keep one dictionary for the whole file.
        batch: Rows that are packed together.
    """
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    whole = table.unify_dictionaries().combine_chunks()
    with pa.ipc.new_file(sink, whole.schema, options=options) as writer:
        for each in whole.to_batches(max_chunksize=batch):
            writer.write_batch(each)
    write_atomically(path, sink.getvalue(), overwrite=True)


def read_rows(
    path: Path, start: int, stop: int, batch: int, columns: Sequence[str] | None = None
) -> pa.Table:
    """Some rows again.

    Args:
        path: As written.
        start: The first row.
        stop: The row behind the last.
        batch: As given when it was written.
        columns: Those to read; None: all.
    """
    with pa.memory_map(str(path)) as source:
        options = None
        if columns is not None:
            schema = pa.ipc.open_file(source).schema
            options = pa.ipc.IpcReadOptions(
                included_fields=[schema.get_field_index(each) for each in columns]
            )
        reader = pa.ipc.open_file(source, options=options)
        first, last = start // batch, -(-stop // batch)
        batches = [reader.get_batch(at) for at in range(first, last)]
        table = pa.Table.from_batches(batches, schema=reader.schema)
        return table.slice(start - first * batch, stop - start)


def write_array(path: Path, array: NDArray[Any]) -> None:
    """Write an array whole or not at all."""
    sink = io.BytesIO()
    np.save(sink, array, allow_pickle=False)
    write_atomically(path, sink.getvalue(), overwrite=True)


def read_array(path: Path) -> NDArray[Any]:
    """An array again, without reading it into memory."""
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array
