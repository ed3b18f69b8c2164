"""What a task needs to know of the whole, and what it tells of the slice that it read."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bordermap.files import write_atomically
from bordermap.incidents.report import Issue

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.geometry.index import BorderIndex

BORDERS: Final = "borders.geoparquet"


@dataclass(frozen=True)
class Job:
    """The whole of which a task does a piece.

    Attributes:
        folder: The parts.
        work: Where the files between the steps stand.
        title: Of the dataset, where its files do not say it.
        borders: The sha256 of the borders, which stand in ``work``.
        batch: Rows packed together, see :func:`bordermap.analysis.parts.rowfiles.batch_rows`.
        columns: Those of the rows that are kept; empty: all.
    """

    folder: Path
    work: Path
    title: str
    borders: str
    batch: int
    columns: tuple[str, ...] = ()

    def rows(self, number: int) -> Path:
        """The rows of a slice, in the order of the curve."""
        return self.work / f"rows-{number:05d}.arrow"

    def keys(self, number: int) -> Path:
        """Where these rows lie along the curve."""
        return self.work / f"keys-{number:05d}.npy"

    def ids(self, number: int) -> Path:
        """Their ids as numbers."""
        return self.work / f"ids-{number:05d}.npy"

    def dropped(self, number: int) -> Path:
        """Those of these rows that an earlier part has too."""
        return self.work / f"dropped-{number:05d}.npy"

    def rejects(self, number: int) -> Path:
        """The rejected records of a slice."""
        return self.work / f"rejects-{number:05d}.csv"

    def told(self, number: int) -> Path:
        """What a slice's task tells; written last."""
        return self.work / f"slice-{number:05d}.json"


def borders_bytes(borders: gpd.GeoDataFrame) -> bytes:
    """Borders as they travel to the workers."""
    stream = io.BytesIO()
    borders.to_parquet(stream)
    return stream.getvalue()


_PREPARED: Final[dict[str, BorderIndex]] = {}


def prepared_borders(job: Job) -> BorderIndex:
    """The borders of a job, made ready for asking once in each process."""
    import geopandas as gpd

    from bordermap.geometry.index import prepare

    if job.borders not in _PREPARED:
        _PREPARED.clear()
        _PREPARED[job.borders] = prepare(gpd.read_parquet(job.work / BORDERS))
    return _PREPARED[job.borders]


@dataclass(frozen=True)
class Told:
    """What became of a slice.

    Attributes:
        number: Of the slice.
        name: Of the slice.
        rows_read: Records.
        rows_used: Those that became incidents.
        rows_rejected: Those that did not.
        rows_located: Those that were located by their names.
        owner: Whose ids they are: equal ids of one owner are one record.
        stem: What stands before ids that another part has too.
        own: The source's own columns.
        types: The columns that enriching adds, and their types.
        about: What is known of the dataset.
        datasets: Names and kinds of the datasets.
        issues: Each kind of fault once.
        period: The first and the last day.
        error: ``code``, ``message`` and ``hint``, where it could not be read; else empty.
        notes: Sentences.
    """

    number: int
    name: str
    rows_read: int = 0
    rows_used: int = 0
    rows_rejected: int = 0
    rows_located: int = 0
    owner: str = ""
    stem: str = ""
    own: tuple[str, ...] = ()
    types: tuple[tuple[str, str], ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    datasets: tuple[tuple[str, str], ...] = ()
    issues: tuple[Issue, ...] = ()
    period: tuple[str, str] = ("", "")
    error: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def write_told(path: Path, told: Told) -> None:
    """Write what a task tells."""
    write_atomically(path, as_json(asdict(told)), overwrite=True)


def read_told(path: Path) -> Told:
    """The same again."""
    values = json.loads(path.read_text(encoding="utf-8"))
    values["issues"] = tuple(Issue(**{**each, "places": tuple(each["places"])}) for each in values["issues"])
    for name in ("datasets", "types"):
        values[name] = tuple(tuple(each) for each in values[name])
    for name in ("own", "period", "notes"):
        values[name] = tuple(values[name])
    return Told(**values)


def as_json(value: Any) -> bytes:
    """A value as JSON, the same bytes each time."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
