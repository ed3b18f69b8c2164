"""Checks between tables: who names whom, what nobody names, and what is there twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bordermap.codebook import POINT_LIKE
from bordermap.errors import InputError
from bordermap.incidents.columns import Column
from bordermap.incidents.faults import did_you_mean, fault, quote
from bordermap.incidents.readers.sheets import Sheet

Sheets = Mapping[str, Sheet]

_UNKNOWN: Final = {
    "incidents": ("BM170", "incident"),
    "claims": ("BM171", "claim"),
    "parties": ("BM172", "party"),
    "places": ("BM173", "place"),
    "sources": ("BM174", "source"),
}


def reference_faults(sheets: Sheets) -> list[InputError]:
    """Ids that name a row which is not there, and ids that two rows share.

    Args:
        sheets: The sheets that could be read, by table; what names a table that could not is passed over.

    Returns:
        The faults (BM152, BM170 to BM174).
    """
    ids = {name: _ids(sheet) for name, sheet in sheets.items()}
    faults: list[InputError] = []
    for sheet in sheets.values():
        faults += _duplicates(sheet)
        for column in sheet.table.columns:
            if column.refers and set(column.refers) <= set(sheets):
                faults += _unknown(sheet, column, ids)
    if {"incidents", "context"} <= set(sheets):
        faults += _shared(sheets["context"], ids["incidents"])
    return faults


def _ids(sheet: Sheet) -> dict[str, int]:
    key = sheet.table.key
    return {text: row for row, text in enumerate(sheet.values(key[0]))} if len(key) == 1 else {}


def _duplicates(sheet: Sheet) -> Iterator[InputError]:
    seen: dict[tuple[str, ...], int] = {}
    keys = zip(*(sheet.values(name) for name in sheet.table.key), strict=True) if sheet.table.key else ()
    for row, key in enumerate(keys):
        if all(key) and key in seen:
            words = f"{', '.join(map(quote, key))} stands on line {sheet.lines[seen[key]]} already"
            yield sheet.fault("BM152", row, sheet.table.key[-1], words)
        seen.setdefault(key, row)


def _shared(context: Sheet, incidents: Mapping[str, int]) -> Iterator[InputError]:
    for row, text in enumerate(context.values("context_id")):
        if text and text in incidents:
            yield context.fault("BM152", row, "context_id", f"{quote(text)} is the id of an incident already")


def _unknown(sheet: Sheet, column: Column, ids: Mapping[str, dict[str, int]]) -> Iterator[InputError]:
    code, what = _UNKNOWN[column.refers[0]]
    known = {text: True for table in column.refers for text in ids[table]}
    for row, text in enumerate(sheet.values(column.name)):
        for word in text.split() if column.kind == "references" else [text]:
            if word and word not in known:
                hint = did_you_mean(word, known, at_most=0)
                yield sheet.fault(code, row, column.name, f"no {what} has the id {quote(word)}", hint)


def rule_faults(sheets: Sheets) -> list[InputError]:
    """What a casebook must have besides: claims, places, sources, coordinates.

    Args:
        sheets: All sheets, by table.

    Returns:
        The faults (BM181 to BM186).
    """
    return [
        *_empty(sheets),
        *_claimless(sheets),
        *_placeless(sheets),
        *_sourceless(sheets),
        *_pointless(sheets),
        *_circles(sheets["places"]),
    ]


def _empty(sheets: Sheets) -> Iterator[InputError]:
    if not sheets["incidents"].rows and not sheets["context"].rows:
        yield fault("BM186", file=sheets["incidents"].table.file)


def _claimless(sheets: Sheets) -> Iterator[InputError]:
    incidents, told = sheets["incidents"], set(sheets["claims"].values("event_id"))
    for row, text in enumerate(incidents.values("event_id")):
        if text and text not in told:
            yield incidents.fault("BM182", row, "event_id", f"incident {quote(text)} has no claim")


def _placeless(sheets: Sheets) -> Iterator[InputError]:
    incidents, claims = sheets["incidents"], sheets["claims"]
    located = set(sheets["locations"].values("claim_id"))
    pairs = list(zip(claims.values("event_id"), claims.values("claim_id"), strict=True))
    told = {event for event, _ in pairs}
    placeless = told - {event for event, claim in pairs if claim in located}
    for row, text in enumerate(incidents.values("event_id")):
        if text in placeless:
            yield incidents.fault("BM181", row, "event_id", f"incident {quote(text)} has no place")


def _sourceless(sheets: Sheets) -> Iterator[InputError]:
    claims, carried = sheets["claims"], set(sheets["claim_sources"].values("claim_id"))
    for row, text in enumerate(claims.values("claim_id")):
        if text and text not in carried:
            yield claims.fault("BM183", row, "claim_id", f"claim {quote(text)} has no source")


def _pointless(sheets: Sheets) -> Iterator[InputError]:
    locations, places = sheets["locations"], sheets["places"]
    on_globe = dict(zip(places.values("place_id"), places.values("longitude"), strict=True))
    names = ("geo_precision", "location_basis", "longitude", "place_id")
    for row, cells in enumerate(zip(*(locations.values(name) for name in names), strict=True)):
        precision, basis, longitude, place = cells
        drawn = precision in POINT_LIKE and basis not in ("candidate", "none")
        if drawn and not longitude and not on_globe.get(place):
            where = f"place {quote(place)}" if place else "the row"
            words = f"{precision} needs coordinates, and {where} has none"
            yield locations.fault("BM184", row, "geo_precision", words)


def _circles(places: Sheet) -> Iterator[InputError]:
    parents = dict(zip(places.values("place_id"), places.values("parent_place_id"), strict=True))
    for row, start in enumerate(places.values("place_id")):
        seen, at = {""}, start
        while at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at and at == start:
            yield places.fault("BM185", row, "parent_place_id", f"place {quote(start)} lies in itself")
