"""Any table: columns found by name, what is asked and what is said, how finely places may be claimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.incidents.dialects.distinct import whole
from bordermap.incidents.dialects.generic import map_generic
from bordermap.incidents.dialects.spellings import is_personal, meanings, our_columns, spellings
from bordermap.incidents.flat import FLAT, Mapped
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import Geometry, Layer, text_table


def layer(columns: Mapping[str, Sequence[str]], **others: Any) -> Layer:
    return Layer(
        "a.csv", "csv", text_table({name: list(values) for name, values in columns.items()}), **others
    )


def mapped(rows: Mapping[str, Sequence[str]], /, **options: Any) -> Mapped:
    return map_generic(layer(rows), ReadOptions(**options))


def row(found: Mapped, at: int = 0) -> dict[str, str]:
    return {name: value for name, column in found.columns.items() if (value := whole(column)[at].as_py())}


HEADERS = [
    ("Latitude", "Longitude", "Date"),
    ("lat", "lon", "event_date"),
    ("LAT_DD", "LONG_DD", "Incident Date"),
    ("y", "x", "day"),
    ("POINT_Y", "POINT_X", "Date_From"),
    ("Lat.", "Long.", "DATE"),
    ("lat (WGS84)", "lng (WGS84)", "Start Date"),
    ("Широта", "Долгота", "Дата события"),
    ("latitud", "longitud", "fecha"),
    ("Breitengrad", "Längengrad", "Datum"),
    ("Latitude (°)", "Longitude (°)", "when"),
    ("_gps_latitude", "_gps_longitude", "start"),
    ("_a/Place of it_latitude", "_a/Place of it_longitude", "Date of incident"),
    ("decimalLatitude", "decimalLongitude", "eventDate"),
    ("عرض جغرافیایی", "طول جغرافیایی", "تاریخ"),
    ("location.lat", "location.lng", "occurred_at"),
    ("kenglik", "uzunlik", "sana"),
    ("#geo+lat", "#geo+lon", "#date+occurred"),
    ("Lat [dd]", "Long [dd]", "Date (YYYY-MM-DD)"),
    ("Latitude WGS84", "Longitude WGS84", "Date of incident"),
]


@pytest.mark.parametrize(("lat", "lon", "day"), HEADERS)
def test_coordinates_and_dates_under_their_usual_names(lat: str, lon: str, day: str) -> None:
    found = mapped({lat: ["37.22417"], lon: ["67.27833"], day: ["2022-04-18"]})
    assert row(found)["latitude"] == "37.22417" and row(found)["longitude"] == "67.27833"
    assert row(found)["date_start"] == "2022-04-18"
    assert found.used["latitude"] == (lat,) and found.used["date_start"] == (day,)


def test_milliseconds_since_1970_are_dates_and_said() -> None:
    columns = {"lat": ["37.2", "37.3"], "lon": ["67.2", "67.3"]}
    found = mapped({**columns, "date": ["1650298800000", ""]})
    assert row(found)["date_start"] == "2022-04-18T16:20"
    assert any("milliseconds since 1970, in UTC" in note for note in found.notes)
    days = mapped({**columns, "date": ["1650240000000", "1651968000000"]})
    assert row(days)["date_start"] == "2022-04-18" and row(days, 1)["date_start"] == "2022-05-08"


def test_a_row_in_full() -> None:
    found = mapped(
        {
            "No": ["007"], "Date": ["18 April 2022"], "Time": ["16:20"], "Headline": ["rocket fire"],
            "Type": ["Cross-border fire"], "Village": ["Termez"], "District": ["d"], "Province": ["Surxondaryo"],
            "Country": ["NA"], "Lat": ["37.22417"], "Lon": ["67.27833"], "Killed": ["0"], "Injured": ["2"],
            "Perpetrator": ["a group"], "Source": ["an agency"], "Link": ["https://example.org/1"],
            "Remarks": ["none"], "Colour": ["red"],
        }
    )  # fmt: skip
    assert row(found) == {
        "event_id": "007", "date_start": "2022-04-18T16:20", "date_precision": "minute", "date_basis": "event",
        "title": "rocket fire", "incident_type": "cross_border_fire", "event_type": "Cross-border fire",
        "location": "Termez", "admin2": "d", "admin1": "Surxondaryo", "country": "NAM", "latitude": "37.22417",
        "longitude": "67.27833", "geo_precision": "exact", "location_basis": "given", "fatalities_best": "0",
        "wounded": "2", "actor1": "a group", "source": "an agency", "source_url": "https://example.org/1",
        "notes": "none",
    }  # fmt: skip
    assert "Colour" in found.kept and "Lat" not in found.kept and "Date" in found.kept
    assert not found.faults


def test_named_columns_win_and_an_empty_name_means_none() -> None:
    columns = {"a": ["37.22417"], "lat": ["1"], "lon": ["67.27833"], "name": ["x"]}
    assert row(mapped(columns, columns={"latitude": "a"}))["latitude"] == "37.22417"
    assert "event_type" not in mapped({**columns, "type": ["y"]}, columns={"event_type": ""}).columns
    assert row(mapped({"q": ["2022-04-18"], **columns}, columns={"date": "q"}))["date_start"] == "2022-04-18"


ASKED: list[tuple[str, dict[str, list[str]], dict[str, Any], str]] = [
    ("BM280", {"id": ["1"], "text": ["x"]}, {}, "id, text"),
    ("BM280", {"latitude": ["37"], "text": ["x"]}, {}, "only latitude was found"),
    ("BM281", {"lat": ["37"], "lon": ["67"], "date": ["05/04/2022"]}, {}, "--date-order dmy"),
    ("BM282", {"lat": ["37"], "latitude": ["38"], "lon": ["67"]}, {}, "--column latitude=lat"),
    ("BM283", {"lat": ["37"], "lon": ["67"]}, {"columns": {"latitude": "LAT"}}, "Did you mean 'lat'?"),
    ("BM284", {"lat": ["37"], "lon": ["67"]}, {"columns": {"latitud": "lat"}}, "Did you mean 'latitude'?"),
    ("BM285", {"Easting": ["361234"], "Northing": ["4121876"]}, {}, "--src-crs EPSG:32642"),
    ("BM286", {"Easting": ["361234"], "Northing": ["4121876"]}, {"source_crs": "UTM42"}, "--src-crs"),
    ("BM287", {"coordinates": ["37.2, 67.3"]}, {}, "--column latlon=coordinates"),
]


@pytest.mark.parametrize(("code", "columns", "options", "said"), ASKED)
def test_what_is_not_clear_is_asked(
    code: str, columns: dict[str, list[str]], options: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError) as caught:
        mapped(columns, **options)
    assert caught.value.code == code and said in f"{caught.value} {caught.value.hint}"


def test_two_latitudes_that_say_the_same_are_one() -> None:
    found = mapped({"lat": ["37.22417"], "latitude": ["37.22417"], "lon": ["67.27833"]})
    assert row(found)["latitude"] == "37.22417" and any("say the same" in note for note in found.notes)


def test_plain_x_and_y_stand_back_behind_named_degrees() -> None:
    found = mapped({"X": ["361234"], "Y": ["4121876"], "Lat": ["37.22417"], "Long": ["67.27833"]})
    assert found.used["latitude"] == ("Lat",) and {"X", "Y"} <= set(found.kept)


def test_both_coordinates_in_one_column() -> None:
    assert row(mapped({"lat, lon": ["37.22417, 67.27833"]}))["longitude"] == "67.27833"
    assert (
        row(mapped({"coordinates": ["37.2, 67.3"]}, columns={"lonlat": "coordinates"}))["latitude"] == "67.3"
    )
    assert row(mapped({"GPS": ["37°12'N 67°18'E"]}))["longitude"] == "67.3"


def test_projected_coordinates_with_their_system() -> None:
    for east, north in (("Easting", "Northing"), ("UTM_E", "UTM_N"), ("x", "y")):
        found = row(mapped({east: ["361234.5"], north: ["4121876.2"]}, source_crs="EPSG:32642"))
        assert float(found["longitude"]) == pytest.approx(67.43568, abs=1e-5)
        assert float(found["latitude"]) == pytest.approx(37.23309, abs=1e-5)
        assert found["geo_precision"] == "exact"


PRECISE = [
    (("37.22417", "67.27833"), ("exact", "")), (("37.2", "67.27833"), ("exact", "")),
    (("37.22", "67.28"), ("near", "1")), (("37.2", "67.3"), ("near", "8")), (("37", "67"), ("near", "80")),
    (("37.20", "67.30"), ("near", "8")), (("37°13'", "67°16'"), ("near", "2")),
    (("37°13'27\"", "67°16'42\""), ("exact", "")), (("37° N", "67° E"), ("near", "80")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "claimed"), PRECISE)
def test_few_figures_claim_little(written: tuple[str, str], claimed: tuple[str, str]) -> None:
    found = row(mapped({"lat": [written[0]], "lon": [written[1]]}))
    assert (found["geo_precision"], found.get("radius_km", "")) == claimed


def test_a_stated_precision_or_radius_wins() -> None:
    place = {"lat": ["37.22417"], "lon": ["67.27833"]}
    assert row(mapped({**place, "precision": ["Village"]}))["geo_precision"] == "settlement"
    near = row(mapped({**place, "accuracy_m": ["3000"]}))
    assert (near["geo_precision"], near["radius_km"]) == ("near", "3")
    unknown = row(mapped({**place, "geo_precision": ["7"]}))
    assert (unknown["geo_precision"], unknown["radius_km"]) == ("near", "25")
    assert unknown["source_geo_precision"] == "7"


def test_the_point_of_an_area_is_no_location() -> None:
    found = row(mapped({"lat": ["37.22417"], "lon": ["67.27833"], "geo_precision": ["admin1"]}))
    assert "latitude" not in found and found["representative_latitude"] == "37.22417"
    assert (found["geo_precision"], found["location_basis"]) == ("admin1", "parent")


def test_names_without_coordinates_are_left_to_the_gazetteer() -> None:
    found = mapped({"place": ["Termez", "", ""], "country": ["UZ", "UZ", ""], "date": ["2022-04-18"] * 3})
    assert [row(found, at).get("geo_precision") for at in range(3)] == [None, "country", "unknown"]
    assert row(found)["location"] == "Termez" and "latitude" not in found.columns
    assert row(mapped({"name": ["Termez"]})).get("location") == "Termez"


def test_dates_in_parts_and_spans() -> None:
    place = {"lat": ["37.22417"] * 3, "lon": ["67.27833"] * 3}
    found = mapped({**place, "Year": ["2022"] * 3, "Month": ["4", "May", ""], "Day": ["18", "0", "3"]})
    assert whole(found.columns["date_start"]).to_pylist() == ["2022-04-18", "2022-05-01", "2022-01-01"]
    assert whole(found.columns["date_precision"]).to_pylist() == ["day", "month", "year"]
    span = mapped({"start": ["13.05.2022"], "end": ["05.06.2022"], "lat": ["1.2345"], "lon": ["2.3456"]})
    assert (row(span)["date_start"], row(span)["date_end"], row(span)["date_precision"]) == (
        "2022-05-13", "2022-06-05", "days",
    )  # fmt: skip


def test_only_the_day_of_the_report_is_said_to_be_that() -> None:
    found = mapped({"lat": ["37.22417"], "lon": ["67.27833"], "published": ["2022-04-18"]})
    assert row(found)["date_basis"] == "report" and any("reported" in note for note in found.notes)


def test_no_date_at_all_is_said() -> None:
    found = mapped({"lat": ["37.22417"], "lon": ["67.27833"]})
    assert row(found)["date_precision"] == "unknown" and any("undated" in note for note in found.notes)


def test_faults_name_the_row_and_the_column() -> None:
    found = mapped(
        {
            "lat": ["x", "37.2", "NA", "1"], "lon": ["67", "67.3", "NA", "1"],
            "date": ["2022-01-01", "soon", "2022-01-01", ""], "time": ["8:30", "", "at night", ""],
            "killed": ["several", "1.5", "-3", "n/a"], "country": ["Atlantis", "", "", ""],
        }
    )  # fmt: skip
    told = {(each.code, each.column): each.rows.tolist() for each in found.faults}
    assert told == {
        ("BM158", "lat"): [0], ("BM154", "date"): [1], ("BM291", "time"): [2],
        ("BM305", "killed"): [0, 1, 2], ("BM323", "country"): [0],
    }  # fmt: skip
    assert "fatalities_best" in found.columns and not any(whole(found.columns["fatalities_best"]).to_pylist())
    assert any("count as empty: 3" in note for note in found.notes)


def test_decimal_commas() -> None:
    found = row(
        mapped({"Широта": ["37,2242"], "Долгота": ["67,2783"], "Погибло": ["1.234.567"]}, decimal=",")
    )
    assert (found["latitude"], found["fatalities_best"]) == ("37.2242", "1234567")


def test_addresses_are_parted_by_spaces() -> None:
    found = mapped(
        {"lat": ["1.2345"], "lon": ["2.3456"], "url": ["https://example.org/a; https://example.org/b"]}
    )
    assert row(found)["source_url"] == "https://example.org/a https://example.org/b"


def test_people_are_told_of_and_never_used() -> None:
    found = mapped(
        {"lat": ["1.2345"], "lon": ["2.3456"], "victim_name": ["x"], "Телефон": ["1"], "title": ["t"]}
    )
    assert {"victim_name", "Телефон"} <= set(found.kept)
    assert not {"victim_name", "Телефон"} & {each for names in found.used.values() for each in names}


def test_no_spelling_of_ours_is_about_people() -> None:
    assert not [key for key in spellings() if is_personal(key.partition(">")[0])]


def test_geometry_of_the_layer_is_left_to_whoever_reads_it() -> None:
    shapes = [shapely.Point(67.27833, 37.22417), shapely.box(67, 37, 68, 38), None, shapely.Point(67.3, 37.2)]
    wkb = pa.chunked_array(
        [pa.array([shapely.to_wkb(each) if each else None for each in shapes], pa.large_binary())]
    )
    rows = layer({"name": ["a", "b", "c", "d"]}, geometry=Geometry(wkb, "EPSG:4326"))
    found = map_generic(rows, ReadOptions())
    assert "longitude" not in found.columns and "shape" not in found.columns
    assert [row(found, at).get("geo_precision") for at in range(4)] == ["exact", "area", "unknown", "near"]
    assert row(found)["title"] == "a"


def test_a_projected_layer_is_as_exact_as_its_metres() -> None:
    wkb = pa.chunked_array([pa.array([shapely.to_wkb(shapely.Point(361234, 4121876))], pa.large_binary())])
    found = map_generic(layer({"id": ["1"]}, geometry=Geometry(wkb, "EPSG:32642")), ReadOptions())
    assert row(found)["geo_precision"] == "exact"


def test_geometry_as_text() -> None:
    found = mapped({"wkt": ["POINT (67.27833 37.22417)", "POLYGON ((0 0, 1 0, 1 1, 0 0))", "junk"]})
    assert row(found)["latitude"] == "37.22417"
    assert row(found, 1)["geo_precision"] == "area" and row(found, 1)["shape"].startswith("wkt:POLYGON")
    assert [(each.code, each.rows.tolist()) for each in found.faults] == [("BM158", [2])]


def test_every_spelling_leads_to_one_of_our_columns() -> None:
    made = {"name", "pair", "latlon", "lonlat", "geometry", "easting", "northing", "year", "month",
            "day_of_month", "time", "time_precision", "radius_m"}  # fmt: skip
    assert set(our_columns()) - set(FLAT.names) == made
    assert not meanings("a column of no meaning")


_NAMES = st.sampled_from(
    ["lat", "lon", "date", "time", "place", "country", "killed", "wkt", "coords", "type", "url", "year", "month",
     "geo_precision", "radius_km", "easting", "northing", "name", "province", "end", "other"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.dictionaries(_NAMES, st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=8))
def test_whatever_stands_there_a_table_is_mapped_or_refused_in_words(columns: dict[str, list[str]]) -> None:
    try:
        found = map_generic(layer(columns), ReadOptions(date_order="dmy", source_crs="EPSG:32642"))
    except InputError as error:
        assert error.code.startswith("BM28") and error.hint
        return
    assert set(found.columns) <= set(FLAT.names)
    assert all(len(column) == 2 and column.null_count == 0 for column in found.columns.values())
    for each in found.faults:
        assert set(each.rows.tolist()) <= {0, 1}
    assert set(found.kept) <= set(columns)


def test_an_empty_table_is_a_table() -> None:
    assert np.size(whole(mapped({"lat": [], "lon": [], "date": [], "killed": []}).columns["title"])) == 0


def test_a_name_that_states_the_order_of_the_date_settles_it() -> None:
    place = {"lat": ["1.2345"], "lon": ["2.3456"]}
    assert row(mapped({**place, "Date (DD/MM/YYYY)": ["05/04/2022"]}))["date_start"] == "2022-04-05"
    assert row(mapped({**place, "Date (mm/dd/yyyy)": ["05/04/2022"]}))["date_start"] == "2022-05-04"


def test_start_and_end_of_a_form_are_not_those_of_the_incident() -> None:
    place = {"lat": ["1.2345"], "lon": ["2.3456"]}
    form = mapped(
        {"start": ["2022-05-01"], "end": ["2022-05-01"], "Date of incident": ["2022-04-18"], **place}
    )
    assert (row(form)["date_start"], row(form).get("date_end")) == ("2022-04-18", None)
    assert row(mapped({"from": ["2022-04-18"], "to": ["2022-04-20"], **place}))["date_end"] == "2022-04-20"


def test_a_point_of_a_survey_form() -> None:
    found = row(mapped({"gps": ["37.22417 67.27833 310.5 4.9"]}, columns={"latlon": "gps"}))
    assert (found["latitude"], found["longitude"]) == ("37.22417", "67.27833")


def test_a_lonely_latitude_beside_names_is_told() -> None:
    found = mapped({"lat": ["37.22417"], "place": ["Termez"]})
    assert any("only latitude was found" in note for note in found.notes)


PERSONAL = ["victim_name", "Names of victims", "First Name", "surname", "phone", "Tel.", "e-mail", "EmailAddress", "home address",
            "Passport No", "ФИО", "Фамилия", "Телефон", "date_of_birth", "nombre_apellido", "contactName"]  # fmt: skip
IMPERSONAL = ["place names", "victims", "event_name", "group_name", "oblast_name", "name", "title", "location", "source_name",
              "automobile", "Имя объекта", "notes", "telegram", "people_killed"]  # fmt: skip


def test_columns_about_people_are_known_by_name() -> None:
    assert all(map(is_personal, PERSONAL)), [name for name in PERSONAL if not is_personal(name)]
    assert not any(map(is_personal, IMPERSONAL)), [name for name in IMPERSONAL if is_personal(name)]


def test_columns_that_lie_elsewhere_than_the_geometry_are_told() -> None:
    points = shapely.to_wkb(shapely.points([[67.28, 37.22], [67.28, 37.22], [67.28, 37.22], [179.9999, 0.5]]))
    geometry = Geometry(pa.chunked_array([pa.array(points, type=pa.large_binary())]), "EPSG:4326")
    rows = {"lat": ["38.5", "37.2204", "", "0.5"], "lon": ["68.7", "67.2796", "", "-179.9999"]}
    told = [
        note
        for note in map_generic(layer(rows, geometry=geometry), ReadOptions()).notes
        if "elsewhere" in note
    ]
    assert told == ["rows whose lat and lon lie elsewhere than their geometry, which is taken: 1"]
    metres = {"y": ["4121876"] * 4, "x": ["361234"] * 4}
    notes = map_generic(layer(metres, geometry=geometry), ReadOptions()).notes
    assert not any("elsewhere" in note for note in notes)


def test_a_sum_below_the_rows_is_told() -> None:
    rows = {"id": ["1", "2", "3", "Total"], "date": ["2022-04-18", "", "x", ""], "place": ["", "Termez", "", ""],
            "killed": ["2", "1", "0", "3"]}  # fmt: skip
    told = [each.rows.tolist() for each in mapped(rows).faults if each.code == "BM297"]
    assert told == [[3]]
    assert not [each for each in mapped({"country": ["Tajikistan"]}).faults if each.code == "BM297"]
