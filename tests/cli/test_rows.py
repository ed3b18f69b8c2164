"""Rows and values that are printed or written: nothing in them runs, in a spreadsheet or on a terminal."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

from bordermap.cli.progress import progress_bar
from bordermap.cli.rows import csv_text, print_csv, print_json

Capture = pytest.CaptureFixture[str]


class Terminal(io.StringIO):
    """Standard error of somebody who looks at it."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize("value", ["a\r=1+1", "a\n=1+1", "a\r\n=1+1", 'a","=1+1'])
def test_no_part_of_a_value_begins_a_row_or_a_cell(value: str) -> None:
    text = csv_text([{"value": value, "code": "BM154"}], ["value", "code"])
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["value", "code"], [value, "BM154"]]
    assert text.splitlines(keepends=True)[1].startswith('"a') and text.endswith("BM154\n")


def test_json_on_a_terminal_has_no_control_character_and_says_the_same(capsys: Capture) -> None:
    value = {"file": "a\x1b[31m\x9b31m\u202etxt.csv", "note": "Термез\n"}
    print_json(value)
    out = capsys.readouterr().out
    assert json.loads(out) == value
    assert "Термез" in out and not {"\x1b", "\x9b", "\u202e"} & set(out)


def test_csv_is_exact_in_a_pipe_and_harmless_on_a_terminal(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_csv([{"name": "a\x1b[31m"}], ["name"])
    assert capsys.readouterr().out == "name\na\x1b[31m\n"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_csv([{"name": "a\x1b[31m"}], ["name"])
    assert capsys.readouterr().out == "name\na\\u001b[31m\n"


def test_the_progress_bar_shows_names_from_data_without_their_control_characters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("bordermap.cli.progress._PATIENCE", -1)
    with progress_bar(quiet=False) as tell:
        tell("checking in\x1b]0;mine\x07cidents.csv", 0.5)
    assert "incidents.csv" in screen.getvalue().replace("]0;mine", "") and "\x1b]0" not in screen.getvalue()
