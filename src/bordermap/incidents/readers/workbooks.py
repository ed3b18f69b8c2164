"""Reads workbooks: XLSX, XLSM, XLSB, XLS and ODS, each sheet a layer, formulas by their last values."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.headers import Header, find_header, name_columns
from bordermap.incidents.readers.layer import TEXT, Layer
from bordermap.incidents.readers.typed import long_values, refuse_many_columns, text_array
from bordermap.incidents.readers.workbook_extent import refuse_unfolding

_CHUNK: Final = 8192


def read_workbook(blob: Blob, options: ReadOptions) -> list[Layer]:
    """Read every sheet of a workbook that has rows, or those that the options name.

    Args:
        blob: A workbook of any of the five kinds.
        options: ``layers`` names sheets, ``header_row`` is the row of the column names as the sheet shows it.

    Returns:
        A layer for each sheet, in the workbook's order; record numbers are the sheet's row numbers. Formulas
        give the values that were saved with them and are never evaluated.

    Raises:
        InputError: The workbook is damaged (BM240), protected (BM241) or without a table (BM242), has no
            sheet of that name (BM309), unfolds beyond measure (BM253), has too many columns (BM254), two
            columns of one name (BM122), or no row where the header should be (BM255).

    Example:
        >>> import io, xlsxwriter
        >>> stream = io.BytesIO()
        >>> with xlsxwriter.Workbook(stream) as workbook:
        ...     sheet = workbook.add_worksheet("Incidents")
        ...     _ = sheet.write_row(0, 0, ["id", "latitude"]), sheet.write_row(1, 0, ["007", 37.0])
        >>> [layer] = read_workbook(Blob("a.xlsx", "xlsx", stream.getvalue()), ReadOptions())
        >>> layer.name, layer.table.to_pylist(), layer.records.tolist()
        ('Incidents', [{'id': '007', 'latitude': '37'}], [2])
    """
    label = " › ".join(part for part in (blob.file, blob.member) if part)
    data = blob.content()
    facts = {**blob.facts, **refuse_unfolding(data, label)}
    with _damage_is_a_fault(label):
        workbook = CalamineWorkbook.from_object(io.BytesIO(data))
        sheets = list(workbook.sheets_metadata)
    del data
    _refuse_unknown([sheet.name for sheet in sheets], options.layers, label)
    facts |= _sheet_facts(sheets)
    layers, empty = [], []
    for sheet in sheets:
        if _is_table(sheet) and (not options.layers or sheet.name in options.layers):
            layer = _read_sheet(workbook, sheet.name, blob, options, facts)
            layers += [layer] if layer else []
            empty += [] if layer else [sheet.name]
    if not layers:
        listed = f": {', '.join(map(quote, empty))}" if empty else ""
        raise fault("BM242", f"no sheet has a row below its column names{listed}", file=label)
    said = {"empty_sheets": ", ".join(empty)} if empty else {}
    return [_with_facts(layer, said) for layer in layers]


@contextmanager
def _damage_is_a_fault(label: str) -> Iterator[None]:
    """Whatever goes wrong in the library is one fault; it may also panic, which is no Exception."""
    try:
        yield
    except PasswordError as error:
        raise fault("BM241", file=label) from error
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise fault("BM240", f"the workbook cannot be read: {str(error)[:200]}", file=label) from error


def _refuse_unknown(names: Sequence[str], wanted: Sequence[str], label: str) -> None:
    unknown = [name for name in wanted if name not in names]
    if unknown:
        message = f"no sheet {quote(unknown[0])}; there are {', '.join(map(quote, names))}"
        raise fault("BM309", message, file=label)


def _is_table(sheet: SheetMetadata) -> bool:
    return sheet.typ == SheetTypeEnum.WorkSheet


def _sheet_facts(sheets: Sequence[SheetMetadata]) -> dict[str, str]:
    facts = {
        "hidden_sheets": [each.name for each in sheets if each.visible != SheetVisibleEnum.Visible],
        "sheets_without_cells": [each.name for each in sheets if not _is_table(each)],
    }
    return {key: ", ".join(names) for key, names in facts.items() if names}


def _with_facts(layer: Layer, facts: dict[str, str]) -> Layer:
    parts = {name: getattr(layer, name) for name in ("file", "format", "table", "member", "name", "records")}
    return Layer(**parts, facts={**layer.facts, **facts}, faults=layer.faults)


def _read_sheet(
    workbook: CalamineWorkbook, name: str, blob: Blob, options: ReadOptions, facts: dict[str, str]
) -> Layer | None:
    """One sheet as a layer, or None where it has no rows."""
    label = " › ".join(part for part in (blob.file, blob.member, name) if part)
    with _damage_is_a_fault(label):
        sheet = workbook.get_sheet_by_name(name)
        start = sheet.start
    if start is None:
        return None
    refuse_many_columns(sheet.width, options.limits.columns, label)
    with _damage_is_a_fault(label):
        rows = sheet.iter_rows()
        top = list(islice(rows, max(start[0] + 30, options.header_row)))
    header = find_header(top, start[0], options.header_row, label)
    arrays = _columns(top[header.row :], rows, sheet, label)
    filled = _filled(arrays)
    table, records = _below(name_columns(header.cells, start[1], filled, label), arrays, header.row + 1)
    if not len(records):
        return None
    return Layer(
        file=blob.file,
        format=blob.kind,
        table=table,
        member=blob.member,
        name=name,
        records=records,
        facts={**facts, **_header_facts(header)},
        faults=tuple(long_values(table, options.limits.field_characters)),
    )


def _columns(
    first: Sequence[Sequence[Any]], rows: Iterator[list[Any]], sheet: CalamineSheet, label: str
) -> list[pa.ChunkedArray]:
    """The cells below the header by column, converted in pieces so that typed cells never pile up."""
    pieces: list[list[pa.Array]] = [[] for _ in range(sheet.width)]
    with _damage_is_a_fault(label):
        chunk = [*first, *islice(rows, _CHUNK)]
    while chunk:
        for piece, cells in zip(pieces, zip(*chunk, strict=True), strict=True):
            piece.append(text_array(cells))
        with _damage_is_a_fault(label):
            chunk = list(islice(rows, _CHUNK))
    return [pa.chunked_array(piece, type=TEXT) for piece in pieces]


def _filled(arrays: Sequence[pa.ChunkedArray]) -> list[bool]:
    return [bool(len(array)) and pc.max(pc.binary_length(array)).as_py() > 0 for array in arrays]


def _below(
    names: Sequence[str], arrays: Sequence[pa.ChunkedArray], first: int
) -> tuple[pa.Table, np.ndarray[Any, np.dtype[np.int64]]]:
    """The named columns without blank rows, and the sheet's number of each row."""
    kept = {name: array for name, array in zip(names, arrays, strict=True) if name}
    count = len(arrays[0]) if arrays else 0
    used = np.zeros(count, dtype=bool)
    for array in kept.values():
        used |= pc.greater(pc.binary_length(array), 0).to_numpy()
    records = np.flatnonzero(used).astype(np.int64) + first
    table = pa.table(kept)
    return (table if used.all() else table.filter(pa.array(used))), records


def _header_facts(header: Header) -> dict[str, str]:
    facts = {"header_row": str(header.row)}
    return facts | ({"above_header": header.above} if header.above else {})
