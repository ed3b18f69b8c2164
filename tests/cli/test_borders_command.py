"""``bordermap borders``: what stands on the terminal, in the CSV and in the JSON."""

from __future__ import annotations

import csv
import io
import json

import pytest

from bordermap.cli import run
from bordermap.codebook import ENDORSEMENT

Capture = pytest.CaptureFixture[str]
SIX = ["CHN", "IRN", "PAK", "TJK", "TKM", "UZB"]
LAST_CIA = {"CHN": 91, "IRN": 921, "PAK": 2670, "TJK": 1357, "TKM": 804, "UZB": 144}


def test_the_table_lists_the_six_with_what_was_published(capsys: Capture) -> None:
    assert run(["borders", "AFG"]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line[:3] for line in lines[2:8]] == SIX
    assert "1,344.0" in out and "1,357" in out and "1,344.15" in out and "CIA World Factbook, 2026" in out
    assert "disputed" in out and " m" in lines[2]
    assert "OpenStreetMap contributors (ODbL)" in out
    assert ENDORSEMENT in " ".join(out.split())


def test_json_uses_the_names_of_the_codebook(capsys: Capture) -> None:
    assert run(["borders", "AFG", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["neighbour"] for row in rows] == SIX
    assert {row["neighbour"]: row["published_km"] for row in rows} == LAST_CIA
    for row in rows:
        assert row["neighbour_name"] and row["publisher"] == "CIA World Factbook" and row["year"] == 2026
        assert abs(row["length_km"] / row["published_km"] - 1) < (0.05 if row["neighbour"] == "PAK" else 0.03)
        assert row["accuracy_m"] > 0 and row["line_status"] in ("not_assessed", "disputed")
        assert len(row["published"]) >= 3
    assert [row["line_status_by"] != "" for row in rows] == [row["line_status"] == "disputed" for row in rows]


def test_csv_has_a_header_and_no_blank_lines(capsys: Capture) -> None:
    assert run(["borders", "AFG", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["neighbour"] for row in rows] == SIX
    assert float(rows[3]["length_km"]) == pytest.approx(1344, abs=1)


def test_a_pair_is_one_row_seen_from_the_country_named_first(capsys: Capture) -> None:
    assert run(["borders", "TJK-AFG", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["border_pair"], row["neighbour"]) for row in rows] == [("AFG-TJK", "AFG")]


def test_other_countries_have_no_published_lengths(capsys: Capture) -> None:
    assert run(["borders", "India", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["published_km"] for row in rows} == {None} and all(row["published"] == [] for row in rows)
    assert {"siachen", "line-of-control"} <= {row["part"] for row in rows}
    assert run(["borders", "India"]) == 0
    assert "line of control" in capsys.readouterr().out
    assert run(["borders", "India", "--format", "csv"]) == 0


def test_the_world_is_every_border(capsys: Capture) -> None:
    assert run(["borders", "world", "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 300


@pytest.mark.parametrize(
    ("country", "message", "hint"),
    [
        ("Afganistan", "no country is called 'Afganistan'", "Did you mean Afghanistan (AFG)?"),
        ("AFG-IND", "Afghanistan and India have no land border", "TKM and UZB"),
        ("Australia", "Australia has no land border", "another country"),
    ],
)
def test_what_does_not_exist_ends_with_one_error_and_one_hint(
    country: str, message: str, hint: str, capsys: Capture
) -> None:
    assert run(["borders", country]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    error, cure = shown.err.splitlines()
    assert error.startswith("Error: ") and message in error
    assert cure.startswith("Hint: ") and hint in cure


def test_a_missing_country_is_a_wrong_command_line(capsys: Capture) -> None:
    assert run(["borders"]) == 2
    assert "COUNTRY" in capsys.readouterr().err
