"""UCDP GED: every code has a known answer, sources come apart, sides keep their dead."""

from __future__ import annotations

import pytest

from bordermap.errors import InputError
from bordermap.incidents.dialects.ucdp import DIALECT
from bordermap.incidents.flat import FLAT, Mapped
from bordermap.incidents.options import ReadOptions

from support.datasets import ACLED_ROW, UCDP_ROW, layer_of, rows_of
from support.flat_rows import faults, value, values


def mapped(*changes: dict[str, str], without: tuple[str, ...] = ()) -> Mapped:
    rows = [
        {k: v for k, v in each.items() if k not in without} for each in rows_of(UCDP_ROW, *changes or ({},))
    ]
    return DIALECT.map(layer_of(rows), ReadOptions())


def test_a_row_becomes_a_flat_row() -> None:
    found = mapped()
    assert {name: value(found, name) for name in found.columns} == {
        "event_id": "4000010",
        "actor1": "Government of A",
        "actor2": "Group B",
        "incident_type": "other",
        "event_type": "state-based conflict",
        "title": "state-based violence at Shohin town, Tajikistan",
        "date_start": "2022-05-16",
        "date_end": "",
        "date_precision": "day",
        "date_kind": "within",
        "date_basis": "event",
        "role": "scene",
        "location": "Shohin town",
        "geo_precision": "settlement",
        "location_basis": "given",
        "country": "TJK",
        "admin1": "Khatlon region",
        "admin2": "Shohin district",
        "longitude": "70.1",
        "latitude": "37.5",
        "radius_km": "",
        "notes": "at a made-up post near Shohin",
        "source": "Example Agency,2022-05-17,First, and second; Example Daily,2022-05-18,Third",
        "source_date": "",
        "fatalities_low": "3",
        "fatalities_best": "3",
        "fatalities_high": "5",
        "fatalities_a": "1",
        "fatalities_b": "2",
        "fatalities_civilians": "0",
        "fatalities_unknown": "0",
        "source_geo_precision": "1",
        "source_time_precision": "1",
    }
    assert not found.faults
    assert {"type_of_violence", "date_start", "country", "source_article", "gwnoa", "geom_wkt"} <= set(
        found.kept
    )
    assert set(found.columns) <= set(FLAT.names)


@pytest.mark.parametrize(
    ("code", "precision", "basis", "radius", "country", "title"),
    [
        ("1", "settlement", "given", "", "TJK", "at Shohin town, Tajikistan"),
        ("2", "near", "given", "25", "TJK", "near Shohin town, Tajikistan"),
        ("3", "admin2", "parent", "", "TJK", "in Shohin district, Tajikistan"),
        ("4", "admin1", "parent", "", "TJK", "in Khatlon region, Tajikistan"),
        ("5", "area", "none", "", "TJK", "in Shohin town, Tajikistan"),
        ("6", "country", "none", "", "TJK", "in Tajikistan"),
        ("7", "area", "none", "", "", "in Shohin town"),
    ],
)
def test_precision_of_places(
    code: str, precision: str, basis: str, radius: str, country: str, title: str
) -> None:
    found = mapped({"where_prec": code})
    names = ("geo_precision", "location_basis", "radius_km", "country", "title")
    assert values(found, *names) == [(precision, basis, radius, country, f"state-based violence {title}")]
    beside = values(found, "representative_longitude", "representative_latitude")
    assert beside == [("", "") if precision in ("settlement", "near") else ("70.1", "37.5")]
    assert not found.faults


def test_what_is_coarse_names_nothing_finer() -> None:
    found = mapped(*({"where_prec": code} for code in "123467"))
    province, district = "Khatlon region", "Shohin district"
    expected = [(province, district)] * 3 + [(province, ""), ("", ""), ("", "")]
    assert values(found, "admin1", "admin2") == expected
    assert {"adm_1", "adm_2"} <= set(found.kept)


@pytest.mark.parametrize(
    ("code", "start", "end", "interval"),
    [
        ("1", "2022-05-16 00:00:00.000", "2022-05-16 00:00:00.000", ("2022-05-16", "", "day")),
        ("1", "2022-05-16T00:00:00", "2022-05-16T00:00:00", ("2022-05-16", "", "day")),
        ("2", "2022-05-16", "2022-05-18", ("2022-05-16", "2022-05-18", "days")),
        ("3", "2022-05-16", "2022-05-22", ("2022-05-16", "2022-05-22", "week")),
        ("3", "2022-05-16", "2022-05-16", ("2022-05-13", "2022-05-19", "week")),
        ("4", "2022-05-01", "2022-05-31", ("2022-05-01", "2022-05-31", "month")),
        ("4", "2022-05-01", "2022-05-01", ("2022-05-01", "2022-05-31", "month")),
        ("5", "2022-01-01", "2022-12-31", ("2022-01-01", "2022-12-31", "year")),
        ("5", "2022-03-01", "2022-03-01", ("2022-01-01", "2022-12-31", "year")),
        ("9", "2022-03-01", "2022-03-01", ("2022-01-01", "2022-12-31", "year")),
    ],
)
def test_precision_of_dates(code: str, start: str, end: str, interval: tuple[str, str, str]) -> None:
    found = mapped({"date_prec": code, "date_start": start, "date_end": end})
    assert values(found, "date_start", "date_end", "date_precision") == [interval]
    assert faults(found) == ([("BM321", [0], "date_prec")] if code == "9" else [])


def test_an_unknown_precision_of_the_place_is_the_province_or_the_country() -> None:
    found = mapped({"where_prec": "8"}, {"where_prec": "8", "adm_1": ""})
    assert [each for (each,) in values(found, "geo_precision")] == ["admin1", "country"]
    assert faults(found) == [("BM320", [0, 1], "where_prec")]


@pytest.mark.parametrize(
    ("code", "expected"), [("1", "other"), ("2", "other"), ("3", "attack_on_people"), ("4", "other")]
)
def test_types(code: str, expected: str) -> None:
    found = mapped({"type_of_violence": code})
    assert value(found, "incident_type") == expected
    assert faults(found) == ([("BM322", [0], "type_of_violence")] if code == "4" else [])


@pytest.mark.parametrize(
    ("article", "office", "joined"),
    [
        ('"A,2022-05-17,One"', "A", "A,2022-05-17,One"),
        ('"A,2022-05-17,One";"B,2022-05-18,Two"', "A;B", "A,2022-05-17,One; B,2022-05-18,Two"),
        ('"A,2022-05-17,One"; "B,2022-05-18,Two";', "A;B", "A,2022-05-17,One; B,2022-05-18,Two"),
        ('"A,2022-05-17,"One" and two"', "A", 'A,2022-05-17,"One" and two'),
        ("A, 17 May;B, 18 May", "A;B", "A, 17 May;B, 18 May"),
        ("", "A;B", "A;B"),
    ],
)
def test_sources_come_apart(article: str, office: str, joined: str) -> None:
    assert value(mapped({"source_article": article, "source_office": office}), "source") == joined


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2022-05-17", "2022-05-17"),
        ("2022-05-17;2022-05-17", "2022-05-17"),
        ("2022-05-17;2022-05-18", ""),
        ("May", ""),
    ],
)
def test_a_date_that_all_sources_share(written: str, date: str) -> None:
    assert value(mapped({"source_date": written}), "source_date") == date


@pytest.mark.parametrize(
    ("number", "name", "country"),
    [("365", "Russia (Soviet Union)", "RUS"), ("", "DR Congo (Zaire)", "COD"), ("678", "Yemen (North Yemen)", "YEM"),
     ("700.0", "", "AFG"), ("816", "", "VNM")],
)  # fmt: skip
def test_countries_by_number_and_name(number: str, name: str, country: str) -> None:
    assert value(mapped({"country_id": number, "country": name}), "country") == country


def test_older_spellings() -> None:
    row = {name: text for name, text in UCDP_ROW.items() if name not in ("best", "low", "high", "relid")}
    row |= {"best_est": "7", "low_est": "6", "high_est": "9"}
    layer = layer_of([row])
    assert DIALECT.recognises(layer)
    found = DIALECT.map(layer, ReadOptions())
    assert values(found, "fatalities_low", "fatalities_best", "fatalities_high") == [("6", "7", "9")]


def test_what_is_no_date_is_a_fault_of_its_row() -> None:
    found = mapped({}, {"date_start": "in May"})
    assert ("BM154", [1], "date_start") in faults(found)


def test_only_ucdp_is_recognised() -> None:
    assert DIALECT.recognises(layer_of([UCDP_ROW])) == "has relid, type_of_violence and where_prec"
    for columns in (
        tuple(ACLED_ROW),
        FLAT.names,
        (*FLAT.names, *UCDP_ROW),
        ("id", "latitude", "country", "best", "low"),
    ):
        assert DIALECT.recognises(layer_of([dict.fromkeys(columns, "1")])) == ""


def test_a_table_without_a_date_is_refused() -> None:
    with pytest.raises(InputError, match="no column for the date of UCDP") as caught:
        mapped(without=("date_start",))
    assert caught.value.code == "BM330"


def test_rights_and_attribution() -> None:
    assert (
        DIALECT.rights == "open" and DIALECT.licence == "CC BY 4.0" and DIALECT.period_start == "1989-01-01"
    )
    assert "Uppsala Conflict Data Program" in DIALECT.attribution
