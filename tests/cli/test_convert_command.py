"""``bordermap convert``: one file in, another out, and a word on what did not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bordermap.cli import run

from support import CASEBOOK

Capture = pytest.CaptureFixture[str]

GOOD = (
    "event_id,incident_type,title,date_start,date_precision,geo_precision,location_basis,longitude,latitude\n"
)


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def invoke(capfd: Capture) -> Callable[..., Done]:
    """Runs a command line in this process."""

    def call(*arguments: str) -> Done:
        capfd.readouterr()
        code = run(list(arguments))
        said = capfd.readouterr()
        return Done(code, said.out, said.err)

    return call


Invoke = Callable[..., Done]


def table(path: Path, *rows: str) -> Path:
    path.write_text(GOOD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_casebook_becomes_a_file_and_what_did_not_fit_is_said(invoke: Invoke, tmp_path: Path) -> None:
    done = invoke("convert", str(CASEBOOK), str(tmp_path / "a.csv"))
    assert done.exit_code == 0 and f"wrote {tmp_path / 'a.csv'}" in done.stdout
    assert "179 claims" in done.stderr


def test_a_file_that_holds_everything_says_nothing_more(invoke: Invoke, tmp_path: Path) -> None:
    done = invoke("convert", str(CASEBOOK), str(tmp_path / "a.gpkg"))
    assert done.exit_code == 0 and "note" not in done.stderr
    again = invoke("convert", str(tmp_path / "a.gpkg"), str(tmp_path / "case"))
    assert again.exit_code == 0
    assert (tmp_path / "case/claims.csv").read_bytes() == (CASEBOOK / "claims.csv").read_bytes()


def test_standard_output_has_the_file_and_nothing_else(invoke: Invoke, tmp_path: Path) -> None:
    path = table(tmp_path / "in.csv", "e1,other,shots,2022-01-01,day,settlement,given,67.3,37.2")
    done = invoke("convert", str(path), "-", "--to", "geojson")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["features"][0]["geometry"]["coordinates"] == [67.3, 37.2]


def test_rejected_rows_are_told_by_the_exit_code(invoke: Invoke, tmp_path: Path) -> None:
    path = table(
        tmp_path / "in.csv",
        "e1,other,shots,2022-01-01,day,settlement,given,67.3,37.2",
        "e2,other,shots,18/45/2022,day,settlement,given,67.3,37.2",
    )
    done = invoke("convert", str(path), str(tmp_path / "out.parquet"))
    assert done.exit_code == 3 and (tmp_path / "out.parquet").exists()
    assert "2 rows read: 1 used, 1 rejected" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["out.shp"], 2), (["missing/out.csv"], 4), (["-", "--to", "gpkg"], 2)],
)
def test_what_cannot_be_written_is_told(
    invoke: Invoke, arguments: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = invoke("convert", str(CASEBOOK), *arguments)
    assert done.exit_code == code and done.stderr.strip()


def test_an_input_that_is_not_there_is_an_error(invoke: Invoke, tmp_path: Path) -> None:
    assert invoke("convert", str(tmp_path / "none.csv"), str(tmp_path / "a.csv")).exit_code == 1
