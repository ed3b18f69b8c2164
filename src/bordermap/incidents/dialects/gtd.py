"""GTD: the Global Terrorism Database (135 columns), where 0 in a date is unknown."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.arrow import empty_mask
from bordermap.incidents.dates import is_date
from bordermap.incidents.dialects.coded import Coded, Text, combined
from bordermap.incidents.dialects.dated import widen
from bordermap.incidents.dialects.dialect import Dialect
from bordermap.incidents.dialects.distinct import Bools
from bordermap.incidents.dialects.placed import countries, place, titled
from bordermap.incidents.dialects.recoding import Draft, chunked, code_of, filled, is_ours, spelled
from bordermap.incidents.dialects.values import iso_dates
from bordermap.incidents.flat import Mapped
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import TEXT, CellFault, Layer
from bordermap.incidents.twins import (
    GTD_AGAINST_PEOPLE,
    GTD_CIVILIANS,
    GTD_CLAIMED,
    GTD_EVENT_NUMBERS,
    GTD_EVENTS,
    GTD_FIREARMS,
    GTD_PLACES,
)  # fmt: skip

_SAME: Final = """
    eventid iyear imonth iday extended resolution country_txt provstate city latitude longitude
    specificity vicinity summary attacktype1 attacktype1_txt targtype1_txt gname weaptype1_txt claimed
    nkill nwound scite1 scite2 scite3 dbsource
"""
#: The columns of the 135 that are understood; the others are kept under their names.
NAMES: Final = {name: (name,) for name in _SAME.split()}
_NEEDED: Final = ("eventid", "iyear", "imonth", "iday")


def recognises(layer: Layer) -> str:
    """Why a layer is GTD's: its id and its three columns of the date.

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> table = text_table({name: ["1"] for name in ("eventid", "iyear", "imonth", "iday")})
        >>> recognises(Layer("a.xlsx", "xlsx", table))
        'has eventid, iyear, imonth and iday'
    """
    found = spelled(layer.columns, NAMES)
    fits = all(name in found for name in _NEEDED) and not is_ours(layer)
    return "has eventid, iyear, imonth and iday" if fits else ""


def map_layer(layer: Layer, options: ReadOptions) -> Mapped:
    """Bring a GTD layer into our columns.

    Args:
        layer: With an id, a year and a place.
        options: ``date_order`` counts for the day of resolution.

    Raises:
        InputError: A column that is needed is missing (BM330).
    """
    draft = Draft(layer, spelled(layer.columns, NAMES))
    draft.need("GTD", "event", "eventid")
    draft.need("GTD", "date", "iyear")
    if layer.geometry is None:
        draft.need("GTD", "place", "latitude", "city", "provstate", "country_txt")
    _pass_on(draft)
    _dates(draft, options)
    country = countries(draft, [], "country_txt")
    precision = _places(draft)
    phrase = _types(draft)
    names = {"settlement": draft.made("location"), "admin1": draft.column("provstate"),
             "admin2": filled(draft.made("location"), draft.column("provstate"))}  # fmt: skip
    title = titled(phrase, precision, names, country)
    draft.make("title", title, "attacktype1_txt", "city")
    draft.make("source", _sources(draft), "scite1", "scite2", "scite3", "dbsource")
    draft.make("actor1", _without_unknown(draft.codes("gname")), "gname")
    claimed = draft.codes("claimed").changed(lambda text: GTD_CLAIMED.get(code_of(text)))
    draft.make("responsibility_claimed", claimed, "claimed")
    draft.make("role", "scene")
    return draft.mapped()


def _pass_on(draft: Draft) -> None:
    for ours, name in (
        ("event_id", "eventid"), ("admin1", "provstate"), ("event_type", "attacktype1_txt"),
        ("notes", "summary"), ("fatalities_best", "nkill"), ("wounded", "nwound"),
        ("source_geo_precision", "specificity"),
    ):  # fmt: skip
        draft.pass_on(ours, name)
    draft.make("location", _without_unknown(draft.codes("city")), "city")


def _without_unknown(column: Coded) -> Coded:
    """GTD writes "Unknown" where it has no name."""
    return column.changed(lambda text: None if code_of(text) == "unknown" else text)


def _dates(draft: Draft, options: ReadOptions) -> None:
    """The day, or the month or year where day or month is 0; to the day of resolution where it lasted."""
    parts = [draft.codes(name).changed(code_of) for name in ("iyear", "imonth", "iday")]
    start = combined(*parts, how=lambda *each: _first_day(*each)[0])
    words = combined(*parts, how=lambda *each: _first_day(*each)[1])
    bad = start.empty & ~parts[0].empty
    culprit = combined(*parts, how=_culprit)
    for name in ("iyear", "imonth", "iday"):
        rows = np.flatnonzero(bad & culprit.one_of(name))
        if len(rows):
            message = "iyear, imonth and iday are no date"
            draft.faults.append(CellFault("BM154", rows, draft.found[name], message))
    end, lasted = _resolved(draft, start.put(~words.one_of("day"), ""), options.date_order)
    widen(draft, start, end, words.put(lasted, "days"))
    kinds = parts[0].changed(lambda _: "within").put(lasted, "throughout")
    draft.make("date_kind", kinds, "extended")
    draft.make("date_basis", "event")
    read = tuple(draft.found[name] for name in ("iyear", "imonth", "iday") if draft.has(name))
    draft.used |= {"date_start": read, "date_end": (*read, *draft.used.get("date_kind", ()))}


def _culprit(year: str, month: str, day: str) -> str:
    """Which of the three is at fault, where together they are no date.

    Example:
        >>> _culprit("soon", "1", "1"), _culprit("1998", "13", "1"), _culprit("1998", "2", "30")
        ('iyear', 'imonth', 'iday')
    """
    if not is_date(f"{year}-01-01"):
        return "iyear"
    sound = month in ("", "0") or is_date(f"{year}-{month:0>2}-01")
    return "iday" if sound else "imonth"


def _first_day(year: str, month: str, day: str) -> tuple[str, str]:
    """The first day that year, month and day allow, empty where they are no date; and the precision.

    Example:
        >>> _first_day("1998", "5", "0"), _first_day("1998", "0", "0"), _first_day("1998", "2", "30")
        (('1998-05-01', 'month'), ('1998-01-01', 'year'), ('', 'unknown'))
    """
    known_month = month not in ("", "0")
    known_day = known_month and day not in ("", "0")
    written = f"{year}-{month if known_month else '1':0>2}-{day if known_day else '1':0>2}"
    if not is_date(written):
        return "", "unknown"
    return written, "day" if known_day else "month" if known_month else "year"


def _resolved(draft: Draft, start: Coded, order: str) -> tuple[Coded, Bools]:
    """Days on which what went on for more than a day was over; empty where that is not known for sure."""
    column = draft.codes("resolution")
    dates = iso_dates(pa.array(column.values, TEXT), order=order)
    end = Coded(column.codes, [each[:10] for each in dates.start.to_pylist()])
    end = combined(start, end, how=lambda one, other: other if one and other > one else "")
    lasted = ~end.empty & draft.codes("extended").test(lambda text: code_of(text) == "1")
    return end.put(~lasted, ""), lasted


def _places(draft: Draft) -> Coded:
    code = draft.codes("specificity")
    precision = code.changed(lambda text: GTD_PLACES.get(code_of(text)))
    message = "GTD has no specificity {}: the province is taken"
    draft.warn("BM320", code.filled & precision.empty, "specificity", message)
    silent, no_province = precision.empty, empty_mask(draft.column("provstate"))
    no_country = empty_mask(draft.column("country_txt"))
    precision = precision.put(silent, "admin1").put(silent & no_province, "country")
    precision = precision.put(silent & no_province & no_country, "unknown")
    vicinity = draft.codes("vicinity").test(lambda text: code_of(text) in ("1", "-9"))
    precision = precision.put(vicinity & precision.one_of("settlement"), "near")
    if not draft.has("specificity"):
        draft.notes.append(
            "there is no specificity: a place is taken for somewhere in its province or country"
        )
    place(draft, precision, "longitude", "latitude")
    return precision


def _types(draft: Draft) -> Coded:
    """Set the type by kind, target and weapon; return the phrase."""
    written = draft.codes("attacktype1_txt").filled_from(draft.codes("attacktype1"))
    kind = written.changed(lambda text: GTD_EVENT_NUMBERS.get(code_of(text), code_of(text)))
    strange = kind.filled & kind.test(lambda text: text not in GTD_EVENTS)
    draft.warn("BM322", strange, "attacktype1_txt", "GTD has no attack type {}")
    target, weapon = (draft.codes(name).changed(code_of) for name in ("targtype1_txt", "weaptype1_txt"))
    draft.make("incident_type", combined(kind, target, weapon, how=_type), "attacktype1_txt", "targtype1_txt",
               "weaptype1_txt")  # fmt: skip
    return kind.changed(lambda text: GTD_EVENTS[text].phrase if text in GTD_EVENTS else "event")


def _type(kind: str, target: str, weapon: str) -> str:
    """Our type of an attack type, a target type and a weapon type, all in lower case.

    Example:
        >>> _type("armed assault", "police", "firearms"), _type("armed assault", "business", "melee")
        ('shooting', 'attack_on_people')
    """
    if kind in GTD_AGAINST_PEOPLE and target in GTD_CIVILIANS:
        return "attack_on_people"
    if kind in GTD_AGAINST_PEOPLE and weapon in GTD_FIREARMS:
        return "shooting"
    return GTD_EVENTS[kind].incident_type if kind in GTD_EVENTS else "other"


def _sources(draft: Draft) -> Text:
    """Citations joined by "; ", their own semicolons as commas; the collection where there is none."""
    cited = [pc.replace_substring(pc.utf8_trim(draft.column(f"scite{n}"), ' "'), ";", ",") for n in (1, 2, 3)]
    # Arrow's own way to leave out nulls loses the rows that have nothing else.
    joined = pc.binary_join_element_wise(*cited, pa.scalar("\x1f", TEXT))
    joined = pc.replace_substring_regex(pc.utf8_trim(joined, "\x1f"), "\x1f+", "; ")
    return filled(chunked(joined), draft.column("dbsource"))


DIALECT: Final = Dialect(
    key="gtd",
    name="GTD",
    party_kind="monitor",
    recognises=recognises,
    map=map_layer,
    rights="display_only",
    licence="GTD end user licence agreement",
    attribution="START (National Consortium for the Study of Terrorism and Responses to Terrorism), Global "
    "Terrorism Database, https://www.start.umd.edu/gtd, accessed {accessed}.",
    period_start="1970-01-01",
)
