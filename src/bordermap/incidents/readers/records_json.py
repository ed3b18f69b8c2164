"""Finds the lists of records in a JSON value, whatever the program that wrote it calls them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bordermap.incidents.readers.json_source import Record
from bordermap.incidents.readers.typed import value_text

#: The names under which programs put their records.
KNOWN: Final = (
    "events", "incidents", "data", "results", "Result", "result", "features", "records", "items", "rows",
    "entries", "values",
)  # fmt: skip
#: What stands beside the events of a timemap.
SISTERS: Final = ("sources", "associations", "categories", "sites", "shapes", "narratives", "filters")


@dataclass(frozen=True, eq=False)
class Found:
    """One list of records.

    Attributes:
        path: The keys that lead to it.
        values: Its elements, mostly objects.
        lines: Whether each element stands on a line of its own in the file; not so in columns.
        key: The column that got the key of each element, where they stand in an object; or an empty text.
        origin: How the records stand in the file, for the report; empty for a plain list.
    """

    path: tuple[str, ...]
    values: Sequence[Any]
    lines: bool = True
    origin: str = ""

    @property
    def name(self) -> str:
        """The last key of the path."""
        return self.path[-1] if self.path else ""


def find_records(value: Any) -> list[Found]:
    """All lists of records in a JSON value; none where it holds none.

    Args:
        value: As parsed.

    Returns:
        Several for a timemap or for an object with several lists under names that nobody knows.

    Example:
        >>> [(found.name, len(found.values)) for found in find_records({"status": 200, "data": [{"a": 1}]})]
        [('data', 1)]
        >>> find_records({"a": [1, 2], "b": [3, 4]})[0].values
        [{'a': 1, 'b': 3}, {'a': 2, 'b': 4}]
        >>> find_records([["id", "place"], ["1", "x"]])[0].values
        [{'id': '1', 'place': 'x'}]
    """
    if isinstance(value, list):
        return _in_list(value, ())
    if not isinstance(value, dict) or not value or value.get("type") == "Topology":
        return []
    return (
        _split(value)
        or _timemap(value)
        or _named(value, ())
        or _columnar(value)
        or _keyed(value)
        or _single(value)
    )


def _in_list(value: list[Any], path: tuple[str, ...]) -> list[Found]:
    if any(isinstance(each, dict) for each in value):
        return [Found(path, value)]
    first = value[0] if value else None
    if isinstance(first, list) and first and all(isinstance(name, str) for name in first) and len(value) > 1:
        return [Found(path, [_zipped(first, row) for row in value[1:]], False, "rows below a row of names")]
    return []


def _zipped(names: Sequence[Any], row: Any) -> Any:
    """A row of values under names; what has not one for each name stays as it is, and is rejected later."""
    if not isinstance(row, list) or len(row) > len(names):
        return row
    record: dict[str, Any] = {}
    for name, value in zip(map(value_text, names), row, strict=False):
        record[name if name not in record else f"{name}'"] = value
    return record


def _split(value: Mapping[str, Any]) -> list[Found]:
    """Names and rows apart, as pandas writes with ``orient="split"``."""
    names, rows = value.get("columns"), value.get("data")
    if not (isinstance(names, list) and isinstance(rows, list) and rows and isinstance(rows[0], list)):
        return []
    return [Found(("data",), [_zipped(names, row) for row in rows], True, "rows, their names in 'columns'")]


def _timemap(value: Mapping[str, Any]) -> list[Found]:
    if "events" not in value or not any(sister in value for sister in SISTERS):
        return []
    tables = [_table(value[key], key) for key in value]
    return (
        [table for table in tables if table] if isinstance(value["events"], list) and value["events"] else []
    )


def _table(value: Any, key: str) -> Found | None:
    """A list of objects, or an object of objects, each with its id."""
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return Found((key,), value)
    if isinstance(value, dict) and value and all(isinstance(each, dict) for each in value.values()):
        return Found((key,), [{"id": name, **each} for name, each in value.items()], True, "objects by id")
    return None


def _named(value: Mapping[str, Any], path: tuple[str, ...]) -> list[Found]:
    """Lists under the names that programs use, one level deeper too, or else under any names."""
    known = [each for key, inner in value.items() if key in KNOWN for each in _under(key, inner, path)]
    if known or path or _is_record(value):
        return known
    return [
        Found((key,), inner)
        for key, inner in value.items()
        if isinstance(inner, list) and any(isinstance(each, dict) for each in inner)
    ]


def _under(key: str, inner: Any, path: tuple[str, ...]) -> list[Found]:
    if isinstance(inner, list):
        return _in_list(inner, (*path, key))
    return _named(inner, (key,)) if isinstance(inner, dict) and not path else []


def _is_record(value: Mapping[str, Any]) -> bool:
    """Whether an object says itself where it happened: then a list inside it is one of its values."""
    return bool({"latitude", "lat", "longitude", "lon", "lng"} & {key.lower() for key in value})


def _columnar(value: Mapping[str, Any]) -> list[Found]:
    """A list (or an object with the same keys) of equal length for each column."""
    columns = list(value.values())
    if all(isinstance(each, dict) for each in columns):
        keys = list(columns[0])
        if (
            not keys
            or not all(key.isdecimal() for key in keys)
            or any(list(each) != keys for each in columns)
        ):
            return []
        columns = [list(each.values()) for each in columns]
    if not all(isinstance(each, list) for each in columns) or not columns[0]:
        return []
    if len({len(each) for each in columns}) > 1:
        return []
    rows = [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    return [Found((), rows, False, "a list for each column")]


def _keyed(value: Mapping[str, Any]) -> list[Found]:
    """An object of objects, all of them records under their ids."""
    table = _table(value, "")
    return [Found((), table.values, True, table.origin)] if table else []


def _single(value: Mapping[str, Any]) -> list[Found]:
    """One object that is a record itself."""
    scalars = [each for each in value.values() if not isinstance(each, dict | list)]
    empty = any(value.get(key) == [] for key in KNOWN)  # an answer without records is no record itself
    return [Found((), [dict(value)], False, "one object")] if scalars and not empty else []


#: Members whose own members become columns.
_OPENED: Final = (
    "location", "geo", "coordinates", "position", "point", "place", "geometry", "coords", "properties",
    "attributes", "_source",
)  # fmt: skip
_BARE: Final = ("properties", "attributes", "_source")


def open_members(records: list[Record]) -> list[Record]:
    """Records whose places, and whose properties, are columns: ``location.lat`` in place of an object.

    Example:
        >>> open_members([{"id": 1, "location": {"lat": 37, "lon": 67}, "properties": {"kind": "x"}}])
        [{'id': 1, 'location.lat': 37, 'location.lon': 67, 'kind': 'x'}]
    """
    opened = {key for key in _OPENED if any(isinstance(record.get(key), dict) for record in records)}
    return [_opened(record, opened) for record in records] if opened else records


def _opened(record: Record, keys: set[str]) -> Record:
    row: Record = {}
    for key, value in record.items():
        if key in keys and isinstance(value, dict):
            bare = key in _BARE
            row |= {
                name if bare and name not in record else f"{key}.{name}": one for name, one in value.items()
            }
        else:
            row[key] = value
    return row
