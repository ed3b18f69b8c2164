"""Summaries and counts for a map, of a folder: equal to what memory gives, whoever counts."""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from bordermap.analysis.enriching import enrich
from bordermap.analysis.parts.aggregating import Aggregates, aggregate
from bordermap.analysis.parts.running import enrich_parts
from bordermap.analysis.parts.summaries import summarize_parts
from bordermap.analysis.summarizing import summarize
from bordermap.errors import InputError, UsageError
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.reading import read_all

from support.part_folders import make_folder, rows_of, write_csv, written


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, borders: gpd.GeoDataFrame) -> Path:
    """A folder of parts and its output, made once."""
    at = tmp_path_factory.mktemp("made")
    enrich_parts(make_folder(at / "export", areal_too=True), at / "out", borders)
    return at


@pytest.fixture
def output(made: Path) -> Path:
    return made / "out"


@pytest.fixture
def folder(made: Path) -> Path:
    return made / "export"


@pytest.fixture(scope="module")
def memory(made: Path, borders: gpd.GeoDataFrame) -> Casebook:
    paths = sorted(path for path in (made / "export").iterdir() if path.suffix in (".csv", ".parquet"))
    casebook = read_all(paths, ReadOptions()).casebook
    assert casebook is not None
    whole: Casebook = enrich(casebook, borders)
    return whole


@pytest.mark.parametrize("by", [["border_pair", "month"], ["border_stretch", "party"], []])
def test_a_summary_of_parts_is_that_of_the_whole(output: Path, memory: Casebook, by: list[str]) -> None:
    summary = summarize_parts(output, by)
    pd.testing.assert_frame_equal(summary.table, summarize(memory, by))
    assert (summary.reading.rows_used, summary.reading.rows_rejected) == (len(memory.incidents), 2)
    assert summary.about.rights == "unknown"


def test_along_the_border_and_within_a_distance(
    folder: Path, output: Path, borders: gpd.GeoDataFrame
) -> None:
    one, other = (
        summarize_parts(each, None, borders=borders, every_km=50, within_km=30) for each in (output, folder)
    )
    pd.testing.assert_frame_equal(one.table, other.table)
    assert one.table.loc[one.table["row"] == "beyond", "n_certain"].sum() > 0


def test_what_does_not_fit_is_told_before_anything_is_read(folder: Path) -> None:
    with pytest.raises(UsageError) as raised:
        summarize_parts(folder, ["colour"])
    assert raised.value.code == "BM500"


def check_sums(found: Aggregates, rows: int) -> None:
    assert found.rows == rows == found.cells["n"].sum() + sum(found.not_placeable.values())
    types = [name for name in found.cells if str(name).startswith("n_")]
    assert found.cells[types].sum().sum() == 2 * found.cells["n"].sum()


def test_cells_hold_every_point_once(output: Path) -> None:
    found, rows = aggregate(output, 0.5), written(output)
    check_sums(found, len(rows))
    points = rows[rows["longitude"].notna()]
    for cell in found.cells.to_dict("records"):
        inside = points["longitude"].between(cell["west"], cell["east"], inclusive="left")
        inside &= points["latitude"].between(cell["south"], cell["north"], inclusive="left")
        known = points.loc[inside, "fatalities_best"]
        assert inside.sum() == cell["n"]
        assert known.notna().sum() == cell["fatalities_known"]
        assert known.sum() == cell["fatalities_best"] or not known.notna().any()
    assert found.not_placeable == {"admin1": int((rows["geo_precision"] == "admin1").sum())}
    assert (found.rights, found.date_start[:4]) == ("unknown", "2022")


def test_stretches_count_what_is_sure_and_what_may_be(output: Path) -> None:
    found, rows = aggregate(output), written(output)
    sets = rows["border_stretches"].astype("str").str.split()
    for stretch in found.stretches.to_dict("records"):
        assert stretch["n_certain"] == sum(each == [stretch["border_stretch"]] for each in sets)
        assert stretch["n_possible"] == sum(
            stretch["border_stretch"] in each and len(each) > 1 for each in sets
        )
        assert stretch["border_stretch"].startswith(stretch["border_pair"])
    assert found.stretches["n_possible"].sum() > 0 < found.stretches["n_certain"].sum()


def test_parts_that_are_not_enriched_give_the_same_counts(
    folder: Path, output: Path, borders: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    before = set(tmp_path.iterdir())
    found, wanted = aggregate(folder, borders=borders), aggregate(output)
    pd.testing.assert_frame_equal(found.cells, wanted.cells)
    pd.testing.assert_frame_equal(found.stretches, wanted.stretches)
    assert found.not_placeable == wanted.not_placeable and found.attributions == wanted.attributions
    assert set(tmp_path.iterdir()) == before


def test_the_borders_are_those_of_the_country_that_rows_are_about(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    rows = rows_of(0, 20)
    write_csv(folder / "a.csv", rows.assign(lat="14.3", lon="103.2", country="THA"))
    assert set(aggregate(folder).stretches["border_pair"]) <= {"KHM-THA", "LAO-THA", "MMR-THA", "MYS-THA"}


@pytest.mark.parametrize("degrees", [0.25, 0.7, 7.0])
def test_the_edges_of_the_world_lie_in_cells(
    tmp_path: Path, borders: gpd.GeoDataFrame, degrees: float
) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    rows = rows_of(0, 7)
    rows = (
        rows[rows["lat"] != ""]
        .head(4)
        .assign(lat=["90", "-90", "0.01", "-10"], lon=["180", "-180", "180", "5"])
    )
    write_csv(folder / "a.csv", rows.assign(country=""))
    found = aggregate(folder, degrees, borders=borders)
    check_sums(found, 4)
    assert (found.cells["east"] <= 180).all() and (found.cells["north"] <= 90).all()
    assert (found.cells["west"] < found.cells["east"]).all()


def test_an_output_that_is_not_finished_is_not_counted(made: Path, tmp_path: Path) -> None:
    output = shutil.copytree(made / "out", tmp_path / "out")
    (output / "part-00001.parquet").unlink()
    with pytest.raises(InputError) as raised:
        aggregate(output)
    assert raised.value.code == "BM528" and "part-00001" in str(raised.value)
    (output / "_manifest.json").unlink()
    (output / "_work").mkdir()
    with pytest.raises(InputError) as raised:
        summarize_parts(output, [])
    assert raised.value.code == "BM528"


def test_counts_are_whole_numbers(output: Path) -> None:
    found = aggregate(output)
    for frame in (found.cells, found.stretches):
        for name in frame:
            if str(name).startswith("n"):
                assert frame[name].dtype == np.int64 or name == "north", name
