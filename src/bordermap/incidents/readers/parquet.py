"""Reads Parquet and GeoParquet, after a look at what the file says of its own size."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bordermap.incidents.faults import fault
from bordermap.incidents.options import MEGABYTE, Limits, ReadOptions
from bordermap.incidents.readers.arrow_text import never_bare, to_text
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.gdal_layers import translated
from bordermap.incidents.readers.geoparquet import GeoColumn, as_wkb, as_wkt, geo_columns
from bordermap.incidents.readers.layer import Geometry, Layer

MAGIC: Final = b"PAR1"
_ENCRYPTED: Final = b"PARE"
# What a value takes at least once it is text: its offset.
_BYTES_PER_VALUE: Final = 8
_SMALL: Final = 10 * MEGABYTE


def read_parquet(blob: Blob, options: ReadOptions) -> list[Layer]:
    """Read a Parquet file; with geometry where it is GeoParquet.

    Args:
        blob: A file of kind ``parquet``.
        options: ``limits`` are heeded.

    Returns:
        One layer. The main column of geometry becomes its geometry, others become well-known text. Without
        a word on the coordinate system GeoParquet means WGS84; where it says that it is unknown, it is empty
        and not declared. An index that pandas kept is a column.

    Raises:
        InputError: It is damaged or cut short (BM261), encrypted (BM272), larger than may be read (BM270) or
            has too many columns (BM271).
    """
    _check_ends(blob)
    source = pa.OSFile(str(blob.path)) if blob.path is not None else pa.BufferReader(blob.content())
    with source, translated(blob.file):
        reader = pq.ParquetFile(source, arrow_extensions_enabled=False, page_checksum_verification=True)
        _check_size(reader.metadata, blob, options.limits)
        columns = geo_columns(reader.schema_arrow, blob.file)
        reader = pq.ParquetFile(
            source,
            metadata=reader.metadata,
            read_dictionary=_words(reader.schema_arrow),
            arrow_extensions_enabled=False,
            page_checksum_verification=True,
        )
        table = reader.read(use_pandas_metadata=False)
        if table.num_rows != reader.metadata.num_rows:
            message = f"it holds {reader.metadata.num_rows:,} rows, and {table.num_rows:,} came out"
            raise fault("BM265", message, file=blob.file)
        _check_unfolded(table, blob, options.limits)
        return [_layer(blob, options, table, columns)]


def _check_ends(blob: Blob) -> None:
    """The first and the last four bytes: a Parquet file that lacks its end lacks its table of contents."""
    if blob.data is not None:
        first, last = blob.data[:4], blob.data[-4:]
    else:
        assert blob.path is not None
        with blob.path.open("rb") as stream:
            first = stream.read(4)
            stream.seek(max(0, blob.size - 4))
            last = stream.read(4)
    if _ENCRYPTED in (first, last):
        raise fault("BM272", "the file is encrypted", file=blob.file)
    if first != MAGIC or last != MAGIC or blob.size < 12:
        raise fault(
            "BM261", "the file is cut short: its end is not the end of a Parquet file", file=blob.file
        )


def _check_size(metadata: pq.FileMetaData, blob: Blob, limits: Limits) -> None:
    if metadata.num_columns > limits.columns:
        message = f"it has {metadata.num_columns:,} columns; {limits.columns:,} are read"
        raise fault("BM271", message, file=blob.file)
    # Never ask for the metadata of a single column: where they are damaged, pyarrow ends the whole program.
    unpacked = sum(metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups))
    values = metadata.num_rows * metadata.num_columns * _BYTES_PER_VALUE
    if max(unpacked, values) > limits.bytes_unpacked:
        _too_large(blob, max(unpacked, values))
    if unpacked > _SMALL and unpacked > limits.ratio * blob.size:
        _too_large(blob, unpacked)


def _too_large(blob: Blob, size: int) -> None:
    message = f"{blob.size:,} bytes unpack to {size / MEGABYTE:,.0f} MB, more than may be read"
    raise fault("BM270", message, file=blob.file)


def _words(schema: pa.Schema) -> list[str]:
    """Columns of texts or bytes: read as a list of values and places in it, repeated values stay small."""
    kinds = (pa.types.is_string, pa.types.is_binary, pa.types.is_large_string, pa.types.is_large_binary)
    return [field.name for field in schema if any(is_kind(field.type) for is_kind in kinds)]


def _check_unfolded(table: pa.Table, blob: Blob, limits: Limits) -> None:
    """How large the table will be once each row has its own copy of a value."""
    size = table.nbytes
    for column in table.columns:
        if pa.types.is_dictionary(column.type):
            for chunk in column.chunks:
                size += pc.sum(pc.take(pc.binary_length(chunk.dictionary), chunk.indices)).as_py() or 0
    if size > limits.bytes_unpacked:
        _too_large(blob, size)


def _layer(blob: Blob, options: ReadOptions, table: pa.Table, columns: list[GeoColumn]) -> Layer:
    main, others = (columns[0], columns[1:]) if columns else (None, [])
    geometry = None
    facts = {**blob.facts, "encoding": "utf-8"}
    if main is not None:
        geometry = Geometry(as_wkb(_plain(table.column(main.name)), main.encoding), main.crs, bool(main.crs))
        facts |= {"geometry column": main.name, "crs": main.crs[:80] or "not stated"}
    for other in others:
        texts = as_wkt(_plain(table.column(other.name)), other.encoding)
        table = table.set_column(table.column_names.index(other.name), other.name, texts)
    derived = {name for column in columns for name in column.covering} & set(table.column_names)
    dropped = derived | ({main.name} if main is not None else set())
    kept = [at for at, name in enumerate(table.column_names) if name not in dropped]
    if derived:
        facts["not read"] = f"bounds of the geometry in {', '.join(sorted(derived))}"
    text, faults = to_text(table.select(kept), options.limits.field_characters)
    records = np.arange(1, table.num_rows + 1, dtype=np.int64)
    # What bordermap itself wrote beside its rows: the tables of a casebook, as JSON.
    own = (table.schema.metadata or {}).get(b"bordermap")
    return Layer(
        blob.file,
        "parquet",
        never_bare(text, records),
        member=blob.member,
        geometry=geometry,
        records=records,
        facts=facts,
        faults=faults,
        extra={"bordermap": own.decode("utf-8", "replace")} if own else {},
    )


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
