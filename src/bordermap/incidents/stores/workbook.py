"""XLSX: the flat table as one sheet, or every table of a casebook as a sheet; nothing in it runs."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any, Final

import pandas as pd
import xlsxwriter

from bordermap.incidents.stores.abouts import about_rows
from bordermap.incidents.stores.content import Content, Stored
from bordermap.incidents.stores.faults import output_fault
from bordermap.incidents.stores.folder import used_columns
from bordermap.incidents.stores.moments import fixed_moment
from bordermap.incidents.stores.values import (
    NOT_XML,
    NUMERIC,
    cleaned,
    cleaning_notes,
    counted,
    number_of,
)
from bordermap.incidents.tables import TABLES

ROWS: Final = 1_048_576
COLUMNS: Final = 16_384
CHARACTERS: Final = 32_767
ABOUT: Final = "casebook"
_OPTIONS: Final = {
    "in_memory": True,
    "constant_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def encode_workbook(content: Content) -> Stored:
    """A workbook.

    Where each row of the flat table holds all that is known of an incident, it is one sheet ``incidents``;
    else each table of the casebook is a sheet, and ``casebook`` says what it is.

    Args:
        content: The casebook.

    Raises:
        OutputError: More rows or columns than a sheet has (BM405).
    """
    notes: list[str] = []
    sheets, changed = {}, 0
    for name, frame in _frames(content).items():
        _refuse_too_large(name, frame)
        fit, number = cleaned(frame, NOT_XML)
        fit = fit.set_axis([NOT_XML.sub("\ufffd", str(each)) for each in fit.columns], axis=1)
        sheets[name], changed = fit, changed + number
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as workbook:
        workbook.set_properties({"created": _created(), "title": content.casebook.about.title[:255]})
        bold = workbook.add_format({"bold": True})
        cut = sum(_write_sheet(workbook.add_worksheet(name), frame, bold) for name, frame in sheets.items())
    if cut:
        notes.append(f"{counted(cut, 'value')} cut to {CHARACTERS:,} characters, the most that XLSX holds")
    notes += cleaning_notes(changed, "XLSX")
    return Stored(
        stream.getvalue(),
        (*(content.point_notes() if content.single else ()), *content.owner_notes("XLSX"), *notes),
    )


def _created() -> datetime:
    return fixed_moment().replace(tzinfo=None)


def _frames(content: Content) -> dict[str, pd.DataFrame]:
    if content.single:
        return {"incidents": content.flat}
    frames = {name: used_columns(frame, TABLES[name]) for name, frame in content.tables.items()}
    if content.casebook.extras.shape[1] > 1:
        frames["extras"] = content.casebook.extras
    about = pd.DataFrame(about_rows(content.casebook.about), columns=["key", "value"], dtype="str")
    return {**frames, ABOUT: about}


def _refuse_too_large(name: str, frame: pd.DataFrame) -> None:
    if len(frame) >= ROWS or frame.shape[1] > COLUMNS:
        raise output_fault(
            "BM405",
            f"{name} has {len(frame):,} rows and {frame.shape[1]:,} columns; an XLSX sheet has room for "
            f"{ROWS - 1:,} and {COLUMNS:,}",
        )


def _write_sheet(sheet: Any, frame: pd.DataFrame, bold: Any) -> int:
    """Write one sheet; how many values had to be cut."""
    cut = 0
    for at, name in enumerate(map(str, frame.columns)):
        sheet.write_string(0, at, name[:CHARACTERS], bold)
        numeric = name in NUMERIC
        for row, text in enumerate(frame.iloc[:, at].tolist(), start=1):
            number = number_of(text) if numeric and text else None
            if number is not None:
                sheet.write_number(row, at, number)
            elif text:
                cut += len(text) > CHARACTERS
                sheet.write_string(row, at, text[:CHARACTERS])
    sheet.freeze_panes(1, 0)
    return cut
