"""What one claim says of two places: where from, and where to."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bordermap.analysis.drawn import draw_locations
from bordermap.incidents.casebook import Casebook

_STARTS = ("origin",)
_ENDS = ("impact", "target")


def placed_locations(casebook: Casebook) -> pd.DataFrame:
    """The locations that have coordinates at ``near`` or finer, with what their claim says.

    Args:
        casebook: Any.

    Returns:
        The rows of ``locations`` with ``event_id``, ``statement_id``, ``party_id``, ``claim_date``, ``lon``
        and ``lat`` (degrees, WGS84) beside. Candidates of the gazetteer are left out: they are never drawn.
    """
    claims = casebook.claims[["claim_id", "event_id", "party_id", "date_start"]]
    claims = claims.assign(statement_id=statements(casebook)).rename(columns={"date_start": "claim_date"})
    rows = casebook.locations.merge(claims, on="claim_id")
    drawn = [draw_locations(casebook).locations[key] for key in rows["location_id"]]
    rows = rows.assign(lon=[each.lon for each in drawn], lat=[each.lat for each in drawn])
    points = np.array([each.kind == "point" for each in drawn], dtype=bool)
    return rows[points].reset_index(drop=True)


def statements(casebook: Casebook) -> pd.Series[str]:
    """The statement of each claim; one that names none is a statement of its own.

    Args:
        casebook: Any.

    Returns:
        ``statement_id``, else ``claim_id``, in the order of ``casebook.claims``.
    """
    named = casebook.claims["statement_id"]
    return named.where(named != "", casebook.claims["claim_id"])


def claimed_links(casebook: Casebook) -> pd.DataFrame:
    """Origins joined with the impact or the target that the same statement gives (codebook §6).

    Args:
        casebook: Any.

    Returns:
        One row a pair: ``event_id``, ``claim_id``, ``party_id``, ``claim_date``, ``role`` of the far end,
        ``from_lon``, ``from_lat``, ``to_lon``, ``to_lat``, ``from_words``, ``to_words``.
    """
    placed = placed_locations(casebook)
    starts = placed[placed["role"].isin(_STARTS)]
    ends = placed[placed["role"].isin(_ENDS)]
    pairs = starts.merge(ends, on=["event_id", "statement_id"], suffixes=("", "_to"))
    names = {
        "event_id": "event_id", "claim_id": "claim_id", "party_id": "party_id", "claim_date": "claim_date",
        "role_to": "role", "lon": "from_lon", "lat": "from_lat", "lon_to": "to_lon", "lat_to": "to_lat",
        "words": "from_words", "words_to": "to_words",
    }  # fmt: skip
    return pairs[list(names)].rename(columns=names).reset_index(drop=True)
