"""The same with the workers of Dask: one of them killed, a scheduler that is not there, too little memory."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from bordermap.analysis.parts.cluster import Engine, executor
from bordermap.analysis.parts.frames import open_parts, read_parts
from bordermap.analysis.parts.running import enrich_parts
from bordermap.analysis.parts.summaries import summarize_parts
from bordermap.errors import InputError, UsageError

from support.part_folders import rows_of, write_csv, written

distributed = pytest.importorskip("distributed")

# Dask's own: sockets of processes that were killed are closed by the garbage collector, and say so.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    # Its frames reset their index in place, which pandas 3.1 warns of.
    pytest.mark.filterwarnings("ignore:The inplace keyword:pandas.errors.Pandas4Warning"),
]


def parts(folder: Path, number: int, rows: int) -> Path:
    folder.mkdir()
    for at in range(number):
        write_csv(folder / f"part-{at:02}.csv", rows_of(at * rows, rows))
    return folder


def kill_a_worker(output: Path, after: int, killed: list[int]) -> None:
    """End a worker with SIGKILL as soon as some slices are read."""
    work = output / "_work"
    for _ in range(1200):
        time.sleep(0.05)
        if len(list(work.glob("slice-*.json"))) >= after and (found := workers_of(os.getpid())):
            os.kill(found[0], signal.SIGKILL)
            killed.append(found[0])
            return


def workers_of(pid: int) -> list[int]:
    """The processes of Dask's workers that a process started."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                parent = int((each / "stat").read_text().rpartition(")")[2].split()[1])
                words = (each / "cmdline").read_bytes()
            except OSError:
                continue
            if parent == pid and b"spawn_main" in words:
                found.append(int(each.name))
    return sorted(found)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the workers in /proc")
def test_a_killed_worker_costs_time_and_no_rows(tmp_path: Path, borders: gpd.GeoDataFrame) -> None:
    folder, output = parts(tmp_path / "export", 6, 30), tmp_path / "out"
    killed: list[int] = []
    killer = threading.Thread(target=kill_a_worker, args=(output, 3, killed))
    killer.start()
    engine = Engine("dask", workers=2, memory=3_000_000_000)
    outcome = enrich_parts(folder, output, borders, engine=engine)
    killer.join()
    assert killed, "no worker was killed"
    assert outcome.reading.rows_used == 180 and outcome.reading.rows_rejected == 0
    enrich_parts(folder, tmp_path / "here", borders)
    pd.testing.assert_frame_equal(written(output), written(tmp_path / "here"))
    for path in sorted((tmp_path / "here").iterdir()):
        assert path.read_bytes() == (output / path.name).read_bytes(), path.name
    assert not [path.name for path in output.iterdir() if path.name.startswith(".")]
    check_frames(output)


def check_frames(output: Path) -> None:
    """The output as dask-geopandas reads it, and part by part."""
    frame = open_parts(output)
    assert frame.npartitions == 6 and len(frame.spatial_partitions) == 6
    assert len(frame.compute(scheduler="synchronous")) == 180
    one_by_one = list(read_parts(output, ["event_id", "border_pair"]))
    assert [len(each) for each in one_by_one] == [30] * 6
    assert np.isfinite(frame.spatial_partitions.total_bounds).all()


@pytest.mark.slow
def test_a_cluster_by_its_address_gives_the_same(tmp_path: Path, borders: gpd.GeoDataFrame) -> None:
    folder = parts(tmp_path / "export", 3, 30)
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
    ) as cluster:
        engine = Engine("dask", scheduler=cluster.scheduler_address)
        enrich_parts(folder, tmp_path / "out", borders, engine=engine)
        counted = summarize_parts(tmp_path / "out", ["border_pair"], engine=engine)
    enrich_parts(folder, tmp_path / "here", borders)
    pd.testing.assert_frame_equal(written(tmp_path / "out"), written(tmp_path / "here"))
    pd.testing.assert_frame_equal(counted.table, summarize_parts(folder, ["border_pair"]).table)


def test_a_scheduler_that_does_not_answer(
    tmp_path: Path, borders: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bordermap.analysis.parts.cluster._PATIENCE", 1)
    engine = Engine("dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(InputError) as raised:
        enrich_parts(parts(tmp_path / "export", 1, 5), tmp_path / "out", borders, engine=engine)
    assert raised.value.code == "BM531" and "tcp://127.0.0.1:9" in str(raised.value)


def test_an_address_that_is_none(tmp_path: Path, borders: gpd.GeoDataFrame) -> None:
    engine = Engine("dask", scheduler="nowhere at all")
    with pytest.raises(InputError) as raised:
        enrich_parts(parts(tmp_path / "export", 1, 5), tmp_path / "out", borders, engine=engine)
    assert raised.value.code == "BM531"


def test_too_little_memory_is_told_before_anything_is_started(
    tmp_path: Path, borders: gpd.GeoDataFrame
) -> None:
    engine = Engine("dask", workers=4, memory=1_000_000_000)
    with pytest.raises(UsageError) as raised:
        enrich_parts(parts(tmp_path / "export", 1, 5), tmp_path / "out", borders, engine=engine)
    assert raised.value.code == "BM535"


@pytest.mark.slow
def test_a_task_that_ends_every_worker_is_told(tmp_path: Path) -> None:
    engine = Engine("dask", workers=1, memory=2_000_000_000)
    with executor(engine, tmp_path) as do, pytest.raises(InputError) as raised:
        do.each(os._exit, [1], lambda done: None)
    assert raised.value.code == "BM533"


@pytest.mark.slow
def test_a_library_that_fails_in_a_worker_is_told(tmp_path: Path) -> None:
    engine = Engine("dask", workers=1, memory=2_000_000_000)
    with executor(engine, tmp_path) as do, pytest.raises(InputError) as raised:
        do.each(int, ["one"], lambda done: None)
    assert raised.value.code == "BM536" and "ValueError" in str(raised.value)
