"""A layer while it is brought into our columns: what was put where, and from what."""

from __future__ import annotations

import pyarrow as pa

from bordermap.incidents.dialects.distinct import whole
from bordermap.incidents.flat import FLAT, Mapped
from bordermap.incidents.readers.layer import TEXT, CellFault, Layer


class Sheet:
    """Our columns of one layer, filled one after the other.

    Attributes:
        columns: Our columns so far.
        faults: Found so far.
        notes: Sentences for the report so far.

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> sheet = Sheet(Layer("a.csv", "csv", text_table({"a": ["1"], "b": ["2"], "c": ["x"]})))
        >>> sheet.put("event_id", pa.array(["1"], TEXT), "a")
        >>> sheet.put("date_start", pa.array(["2002-01-01"], TEXT), "b")
        >>> sheet.finished().used, sheet.finished().kept
        ({'event_id': ('a',), 'date_start': ('b',)}, ('b', 'c'))
    """

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self._used: dict[str, tuple[str, ...]] = {}
        self.columns: dict[str, pa.Array] = {}
        self.faults: tuple[CellFault, ...] = ()
        self.notes: tuple[str, ...] = ()

    @property
    def empty(self) -> pa.Array:
        """A column of empty texts."""
        return pa.repeat(pa.scalar("", TEXT), self._layer.table.num_rows)

    def put(self, ours: str, column: pa.Array, *theirs: str) -> None:
        """Set one of our columns, and say of which columns of the file it was made."""
        assert ours in FLAT.names, ours
        self.columns[ours] = column
        if theirs:
            self._used[ours] = theirs

    def fill(self, ours: str, value: str) -> None:
        """Set one of our columns to one value."""
        self.put(ours, pa.repeat(pa.scalar(value, TEXT), self._layer.table.num_rows))

    def finished(self) -> Mapped:
        """The layer in our columns; what is not there word for word is kept under its own name."""
        kept = tuple(theirs for theirs in self._layer.columns if not self._stands(theirs))
        return Mapped(self.columns, dict(self._used), kept, self.faults, self.notes)

    def _stands(self, theirs: str) -> bool:
        """Whether a column of the file is a column of ours, unchanged."""
        alone = [ours for ours, names in self._used.items() if names == (theirs,) and ours in self.columns]
        if not alone:
            return False
        written = whole(self._layer.table.column(theirs))
        return any(whole(self.columns[ours]).equals(written) for ours in alone)
