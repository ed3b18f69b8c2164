"""ACLED: exports of today (31 columns), fields of its API, and the layouts of earlier years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bordermap.codebook import POINT_LIKE
from bordermap.incidents.arrow import empty_mask
from bordermap.incidents.dialects.coded import Coded
from bordermap.incidents.dialects.country_words import country_of_word
from bordermap.incidents.dialects.dated import dated, widen
from bordermap.incidents.dialects.dialect import Dialect
from bordermap.incidents.dialects.gwno import iso3_of_gwno
from bordermap.incidents.dialects.placed import countries, place, titled
from bordermap.incidents.dialects.recoding import Draft, code_of, is_ours, spelled
from bordermap.incidents.flat import Mapped
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import Layer
from bordermap.incidents.twins import ACLED_DATES, ACLED_EVENTS, ACLED_PLACES, ACLED_SUB_EVENTS, NEAR_KM, Twin

_SAME: Final = """
    event_id_cnty event_id_no_cnty data_id event_date disorder_type event_type sub_event_type actor1
    actor2 inter1 inter2 interaction civilian_targeting iso iso3 gwno country location source
    source_scale notes fatalities tags timestamp
"""
#: ACLED's columns and the spellings of each in its layouts.
NAMES: Final = {
    **{name: (name,) for name in _SAME.split()},
    "time_precision": ("time_precision", "time_prec"),
    "geo_precision": ("geo_precision", "geo_precis", "geo_prec"),
    "assoc_actor_1": ("assoc_actor_1", "ally_actor_1", "associated_actor_1"),
    "assoc_actor_2": ("assoc_actor_2", "ally_actor_2", "associated_actor_2"),
    "admin1": ("admin1", "adm_level_1", "admin_level_1", "admin_1"),
    "admin2": ("admin2", "adm_level_2", "admin_level_2", "admin_2"),
    "admin3": ("admin3", "adm_level_3", "admin_level_3", "admin_3"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "long", "lon"),
}
#: Names that are ACLED's and, together, nobody else's. What our own flat table has too is not among them.
_MARKS: Final = """
    event_id_cnty event_id_no_cnty data_id event_date time_precision disorder_type inter1 inter2
    interaction assoc_actor_1 assoc_actor_2 civilian_targeting source_scale gwno
"""
_IDS: Final = ("event_id_cnty", "event_id_no_cnty", "data_id")
#: Columns of few different texts, which several steps look at.
_FEW_TEXTS: Final = (
    "event_date", "time_precision", "iso", "country", "geo_precision", "event_type", "sub_event_type",
    "location", "admin1", "admin2", "actor1", "source",
)  # fmt: skip


def recognises(layer: Layer) -> str:
    """Why a layer is ACLED's: its ids and dates, or an event type of its list and marks of its layout.

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> table = text_table({"EVENT_ID_CNTY": ["UZB1"], "EVENT_DATE": ["2022-04-18"]})
        >>> recognises(Layer("a.csv", "csv", table))
        'has EVENT_ID_CNTY and EVENT_DATE'
        >>> recognises(Layer("b.csv", "csv", text_table({"latitude": ["1"], "event_date": ["3"]})))
        ''
    """
    found = spelled(layer.columns, NAMES)
    if is_ours(layer) or "event_date" not in found:
        return ""
    if "event_id_cnty" in found:
        return f"has {found['event_id_cnty']} and {found['event_date']}"
    marks = [found[name] for name in _MARKS.split() if name in found]
    sure = len(marks) >= 3 and _known_type(layer, found)
    return f"has {', '.join(marks)} and ACLED's event types" if sure else ""


def _known_type(layer: Layer, found: dict[str, str]) -> bool:
    if "event_type" not in found:
        return False
    first = layer.table[found["event_type"]].slice(0, 50).to_pylist()
    return any(code_of(each) in ACLED_EVENTS for each in first)


def map_layer(layer: Layer, options: ReadOptions) -> Mapped:
    """Bring an ACLED layer into our columns.

    Args:
        layer: With an id or an event type, a date and a place.
        options: ``date_order`` counts.

    Raises:
        InputError: A column that is needed is missing (BM330), or dates can be read in two ways (BM281).
    """
    draft = Draft(layer, spelled(layer.columns, NAMES))
    draft.need("ACLED", "event", *_IDS, "event_type")
    draft.need("ACLED", "date", "event_date")
    if layer.geometry is None:
        draft.need("ACLED", "place", "latitude", "location", "admin1", "country")
    draft.look_at(*_FEW_TEXTS)
    _pass_on(draft)
    _dates(draft, options)
    country = countries(draft, _country_codes(draft), "country")
    precision = _places(draft)
    phrase = _types(draft)
    names = {"settlement": draft.column("location")} | {n: draft.column(n) for n in ("admin2", "admin1")}
    draft.make("title", titled(phrase, precision, names, country), "event_type", "sub_event_type", "location")
    draft.make("role", "scene")
    return draft.mapped()


def _pass_on(draft: Draft) -> None:
    draft.pass_on("event_id", next((name for name in _IDS if draft.has(name)), ""))
    for name in ("event_type", "sub_event_type", "actor1", "actor2", "admin1", "source",
                 "notes"):  # fmt: skip
        draft.pass_on(name, name)
    draft.pass_on("source_geo_precision", "geo_precision")
    draft.pass_on("source_time_precision", "time_precision")
    # The most conservative figure: it is the lowest and the best there is, and no upper bound (codebook §6).
    for ours in ("fatalities_low", "fatalities_best"):
        draft.pass_on(ours, "fatalities")


def _dates(draft: Draft, options: ReadOptions) -> None:
    """Days as they are; weeks round their middle, which ACLED writes as the date; months as a whole."""
    start, end, written = dated(draft, "event_date", options.date_order)
    code = draft.codes("time_precision")
    words = code.changed(lambda text: ACLED_DATES.get(code_of(text)))
    unknown = code.filled & words.empty
    draft.warn("BM321", unknown, "time_precision", "ACLED has no time_precision {}: the whole month is taken")
    widen(draft, start, end, words.put(unknown, "month").filled_from(written))
    draft.used["date_start"] = draft.used["date_end"] = (draft.found["event_date"],)
    draft.make("date_kind", "within")
    draft.make("date_basis", "event")


def _country_codes(draft: Draft) -> list[tuple[str, Coded]]:
    codes = [
        (name, draft.codes(name).changed(country_of_word)) for name in ("iso3", "iso") if draft.has(name)
    ]
    return [*codes, ("gwno", draft.codes("gwno").changed(iso3_of_gwno))] if draft.has("gwno") else codes


def _places(draft: Draft) -> Coded:
    code = draft.codes("geo_precision")
    precision = code.changed(lambda text: ACLED_PLACES.get(code_of(text)))
    draft.warn("BM320", code.filled & precision.empty, "geo_precision",
               "ACLED has no geo_precision {}: the province is taken")  # fmt: skip
    # Without a code nothing says that the point is the place: the province, or a disc where none is named.
    silent, no_province = precision.empty, empty_mask(draft.column("admin1"))
    precision = precision.put(precision.one_of("admin2") & empty_mask(draft.column("admin2")), "near")
    precision = precision.put(silent & ~no_province, "admin1").put(silent & no_province, "near")
    if not draft.has("geo_precision"):
        draft.notes.append(
            "there is no geo_precision: a place is taken for somewhere in its province, or within "
            f"{NEAR_KM} km of its point where no province is named"
        )
    place(draft, precision, "longitude", "latitude")
    draft.make("radius_km", precision.changed({"near": NEAR_KM}))
    # Of an area, town and district are those of the coder's representative point.
    draft.only("location", "location", precision.one_of(*POINT_LIKE))
    draft.only("admin2", "admin2", ~precision.one_of("admin1"))
    return precision


def _types(draft: Draft) -> Coded:
    """Set the type; return the phrase. The finer type counts where it is known."""
    coarse, fine = draft.codes("event_type"), draft.codes("sub_event_type")
    types, phrases = (
        fine.changed(known_fine).filled_from(coarse.changed(known))
        for known_fine, known in zip(
            _tables(ACLED_SUB_EVENTS, fine), _tables(ACLED_EVENTS, coarse), strict=True
        )
    )
    draft.warn("BM322", types.empty & coarse.filled, "event_type", "ACLED has no event_type {}")
    draft.make("incident_type", types.put(types.empty, "other"), "sub_event_type", "event_type")
    return phrases.put(phrases.empty, "event")


def _tables(twins: Mapping[str, Twin], column: Coded) -> tuple[dict[str, str], dict[str, str]]:
    """Our type, and the phrase, of each text of a column that has a twin."""
    found = {text: twins[code_of(text)] for text in column.values if code_of(text) in twins}
    return {text: twin.incident_type for text, twin in found.items()}, {
        text: twin.phrase for text, twin in found.items()
    }


DIALECT: Final = Dialect(
    key="acled",
    name="ACLED",
    party_kind="monitor",
    recognises=recognises,
    map=map_layer,
    rights="display_only",
    licence="ACLED terms of use and attribution policy",
    attribution="ACLED (Armed Conflict Location & Event Data), https://acleddata.com, accessed {accessed}. "
    "ACLED's figures of fatalities are conservative estimates.",
    period_start="1997-01-01",
)
