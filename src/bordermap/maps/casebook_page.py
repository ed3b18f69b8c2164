"""The page of a casebook: which layers it has, and in which order."""

from __future__ import annotations

from typing import Final

import numpy as np

from bordermap.errors import OutputError
from bordermap.geometry.areas import read_areas
from bordermap.geometry.borders import read_borders
from bordermap.geometry.focus import Window
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.rights import permitted
from bordermap.maps.ground import GroundLayer
from bordermap.maps.layers import (
    AreaLayer,
    BaseLayer,
    BorderLayer,
    ContextLayer,
    IncidentLayer,
    Layer,
    PlaceLayer,
)
from bordermap.maps.page import Map
from bordermap.maps.panels import BASE_MAP_WINDOW
from bordermap.maps.views import DEFAULT_FOCUS, first_view

#: More than these a browser draws too slowly to be used.
MOST: Final = 20_000
#: How far the base map reaches from the middle of the first view, in sides of it.
_BEYOND: Final = 2.0


def casebook_page(casebook: Casebook, *, title: str | None = None) -> Map:
    """The page that ``bordermap render`` writes.

    Args:
        casebook: As :func:`bordermap.read_casebook` gives it.
        title: In place of the casebook's own.

    Returns:
        The page.

    Raises:
        OutputError: There are more incidents than a page can hold (BM409).

    Example:
        >>> import bordermap as bm
        >>> [type(layer).__name__ for layer in casebook_page(bm.read_casebook()).layers][-1]
        'IncidentLayer'
    """
    if len(casebook.incidents) > MOST:
        raise OutputError(
            f"a page holds at most {MOST:,} incidents, and these are {len(casebook.incidents):,}",
            hint="Draw a part of them: split the file by period or country, or name a --layer.",
            code="BM409",
        )
    focus = casebook.about.focus or DEFAULT_FOCUS
    return Map(
        [
            _base(casebook, focus),
            AreaLayer(read_areas(focus)),
            BorderLayer(read_borders(focus)),
            PlaceLayer(casebook.places),
            ContextLayer(casebook),
            IncidentLayer(casebook),
        ],
        title=title or casebook.about.title,
        lang=casebook.about.language or "en",
    )


def _base(casebook: Casebook, focus: str) -> Layer:
    """The shipped base map where it holds what is shown first, else one made for the window."""
    view = first_view(permitted(casebook), focus)
    west, south, east, north = BASE_MAP_WINDOW
    if west <= view[0] and south <= view[1] and view[2] <= east and view[3] <= north:
        return BaseLayer(focus=focus)
    return GroundLayer(_widened(view), focus=focus)


def _widened(view: Window) -> Window:
    """A window wide and high enough to be seen round the view on any screen, beside the panel."""
    west, south, east, north = view
    lon, lat = (west + east) / 2, (south + north) / 2
    # A screen is up to twice as wide as high, or as high as wide; a degree of longitude is shorter.
    narrow = max(np.cos(np.radians(min(abs(lat), 80.0))), 0.1)
    side = max((east - west) * narrow, north - south) * _BEYOND
    wide = side / narrow
    low = max(lon - wide, -180.0), max(lat - side, -85.0)
    return (*low, min(lon + wide, 180.0), min(lat + side, 85.0))
