"""ACLED, today's and earlier layouts: every code has a known answer, and nothing else is taken for ACLED."""

from __future__ import annotations

import numpy as np
import pytest

from bordermap.codebook import INCIDENT_TYPES, PRECISIONS
from bordermap.errors import InputError
from bordermap.incidents.dialects.acled import DIALECT
from bordermap.incidents.flat import FLAT, Mapped
from bordermap.incidents.options import ReadOptions

from support.datasets import ACLED_OLD_ROW, ACLED_ROW, UCDP_ROW, Row, layer_of, rows_of
from support.flat_rows import value, values


def mapped(
    *changes: dict[str, str], row: Row = ACLED_ROW, without: tuple[str, ...] = (), order: str = ""
) -> Mapped:
    rows = [{k: v for k, v in each.items() if k not in without} for each in rows_of(row, *changes or ({},))]
    return DIALECT.map(layer_of(rows), ReadOptions(date_order=order))


def test_a_row_of_today_becomes_a_flat_row() -> None:
    found = mapped()
    assert {name: value(found, name) for name in found.columns} == {
        "event_id": "UZB1000",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack",
        "incident_type": "other",
        "title": "shelling at Termez, Uzbekistan",
        "date_start": "2022-04-18",
        "date_end": "",
        "date_precision": "day",
        "date_kind": "within",
        "date_basis": "event",
        "role": "scene",
        "location": "Termez",
        "geo_precision": "settlement",
        "location_basis": "given",
        "country": "UZB",
        "admin1": "Surxondaryo",
        "admin2": "Termiz",
        "longitude": "67.2783",
        "latitude": "37.2242",
        "radius_km": "",
        "actor1": "Group A (made up)",
        "actor2": "Civilians (Uzbekistan)",
        "source": "Example Agency; Example Daily",
        "fatalities_low": "2",
        "fatalities_best": "2",
        "source_geo_precision": "1",
        "source_time_precision": "1",
        "notes": "On 18 April 2022, a made-up event.",
    }
    assert not found.faults and not found.notes


def test_every_column_is_text_without_nulls_and_belongs_to_the_flat_table() -> None:
    found = mapped(
        {"geo_precision": "1"}, {"geo_precision": "3", "time_precision": "2"}, {"geo_precision": "7"}
    )
    assert set(found.columns) <= set(FLAT.names)
    for name, column in found.columns.items():
        assert len(column) == 3 and column.null_count == 0 and str(column.type) == "large_string", name


def test_what_is_not_taken_over_as_it_is_stays_beside() -> None:
    found = mapped()
    for name in (
        "event_date",
        "country",
        "iso",
        "tags",
        "timestamp",
        "inter1",
        "assoc_actor_1",
        "civilian_targeting",
    ):
        assert name in found.kept
    assert not {"notes", "source", "location", "fatalities", "event_id_cnty", "geo_precision"} & set(
        found.kept
    )
    assert found.used["country"] == ("iso", "country")
    assert found.used["event_id"] == ("event_id_cnty",)


def test_columns_that_pass_through_share_their_memory() -> None:
    layer = layer_of(rows_of(ACLED_ROW, {}, {}))
    found = DIALECT.map(layer, ReadOptions())
    for ours, theirs in (
        ("notes", "notes"),
        ("actor1", "actor1"),
        ("latitude", "latitude"),
        ("fatalities_low", "fatalities"),
    ):
        assert found.columns[ours] is layer.table[theirs] or found.columns[ours].equals(layer.table[theirs])
        addresses = [
            [buffer.address for chunk in column.chunks for buffer in chunk.buffers() if buffer]
            for column in (found.columns[ours], layer.table[theirs])
        ]
        assert addresses[0] == addresses[1]


@pytest.mark.parametrize(
    ("code", "admin2", "precision", "basis", "radius", "title"),
    [
        ("1", "Termiz", "settlement", "given", "", "shelling at Termez, Uzbekistan"),
        ("2", "Termiz", "admin2", "parent", "", "shelling in Termiz, Uzbekistan"),
        ("2", "", "near", "given", "25", "shelling near Termez, Uzbekistan"),
        ("3", "Termiz", "admin1", "parent", "", "shelling in Surxondaryo, Uzbekistan"),
        ("1.0", "Termiz", "settlement", "given", "", "shelling at Termez, Uzbekistan"),
        ("", "Termiz", "admin1", "parent", "", "shelling in Surxondaryo, Uzbekistan"),
    ],
)
def test_precision_of_places(
    code: str, admin2: str, precision: str, basis: str, radius: str, title: str
) -> None:
    found = mapped({"geo_precision": code, "admin2": admin2})
    assert values(found, "geo_precision", "location_basis", "radius_km", "title") == [
        (precision, basis, radius, title)
    ]
    areal = precision.startswith("admin")
    point = values(found, "longitude", "latitude")[0]
    beside = values(found, "representative_longitude", "representative_latitude")[0]
    assert (beside if areal else point) == ("67.2783", "37.2242")
    assert (point if areal else beside) == ("", "")
    assert not found.faults


def test_of_an_area_the_coders_town_is_no_place() -> None:
    found = mapped({}, {"geo_precision": "2"}, {"geo_precision": "3"})
    assert values(found, "location", "admin2", "admin1") == [
        ("Termez", "Termiz", "Surxondaryo"),
        ("", "Termiz", "Surxondaryo"),
        ("", "", "Surxondaryo"),
    ]
    assert {"location", "admin2"} <= set(found.kept)


def test_an_unknown_precision_is_told_and_coarse() -> None:
    found = mapped({}, {"geo_precision": "9"}, {"geo_precision": "9", "admin1": ""})
    assert [each for (each,) in values(found, "geo_precision")] == ["settlement", "admin1", "near"]
    assert values(found, "source_geo_precision")[1] == ("9",)
    [fault] = found.faults
    assert (fault.code, fault.rows.tolist(), fault.column) == ("BM320", [1, 2], "geo_precision")


@pytest.mark.parametrize(
    ("code", "date", "interval"),
    [
        ("1", "2022-04-18", ("2022-04-18", "", "day")),
        ("2", "2022-04-18", ("2022-04-15", "2022-04-21", "week")),
        ("2", "2022-01-01", ("2021-12-29", "2022-01-04", "week")),
        ("3", "2022-04-15", ("2022-04-01", "2022-04-30", "month")),
        ("3", "2024-02-15", ("2024-02-01", "2024-02-29", "month")),
        ("3", "2024-12-31", ("2024-12-01", "2024-12-31", "month")),
        ("", "2022-04-18", ("2022-04-18", "", "day")),
    ],
)
def test_precision_of_dates(code: str, date: str, interval: tuple[str, str, str]) -> None:
    found = mapped(
        {"event_date": "2022-04-01", "time_precision": "1"}, {"event_date": date, "time_precision": code}
    )
    assert values(found, "date_start", "date_end", "date_precision")[1] == interval


def test_an_unknown_precision_of_the_date_is_told_and_is_the_month() -> None:
    found = mapped({"time_precision": "4"})
    assert values(found, "date_start", "date_end", "date_precision") == [
        ("2022-04-01", "2022-04-30", "month")
    ]
    assert [(each.code, each.column) for each in found.faults] == [("BM321", "time_precision")]


@pytest.mark.parametrize(
    "written",
    ["9-May-20", "09-May-2020", "9 May 2020", "09 May 2020", "2020-05-09", "09-mai-2020", "May 9, 2020"],
)
def test_dates_of_all_layouts(written: str) -> None:
    assert value(mapped({"event_date": written}), "date_start") == "2020-05-09"


def test_months_in_words() -> None:
    assert value(mapped({"event_date": "01-January-2015"}), "date_start") == "2015-01-01"


def test_dates_that_can_be_read_in_two_ways_are_asked_for() -> None:
    with pytest.raises(InputError, match="can be read in two ways") as caught:
        mapped({"event_date": "09/05/2020"})
    assert caught.value.code == "BM281" and "--date-order" in caught.value.hint
    assert value(mapped({"event_date": "09/05/2020"}, order="dmy"), "date_start") == "2020-05-09"
    assert value(mapped({"event_date": "09/05/2020"}, order="mdy"), "date_start") == "2020-09-05"
    assert (
        value(mapped({"event_date": "09/05/2020"}, {"event_date": "31/05/2020"}), "date_start")
        == "2020-05-09"
    )


def test_what_is_no_date_is_a_fault_of_its_row() -> None:
    found = mapped({}, {"event_date": "soon"}, {"event_date": "2022-02-30"})
    assert values(found, "date_start", "date_end", "date_precision")[1:] == [("", "", "unknown")] * 2
    [fault] = found.faults
    assert (fault.code, fault.rows.tolist(), fault.column) == ("BM154", [1, 2], "event_date")
    assert fault.rows.dtype == np.int64


def test_the_oldest_layout() -> None:
    found = mapped(row=ACLED_OLD_ROW, without=())
    assert values(found, "event_id", "date_start", "country", "incident_type", "geo_precision", "title") == [
        (
            "12TAJ",
            "2020-05-09",
            "TJK",
            "exchange_of_fire",
            "settlement",
            "armed clash at Panji Poyon, Tajikistan",
        )
    ]
    assert values(found, "actor1", "actor2", "fatalities_best", "admin1") == [
        ("Group A (made up)", "Group B (made up)", "0", "Khatlon")
    ]
    assert "ALLY_ACTOR_1" in found.kept


def test_adm_level_iso3_and_data_id() -> None:
    row = {"data_id": "9", "ISO3": "AFG", "ADM_LEVEL_1": "Balkh", "EVENT_DATE": "01-January-2015", "INTER1": "1",
           "EVENT_TYPE": "Remote violence", "TIME_PRECISION": "1", "LOCATION": "Hairatan"}  # fmt: skip
    layer = layer_of([row])
    assert (
        DIALECT.recognises(layer) == "has data_id, EVENT_DATE, TIME_PRECISION, INTER1 and ACLED's event types"
    )
    found = DIALECT.map(layer, ReadOptions())
    assert values(found, "event_id", "country", "admin1", "date_start", "geo_precision") == [
        ("9", "AFG", "Balkh", "2015-01-01", "admin1")
    ]


def test_the_country_comes_from_code_or_name() -> None:
    found = mapped({"iso": "4"}, {"iso": "0", "country": "Democratic Republic of Congo"}, {"iso": "", "country": "NA"},
                   {"iso": "", "country": "Atlantis"})  # fmt: skip
    assert [each for (each,) in values(found, "country")] == ["AFG", "COD", "NAM", ""]
    assert [(each.code, each.rows.tolist()) for each in found.faults] == [("BM323", [3])]


def test_a_trimmed_export() -> None:
    kept = ("event_id_cnty", "event_date", "event_type", "latitude", "longitude", "country")
    found = mapped({}, without=tuple(name for name in ACLED_ROW if name not in kept))
    assert values(found, "geo_precision", "radius_km", "title", "date_precision") == [
        ("near", "25", "explosion or remote violence in Uzbekistan", "day")
    ]
    assert [note for note in found.notes if "geo_precision" in note]


@pytest.mark.parametrize(
    ("without", "words"),
    [
        (("event_date",), "date"),
        (("event_id_cnty", "event_type"), "event"),
        (("latitude", "longitude", "location", "admin1", "country"), "place"),
    ],
)
def test_a_table_without_what_is_needed_is_refused(without: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError, match=f"no column for the {words} of ACLED") as caught:
        mapped(without=without)
    assert caught.value.code == "BM330"


@pytest.mark.parametrize(
    ("event", "finer", "expected"),
    [
        ("Battles", "Armed clash", "exchange_of_fire"),
        ("Battles", "", "exchange_of_fire"),
        ("Violence against civilians", "Attack", "attack_on_people"),
        ("Explosions/Remote violence", "Air/drone strike", "other"),
        ("Explosions/Remote violence", "Remote explosive/landmine/IED", "other"),
        ("Protests", "Excessive force against protestors", "attack_on_people"),
        ("Protests", "Peaceful protest", "other"),
        ("Strategic developments", "Arrests", "security_operation"),
        ("Strategic developments", "A type of next year", "other"),
        ("Battle-Government regains territory", "", "exchange_of_fire"),
        ("Riots/Protests", "", "other"),
    ],
)
def test_types(event: str, finer: str, expected: str) -> None:
    found = mapped({"event_type": event, "sub_event_type": finer})
    assert value(found, "incident_type") == expected
    assert not found.faults


def test_an_unknown_type_is_told_and_other() -> None:
    found = mapped({}, {"event_type": "Skirmishes", "sub_event_type": "Skirmish"})
    assert values(found, "incident_type", "title")[1] == ("other", "event at Termez, Uzbekistan")
    assert [(each.code, each.rows.tolist(), each.column) for each in found.faults] == [
        ("BM322", [1], "event_type")
    ]
    assert "Skirmishes" in found.faults[0].message


def test_no_type_or_precision_of_ours_is_unknown_to_the_codebook() -> None:
    found = mapped(
        *({"geo_precision": code, "event_type": kind} for code in "1239" for kind in ("Battles", "x", ""))
    )
    assert {each for (each,) in values(found, "incident_type")} <= set(INCIDENT_TYPES)
    assert {each for (each,) in values(found, "geo_precision")} <= set(PRECISIONS)


@pytest.mark.parametrize(
    "columns",
    [
        ("id", "date", "latitude", "longitude"),
        ("event_date", "latitude", "longitude", "country"),
        ("data_id", "event_date", "event_type", "latitude"),
        (
            "event_type",
            "sub_event_type",
            "actor1",
            "notes",
            "source",
            "fatalities",
            "geo_precision",
            "location",
        ),
        tuple(FLAT.names),
        (*FLAT.names, "event_id_cnty", "event_date", "time_precision", "inter1"),
        tuple(UCDP_ROW),
    ],
)
def test_other_tables_are_not_taken_for_acled(columns: tuple[str, ...]) -> None:
    assert DIALECT.recognises(layer_of([dict.fromkeys(columns, "1")])) == ""


@pytest.mark.parametrize("row", [ACLED_ROW, ACLED_OLD_ROW])
def test_acled_is_recognised(row: Row) -> None:
    assert DIALECT.recognises(layer_of([row])).lower() == "has event_id_cnty and event_date"
    assert DIALECT.recognises(layer_of([{name.upper(): text for name, text in row.items()}]))


def test_names_cut_by_a_shapefile_are_found() -> None:
    cut = {name[:10]: text for name, text in ACLED_ROW.items() if not name.startswith("assoc")}
    layer = layer_of([cut])
    assert DIALECT.recognises(layer)
    found = DIALECT.map(layer, ReadOptions())
    assert values(found, "event_id", "geo_precision", "source_time_precision", "title") == [
        ("UZB100", "settlement", "1", "shelling at Termez, Uzbekistan")
    ]


def test_a_layer_without_rows_maps_to_one_without_rows() -> None:
    layer = layer_of([ACLED_ROW])
    empty = layer_of([ACLED_ROW]).table.slice(0, 0)
    found = DIALECT.map(type(layer)("a.csv", "csv", empty), ReadOptions())
    assert {len(column) for column in found.columns.values()} == {0}


def test_rights_and_attribution() -> None:
    assert DIALECT.rights == "display_only" and DIALECT.period_start == "1997-01-01"
    assert "acleddata.com" in DIALECT.attribution and "{accessed}" in DIALECT.attribution
