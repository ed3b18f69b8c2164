"""``bordermap places``: what stands on the terminal, in the CSV and in the JSON."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest

from bordermap.cli import run

Capture = pytest.CaptureFixture[str]


def _columns(line: str) -> int:
    return len(line) + sum(unicodedata.east_asian_width(c) in "WF" for c in line)


def test_it_finds_hairatan_and_says_how(capsys: Capture) -> None:
    assert run(["places", "Хайратон"]) == 0
    out = capsys.readouterr().out
    assert "Hairatan" in out and "other script “Хайратон” (ru)" in out
    assert "AFG" in out and "Balkh" in out and "67.4241" in out and "37.2214" in out
    assert "source: GeoNames" in out and "key: hairatan" in out
    assert "none was chosen" not in out


def test_namesakes_are_all_listed_and_none_is_chosen(capsys: Capture) -> None:
    assert run(["places", "Ishkashim"]) == 0
    out = capsys.readouterr().out
    assert "3 places match “Ishkashim”; none was chosen." in out
    assert "ishkashim_tj" in out and "ishkashim_af" in out


def test_a_limit_does_not_hide_that_there_are_more(capsys: Capture) -> None:
    assert run(["places", "Imam Sahib", "--limit", "2"]) == 0
    assert "none was chosen (the first 2 are listed)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "query", ["Imam Sahib", "Panjshir", "Tashkent", "Friendship Bridge", "北京", "Khojaghar"]
)
def test_the_table_fits_eighty_columns(query: str, capsys: Capture) -> None:
    assert run(["places", query]) == 0
    for line in capsys.readouterr().out.splitlines():
        assert _columns(line) <= 80, line
        assert line == line.rstrip()


@pytest.mark.parametrize(
    ("query", "words"), [("Davang", "coordinates not known"), ("Panjshir", "an area, not a point")]
)
def test_what_has_no_point_says_so(query: str, words: str, capsys: Capture) -> None:
    assert run(["places", query]) == 0
    assert words in capsys.readouterr().out


def test_json_uses_the_names_of_the_codebook(capsys: Capture) -> None:
    assert run(["places", "Bazarak", "--format", "json"]) == 0
    captured = capsys.readouterr()
    rows = json.loads(captured.out)
    assert [row["place_id"] for row in rows] == ["bazarak", "bazarak_villages"]
    assert rows[0]["longitude"] == 69.51519 and rows[1]["longitude"] is None
    assert all(row["ambiguous"] is True for row in rows)
    assert "none was chosen" in captured.err


def test_an_area_gets_no_coordinates_in_an_export(capsys: Capture) -> None:
    assert run(["places", "Panjshir", "--kind", "admin1", "--format", "json"]) == 0
    captured = capsys.readouterr()
    (row,) = json.loads(captured.out)
    assert (row["longitude"], row["latitude"], row["admin1_code"]) == (None, None, "AF.42")
    assert row["label_longitude"] == 69.79589
    assert captured.err == ""


def test_csv_is_a_table_with_one_row_per_candidate(capsys: Capture) -> None:
    assert run(["places", "Ишкашим", "--country", "TJK", "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["place_id"], row["how"], row["ambiguous"]) == ("ishkashim_tj", "other script", "no")


def test_no_match_is_one_error_and_one_hint_with_the_nearest_spellings(capsys: Capture) -> None:
    assert run(["places", "Qwrtzp"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    error, hint = captured.err.splitlines()
    assert error.startswith("Error: ") and "Qwrtzp" in error
    assert hint.startswith("Hint: The nearest spellings are: ")


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "\x1b[31mred\x1b[0m",
        "x" * 10_000,
        "\u202edesrever\u202c",
        "a\rb",
        "[(*",
        "\ud800",
        "Qw\nrtzp",
        "名" * 500,
    ],
)
def test_hostile_queries_end_in_one_error_and_one_hint_or_in_candidates(query: str, capsys: Capture) -> None:
    code = run(["places", query])
    captured = capsys.readouterr()
    assert code in (0, 1)
    if code:
        assert [line.split(":")[0] for line in captured.err.splitlines()] == ["Error", "Hint"]
        assert len(captured.err) < 1000
    assert not {"\x1b", "\x00", "\r", "\u202e"} & set(captured.out + captured.err)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--country", "XX"], 1), (["--kind", "planet"], 1), (["--limit", "0"], 2), (["--format", "xml"], 2)],
)
def test_options_that_do_not_fit_are_one_error_and_one_hint(
    arguments: list[str], code: int, capsys: Capture
) -> None:
    assert run(["places", "Termez", *arguments]) == code
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == ["Error", "Hint"]
