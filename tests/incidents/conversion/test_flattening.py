"""The flat table of a casebook: nothing invented, nothing finer than it was, what does not fit said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bordermap.codebook import POINT_LIKE
from bordermap.incidents.casebook import read_casebook
from bordermap.incidents.conversion.flattening import flatten
from bordermap.incidents.conversion.standing import is_single
from bordermap.incidents.flat import FLAT
from bordermap.incidents.stores.names import inner_name, is_ours, outer_name

from support.casebooks import casebook_of, cells, claim, small, with_claims
from support.flats import casebook_of_rows

AREA = {
    "event_id": "e", "incident_type": "other", "title": "t", "date_start": "2022-01-01", "date_precision": "day",
    "geo_precision": "admin1", "location_basis": "given", "shape": "admin1:AF.30", "admin1_code": "AF.30",
}  # fmt: skip
CODED = {"representative_longitude": "67.1", "representative_latitude": "36.7"}


def test_one_row_an_incident_in_the_casebooks_order() -> None:
    casebook = read_casebook()
    flat = flatten(casebook)
    assert flat["event_id"].tolist() == casebook.incidents["event_id"].tolist()
    representative = {"representative_longitude", "representative_latitude"}
    assert list(flat.columns)[: len(FLAT.names) - 2] == [
        name for name in FLAT.names if name not in representative
    ]
    assert not flat.isna().any().any()


def test_areal_places_never_get_coordinates() -> None:
    flat = flatten(read_casebook())
    areal = ~flat["geo_precision"].isin(POINT_LIKE)
    assert areal.sum() == 11
    assert not flat.loc[areal, ["longitude", "latitude"]].any().any()
    assert not [name for name in flat.columns if name.startswith("representative")]


def test_representative_points_come_only_when_asked_for_and_say_whose_they_are() -> None:
    flat = flatten(read_casebook(), representative_points=True)
    drawn = flat["shape"] != ""
    assert set(flat.loc[drawn, "representative_point"]) == {"innermost"}
    assert not flat.loc[~drawn, "representative_longitude"].any()
    coder = flatten(casebook_of_rows([AREA | CODED]), representative_points=True).iloc[0]
    assert (coder["representative_longitude"], coder["representative_point"]) == ("67.1", "coder")


def test_a_sources_own_coordinates_wait_too_where_they_are_the_representative_point() -> None:
    extras = [{"event_id": "e", "latitude": "36.7", "other": "36.7"}]
    flat = flatten(casebook_of_rows([AREA | CODED], extras))
    assert flat["source_latitude"].tolist() == [""]
    assert flat["other"].tolist() == ["36.7"]


def test_figures_on_which_claims_differ_are_left_empty_and_none_are_added() -> None:
    tables = with_claims(claim("C1", "uz-mfa", "reports"), claim("C2", "rferl", "reports"))
    tables["particulars"] = [
        cells("claim_id=C1 what=killed side=a best=2"),
        cells("claim_id=C2 what=killed side=a best=3"),
        cells("claim_id=C1 what=wounded best=5"),
        cells("claim_id=C2 what=wounded best=5"),
    ]
    row = flatten(casebook_of(tables)).iloc[0]
    assert (row["fatalities_a"], row["fatalities_best"], row["wounded"]) == ("", "", "5")


def test_the_status_stands_beside_with_its_words_and_the_claims_are_counted() -> None:
    tables = with_claims(claim("C1", "iskp", "claims_responsibility"), claim("C2", "uz-mfa", "denies"))
    row = flatten(casebook_of(tables)).iloc[0]
    assert row["status"] == "disputed" and "Uzbek" in row["status_words"]
    assert (row["claim_count"], row["denial_count"], row["source_count"]) == ("2", "1", "1")


def test_what_the_location_leaves_open_its_place_tells() -> None:
    row = flatten(casebook_of(small())).iloc[0]
    assert (row["location"], row["longitude"], row["country"], row["role"]) == (
        "Termez",
        "67.278",
        "UZB",
        "target",
    )


def test_a_datasets_rows_come_back_as_they_were() -> None:
    row = AREA | {"actor1": "A group", "source": "A paper; Another", "source_url": "https://a.org https://b.org",
                  "source_date": "2022-01", "fatalities_low": "1", "fatalities_best": "2", "fatalities_a": "0"}  # fmt: skip
    casebook = casebook_of_rows([row])
    assert is_single(casebook)
    flat = flatten(casebook).iloc[0]
    assert {name: flat[name] for name in row} == row


@given(
    st.text("sourcetilecaoyphd_", max_size=30)
    | st.sampled_from(FLAT.names).map(lambda name: f"source_{name}")
)
def test_names_of_a_source_never_meet_ours_and_come_back(name: str) -> None:
    assert not is_ours(outer_name(name))
    assert inner_name(outer_name(name)) == name
