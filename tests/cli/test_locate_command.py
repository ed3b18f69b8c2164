"""``bordermap locate``: what stands on the terminal, in the choices file, and what the file settles."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from bordermap.cli import run

Capture = pytest.CaptureFixture[str]

HEADER = "event_id,date,location,country,admin1,title\n"
CLEAR = HEADER + "1,2022-04-18,Термез,UZB,,rocket fire\n2,2022-05-07,near Hairatan,AFG,Balkh,shots\n"
OPEN = (
    CLEAR
    + "3,2022-05-08,Ishkashim,,,shots\n4,2022-05-08,Qwrtzp,AFG,Балх,shots\n5,2022-05-09,Ishkashim,,,shots\n"
)


def _write(folder: Path, text: str) -> Path:
    path = folder / "reports.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_located_is_exit_0(tmp_path: Path, capsys: Capture) -> None:
    assert run(["locate", str(_write(tmp_path, CLEAR))]) == 0
    out = capsys.readouterr().out
    assert "Термез (UZB), 1 row: located as termez (other script)" in out
    assert "2 names: located 2 (2 rows)" in out


def test_open_names_are_exit_3_and_come_first_with_their_candidates(tmp_path: Path, capsys: Capture) -> None:
    assert run(["locate", str(_write(tmp_path, OPEN))]) == 3
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Ishkashim, 2 rows: several places, none was chosen"
    assert any("ishkashim_tj: Ishkashim, settlement, " in line for line in lines[1:4])
    assert "Qwrtzp (Балх, AFG), 1 row: no place of this name" in lines


def test_a_choices_file_given_back_settles_its_names(tmp_path: Path, capsys: Capture) -> None:
    reports, choices = _write(tmp_path, OPEN), tmp_path / "choices.csv"
    assert run(["locate", str(reports), "-o", str(choices)]) == 3
    assert run(["locate", str(reports), "-o", str(choices)]) == 4, "never overwritten unasked"
    text = choices.read_text(encoding="utf-8-sig").splitlines()
    marked = [line + "x" if ",ishkashim_tj," in line else line for line in text]
    # A name that nobody knows gets a place of one's own.
    marked += ["Qwrtzp,AFG,Балх,1,not_found,hairatan,,,,,,,,yes"]
    choices.write_text("\n".join(marked), encoding="utf-8")
    assert run(["locate", str(reports), "--choices", str(choices), "--format", "json"]) == 0
    capsys.readouterr()
    assert run(["locate", str(reports), "--choices", str(choices), "--format", "csv"]) == 0
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert (rows["Ishkashim"]["outcome"], rows["Ishkashim"]["place_key"]) == ("chosen", "ishkashim_tj")
    assert rows["Qwrtzp"]["place_key"] == "hairatan"


def test_json_lists_the_candidates(tmp_path: Path, capsys: Capture) -> None:
    run(["locate", str(_write(tmp_path, OPEN)), "--format", "json"])
    found = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert {"place_key": "ishkashim_tj", "how": "exact name"} in found["Ishkashim"]["candidates"]
    assert found["Qwrtzp"]["candidates"] == [] and found["Ishkashim"]["n_rows"] == 2


@pytest.mark.parametrize(("choices", "code"), [("none.csv", "BM364"), ("bad.csv", "BM360")])
def test_a_faulty_choices_file_is_one_error_and_one_hint(
    tmp_path: Path, capsys: Capture, choices: str, code: str
) -> None:
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert run(["locate", str(_write(tmp_path, CLEAR)), "--choices", str(tmp_path / choices)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("Error: ") and code in lines[0] and lines[1].startswith("Hint: ")


def test_nothing_of_a_hostile_name_reaches_the_terminal(tmp_path: Path, capsys: Capture) -> None:
    path = _write(tmp_path, HEADER + '1,2022-04-18,"Ev\x1b[31mil",AFG,,shots\n')
    run(["locate", str(path)])
    assert "\x1b" not in capsys.readouterr().out


def test_rows_with_coordinates_have_nothing_to_locate(tmp_path: Path, capsys: Capture) -> None:
    path = _write(tmp_path, "event_id,date,lat,lon,title\n1,2022-04-18,37.2,67.3,shots\n")
    assert run(["locate", str(path)]) == 0
    assert "No row has a place name" in capsys.readouterr().out
    assert run(["locate", str(tmp_path / "missing.csv")]) == 1
