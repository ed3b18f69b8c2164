"""Rows brought into the order of a page: by place along the curve; each place and each date once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from bordermap.geometry.morton import curve, wrapped
from bordermap.incidents.arrow import at_once
from bordermap.maps.packing.columns import (
    MISSING,
    CodeColumn,
    IntColumn,
    Ints,
    Numbered,
    Of,
    SetColumn,
    Table,
    TextColumn,
    numbers_of,
)
from bordermap.maps.packing.distinct import distinct

#: Longitudes and latitudes are whole numbers of these parts of a degree: about a metre.
DEGREE: Final = 100_000


def in_order(columns: Sequence[Numbered], texts: Sequence[TextColumn], count: int) -> Table:
    """Rows as a table that can be packed.

    Args:
        columns: One value a row, whatever table they belong to: what is said of places and of dates too.
            Those of places have ``lon`` and ``lat``, those of dates ``from``, ``to`` and ``date``.
        texts: One text a row.
        count: Of rows.

    Returns:
        The table, its rows by place along the curve, those without a point after them, then by date.

    Example:
        >>> lon, lat = (IntColumn(name, "place", np.array([5, 5])) for name in ("lon", "lat"))
        >>> dates = [IntColumn(name, "when", np.array([9, 8])) for name in ("from", "to")]
        >>> dates.append(CodeColumn("date", "when", np.array([0, 0]), [""]))
        >>> table = in_order([lon, lat, *dates], [], 2)
        >>> table.counts, table.column("from").values.tolist(), table.column("when").values.tolist()
        ({'row': 2, 'place': 1, 'when': 2}, [8, 9], [0, 1])
    """
    place, places = _places([each for each in columns if each.of == "place"], count)
    when, whens = _whens([each for each in columns if each.of == "when"], count)
    order = np.argsort(place * (len(whens) + 1) + when, kind="stable")
    taken: dict[Of, Ints] = {"row": order, "place": places, "when": whens}
    return Table(
        counts={of: len(kept) for of, kept in taken.items()},
        columns=[
            IntColumn("place", "row", place[order]),
            IntColumn("when", "row", when[order]),
            *at_once(*(partial(_taken, each, taken[each.of]) for each in columns)),
        ],
        texts=texts,
        rows=order,
    )


def _taken(column: Numbered, rows: Ints) -> Numbered:
    if isinstance(column, IntColumn):
        return replace(column, values=column.values[rows])
    if isinstance(column, CodeColumn):
        return replace(column, codes=column.codes[rows])
    assert isinstance(column, SetColumn)
    return replace(column, codes=column.codes[rows])


def _named(columns: Sequence[Numbered], name: str) -> Ints:
    return next(numbers_of(each) for each in columns if each.name == name)


def _places(columns: Sequence[Numbered], count: int) -> tuple[Ints, Ints]:
    """The place of each row, and a row of each place, in the order of the curve."""
    codes, first = distinct([numbers_of(each) for each in columns], count)
    lon, lat = _named(columns, "lon")[first], _named(columns, "lat")[first]
    pointed = lon != MISSING
    order, _ = curve(wrapped(lon[pointed] / DEGREE), lat[pointed] / DEGREE)
    by_place = np.concatenate([np.flatnonzero(pointed)[order], np.flatnonzero(~pointed)])
    return _renumbered(codes, first, by_place)


def _whens(columns: Sequence[Numbered], count: int) -> tuple[Ints, Ints]:
    """The date of each row, and a row of each date, in their order; what has no date comes last."""
    codes, first = distinct([numbers_of(each) for each in columns], count)
    start, end, label = (_named(columns, name)[first] for name in ("from", "to", "date"))
    return _renumbered(codes, first, np.lexsort((label, end, start, start == MISSING)))


def _renumbered(codes: Ints, first: Ints, order: Ints) -> tuple[Ints, Ints]:
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place[codes], first[order]
