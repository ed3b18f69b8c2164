"""Links join only what one statement says; rings stand only round an origin whose calibre the same statement gives."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

import bordermap as bm
from bordermap.analysis.claimed import claimed_links, placed_locations
from bordermap.analysis.drawn import draw_locations
from bordermap.analysis.ranges import published_range, range_rings
from bordermap.codebook import POINT_LIKE


@pytest.fixture(scope="module")
def case() -> bm.Casebook:
    return bm.read_casebook()


def append(folder: Path, table: str, **values: str) -> None:
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream))
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, fieldnames=header, lineterminator="\n").writerow(
            dict.fromkeys(header, "") | values
        )


def add_claim(
    folder: Path, *, claim: str, statement: str, about: str, value: str = "", **location: str
) -> None:
    read = bm.read_casebook(folder)
    append(
        folder, "claims", claim_id=claim, event_id=str(read.incidents["event_id"].iloc[0]), statement_id=statement,
        party_id=str(read.parties["party_id"].iloc[0]), stance="reports", about=about, value=value,
        date_start="2022-04-18", summary="Said so.",
    )  # fmt: skip
    source = str(read.sources["source_id"].iloc[0])
    append(folder, "claim_sources", claim_id=claim, source_id=source, relation="original")
    if location:
        append(
            folder,
            "locations",
            location_id=f"{claim}-place",
            claim_id=claim,
            location_basis="gazetteer",
            **location,
        )


def test_every_link_starts_at_an_origin_and_ends_where_the_same_statement_says(case: bm.Casebook) -> None:
    statement = dict(zip(case.claims["claim_id"], case.claims["statement_id"], strict=True))
    placed = placed_locations(case)
    assert set(placed["geo_precision"]) <= set(POINT_LIKE)
    links = claimed_links(case)
    assert len(links)
    for row in links.itertuples():
        same = placed[placed["statement_id"] == statement[row.claim_id]]
        assert "origin" in set(same["role"]) and row.role in ("impact", "target")
        assert row.role in set(same["role"])


def test_two_statements_are_never_joined(own_casebook: Path) -> None:
    before = len(claimed_links(bm.read_casebook(own_casebook)))
    add_claim(
        own_casebook,
        claim="n1",
        statement="s1",
        about="launch",
        role="origin",
        geo_precision="settlement",
        place_id="hairatan",
    )
    add_claim(
        own_casebook,
        claim="n2",
        statement="s2",
        about="impact",
        role="impact",
        geo_precision="settlement",
        place_id="termez",
    )
    assert len(claimed_links(bm.read_casebook(own_casebook))) == before
    add_claim(
        own_casebook,
        claim="n3",
        statement="s1",
        about="impact",
        role="impact",
        geo_precision="settlement",
        place_id="termez",
    )
    assert len(claimed_links(bm.read_casebook(own_casebook))) == before + 1


def test_a_ring_needs_calibre_and_origin_from_one_statement(own_casebook: Path) -> None:
    before = len(range_rings(bm.read_casebook(own_casebook)))
    origin = {"role": "origin", "geo_precision": "settlement", "place_id": "hairatan"}
    add_claim(own_casebook, claim="r1", statement="ring", about="launch", **origin)
    add_claim(own_casebook, claim="r2", statement="other", about="means", value="107 mm rockets")
    assert len(range_rings(bm.read_casebook(own_casebook))) == before
    add_claim(own_casebook, claim="r3", statement="ring", about="means", value="107 mm rockets")
    found = range_rings(bm.read_casebook(own_casebook))
    assert len(found) == before + 1
    assert found["max_km"].iloc[-1] == 8.5


def test_no_ring_round_an_impact_or_a_district(own_casebook: Path) -> None:
    before = len(range_rings(bm.read_casebook(own_casebook)))
    add_claim(own_casebook, claim="i1", statement="imp", about="means", value="122 mm")
    add_claim(
        own_casebook,
        claim="i2",
        statement="imp",
        about="impact",
        role="impact",
        geo_precision="settlement",
        place_id="termez",
    )
    add_claim(
        own_casebook,
        claim="i3",
        statement="imp",
        about="launch",
        role="origin",
        geo_precision="admin2",
        place_id="khwaja_ghar_district",
    )
    assert len(range_rings(bm.read_casebook(own_casebook))) == before


@pytest.mark.parametrize("label", ['"Katyusha" rockets', "Grad", "BM-1 rockets", "bullets", ""])
def test_press_labels_are_no_calibre(label: str) -> None:
    assert published_range(label) is None


def test_claims_without_a_statement_are_not_one_statement(own_casebook: Path) -> None:
    before = bm.read_casebook(own_casebook)
    place = {"geo_precision": "settlement"}
    add_claim(
        own_casebook, claim="e1", statement="", about="launch", role="origin", place_id="hairatan", **place
    )
    add_claim(
        own_casebook, claim="e2", statement="", about="impact", role="impact", place_id="termez", **place
    )
    add_claim(own_casebook, claim="e3", statement="", about="means", value="107 mm")
    after = bm.read_casebook(own_casebook)
    assert len(claimed_links(after)) == len(claimed_links(before))
    assert len(range_rings(after)) == len(range_rings(before))


def test_own_coordinates_are_drawn_at_their_own_place(own_casebook: Path) -> None:
    place = {"role": "impact", "geo_precision": "exact", "place_id": "termez"}
    add_claim(own_casebook, claim="x1", statement="x1", about="impact", **place)
    add_claim(
        own_casebook, claim="x2", statement="x2", about="impact", longitude="67.30", latitude="37.25", **place
    )
    drawing = draw_locations(bm.read_casebook(own_casebook))
    first, second = (drawing.shapes[drawing.locations[f"{key}-place"].shape_id].shape for key in ("x1", "x2"))
    assert (second.badge.x, second.badge.y) == (67.30, 37.25)
    assert not first.badge.equals(second.badge)


def test_without_origins_or_locations_there_is_nothing_to_draw(case: bm.Casebook) -> None:
    for kept in (case.locations[case.locations["role"] != "origin"], case.locations.iloc[:0]):
        without = replace(case, locations=kept.reset_index(drop=True))
        assert claimed_links(without).empty
        assert range_rings(without).empty
