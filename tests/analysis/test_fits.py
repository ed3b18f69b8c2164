"""Range statements: what fits a published maximum, what cannot, and what nobody can say."""

from __future__ import annotations

import pandas as pd
import pytest

import bordermap as bm
from bordermap.analysis.fits import VERDICTS, fit_of, range_statements
from bordermap.analysis.ranges import PUBLISHED
from bordermap.geometry.apart import Apart

from support.casebooks import cells, claim, in_memory, small


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    return range_statements(bm.read_casebook())


def test_the_18th_of_april_2022_cannot_be_judged(found: pd.DataFrame) -> None:
    rows = found[found["event_id"] == "UZ-20220418-TERMEZ"]
    assert len(rows) and set(rows["verdict"]) == {"cannot_be_judged"}
    own = rows[rows["origin"].str.contains("Hairatan, in Balkh") & rows["end"].str.contains("Termez")].iloc[0]
    # A label of the press names no calibre; with one, the shapes still would have to be compared.
    assert own["means"] == '"Katyusha" rockets' and own["calibre"] == "" and pd.isna(own["max_km"])
    assert 8 < own["low_km"] < 10 and 16 < own["high_km"] < 18


def test_khwaja_ghar_to_kulob_cannot_fit(found: pd.DataFrame) -> None:
    rows = found[(found["event_id"] == "TJ-20220507-KHWAJAGHAR") & found["end"].str.contains("Kulob")]
    town = rows[rows["origin"].str.contains("Khwaja Ghar city")].iloc[0]
    assert town["verdict"] == "cannot_fit" and 90 < town["low_km"] < 99.7 < town["high_km"] < 110
    assert "published maximum 20.4 km" in town["reason"]


def test_a_verdict_is_one_of_three_and_nothing_fits_by_a_label(found: pd.DataFrame) -> None:
    assert set(found["verdict"]) <= set(VERDICTS)
    assert not (found["verdict"] == "fits").any()
    words = found[found["low_km"].isna()]
    assert (
        set(words["verdict"]) == {"cannot_be_judged"} and words["reason"].str.contains("in words only").all()
    )


@pytest.mark.parametrize(
    ("low", "high", "certain", "verdict"),
    [
        (0.0, 8.5, True, "fits"),
        (0.0, 8.6, True, "cannot_be_judged"),
        (8.5, 9.0, True, "cannot_be_judged"),
        (8.6, 9.0, True, "cannot_fit"),
        (0.0, 8.0, False, "cannot_be_judged"),
        (8.6, 9.0, False, "cannot_fit"),
    ],
)
def test_shapes_against_one_range(low: float, high: float, certain: bool, verdict: str) -> None:
    assert fit_of(Apart(low, high), PUBLISHED[:1], certain=certain) == verdict


def test_of_several_ranges_all_must_agree() -> None:
    assert fit_of(Apart(8.6, 9.0), PUBLISHED) == "cannot_be_judged"
    assert fit_of(Apart(20.5, 30.0), PUBLISHED) == "cannot_fit"
    assert fit_of(Apart(1.0, 2.0), ()) == "cannot_be_judged"


@pytest.mark.parametrize(("means", "verdict"), [("107 mm rockets", "cannot_fit"), ("122 mm rockets", "fits")])
def test_the_calibre_is_that_of_the_statement_that_gives_the_origin(means: str, verdict: str) -> None:
    tables = small()
    tables["claims"] = [
        claim("C1", "iskp", "claims_responsibility", statement_id="S"),
        claim("C2", "iskp", "claims_responsibility", "means", value=means, statement_id="S"),
        claim("C3", "isw", "assesses", "means", value="107 mm rockets", statement_id="other"),
    ]
    tables["locations"] = [
        row | cells("geo_precision=exact") for row in tables["locations"]
    ]  # half a kilometre each way, 12.3 km apart
    row = range_statements(in_memory(tables)).iloc[0]
    assert (row["verdict"], row["means"]) == (verdict, means)
    assert row["origin_by"] == row["end_by"] == "ISKP"


def test_without_a_calibre_or_an_end_nothing_is_judged() -> None:
    tables = small()
    assert range_statements(in_memory(tables))["verdict"].tolist() == ["cannot_be_judged"]
    tables["locations"] = tables["locations"][:1]
    assert range_statements(in_memory(tables)).empty
