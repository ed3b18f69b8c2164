"""A flat row becomes an incident with one claim, and nothing of the row is lost or added."""

from __future__ import annotations

from bordermap.incidents.figures import figures
from bordermap.incidents.status import derive_status
from bordermap.incidents.tables import TABLES

from support.flat_cases import TERMEZ, flat_casebook


def test_a_row_is_reported_and_never_more() -> None:
    case = flat_casebook({"title": "shots", "actor1": "Group A", **TERMEZ}, {"actor1": "Group A"})
    status = derive_status(case)
    assert status["status"].tolist() == ["reported", "reported"]
    assert status["unattributed"].tolist() == [True, True]  # a table whose makers are not known is no voice
    assert case.parties["name"].tolist() == ["A table", "Group A"]
    assert case.claims["attributed_to"].tolist() == ["actor-1", "actor-1"]
    assert case.claims["stance"].unique().tolist() == ["reports"]


def test_every_table_has_all_its_columns_and_every_claim_a_source() -> None:
    case = flat_casebook({"source": "A; B"}, {}, {"source": "B", "source_url": "https://example.org/b"})
    for name, table in TABLES.items():
        assert getattr(case, name).columns.tolist() == list(table.names)
    titles = dict(zip(case.sources["source_id"], case.sources["title"], strict=True))
    told = [(claim, titles[source]) for claim, source in case.claim_sources[["claim_id", "source_id"]].values]
    assert told == [("E1", "A"), ("E1", "B"), ("E2", "A table"), ("E3", "B")]
    assert case.sources["url"].tolist() == ["", "", "", "https://example.org/b"]


def test_as_many_addresses_as_sources_belong_together_and_others_stand_alone() -> None:
    urls = "https://example.org/1 https://example.org/2"
    case = flat_casebook({"source": "A; B", "source_url": urls}, {"source": "A", "source_url": urls})
    rows = list(zip(case.sources["title"], case.sources["url"], strict=True))
    assert rows[:2] == [("A", "https://example.org/1"), ("B", "https://example.org/2")]
    assert rows[2:] == [("A", ""), ("", "https://example.org/1"), ("", "https://example.org/2")]


def test_empty_is_unknown_and_nought_is_reported_none() -> None:
    case = flat_casebook({"fatalities_best": "0", "fatalities_civilians": "2"}, {}, {"wounded": "3"})
    told = figures(case)
    assert list(zip(told["event_id"], told["what"], told["side"], told["text"], strict=True)) == [
        ("E1", "killed", "", "0"), ("E1", "killed", "civilians", "2"), ("E3", "wounded", "", "3"),
    ]  # fmt: skip


def test_rows_that_name_one_place_share_it() -> None:
    there = {"location": "Darwaz", "country": "AFG", "admin1": "Badakhshan", "geo_precision": "admin2"}
    case = flat_casebook(there, there, {"location": "Darwaz"})
    assert case.locations["place_id"].tolist() == ["place-1", "place-1", ""]
    assert case.places[["name", "kind", "country", "admin1"]].values.tolist() == [
        ["Darwaz", "admin2", "AFG", "Badakhshan"]
    ]


def test_an_undated_row_says_so_and_what_no_table_holds_stays_in_the_extras() -> None:
    case = flat_casebook(
        {"actor2": "Group B", "representative_longitude": "67.1"}, {"date_start": "2022-04-18"}
    )
    assert case.incidents["date_precision"].tolist() == ["unknown", ""]
    assert case.extras.columns.tolist() == ["event_id", "actor2", "representative_longitude"]
    assert case.extras["actor2"].tolist() == ["Group B", ""]


def test_no_row_at_all_is_an_empty_casebook() -> None:
    case = flat_casebook()
    assert case.incidents.empty and case.claims.empty and len(case.parties) == 1
