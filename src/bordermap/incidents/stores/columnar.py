"""GeoParquet and FlatGeobuf: the flat table in typed columns, with the drawn geometry."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyogrio
import shapely

from bordermap.incidents.arrow import text_column
from bordermap.incidents.stores.content import Content, Stored
from bordermap.incidents.stores.faults import output_fault
from bordermap.incidents.stores.geojson import shape_types
from bordermap.incidents.stores.values import NUL, cleaned, cleaning_notes, typed

GEOMETRY = "geometry"


def encode_parquet(content: Content) -> Stored:
    """GeoParquet 1.1; the file's metadata key ``bordermap`` has the casebook's own words and all its tables.

    Args:
        content: The casebook.
    """
    table = _table(content)
    member = content.member(tables=True)
    metadata = {b"geo": json.dumps(_geo(content)).encode(), b"bordermap": _dumps(member).encode()}
    stream = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), stream, compression="zstd")
    return Stored(stream.getvalue(), content.shape_notes())


def encode_flatgeobuf(content: Content) -> Stored:
    """FlatGeobuf, its rows in their order; rows without a geometry are kept, so it has no spatial index.

    Args:
        content: The casebook.

    Raises:
        OutputError: It could not be written (BM406).
    """
    flat, changed = cleaned(content.flat, NUL)
    with tempfile.TemporaryDirectory(prefix="bordermap-") as folder:
        path = Path(folder, "incidents.fgb")
        try:
            _write_features(path, content, flat)
        except (RuntimeError, ValueError) as error:
            raise output_fault("BM406", f"FlatGeobuf cannot hold the table: {str(error)[:200]}") from error
        data = path.read_bytes()
    what = "FlatGeobuf"
    notes = (*content.flat_notes(what), *content.owner_notes(what), *content.outline_notes())
    return Stored(data, (*notes, *cleaning_notes(changed, "FlatGeobuf")))


def _write_features(path: Path, content: Content, flat: pd.DataFrame) -> None:
    """Write the rows; by position, for through Arrow the driver takes names that differ in case for one."""
    names = [str(name) for name in flat.columns]
    columns = [typed(name, text_column(flat.iloc[:, at])) for at, name in enumerate(names)]
    wkb = np.full(len(flat), None, dtype=object)
    wkb[:] = list(shapely.to_wkb(content.geometry, byte_order=1, output_dimension=2))
    pyogrio.raw.write(
        path, wkb, [_values(column) for column in columns], np.array(names, dtype=object),
        field_mask=[column.is_null().to_numpy() for column in columns],
        driver="FlatGeobuf", layer="incidents", geometry_type="Unknown", crs="EPSG:4326",
        layer_options={"SPATIAL_INDEX": "NO"},
    )  # fmt: skip


def _values(column: pa.ChunkedArray) -> np.ndarray:
    if column.type in (pa.int64(), pa.float64()):
        return np.asarray(pc.fill_null(column, 0).to_numpy())
    return np.array(column.to_pylist(), dtype=object)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _table(content: Content) -> pa.Table:
    frame = content.flat
    names = [str(name) for name in frame.columns]
    columns = {name: typed(name, text_column(frame.iloc[:, at])) for at, name in enumerate(names)}
    wkb = shapely.to_wkb(content.geometry, byte_order=1, output_dimension=2)
    return pa.table(columns | {GEOMETRY: pa.array(list(wkb), type=pa.binary())})


def _geo(content: Content) -> dict[str, Any]:
    # Without a crs of its own a column is in OGC:CRS84: longitude and latitude on WGS84, as ours are.
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": shape_types(content)}
    drawn = [shape for shape in content.geometry if shape is not None]
    if drawn:
        column["bbox"] = [float(edge) for edge in shapely.total_bounds(np.array(drawn, dtype=object))]
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
