"""How far from which border, in words: an interval where the place is uncertain, rounded to what is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bordermap.analysis.drawn import Drawing, NamedShape
from bordermap.geometry.borders import prepared
from bordermap.geometry.index import BorderIndex
from bordermap.geometry.intervals import disc_intervals, pair_name
from bordermap.geometry.shapes import distance_interval, distance_label

#: From how many discs on their exact intervals, a tenth of a second each, take too long.
_MANY: Final = 100


def distance_labels(
    standing: Mapping[str, Mapping[str, str]], drawing: Drawing, focus: str
) -> dict[str, str]:
    """How far what stands for each incident lies from the nearest border of the country in focus.

    Args:
        standing: Rows of :func:`bordermap.incidents.locating.stand` by ``event_id``.
        drawing: The shapes of the locations.
        focus: The country whose borders are meant, ISO 3166-1 alpha-3.

    Returns:
        Words by ``event_id``. Left out are incidents that are not drawn, and those known to a province: one
        that touches the border lies anywhere from 0 km on, which its outline says better than a number.
    """
    shapes = {
        event: drawing.shapes[drawing.locations[row["location_id"]].shape_id]
        for event, row in standing.items()
        if row["location_id"] and drawing.locations[row["location_id"]].shape_id
    }
    wanted = {named.shape_id: named for named in shapes.values() if named.shape.kind != "area"}
    borders = prepared(focus) if wanted else None
    labels = _labels(wanted, borders) if borders is not None else {}
    return {event: labels[named.shape_id] for event, named in shapes.items() if named.shape_id in labels}


def _labels(wanted: Mapping[str, NamedShape], borders: BorderIndex) -> dict[str, str]:
    """The words for each shape; where there are many discs their intervals are bounded all at once."""
    discs = {key: named for key, named in wanted.items() if named.shape.kind in ("disc", "settlement")}
    if len(discs) <= _MANY:
        return {key: _label(named, borders) for key, named in wanted.items()}
    intervals = disc_intervals([named.shape for named in discs.values()], borders)
    told = dict(zip(discs, map(distance_label, intervals), strict=True))
    return {key: told.get(key) or _label(named, borders) for key, named in wanted.items()}


def _label(named: NamedShape, borders: BorderIndex) -> str:
    if named.shape.kind == "stretch":
        pairs = {words.split(":")[1] for words in named.shape_id.split() if words.startswith("stretch:")}
        return " and ".join(f"on the {pair_name(pair)} border" for pair in sorted(pairs))
    return distance_label(distance_interval(named.shape, borders))
