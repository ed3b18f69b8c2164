"""Two reports of one incident are found within what is known of them; merging loses no source and no claim."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.geometry.geodesy import destination
from bordermap.incidents.casebook import Casebook, read_casebook
from bordermap.incidents.conversion.assembling import assemble
from bordermap.incidents.flat import FLAT
from bordermap.incidents.pairs.decisions import read_decisions, write_pairs
from bordermap.incidents.pairs.duplicates import PAIR_COLUMNS, find_duplicates
from bordermap.incidents.pairs.merging import merge
from bordermap.incidents.readers.about import About

TERMEZ = {"longitude": "67.278", "latitude": "37.224", "geo_precision": "settlement", "country": "UZB"}
BALKH = {"geo_precision": "admin1", "admin1_code": "AF.30", "country": "AFG"}


def _row(event_id: str, when: str = "2022-04-18", **more: str) -> dict[str, str]:
    return {"event_id": event_id, "title": "shots", "date_start": when, "date_precision": "day",
            "incident_type": "cross_border_fire", **TERMEZ, **more}  # fmt: skip


def _book(*rows: dict[str, str], title: str = "A") -> Casebook:
    flat = pd.DataFrame(
        [{name: row.get(name, "") for name in FLAT.names} for row in rows],
        columns=list(FLAT.names),
        dtype="str",
    )
    return assemble(flat, flat[["event_id"]], About(title=title), ("d", "A dataset", "dataset"))


def _pairs(*rows: dict[str, str], **options: float) -> set[tuple[str, str]]:
    found = find_duplicates(_book(*rows), **options)  # type: ignore[arg-type]
    return set(zip(found["event_id_a"], found["event_id_b"], strict=True))


def _away(km: float, azimuth: float = 90, lon: float = 67.278, lat: float = 37.224) -> dict[str, str]:
    east, north = destination(lon, lat, azimuth, km)
    return {"longitude": str(float(east[0])), "latitude": str(float(north[0]))}


# --- what is a pair -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, True),
        (_away(9), True), (_away(11), False), (_away(11) | {"geo_precision": "near", "radius_km": "25"}, True),
        (_away(4) | {"geo_precision": "exact"}, True), (_away(6) | {"geo_precision": "exact"}, False),
        ({"date_start": "2022-04-19"}, False), ({"date_start": "2022-04-19", "date_basis": "report"}, True),
        ({"date_start": "2022-04-21", "date_basis": "report"}, False),
        ({"date_start": "2022-04-01", "date_end": "2022-04-30", "date_precision": "month"}, True),
        ({"date_start": "2022-04-20", "date_precision": "week"}, True),
        ({"date_start": "2022-04-17", "date_end": "2022-04-18"}, True),
        ({"incident_type": "other"}, True), ({"incident_type": "shooting"}, True),
        ({"incident_type": "security_operation"}, False),
        ({"date_start": "", "date_precision": ""}, False),
    ],
)  # fmt: skip
def test_a_pair_lies_within_what_is_known_of_both(other: dict[str, str], found: bool) -> None:
    assert (_pairs(_row("1"), _row("2") | other) == {("1", "2")}) == found
    assert (_pairs(_row("2") | other, _row("1")) == {("1", "2")}) == found


def test_a_wider_window_finds_what_is_farther_apart() -> None:
    rows = (_row("1"), _row("2", "2022-04-20", **_away(14)))
    assert not _pairs(*rows)
    assert not _pairs(*rows, slack_days=2) and not _pairs(*rows, slack_km=5)
    assert _pairs(*rows, slack_days=2, slack_km=5) == {("1", "2")}


def test_a_province_holds_whatever_lies_in_it() -> None:
    hairatan = {"longitude": "67.4241", "latitude": "37.2214"}
    areal = {"longitude": "", "latitude": "", **BALKH}
    assert _pairs(_row("1", **hairatan), _row("2", **areal)) == {("1", "2")}
    assert _pairs(_row("1", **areal), _row("2", **areal)) == {("1", "2")}
    assert not _pairs(_row("1"), _row("2", **areal)), "Termez lies in another country"
    assert not _pairs(_row("1", **areal), _row("2", **{**areal, "admin1_code": "AF.26"}))


def test_two_known_to_a_country_only_need_more_than_a_day_in_common() -> None:
    vague = {"longitude": "", "latitude": "", "geo_precision": "country", "country": "AFG"}
    assert not _pairs(_row("1", **vague), _row("2", **vague))
    assert _pairs(_row("1", actor1="Group A", **vague), _row("2", actor1="group a", **vague)) == {("1", "2")}


@pytest.mark.parametrize(
    ("lon", "lat"), [(179.99, 66.0), (-180.0, -10.0), (0.0, 90.0), (45.0, 89.99), (12.0, -90.0)]
)
def test_the_antimeridian_and_the_poles_are_nothing_special(lon: float, lat: float) -> None:
    here = {"longitude": str(lon), "latitude": str(lat)}
    for km, found in ((9, 8), (11, 0)):
        ring = [_row(f"r{azimuth}", **_away(km, azimuth, lon, lat)) for azimuth in range(0, 360, 45)]
        assert len([pair for pair in _pairs(_row("0", **here), *ring, most=99) if "0" in pair]) == found


def test_reasons_are_words_and_the_score_is_their_sum() -> None:
    more = {
        "actor1": "Group A",
        "source": "Paper",
        "source_url": "https://www.example.org/a/",
        "fatalities_best": "2",
    }
    same = find_duplicates(
        _book(_row("1", **more), _row("2", **more | {"source_url": "http://example.org/a"}))
    )
    row = same.iloc[0]
    assert (
        row["reasons"]
        == "same day; same point; both cross-border fire; numbers killed agree; actor in common; same source"
    )
    assert row["score"] == 3 + 4 + 2 + 1 + 2 + 3
    far = find_duplicates(
        _book(_row("1", fatalities_best="2"), _row("2", fatalities_best="5", **_away(3)))
    ).iloc[0]
    assert far["reasons"] == "same day; 3 km apart; both cross-border fire; numbers killed differ: 2 and 5"
    assert (far["score"], far["distance_km"], far["decision"]) == (3 + 3 + 2 - 1, 3.0, "")


def test_one_source_of_two_far_places_makes_no_pair() -> None:
    more = {"source_url": "https://example.org/a"}
    assert not _pairs(_row("1", **more), _row("2", **more, **_away(300)))


def test_the_bundled_casebook_holds_no_duplicates_and_is_found_again_in_a_copy() -> None:
    book = read_casebook()
    assert find_duplicates(book).empty
    found = find_duplicates([book, book], labels=["a", "b"])
    assert (found["event_id_a"] == found["event_id_b"]).all()
    assert set(found["event_id_a"]) == set(book.incidents["event_id"])


def test_nothing_in_gives_nothing_out() -> None:
    assert find_duplicates([]).columns.tolist() == list(PAIR_COLUMNS)
    assert find_duplicates(_book()).empty


def test_what_is_cut_is_said() -> None:
    found = find_duplicates(_book(*[_row(str(at)) for at in range(40)]), most=5)
    assert len(found) < 40 * 39 / 2
    assert (found["more"] > 0).any()


ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 3), st.sampled_from(["cross_border_fire", "shooting", "other"])),
    max_size=7,
)  # fmt: skip


@settings(max_examples=8)
@given(ROWS, ROWS, st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_any_order(
    one: list[tuple[int, int, str]], other: list[tuple[int, int, str]], shuffle: object
) -> None:
    books = [
        [
            _row(f"{name}{at}", f"2022-04-1{day}", incident_type=kind, **_away(4.0 * far))
            for at, (far, day, kind) in enumerate(rows)
        ]
        for name, rows in (("a", one), ("b", other))
    ]
    straight = find_duplicates([_book(*rows) for rows in books], labels=["A", "B"])
    turned = [list(rows) for rows in reversed(books)]
    for rows in turned:
        shuffle.shuffle(rows)  # type: ignore[attr-defined]
    again = find_duplicates([_book(*rows) for rows in turned], labels=["B", "A"])
    pd.testing.assert_frame_equal(straight, again)
    assert straight["pair_id"].is_unique
    assert not (
        (straight["file_a"] == straight["file_b"]) & (straight["event_id_a"] == straight["event_id_b"])
    ).any()


@settings(max_examples=6)
@given(st.integers(0, 2**32 - 1))
def test_no_pair_is_missed_by_the_cubes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(66, 68, 25), rng.uniform(36, 37, 25)
    days = rng.integers(1, 4, 25)
    rows = [
        _row(f"{at:02}", f"2022-04-0{days[at]}", longitude=str(lon[at]), latitude=str(lat[at]))
        for at in range(25)
    ]
    from bordermap.geometry.geodesy import inverse

    a, b = np.triu_indices(25, 1)
    near = (inverse(lon[a], lat[a], lon[b], lat[b])[0] <= 10) & (days[a] == days[b])
    assert _pairs(*rows, most=99) == {(f"{x:02}", f"{y:02}") for x, y in zip(a[near], b[near], strict=True)}


# --- merging --------------------------------------------------------------------------------------------------


def _decided(*pairs: tuple[str, str, str, str], decision: str = "merge") -> pd.DataFrame:
    columns = ["file_a", "event_id_a", "file_b", "event_id_b"]
    return pd.DataFrame(pairs, columns=columns).assign(decision=decision)


def _said(casebook: Casebook) -> list[tuple[str, ...]]:
    """Every claim with its party, figures and sources, whatever the ids are."""
    parties = casebook.parties.set_index("party_id")["name"]
    sources = casebook.sources.set_index("source_id")[["title", "url"]]
    carried = casebook.claim_sources.join(sources, on="source_id").groupby("claim_id")[["title", "url"]]
    told = {key: str(sorted(map(tuple, group.to_numpy()))) for key, group in carried}
    killed = {
        key: str(group[["what", "best"]].to_numpy().tolist())
        for key, group in casebook.particulars.groupby("claim_id")
    }
    words = casebook.locations.groupby("claim_id")["words"].agg(lambda each: str(sorted(each)))
    rows = casebook.claims[["claim_id", "party_id", "stance", "about"]].to_numpy().tolist()
    return sorted(
        (parties[party], stance, about, told.get(key, ""), killed.get(key, ""), words.get(key, ""))
        for key, party, stance, about in rows
    )


def test_merging_keeps_every_claim_and_source_and_adds_no_figures() -> None:
    one = _book(
        _row("1", source="Paper", fatalities_best="2", notes="Early."), _row("9", "2023-01-01"), title="A"
    )
    two = _book(_row("1", source="Radio", fatalities_best="3", location="Termiz"), title="B")
    merged = merge([one, two], _decided(("a", "1", "b", "1")), labels=["a", "b"])
    assert merged.incidents["event_id"].tolist() == ["1", "9"]
    assert merged.claims["event_id"].tolist().count("1") == 2
    assert _said(merged) == sorted(_said(one) + _said(two))
    assert sorted(merged.particulars["best"]) == ["2", "3"]
    assert merged.incidents["notes"].tolist() == ["Early. Merged with: 1.", ""]
    assert merged.extras.set_index("event_id").loc["1", "merged_event_ids"] == "1"
    gone = json.loads(str(merged.extras.set_index("event_id").loc["1", "merged_incidents"]))
    assert gone[0]["file"] == "b" and gone[0]["title"] == "shots"
    for table, key in (
        ("claims", "claim_id"),
        ("locations", "location_id"),
        ("parties", "party_id"),
        ("sources", "source_id"),
        ("places", "place_id"),
    ):
        assert getattr(merged, table)[key].is_unique, table
    assert len(merged.parties) == 1, "the same party once"


def test_chains_become_one_and_nothing_is_merged_unasked() -> None:
    book = _book(*[_row(key) for key in "1234"])
    merged = merge([book], _decided(("a", "1", "a", "2"), ("a", "3", "a", "2")), labels=["a"])
    assert merged.incidents["event_id"].tolist() == ["1", "4"]
    assert sorted(merged.claims["event_id"]) == ["1", "1", "1", "4"]
    for decision in ("", "keep"):
        same = merge([book], _decided(("a", "1", "a", "2"), decision=decision), labels=["a"])
        assert same.incidents["event_id"].tolist() == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (_decided(("a", "1", "a", "7")), "BM372"),
        (_decided(("b", "1", "a", "2")), "BM372"),
        (pd.concat([_decided(("a", "1", "a", "2"), ("a", "2", "a", "3")), _decided(("a", "1", "a", "3"), decision="keep")]), "BM373"),
    ],
)  # fmt: skip
def test_decisions_that_do_not_fit_are_errors(table: pd.DataFrame, code: str) -> None:
    with pytest.raises(InputError) as caught:
        merge([_book(*[_row(key) for key in "123"])], table, labels=["a"])
    assert caught.value.code == code


def test_a_merged_casebook_is_still_sound() -> None:
    book = read_casebook()
    first, second, third = book.incidents["event_id"].tolist()[:3]
    merged = merge(
        [book, book], _decided(("a", first, "b", first), ("a", second, "a", third)), labels=["a", "b"]
    )
    assert len(merged.incidents) == 2 * len(book.incidents) - 2
    assert len(merged.claims) == 2 * len(book.claims)
    assert len(merged.sources) == len(book.sources) and len(merged.places) == len(book.places)
    assert set(merged.claim_sources["claim_id"]) == set(merged.claims["claim_id"])
    assert set(merged.claims["event_id"]) <= set(merged.incidents["event_id"]) | set(
        merged.context["context_id"]
    )
    assert set(merged.locations["place_id"]) <= {"", *merged.places["place_id"]}
    assert _said(merged) == sorted(_said(book) * 2)


def test_the_strictest_rights_hold_for_the_whole() -> None:
    open_one, shown = _book(_row("1")), _book(_row("2"), title="B")
    shown = replace(shown, about=replace(shown.about, rights="display_only", attribution="Words."))
    merged = merge([open_one, shown], _decided(), labels=["a", "b"])
    assert (merged.about.rights, merged.about.attribution, merged.about.title) == (
        "display_only",
        "Words.",
        "A and B",
    )


@settings(max_examples=6)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6))
def test_whatever_is_merged_no_claim_and_no_source_is_lost(chosen: list[tuple[int, int]]) -> None:
    book = _book(
        *[
            _row(str(at), source=f"Paper {at}", source_url=f"https://example.org/{at}", location=f"L{at}")
            for at in range(6)
        ]
    )
    pairs = [("a", str(x), "a", str(y)) for x, y in chosen]
    merged = merge([book], _decided(*pairs), labels=["a"])
    assert _said(merged) == _said(book)
    assert set(merged.claims["event_id"]) == set(merged.incidents["event_id"])
    kept = {key for key in merged.incidents["event_id"]}
    named = {
        part
        for text in merged.extras.get("merged_event_ids", pd.Series(dtype="str"))
        for part in text.split("; ")
        if part
    }
    assert kept | named == {str(at) for at in range(6)} and not kept & named


# --- the decision file ----------------------------------------------------------------------------------------


def test_a_decision_file_comes_back_as_it_was_marked(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    pairs = find_duplicates(_book(_row("1", title="=1+1"), _row("-2")), labels=["a.csv"])
    write_pairs(path, pairs)
    text = path.read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    path.write_text(text.replace("cross-border fire,,", "cross-border fire,MERGE,"), encoding="utf-8")
    decided = read_decisions(path)
    assert decided[["event_id_a", "event_id_b", "decision"]].to_numpy().tolist() == [["-2", "1", "merge"]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("file_a,event_id_a\n", "BM370"),
        ("file_a,event_id_a,file_b,event_id_b,decision\na,1,a,2,maybe\n", "BM371"),
    ],
)
def test_a_faulty_decision_file_is_an_input_error(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_decisions(path)
    assert caught.value.code == code
    with pytest.raises(InputError) as caught:
        read_decisions(tmp_path / "none.csv")
    assert caught.value.code == "BM374"
