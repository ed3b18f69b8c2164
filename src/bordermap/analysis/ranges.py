"""Published maximum ranges, drawn round a reported origin only, and only as what they are: published figures.

A ring is never an estimate of where anything was fired from. It is drawn when the same statement gives the
calibre and the origin at ``near`` or finer, never for press labels such as "Katyusha", "Grad" or "BM-1", and
never round an impact (codebook §6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from bordermap.analysis.claimed import placed_locations, statements
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.frames import rows


@dataclass(frozen=True)
class PublishedRange:
    """One published figure.

    Attributes:
        calibre: As a claim must name it.
        max_km: The published maximum, kilometres.
        source: Who published it, and when.
    """

    calibre: str
    max_km: float
    source: str


PUBLISHED: Final = (
    PublishedRange("107 mm", 8.5, "StrategyPage, 23 Dec 2002; no second public source found"),
    PublishedRange("122 mm", 20.4, "WP Tech, March 2022, for the M-21OF rocket"),
)


def published_range(means: str) -> PublishedRange | None:
    """The published maximum for the calibre that a claim names, if it names one.

    Example:
        >>> published_range("107 mm rockets").max_km
        8.5
        >>> published_range('"Katyusha" rockets') is None
        True
    """
    return next((known for known in PUBLISHED if known.calibre in means), None)


def range_rings(casebook: Casebook) -> pd.DataFrame:
    """The origins round which a ring may be drawn.

    Args:
        casebook: Any.

    Returns:
        One row a ring: ``event_id``, ``claim_id``, ``party_id``, ``claim_date``, ``lon``, ``lat``,
        ``max_km``, ``calibre``, ``source``; empty where no statement gives both.
    """
    claims = casebook.claims.assign(statement_id=statements(casebook))
    means = claims[claims["about"] == "means"]
    calibres = {
        (event, statement): known
        for event, statement, value in rows(means, "event_id", "statement_id", "value")
        if (known := published_range(value))
    }
    origins = placed_locations(casebook).query("role == 'origin'")
    said = list(rows(origins, "event_id", "statement_id"))
    origins = origins[np.array([key in calibres for key in said], dtype=bool)]
    found = [calibres[key] for key in said if key in calibres]
    columns = ["event_id", "claim_id", "party_id", "claim_date", "lon", "lat"]
    return (
        origins[columns]
        .reset_index(drop=True)
        .assign(
            max_km=[each.max_km for each in found],
            calibre=[each.calibre for each in found],
            source=[each.source for each in found],
        )
    )
