"""What stands beside the map: title, dates, coverage, method, licences, the sentence about endorsement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bordermap import __version__, catalog, codebook
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.dates import interval_label
from bordermap.incidents.readers.about import Coverage
from bordermap.maps.incident_payload import country_label
from bordermap.maps.manifest import manifest

#: What each part of the coverage is called on the page, in order.
_COVERAGE = {
    "borders": "Borders covered",
    "directions": "Directions",
    "period": "Period",
    "languages": "Languages of the sources",
    "method": "Method",
    "not_covered": "Not collected",
}

#: West, south, east, north of the shipped base map: beyond it there is nothing to see.
BASE_MAP_WINDOW: Final = (55.0, 27.0, 80.0, 46.0)

METHOD: Final = (
    "Status is derived from the claims by one rule: who asserted, confirmed or denied the core of the "
    "incident, each group counted as one voice, a later statement of the same group in place of its earlier "
    "one. Places are drawn as precisely as they were reported. bordermap documents public reporting after "
    "the fact; it makes no finding of its own."
)


def panels(
    casebook: Casebook, *, title: str, bounds: Sequence[float], layers: Sequence[str] = ()
) -> dict[str, Any]:
    """The page's own words, as plain values for the browser client.

    Args:
        casebook: What the page shows.
        title: The page's title.
        bounds: The first view: west, south, east, north in degrees.
        layers: Names of the shipped data files that are drawn.

    Returns:
        Plain JSON values.
    """
    about = casebook.about
    return {
        "kind": "page",
        "title": title,
        "subtitle": about.subtitle,
        "version": about.version,
        "software": f"bordermap {__version__}",
        "compiledThrough": interval_label(about.compiled_through, about.compiled_through),
        "statusAsOf": interval_label(about.status_as_of, about.status_as_of),
        "contact": about.contact,
        "endorsement": codebook.ENDORSEMENT,
        "method": METHOD,
        "maxBounds": list(BASE_MAP_WINDOW),
        "bounds": [round(float(edge), 4) for edge in bounds],
        "coverage": [{"label": label, "text": text} for label, text in _coverage(about.coverage)],
        "credits": _credits(layers),
        "counts": {"incidents": len(casebook.incidents), "sources": len(casebook.sources)},
        "manifest": manifest(casebook, layers),
    }


def _coverage(given: Coverage) -> list[tuple[str, str]]:
    borders = [" – ".join(map(country_label, pair.split("-"))) for pair in given.borders]
    days = (given.period_start, given.period_end)
    texts = {
        "borders": "; ".join(borders),
        "directions": sentences(given.directions),
        "period": " to ".join(interval_label(day) for day in days if day),
        "languages": ", ".join(given.languages),
        "method": given.method,
        "not_covered": sentences(given.not_covered),
    }
    return [(label, texts[key]) for key, label in _COVERAGE.items() if texts[key]]


def sentences(parts: Sequence[str]) -> str:
    """Entries of a list as sentences, each with a full stop.

    Example:
        >>> sentences(["from north to south", "Not the other way."])
        'From north to south. Not the other way.'
    """
    return " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parts if part)


def _credits(layers: Sequence[str]) -> list[dict[str, str]]:
    """Each attribution once, however many files ask for it; the words name their licence themselves."""
    asked = [
        part for entry in catalog.entries() if entry.file in layers for part in entry.attribution.split(". ")
    ]
    return [{"text": text, "licence": ""} for text in dict.fromkeys(asked) if text]
