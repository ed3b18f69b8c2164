"""The page of a casebook: which layers it has, in which order, and what its first view is."""

from __future__ import annotations

from bordermap.analysis.drawn import draw_locations, draw_places
from bordermap.geometry.areas import read_areas
from bordermap.geometry.borders import read_borders
from bordermap.geometry.focus import focus_window
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.locating import stand
from bordermap.incidents.voices import derive_votes
from bordermap.maps.focus import DEFAULT_FOCUS
from bordermap.maps.layers import (
    AreaLayer,
    BaseLayer,
    BorderLayer,
    ContextLayer,
    IncidentLayer,
    PlaceLayer,
)
from bordermap.maps.page import Map
from bordermap.maps.panels import panels

#: The shipped files that such a page draws; their sources are credited on it.
DRAWN_FILES = ("basemap.json", "borders.fgb", "admin1.fgb", "stretches.fgb")


def casebook_page(casebook: Casebook, *, title: str | None = None) -> Map:
    """The page that ``bordermap render`` writes.

    Args:
        casebook: As :func:`bordermap.read_casebook` gives it.
        title: In place of the casebook's own.

    Returns:
        The page.

    Example:
        >>> import bordermap as bm
        >>> [type(layer).__name__ for layer in casebook_page(bm.read_casebook()).layers][-1]
        'IncidentLayer'
    """
    focus = casebook.about.focus or DEFAULT_FOCUS
    heading = title or casebook.about.title
    return Map(
        [
            BaseLayer(focus=focus),
            AreaLayer(read_areas(focus)),
            BorderLayer(read_borders(focus)),
            PlaceLayer(casebook.places),
            ContextLayer(casebook),
            IncidentLayer(casebook),
        ],
        title=heading,
        panels=panels(casebook, title=heading, bounds=first_view(casebook, focus), layers=DRAWN_FILES),
        lang=casebook.about.language or "en",
    )


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
