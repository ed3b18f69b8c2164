"""Stretches of Afghanistan's borders between the first-order areas on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import geopandas as gpd
import pyogrio

from bordermap.catalog import data_path
from bordermap.errors import PlaceError
from bordermap.text import join_words


def read_stretches(ids: Sequence[str] = ()) -> gpd.GeoDataFrame:
    """Stretches of the six borders, cut from the border lines themselves.

    Args:
        ids: Of the stretches, for example ``AFG-TJK:takhar-khatlon``; all if left out.

    Returns:
        One row a stretch, EPSG:4326, in the order asked for, else along each border: ``stretch_id``,
        ``border_pair``, ``admin1_a``, ``admin1_b`` (GeoNames keys, a on the Afghan side), ``name_a``,
        ``name_b``, ``from_km``, ``to_km`` (along the border from its first vertex), ``geometry``.

    Raises:
        PlaceError: There is no such stretch; the hint names those of that border.

    Example:
        >>> stretch = read_stretches(["AFG-TJK:takhar-khatlon"])
        >>> stretch[["name_a", "name_b"]].iloc[0].tolist()
        ['Takhar', 'Khatlon']
    """
    known = _stretches()
    if not ids:
        return known.copy()
    places = {each: place for place, each in enumerate(known["stretch_id"])}
    for each in ids:
        if each not in places:
            raise _unknown(each, list(places))
    return known.iloc[[places[each] for each in ids]].reset_index(drop=True)


def _unknown(wrong: str, known: list[str]) -> PlaceError:
    pair = wrong.partition(":")[0].upper()
    near = [each for each in known if each.startswith(f"{pair}:")] or known
    return PlaceError(
        f"there is no border stretch {wrong!r}", hint=f"Known are {join_words(near)}.", code="BM136"
    )


@cache
def _stretches() -> gpd.GeoDataFrame:
    rows = pyogrio.read_dataframe(data_path("stretches.fgb"))
    return rows.sort_values(["border_pair", "from_km"], ignore_index=True)
