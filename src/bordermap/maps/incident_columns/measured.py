"""Columns of where places lie along the border, as enriching found them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from bordermap.analysis.enriching import enrich
from bordermap.geometry.borders import prepared
from bordermap.incidents.casebook import Casebook
from bordermap.maps.incident_columns.facts import set_of_words, whole, word_column
from bordermap.maps.packing.columns import IntColumn, Numbered
from bordermap.maps.views import DEFAULT_FOCUS

#: Kilometres are told in tenths.
_TENTHS: Final = 10
#: What arithmetic may be off by makes no tenth more.
_NOTHING: Final = 1e-6


def enriched_of(casebook: Casebook) -> pd.DataFrame:
    """What enriching found of each incident, anew only where the casebook does not bring it along.

    Args:
        casebook: Any.

    Returns:
        One row an incident: the columns of :data:`bordermap.analysis.columns.COLUMNS`.
    """
    known, events = casebook.enriched, casebook.incidents["event_id"]
    if len(known) == len(events) and len(known) and (known["event_id"].array == events.array).all():
        return known.reset_index(drop=True)
    bare = replace(casebook, enriched=pd.DataFrame(), enriched_locations=pd.DataFrame())
    focus = casebook.about.focus or DEFAULT_FOCUS
    found: Casebook = enrich(bare, prepared(focus), locations=False)
    return found.enriched


def measured_columns(enriched: pd.DataFrame) -> list[Numbered]:
    """Kilometres along the line and from it, and which stretches may be the nearest.

    Args:
        enriched: One row an incident.

    Returns:
        Columns of places, one value a row.
    """
    return [
        _tenths("along_low", enriched["border_along_low_km"], down=True),
        _tenths("along_high", enriched["border_along_high_km"], down=False),
        _tenths("distance_low", enriched["border_distance_low_km"], down=True),
        _tenths("distance_high", enriched["border_distance_high_km"], down=False),
        word_column("line", "place", enriched["border_line"]),
        set_of_words("stretch", "place", enriched["border_stretches"], " "),
    ]


def _tenths(name: str, values: pd.Series[float], *, down: bool) -> IntColumn:
    """Rounded away from the interval's middle: it never comes to promise more than was found."""
    tenths = values.to_numpy(float) * _TENTHS
    rounded = np.floor(tenths + _NOTHING) if down else np.ceil(tenths - _NOTHING)
    return IntColumn(name, "place", whole(rounded))
