"""One output part: its rows gathered from all slices, drawn, and written whole as GeoParquet."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from bordermap.analysis.parts import columns as cols
from bordermap.analysis.parts.job import Job, as_json
from bordermap.analysis.parts.keys import geometries_of
from bordermap.analysis.parts.rowfiles import read_array, read_rows
from bordermap.analysis.parts.shuffle import Take
from bordermap.files import write_atomically

_GROUP: Final = 50_000
_DICTIONARY: Final = 8 << 20
#: Where nothing in a part is drawn: readers ask for bounds all the same, and these leave nothing out.
_WORLD: Final = (-180.0, -90.0, 180.0, 90.0)
#: By shapely's numbers.
_KINDS: Final = ("Point", "LineString", "LineString", "Polygon", "MultiPoint", "MultiLineString",
                 "MultiPolygon", "GeometryCollection")  # fmt: skip


@dataclass(frozen=True, eq=False)
class Output:
    """One output part to be written.

    Attributes:
        number: Of the part.
        takes: The rows that go into it.
        own: The sources' own columns of all parts.
        types: The columns that enriching adds, with their types.
        prefixes: What stands before the ids of some slices.
        member: What the file says of itself beside its rows.
        into: The output folder.
    """

    number: int
    takes: tuple[Take, ...]
    own: tuple[str, ...]
    types: Mapping[str, str]
    prefixes: Mapping[int, str] = field(default_factory=dict)
    member: Mapping[str, Any] = field(default_factory=dict)
    into: Path = Path()

    @property
    def name(self) -> str:
        """Of its file.

        Example:
            >>> Output(42, (), (), {}).name
            'part-00042.parquet'
        """
        return f"part-{self.number:05d}.parquet"

    def told(self, job: Job) -> Path:
        """What its task tells; written last."""
        return job.work / f"part-{self.number:05d}.json"


def write_output(job: Job, output: Output) -> dict[str, Any]:
    """Gather, draw and write one part.

    Args:
        job: The whole.
        output: Which.

    Returns:
        ``name``, ``rows`` and ``bounds`` (west, south, east, north; None where nothing is drawn).
    """
    table = gathered(job, output)
    geometry = geometries_of(table)
    bounds = _bounds(geometry)
    data = _as_parquet(table, geometry, bounds, output.member)
    write_atomically(output.into / output.name, data, overwrite=True)
    told = {"name": output.name, "rows": table.num_rows, "bounds": bounds}
    write_atomically(output.told(job), as_json(told), overwrite=True)
    return told


def gathered(job: Job, output: Output) -> pa.Table:
    """The rows of a part along the curve, with all columns that any part has."""
    tables, keys = [], []
    types = _types(output)
    for take in output.takes:
        rows = read_rows(job.rows(take.number), take.start, take.stop, job.batch)
        keep = _keep(job, take)
        if keep is not None:
            rows = rows.filter(pa.array(keep))
        at = read_array(job.keys(take.number))[take.start : take.stop]
        keys.append(np.array(at if keep is None else at[keep]))
        prefix = output.prefixes.get(take.number, "")
        if prefix:
            ids = pc.binary_join_element_wise(pa.scalar(prefix), rows["event_id"], "")
            rows = rows.set_column(rows.column_names.index("event_id"), "event_id", ids)
        tables.append(cols.in_one_order(rows, list(types), types))
    whole = pa.concat_tables(tables).unify_dictionaries().combine_chunks()
    return whole.take(pa.array(np.argsort(np.concatenate(keys), kind="stable")))


def _keep(job: Job, take: Take) -> NDArray[np.bool_] | None:
    """Which of the rows are kept, where some are not."""
    path = job.dropped(take.number)
    if not path.exists():
        return None
    keep = np.ones(take.stop - take.start, dtype=bool)
    gone = read_array(path)
    keep[gone[(gone >= take.start) & (gone < take.stop)] - take.start] = False
    return keep


def _types(output: Output) -> dict[str, pa.DataType]:
    types = cols.flat_types() | dict.fromkeys(output.own, pa.string())
    types |= {name: cols.WORDS if "dictionary" in kind else pa.type_for_alias(kind)
              for name, kind in output.types.items()}  # fmt: skip
    return types | {cols.PART: cols.WORDS, cols.RECORD: pa.int64()}


def _bounds(geometry: NDArray[np.object_]) -> list[float] | None:
    drawn = [each for each in geometry if each is not None]
    if not drawn:
        return None
    return [float(edge) for edge in shapely.total_bounds(np.array(drawn, dtype=object))]


def _as_parquet(
    table: pa.Table, geometry: NDArray[np.object_], bounds: Sequence[float] | None, member: Mapping[str, Any]
) -> bytes:
    kinds = {_KINDS[at] for at in np.unique(shapely.get_type_id(geometry)).tolist() if at >= 0}
    # Without a crs of its own a column is in OGC:CRS84: longitude and latitude on WGS84, as ours are.
    column = {
        "encoding": "WKB",
        "geometry_types": sorted(kinds),
        "bbox": list(bounds or _WORLD),
    }
    geo = {"version": "1.1.0", "primary_column": cols.GEOMETRY, "columns": {cols.GEOMETRY: column}}
    words = json.dumps(member, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    metadata = {b"geo": json.dumps(geo).encode(), b"bordermap": words.encode()}
    wkb = pa.array(list(shapely.to_wkb(geometry, byte_order=1, output_dimension=2)), type=pa.binary())
    table = table.append_column(cols.GEOMETRY, wkb).replace_schema_metadata(metadata)
    stream = io.BytesIO()
    # A province's outline stands once in a group of rows, however many lie in it.
    pq.write_table(
        table, stream, compression="zstd", row_group_size=_GROUP, write_page_checksum=True,
        dictionary_pagesize_limit=_DICTIONARY,
    )  # fmt: skip
    return stream.getvalue()
