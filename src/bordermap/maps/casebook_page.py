"""The page of a casebook: which layers it has, and in which order."""

from __future__ import annotations

from typing import Final

from bordermap.errors import OutputError
from bordermap.geometry.areas import read_areas
from bordermap.geometry.borders import read_borders
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.rights import permitted
from bordermap.maps.ground import base_for
from bordermap.maps.layers import (
    AreaLayer,
    BorderLayer,
    ContextLayer,
    IncidentLayer,
    PlaceLayer,
)
from bordermap.maps.page import Map
from bordermap.maps.views import DEFAULT_FOCUS, first_view

#: More than these no one file should hold: with notes of 200 characters it has some 140 MB.
MOST: Final = 1_200_000


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
            hint="A million rows take about 25 MB, and with notes of 200 characters 120 MB. Draw a part of "
            "them: split the file by period or country, or name a --layer. Or draw their counts: give "
            "--aggregate, or a folder of parts.",
            code="BM409",
        )
    focus = casebook.about.focus or DEFAULT_FOCUS
    return Map(
        [
            base_for(first_view(permitted(casebook), focus), focus),
            AreaLayer(read_areas(focus)),
            BorderLayer(read_borders(focus)),
            PlaceLayer(casebook.places),
            ContextLayer(casebook),
            IncidentLayer(casebook),
        ],
        title=title or casebook.about.title,
        lang=casebook.about.language or "en",
    )
