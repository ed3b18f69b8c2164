"""The status rule: each line of it, what may never change a status, and the words that go with one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap import codebook
from bordermap.incidents.casebook import Casebook, read_casebook
from bordermap.incidents.status import RULES, derive_status
from bordermap.incidents.voices import derive_votes

from support.casebooks import (
    Tables,
    casebook_of,
    cells,
    claim,
    in_memory,
    read_csv,
    small,
    with_claims,
    write,
)

Claims = list[dict[str, str]]
PLAYERS = [row["party_id"] for row in small()["parties"]]


def outcome(*claims: dict[str, str], tables: Tables | None = None) -> dict[str, object]:
    row = derive_status(casebook_of(with_claims(*claims, tables=tables))).to_dict("records")[0]
    return {str(key): value for key, value in row.items()}


@pytest.mark.parametrize(
    ("claims", "status", "words"),
    [
        ([claim("1", "uz-mfa", "denies")], "denied", "denied by Uzbekistan; no voice asserts it"),
        (
            [claim("1", "posts", "reports"), claim("2", "uz-mfa", "denies")],
            "denied",
            "denied by Uzbekistan; no voice asserts it",
        ),
        (
            [claim("1", "iskp", "claims_responsibility"), claim("2", "uz-mfa", "denies")],
            "disputed",
            "disputed: asserted by ISKP, denied by Uzbekistan",
        ),
        (
            [claim("1", "uz-mfa", "reports"), claim("2", "tal-mfa", "acknowledges", when="2022-04-20")],
            "confirmed",
            "confirmed by Uzbekistan and the Taliban authorities",
        ),
        (
            [claim("1", "uz-mfa", "reports"), claim("2", "iskp", "claims_responsibility")],
            "confirmed",
            "confirmed by Uzbekistan; claimed by ISKP",
        ),
        (
            [claim("1", "uz-mod", "claims_responsibility"), claim("2", "tal-mfa", "acknowledges")],
            "confirmed",
            "confirmed by the Taliban authorities; claimed by Uzbekistan",
        ),
        (
            [claim("1", "rferl", "reports"), claim("2", "amu", "reports", when="2022-04-20")],
            "corroborated",
            "corroborated by RFE/RL and Amu TV",
        ),
        (
            [claim("1", "iskp", "claims_responsibility"), claim("2", "rferl", "reports")],
            "corroborated",
            "corroborated by RFE/RL; claimed by ISKP",
        ),
        ([claim("1", "uz-mod", "claims_responsibility")], "claimed", "claimed by Uzbek defence ministry alone"),
        (
            [claim("1", "uz-mod", "claims_responsibility"), claim("2", "uz-mfa", "reports")],
            "claimed",
            "claimed by Uzbekistan alone",
        ),
        ([claim("1", "rferl", "reports")], "reported", "reported by RFE/RL alone"),
        ([claim("1", "uz-mfa", "reports")], "reported", "reported by Uzbek foreign ministry alone"),
        ([claim("1", "posts", "reports")], "reported", "reported; no voice stands behind it"),
        ([claim("1", "isw", "assesses")], "reported", "reported; no voice stands behind it"),
    ],
)  # fmt: skip
def test_each_line_of_the_rule_and_its_words(claims: Claims, status: str, words: str) -> None:
    found = outcome(*claims)
    assert (found["status"], found["status_words"]) == (status, words)
    assert found["unattributed"] == words.endswith("no voice stands behind it")


def test_a_denial_by_the_accused_alone_leaves_it_confirmed() -> None:
    claims = [
        claim("1", "uz-mfa", "reports"),
        claim("2", "rferl", "reports"),
        claim("3", "uz-mfa", "attributes", "actor", attributed_to="tal-mfa"),
        claim("4", "tal-mfa", "denies"),
    ]
    assert (
        outcome(*claims)["status_words"]
        == "confirmed by Uzbekistan and RFE/RL; denied by the Taliban authorities"
    )
    assert outcome(*claims[:2], claims[3])["status"] == "disputed"  # accused by nobody
    assert outcome(claims[0], *claims[2:])["status"] == "disputed"  # one voice only
    voiceless = claims[2] | {"party_id": "posts"}
    assert (
        outcome(*claims[:2], voiceless, claims[3])["status"] == "disputed"
    )  # accused by nobody with a voice


def test_the_accused_who_denies_is_no_second_voice_for_it() -> None:
    found = outcome(
        claim("1", "uz-mfa", "reports"),
        claim("2", "uz-mfa", "attributes", "actor", attributed_to="tal-mfa"),
        claim("3", "tal-sp", "acknowledges", "launch"),
        claim("4", "tal-mfa", "denies", "impact"),
    )
    assert found["status"] == "disputed"


def test_what_has_no_voice_replaces_nothing_that_has_one() -> None:
    tables = small()
    tables["parties"].append(cells("party_id=tal-posts name=posts group=taliban kind=social_media"))
    claims = [claim("1", "uz-mfa", "reports"), claim("2", "tal-mfa", "denies")]
    later = claim("3", "tal-posts", "acknowledges", when="2022-05-01")
    assert outcome(*claims, later, tables=tables)["status"] == "disputed"


def test_a_group_may_stand_on_both_sides_and_is_named_on_both() -> None:
    found = outcome(
        claim("1", "iskp", "claims_responsibility"),
        claim("2", "tal-mfa", "denies"),
        claim("3", "tal-sp", "confirms", "launch", when="2022-04-21"),
        claim("4", "tal-sp", "denies", "impact", when="2022-04-21"),
    )
    assert found["status_words"] == (
        "disputed: asserted by ISKP and the Taliban authorities (the launch), "
        "denied by the Taliban authorities (the event and the impact)"
    )
    assert found["denied_about"] == "event impact"


def test_denials_beside_the_core_are_listed_and_change_nothing() -> None:
    before = [claim("1", "uz-mod", "claims_responsibility")]
    after = outcome(
        *before, claim("2", "nrf", "denies", "nature"), claim("3", "rferl", "denies", "casualties")
    )
    assert after["status"] == outcome(*before)["status"]
    assert after["disputed_about"] == "nature casualties"
    assert after["denied_about"] == ""


def test_the_means_belong_to_the_core_of_fire_and_drones_only() -> None:
    claims = [claim("1", "iskp", "claims_responsibility"), claim("2", "uz-mfa", "denies", "means")]
    for kind in codebook.INCIDENT_TYPES:
        tables = small()
        tables["incidents"][0]["incident_type"] = kind
        found = outcome(*claims, tables=tables)
        core = kind in codebook.MEANS_COUNT
        assert (found["status"], found["disputed_about"]) == (
            ("disputed", "") if core else ("claimed", "means")
        )


def test_confirmed_casualties_speak_for_the_event_and_give_their_state_a_voice() -> None:
    tables = small()
    claims = [claim("1", "rferl", "reports"), claim("2", "cn-mfa", "confirms", "casualties")]
    assert outcome(*claims, tables=tables)["status"] == "reported"  # China has nothing to do with it
    killed = cells("claim_id=1 what=killed nationality=CHN low=1 best=1 high=1")
    assert outcome(*claims, tables=tables | {"particulars": [killed]})["status"] == "confirmed"
    nobody = killed | dict.fromkeys(("low", "best", "high"), "0")
    assert outcome(*claims, tables=tables | {"particulars": [nobody]})["status"] == "reported"
    held = killed | {"what": "detained"}
    assert outcome(*claims, tables=tables | {"particulars": [held]})["status"] == "reported"


def test_an_authority_is_one_of_where_it_lies() -> None:
    tables = small()
    tables["locations"] = [row for row in tables["locations"] if row["role"] == "target"]
    claims = [claim("1", "rferl", "reports"), claim("2", "tal-mfa", "acknowledges")]
    assert outcome(*claims, tables=tables)["status"] == "reported"
    tables["locations"][0]["location_basis"] = "candidate"
    assert (
        outcome(claim("1", "rferl", "reports"), claim("2", "uz-mfa", "reports"), tables=tables)["status"]
        == "reported"
    )


def test_a_stretch_of_border_lies_in_both_countries() -> None:
    tables = small()
    tables["places"].append(
        cells("place_id=river name=river kind=border_stretch country=UZB shape=stretch:AFG-UZB:balkh")
    )
    tables["locations"] = [
        cells("location_id=L1 claim_id=1 role=scene geo_precision=border_stretch place_id=river")
    ]
    assert (
        outcome(claim("1", "rferl", "reports"), claim("2", "tal-mfa", "confirms"), tables=tables)["status"]
        == "confirmed"
    )


def test_a_court_speaks_with_its_states_voice() -> None:
    assert (
        outcome(claim("1", "uz-mfa", "reports"), claim("2", "uz-court", "confirms"))["status"] == "reported"
    )


def test_attributions_count_for_authorities_and_newsrooms_about_the_core_only() -> None:
    for party, about, status in (
        ("uz-mfa", "launch", "reported"), ("rferl", "launch", "reported"), ("uz-mfa", "actor", "unattributed"),
        ("posts", "launch", "unattributed"),
    ):  # fmt: skip
        found = outcome(claim("1", party, "attributes", about, attributed_to="iskp"))
        assert (found["status"], found["unattributed"]) == ("reported", status == "unattributed")


def test_a_later_claim_replaces_what_the_same_group_said_on_the_same_point() -> None:
    reports, denies = claim("1", "uz-mfa", "reports"), claim("2", "tal-mfa", "denies", when="2022-04-20")
    later = claim("3", "tal-sp", "acknowledges", when="2022-04-21")
    assert outcome(reports, denies)["status"] == "disputed"
    assert outcome(reports, denies, later)["status"] == "confirmed"
    votes = derive_votes(casebook_of(with_claims(reports, denies, later)))
    assert votes["superseded"].tolist() == [False, True, False]
    # Not on another point, not another group, not without a date, not on the same date.
    assert outcome(reports, denies, later | {"about": "launch"})["status"] == "disputed"
    assert outcome(reports, denies, later | {"party_id": "rferl"})["status"] == "disputed"
    assert outcome(reports, denies, later | {"date_start": ""})["status"] == "disputed"
    assert outcome(reports, denies, later | {"date_start": denies["date_start"]})["status"] == "disputed"


def test_of_two_intervals_the_later_ends_later_then_starts_later() -> None:
    reports, denies = claim("1", "uz-mfa", "reports"), claim("2", "tal-mfa", "denies", when="2022-04-20")
    for start, end, status in (
        ("2022-04-01", "2022-04-30", "confirmed"), ("2022-04-21", "", "confirmed"), ("2022-04-20T09:00", "", "disputed"),
        ("2022-04-20T09:00", "2022-04-20", "confirmed"), ("", "2022-04-21", "confirmed"), ("2022-04-19", "2022-04-20", "disputed"),
    ):  # fmt: skip
        later = claim("3", "tal-sp", "acknowledges", when=start, date_end=end)
        assert outcome(reports, denies, later)["status"] == status, (start, end)


def test_an_owner_who_repeats_itself_in_other_words_stays_an_owner() -> None:
    owner = claim("1", "uz-mod", "claims_responsibility")
    assert (
        outcome(owner, claim("2", "uz-mfa", "reports", when="2022-05-01"), claim("3", "rferl", "reports"))[
            "status"
        ]
        == "corroborated"
    )


def test_context_claims_have_no_vote() -> None:
    tables = small()
    tables["context"] = [cells("context_id=X1 kind=control_claim title=control")]
    tables["claims"] += [
        claim("C8", "nrf", "claims_responsibility") | {"event_id": "X1"},
        claim("C9", "tal-mfa", "denies") | {"event_id": "X1"},
    ]
    tables["claim_sources"] += [cells(f"claim_id={c} source_id=S1") for c in ("C8", "C9")]
    case = casebook_of(tables)
    assert derive_votes(case)["vote"].tolist() == ["for", "", ""]
    assert derive_status(case)["event_id"].tolist() == ["E1"]


# What must hold for any claims at all.

dates = st.sampled_from(["", "2022-04-18", "2022-04-19", "2022-04-19T10:00", "2022-04-20"])
any_claim = st.builds(
    lambda party, stance, about, when, accused: claim("?", party, stance, about, when=when, attributed_to=accused),
    st.sampled_from(PLAYERS), st.sampled_from(list(codebook.STANCES)), st.sampled_from(list(codebook.ABOUTS)), dates,
    st.sampled_from(["", *PLAYERS]),
)  # fmt: skip
any_claims = st.lists(any_claim, min_size=1, max_size=7).map(
    lambda claims: [row | {"claim_id": f"C{number}"} for number, row in enumerate(claims)]
)


@given(any_claims, st.randoms(use_true_random=False))
def test_the_order_of_rows_means_nothing(claims: Claims, random: object) -> None:
    tables = with_claims(*claims)
    before = outcome_of(in_memory(tables))
    shuffled = {name: list(rows) for name, rows in tables.items()}
    for rows in shuffled.values():
        random.shuffle(rows)  # type: ignore[attr-defined]
    assert outcome_of(in_memory(shuffled)) == before


def tried(*claims: dict[str, str]) -> dict[str, object]:
    return outcome_of(in_memory(with_claims(*claims)))


def outcome_of(case: Casebook) -> dict[str, object]:
    return {str(key): value for key, value in derive_status(case).to_dict("records")[0].items()}


@given(
    any_claims,
    st.sampled_from(PLAYERS),
    st.sampled_from(["withholds", "doubts", "assesses"]),
    st.sampled_from(list(codebook.ABOUTS)),
    dates,
)
def test_whoever_does_not_take_sides_changes_nothing(
    claims: Claims, party: str, stance: str, about: str, when: str
) -> None:
    assert tried(*claims, claim("NEW", party, stance, about, when=when)) == tried(*claims)


@given(any_claims, st.integers(1, 12))
def test_ten_relays_are_one_voice(claims: Claims, relays: int) -> None:
    tables = with_claims(*claims)
    before = outcome_of(in_memory(tables))
    tables["sources"] = tables["sources"] + [cells(f"source_id=R{n} title=relay") for n in range(relays)]
    tables["claim_sources"] = tables["claim_sources"] + [
        {"claim_id": claims[0]["claim_id"], "source_id": f"R{n}", "relation": "relay"} for n in range(relays)
    ]
    assert outcome_of(in_memory(tables)) == before


@given(any_claims)
def test_a_status_never_stands_alone_and_agrees_with_who_stands_where(claims: Claims) -> None:
    found = tried(*claims)
    asserted, denied = str(found["asserted_by"]).split(), str(found["denied_by"]).split()
    assert (
        str(found["status_words"]).startswith(str(found["status"]))
        and found["status_words"] != found["status"]
    )
    assert (found["status"] == "denied") == (bool(denied) and not asserted)
    assert found["unattributed"] == (not asserted and not denied)
    if found["status"] in ("confirmed", "corroborated"):
        assert len(asserted) >= 2
    if found["status"] == "claimed":
        assert found["owned_by"].split() == asserted and not denied  # type: ignore[attr-defined]


# The docs, and the bundled casebook.


def test_the_docs_tell_the_same_rule_in_the_same_order(checkout: Path) -> None:
    section = (checkout / "docs/status.md").read_text(encoding="utf-8").split("## 4. The rule")[1]
    table = re.findall(r"^\| `(\w+)` \| (.+) \|$", section, flags=re.MULTILINE)
    plain = [(rule.status, rule.when) for rule in RULES]
    assert table == plain
    assert {status for status, _ in plain} == set(codebook.STATUSES)


def test_every_incident_has_the_status_reasoned_by_hand(checkout: Path) -> None:
    expected = read_csv(checkout / "tests/incidents/expected_status.csv")
    told = ("status", "status_words", "disputed_about")
    found = {
        str(row["event_id"]): {name: row[name] for name in told}
        for row in derive_status(read_casebook()).to_dict("records")
    }
    assert found == {row["event_id"]: {name: row[name] for name in told} for row in expected}
    assert all(row["reason"] for row in expected)


def test_what_the_bundled_table_says_is_disputed_is_what_follows_from_the_claims() -> None:
    case = read_casebook()
    assert case.incidents["disputed_about"].tolist() == derive_status(case)["disputed_about"].tolist()


def test_a_denial_by_an_authority_makes_a_bundled_claim_disputed(tmp_path: Path) -> None:
    case = read_casebook()
    found = derive_status(case)
    event = found.loc[found["status"] == "claimed", "event_id"].iloc[0]
    tables: Tables = {name: rows_of(case, name) for name in small()}
    own = {group for text in found.loc[found["event_id"] == event, "asserted_by"] for group in text.split()}
    monitor = {"party_id": "new-monitor", "name": "A monitor", "kind": "monitor"}
    assert "new-monitor" not in own
    tables["parties"].append(monitor)
    tables["claims"].append(claim("new-claim", "new-monitor", "denies", when="") | {"event_id": event})
    tables["claim_sources"].append({"claim_id": "new-claim", "source_id": tables["sources"][0]["source_id"]})
    after = derive_status(read_casebook(write(tmp_path / "case", tables))).set_index("event_id")
    assert after.loc[event, "status"] == "disputed"
    assert "denied by A monitor" in str(after.loc[event, "status_words"])
    others = found.set_index("event_id")["status"].drop(event)
    assert (after["status"].drop(event) == others).all()


def rows_of(case: Casebook, name: str) -> list[dict[str, str]]:
    frame = getattr(case, name)
    return [{str(key): str(value) for key, value in row.items()} for row in frame.to_dict("records")]
