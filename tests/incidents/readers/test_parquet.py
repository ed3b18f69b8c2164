"""Parquet and GeoParquet: every row, in its coordinate system, or one error."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from bordermap.errors import BordermapError, InputError
from bordermap.incidents.options import Limits, ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.layer import Layer
from bordermap.incidents.readers.parquet import read_parquet

BOX = shapely.box(0, 0, 1, 1)
HOLED = shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(1, 1), (2, 1), (2, 2)]])


def read(data: bytes, options: ReadOptions | None = None) -> Layer:
    (layer,) = read_parquet(Blob("a.parquet", "parquet", data=data), options or ReadOptions())
    return layer


def written(table: pa.Table, **options: Any) -> bytes:
    target = io.BytesIO()
    pq.write_table(table, target, **options)
    return target.getvalue()


def geo(frame: gpd.GeoDataFrame, **options: Any) -> bytes:
    target = io.BytesIO()
    frame.to_parquet(target, **options)
    return target.getvalue()


def code(data: bytes, options: ReadOptions | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read(data, options)
    return caught.value.code


def test_a_plain_table_has_no_geometry_and_keeps_the_index_of_pandas(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame({"id": ["007", "NA"], "n": [1, None]}, index=pd.Index([5, 6], name="row")).to_parquet(path)
    (layer,) = read_parquet(Blob("a.parquet", "parquet", path=path), ReadOptions())
    assert layer.geometry is None and layer.format == "parquet"
    assert layer.table.to_pylist() == [{"id": "007", "n": "1", "row": "5"}, {"id": "NA", "n": "", "row": "6"}]
    assert layer.records.tolist() == [1, 2]


@pytest.mark.parametrize("encoding", ["WKB", "geoarrow"])
@pytest.mark.parametrize(
    "shapes",
    [
        [shapely.Point(67.27833, 37.22417), None, shapely.Point(3, 4)],
        [BOX, None, HOLED],
        [shapely.LineString([(0, 0), (1, 1)]), None, shapely.LineString([(2, 2), (3, 3), (4, 5)])],
        [shapely.MultiPoint([(0, 0), (1, 1)]), None, shapely.MultiPoint([(1, 2)])],
        [shapely.MultiLineString([[(0, 0), (1, 1)], [(5, 5), (6, 7)]]), None, None],
        [shapely.MultiPolygon([BOX, shapely.box(5, 5, 6, 6)]), None, shapely.MultiPolygon([HOLED])],
    ],
)
def test_geometry_comes_back_in_every_encoding(shapes: list[Any], encoding: str) -> None:
    layer = read(
        geo(gpd.GeoDataFrame({"n": [1, 2, 3]}, geometry=shapes, crs=32642), geometry_encoding=encoding)
    )
    assert layer.geometry is not None and layer.geometry.crs == "EPSG:32642" and layer.geometry.declared
    back = shapely.from_wkb(layer.geometry.wkb.to_numpy())
    assert [None if shape is None else shape.wkt for shape in back] == [
        None if shape is None else shape.wkt for shape in shapes
    ]
    assert layer.columns == ["n"]


def test_a_second_geometry_is_text_and_a_covering_is_left_out() -> None:
    frame = gpd.GeoDataFrame(
        {"n": [1], "target": gpd.GeoSeries([shapely.Point(9, 8)], crs=4326)},
        geometry=[shapely.Point(1, 2)],
        crs=4326,
    )
    layer = read(geo(frame, write_covering_bbox=True))
    assert layer.table.to_pylist() == [{"n": "1", "target": "POINT (9 8)"}]
    assert "bbox" in layer.facts["not read"]


def with_geo(change: Any) -> bytes:
    frame = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(1, 2)], crs=4326)
    table = pq.read_table(io.BytesIO(geo(frame)))
    said = json.loads(table.schema.metadata[b"geo"])
    said = change(said) or said
    text = said if isinstance(said, bytes) else json.dumps(said).encode()
    return written(table.replace_schema_metadata({b"geo": text}))


def test_what_the_file_says_of_its_coordinate_system_counts() -> None:
    unknown = read(with_geo(lambda said: said["columns"]["geometry"].update(crs=None))).geometry
    assert unknown is not None and (unknown.crs, unknown.declared) == ("", False)
    default = read(with_geo(lambda said: said["columns"]["geometry"].pop("crs") and None)).geometry
    assert default is not None and (default.crs, default.declared) == ("OGC:CRS84", True)


@pytest.mark.parametrize(
    "change",
    [
        lambda said: b"not json",
        lambda said: b"[]",
        lambda said: b'{"columns": 3, "primary_column": "geometry"}',
        lambda said: said.update(primary_column="nowhere"),
        lambda said: said["columns"]["geometry"].update(encoding="wkt2000"),
        lambda said: said["columns"]["geometry"].update(encoding="polygon"),
    ],
)
def test_geometry_that_makes_no_sense_is_one_error(change: Any) -> None:
    assert code(with_geo(change)) == "BM261"


def test_a_table_without_columns_but_geometry_has_its_rows() -> None:
    layer = read(geo(gpd.GeoDataFrame(geometry=[shapely.Point(1, 2), shapely.Point(3, 4)], crs=4326)))
    assert layer.rows_read == 2 and layer.columns == ["record"]


def test_caps_on_size_ratio_and_columns() -> None:
    plain = written(pa.table({f"c{n}": [1] for n in range(30)}))
    assert code(plain, ReadOptions(limits=Limits(columns=29))) == "BM271"
    zeros = written(pa.table({"v": pa.array(range(3_000_000), pa.int64())}), use_dictionary=False)
    assert code(zeros, ReadOptions(limits=Limits(bytes_unpacked=1_000_000))) == "BM270"
    noughts = written(pa.table({"v": pa.array([0] * 3_000_000)}), use_dictionary=False, compression="zstd")
    assert code(noughts) == "BM270"
    repeated = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array(["x" * 1_000_000]))
    bomb = written(pa.table({"v": repeated}))
    assert len(bomb) < 100_000 and code(bomb) == "BM270"
    rows = pa.DictionaryArray.from_arrays(pa.array([0] * 3_000_000, pa.int32()), pa.array(["x"]))
    assert (
        code(written(pa.table({"v": rows})), ReadOptions(limits=Limits(bytes_unpacked=10_000_000))) == "BM270"
    )


def test_an_encrypted_file_is_said_to_be() -> None:
    good = written(pa.table({"v": [1]}))
    assert code(b"PARE" + good[4:-4] + b"PARE") == "BM272"


def test_a_file_that_is_cut_anywhere_is_one_error(capfd: pytest.CaptureFixture[str]) -> None:
    good = written(pa.table({"id": [f"r{n}" for n in range(50)], "n": list(range(50))}))
    for end in range(0, len(good), 7):
        assert code(good[:end]) == "BM261"
    assert capfd.readouterr() == ("", "")


def test_a_changed_byte_never_escapes_and_never_loses_a_row(capfd: pytest.CaptureFixture[str]) -> None:
    good = written(pa.table({"id": [f"r{n}" for n in range(50)], "n": list(range(50))}))
    for at in range(0, len(good), 3):
        for value in (0, 0xFF, good[at] ^ 0x10):
            bad = good[:at] + bytes([value]) + good[at + 1 :]
            try:
                assert read(bad).rows_read == 50, at
            except BordermapError:
                continue
    assert capfd.readouterr() == ("", "")
