"""A choices file can be edited in any spreadsheet, settles what it marks, and says what is wrong with it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bordermap.errors import InputError, OutputError
from bordermap.incidents.edited_tables import edited_bytes
from bordermap.incidents.naming.choices import choice_key, read_choices, write_choices
from bordermap.incidents.naming.naming import Named, locate


def _named(choices: dict[str, str] | None = None) -> Named:
    columns = {
        "location": pa.array(["Imam Sahib", "=HYPERLINK(1)", "Termez", "Kunduz"]),
        "country": pa.array(["AFG", "AFG", "UZB", "AFG"]),
    }
    return locate(columns, np.arange(4), choices or {})


def _mark(path: Path, *keys: str, mark: str = "x", delimiter: str = ",") -> None:
    """What a person does in a spreadsheet."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(
            row | {"chosen": mark if row["place_key"] in keys else row["chosen"]} for row in rows
        )


def test_open_names_are_written_with_their_candidates(tmp_path: Path) -> None:
    path = tmp_path / "choices.csv"
    assert write_choices(path, _named().table) == 3
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["name"] for row in rows} == {"Imam Sahib", "'=HYPERLINK(1)", "Kunduz"}
    assert {row["place_key"] for row in rows} >= {"imam_sahib", "kunduz", "admin1:AF.24", ""}
    assert not any(row["chosen"] for row in rows)
    with pytest.raises(OutputError):
        write_choices(path, _named().table)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_mark_settles_the_name(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "choices.csv"
    write_choices(path, _named().table)
    _mark(path, "imam_sahib", "kunduz", delimiter=delimiter)
    choices = read_choices(path)
    assert choices == {"Imam Sahib|AFG|": "imam_sahib", "Kunduz|AFG|": "kunduz"}
    named = _named(choices)
    assert named.updates["place_key"].to_pylist() == ["imam_sahib", "", "termez", "kunduz"]
    # Written again, the marks are still there.
    write_choices(path, named.table, overwrite=True)
    assert read_choices(path) == choices


def test_a_place_of_ones_own_is_chosen_by_its_key(tmp_path: Path) -> None:
    path = tmp_path / "choices.csv"
    path.write_text("name,country,admin1,place_key,chosen\n'=HYPERLINK(1),AFG,,kabul,yes\n", encoding="utf-8")
    assert _named(read_choices(path)).updates["place_key"].to_pylist()[1] == "kabul"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("name,country\n", "BM360", None),
        ("name,country,admin1,place_key,chosen\nA,AFG,,kabul,x\nA,AFG,,kunduz,x\n", "BM361", 3),
        ('name,country,admin1,place_key,chosen\n"A\nB",AFG,,kabul,\nA,AFG,,kabul city,x\n', "BM362", 4),
        ("name,country,admin1,place_key,chosen\nA,AFG,,,x\n", "BM362", 2),
        ("name,country,admin1,place_key,chosen\nA,AFG,,kabul,perhaps\n", "BM363", 2),
        ("", "BM113", None),
        ("<html><body>Log in", "BM109", None),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, code: str, line: int | None) -> None:
    path = tmp_path / "choices.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_choices(path)
    assert (caught.value.code, caught.value.line) == (code, line)


def test_a_file_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_choices(tmp_path / "choises.csv")
    assert caught.value.code == "BM364"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30))
@example("'=1+1")
@example(" '=1+1")
def test_any_name_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    path = tmp_path_factory.mktemp("choices") / "choices.csv"
    row = {"name": name, "country": "AFG", "admin1": "", "place_key": "kabul", "chosen": "x"}
    path.write_bytes(edited_bytes([row], list(row)))
    assert read_choices(path) == {choice_key(name, "AFG", ""): "kabul"}
