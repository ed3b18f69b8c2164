"""The bundled scripts and styles, and which of them stands for which address that folium asks for.

Nothing is fetched, ever: an address that is not known here is an error, so a page can never come to
depend on a network.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bordermap.errors import BordermapError

_BUNDLE = Path(__file__).resolve().parent / "bundle"

#: What folium's map asks for, by the end of its address. An empty name: the page does without it.
_STANDS_FOR = {
    r"/leaflet@[\d.]+/dist/leaflet\.js": "leaflet.js",
    r"/leaflet@[\d.]+/dist/leaflet\.css": "leaflet.css",
    r"/jquery-[\d.]+\.min\.js": "",  # only folium's own popups use it
    r"/bootstrap@[\d.]+/dist/js/bootstrap\.bundle\.min\.js": "",
    r"/bootstrap@[\d.]+/dist/css/bootstrap\.min\.css": "",
    r"/bootstrap-glyphicons\.css": "",
    r"/fontawesome-free@[\d.]+/css/all\.min\.css": "",
    r"/leaflet\.awesome-markers\.(js|css)": "",
    r"/leaflet\.awesome\.rotate\.min\.css": "",
}


@cache
def bundled(name: str) -> str:
    """The text of a bundled file.

    Args:
        name: ``leaflet.js``, ``leaflet.css``, ``bordermap.js`` or ``bordermap.css``.

    Raises:
        BordermapError: The bundle is missing: the package was not built.

    Example:
        >>> "Leaflet" in bundled("leaflet.js")
        True
    """
    path = _BUNDLE / name
    if not path.is_file():
        raise BordermapError(
            f"the page's bundled file {name} is missing from this installation",
            hint="Install bordermap with pip (`pip install .`), which builds it.",
            code="BM411",
        )
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    # Leaflet's pictures are files beside its style sheet; the page uses none of them.
    return re.sub(r"url\(images/[^)]*\)", "none", text) if name == "leaflet.css" else text


def inlined(url: str) -> str:
    """The bundled text that stands for an address; empty where the page does without it.

    Args:
        url: The address that a folium element asks for.

    Raises:
        BordermapError: Nothing is bundled for it.

    Example:
        >>> inlined("https://code.jquery.com/jquery-3.7.1.min.js")
        ''
        >>> inlined("https://example.org/plugin.js")
        Traceback (most recent call last):
        bordermap.errors.BordermapError: an element of the page wants https://example.org/plugin.js, ...
    """
    for pattern, name in _STANDS_FOR.items():
        if re.search(pattern + r"\Z", url):
            return bundled(name) if name else ""
    raise BordermapError(
        f"an element of the page wants {url}, which is not bundled",
        hint="Leave that element out, or add the layer to a folium.Map of your own with add_to().",
        code="BM412",
    )
