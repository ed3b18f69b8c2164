"""Checks of single values and single rows: vocabulary, dates, numbers, coordinates, addresses, codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from bordermap import codebook
from bordermap.errors import InputError
from bordermap.incidents.columns import Column
from bordermap.incidents.dates import interval, is_date
from bordermap.incidents.faults import did_you_mean, quote
from bordermap.incidents.readers.sheets import Sheet
from bordermap.text import safe_url

#: Code, message and hint of what is wrong with a value; an empty text stands for the table's own words.
Problem = tuple[str, str, str]

_WHOLE: Final = re.compile(r"\d{1,9}", flags=re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?\d{1,12}(\.\d{1,15})?", flags=re.ASCII)
_NO_NUMBER: Final = re.compile(r"[+-]?(nan|inf|infinity)", flags=re.IGNORECASE)
_ISO3: Final = re.compile(r"[A-Z]{3}", flags=re.ASCII)
_ZONE: Final = re.compile(r"UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+", flags=re.ASCII)


def value_faults(sheet: Sheet) -> list[InputError]:
    """The faults of the sheet's values, each looked at alone.

    Args:
        sheet: As it was read.

    Returns:
        The faults (BM150 to BM163, BM180), by column.
    """
    return [error for column in sheet.table.columns for error in _column_faults(sheet, column)]


def _column_faults(sheet: Sheet, column: Column) -> Iterator[InputError]:
    check = _CHECKS.get(column.kind)
    for row, text in enumerate(sheet.values(column.name)):
        if column.required and not text.strip():
            if column.name == "date_start" and _is_undated(sheet, row):
                continue
            yield sheet.fault(_missing(sheet, column), row, column.name)
        elif text and check and (problem := check(text, column)):
            yield sheet.fault(problem[0], row, column.name, problem[1], problem[2])


def _is_undated(sheet: Sheet, row: int) -> bool:
    """Whether an incident says itself that its date is not known."""
    return sheet.table.name == "incidents" and sheet.values("date_precision")[row] == "unknown"


def _missing(sheet: Sheet, column: Column) -> str:
    if column.kind == "id":
        return "BM151"
    return "BM180" if (sheet.table.name, column.name) == ("incidents", "date_start") else "BM150"


def _check_code(text: str, column: Column) -> Problem | None:
    if text in column.codes:
        return None
    return "BM153", f"{quote(text)} is not a value of {column.name}", did_you_mean(text, column.codes)


def _check_codes(text: str, column: Column) -> Problem | None:
    return next((found for word in text.split() if (found := _check_code(word, column))), None)


def _check_date(text: str, column: Column) -> Problem | None:
    if is_date(text, loose=column.kind == "loose_date"):
        return None
    offset = is_date(text[:16]) or is_date(text[:19])
    hint = "Write the local clock time without an offset, and its zone in time_zone." if offset else ""
    return "BM154", f"not a date: {quote(text)}", hint


def _check_whole(text: str, column: Column) -> Problem | None:
    return None if _WHOLE.fullmatch(text) else ("BM156", f"not a whole number from 0: {quote(text)}", "")


def _check_number(text: str, column: Column) -> Problem | None:
    if not _NUMBER.fullmatch(text):
        return "BM156", f"not a number: {quote(text)}", ""
    return None if float(text) > 0 else ("BM156", f"{column.name} must be more than 0: {quote(text)}", "")


def _check_degrees(text: str, column: Column) -> Problem | None:
    limit = 180 if column.kind == "longitude" else 90
    if _NUMBER.fullmatch(text):
        if column.kind == "latitude" and 90 < abs(float(text)) <= 180:
            return "BM160", f"latitude {text} can only be a longitude", ""
        return (
            None if abs(float(text)) <= limit else ("BM158", f"{column.name} {text} is not on the globe", "")
        )
    code = "BM158" if _NO_NUMBER.fullmatch(text) else "BM156"
    return code, f"not a number: {quote(text)}", ""


def _check_iso3(text: str, column: Column) -> Problem | None:
    if _ISO3.fullmatch(text):
        return None
    names = {name.casefold(): iso3 for iso3, name in codebook.COUNTRY_NAMES.items()}
    meant = names.get(text.strip().casefold(), text.strip().upper())
    hint = f"Did you mean {quote(meant)}?" if _ISO3.fullmatch(meant) else ""
    return "BM162", f"not a country code: {quote(text)}", hint


def _check_url(text: str, column: Column) -> Problem | None:
    return None if safe_url(text) else ("BM161", f"not a web address: {quote(text)}", "")


def _check_zone(text: str, column: Column) -> Problem | None:
    return None if _ZONE.fullmatch(text) else ("BM163", f"not a time zone: {quote(text)}", "")


_CHECKS: Final[dict[str, Callable[[str, Column], Problem | None]]] = {
    "code": _check_code,
    "codes": _check_codes,
    "date": _check_date,
    "loose_date": _check_date,
    "whole": _check_whole,
    "number": _check_number,
    "longitude": _check_degrees,
    "latitude": _check_degrees,
    "iso3": _check_iso3,
    "url": _check_url,
    "zone": _check_zone,
}


def check_text(text: str, column: Column) -> Problem | None:
    """What is wrong with one text of a column; None where nothing is.

    Example:
        >>> check_text("AF", Column("country", "iso3", "the country"))[0]
        'BM162'
    """
    check = _CHECKS.get(column.kind)
    return check(text, column) if check else None


def row_faults(sheet: Sheet) -> list[InputError]:
    """The faults between values of one row: dates, numbers or coordinates that do not agree.

    Args:
        sheet: As it was read; values that are faulty by themselves are passed over here.

    Returns:
        The faults (BM155, BM157, BM158, BM159).
    """
    names = set(sheet.table.names)
    faults: list[InputError] = []
    if {"date_start", "date_end"} <= names:
        faults += _date_order_faults(sheet)
    if {"low", "best", "high"} <= names:
        faults += _figure_order_faults(sheet)
    if {"longitude", "latitude"} <= names:
        faults += _point_faults(sheet)
    return faults


def _date_order_faults(sheet: Sheet) -> Iterator[InputError]:
    for row, dates in enumerate(zip(sheet.values("date_start"), sheet.values("date_end"), strict=True)):
        if all(map(is_date, dates)) and (span := interval(*dates)) and span[1] <= span[0]:
            yield sheet.fault("BM155", row, "date_end", f"{dates[1]} is before the start, {dates[0]}")


def _figure_order_faults(sheet: Sheet) -> Iterator[InputError]:
    figures = zip(*(sheet.values(name) for name in ("low", "best", "high")), strict=True)
    for row, texts in enumerate(figures):
        known = [int(text) for text in texts if _WHOLE.fullmatch(text)]
        if known != sorted(known):
            column = "best" if texts[1] else "high"
            yield sheet.fault(
                "BM157", row, column, f"low, best and high are not in order: {', '.join(texts)}"
            )


def _point_faults(sheet: Sheet) -> Iterator[InputError]:
    points = zip(sheet.values("longitude"), sheet.values("latitude"), strict=True)
    for row, (longitude, latitude) in enumerate(points):
        if bool(longitude) != bool(latitude):
            missing = "latitude" if longitude else "longitude"
            yield sheet.fault("BM158", row, missing, "only one of longitude and latitude is there")
        elif all(map(_NUMBER.fullmatch, (longitude, latitude))) and float(longitude) == float(latitude) == 0:
            yield sheet.fault("BM159", row, "latitude")


def swapped_faults(sheets: list[Sheet]) -> list[InputError]:
    """Points that lie far from all others as written, and among them with longitude and latitude exchanged.

    Args:
        sheets: All sheets with coordinates.

    Returns:
        The faults (BM160); none where fewer than three other points would have to vouch for it.
    """
    points = [
        _Point(sheet, row, float(pair[0]), float(pair[1]))
        for sheet in sheets
        for row, pair in enumerate(zip(sheet.values("longitude"), sheet.values("latitude"), strict=True))
        if all(map(_NUMBER.fullmatch, pair)) and abs(float(pair[1])) <= 90
    ]
    if len(points) < 4:
        return []
    east = sorted(point.longitude for point in points)[len(points) // 2]
    north = sorted(point.latitude for point in points)[len(points) // 2]
    swapped = [point for point in points if point.fits_only_swapped(east, north)]
    # Where many points lie far from the middle anyway, lying far from it says nothing.
    scattered = sum(point.is_far(east, north) for point in points) - len(swapped)
    return [point.swapped() for point in swapped] if scattered <= max(2, len(points) // 10) else []


class _Point(NamedTuple):
    sheet: Sheet
    row: int
    longitude: float
    latitude: float

    def is_far(self, east: float, north: float) -> bool:
        return max(abs(self.longitude - east), abs(self.latitude - north)) > 15

    def fits_only_swapped(self, east: float, north: float) -> bool:
        exchanged = max(abs(self.latitude - east), abs(self.longitude - north))
        return self.is_far(east, north) and exchanged < 8

    def swapped(self) -> InputError:
        words = f"longitude {self.longitude:g} and latitude {self.latitude:g} look swapped"
        return self.sheet.fault("BM160", self.row, "latitude", words)
