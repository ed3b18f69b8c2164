"""The flat table: one row an incident, in our columns; every dialect is brought into it.

Every flat file that bordermap writes is it.
It is what a spreadsheet can hold of an incident. All values are text, an empty text is unknown; coordinates
are degrees on WGS84.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from bordermap import codebook as cb
from bordermap.incidents.columns import Column, Table, code, words
from bordermap.incidents.readers.layer import CellFault


def _column(name: str, kind: str, meaning: str) -> Column:
    return Column(name, kind, meaning)


FLAT: Final = Table(
    "flat",
    "an incident as one row",
    (
        words("event_id", "its id; made from the record number where the file has none"),
        code("incident_type", "what kind of incident", cb.INCIDENT_TYPES),
        words("title", "a bare noun phrase"),
        _column("date_start", "date", "the earliest it may be, 2022-07-05 or 2022-07-05T16:20, local time"),
        _column("date_end", "date", "the latest it may be; empty where it is the same"),
        code("date_kind", "somewhere within the interval, or throughout it", cb.DATE_KINDS),
        code("date_precision", "how finely the date is known", cb.DATE_PRECISIONS),
        code("date_basis", "what the date rests on", cb.DATE_BASES),
        _column("time_zone", "zone", "IANA zone of the place the report speaks from"),
        code("role", "what happened at the location", cb.ROLES),
        words("location", "the place as it was reported"),
        words("reported_precision", "how finely the place was reported"),
        code("geo_precision", "how finely it is drawn, never finer than reported", cb.PRECISIONS),
        code("location_basis", "what the drawing rests on", cb.LOCATION_BASES),
        words("place_key", "the place of the gazetteer, where the name settled it"),
        _column("country", "iso3", "the country the row names, ISO 3166-1 alpha-3"),
        words("admin1", "first-order area the row names"),
        words("admin1_code", "first-order area, GeoNames key"),
        words("admin2", "district the row names"),
        words("bank", "the river bank, where said"),
        _column("longitude", "longitude", "degrees east, WGS84; empty for areal places"),
        _column("latitude", "latitude", "degrees north, WGS84; empty for areal places"),
        _column("radius_km", "number", "how far around it may be, kilometres"),
        words("shape", "what draws an areal place: admin1:AF.40, stretch:…, or wkt: and a polygon"),
        _column("representative_longitude", "longitude", "the coder's point for an areal place: no location"),
        _column("representative_latitude", "latitude", "the coder's point for an areal place: no location"),
        words("actor1", "attributed in the dataset to"),
        words("actor2", "the other side named in the dataset"),
        words("source", "who reported it, several joined by ; "),
        words("source_url", "addresses of the reports, between spaces"),
        _column("source_date", "loose_date", "when it was reported"),
        _column("fatalities_low", "whole", "the lowest number killed; empty is unknown, 0 is reported none"),
        _column("fatalities_best", "whole", "the best number killed"),
        _column("fatalities_high", "whole", "the highest number killed"),
        _column("fatalities_a", "whole", "killed of side a"),
        _column("fatalities_b", "whole", "killed of side b"),
        _column("fatalities_civilians", "whole", "civilians killed"),
        _column("fatalities_unknown", "whole", "killed whose side is unknown"),
        _column("wounded", "whole", "wounded"),
        code("responsibility_claimed", "whether anybody said they did it", cb.RESPONSIBILITY),
        words("event_type", "the source's own type"),
        words("sub_event_type", "the source's own finer type"),
        words("source_geo_precision", "the source's own code of the place's precision"),
        words("source_time_precision", "the source's own code of the date's precision"),
        words("notes", "anything a reader must know"),
        words("sensitive", "filled where the place must be shown coarser"),
    ),
    ("event_id",),
)


@dataclass(frozen=True, eq=False)
class Mapped:
    """A layer in our columns.

    Attributes:
        columns: Columns of :data:`FLAT` by name, each :data:`bordermap.incidents.readers.layer.TEXT` without
            nulls and as long as the layer's table; those left out are empty. Coordinates are still as the
            file has them (degrees as text); ``bordermap.incidents.reading`` takes the layer's geometry, where
            there is one and ``longitude`` is left out.
        used: Our column → the file's columns it was made from, for the report.
        kept: The file's columns that go into ``extras`` under their own names: all that is not used, and
            all whose own value must stay beside ours (codes, types, representative points).
        faults: Found while mapping, by row of the layer's table.
        notes: Sentences for the report: what was decided, and from what.
        extras: The kept columns under the names, and with the texts, that they are to have; None: as the file
            has them.
        settled: Whether every row says itself how precisely it lies where: then none is located by its name.
    """

    columns: Mapping[str, pa.ChunkedArray | pa.Array]
    used: Mapping[str, Sequence[str]]
    kept: Sequence[str] = ()
    faults: Sequence[CellFault] = ()
    notes: Sequence[str] = field(default_factory=tuple)
    extras: Mapping[str, pa.ChunkedArray] | None = None
    settled: bool = False
