"""A folder of parts through two worker processes, one of which is killed halfway: memory, time, and the answers.

    python benchmarks/parts.py [ROWS [FOLDER]]

Writes ROWS made-up events as parts of 250,000 rows, half of them CSV and half GeoParquet, enriches them with
``--engine dask`` within 4 GB, kills a worker (SIGKILL) once half of the slices are read, and checks that
every row came out once, and that a sample of parts has the values that the same functions give in memory.
Memory is the sum of what all processes of the run hold (RSS, from /proc), sampled ten times a second.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

PART = 250_000
MEMORY = 4_000_000_000
_CHILD = """
import sys
import bordermap as bm
from bordermap.analysis.parts.cluster import Engine
from bordermap.analysis.parts.running import enrich_parts
if __name__ == "__main__":
    folder, output, memory = sys.argv[1:]
    enrich_parts(folder, output, bm.read_borders("AFG"), engine=Engine("dask", workers=2, memory=int(memory)))
"""


def write_parts(folder: Path, rows: int) -> None:
    """The parts; what is told in them differs from part to part, as in exports by month."""
    from acled_rows import _part

    base = _part(0, PART, multiline=False)
    for number, start in enumerate(range(0, rows, PART)):
        count = min(PART, rows - start)
        order = np.random.default_rng(number).permutation(PART)[:count]
        table = base.take(pa.array(order))
        ids = pa.array([f"AFG{n}" for n in range(start + 1, start + count + 1)])
        table = table.set_column(0, "event_id_cnty", ids)
        path = folder / f"part-{number:04d}"
        if number % 2:
            _write_geoparquet(path.with_suffix(".parquet"), table)
        else:
            pa_csv.write_csv(table, path.with_suffix(".csv"))


def _write_geoparquet(path: Path, table: pa.Table) -> None:
    import geopandas as gpd

    frame = table.to_pandas()
    points = gpd.points_from_xy(frame["longitude"].astype(float), frame["latitude"].astype(float), crs=4326)
    gpd.GeoDataFrame(frame, geometry=points).to_parquet(path)


def descendants(pid: int) -> list[int]:
    """A process and all that it started."""
    children: dict[int, list[int]] = {}
    for name in (each.name for each in Path("/proc").iterdir()):
        if name.isdigit():
            try:
                parent = int(Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(name))
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


def resident(pid: int) -> int:
    """Bytes that a process holds in memory."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def run(folder: Path, output: Path, slices: int) -> dict[str, float]:
    """Enrich, kill a worker once half of the slices are read, and say how long it took and what it held."""
    start, peak, killed, workers = time.perf_counter(), 0, 0.0, set[int]()
    program = output.with_name("run.py")
    program.write_text(_CHILD)
    child = subprocess.Popen([sys.executable, str(program), str(folder), str(output), str(MEMORY)])
    read_by = 0.0
    while child.poll() is None:
        pids = descendants(child.pid)
        held = {pid: resident(pid) for pid in pids}
        peak = max(peak, sum(held.values()))
        workers |= {pid for pid in pids if pid != child.pid and held[pid] > 200_000_000}
        done = len(list((output / "_work").glob("slice-*.json")))
        at_work = [pid for pid in pids if pid in workers]
        if not killed and done >= slices // 2 and at_work:
            worker = max(at_work, key=lambda pid: held[pid])
            os.kill(worker, signal.SIGKILL)
            killed = time.perf_counter() - start
            print(f"killed worker {worker} after {killed:.0f} s, {done} of {slices} slices read", flush=True)
        if done == slices and not read_by:
            read_by = time.perf_counter() - start
        time.sleep(0.1)
    assert child.returncode == 0, child.returncode
    assert killed, "no worker was killed"
    print(f"{len(workers)} workers in all: two, and one in the place of the one that was killed")
    return {"seconds": time.perf_counter() - start, "read_by": read_by, "peak": peak}


def check(folder: Path, output: Path, rows: int) -> None:
    """Every row once, and a sample of parts as in memory."""
    manifest = json.loads((output / "_manifest.json").read_text())
    assert manifest["rows_read"] == rows == manifest["rows_used"], manifest["rows_used"]
    numbers = []
    for part in manifest["parts"]:
        ids = pq.read_table(output / part["name"], columns=["event_id"])["event_id"]
        assert len(ids) == part["rows"]
        numbers.append(pa.compute.utf8_slice_codeunits(ids, 3).cast(pa.int64()).to_numpy())
    found = np.sort(np.concatenate(numbers))
    assert np.array_equal(found, np.arange(1, rows + 1)), "rows lost or doubled"
    sample = [sorted(folder.iterdir())[at] for at in (0, -1)]
    for path in sample:
        _check_part(path, output, manifest)


def _check_part(path: Path, output: Path, manifest: dict[str, Any]) -> None:
    import bordermap as bm
    from bordermap.analysis.columns import LOCATED
    from bordermap.analysis.enriching import enrich
    from bordermap.incidents.options import ReadOptions
    from bordermap.incidents.reading import read_all

    casebook = read_all(path, ReadOptions()).casebook
    assert casebook is not None
    wanted = enrich(casebook, bm.read_borders("AFG")).enriched.set_index("event_id")
    names = [LOCATED.get(name, name) for name in wanted.columns]
    frames = []
    for part in manifest["parts"]:
        table = pq.read_table(
            output / part["name"], columns=["event_id", *names], filters=[("source_part", "=", path.name)]
        )
        frames.append(table.to_pandas())
    found = pd.concat(frames, ignore_index=True).set_index("event_id").loc[wanted.index]
    for ours, theirs in zip(wanted.columns, names, strict=True):
        if wanted[ours].dtype.kind == "f":
            assert np.array_equal(wanted[ours].to_numpy(), found[theirs].to_numpy(), equal_nan=True), ours
        else:
            assert wanted[ours].astype("str").tolist() == found[theirs].astype("str").tolist(), ours
    print(f"{path.name}: {len(found):,} rows as in memory")


def size_of(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def main(rows: int, at: Path) -> None:
    folder, output = at / "parts", at / "out"
    if not folder.exists():
        folder.mkdir()
        write_parts(folder, rows)
    shutil.rmtree(output, ignore_errors=True)
    slices = -(-rows // PART)
    print(f"{rows:,} rows in {slices} parts, {size_of(folder) / 1e9:.1f} GB", flush=True)
    told = run(folder, output, slices)
    print(
        f"enriched in {told['seconds']:.0f} s ({rows / told['seconds']:,.0f} rows/s; read and enriched after "
        f"{told['read_by']:.0f} s), {size_of(output) / 1e9:.1f} GB out, "
        f"peak {told['peak'] / 1e9:.2f} GB in all processes (asked: 4)"
    )
    assert told["peak"] <= MEMORY
    check(folder, output, rows)
    print("nothing lost, nothing doubled")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000_000
    if len(sys.argv) > 2:
        main(count, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(count, Path(temporary))
