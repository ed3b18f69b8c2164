"""GDELT's event files, 1.0 and 2.0: mentions of events that a program found in articles."""

from __future__ import annotations

import re
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.arrow import empty_mask
from bordermap.incidents.dialects.coded import Coded, Text, combined
from bordermap.incidents.dialects.dated import dated, widen
from bordermap.incidents.dialects.dialect import Dialect
from bordermap.incidents.dialects.fips import WITHOUT_ISO3, iso3_of_fips
from bordermap.incidents.dialects.placed import place, titled
from bordermap.incidents.dialects.recoding import Draft, code_of, is_ours, spelled
from bordermap.incidents.faults import fault
from bordermap.incidents.flat import Mapped
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import TEXT, Layer
from bordermap.incidents.twins import GDELT_PLACES, cameo_twin

_ACTOR: Final = """
    Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code
    Type3Code
"""
_ACTORS: Final = [f"{whose}{each}" for whose in ("Actor1", "Actor2") for each in _ACTOR.split()]
_EVENT: Final = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_ACTORS, "IsRootEvent", "EventCode",
    "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
    "NumArticles", "AvgTone",
)  # fmt: skip
_GEO: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_PLACES: Final = [f"{whose}Geo_{each}" for whose in ("Actor1", "Actor2", "Action") for each in _GEO]
_NO_ADM2: Final = [name for name in _PLACES if "ADM2" not in name]
#: The columns in their order by how many there are: 1.0 to March 2013, 1.0 since, and 2.0.
LAYOUTS: Final = {
    57: (*_EVENT, *_NO_ADM2, "DATEADDED"),
    58: (*_EVENT, *_NO_ADM2, "DATEADDED", "SOURCEURL"),
    61: (*_EVENT, *_PLACES, "DATEADDED", "SOURCEURL"),
}
#: GDELT's columns and the spellings of each with a header; BigQuery calls SQLDATE the same, others Day.
NAMES: Final = {name: (name.casefold(),) for name in LAYOUTS[61]} | {"SQLDATE": ("sqldate", "day")}
#: What a few of the columns hold, by which a file without a header is known.
_LOOKS: Final = {
    "GLOBALEVENTID": r"\d{1,12}", "SQLDATE": r"(19|20)\d{6}", "MonthYear": r"(19|20)\d{4}",
    "Year": r"(19|20)\d\d", "FractionDate": r"(19|20)\d\d(\.\d+)?", "EventRootCode": r"\d\d?",
    "QuadClass": r"[1-4]",
    "ActionGeo_Type": r"[0-5]?", "DATEADDED": r"(19|20)\d{6}(\d{6})?",
}  # fmt: skip
_URL: Final = re.compile(r"https?://(?:www\.)?([^/\s:?#]+)\S*", flags=re.IGNORECASE)


def recognises(layer: Layer) -> str:
    """Why a layer is GDELT's: its column names, or their number and what the first rows hold.

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> names = ("GLOBALEVENTID", "SQLDATE", "EventCode", "ActionGeo_Type")
        >>> recognises(Layer("a.csv", "csv", text_table({name: ["1"] for name in names})))
        'has GLOBALEVENTID, SQLDATE and ActionGeo_Type'
    """
    found = spelled(layer.columns, NAMES)
    marks = ("GLOBALEVENTID", "SQLDATE", "ActionGeo_Type")
    if is_ours(layer):
        return ""
    if all(mark in found for mark in marks):
        return f"has {found[marks[0]]}, {found[marks[1]]} and {found[marks[2]]}"
    return (
        f"{len(layer.columns)} columns without a header that hold GDELT's codes" if _looks_so(layer) else ""
    )


def _headless(layer: Layer) -> dict[str, str]:
    """GDELT's column → the layer's by position, where the number of columns is one of GDELT's."""
    return dict(zip(LAYOUTS.get(len(layer.columns), ()), layer.columns, strict=False))


def _looks_so(layer: Layer) -> bool:
    found, first = _headless(layer), layer.table.slice(0, 20)
    if not found or not first.num_rows:
        return False
    texts = zip(*(first[found[name]].to_pylist() for name in _LOOKS), strict=True)
    alike = [all(map(re.fullmatch, _LOOKS.values(), map(str.strip, row))) for row in texts]
    # A faulty row among them is the checks' business, as long as most are as they should be.
    return sum(alike) >= 0.6 * len(alike)


def map_layer(layer: Layer, options: ReadOptions) -> Mapped:
    """Bring a GDELT layer into our columns.

    Args:
        layer: With GDELT's header, or without one and 57, 58 or 61 columns.
        options: Not needed.

    Raises:
        InputError: The layer has neither (BM331).
    """
    found = spelled(layer.columns, NAMES)
    draft = Draft(layer, found if "GLOBALEVENTID" in found else _headless(layer))
    if not draft.has("GLOBALEVENTID"):
        message = f"the table has {len(layer.columns)} columns and no GLOBALEVENTID"
        raise fault("BM331", message, file=layer.label)
    draft.need("GDELT", "date", "SQLDATE")
    if "GLOBALEVENTID" not in found:
        draft.notes.append(f"no header: the {len(layer.columns)} columns are named by GDELT's order")
    for ours, name in (("event_id", "GLOBALEVENTID"), ("actor1", "Actor1Name"), ("actor2", "Actor2Name"),
                       ("location", "ActionGeo_FullName"), ("event_type", "EventRootCode"),
                       ("sub_event_type", "EventCode"),
                       ("source_geo_precision", "ActionGeo_Type")):  # fmt: skip
        draft.pass_on(ours, name)
    _dates(draft)
    _country(draft)
    precision = _places(draft)
    phrase = _types(draft)
    draft.make("title", _titles(draft, phrase, precision), "EventCode", "ActionGeo_FullName")
    _sources(draft)
    draft.make("role", "scene")
    return draft.mapped(named="GLOBALEVENTID" in found)


def _dates(draft: Draft) -> None:
    """The day is that of the article, or one that the program took from its words."""
    widen(draft, *dated(draft, "SQLDATE", "ymd"))
    draft.used["date_start"] = (draft.found["SQLDATE"],)
    draft.make("date_kind", "within")
    draft.make("date_basis", "report")
    draft.make("source_date", draft.codes("DATEADDED").changed(_day_added), "DATEADDED")


def _day_added(text: str) -> str | None:
    match = re.match(r"(\d{4})(\d\d)(\d\d)", text.strip())
    return "-".join(match.groups()) if match else None


def _country(draft: Draft) -> None:
    column = draft.codes("ActionGeo_CountryCode")
    country = column.changed(iso3_of_fips)
    draft.make("country", country, "ActionGeo_CountryCode")
    strange = column.filled & country.empty & ~column.test(lambda text: text.strip().upper() in WITHOUT_ISO3)
    draft.warn("BM323", strange, "ActionGeo_CountryCode", "{} is no country code of FIPS 10-4")


def _places(draft: Draft) -> Coded:
    """Towns are points; states, provinces and countries are areas, whose centroid stands beside."""
    code = draft.codes("ActionGeo_Type")
    precision = code.changed(lambda text: GDELT_PLACES.get(code_of(text)))
    strange = code.filled & precision.empty
    draft.warn("BM320", strange, "ActionGeo_Type", "GDELT has no place of type {}: the country is taken")
    named = strange & ~empty_mask(draft.made("country"))
    precision = precision.put(precision.empty & ~named, "unknown").put(named, "country")
    place(draft, precision, "ActionGeo_Long", "ActionGeo_Lat", basis="machine")
    province = combined(precision, draft.codes("ActionGeo_FullName"), how=_province)
    draft.make("admin1", province, "ActionGeo_FullName")
    return precision


def _province(precision: str, name: str) -> str:
    """The province in "Termez, Surxondaryo, Uzbekistan", or in "Surxondaryo, Uzbekistan".

    Example:
        >>> _province("settlement", "Termez, Surxondaryo, Uzbekistan"), _province("country", "Uzbekistan")
        ('Surxondaryo', '')
    """
    parts = [part.strip() for part in name.split(",")]
    if precision == "admin1":
        return parts[0]
    return parts[-2] if precision == "settlement" and len(parts) >= 3 else ""


def _types(draft: Draft) -> Coded:
    codes, roots = draft.codes("EventCode"), draft.codes("EventRootCode")
    types, phrases = (combined(codes, roots, how=lambda *each, at=at: _twin(*each)[at]) for at in (0, 1))
    draft.warn("BM322", types.empty & codes.filled, "EventCode", "CAMEO has no code {}")
    draft.make("incident_type", types.put(types.empty, "other"), "EventCode", "EventRootCode")
    return phrases.put(phrases.empty, "event")


def _twin(code: str, root: str) -> tuple[str, str]:
    return cameo_twin(code.strip() or root.strip(), root.strip()) or ("", "")


def _titles(draft: Draft, phrase: Coded, precision: Coded) -> Text:
    name = draft.column("ActionGeo_FullName")
    country = draft.codes("ActionGeo_FullName").put(~precision.one_of("country"), "")
    whole = titled(phrase, precision, {"settlement": name, "admin1": name}, country)
    return pc.binary_join_element_wise(whole, pa.scalar("(machine-coded)", TEXT), pa.scalar(" ", TEXT))


def _sources(draft: Draft) -> None:
    """The address of the article, and its site as who reported; a citation where it has no address."""
    column = draft.codes("SOURCEURL")
    urls = column.changed(lambda text: text.strip() if _URL.fullmatch(text.strip()) else None)
    draft.make("source_url", urls, "SOURCEURL")
    draft.make("source", column.changed(_site), "SOURCEURL")


def _site(text: str) -> str:
    match = _URL.fullmatch(text.strip())
    return match[1].lower() if match else text.strip().replace(";", ",")


DIALECT: Final = Dialect(
    key="gdelt",
    name="GDELT",
    party_kind="machine",
    recognises=recognises,
    map=map_layer,
    rights="open",
    licence="GDELT terms of use: any use, with citation and link",
    attribution="The GDELT Project, https://www.gdeltproject.org, accessed {accessed}: mentions found by a "
    "program.",
    period_start="1979-01-01",
    machine_coded=True,
)
