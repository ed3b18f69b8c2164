"""``bordermap enrich`` as a user meets it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

import bordermap as bm
from bordermap.cli import run

ROWS = "date,lat,lon,title,country\n2022-04-18,37.22417,67.27833,shots,Uzbekistan\n"


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "in.csv"
    path.write_text(ROWS)
    return path


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_table_gets_the_columns(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["enrich", "in.csv", "out.csv"]) == 0
    assert capsys.readouterr().out == "wrote out.csv\n"
    (row,) = rows_of(Path("out.csv").read_text())
    # Only the place's own point decides; what the row names stays beside it.
    assert (row["country"], row["located_country"], row["border_pair"]) == ("UZB", "UZB", "AFG-UZB")
    assert (row["border_distance_km"], row["border_stretch"]) == ("3.99666", "AFG-UZB:balkh-surxondaryo")
    assert (row["border_distance_low_km"], row["border_distance_high_km"]) == ("2.99666", "4.99666")


def test_rejected_rows_are_kept_and_good_ones_go_on(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text(ROWS + "2022-04-19,nowhere,67,b,\n")
    assert run(["enrich", "in.csv", "out.csv"]) == 3
    assert "2 rows read: 1 used, 1 rejected (see out.rejects.csv)" in capsys.readouterr().err
    assert len(rows_of(Path("out.csv").read_text())) == 1
    assert len(rows_of(Path("out.rejects.csv").read_text())) == 1


@pytest.mark.parametrize("name", ["out.gpkg", "out.xlsx", "out.geojson", "out.parquet"])
def test_what_was_found_is_read_again(table: Path, name: str) -> None:
    assert run(["enrich", "in.csv", name, "-q"]) == 0
    again = bm.read_incidents(name)
    assert again.extras["border_distance_km"].tolist() == ["3.99666"]
    assert run(["enrich", name, "again.csv", "--border", "UZB", "-q"]) == 0
    (row,) = rows_of(Path("again.csv").read_text())
    assert row["border_pair"] == "AFG-UZB" and row["border_signed_km"] == "-3.99666"


def test_the_bundled_casebook_tells_origin_target_and_impact(table: Path) -> None:
    bm.write_incidents(bm.read_casebook(), "case.gpkg")
    assert run(["enrich", "case.gpkg", "out.csv", "-q"]) == 0
    rows = {row["event_id"]: row for row in rows_of(Path("out.csv").read_text())}
    termez = rows["UZ-20220418-TERMEZ"]
    assert termez["target_border_distance_km"] == "3.99666"
    assert termez["origin_border_pairs"] and termez["impact_border_pair"] == "AFG-UZB"
    assert rows["UZ-20220716-ALLEGED"]["border_basis"] == "none"


def test_standard_output_and_a_line_of_ones_own(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = shapely.LineString([(67, 37), (68, 37)])
    gpd.GeoDataFrame({"name": ["fence"]}, geometry=[line], crs=4326).to_file("fence.gpkg")
    assert run(["enrich", "in.csv", "-", "--border", "fence.gpkg", "-q"]) == 0
    (row,) = rows_of(capsys.readouterr().out)
    assert (row["border_pair"], row["border_side"]) == ("fence", "left")


@pytest.mark.parametrize(
    ("border", "said"),
    [
        ("XYZ", "Error: no country is called 'XYZ' [BM141]"),
        ("AFG-FRA", "Error: Afghanistan and France have no land border [BM142]"),
        ("ISL", "Error: Iceland has no land border [BM142]"),
        ("lines.gpkg", "Error: there is no file 'lines.gpkg' [BM210]"),
    ],
)
def test_a_border_that_is_none(
    table: Path, capsys: pytest.CaptureFixture[str], border: str, said: str
) -> None:
    assert run(["enrich", "in.csv", "out.csv", "--border", border]) == 1
    error = capsys.readouterr().err
    assert said in error and "Hint: " in error
    assert not Path("out.csv").exists()


def test_bad_input_leaves_nothing_behind(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.csv").write_text("")
    assert run(["enrich", "empty.csv", "out.csv"]) == 1
    assert run(["enrich", "in.csv", "out.png"]) == 2
    Path("out.csv").write_text("mine")
    assert run(["enrich", "in.csv", "out.csv"]) == 4
    assert Path("out.csv").read_text() == "mine"
    assert capsys.readouterr().err.count("Error: ") == 3


def test_rows_without_a_place_are_kept_and_counted(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text("event_id,date,title,location\na,2022-04-18,shots,Qwrtzpsk\n")
    assert run(["enrich", "in.csv", "out.csv"]) == 0
    assert "1 incident is not placed" in capsys.readouterr().err
    (row,) = rows_of(Path("out.csv").read_text())
    assert row["border_distance_km"] == "" and row["border_basis"] == "none"


def test_a_folder_of_parts_is_enriched_into_a_folder(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("parts").mkdir()
    Path("parts/a.csv").write_text(ROWS)
    assert run(["enrich", "parts", "-"]) == 2
    assert "[BM565]" in capsys.readouterr().err
    assert run(["enrich", "parts", "near", "-q"]) == 0
    found = gpd.read_parquet("near/part-00000.parquet")
    assert found["border_pair"].tolist() == ["AFG-UZB"]


def test_processes_may_share_the_work_without_dask(table: Path) -> None:
    assert run(["enrich", "in.csv", "out.csv", "--workers", "2", "-q"]) == 0
    assert run(["enrich", "in.csv", "out2.csv", "--scheduler", "tcp://127.0.0.1:1", "-q"]) == 2
    assert Path("out.csv").exists() and not Path("out2.csv").exists()
