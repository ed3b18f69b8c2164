"""What is odd in flat rows: told, and used as far as it can be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.incidents.readers.layer import CellFault, Layer, text_table
from bordermap.incidents.rows.oddities import (
    check_people,
    check_period,
    check_shapes,
    each_row_once,
    without_areal_points,
)

from support.flat_cases import TERMEZ, flat_columns


def test_dates_outside_the_period_are_told_and_what_is_no_date_is_not() -> None:
    dates = ("1996-12-31", "1997-01-01", "2026-05-01T12:00", "2026-05-02", "last year", "")
    columns = flat_columns(*({"date_start": date} for date in dates))
    found = list(check_period(columns, "1997-01-01", "2026-05-01"))
    assert [(each.code, each.rows.tolist()) for each in found] == [("BM301", [0, 3])]
    assert [each.rows.tolist() for each in check_period(columns, "", "")] == []
    far = flat_columns({"date_start": "1099-01-01"}, {"date_end": "2222-01-01"})
    assert [each.column for each in check_period(far, "", "")] == ["date_start", "date_end"]


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        ("province:Takhar", "BM192"), ("admin1:AF.99", "BM139"), ("stretch:AFG-UZB:nowhere", "BM136"),
        ("wkt:POLYGON ((67 37", "BM193"), ("wkt:" + "GEOMETRYCOLLECTION (" * 300, "BM193"),
    ],
)  # fmt: skip
def test_words_that_draw_nothing_are_told(shape: str, code: str) -> None:
    good = [{"shape": "admin1:AF.26"}, {"shape": "wkt:POLYGON ((67 37, 68 37, 68 38, 67 37))"}, {}]
    found = list(check_shapes(flat_columns(*good, {"shape": shape})))
    assert [(each.code, each.rows.tolist()) for each in found] == [(code, [3])]


def test_an_areal_place_has_no_point_and_what_was_given_is_kept_beside() -> None:
    rows = [TERMEZ | {"geo_precision": "admin1"}, TERMEZ | {"geo_precision": "settlement"}, TERMEZ]
    columns, moved = without_areal_points(flat_columns(*rows))
    assert moved.tolist() == [True, False, False]
    assert columns["longitude"].to_pylist() == ["", "67.278", "67.278"]
    assert columns["representative_longitude"].to_pylist() == ["67.278", "", ""]


def test_columns_about_people_are_told_with_their_rows() -> None:
    layer = Layer("a.csv", "csv", text_table({"phone": ["1", ""], "place_name": ["x", "y"]}))
    assert [(each.code, each.column, each.rows.tolist()) for each in check_people(layer)] == [
        ("BM310", "phone", [0])
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.lists(st.integers(0, 5), max_size=5, unique=True)), max_size=6
    )
)
def test_no_row_has_a_fault_twice_and_none_is_lost(given_: list[tuple[str, list[int]]]) -> None:
    faults = [CellFault(code, np.array(rows, dtype=np.int64), "c") for code, rows in given_]
    once = [(each.code, row) for each in each_row_once(faults) for row in each.rows.tolist()]
    assert len(once) == len(set(once))
    assert set(once) == {(code, row) for code, rows in given_ for row in rows}
