"""A mapped layer as plain rows, for tests of dialects."""

from __future__ import annotations

from bordermap.incidents.flat import Mapped


def values(found: Mapped, *names: str) -> list[tuple[str, ...]]:
    """The values of some of our columns, row by row; columns that were left out are empty."""
    length = len(next(iter(found.columns.values())))
    columns = [found.columns[n].to_pylist() if n in found.columns else [""] * length for n in names]
    return list(zip(*columns, strict=True))


def value(found: Mapped, name: str) -> str:
    """The value of one column in the first row."""
    return values(found, name)[0][0]


def faults(found: Mapped) -> list[tuple[str, list[int], str]]:
    """Code, rows and column of each fault."""
    return [(each.code, each.rows.tolist(), each.column) for each in found.faults]
