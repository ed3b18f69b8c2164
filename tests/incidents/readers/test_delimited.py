"""What a user relies on of delimited text: nothing changed, nothing lost, every decision said."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.incidents.options import Limits, ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.delimited import read_delimited
from bordermap.incidents.readers.layer import Layer

OPTIONS = ReadOptions()


def read(text: str | bytes, options: ReadOptions = OPTIONS) -> Layer:
    data = text if isinstance(text, bytes) else text.encode()
    (layer,) = read_delimited(Blob("a.csv", "text", data), options)
    assert layer.rows_read == layer.table.num_rows + layer.rows_outside
    assert len(layer.records) == layer.table.num_rows
    return layer


def rows(layer: Layer) -> list[list[str]]:
    return [list(row.values()) for row in layer.table.to_pylist()]


def rejected(layer: Layer) -> list[tuple[str, int, int, str]]:
    assert layer.line_of is not None
    return [
        (each.code, record, line, value)
        for each in layer.faults
        if each.outside
        for record, line, value in zip(
            each.rows.tolist(), layer.line_of(each.rows).tolist(), each.values, strict=True
        )
    ]


def failure(text: str | bytes, options: ReadOptions = OPTIONS) -> InputError:
    with pytest.raises(InputError) as caught:
        read(text, options)
    return caught.value


def test_values_stay_as_they_were_written() -> None:
    layer = read("id,country,n,s\n007,NA, 1.50 ,\nnull,nan,1e5,#N/A\n")
    assert rows(layer) == [["007", "NA", " 1.50 ", ""], ["null", "nan", "1e5", "#N/A"]]
    assert all(str(field.type) == "large_string" for field in layer.table.schema)


@pytest.mark.parametrize(
    ("sign", "words"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "pipe")]
)
def test_the_delimiter_is_found_and_said(sign: str, words: str) -> None:
    text = 'id,place,note\n1,Termez,"x; y, z"\n2,Kulob,"a|b"\n'.replace(",", sign)
    layer = read(text)
    assert layer.facts["delimiter"] == words
    assert layer.columns == ["id", "place", "note"] and layer.table.num_rows == 2


def test_semicolons_with_decimal_commas() -> None:
    layer = read("id;lat;lon\n1;37,22;67,27\n2;38,4;68,9\n")
    assert layer.facts["delimiter"] == "semicolon" and layer.facts["decimal"] == ","
    assert rows(layer)[0] == ["1", "37,22", "67,27"]


def test_sep_line_is_honoured_and_counted() -> None:
    layer = read("sep=;\nid;note\n1;a,b,c\n")
    assert layer.columns == ["id", "note"] and rows(layer) == [["1", "a,b,c"]]
    assert layer.facts["header_row"] == "2" and layer.records.tolist() == [3]


def test_options_are_taken() -> None:
    layer = read("x|y,z|1\n", replace(OPTIONS, delimiter=",", header_row=1, decimal=","))
    assert layer.columns == ["x|y", "z|1"]
    assert (layer.facts["decimal"], layer.facts["decimal_basis"]) == (",", "option")
    assert failure("a,b\n1,2\n", replace(OPTIONS, delimiter="::")).code == "BM231"
    assert failure("a,b\n1,2\n", replace(OPTIONS, header_row=9)).code == "BM228"
    assert failure("a,b\n1,2\n", replace(OPTIONS, encoding="cp12511")).code == "BM226"
    assert failure("a,b\n1,2\n", replace(OPTIONS, encoding="zlib")).code == "BM226"


def test_title_lines_above_the_header_are_skipped_and_said() -> None:
    layer = read('"Incidents, 2022"\nmade by hand\n\nid,place,note\n1,Termez,x\n2,Kulob,y\n')
    assert layer.columns == ["id", "place", "note"]
    assert layer.facts["header_row"] == "4"
    assert layer.facts["skipped_rows"] == "2 rows above it: 'Incidents, 2022', 'made by hand'"
    assert layer.records.tolist() == [5, 6]


def test_a_table_without_header_is_numbered() -> None:
    gdelt = "\t".join(["1234567", "20220418", "202204", *["x"] * 58])
    layer = read(f"{gdelt}\n{gdelt}\n")
    assert layer.facts["header_row"] == "none"
    assert layer.columns[:2] == ["c1", "c2"] and len(layer.columns) == 61
    assert layer.records.tolist() == [1, 2]
    assert read("2022-04-18,37.2,67.3\n2022-04-19,37.3,67.4\n").facts["header_row"] == "none"


def test_a_row_of_tags_below_the_header_is_no_row() -> None:
    layer = read("date,lat,lon\n#date,#geo+lat,#geo+lon\n2022,37.2,67.3\n")
    assert rows(layer) == [["2022", "37.2", "67.3"]] and layer.facts["hxl_row"] == "2"


def test_names_twice_and_names_missing() -> None:
    assert failure("a,b,a\n1,2,3\n").code == "BM122"
    layer = read("a,,c,\n1,2,3,\n4,,6,\n")
    assert layer.columns == ["a", "column 2", "c"]
    assert layer.facts.get("empty_columns", layer.facts.get("trailing_delimiter")) == "column 4"


def test_a_delimiter_at_the_end_of_rows_is_tolerated_and_said() -> None:
    layer = read("a,b\n1,2,\n3,4,\n")
    assert rows(layer) == [["1", "2"], ["3", "4"]]
    assert layer.facts["trailing_delimiter"] == "in the rows"
    layer = read("a,b,\n1,2\n3,4\n")
    assert rows(layer) == [["1", "2"], ["3", "4"]]
    assert layer.facts["trailing_delimiter"] == "in the header"


def test_rows_of_the_wrong_length_are_rejected_with_record_and_line() -> None:
    layer = read('id,note,n\n1,"a\nb\nc",1\n2,x\n\n3,y,1,1,1\n4,z,1\n')
    assert rows(layer) == [["1", "a\nb\nc", "1"], ["4", "z", "1"]]
    assert sorted(rejected(layer)) == [("BM114", 3, 5, "2,x"), ("BM114", 5, 7, "3,y,1,1,1")]
    assert layer.records.tolist() == [2, 6]
    assert layer.line_of is not None and layer.line_of(layer.records).tolist() == [2, 8]
    assert {each.message for each in layer.faults} == {
        "the row has 2 fields and the header 3",
        "the row has 5 fields and the header 3",
    }


def test_a_quotation_mark_that_never_closes_takes_one_line_only() -> None:
    layer = read('id,note\n1,"never closed\n2,x\n3,y\n')
    assert rows(layer) == [["2", "x"], ["3", "y"]]
    assert rejected(layer) == [("BM115", 2, 2, '1,"never closed')]


def test_marks_inside_a_quoted_field_are_rejected_not_repaired() -> None:
    layer = read('id,note\n1,"he said "no" there"\n2,he said "yes"\n')
    assert rejected(layer) == [("BM115", 2, 2, '1,"he said "no" there"')]
    assert rows(layer) == [["2", 'he said "yes"']]


def test_marks_of_seconds_are_plain_text() -> None:
    assert rows(read("lat,lon\n37°13'27\"N,67°16'42\"E\n")) == [["37°13'27\"N", "67°16'42\"E"]]


def test_marks_between_tabs_stand_for_themselves_where_quoting_makes_no_sense() -> None:
    layer = read('id\tname\tn\n1\t"A" group\t2\n3\t"open\t4\n5\t"quoted\nnote"\t6\n7\t"x" y\n')
    assert rows(layer) == [["1", '"A" group', "2"], ["3", '"open', "4"], ["5", "quoted\nnote", "6"]]
    assert layer.facts["literal_quotes"] == "2"
    assert rejected(layer) == [("BM115", 5, 6, '7\t"x" y')]


def test_column_names_in_another_encoding_than_named() -> None:
    error = failure("место,имя\n1,2\n".encode("cp1251"), replace(OPTIONS, encoding="utf-8"))
    assert error.code == "BM225"


def test_line_ends_of_all_kinds_in_one_file() -> None:
    layer = read(b"a,b\r\n1,2\n3,4\r5,6")
    assert rows(layer) == [["1", "2"], ["3", "4"], ["5", "6"]]
    assert layer.line_of is not None and layer.line_of(layer.records).tolist() == [2, 3, 4]


def test_rows_in_which_nothing_stands_are_counted_apart() -> None:
    layer = read("a,b\n1,2\n,\n   \n,\n3,4\n")
    assert rows(layer) == [["1", "2"], ["3", "4"]]
    assert layer.facts["empty_rows"] == "2" and layer.records.tolist() == [2, 6]


def test_a_long_value_is_a_fault_of_its_row() -> None:
    options = replace(OPTIONS, limits=Limits(field_characters=10))
    layer = read("a,b\n,\n1,short\n2,xxxxxxxxxxxxx\n3,éééééééééé\n", options)
    assert [(each.code, each.rows.tolist(), each.column) for each in layer.faults] == [("BM107", [1], "b")]


def test_a_note_of_300_kb_is_read() -> None:
    note = "word, " * 50_000
    layer = read(f'id,note\n1,"{note}"\n2,x\n')
    assert rows(layer) == [["1", note], ["2", "x"]]


def test_nul_bytes_name_their_line() -> None:
    error = failure(b"a,b\n1,2\n3,\x004\n")
    assert (error.code, error.line) == ("BM112", 3)


def test_too_many_columns() -> None:
    assert failure(",".join(f"c{at}" for at in range(3000)) + "\n").code == "BM229"


def test_a_header_alone_is_a_table_without_rows() -> None:
    layer = read("id,place\n")
    assert layer.columns == ["id", "place"] and layer.table.num_rows == 0


def test_one_column() -> None:
    layer = read('note\nx\n""\n"a\nb"\n')
    assert layer.columns == ["note"] and rows(layer) == [["x"], ["a\nb"]]
    assert layer.facts["delimiter"] == "none" and layer.facts["empty_rows"] == "1"


def test_a_row_in_another_encoding_is_rejected_and_the_others_stay() -> None:
    good = "".join(f"{at},Термез\n" for at in range(20)).encode()
    layer = read("id,место\n".encode() + good + "99,Кулоб\n".encode("cp1251"))
    assert layer.table.num_rows == 20
    assert [each[:3] for each in rejected(layer)] == [("BM225", 22, 22)]
    assert layer.facts["encoding"] == "utf-8" and "not UTF-8" in layer.facts["encoding_note"]


def test_a_short_row_in_another_encoding_breaks_nothing() -> None:
    good = "".join(f"{at},Термез,x\n" for at in range(20)).encode()
    layer = read("id,место,n\n".encode() + good + "99,Кулоб\n".encode("cp1251"))
    assert layer.table.num_rows == 20 and len(rejected(layer)) == 1


def test_letters_of_another_encoding_far_down_the_file_are_found() -> None:
    data = b"id,place\n" + b"1,Termez\n" * 200_000 + "2,Köln\n".encode("cp1252")
    layer = read(data)
    assert layer.facts["encoding"] == "cp1252" and rows(layer)[-1] == ["2", "Köln"]


@given(
    table=st.lists(
        st.tuples(*[st.text(alphabet='ab;,"\n\r é', max_size=6)] * 3).filter(any), min_size=1, max_size=8
    ),
    sign=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_python_writes_is_read_back(table: list[tuple[str, ...]], sign: str, end: str) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=sign, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "place", "note"), *table])
    layer = read(written.getvalue(), replace(OPTIONS, delimiter=sign, header_row=1))
    assert rows(layer) == [list(row) for row in table]
    assert layer.records.tolist() == list(range(2, 2 + len(table)))


@given(data=st.binary(max_size=200))
def test_no_bytes_escape_as_anything_but_our_errors(data: bytes) -> None:
    try:
        layer = read(data)
    except InputError:
        return
    assert isinstance(layer.records, np.ndarray)
