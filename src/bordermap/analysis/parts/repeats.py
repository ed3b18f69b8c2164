"""Records that an earlier part holds already: set apart, with all that the rejects file says of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from bordermap.analysis.parts.columns import RECORD
from bordermap.analysis.parts.job import Job
from bordermap.analysis.parts.rowfiles import read_array, read_rows
from bordermap.analysis.parts.slices import Slice, read_slice
from bordermap.explanations import FAULTS
from bordermap.files import write_atomically
from bordermap.incidents.casebook import REJECT_COLUMNS
from bordermap.incidents.readers.layer import CellFault, Layer
from bordermap.incidents.report import Issue
from bordermap.incidents.rows.rejects import rejects_of
from bordermap.incidents.stores.delimited import table_text

CODE: Final = "BM527"


@dataclass(frozen=True)
class Repeats:
    """The slice whose repeated records are set apart, and how many rows it has."""

    piece: Slice
    rows: int


def reject_repeats(job: Job, repeats: Repeats) -> None:
    """Write the rejects of one slice that the ids of all parts brought about.

    Args:
        job: The whole.
        repeats: Of which slice.
    """
    number = repeats.piece.number
    at = read_array(job.dropped(number))
    rows = read_rows(job.rows(number), 0, repeats.rows, job.batch, [RECORD, "event_id"]).take(np.asarray(at))
    records = rows[RECORD].to_numpy()
    layers = read_slice(job.folder, repeats.piece)
    if len(layers) == 1:
        frame = _of_layer(layers[0], records)
    else:
        frame = _without_rows(repeats.piece.part.name, records, rows["event_id"].to_pylist())
    write_atomically(path_of(job, number), table_text(frame).encode(), overwrite=True)


def path_of(job: Job, number: int) -> Path:
    """Where these rejects of a slice stand."""
    return job.work / f"again-{number:05d}.csv"


def _of_layer(layer: Layer, records: np.ndarray) -> pd.DataFrame:
    places = np.flatnonzero(np.isin(layer.records, records))
    return rejects_of(layer, [CellFault(CODE, places, "event_id")], strict=False)


def _without_rows(name: str, records: np.ndarray, ids: Sequence[str]) -> pd.DataFrame:
    kind = FAULTS[CODE]
    frame = pd.DataFrame({"record": records.astype(str), "value": list(ids)}, dtype="str")
    told = {"file": name, "column": "event_id", "code": CODE, "reason": kind.cause, "cure": kind.cure}
    return frame.assign(**told, line="", row="")[list(REJECT_COLUMNS)]


def repeats_issue(count: int) -> list[Issue]:
    """The issue that says so, where there are any."""
    kind = FAULTS[CODE]
    return [Issue(CODE, kind.severity, count, kind.cause, kind.cure)] if count else []
