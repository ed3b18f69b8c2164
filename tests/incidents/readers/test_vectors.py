"""GeoPackage, Shapefile and FlatGeobuf: every row as it is written, or one error that says what to do."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import pytest
import shapely

from bordermap.errors import BordermapError, InputError
from bordermap.incidents.options import Limits, ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.layer import Layer
from bordermap.incidents.readers.vectors import read_flatgeobuf, read_geopackage, read_shapefile

Reader = Callable[[Blob, ReadOptions], list[Layer]]
POINTS = [shapely.Point(67.27833, 37.22417), None, shapely.Point(69, 37)]


def frame(**columns: Any) -> gpd.GeoDataFrame:
    columns = columns or {"id": ["007", "NA", "x"], "n": [1, 2, 3], "place": ["Термез", None, "Khojaghar"]}
    return gpd.GeoDataFrame(columns, geometry=POINTS, crs=4326)


def save(table: gpd.GeoDataFrame, path: Path, **options: Any) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.write_dataframe(table, path, **options)
    return path


def gpkg(path: Path, options: ReadOptions | None = None) -> list[Layer]:
    return read_geopackage(Blob(path.name, "sqlite", path=path), options or ReadOptions())


def code(read: Callable[[], object]) -> str:
    with pytest.raises(InputError) as caught:
        read()
    assert caught.value.hint
    return caught.value.code


def change(path: Path, *statements: str) -> Path:
    """Change a GeoPackage behind the back of its triggers."""
    with closing(sqlite3.connect(path)) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path


# GeoPackage.


def test_every_layer_with_its_ids_names_and_coordinate_system(tmp_path: Path) -> None:
    path = save(frame(), tmp_path / "a.gpkg", layer='it\'s "one"')
    save(frame(n=[4, 5, 6]).to_crs(32642), path, layer="two")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.write_dataframe(pd.DataFrame({"claim": ["c1"]}), path, layer="claims")
    one, two, claims = gpkg(path)
    assert [one.name, two.name, claims.name] == ['it\'s "one"', "two", "claims"]
    assert one.table.to_pylist()[0] == {"fid": "1", "id": "007", "n": "1", "place": "Термез"}
    assert one.table["place"].to_pylist() == ["Термез", "", "Khojaghar"] and one.records.tolist() == [1, 2, 3]
    assert one.geometry is not None and one.geometry.crs == "EPSG:4326" and one.geometry.wkb.null_count == 1
    assert two.geometry is not None and two.geometry.crs == "EPSG:32642"
    assert claims.geometry is None and claims.table["claim"].to_pylist() == ["c1"]
    assert not one.faults and one.format == "gpkg"
    only = gpkg(path, ReadOptions(layers=("two",)))
    assert [layer.name for layer in only] == ["two"]
    assert code(lambda: gpkg(path, ReadOptions(layers=("three",)))) == "BM309"


def test_values_that_do_not_fit_their_column_come_as_written(tmp_path: Path) -> None:
    path = save(frame(n=[1, 2, 3]), tmp_path / "a.gpkg", layer="a")
    kinds = (
        "INTEGER",
        "MEDIUMINT",
        "REAL",
        "FLOAT",
        "BOOLEAN",
        "DATE",
        "DATETIME",
        "TEXT",
        "VARCHAR(20)",
        "BLOB",
    )
    values = {
        "INTEGER": ("about 3", "0", "3.5"),
        "MEDIUMINT": ("2147483648", "7", "''"),
        "REAL": ("soon", "1.5", "2"),
        "FLOAT": ("3,5", "1.5", "2"),
        "BOOLEAN": ("maybe", "1", "0"),
        "DATE": ("18.04.2022", "2022-02-30", "2022-01-31"),
        "DATETIME": ("18.04.2022 10:00", "2022-04-18T16:20:00+05:00", "2022"),
        "TEXT": ("NA", "007", ""),
        "VARCHAR(20)": ("NA", "007", ""),
        "BLOB": ("text", "x", ""),
    }
    change(
        path,
        *(f'ALTER TABLE a ADD COLUMN "{kind}" {kind}' for kind in kinds),
        *(
            f"UPDATE a SET \"{kind}\" = '{each.strip(chr(39))}' WHERE fid = {row}"
            for kind in kinds
            for row, each in enumerate(values[kind], start=1)
        ),
    )
    (layer,) = gpkg(path)
    assert layer.columns == ["fid", "n", *[k for k in kinds if k != "VARCHAR(20)"], "VARCHAR(20)"]
    expected = {kind: [each.strip("'") for each in values[kind]] for kind in kinds}
    expected["BOOLEAN"][1:] = ["true", "false"]
    for kind in kinds:
        assert layer.table[kind].to_pylist() == expected[kind], kind


def test_dates_and_times_of_a_geopackage(tmp_path: Path) -> None:
    days = pd.to_datetime(["2022-04-18", "2022-04-19", ""], errors="coerce")
    times = pd.to_datetime(["2022-04-18 16:20", "2022-04-19 00:00", ""], errors="coerce")
    (layer,) = gpkg(save(frame(day=days, time=times), tmp_path / "a.gpkg"))
    assert layer.table["day"].to_pylist() == ["2022-04-18", "2022-04-19", ""]
    assert layer.table["time"].to_pylist()[0].startswith("2022-04-18T16:20:00")


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE t (a)")
    assert code(lambda: gpkg(path)) == "BM260"
    change(path, "CREATE TABLE spatial_ref_sys (a)", "CREATE TABLE geometry_columns (a)")
    with pytest.raises(InputError, match="SpatiaLite"):
        gpkg(path)


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE VIEW v AS SELECT * FROM a", "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('v', 'features')"),
        ("ALTER TABLE a ADD COLUMN x TEXT GENERATED ALWAYS AS (hex(zeroblob(900000000)))",),
        ("ALTER TABLE gpkg_extensions RENAME TO old", "CREATE VIEW gpkg_extensions AS SELECT * FROM old"),
        (
            "CREATE VIRTUAL TABLE w USING rtree(id, x1, x2)",
            "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('w', 'attributes')",
        ),
    ],
)  # fmt: skip
def test_views_and_virtual_tables_never_run(tmp_path: Path, statements: tuple[str, ...]) -> None:
    path = change(save(frame(), tmp_path / "a.gpkg", layer="a"), *statements)
    assert code(lambda: gpkg(path)) == "BM262"


def test_triggers_do_no_harm_and_what_is_not_read_is_said(tmp_path: Path) -> None:
    path = change(
        save(frame(), tmp_path / "a.gpkg", layer="a"),
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END",
        "CREATE TABLE notes (x)",
        "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('photos', 'tiles')",
        "CREATE TABLE photos (x)",
    )
    (layer,) = gpkg(path)
    assert layer.rows_read == 3
    assert "'photos' (tiles)" in layer.facts["not read"] and "'notes'" in layer.facts["not read"]


def test_a_geopackage_without_a_layer(tmp_path: Path) -> None:
    path = change(
        save(frame(), tmp_path / "a.gpkg", layer="a"), "UPDATE gpkg_contents SET data_type = 'tiles'"
    )
    assert code(lambda: gpkg(path)) == "BM264"


@pytest.mark.parametrize("number", [-1, 0])
def test_an_undefined_coordinate_system_is_not_declared(tmp_path: Path, number: int) -> None:
    path = save(frame(), tmp_path / "a.gpkg", layer="a")
    change(
        path,
        f"UPDATE gpkg_geometry_columns SET srs_id = {number}",
        f"UPDATE gpkg_contents SET srs_id = {number}",
    )
    (layer,) = gpkg(path)
    assert layer.geometry is not None and (layer.geometry.crs, layer.geometry.declared) == ("", False)


def test_a_wrong_count_in_the_file_loses_no_row(tmp_path: Path) -> None:
    path = change(
        save(frame(), tmp_path / "a.gpkg", layer="a"), "UPDATE gpkg_ogr_contents SET feature_count = 1"
    )
    assert gpkg(path)[0].rows_read == 3


def test_a_geometry_that_cannot_be_read_is_told_by_row(tmp_path: Path) -> None:
    path = change(save(frame(), tmp_path / "a.gpkg", layer="a"), "UPDATE a SET geom = x'4750' WHERE fid = 3")
    (layer,) = gpkg(path)
    (found,) = layer.faults
    assert (found.code, found.rows.tolist()) == ("BM273", [2]) and layer.rows_read == 3


def test_changes_that_are_not_in_the_file_yet_are_asked_for(tmp_path: Path) -> None:
    path = change(save(frame(), tmp_path / "a.gpkg", layer="a"), "PRAGMA journal_mode = WAL")
    assert gpkg(path)[0].rows_read == 3
    with closing(sqlite3.connect(path, isolation_level=None)) as editing:
        editing.execute("CREATE TABLE t (a)")
        assert code(lambda: gpkg(path)) == "BM263"
    before = sorted(tmp_path.iterdir())
    gpkg(path)
    assert sorted(tmp_path.iterdir()) == before


def test_too_many_columns(tmp_path: Path) -> None:
    path = save(frame(), tmp_path / "a.gpkg")
    assert code(lambda: gpkg(path, ReadOptions(limits=Limits(columns=2)))) == "BM271"


# Shapefile.


def shapefile(path: Path, *without: str, **changed: bytes) -> Blob:
    parts = {}
    for suffix in (".dbf", ".shx", ".prj", ".cpg"):
        part = path.with_suffix(suffix)
        data = changed.get(suffix[1:], part.read_bytes() if part.exists() else b"")
        if part.exists() and suffix not in without:
            parts[suffix] = Blob(part.name, suffix[1:], data=data)
    return Blob(path.name, "shp", data=changed.get("shp", path.read_bytes()), companions=parts)


def shp(blob: Blob, options: ReadOptions | None = None) -> Layer:
    (layer,) = read_shapefile(blob, options or ReadOptions())
    return layer


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8"])
@pytest.mark.parametrize("without", [(), (".cpg",)])
def test_the_encoding_of_a_shapefile(tmp_path: Path, encoding: str, without: tuple[str, ...]) -> None:
    place = ["Термез и окрестности", None, "Ходжагор, район границы"]
    path = save(frame(id=["007", "NA", ""], место=place), tmp_path / "a.shp", encoding=encoding)
    layer = shp(shapefile(path, *without))
    assert layer.table.to_pylist()[0] == {"id": "007", "место": place[0]}
    assert layer.table["место"].to_pylist()[1:] == ["", place[2]] and not layer.faults
    assert layer.facts["encoding"] == encoding and (".cpg" in layer.facts["encoding_basis"] or without)
    assert (
        layer.geometry is not None
        and layer.geometry.crs == "EPSG:4326"
        and layer.geometry.wkb.null_count == 1
    )


def test_an_encoding_that_is_wrong_forced_or_unknown(tmp_path: Path) -> None:
    path = save(frame(place=["Термез", "b", "c"]), tmp_path / "a.shp", encoding="cp1251")
    (found,) = shp(shapefile(path, cpg=b"UTF-8")).faults
    assert (found.code, found.rows.tolist()) == ("BM267", [0])
    forced = shp(shapefile(path, cpg=b"UTF-8"), ReadOptions(encoding="cp1251"))
    assert forced.table["place"][0].as_py() == "Термез" and "as asked" in forced.facts["encoding_basis"]
    assert code(lambda: shp(shapefile(path, cpg=b"LATIN-9000"))) == "BM226"
    assert shp(shapefile(path, cpg=b"ANSI 1251")).table["place"][0].as_py() == "Термез"


def test_text_cut_within_a_character_is_said(tmp_path: Path) -> None:
    path = save(frame(place=["Термез", "b", "c"]), tmp_path / "a.shp", encoding="utf-8")
    cut = path.with_suffix(".dbf").read_bytes().replace("Термез".encode(), "Терме".encode() + b"\xd0 ")
    layer = shp(shapefile(path, dbf=cut))
    assert layer.table["place"][0].as_py() == "Терме"
    assert [(each.code, each.rows.tolist()) for each in layer.faults] == [("BM268", [0])]


def test_parts_that_are_missing_are_said_and_made_good(tmp_path: Path) -> None:
    path = save(frame(), tmp_path / "a.shp", encoding="utf-8")
    whole = shp(shapefile(path))
    without = shp(shapefile(path, ".shx", ".prj"))
    assert without.table.equals(whole.table) and without.geometry is not None and whole.geometry is not None
    assert without.geometry.wkb.equals(whole.geometry.wkb)
    assert (without.geometry.crs, without.geometry.declared) == ("", False)
    assert without.facts["missing parts"] == ".shx, .prj" and "index" in without.facts
    bare = shp(shapefile(path, ".dbf"))
    assert bare.rows_read == 3 and ".dbf" in bare.facts["missing parts"]
    broken = path.with_suffix(".shx").read_bytes()[:-4] + b"\x00\x00\x00\x63"
    assert "index" in shp(shapefile(path, shx=broken)).facts


def test_deleted_records_are_said_and_keep_the_numbers_of_the_others(tmp_path: Path) -> None:
    path = save(frame(), tmp_path / "a.shp", encoding="utf-8")
    data = bytearray(path.with_suffix(".dbf").read_bytes())
    data[int.from_bytes(data[8:10], "little")] = ord("*")
    layer = shp(shapefile(path, dbf=bytes(data)))
    assert layer.table["id"].to_pylist() == ["NA", "x"] and layer.records.tolist() == [2, 3]
    assert layer.facts["deleted records"].startswith("1 ")


def test_numbers_and_days_that_are_none_come_as_written(tmp_path: Path) -> None:
    days = pd.arrays.ArrowExtensionArray(pa.array([date(2022, 4, 18), date(2024, 2, 29), None]))
    table = frame(n=[111, 222, 333], day=days, big=[2**60 + 1, 1, 2])
    path = save(table, tmp_path / "a.shp", use_arrow=True)
    data = path.with_suffix(".dbf").read_bytes()
    assert data.count(b"20220418") == 1 and data.count(b"222") == 1
    data = data.replace(b"20220418", b"20220230").replace(b"222", b"2-3")
    layer = shp(shapefile(path, dbf=data))
    assert layer.table["day"].to_pylist() == ["20220230", "2024-02-29", ""]
    assert layer.table["n"].to_pylist() == ["111", "2-3", "333"]
    assert layer.table["big"].to_pylist()[0] == str(2**60 + 1)


def test_parts_of_different_exports(tmp_path: Path) -> None:
    path = save(frame(), tmp_path / "a.shp")
    other = save(frame().iloc[:2], tmp_path / "b.shp").with_suffix(".dbf").read_bytes()
    assert code(lambda: shp(shapefile(path, dbf=other))) == "BM266"


def test_a_short_shapefile_is_an_error_that_counts(tmp_path: Path) -> None:
    path = save(frame(), tmp_path / "a.shp")
    with pytest.raises(InputError, match="2 whole shapes"):
        shp(shapefile(path, shp=path.read_bytes()[:-2]))
    with pytest.raises(InputError, match="should have 3 rows; 2 of them"):
        shp(shapefile(path, dbf=path.with_suffix(".dbf").read_bytes()[:-4]))
    with pytest.raises(InputError, match="columns"):
        shp(shapefile(path), ReadOptions(limits=Limits(columns=1)))


# FlatGeobuf.


@pytest.mark.parametrize("index", ["YES", "NO"])
def test_a_flatgeobuf_with_and_without_index(tmp_path: Path, index: str) -> None:
    table = frame().dropna(subset="geometry")
    path = save(table, tmp_path / "a.fgb", driver="FlatGeobuf", SPATIAL_INDEX=index)
    (layer,) = read_flatgeobuf(Blob("a.fgb", "fgb", path=path), ReadOptions())
    assert sorted(layer.table["id"].to_pylist()) == ["007", "x"] and layer.records.tolist() == [1, 2]
    assert layer.geometry is not None and layer.geometry.crs == "EPSG:4326"


@pytest.mark.parametrize("there", [[1, 0], [0, 1], [1, 0, 1], [0, 0, 1, 1, 0, 1], [1, 1, 1, 0]])
def test_a_feature_without_a_shape_leaves_the_others_where_they_are(tmp_path: Path, there: list[int]) -> None:
    shapes = [shapely.Point(at + 1, 2) if is_there else None for at, is_there in enumerate(there)]
    table = gpd.GeoDataFrame({"a": [str(at) for at in range(len(there))]}, geometry=shapes, crs=4326)
    path = save(table, tmp_path / "a.fgb", driver="FlatGeobuf", SPATIAL_INDEX="NO")
    (layer,) = read_flatgeobuf(Blob("a.fgb", "fgb", path=path), ReadOptions())
    assert layer.geometry is not None
    read = shapely.from_wkb(layer.geometry.wkb.to_numpy())
    assert [None if each is None else each.x for each in read] == [each and each.x for each in shapes]


def test_a_flatgeobuf_without_rows_or_columns(tmp_path: Path) -> None:
    empty = save(frame().iloc[:0], tmp_path / "e.fgb", driver="FlatGeobuf")
    assert read_flatgeobuf(Blob("e.fgb", "fgb", path=empty), ReadOptions())[0].rows_read == 0
    bare = save(frame()[["geometry"]].iloc[[0]], tmp_path / "b.fgb", driver="FlatGeobuf")
    assert read_flatgeobuf(Blob("b.fgb", "fgb", path=bare), ReadOptions())[0].rows_read == 1


# Damage.


def whole(kind: str, folder: Path) -> tuple[Reader, Blob]:
    table = gpd.GeoDataFrame(
        {"id": [f"r{n}" for n in range(12)], "n": range(12), "x": np.arange(12) * 1.5},
        geometry=[shapely.box(n, n, n + 1, n + 1) for n in range(12)],
        crs=4326,
    )
    if kind == "gpkg":
        path = save(table, folder / "a.gpkg", SPATIAL_INDEX="NO")
        return read_geopackage, Blob("a.gpkg", "sqlite", data=path.read_bytes())
    if kind == "fgb":
        path = save(table, folder / "a.fgb", driver="FlatGeobuf")
        return read_flatgeobuf, Blob("a.fgb", "fgb", data=path.read_bytes())
    return read_shapefile, shapefile(save(table, folder / "a.shp"))


@pytest.mark.parametrize(("kind", "step"), [("gpkg", 4999), ("fgb", 23), ("shp", 29)])
def test_a_file_that_is_cut_anywhere_is_one_error(
    kind: str, step: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    read, blob = whole(kind, tmp_path)
    data = blob.content()
    for end in range(0, len(data), step):
        cut = Blob(blob.file, blob.kind, data=data[:end], companions=blob.companions)
        assert code(lambda cut=cut: read(cut, ReadOptions())) == "BM261"  # type: ignore[misc]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("kind", "step"), [("gpkg", 907), ("fgb", 17), ("shp", 31)])
def test_a_changed_byte_never_escapes_and_never_loses_a_row(
    kind: str, step: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    read, blob = whole(kind, tmp_path)
    data = blob.content()
    for at in range(0, len(data), step):
        bad = data[:at] + bytes([data[at] ^ (0xFF if at % 2 else 0x10)]) + data[at + 1 :]
        try:
            (layer,) = read(Blob(blob.file, blob.kind, data=bad, companions=blob.companions), ReadOptions())
        except BordermapError:
            continue
        assert layer.rows_read == 12 and layer.table.validate(full=True) is None, at
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "content", [b"", b"<OGRVRTDataSource></OGRVRTDataSource>", b"\x00" * 200, b"PK\x03\x04"]
)
@pytest.mark.parametrize("read", [read_geopackage, read_shapefile, read_flatgeobuf])
def test_other_content_never_reaches_the_drivers(
    read: Reader, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyogrio, "read_info", lambda *_, **__: pytest.fail("it was opened"))
    assert code(lambda: read(Blob("a.gpkg", "sqlite", data=content), ReadOptions())) == "BM261"
