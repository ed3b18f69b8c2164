"""What enriching found, as text beside each incident, for files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.columns import COLUMNS, LOCATED
from bordermap.incidents.casebook import Casebook

#: Roles whose places are told beside the one that stands for the incident.
ROLES: Final = ("origin", "target", "impact")
#: What is told of them.
_TOLD: Final = (
    "country", "countries", "border_pair", "border_pairs", "border_stretches", "border_distance_km",
    "border_distance_low_km", "border_distance_high_km", "border_side", "border_along_low_km",
    "border_along_high_km",
)  # fmt: skip
#: Figures that a file has: a centimetre, and the same in degrees.
_DECIMALS: Final = {"border_lon": 7, "border_lat": 7, "border_resolution_m": 1, "border_accuracy_m": 1}
_USUAL: Final = 5


def with_columns(casebook: Casebook) -> Casebook:
    """A casebook whose incidents carry what enriching found, as columns of the source's own.

    Every format that :func:`bordermap.write_incidents` writes then holds them.

    Args:
        casebook: Enriched.

    Returns:
        The same with more ``extras``: the columns of :data:`bordermap.analysis.columns.COLUMNS`, the first
        three with ``located_`` before them (a flat table's own ``country`` is what the row names), and for
        each role in ``ROLES`` that any incident has a place of, the same with the role before them. Where
        several claims give a role different places the interval holds all of them and the sets are joined.
        What an earlier enriching left there is replaced.

    Example:
        >>> from bordermap.analysis.enriching import enrich
        >>> from bordermap.geometry.borders import prepared
        >>> from bordermap.incidents.casebook import read_casebook
        >>> told = with_columns(enrich(read_casebook(), prepared("AFG"))).extras
        >>> told.loc[0, ["located_country", "border_distance_km", "origin_border_distance_high_km"]].tolist()
        ['UZB', '3.99666', '182.11516']
    """
    found = casebook.enriched.drop(columns="event_id")
    columns = {_outer(name): _text(found[name], name) for name in found.columns}
    columns |= _by_role(casebook)
    kept = [name for name in casebook.extras.columns if name not in enriched_names()]
    extras = casebook.extras[kept].set_index("event_id").reindex(casebook.incidents["event_id"].to_numpy())
    extras = extras.fillna("").astype("str").reset_index(names="event_id")
    told = pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})
    return replace(casebook, extras=pd.concat([extras, told], axis=1))


def enriched_names() -> frozenset[str]:
    """Every column that :func:`with_columns` may add.

    Example:
        >>> "located_country" in enriched_names(), "origin_border_pair" in enriched_names()
        (True, True)
    """
    return frozenset(
        [*(_outer(name) for name in COLUMNS), *(_of_role(role, name) for role in ROLES for name in _TOLD)]
    )


def _outer(name: str) -> str:
    return LOCATED.get(name, name)


def _of_role(role: str, name: str) -> str:
    return f"{role}_{name}"


def _by_role(casebook: Casebook) -> dict[str, Any]:
    """What is known of the places of each role, by incident."""
    places = casebook.enriched_locations
    columns: dict[str, Any] = {}
    for role in ROLES:
        mine = places[places["role"] == role]
        if mine.empty:
            continue
        one = mine.groupby("event_id", sort=False)
        for name in _TOLD:
            values = _joined(mine, one, name)
            by_event = values.reindex(casebook.incidents["event_id"].to_numpy())
            columns[_of_role(role, name)] = _text(by_event, name)
    return columns


def _joined(places: pd.DataFrame, one: Any, name: str) -> pd.Series[Any]:
    if name.endswith("_low_km"):
        return one[name].min()  # type: ignore[no-any-return]
    if name.endswith("_high_km"):
        return one[name].max()  # type: ignore[no-any-return]
    if name.endswith("_km"):
        same = one[name].agg(lambda values: values.iloc[0] if values.nunique(dropna=False) == 1 else np.nan)
        return same  # type: ignore[no-any-return]
    words = places[name].astype("str").groupby(places["event_id"], sort=False)
    if name in ("countries", "border_pairs", "border_stretches"):
        return words.agg(_union)
    return words.agg(lambda values: values.iloc[0] if values.nunique() == 1 else "")


def _union(values: Iterable[str]) -> str:
    return " ".join(sorted({word for value in values for word in value.split()}))


def _text(values: pd.Series[Any], name: str) -> Any:
    """Numbers with a centimetre's figures, without noughts at the end; nothing where nothing is known."""
    if not pd.api.types.is_float_dtype(values.dtype):
        return values.astype("object").where(values.notna(), "").to_numpy(dtype=object)
    numbers = values.to_numpy(float)
    different, number = np.unique(numbers.round(_DECIMALS.get(name, _USUAL)) + 0.0, return_inverse=True)
    texts = [
        "" if np.isnan(value) else f"{value:.{_DECIMALS.get(name, _USUAL)}f}".rstrip("0").rstrip(".")
        for value in different
    ]
    return np.array(texts, dtype=object)[number]
