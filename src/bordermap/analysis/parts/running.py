"""A folder of parts enriched into another: read, ids settled, shuffled, written; what is done stays done."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from bordermap import __version__
from bordermap.analysis.parts import state, telling
from bordermap.analysis.parts.cluster import Engine, executor
from bordermap.analysis.parts.columns import union_of
from bordermap.analysis.parts.cutting import cut
from bordermap.analysis.parts.executors import Executor
from bordermap.analysis.parts.folder import Folder, Part, list_parts, parts_fault
from bordermap.analysis.parts.job import BORDERS, Job, Told, borders_bytes, read_told
from bordermap.analysis.parts.part import do_slice
from bordermap.analysis.parts.repeats import Repeats, path_of, reject_repeats, repeats_issue
from bordermap.analysis.parts.rowfiles import batch_rows, write_array
from bordermap.analysis.parts.settling import Settled, buckets, compare, settle
from bordermap.analysis.parts.shuffle import partition
from bordermap.analysis.parts.slices import Slice
from bordermap.analysis.parts.writing import Output, write_output
from bordermap.files import write_atomically
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.reading import nothing_usable
from bordermap.incidents.report import Reading
from bordermap.incidents.stores.abouts import about_values
from bordermap.text import plain

#: Told what is being done, and how much of the whole is done, 0 to 1.
Progress = Callable[[str, float], None]
#: Of the whole work, reading and enriching take this much.
_READING: Final = 0.7
#: Of another form, what an interrupted run left is of no use.
_FORM: Final = 1


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of a folder.

    Attributes:
        output: The folder that was written.
        reading: Rows read, used and rejected, and issues, as reading in memory tells them.
        manifest: As it stands in the output.
        rejects: The folder with the rejects of each part; None where there are none.
    """

    output: Path
    reading: Reading
    manifest: dict[str, Any]
    rejects: Path | None

    @property
    def failed(self) -> int:
        """How many parts could not be read."""
        return sum("error" in part for part in self.manifest["parts_read"])


@dataclass(frozen=True, eq=False)
class Read:
    """A folder once every slice was read and the ids are settled."""

    job: Job
    slices: Sequence[Slice]
    told: Sequence[Told]
    settled: Settled

    @property
    def used(self) -> list[int]:
        """The slices that have rows."""
        return [each.number for each in self.told if each.rows_used]


def enrich_parts(
    folder: str | Path,
    output: str | Path,
    borders: gpd.GeoDataFrame,
    options: ReadOptions | None = None,
    engine: Engine | None = None,
    *,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Enrich a folder of tables into a folder of spatially partitioned GeoParquet.

    Args:
        folder: CSV, TSV, Parquet or GeoParquet files.
        output: A folder that is absent, empty, or an interrupted run's: that one goes on where it was.
        borders: As :func:`bordermap.read_borders` gives them.
        options: What is known of the files.
        engine: Who does the work; None: this process.
        overwrite: Replace a finished output of ours.
        progress: Told how far it is.

    Returns:
        Counts and issues; rows read are rows used and rows rejected, and rows used are rows written.

    Raises:
        InputError: Nothing could be used, the folder is no folder of parts (BM520, BM521), a part changed
            meanwhile (BM526), or the workers fail (BM530 to BM536).
        OutputError: The output may not be written (BM522 to BM525, BM537).
    """
    options, engine, said = (
        options or ReadOptions(),
        engine or Engine(),
        progress or silent,
    )
    folder, output = Path(folder), Path(output)
    listed = list_parts(folder)
    state.check_apart(folder, output)
    data = borders_bytes(borders)
    digest = hashlib.sha256(data).hexdigest()
    plan = _plan(listed, options, engine, digest)
    with state.output_folder(output, plan, overwrite=overwrite) as work:
        write_atomically(work / BORDERS, data, overwrite=True)
        said("looking at the parts", 0.0)
        with executor(engine, work) as do:
            read = read_folder(listed, work, options, digest, engine.slice_rows, do, said)
            if not any(each.rows_used for each in read.told):
                state.discard(output)
                raise nothing_usable(telling.reading_of(read.told))
            outcome = _write(read, output, listed, do, said, {"borders": digest, "bordermap": __version__})
        state.finish(output, outcome.manifest)
    said("done", 1.0)
    return outcome


def silent(words: str, share: float) -> None:
    """Tells nobody how far it is."""


def _plan(listed: Folder, options: ReadOptions, engine: Engine, borders: str) -> dict[str, Any]:
    """What must be the same for an interrupted run to go on."""
    parts = [[part.name, part.size, part.modified] for part in listed.parts]
    return {
        "form": _FORM, "bordermap": __version__, "borders": borders, "rows": engine.slice_rows,
        "parts": parts, "options": telling.options_told(options),
    }  # fmt: skip


def title_of(parts: Sequence[Part]) -> str:
    """What the whole is called, as in memory: after its first part.

    Example:
        >>> title_of([Part(0, "north_1.csv", 0, 0), Part(1, "north_2.csv", 0, 0)])
        'North 1 and 1 more'
    """
    words = parts[0].name.partition(".")[0].replace("-", " ").replace("_", " ").strip() or "incidents"
    more = f" and {len(parts) - 1} more" if len(parts) > 1 else ""
    return words[:1].upper() + words[1:] + more


def read_folder(
    listed: Folder,
    work: Path,
    options: ReadOptions,
    borders: str,
    rows: int,
    do: Executor,
    said: Progress,
    *,
    columns: tuple[str, ...] = (),
) -> Read:
    """Read, check and enrich every slice, and settle the ids that several have.

    Args:
        listed: The parts.
        work: Where the files between the steps go, the borders among them.
        options: What is known of the parts.
        borders: Their sha256.
        rows: Of a slice, at most.
        do: Who does it.
        said: Told how far it is.
        columns: Those of the rows that are kept; empty: all.

    Raises:
        InputError: A part changed meanwhile (BM526).
    """
    slices = cut(listed, options, rows)
    job = Job(
        listed.path.resolve(), work.resolve(), title_of(listed.parts), borders,
        batch_rows(len(slices), rows), columns,
    )  # fmt: skip
    todo = [each for each in slices if not job.told(each.number).exists()]
    before, total = len(slices) - len(todo), len(slices)
    do.each(
        partial(do_slice, job), todo,
        lambda done: said(f"read {before + done:,} of {total:,} slices", _READING * (before + done) / total),
    )  # fmt: skip
    _check_unchanged(listed)
    told = [read_told(job.told(each.number)) for each in slices]
    said("comparing ids", _READING)
    shared = do.each(partial(compare, job), buckets(told), lambda done: None)
    settled = settle(told, [each.part.number for each in slices], shared)
    for number, rows_ in settled.dropped.items():
        write_array(job.dropped(number), rows_)
    repeats = [Repeats(slices[number], told[number].rows_used) for number in settled.dropped]
    do.each(partial(reject_repeats, job), repeats, lambda done: None)
    return Read(job, slices, told, settled)


def _check_unchanged(listed: Folder) -> None:
    again = list_parts(listed.path)
    before, now = set(listed.parts), set(again.parts)
    if before != now:
        names = sorted({part.name for part in before ^ now})
        raise parts_fault("BM526", f"{plain(names[0])} changed while the parts were read")


def _write(
    read: Read, output: Path, listed: Folder, do: Executor, said: Progress, more: dict[str, Any]
) -> Outcome:
    about = telling.whole_about(read.told, read.job.title)
    named = telling.datasets(read.told)
    outputs = outputs_of(read, output, telling.member(about, named))
    repeated = {number: len(rows) for number, rows in read.settled.dropped.items()}
    issues = repeats_issue(sum(repeated.values()))
    todo = [each for each in outputs if not (each.told(read.job).exists() and (output / each.name).exists())]
    before, total = len(outputs) - len(todo), len(outputs)
    do.each(
        partial(write_output, read.job), todo,
        lambda done: said(
            f"wrote {before + done:,} of {total:,} parts", _READING + (1 - _READING) * (before + done) / total
        ),
    )  # fmt: skip
    with state.writing(output):
        rejects = _write_rejects(read, output)
    reading = telling.reading_of(read.told, issues)
    found = {
        **more,
        "about": about_values(about), "datasets": named, "passed_over": list(listed.passed_over),
        "issues": [asdict(issue) for issue in reading.issues],
    }  # fmt: skip
    told = [_json(each.told(read.job)) for each in outputs]
    manifest = telling.manifest_of(read.told, told, repeated, found)
    return Outcome(output, telling.counted(reading, repeated), manifest, rejects)


def _json(path: Path) -> dict[str, Any]:
    import json

    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def outputs_of(read: Read, output: Path, member: dict[str, Any]) -> list[Output]:
    """The parts that are to be written, with the rows that each takes."""
    rows = max(each.rows_used for each in read.told)
    own = tuple(union_of(each.own for each in read.told))
    types = {name: kind for each in read.told for name, kind in each.types}
    takes = partition(read.job, read.used, read.settled.dropped, rows)
    prefixes = read.settled.prefixes
    return [
        Output(
            number, tuple(each), own, types,
            {take.number: prefixes[take.number] for take in each if take.number in prefixes},
            member, output.resolve(),
        )
        for number, each in enumerate(takes)
    ]  # fmt: skip


def _write_rejects(read: Read, output: Path) -> Path | None:
    """The rejects of each slice under its name, those of repeated records behind the others."""
    folder = output / state.REJECTS
    shutil.rmtree(folder, ignore_errors=True)
    for piece in read.slices:
        paths = [read.job.rejects(piece.number), path_of(read.job, piece.number)]
        texts = [path.read_bytes() for path in paths if path.exists()]
        if texts:
            folder.mkdir(exist_ok=True)
            rest = [text.partition(b"\n")[2] for text in texts[1:]]
            write_atomically(folder / f"{piece.name}.rejects.csv", b"".join([texts[0], *rest]))
    return folder if folder.is_dir() else None
