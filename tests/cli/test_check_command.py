"""`bordermap check` and `explain`, and how every command says what became of its input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import Run

BAD = 'date,place,lat,lon,notes\n2022-04-18,Termez,37.224,67.278,"two\nlines"\n2022-02-30,Kulob,37.9,69.8,=1+1\n'


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    (tmp_path / "log.csv").write_text(BAD, encoding="utf-8")
    return tmp_path


def test_check_tells_what_is_there_what_is_wrong_and_what_to_do(bordermap: Run, bad: Path) -> None:
    done = bordermap("check", "log.csv")
    assert done.returncode == 3 and done.stderr == ""
    for words in ("dialect    generic", "encoding   utf-8", "date_start ← date", "2 rows read: 1 used, 1 rejected",
                  "error BM154", "log.csv, record 3, line 4, column date: '2022-02-30'", "do Write 2022-04-18"):  # fmt: skip
        assert words in done.stdout
    assert [path.name for path in bad.iterdir()] == ["log.csv"]


def test_check_for_machines(bordermap: Run, bad: Path) -> None:
    done = bordermap("check", "log.csv", "--format", "json")
    told = json.loads(done.stdout)
    assert (told["rows_read"], told["rows_used"], told["rows_rejected"], told["rows_located"]) == (2, 1, 1, 0)
    assert (told["dialect"], told["encoding"]) == ("generic", "utf-8")
    assert [(issue["code"], issue["severity"], issue["count"]) for issue in told["issues"]] == [
        ("BM154", "error", 1)
    ]
    assert told["layers"][0]["columns"]["latitude"] == ["lat"]


def test_rejects_are_written_safe_for_a_spreadsheet_and_replaced_by_ours_only(
    bordermap: Run, bad: Path
) -> None:
    done = bordermap("render", "log.csv", "--rights", "open")
    assert done.returncode == 3 and done.stdout == "wrote log.html\n"
    assert "2 rows read: 1 used, 1 rejected (see log.rejects.csv)" in done.stderr
    text = (bad / "log.rejects.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == "file,record,line,column,value,code,reason,cure,row"
    assert "BM154" in text and not any(line.startswith("=") for line in text.splitlines())
    assert bordermap("render", "log.csv").returncode == 3  # its own rejects and page may be replaced
    (bad / "log.rejects.csv").write_text("mine", encoding="utf-8")
    assert bordermap("render", "log.csv").returncode == 4
    assert (bad / "log.rejects.csv").read_text(encoding="utf-8") == "mine"


def test_rejects_go_where_they_are_asked_to(bordermap: Run, bad: Path) -> None:
    assert bordermap("check", "log.csv", "--rejects", "out.csv").returncode == 3
    assert (bad / "out.csv").read_text(encoding="utf-8").count("BM154") == 1


def test_quiet_says_only_what_went_wrong_and_verbose_what_was_found(bordermap: Run, bad: Path) -> None:
    quiet = bordermap("render", "log.csv", "-q", "-o", "a.html")
    assert quiet.stderr.startswith("error BM154") and quiet.stderr.count("\n") == 1
    assert "generic" in bordermap("render", "log.csv", "-v", "-o", "b.html").stderr


def test_nothing_usable_is_an_error_and_a_hint(bordermap: Run, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("date,lat,lon\nsoon,37,67\n", encoding="utf-8")
    done = bordermap("check", "log.csv")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ") and done.stderr.count("\n") == 2 and "\nHint: " in done.stderr
    assert bordermap("render", "log.csv").returncode == 1
    assert not (tmp_path / "log.html").exists()


def test_standard_input(bordermap: Run, bad: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "bordermap", "check", "-", "--format", "json"],
        input=BAD, capture_output=True, text=True, cwd=bad, check=False,
    )  # fmt: skip
    assert (done.returncode, json.loads(done.stdout)["rows_used"]) == (3, 1)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check"], 2, "INPUT"),
        (["check", "log.csv", "--column", "latitude"], 2, "OURS=THEIRS"),
        (["check", "log.csv", "--delimiter", ";;"], 2, "not one character"),
        (["check", "log.csv", "--accessed", "soon"], 2, "not a date"),
        (["check", "log.csv", "--dialect", "excel"], 2, "excel"),
        (["check", "log.csv", "--column", "latitude=LAT_DD"], 1, "LAT_DD"),
        (["check", "missing.csv"], 1, "missing.csv"),
        (["check", "."], 1, "."),
        (["explain", "BM999"], 2, "BM999"),
    ],
)
def test_what_cannot_be_done_is_said_in_two_lines(
    bordermap: Run, bad: Path, arguments: list[str], code: int, said: str
) -> None:
    done = bordermap(*arguments)
    assert done.returncode == code
    assert done.stderr.startswith("Error: ") and "\nHint: " in done.stderr and done.stderr.count("\n") == 2
    assert said in done.stderr


def test_a_mapping_is_saved_and_read_again(bordermap: Run, bad: Path) -> None:
    (bad / "log.csv").write_text("wann;Breite;L\n03/04/2022;37,224;67,278\n", encoding="utf-8")
    first = bordermap("check", "log.csv", "--column", "date_start=wann", "--column", "latitude=Breite",
                      "--column", "longitude=L", "--date-order", "dmy", "--save-mapping", "log.toml")  # fmt: skip
    assert first.returncode == 0, first.stderr
    again = bordermap("check", "log.csv", "--mapping", "log.toml", "--format", "json")
    assert again.returncode == 0 and json.loads(again.stdout)["layers"][0]["period"] == ["2022-04-03"] * 2


def test_explain_tells_cause_example_and_cure(bordermap: Run) -> None:
    done = bordermap("explain", "bm154")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["BM154", "cause", "example", "cure"]
    everything = json.loads(bordermap("explain", "--format", "json").stdout)
    assert len(everything) > 100 and {"code", "severity", "cause", "example", "cure"} == set(everything[0])


def test_no_colour_where_it_is_not_wanted(bordermap: Run, bad: Path) -> None:
    assert "\x1b" not in bordermap("check", "log.csv", NO_COLOR="1").stdout
    assert "\x1b" not in bordermap("check", "log.csv").stdout  # a pipe is no terminal
