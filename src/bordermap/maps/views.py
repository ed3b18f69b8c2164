"""What a page shows first: the window that holds what is drawn."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from bordermap.analysis.drawn import NamedShape, draw_locations, draw_places
from bordermap.analysis.drawn_rows import draw_rows
from bordermap.geometry.edges import Floats
from bordermap.geometry.focus import Item, focus_window
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.standing import is_flat
from bordermap.incidents.locating import stand
from bordermap.incidents.voices import derive_votes

#: The country a page is about where neither its casebook nor its base map says so.
DEFAULT_FOCUS: Final = "AFG"
#: From how many points on one of each cell stands for the others, and how wide a cell is, degrees.
_MANY, _CELL = 2_000, 0.1


@lru_cache(maxsize=4)
def first_view(casebook: Casebook, focus: str) -> tuple[float, float, float, float]:
    """The window that holds what stands for each incident, and the context that has a point.

    Where thousands of points are drawn, of those that share a small cell only one is asked for its nearest
    border; all of them lie in the window.

    Args:
        casebook: Any.
        focus: ISO 3166-1 alpha-3 of the country it is about.

    Returns:
        West, south, east, north in degrees.
    """
    return focus_window(_of_rows(casebook) if is_flat(casebook) else _of_locations(casebook), focus)


def _of_locations(casebook: Casebook) -> list[Item]:
    """Points and badges of what stands for each incident, and of the context."""
    drawing = draw_locations(casebook)
    standing = stand(casebook, derive_votes(casebook))["location_id"]
    context = draw_places(casebook, casebook.context["place_id"].tolist())
    drawn = [drawing.locations[key] for key in standing if key] + list(context.locations.values())
    shapes = {**drawing.shapes, **context.shapes}
    points: list[Item] = [(each.lon, each.lat) for each in drawn if each.kind == "point"]
    return points + [_badge(shapes[each.shape_id]) for each in drawn if each.kind == "areal"]


def _of_rows(casebook: Casebook) -> list[Item]:
    """The same of a flat table of any length."""
    drawn = draw_rows(casebook)
    pointed = np.isfinite(drawn.lon)
    areas = np.unique(drawn.shape[~pointed])
    badges: list[Item] = [_badge(drawn.shapes[number]) for number in areas if number >= 0]
    lon, lat = drawn.lon[pointed], drawn.lat[pointed]
    if not len(lon):
        return badges
    points = np.unique(np.c_[lon, lat], axis=0) if len(lon) <= _MANY else _thinned(lon, lat)
    bounds = (lon.min(), lat.min(), lon.max(), lat.max())
    return [*map(tuple, points.tolist()), bounds, *badges]


def _thinned(lon: Floats, lat: Floats) -> Floats:
    """One point of each cell that has any."""
    cells = np.floor(lon / _CELL) * 100_000 + np.floor(lat / _CELL)
    _, first = np.unique(cells, return_index=True)
    return np.stack([lon[first], lat[first]], axis=1)


def _badge(named: NamedShape) -> Item:
    return (named.shape.badge.x, named.shape.badge.y)
