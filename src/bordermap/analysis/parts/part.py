"""One slice read, checked, enriched and set in the order of the curve; the same functions as in memory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bordermap.analysis.parts import columns as cols
from bordermap.analysis.parts.job import Job, Told, prepared_borders, write_told
from bordermap.analysis.parts.keys import spatial_keys
from bordermap.analysis.parts.rowfiles import write_array, write_rows
from bordermap.analysis.parts.slices import Slice, read_slice
from bordermap.errors import InputError
from bordermap.explanations import FAULTS
from bordermap.files import write_atomically
from bordermap.incidents.arrow import remembering
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.joining import joined, with_ids_once
from bordermap.incidents.dialects import timemap
from bordermap.incidents.dialects.recognise import SHARED_IDS
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import CellFault, Layer
from bordermap.incidents.relational import casebook_from_layers
from bordermap.incidents.report import Issue
from bordermap.incidents.rows.layer_rows import LayerRows, read_rows
from bordermap.incidents.rows.rejects import issue_of_error, rejects_of
from bordermap.incidents.stores.abouts import about_values
from bordermap.incidents.stores.delimited import table_text

#: Two numbers for each id: that two ids have both in common is less likely than a disk that errs.
IDS: Final = np.dtype([("one", "<u8"), ("two", "<u8"), ("row", "<u4")])
_KEYS: Final = ("bordermap-ids-01", "bordermap-ids-02")


@dataclass(frozen=True, eq=False)
class Found:
    """What reading a slice gave.

    Attributes:
        casebook: None where nothing could be used.
        table: The flat rows in typed columns, with where each comes from.
        own: The source's own columns among them.
        rejects: Rows of the rejects file.
        told: The counts so far.
    """

    casebook: Casebook | None
    table: pa.Table | None
    own: Sequence[str]
    rejects: Sequence[pd.DataFrame]
    told: Told


def do_slice(job: Job, piece: Slice) -> Told:
    """Read, enrich and set down one slice; what is set down is there whole once it is told.

    Args:
        job: The whole.
        piece: What to read.

    Returns:
        What became of it; a slice that cannot be read is told as an error.
    """
    with remembering():
        found = find(job, piece)
        told = found.told
        if found.casebook is not None and found.table is not None:
            enriched = enriched_of(job, found.casebook)
            added = cols.enriched_columns(enriched)
            told = replace(told, types=tuple((name, str(each.type)) for name, each in added.items()))
            _set_down(job, piece.number, found.table, added)
    _write_rejects(job.rejects(piece.number), found.rejects)
    write_told(job.told(piece.number), told)
    return told


def enriched_of(job: Job, casebook: Casebook) -> pd.DataFrame:
    """The columns that enriching adds, one row an incident."""
    from bordermap.analysis.enriching import enrich

    enriched: pd.DataFrame = enrich(casebook, prepared_borders(job), locations=False).enriched
    return enriched


def find(job: Job, piece: Slice) -> Found:
    """The rows of a slice, checked and made a casebook, and what became of the others."""
    told = Told(piece.number, piece.name, owner=f"file {piece.part.number}", stem=_stem(piece.part.name))
    told = replace(told, issues=whole_issues(piece))
    try:
        layers = read_slice(job.folder, piece)
        casebook = casebook_from_layers(layers)
        layers = layers if casebook is not None else timemap.join(layers)
    except InputError as error:
        return Found(None, None, (), (), _failed(job, told, error))
    if casebook is not None:
        return _of_casebook(casebook, piece, told)
    return _of_layers(job, layers, piece.options, told)


def whole_issues(piece: Slice) -> tuple[Issue, ...]:
    """The issue that says that a large part could only be read whole, where it is one."""
    if not piece.note:
        return ()
    kind = FAULTS["BM529"]
    return (Issue(kind.code, kind.severity, 1, f"{piece.name} was read whole: {piece.note}", kind.cure),)


def _stem(name: str) -> str:
    return re.sub(r"[^0-9A-Za-z]+", "-", Path(name).stem).strip("-") or "layer"


def _failed(job: Job, told: Told, error: InputError) -> Told:
    """A slice that cannot be used, as an error that names the part and no path."""
    path = f"{job.folder / told.name}"
    message, issue = str(error).replace(path, told.name), issue_of_error(error)
    places = tuple(place.replace(path, told.name) for place in issue.places)
    issue = replace(issue, message=message.removeprefix(f"{told.name}: "), places=places)
    words = {"code": error.code, "message": message, "hint": error.hint}
    return replace(told, issues=(*told.issues, issue), error=words)


def _of_casebook(casebook: Casebook, piece: Slice, told: Told) -> Found:
    """A part that holds a casebook's tables: its incidents, as one row each."""
    table, own = cols.told_flat(casebook)
    used = table.num_rows
    for name, column in cols.origin_columns(piece.part.name, np.arange(1, used + 1)).items():
        table = table.append_column(name, column)
    told = replace(told, rows_read=used, rows_used=used, about=about_values(casebook.about), own=tuple(own))
    return Found(casebook, table, own, (), told)


@dataclass
class _Layers:
    rows: list[LayerRows] = field(default_factory=list)
    rejects: list[pd.DataFrame] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    unused: int = 0
    error: InputError | None = None


def _read(layers: Sequence[Layer], options: ReadOptions) -> _Layers:
    """Each layer's rows; a layer that cannot be used is rejected row by row."""
    found = _Layers()
    for layer in layers:
        try:
            found.rows.append(read_rows(layer, options))
        except InputError as error:
            found.error = found.error or error
            found.unused += layer.rows_read
            found.issues.append(issue_of_error(error))
            inside = np.arange(layer.table.num_rows, dtype=np.int64)
            whole = CellFault(error.code, inside, str(error.column or ""), error.message, error.hint)
            outside = [each for each in layer.faults if each.outside]
            found.rejects.append(rejects_of(layer, [whole, *outside], strict=False).assign(code=error.code))
    return found


def _of_layers(job: Job, layers: Sequence[Layer], options: ReadOptions, told: Told) -> Found:
    read = _read(layers, options)
    found = with_ids_once(read.rows)
    used = sum(each.rows.num_rows for each in found)
    total = read.unused + sum(each.report.rows_read for each in found)
    told = replace(
        told,
        rows_read=total,
        rows_used=used,
        rows_rejected=total - used,
        rows_located=sum(each.report.rows_located for each in found),
        owner=_owner(found) or told.owner,
        issues=(*told.issues, *read.issues, *(issue for each in found for issue in each.issues)),
        notes=(*told.notes, *dict.fromkeys(note for each in found for note in each.report.notes)),
        period=_period([each.report.period for each in found]),
    )
    rejects = [*read.rejects, *(each.rejects for each in found)]
    if read.error is not None and not found:
        told = replace(_failed(job, told, read.error), issues=told.issues)
    usable = [each for each in found if each.rows.num_rows]
    if not usable:
        return Found(None, None, (), rejects, told)
    casebook = joined(usable, job.title, options)
    again = all(each.dialect.key == "bordermap" for each in usable)
    table, own = cols.flat_table(casebook, *_together(usable), again=again)
    records = np.concatenate([each.layer.records[each.positions] for each in usable])
    for name, column in cols.origin_columns(layers[0].file, records).items():
        table = table.append_column(name, column)
    speaking = casebook.claims["party_id"].unique().tolist()
    parties = casebook.parties[casebook.parties["party_id"].isin(speaking)]
    told = replace(
        told,
        own=tuple(own),
        about=about_values(casebook.about),
        datasets=tuple(zip(parties["name"].tolist(), parties["kind"].tolist(), strict=True)),
    )
    return Found(casebook, table, own, rejects, told)


def _owner(found: Sequence[LayerRows]) -> str:
    keys = {each.dialect.key for each in found}
    return next(iter(keys)) if len(keys) == 1 and keys <= set(SHARED_IDS) else ""


def _period(periods: Sequence[tuple[str, str]]) -> tuple[str, str]:
    known = [each for each in periods if each[0]]
    return (min(each[0] for each in known), max(each[1] for each in known)) if known else ("", "")


def _together(found: Sequence[LayerRows]) -> tuple[pa.Table, pa.Table]:
    """The flat rows of all layers, and their other columns."""
    if len(found) == 1:
        return found[0].rows, found[0].extras
    rows = pa.concat_tables([each.rows for each in found])
    extras = pa.concat_tables([each.extras for each in found], promote_options="default")
    filled = [pc.fill_null(column, "") for column in extras.columns]
    return rows, pa.table(dict(zip(extras.column_names, filled, strict=True)))


def _set_down(job: Job, number: int, table: pa.Table, added: dict[str, pa.ChunkedArray]) -> None:
    """Write the rows along the curve, where each lies on it, and their ids."""
    keys = spatial_keys(table)
    order = np.argsort(keys, kind="stable")
    for name, column in added.items():
        table = table.append_column(name, column)
    ids = table["event_id"].take(pa.array(order))
    if job.columns:
        kept = (*job.columns, "event_id", cols.RECORD)
        table = table.select([name for name in table.column_names if name in kept])
    write_rows(job.rows(number), table.take(pa.array(order)), job.batch)
    write_array(job.keys(number), keys[order])
    write_array(job.ids(number), ids_as_numbers(ids))


def ids_as_numbers(ids: pa.ChunkedArray) -> NDArray[np.void]:
    """Ids as numbers that can be compared across parts, sorted, each with its row.

    Example:
        >>> found = ids_as_numbers(pa.chunked_array([["b", "a"]]))
        >>> again = ids_as_numbers(pa.chunked_array([["a"]]))
        >>> again["one"][0] in found["one"], sorted(found["row"].tolist())
        (True, [0, 1])
    """
    texts = np.array(ids.to_pylist(), dtype=object)
    numbers = np.empty(len(texts), dtype=IDS)
    for name, key in zip(("one", "two"), _KEYS, strict=True):
        numbers[name] = pd.util.hash_array(texts, hash_key=key, categorize=False)
    numbers["row"] = np.arange(len(texts))
    return np.sort(numbers, order=["one", "two"])


def _write_rejects(path: Path, frames: Sequence[pd.DataFrame]) -> None:
    filled = [each for each in frames if len(each)]
    if filled:
        write_atomically(path, table_text(pd.concat(filled, ignore_index=True)).encode(), overwrite=True)
    else:
        path.unlink(missing_ok=True)
