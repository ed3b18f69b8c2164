"""Numbers: empty is unknown, 0 is reported none, nothing is added that was not one figure."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from bordermap.incidents.casebook import read_casebook
from bordermap.incidents.figures import figure_text, figures

from support.casebooks import casebook_of, cells, claim, with_claims


def texts(*rows: str) -> list[tuple[str, str, str, str, str]]:
    tables = with_claims(claim("1", "uz-mfa", "reports"), claim("2", "rferl", "reports"))
    tables["particulars"] = [cells(row) for row in rows]
    frame = figures(casebook_of(tables))
    return list(frame[["claim_id", "what", "side", "nationality", "text"]].itertuples(index=False, name=None))


def test_unknown_is_not_none_reported() -> None:
    assert [
        row[-1] for row in texts("claim_id=1 what=killed", "claim_id=1 what=wounded low=0 best=0 high=0")
    ] == ["unknown", "0"]


def test_nationalities_of_one_side_are_parts_of_one_figure() -> None:
    assert texts(
        "claim_id=1 what=wounded side=civilians nationality=CHN low=4 best=4 high=4",
        "claim_id=1 what=wounded side=civilians nationality=TJK low=1 best=1 high=1",
    ) == [("1", "wounded", "civilians", "CHN TJK", "5")]


def test_an_unknown_part_leaves_a_lowest_number() -> None:
    assert texts(
        "claim_id=1 what=wounded side=civilians nationality=CHN best=4",
        "claim_id=1 what=wounded side=civilians nationality=TJK",
    ) == [("1", "wounded", "civilians", "CHN TJK", "at least 4")]


def test_sides_totals_and_claims_are_never_added() -> None:
    rows = (
        "claim_id=1 what=killed side=a nationality=TJK best=2",
        "claim_id=1 what=killed side=b best=3",
        "claim_id=1 what=killed side=b nationality=AFG best=1",
        "claim_id=2 what=killed side=a nationality=TJK best=2",
    )
    assert [row[-1] for row in texts(*rows)] == ["2", "3", "1", "2"]


def test_numbers_stay_numbers_and_unknown_stays_missing() -> None:
    frame = figures(read_casebook())
    assert all(str(frame[name].dtype) == "Int64" for name in ("low", "best", "high"))
    unknown = frame[frame["text"] == "unknown"]
    assert unknown[["low", "best", "high"]].isna().to_numpy().all()
    assert not frame.duplicated(["claim_id", "what", "side", "nationality"]).any()


def test_an_empty_table_gives_an_empty_frame() -> None:
    tables = with_claims(claim("1", "uz-mfa", "reports"))
    frame = figures(casebook_of(tables))
    assert isinstance(frame, pd.DataFrame) and frame.empty and "text" in frame


numbers = st.one_of(st.none(), st.integers(0, 10_000))


@given(numbers, numbers, numbers)
def test_every_known_number_shows_or_equals_one_that_does(
    low: int | None, best: int | None, high: int | None
) -> None:
    known = sorted(number for number in (low, best, high) if number is not None)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
        best = min(max(best, low), high) if best is not None else None
        known = [low, high] + ([best] if best is not None else [])
    text = figure_text(low, best, high)
    assert (text == "unknown") == (not known)
    assert all(str(number) in text for number in known)
