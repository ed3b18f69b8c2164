"""A folder enriched into a folder: the same rows and values as in memory, whole, once."""

from __future__ import annotations

import json
import os
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from bordermap.analysis.columns import LOCATED
from bordermap.analysis.enriching import enrich
from bordermap.analysis.parts import running
from bordermap.analysis.parts.cluster import Engine
from bordermap.analysis.parts.columns import flat_types
from bordermap.analysis.parts.part import do_slice
from bordermap.analysis.parts.running import enrich_parts
from bordermap.analysis.parts.writing import write_output
from bordermap.errors import InputError, OutputError
from bordermap.geometry.borders import read_borders
from bordermap.geometry.index import BorderIndex, prepare
from bordermap.incidents.conversion.flattening import flatten
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.reading import read_all, read_incidents

from support.part_folders import rows_of, write_csv, write_geoparquet, written

NUMBERS = ("longitude", "latitude", "radius_km", "wounded")


@lru_cache(maxsize=1)
def _prepared() -> BorderIndex:
    return prepare(read_borders("AFG"))


def check_as_in_memory(folder: Path, output: Path) -> None:
    """Every row of the folder once, with the values that the same functions give in memory."""
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".parquet")]
    outcome = read_all(paths, ReadOptions())
    assert outcome.casebook is not None
    flat, enriched = flatten(outcome.casebook), enrich(outcome.casebook, _prepared()).enriched
    found = written(output)
    assert sorted(found["event_id"]) == sorted(flat["event_id"])
    found = found.set_index("event_id").loc[flat["event_id"]].reset_index()
    for name in flat.columns:
        if name in NUMBERS or name.startswith("fatalities_"):
            wanted = pd.to_numeric(flat[name]).to_numpy(dtype=float)
            assert np.array_equal(found[name].to_numpy(dtype=float), wanted, equal_nan=True), name
        else:
            assert found[name].astype("str").fillna("").tolist() == flat[name].tolist(), name
    for name in enriched.columns[1:]:
        theirs = found[LOCATED.get(name, name)]
        if enriched[name].dtype.kind == "f":
            assert np.array_equal(theirs.to_numpy(), enriched[name].to_numpy(), equal_nan=True), name
        else:
            assert theirs.astype("str").tolist() == enriched[name].astype("str").tolist(), name
    manifest = json.loads((output / "_manifest.json").read_text())
    for name in ("rows_read", "rows_used", "rows_rejected", "rows_located"):
        assert manifest[name] == getattr(outcome.reading, name), name


def test_a_folder_gives_what_memory_gives(
    areal_folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame
) -> None:
    output = tmp_path / "out"
    outcome = enrich_parts(areal_folder, output, borders)
    check_as_in_memory(areal_folder, output)
    assert outcome.reading.rows_rejected == 2 and outcome.failed == 0
    assert outcome.manifest["passed_over"] == [".a.csv.crc", "README.md", "_SUCCESS"]
    rejects = pd.read_csv(output / "_rejects/a.csv.rejects.csv", dtype=str)
    assert rejects["record"].tolist() == ["7", "11"] and rejects["file"].unique().tolist() == ["a.csv"]
    assert [path.name for path in (output / "_rejects").iterdir()] == ["a.csv.rejects.csv"]
    assert sorted(path.name for path in output.iterdir()) == [
        "_manifest.json", "_rejects", "part-00000.parquet", "part-00001.parquet", "part-00002.parquet",
    ]  # fmt: skip


def test_parts_are_partitions_in_space(areal_folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame) -> None:
    output = tmp_path / "out"
    enrich_parts(areal_folder, output, borders)
    frames = [gpd.read_parquet(path) for path in sorted(output.glob("part-*.parquet"))]
    sizes = [len(frame) for frame in frames]
    assert max(sizes) - min(sizes) <= 1
    assert frames[0].crs == "OGC:CRS84"
    lengths = [np.ptp(frame.geometry[frame.geom_type == "Point"].x) for frame in frames]
    whole = pd.concat(frames)
    assert min(lengths) < np.ptp(whole.geometry[whole.geom_type == "Point"].x)
    areal = whole[whole["geo_precision"] == "admin1"]
    assert len(areal) and set(areal.geom_type) <= {"Polygon", "MultiPolygon"}
    assert areal["longitude"].isna().all() and areal["border_distance_km"].isna().all()
    assert {str(kind) for kind in whole.dtypes[["border_distance_km", "longitude"]]} == {"float64"}


def test_a_part_is_read_again_as_ours(folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame) -> None:
    enrich_parts(folder, tmp_path / "out", borders)
    again = read_incidents(tmp_path / "out/part-00000.parquet")
    assert again.reading is not None and again.reading.layers[0].dialect == "bordermap"
    assert again.about.rights == "unknown"


def test_an_output_is_enriched_again(folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame) -> None:
    enrich_parts(folder, tmp_path / "out", borders)
    enrich_parts(tmp_path / "out", tmp_path / "again", borders)
    one, two = written(tmp_path / "out"), written(tmp_path / "again").set_index("event_id")
    two = two.loc[one["event_id"]].reset_index()
    assert set(two.columns) - set(one.columns) == {
        "source_source_part",
        "source_source_record",
        "source_dataset",
    }
    for name in ("border_pair", "border_distance_km", "located_admin1", "status", "notes"):
        assert one[name].astype("str").tolist() == two[name].astype("str").tolist(), name


def test_the_disk_refuses(folder: Path, borders: gpd.GeoDataFrame) -> None:
    with pytest.raises(OutputError) as raised:
        enrich_parts(folder, Path("/proc/no/such/place"), borders)
    assert raised.value.code == "BM537"


def test_equal_ids_of_different_parts_are_made_different_as_in_memory(
    tmp_path: Path, borders: gpd.GeoDataFrame
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    write_csv(folder / "one.csv", rows_of(0, 20).drop(columns="id"))
    write_csv(folder / "two.csv", rows_of(20, 30).drop(columns="id"))
    write_csv(folder / "three.csv", rows_of(50, 25))
    write_csv(folder / "zz.csv", rows_of(50, 3).iloc[:1])
    enrich_parts(folder, tmp_path / "out", borders)
    check_as_in_memory(folder, tmp_path / "out")
    found = written(tmp_path / "out")
    assert found["event_id"].is_unique
    assert set(found.loc[found["source_part"] == "two.csv", "event_id"].str.partition(":")[0]) == {"two-3"}


def acled(rows: int, start: int) -> pd.DataFrame:
    """ACLED's columns, as far as they are needed to be known again."""
    frame = rows_of(start, rows)
    told = {
        "event_id_cnty": frame["id"], "event_date": frame["date"], "year": "2022", "time_precision": "1",
        "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": frame["actor1"], "actor2": "",
        "iso": "4", "country": "Afghanistan", "admin1": "Balkh", "location": "Somewhere",
        "latitude": "36.70", "longitude": "67.10", "geo_precision": "1", "source": "A paper",
        "notes": frame["note"], "fatalities": "0", "inter1": "1", "interaction": "10", "timestamp": "1",
    }  # fmt: skip
    return pd.DataFrame(told, dtype="str")


def test_a_record_of_two_parts_counts_once(tmp_path: Path, borders: gpd.GeoDataFrame) -> None:
    folder, output = tmp_path / "export", tmp_path / "out"
    folder.mkdir()
    write_csv(folder / "1.csv", acled(30, 0))
    write_csv(folder / "2.csv", acled(30, 20))
    outcome = enrich_parts(folder, output, borders)
    check_as_in_memory(folder, output)
    assert (outcome.reading.rows_read, outcome.reading.rows_used) == (60, 50)
    assert [(issue.code, issue.count) for issue in outcome.reading.issues] == [("BM527", 10)]
    rejects = pd.read_csv(output / "_rejects/2.csv.rejects.csv", dtype=str)
    memory = read_all([folder / "1.csv", folder / "2.csv"], ReadOptions()).rejects
    assert rejects["record"].tolist() == memory["record"].tolist()
    assert rejects["line"].tolist() == memory["line"].tolist()
    assert rejects["row"].str.replace("\r", "").tolist() == memory["row"].tolist()


def test_a_part_that_is_no_table_is_told_and_the_others_go_on(
    folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame
) -> None:
    (folder / "e.csv").write_text("<!DOCTYPE html><html><body>Log in</body></html>")
    (folder / "f.parquet").write_bytes(b"PAR1 and no more")
    outcome = enrich_parts(folder, tmp_path / "out", borders)
    assert outcome.failed == 2 and outcome.reading.rows_used == 128
    told = {part["name"]: part["error"] for part in outcome.manifest["parts_read"] if "error" in part}
    assert set(told) == {"e.csv", "f.parquet"} and told["f.parquet"]["code"] == "BM261"
    assert str(tmp_path) not in (tmp_path / "out/_manifest.json").read_text()


def test_nothing_usable_leaves_nothing(tmp_path: Path, borders: gpd.GeoDataFrame) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    write_csv(folder / "a.csv", rows_of(0, 0))
    with pytest.raises(InputError) as raised:
        enrich_parts(folder, tmp_path / "out", borders)
    assert raised.value.code == "BM306"
    assert not (tmp_path / "out").exists()


def test_the_same_folder_gives_the_same_bytes(
    folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame
) -> None:
    enrich_parts(folder, tmp_path / "one", borders)
    moved = shutil.move(folder, tmp_path / "elsewhere")
    for path in Path(moved).iterdir():
        os.utime(path, (0, 0))
    enrich_parts(moved, tmp_path / "two", borders)
    names = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


class Interrupted(Exception):
    pass


def test_an_interrupted_run_goes_on_where_it_was(
    folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, done = tmp_path / "out", list[str]()
    real = do_slice

    def until_the_third(job: Any, piece: Any) -> Any:
        if len(done) == 2:
            raise Interrupted
        done.append(piece.name)
        return real(job, piece)

    monkeypatch.setattr(running, "do_slice", until_the_third)
    with pytest.raises(Interrupted):
        enrich_parts(folder, output, borders)
    assert not (output / "_manifest.json").exists()

    def only_the_rest(job: Any, piece: Any) -> Any:
        assert piece.name not in done
        return real(job, piece)

    monkeypatch.setattr(running, "do_slice", only_the_rest)
    enrich_parts(folder, output, borders)
    check_as_in_memory(folder, output)


def test_an_interrupted_run_of_other_parts_is_begun_anew(
    folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, real = tmp_path / "out", write_output

    def never(job: Any, task: Any) -> Any:
        if task.number == 1:
            raise Interrupted
        return real(job, task)

    monkeypatch.setattr(running, "write_output", never)
    with pytest.raises(Interrupted):
        enrich_parts(folder, output, borders)
    monkeypatch.undo()
    write_csv(folder / "d.csv", rows_of(300, 10))
    enrich_parts(folder, output, borders)
    check_as_in_memory(folder, output)


def test_what_stands_in_the_output_is_not_lost(
    folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame
) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (output / "thesis.docx").write_text("years of work")
    for overwrite in (False, True):
        with pytest.raises(OutputError) as raised:
            enrich_parts(folder, output, borders, overwrite=overwrite)
        assert raised.value.code == "BM522" and "thesis.docx" in str(raised.value)
    assert [path.name for path in output.iterdir()] == ["thesis.docx"]


def test_a_finished_output_is_replaced_only_when_asked(
    folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame
) -> None:
    output = tmp_path / "out"
    enrich_parts(folder, output, borders)
    with pytest.raises(OutputError) as raised:
        enrich_parts(folder, output, borders)
    assert raised.value.code == "BM523"
    (folder / "b.parquet").unlink()
    enrich_parts(folder, output, borders, overwrite=True)
    check_as_in_memory(folder, output)


@pytest.mark.parametrize("where", ["export", "export/out", "."])
def test_the_output_lies_apart(folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame, where: str) -> None:
    with pytest.raises(OutputError) as raised:
        enrich_parts(folder, tmp_path / where, borders)
    assert raised.value.code == "BM524"


def test_a_part_that_grows_meanwhile_is_told(
    folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = do_slice

    def grows(job: Any, piece: Any) -> Any:
        with (folder / "d.csv").open("a") as stream:
            stream.write("more\n")
        return real(job, piece)

    monkeypatch.setattr(running, "do_slice", grows)
    with pytest.raises(InputError) as raised:
        enrich_parts(folder, tmp_path / "out", borders)
    assert raised.value.code == "BM526"


def test_two_runs_do_not_write_to_one_folder(
    folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, codes = do_slice, list[str]()

    def another(job: Any, piece: Any) -> Any:
        if not codes:
            with pytest.raises(OutputError) as raised:
                enrich_parts(folder, tmp_path / "out", borders)
            codes.append(raised.value.code)
        return real(job, piece)

    monkeypatch.setattr(running, "do_slice", another)
    enrich_parts(folder, tmp_path / "out", borders)
    assert codes == ["BM525"]


@pytest.mark.parametrize(
    "how", [{"row_group_size": 40}, pytest.param({"row_group_size": 1000}, marks=pytest.mark.slow)]
)
def test_a_large_part_is_read_in_slices(
    tmp_path: Path, borders: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch, how: dict[str, int]
) -> None:
    folder, output = tmp_path / "export", tmp_path / "out"
    folder.mkdir()
    write_geoparquet(folder / "a.parquet", rows_of(0, 210), **how)
    rows = rows_of(300, 130)
    rows["lat"] = rows["lat"].mask(rows.index == 100, "far")
    rows["id"] = rows["id"].mask(rows.index == 120, "E303")
    write_csv(folder / "b.csv", rows)
    monkeypatch.setattr(Engine, "slice_rows", 50)
    monkeypatch.setattr("bordermap.analysis.parts.cutting._SMALL", 100)
    outcome = enrich_parts(folder, output, borders)
    check_as_in_memory(folder, output)
    names = [part["name"] for part in outcome.manifest["parts_read"]]
    assert names == [
        "a.parquet.rows-1-42", "a.parquet.rows-43-84", "a.parquet.rows-85-126", "a.parquet.rows-127-168",
        "a.parquet.rows-169-210", "b.csv.rows-1-43", "b.csv.rows-44-86", "b.csv.rows-87-130",
    ]  # fmt: skip
    rejects = pd.concat(
        [pd.read_csv(path, dtype=str) for path in sorted((output / "_rejects").iterdir())]
    ).fillna("")
    memory = read_all(folder / "b.csv", ReadOptions()).rejects
    assert sorted(zip(rejects["record"], rejects["line"], strict=True)) == sorted(
        zip(memory["record"], memory["line"], strict=True)
    )


def test_a_part_whose_dates_need_each_other_is_read_whole(
    tmp_path: Path, borders: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    rows = rows_of(0, 100)
    rows["date"] = [
        f"{at % 28 + 1:02}/{at % 12 + 1:02}/2022" if at > 80 else "03/04/2022" for at in range(100)
    ]
    write_csv(folder / "a.csv", rows)
    monkeypatch.setattr(Engine, "slice_rows", 50)
    monkeypatch.setattr("bordermap.analysis.parts.cutting._SMALL", 100)
    outcome = enrich_parts(folder, tmp_path / "out", borders)
    check_as_in_memory(folder, tmp_path / "out")
    assert [issue.code for issue in outcome.reading.issues if issue.code == "BM529"]


def test_every_flat_column_has_one_type() -> None:
    assert len(set(map(str, flat_types().values()))) == 4
