"""Where each incident of a casebook stands and which status it has, as columns of the flat table."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

import pandas as pd

from bordermap.codebook import POINT_LIKE, ROLES
from bordermap.errors import PlaceError
from bordermap.geometry.areas import area_name
from bordermap.incidents.arrow import is_blank, text_column
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.frames import records
from bordermap.incidents.frames import rows as rows_of
from bordermap.incidents.locating import shape_of, stand
from bordermap.incidents.status import derive_status
from bordermap.incidents.voices import derive_votes

_OF_LOCATION: Final = (
    "role", "reported_precision", "geo_precision", "location_basis", "bank", "longitude", "latitude",
    "radius_km", "source_geo_precision",
)  # fmt: skip
_OF_PLACE: Final = ("place_key", "country", "admin1", "admin1_code", "admin2", "shape")
#: What the flat table holds of each table of a casebook that was made from one.
_HELD: Final = {
    "claims": ("claim_id", "event_id", "party_id", "stance", "about", "attributed_to"),
    "claim_sources": ("claim_id", "source_id"),
    "sources": ("source_id", "title", "url", "date"),
    "parties": ("party_id", "name", "kind"),
    "locations": ("location_id", "claim_id", "words", "place_id", *_OF_LOCATION),
    "places": ("place_id", "name", "kind", *_OF_PLACE),
    "particulars": ("claim_id", "what", "side", "low", "best", "high"),
}  # fmt: skip


def is_single(casebook: Casebook) -> bool:
    """Whether the flat table holds everything: each incident has one claim of one dataset and one location.

    Args:
        casebook: Any.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> is_single(read_casebook())
        False
    """
    events = casebook.incidents["event_id"]
    return (
        _same(casebook.claims["claim_id"], events)
        and _same(casebook.locations["location_id"], events)
        and casebook.claims["party_id"].nunique() <= 1
        and is_flat(casebook)
    )


@lru_cache(maxsize=4)
def is_flat(casebook: Casebook) -> bool:
    """Whether row by row there is one incident with one report of a dataset and one location.

    Their ids may differ: what may be shown of a flat table is one too, and so are the tables of several
    datasets together.

    Args:
        casebook: Any.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> is_flat(read_casebook())
        False
    """
    claims, locations = casebook.claims, casebook.locations
    return (
        len(casebook.context) == 0
        and has_one_report_each(casebook)
        and _same(locations["claim_id"], claims["claim_id"])
        and set(casebook.particulars["what"].unique()) <= {"killed", "wounded"}
        and not (casebook.incidents["disputed_about"] != "").any()
        and all(_empty_but(getattr(casebook, name), names) for name, names in _HELD.items())
    )


def has_one_report_each(casebook: Casebook) -> bool:
    """Whether row by row each incident has one claim, and that reports it and says no more.

    Args:
        casebook: Any.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> has_one_report_each(read_casebook())
        False
    """
    claims = casebook.claims
    return (
        _same(claims["event_id"], casebook.incidents["event_id"])
        and set(claims["stance"].unique()) <= {"reports"}
        and set(claims["about"].unique()) <= {"event"}
    )


def _same(some: pd.Series[str], others: pd.Series[str]) -> bool:
    return len(some) == len(others) and bool(text_column(some).equals(text_column(others)))


def _empty_but(frame: pd.DataFrame, names: tuple[str, ...]) -> bool:
    return all(is_blank(text_column(frame[name])) for name in frame.columns if name not in names)


def aligned(frame: pd.DataFrame, events: pd.Series[str]) -> pd.DataFrame:
    """A frame by event as one row an incident, in the order of the incidents; empty texts where it has none.

    Args:
        frame: Text, its index the ``event_id``, each at most once.
        events: The ids.
    """
    if len(frame) == len(events) and frame.index.tolist() == events.tolist():
        return frame.reset_index(drop=True)
    return frame.reindex(events.to_numpy()).fillna("").astype("str").reset_index(drop=True)


def statuses(casebook: Casebook, single: bool) -> pd.DataFrame:
    """``status`` and ``status_words`` of each incident.

    Args:
        casebook: Any.
        single: Whether it holds one dataset's claims only: then all have the same.
    """
    names = ["status", "status_words"]
    if not single or len(casebook.incidents) < 2:
        return derive_status(casebook)[names]
    first = only_row(casebook, 0)
    one = derive_status(first)[names]
    return one.loc[[0] * len(casebook.incidents)].reset_index(drop=True)


def only_row(casebook: Casebook, at: int) -> Casebook:
    """One incident of a flat casebook with its claim and location, for what is the same for all.

    Args:
        casebook: See :func:`is_flat`.
        at: Which row.
    """
    part = slice(at, at + 1)
    locations, places = casebook.locations.iloc[part], casebook.places
    return replace(
        casebook,
        incidents=casebook.incidents.iloc[part],
        claims=casebook.claims.iloc[part],
        locations=locations,
        places=places[places["place_id"].isin(locations["place_id"])],
        particulars=casebook.particulars.iloc[:0],
    )


def standing_places(casebook: Casebook, single: bool) -> pd.DataFrame:
    """The columns of place of each incident.

    Args:
        casebook: Any.
        single: Whether each incident has one location, told as it is written; else what the place says is
            filled in: its name, its point, the shape that draws it.

    Returns:
        One row an incident, text.
    """
    events = casebook.incidents["event_id"]
    if single:
        chosen = casebook.locations.reset_index(drop=True)
        shapes: dict[str, str] = {}
    else:
        standing = stand(casebook, derive_votes(casebook))
        shapes = dict(zip(standing["event_id"], standing["shape"], strict=True))
        chosen = _chosen(casebook, dict(zip(standing["event_id"], standing["location_id"], strict=True)))
    places = casebook.places.set_index("place_id")
    told = places.reindex(chosen["place_id"].to_numpy()).fillna("").astype("str").reset_index(drop=True)
    own = told[list(_OF_PLACE)].assign(location=chosen["words"])
    row = pd.concat([chosen[list(_OF_LOCATION)], own], axis=1)
    return row if single else _filled(row.assign(event_id=events.to_numpy()), told, shapes)


def places_of_locations(casebook: Casebook) -> pd.DataFrame:
    """The columns of place of each location, with what its place says filled in.

    Args:
        casebook: Any.

    Returns:
        One row a location, text: ``location_id``, ``event_id``, and the columns of
        :func:`standing_places`.
    """
    chosen = casebook.locations.reset_index(drop=True)
    events = dict(zip(casebook.claims["claim_id"], casebook.claims["event_id"], strict=True))
    told = casebook.places.set_index("place_id").reindex(chosen["place_id"].to_numpy())
    told = told.fillna("").astype("str").reset_index(drop=True)
    places = {str(row["place_id"]): row for row in records(casebook.places)}
    shapes = {
        location: shape_of(places, place, precision)[0]
        for location, place, precision in rows_of(chosen, "location_id", "place_id", "geo_precision")
    }
    row = pd.concat(
        [chosen[list(_OF_LOCATION)], told[list(_OF_PLACE)].assign(location=chosen["words"])], axis=1
    )
    ids = chosen["location_id"]
    filled = _filled(row.assign(event_id=ids.to_numpy()), told, shapes)
    return filled.assign(location_id=ids, event_id=chosen["claim_id"].map(events).fillna(""))


def _chosen(casebook: Casebook, standing: dict[str, str]) -> pd.DataFrame:
    """The location of each incident; where none can be drawn, the one where it is said to have ended."""
    events = dict(zip(casebook.claims["claim_id"], casebook.claims["event_id"], strict=True))
    order = {role: at for at, role in enumerate(ROLES)}
    frame = casebook.locations.assign(event_id=casebook.locations["claim_id"].map(events))
    stands = frame["event_id"].map(standing) == frame["location_id"]
    candidate = frame["location_basis"] == "candidate"
    ranked = frame.assign(_a=~stands, _b=candidate, _c=frame["role"].map(order))
    ranked = ranked.sort_values(["_a", "_b", "_c"], kind="stable").drop_duplicates("event_id")
    return aligned(
        ranked.drop(columns=["_a", "_b", "_c"]).set_index("event_id"), casebook.incidents["event_id"]
    )


def _filled(row: pd.DataFrame, place: pd.DataFrame, shapes: dict[str, str]) -> pd.DataFrame:
    """What the location leaves to its place."""
    points = row["geo_precision"].isin(POINT_LIKE) & ~row["location_basis"].isin(["candidate", "none"])
    own = row["longitude"] != ""
    filled = {
        "location": row["location"].mask(row["location"] == "", place["name"]),
        "longitude": row["longitude"].where(own, place["longitude"]).where(points, ""),
        "latitude": row["latitude"].where(own, place["latitude"]).where(points, ""),
        "radius_km": row["radius_km"].mask(row["radius_km"] == "", place["radius_km"]),
        "admin1": row["admin1"].mask(row["admin1"] == "", row["admin1_code"].map(_area_name)),
        "shape": row["event_id"].map(shapes).fillna("").where(~points, ""),
        # No vote was needed to give an incident without any location this; it has a claim that says nothing.
        "geo_precision": row["geo_precision"].mask(row["geo_precision"] == "", "unknown"),
        "location_basis": row["location_basis"].mask(row["location_basis"] == "", "none"),
    }
    return row.assign(**{name: values.astype("str") for name, values in filled.items()}).drop(
        columns="event_id"
    )


def _area_name(code: str) -> str:
    try:
        return area_name(code) if code else ""
    except PlaceError:
        return ""
