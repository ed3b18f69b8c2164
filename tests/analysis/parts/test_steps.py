"""The steps by themselves: which files are parts, where rows are parted, which ids clash."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.analysis.parts.cluster import Engine, parse_memory
from bordermap.analysis.parts.folder import list_parts
from bordermap.analysis.parts.job import Job, Told
from bordermap.analysis.parts.part import ids_as_numbers
from bordermap.analysis.parts.rowfiles import read_rows, write_array, write_rows
from bordermap.analysis.parts.settling import buckets, compare, settle
from bordermap.analysis.parts.shuffle import partition
from bordermap.errors import InputError, UsageError


def job_in(path: Path) -> Job:
    return Job(path, path, "T", "x", 512)


@pytest.mark.parametrize("name", ["list.xlsx", "more/", "borders.gpkg", "part.csv.bz2", "data.txt"])
def test_what_is_no_part_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.csv").write_text("x")
    if name.endswith("/"):
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_text("x")
    with pytest.raises(InputError) as raised:
        list_parts(tmp_path)
    assert raised.value.code == "BM521" and name in str(raised.value)


@pytest.mark.parametrize("where", ["", "a.csv", "nowhere", "\x00"])
def test_a_folder_without_parts(tmp_path: Path, where: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(InputError) as raised:
        list_parts(tmp_path / where if where else tmp_path / "empty")
    assert raised.value.code == "BM520"


def test_packed_and_upper_case_parts_are_parts(tmp_path: Path) -> None:
    names = ["20220418.export.CSV", "20220419.export.CSV.zip", "b.csv.gz", "c.GeoParquet", "d.tsv"]
    for name in names:
        (tmp_path / name).write_text("x")
    assert [part.name for part in list_parts(tmp_path).parts] == names


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 12), max_size=30), min_size=1, max_size=5),
    st.integers(1, 20),
    st.data(),
)
def test_rows_are_parted_exactly(
    tmp_path_factory: pytest.TempPathFactory, slices: list[list[int]], rows: int, data: st.DataObject
) -> None:
    job = job_in(tmp_path_factory.mktemp("keys"))
    dropped, kept = {}, []
    for number, keys in enumerate(slices):
        write_array(job.keys(number), np.array(sorted(keys), dtype=np.uint32))
        gone = sorted(data.draw(st.sets(st.integers(0, max(0, len(keys) - 1)), max_size=3))) if keys else []
        if gone:
            dropped[number] = np.array(gone, dtype=np.int64)
        kept += [(key, number, row) for row, key in enumerate(sorted(keys)) if row not in gone]
    outputs = partition(job, list(range(len(slices))), dropped, rows)
    found = []
    for output in outputs:
        inside = []
        for take in output:
            keys = sorted(slices[take.number])
            places = range(take.start, take.stop)
            left_out = dropped.get(take.number, np.zeros(0)).tolist()
            inside += [(keys[row], take.number, row) for row in places if row not in left_out]
        found.append(sorted(inside))
    assert [one for each in found for one in each] == sorted(kept)
    assert all(len(each) <= rows for each in found)
    sizes = [len(each) for each in found]
    assert not sizes or max(sizes) - min(sizes) <= 1


def settled(
    tmp_path: Path, ids: list[list[str]], owners: list[str]
) -> tuple[dict[int, list[int]], dict[int, str]]:
    job = job_in(tmp_path)
    told = []
    for number, (some, owner) in enumerate(zip(ids, owners, strict=True)):
        write_array(job.ids(number), ids_as_numbers(pa.chunked_array([some])))
        told.append(Told(number, f"{number}.csv", rows_used=len(some), owner=owner, stem=f"p{number}"))
    shared = [compare(job, bucket) for bucket in buckets(told)]
    found = settle(told, list(range(len(ids))), shared)
    return {number: rows.tolist() for number, rows in found.dropped.items()}, found.prefixes


def test_ids_that_clash(tmp_path: Path) -> None:
    ids = [["a", "b"], ["c"], ["b", "c", "d"], ["d", "e"], ["f"]]
    assert settled(tmp_path, ids, ["0", "1", "2", "3", "4"]) == ({}, {2: "p2-3:"})


def test_records_of_one_dataset_count_once(tmp_path: Path) -> None:
    ids = [["a", "b"], ["b", "c"], ["a", "b", "c"]]
    assert settled(tmp_path, ids, ["acled"] * 3) == ({1: [0], 2: [0, 1, 2]}, {})


def test_many_buckets_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [[f"i{at}" for at in range(start, start + 50)] for start in (0, 30, 60)]
    whole = settled(tmp_path, ids, ["gtd"] * 3)
    monkeypatch.setattr("bordermap.analysis.parts.settling._AT_ONCE", 10)
    assert settled(tmp_path, ids, ["gtd"] * 3) == whole
    assert whole[0] == {1: list(range(20)), 2: list(range(20))}


@pytest.mark.parametrize(("start", "stop"), [(0, 0), (0, 1300), (511, 513), (1024, 1300)])
def test_rows_are_read_again(tmp_path: Path, start: int, stop: int) -> None:
    table = pa.table({"a": pa.array(range(1300)), "b": pa.array(["x", "y"] * 650).dictionary_encode()})
    write_rows(tmp_path / "rows.arrow", table, 512)
    found = read_rows(tmp_path / "rows.arrow", start, stop, 512)
    assert found.to_pydict() == table.slice(start, stop - start).to_pydict()
    only = read_rows(tmp_path / "rows.arrow", start, stop, 512, ["b"])
    assert only.column_names == ["b"] and only.num_rows == stop - start


@pytest.mark.parametrize("text", ["", "lots", "-4GB", "0", "4 PB", "1e9"])
def test_no_size_of_memory(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_memory(text)
    assert raised.value.code == "BM535"


def test_less_memory_means_smaller_slices() -> None:
    sizes = [Engine("dask", workers=2, memory=gb * 10**9).slice_rows for gb in (2, 3, 4, 64)]
    assert sizes == sorted(sizes) and sizes[0] < 250_000 == sizes[-1]
