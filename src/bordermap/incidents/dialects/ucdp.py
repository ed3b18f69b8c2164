"""UCDP GED: the georeferenced events of the Uppsala Conflict Data Program, as files and from its API."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from bordermap.codebook import POINT_LIKE
from bordermap.incidents.arrow import empty_mask
from bordermap.incidents.dates import is_date
from bordermap.incidents.dialects.coded import Coded, Text
from bordermap.incidents.dialects.dated import dated, widen
from bordermap.incidents.dialects.dialect import Dialect
from bordermap.incidents.dialects.distinct import Bools, whole
from bordermap.incidents.dialects.gwno import iso3_of_gwno
from bordermap.incidents.dialects.placed import countries, place, titled
from bordermap.incidents.dialects.recoding import Draft, code_of, filled, is_ours, spelled, where
from bordermap.incidents.flat import Mapped
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import Layer
from bordermap.incidents.twins import NEAR_KM, UCDP_DATES, UCDP_EVENTS, UCDP_PLACES, UCDP_WORDS

_SAME: Final = """
    id relid year active_year code_status type_of_violence conflict_new_id conflict_name dyad_new_id
    dyad_name side_a side_b number_of_sources source_article source_office source_date source_headline
    source_original where_prec where_coordinates where_description latitude longitude geom_wkt
    priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b
    deaths_civilians deaths_unknown gwnoa gwnob
"""
#: UCDP's columns and the spellings of each in its releases.
NAMES: Final = {
    **{name: (name,) for name in _SAME.split()},
    "adm_1": ("adm_1", "adm1"),
    "adm_2": ("adm_2", "adm2"),
    "best": ("best", "best_est"),
    "low": ("low", "low_est"),
    "high": ("high", "high_est"),
}
_MARKS: Final = """
    relid type_of_violence where_prec date_prec event_clarity priogrid_gid dyad_name deaths_civilians
    deaths_unknown code_status
"""


def recognises(layer: Layer) -> str:
    """Why a layer is UCDP's: an id and three of the columns that only its event files have.

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> names = ("id", "where_prec", "date_prec", "type_of_violence", "best")
        >>> recognises(Layer("a.csv", "csv", text_table({name: ["1"] for name in names})))
        'has type_of_violence, where_prec and date_prec'
    """
    found = spelled(layer.columns, NAMES)
    marks = [found[name] for name in _MARKS.split() if name in found]
    if is_ours(layer) or len(marks) < 3 or not ("id" in found or "relid" in found):
        return ""
    return f"has {', '.join(marks[:2])} and {marks[2]}"


def map_layer(layer: Layer, options: ReadOptions) -> Mapped:
    """Bring a UCDP layer into our columns.

    Args:
        layer: With an id, a start and a place.
        options: ``date_order`` counts.

    Raises:
        InputError: A column that is needed is missing (BM330), or dates can be read in two ways (BM281).
    """
    draft = Draft(layer, spelled(layer.columns, NAMES))
    draft.need("UCDP GED", "event", "id", "relid")
    draft.need("UCDP GED", "date", "date_start")
    if layer.geometry is None:
        draft.need("UCDP GED", "place", "latitude", "where_coordinates", "adm_1", "country")
    _pass_on(draft)
    _dates(draft, options)
    # Code 7 is outside any country: the one that UCDP files it under is no place, and stays beside.
    nowhere = _outside(draft)
    number = draft.codes("country_id").changed(iso3_of_gwno)
    country = countries(draft, [("country_id", number)], "country").put(nowhere, "")
    draft.columns["country"] = where(nowhere, "", draft.made("country"))
    precision = _places(draft)
    draft.make(
        "title", _titles(draft, _types(draft), precision, country), "type_of_violence", "where_coordinates"
    )
    draft.make("source", _sources(draft), "source_article", "source_office", "source_original")
    draft.make("source_date", draft.codes("source_date").changed(_one_date), "source_date")
    draft.make("role", "scene")
    return draft.mapped()


def _outside(draft: Draft) -> Bools:
    return draft.codes("where_prec").test(lambda text: code_of(text) == "7")


def _pass_on(draft: Draft) -> None:
    draft.pass_on("event_id", "id" if draft.has("id") else "relid")
    for ours, name in (
        ("actor1", "side_a"), ("actor2", "side_b"), 
        ("fatalities_low", "low"), ("fatalities_best", "best"), ("fatalities_high", "high"),
        ("fatalities_a", "deaths_a"), ("fatalities_b", "deaths_b"),
        ("fatalities_civilians", "deaths_civilians"), ("fatalities_unknown", "deaths_unknown"),
        ("notes", "where_description"),
        ("source_geo_precision", "where_prec"), ("source_time_precision", "date_prec"),
    ):  # fmt: skip
        draft.pass_on(ours, name)
    draft.pass_on("location", "where_coordinates")


def _dates(draft: Draft, options: ReadOptions) -> None:
    """UCDP gives first and last day; where it gives one day only, the class says how far round it reaches."""
    start, end, written = dated(draft, "date_start", options.date_order)
    if draft.has("date_end"):
        end = dated(draft, "date_end", options.date_order)[0]
    code = draft.codes("date_prec")
    words = code.changed(lambda text: UCDP_DATES.get(code_of(text)))
    unknown = code.filled & words.empty
    draft.warn("BM321", unknown, "date_prec", "UCDP has no date_prec {}: the year is taken")
    widen(draft, start, end, words.put(unknown, "year").filled_from(written))
    draft.used["date_start"] = (draft.found["date_start"],)
    draft.used["date_end"] = (draft.found.get("date_end", draft.found["date_start"]),)
    draft.make("date_kind", "within")
    draft.make("date_basis", "event")


def _places(draft: Draft) -> Coded:
    code = draft.codes("where_prec")
    precision = code.changed(lambda text: UCDP_PLACES.get(code_of(text)))
    silent, no_province = precision.empty, empty_mask(draft.column("adm_1"))
    message = "UCDP has no where_prec {}: the province is taken"
    draft.warn("BM320", code.filled & silent, "where_prec", message)
    precision = precision.put(silent & ~no_province, "admin1").put(silent & no_province, "country")
    if not draft.has("where_prec"):
        draft.notes.append(
            "there is no where_prec: a place is taken for somewhere in its province or country"
        )
    place(draft, precision, "longitude", "latitude")
    draft.make("radius_km", precision.changed({"near": NEAR_KM}))
    # Of what is coarser, province and district are those of the coder's representative point.
    draft.only("admin1", "adm_1", ~precision.one_of("country") & ~_outside(draft))
    draft.only("admin2", "adm_2", precision.one_of(*POINT_LIKE, "admin2"))
    return precision


def _types(draft: Draft) -> Coded:
    code = draft.codes("type_of_violence")
    twins = code.changed(lambda text: code_of(text) if code_of(text) in UCDP_EVENTS else None)
    message = "UCDP has no type_of_violence {}"
    draft.warn("BM322", code.filled & twins.empty, "type_of_violence", message)
    draft.make("event_type", twins.changed(UCDP_WORDS).filled_from(code), "type_of_violence")
    types = twins.changed(lambda key: UCDP_EVENTS[key].incident_type if key else "other")
    draft.make("incident_type", types, "type_of_violence")
    return twins.changed(lambda key: UCDP_EVENTS[key].phrase if key else "violence")


def _titles(draft: Draft, phrase: Coded, precision: Coded, country: Coded) -> Text:
    names = {"settlement": draft.column("where_coordinates"), "area": draft.column("where_coordinates"),
             "admin2": draft.column("adm_2"), "admin1": draft.column("adm_1")}  # fmt: skip
    return titled(phrase, precision, names, country)


def _sources(draft: Draft) -> Text:
    """Sources joined by "; ": articles where they are given, else agencies."""
    articles = _parted(draft.column("source_article"))
    return filled(articles, draft.column("source_office"), draft.column("source_original"))


def _parted(cells: Text) -> Text:
    """Cells such as ``"Agency,2022-05-17,Headline";"Other,…"`` without marks, inner semicolons as commas.

    Example:
        >>> from bordermap.incidents.arrow import constant
        >>> _parted(constant('"A,2022-05-17,One; two";"B,2022-05-18,Three"', 1)).to_pylist()
        ['A,2022-05-17,One, two; B,2022-05-18,Three']
    """
    column = whole(cells)
    marked = pc.starts_with(column, '"')
    if not pc.any(marked).as_py():
        return cells
    parts = pc.replace_substring_regex(column, r'"\s*;\s*"', "\x1f")
    parts = pc.replace_substring_regex(parts, r'^"|"\s*;?\s*$', "")
    parts = pc.replace_substring(pc.replace_substring(parts, ";", ","), "\x1f", "; ")
    return pa.chunked_array([pc.if_else(marked, parts, column)])


def _one_date(text: str) -> str | None:
    """The date that all sources share, a day; None where they differ."""
    days = {part.strip().strip('"')[:10] for part in text.split(";") if part.strip()}
    day = days.pop() if len(days) == 1 else ""
    return day if is_date(day, loose=True) else None


DIALECT: Final = Dialect(
    key="ucdp",
    name="UCDP",
    party_kind="monitor",
    recognises=recognises,
    map=map_layer,
    rights="open",
    licence="CC BY 4.0",
    attribution="Uppsala Conflict Data Program (UCDP), Georeferenced Event Dataset, https://ucdp.uu.se, "
    "CC BY 4.0, accessed {accessed}. Sundberg, Ralph, and Erik Melander (2013): Introducing the UCDP "
    "Georeferenced Event Dataset. Journal of Peace Research 50(4).",
    period_start="1989-01-01",
)
