"""Faults of flat rows: which row, which code, which column; sound rows are left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.incidents.arrow import parse_floats
from bordermap.incidents.readers.layer import CellFault
from bordermap.incidents.rows.placing import check_places
from bordermap.incidents.rows.validation import check_urls, check_values, whole_numbers

from support.flat_cases import TERMEZ, flat_columns


def value_codes(*rows: dict[str, str]) -> dict[str, list[int]]:
    columns = flat_columns(*rows)
    numbers = {name: parse_floats(columns[name]) for name in ("longitude", "latitude", "radius_km")}
    return {each.code: each.rows.tolist() for each in check_values(columns, numbers)}


def place_codes(*rows: dict[str, str]) -> dict[str, list[int]]:
    return {each.code: each.rows.tolist() for each in placed(*rows)}


def placed(*rows: dict[str, str]) -> list[CellFault]:
    columns = flat_columns(*rows)
    lon, lat = parse_floats(columns["longitude"]), parse_floats(columns["latitude"])
    return check_places(columns, lon, lat, "a.csv")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"date_start": "18.04.2022"}, "BM154"),
        ({"date_start": "2022-02-30"}, "BM154"),
        ({"date_start": "2022-04-18", "date_end": "2022-04-17"}, "BM155"),
        ({"longitude": "67,278"}, "BM156"),
        ({"latitude": "nan"}, "BM158"),
        ({"latitude": "-Infinity"}, "BM158"),
        ({"fatalities_low": "3", "fatalities_best": "2"}, "BM157"),
        ({"fatalities_low": "3", "fatalities_high": "2"}, "BM157"),
        ({"geo_precision": "village"}, "BM153"),
        ({"incident_type": "raid"}, "BM153"),
        ({"country": "AF"}, "BM162"),
        ({"country": "Afghanistan"}, "BM162"),
        ({"time_zone": "UTC+5"}, "BM163"),
        ({"radius_km": "wide"}, "BM156"),
    ],
)
def test_a_faulty_value_is_told_with_its_row(row: dict[str, str], code: str) -> None:
    assert value_codes({"event_id": "a"}, {"event_id": "b"} | row) == {code: [1]}


def test_sound_rows_have_no_fault() -> None:
    row = {"date_start": "2022-04-18", "date_end": "2022-04-18T16:20", "fatalities_best": "0", **TERMEZ}
    row |= {"time_zone": "Asia/Tashkent"}
    own = {"country": "XKX", "time_zone": "UTC"}
    assert value_codes({"event_id": "a"} | row, {"event_id": "b"} | row | own, {}) == {}
    assert place_codes(row | {"country": "UZB"}, {}) == {}


def test_the_second_row_with_an_id_is_the_one_too_many() -> None:
    assert value_codes({"event_id": "a"}, {"event_id": "b"}, {"event_id": "a"}, {}, {}) == {"BM152": [2]}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"longitude": "67.3", "latitude": "97"}, "BM160"),
        ({"longitude": "367", "latitude": "37"}, "BM158"),
        ({"longitude": "267", "latitude": "97"}, "BM158"),
        ({"longitude": "0", "latitude": "0.0"}, "BM159"),
        ({"longitude": "67.3"}, "BM158"),
        ({"longitude": "37.224", "latitude": "67.278", "country": "UZB"}, "BM160"),
        ({"longitude": "69.5", "latitude": "35.3", "country": "UZB"}, "BM302"),
    ],
)
def test_a_wrong_place_is_told(row: dict[str, str], code: str) -> None:
    assert place_codes(TERMEZ, row) == {code: [1]}


def test_a_point_just_across_the_line_or_at_sea_is_not_held_against_its_country() -> None:
    hairatan = {"longitude": "67.4172", "latitude": "37.2161"}
    assert (
        place_codes(hairatan | {"country": "UZB"}, {"longitude": "-30", "latitude": "40", "country": "PRT"})
        == {}
    )


def test_metres_are_refused_as_a_whole() -> None:
    with pytest.raises(InputError) as caught:
        placed({"longitude": "361234.5", "latitude": "4121876"})
    assert caught.value.code == "BM303" and "--src-crs" in caught.value.hint


def test_many_names_on_one_point_are_odd_and_many_rows_of_one_name_are_not() -> None:
    villages = [TERMEZ | {"location": f"village {at % 4}"} for at in range(12)]
    assert place_codes(*villages) == {"BM304": list(range(12))}
    assert place_codes(*[TERMEZ | {"location": "Termez"}] * 12) == {}


@given(st.lists(st.floats(-180, 180, allow_nan=False) | st.none(), max_size=20))
def test_numbers_come_back_as_they_were(values: list[float | None]) -> None:
    rows = [{"longitude": "" if value is None else repr(value)} for value in values]
    found = parse_floats(flat_columns(*rows)["longitude"])
    wanted = np.array(
        [np.nan if value is None or len(repr(value)) > 22 else value for value in values], dtype=float
    )
    same = np.isclose(found, wanted, rtol=0, atol=0, equal_nan=True) | np.isnan(wanted)
    assert same.all()


def test_a_number_of_people_that_does_not_parse_is_left_empty_and_told() -> None:
    texts = ["3", "3.0", "about 10", "", "-1", "1e3", "٣", " 4 "]
    numbers, bad = whole_numbers(flat_columns(*({"wounded": text} for text in texts))["wounded"])
    assert numbers.to_pylist() == ["3", "3", "", "", "", "", "", "4"]
    assert bad.tolist() == [False, False, True, False, True, True, True, False]


def test_only_addresses_that_may_be_shown_stay() -> None:
    texts = ["https://example.org/a", "javascript:alert(1)", "", "http://example.org/ ftp://example.org/"]
    kept, bad = check_urls(flat_columns(*({"source_url": text} for text in texts))["source_url"])
    assert kept.to_pylist() == ["https://example.org/a", "", "", "http://example.org/"]
    assert bad.tolist() == [False, True, False, True]


def test_a_swapped_point_among_others_is_told_without_a_country() -> None:
    others = [{"longitude": str(67 + at / 10), "latitude": "37.2"} for at in range(5)]
    swapped = {"longitude": "37.2", "latitude": "67.3"}
    assert place_codes(*others, swapped) == {"BM160": [5]}
    assert place_codes(*others, {"longitude": "37.2", "latitude": "-3"}) == {}  # far away, but not so
    assert place_codes(*others[:2], swapped) == {}  # too few to vouch for it
