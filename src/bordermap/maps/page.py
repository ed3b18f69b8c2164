"""The page: layers in a folium map, in one file that opens anywhere and fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bordermap import __version__
from bordermap.files import write_atomically
from bordermap.maps import elements
from bordermap.maps.blocks import Piece, encoded, shell, whole
from bordermap.maps.panels import page_panels
from bordermap.maps.policy import policy_for
from bordermap.text import escape_html

GENERATOR = f"bordermap {__version__}"
_POLICY_SPOT = '<meta charset="utf-8">\n'

#: Leaflet's options. ``maxZoom`` must be there because the map has no tiles that would give it one.
_LEAFLET: dict[str, Any] = {
    "attributionControl": False,
    "maxZoom": 12,
    "minZoom": 3,
    "preferCanvas": True,
    "wheelPxPerZoomLevel": 120,
    "zoomDelta": 0.5,
    "zoomSnap": 0.25,
}


class Addable(Protocol):
    """Anything that can be added to a folium map: a layer of ours, or a folium element."""

    def add_to(self, parent: Any) -> Any:
        """Add it."""


@dataclass(frozen=True)
class Map:
    """A page made of layers.

    Args:
        layers: In drawing order, the lowest first.
        title: The page's title.
        lang: The language of the page, BCP 47.
        dir: ``ltr`` or ``rtl``.

    Example:
        >>> import bordermap as bm
        >>> page = bm.Map([bm.BaseLayer()], title="Afghanistan")
        >>> "<title>Afghanistan</title>" in page.html()
        True
    """

    layers: Sequence[Addable]
    title: str = "bordermap"
    lang: str = "en"
    dir: str = "ltr"

    def html(self) -> str:
        """The whole page as text. The same layers give the same text.

        Raises:
            BordermapError: An element asks for something from elsewhere.
        """
        return whole(self._pieces())

    def encoded(self) -> bytes:
        """The whole page as the bytes of a file.

        Raises:
            BordermapError: An element asks for something from elsewhere.

        Example:
            >>> Map([]).encoded()[:15]
            b'<!DOCTYPE html>'
        """
        return encoded(self._pieces())

    def _pieces(self) -> list[Piece]:
        figure = elements.figure_class()(self._frame())  # type: ignore[arg-type]
        inner = elements.folium_map(options=_LEAFLET | {"location": [36.5, 68.0], "zoom_start": 6})
        figure.add_child(inner)
        for layer in self.layers:
            layer.add_to(inner)
        beside = page_panels(self.layers, self.title) | {"dir": self.dir}
        inner.add_child(elements.layer_element(beside, "bordermap.page"))
        return _with_policy(figure.pieces())  # type: ignore[attr-defined]

    def save(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write the page to a file, whole or not at all.

        Args:
            path: Where to.
            overwrite: Replace a file that is not a page of ours; ours may be replaced unasked.

        Returns:
            The path.

        Raises:
            OutputError: The file may not or cannot be written; what stood there stays.
        """
        return write_atomically(Path(path), self.encoded(), overwrite=overwrite, ours=is_page_of_ours)

    def _repr_html_(self) -> str:
        """The page in a notebook: a frame that holds the whole of it."""
        return (
            f'<iframe srcdoc="{escape_html(self.html())}" title="{escape_html(self.title)}" '
            'width="100%" height="640" sandbox="allow-scripts allow-popups" '
            'style="border:1px solid #d8d2c6"></iframe>'
        )

    def _frame(self) -> dict[str, str]:
        return {
            "lang": self.lang,
            "dir": self.dir,
            "title": self.title,
            "generator": GENERATOR,
            "noscript": f"{self.title}. This map is drawn by the script inside this file; allow it to run.",
        }


def is_page_of_ours(path: Path) -> bool:
    """Whether a file is a page that bordermap wrote."""
    try:
        with path.open("rb") as stream:
            return b'<meta name="generator" content="bordermap ' in stream.read(20_000)
    except OSError:
        return False


def _with_policy(pieces: Sequence[Piece]) -> list[Piece]:
    """The page with the policy that fits it: all of it is looked at but blocks, which hold base64 only."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape_html(policy_for(shell(pieces)))}">\n'
    first, *others = pieces
    assert isinstance(first, str), "a page begins with its head"
    return [first.replace(_POLICY_SPOT, _POLICY_SPOT + meta, 1), *others]
