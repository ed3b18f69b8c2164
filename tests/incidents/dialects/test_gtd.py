"""GTD: 0 is unknown, a place is as fine as its specificity, and own words stay neutral."""

from __future__ import annotations

import pytest

from bordermap.incidents.dialects.gtd import DIALECT
from bordermap.incidents.flat import FLAT, Mapped
from bordermap.incidents.options import ReadOptions

from support.datasets import ACLED_ROW, GTD_ROW, layer_of, rows_of
from support.flat_rows import faults, value, values


def mapped(*changes: dict[str, str], without: tuple[str, ...] = ()) -> Mapped:
    rows = [
        {k: v for k, v in each.items() if k not in without} for each in rows_of(GTD_ROW, *changes or ({},))
    ]
    return DIALECT.map(layer_of(rows), ReadOptions())


def test_the_layout_has_135_columns() -> None:
    assert len(GTD_ROW) == 135


def test_a_row_becomes_a_flat_row() -> None:
    found = mapped()
    assert {name: value(found, name) for name in found.columns} == {
        "event_id": "1998051400010",
        "incident_type": "other",
        "event_type": "Bombing/Explosion",
        "title": "explosion at Kulob, Tajikistan",
        "date_start": "1998-05-14",
        "date_end": "",
        "date_precision": "day",
        "date_kind": "within",
        "date_basis": "event",
        "role": "scene",
        "location": "Kulob",
        "geo_precision": "settlement",
        "location_basis": "given",
        "country": "TJK",
        "admin1": "Khatlon",
        "longitude": "69.78",
        "latitude": "37.91",
        "actor1": "Group A",
        "notes": "A made-up event.",
        "source": 'A headline, and more," Example Agency, May 15, 1998.',
        "fatalities_best": "1",
        "wounded": "",
        "responsibility_claimed": "none_found",
        "source_geo_precision": "1",
    }
    assert not found.faults
    assert {"INT_LOG", "city", "imonth", "country_txt", "targtype1_txt", "dbsource"} <= set(found.kept)
    assert set(found.columns) <= set(FLAT.names)


@pytest.mark.parametrize(
    ("year", "month", "day", "interval"),
    [
        ("1998", "5", "14", ("1998-05-14", "", "day")),
        ("1998", "5", "0", ("1998-05-01", "1998-05-31", "month")),
        ("2000", "2", "0", ("2000-02-01", "2000-02-29", "month")),
        ("1998", "0", "0", ("1998-01-01", "1998-12-31", "year")),
        ("1998", "0", "14", ("1998-01-01", "1998-12-31", "year")),
        ("1998.0", "5.0", "1.0", ("1998-05-01", "", "day")),
        ("1998", "", "", ("1998-01-01", "1998-12-31", "year")),
    ],
)
def test_dates(year: str, month: str, day: str, interval: tuple[str, str, str]) -> None:
    found = mapped({"iyear": year, "imonth": month, "iday": day})
    assert values(found, "date_start", "date_end", "date_precision") == [interval]
    assert not found.faults


@pytest.mark.parametrize(
    ("parts", "column"),
    [
        (("1998", "13", "1"), "imonth"),
        (("1998", "2", "30"), "iday"),
        (("soon", "1", "1"), "iyear"),
        (("98", "1", "-1"), "iyear"),
    ],
)
def test_what_is_no_date_is_a_fault_of_its_row(parts: tuple[str, str, str], column: str) -> None:
    found = mapped({}, dict(zip(("iyear", "imonth", "iday"), parts, strict=True)))
    assert faults(found) == [("BM154", [1], column)]
    assert values(found, "date_start")[1] == ("",)


def test_what_lasted_is_an_interval() -> None:
    found = mapped({"extended": "1", "resolution": "1998-05-20"}, {"extended": "0", "resolution": "1998-05-20"},
                   {"extended": "1", "resolution": "1998-05-20", "iday": "0"}, {"extended": "1"})  # fmt: skip
    assert values(found, "date_start", "date_end", "date_kind", "date_precision") == [
        ("1998-05-14", "1998-05-20", "throughout", "days"),
        ("1998-05-14", "", "within", "day"),
        ("1998-05-01", "1998-05-31", "within", "month"),
        ("1998-05-14", "", "within", "day"),
    ]


@pytest.mark.parametrize(
    ("code", "vicinity", "precision", "basis", "title"),
    [
        ("1", "0", "settlement", "given", "at Kulob, Tajikistan"),
        ("1", "1", "near", "given", "near Kulob, Tajikistan"),
        ("1", "-9", "near", "given", "near Kulob, Tajikistan"),
        ("2", "0", "admin2", "parent", "in Kulob, Tajikistan"),
        ("3", "0", "admin2", "parent", "in Kulob, Tajikistan"),
        ("4", "0", "admin1", "parent", "in Khatlon, Tajikistan"),
        ("5", "0", "unknown", "none", "in Tajikistan"),
        ("", "0", "admin1", "parent", "in Khatlon, Tajikistan"),
    ],
)
def test_precision_of_places(code: str, vicinity: str, precision: str, basis: str, title: str) -> None:
    found = mapped({"specificity": code, "vicinity": vicinity})
    assert values(found, "geo_precision", "location_basis", "title") == [
        (precision, basis, f"explosion {title}")
    ]
    beside = values(found, "representative_longitude", "representative_latitude")
    assert beside == [("", "") if precision in ("settlement", "near") else ("69.78", "37.91")]
    assert not found.faults


def test_an_unknown_specificity_is_told() -> None:
    found = mapped({"specificity": "6"}, {"specificity": "6", "provstate": ""})
    assert [each for (each,) in values(found, "geo_precision")] == ["admin1", "country"]
    assert faults(found) == [("BM320", [0, 1], "specificity")]


@pytest.mark.parametrize(
    ("kind", "target", "weapon", "expected"),
    [
        ("Bombing/Explosion", "Military", "Explosives", "other"),
        ("Armed Assault", "Military", "Firearms", "shooting"),
        ("Armed Assault", "Private Citizens & Property", "Firearms", "attack_on_people"),
        ("Armed Assault", "Police", "Melee", "other"),
        ("Assassination", "Journalists & Media", "Firearms", "attack_on_people"),
        ("Assassination", "Government (General)", "Firearms", "shooting"),
        ("Unarmed Assault", "Tourists", "Chemical", "attack_on_people"),
        ("Hostage Taking (Kidnapping)", "Business", "Unknown", "attack_on_people"),
        ("Hostage Taking (Barricade Incident)", "Police", "Firearms", "attack_on_people"),
        ("Hijacking", "Transportation", "Unknown", "other"),
        ("Facility/Infrastructure Attack", "Utilities", "Incendiary", "other"),
        ("Unknown", "Unknown", "Unknown", "other"),
    ],
)
def test_types(kind: str, target: str, weapon: str, expected: str) -> None:
    found = mapped({"attacktype1_txt": kind, "targtype1_txt": target, "weaptype1_txt": weapon})
    assert value(found, "incident_type") == expected
    assert not found.faults
    title = value(found, "title").casefold()
    assert "terroris" not in title and "attack" not in title


def test_types_by_number_where_the_words_are_missing() -> None:
    found = mapped({"attacktype1": "6"}, without=("attacktype1_txt",))
    assert values(found, "incident_type", "title") == [
        ("attack_on_people", "kidnapping at Kulob, Tajikistan")
    ]


def test_claims_and_unknown_names() -> None:
    found = mapped(
        {"claimed": "1", "gname": "Unknown", "city": "Unknown"}, {"claimed": "-9"}, {"claimed": ""}
    )
    assert [each for (each,) in values(found, "responsibility_claimed")] == ["yes", "unknown", ""]
    assert values(found, "actor1", "location", "title")[0] == ("", "", "explosion in Tajikistan")


def test_countries_that_are_no_more_are_told_and_kept() -> None:
    names = ("West Germany (FRG)", "Zaire", "Slovak Republic", "Soviet Union")
    found = mapped(*({"country_txt": name} for name in names))
    assert [each for (each,) in values(found, "country")] == ["DEU", "COD", "SVK", ""]
    assert faults(found) == [("BM323", [3], "country_txt")]
    assert "country_txt" in found.kept


def test_sources_are_joined_or_the_collection_stands_for_them() -> None:
    found = mapped({"scite2": "Second, 1998"}, {"scite1": "", "scite2": ""})
    assert [each for (each,) in values(found, "source")] == [
        'A headline, and more," Example Agency, May 15, 1998.; Second, 1998',
        "Example collection",
    ]


def test_only_gtd_is_recognised() -> None:
    assert DIALECT.recognises(layer_of([GTD_ROW])) == "has eventid, iyear, imonth and iday"
    for columns in (tuple(ACLED_ROW), FLAT.names, ("eventid", "iyear", "latitude"), (*FLAT.names, *GTD_ROW)):
        assert DIALECT.recognises(layer_of([dict.fromkeys(columns, "1")])) == ""


def test_rights_and_attribution() -> None:
    assert DIALECT.rights == "display_only" and DIALECT.period_start == "1970-01-01"
    assert "START" in DIALECT.attribution and "{accessed}" in DIALECT.attribution
