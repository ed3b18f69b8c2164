"""The shipped data: what it must hold, whatever made it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import subprocess
import sys
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pytest
import shapely
from pyproj import Geod

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "geodata" / "data"
BUILD = ROOT / "geodata" / "build"
CLOCKWISE = ["AFG-TKM", "AFG-UZB", "AFG-TJK", "AFG-CHN", "AFG-PAK", "AFG-IRN"]
MAX_COMPRESSED = 11_000_000  # of the files tested here; the wheel may hold 15 MB
GEOD = Geod(ellps="WGS84")


@cache
def frame(name: str) -> gpd.GeoDataFrame:
    return pyogrio.read_dataframe(DATA / name)


@cache
def afghan() -> dict[str, shapely.LineString]:
    table = frame("borders.fgb")
    rows = table[table["border_pair"].isin(CLOCKWISE)]
    return dict(zip(rows["border_pair"], rows.geometry, strict=True))


@cache
def basemap() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((DATA / "basemap.json").read_bytes())
    return document


def vertices(shape: shapely.Geometry) -> set[tuple[float, float]]:
    return {(float(x), float(y)) for x, y in shapely.get_coordinates(shape)}


def published(neighbour: str, publisher: str) -> float:
    with (DATA / "published-lengths.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["neighbour"] == neighbour]
    (found,) = [float(row["length_km"]) for row in rows if row["publisher"] == publisher]
    return found


@pytest.mark.parametrize(
    ("neighbour", "publisher", "tolerance"),
    [
        ("UZB", "CIA World Factbook", 0.03),
        ("TJK", "CIA World Factbook", 0.03),
        ("TKM", "CIA World Factbook", 0.03),
        ("IRN", "CIA World Factbook", 0.03),
        ("CHN", "CIA World Factbook", 0.03),
        ("PAK", "CIA World Factbook", 0.05),
        ("TJK", "Ministry of Foreign Affairs of Tajikistan", 0.001),
    ],
)
def test_a_border_is_about_as_long_as_published(neighbour: str, publisher: str, tolerance: float) -> None:
    (line,) = [line for pair, line in afghan().items() if neighbour in pair]
    expected = published(neighbour, publisher)
    assert GEOD.geometry_length(line) / 1000 == pytest.approx(expected, rel=tolerance)


def test_stated_lengths_are_those_of_the_lines() -> None:
    table = frame("borders.fgb")
    for stated, line in zip(table["length_km"], table.geometry, strict=True):
        assert GEOD.geometry_length(line) / 1000 == pytest.approx(stated, abs=0.001)


def test_each_afghan_border_is_one_line_and_the_six_run_clockwise_in_a_ring() -> None:
    lines = [afghan()[pair] for pair in CLOCKWISE]
    assert {line.geom_type for line in lines} == {"LineString"}
    for line, following in pairwise([*lines, lines[0]]):
        assert line.coords[-1] == following.coords[0]
    ring = shapely.LinearRing([xy for line in lines for xy in line.coords[:-1]])
    assert ring.is_simple
    assert not ring.is_ccw


def test_the_ring_of_borders_is_the_outline_of_the_country() -> None:
    table = frame("countries.fgb")
    (shape,) = table[table["iso3"] == "AFG"].geometry
    outline = set().union(*(vertices(line) for line in afghan().values()))
    assert vertices(shape) == outline


def test_countries_and_borders_share_their_vertices() -> None:
    borders, countries = frame("borders.fgb"), frame("countries.fgb")
    shapes = dict(zip(countries["iso3"], map(vertices, countries.geometry), strict=True))
    for a, b, line in zip(borders["country_a"], borders["country_b"], borders.geometry, strict=True):
        assert vertices(line) <= shapes[a], (a, b)
        assert vertices(line) <= shapes[b], (a, b)


def test_countries_are_valid_and_do_not_overlap_around_afghanistan() -> None:
    table = frame("countries.fgb")
    assert table.is_valid.all()
    assert table["iso3"].is_unique
    region = table[table["iso3"].isin(["AFG", "TJK", "UZB", "TKM", "IRN", "PAK", "CHN", "KGZ", "IND"])]
    assert shapely.coverage_is_valid(list(region.geometry))


@pytest.mark.parametrize(
    ("lon", "lat", "iso3"),
    [
        (105.85, 21.03, "VNM"),  # Hanoi, in the zone of Bangkok
        (100.5, 13.75, "THA"),
        (34.1, 44.95, "UKR"),  # Crimea, as zone.tab has it
        (28.4, 9.6, "SDN"),  # Abyei
        (68.577, 37.194, "TJK"),  # Panji Poyon, which Natural Earth puts into Afghanistan
        (67.278, 37.224, "UZB"),  # Termez
        (66.40, 31.006, "AFG"),  # Spin Boldak
        (66.45, 30.92, "PAK"),  # Chaman
        (-13.2, 27.15, "ESH"),
        (10.45, 47.58, "AUT"),  # Jungholz hangs on Austria by one vertex
    ],
)
def test_a_place_lies_in_its_country(lon: float, lat: float, iso3: str) -> None:
    table = frame("countries.fgb")
    assert list(table[table.contains(shapely.Point(lon, lat))]["iso3"]) == [iso3]


def test_the_world_is_there() -> None:
    borders = frame("borders.fgb")
    assert borders["border_pair"].nunique() >= 319
    assert len(frame("countries.fgb")) >= 240
    assert not borders.duplicated(["border_pair", "part"]).any()
    assert set(borders["line_status"]) <= {
        "not_assessed",
        "agreed",
        "disputed",
        "line_of_control",
        "undefined",
    }
    named = borders[borders["line_status"] != "not_assessed"]
    assert (named["line_status_by"] != "").all()


def test_disputed_lines_of_the_window_are_marked() -> None:
    borders = frame("borders.fgb").set_index(["border_pair", "part"])["line_status"]
    assert borders["AFG-PAK", ""] == "disputed"
    assert borders["IND-PAK", "line-of-control"] == "line_of_control"
    assert borders["CHN-IND", "aksai-chin"] == "disputed"
    assert borders["CHN-PAK", "shaksgam"] == "disputed"


def test_first_order_areas_carry_geonames_keys_and_their_own_names() -> None:
    areas = frame("admin1.fgb").set_index("admin1_code")
    assert areas.index.is_unique
    assert areas.loc["AF.42", "name"] == "Panjshir"
    assert areas.loc["AF.41", "name"] == "Daykundi"
    assert (areas["iso3"] == "AFG").sum() == 34
    assert areas.is_valid.all()


def test_stretches_are_the_border_cut_at_its_vertices() -> None:
    table = frame("stretches.fgb")
    assert table["stretch_id"].is_unique
    for pair, rows in table.groupby("border_pair"):
        ordered = rows.sort_values("from_km")
        joined = [xy for line in ordered.geometry for xy in line.coords[:-1]]
        joined.append(ordered.geometry.iloc[-1].coords[-1])
        assert joined == list(afghan()[str(pair)].coords)
        assert list(ordered["from_km"])[1:] == list(ordered["to_km"])[:-1]


def test_the_northern_stretches_have_the_expected_names() -> None:
    table = frame("stretches.fgb")
    north = table[table["border_pair"].isin(["AFG-UZB", "AFG-TJK"])].sort_values(["border_pair", "from_km"])
    assert list(north["stretch_id"]) == [
        "AFG-TJK:balkh-khatlon",
        "AFG-TJK:kunduz-khatlon",
        "AFG-TJK:takhar-khatlon",
        "AFG-TJK:badakhshan-khatlon",
        "AFG-TJK:badakhshan-gorno-badakhshan",
        "AFG-UZB:balkh-surxondaryo",
    ]


def test_the_base_map_is_small_and_whole() -> None:
    content = (DATA / "basemap.json").read_bytes()
    assert len(content) <= 700_000
    assert len(gzip.compress(content, mtime=0)) <= 300_000
    objects = basemap()["objects"]
    assert list(objects) == ["countries", "borders", "admin1", "rivers", "lakes", "labels"]
    assert {g["properties"]["iso3"] for g in objects["countries"]["geometries"]} >= {
        "AFG",
        "TJK",
        "UZB",
        "PAK",
    }
    kinds = {g["properties"]["kind"] for g in objects["labels"]["geometries"]}
    assert kinds == {"country", "admin1", "town", "river"}
    names = {g["properties"]["name"] for g in objects["labels"]["geometries"]}
    assert names >= {"Termez", "Hairatan", "Kunduz", "Taloqan", "Khorog", "Kulob", "Bokhtar", "Fayzabad"}
    assert names >= {"Mazar-i-Sharif", "Bazarak", "Kabul", "Dushanbe", "Amu Darya", "Panj"}


def test_rings_of_the_base_map_close() -> None:
    arcs = basemap()["arcs"]
    ends = [(arc[0], [sum(step[i] for step in arc) for i in (0, 1)]) for arc in arcs]

    def end(index: int, last: bool) -> list[int]:
        first, final = ends[index if index >= 0 else ~index]
        return final if last == (index >= 0) else first

    for geometry in basemap()["objects"]["countries"]["geometries"]:
        for ring in (ring for polygon in geometry["arcs"] for ring in polygon):
            for here, following in pairwise([*ring, ring[0]]):
                assert end(here, True) == end(following, False)


def test_the_catalogue_and_the_files_agree() -> None:
    rows = json.loads((ROOT / "geodata" / "catalog.json").read_text(encoding="utf-8"))
    files = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    assert sorted(row["file"] for row in rows) == sorted(files)
    for row in rows:
        content = (DATA / row["file"]).read_bytes()
        assert not content.startswith(b"version https://git-lfs"), f"{row['file']} is a Git LFS pointer"
        assert hashlib.sha256(content).hexdigest() == row["sha256"], f"{row['file']}: run make geodata"
        assert row["licence"] and row["source"] and row["title"] and row["date"]


def test_the_data_fits_into_the_wheel() -> None:
    own = [
        "admin1.fgb",
        "basemap.json",
        "borders.fgb",
        "countries.fgb",
        "published-lengths.csv",
        "stretches.fgb",
    ]
    total = sum(len(gzip.compress((DATA / name).read_bytes(), 6, mtime=0)) for name in own)
    assert total <= MAX_COMPRESSED


def test_build_sources_are_pinned_packages_without_addresses() -> None:
    packages = tomllib.loads((BUILD / "sources.toml").read_text(encoding="utf-8"))["package"]
    for package in packages:
        assert package["registry"] in ("pypi", "npm")
        assert all(len(file["sha256"]) == 64 for file in package["file"])
    for script in [*BUILD.glob("*.py"), BUILD / "sources.toml", BUILD / "requirements.txt"]:
        assert "://" not in script.read_text(encoding="utf-8"), script.name


@pytest.mark.slow
def test_the_build_scripts_make_these_bytes() -> None:
    command = [sys.executable, str(BUILD / "make.py"), "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
