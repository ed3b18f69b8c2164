"""bordermap: maps of reported border incidents that a reader can check."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from bordermap.analysis.enriching import enrich
    from bordermap.analysis.summarizing import summarize
    from bordermap.errors import BordermapError
    from bordermap.geometry.borders import read_borders
    from bordermap.geometry.index import prepare
    from bordermap.geometry.places import find_places
    from bordermap.incidents.casebook import Casebook, read_casebook
    from bordermap.incidents.reading import read_incidents
    from bordermap.incidents.writing import write_incidents
    from bordermap.maps.aggregates import AggregateLayer
    from bordermap.maps.layers import (
        AreaLayer,
        BaseLayer,
        BorderLayer,
        ContextLayer,
        IncidentLayer,
        PlaceLayer,
    )
    from bordermap.maps.page import Map

# Name → module. Nothing is imported until it is asked for, so that `bordermap --help` stays quick.
_HOMES = {
    "AggregateLayer": "maps.aggregates",
    "AreaLayer": "maps.layers",
    "BaseLayer": "maps.layers",
    "BorderLayer": "maps.layers",
    "BordermapError": "errors",
    "Casebook": "incidents.casebook",
    "ContextLayer": "maps.layers",
    "IncidentLayer": "maps.layers",
    "Map": "maps.page",
    "PlaceLayer": "maps.layers",
    "enrich": "analysis.enriching",
    "find_places": "geometry.places",
    "prepare": "geometry.index",
    "read_borders": "geometry.borders",
    "read_casebook": "incidents.casebook",
    "read_incidents": "incidents.reading",
    "summarize": "analysis.summarizing",
    "write_incidents": "incidents.writing",
}

__all__ = [
    "AggregateLayer",
    "AreaLayer",
    "BaseLayer",
    "BorderLayer",
    "BordermapError",
    "Casebook",
    "ContextLayer",
    "IncidentLayer",
    "Map",
    "PlaceLayer",
    "enrich",
    "find_places",
    "prepare",
    "read_borders",
    "read_casebook",
    "read_incidents",
    "summarize",
    "write_incidents",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'bordermap' has no attribute {name!r}")
    return getattr(importlib.import_module(f"bordermap.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
