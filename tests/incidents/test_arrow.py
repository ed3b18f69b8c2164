"""What is remembered of columns while a file is read: never of another column, never for longer."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.arrow import factorize, remembering
from bordermap.incidents.readers.layer import TEXT


def test_columns_that_share_where_their_texts_begin_are_not_taken_for_each_other() -> None:
    column = pa.chunked_array([pa.array(["Ab", "cD"], TEXT)])
    lower = pc.ascii_lower(column)
    assert lower.chunk(0).buffers()[1].address == column.chunk(0).buffers()[1].address
    with remembering():
        assert factorize(column)[1] == ["Ab", "cD"]
        assert factorize(lower)[1] == ["ab", "cd"]


def test_arrow_has_its_own_memory_again_whichever_of_two_readings_ends_first() -> None:
    before = pa.default_memory_pool().backend_name
    first, second = remembering(), remembering()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert pa.default_memory_pool().backend_name == "system"
    second.__exit__(None, None, None)
    assert pa.default_memory_pool().backend_name == before
