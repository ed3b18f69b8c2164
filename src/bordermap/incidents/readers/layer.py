"""One table of one file as it was read: text in columns, with where each row stood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.int64]
#: Every column of a layer: text without nulls; an empty text is unknown.
TEXT = pa.large_string()


@dataclass(frozen=True, eq=False)
class CellFault:
    """One kind of fault in some rows of a layer.

    Attributes:
        code: Of the table of faults; its severity says whether the rows are rejected.
        rows: Positions in the layer's table, counted from 0; or, for rows that never came into the table
            (``outside``), their record numbers.
        column: The column as the file calls it; empty for the whole row.
        message: In place of the fault's cause.
        hint: In place of the fault's cure.
        values: The value as written of each row, for rows outside the table; inside it is looked up.
        outside: Whether the rows are records that could not become rows of the table at all.
    """

    code: str
    rows: Ints
    column: str = ""
    message: str = ""
    hint: str = ""
    values: tuple[str, ...] = ()
    outside: bool = False


@dataclass(frozen=True, eq=False)
class Geometry:
    """The geometry of each row.

    Attributes:
        wkb: Large binary, one value a row; null where the row has none.
        crs: Its coordinate system, as ``pyproj.CRS.from_user_input`` takes it; empty where the file does not
            say.
        declared: Whether the file says so itself (GeoJSON and KML are WGS84 by their standard: yes).
    """

    wkb: pa.ChunkedArray
    crs: str = ""
    declared: bool = True


@dataclass(frozen=True, eq=False)
class Layer:
    """One table, sheet, layer or folder of a file.

    Attributes:
        file: The file as the user named it.
        format: ``csv``, ``xlsx``, ``ods``, ``xls``, ``json``, ``geojson``, ``geojsonseq``, ``gpkg``, ``shp``,
            ``fgb``, ``kml``, ``gpx``, ``parquet``.
        table: The columns by name, each :data:`TEXT` without nulls; names are unique and not empty.
        member: The file inside an archive; empty without one.
        name: Of the sheet, layer or folder; empty where the format has only one.
        geometry: Where the format has geometry.
        records: The record number of each row as the file counts (CSV: the header is record 1; sheet rows:
            as the sheet counts; features: from 1).
        line_of: Physical line, counted from 1, of some records (an array of record numbers); None where the
            format has no lines.
        facts: What was found out and would else be a silent guess: ``encoding``, ``delimiter``,
            ``header_row``, ``decimal``, ``crs`` …, as text.
        faults: Found while reading. Records ``outside`` the table count as read and rejected.
        extra: What a dialect needs beyond the table, for example sister tables of one JSON file.
    """

    file: str
    format: str
    table: pa.Table
    member: str = ""
    name: str = ""
    geometry: Geometry | None = None
    records: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    line_of: Callable[[Ints], Ints] | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[CellFault, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The columns' names."""
        return [str(name) for name in self.table.column_names]

    @property
    def label(self) -> str:
        """File, member and layer, as messages call it."""
        return " › ".join(part for part in (self.file, self.member, self.name) if part)

    @property
    def rows_outside(self) -> int:
        """How many records never became a row."""
        outside = [each.rows for each in self.faults if each.outside]
        return len(np.unique(np.concatenate(outside))) if outside else 0

    @property
    def rows_read(self) -> int:
        """Rows of the table and records that never became one."""
        return int(self.table.num_rows) + self.rows_outside


def text_table(columns: Mapping[str, list[str]]) -> pa.Table:
    """A table of text columns.

    Args:
        columns: Values by name; all of one length.

    Example:
        >>> text_table({"a": ["1", ""]}).schema.field("a").type
        DataType(large_string)
    """
    return pa.table({name: pa.array(values, type=TEXT) for name, values in columns.items()})
