"""Timemap datasets: Bellingcat's exports, and the events, sources and associations of a timemap server."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Final

import numpy as np

from bordermap.incidents.dialects.dialect import Dialect
from bordermap.incidents.dialects.distinct import texts
from bordermap.incidents.dialects.found_columns import Found, find_columns, text_column
from bordermap.incidents.dialects.generic import filled_sheet, without_people
from bordermap.incidents.dialects.mapping_sheet import Sheet
from bordermap.incidents.dialects.spellings import key_of
from bordermap.incidents.flat import Mapped
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import CellFault, Layer

#: The order of the dates in a timemap that sets no other.
DATE_ORDER: Final = "mdy"
#: Tables that stand beside the events; labels and styles among them are no incidents.
SISTERS: Final = ("sources", "associations")
FURNITURE: Final = ("categories", "sites", "shapes", "narratives", "filters", "regions", "notifications")
_LIST: Final = re.compile(r"\s*[\[{]")
_NUMBERED: Final = re.compile(r"(source|association)s?_?\d+")
_WEB: Final = re.compile(r"https?://[^\s,;|<>\"']+", re.IGNORECASE)


def recognise_timemap(layer: Layer) -> str:
    """Why a layer is the events of a timemap."""
    keys = {key_of(name) for name in layer.columns}
    numbered = {match[1] for key in keys if (match := _NUMBERED.fullmatch(key))}
    linked = {"sources" if each == "source" else "associations" for each in numbered} | keys
    told = {"description", "desc"} & keys and ({"latitude", "lat"} & keys or layer.geometry is not None)
    marks = [mark for mark in ("associations", "filters", "timeprecision") if mark in linked]
    if told and "date" in keys and "sources" in linked and marks:
        return f"has date, description, sources and {marks[0].replace('timeprecision', 'time_precision')}"
    return ""


def join(layers: Sequence[Layer]) -> list[Layer]:
    """Events with the tables that stand beside them; all other layers as they are.

    Args:
        layers: Of one file or archive.

    Returns:
        The layers without those that belong to a timemap's events: ``sources`` and ``associations`` come
        along in the events' ``extra``; labels and styles are named in its ``facts``.

    Example:
        >>> join([])
        []
    """
    events = [layer for layer in layers if recognise_timemap(layer)]
    joined: dict[int, Layer] = {}
    gone: set[int] = set()
    for event in events:
        beside = [layer for layer in layers if layer not in events and _folder(layer) == _folder(event)]
        found = {_stem(layer): layer for layer in beside if _stem(layer) in (*SISTERS, *FURNITURE)}
        if found:
            joined[id(event)] = _with_sisters(event, found)
            gone |= {id(layer) for layer in found.values()}
    return [joined.get(id(layer), layer) for layer in layers if id(layer) not in gone]


def _stem(layer: Layer) -> str:
    """The table's name: of the layer, or of its file, such as export_sources."""
    name = layer.name or PurePosixPath(layer.member or layer.file).stem
    key = key_of(name)
    return next((each for each in (*SISTERS, *FURNITURE) if key.endswith(each)), key)


def _folder(layer: Layer) -> tuple[str, str]:
    return layer.file, str(PurePosixPath(layer.member).parent) if layer.member else ""


def _with_sisters(event: Layer, found: Mapping[str, Layer]) -> Layer:
    sisters = {name: layer for name, layer in found.items() if name in SISTERS}
    told = ", ".join(f"{name} ({layer.table.num_rows} rows)" for name, layer in sorted(found.items()))
    rest = {name: value for name, value in event.extra.items() if name not in found}
    return replace(event, facts={**event.facts, "joined_tables": told}, extra={**rest, **sisters})


def map_timemap(layer: Layer, options: ReadOptions) -> Mapped:
    """The events of a timemap in our columns.

    Args:
        layer: Events, with their sisters in ``extra`` where :func:`join` found them.
        options: As for any table; dates that can be read in two ways are month first, as timemap writes them.

    Returns:
        The events, with the titles and addresses of their sources and the names of their associations.

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> rows = text_table({
        ...     "id": ["CIV1"], "date": ["03/04/2022"], "latitude": ["50.4501"], "longitude": ["30.5234"],
        ...     "description": ["x"], "sources": ['[{"id": "s1", "path": "https://example.org/1"}]'],
        ...     "filters": ['[{"key": "Area", "value": "Residential"}]'],
        ... })
        >>> found = map_timemap(Layer("a.json", "json", rows), ReadOptions()).columns
        >>> [found[name][0].as_py() for name in ("date_start", "source_url", "event_type")]
        ['2022-03-04', 'https://example.org/1', 'Area: Residential']
    """
    found = without_people(find_columns(layer, options))
    own = {ours: theirs for ours, theirs in found.theirs.items() if ours not in ("source", "source_url")}
    event_id = next((name for name in layer.columns if key_of(name) == "civid"), own.get("event_id", ""))
    if event_id and "event_id" not in found.said:
        own["event_id"] = event_id
    found = Found(own, found.said, found.notes)
    sheet = filled_sheet(layer, found, options, order=DATE_ORDER)
    _put_sources(sheet, layer)
    _put_kinds(sheet, layer, found)
    if "time_precision" in found:
        column = text_column(layer, found.get("time_precision"))
        sheet.put("source_time_precision", column, found.get("time_precision"))
    return sheet.finished()


def _columns(layer: Layer, *names: str) -> list[str]:
    """The columns of one name, numbered or not."""
    wanted = [name.removesuffix("s") for name in names]
    return [
        theirs
        for theirs in layer.columns
        if key_of(theirs) in names
        or ((match := _NUMBERED.fullmatch(key_of(theirs))) and match[1] in wanted)
    ]  # fmt: skip


def _lists(layer: Layer, columns: Sequence[str]) -> list[list[Any]]:
    """What stands in some columns, one list a row."""
    rows: list[list[Any]] = [[] for _ in range(layer.table.num_rows)]
    for theirs in columns:
        for row, text in zip(rows, text_column(layer, theirs).to_pylist(), strict=True):
            row.extend(_parsed(text))
    return rows


def _parsed(text: str) -> list[Any]:
    """The members of a list as text: JSON, or with commas between."""
    if _LIST.match(text):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return [text]
        return value if isinstance(value, list) else [value]
    return [part.strip() for part in text.split(",") if part.strip()]


def _index(layer: Layer, name: str) -> dict[str, dict[str, str]] | None:
    """The rows of a sister table by their id; None where there is no such table."""
    sister = layer.extra.get(name)
    if not isinstance(sister, Layer) or "id" not in sister.columns:
        return None
    return {row["id"]: row for row in sister.table.to_pylist()}


def _put_sources(sheet: Sheet, layer: Layer) -> None:
    columns = _columns(layer, "sources")
    index = _index(layer, "sources")
    names, urls, lost = [], [], []
    for at, members in enumerate(_lists(layer, columns)):
        read = [_source(member, index) for member in members]
        names.append("; ".join(dict.fromkeys(one["name"] for one in read if one and one["name"])))
        urls.append(" ".join(dict.fromkeys(url for one in read if one for url in one["urls"])))
        if any(one is None for one in read):
            lost.append(at)
    sheet.put("source", texts(names), *columns)
    sheet.put("source_url", texts(urls), *columns)
    if lost:
        sheet.faults += (CellFault("BM296", np.array(lost, dtype=np.int64), columns[0]),)


def _source(member: Any, index: Mapping[str, Mapping[str, str]] | None) -> dict[str, Any] | None:
    """Name and addresses of one source; None where only its id is known."""
    if not isinstance(member, dict):
        word = str(member)
        if _WEB.match(word):
            return {"name": "", "urls": _WEB.findall(word)}
        if index is None or word not in index:
            return None
        member = index[word]
    held = " ".join(str(member.get(key) or "") for key in ("url", "path", "paths"))
    name = next((str(member[key]) for key in ("title", "author") if member.get(key)), "")
    return {"name": name.strip(), "urls": _WEB.findall(held)}


def _put_kinds(sheet: Sheet, layer: Layer, found: Found) -> None:
    """Associations and filters as words: the type, where no column has one, else the finer type."""
    columns = _columns(layer, "associations", "filters")
    index = _index(layer, "associations")
    if not columns:
        return
    rows = _lists(layer, columns)
    words = [[_kind(member, index) for member in members] for members in rows]
    column = texts(["; ".join(dict.fromkeys(word for word in row if word)) for row in words])
    sheet.put("sub_event_type" if "event_type" in found else "event_type", column, *columns)
    lost = [] if index is None else [at for at, row in enumerate(words) if None in row]
    if lost:
        sheet.faults += (CellFault("BM296", np.array(lost, dtype=np.int64), columns[0]),)


def _kind(member: Any, index: Mapping[str, Mapping[str, str]] | None) -> str | None:
    """The words of one association; None where only its id is known."""
    if isinstance(member, dict) and "key" in member:
        return f"{member['key']}: {member.get('value') or ''}".strip(": ")
    if isinstance(member, dict):
        return _path(member)
    if index is None:
        return str(member).replace("=", ": ")
    return _path(index[str(member)]) if str(member) in index else None


def _path(association: Mapping[str, Any]) -> str:
    """Where an association stands in the tree, else its title."""
    held = association.get("filter_paths") or ""
    path = _parsed(held) if isinstance(held, str) else held
    return ": ".join(str(part) for part in path) or str(association.get("title") or "")


DIALECT: Final = Dialect(
    key="timemap",
    name="timemap dataset",
    party_kind="dataset",
    recognises=recognise_timemap,
    map=map_timemap,
    rights="unknown",
)
