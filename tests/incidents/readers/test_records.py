"""The two ways of parsing agree: the fast one where it vouches for the text, and the exact one everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.incidents.readers import exact, fast, records
from bordermap.incidents.readers.parsed import Parsed, Shape
from bordermap.incidents.readers.records import find_records
from bordermap.incidents.readers.texts import Text

CELL = st.text(alphabet='ab,"\n\r é\u2028', max_size=5)


def _parsed(found: Parsed) -> tuple[Any, ...]:
    outside = [
        (each.code, number, value, each.message)
        for each in found.faults
        for number, value in zip(each.rows.tolist(), each.values, strict=True)
    ]
    return found.table.to_pylist(), found.numbers.tolist(), sorted(outside), found.lines.tolist()


def _both(data: bytes, width: int, first: int) -> None:
    text = Text(len(data), data)
    shape = Shape(",", tuple(f"c{at}" for at in range(width)), first, 100, "a.csv")
    found = find_records(text, ",")
    if found.well_formed:
        quick = fast.parse(text, shape, found)
        if quick is not None:
            assert _parsed(quick) == _parsed(exact.parse(text, shape))


@pytest.mark.parametrize("piece", [1, 3, 1 << 22])
@settings(max_examples=100)
@given(
    text=st.text(alphabet='ab,",\n\r "é\ufeff', max_size=40), width=st.integers(1, 3), first=st.integers(1, 3)
)
def test_both_ways_agree_on_any_text(piece: int, text: str, width: int, first: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "CHUNK", piece)
        _both(text.encode(), width, first)


@settings(max_examples=100)
@given(
    rows=st.lists(st.tuples(st.lists(CELL, min_size=1, max_size=3), st.sampled_from(["\n", "\r\n", "\r"]))),
    quoted=st.booleans(),
    width=st.integers(1, 3),
)
def test_both_ways_agree_on_tables(rows: list[tuple[list[str], str]], quoted: bool, width: int) -> None:
    def written(cell: str) -> str:
        if not quoted and not set(cell) & set(',"\n\r'):
            return cell
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'

    text = "".join(",".join(map(written, row)) + end for row, end in rows)
    data = text.encode()
    found = find_records(Text(len(data), data), ",")
    assert found.well_formed
    _both(data, width, 1)


@given(rows=st.lists(st.lists(st.text(alphabet='a,"\n\ré', min_size=1, max_size=6), min_size=2, max_size=2)))
def test_what_was_written_is_read(rows: list[list[str]]) -> None:
    def written(cell: str) -> str:
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'

    data = "".join(",".join(map(written, row)) + "\n" for row in rows).encode()
    text = Text(len(data), data)
    shape = Shape(",", ("a", "b"), 1, 100, "a.csv")
    for found in (fast.parse(text, shape, find_records(text, ",")), exact.parse(text, shape)):
        assert found is not None
        assert [list(row.values()) for row in found.table.to_pylist()] == rows


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_and_records_count_line_ends_in_notes_and_blank_lines(ending: str) -> None:
    text = ending.join(["id,note", '1,"one', 'two"', "", "2,x", '3,"', "", '"', "4,y"])
    data = text.encode()
    found = find_records(Text(len(data), data), ",")
    assert found.lines.tolist() == [1, 2, 4, 5, 6, 9]
    assert found.blank.tolist() == [False, False, True, False, False, False]
    assert found.quoted_line_ends


@pytest.mark.parametrize(
    ("text", "well_formed"),
    [
        ('a,"b"', True),
        ('a,"b""c"', True),
        ('a,"",b', True),
        ("37°13'27\"N,1", False),
        ('a,"b" c', False),
        ('a, "b"', False),
        ('a,"b', False),
    ],
)
def test_only_plain_quoting_is_well_formed(text: str, well_formed: bool) -> None:
    data = text.encode()
    assert find_records(Text(len(data), data), ",").well_formed is well_formed
