"""Dates are intervals: their words, their bounds, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.incidents.casebook import read_casebook
from bordermap.incidents.dates import interval, interval_label, is_date, overlap

days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


@pytest.mark.parametrize(
    ("given_as", "label"),
    [
        (("2022-04-18", "", {}), "18 April 2022"),
        (("", "2022-04-18", {}), "18 April 2022"),
        (("", "", {}), ""),
        (("2022", "2022", {}), "2022"),
        (("2022-08", "", {}), "August 2022"),
        (("2022-01-01", "2022-12-31", {"precision": "year"}), "2022"),
        (("2022-12-31", "2023-01-01", {"precision": "part_of_day"}), "night of 31 December 2022 – 1 January 2023"),
        (("2024-11-17T20:00", "2024-11-18T04:00", {"precision": "part_of_day"}), "night of 17–18 November 2024"),
        (("2022-05-14T18:00", "2022-05-14T22:00", {"precision": "part_of_day"}), "14 May 2022, 18:00–22:00"),
        (("2026-04-17T01:00", "2026-04-17T01:00", {"precision": "hour"}), "17 April 2026, about 01:00"),
        (("2022-07-05T16:20", "", {"precision": "minute", "time_zone": "Asia/Tashkent"}), "5 July 2022, 16:20"),
        (("2022-07-05T16:20", "", {"precision": "minute", "time_zone": ""}), "5 July 2022, 16:20, zone not stated"),
        (("2025-12-23T23:30", "2025-12-24T01:00", {"precision": "minute"}), "23 December 2025, 23:30 to 24 December 2025, 01:00"),
        (("2022-08-03", "2022-08-10", {"kind": "throughout", "basis": "conflict"}), "3–10 August 2022 (sources differ)"),
        (("2023-08-29", "2023-09-05", {"kind": "throughout"}), "29 August – 5 September 2023"),
        (("2022-12-30", "2023-01-02", {}), "between 30 December 2022 and 2 January 2023"),
        (("2023-04-01", "2023-04-09", {"basis": "inferred"}), "early April 2023 (1–9, inferred)"),
        (("2023-04-11", "2023-04-20", {"basis": "inferred"}), "mid April 2023 (11–20, inferred)"),
        (("2023-04-09", "2023-04-12", {"basis": "inferred"}), "9–12 April 2023 (inferred)"),
        (("2022-07-16", "", {"basis": "report"}), "16 July 2022 (date of the report)"),
    ],
)  # fmt: skip
def test_labels(given_as: tuple[str, str, dict[str, str]], label: str) -> None:
    start, end, more = given_as
    assert interval_label(start, end, **more) == label


@given(days, st.integers(0, 500))
def test_a_label_names_both_ends_and_an_interval_holds_both(start: dt.date, length: int) -> None:
    end = start + dt.timedelta(days=length)
    label = interval_label(start.isoformat(), end.isoformat())
    assert str(start.day) in label and f"{end.day} " in label and str(end.year) in label
    span = interval(start.isoformat(), end.isoformat())
    assert span is not None
    assert (span[1] - span[0]).days == length + 1
    for day in (start, end):
        one = interval(day.isoformat())
        assert one is not None and overlap(span, one) and overlap(one, span)
    after = interval((end + dt.timedelta(days=1)).isoformat())
    assert after is not None and not overlap(span, after)


def test_without_a_zone_clock_times_are_half_an_hour_wider_and_days_are_not() -> None:
    known = interval("2022-07-05T16:20", time_zone="Asia/Tashkent")
    unknown = interval("2022-07-05T16:20", time_zone="")
    assert known and unknown
    assert (unknown[1] - unknown[0]) - (known[1] - known[0]) == dt.timedelta(minutes=30)
    assert interval("2022-07-05", time_zone="") == interval("2022-07-05", time_zone="Asia/Tashkent")


def test_years_and_months_alone_reach_to_their_end() -> None:
    assert [str(moment.date()) for moment in interval("2022-02") or ()] == ["2022-02-01", "2022-03-01"]
    assert [str(moment.date()) for moment in interval("2022") or ()] == ["2022-01-01", "2023-01-01"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022",
        "2022-13-01",
        "2022-02-30",
        "20220418",
        "2022-W16-1",
        "2022-04-18T24:30",
        "2022-04-18 16:20",
        " 2022-04-18",
        "2022-04-18\n",
        "0000-01-01",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert not is_date(text)


def test_every_bundled_date_has_words() -> None:
    case = read_casebook()
    for row in case.incidents.to_dict("records"):
        label = interval_label(
            row["date_start"], row["date_end"], precision=row["date_precision"], basis=row["date_basis"],
            kind=row["date_kind"], time_zone=row["time_zone"],
        )  # fmt: skip
        assert row["date_start"][:4] in label
