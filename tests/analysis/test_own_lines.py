"""Border lines of one's own, from any file."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

import bordermap as bm
from bordermap.analysis.own_lines import read_lines
from bordermap.errors import InputError

LINE = shapely.LineString([(67, 37), (68, 37), (68, 38)])


def written(folder: Path, file: str, geometry: list[object], crs: int = 4326, **columns: object) -> Path:
    frame = gpd.GeoDataFrame(columns or None, geometry=geometry, crs=4326).to_crs(crs)
    frame.to_file(folder / file)
    return folder / file


@pytest.mark.parametrize("name", ["lines.gpkg", "lines.geojson", "lines.fgb", "lines.shp"])
def test_lines_of_any_format(tmp_path: Path, name: str) -> None:
    lines = read_lines(written(tmp_path, name, [LINE], name=["Old fence"], accuracy_m=[250.0]))
    assert lines["border_pair"].tolist() == ["Old_fence"]
    assert (lines["accuracy_m"].tolist(), lines["line_status"].tolist()) == ([250.0], ["not_assessed"])
    assert lines.geometry.iloc[0].equals_exact(LINE, 1e-9)


def test_lines_in_metres_are_brought_to_degrees(tmp_path: Path) -> None:
    lines = read_lines(written(tmp_path, "utm.gpkg", [LINE], crs=32642, name=["a"]), accuracy_m=40)
    assert lines.geometry.iloc[0].equals_exact(LINE, 1e-7)
    assert lines["accuracy_m"].tolist() == [40.0]


def test_lines_with_countries_have_sides(tmp_path: Path) -> None:
    line = bm.read_borders("AFG-UZB").geometry.iloc[0]
    path = written(tmp_path, "b.gpkg", [line], name=["AFG-UZB"], country_a=["AFG"], country_b=["Uzbekistan"])
    point = gpd.GeoDataFrame(geometry=gpd.points_from_xy([67.27833], [37.22417]), crs=4326)
    found = bm.enrich(point, read_lines(path))
    assert found["border_side"].tolist() == ["UZB"]
    assert found["border_distance_km"].iloc[0] == pytest.approx(
        bm.enrich(point, bm.read_borders("AFG-UZB"))["border_distance_km"].iloc[0]
    )


def test_a_name_of_a_shipped_border_does_not_bring_its_stretches(tmp_path: Path) -> None:
    lines = read_lines(written(tmp_path, "c.gpkg", [LINE], name=["AFG-TJK"]))
    assert bm.prepare(lines).stretch[bm.prepare(lines).unit].tolist()[0] == "AFG-TJK"


def test_nameless_lines_are_numbered(tmp_path: Path) -> None:
    lines = read_lines(written(tmp_path, "d.geojson", [LINE, LINE]))
    assert lines["border_pair"].tolist() == ["line_1", "line_2"]


@pytest.mark.parametrize(
    ("geometry", "code"), [([LINE.buffer(0.1)], "BM564"), ([shapely.Point(1, 2)], "BM564")], ids=str
)
def test_other_than_lines_is_refused(tmp_path: Path, geometry: list[object], code: str) -> None:
    with pytest.raises(InputError) as error:
        read_lines(written(tmp_path, "e.gpkg", geometry))
    assert error.value.code == code and error.value.hint


def test_files_without_a_line(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("name,note\na,b\n")
    with pytest.raises(InputError, match="has no geometry") as error:
        read_lines(table)
    assert error.value.code == "BM563"
    with pytest.raises(InputError, match="there is no file"):
        read_lines(tmp_path / "none.gpkg")
    empty = tmp_path / "f.geojson"
    empty.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(InputError):
        read_lines(empty)
