"""What a page shows first: the window that holds what is drawn."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from bordermap.analysis.drawn import draw_locations, draw_places
from bordermap.geometry.focus import focus_window
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.locating import stand
from bordermap.incidents.voices import derive_votes

#: The country a page is about where neither its casebook nor its base map says so.
DEFAULT_FOCUS: Final = "AFG"


@lru_cache(maxsize=4)
def first_view(casebook: Casebook, focus: str) -> tuple[float, float, float, float]:
    """The window that holds what stands for each incident, and the context that has a point.

    Args:
        casebook: Any.
        focus: ISO 3166-1 alpha-3 of the country it is about.

    Returns:
        West, south, east, north in degrees.
    """
    drawing = draw_locations(casebook)
    standing = stand(casebook, derive_votes(casebook))["location_id"]
    context = draw_places(casebook, casebook.context["place_id"].tolist())
    drawn = [drawing.locations[key] for key in standing if key] + list(context.locations.values())
    shapes = {**drawing.shapes, **context.shapes}
    points = [(each.lon, each.lat) for each in drawn if each.kind == "point"]
    points += [
        (shape.badge.x, shape.badge.y)
        for each in drawn
        if each.kind == "areal"
        for shape in [shapes[each.shape_id].shape]
    ]
    return focus_window(points, focus)
