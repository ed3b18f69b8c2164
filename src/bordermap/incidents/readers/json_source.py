"""One JSON file on its way to layers: its text, what was found out of it, and how records become columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.layer import Geometry, Ints, Layer
from bordermap.incidents.readers.row_faults import RowFaults
from bordermap.incidents.readers.typed import (
    column_names,
    long_values,
    refuse_many_columns,
    text_array,
    value_text,
)

Record = dict[str, Any]


@dataclass(frozen=True, eq=False)
class JsonSource:
    """A JSON file.

    Attributes:
        blob: The file.
        options: How it is to be read.
        text: Its text.
        facts: What is said of every layer: encoding, repeated keys.
    """

    blob: Blob
    options: ReadOptions
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The file, as messages call it."""
        return file_label(self.blob)

    def layer(
        self,
        kind: str,
        records: Sequence[Record],
        positions: Ints,
        line_of: Callable[[Ints], Ints],
        faults: RowFaults,
        *,
        name: str = "",
        geometry: Geometry | None = None,
        facts: Mapping[str, str] | None = None,
    ) -> Layer:
        """A layer of this file.

        Args:
            kind: Its format.
            records: The rows.
            positions: Their record numbers.
            line_of: From record numbers to lines.
            faults: Found so far.
            name: Of the layer.
            geometry: Of the rows.
            facts: To be said beside those of the file.

        Raises:
            InputError: Too many columns (BM254).
        """
        table = record_table(records, self.options.limits.columns, self.label)
        return Layer(
            file=self.blob.file,
            format=kind,
            table=table,
            member=self.blob.member,
            name=name,
            geometry=geometry,
            records=positions,
            line_of=line_of,
            facts={**self.facts, **(facts or {})},
            faults=(*faults.gathered(), *long_values(table, self.options.limits.field_characters)),
        )


def file_label(blob: Blob) -> str:
    """A file and the member inside it, as messages call it."""
    return " › ".join(part for part in (blob.file, blob.member) if part)


def record_table(records: Sequence[Record], limit: int, label: str) -> pa.Table:
    """Records as columns of text: every key that any of them has, in the order in which they are met.

    Args:
        records: Objects; a missing key is an empty text.
        limit: How many columns there may be.
        label: The file, for messages.

    Raises:
        InputError: Too many columns (BM254).

    Example:
        >>> record_table([{"a": 1}, {"b": [2], "a": None}], 10, "a.json").to_pylist()
        [{'a': '1', 'b': ''}, {'a': '', 'b': '[2]'}]
    """
    keys = list(dict.fromkeys(chain.from_iterable(records)))
    refuse_many_columns(len(keys), limit, label)
    # A table without columns would forget how many rows it has.
    columns = {
        name: text_array([record.get(key) for record in records])
        for key, name in zip(keys or ["id"], _distinct(column_names(keys or ["id"])), strict=True)
    }
    return pa.table(columns)


def _distinct(names: Sequence[str]) -> list[str]:
    """Names made different where trimming made them equal."""
    used: dict[str, None] = {}
    for name in names:
        while name in used:
            name += "'"
        used[name] = None
    return list(used)


def only_objects(values: Sequence[Any], faults: RowFaults) -> tuple[list[Record], Ints]:
    """The objects among values, and the place of each, from 1; what is no object is rejected (BM248).

    Example:
        >>> faults = RowFaults()
        >>> only_objects([{"a": 1}, 7], faults), faults.gathered()[0].rows
        (([{'a': 1}], array([1])), array([2]))
    """
    good = [place for place, value in enumerate(values, start=1) if type(value) is dict]
    if len(good) < len(values):
        for place, value in enumerate(values, start=1):
            if type(value) is not dict:
                written = value_text(value)[:1000]
                faults.add("BM248", place, "not an object with named values", value=written, outside=True)
    return [values[place - 1] for place in good], np.array(good, dtype=np.int64)
