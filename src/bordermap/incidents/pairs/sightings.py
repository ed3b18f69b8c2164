"""Incidents of several casebooks as arrays: when, where, of what kind, with whom; for finding doubles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bordermap.codebook import INCIDENT_TYPES, POINT_LIKE
from bordermap.geometry.areas import area_of
from bordermap.incidents.casebook import Casebook
from bordermap.text import fold_name

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

#: How far round its point a place may be, where no radius is given.
RADIUS_KM: Final = {"exact": 0.5, "settlement": 5.0, "near": 5.0}
_FARTHEST_KM: Final = 150.0
#: Days that a date of this precision may be off, on both sides of what is written.
_DAYS: Final = {"days": 1, "week": 6, "month": 30, "year": 365, "unknown": 365}
#: The day of a report, and a machine's, lie after the day of the incident.
_REPORT_DAYS: Final = 2
#: What more incidents than this name says nothing of any two.
_COMMON: Final = 200
_WIDTH: Final = 8
NO_DAY: Final = np.iinfo(np.int64).min


@dataclass(frozen=True, eq=False)
class Sightings:
    """Incidents, one a row, and their locations.

    Attributes:
        file: Number of the casebook of each incident.
        event_id: Its id.
        title: Its title.
        place: What its first location was called.
        first: First day it may be, days since 1970; ``NO_DAY`` without a date.
        last: Last day it may be.
        day: The day that is written as its start.
        is_day: Whether it is known to the day.
        kind: Number of its type in ``codebook.INCIDENT_TYPES``.
        low: Fewest killed; NaN where unknown.
        high: Most killed.
        actors: Sorted codes ``incident * stride + actor``.
        sources: The same for addresses and titles of sources.
        stride: See ``actors``.
        owner: The incident of each location, shape (m,).
        lon: Its longitude in degrees; NaN for areal ones.
        lat: Its latitude.
        radius_km: How far round its point it may be.
        area: Number of its first-order area; -1 unknown.
        country: Number of its country; -1 unknown.
        precision: As drawn, text.
    """

    file: Ints
    event_id: NDArray[np.object_]
    title: NDArray[np.object_]
    place: NDArray[np.object_]
    first: Ints
    last: Ints
    day: Ints
    is_day: NDArray[np.bool_]
    kind: Ints
    low: Floats
    high: Floats
    actors: Ints
    sources: Ints
    stride: int
    owner: Ints
    lon: Floats
    lat: Floats
    radius_km: Floats
    area: Ints
    country: Ints
    precision: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.file)


def sightings(casebooks: Sequence[Casebook]) -> Sightings:
    """The incidents of casebooks as arrays.

    Args:
        casebooks: Any.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> seen = sightings([read_casebook()])
        >>> len(seen), bool((seen.first <= seen.last).all())
        (18, True)
    """
    incidents = _stacked(casebooks, "incidents")
    incidents["row"] = np.arange(len(incidents))
    claims = _stacked(casebooks, "claims").merge(
        incidents[["file", "event_id", "row"]], on=["file", "event_id"], how="inner"
    )
    of_claim = claims[["file", "claim_id", "row"]]
    where = _locations(casebooks, of_claim)
    words = where.drop_duplicates("row").set_index("row")["name"].reindex(incidents["row"]).fillna("")
    low, high = _killed(casebooks, of_claim, len(incidents))
    actors, sources, stride = _names(casebooks, claims, of_claim)
    types = {key: at for at, key in enumerate(INCIDENT_TYPES)}
    return Sightings(
        file=incidents["file"].to_numpy(np.int64),
        event_id=incidents["event_id"].to_numpy(object),
        title=incidents["title"].to_numpy(object),
        place=words.to_numpy(object),
        **_dates(incidents),
        kind=incidents["incident_type"].map(types).fillna(types["other"]).to_numpy().astype(np.int64),
        low=low,
        high=high,
        actors=actors,
        sources=sources,
        stride=stride,
        **_places(where),
    )


def _stacked(casebooks: Sequence[Casebook], table: str) -> pd.DataFrame:
    frames = [getattr(each, table).assign(file=at) for at, each in enumerate(casebooks)]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame({"file": []})


def _dates(incidents: pd.DataFrame) -> dict[str, Any]:
    start, end = _days(incidents["date_start"]), _days(incidents["date_end"])
    start, end = np.where(start == NO_DAY, end, start), np.where(end == NO_DAY, start, end)
    wider = incidents["date_precision"].map(_DAYS).fillna(0).to_numpy(np.int64)
    # Where the interval is as long as the precision says, it is written out already.
    wider = np.where(end - start >= wider, 0, wider)
    wider = wider + _REPORT_DAYS * (incidents["date_basis"] == "report").to_numpy(np.int64)
    dated = start != NO_DAY
    fine = incidents["date_precision"].isin(["", "minute", "hour", "part_of_day", "day"]).to_numpy(bool)
    return {
        "first": np.where(dated, start - wider, NO_DAY),
        "last": np.where(dated, np.maximum(end, start) + wider, NO_DAY),
        "day": start,
        "is_day": fine & dated & (end <= start + 1),
    }


def _days(dates: pd.Series[str]) -> Ints:
    parsed = pd.to_datetime(dates.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    days = parsed.to_numpy("datetime64[D]").astype(np.int64)
    return np.where(parsed.isna().to_numpy(), NO_DAY, days)


def _locations(casebooks: Sequence[Casebook], of_claim: pd.DataFrame) -> pd.DataFrame:
    """Each location with its incident and what its place adds, in the order of the casebooks."""
    locations = _stacked(casebooks, "locations").merge(of_claim, on=["file", "claim_id"], how="inner")
    columns = ["place_id", "name", "country", "admin1_code", "longitude", "latitude", "radius_km"]
    places = _stacked(casebooks, "places")[["file", *columns]].drop_duplicates(["file", "place_id"])
    found = locations.merge(places, on=["file", "place_id"], how="left", suffixes=("", "_of_place"))
    for name in ("longitude", "latitude", "radius_km"):
        own = found[name].fillna("")
        found[name] = own.where(own != "", found[f"{name}_of_place"].fillna(""))
    words = found["words"].fillna("")
    found["name"] = words.where(words != "", found["name"].fillna(""))
    return found[~found["location_basis"].isin(["candidate"])].sort_values(
        "row", kind="stable", ignore_index=True
    )


def _places(where: pd.DataFrame) -> dict[str, Any]:
    precision = where["geo_precision"].to_numpy(object)
    lon, lat = (_numbers(where[name]) for name in ("longitude", "latitude"))
    # Coordinates of an areal place are no location, and what is not on the globe is nowhere.
    points = np.isin(precision, POINT_LIKE) & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    usual = where["geo_precision"].map(RADIUS_KM).fillna(0.5).to_numpy(float)
    given = _numbers(where["radius_km"])
    radius = np.clip(np.where(np.isfinite(given), given, usual), 0.5, _FARTHEST_KM)
    codes = where["admin1_code"].fillna("").to_numpy(object)
    codes = _with_areas(codes, lon, lat, points)
    country = where["country"].fillna("")
    return {
        "owner": where["row"].to_numpy(np.int64),
        "lon": np.where(points, lon, np.nan),
        "lat": np.where(points, lat, np.nan),
        "radius_km": radius,
        "area": _numbered(codes),
        "country": _numbered(country.to_numpy(object)),
        "precision": precision,
    }


def _with_areas(
    codes: NDArray[np.object_], lon: Floats, lat: Floats, points: NDArray[np.bool_]
) -> NDArray[np.object_]:
    """The first-order area of points too, where some locations are only known to an area."""
    missing = points & (codes == "")
    if not missing.any() or not ((~points) & (codes != "")).any():
        return codes
    places, which = np.unique(lon[missing] + 1j * lat[missing], return_inverse=True)
    filled = codes.copy()
    filled[missing] = np.asarray(area_of(places.real, places.imag), dtype=object)[which]
    return filled


def _numbers(column: pd.Series[str]) -> Floats:
    return pd.to_numeric(column, errors="coerce").to_numpy(float, na_value=np.nan)


def _numbered(texts: NDArray[np.object_]) -> Ints:
    """Texts as numbers; -1 for an empty one, and for several joined by a slash."""
    numbers, values = pd.factorize(pd.Series(texts, dtype="str"))
    unclear = np.array([value == "" or "/" in value for value in values.tolist()] or [True])
    return np.where(unclear[numbers], -1, numbers).astype(np.int64)


def _killed(casebooks: Sequence[Casebook], of_claim: pd.DataFrame, length: int) -> tuple[Floats, Floats]:
    """The fewest and the most killed that any account gives, sides apart from totals left out."""
    given = _stacked(casebooks, "particulars")
    low, high = np.full(length, np.nan), np.full(length, np.nan)
    if given.empty:
        return low, high
    given = given[(given["what"] == "killed") & (given["side"] == "") & (given["nationality"] == "")]
    given = given.merge(of_claim, on=["file", "claim_id"], how="inner")
    numbers = np.c_[[_numbers(given[name]) for name in ("low", "best", "high")]]
    rows = given["row"].to_numpy(np.int64)
    known = np.isfinite(numbers).any(axis=0)
    np.fmin.at(low, rows[known], np.fmin.reduce(numbers[:, known]))
    np.fmax.at(high, rows[known], np.fmax.reduce(numbers[:, known]))
    return low, high


def _names(
    casebooks: Sequence[Casebook], claims: pd.DataFrame, of_claim: pd.DataFrame
) -> tuple[Ints, Ints, int]:
    parties = _stacked(casebooks, "parties")[["file", "party_id", "name"]]
    parties = parties.rename(columns={"party_id": "attributed_to"}).drop_duplicates(["file", "attributed_to"])
    named = claims[claims["attributed_to"] != ""].merge(parties, on=["file", "attributed_to"], how="inner")
    actors = [(named["row"], _folded(named["name"]))]
    for at, each in enumerate(casebooks):
        if "actor2" in each.extras.columns:
            actors.append(_second_actors(each, claims[claims["file"] == at]))
    sources = _stacked(casebooks, "sources")[["file", "source_id", "title", "url"]]
    carried = _stacked(casebooks, "claim_sources").merge(of_claim, on=["file", "claim_id"], how="inner")
    carried = carried.merge(
        sources.drop_duplicates(["file", "source_id"]), on=["file", "source_id"], how="inner"
    )
    carried = carried[(carried["url"] != "") | ~_of_datasets(casebooks, carried)]
    urls = carried["url"].str.replace(r"^https?://(www\.)?", "", regex=True).str.rstrip("/")
    told = [(carried["row"], urls.where(urls != "", _folded(carried["title"])))]
    one, two = _coded(actors), _coded(told)
    stride = 1 + max([0, *one[1].tolist(), *two[1].tolist()])
    return _keys(*one, stride), _keys(*two, stride, most=_COMMON), stride


def _of_datasets(casebooks: Sequence[Casebook], carried: pd.DataFrame) -> pd.Series[bool]:
    """Sources that are a dataset itself: all its rows share it, which says nothing of two of them."""
    found = pd.Series(False, index=carried.index)
    for at, each in enumerate(casebooks):
        made = each.parties["kind"].isin(["dataset", "machine", "monitor"])
        names = [each.about.title, *each.parties.loc[made, "name"].tolist()]
        found |= (carried["file"] == at) & carried["title"].isin(names)
    return found


def _second_actors(casebook: Casebook, claims: pd.DataFrame) -> tuple[pd.Series[int], pd.Series[str]]:
    own = casebook.extras[["event_id", "actor2"]].merge(
        claims[["event_id", "row"]].drop_duplicates(), on="event_id", how="inner"
    )
    return own["row"], _folded(own["actor2"].fillna(""))


def _folded(names: pd.Series[str]) -> pd.Series[str]:
    unique = {name: fold_name(name) for name in names.unique().tolist()}
    return names.map(unique).astype("str")


def _coded(parts: Iterable[tuple[pd.Series[Any], pd.Series[str]]]) -> tuple[Ints, Ints]:
    listed = list(parts)
    rows = np.concatenate([part[0].to_numpy(np.int64) for part in listed])
    names = pd.concat([part[1] for part in listed], ignore_index=True)
    kept = (names != "").to_numpy(bool)
    return rows[kept], pd.factorize(names[kept])[0].astype(np.int64)


def _keys(rows: Ints, codes: Ints, stride: int, *, most: int = 0) -> Ints:
    keys = np.unique(rows * stride + codes)
    if most and len(keys):
        keys = keys[np.bincount(keys % stride)[keys % stride] <= most]
    return keys
