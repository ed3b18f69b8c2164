"""The flat tables that bordermap itself writes, in any format, and tables made after their pattern."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.arrow import blank, constant
from bordermap.incidents.dialects.dialect import Dialect
from bordermap.incidents.flat import FLAT, Mapped
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.about import About
from bordermap.incidents.readers.layer import TEXT, Layer
from bordermap.incidents.relational import member_of
from bordermap.incidents.stores.abouts import about_of
from bordermap.incidents.stores.kml import BLANKS, ELEMENTS, column_name
from bordermap.incidents.stores.names import MARKS, inner_name, is_ours
from bordermap.text import unmarked

_REPRESENTATIVE: Final = ("representative_longitude", "representative_latitude")
#: What readers add to a row of some formats: told by our own columns already.
_ADDED: Final = {"kml": (*ELEMENTS, BLANKS), "gpkg": ("fid",)}
#: Text that a spreadsheet would not run has such a mark in front; without any nothing is to be done.
_MARK: Final = "^'"
#: The kinds of parties that are datasets.
_DATASETS: Final = ("dataset", "machine", "monitor")


def recognises(layer: Layer) -> str:
    """Why a layer is a flat table of ours; an empty text where it is not."""
    names = _names(layer)
    return f"has {', '.join(MARKS[:-1])} and {MARKS[-1]}" if all(name in names for name in MARKS) else ""


def _is_marked(layer: Layer) -> bool:
    """Whether cells may bear the apostrophe that keeps a spreadsheet from running them."""
    return layer.format in ("csv", "tsv", "text")


def _names(layer: Layer) -> dict[str, str]:
    """The file's columns by what they mean."""
    return {unmarked(name) if _is_marked(layer) else name: name for name in layer.columns}


def map_rows(layer: Layer, options: ReadOptions) -> Mapped:
    """The rows as they are; what was derived when they were written is not read.

    Args:
        layer: A flat table.
        options: Not needed: nothing is to be found out.
    """
    layer = _with_blanks(layer)
    names = _names(layer)
    columns = {name: _column(layer, names[name]) for name in FLAT.names if name in names}
    # Shapes and points stand in their columns: what the file draws was made of them.
    columns |= {
        name: blank(layer.table.num_rows)
        for name in ("longitude", "latitude", "shape")
        if name not in columns
    }
    columns |= _coders_points(layer, names, columns)
    added = _ADDED.get(layer.format, ())
    own = {name: file for name, file in names.items() if not is_ours(name) and name not in added}
    return Mapped(
        columns=columns,
        used={name: (names[name],) for name in columns if name in names},
        kept=tuple(own.values()),
        extras={_own_name(layer, name): _column(layer, file) for name, file in own.items()},
        settled=_is_settled(columns),
        notes=_notes(layer),
    )


def _with_blanks(layer: Layer) -> Layer:
    """A KML layer with the blanks around its values, which the format's readers take off."""
    if layer.format != "kml" or BLANKS not in layer.columns:
        return layer
    found = [_texts(text) for text in layer.table.column(BLANKS).to_pylist()]
    table = layer.table
    for name in dict.fromkeys(name for cells in found for name in cells if name in layer.columns):
        texts = [
            cells.get(name, text) for cells, text in zip(found, table.column(name).to_pylist(), strict=True)
        ]
        column = pa.chunked_array([pa.array(texts, type=TEXT)])
        table = table.set_column(table.column_names.index(name), name, column)
    return replace(layer, table=table)


def _texts(written: str) -> dict[str, str]:
    try:
        cells = json.loads(written) if written else {}
    except (ValueError, RecursionError):
        return {}
    known = cells if isinstance(cells, dict) else {}
    return {name: text for name, text in known.items() if isinstance(text, str)}


def _own_name(layer: Layer, name: str) -> str:
    return inner_name(column_name(name) if layer.format == "kml" else name)


def _is_settled(columns: Mapping[str, pa.ChunkedArray]) -> bool:
    """Whether every row says how precisely it is placed; a table made by hand may leave that open."""
    return not any(
        pc.any(pc.equal(columns[name], "")).as_py() for name in ("geo_precision", "location_basis")
    )


def _column(layer: Layer, name: str) -> pa.ChunkedArray:
    column = layer.table.column(name)
    if not _is_marked(layer) or not pc.any(pc.match_substring_regex(column, _MARK)).as_py():
        return column
    return pa.chunked_array([pa.array(list(map(unmarked, column.to_pylist())), type=TEXT)])


def _coders_points(
    layer: Layer, names: Mapping[str, str], columns: Mapping[str, pa.ChunkedArray]
) -> dict[str, pa.ChunkedArray]:
    """Representative points without those that bordermap found itself."""
    if "representative_point" not in names:
        return {}
    ours = pc.equal(layer.table.column(names["representative_point"]), "innermost")
    nothing = constant("", layer.table.num_rows)
    return {name: pc.if_else(ours, nothing, columns[name]) for name in _REPRESENTATIVE if name in columns}


def _notes(layer: Layer) -> tuple[str, ...]:
    if "tables" in member_of(layer):
        return ("the rows were changed since bordermap wrote them: the claims beside them are not used",)
    counts = layer.table.column("claim_count").to_pylist() if "claim_count" in layer.columns else []
    number = int(np.sum([int(text) for text in counts if text.isascii() and text.isdigit()]))
    return (
        (f"written from a casebook with {number:,} claims, which this format does not hold",)
        if number
        else ()
    )


def about_of_layer(layer: Layer) -> About | None:
    """What the file says of the casebook that it was written from; None where it says nothing.

    Args:
        layer: Of a GeoJSON or GeoParquet file.
    """
    values = member_of(layer).get("casebook")
    return about_of(values) if isinstance(values, Mapping) else None


def dataset_of_layer(layer: Layer) -> tuple[str, str] | None:
    """Name and kind of the dataset whose rows the file holds; None where it does not say.

    Args:
        layer: Of a GeoJSON or GeoParquet file.
    """
    told = member_of(layer).get("dataset")
    name, kind = (told.get("name"), told.get("kind")) if isinstance(told, Mapping) else (None, None)
    return (name, kind) if isinstance(name, str) and name and kind in _DATASETS else None


DIALECT: Final = Dialect(
    key="bordermap",
    name="bordermap table",
    party_kind="dataset",
    recognises=recognises,
    map=map_rows,
    rights="unknown",
)
