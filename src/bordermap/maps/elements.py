"""The folium elements of our own, made where folium is at hand.

folium is imported inside the functions: half a second that ``bordermap --help`` must not pay. Data reaches
the page as JSON in an element of its own, never through a Jinja template: folium renders what its elements
hold a second time, and text such as ``{{ … }}`` would run there.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from bordermap.maps import assets
from bordermap.maps.blocks import Piece, block_elements, parted, whole
from bordermap.text import escape_html, json_for_script

if TYPE_CHECKING:
    import folium
    from branca.element import Element, Figure


@cache
def raw_class() -> type[Element]:
    """The element class that renders its text as it is, past Jinja."""
    from branca.element import Element

    class Raw(Element):
        """Text that no template engine looks at."""

        def __init__(self, *pieces: Piece) -> None:
            super().__init__()
            self._name = "Raw"
            self.pieces = pieces

        def render(self, **kwargs: object) -> str:
            return whole(self.pieces)

    return Raw


def raw(*pieces: Piece) -> Element:
    """An element that renders exactly the text given."""
    return raw_class()(*pieces)  # type: ignore[arg-type]


@cache
def layer_class() -> type[Element]:
    """The element class that carries one layer's data and hands it to the browser client."""
    from branca.element import Figure, MacroElement

    class LayerElement(MacroElement):
        """One layer of bordermap in any folium map."""

        def __init__(self, payload: dict[str, Any], call: str) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self._name = "BordermapLayer"
            self.payload, self.call = payload, call

        def render(self, **kwargs: object) -> None:  # type: ignore[override]
            figure, parent = self.get_root(), self._parent
            assert isinstance(figure, Figure) and parent is not None, "a layer is rendered inside a map"
            add_client(figure)
            name, data_id = self.get_name(), f"bm-data-{self._id}"
            payload = {key: value for key, value in self.payload.items() if key != "blocks"}
            data = f'<script type="application/json" id="{data_id}">{json_for_script(payload)}</script>'
            first, later = parted(block_elements(data_id, self.payload.get("blocks", ())))
            figure.html.add_child(raw(data, *first), name=name)
            # What is asked for later stands behind the scripts, which need not wait until it is read; a
            # figure that is not ours has no such place.
            if later:
                getattr(figure, "late", figure.html).add_child(raw(*later), name=f"{name}_late")
            line = f'{self.call}({parent.get_name()}, "{data_id}");'
            figure.script.add_child(raw(line), name=name)

    return LayerElement


def layer_element(payload: dict[str, Any], call: str = "bordermap.add") -> Element:
    """The folium element of one layer.

    Args:
        payload: What the browser client needs to draw it: plain JSON values; the texts of ``blocks`` get
            elements of their own, ``{id}-0`` and so on.
        call: The client's function that takes the map and the id of the data.
    """
    return layer_class()(payload, call)  # type: ignore[arg-type]


def add_client(figure: Figure) -> None:
    """Put the browser client into a figure's head, once, whatever map it stands in."""
    for name, text in (
        ("bordermap_css", f"<style>{assets.bundled('bordermap.css')}</style>"),
        ("bordermap_js", f"<script>{_closed(assets.bundled('bordermap.js'))}</script>"),
    ):
        if name not in figure.header._children:
            figure.header.add_child(raw(text), name=name)


def _closed(script: str) -> str:
    """A script whose text cannot end its own element."""
    return re.sub(r"</(?=script)", r"<\\/", script, flags=re.IGNORECASE)


_PAGE = """<!DOCTYPE html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="{generator}">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
{header}
</head>
<body>
{html}
<noscript><p>{noscript}</p></noscript>
<script>
{script}
</script>
{late}</body>
</html>
"""


@cache
def figure_class() -> type[Figure]:
    """The figure class of a page: one file, its scripts and styles inside, nothing from elsewhere."""
    from branca.element import CssLink, Element, Figure, JavascriptLink

    class PageFigure(Figure):
        """A branca figure with a language, a title and no addresses."""

        def __init__(self, frame: dict[str, str]) -> None:
            super().__init__()
            self.frame = frame
            self.header._children.clear()  # our template has its own charset
            self.late = Element()

        def render(self, **kwargs: object) -> str:
            return whole(self.pieces(**kwargs))

        def pieces(self, **kwargs: object) -> list[Piece]:
            """The page, with its blocks of data apart from what has to be looked at."""
            number_ids(self)
            for child in list(self._children.values()):
                child.render(**kwargs)
            for name, child in list(self.header._children.items()):
                if isinstance(child, (JavascriptLink, CssLink)):
                    self.header._children[name] = raw(_inline(child.url, isinstance(child, CssLink)))
            parts = {key: escape_html(value) for key, value in self.frame.items()}
            before, rest = _PAGE.split("{html}")
            between, after = rest.split("{late}")
            header, script = _without_viewport(_rendered(self.header)), _rendered(self.script)
            return [
                before.format(header=header, **parts),
                *_pieces(self.html),
                between.format(script=script, **parts),
                *_pieces(self.late),
                after,
            ]

    return PageFigure


def _rendered(element: Element) -> str:
    return whole(_pieces(element)).strip()


def _pieces(element: Element) -> list[Piece]:
    """What the children of an element render, one a line."""
    found: list[Piece] = []
    for child in element._children.values():
        found += ["\n"] if found else []
        found += getattr(child, "pieces", None) or [child.render()]
    return found


def _inline(url: str, css: bool) -> str:
    text = assets.inlined(url)
    if not text:
        return ""
    return f"<style>{text}</style>" if css else f"<script>{_closed(text)}</script>"


def _without_viewport(header: str) -> str:
    # folium's forbids zooming with two fingers, which people with weak sight need.
    return re.sub(r'<meta name="viewport"[^>]*user-scalable=no[^>]*>', "", header)


def number_ids(root: Element) -> None:
    """Give every element below a number for an id, in order: folium's own are random."""
    waiting, number = [root], 0
    while waiting:
        element = waiting.pop(0)
        element._id = f"{number}"
        number += 1
        waiting += element._children.values()


def folium_map(*, options: dict[str, Any]) -> folium.Map:
    """A folium map without tiles, controls or anything from elsewhere.

    Args:
        options: Leaflet's options, in Leaflet's spelling.
    """
    import folium

    return folium.Map(tiles=None, zoom_control=False, font_size="1rem", **options)
