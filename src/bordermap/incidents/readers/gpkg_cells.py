"""Finds the values of a table that do not fit their column's type, so that none is changed on the way.

SQLite lets any value stand in any column. A reader by types makes ``about 3`` in a column of whole numbers 0,
makes the date ``18.04.2022`` the first of January 1970, and leaves columns of some types out.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bordermap.incidents.readers.arrow_text import column_text
from bordermap.incidents.readers.gpkg_contents import Column, Entry
from bordermap.incidents.readers.layer import TEXT
from bordermap.incidents.readers.sqlite_files import quoted

# SQLite puts numbers before texts and texts before bytes, so one comparison tells what does not belong.
_NOT_A_NUMBER: Final = "{0} >= ''"
_NOT_WHOLE: Final = "{0} >= '' OR ({0} | 0) <> {0}"
_ODD: Final = {
    "BOOLEAN": "{0} NOT IN (0, 1)",
    "TINYINT": _NOT_WHOLE + " OR {0} NOT BETWEEN -128 AND 255",
    "SMALLINT": _NOT_WHOLE + " OR {0} NOT BETWEEN -32768 AND 32767",
    "MEDIUMINT": _NOT_WHOLE + " OR {0} NOT BETWEEN -2147483648 AND 2147483647",
    "INT": _NOT_WHOLE,
    "INTEGER": _NOT_WHOLE,
    "FLOAT": _NOT_A_NUMBER,
    "DOUBLE": _NOT_A_NUMBER,
    "REAL": _NOT_A_NUMBER,
    "NUMERIC": _NOT_A_NUMBER,
    "TEXT": "{0} >= x''",
    "": "{0} >= x''",
    "BLOB": "{0} < x''",
    # Days above 28 are few and may be no days; they are taken as written.
    "DATE": "{0} NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' OR substr({0}, 9) > '28'",
    # The driver gives these as they are written.
    "DATETIME": "0",
}


@dataclass(frozen=True, eq=False)
class Cells:
    """What a look at a table's values found.

    Attributes:
        rows: How many rows there are.
        placed: How many rows have a geometry.
        names: All columns, in the order of the table.
        odd: By column: the ids of rows whose value does not fit, and the values as text.
    """

    rows: int
    placed: int
    names: tuple[str, ...]
    odd: dict[str, tuple[NDArray[np.int64], pa.Array]]


def odd_cells(database: sqlite3.Connection, entry: Entry) -> Cells:
    """Count the rows of a table and find the values that do not fit their column's type.

    Args:
        database: The file, opened with the defences up.
        entry: A table.

    Raises:
        sqlite3.Error: The database is damaged.
    """
    table, key = quoted(entry.name), key_of(entry)
    tests = {column.name: _test(column) for column in entry.columns}
    placed = f"count({quoted(entry.geometry)})" if entry.geometry else "0"
    rows, shapes = database.execute(f"SELECT count(*), {placed} FROM {table}").fetchone()
    # One pass that asks whether anything is odd at all; only then one for each column.
    any_odd = " OR ".join(tests.values()) or "0"
    (odd,) = database.execute(f"SELECT count(*) FROM {table} WHERE {any_odd}").fetchone()
    found = {}
    for name, test in tests.items() if odd else ():
        statement = f"SELECT {key}, {quoted(name)} FROM {table} WHERE {quoted(name)} IS NOT NULL AND ({test})"
        found[name] = _fetched(database.execute(statement))
    return Cells(rows, shapes, tuple(tests), {name: each for name, each in found.items() if len(each[0])})


def key_of(entry: Entry) -> str:
    """The column of the ids as SQL takes it."""
    return quoted(entry.id_column) if entry.id_column else "rowid"


def placed_ids(database: sqlite3.Connection, entry: Entry) -> NDArray[np.int64]:
    """The ids of the rows that have a geometry."""
    table, column = quoted(entry.name), quoted(entry.geometry)
    found = database.execute(f"SELECT {key_of(entry)} FROM {table} WHERE {column} IS NOT NULL")
    return np.fromiter((each for (each,) in found), dtype=np.int64)


def _test(column: Column) -> str:
    """An SQL expression that is true where a value does not fit; always true where the type is not known."""
    return _ODD.get(column.declared, "{0} IS NOT NULL").format(quoted(column.name))


def _fetched(found: sqlite3.Cursor) -> tuple[NDArray[np.int64], pa.Array]:
    pairs = found.fetchall()
    ids = np.array([key for key, _ in pairs], dtype=np.int64)
    return ids, pa.array([_text(value) for _, value in pairs], TEXT)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(column_text(pa.chunked_array([[value]]))[0].as_py())


def with_cells(table: pa.Table, ids: NDArray[np.int64], cells: Cells) -> pa.Table:
    """A table of text with the odd values as they are written.

    Args:
        table: Text columns.
        ids: The id of each row.
        cells: What was found.

    Returns:
        The table; columns that the driver left out are added at the end.

    Example:
        >>> table = pa.table({"n": pa.array(["1", "0"], TEXT)})
        >>> odd = {"n": (np.array([8]), pa.array(["about 3"], TEXT))}
        >>> found = Cells(2, 0, ("n",), odd)
        >>> with_cells(table, np.array([7, 8]), found)["n"].to_pylist()
        ['1', 'about 3']
    """
    for name in cells.names:
        if name not in table.column_names:
            table = table.append_column(name, pa.array([""] * len(ids), TEXT))
    order = np.argsort(ids, kind="stable")
    for name, (keys, values) in cells.odd.items():
        places = order[np.searchsorted(ids, keys, sorter=order)]
        mask = np.zeros(len(ids), dtype=bool)
        mask[places] = True
        at = table.column_names.index(name)
        written = values.take(np.argsort(places, kind="stable"))
        column = pc.replace_with_mask(table.column(at).combine_chunks(), mask, written)
        table = table.set_column(at, name, column)
    return table
