"""What values of every type read like as text: nothing is made up, nothing is lost."""

from __future__ import annotations

import datetime as dt
import decimal
import json
import math
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.incidents.readers.arrow_text import to_text, unique_names, without_midnight
from bordermap.incidents.readers.layer import TEXT


def texts(values: list[Any], kind: pa.DataType | None = None) -> list[str]:
    table, faults = to_text(pa.table({"v": pa.array(values, kind)}))
    assert not faults
    assert table.schema.field("v").type == TEXT and not table["v"].null_count
    return list(table["v"].to_pylist())


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([1, None, -7], pa.int64(), ["1", "", "-7"]),
        ([2**64 - 1], pa.uint64(), ["18446744073709551615"]),
        ([True, False, None], pa.bool_(), ["true", "false", ""]),
        ([37.0, 67.27833, 1e-7, None], pa.float64(), ["37", "67.27833", "1e-7", ""]),
        (
            [20220418.0, 1234567890123.0, 1e15],
            pa.float64(),
            ["20220418", "1234567890123", "1000000000000000"],
        ),
        ([float("nan"), float("inf"), float("-inf")], pa.float64(), ["nan", "inf", "-inf"]),
        ([67.27833, 1e10], pa.float32(), ["67.27833", "10000000000"]),
        ([1.5, 2.0], pa.float16(), ["1.5", "2"]),
        ([decimal.Decimal("12.30"), decimal.Decimal("100.00"), None], None, ["12.3", "100", ""]),
        ([dt.date(2022, 4, 18), None], pa.date32(), ["2022-04-18", ""]),
        ([dt.date(2022, 4, 18)], pa.date64(), ["2022-04-18"]),
        ([dt.time(16, 20), dt.time(0, 0, 1, 500000)], None, ["16:20:00", "00:00:01.5"]),
        (["NA", "007", " x ", None, ""], pa.string(), ["NA", "007", " x ", "", ""]),
        (["x", None], pa.string_view(), ["x", ""]),
        ([b"ab", None], pa.binary(), ["ab", ""]),
        ([b"ab", b"\xff\x00", None], pa.binary(), ["6162", "ff00", ""]),
        ([None, None], pa.null(), ["", ""]),
        ([{"a": [1, None]}, None], None, ['{"a":[1,null]}', ""]),
        ([["Термез"], []], None, ['["Термез"]', "[]"]),
    ],
)
def test_values_of_a_type_as_text(values: list[Any], kind: pa.DataType | None, expected: list[str]) -> None:
    assert texts(values, kind) == expected


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_are_iso_in_every_unit(unit: str) -> None:
    values = [dt.datetime(2022, 4, 18, 16, 20), None]
    assert texts(values, pa.timestamp(unit)) == ["2022-04-18T16:20:00", ""]
    assert texts(values, pa.timestamp(unit, tz="UTC")) == ["2022-04-18T16:20:00Z", ""]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_with_a_zone_are_as_its_clock_showed_them(unit: str) -> None:
    values = [dt.datetime(2022, 5, 9, 19, 0), None]
    assert texts(values, pa.timestamp(unit, tz="Asia/Tashkent")) == ["2022-05-10", ""]
    later = [dt.datetime(2022, 5, 9, 20, 30), None]
    assert texts(later, pa.timestamp(unit, tz="Asia/Tashkent")) == ["2022-05-10T01:30:00+05:00", ""]
    assert texts(later, pa.timestamp(unit, tz="Nowhere/Known")) == ["2022-05-09T20:30:00Z", ""]


def test_a_column_of_midnights_holds_days() -> None:
    days = [dt.datetime(2022, 4, 18), dt.datetime(2022, 4, 19), None]
    assert texts(days, pa.timestamp("ns")) == ["2022-04-18", "2022-04-19", ""]
    assert texts([*days, dt.datetime(2022, 4, 19, 1)], pa.timestamp("ms"))[0] == "2022-04-18T00:00:00"
    assert without_midnight(pa.chunked_array([["2022-04-18T10:00:00"]])).to_pylist() == [
        "2022-04-18T10:00:00"
    ]


def test_dictionaries_runs_and_several_chunks_are_their_values() -> None:
    coded = pa.chunked_array(
        [pa.array(["a", None, "a"]).dictionary_encode(), pa.array(["b"]).dictionary_encode()]
    )
    assert to_text(pa.table({"v": coded}))[0]["v"].to_pylist() == ["a", "", "a", "b"]
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["x", None]))
    assert to_text(pa.table({"v": pa.chunked_array([runs])}))[0]["v"].to_pylist() == ["x", "x", ""]


def test_text_that_is_not_utf8_is_told_by_row() -> None:
    offsets = pa.array([0, 1, 3, 4], pa.int32()).buffers()[1]
    broken = pa.Array.from_buffers(pa.string(), 3, [None, offsets, pa.py_buffer(b"a\xd2\xe5b")])
    table, (found,) = to_text(pa.table({"v": broken}))
    assert (found.code, found.rows.tolist(), found.column) == ("BM267", [1], "v")
    assert table["v"].to_pylist()[::2] == ["a", "b"]


def test_a_value_that_is_too_long_is_told_by_row() -> None:
    _, (found,) = to_text(pa.table({"v": ["ж" * 9, "ж" * 11]}), limit=10)
    assert (found.code, found.rows.tolist()) == ("BM107", [1])


def test_names_are_made_unique_and_never_empty() -> None:
    table = pa.table([pa.array([1])] * 4, names=["a", "", "a", "a (2)"])
    assert to_text(table)[0].column_names == ["a", "column 2", "a (3)", "a (2)"]


@given(st.lists(st.text(max_size=3), max_size=12))
def test_unique_names_keeps_first_names(names: list[str]) -> None:
    made = unique_names(names)
    assert len(set(made)) == len(made) == len(names) and all(made)
    for name in filter(None, names):
        assert name in made


@given(st.lists(st.floats(allow_nan=False) | st.none(), max_size=20))
def test_floats_read_back_bit_by_bit(values: list[float | None]) -> None:
    back = [float(text) if text else None for text in texts(values, pa.float64())]
    assert [None if v is None else math.copysign(1, v) * abs(v) for v in values] == back


@given(st.lists(st.integers(-(2**53), 2**53)))
def test_whole_numbers_stored_as_floats_stay_whole(values: list[int]) -> None:
    assert [text.removeprefix("-0") or "0" for text in texts([float(v) for v in values], pa.float64())] == [
        str(v) for v in values
    ]


@given(
    st.lists(
        st.dictionaries(st.text(max_size=2), st.integers() | st.text(max_size=3), max_size=2), max_size=4
    )
)
def test_nested_values_are_json(values: list[dict[str, Any]]) -> None:
    pairs = [[{"k": k, "v": str(v)} for k, v in each.items()] for each in values]
    kind = pa.list_(pa.struct([("k", pa.string()), ("v", pa.string())]))
    assert [json.loads(text) for text in texts(pairs, kind)] == pairs
