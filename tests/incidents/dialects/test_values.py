"""Values as people write them: dates, numbers, degrees and countries, known answers and properties."""

from __future__ import annotations

import struct
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.codebook import DATE_PRECISIONS
from bordermap.geometry.countries import country_names
from bordermap.geometry.depth import is_deep
from bordermap.incidents.dialects.values import country_codes, degrees, iso_dates, numbers, text_of
from bordermap.incidents.dialects.written_geometry import read_geometry, read_pairs
from bordermap.incidents.readers.layer import TEXT


def column(*values: str) -> pa.Array:
    return pa.array(values, TEXT)


DATES = [
    ("2022-04-18", "2022-04-18", "", "day"),
    ("2022/4/18", "2022-04-18", "", "day"),
    ("20220418", "2022-04-18", "", "day"),
    ("18.04.2022", "2022-04-18", "", "day"),
    ("18/04/2022", "2022-04-18", "", "day"),
    ("04/18/2022", "2022-04-18", "", "day"),
    ("18.04.22", "2022-04-18", "", "day"),
    ("9-May-20", "2020-05-09", "", "day"),
    ("9-May-97", "1997-05-09", "", "day"),
    ("01-January-2015", "2015-01-01", "", "day"),
    ("18 April 2022", "2022-04-18", "", "day"),
    ("18th of April, 2022", "2022-04-18", "", "day"),
    ("April 18, 2022", "2022-04-18", "", "day"),
    ("Monday, 18 April 2022", "2022-04-18", "", "day"),
    ("2022 April 18", "2022-04-18", "", "day"),
    ("18 апреля 2022 г.", "2022-04-18", "", "day"),
    ("18 мая 2022", "2022-05-18", "", "day"),
    ("18 нояб. 2022", "2022-11-18", "", "day"),
    ("18 avril 2022", "2022-04-18", "", "day"),
    ("18 de abril de 2022", "2022-04-18", "", "day"),
    ("18. März 2022", "2022-03-18", "", "day"),
    ("۱۸ اپریل ۲۰۲۲", "2022-04-18", "", "day"),
    ("۲۰۲۲-۰۴-۱۸", "2022-04-18", "", "day"),
    ("2022-04", "2022-04-01", "2022-04-30", "month"),
    ("April 2022", "2022-04-01", "2022-04-30", "month"),
    ("февраль 2024", "2024-02-01", "2024-02-29", "month"),
    ("04/2022", "2022-04-01", "2022-04-30", "month"),
    ("2022-04-00", "2022-04-01", "2022-04-30", "month"),
    ("2022", "2022-01-01", "2022-12-31", "year"),
    ("2022-00-00", "2022-01-01", "2022-12-31", "year"),
    ("2022-W16", "2022-04-18", "2022-04-24", "week"),
    ("16–17 July 2022", "2022-07-16", "2022-07-17", "days"),
    ("2022-07-16/2022-07-17", "2022-07-16", "2022-07-17", "days"),
    ("16 July 2022 - 2 August 2022", "2022-07-16", "2022-08-02", "days"),
    ("2022-04-18T16:20", "2022-04-18T16:20", "", "minute"),
    ("2022-04-18 16:20:33.250", "2022-04-18T16:20", "", "minute"),
    ("2022-04-18T16:20:33Z", "2022-04-18T16:20", "", "minute"),
    ("2022-04-18T16:20:33+05:00", "2022-04-18T16:20", "", "minute"),
    ("18/04/2022 4:20 PM", "2022-04-18T16:20", "", "minute"),
    ("18 April 2022, 16:20", "2022-04-18T16:20", "", "minute"),
    ("18.04.2022 в 16:20", "2022-04-18T16:20", "", "minute"),
    ("20220418162033", "2022-04-18T16:20", "", "minute"),
    ("2022-04-18T00:00:00", "2022-04-18", "", "day"),
    ("", "", "", "unknown"),
]


@pytest.mark.parametrize(("written", "start", "end", "precision"), DATES)
def test_dates_as_people_write_them(written: str, start: str, end: str, precision: str) -> None:
    found = iso_dates(column(written))
    assert (found.start[0].as_py(), found.end[0].as_py(), found.precision[0].as_py()) == (
        start,
        end,
        precision,
    )
    assert not found.bad.any() and not found.ambiguous.any()


@pytest.mark.parametrize(
    "written",
    ["2022-02-30", "30.02.2022", "soon", "0", "2022-13-01", "1401-01-29", "۱۴۰۱/۰۱/۲۹", "99999999", "1650276000",
     "2022-04-18 25:00", "18:20", "c. 2022", "30 Feb 2022", "1/2", "2022-04-18 13:00 PM", "44669", "x" * 500],
)  # fmt: skip
def test_what_is_no_date_is_told(written: str) -> None:
    found = iso_dates(column(written))
    assert found.bad.tolist() == [True] and found.start[0].as_py() == ""


def test_a_part_over_twelve_settles_the_order_for_the_whole_column() -> None:
    found = iso_dates(column("05/04/2022", "18/04/2022", "2022-05-04"))
    assert found.start.to_pylist() == ["2022-04-05", "2022-04-18", "2022-05-04"] and found.order == "dmy"
    assert iso_dates(column("05/04/2022", "04/18/2022")).start.to_pylist() == ["2022-05-04", "2022-04-18"]


def test_an_order_that_nothing_settles_is_asked_for() -> None:
    found = iso_dates(column("05/04/2022", "05/05/2022", "2022-04-05"))
    assert found.ambiguous.tolist() == [True, False, False]
    assert found.start.to_pylist() == ["", "2022-05-05", "2022-04-05"]
    assert iso_dates(column("05/04/2022"), order="dmy").start.to_pylist() == ["2022-04-05"]
    assert iso_dates(column("05/04/2022"), order="mdy").start.to_pylist() == ["2022-05-04"]


def test_a_slip_against_a_clear_order_is_bad_and_an_even_contradiction_is_asked() -> None:
    clear = iso_dates(column(*["18/04/2022"] * 30, "04/25/2022", "05/04/2022"))
    assert clear.bad.sum() == 1 and clear.start[31].as_py() == "2022-04-05"
    even = iso_dates(column("18/04/2022", "04/25/2022", "05/04/2022"))
    assert even.ambiguous.tolist() == [False, False, True]
    assert iso_dates(column("04/25/2022"), order="dmy").bad.tolist() == [True]


def test_years_first_with_two_digits_only_when_said() -> None:
    assert iso_dates(column("20-05-09")).ambiguous.tolist() == [True]
    assert iso_dates(column("20-05-09"), order="ymd").start.to_pylist() == ["2020-05-09"]


def test_midnight_is_a_time_only_beside_other_times() -> None:
    found = iso_dates(column("2022-04-18 00:00:00", "2022-04-19 16:20:00"))
    assert found.start.to_pylist() == ["2022-04-18T00:00", "2022-04-19T16:20"]


def test_spreadsheet_days_only_where_said() -> None:
    assert iso_dates(column("44669", "44669.5"), serials=True).start.to_pylist() == ["2022-04-18"] * 2


@settings(max_examples=50)
@given(st.lists(st.text(max_size=30), max_size=5), st.sampled_from(["", "dmy", "mdy", "ymd"]), st.booleans())
def test_dates_never_raise(values: list[str], order: str, serials: bool) -> None:
    found = iso_dates(pa.array(values, TEXT), order=order, serials=serials)
    assert len(found.start) == len(found.end) == len(found.bad) == len(found.ambiguous) == len(values)
    assert set(found.precision.to_pylist()) <= set(DATE_PRECISIONS)
    for start, bad, doubtful in zip(found.start.to_pylist(), found.bad, found.ambiguous, strict=True):
        assert not start or not (bad or doubtful)


_FORMATS = ["%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%Y-%m-%dT00:00:00"]


@settings(max_examples=50)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(_FORMATS))
def test_every_day_comes_back(day: date, form: str) -> None:
    assert iso_dates(column(day.strftime(form))).start.to_pylist() == [day.isoformat()]


@settings(max_examples=50)
@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from("/.-"), st.booleans())
def test_every_day_in_figures_comes_back_in_its_order(day: date, sign: str, day_first: bool) -> None:
    form, order = ("%d{0}%m{0}%Y", "dmy") if day_first else ("%m{0}%d{0}%Y", "mdy")
    for each in (form, form.replace("%Y", "%y")):
        written = column(day.strftime(each.format(sign)))
        assert iso_dates(written, order=order).start.to_pylist() == [day.isoformat()]


def test_chunks_and_many_rows_are_one_column() -> None:
    days = [(date(2020, 1, 1) + timedelta(days=at % 900)).isoformat() for at in range(5000)]
    parts = pa.chunked_array([pa.array(days[:100], TEXT), pa.array(days[100:], TEXT)])
    assert iso_dates(parts).start.to_pylist() == days


def test_numbers_in_several_spellings() -> None:
    values, bad = numbers(column("3", " 3.5 ", "+4", "−5", "1e3", "1 234", "1,234.5", "1'234'567", "۱۲", ""))
    assert values[:-1].tolist() == [3, 3.5, 4, -5, 1000, 1234, 1234.5, 1234567, 12] and np.isnan(values[-1])
    assert not bad.any()
    values, bad = numbers(column("3,5", "1.234,5", "1 234,5", "7", "0,25", "12.75"), decimal=",")
    assert values.tolist() == [3.5, 1234.5, 1234.5, 7, 0.25, 12.75] and not bad.any()


@pytest.mark.parametrize(
    "written", ["about 3", "3,5", "1,234", "nan", "inf", "-inf", "3-4", "1e999", "0x10", "1_000"]
)
def test_what_is_no_number_is_told(written: str) -> None:
    values, bad = numbers(column(written))
    assert np.isnan(values[0]) and bad.tolist() == [True]


def test_a_group_that_may_be_decimals_is_no_number_in_either_spelling() -> None:
    assert numbers(column("1.234"), decimal=",")[1].tolist() == [True]
    assert numbers(column("1.234"))[0].tolist() == [1.234]


_NUMBERS = st.floats(-1e9, 1e9).map(lambda value: round(value, 4))


@settings(max_examples=50)
@given(st.lists(_NUMBERS, max_size=6), st.sampled_from(".,"))
def test_numbers_come_back_through_their_text(values: list[float], decimal: str) -> None:
    texts = text_of(np.array(values, dtype=float))
    assert numbers(texts)[0].tolist() == values
    spelled = pa.array([f"{value:.4f}".replace(".", decimal) for value in values], TEXT)
    found, bad = numbers(spelled, decimal=decimal)
    assert found.tolist() == values and not bad.any()


@settings(max_examples=50)
@given(st.lists(st.text(max_size=20), max_size=5), st.sampled_from(".,"))
def test_numbers_never_raise(values: list[str], decimal: str) -> None:
    found, bad = numbers(pa.array(values, TEXT), decimal=decimal)
    assert np.isfinite(found[~np.isnan(found)]).all() and len(bad) == len(values)
    assert not (bad & np.isfinite(found)).any()


LATITUDES = [
    "37.22416667", "37,22416667", "37.22416667°", "37°13'27\"N", "37°13′27″ N", "37º13'27''", "37 13 27 N",
    "N37 13 27", "371327N", "37d13m27s", "37 deg 13 min 27 sec north", "37-13-27N", "37:13:27", "37.13.27",
    "37° 13' 27\" с.ш.", "37°13,45' с. ш.", "N37°13.45'", "۳۷٫۲۲۴۱۶۶۶۷", " 37.22416667 ", "37.22416667 n",
]  # fmt: skip


@pytest.mark.parametrize("written", LATITUDES)
def test_degrees_in_many_spellings(written: str) -> None:
    values, bad = degrees(column(written), "latitude")
    assert values[0] == pytest.approx(37.224166667, abs=1e-7) and not bad.any()


def test_directions_have_signs_and_belong_to_one_axis() -> None:
    assert degrees(column("12°30'S", "−12.5", "12,5 ю.ш."), "latitude")[0].tolist() == [-12.5] * 3
    assert degrees(column("0671642E", "67°16'42\" в.д.", "67,2783333 E"), "longitude")[0] == pytest.approx(
        [67.27833333] * 3, abs=1e-7
    )
    assert degrees(column("W 67.5", "67.5 з.д."), "longitude")[0].tolist() == [-67.5] * 2


@pytest.mark.parametrize("written", ["67E", "37°60'", "37°13'60\"", "-37N", "abc", "37.5°13'", "N", "-", "nan", "inf",
                                     "37.2, 67.3", "NN37"])  # fmt: skip
def test_what_is_no_latitude_is_told(written: str) -> None:
    values, bad = degrees(column(written), "latitude")
    assert np.isnan(values[0]) and bad.tolist() == [True]


_FORMS = [
    "{d}°{m}'{s:.2f}\"{h}",
    "{h}{d} {m} {s:.2f}",
    "{d}d{m}m{s:.2f}s{h}",
    "{d:03}{m:02}{s:05.2f}{h}",
    "{d}:{m}:{s:.2f} {h}",
]


@settings(max_examples=50)
@given(st.floats(-179.99, 179.99), st.sampled_from(_FORMS))
def test_degrees_minutes_and_seconds_come_back(value: float, form: str) -> None:
    hundredths = round(abs(value) * 360_000)
    whole, rest = divmod(hundredths, 360_000)
    minutes, seconds = divmod(rest, 6_000)
    letter = "W" if value < 0 else "E"
    written = form.format(d=whole, m=minutes, s=seconds / 100, h=letter)
    found, bad = degrees(column(written), "longitude")
    assert not bad.any() and found[0] == pytest.approx(value, abs=2e-6)


@settings(max_examples=50)
@given(st.lists(st.text(max_size=20), max_size=4))
def test_degrees_never_raise(values: list[str]) -> None:
    found, bad = degrees(pa.array(values, TEXT), "latitude")
    assert len(found) == len(bad) == len(values)


def test_countries_by_code_and_name() -> None:
    written = {
        "NA": "NAM", "na": "NAM", "UZ": "UZB", "uzb": "UZB", "4": "AFG", "004": "AFG", "762.0": "TJK",
        "Afghanistan": "AFG", "Kyrgyz Republic": "KGZ", "DR Congo (Zaire)": "COD", "Russia (Soviet Union)": "RUS",
        "Iran (Islamic Republic of)": "IRN", "Côte d'Ivoire": "CIV", "Bosnia-Herzegovina": "BIH",
        "Democratic Republic of Congo": "COD", "Republic of Congo": "COG", "eSwatini": "SWZ", "Türkiye": "TUR",
        "United States of America": "USA", "The Gambia": "GMB", "Viet Nam": "VNM", "Palestine": "PSE",
        "West Bank and Gaza Strip": "PSE", "Myanmar (Burma)": "MMR", "Таджикистан": "TJK", "Афганистан": "AFG",
        "Тоҷикистон": "TJK", "افغانستان": "AFG", "پاکستان": "PAK", "Usbekistan": "UZB", " Turkmenistan ": "TKM",
        "": "", "Atlantis": "", "999": "", "Afghanistan/Tajikistan": "",
    }  # fmt: skip
    codes, bad = country_codes(column(*written))
    assert codes.to_pylist() == list(written.values())
    assert bad.tolist() == [bool(word) and not code for word, code in written.items()]


def test_every_country_of_ours_is_known_by_name_and_code() -> None:
    for code, name in country_names().items():
        assert country_codes(column(code, name))[0].to_pylist() == [code, code]


def test_numbers_of_other_lists_are_no_countries() -> None:
    assert country_codes(column("700"), numeric=False)[1].tolist() == [True]


def test_pairs_and_their_order() -> None:
    for written in ("37.2, 67.3", "(37.2; 67.3)", "37,2 67,3", "37.2 67.3", "37.2/67.3", "[37.2,67.3]"):
        first, second, bad, order = read_pairs(column(written))
        assert (first[0], second[0], bad[0], order) == (37.2, 67.3, False, ""), written
    assert read_pairs(column("37°12'N, 67°18'E"))[3] == "latlon"
    assert read_pairs(column("67°18'00\"E 37°12'00\"N"))[3] == "lonlat"
    assert read_pairs(column("37.2, 101.5", "37.2, 67.3"))[3] == "latlon"
    assert read_pairs(column("somewhere", ""), "latlon")[2].tolist() == [True, False]


def test_geometry_in_cells() -> None:
    hexed = "0101000000" + "0000000000C05040" + "0000000000A04240"
    written = column("POINT (67 37.25)", "SRID=4326;POINT(67 37.25)", hexed,
                     '{"type": "Point", "coordinates": [67, 37.25]}', "POLYGON ((0 0, 1 0, 1 1, 0 0))", "POINT (", "")  # fmt: skip
    lon, lat, shape, bad = read_geometry(written)
    assert lon[:4].tolist() == [67] * 4 and lat[:4].tolist() == [37.25] * 4
    assert shape is not None and shape[4].as_py().startswith("wkt:POLYGON")
    assert bad.tolist() == [False] * 5 + [True, False]


@settings(max_examples=50)
@given(st.lists(st.text(max_size=25), max_size=4))
def test_geometry_and_pairs_never_raise(values: list[str]) -> None:
    assert len(read_geometry(pa.array(values, TEXT))[3]) == len(values)
    assert len(read_pairs(pa.array(values, TEXT))[2]) == len(values)


def _nested(depth: int, order: str, code: int) -> bytes:
    sign = b"\x01" if order == "<" else b"\x00"
    point = sign + struct.pack(f"{order}Idd", 1, 67.0, 37.0)
    return (sign + struct.pack(f"{order}II", code, 1)) * depth + point


@pytest.mark.parametrize(("order", "code"), [("<", 7), (">", 7), ("<", 1007), (">", 3007), ("<", 0x80000007)])
def test_geometries_too_deep_in_each_other_are_refused_and_others_are_not(order: str, code: int) -> None:
    assert is_deep(_nested(100_000, order, code)) and not is_deep(_nested(50, order, code))
    padded = _nested(1, order, code)[:9].replace(struct.pack(f"{order}I", 1), struct.pack(f"{order}I", 2))
    point = _nested(0, order, code)
    assert is_deep((padded + point) * 50_000 + point)


def test_large_geometries_of_any_shape_are_not_taken_for_deep_ones() -> None:
    many = shapely.MultiPoint(np.round(np.random.default_rng(1).uniform(-90, 90, (20_000, 2)), 1))
    parts = shapely.MultiPolygon([shapely.box(x, 0, x + 0.5, 1) for x in range(2000)])
    tree = shapely.GeometryCollection([shapely.MultiPoint([(x, x)]) for x in range(500)])
    for shape in (many, parts, tree):
        for order in (0, 1):
            assert not is_deep(shapely.to_wkb(shape, byte_order=order))
            assert not is_deep(shapely.to_wkb(shape, byte_order=order, include_srid=True))


def test_deep_geometry_in_a_cell_is_no_geometry() -> None:
    deep = ["GEOMETRYCOLLECTION (" * 200_000, _nested(200_000, "<", 7).hex(), '{"geometries": [' * 200_000]
    assert read_geometry(pa.array(deep, TEXT))[3].all()
