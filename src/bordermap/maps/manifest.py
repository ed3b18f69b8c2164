"""What a page was made from, so that a reader can check that it is what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bordermap import __version__, catalog
from bordermap.incidents.arrow import text_column
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.readers.layer import TEXT
from bordermap.incidents.tables import TABLES

#: Rows whose text is made at once: it bounds the memory.
_AT_ONCE: Final = 50_000
_BETWEEN, _WITHIN, _NOTHING = (pa.scalar(text, type=TEXT) for text in ("\x1e", "\x1f", ""))


def manifest(casebook: Casebook, layers: Sequence[str]) -> dict[str, Any]:
    """The version of bordermap, the checksum of each table read and of each data file drawn.

    Args:
        casebook: What was read.
        layers: Names of the shipped data files that are drawn.

    Returns:
        Plain JSON values; no time, no path, no machine.
    """
    with ThreadPoolExecutor(max_workers=2) as pool:
        checksums = dict(
            zip(TABLES, pool.map(lambda name: table_checksum(getattr(casebook, name)), TABLES), strict=True)
        )
    return {
        "bordermap": __version__,
        "casebook": {"version": casebook.about.version} | checksums,
        "geodata": {entry.file: entry.sha256 for entry in catalog.entries() if entry.file in layers},
    }


def table_checksum(frame: pd.DataFrame) -> str:
    """The sha256 of a table's text, however its file was quoted or ended its lines.

    Example:
        >>> table_checksum(pd.DataFrame({"a": ["1"]}))[:12]
        '4822ef21bc55'
    """
    digest = hashlib.sha256("\x1f".join(map(str, frame.columns)).encode())
    if not all(isinstance(kind, pd.StringDtype) for kind in frame.dtypes):
        frame = pd.DataFrame({name: list(map(str, frame[name].tolist())) for name in frame}, dtype="str")
    columns = [text_column(frame.iloc[:, at]) for at in range(frame.shape[1])]
    for start in range(0, len(frame) if columns else 0, _AT_ONCE):
        part = [column.slice(start, _AT_ONCE) for column in columns]
        # Each row begins with what parts rows, so that the bytes of all rows are one run.
        rows = pc.binary_join_element_wise(*part, _WITHIN)
        for chunk in pc.binary_join_element_wise(_BETWEEN, rows, _NOTHING).chunks:
            digest.update(_bytes(chunk))
    return digest.hexdigest()


def _bytes(chunk: pa.LargeStringArray) -> memoryview:
    """All texts of an array, one after another, as they lie in memory."""
    _, ends, data = chunk.buffers()
    if data is None:
        return memoryview(b"")
    offsets = np.frombuffer(ends, dtype=np.int64, count=len(chunk) + 1, offset=8 * chunk.offset)
    return memoryview(data).cast("B")[int(offsets[0]) : int(offsets[-1])]
