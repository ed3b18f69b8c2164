"""What the dialects of datasets share: columns by known names, codes by tables, the mapped layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.arrow import at_once, blank, constant, empty_mask, factorize
from bordermap.incidents.dialects.coded import Coded, Text, coded, same
from bordermap.incidents.dialects.distinct import Bools, Ints
from bordermap.incidents.faults import fault, quote
from bordermap.incidents.flat import Mapped
from bordermap.incidents.readers.layer import TEXT, CellFault, Layer

#: Names of our own flat table: a layer that has them is one of ours, whatever else it has.
_OURS: Final = frozenset(("incident_type", "date_start"))
#: A shapefile cuts the names of its columns to this length.
_DBF_NAME: Final = 10


def folded(name: str) -> str:
    """A column's name without case, and with ``_`` for spaces and hyphens.

    Example:
        >>> folded(" EVENT ID-CNTY")
        'event_id_cnty'
    """
    return "_".join(name.strip().lstrip("\ufeff").casefold().replace("-", " ").replace("_", " ").split())


def spelled(columns: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Which column of a layer is which of a dataset's.

    Args:
        columns: The layer's names.
        names: The dataset's column → its spellings, folded; the first that is there counts.

    Returns:
        The dataset's column → the layer's; names that a shapefile has cut are found where only one fits.

    Example:
        >>> spelled(["ADMIN1", "type_of_vi"], {"admin1": ["admin1"], "type": ["type_of_violence"]})
        {'admin1': 'ADMIN1', 'type': 'type_of_vi'}
    """
    here: dict[str, str] = {}
    for column in columns:
        here.setdefault(folded(column), column)
    cut: dict[str, set[str]] = {}
    for name, spellings in names.items():
        for each in spellings:
            if len(each) > _DBF_NAME:
                cut.setdefault(_cut(each), set()).add(name)
    found = {}
    for name, spellings in names.items():
        short = [_cut(each) for each in spellings if cut.get(_cut(each)) == {name}]
        match = next((each for each in [*spellings, *short] if each in here), "")
        if match:
            found[name] = here[match]
    return found


def _cut(name: str) -> str:
    return folded(name[:_DBF_NAME])


def is_ours(layer: Layer) -> bool:
    """Whether a layer is a flat table that bordermap wrote, with a dataset's columns beside ours."""
    return set(layer.columns) >= _OURS


def code_of(text: str) -> str:
    """A whole number as its digits alone, however a spreadsheet wrote it; other texts in lower case.

    Example:
        >>> code_of(" 1.0"), code_of("01"), code_of("-9"), code_of("Armed  Assault")
        ('1', '1', '-9', 'armed assault')
    """
    bare = " ".join(text.casefold().split())
    digits = bare.removesuffix(".0")
    sign, number = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    return sign + (number.lstrip("0") or "0") if number.isascii() and number.isdigit() else bare


def where(mask: Bools, one: Text | str, other: Text | str) -> Text:
    """One text where a mask holds, the other elsewhere; a column that holds everywhere is not copied.

    Args:
        mask: One value a row.
        one: A column, or one text for all.
        other: The same.

    Example:
        >>> where(np.array([True, False]), "a", "b").to_pylist()
        ['a', 'b']
    """
    if not mask.any() or mask.all():
        chosen = one if mask.all() and mask.size else other
        return constant(chosen, len(mask)) if isinstance(chosen, str) else chosen
    parts = [pa.scalar(each, type=TEXT) if isinstance(each, str) else each for each in (one, other)]
    return chunked(pc.if_else(pa.array(mask), *parts))


def chunked(column: pa.Array | Text) -> Text:
    """A column in the form in which layers hold it."""
    return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])


def filled(first: Text, *others: Text) -> Text:
    """The first text of several that is not empty, row by row."""
    for other in others:
        first = where(empty_mask(first), other, first)
    return first


@dataclass
class Draft:
    """A layer on its way into our columns: what was read, what was made, what was found.

    Attributes:
        layer: As it was read.
        found: The dataset's column → the layer's.
        columns: Ours, made so far.
        used: Our column → the layer's columns it was made of.
        faults: Found so far.
        notes: Sentences for the report.
    """

    layer: Layer
    found: Mapping[str, str]
    columns: dict[str, Text | Coded] = field(default_factory=dict)
    used: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[CellFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _passed: set[str] = field(default_factory=set)

    @property
    def length(self) -> int:
        """How many rows the layer has."""
        return int(self.layer.table.num_rows)

    def has(self, *names: str) -> bool:
        """Whether the layer has at least one of the dataset's columns."""
        return any(name in self.found for name in names)

    def need(self, dataset: str, what: str, *names: str) -> None:
        """Raise BM330 where the layer has none of the columns."""
        if not self.has(*names):
            wanted = " or ".join(names)
            message = f"the table has no column for the {what} of {dataset} ({wanted})"
            raise fault("BM330", message, file=self.layer.label)

    def column(self, name: str) -> Text:
        """A column of the dataset; empty texts where the layer does not have it."""
        return self.layer.table[self.found[name]] if name in self.found else blank(self.length)

    def codes(self, name: str) -> Coded:
        """A column of few different texts; each is looked at once."""
        return coded(self.column(name)) if name in self.found else same("", self.length)

    def look_at(self, *names: str) -> None:
        """Find the different texts of some columns side by side; who asks for them later has them at once."""
        at_once(*(partial(factorize, self.column(name)) for name in names if name in self.found))

    def pass_on(self, ours: str, name: str) -> None:
        """Take a column over as it is, sharing its memory."""
        if name in self.found:
            self.columns[ours] = self.column(name)
            self.used[ours] = (self.found[name],)
            self._passed.add(self.found[name])

    def make(self, ours: str, column: Text | Coded | str, *names: str) -> None:
        """Set a column, or one text for all rows, made of some of the dataset's columns."""
        self.columns[ours] = same(column, self.length) if isinstance(column, str) else column
        sources = tuple(self.found[name] for name in names if name in self.found)
        if sources:
            self.used[ours] = sources

    def made(self, ours: str) -> Text:
        """One of our columns as text."""
        column = self.columns[ours]
        return column.text if isinstance(column, Coded) else column

    def only(self, ours: str, name: str, mask: Bools) -> None:
        """Take a column over where a mask holds; the whole of it stays beside."""
        if mask.all():
            self.pass_on(ours, name)
        elif name in self.found:
            self.make(ours, where(mask, self.column(name), ""), name)

    def warn(self, code: str, mask: Bools, name: str, message: str) -> None:
        """Tell of odd rows; ``{}`` in the message is the first value."""
        rows: Ints = np.flatnonzero(mask)
        if len(rows):
            first = self.column(name)[int(rows[0])].as_py()
            column = self.found.get(name, name)
            self.faults.append(CellFault(code, rows, column, message.format(quote(first))))

    def mapped(self, *, named: bool = True) -> Mapped:
        """The layer in our columns; all that was not taken over as it is stays beside them.

        Args:
            named: Whether the file has names for its columns; else they stay under the dataset's.
        """
        kept = tuple(name for name in self.layer.columns if name not in self._passed)
        names = {theirs: name for name, theirs in self.found.items()}
        extras = None if named else {names.get(each, each): self.layer.table[each] for each in kept}
        texts = at_once(*(partial(self.made, ours) for ours in self.columns))
        return Mapped(
            dict(zip(self.columns, texts, strict=True)),
            dict(self.used),
            kept,
            tuple(self.faults),
            tuple(self.notes),
            extras,
        )
