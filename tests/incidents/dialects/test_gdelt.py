"""GDELT's event files, with and without a header: centroids become areas, and a program's mentions stay that."""

from __future__ import annotations

import pytest

from bordermap.errors import InputError
from bordermap.incidents.dialects.gdelt import DIALECT, LAYOUTS
from bordermap.incidents.flat import FLAT, Mapped
from bordermap.incidents.options import ReadOptions

from support.datasets import ACLED_ROW, gdelt_row, headless, layer_of
from support.flat_rows import faults, value, values


def mapped(*changes: dict[str, str], columns: int = 61) -> Mapped:
    return DIALECT.map(headless([gdelt_row(columns, **each) for each in changes or ({},)]), ReadOptions())


def test_a_row_becomes_a_flat_row() -> None:
    found = mapped()
    assert {name: value(found, name) for name in found.columns} == {
        "event_id": "1040000001",
        "incident_type": "exchange_of_fire",
        "event_type": "19",
        "sub_event_type": "190",
        "title": "fighting at Termez, Surxondaryo, Uzbekistan (machine-coded)",
        "date_start": "2022-04-18",
        "date_end": "",
        "date_precision": "day",
        "date_kind": "within",
        "date_basis": "report",
        "role": "scene",
        "location": "Termez, Surxondaryo, Uzbekistan",
        "geo_precision": "settlement",
        "location_basis": "machine",
        "country": "UZB",
        "admin1": "Surxondaryo",
        "longitude": "67.2783",
        "latitude": "37.2242",
        "actor1": "AFGHANISTAN",
        "actor2": "UZBEKISTAN",
        "source": "example.org",
        "source_url": "https://www.example.org/news/a-made-up-article",
        "source_date": "2022-04-19",
        "source_geo_precision": "4",
    }
    assert not found.faults
    assert set(found.columns) <= set(FLAT.names)


@pytest.mark.parametrize("columns", [57, 58, 61])
def test_layouts_without_a_header(columns: int) -> None:
    assert len(LAYOUTS[columns]) == columns
    layer = headless([gdelt_row(columns)])
    assert DIALECT.recognises(layer) == f"{columns} columns without a header that hold GDELT's codes"
    found = DIALECT.map(layer, ReadOptions())
    assert values(found, "latitude", "longitude", "country", "source_date") == [
        ("37.2242", "67.2783", "UZB", "2022-04-19")
    ]
    assert (value(found, "source") == "example.org") is (columns > 57)
    assert [note for note in found.notes if "no header" in note]
    assert found.extras is not None and found.extras["NumMentions"].to_pylist() == ["6"]
    assert len(found.extras) == len(found.kept) < columns


@pytest.mark.parametrize("change", [str.upper, str.lower, str])
def test_layouts_with_a_header(change: type[str]) -> None:
    row = {change(name): text for name, text in gdelt_row().items()}
    layer = layer_of([row])
    assert DIALECT.recognises(layer).lower() == "has globaleventid, sqldate and actiongeo_type"
    found = DIALECT.map(layer, ReadOptions())
    assert value(found, "title") == "fighting at Termez, Surxondaryo, Uzbekistan (machine-coded)"
    assert (
        found.extras is None
        and change("NumMentions") in found.kept
        and change("ActionGeo_ADM1Code") in found.kept
    )


@pytest.mark.parametrize(
    ("kind", "name", "country", "precision", "basis", "admin1", "title"),
    [
        ("1", "Uzbekistan", "UZ", "country", "machine", "", "in Uzbekistan"),
        ("2", "Texas, United States", "US", "admin1", "machine", "Texas", "in Texas, United States"),
        ("3", "Austin, Texas, United States", "US", "settlement", "machine", "Texas", "at Austin, Texas, United States"),
        ("4", "Termez, Surxondaryo, Uzbekistan", "UZ", "settlement", "machine", "Surxondaryo", "at Termez, Surxondaryo, Uzbekistan"),
        ("5", "Khatlon, Tajikistan", "TI", "admin1", "machine", "Khatlon", "in Khatlon, Tajikistan"),
        ("0", "", "", "unknown", "none", "", ""),
        ("", "", "", "unknown", "none", "", ""),
    ],
)  # fmt: skip
def test_types_of_places(
    kind: str, name: str, country: str, precision: str, basis: str, admin1: str, title: str
) -> None:
    found = mapped({"ActionGeo_Type": kind, "ActionGeo_FullName": name, "ActionGeo_CountryCode": country})
    assert values(found, "geo_precision", "location_basis", "admin1") == [(precision, basis, admin1)]
    point = ("67.2783", "37.2242")
    given, beside = (
        values(found, f"{which}longitude", f"{which}latitude")[0] for which in ("", "representative_")
    )
    assert (given, beside) == ((point, ("", "")) if precision == "settlement" else (("", ""), point))
    assert not found.faults
    if name:
        assert value(found, "title") == f"fighting {title} (machine-coded)"


def test_an_unknown_type_of_place_is_told() -> None:
    found = mapped({"ActionGeo_Type": "6"})
    assert values(found, "geo_precision") == [("country",)]
    assert faults(found) == [("BM320", [0], "c52")]


@pytest.mark.parametrize(
    ("code", "root", "expected"),
    [
        ("190", "19", "exchange_of_fire"), ("193", "19", "exchange_of_fire"), ("191", "19", "other"),
        ("195", "19", "other"), ("1951", "19", "other"), ("1952", "19", "drone_strike"), ("196", "19", "other"),
        ("180", "18", "attack_on_people"), ("1821", "18", "attack_on_people"), ("183", "18", "other"),
        ("202", "20", "attack_on_people"), ("204", "20", "other"), ("173", "17", "security_operation"),
        ("172", "17", "other"), ("042", "04", "other"), ("42", "4", "other"), ("18", "1", "other"), ("", "", "other"),
    ],
)  # fmt: skip
def test_cameo_codes(code: str, root: str, expected: str) -> None:
    found = mapped({"EventCode": code, "EventRootCode": root})
    assert value(found, "incident_type") == expected
    assert not found.faults


def test_an_unknown_cameo_code_is_told() -> None:
    found = mapped({}, {"EventCode": "990", "EventRootCode": "99"})
    assert values(found, "incident_type")[1] == ("other",)
    assert faults(found) == [("BM322", [1], "c27")]


def test_countries_are_fips_not_iso() -> None:
    codes = {"GM": "DEU", "AU": "AUT", "CH": "CHN", "TI": "TJK", "TX": "TKM", "KV": "", "": ""}
    found = mapped(*({"ActionGeo_CountryCode": code} for code in codes))
    assert [each for (each,) in values(found, "country")] == list(codes.values())
    assert not found.faults
    assert faults(mapped({"ActionGeo_CountryCode": "QQ"})) == [("BM323", [0], "c54")]


def test_sources_that_are_no_address_are_named_not_linked() -> None:
    found = mapped(
        {"SOURCEURL": "Example Monitoring; made up"}, {"SOURCEURL": "javascript:alert(1)"}, {"SOURCEURL": ""}
    )
    assert values(found, "source", "source_url") == [
        ("Example Monitoring, made up", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ]


def test_what_is_no_date_is_a_fault_of_its_row() -> None:
    assert ("BM154", [1], "c2") in faults(mapped({}, {"SQLDATE": "20221345"}))


def test_timestamps_of_the_second_version() -> None:
    assert value(mapped({"DATEADDED": "20220419161500"}), "source_date") == "2022-04-19"


def test_only_gdelt_is_recognised() -> None:
    other = {f"c{at}": "1" for at in range(1, 62)}
    assert DIALECT.recognises(layer_of([other])) == ""
    assert DIALECT.recognises(layer_of([ACLED_ROW])) == ""
    assert DIALECT.recognises(layer_of([dict.fromkeys((*FLAT.names, *gdelt_row()), "1")])) == ""
    with pytest.raises(InputError, match="31 columns and no GLOBALEVENTID") as caught:
        DIALECT.map(layer_of([ACLED_ROW]), ReadOptions())
    assert caught.value.code == "BM331"


def test_it_is_said_to_be_a_program() -> None:
    assert DIALECT.machine_coded and DIALECT.party_kind == "machine" and DIALECT.rights == "open"
    assert "gdeltproject.org" in DIALECT.attribution
