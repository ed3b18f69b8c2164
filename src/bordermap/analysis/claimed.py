"""What one claim says of two places: where from, and where to."""

from __future__ import annotations

import pandas as pd

from bordermap.codebook import POINT_LIKE
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
    claims = casebook.claims[["claim_id", "event_id", "statement_id", "party_id", "date_start"]]
    rows = casebook.locations.merge(claims.rename(columns={"date_start": "claim_date"}), on="claim_id")
    rows = rows.merge(
        casebook.places[["place_id", "longitude", "latitude"]].rename(
            columns={"longitude": "place_lon", "latitude": "place_lat"}
        ),
        on="place_id",
        how="left",
    )
    lon = rows["longitude"].where(rows["longitude"] != "", rows["place_lon"])
    lat = rows["latitude"].where(rows["latitude"] != "", rows["place_lat"])
    rows = rows.assign(lon=pd.to_numeric(lon), lat=pd.to_numeric(lat))
    fine = rows["geo_precision"].isin(POINT_LIKE) & ~rows["location_basis"].isin(["candidate", "none"])
    return rows[fine & rows["lon"].notna() & rows["lat"].notna()].reset_index(drop=True)


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
