"""What stands beside the map: title, dates, coverage, method, licences, the sentence about endorsement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bordermap import __version__, catalog, codebook
from bordermap.geometry.focus import focus_window
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.dates import interval_label
from bordermap.incidents.readers.about import About, Coverage
from bordermap.incidents.rights import SENTENCES, permitted
from bordermap.maps.aggregate_panels import about_counts, dataset_credits
from bordermap.maps.countries import country_label
from bordermap.maps.manifest import manifest
from bordermap.maps.views import DEFAULT_FOCUS, first_view

#: What each part of the coverage is called on the page, in order.
_COVERAGE = {
    "borders": "Borders covered",
    "directions": "Directions",
    "period": "Period",
    "languages": "Languages of the sources",
    "method": "Method",
    "not_covered": "Not collected",
}

#: West, south, east, north of the shipped base map, beyond which is nothing to see; in the west 6° more,
#: so that what lies there can be brought out from under the panel.
BASE_MAP_WINDOW: Final = (49.0, 27.0, 80.0, 46.0)

METHOD: Final = (
    "Status is derived from the claims by one rule: who asserted, confirmed or denied the core of the "
    "incident, each group counted as one voice, a later statement of the same group in place of its earlier "
    "one. Places are drawn as precisely as they were reported. bordermap documents public reporting after "
    "the fact; it makes no finding of its own."
)


def page_panels(layers: Sequence[Any], title: str) -> dict[str, Any]:
    """The page's own words, as plain values for the browser client.

    Args:
        layers: What the page draws; the first that has a casebook says what the page tells of itself.
        title: The page's title.

    Returns:
        Plain JSON values: title, sentence about endorsement, credits of what is drawn, first view; with a
        casebook also its dates, version, contact and coverage, and what the page was made from.
    """
    files = list(dict.fromkeys(file for layer in layers for file in getattr(layer, "files", ())))
    made = next((layer.window for layer in layers if hasattr(layer, "window")), None)
    window = BASE_MAP_WINDOW if "basemap.json" in files else made
    casebook = next((layer.casebook for layer in layers if hasattr(layer, "casebook")), None)
    focus = next((layer.focus for layer in layers if hasattr(layer, "focus")), DEFAULT_FOCUS)
    counted = next((layer for layer in layers if hasattr(layer, "aggregates")), None)
    return {
        "kind": "page",
        "title": title,
        "software": f"bordermap {__version__}",
        "endorsement": codebook.ENDORSEMENT,
        "bounds": [round(float(edge), 4) for edge in _bounds(casebook, counted, focus)],
        "credits": [*_dataset_credits(casebook), *_counted_credits(counted), *_credits(files)],
        **({"maxBounds": list(window)} if window else {}),
        **(about_counts(counted.aggregates, files) if counted is not None else {}),
        **(_about(permitted(casebook), files) if casebook is not None else {}),
    }


def _bounds(casebook: Casebook | None, counted: Any, focus: str) -> Sequence[float]:
    if casebook is not None:
        return first_view(permitted(casebook), focus)
    if counted is not None:
        shown: Sequence[float] = counted.view
        return shown
    return focus_window([], focus)


def _counted_credits(counted: Any) -> list[dict[str, str]]:
    return dataset_credits(counted.aggregates) if counted is not None else []


def _about(casebook: Casebook, files: Sequence[str]) -> dict[str, Any]:
    about = casebook.about
    return {
        "subtitle": about.subtitle,
        "version": about.version,
        "compiledThrough": interval_label(about.compiled_through, about.compiled_through),
        "statusAsOf": interval_label(about.status_as_of, about.status_as_of),
        "contact": about.contact,
        "method": METHOD,
        "coverage": _labelled([*_rights(about), *_coverage(about.coverage)]),
        "counts": {"incidents": len(casebook.incidents), "sources": len(casebook.sources)},
        "manifest": manifest(casebook, files),
    }


def _labelled(texts: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"label": label, "text": text} for label, text in texts if text]


def _rights(about: About) -> list[tuple[str, str]]:
    """Where a dataset comes from, in the words it asks for, and what its rights leave out."""
    texts = [("Dataset", about.attribution), ("Licence", about.licence if about.attribution else "")]
    return [*texts, ("What this page holds", SENTENCES.get(about.rights, ""))]


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


def _dataset_credits(casebook: Casebook | None) -> list[dict[str, str]]:
    """The attribution that a dataset asks for stands with the map, not only in what is said about it."""
    if casebook is None or not casebook.about.rights or not casebook.about.attribution:
        return []
    return [{"text": casebook.about.attribution.partition(". ")[0].rstrip("."), "licence": ""}]


def _credits(layers: Sequence[str]) -> list[dict[str, str]]:
    """Each attribution once, however many files ask for it; the words name their licence themselves."""
    asked = [
        part for entry in catalog.entries() if entry.file in layers for part in entry.attribution.split(". ")
    ]
    return [{"text": text, "licence": ""} for text in dict.fromkeys(asked) if text]
