"""What was rejected and what was odd: as rows of the rejects file, and each kind once for the report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from bordermap.errors import InputError
from bordermap.explanations import FAULTS
from bordermap.incidents.casebook import REJECT_COLUMNS
from bordermap.incidents.faults import quote
from bordermap.incidents.readers.layer import CellFault, Ints, Layer
from bordermap.incidents.report import Issue
from bordermap.text import plain

#: How many places an issue names.
_PLACES: Final = 3


def is_error(fault: CellFault, *, strict: bool) -> bool:
    """Whether rows with this fault are rejected."""
    return strict or FAULTS[fault.code].severity == "error"


def rejected_rows(faults: Iterable[CellFault], length: int, *, strict: bool) -> np.ndarray:
    """Which rows of a layer's table are rejected.

    Args:
        faults: Of the layer.
        length: Rows of its table.
        strict: Whether warnings reject too.

    Returns:
        A mask, shape (length,).
    """
    mask = np.zeros(length, dtype=bool)
    for each in faults:
        if not each.outside and is_error(each, strict=strict):
            mask[each.rows] = True
    return mask


def rejects_of(layer: Layer, faults: Iterable[CellFault], *, strict: bool) -> pd.DataFrame:
    """The rows of the rejects file for one layer: one for each fault of each rejected record.

    Args:
        layer: As it was read.
        faults: All of them; warnings are passed over unless strict.
        strict: Whether warnings reject too.

    Returns:
        The columns of :data:`bordermap.incidents.casebook.REJECT_COLUMNS`, text, by record.
    """
    frames = [_frame(layer, each) for each in faults if is_error(each, strict=strict) and len(each.rows)]
    if not frames:
        return pd.DataFrame({name: [] for name in REJECT_COLUMNS}, dtype="str")
    whole = pd.concat(frames, ignore_index=True)
    order = np.argsort(whole["record"].astype("int64").to_numpy(), kind="stable")
    return whole.iloc[order].reset_index(drop=True)


def _frame(layer: Layer, fault: CellFault) -> pd.DataFrame:
    records = records_of(layer, fault)
    lines = layer.line_of(records) if layer.line_of is not None else None
    kind = FAULTS[fault.code]
    return pd.DataFrame(
        {
            "file": layer.label,
            "record": [str(each) for each in records.tolist()],
            "line": [str(each) for each in lines.tolist()] if lines is not None else "",
            "column": fault.column,
            "value": values_of(layer, fault),
            "code": fault.code,
            "reason": fault.message or kind.cause,
            "cure": fault.hint or kind.cure,
            "row": _whole_rows(layer, fault),
        },
        columns=list(REJECT_COLUMNS),
        dtype="str",
    )


def records_of(layer: Layer, fault: CellFault) -> Ints:
    """The record numbers of a fault's rows."""
    return np.asarray(fault.rows if fault.outside else layer.records[fault.rows], dtype=np.int64)


def values_of(layer: Layer, fault: CellFault) -> list[str]:
    """The value as written of each row of a fault."""
    if fault.values:
        return list(fault.values)
    if not fault.outside and fault.column in layer.table.column_names:
        found: list[str] = layer.table[fault.column].take(fault.rows).to_pylist()
        return found
    return [""] * len(fault.rows)


def _whole_rows(layer: Layer, fault: CellFault) -> list[str]:
    """Each record as JSON, what is empty left out, so that it can be mended and read again."""
    if fault.outside:
        return [""] * len(fault.rows)
    rows = layer.table.take(fault.rows).to_pylist()
    return [json.dumps({k: v for k, v in row.items() if v}, ensure_ascii=False) for row in rows]


def issues_of(layer: Layer, faults: Sequence[CellFault], *, strict: bool) -> list[Issue]:
    """Each kind of fault of a layer, with its count and its first places."""
    by_kind: dict[tuple[str, str], list[CellFault]] = {}
    for each in faults:
        if len(each.rows):
            by_kind.setdefault((each.code, each.column), []).append(each)
    return [_issue(layer, group, strict=strict) for group in by_kind.values()]


def _issue(layer: Layer, group: Sequence[CellFault], *, strict: bool) -> Issue:
    first = group[0]
    kind = FAULTS[first.code]
    return Issue(
        code=first.code,
        severity="error" if is_error(first, strict=strict) else "warning",
        count=sum(len(each.rows) for each in group),
        message=first.message or kind.cause,
        cure=first.hint or kind.cure,
        places=tuple(place for each in group for place in _first_places(layer, each))[:_PLACES],
    )


def _first_places(layer: Layer, fault: CellFault) -> list[str]:
    short = CellFault(
        fault.code, fault.rows[:_PLACES], fault.column, values=fault.values[:_PLACES], outside=fault.outside
    )
    records = records_of(layer, short)
    lines = layer.line_of(records).tolist() if layer.line_of is not None else [None] * len(records)
    return [
        _place(layer.label, record, line, fault.column, value)
        for record, line, value in zip(records.tolist(), lines, values_of(layer, short), strict=True)
    ]


def _place(label: str, record: int, line: int | None, column: str, value: str) -> str:
    parts = [plain(label), f"record {record}"]
    parts += [f"line {line}"] if line is not None else []
    parts += [f"column {plain(column)}"] if column else []
    return ", ".join(parts) + (f": {quote(value)}" if value else "")


def issue_of_error(error: InputError, *, count: int = 1) -> Issue:
    """A file or layer that cannot be used at all, as an issue.

    Example:
        >>> issue_of_error(InputError("empty", hint="Give rows.", code="BM113", file="a.csv")).places
        ('a.csv',)
    """
    where = [str(error.file)] if error.file is not None else []
    where += [f"line {error.line}"] if error.line is not None else []
    where += [f"column {error.column}"] if error.column is not None else []
    places = (plain(", ".join(where)),) if where else ()
    return Issue(error.code, "error", count, plain(error.message), plain(error.hint), places)
