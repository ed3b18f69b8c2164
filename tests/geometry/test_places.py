"""Every name that reports use finds its place, in any script; namesakes are told apart; nothing typed breaks it."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.catalog import data_path
from bordermap.errors import PlaceError
from bordermap.geometry import gazetteer
from bordermap.geometry.candidates import HOW
from bordermap.geometry.names import MAX_LENGTH, bare, latin, plain_key, search_key, sound
from bordermap.geometry.places import AREAL_KINDS, KINDS, find_places, place

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)  # surrogates, NUL and controls too


def _keys(query: str, **filters: str) -> list[str]:
    return [candidate.place_key for candidate in find_places(query, limit=1000, **filters)]


def _curated(checkout: Path, name: str) -> list[dict[str, str]]:
    with (checkout / "geodata" / "build" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# --- names that reports use -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("Termez", "termez"), ("Termiz", "termez"), ("Термез", "termez"), ("Тирмиз", "termez"),
        ("ترمذ", "termez"), ("TERMEZ", "termez"), ("Tirmuz", "termez"),
        ("Хайратон", "hairatan"), ("Ҳайратон", "hairatan"), ("Xayrotan", "hairatan"), ("حيرتان", "hairatan"),
        ("Khwaja Ghar", "khwaja_ghar"), ("Khojaghar", "khwaja_ghar"), ("Ходжагор", "khwaja_ghar"),
        ("خواجه‌غار", "khwaja_ghar"), ("Khwājah Ghār", "khwaja_ghar"), ("Xoja G‘or", "khwaja_ghar"),
        ("Mazar-i-Sharif", "mazar_i_sharif"), ("Mazar-e Sharif", "mazar_i_sharif"),
        ("mazar sharif", "mazar_i_sharif"), ("Мазари-Шариф", "mazar_i_sharif"), ("مزار شريف", "mazar_i_sharif"),
        ("Doʻstlik koʻprigi", "friendship_bridge"), ("Do'stlik ko'prigi", "friendship_bridge"),
        ("Do’stlik ko’prigi", "friendship_bridge"), ("Do‘stlik ko‘prigi", "friendship_bridge"),
        ("Кӯлоб", "kulob"), ("Кулоб", "kulob"), ("Қундуз", "kunduz"), ("Кундуз", "kunduz"),
        ("Панҷ", "panj"), ("Хоруғ", "khorog"), ("Хоруг", "khorog"),
        ("شَهر بُزُرگ", "shahr_e_buzurg"), ("شهر بزرگ", "shahr_e_buzurg"), ("كابل", "kabul"),
        ("Sher Khan Bandar", "sherkhan_bandar"), ("Шерхан-Бандар", "sherkhan_bandar"), ("Torkham", "torkham"),
        ("Torghundi", "torghundi"), ("Wakhan", "wakhan"), ("Panjshir", "panjshir"),
        ("Panjshir Valley", "panjshir"), ("ولایت پنجشیر", "panjshir"), ("AF.42", "panjshir"),
        ("Takhar Province", "admin1:AF.26"), ("Bazarak, Panjshir", "bazarak"), ("Afghanistan", "country:AFG"), ("AFG", "country:AFG"),
    ],
)  # fmt: skip
def test_a_name_as_reports_write_it_comes_first(query: str, key: str) -> None:
    assert _keys(query)[0] == key


def test_every_curated_name_finds_its_own_place(checkout: Path) -> None:
    rows = _curated(checkout, "gazetteer_names.csv")
    lost = [(row["place_key"], row["name"]) for row in rows if row["place_key"] not in _keys(row["name"])]
    assert not lost
    assert len(rows) > 400


def test_every_curated_place_is_found_by_its_main_name(checkout: Path) -> None:
    for row in _curated(checkout, "gazetteer_places.csv"):
        found = place(row["place_key"])
        assert (found.name, found.kind, found.country) == (row["name"], row["kind"], row["country"])
        assert row["place_key"] in _keys(row["name"])
        if row["lon"]:
            assert (str(found.lon), str(found.lat)) == (str(float(row["lon"])), str(float(row["lat"])))


@pytest.mark.parametrize(
    ("query", "key", "how"),
    [
        ("Termez", "termez", "exact name"),
        ("Termiz", "termez", "alternative name"),
        ("Термез", "termez", "other script"),
        ("Хайротон", "hairatan", "transliteration"),
        ("Khvaja Gar", "khwaja_ghar", "transliteration"),
        ("Hyratan", "hairatan", "similar spelling"),
        ("حیرتن", "hairatan", "similar spelling"),
        ("UZB", "country:UZB", "code"),
    ],
)
def test_it_says_how_a_name_matched(query: str, key: str, how: str) -> None:
    first = find_places(query).candidates[0]
    assert (first.place_key, first.how) == (key, how)
    assert (first.score == 100.0) == (how not in ("transliteration", "similar spelling"))
    assert find_places(query).how == how


def test_unverified_spellings_say_so() -> None:
    first = find_places("Khairaton").candidates[0]
    assert (first.place_key, first.matched_source) == ("hairatan", "unverified")


# --- namesakes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("Ishkashim", {"ishkashim_af", "ishkashim_tj"}),
        ("Ишкашим", {"ishkashim_af", "ishkashim_tj"}),
        ("Imam Sahib", {"imam_sahib", "imam_sahib_1422278", "imam_sahib_1142546", "imam_sahib_district"}),
        ("Имам-Сахиб", {"imam_sahib", "imam_sahib_1422278", "imam_sahib_1142546"}),
        ("Bazarak", {"bazarak", "bazarak_villages"}),
        ("بازارک", {"bazarak", "bazarak_villages"}),
        ("Toghay", {"toghay_villages", "hazara_toghai"}),
        ("Vishkharv", {"vishkharv", "vishkharv_vanj", "viskharv_darvoz"}),
        ("Вишхарв", {"vishkharv", "vishkharv_vanj", "viskharv_darvoz"}),
        ("Khojaghar", {"khwaja_ghar", "khwaja_ghar_1136236", "khwaja_ghar_1136239"}),
        ("Friendship Bridge", {"friendship_bridge", "darvoz_bridge"}),
        ("Kunduz", {"kunduz", "admin1:AF.24"}),
        ("Tashkent", {"tashkent", "tashkent_1512655", "admin1:UZ.13"}),
        ("Khirmanjo", {"khirmanjo", "post_khirmanjo"}),
        ("Fakhrobod", {"fakhrobod", "fakhrobod_village"}),
    ],
)
def test_namesakes_all_come_and_are_called_ambiguous(query: str, keys: set[str]) -> None:
    found = find_places(query)
    assert keys <= {candidate.place_key for candidate in found}
    assert found.ambiguous
    assert find_places(query, limit=1).ambiguous, "a limit must not hide that there are more"


def test_a_name_of_one_place_is_not_ambiguous() -> None:
    found = find_places("Хайратон")
    assert (found.ambiguous, found.total, len(found)) == (False, 1, 1)


def test_the_filters_tell_namesakes_apart() -> None:
    assert _keys("Ishkashim", country="TJK") == ["ishkashim_tj"]
    assert _keys("Ishkashim", country="tjk") == ["ishkashim_tj"]
    assert _keys("Ishkashim (Tajikistan)", country="TJK") == ["ishkashim_tj"]
    assert _keys("Kunduz", kind="admin1") == ["admin1:AF.24"]
    assert "friendship_bridge" in _keys("Friendship Bridge", country="UZB")
    assert "friendship_bridge" in _keys("Friendship Bridge", country="AFG")


# --- places -----------------------------------------------------------------------------------------------------


def test_places_that_the_map_needs() -> None:
    assert (place("termez").lon, place("termez").lat) == (67.27833, 37.22417)
    assert (place("tashkent").lon, place("tashkent").lat) == (69.21627, 41.26465)
    assert (place("panjshir").kind, place("panjshir").admin1_code) == ("admin1", "AF.42")
    assert (place("bazarak").admin1_code, place("bazarak").lon) == ("AF.42", 69.51519)
    assert place("panjshir").kind in AREAL_KINDS


@pytest.mark.parametrize(
    "key", ["davang", "ruzvayak", "harbmaidon", "termez_training_ground", "termez_majnuntol"]
)
def test_a_place_without_coordinates_says_so(key: str) -> None:
    found = place(key)
    assert (found.lon, found.lat) == (None, None)
    assert "No coordinate" in found.note


def test_an_unknown_key_is_a_place_error_with_a_hint() -> None:
    with pytest.raises(PlaceError) as caught:
        place("atlantis")
    assert "atlantis" in str(caught.value) and "bordermap places" in caught.value.hint


def test_namibia_is_not_null() -> None:
    assert place("country:NAM").name == "Namibia"
    assert find_places("Windhoek").candidates[0].country == "NAM"


def test_panjshir_and_daykundi_do_not_bear_the_names_of_their_old_provinces() -> None:
    # Natural Earth calls both by the province that they were split from.
    assert "panjshir" not in _keys("Parwan") and "panjshir" not in _keys("Парван")
    assert "daykundi" not in _keys("Uruzgan")
    assert _keys("Daykundi") == ["daykundi"]


def test_every_first_order_area_of_afghanistan_is_there() -> None:
    codes = {
        found.admin1_code for found in _all_places() if found.kind == "admin1" and found.country == "AFG"
    }
    assert len(codes) == 34


# --- the shipped tables -----------------------------------------------------------------------------------------


def _all_places() -> list[gazetteer.Place]:
    rows = data_path(gazetteer.PLACES).read_bytes().count(b"\n") - 1
    return [gazetteer.place_at(row) for row in range(1, rows + 1)]


def test_every_place_is_whole() -> None:
    found = _all_places()
    assert len(found) > 37_000
    assert len({one.place_key for one in found}) == len(found)
    for one in found:
        assert one.kind in KINDS
        assert all(len(code) == 3 and code.isupper() for code in one.countries), one
        assert (one.lon is None) == (one.lat is None)
        assert one.lon is None or (-180 <= one.lon <= 180 and -90 <= (one.lat or 0) <= 90)
        assert one.source


def test_names_are_sorted_and_folded_as_the_search_folds() -> None:
    lines = data_path(gazetteer.NAMES).read_text(encoding="utf-8").splitlines()[1:]
    assert lines == sorted(lines)
    for line in lines[::37]:
        folded, _, written, _, _ = line.split("\t")
        assert search_key(written or folded.capitalize()) == folded


def test_no_latin_key_stands_behind_another_script() -> None:
    assert all(key[0].isascii() for key in gazetteer.keys(latin=True))
    assert not any(key[0].isascii() for key in gazetteer.keys(latin=False))


# --- whatever is typed ------------------------------------------------------------------------------------------


@given(ANY_TEXT)
def test_any_query_gives_candidates_or_a_place_error(query: str) -> None:
    try:
        found = find_places(query)
    except PlaceError as error:
        assert error.hint
    else:
        assert all(candidate.how in HOW and 0 < candidate.score <= 100 for candidate in found)
        assert list(found) == sorted(found, key=lambda candidate: HOW.index(candidate.how))


@pytest.mark.parametrize(
    "query",
    ["x" * 10_000, "Хайратон " * 2_000, "Termez\x00", "\u202eTermez\u202c", "(.*)[a-z]+$\\", "Termez\ud800",
     "%s %d {0}", "\tTermez\n", "Термез'; DROP TABLE places;--"],
)  # fmt: skip
def test_hostile_queries_end_well(query: str) -> None:
    started = time.perf_counter()
    find_places(query)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("query", ["", " ", "\x00", "!?", "‌", "'", "\ud800"])
def test_a_query_without_letters_is_a_place_error(query: str) -> None:
    with pytest.raises(PlaceError, match="no letter or digit"):
        find_places(query)


def test_marks_and_controls_in_a_query_do_not_hide_its_place() -> None:
    assert _keys("\u200fحیرتان\u200f") == _keys("حیرتان") == ["hairatan"]
    assert _keys("Ter\x00mez")[0] == "termez"


@pytest.mark.parametrize(
    "filters", [{"country": "AF"}, {"country": ""}, {"country": "\x00"}, {"kind": "planet"}, {"limit": 0}]
)
def test_a_filter_that_does_not_exist_is_a_place_error(filters: dict[str, object]) -> None:
    with pytest.raises(PlaceError) as caught:
        find_places("Termez", **filters)  # type: ignore[arg-type]
    assert caught.value.hint


def test_no_match_names_the_nearest_spellings() -> None:
    found = find_places("Qwrtzp")
    assert not found.candidates and not found.ambiguous and found.nearest


@given(ANY_TEXT)
def test_folding_again_changes_nothing(text: str) -> None:
    for fold in (plain_key, search_key):
        once = fold(text)
        assert fold(once) == once
    assert len(plain_key(text)) <= 20 * MAX_LENGTH


@given(ANY_TEXT)
def test_transliterations_are_plain_latin(text: str) -> None:
    assert latin(text).isascii()
    assert sound(latin(text)).isascii()
    assert bare(text) == text or bare(text)


# --- speed ------------------------------------------------------------------------------------------------------


def test_a_lookup_loads_no_frames_and_is_quick() -> None:
    program = (
        "import sys, time; t = time.perf_counter()\n"
        "from bordermap.geometry.places import find_places\n"
        "find_places('Хайратон'); exact = time.perf_counter() - t; t = time.perf_counter()\n"
        "find_places('Хайротоон'); print(exact, time.perf_counter() - t)\n"
        "print([m for m in ('numpy', 'pandas', 'geopandas', 'shapely', 'folium') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    times, loaded = done.stdout.splitlines()
    exact, similar = map(float, times.split())
    # Generous bounds: this guards against a full read, not against a busy machine.
    assert exact < 1 and similar < 5
    assert loaded == "[]"
