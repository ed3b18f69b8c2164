"""A name that only one place can mean is located; whatever could be another is listed and never drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.incidents.naming.choices import choice_key
from bordermap.incidents.naming.naming import NAME_COLUMNS, Named, locate
from bordermap.incidents.naming.place_words import take_apart
from bordermap.incidents.naming.provinces import province_codes

Row = tuple[str, str, str]


def _locate(*rows: Row, choices: Mapping[str, str] | None = None, **more: list[str]) -> Named:
    """Rows of (location, admin1, country)."""
    names = ("location", "admin1", "country")
    columns = {name: pa.array([row[at] for row in rows]) for at, name in enumerate(names)}
    columns |= {name: pa.array(values) for name, values in more.items()}
    return locate(columns, np.arange(len(rows)), choices or {})


def _drawn(named: Named, at: int = 0) -> tuple[str, str, str]:
    return tuple(named.updates[name][at].as_py() for name in ("geo_precision", "location_basis", "place_key"))


@pytest.mark.parametrize(
    ("name", "admin1", "country", "key"),
    [
        *[(name, "", "UZB", "termez") for name in
          ("Termez", "Termiz", "Термез", "ترمذ", "Тирмиз", "TERMEZ", "Termez, Uzbekistan", "Tirmiz shahri", "город Термез")],
        ("Termez", "Surxondaryo", "UZB", "termez"), ("Termez", "Сурхандарьинская область", "UZB", "termez"),
        *[(name, "Balkh", "AFG", "hairatan") for name in
          ("Hairatan", "Хайратон", "Ҳайратон", "Хайротон", "Xayrotan", "حيرتان", "حیرتان", "Khairatan")],
        ("Kunduz city", "", "AFG", "kunduz"), ("Kunduz city", "Kunduz", "AFG", "kunduz"), ("город Кундуз", "", "AFG", "kunduz"),
        *[("Mazar-i-Sharif", province, "AFG", "mazar_i_sharif") for province in ("", "Balkh", "Балх", "بلخ", "ولایت بلخ", "Balkh Province")],
        ("مزار شريف", "", "AFG", "mazar_i_sharif"), ("Мазари-Шариф", "", "AFG", "mazar_i_sharif"),
        ("Khorog", "GBAO", "TJK", "khorog"), ("Хоруг", "ГБАО", "TJK", "khorog"), ("Хоруғ", "Вилояти Мухтори Кӯҳистони Бадахшон", "TJK", "khorog"),
        ("Кӯлоб", "Khatlon", "TJK", "kulob"), ("Кулоб", "Хатлонская область", "TJK", "kulob"), ("Kulob", "Khatlon Region", "TJK", "kulob"),
        ("Sher Khan Bandar", "Kunduz", "AFG", "sherkhan_bandar"), ("Шерхан-Бандар", "", "AFG", "sherkhan_bandar"),
        ("Ishkashim", "", "TJK", "ishkashim_tj"), ("Panji Poyon", "", "TJK", "panji_poyon"),
        ("Windhoek", "", "NAM", "gn3352136"), ("Windhoek", "", "", "gn3352136"), ("Springfield", "Oregon", "USA", "gn5754005"),
    ],
)  # fmt: skip
def test_a_name_that_one_place_bears_is_located(name: str, admin1: str, country: str, key: str) -> None:
    named = _locate((name, admin1, country))
    assert _drawn(named) == ("settlement", "gazetteer", key)
    assert named.updates["longitude"][0].as_py() and named.updates["latitude"][0].as_py()
    assert named.located == 1 and not named.faults
    assert named.table.loc[0, "outcome"] == "located" and named.table.loc[0, "how"]


@pytest.mark.parametrize(
    "name", ["Khwaja Ghar", "Khojaghar", "Ходжагор", "خواجه‌غار", "Khwājah Ghār", "Хоҷағор"]
)
def test_khwaja_ghar_in_any_spelling_is_one_place_of_takhar(name: str) -> None:
    town = _locate((name, "Takhar", "AFG"), admin2=["Khwaja Ghar"])
    assert _drawn(town) == ("settlement", "gazetteer", "khwaja_ghar") and not town.faults
    # Without the district in a column of its own it may be the district: then that is drawn, and said.
    either = _locate((name, "Тахар", "AFG"))
    assert _drawn(either) == ("admin2", "parent", "khwaja_ghar_district")
    assert either.updates["admin1_code"].to_pylist() == ["AF.26"]
    assert either.updates["longitude"].to_pylist() == [""]
    assert [each.code for each in either.faults] == ["BM354"]
    # In the whole country several bear it.
    assert _locate((name, "", "AFG")).table.loc[0, "outcome"] == "ambiguous"


@pytest.mark.parametrize(
    ("name", "admin1", "country"),
    [
        ("Imam Sahib", "", "AFG"), ("Имам-Сахиб", "", "AFG"), ("Ishkashim", "", ""), ("Ишкашим", "", ""), ("Khojaghar", "", "AFG"),
        ("Springfield", "", "USA"), ("Jalalabad", "", ""), ("Vishkharv", "", "TJK"), ("Dangara", "", ""), ("Hyratan", "Balkh", "AFG"),
        ("Хайротоон", "", "AFG"), ("Hyratan", "", ""), ("Termez", "Bukhara", "UZB"),
    ],
)  # fmt: skip
def test_what_could_be_another_is_listed_and_never_drawn(name: str, admin1: str, country: str) -> None:
    named = _locate((name, admin1, country))
    precision, basis, key = _drawn(named)
    assert (precision, basis, key) in {
        ("admin1", "parent", ""), ("country", "none", ""), ("unknown", "candidate", "")
    }  # fmt: skip
    assert named.updates["longitude"].to_pylist() == [""]
    assert named.located == 0
    row = named.table.loc[0]
    assert row["outcome"] == "ambiguous" and row["place_key"] == "" and "=" in row["candidates"]
    assert len(named.faults) == 1 and named.faults[0].rows.tolist() == [0]


def test_a_similar_spelling_is_told_from_an_ambiguous_name() -> None:
    named = _locate(
        ("Hyratan", "", "AFG"), ("Imam Sahib", "", "AFG"), ("Qwrtzp", "", "AFG"), ("Termez", "Bukhara", "UZB")
    )
    assert [(each.code, each.rows.tolist()) for each in named.faults] == [
        ("BM350", [1]), ("BM351", [2]), ("BM352", [0]), ("BM353", [3])
    ]  # fmt: skip
    assert "hairatan=similar spelling" in named.table["candidates"].tolist()


def test_an_open_name_falls_back_to_what_the_row_names() -> None:
    named = _locate(
        ("Qwrtzp", "Балх", "AFG"),
        ("Qwrtzp", "", "AFG"),
        ("Qwrtzp", "", ""),
        ("northern Afghanistan", "", "AFG"),
    )
    assert named.updates["geo_precision"].to_pylist() == ["admin1", "country", "unknown", "country"]
    assert named.updates["admin1_code"].to_pylist() == ["AF.30", "", "", ""]
    assert named.located == 0


def test_a_province_alone_is_the_province_in_any_spelling() -> None:
    names = ["Balkh", "Балх", "بلخ", "ولایت بلخ", "Balkh Province", "province of Balkh", "Балхская провинция"]
    named = _locate(*[("", name, "AFG") for name in names], *[(name, "", "AFG") for name in names[3:]])
    assert set(named.updates["geo_precision"].to_pylist()) == {"admin1"}
    assert set(named.updates["admin1_code"].to_pylist()) == {"AF.30"}
    assert set(named.updates["longitude"].to_pylist()) == {""}
    assert named.located == len(names) + 4


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [("Odessa Oblast", "UKR", "UA.17"), ("GBAO", "TJK", "TJ.01"), ("Toshkent shahri", "UZB", "UZ.13"), ("Dushanbe", "TJK", "TJ.04"),
     ("Хатлонская область", "", "TJ.02"), ("Khyber Pakhtunkhwa", "PAK", "PK.03"), ("Herat", "", "AF.11")],
)  # fmt: skip
def test_provinces_of_the_world_are_known(text: str, country: str, code: str) -> None:
    assert province_codes(text, country) == (code,)


@pytest.mark.parametrize(
    ("name", "radius"),
    [("near Hairatan", "5"), ("Hairatan area", "5"), ("12 km north of Hairatan", "14"), ("outskirts of Hairatan", "5"), ("в районе Хайратона", "5"),
     ("близ Хайратона", "5"), ("نزدیک حیرتان", "5"), ("about 3 km from Hairatan", "5")],
)  # fmt: skip
def test_near_is_a_disc_round_the_place(name: str, radius: str) -> None:
    named = _locate((name, "", "AFG"))
    assert _drawn(named) == ("near", "gazetteer", "hairatan")
    assert named.updates["radius_km"].to_pylist() == [radius]


def test_words_decide_whether_the_district_or_the_town_is_meant() -> None:
    named = _locate(
        ("Kunduz province", "", "AFG"), ("Khwaja Ghar district", "Takhar", "AFG"), ("Farkhor district", "Khatlon", "TJK"),
        ("Термезский район", "", "UZB"), ("Panj River", "", "TJK"), ("Kunduz", "", "AFG"),
    )  # fmt: skip
    drawn = [_drawn(named, at) for at in range(6)]
    assert drawn[0] == ("admin1", "gazetteer", "admin1:AF.24")
    assert drawn[1] == ("admin2", "parent", "khwaja_ghar_district")
    # The gazetteer has the towns only: the districts named for them lie in their provinces.
    assert drawn[2] == drawn[3] == ("admin2", "parent", "")
    assert named.updates["admin1_code"].to_pylist()[2:4] == ["TJ.02", "UZ.12"]
    # A river is not the town of that name.
    assert drawn[4][2] != "panj" and named.updates["longitude"][4].as_py() == ""
    # Town or province: the province holds both.
    assert drawn[5] == ("admin1", "gazetteer", "admin1:AF.24")


def test_a_place_without_coordinates_is_drawn_as_what_it_lies_in() -> None:
    named = _locate(("Davang", "", "AFG"))
    assert _drawn(named) == ("admin2", "parent", "davang")
    assert named.updates["admin1_code"].to_pylist() == ["AF.01"]
    assert [each.code for each in named.faults] == ["BM356"]


def test_nothing_is_drawn_finer_than_stated() -> None:
    named = _locate(*[("Termez", "", "UZB")] * 4, geo_precision=["country", "admin1", "near", "unknown"])
    assert named.updates["geo_precision"].to_pylist() == ["country", "admin1", "near", "settlement"]
    assert [bool(text) for text in named.updates["longitude"].to_pylist()] == [False, False, True, True]


def test_an_unknown_province_is_said_and_what_the_row_says_stays() -> None:
    named = _locate(("Termez", "Northern Front", "UZB"), ("Termez", "", ""), admin1_code=["", ""])
    assert [each.code for each in named.faults] == ["BM355"]
    assert named.updates["country"].to_pylist() == ["UZB", "UZB"]


def test_a_choice_settles_a_name_and_only_that_name() -> None:
    choices = {choice_key("Imam Sahib", "AFG", ""): "imam_sahib"}
    named = _locate(("Imam Sahib", "", "AFG"), ("Imam Sahib", "", ""), choices=choices)
    assert _drawn(named) == ("settlement", "gazetteer", "imam_sahib")
    assert named.table["outcome"].tolist() == ["ambiguous", "chosen"]
    with pytest.raises(InputError, match="imam_sahip"):
        _locate(("Imam Sahib", "", "AFG"), choices={choice_key("Imam Sahib", "AFG", ""): "imam_sahip"})


def test_each_distinct_name_is_one_row_of_the_table() -> None:
    rows = [("Termez", "", "UZB"), ("Qwrtzp", "", "AFG")] * 500
    named = _locate(*rows)
    assert named.table["n_rows"].tolist() == [500, 500]
    assert named.table["name"].tolist() == ["Qwrtzp", "Termez"], "what needs a choice comes first"
    assert named.located == 500 and named.is_located.sum() == 500


def test_only_the_rows_asked_for_are_touched() -> None:
    columns = {
        "location": pa.array(["Termez", "Qwrtzp", "Kabul city"]),
        "country": pa.array(["UZB", "AFG", "AFG"]),
    }
    named = locate(columns, np.array([2, 0]), {})
    assert named.updates["place_key"].to_pylist() == ["kabul", "termez"]
    empty = locate(columns, np.empty(0, dtype=np.int64), {})
    assert empty.located == 0 and empty.table.columns.tolist() == list(NAME_COLUMNS)


def test_rows_that_name_only_a_country_are_listed_there() -> None:
    named = _locate(("Afghanistan", "", "AFG"), ("", "", "AFG"), ("", "", ""))
    assert named.updates["geo_precision"].to_pylist() == ["country", "country", "unknown"]


@settings(max_examples=20)
@given(st.text(st.characters(codec="utf-8"), max_size=60), st.sampled_from(["", "AFG", "Balkh|", "\x00"]))
def test_whatever_a_row_says_it_gets_an_answer(text: str, other: str) -> None:
    named = _locate((text, other, "AFG"), (text, other, ""))
    assert len(named.updates["geo_precision"]) == 2
    for at in range(2):
        point = named.updates["longitude"][at].as_py()
        assert bool(point) == (named.updates["geo_precision"][at].as_py() in ("settlement", "near"))
    assert take_apart(text).near_km <= 100
