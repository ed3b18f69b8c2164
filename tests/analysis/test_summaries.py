"""Summaries: what counts as certain and as possible, how it adds up, and what is never added."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bordermap as bm
from bordermap.analysis.counting import combine_partials, partial_summary
from bordermap.analysis.coverage import Covered, covered_by
from bordermap.analysis.facts import facts_of
from bordermap.analysis.periods import NO_DAY, day_intervals
from bordermap.analysis.plans import KEYS, plan_of
from bordermap.analysis.summarizing import finish_summary, summarize
from bordermap.analysis.summary_notes import summary_notes
from bordermap.errors import InputError, UsageError
from bordermap.incidents.dates import interval

from support.casebooks import claim, in_memory, small, with_claims
from support.counted import incident, incidents, lines, parts_of, table

SOME_KEYS = [key for key in KEYS if key not in ("mark", "week")]


def group(table: pd.DataFrame, **names: object) -> Any:
    """The one row of a group."""
    rows = table[table["row"] == names.pop("row", "group")]
    for name, value in names.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1, rows
    return rows.iloc[0]


def count(*rows: dict[str, Any], by: list[str], **more: Any) -> pd.DataFrame:
    return summarize(table(*rows), by, borders=lines(), **more)


def counted(row: Any) -> tuple[int, int]:
    return int(row["n_certain"]), int(row["n_possible"])


@pytest.fixture(scope="module")
def enriched() -> bm.Casebook:
    enriching = pytest.importorskip("bordermap.analysis.enriching")
    found: bm.Casebook = enriching.enrich(bm.read_casebook(), bm.read_borders("AFG"))
    return found


# Certain and possible -----------------------------------------------------------------------------------------


def test_what_may_lie_at_two_borders_is_possible_at_both_and_counted_once_in_the_total() -> None:
    found = count(incident(), incident(border_pairs="AFG-TJK AFG-UZB"), by=["border_pair"])
    assert counted(group(found, border_pair="AFG-TJK")) == (1, 1)
    assert counted(group(found, border_pair="AFG-UZB")) == (0, 1)
    assert counted(group(found, row="possible")) == (0, 1)
    assert counted(group(found, row="total")) == (2, 0)


def test_a_crossing_of_keys_is_certain_only_where_all_keys_are() -> None:
    row = incident(date_start="2022-04-30", date_end="2022-05-01")
    found = count(row, by=["border_pair", "month"])
    assert counted(group(found, month="2022-04")) == counted(group(found, month="2022-05")) == (0, 1)
    both = count(incident(date_start="2022-04-30", date_end="2022-05-01", countries="AFG TJK"),
                 by=["country", "month"])  # fmt: skip
    assert (both["row"] == "group").sum() == 4 and counted(group(both, row="possible")) == (0, 1)


def test_a_long_interval_within_one_period_is_certain_there() -> None:
    row = incident(date_start="2022-04-01", date_end="2022-04-30")
    assert counted(group(count(row, by=["month"]), month="2022-04")) == (1, 0)
    weeks = count(row, by=["week"])
    assert (weeks["row"] == "group").sum() == 5
    assert weeks.loc[weeks["row"] == "group", "week"].tolist()[0] == "2022-W13"


def test_what_has_no_place_is_in_no_group_and_in_the_total() -> None:
    found = count(incident(), incident(border_pairs=""), by=["border_pair"])
    assert counted(group(found, row="not_placed")) == (1, 0)
    assert counted(group(found, row="total")) == (2, 0)


def test_parts_of_a_line_are_those_that_the_interval_touches() -> None:
    point, wide = incident(), incident(border_along_low_km=15.0, border_along_high_km=42.0)
    found = count(point, wide, by=["every_km"], every_km=20)
    parts = found[(found["row"] == "group") & (found["border_line"] == "AFG-TJK")]
    assert parts[["from_km", "to_km", "n_certain", "n_possible"]].values.tolist() == [
        [0.0, 20.0, 1, 1], [20.0, 40.0, 0, 1], [40.0, 60.0, 0, 1],
    ]  # fmt: skip


def test_what_may_be_at_several_lines_is_possible_along_its_stretches_only() -> None:
    nowhere = {"border_line": "", "border_along_low_km": np.nan, "border_along_high_km": np.nan}
    row = incident(border_pairs="AFG-TJK AFG-UZB", border_stretches="AFG-TJK:east AFG-UZB", **nowhere)
    found = count(row, by=["every_km"], every_km=20)
    groups = found[found["row"] == "group"]
    assert groups[["border_line", "from_km"]].values.tolist() == [
        ["AFG-TJK", 60.0], ["AFG-TJK", 80.0], ["AFG-UZB", 0.0], ["AFG-UZB", 20.0],
    ]  # fmt: skip
    assert groups["n_possible"].tolist() == [1, 1, 1, 1] and groups["n_certain"].tolist() == [0, 0, 0, 0]


def test_between_marks_the_ends_of_the_line_have_names_where_a_mark_stands_there() -> None:
    found = count(incident(), incident(border_along_low_km=29.0, border_along_high_km=31.0), by=["mark"])
    groups = found[found["row"] == "group"]
    assert groups[["from_mark", "to_mark", "n_certain", "n_possible"]].values.tolist() == [
        ["Tripoint", "Old bridge", 1, 1], ["Old bridge", "", 0, 1],
    ]  # fmt: skip


def test_within_a_distance_is_certain_possible_or_beyond() -> None:
    rows = [
        incident(border_distance_low_km=low, border_distance_high_km=high)
        for low, high in ((1.0, 4.0), (4.0, 6.0), (6.0, 9.0), (np.nan, np.nan))
    ]
    found = count(*rows, by=["border_pair"], within_km=5)
    assert counted(group(found, border_pair="AFG-TJK")) == (1, 2)
    assert counted(group(found, row="total")) == (1, 2)
    assert counted(group(found, row="beyond")) == (1, 0)


def test_an_incident_is_surely_in_all_groups_of_its_parties_and_once_in_the_total() -> None:
    claims = [
        claim("C1", "iskp", "claims_responsibility"),
        claim("C2", "uz-mfa", "attributes", "actor", attributed_to="iskp"),
        claim("C3", "rferl", "attributes", "actor", attributed_to="nrf"),
    ]
    found = summarize(in_memory(with_claims(*claims)), ["party"])
    groups = found[found["row"] == "group"]
    assert groups[["party_role", "party"]].values.tolist() == [
        ["attributed", "ISKP"], ["attributed", "NRF"], ["claims_responsibility", "ISKP"],
    ]  # fmt: skip
    assert counted(group(found, row="repeated")) == (2, 0) and counted(group(found, row="total")) == (1, 0)


def test_a_flat_row_attributes_in_the_dataset_only() -> None:
    found = count(incident(actor1="Somebody"), incident(), by=["party"])
    assert group(found, party="Somebody")["party_role"] == "attributed_in_dataset"
    assert counted(group(found, row="not_placed")) == (1, 0)


def test_neighbours_are_those_of_the_country() -> None:
    found = count(incident(), incident(border_pairs="AFG-UZB"), by=["neighbour"])
    assert found.loc[found["row"] == "group", "neighbour"].tolist() == ["TJK", "UZB"]
    with pytest.raises(UsageError, match="IRN-PAK is no border of AFG"):
        count(incident(border_pairs="IRN-PAK"), by=["neighbour"])


# Adding up ----------------------------------------------------------------------------------------------------


@st.composite
def tasks(draw: st.DrawFn) -> tuple[pd.DataFrame, dict[str, Any]]:
    rows = draw(st.lists(incidents(), min_size=1, max_size=12))
    keys = draw(st.lists(st.sampled_from(SOME_KEYS), max_size=2, unique=True))
    within = draw(st.sampled_from([None, None, 10.0]))
    return table(*rows), {"by": keys, "every_km": 20.0 if "every_km" in keys else None, "within_km": within}


@given(tasks())
@settings(max_examples=15)
def test_n_certain_n_possible_and_totals_add_up(task: tuple[pd.DataFrame, dict[str, Any]]) -> None:
    frame, how = task
    plan = plan_of(borders=lines(), **how)
    partial = partial_summary(facts_of(frame), plan)
    measures = [name for name in partial.columns if name == "n" or name.startswith(("total_", "a_"))]
    sums = {row: partial.loc[partial["row"] == row, measures].sum() for row in
            ("group", "possible", "repeated", "not_placed", "total", "beyond")}  # fmt: skip
    sure = partial.loc[(partial["row"] == "group") & partial["sure"], measures].sum()
    if plan.by:
        added = sure - sums["repeated"] + sums["possible"] + sums["not_placed"]
        assert added.tolist() == pytest.approx(sums["total"].tolist())
    assert sums["total"]["n"] + sums["beyond"]["n"] == len(frame)
    table_ = finish_summary(partial, plan)
    total = group(table_, row="total")
    assert total["n_certain"] + total["n_possible"] == sums["total"]["n"]
    # No group holds more than there are, and nobody is possible where there is nothing uncertain.
    groups = table_[table_["row"] == "group"]
    assert ((groups["n_certain"] + groups["n_possible"]) <= sums["total"]["n"]).all()
    statuses = [name for name in table_.columns if name.startswith("status_")]
    assert (table_[statuses].sum(axis=1) == table_["n_certain"]).all()


@given(tasks(), st.lists(st.integers(0, 12), max_size=3))
@settings(max_examples=12)
def test_the_parts_of_a_whole_add_up_to_it(
    task: tuple[pd.DataFrame, dict[str, Any]], cuts: list[int]
) -> None:
    frame, how = task
    plan = plan_of(borders=lines(), **how)
    whole = finish_summary(partial_summary(facts_of(frame), plan), plan)
    parts = [partial_summary(facts_of(each), plan) for each in parts_of(frame, cuts)]
    pd.testing.assert_frame_equal(finish_summary(combine_partials(parts[::-1], plan), plan), whole)


@given(tasks())
@settings(max_examples=12)
def test_counts_are_those_of_a_plain_loop_over_rows(task: tuple[pd.DataFrame, dict[str, Any]]) -> None:
    frame, _ = task
    found = summarize(frame, ["country", "month"], borders=lines())
    expected: dict[tuple[str, str], list[int]] = {}
    for row in frame.to_dict("records"):
        span = interval(row["date_start"], row["date_end"])
        assert span is not None
        months = pd.period_range(span[0], span[1] - pd.Timedelta(seconds=1), freq="M").astype(str).tolist()
        cells = [(country, month) for country in str(row["countries"]).split() for month in months]
        for cell in cells:
            expected.setdefault(cell, [0, 0])[len(cells) > 1] += 1
    groups = found[(found["row"] == "group") & (found["n_certain"] + found["n_possible"] > 0)]
    told = {
        (row["country"], row["month"]): [row["n_certain"], row["n_possible"]] for _, row in groups.iterrows()
    }
    assert told == expected


def test_partial_summaries_by_different_keys_are_not_joined() -> None:
    by_month, by_year = plan_of(["month"]), plan_of(["year"])
    facts = facts_of(table(incident()))
    with pytest.raises(InputError, match="different keys") as caught:
        combine_partials([partial_summary(facts, by_month), partial_summary(facts, by_year)], by_month)
    assert caught.value.code == "BM507"


def test_categorical_columns_count_like_text() -> None:
    frame = table(
        incident(), incident(border_pairs="AFG-TJK AFG-UZB", border_line=""), incident(border_pairs="")
    )
    coded = frame.assign(**{name: frame[name].astype("category") for name in
                            ("border_pairs", "border_line", "border_stretches", "countries", "status")})  # fmt: skip
    for keys in (["border_pair"], ["every_km"], ["country", "status"]):
        more: dict[str, Any] = {"every_km": 20.0} if "every_km" in keys else {}
        one, two = (summarize(each, keys, borders=lines(), **more) for each in (frame, coded))
        pd.testing.assert_frame_equal(one, two)


def test_no_incidents_at_all_are_a_total_of_none() -> None:
    empty = table(incident()).iloc[:0]
    found = summarize(empty, ["month"])
    assert counted(group(found, row="total")) == (0, 0)


# The killed ---------------------------------------------------------------------------------------------------


def test_empty_is_unknown_and_zero_is_reported_none() -> None:
    none, some, unknown = (incident(fatalities_best=number) for number in (0.0, 3.0, None))
    row = group(count(none, some, unknown, by=["country"]), country="TJK")
    assert (row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]) == (3, 3, 3)
    assert row["fatalities_known"] == 2
    only = group(count(unknown, none, by=["country"]), country="TJK")
    assert only["fatalities_low"] == 0 and only["fatalities_known"] == 1
    assert "fatalities_low" not in count(unknown, by=["country"]).columns


def test_low_adds_what_is_known_and_high_is_known_only_where_all_are() -> None:
    acled, ucdp = incident(fatalities_low=2.0, fatalities_best=2.0), incident(
        fatalities_low=1.0, fatalities_best=3.0, fatalities_high=5.0)  # fmt: skip
    row = group(count(acled, ucdp, by=["country"]), country="TJK")
    assert row["fatalities_low"] == 3 and row["fatalities_best"] == 5 and pd.isna(row["fatalities_high"])


def test_acleds_one_figure_is_its_lowest_and_best() -> None:
    row = group(count(incident(fatalities=4), by=["country"]), country="TJK")
    assert row["fatalities_low"] == row["fatalities_best"] == 4 and pd.isna(row["fatalities_high"])


def test_sides_stay_apart_and_so_do_the_possible() -> None:
    sure = incident(fatalities_a=1, fatalities_civilians=2)
    perhaps = incident(fatalities_a=7, border_pairs="AFG-TJK AFG-UZB")
    found = count(sure, perhaps, by=["border_pair"])
    row = group(found, border_pair="AFG-TJK")
    assert (row["fatalities_a_low"], row["fatalities_civilians_low"]) == (1, 2)
    assert row["possible_fatalities_a_low"] == 7
    assert group(found, row="total")["fatalities_a_low"] == 8
    assert not [name for name in found.columns if name == "fatalities_low"]


def test_numbers_of_different_datasets_are_not_added() -> None:
    one, other = incident(fatalities_best=1.0, dataset="ACLED"), incident(fatalities_best=2.0, dataset="UCDP")
    found = count(one, other, by=["country"])
    row = group(found, country="TJK")
    assert (
        pd.isna(row["fatalities_low"]) and row["datasets"] == "ACLED; UCDP" and row["fatalities_known"] == 2
    )
    apart = count(one, other, by=["dataset"])
    assert apart.loc[apart["row"] == "group", "fatalities_low"].tolist() == [1, 2]
    notes = " ".join(summary_notes(found, plan_of(["country"]), Covered()))
    assert "different datasets are not added" in notes


def test_claims_that_differ_give_an_interval_and_nothing_is_added() -> None:
    tables = with_claims(claim("C1", "uz-mfa", "reports"), claim("C2", "rferl", "reports"))
    particulars = [
        {"claim_id": "C1", "what": "killed", "side": "b", "low": "3", "best": "3", "high": "3"},
        {"claim_id": "C2", "what": "killed", "side": "b", "low": "2", "best": "2", "high": "2"},
        {"claim_id": "C2", "what": "killed", "side": "a", "nationality": "TJK", "best": "1"},
        {"claim_id": "C2", "what": "killed", "side": "a", "nationality": "AFG", "best": "2"},
        {"claim_id": "C1", "what": "killed", "side": "unknown", "words": "some"},
    ]
    facts = facts_of(in_memory(tables | {"particulars": particulars}))
    low, best, high = (facts[f"killed_b_{bound}"].item() for bound in ("low", "best", "high"))
    assert (low, high) == (2, 3) and np.isnan(best)
    assert facts["killed_a_low"].item() == facts["killed_a_high"].item() == 3
    assert "killed_unknown_low" not in facts


# Coverage -----------------------------------------------------------------------------------------------------


def covered_table(covered: Covered, *rows: dict[str, Any], by: list[str]) -> pd.DataFrame:
    plan = plan_of(by, borders=lines())
    return finish_summary(partial_summary(facts_of(table(*rows)), plan), plan, covered)


def test_what_is_not_covered_is_missing_and_never_none() -> None:
    covered = Covered(frozenset({"AFG-TJK"}), 18993, 19082)  # January to March 2022
    found = covered_table(covered, incident(date_start="2022-02-03"), by=["border_pair", "month"])
    rows: Any = found[found["row"] == "group"].set_index(["border_pair", "month"])
    assert len(rows) == 6
    assert rows.loc[("AFG-TJK", "2022-01"), "n_certain"] == 0
    assert rows.loc[("AFG-TJK", "2022-02"), "n_certain"] == 1
    assert rows.loc["AFG-UZB", "n_certain"].isna().all() and (rows.loc["AFG-UZB", "covered"] == "no").all()


def test_what_is_counted_outside_of_the_coverage_is_told_all_the_same() -> None:
    found = covered_table(
        Covered(frozenset({"AFG-TJK"})), incident(border_pairs="AFG-UZB"), by=["border_pair"]
    )
    row = group(found, border_pair="AFG-UZB")
    assert row["n_certain"] == 1 and pd.isna(row["n_possible"]) and row["covered"] == "no"


def test_a_period_that_is_covered_in_part_says_so() -> None:
    found = covered_table(Covered(frozenset(), 18993, 19005), incident(date_start="2022-01-05"), by=["month"])
    assert found.loc[found["month"] == "2022-01", "covered"].item() == "part"


def test_without_a_stated_coverage_nothing_is_invented_beyond_the_datas_own_range() -> None:
    rows = [incident(date_start=day) for day in ("2022-01-05", "2022-03-05")]
    found = covered_table(Covered(), *rows, by=["border_pair", "month"])
    groups = found[found["row"] == "group"]
    assert groups[["border_pair", "month", "n_certain"]].values.tolist() == [
        ["AFG-TJK", "2022-01", 1], ["AFG-TJK", "2022-02", 0], ["AFG-TJK", "2022-03", 1],
    ]  # fmt: skip
    assert set(groups["covered"]) == {"not_stated"}
    assert any("does not say what it covers" in note for note in summary_notes(found, plan_of([]), Covered()))


# Rates and changes --------------------------------------------------------------------------------------------


def test_no_rate_under_ten_and_a_rate_names_its_line() -> None:
    plan = plan_of(["border_pair"], borders=lines())
    covered = Covered(frozenset({"AFG-TJK", "AFG-UZB"}), 0, 3651)
    rows = [incident()] * 12 + [incident(border_pairs="AFG-UZB")] * 9
    partial = partial_summary(facts_of(table(*rows)), plan)
    found = finish_summary(partial, plan, covered, rate=True)
    row = group(found, border_pair="AFG-TJK")
    assert row["rate_per_100km_year"] == pytest.approx(12 / 1.0 / (3652 / 365.2425))
    assert "100.0 km of the line AFG-TJK (in full detail, good to 500 m)" in row["rate_basis"]
    assert pd.isna(group(found, border_pair="AFG-UZB")["rate_per_100km_year"])
    without = finish_summary(partial, plan, Covered(frozenset({"AFG-TJK"})), rate=True)
    assert without["rate_per_100km_year"].isna().all()
    with pytest.raises(UsageError, match="a rate needs"):
        count(incident(), by=["status"], rate=True)


def test_a_change_is_a_difference_of_counts_between_whole_periods() -> None:
    rows = [incident(date_start=f"{year}-02-01") for year in (2020, 2020, 2021, 2023)]
    covered = Covered(frozenset(), 18262, 19400)  # 2020 to 12 February 2023
    plan = plan_of(["year"])
    found = finish_summary(partial_summary(facts_of(table(*rows)), plan), plan, covered, change=True)
    changes = found.loc[found["row"] == "group", "n_certain_change"]
    assert changes.tolist()[1:3] == [-1, -1] and changes.isna().tolist() == [True, False, False, True]
    with pytest.raises(UsageError, match="a change needs"):
        count(incident(), by=["status"], change=True)


# Dates --------------------------------------------------------------------------------------------------------


@given(
    st.datetimes(pd.Timestamp("1999-01-01").to_pydatetime(), pd.Timestamp("2030-01-01").to_pydatetime()),
    st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    st.sampled_from(["", "hour", "minute"]),
    st.sampled_from([None, "", "Asia/Tashkent"]),
    st.integers(0, 40),
)
def test_day_intervals_are_those_of_the_rule_for_single_dates(
    moment: Any, form: str, precision: str, zone: str | None, days: int
) -> None:
    start, end = moment.strftime(form), (moment + pd.Timedelta(days=days)).strftime(form)
    expected = interval(start, end, precision=precision, time_zone=zone)
    assert expected is not None
    zones = None if zone is None else pd.Series([zone], dtype="str")
    first, last = day_intervals(pd.Series([start], dtype="str"), pd.Series([end], dtype="str"),
                                precision=pd.Series([precision], dtype="str"), time_zone=zones)  # fmt: skip
    epoch = pd.Timestamp("1970-01-01")
    assert first[0] == (pd.Timestamp(expected[0]) - epoch).days
    assert last[0] == (pd.Timestamp(expected[1]) - pd.Timedelta(seconds=1) - epoch).days


def test_what_is_no_date_is_no_date() -> None:
    first, last = day_intervals(pd.Series(["", "soon"]))
    assert first.tolist() == last.tolist() == [NO_DAY, NO_DAY]
    times = pd.Series(pd.to_datetime(["2022-07-05T16:20", "2022-07-05T00:00"]))
    assert (day_intervals(times)[0] == 19178).all()


# Bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "more", "code"),
    [
        (["colour"], {}, "BM500"),
        (["month", "month"], {}, "BM500"),
        (["every_km", "mark"], {"every_km": 5}, "BM500"),
        (None, {"every_km": -1}, "BM501"),
        (["month"], {"within_km": float("nan")}, "BM501"),
        (["every_km"], {}, "BM502"),
    ],
)
def test_what_cannot_be_counted_by_is_told(by: Any, more: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        summarize(table(incident()), by, borders=lines(), **more)
    assert caught.value.code == code


@pytest.mark.parametrize(("key", "more"), [("border_pair", {}), ("country", {}), ("month", {"within_km": 5})])
def test_incidents_that_are_not_enriched_are_told(key: str, more: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="needs enriched incidents") as caught:
        summarize(bm.read_casebook(), [key], **more)
    assert caught.value.code == "BM503"


def test_a_table_without_dates_cannot_be_counted_by_month() -> None:
    frame = gpd.GeoDataFrame({"title": ["a"]}, geometry=gpd.points_from_xy([67], [37]), crs=4326)
    with pytest.raises(InputError, match="needs a column date_start"):
        summarize(frame, ["month"])
    with pytest.raises(InputError, match="a str holds no incidents"):
        summarize("incidents.csv", ["month"])


def test_too_many_groups_are_refused_before_they_are_made() -> None:
    row = incident(
        date_start="0001-01-01", date_end="9000-12-31", border_along_low_km=0.0, border_along_high_km=100.0
    )
    with pytest.raises(UsageError, match="groups") as caught:
        count(row, by=["week", "every_km"], every_km=0.01)
    assert caught.value.code == "BM506"


# The bundled casebook -----------------------------------------------------------------------------------------


def test_the_bundled_casebook_by_year_and_status() -> None:
    found = summarize(bm.read_casebook(), ["year"])
    groups = found[found["row"] == "group"]
    assert dict(zip(groups["year"], groups["n_certain"], strict=True)) == {
        "2022": 7, "2023": 2, "2024": 1, "2025": 5, "2026": 3,
    }  # fmt: skip
    total = group(found, row="total")
    assert (total["n_certain"], total["status_confirmed"], total["status_denied"]) == (18, 7, 1)
    assert (total["fatalities_b_low"], total["fatalities_b_high"], total["fatalities_b_known"]) == (23, 24, 9)
    assert pd.isna(total["fatalities_b_best"]) and total["fatalities_civilians_low"] == 6


def test_the_bundled_casebook_by_border(enriched: bm.Casebook) -> None:
    found = summarize(enriched, borders=bm.read_borders("AFG"))
    rows: Any = found[found["row"] == "group"].set_index("border_pair")
    assert rows.index.tolist() == ["AFG-CHN", "AFG-IRN", "AFG-PAK", "AFG-TJK", "AFG-TKM", "AFG-UZB"]
    assert rows["n_certain"].isna().tolist() == [True, True, True, False, True, False]
    assert rows.loc["AFG-UZB", "n_certain"] == 3 and rows.loc["AFG-TJK", "n_certain"] >= 8
    assert counted(group(found, row="not_placed")) == (2, 0) and counted(group(found, row="total")) == (18, 0)
    assert covered_by(enriched.about).borders == {"AFG-TJK", "AFG-UZB"}


def test_a_casebook_of_one_dataset_is_reported_and_names_it() -> None:
    tables = small()
    tables["parties"] = [{"party_id": "dataset-x", "name": "A dataset", "kind": "dataset"},
                         {"party_id": "actor-1", "name": "A group", "kind": "named_actor"}]  # fmt: skip
    tables["claims"] = [claim("C1", "dataset-x", "reports", attributed_to="actor-1")]
    facts = facts_of(in_memory(tables))
    assert facts[["status", "dataset", "parties"]].values.tolist() == [
        ["reported", "A dataset", "attributed_in_dataset\x1eA group"]
    ]
