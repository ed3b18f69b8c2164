"""``bordermap duplicates``: pairs on the terminal and in the decision file, and merging as decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bordermap.cli import run
from bordermap.incidents.reading import read_incidents

Capture = pytest.CaptureFixture[str]

ONE = "event_id,date,lat,lon,location,title,deaths,url\na1,2022-04-18,37.224,67.278,Termez,rocket fire,0,https://example.org/one\n" \
      "a2,2022-09-01,37.216,67.417,Hairatan,shots,,https://example.org/two\n"  # fmt: skip
TWO = "id,date,latitude,longitude,title,source_url\nb1,2022-04-18,37.23,67.28,rockets at Termez,https://example.org/three\n"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in (("one.csv", ONE), ("two.csv", TWO)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / "one.csv"), str(tmp_path / "two.csv")]


def test_pairs_are_told_with_their_reasons(files: list[str], capsys: Capture) -> None:
    assert run(["duplicates", *files]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("score 7: same day; 1 km apart; ")
    assert lines[1].startswith("    one.csv, a1, 2022-04-18, Termez") and lines[2].startswith(
        "    two.csv, b1"
    )
    assert lines[3] == "1 pair that may be one; nothing was merged."


def test_no_pair_is_said(files: list[str], capsys: Capture) -> None:
    assert run(["duplicates", files[0]]) == 0
    assert "No two incidents look like one." in capsys.readouterr().out


def test_json_and_csv_have_the_same_columns(files: list[str], capsys: Capture) -> None:
    assert run(["duplicates", *files, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert run(["duplicates", *files, "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0].split(",") == list(row)
    assert (row["file_a"], row["event_id_b"], row["decision"]) == ("one.csv", "b1", "")


def test_a_decided_pair_is_merged_and_keeps_every_source(
    files: list[str], tmp_path: Path, capsys: Capture
) -> None:
    pairs, merged = tmp_path / "pairs.csv", tmp_path / "merged.gpkg"
    assert run(["duplicates", *files, "-o", str(pairs)]) == 0
    assert run(["duplicates", *files, "-o", str(pairs)]) == 4, "never overwritten unasked"
    text = pairs.read_text(encoding="utf-8-sig")
    assert run(["duplicates", *files, "--merge", str(pairs), "-o", str(merged)]) == 0
    assert "3 incidents, 0 merged into others" in capsys.readouterr().out, "nothing is merged unasked"
    head, line, *_ = text.splitlines()
    cells = line.split(",")
    cells[head.split(",").index("decision")] = "merge"
    pairs.write_text(f"{head}\n{','.join(cells)}\n", encoding="utf-8")
    assert run(["duplicates", *files, "--merge", str(pairs), "-o", str(merged), "--overwrite"]) == 0
    assert "3 incidents, 1 merged into others" in capsys.readouterr().out
    back = read_incidents(merged)
    assert sorted(back.incidents["event_id"]) == ["a1", "a2"]
    assert sorted(back.claims["event_id"]) == ["a1", "a1", "a2"]
    assert {"https://example.org/one", "https://example.org/two", "https://example.org/three"} <= set(
        back.sources["url"]
    )


def test_merging_asks_for_an_output(files: list[str], capsys: Capture) -> None:
    assert run(["duplicates", *files, "--merge", "pairs.csv"]) == 2
    assert "BM375" in capsys.readouterr().err


def test_one_unusable_file_of_two_is_exit_3_and_none_is_1(
    files: list[str], tmp_path: Path, capsys: Capture
) -> None:
    assert run(["duplicates", files[0], str(tmp_path / "missing.csv")]) == 3
    assert run(["duplicates", str(tmp_path / "missing.csv")]) == 1
    assert (
        run(["duplicates", files[0], "--merge", str(tmp_path / "none.csv"), "-o", str(tmp_path / "m.gpkg")])
        == 1
    )
    assert "BM374" in capsys.readouterr().err
