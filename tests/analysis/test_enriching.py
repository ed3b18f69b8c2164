"""What enriching adds, against known answers and against asking place by place."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import bordermap as bm
from bordermap.analysis.columns import COLUMNS
from bordermap.analysis.flat_columns import enriched_names, with_columns
from bordermap.errors import InputError
from bordermap.geometry.areas import area
from bordermap.geometry.borders import prepared, read_borders
from bordermap.geometry.countries import country_of
from bordermap.geometry.discs import circle
from bordermap.geometry.geodesy import destination, inverse
from bordermap.geometry.index import prepare
from bordermap.geometry.nearest import nearest_border
from bordermap.geometry.sides import side_of

AFG = prepared("AFG")
#: The interval of an area is found to this, and may be wider.
FOUND_KM = 0.05


def points(*places: tuple[float, float], **columns: object) -> gpd.GeoDataFrame:
    lon, lat = zip(*places, strict=True)
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def shapes(*geometries: object) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(geometries), crs=4326)


def random_points(count: int, seed: int = 2) -> gpd.GeoDataFrame:
    rng = np.random.default_rng(seed)
    return points(*zip(rng.uniform(60, 75, count), rng.uniform(29, 39, count), strict=True))


TERMEZ, HAIRATAN = (67.27833, 37.22417), (67.4241, 37.2214)


def test_known_distances() -> None:
    assert inverse(*HAIRATAN, *TERMEZ)[0][0] == pytest.approx(12.9, abs=0.05)
    found = bm.enrich(points(TERMEZ, HAIRATAN, (69.42126, 37.06588)), AFG)
    # Termez; Hairatan; Khwaja Ghar, which two methods put at 10.4 km on this line.
    assert found["border_distance_km"].round(1).tolist() == [4.0, 0.5, 10.4]
    assert found["border_signed_km"].round(1).tolist() == [4.0, -0.5, -10.4]
    assert found["border_pair"].tolist() == ["AFG-UZB", "AFG-UZB", "AFG-TJK"]
    assert found["country"].tolist() == ["UZB", "AFG", "AFG"]
    assert found["border_side"].tolist() == ["UZB", "AFG", "AFG"]
    assert found["border_mark"].tolist()[0] == "Termez"
    assert found["border_along_from"].tolist()[0] == "tripoint Afghanistan–Turkmenistan–Uzbekistan"


def test_every_column_is_there_and_nothing_that_came_in_is_changed() -> None:
    frame = points(TERMEZ, HAIRATAN, event_id=["a", "b"], country=["Uzbekistan", "Afghanistan"])
    frame.index = pd.Index([7, 3])
    before = frame.copy(deep=True)
    found = bm.enrich(frame, AFG)
    pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(before))
    assert found.index.tolist() == [7, 3]
    assert found["country"].tolist() == ["Uzbekistan", "Afghanistan"]
    assert found["located_country"].tolist() == ["UZB", "AFG"]
    assert set(COLUMNS) - {"country"} <= set(found.columns)


def test_enriching_twice_is_enriching_once() -> None:
    once = bm.enrich(points(TERMEZ, HAIRATAN, country=["x", "y"]), AFG)
    twice = bm.enrich(once, AFG)
    pd.testing.assert_frame_equal(pd.DataFrame(once), pd.DataFrame(twice[once.columns]))
    other = bm.enrich(once, prepared("TJK"))
    assert other["border_pair"].tolist() != once["border_pair"].tolist()


def test_the_answers_are_those_of_one_point_at_a_time() -> None:
    frame = random_points(400)
    found = bm.enrich(frame, AFG)
    lon, lat = frame.geometry.x.to_numpy(), frame.geometry.y.to_numpy()
    near = nearest_border(lon, lat, AFG)
    assert found["border_distance_km"].to_numpy() == pytest.approx(near.distance_km, abs=1e-9)
    assert found["border_pair"].tolist() == near.border_pair.tolist()
    assert found["country"].tolist() == country_of(lon, lat).tolist()
    to_foot = inverse(lon, lat, found["border_lon"], found["border_lat"])[0]
    assert to_foot == pytest.approx(found["border_distance_km"].to_numpy(), abs=1e-7)
    sides = side_of(lon, lat)
    inland = sides.country != ""
    assert found["border_side"].to_numpy()[inland].tolist() == sides.side[inland].tolist()


def test_the_order_of_rows_and_their_number_do_not_matter() -> None:
    frame = random_points(300)
    frame["radius_km"] = np.where(np.arange(300) % 3 == 0, 8.0, 0.0)
    found = bm.enrich(frame, AFG)
    turned = bm.enrich(frame.iloc[::-1], AFG).iloc[::-1]
    pd.testing.assert_frame_equal(
        pd.DataFrame(found).astype({name: "str" for name in found if name not in frame}),
        pd.DataFrame(turned).astype({name: "str" for name in found if name not in frame}),
    )
    doubled = bm.enrich(pd.concat([frame, frame], ignore_index=True), AFG)
    for name in COLUMNS:
        assert doubled[name].astype("str").tolist() == found[name].astype("str").tolist() * 2


def test_two_processes_give_the_same_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bordermap.analysis.measuring._PORTION", 100)
    frame = random_points(350)
    one, two = bm.enrich(frame, AFG), bm.enrich(frame, AFG, workers=2)
    pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(two))


@settings(max_examples=20, deadline=None)
@given(
    lon=st.floats(60, 75), lat=st.floats(29, 39), radius_km=st.floats(0.1, 40),
    places=st.lists(st.tuples(st.floats(0, 360), st.floats(0, 1)), min_size=8, max_size=8),
)  # fmt: skip
def test_the_interval_of_a_disc_holds_the_distance_of_every_place(
    lon: float, lat: float, radius_km: float, places: list[tuple[float, float]]
) -> None:
    found = bm.enrich(points((lon, lat), geo_precision=["near"], radius_km=[radius_km]), AFG).iloc[0]
    assert np.isnan(found["border_distance_km"]) and np.isnan(found["border_along_km"])
    turn, share = np.array(places).T
    there = destination(np.full(8, lon), np.full(8, lat), turn, radius_km * share)
    near = nearest_border(*there, AFG)
    assert (near.distance_km >= found["border_distance_low_km"] - 1e-9).all()
    assert (near.distance_km <= found["border_distance_high_km"] + 1e-9).all()
    assert set(near.border_pair) <= set(found["border_pairs"].split())
    if not np.isnan(found["border_along_low_km"]):
        assert (near.along_km >= found["border_along_low_km"] - 1e-6).all()
        assert (near.along_km <= found["border_along_high_km"] + 1e-6).all()


@pytest.mark.parametrize("code", ["AF.26", "AF.42", "TJ.02", "PK.03", "IR.41"])
def test_the_interval_of_an_area_holds_the_distance_of_every_place(code: str) -> None:
    shape = area(code)
    found = bm.enrich(shapes(shape), AFG).iloc[0]
    rng = np.random.default_rng(4)
    west, south, east, north = shape.bounds
    lon, lat = rng.uniform(west, east, 4000), rng.uniform(south, north, 4000)
    inside = shapely.contains_xy(shape, lon, lat)
    near = nearest_border(lon[inside], lat[inside], AFG)
    assert near.distance_km.min() >= found["border_distance_low_km"]
    assert near.distance_km.max() <= found["border_distance_high_km"]
    # Not so wide that it says nothing.
    assert found["border_distance_high_km"] < near.distance_km.max() * 1.05 + 5
    assert set(near.border_pair) <= set(found["border_pairs"].split())
    assert found["admin1_code"] == code and np.isnan(found["border_distance_km"])


def test_the_accuracy_of_the_line_widens_the_interval() -> None:
    found = bm.enrich(points(TERMEZ), AFG).iloc[0]
    assert found["border_distance_km"] - found["border_distance_low_km"] == pytest.approx(0.5)
    assert found["border_distance_high_km"] - found["border_distance_km"] == pytest.approx(0.5)
    assert bm.enrich(points((67.428, 37.229)), AFG)["border_side"].tolist() == ["undetermined"]


def test_a_point_that_stands_for_a_province_is_the_province() -> None:
    found = bm.enrich(points((69.5, 36.7), geo_precision=["admin1"]), AFG).iloc[0]
    assert found["border_basis"] == "shape" and found["admin1_code"] == "AF.26"
    assert found["border_distance_low_km"] == 0 and np.isnan(found["border_distance_km"])


def test_what_is_known_to_a_country_only_or_has_no_geometry_is_not_placed() -> None:
    frame = points(TERMEZ, TERMEZ, TERMEZ, geo_precision=["country", "unknown", "exact"])
    frame.loc[1, "geometry"] = None
    found = bm.enrich(frame, AFG)
    assert found["border_basis"].tolist() == ["none", "none", "point"]
    assert found["border_pairs"].tolist() == ["", "", "AFG-UZB"]
    assert found["border_distance_high_km"].isna().tolist() == [True, True, False]


def test_the_casebook_keeps_its_tables_and_gets_two() -> None:
    case = bm.read_casebook()
    found = bm.enrich(case, AFG)
    assert found.incidents is case.incidents and case.enriched.empty
    assert found.enriched["event_id"].tolist() == case.incidents["event_id"].tolist()
    termez = found.enriched.set_index("event_id").loc["UZ-20220705-TERMEZ"]
    assert termez["border_basis"] == "settlement" and round(termez["border_distance_km"], 1) == 4.0
    sherkhan = found.enriched.set_index("event_id").loc["TJ-20220514-SHERKHAN"]
    assert sherkhan["countries"] == "AFG", "the disc is drawn on the side of the province that is named"
    roles = found.enriched_locations.groupby("event_id")["role"].agg(set)
    assert {"origin", "target"} <= roles["UZ-20220418-TERMEZ"]
    assert len(found.enriched_locations) < len(case.locations), "what is not placed has no row"


def test_a_flat_dataset_has_one_place_an_incident(tmp_path: object) -> None:
    import pathlib

    path = pathlib.Path(str(tmp_path), "a.csv")
    path.write_text(
        "date,lat,lon,title,geo_precision,admin1_code,location_basis\n"
        "2022-04-18,37.22417,67.27833,a,settlement,,given\n2022-04-19,,,b,admin1,AF.26,parent\n2022-04-20,,,c,country,,\n"
    )
    found = bm.enrich(bm.read_incidents(path), AFG)
    assert found.enriched["border_basis"].tolist() == ["settlement", "shape", "none"]
    assert found.enriched["admin1_code"].tolist() == ["UZ.12", "AF.26", ""]
    assert found.enriched_locations["border_basis"].tolist() == ["settlement", "shape"]


def test_what_was_found_travels_as_columns_and_is_replaced_not_doubled() -> None:
    told = with_columns(bm.enrich(bm.read_casebook(), AFG))
    names = set(told.extras.columns)
    assert set(COLUMNS) - {"country", "admin1", "admin1_code"} <= names
    assert {"located_country", "origin_border_pairs", "impact_border_distance_high_km"} <= names
    again = with_columns(bm.enrich(told, prepared("TJK")))
    assert list(again.extras.columns) == list(told.extras.columns)
    assert set(again.extras.columns) <= {*enriched_names(), *bm.read_casebook().extras.columns, "event_id"}
    assert again.extras["border_pair"].tolist() != told.extras["border_pair"].tolist()


def test_any_border_of_the_world() -> None:
    kashmir = points((74.1, 34.4), (76.0, 35.2))
    found = bm.enrich(kashmir, bm.read_borders("IND-PAK"))
    assert found["border_line"].tolist()[0] == "IND-PAK:line-of-control"
    assert found["border_line_status"].tolist()[0] == "line_of_control"
    world = bm.enrich(points((103.9, 14.4), (2.1, 46.0)), bm.read_borders("world"))
    assert world["border_pair"].tolist()[0] == "KHM-THA"
    thailand = bm.enrich(points((103.9, 14.4)), bm.read_borders("THA-KHM"))
    assert thailand["border_distance_km"][0] == pytest.approx(world["border_distance_km"][0])


def test_the_minus_is_inside_the_country_that_was_asked_for() -> None:
    seen = {
        of: bm.enrich(points(HAIRATAN), bm.read_borders(of))["border_signed_km"][0] for of in ("AFG", "UZB")
    }
    assert seen["AFG"] < 0 < seen["UZB"]
    assert abs(seen["AFG"]) == pytest.approx(seen["UZB"])


def test_a_line_of_ones_own_has_a_left_and_a_right() -> None:
    line = gpd.GeoDataFrame(
        {"border_pair": ["fence"], "accuracy_m": [0.0]},
        geometry=[shapely.LineString([(67, 37), (68, 37), (68, 38)])], crs=4326,
    )  # fmt: skip
    found = bm.enrich(points((67.5, 37.1), (67.5, 36.9), (68.2, 36.8), (67.9, 37.1)), line)
    assert found["border_side"].tolist() == ["left", "right", "right", "left"]
    assert (np.sign(found["border_signed_km"]) == [-1, 1, 1, -1]).all()
    assert found["border_pair"].tolist() == ["fence"] * 4


def test_poles_the_antimeridian_and_the_far_side_of_the_earth() -> None:
    places = [(0, 90), (10, -90), (180, 10), (-180, 10), (-112.7, -34.1), (66.0, 34.0)]
    found = bm.enrich(points(*places), AFG)
    lon, lat = zip(*places, strict=True)
    near = nearest_border(lon, lat, AFG)
    assert found["border_distance_km"].to_numpy() == pytest.approx(near.distance_km, abs=1e-6)
    assert found["border_distance_km"][2] == pytest.approx(found["border_distance_km"][3], abs=1e-9)


def test_a_disc_wider_than_a_country() -> None:
    found = bm.enrich(points((69.2, 34.5), geo_precision=["near"], radius_km=[900.0]), AFG).iloc[0]
    assert {"AFG", "PAK", "TJK", "UZB"} <= set(found["countries"].split())
    assert found["border_pair"] == "" and len(found["border_pairs"].split()) == 6
    polygon = bm.enrich(shapes(circle(69.2, 34.5, 900.0)), AFG).iloc[0]
    assert polygon["border_pairs"] == found["border_pairs"]


def test_faults() -> None:
    with pytest.raises(InputError, match="no row of the incidents has a geometry") as error:
        bm.enrich(gpd.GeoDataFrame(geometry=[None, None], crs=4326), AFG)
    assert error.value.code == "BM560"
    with pytest.raises(InputError, match="there is no incident"):
        bm.enrich(gpd.GeoDataFrame(geometry=[], crs=4326), AFG)
    with pytest.raises(InputError, match="EPSG:32642") as error:
        bm.enrich(points(TERMEZ).to_crs(32642), AFG)
    assert (error.value.code, "to_crs" in error.value.hint) == ("BM561", True)
    with pytest.raises(InputError, match="no stated system"):
        bm.enrich(gpd.GeoDataFrame(geometry=[shapely.Point(1, 2)]), AFG)
    with pytest.raises(InputError) as error:
        bm.enrich(points(TERMEZ, border_distance_km=[1.0]), AFG)
    assert error.value.code == "BM562"
    with pytest.raises(InputError) as error:
        bm.enrich(points((500.0, 0.0)), AFG)
    assert error.value.code == "BM147"


def test_prepared_and_unprepared_borders_agree() -> None:
    frame = random_points(50)
    one, two = bm.enrich(frame, read_borders("AFG")), bm.enrich(frame, prepare(read_borders("AFG")))
    pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(two))
