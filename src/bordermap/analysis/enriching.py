"""Enriches incidents with geometry: country, area, nearest border, distance interval, side, kilometre."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd

from bordermap.analysis.columns import COLUMNS, LOCATED, frame_of
from bordermap.analysis.located import places_of_frame, places_of_rows
from bordermap.analysis.measuring import measure
from bordermap.geometry.index import BorderIndex, prepare
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.standing import is_single, places_of_locations, standing_places
from bordermap.incidents.faults import fault

Incidents = TypeVar("Incidents", Casebook, gpd.GeoDataFrame)


def enrich(
    incidents: Incidents,
    borders: gpd.GeoDataFrame | BorderIndex,
    *,
    workers: int = 1,
    locations: bool = True,
) -> Incidents:
    """Say of each incident in which country it lies and how far from which border.

    Args:
        incidents: A casebook; or a frame of points, polygons or lines in EPSG:4326, where ``geo_precision``
            (codebook §4) and ``radius_km`` say how far round a point the place may be.
        borders: As :func:`bordermap.read_borders` gives them; when many are to be enriched, what
            :func:`bordermap.prepare` made of them.
        workers: Processes that share the work. More than one pays from some hundred thousand incidents on;
            the first call starts them, which takes a second or two.
        locations: Whether a casebook's other locations are measured too, beside those that stand for an
            incident; without them ``enriched_locations`` stays empty.

    Returns:
        The same kind. A frame gets the columns of :data:`bordermap.analysis.columns.COLUMNS`; where it has a
        ``country`` or ``admin1`` of its own that one stays, and ours is ``located_country``,
        ``located_admin1``. A casebook gets ``enriched``, one row an incident by the place that stands for it,
        and ``enriched_locations``, one row a location that can be drawn, by which ``origin``, ``target`` and
        ``impact`` are told apart.

        An uncertain place has an interval and sets: ``border_distance_low_km``, ``border_distance_high_km``,
        ``countries``, ``border_stretches``; a number from its middle is never given. An incident
        that cannot be placed has empty values. Distances are Karney's geodesics on WGS84 to a line whose
        edges are straight in lon/lat (RFC 7946).

    Raises:
        InputError: No incident has a geometry (BM560), the frame is not in EPSG:4326 (BM561), or it has some
            of the columns already, but not all (BM562).
        BorderError: There is no line, or it is not in EPSG:4326.

    Example:
        >>> from bordermap.geometry.borders import read_borders
        >>> termez = gpd.GeoDataFrame(geometry=gpd.points_from_xy([67.27833], [37.22417]), crs=4326)
        >>> enrich(termez, read_borders("AFG"))[["country", "border_pair", "border_mark"]].values.tolist()
        [['UZB', 'AFG-UZB', 'Termez']]
    """
    index = borders if isinstance(borders, BorderIndex) else prepare(borders)
    if isinstance(incidents, Casebook):
        return _enriched_casebook(incidents, index, workers, locations)
    _check_columns(incidents)
    found = frame_of(measure(places_of_frame(incidents), index, workers), index)
    again = [name for name in COLUMNS if name in incidents and name not in LOCATED]
    kept = incidents.drop(columns=again) if again else incidents
    found.index = kept.index
    names = {name: ours for name, ours in LOCATED.items() if name in _own(kept)}
    found = found.rename(columns=names)
    ours = [name for name in found.columns if name in kept]
    kept = kept.drop(columns=ours) if ours else kept
    return gpd.GeoDataFrame(pd.concat([kept, found], axis=1), geometry=kept.geometry.name, crs=kept.crs)


def _own(frame: gpd.GeoDataFrame) -> set[str]:
    """The columns of a frame that are not from enriching it before."""
    before = set(COLUMNS) - set(LOCATED) <= set(frame.columns)
    ours = {name for name, other in LOCATED.items() if other not in frame.columns} if before else set()
    return set(map(str, frame.columns)) - ours


def _check_columns(frame: gpd.GeoDataFrame) -> None:
    ours = [name for name in COLUMNS if name.startswith("border_")]
    there = [name for name in ours if name in frame.columns]
    if there and len(there) < len(ours):
        raise fault("BM562", f"the incidents have a column {there[0]} already")


def _enriched_casebook(casebook: Casebook, index: BorderIndex, workers: int, locations: bool) -> Casebook:
    single = is_single(casebook)
    rows = standing_places(casebook, single)
    placed = places_of_rows(rows)
    found = frame_of(measure(placed, index, workers), index)
    events = casebook.incidents["event_id"].reset_index(drop=True)
    by_event = pd.concat([events, found], axis=1)
    if not locations:
        by_location = pd.DataFrame()
    elif single:
        role = casebook.locations["role"].reset_index(drop=True)
        ids = casebook.locations["location_id"].reset_index(drop=True)
        by_location = pd.concat([ids, events, role, found], axis=1)
        by_location = by_location[(placed.basis > 0)].reset_index(drop=True)
    else:
        by_location = _enriched_locations(casebook, index, workers)
    return replace(casebook, enriched=by_event, enriched_locations=by_location)


def _enriched_locations(casebook: Casebook, index: BorderIndex, workers: int) -> pd.DataFrame:
    rows = places_of_locations(casebook)
    placed = places_of_rows(rows)
    kept = np.flatnonzero(placed.basis > 0)
    found = frame_of(measure(placed.only(kept), index, workers), index)
    ids = rows[["location_id", "event_id", "role"]].iloc[kept].reset_index(drop=True)
    return pd.concat([ids, found], axis=1)
