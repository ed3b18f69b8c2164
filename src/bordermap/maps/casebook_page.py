"""The page of a casebook: which layers it has, and in which order."""

from __future__ import annotations

from bordermap.geometry.areas import read_areas
from bordermap.geometry.borders import read_borders
from bordermap.incidents.casebook import Casebook
from bordermap.maps.layers import (
    AreaLayer,
    BaseLayer,
    BorderLayer,
    ContextLayer,
    IncidentLayer,
    PlaceLayer,
)
from bordermap.maps.page import Map
from bordermap.maps.views import DEFAULT_FOCUS


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
    return Map(
        [
            BaseLayer(focus=focus),
            AreaLayer(read_areas(focus)),
            BorderLayer(read_borders(focus)),
            PlaceLayer(casebook.places),
            ContextLayer(casebook),
            IncidentLayer(casebook),
        ],
        title=title or casebook.about.title,
        lang=casebook.about.language or "en",
    )
