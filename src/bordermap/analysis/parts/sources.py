"""The rows of a folder piece by piece, for whoever counts them: an output, or parts to be enriched."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from bordermap.analysis.parts import state, telling
from bordermap.analysis.parts.cluster import Engine, executor
from bordermap.analysis.parts.cutting import cut
from bordermap.analysis.parts.executors import Executor
from bordermap.analysis.parts.folder import list_parts
from bordermap.analysis.parts.job import BORDERS, Job, borders_bytes
from bordermap.analysis.parts.repeats import repeats_issue
from bordermap.analysis.parts.rowfiles import read_array, read_rows
from bordermap.analysis.parts.running import Progress, read_folder, silent
from bordermap.analysis.parts.slices import read_slice
from bordermap.errors import InputError
from bordermap.files import write_atomically
from bordermap.geometry.borders import read_borders, with_land_border
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.about import About
from bordermap.incidents.reading import nothing_usable
from bordermap.incidents.report import Issue, LayerReport, Reading
from bordermap.incidents.rows.layer_rows import read_rows as read_rows_of
from bordermap.incidents.stores.abouts import about_of

#: Of the whole work, reading and enriching take this much.
READING: Final = 0.9
_LOOKED_AT: Final = 20_000


@dataclass(frozen=True)
class Piece:
    """Some rows: those of an output part, or those of a slice that was read.

    Attributes:
        path: Of the output part, or of the slice's rows.
        rows: How many.
        job: Of the slice; None for an output part.
        number: Of the slice.
    """

    path: Path
    rows: int
    job: Job | None = None
    number: int = 0

    def load(self, columns: Sequence[str]) -> pd.DataFrame:
        """The columns that are asked for and there, typed; texts of few kinds as categories."""
        if self.job is None:
            with pq.ParquetFile(self.path) as file:
                names = [name for name in columns if name in file.schema_arrow.names]
                return _frame(file.read(columns=names, use_pandas_metadata=False))
        table = read_rows(self.path, 0, self.rows, self.job.batch)
        gone = self.job.dropped(self.number)
        if gone.exists():
            table = table.take(np.delete(np.arange(self.rows), read_array(gone)))
        return _frame(table.select([name for name in columns if name in table.column_names]))


def _frame(table: pa.Table) -> pd.DataFrame:
    """A table as a frame in which an empty text stands where nothing is known."""
    frame: pd.DataFrame = table.to_pandas()
    for name, values in frame.items():
        if isinstance(values.dtype, pd.CategoricalDtype) and values.hasnans:
            known = values.cat.categories
            values = values if "" in known else values.cat.add_categories([""])
            frame[name] = values.fillna("")
    return frame


@dataclass(frozen=True, eq=False)
class Source:
    """A folder whose rows are enriched.

    Attributes:
        pieces: All rows.
        about: What is known of the datasets: the strictest rights, every attribution.
        reading: Rows read, used and rejected, and issues.
        failed: How many parts could not be read.
        period: The first and the last day, ISO 8601; empty where no date is known.
        do: Who does the work on the pieces.
    """

    pieces: Sequence[Piece]
    about: About
    reading: Reading
    failed: int
    period: tuple[str, str]
    do: Executor


@contextmanager
def opened(
    folder: str | Path,
    columns: Sequence[str],
    borders: Callable[[], gpd.GeoDataFrame],
    options: ReadOptions | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Iterator[Source]:
    """Open a folder for counting; parts that are not enriched yet are, into a folder that is gone afterwards.

    Args:
        folder: An output of :func:`bordermap.analysis.parts.running.enrich_parts`, or a folder of parts.
        columns: Those that will be asked for.
        borders: Gives the borders, where they are needed.
        options: What is known of the parts.
        engine: Who does the work; None: this process.
        progress: Told how far it is.

    Raises:
        InputError: It is an output that is not finished (BM528), or as for ``enrich_parts``.
    """
    path, engine, said = Path(folder), engine or Engine(), progress or silent
    if state.read_manifest(path) or (path / state.WORK).is_dir():
        manifest = state.finished(path)
        with executor(engine, path) as do:
            yield _of_output(path, manifest, do)
        return
    # Workers elsewhere see the disk on which the parts are, and perhaps no other.
    beside = path.resolve().parent if engine.scheduler else None
    work = Path(tempfile.mkdtemp(prefix=".bordermap-", dir=beside))
    try:
        with executor(engine, work) as do:
            yield _of_parts(path, work, columns, borders(), options or ReadOptions(), engine, do, said)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _of_output(path: Path, manifest: dict[str, Any], do: Executor) -> Source:
    pieces = [Piece((path / part["name"]).resolve(), part["rows"]) for part in manifest["parts"]]
    layers = tuple(
        LayerReport(part["name"], **{name: part[name] for name in telling.COUNTS})
        for part in manifest["parts_read"]
    )
    issues = tuple(Issue(**{**each, "places": tuple(each["places"])}) for each in manifest["issues"])
    failed = sum("error" in part for part in manifest["parts_read"])
    first, last = manifest["period"]
    return Source(pieces, about_of(manifest["about"]), Reading(layers, issues), failed, (first, last), do)


def _of_parts(
    path: Path,
    work: Path,
    columns: Sequence[str],
    borders: gpd.GeoDataFrame,
    options: ReadOptions,
    engine: Engine,
    do: Executor,
    said: Progress,
) -> Source:
    data = borders_bytes(borders)
    write_atomically(work / BORDERS, data)
    listed, digest = list_parts(path), hashlib.sha256(data).hexdigest()
    share = partial(_shared, said)
    read = read_folder(listed, work, options, digest, engine.slice_rows, do, share, columns=tuple(columns))
    again = {number: len(rows) for number, rows in read.settled.dropped.items()}
    reading = telling.counted(telling.reading_of(read.told, repeats_issue(sum(again.values()))), again)
    if not reading.rows_used:
        raise nothing_usable(reading)
    pieces = [
        Piece(read.job.rows(each.number), each.rows_used, read.job, each.number)
        for each in read.told
        if each.rows_used
    ]
    about = telling.whole_about(read.told, read.job.title)
    failed = sum(bool(each.error) for each in read.told)
    return Source(pieces, about, reading, failed, telling.whole_period(read.told), do)


def _shared(said: Progress, words: str, share: float) -> None:
    said(words, share * READING)


def borders_in_question(folder: str | Path, options: ReadOptions | None = None) -> gpd.GeoDataFrame:
    """The borders of the country that most rows of the first part are about; Afghanistan's where none is.

    Args:
        folder: Of parts.
        options: What is known of them.
    """
    listed, country = list_parts(folder), ""
    for piece in cut(listed, options or ReadOptions(), _LOOKED_AT)[:1]:
        try:
            layers = read_slice(listed.path, piece)
            counts = read_rows_of(layers[0], piece.options).report.countries
        except InputError:
            continue  # whoever reads the parts tells what is wrong with them
        bordering = with_land_border()
        country = next((name for name in counts if name in bordering), "")
    return read_borders(country or "AFG")
