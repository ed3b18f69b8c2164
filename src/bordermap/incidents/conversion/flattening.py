"""From a casebook to the flat table: one row an incident, for files that hold no claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from bordermap.codebook import POINT_LIKE
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.assembling import HELD_IN_EXTRAS
from bordermap.incidents.conversion.standing import aligned, is_single, standing_places, statuses
from bordermap.incidents.conversion.telling import counts, tell_actors, tell_figures, tell_sources
from bordermap.incidents.flat import FLAT
from bordermap.incidents.frames import lookup
from bordermap.incidents.stores.names import outer_name
from bordermap.incidents.stores.shapes import innermost

REPRESENTATIVE: Final = ("representative_longitude", "representative_latitude")
#: A source's own coordinates: where they only repeat a representative point they wait to be asked for too.
_COORDINATES: Final = {"longitude": 0, "lon": 0, "long": 0, "x": 0, "latitude": 1, "lat": 1, "y": 1}


def flatten(casebook: Casebook, *, representative_points: bool = False) -> pd.DataFrame:
    """The flat table of a casebook.

    Areal places never get a longitude and a latitude.

    Args:
        casebook: Any. Of several locations of an incident the one that stands for it is told
            (:mod:`bordermap.incidents.locating`); figures on which claims differ are left empty.
        representative_points: Give areal places a point, flagged: the coder's own, else the innermost of the
            drawn shape.

    Returns:
        One row an incident, text: the columns of :data:`bordermap.incidents.flat.FLAT` (without those of
        representative points where they are not asked for); ``status`` and ``status_words``; where an
        incident may have several claims ``claim_count``, ``denial_count`` and ``source_count``; then the
        source's own columns, named by :func:`bordermap.incidents.stores.names.outer_name`.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> flat = flatten(read_casebook())
        >>> len(flat) == len(read_casebook().incidents), bool(flat.loc[flat["shape"] != "", "latitude"].any())
        (True, False)
    """
    single = is_single(casebook)
    events = casebook.incidents["event_id"].reset_index(drop=True)
    extras = aligned(casebook.extras.set_index("event_id"), events)
    columns: dict[str, pd.Series[str]] = dict(casebook.incidents.reset_index(drop=True).items())  # type: ignore[arg-type]
    for part in (
        standing_places(casebook, single),
        tell_actors(casebook),
        tell_sources(casebook, single),
        tell_figures(casebook),
        extras[[name for name in HELD_IN_EXTRAS if name in extras.columns]],
    ):
        columns.update(part.items())  # type: ignore[arg-type]
    empty = pd.Series([""] * len(events), dtype="str")
    flat = pd.DataFrame({name: columns.get(name, empty) for name in FLAT.names})
    pointed = _representative(flat) if representative_points else flat.drop(columns=list(REPRESENTATIVE))
    derived = [statuses(casebook, single), *([] if single else [counts(casebook)])]
    own = extras.drop(columns=[name for name in HELD_IN_EXTRAS if name in extras.columns])
    own = own if representative_points else _without_representative(own, flat)
    own.columns = pd.Index([outer_name(str(name)) for name in own.columns])
    return pd.concat([pointed, *derived, own], axis=1)


def _representative(flat: pd.DataFrame) -> pd.DataFrame:
    """Every areal row that can be drawn with a point, and whose the point is."""
    lon, lat, whose = (flat[REPRESENTATIVE[0]].tolist(), flat[REPRESENTATIVE[1]].tolist(), [""] * len(flat))
    for at, row in enumerate(zip(flat["geo_precision"], flat["shape"], flat["admin1_code"], strict=True)):
        if lon[at] and lat[at]:
            whose[at] = "coder"
        elif row[0] not in POINT_LIKE:
            lon[at], lat[at] = innermost(*row)
            whose[at] = "innermost" if lon[at] else ""
    columns: Mapping[str, list[str]] = {
        REPRESENTATIVE[0]: lon,
        REPRESENTATIVE[1]: lat,
        "representative_point": whose,
    }
    return flat.assign(**{name: pd.Series(values, dtype="str") for name, values in columns.items()})


def _without_representative(own: pd.DataFrame, flat: pd.DataFrame) -> pd.DataFrame:
    """The source's columns without coordinates that only repeat a representative point."""
    blanked = {}
    for name in own.columns:
        which = _COORDINATES.get(str(name).casefold())
        if which is not None:
            same = (own[name] == flat[REPRESENTATIVE[which]]) & (own[name] != "")
            blanked[name] = own[name].mask(same, "")
    return own.assign(**blanked)


def representative_count(casebook: Casebook) -> int:
    """How many incidents have a coder's representative point, which is told only where it is asked for."""
    if not set(REPRESENTATIVE) <= set(casebook.extras.columns):
        return 0
    return sum(map(bool, lookup(casebook.extras, "event_id", REPRESENTATIVE[0]).values()))
