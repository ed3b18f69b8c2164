"""Workbooks: every sheet read, cells as text, and nothing that ends the process."""

from __future__ import annotations

import datetime as dt

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import PasswordError

from bordermap.errors import InputError
from bordermap.incidents.options import Limits, ReadOptions
from bordermap.incidents.readers import workbooks
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.layer import Layer
from bordermap.incidents.readers.workbooks import read_workbook

from support.workbook_files import ods, ods_row, raw_xlsx, xls, xlsb, xlsx, xlsx_of

TABLE = [["id", "place"], ["007", "Example town"], ["008", "NA"]]


def read(data: bytes, kind: str = "xlsx", **options: object) -> list[Layer]:
    return read_workbook(Blob("a.xlsx", kind, data), ReadOptions(**options))  # type: ignore[arg-type]


def fault_of(data: bytes, kind: str = "xlsx", **options: object) -> InputError:
    with pytest.raises(InputError) as caught:
        read(data, kind, **options)
    return caught.value


def _typed(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("Typed")
    formats = {
        name: workbook.add_format({"num_format": code})
        for name, code in {"day": "yyyy-mm-dd", "minute": "yyyy-mm-dd hh:mm", "clock": "hh:mm", "span": "[h]:mm",
                           "share": "0%"}.items()
    }  # fmt: skip
    names = ["day", "minute", "clock", "span", "share", "whole", "real", "yes", "sum", "text", "big"]
    sheet.write_row(0, 0, names)
    sheet.write_datetime(1, 0, dt.datetime(2022, 4, 18), formats["day"])
    sheet.write_datetime(1, 1, dt.datetime(2022, 4, 18, 16, 20), formats["minute"])
    sheet.write_number(1, 2, 0.5, formats["clock"])
    sheet.write_number(1, 3, 1.25, formats["span"])
    sheet.write_number(1, 4, 0.5, formats["share"])
    sheet.write_number(1, 5, 37)
    sheet.write_number(1, 6, 67.27833)
    sheet.write_boolean(1, 7, True)
    sheet.write_formula(1, 8, "=1+1", None, 2)
    sheet.write_string(1, 9, "007")
    sheet.write_number(1, 10, 20220418000000001)


def test_typed_cells_become_the_text_a_reader_expects() -> None:
    [layer] = read(xlsx(_typed))
    assert layer.table.to_pylist() == [
        {
            "day": "2022-04-18", "minute": "2022-04-18T16:20:00", "clock": "12:00:00", "span": "30:00:00",
            "share": "0.5", "whole": "37", "real": "67.27833", "yes": "true", "sum": "2", "text": "007",
            "big": "20220418000000000",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xlsx", xlsx_of(S=TABLE)),
        ("xlsx", xlsb((r, c, v) for r, row in enumerate(TABLE) for c, v in enumerate(row))),
        ("xls", xls((r, c, v) for r, row in enumerate(TABLE) for c, v in enumerate(row))),
        ("xls", xls(((r, c, v) for r, row in enumerate(TABLE) for c, v in enumerate(row)), small=True)),
        ("ods", ods(S="".join(ods_row(*row) for row in TABLE))),
    ],
)
def test_every_kind_of_workbook_gives_the_same_table(kind: str, data: bytes) -> None:
    [layer] = read(data, kind)
    assert (layer.name, layer.format, layer.line_of) == ("S", kind, None)
    assert layer.table.to_pylist() == [
        {"id": "007", "place": "Example town"},
        {"id": "008", "place": "NA"},
    ]
    assert layer.records.tolist() == [2, 3]


def test_all_sheets_are_read_hidden_ones_too_and_what_is_left_out_is_said() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        for name in ("One", "Hidden", "Empty", "Names only"):
            sheet = workbook.add_worksheet(name)
            if name != "Empty":
                sheet.write_row(0, 0, ["id", "place"])
            if name in ("One", "Hidden"):
                sheet.write_row(1, 0, [name, "x"])
            if name == "Hidden":
                sheet.hide()
        workbook.add_chartsheet("Chart")

    one, hidden = read(xlsx(fill))
    assert (one.name, hidden.name) == ("One", "Hidden")
    for layer in (one, hidden):
        assert layer.facts["empty_sheets"] == "Empty, Names only"
        assert layer.facts["hidden_sheets"] == "Hidden"
        assert layer.facts["sheets_without_cells"] == "Chart"


def test_sheets_are_chosen_by_name_and_an_unknown_name_lists_them() -> None:
    data = xlsx_of(One=TABLE, Two=TABLE)
    assert [layer.name for layer in read(data, layers=("Two",))] == ["Two"]
    error = fault_of(data, layers=("Three",))
    assert error.code == "BM309" and "'One', 'Two'" in str(error)


def test_titles_above_the_table_are_no_rows_and_are_said() -> None:
    rows: list[list[object]] = [
        ["Incidents of 2022"],
        [],
        ["Compiled by hand", "draft"],
        ["id", "place", "note"],
        [1, "x", "y"],
        [],
        [2],
    ]
    [layer] = read(xlsx_of(S=rows))
    assert layer.columns == ["id", "place", "note"]
    assert layer.records.tolist() == [5, 7]
    assert layer.facts["header_row"] == "4"
    assert layer.facts["above_header"] == "2 rows: 'Incidents of 2022', 'Compiled by hand draft'"


def test_a_table_that_begins_anywhere_keeps_the_numbers_of_the_sheet() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("S")
        sheet.write_row(41, 3, ["id", "", "place", ""])
        sheet.write_row(42, 3, [1, 5, "x"])
        sheet.write_row(99, 3, [2, "", "y"])

    [layer] = read(xlsx(fill))
    assert layer.records.tolist() == [43, 100]
    assert layer.table.to_pylist()[0] == {"id": "1", "column 5": "5", "place": "x"}


def test_the_header_row_can_be_forced_as_the_sheet_numbers_it() -> None:
    data = xlsx_of(S=[["a", "b"], ["c", "d"], ["e", "f"]])
    [layer] = read(data, header_row=2)
    assert layer.table.to_pylist() == [{"c": "e", "d": "f"}]
    assert fault_of(data, header_row=9).code == "BM255"
    far = xlsx_of(S=[["a", "b"]] * 50 + [["c", "d"], ["e", "f"]])
    assert read(far, header_row=51)[0].table.to_pylist() == [{"c": "e", "d": "f"}]


def test_two_columns_of_one_name_are_refused_with_the_sheet_named() -> None:
    error = fault_of(xlsx_of(Twice=[["id", "id"], [1, 2]]))
    assert error.code == "BM122" and "Twice" in str(error)


def test_error_cells_are_unknown_and_counted() -> None:
    data = raw_xlsx(
        '<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>n</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><v>#N/A</v></c></row>'
    )
    [layer] = read(data)
    assert layer.table.to_pylist() == [{"id": "1", "n": ""}]
    assert layer.facts["error_cells"] == "1 (read as empty)"


def test_formulas_are_text_here_and_never_run() -> None:
    [layer] = read(xlsx(lambda workbook: workbook.add_worksheet("S").write_column(0, 0, ["note", "x"])))
    assert layer.table.to_pylist() == [{"note": "x"}]
    data = raw_xlsx(
        '<row r="1"><c r="A1" t="str"><v>note</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>HYPERLINK("http://example.org")</f><v>=cmd|x</v></c></row>'
    )
    assert read(data)[0].table.to_pylist() == [{"note": "=cmd|x"}]


def test_a_workbook_without_rows_is_one_error() -> None:
    assert fault_of(xlsx_of(A=[], B=[["id"]])).code == "BM242"


def test_columns_and_characters_have_limits() -> None:
    wide = xlsx_of(S=[[f"c{i}" for i in range(30)], [1] * 30])
    assert fault_of(wide, limits=Limits(columns=20)).code == "BM254"
    [layer] = read(xlsx_of(S=[["id", "note"], [1, "x" * 50], [2, "y"]]), limits=Limits(field_characters=20))
    [fault] = layer.faults
    assert (fault.code, fault.column, fault.rows.tolist()) == ("BM107", "note", [0])


LAST_CELL = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FAR = [(0, 0, "id"), (65535, 60000, "x")]
REPEATED_ROW = '<table:table-row table:number-rows-repeated="1048576">'
REPEATED_CELL = '<table:table-cell table:number-columns-repeated="16384" '


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xlsx", raw_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>' + LAST_CELL)),
        ("xlsx", raw_xlsx("<row r='1'><c s='1' r = 'A1'><v>1</v></c><c r='XFD1048576' s='1'><v>2</v></c></row>")),
        ("xlsx", raw_xlsx("<row><c><v>1</v></c>" + "<c><v>1</v></c>" * 99 + '</row><row r="900000"><c><v>1</v></c></row>')),
        ("xlsx", xlsb([(0, 0, "id"), (1_048_575, 16_383, "x")])),
        ("xls", xls(FAR)),
        ("xls", xls(FAR, small=True)),
        ("ods", ods(S=ods_row("a").replace("<table:table-row>", REPEATED_ROW).replace("<table:table-cell ", REPEATED_CELL))),
        ("ods", ods(S=ods_row("a") + ods_row("b").replace("<table:table-cell ", REPEATED_CELL)
                    + '<table:table-row table:number-rows-repeated="9999"/>' + ods_row("c"))),
        ("ods", ods(S=ods_row("a").replace("<text:p>", '<text:p><text:s text:c="4000000000"/>'))),
    ],
)  # fmt: skip
def test_a_small_file_that_unfolds_to_a_huge_sheet_is_refused(kind: str, data: bytes) -> None:
    assert fault_of(data, kind).code == "BM253"


def test_empty_cells_far_away_are_no_reason_to_refuse() -> None:
    data = raw_xlsx(
        '<row r="1"><c r="A1" t="str"><v>id</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    assert read(data)[0].records.tolist() == [2]
    blank = '<table:table-row table:number-rows-repeated="1048573">'
    blank += '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    assert read(ods(S=ods_row("id") + ods_row("1") + blank), "ods")[0].records.tolist() == [2]
    # A tall sheet and a wide one in one file are no huge sheet.
    tall = "".join(ods_row("x") for _ in range(2000)).replace(
        "<table:table-row>", REPEATED_ROW[:-9] + '20">', 1
    )
    assert len(read(ods(A=tall, B=ods_row(*map(str, range(300))) * 2), "ods")) == 2


def test_one_long_text_in_very_many_cells_is_refused() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("S")
        for row in range(12_000):
            sheet.write_string(row, 0, "x" * 32_000)

    assert fault_of(xlsx(fill)).code == "BM253"


def test_a_protected_workbook_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    class Protected:
        @staticmethod
        def from_object(_: object) -> None:
            raise PasswordError("protected")

    monkeypatch.setattr(workbooks, "CalamineWorkbook", Protected)
    assert fault_of(xlsx_of(S=TABLE)).code == "BM241"


def test_a_panic_of_the_library_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    class Panicking:
        @staticmethod
        def from_object(_: object) -> None:
            raise Panic("index out of bounds")

    monkeypatch.setattr(workbooks, "CalamineWorkbook", Panicking)
    assert fault_of(xlsx_of(S=TABLE)).code == "BM240"


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0", b"\xd0\xcf\x11\xe0" * 900, b"x" * 999]
)
def test_what_is_no_workbook_is_one_error(data: bytes) -> None:
    assert fault_of(data).code == "BM240"


WHOLE = {
    "xlsx": xlsx_of(S=TABLE),
    "xlsb": xlsb([(0, 0, "id"), (1, 0, 7.0)]),
    "xls": xls([(0, 0, "id"), (1, 0, 7.0)]),
    "small": xls([(0, 0, "id"), (1, 0, 7.0)], small=True),
    "ods": ods(S="".join(ods_row(*row) for row in TABLE)),
}


@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 1), st.integers(0, 255))
def test_a_workbook_cut_or_damaged_anywhere_is_read_or_refused(kind: str, share: float, byte: int) -> None:
    data = WHOLE[kind]
    at = int(share * (len(data) - 1))
    for damaged in (data[:at], data[:at] + bytes((byte,)) + data[at + 1 :]):
        try:
            read(damaged, kind)
        except InputError as error:
            assert error.code in ("BM240", "BM242", "BM253", "BM122", "BM254", "BM241")
