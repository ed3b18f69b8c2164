"""Builds the files of geographic programs in the corpus: GeoPackage, Shapefile, FlatGeobuf, GeoParquet, SQLite."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import warnings
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely

from corpus.archives import pickled
from corpus.rows import HEADER, ROWS, Row, changed


def vectors() -> dict[str, bytes]:
    """Every such file by its name in the corpus."""
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "'crs' was not provided")  # some are to have none
        folder = Path(name)
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2020-01-01T00:00:00.000Z"})
        try:
            return (
                _geopackages(folder)
                | _shapefiles(folder)
                | _flatgeobufs(folder)
                | _parquets()
                | _databases(folder)
            )
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def frame(rows: tuple[Row, ...] = ROWS, crs: str | int | None = 4326) -> gpd.GeoDataFrame:
    """The rows with points; without their two columns of coordinates."""
    table = pd.DataFrame(list(rows), columns=list(HEADER), dtype="object")
    points = shapely.points(table["longitude"].astype(float), table["latitude"].astype(float))
    flat = table.drop(columns=["longitude", "latitude"])
    there = gpd.GeoDataFrame(flat, geometry=points, crs=4326)
    return there.to_crs(crs) if crs else there.set_crs(None, allow_override=True)


def _written(folder: Path, name: str, *layers: tuple[str, gpd.GeoDataFrame], **options: Any) -> bytes:
    path = folder / name
    for number, (layer, each) in enumerate(layers):
        pyogrio.write_dataframe(each, path, layer=layer, append=number > 0, use_arrow=False, **options)
    return path.read_bytes()


def _geopackages(folder: Path) -> dict[str, bytes]:
    good, metres = frame(), frame(crs=32642)
    no_points = good.copy()
    no_points.loc[[1, 3], "geometry"] = None
    no_points.loc[2, "geometry"] = shapely.Point()
    points = _written(folder, "points.gpkg", ("incidents", good))
    return {
        "gpkg/points.gpkg": points,
        "gpkg/two-layers.gpkg": _written(folder, "two.gpkg", ("north", good[:2]), ("east", good[2:])),
        "gpkg/utm.gpkg": _written(folder, "utm.gpkg", ("incidents", metres)),
        "gpkg/utm-undeclared.gpkg": _undeclared(folder, metres),
        "gpkg/null-geometries.gpkg": _written(folder, "null.gpkg", ("incidents", no_points)),
        "gpkg/range.gpkg": _written(folder, "range.gpkg", ("incidents", frame(changed(2, latitude="97")))),
        "gpkg/zero.gpkg": _written(folder, "zero.gpkg", ("incidents", frame(changed(0, latitude="0", longitude="0")))),
        "gpkg/view.gpkg": _with_view(folder, points),
        "gpkg/attributes.gpkg": _with_table(folder, points),
        "gpkg/trigger.gpkg": _changed(folder, points, "CREATE TRIGGER t AFTER INSERT ON incidents BEGIN SELECT 1; END"),
        "gpkg/empty-layer.gpkg": _written(folder, "empty.gpkg", ("incidents", good[:0])),
        "gpkg/truncated.gpkg": points[: len(points) // 2],
        "gpkg/cut-after-header.gpkg": points[:100],
        "gpkg/damaged-page.gpkg": points[:8192] + b"\xff" * 4096 + points[12288:],
        "gpkg/named.sqlite": points,
        "gpkg/strange-names.gpkg": _written(folder, "names.gpkg", ('in"ci;dents--', good.rename(columns={"notes": 'no"tes'}))),
        "gpkg/tiles.gpkg": _changed(folder, points, "UPDATE gpkg_contents SET data_type = 'tiles'", "DELETE FROM gpkg_geometry_columns"),
        "gpkg/wal.gpkg": points[:18] + b"\2\2" + points[20:],
        "gpkg/wal.gpkg-wal": b"\x37\x7f\x06\x82" + b"\0" * 4200,
        "gpkg/bad-geometry.gpkg": _bad_geometry(folder, points),
        "gpkg/bow-tie.gpkg": _written(folder, "bow-tie.gpkg", ("areas", _bow_tie())),
        "gpkg/wrong-crs.gpkg": _written(folder, "wrong-crs.gpkg", ("incidents", good.set_crs(32642, allow_override=True))),
        "gpkg/polygons.gpkg": _written(folder, "polygons.gpkg", ("areas", _polygons())),
    }  # fmt: skip


def _polygons() -> gpd.GeoDataFrame:
    good = frame()[:2].copy()
    good["geometry"] = shapely.box([67.0, 68.5], [36.5, 36.8], [67.5, 69.2], [37.0, 37.1])
    return good


def _bow_tie() -> gpd.GeoDataFrame:
    crossed = _polygons()
    crossed.loc[0, "geometry"] = shapely.Polygon([(68, 36.5), (69.5, 37.3), (69.5, 36.5), (68, 37.3)])
    return crossed


def _bad_geometry(folder: Path, data: bytes) -> bytes:
    """The second point cut off in the middle of its coordinates; the index that would mind is taken out."""
    path = folder / "bad.gpkg"
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as connection, connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE incidents SET geom = substr(geom, 1, length(geom) - 9) WHERE fid = 2")
    return path.read_bytes()


def _undeclared(folder: Path, metres: gpd.GeoDataFrame) -> bytes:
    """Metres in a layer that says its coordinate system is not defined."""
    return _written(folder, "undeclared.gpkg", ("incidents", metres.set_crs(None, allow_override=True)))


def _changed(folder: Path, data: bytes, *statements: str) -> bytes:
    path = folder / "changed.gpkg"
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return path.read_bytes()


def _with_view(folder: Path, data: bytes) -> bytes:
    """A view registered as a layer beside the table that it shows."""
    return _changed(
        folder,
        data,
        "CREATE VIEW shelling AS SELECT * FROM incidents WHERE event_type = 'Shelling'",
        "INSERT INTO gpkg_contents SELECT 'shelling', data_type, 'shelling', description, last_change, min_x, min_y,"
        " max_x, max_y, srs_id FROM gpkg_contents",
        "INSERT INTO gpkg_geometry_columns SELECT 'shelling', column_name, geometry_type_name, srs_id, z, m"
        " FROM gpkg_geometry_columns",
    )


def _with_table(folder: Path, data: bytes) -> bytes:
    """A table without geometry beside the layer, registered as attributes."""
    return _changed(
        folder,
        data,
        "CREATE TABLE sources (fid INTEGER PRIMARY KEY, title TEXT, publisher TEXT)",
        "INSERT INTO sources VALUES (1, 'A report', 'Example Agency')",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('sources', 'attributes', 'sources')",
    )


def _databases(folder: Path) -> dict[str, bytes]:
    return {
        "sqlite/other.sqlite": _database(folder, "CREATE TABLE incidents (id, date, latitude, longitude)",
                                         "INSERT INTO incidents VALUES ('a', '2022-04-18', 37.2, 67.3)"),
        "sqlite/spatialite.sqlite": _database(folder, "CREATE TABLE spatial_ref_sys (srid INTEGER)",
                                              "CREATE TABLE geometry_columns (f_table_name TEXT, f_geometry_column TEXT)",
                                              "CREATE TABLE incidents (id TEXT, geometry BLOB)"),
        "sqlite/empty.gpkg": _database(folder, "CREATE TABLE things (a)"),
    }  # fmt: skip


def _database(folder: Path, *statements: str) -> bytes:
    path = folder / "database.sqlite"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return path.read_bytes()


def _shapefile(folder: Path, stem: str, data: gpd.GeoDataFrame, encoding: str = "UTF-8") -> dict[str, bytes]:
    pyogrio.write_dataframe(data, folder / f"{stem}.shp", encoding=encoding, use_arrow=False)
    return {
        f"shp/{stem}{suffix}": (folder / f"{stem}{suffix}").read_bytes()
        for suffix in (".shp", ".dbf", ".shx", ".prj", ".cpg")
        if (folder / f"{stem}{suffix}").exists()
    }


def _shapefiles(folder: Path) -> dict[str, bytes]:
    points = _shapefile(folder, "points", frame())
    utm = _shapefile(folder, "utm", frame(crs=32642))
    russian = frame(changed(0, place="Термез", notes="Сообщалось о падении снарядов."))
    cyrillic = _shapefile(folder, "cp1251", russian, "CP1251")
    files = {**points, **utm, **cyrillic}
    files |= _copies(_without(cyrillic, ".cpg"), "cp1251", "cp1251-no-cpg")
    files |= _copies(_without(points, ".prj"), "points", "no-prj")
    files |= _copies(_without(utm, ".prj"), "utm", "utm-no-prj")
    files |= _copies(_without(points, ".dbf"), "points", "no-dbf")
    files |= _copies(_without(points, ".shx"), "points", "no-shx")
    files |= _copies(points | {"shp/points.dbf": points["shp/points.dbf"][:-700]}, "points", "short-dbf")
    files |= _copies(points | {"shp/points.shp": points["shp/points.shp"][:-28]}, "points", "short-shp")
    files |= _copies(points | {"shp/points.shp": points["shp/points.shp"][:60]}, "points", "cut-header")
    files |= _copies(points | {"shp/points.dbf": points["shp/points.dbf"][:20]}, "points", "cut-dbf-header")
    files |= _copies(
        points | {"shp/points.dbf": _shapefile(folder, "three", frame()[:3])["shp/three.dbf"]},
        "points",
        "other-dbf",
    )
    files |= _copies(cyrillic | {"shp/cp1251.cpg": b"UTF-8"}, "cp1251", "wrong-cpg")
    files |= _copies(points | {"shp/points.cpg": b"LATIN-9000"}, "points", "unknown-cpg")
    files |= _copies(_cut_character(folder), "letters", "cut-character")
    files |= {"shp/alone/points.dbf": points["shp/points.dbf"]}
    files |= {"shp/upper-case.SHP": points["shp/points.shp"]}
    files |= {f"shp/upper-case{key[-4:].upper()}": data for key, data in points.items()}
    return files


def _cut_character(folder: Path) -> dict[str, bytes]:
    """A note that fills its field and ends with the first half of a letter."""
    files = _shapefile(folder, "letters", frame(changed(0, notes="ё" * 127)))
    whole = "ё".encode() * 127
    assert whole in files["shp/letters.dbf"]
    cut = b"x" + whole[:-1]
    return files | {"shp/letters.dbf": files["shp/letters.dbf"].replace(whole, cut)}


def _without(files: Mapping[str, bytes], suffix: str) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if not name.endswith(suffix)}


def _copies(files: Mapping[str, bytes], old: str, new: str) -> dict[str, bytes]:
    return {name.replace(f"shp/{old}.", f"shp/{new}."): data for name, data in files.items()}


def _flatgeobufs(folder: Path) -> dict[str, bytes]:
    points = _written(folder, "points.fgb", ("incidents", frame()))
    return {
        "fgb/points.fgb": points,
        "fgb/utm.fgb": _written(folder, "utm.fgb", ("incidents", frame(crs=32642))),
        "fgb/utm-undeclared.fgb": _written(folder, "undeclared.fgb", ("incidents", frame(crs=32642).set_crs(None, allow_override=True))),
        "fgb/polygons.fgb": _written(folder, "polygons.fgb", ("areas", _polygons())),
        "fgb/range.fgb": _written(folder, "range.fgb", ("incidents", frame(changed(2, latitude="97"))), SPATIAL_INDEX="NO"),
        "fgb/truncated.fgb": points[:-100],
        "fgb/cut-header.fgb": points[:20],
        "fgb/magic-only.fgb": points[:8],
        "fgb/huge-header.fgb": points[:8] + b"\xff\xff\xff\x7f" + points[12:],
    }  # fmt: skip


def _parquets() -> dict[str, bytes]:
    table = pa.table({name: [row[at] for row in ROWS] for at, name in enumerate(HEADER)})
    geo = _geoparquet(frame())
    plain = _parquet(table)
    broken = table.replace_schema_metadata({b"geo": b'{"version": "1.1.0", "primary_column"'})
    strange = table.replace_schema_metadata(
        {b"geo": json.dumps({"version": "9", "primary_column": "nowhere", "columns": {}}).encode()}
    )
    return {
        "parquet/plain.parquet": plain,
        "parquet/points.parquet": geo,
        "parquet/utm.parquet": _geoparquet(frame(crs=32642)),
        "parquet/typed.parquet": _parquet(_typed_table()),
        "parquet/bad-row.parquet": _parquet(pa.table({name: [row[at] for row in changed(2, latitude="97")] for at, name in enumerate(HEADER)})),
        "parquet/broken-geo.parquet": _parquet(broken),
        "parquet/strange-geo.parquet": _parquet(strange),
        "parquet/wide.parquet": _parquet(pa.table({f"c{n}": ["x"] for n in range(2509)})),
        "parquet/bomb.parquet": _bomb(),
        "parquet/no-rows.parquet": _parquet(table[:0]),
        "parquet/truncated.parquet": plain[: len(plain) // 2],
        "parquet/cut-footer.parquet": plain[:-4],
        "parquet/damaged.parquet": plain[:200] + b"\xff" * 50 + plain[250:],
        "parquet/encrypted.parquet": plain[:-4] + b"PARE",
        "parquet/pickle.parquet": pickled(),
        "parquet/named.csv": plain,
    }  # fmt: skip


def _typed_table() -> pa.Table:
    return pa.table({
        "id": pa.array(["007", "008", "009", None, "011"]).dictionary_encode(),
        "date": pa.array([pd.Timestamp(row[1]).date() for row in ROWS], pa.date32()),
        "latitude": pa.array([float(row[5]) for row in ROWS], pa.float64()),
        "longitude": pa.array([float(row[6]) for row in ROWS], pa.float32()),
        "fatalities": pa.array([0, None, 2, 0, 1], pa.int16()),
        "checked": pa.array([True, False, None, True, True]),
        "sources": pa.array([["a", "b"], [], None, ["c"], ["d"]]),
        "seen": pa.array([pd.Timestamp(row[1]) for row in ROWS], pa.timestamp("us", tz="UTC")),
    })  # fmt: skip


def _bomb() -> bytes:
    """One text of 100 kB that stands in a hundred thousand rows: stored once, ten gigabytes when spread out."""
    codes = pa.array([0] * 100_000, pa.int32())
    column = pa.DictionaryArray.from_arrays(codes, pa.array(["x" * 100_000]))
    return _parquet(
        pa.table({"notes": column}).append_column("id", pa.array([str(n) for n in range(100_000)]))
    )


def _parquet(table: pa.Table) -> bytes:
    target = pa.BufferOutputStream()
    pq.write_table(table, target)
    return bytes(target.getvalue().to_pybytes())


def _geoparquet(data: gpd.GeoDataFrame) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "points.parquet")
        data.to_parquet(path, index=False)
        return path.read_bytes()
