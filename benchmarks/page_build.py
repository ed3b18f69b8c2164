"""One way of `page.py` builds one page in a process of its own: seconds, bytes, how many incidents.

    python benchmarks/page_build.py WAY ROWS.csv WARM.csv PAGE.html BUDGET

Prints one line of JSON. A small page comes first, to have everything imported; then medians of up to three runs.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

import peers_page
from bordermap.analysis.enriching import enrich
from bordermap.geometry.borders import prepared
from bordermap.incidents.reading import read_incidents
from bordermap.maps.casebook_page import casebook_page

_ROUNDS: Final = 3
#: Repeated while all runs together take less than this share of the budget.
_ROUNDS_SHARE: Final = 0.2


class Way(Protocol):
    """What a way of making a page can do."""

    def load(self, rows: Path) -> None:
        """Read the rows."""

    def enrich(self) -> None:
        """Measure the incidents against borders, if the way does that."""

    def build(self) -> bytes:
        """The page, from what was read."""

    @property
    def held(self) -> int:
        """How many incidents are in it."""


class Bordermap:
    """The page that `bordermap render` writes."""

    def load(self, rows: Path) -> None:
        """Read the rows, all of which may be shown."""
        self._casebook = self._enriched = read_incidents(rows, rights="open")

    def enrich(self) -> None:
        """As the page itself does it where the casebook does not bring it along."""
        self._enriched = enrich(replace(self._casebook), prepared("AFG"), locations=False)

    def build(self) -> bytes:
        """The page, with base map, borders, filters, strips and table."""
        return casebook_page(self._enriched).encoded()

    @property
    def held(self) -> int:
        """How many incidents are in it."""
        return len(self._casebook.incidents)


@dataclass(frozen=True)
class Kind:
    """How a way is named and made.

    Attributes:
        title: For the tables.
        make: Makes it.
        most: The largest number of incidents that is tried.
        screen: Whether its page is opened.
        notes: Whether its rows have notes.
    """

    title: str
    make: Callable[[], Way]
    most: int = 1_000_000
    screen: bool = True
    notes: bool = True


WAYS: Final[dict[str, Kind]] = {
    "bordermap": Kind("**bordermap**", Bordermap),
    "bordermap-bare": Kind("**bordermap, rows without notes**", Bordermap, notes=False),
    "markers": Kind("folium `Marker` with `Popup`, a loop", peers_page.Markers, 10_000),
    "geojson": Kind("`folium.GeoJson` with popup, by type", peers_page.GeoJson, 100_000),
    "explore": Kind("`GeoDataFrame.explore` with popup, by type", peers_page.Explore, 100_000),
    "cluster": Kind("folium `FastMarkerCluster`, no notes", peers_page.FastCluster, 100_000),
    "pydeck": Kind("pydeck, build only", peers_page.Pydeck, 100_000, screen=False),
    "lonboard": Kind("lonboard, build only", peers_page.Lonboard, screen=False),
}


def missing(name: str) -> str:
    """What to install for a way, empty if all is there."""
    made = WAYS[name].make
    return peers_page.missing(made) if isinstance(made, type) and issubclass(made, peers_page.Peer) else ""


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main(name: str, rows: Path, warm: Path, page: Path, budget: float) -> None:
    """Build, and say what it took."""
    way = WAYS[name].make()
    way.load(warm)
    way.enrich()
    way.build()
    read = timed(lambda: way.load(rows))
    enriched: list[float] = []
    built: list[float] = []
    while len(built) < _ROUNDS and (not built or sum(built + enriched) < budget * _ROUNDS_SHARE):
        enriched.append(timed(way.enrich))
        begun = time.perf_counter()
        data = way.build()
        built.append(time.perf_counter() - begun)
    page.write_bytes(data)
    said = {
        "read_s": read,
        "enrich_s": statistics.median(enriched),
        "build_s": statistics.median(built),
        "bytes": len(data),
        "held": way.held,
        "screen": WAYS[name].screen,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]), float(sys.argv[5]))
