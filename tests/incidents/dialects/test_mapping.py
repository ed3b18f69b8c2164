"""Mapping files: what is written is read back, and what nobody would read is refused."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.errors import InputError, OutputError
from bordermap.incidents.dialects.generic import map_generic
from bordermap.incidents.dialects.mapping import options_from_mapping, write_mapping
from bordermap.incidents.dialects.spellings import our_columns
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import Layer, text_table
from bordermap.incidents.report import LayerReport

_COLUMNS = st.dictionaries(st.sampled_from(our_columns()), st.text(min_size=1, max_size=12), max_size=4)
_OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "dialect": st.sampled_from(["acled", "generic"]), "encoding": st.text(min_size=1, max_size=8),
        "delimiter": st.sampled_from([";", "\t", '"', "\\", "\x1f"]), "decimal": st.just(","),
        "header_row": st.integers(1, 99), "date_order": st.just("dmy"), "source_crs": st.text(min_size=1, max_size=9),
    },
)  # fmt: skip


@settings(max_examples=60)
@given(_OPTIONS, _COLUMNS)
def test_what_is_written_is_read_back(options: dict[str, Any], columns: dict[str, str]) -> None:
    expected = {**options, **({"columns": columns} if columns else {})}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "columns.toml")
        write_mapping(path, ReadOptions(columns=columns, **options), None)
        assert options_from_mapping(path) == expected


def test_what_was_found_is_written_so_that_the_next_file_is_read_the_same_way(tmp_path: Path) -> None:
    columns = {"Breite": ["37.22417"], "Länge": ["67.27833"], 'der "Tag"': ["5/4/2022"], "GPS": ["x"]}
    layer = Layer("a.csv", "csv", text_table(columns))
    options = ReadOptions(columns={"date": 'der "Tag"'}, date_order="dmy")
    mapped = map_generic(layer, options)
    path = tmp_path / "columns.toml"
    write_mapping(
        path,
        options,
        LayerReport("a.csv", dialect="generic", used={k: tuple(v) for k, v in mapped.used.items()}),
    )
    read = options_from_mapping(path)
    assert read == {
        "dialect": "generic", "date_order": "dmy",
        "columns": {"date": 'der "Tag"', "longitude": "Länge", "latitude": "Breite"},
    }  # fmt: skip
    again = map_generic(layer, ReadOptions(**read))
    assert {name: column.to_pylist() for name, column in again.columns.items()} == {
        name: column.to_pylist() for name, column in mapped.columns.items()
    }


def test_a_pair_is_not_written_as_two_columns(tmp_path: Path) -> None:
    layer = Layer("a.csv", "csv", text_table({"c": ["37.2, 67.3"]}))
    for options in (ReadOptions(columns={"latlon": "c"}), ReadOptions(columns={"lonlat": "c"})):
        used = map_generic(layer, options).used
        write_mapping(
            tmp_path / "m.toml",
            options,
            LayerReport("a.csv", dialect="generic", used={k: tuple(v) for k, v in used.items()}),
        )
        assert options_from_mapping(tmp_path / "m.toml")["columns"] == dict(options.columns)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("BM292", "latitude = LAT"), ("BM292", "\x00"), ("BM292", "a = " + "[" * 5000),
        ("BM293", 'delimeter = ";"'), ("BM293", '[columns]\nlatitud = "LAT"'),
        ("BM294", 'header_row = "3"'), ("BM294", "header_row = -1"), ("BM294", "header_row = true"),
        ("BM294", "encoding = 5"), ("BM294", "columns = 5"), ("BM294", "[columns]\nlatitude = 5"),
        ("BM294", 'date_order = "ydm"'), ("BM294", 'delimiter = ";;"'), ("BM294", 'dialect = "acleed"'),
    ],
)  # fmt: skip
def test_what_nobody_reads_is_refused(tmp_path: Path, code: str, text: str) -> None:
    path = tmp_path / "columns.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        options_from_mapping(path)
    assert caught.value.code == code and caught.value.hint


def test_a_missing_file_and_one_in_another_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_bytes('source_crs = "ü"'.encode("utf-16"))
    for name in ("a.toml", "b.toml", "."):
        with pytest.raises(InputError) as caught:
            options_from_mapping(tmp_path / name)
        assert caught.value.code == "BM292"


def test_only_a_mapping_file_of_ours_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "columns.toml"
    write_mapping(path, ReadOptions(date_order="dmy"), None)
    write_mapping(path, ReadOptions(date_order="mdy"), None)
    assert options_from_mapping(path) == {"date_order": "mdy"}
    path.write_text("mine = 1")
    with pytest.raises(OutputError):
        write_mapping(path, ReadOptions(), None)
