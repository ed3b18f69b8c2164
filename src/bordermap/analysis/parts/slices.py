"""Parts cut into slices that fit into memory, and one slice read as the layer that it is a piece of."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bordermap.analysis.parts.folder import Part
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.delimited import read_delimited
from bordermap.incidents.readers.gdal_layers import translated
from bordermap.incidents.readers.layer import Ints, Layer
from bordermap.incidents.readers.layers import read_layers
from bordermap.incidents.readers.parquet import read_parquet


@dataclass(frozen=True)
class Slice:
    """What one task reads: a whole part, or some of its rows.

    Attributes:
        number: Its place among all slices, from 0.
        part: The file.
        first: The first row of the slice in the part, from 0.
        rows: How many; -1: the part is read whole.
        groups: The first and the last row group of a Parquet file that hold them, and how many rows of the
            first group come before the slice.
        head: How many bytes of a delimited text come before its first row.
        place: Where in the text the rows of the slice begin and end, in bytes.
        lines: How many physical lines lie between the text's first row and the slice's.
        options: How it is to be read.
        note: Why the part could not be cut, where it is large.
    """

    number: int
    part: Part
    first: int = 0
    rows: int = -1
    groups: tuple[int, int, int] = (0, 0, 0)
    head: int = 0
    place: tuple[int, int] = (0, 0)
    lines: int = 0
    options: ReadOptions = field(default_factory=ReadOptions)
    note: str = ""

    @property
    def name(self) -> str:
        """The part's name, with the rows where it is a slice.

        Example:
            >>> Slice(0, Part(0, "a.parquet", 9, 0), first=100, rows=50).name
            'a.parquet.rows-101-150'
        """
        if self.rows < 0:
            return self.part.name
        return f"{self.part.name}.rows-{self.first + 1}-{self.first + self.rows}"


def read_slice(folder: Path, piece: Slice) -> list[Layer]:
    """The layers of a slice; records and lines are counted as in the whole part.

    Args:
        folder: In which the part stands.
        piece: What to read.

    Raises:
        InputError: It cannot be read.
    """
    path, name = folder / piece.part.name, piece.part.name
    if piece.rows < 0:
        layers = read_layers(path, piece.options)
        return [replace(each, file=name) for each in layers]
    if piece.part.is_parquet:
        data = _parquet_rows(path, piece)
        layers = read_parquet(Blob(name, "parquet", data), piece.options)
    else:
        with path.open("rb") as stream:
            head = stream.read(piece.head)
            stream.seek(piece.place[0])
            data = head + stream.read(piece.place[1] - piece.place[0])
        layers = read_delimited(Blob(name, "text", data), piece.options)
    return [_counted_on(each, piece) for each in layers]


def _parquet_rows(path: Path, piece: Slice) -> bytes:
    """The rows as a small Parquet file with all that the whole says of itself."""
    first, last, skipped = piece.groups
    with translated(piece.part.name):
        file = pq.ParquetFile(
            path, arrow_extensions_enabled=False, page_checksum_verification=True, pre_buffer=False
        )
        batches = _batches(file, range(first, last + 1), skipped, piece.rows)
        table = pa.Table.from_batches(batches, schema=file.schema_arrow)
        stream = io.BytesIO()
        pq.write_table(table, stream, compression="lz4")
    return stream.getvalue()


def _batches(
    file: pq.ParquetFile, groups: Sequence[int], skipped: int, rows: int
) -> Iterator[pa.RecordBatch]:
    for batch in file.iter_batches(batch_size=16_384, row_groups=list(groups)):
        here = batch.slice(skipped)
        skipped = max(0, skipped - batch.num_rows)
        here = here.slice(0, rows)
        rows -= here.num_rows
        if here.num_rows:
            yield here
        if rows <= 0:
            return


def _counted_on(layer: Layer, piece: Slice) -> Layer:
    """A layer whose records and lines are those of the whole part."""
    inner = layer.line_of
    faults = tuple(
        replace(each, rows=each.rows + piece.first) if each.outside else each for each in layer.faults
    )

    def line_of(records: Ints) -> Ints:
        assert inner is not None
        return np.asarray(inner(np.asarray(records) - piece.first) + piece.lines)

    return replace(
        layer,
        records=layer.records + piece.first,
        line_of=line_of if inner is not None else None,
        faults=faults,
    )
