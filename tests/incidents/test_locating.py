"""The one rule that picks the place that stands for an incident."""

from __future__ import annotations

import pandas as pd
import pytest

from bordermap.codebook import DRAWN
from bordermap.incidents.casebook import read_casebook
from bordermap.incidents.locating import shape_of, stand
from bordermap.incidents.voices import derive_votes

from support.casebooks import Tables, casebook_of, cells, claim, with_claims


def standing(tables: Tables) -> dict[str, str]:
    case = casebook_of(tables)
    row = stand(case, derive_votes(case)).to_dict("records")[0]
    return {str(key): str(value) for key, value in row.items()}


def located(*locations: str) -> Tables:
    """Claims 1 (authority), 2 (newsroom), 3 (owner) and 4 (posts), with locations ``claim role precision place``."""
    claims = [
        claim("1", "uz-mfa", "reports"), claim("2", "rferl", "reports"),
        claim("3", "iskp", "claims_responsibility"), claim("4", "posts", "reports"),
    ]  # fmt: skip
    tables = with_claims(*claims)
    tables["locations"] = [
        cells("location_id=base claim_id=4 role=origin geo_precision=country place_id=uzb")
    ]
    for number, text in enumerate(locations):
        by, role, precision, place = text.split()
        basis = "parent" if precision.startswith("admin") else "given"
        tables["locations"].append(
            cells(
                f"location_id=L{number} claim_id={by} role={role} geo_precision={precision} place_id={place} location_basis={basis}"
            )
        )
    return tables


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        ("4 target near termez", "4 origin exact hairatan"),  # where it ended before where it started
        ("1 scene admin1 balkh", "1 origin settlement hairatan"),
        ("2 impact near termez", "1 impact admin1 balkh"),  # a point before an area
        ("1 target near termez", "2 impact exact termez"),  # authority, independent, owner
        ("2 target near termez", "3 impact exact termez"),
        ("3 origin admin1 balkh", "4 impact exact termez"),  # a voice before none
        ("1 impact near termez", "1 scene exact termez"),  # the order of roles
        ("1 scene near termez", "1 target exact termez"),
        ("1 crossing near termez", "1 origin exact termez"),
        ("1 impact exact termez", "1 impact settlement termez"),  # the finer precision
        ("1 impact settlement termez", "1 impact near termez"),
        ("1 impact admin2 kaldar", "1 impact admin1 balkh"),
        ("1 impact border_stretch line", "1 impact admin2 kaldar"),  # a district drawn as its province
    ],
)
def test_each_step_of_the_order(winner: str, loser: str) -> None:
    assert standing(located(winner, loser))["location_id"] == "L0"
    assert standing(located(loser, winner))["location_id"] == "L1"


def test_the_earlier_row_wins_where_all_else_is_equal() -> None:
    assert standing(located("1 impact near termez", "1 impact near hairatan"))["location_id"] == "L0"


def test_candidates_words_and_areas_without_a_shape_never_stand() -> None:
    tables = located("1 impact settlement termez", "1 impact area north", "4 origin admin1 balkh")
    for basis in ("candidate", "none"):
        tables["locations"][1]["location_basis"] = basis
        found = standing(tables)
        assert (found["location_id"], found["precision"]) == ("L2", "admin1")


def test_what_cannot_be_drawn_is_listed_by_the_country_where_it_ended() -> None:
    tables = located()
    tables["locations"] = [
        cells("location_id=L1 claim_id=1 role=origin geo_precision=country place_id=afg"),
        cells("location_id=L2 claim_id=2 role=impact geo_precision=country place_id=uzb"),
    ]
    assert {key: value for key, value in standing(tables).items() if value} == {
        "event_id": "E1", "precision": "country", "country": "UZB",
    }  # fmt: skip
    tables["locations"][1] |= {"location_basis": "candidate"}
    assert standing(tables)["country"] == "AFG"
    tables["locations"] = [cells("location_id=L1 claim_id=1 role=scene geo_precision=unknown")]
    assert {key: value for key, value in standing(tables).items() if value} == {
        "event_id": "E1",
        "precision": "unknown",
    }


def test_a_place_without_coordinates_draws_its_parents_area_and_says_whose() -> None:
    tables = located("1 scene admin2 davang")
    tables["places"] += [
        cells("place_id=davang name=Davang kind=settlement country=AFG parent_place_id=kaldar")
    ]
    found = standing(tables)
    assert (found["place_id"], found["shape"], found["shape_place_id"]) == ("davang", "admin1:AF.30", "balkh")
    assert found["country"] == ""


def test_a_circle_of_parents_ends() -> None:
    row = {"shape": "", "admin1_code": ""}
    places = {"a": row | {"parent_place_id": "b"}, "b": row | {"parent_place_id": "a"}}
    assert shape_of(places, "a", "admin2") == ("", "")


def test_only_districts_and_provinces_fall_back_to_their_code() -> None:
    place = {"p": {"shape": "", "admin1_code": "AF.30", "parent_place_id": ""}}
    shapes = {precision: shape_of(place, "p", precision)[0] for precision in DRAWN}
    assert {precision for precision, shape in shapes.items() if shape} == {"admin1", "admin2"}


def test_every_bundled_incident_stands_somewhere_or_is_listed() -> None:
    case = read_casebook()
    found = stand(case, derive_votes(case))
    assert found["event_id"].tolist() == case.incidents["event_id"].tolist()
    drawn = found[found["location_id"] != ""]
    listed = found[found["location_id"] == ""]
    assert drawn["precision"].isin(DRAWN).all() and (drawn["country"] == "").all()
    assert listed["precision"].isin(["country", "unknown"]).all()
    assert (listed["country"] != "")[listed["precision"] == "country"].all()
    rows = pd.merge(drawn, case.locations, on="location_id")
    assert len(rows) == len(drawn)
    assert (rows["precision"] == rows["geo_precision"]).all()
    assert not rows["location_basis"].isin(["candidate", "none"]).any()
