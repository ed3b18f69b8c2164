"""Whatever stands in a dataset's columns, mapping ends in sound columns or in a fault that can be mended."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.incidents.dates import is_date
from bordermap.incidents.dialects import acled, gdelt, gtd, ucdp
from bordermap.incidents.dialects.dialect import Dialect
from bordermap.incidents.flat import FLAT
from bordermap.incidents.options import ReadOptions

from support.datasets import ACLED_ROW, GTD_ROW, UCDP_ROW, Row, gdelt_row, layer_of, rows_of
from support.flat_rows import values

CODES = {column.name: column.codes for column in FLAT.columns if column.kind == "code"}
ODD = st.sampled_from(["", " ", "0", "1", "2", "3", "7", "-9", "9999-12-31", "0001-01-01", "2022-05", "20220518",
                       "31/12/2021", "nan", "NA", "x|y", '"";""', "a;b", "Ü\u200e\x1f", "1e9", "٣"])  # fmt: skip
TEXTS = ODD | st.text(max_size=6)


@pytest.mark.parametrize(
    ("dialect", "row"),
    [
        (acled.DIALECT, ACLED_ROW),
        (ucdp.DIALECT, UCDP_ROW),
        (gtd.DIALECT, GTD_ROW),
        (gdelt.DIALECT, gdelt_row()),
    ],
    ids=["acled", "ucdp", "gtd", "gdelt"],
)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_text(dialect: Dialect, row: Row, data: st.DataObject) -> None:
    change = st.dictionaries(st.sampled_from(sorted(row)), TEXTS, max_size=12)
    layer = layer_of(rows_of(row, *data.draw(st.lists(change, min_size=1, max_size=4))))
    try:
        found = dialect.map(layer, ReadOptions())
    except InputError as error:
        assert error.code == "BM281" and error.hint
        return
    for name, column in found.columns.items():
        assert str(column.type) == "large_string" and column.null_count == 0
        assert len(column) == layer.table.num_rows
        if name in CODES:
            assert set(column.to_pylist()) <= {"", *CODES[name]}, name
    for start, end in values(found, "date_start", "date_end"):
        assert (not start or is_date(start)) and (not end or is_date(end))
        assert start or not end
    for fault in found.faults:
        assert len(fault.rows) and fault.rows.max() < layer.table.num_rows
