"""JSON of every shape: what is a record, where it stood, and what is wrong with it."""

from __future__ import annotations

import json
import random
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from bordermap.errors import BordermapError, InputError
from bordermap.incidents.options import Limits, ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.jsons import read_json
from bordermap.incidents.readers.layer import Layer


def read(text: str | bytes, **options: Any) -> list[Layer]:
    data = text.encode() if isinstance(text, str) else text
    return read_json(Blob("a.json", "json", data), ReadOptions(**options))


def one(value: Any, **options: Any) -> Layer:
    [layer] = read(value if isinstance(value, str | bytes) else json.dumps(value), **options)
    return layer


def fault_of(text: str | bytes, **options: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        read(text, **options)
    return caught.value


def shapes(layer: Layer) -> list[str | None]:
    assert layer.geometry is not None
    return [None if wkb is None else shapely.from_wkb(wkb).wkt for wkb in layer.geometry.wkb.to_pylist()]


def lines(layer: Layer, *records: int) -> list[int]:
    assert layer.line_of is not None
    return [int(line) for line in layer.line_of(np.array(records))]


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", **members, "features": list(features)}


POINT = {"type": "Point", "coordinates": [67.27833, 37.22417]}
RECORDS = [{"id": "007", "lat": 37.0}, {"id": "008", "note": None, "lat": 37.5}]
ROWS = [{"id": "007", "lat": "37", "note": ""}, {"id": "008", "lat": "37.5", "note": ""}]


@pytest.mark.parametrize(
    "value",
    [
        RECORDS,
        {"status": 200, "count": 2, "data": RECORDS},
        {"Result": RECORDS, "TotalCount": 2},
        {"success": True, "result": {"records": RECORDS}},
        {"anything": RECORDS},
        {"a": RECORDS[0], "b": RECORDS[1]},
    ],
)
def test_records_are_found_under_the_names_that_programs_use(value: Any) -> None:
    layer = one(value)
    rows = layer.table.to_pylist()
    assert rows == ROWS or rows == [{**row, "id": row["id"]} for row in ROWS]
    assert layer.format == "json" and layer.records.tolist() == [1, 2]


@pytest.mark.parametrize(
    "value",
    [
        {"id": ["1", "2"], "lat": [37, 38]},
        {"id": {"0": "1", "1": "2"}, "lat": {"0": 37, "1": 38}},
        {"columns": ["id", "lat"], "index": [0, 1], "data": [["1", 37], ["2", 38]]},
        [["id", "lat"], ["1", 37], ["2", 38]],
        {"values": [["id", "lat"], ["1", 37], ["2", 38]]},
    ],
)
def test_columns_and_bare_rows_are_records_too(value: Any) -> None:
    assert one(value).table.to_pylist() == [{"id": "1", "lat": "37"}, {"id": "2", "lat": "38"}]


def test_values_become_text_and_nothing_is_rounded() -> None:
    text = (
        '[{"big": 123456789012345678901234567890, "real": 67.27833, "whole": 37.0, "yes": true, "none": null,'
        ' "nan": NaN, "inf": -Infinity, "list": [1, "ж"], "object": {"a": [1]}, "half": "\\ud800x", "NA": "NA"}]'
    )
    assert one(text).table.to_pylist() == [
        {
            "big": "123456789012345678901234567890", "real": "67.27833", "whole": "37", "yes": "true", "none": "",
            "nan": "nan", "inf": "-inf", "list": '[1,"ж"]', "object": '{"a":[1]}', "half": "\ufffdx", "NA": "NA",
        }
    ]  # fmt: skip
    assert one('[{"n": ' + "7" * 5000 + "}]").table.to_pylist() == [{"n": "7" * 5000}]


def test_places_inside_records_become_columns_or_geometry() -> None:
    layer = one([{"id": 1, "location": {"lat": 37, "lon": 67}, "actor": {"name": "x"}}])
    assert layer.table.to_pylist() == [
        {"id": "1", "location.lat": "37", "location.lon": "67", "actor": '{"name":"x"}'}
    ]
    layer = one([{"id": 1, "location": POINT}, {"id": 2}, {"id": 3, "location": "Termez"}])
    assert shapes(layer) == ["POINT (67.27833 37.22417)", None, None]
    assert [(fault.code, fault.rows.tolist()) for fault in layer.faults] == [("BM249", [2])]


def test_esri_features_are_read_with_their_system() -> None:
    value = {
        "spatialReference": {"wkid": 102100, "latestWkid": 3857},
        "features": [{"attributes": {"id": 1}, "geometry": {"x": 7489000.5, "y": 4471000}}],
    }
    layer = one(value)
    assert layer.table.to_pylist() == [{"id": "1"}]
    assert shapes(layer) == ["POINT (7489000.5 4471000)"]
    assert layer.geometry is not None and layer.geometry.crs == "EPSG:3857"


def test_an_element_that_is_no_object_is_one_rejected_record_with_its_line() -> None:
    layer = one('[\n{"id": 1},\n7,\n"x",\n{"id": 2}\n]')
    [fault] = layer.faults
    assert (fault.code, fault.rows.tolist(), fault.values, fault.outside) == (
        "BM248",
        [2, 3],
        ("7", "x"),
        True,
    )
    assert layer.records.tolist() == [1, 4] and layer.rows_read == 4
    assert lines(layer, 1, 2, 4) == [2, 3, 5]


def test_lines_are_right_after_notes_of_several_lines_and_inside_wrappers() -> None:
    text = '{"note": "a\\nb [ {",\n "extra": {"data": [1,\n2]},\n "data": [ {"a": "}\\n]"},\n\n {"a": 2}]}'
    assert lines(one(text), 1, 2) == [4, 6]
    text = json.dumps(collection(feature(POINT), feature(POINT)), indent=1)
    assert lines(one(text), 1, 2) == [4, 15]


def test_a_timemap_gives_its_lists_as_layers_that_know_each_other() -> None:
    value = {
        "events": [{"id": "e1", "sources": ["s1"], "latitude": "37"}],
        "sources": {"s1": {"title": "A report"}},
        "associations": [{"id": "a1"}],
        "notifications": [],
    }
    events, sources, associations = read(json.dumps(value))
    assert [layer.name for layer in (events, sources, associations)] == ["events", "sources", "associations"]
    assert events.table.to_pylist() == [{"id": "e1", "sources": '["s1"]', "latitude": "37"}]
    assert sources.table.to_pylist() == [{"id": "s1", "title": "A report"}]
    assert list(events.extra) == ["sources", "associations"]
    assert [layer.name for layer in read(json.dumps(value), layers=("events",))] == ["events"]
    assert fault_of(json.dumps(value), layers=("event",)).code == "BM309"


def test_geojson_gives_geometry_and_properties() -> None:
    line = {"type": "LineString", "coordinates": [[67, 37, 300], [68, 38, 310]]}
    area = {
        "type": "Polygon",
        "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]],
    }
    both = {"type": "GeometryCollection", "geometries": [POINT, line]}
    layer = one(
        collection(feature(POINT, a=1), feature(line, b="x"), feature(area), feature(None), feature(both))
    )
    assert layer.format == "geojson"
    assert layer.table.to_pylist()[:2] == [{"a": "1", "b": ""}, {"a": "", "b": "x"}]
    assert shapes(layer) == [
        "POINT (67.27833 37.22417)",
        "LINESTRING (67 37, 68 38)",
        "POLYGON ((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))",
        None,
        "GEOMETRYCOLLECTION (POINT (67.27833 37.22417), LINESTRING (67 37, 68 38))",
    ]
    assert layer.facts["heights"] == "dropped from 4 positions"
    assert layer.geometry is not None and layer.geometry.crs == "EPSG:4326"
    assert not layer.faults


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (POINT, ["POINT (67.27833 37.22417)"]),
        (feature(POINT), ["POINT (67.27833 37.22417)"]),
        ([feature(POINT), feature(None)], ["POINT (67.27833 37.22417)", None]),
        ({"type": "GeometryCollection", "geometries": [POINT, POINT]}, ["POINT (67.27833 37.22417)"] * 2),
        ({"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}, ["MULTIPOINT ((1 2), (3 4))"]),
    ],
)
def test_single_features_and_bare_geometries_are_rows(value: Any, expected: list[str | None]) -> None:
    layer = one(value)
    assert shapes(layer) == expected and layer.rows_read == len(expected)


def test_the_id_of_a_feature_and_foreign_members_are_columns() -> None:
    layer = one(collection({**feature(POINT, name="x"), "id": 7, "bbox": [1], "tags": {"a": 1}}))
    assert layer.table.to_pylist() == [{"id": "7", "name": "x", "tags": '{"a":1}'}]
    assert one(collection({**feature(POINT, id="own"), "id": 7})).table.to_pylist() == [{"id": "own"}]


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        ('{"type": "Point", "coordinates": [NaN, 37]}', "BM158"),
        ('{"type": "Point", "coordinates": [1e999, 37]}', "BM158"),
        ('{"type": "Point", "coordinates": ["67", "37"]}', "BM158"),
        ('{"type": "Point", "coordinates": [true, 37]}', "BM158"),
        ('{"type": "Point", "coordinates": [null, null]}', "BM158"),
        ('{"type": "Point", "coordinates": []}', "BM249"),
        ('{"type": "Point", "coordinates": [67]}', "BM249"),
        ('{"type": "Point", "coordinates": [[67, 37]]}', "BM249"),
        ('{"type": "Point"}', "BM249"),
        ('{"type": "Sphere", "coordinates": [67, 37]}', "BM249"),
        ('{"type": ["Point"], "coordinates": [67, 37]}', "BM249"),
        ('{"type": "LineString", "coordinates": [67, 37]}', "BM249"),
        ('{"type": "LineString", "coordinates": [[67, 37]]}', "BM249"),
        ('{"type": "Polygon", "coordinates": [[67, 37], [68, 37], [68, 38]]}', "BM249"),
        ('{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}', "BM249"),
        ('{"type": "Polygon", "coordinates": [[]]}', "BM249"),
        ('{"type": "GeometryCollection"}', "BM249"),
        ('"POINT (67 37)"', "BM249"),
        ("[67, 37]", "BM249"),
        ("{}", "BM249"),
    ],
)  # fmt: skip
def test_a_bad_geometry_is_a_fault_of_its_row_and_the_others_go_on(geometry: str, code: str) -> None:
    good, bad = json.dumps(feature(POINT, id="good")), json.dumps(feature(None, id="bad"))
    text = f'{{"type": "FeatureCollection", "features": [{bad.replace("null", geometry, 1)}, {good}]}}'
    layer = one(text)
    [fault] = layer.faults
    if geometry.startswith('{"type": "Point", "coordinates": [[67'):
        code = "BM158"  # the pair of numbers is a list and nothing
    assert fault.rows.tolist() == [0] and not fault.outside
    assert fault.code in (code, "BM249")
    assert shapes(layer) == [None, "POINT (67.27833 37.22417)"]


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG::32642", "EPSG:32642"),
        ("urn:ogc:def:crs:EPSG:6.9:32642", "EPSG:32642"),
        ("EPSG:4326", "EPSG:4326"),
        ("http://www.opengis.net/def/crs/EPSG/0/3857", "EPSG:3857"),
    ],
)
def test_the_old_crs_member_is_honoured_and_said(name: str, crs: str) -> None:
    layer = one(collection(feature(POINT), crs={"type": "name", "properties": {"name": name}}))
    assert layer.geometry is not None and layer.geometry.crs == crs
    assert name[-5:] in layer.facts["crs"]


def test_numbers_that_are_no_degrees_are_not_called_wgs84() -> None:
    metres = {"type": "Point", "coordinates": [524000, 4120000]}
    layer = one(collection(feature(metres), feature(metres), feature(POINT), feature(None)))
    assert layer.geometry is not None
    assert (layer.geometry.crs, layer.geometry.declared) == ("", False)
    assert "not stated" in layer.facts["crs"]


def test_several_lists_are_all_read() -> None:
    events, incidents = read(json.dumps({"events": RECORDS, "incidents": RECORDS, "links": [{"href": "x"}]}))
    assert (events.name, incidents.name) == ("events", "incidents")
    assert len(read(json.dumps({"north": RECORDS, "south": RECORDS}))) == 2


def test_an_unknown_crs_is_asked_for() -> None:
    value = json.dumps(collection(feature(POINT), crs={"type": "name", "properties": {"name": "my grid"}}))
    assert fault_of(value).code == "BM256"
    layer = one(value, source_crs="EPSG:32642")
    assert layer.geometry is not None and layer.geometry.crs == "EPSG:32642"
    link = {"type": "link", "properties": {"href": "http://example.org/crs"}}
    assert fault_of(json.dumps(collection(feature(POINT), crs=link))).code == "BM256"


@pytest.mark.parametrize("start", ["", "\ufeff", "\x1e"])
def test_one_object_a_line_is_read_and_a_broken_line_is_one_record(start: str) -> None:
    rows = ['{"id": 1, "note": "x"}', '{"id": 2, "note": ', "7", "", '{"id": 3}']
    layer = one(start + f"\n{start if start == chr(0x1E) else ''}".join(rows))
    assert layer.table.to_pylist() == [{"id": "1", "note": "x"}, {"id": "3", "note": ""}]
    assert layer.records.tolist() == [1, 4] and layer.rows_read == 4
    assert [(fault.code, fault.rows.tolist(), fault.outside) for fault in layer.faults] == [
        ("BM248", [2], True),
        ("BM248", [3], True),
    ]
    assert lines(layer, 1, 2, 3, 4) == [1, 2, 3, 5]


def test_a_sequence_of_features_is_geojson() -> None:
    text = "\n".join(json.dumps(each) for each in (feature(POINT, a=1), feature(None, a=2), feature({}, a=3)))
    layer = one(text + "\n{broken")
    assert layer.format == "geojsonseq" and layer.rows_read == 4
    assert shapes(layer) == ["POINT (67.27833 37.22417)", None, None]
    assert lines(layer, 3, 4) == [3, 4]


def test_a_hundred_broken_lines_are_a_hundred_records_not_one_deep_file() -> None:
    layer = one("\n".join('{"id": 1}' if at % 2 else '{"id": [[{' for at in range(400)))
    assert layer.rows_read == 400 and layer.table.num_rows == 200


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_of_json_is_read_and_said(encoding: str) -> None:
    layer = one('[{"place": "Термез"}]'.encode(encoding))
    assert layer.table.to_pylist() == [{"place": "Термез"}]
    assert layer.facts["encoding"].startswith(encoding[:5])
    assert one('[{"place": "Термез"}]'.encode("cp1251"), encoding="cp1251").table.num_rows == 1


def test_repeated_keys_are_said_and_the_last_one_counts() -> None:
    layer = one('[{"id": 1, "id": 2}]')
    assert layer.table.to_pylist() == [{"id": "2"}] and "'id'" in layer.facts["repeated_keys"]
    assert lines(one('{"data": [{"a": 1}],\n"data": [{"a": 2}]}'), 1) == [2]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (b"", "BM113", None),
        (b" \n ", "BM113", None),
        (b'[{"a": "\xff"}]', "BM105", 1),
        (b'[\n{"a": 1,}\n]', "BM244", 2),
        (b'[{"a": 1} {"a": 2}]', "BM244", 1),
        (b"hello", "BM244", 1),
        (b'[{"a": 1},\n{"a": "un', "BM245", 2),
        (b'[{"a": 1},\n', "BM245", 2),
        (b'[{"a": tru', "BM245", 1),
        (b"[" * 10_000, "BM246", None),
        (b"[" * 10_000 + b"]" * 10_000, "BM246", None),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "BM246", None),
        (b'["]]]]]]", ' * 200 + b"1" + b"]" * 200, "BM246", None),
        (b"[]", "BM247", None),
        (b"7", "BM247", None),
        (b'{"status": 200, "data": []}', "BM247", None),
        (b'{"type": "FeatureCollection"}', "BM247", None),
        (b'{"type": "FeatureCollection", "features": []}', "BM247", None),
        (b'{"type": "Topology", "objects": {}}', "BM247", None),
    ],
)
def test_what_cannot_be_read_is_one_error(text: bytes, code: str, line: int | None) -> None:
    error = fault_of(text)
    assert (error.code, error.line) == (code, line), error


def test_brackets_inside_texts_are_not_depth() -> None:
    assert one([{"note": "[" * 5000 + '"' + "{" * 5000}]).table.num_rows == 1


def test_long_notes_are_read_up_to_the_limit() -> None:
    note = "ж" * 300_000
    assert one([{"note": note}]).table.to_pylist() == [{"note": note}]
    [fault] = one([{"id": 1}, {"note": "ж" * 30}], limits=Limits(field_characters=20)).faults
    assert (fault.code, fault.rows.tolist(), fault.column) == ("BM107", [1], "note")


def test_a_file_of_ever_new_keys_is_refused() -> None:
    assert fault_of(json.dumps([{f"k{at}": 1} for at in range(3000)])).code == "BM254"


def test_keys_that_differ_only_in_blanks_stay_apart() -> None:
    assert one([{"id": 1, " id": 2, "": 3}]).table.to_pylist() == [{"id": "1", "id'": "2", "column 3": "3"}]


WHOLE = [
    json.dumps(collection({**feature(POINT, name="ж", n=[1, {"a": None}]), "id": 1}, feature(None)), ensure_ascii=False),
    json.dumps({"status": 200, "data": RECORDS}),
    "\n".join(json.dumps(record) for record in RECORDS),
    json.dumps({"events": RECORDS, "sources": {"s": {"t": "x"}}}),
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_json_cut_anywhere_is_read_or_refused(text: str) -> None:
    data = text.encode()
    for end in range(len(data)):
        try:
            layers = read(data[:end])
        except BordermapError as error:
            assert error.code in ("BM113", "BM105", "BM244", "BM245"), (data[:end], error)
        else:  # only lines can be cut and leave something whole
            assert "\n" in text or data[:end].count(b"}") == 0, data[:end]
            assert all(layer.rows_read for layer in layers)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
                        st.sampled_from(["type", "features", "geometry", "properties", "coordinates", "geometries",
                                         "data", "events", "sources", "columns", "id", "crs", "x", "y", "location"])
                        | st.text(max_size=3), inner, max_size=4), max_leaves=20),
       st.sampled_from(["FeatureCollection", "Feature", "Point", "Polygon", "GeometryCollection", "Topology", None]))  # fmt: skip
def test_any_json_is_read_whole_or_refused(value: Any, kind: str | None) -> None:
    if isinstance(value, dict) and kind:
        value = {**value, "type": kind}
    try:
        layers = read(json.dumps(value))
    except InputError:
        return
    for layer in layers:
        assert layer.rows_read == len(layer.records) + layer.rows_outside
        assert len(layer.records) == layer.table.num_rows
        assert all(str(field.type) == "large_string" for field in layer.table.schema)
        assert all(column.null_count == 0 for column in layer.table.columns)
        assert layer.geometry is None or len(layer.geometry.wkb) == layer.table.num_rows
        if layer.line_of is not None and len(layer.records):
            assert (layer.line_of(layer.records) >= 1).all()


@given(st.integers(0, 10_000))
def test_damaged_json_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(chance.choice(WHOLE).encode())
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(len(data))] = chance.choice(b'{}[]",:0x\\ \n\xff\x00')
    try:
        read(bytes(data))
    except BordermapError as error:
        assert error.code != "BM000"
