"""Stretches of Afghanistan's borders between the first-order areas on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from bordermap.catalog import data_path
from bordermap.errors import PlaceError
from bordermap.geometry.edges import Floats, Indices
from bordermap.text import join_words

#: A shipped stretch counts only on the line it was cut from: one of the same length, within this.
SAME_LENGTH_KM: Final = 2.0


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


def stretches_along(border_pair: Any, along_km: Floats) -> tuple[Indices, Any]:
    """The stretch that places along borders belong to.

    Args:
        border_pair: The border of each place, shape (n,).
        along_km: Kilometres along it from its first vertex, shape (n,); of each border the last place is near
            its end.

    Returns:
        ``(number, names)``: the number of each place's stretch, shape (n,), and the names: ``stretch_id``
        where stretches of that border are shipped, else the pair itself, which is one stretch.

    Example:
        >>> number, names = stretches_along(np.array(["AFG-TJK", "IND-PAK"]), np.array([10.0, 5.0]))
        >>> names[number].tolist()  # the first line is too short to be the whole border
        ['AFG-TJK', 'IND-PAK']
    """
    known = _stretches()
    codes, pairs = pd.factorize(border_pair)
    names = [str(pair) for pair in pairs]
    number = codes.astype(np.int64)
    for code, pair in enumerate(pairs):
        here = known[known["border_pair"] == pair]
        mine = codes == code if len(here) else np.zeros(0, dtype=bool)
        # A line of one's own may bear the pair's name and be another.
        if mine.any() and abs(along_km[mine].max() - here["to_km"].iloc[-1]) < SAME_LENGTH_KM:
            ends = here["to_km"].to_numpy()[:-1]
            number[mine] = len(names) + np.searchsorted(ends, along_km[mine], side="right")
            names += here["stretch_id"].tolist()
    return number, np.array(names, dtype=object)
