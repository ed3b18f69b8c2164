"""Reads any file into a casebook: opened, read, mapped, checked, located, joined; nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from bordermap.errors import InputError
from bordermap.incidents.arrow import remembering
from bordermap.incidents.casebook import REJECT_COLUMNS, Casebook, read_casebook
from bordermap.incidents.conversion.joining import joined, with_ids_once
from bordermap.incidents.dialects import timemap
from bordermap.incidents.faults import CasebookError, fault
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.pairs.uniting import unite
from bordermap.incidents.readers.layer import CellFault, Layer
from bordermap.incidents.readers.layers import read_layers
from bordermap.incidents.relational import casebook_from_layers
from bordermap.incidents.report import Issue, LayerReport, Reading
from bordermap.incidents.rows.layer_rows import LayerRows, read_rows
from bordermap.incidents.rows.rejects import issue_of_error, rejects_of
from bordermap.incidents.tables import TABLES

_REPORT: Final = (
    "file", "member", "layer", "format", "dialect", "rows_read", "rows_used", "rows_rejected", "rows_located",
)  # fmt: skip
#: Told what is being done, and how much of the whole is done, 0 to 1.
Progress = Callable[[str, float], None]
Paths = str | Path | Sequence[str | Path]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What reading gave, whether or not anything could be used.

    Attributes:
        casebook: None where nothing could be used.
        reading: Layers and issues.
        rejects: Rows of the rejects file.
        error: The first error of a file or layer as a whole; None without one.
    """

    casebook: Casebook | None
    reading: Reading
    rejects: pd.DataFrame
    error: InputError | None = None


def read_incidents(paths: Paths, options: ReadOptions | None = None, **changes: Any) -> Casebook:
    r"""Read incidents from any file: a spreadsheet, an export of a known dataset, a layer, a casebook.

    Args:
        paths: A file, ``-`` for standard input, a casebook's folder, or several of them.
        options: What is known of the file.
        changes: Fields of :class:`bordermap.incidents.options.ReadOptions` by name, for example
            ``dialect="acled"`` or ``date_order="dmy"``.

    Returns:
        A casebook. ``rejects`` has the rows that could not be used, ``reading`` what was found; rows read are
        rows used and rows rejected.

    Raises:
        InputError: Nothing could be used; the message is that of the first fault.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "shots.csv")
        >>> written = path.write_text("date,lat,lon,title\n2022-04-18,37.224,67.278,shots\n")
        >>> case = read_incidents(path)
        >>> case.incidents["title"].tolist(), case.reading.rows_used
        (['shots'], 1)
    """
    outcome = read_all(paths, replace(options or ReadOptions(), **changes))
    if outcome.casebook is None:
        assert outcome.error is not None  # where nothing could be used there is an error that says why
        raise outcome.error
    return outcome.casebook


def read_all(paths: Paths, options: ReadOptions, progress: Progress | None = None) -> Outcome:
    """The same, but what cannot be used is told, not raised.

    Args:
        paths: As for :func:`read_incidents`.
        options: What is known of the files.
        progress: Told how far it is.

    Returns:
        The casebook, if any, and everything that was found.
    """
    with remembering():
        return _read_all(paths, options, progress or (lambda words, share: None))


def _read_all(paths: Paths, options: ReadOptions, said: Progress) -> Outcome:
    one = [paths] if isinstance(paths, str | Path) else list(paths)
    parts = [_read_one(path, options, said, at / len(one), 1 / len(one)) for at, path in enumerate(one)]
    found = with_ids_once([rows for part in parts for rows in part.rows])
    pa.default_memory_pool().release_unused()
    said("joining", 0.95)
    reading = Reading(
        tuple(report for part in parts for report in part.reports) + tuple(each.report for each in found),
        _merged([i for part in parts for i in part.issues] + [i for each in found for i in each.issues]),
    )
    rejects = _all_rejects([one for part in parts for one in part.rejects] + [each.rejects for each in found])
    casebook = _joined(one, found, [part.casebook for part in parts if part.casebook is not None], options)
    if casebook is not None:
        casebook = _with_findings(casebook, reading, rejects, found)
    said("done", 1.0)
    error = next((part.error for part in parts if part.error is not None), None)
    if not reading.rows_used and error is None:
        error = nothing_usable(reading)
        reading = replace(reading, issues=(*reading.issues, issue_of_error(error)))
    return Outcome(casebook if reading.rows_used else None, reading, rejects, error)


@dataclass(frozen=True, eq=False)
class _Part:
    """What one input gave."""

    rows: Sequence[LayerRows] = ()
    casebook: Casebook | None = None
    reports: Sequence[LayerReport] = ()
    issues: Sequence[Issue] = ()
    rejects: Sequence[pd.DataFrame] = ()
    error: InputError | None = None


def _read_one(path: str | Path, options: ReadOptions, said: Progress, start: float, share: float) -> _Part:
    name = str(path)
    try:
        if name != "-" and _is_folder(path):
            return _of_casebook(read_casebook(path), name)
        said(f"reading {name}", start)
        layers = read_layers(path, options)
        casebook = casebook_from_layers(layers)
        if casebook is not None:
            return _of_casebook(casebook, name)
        layers = timemap.join(layers)
    except InputError as error:
        return _Part(issues=_issues_of(error), error=error, reports=[LayerReport(file=name)])
    return _of_layers(layers, options, said, start, share)


def _is_folder(path: str | Path) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):  # what cannot even be looked for is told by whoever opens it
        return False


def _of_layers(
    layers: Sequence[Layer], options: ReadOptions, said: Progress, start: float, share: float
) -> _Part:
    rows: list[LayerRows] = []
    unusable: list[tuple[Layer, InputError]] = []
    for at, layer in enumerate(layers):
        said(f"checking {layer.label}", start + share * (0.5 + 0.4 * at / len(layers)))
        try:
            rows.append(read_rows(layer, options))
        except InputError as error:
            unusable.append((layer, _of_layer(layer, error, others=len(layers) > 1)))
    return _Part(
        rows,
        None,
        [_unused(layer) for layer, _ in unusable],
        [issue for _, error in unusable for issue in _issues_of(error)],
        [_whole_layer(layer, error) for layer, error in unusable],
        unusable[0][1] if unusable else None,
    )


def _of_layer(layer: Layer, error: InputError, *, others: bool) -> InputError:
    """The error with the layer's name; a layer without incidents beside others says just that."""
    code = "BM308" if others and error.code == "BM280" else error.code
    if error.file is not None and code == error.code:
        return error
    message = error.message.removeprefix(f"{error.file}: ")
    return InputError(message, hint=error.hint, code=code, file=layer.label)


def _whole_layer(layer: Layer, error: InputError) -> pd.DataFrame:
    """Every record of a layer that cannot be used, with the reason."""
    inside = np.arange(layer.table.num_rows, dtype=np.int64)
    whole = CellFault("BM308", inside, str(error.column or ""), error.message, error.hint)
    outside = [each for each in layer.faults if each.outside]
    return rejects_of(layer, [whole, *outside], strict=False).assign(code=error.code)


def _unused(layer: Layer) -> LayerReport:
    return LayerReport(
        file=layer.file, member=layer.member, layer=layer.name, format=layer.format,
        rows_read=layer.rows_read, rows_rejected=layer.rows_read, facts=layer.facts,
    )  # fmt: skip


def _issues_of(error: InputError) -> list[Issue]:
    """Each fault of an error; a casebook's has all of them."""
    faults = error.faults if isinstance(error, CasebookError) else (error,)
    return [issue_of_error(each) for each in faults]


def _of_casebook(casebook: Casebook, name: str) -> _Part:
    counts = [len(getattr(casebook, table)) for table in TABLES]
    # The rows of a casebook are incidents, whatever stands in the tables beside them.
    used = len(casebook.incidents)
    report = LayerReport(
        file=name, format="casebook", dialect="casebook", reason="has the tables of a casebook",
        rows_read=used, rows_used=used,
        notes=tuple(f"{count} rows of {table}" for table, count in zip(TABLES, counts, strict=True) if count),
    )  # fmt: skip
    return _Part(casebook=casebook, reports=[report])


def _with_findings(
    casebook: Casebook, reading: Reading, rejects: pd.DataFrame, found: Sequence[LayerRows]
) -> Casebook:
    names = [each.names for each in found if len(each.names)]
    return replace(
        casebook,
        rejects=rejects,
        reading=reading,
        report=_report_frame(reading) if found else casebook.report,
        names=pd.concat(names, ignore_index=True) if names else pd.DataFrame(),
    )


def _joined(
    paths: Sequence[str | Path],
    found: Sequence[LayerRows],
    casebooks: Sequence[Casebook],
    options: ReadOptions,
) -> Casebook | None:
    usable = [each for each in found if each.rows.num_rows]
    whole = list(casebooks)
    if usable:
        whole.append(joined(usable, _title(paths), options))
    if len(whole) > 1:
        return unite(whole).casebook
    return whole[0] if whole else None


def _title(paths: Sequence[str | Path]) -> str:
    stem = "standard input" if str(paths[0]) == "-" else Path(paths[0]).name.partition(".")[0]
    words = stem.replace("-", " ").replace("_", " ").strip() or "incidents"
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return words[:1].upper() + words[1:] + more


def _merged(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Each kind once: equal codes and messages of several layers are one."""
    kinds: dict[tuple[str, str], list[Issue]] = {}
    for each in issues:
        kinds.setdefault((each.code, each.message), []).append(each)
    merged = [
        replace(
            group[0],
            count=sum(each.count for each in group),
            places=tuple(place for each in group for place in each.places)[:3],
        )
        for group in kinds.values()
    ]
    return tuple(sorted(merged, key=lambda each: (each.severity, each.code)))


def _all_rejects(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [one for one in frames if len(one)]
    empty = pd.DataFrame({name: [] for name in REJECT_COLUMNS}, dtype="str")
    return pd.concat(filled, ignore_index=True) if filled else empty


def _report_frame(reading: Reading) -> pd.DataFrame:
    rows = [{name: getattr(layer, name) for name in _REPORT} for layer in reading.layers]
    return pd.DataFrame(rows, columns=list(_REPORT))


def nothing_usable(reading: Reading) -> InputError:
    """The error that says that no row could be used, and why the first could not."""
    rejected = reading.rows_rejected
    words = f"none of {rejected} rows could be used" if rejected else "there is no row to use"
    first = next((issue for issue in reading.issues if issue.severity == "error"), None)
    because = f": {first.message}" if first else ""
    file = reading.layers[0].file if reading.layers else None
    return fault("BM306", words + because, hint=first.cure if first else "", file=file)
