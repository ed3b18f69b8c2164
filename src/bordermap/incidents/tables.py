"""The tables of a casebook as data: which columns each has, and what may stand in them (codebook §1)."""

from __future__ import annotations

from typing import Final

from bordermap import codebook as cb
from bordermap.incidents.columns import Column, Table, code, key, reference, words

_START = "the earliest it may be, 2022-07-05 or 2022-07-05T16:20, local time"
_END = "the latest it may be; empty where it is the same"
_YES = ("yes",)


def _number(name: str, kind: str, meaning: str) -> Column:
    return Column(name, kind, meaning)


def _point() -> tuple[Column, ...]:
    return (
        Column("longitude", "longitude", "degrees east, WGS84"),
        Column("latitude", "latitude", "degrees north, WGS84"),
        Column("radius_km", "number", "how far around it may be, kilometres"),
    )


INCIDENTS: Final = Table(
    "incidents",
    "something reported to have happened",
    (
        key("event_id"),
        code("incident_type", "what kind of incident", cb.INCIDENT_TYPES, required=True),
        words("title", "a bare noun phrase; its status is put in front of it", required=True),
        Column("date_start", "date", _START, required=True),
        Column("date_end", "date", _END),
        code("date_kind", "somewhere within the interval, or throughout it", cb.DATE_KINDS),
        code("date_precision", "how finely the date is known", cb.DATE_PRECISIONS),
        code("date_basis", "what the date rests on", cb.DATE_BASES),
        Column("time_zone", "zone", "IANA zone of the place the report speaks from; empty where not stated"),
        code("responsibility_claimed", "whether anybody said they did it", cb.RESPONSIBILITY),
        Column("disputed_about", "codes", "what is denied beside its core; derived", codes=tuple(cb.ABOUTS)),
        words("event_type", "ACLED's twin of the type"),
        words("sub_event_type", "ACLED's finer twin"),
        words("source_time_precision", "the source's own code of the date's precision"),
        words("notes", "anything a reader must know"),
        words("sensitive", "filled where the place must be shown coarser"),
    ),
    ("event_id",),
)

CLAIMS: Final = Table(
    "claims",
    "one party's stance on one aspect, on a date",
    (
        key("claim_id"),
        reference("event_id", "the incident, or the context entry", "incidents", "context", required=True),
        words("statement_id", "claims of one statement share it"),
        reference("party_id", "whose claim it is", "parties", required=True),
        words("speaker", "the office or the description of who spoke"),
        words("via", "who carried it"),
        code("stance", "what the party does", cb.STANCES, required=True),
        code("about", "which aspect", cb.ABOUTS, required=True),
        words("value", "what was said of the aspect, where it has a value"),
        reference("attributed_to", "whom the party names as having done it", "parties"),
        code("extent", "the whole, or a part only", cb.EXTENTS),
        code("hedged", "yes where the words were guarded", _YES),
        code("in_custody", "yes where a person spoke in custody", _YES),
        Column("date_start", "date", _START),
        Column("date_end", "date", _END),
        words("stance_as_written", "the verb of the source"),
        words("summary", "one neutral sentence of what was said"),
        words("information_credibility", "1 to 6 as read, never derived"),
    ),
    ("claim_id",),
)

CLAIM_SOURCES: Final = Table(
    "claim_sources",
    "a source that carries a claim",
    (
        reference("claim_id", "the claim", "claims", required=True),
        reference("source_id", "the source", "sources", required=True),
        code("relation", "first publication, relay or translation", cb.RELATIONS),
        words("differs", "where this source tells it differently"),
    ),
    ("claim_id", "source_id"),
)

SOURCES: Final = Table(
    "sources",
    "a publication",
    (
        key("source_id"),
        words("title", "its title"),
        words("author_or_agency", "who wrote it"),
        words("publisher", "who published it"),
        words("original_publisher", "who published it first"),
        Column("date", "loose_date", "when it was published"),
        Column("accessed", "loose_date", "when it was read"),
        code("read", "in full, or its opening only", ("full", "opening")),
        Column("url", "url", "its address"),
        Column("archive_url", "url", "the address of a kept copy"),
        words("language", "its language"),
        words("rights", "what its owner allows"),
        words("source_reliability", "A to F as read, never derived"),
        words("note", "anything a reader must know"),
    ),
    ("source_id",),
)

PARTIES: Final = Table(
    "parties",
    "a party that speaks",
    (
        key("party_id"),
        words("name", "as shown", required=True),
        words("group", "the voice it belongs to; empty: a voice of its own"),
        code("kind", "what it is", cb.PARTY_KINDS, required=True),
        Column("authority_of", "iso3", "the country it is an authority of"),
    ),
    ("party_id",),
)

LOCATIONS: Final = Table(
    "locations",
    "one location as one claimant gives it",
    (
        key("location_id"),
        reference("claim_id", "the claim that gives it", "claims", required=True),
        code("role", "what happened there", cb.ROLES, required=True),
        words("words", "as it was reported"),
        words("reported_precision", "how finely it was reported"),
        code(
            "geo_precision", "how finely it is drawn, never finer than reported", cb.PRECISIONS, required=True
        ),
        code("location_basis", "what the drawing rests on", cb.LOCATION_BASES),
        reference("place_id", "the place", "places"),
        *_point(),
        words("bank", "the river bank, where said"),
        words("source_geo_precision", "the source's own code of the precision"),
        words("note", "anything a reader must know"),
    ),
    ("location_id",),
)

PLACES: Final = Table(
    "places",
    "a place that the casebook names",
    (
        key("place_id"),
        words("name", "as shown", required=True),
        code("kind", "what it is", cb.PLACE_KINDS, required=True),
        Column("country", "iso3", "the country it lies in"),
        words("admin1", "first-order area, as a dataset names it"),
        words("admin1_code", "first-order area, GeoNames key"),
        words("admin2", "district"),
        *_point(),
        words("geonames_id", "GeoNames number"),
        words("place_key", "key of the gazetteer, where a name was located by it"),
        reference("parent_place_id", "the place it lies in", "places"),
        words("shape", "the shipped shapes that draw it: admin1:AF.40, stretch:AFG-TJK:takhar-khatlon"),
        words("coord_source", "where the coordinates come from"),
        words("note", "anything a reader must know"),
    ),
    ("place_id",),
)

PARTICULARS: Final = Table(
    "particulars",
    "a number that a claim gives",
    (
        reference("claim_id", "the claim that gives it", "claims", required=True),
        words("what", "what is counted: killed, wounded, detained, rounds", required=True),
        code("side", "whose, as UCDP counts sides", cb.SIDES),
        Column("nationality", "iso3", "of the people counted"),
        _number("low", "whole", "the lowest; empty is unknown, 0 is reported none"),
        _number("best", "whole", "the best"),
        _number("high", "whole", "the highest"),
        words("words", "as it was reported"),
    ),
    (),
    optional=True,
)

CONTEXT: Final = Table(
    "context",
    "an exercise, meeting, agreement, conference, position or claim of control",
    (
        key("context_id"),
        code("kind", "what it is", cb.CONTEXT_KINDS, required=True),
        words("title", "as shown", required=True),
        Column("date_start", "date", _START),
        Column("date_end", "date", _END),
        code("date_precision", "how finely the date is known", cb.DATE_PRECISIONS),
        reference("place_id", "where", "places"),
        Column("party_ids", "references", "who takes part", refers=("parties",)),
        words("summary", "one neutral sentence"),
        Column("source_ids", "references", "the sources", refers=("sources",)),
    ),
    ("context_id",),
    optional=True,
)

#: In the order in which a casebook is read and its faults are told.
TABLES: Final = {
    table.name: table
    for table in (
        INCIDENTS, CLAIMS, CLAIM_SOURCES, SOURCES, PARTIES, LOCATIONS, PLACES, PARTICULARS, CONTEXT,
    )
}  # fmt: skip
