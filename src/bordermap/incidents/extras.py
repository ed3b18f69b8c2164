"""The columns of a casebook that no table has, in its folder: ``extras.csv``; and cells as they are meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from bordermap.incidents.faults import fault
from bordermap.incidents.readers.content import read_text
from bordermap.incidents.readers.sheets import Sheet, read_cells
from bordermap.text import unmarked

EXTRAS_FILE: Final = "extras.csv"


def as_meant(sheet: Sheet) -> Sheet:
    """A sheet of a CSV file without such apostrophes.

    Args:
        sheet: As it was written.
    """
    if not any(text[:1] == "'" for row in sheet.rows for text in row):
        return sheet
    return replace(sheet, rows=tuple(tuple(map(unmarked, row)) for row in sheet.rows))


def read_extras(folder: Path) -> pd.DataFrame | None:
    """The extras of a casebook's folder.

    Args:
        folder: The casebook.

    Returns:
        ``event_id`` and the other columns, text; None where there is no such file.

    Raises:
        InputError: It cannot be used (BM103 to BM115, BM121, BM122).
    """
    path = folder / EXTRAS_FILE
    if not path.exists():
        return None
    rows, _, _ = read_cells(read_text(path, EXTRAS_FILE), EXTRAS_FILE)
    return extras_frame(list(map(unmarked, rows[0])), [list(map(unmarked, row)) for row in rows[1:]])


def extras_frame(names: Sequence[str], rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Extras as a frame.

    Raises:
        InputError: No ``event_id`` (BM121), a name twice (BM122), rows of another length (BM114).

    Example:
        >>> extras_frame(["event_id", "iso"], [["E1", "4"]]).columns.tolist()
        ['event_id', 'iso']
    """
    if "event_id" not in names:
        raise fault("BM121", file=EXTRAS_FILE, column="event_id")
    if len(set(names)) < len(names):
        raise fault("BM122", file=EXTRAS_FILE)
    if any(len(row) != len(names) for row in rows):
        raise fault("BM114", file=EXTRAS_FILE)
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    frame = pd.DataFrame({name: list(c) for name, c in zip(names, columns, strict=True)}, dtype="str")
    ids = frame.pop("event_id")
    if ids.duplicated().any():
        raise fault("BM152", file=EXTRAS_FILE, column="event_id")
    frame.insert(0, "event_id", ids)
    return frame
