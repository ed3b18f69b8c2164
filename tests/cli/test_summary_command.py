"""``bordermap summary``: what stands on the terminal, in CSV and JSON, and in the files of a strip."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from bordermap.cli import COMMANDS, run
from bordermap.codebook import ENDORSEMENT

Capture = pytest.CaptureFixture[str]

pytest.importorskip("bordermap.analysis.enriching")

ENRICHED: dict[Any, Any] = {}
ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,country,admin1,"
    "location,latitude,longitude,geo_precision,source,notes,fatalities\n"
    "TAJ1,01 January 2024,2024,1,Political violence,Battles,Armed clash,Group A,Tajikistan,Khatlon,Panj,37.24,69.09,1,"
    "Media,a,3\n"
    "TAJ2,15 March 2024,2024,1,Political violence,Battles,Armed clash,Group B,Tajikistan,Khatlon,Farkhor,37.49,69.40,1,"
    "Media,b,0\n"
)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundled casebook is enriched once for each border: its provinces take their time."""
    from bordermap.analysis import enriching

    own = enriching.enrich

    def enriched_once(casebook: Any, borders: Any, **more: Any) -> Any:
        key = casebook.about.version, tuple(borders.lines["border_pair"])
        if not casebook.about.version:
            return own(casebook, borders, **more)
        if key not in ENRICHED:
            ENRICHED[key] = own(casebook, borders, **more)
        return ENRICHED[key]

    monkeypatch.setattr(enriching, "enrich", enriched_once)
    monkeypatch.setitem(COMMANDS, "summary", "Count incidents.")


def test_the_bundled_casebook_by_border(capsys: Capture) -> None:
    assert run(["summary"]) == 0
    out = capsys.readouterr().out
    rows = {line.split()[0]: line.split()[1:3] for line in out.splitlines() if line.startswith("AFG-")}
    assert rows["AFG-UZB"] == ["3", "4"] and rows["AFG-PAK"] == ["–", "–"]
    assert "total, each once" in out and "18 incidents:" in out
    assert "Collected: AFG-TJK, AFG-UZB, 2022-01-01 to 2026-04-17." in out
    assert "compiled through 2026-04-17" in out and ENDORSEMENT in " ".join(out.split())


def test_json_and_csv_hold_the_same_rows(capsys: Capture) -> None:
    assert run(["summary", "--by", "border_pair,year", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"rows", "notes"} == set(told)
    rows = [row for row in told["rows"] if row["row"] == "group"]
    assert len(rows) == 6 * 5 and {"n_certain", "n_possible", "covered"} <= set(rows[0])
    assert {row["n_certain"] for row in rows if row["border_pair"] == "AFG-IRN"} == {None}
    assert {row["n_certain"] for row in rows if row["covered"] == "yes"} & {0}
    assert run(["summary", "--by", "border_pair", "--by", "year", "--format", "csv"]) == 0
    shown = capsys.readouterr()
    read = list(csv.DictReader(io.StringIO(shown.out)))
    assert [row["n_certain"] for row in read] == [
        "" if row["n_certain"] is None else str(row["n_certain"]) for row in told["rows"]
    ]
    assert f"note: {ENDORSEMENT}" in shown.err


def test_keys_without_places_need_no_borders(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    import bordermap.analysis.enriching as enriching

    monkeypatch.setattr(enriching, "enrich", None)
    assert run(["summary", "--by", "year", "--change"]) == 0
    out = capsys.readouterr().out
    assert "2026*" in out and "-5" in out and "collected in part" in out
    assert run(["summary", "--by", "party"]) == 0
    assert "counted again, taken off" in capsys.readouterr().out


def test_parts_of_the_line_and_borders_that_are_not_collected(capsys: Capture) -> None:
    assert run(["summary", "--every-km", "200"]) == 0
    out = capsys.readouterr().out
    assert "AFG-TJK km 0–200" in out and "AFG-TJK km 1,200–1,344" in out
    assert [line.split() for line in out.splitlines() if line.startswith("AFG-PAK")] == [
        ["AFG-PAK", "–", "–"]
    ]
    assert "Kilometres along the line" in out


def test_between_marks_and_within_a_distance(capsys: Capture) -> None:
    assert (
        run(["summary", "--by", "mark", "--within-km", "20", "--border", "AFG-UZB", "--format", "json"]) == 0
    )
    told = json.loads(capsys.readouterr().out)
    marks = [
        row["to_mark"] for row in told["rows"] if row["row"] == "group" and row["border_line"] == "AFG-UZB"
    ]
    assert "Termez" in marks
    assert any(note.startswith("Only within 20 km of the border") for note in told["notes"])


def test_range_statements(capsys: Capture) -> None:
    assert run(["summary", "--by", "year", "--ranges", "--format", "json"]) == 0
    ranges = json.loads(capsys.readouterr().out)["ranges"]
    verdicts: dict[str, set[str]] = {}
    for row in ranges:
        verdicts.setdefault(row["event_id"], set()).add(row["verdict"])
    assert verdicts["UZ-20220418-TERMEZ"] == {"cannot_be_judged"}
    assert "cannot_fit" in verdicts["TJ-20220507-KHWAJAGHAR"]
    assert run(["summary", "--by", "year", "--ranges"]) == 0
    assert "cannot fit: Khwaja Ghar city" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["csv", "json", "svg", "png", "pdf"])
def test_a_strip_is_written_once(ending: str, tmp_path: Path, capsys: Capture) -> None:
    if ending in ("svg", "png", "pdf"):
        pytest.importorskip("matplotlib")
    target = tmp_path / f"strip.{ending}"
    command = ["summary", "--by", "year", "--every-km", "100", "--strip", str(target)]
    assert run(command) == 0
    first = target.read_bytes()
    assert f"wrote {target}" in capsys.readouterr().err and first
    assert run(command) == 4
    assert run([*command, "--overwrite"]) == 0
    assert target.read_bytes() == first
    if ending == "csv":
        rows = list(csv.DictReader(io.StringIO(first.decode())))
        assert list(rows[0]) == [
            "border_line",
            "from_km",
            "to_km",
            "period",
            "n_certain",
            "n_possible",
            "covered",
        ]
        assert {row["n_certain"] for row in rows if row["covered"] == "no"} == {""}
    if ending == "json":
        assert json.loads(first)["incidents"] == 18


def test_a_file_of_a_dataset_names_what_it_attributes_and_what_it_does_not_state(
    tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "acled.csv").write_text(ACLED, encoding="utf-8")
    assert run(["summary", str(tmp_path / "acled.csv"), "--by", "border_pair,month"]) == 0
    shown = capsys.readouterr()
    assert "2 rows read: 2 used, 0 rejected" in shown.err
    assert shown.out.count("AFG-TJK") == 3 and "does not say what it covers" in " ".join(shown.out.split())
    assert "ACLED" in shown.out
    assert run(["summary", str(tmp_path / "acled.csv"), "--by", "party"]) == 0
    assert "attributed in the dataset to: Group A" in capsys.readouterr().out


def test_rows_that_are_rejected_are_told_and_counted_out(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = (
        ACLED + "TAJ3,soon,2024,1,Political violence,Battles,Armed clash,C,Tajikistan,,X,97,69,1,Media,c,0\n"
    )
    (tmp_path / "acled.csv").write_text(bad, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["summary", "acled.csv", "--by", "month"]) == 3
    assert "(see acled.rejects.csv)" in capsys.readouterr().err and (tmp_path / "acled.rejects.csv").is_file()
    rejects = tmp_path / "rejects.csv"
    assert run(["summary", str(tmp_path / "acled.csv"), "--rejects", str(rejects)]) == 3
    assert "1 rejected" in capsys.readouterr().err and "TAJ3" in rejects.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--by", "colour"], 2, "BM500"),
        (["--every-km", "0"], 2, "BM501"),
        (["--by", "every_km"], 2, "BM502"),
        (["--by", "status", "--rate"], 2, "BM512"),
        (["--strip", "strip.docx"], 2, "BM511"),
        (["--border", "AFG-IND"], 1, "no land border"),
        (["no-such-file.csv"], 1, "no-such-file.csv"),
    ],
)
def test_what_does_not_fit_ends_with_one_error_and_one_hint(
    arguments: list[str],
    code: int,
    message: str,
    capsys: Capture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["summary", *arguments]) == code
    shown = capsys.readouterr()
    assert shown.out == "" and not list(tmp_path.iterdir())
    error, cure = shown.err.splitlines()[-2:]
    assert error.startswith("Error: ") and message in error and cure.startswith("Hint: ")


def test_an_empty_file_is_nothing_usable(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    assert run(["summary", str(tmp_path / "empty.csv")]) == 1
    assert capsys.readouterr().err.splitlines()[-2].startswith("Error: ")


def test_control_characters_of_data_never_reach_the_terminal(tmp_path: Path, capsys: Capture) -> None:
    hostile = ACLED.replace("Group A", "\x1b[31mGroup\u202e A")
    (tmp_path / "acled.csv").write_text(hostile, encoding="utf-8")
    assert run(["summary", str(tmp_path / "acled.csv"), "--by", "party"]) == 0
    shown = capsys.readouterr()
    assert "\x1b" not in shown.out + shown.err and "\u202e" not in shown.out


@pytest.mark.parametrize("engine", [[], ["--engine", "dask", "--workers", "1"]], ids=["memory", "dask"])
def test_a_folder_of_parts_is_counted_as_its_rows_are(
    engine: list[str], tmp_path: Path, capsys: Capture
) -> None:
    whole = tmp_path / "whole.csv"
    whole.write_text(ACLED)
    parts = tmp_path / "parts"
    parts.mkdir()
    head, *rows = ACLED.splitlines()
    for at, row in enumerate(rows):
        (parts / f"{at}.csv").write_text(f"{head}\n{row}\n")
    how = ["--by", "border_pair,month", "--format", "json", "-q"]
    assert run(["summary", str(whole), *how]) == 0
    expected = json.loads(capsys.readouterr().out)
    assert run(["summary", str(parts), *how, *engine]) == 0
    told = json.loads(capsys.readouterr().out)
    # The notes name the file; the first says how many there are, which is the same.
    assert told.pop("notes")[0] == expected.pop("notes")[0]
    assert told == expected
    assert run(["summary", str(parts), "--ranges"]) == 2
    assert "[BM514]" in capsys.readouterr().err
