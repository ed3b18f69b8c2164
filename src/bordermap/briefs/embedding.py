"""The lines that put a page of ours into a web page: a frame that can do nothing to its host."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bordermap.errors import InputError, UsageError
from bordermap.text import escape_html, plain

#: What the frame may do: run the page's own script, and open the sources that it links to in a new tab.
SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
_STYLE: Final = (
    "display:block;width:100%;height:auto;aspect-ratio:{};min-height:420px;border:1px solid #ddd7ca"
)
#: The page's head is within so many bytes.
_HEAD: Final = 400_000


@dataclass(frozen=True)
class Embedding:
    """What a host needs.

    Attributes:
        html: The figure: a frame with a title, and inside it what stands where no frame may.
        policy: The directive that the host's content security policy must hold, if it has one.
        title: The page's title.
    """

    html: str
    policy: str
    title: str


def embedding(page: Path, url: str, *, image: str = "", ratio: str = "4/3") -> Embedding:
    """The lines that show a page of ours in a web page.

    Args:
        page: The page as bordermap wrote it; its title is taken from it.
        url: Where it will be found: http or https.
        image: Where a picture of it will be found, for readers who see no frame; empty for none.
        ratio: Width to height of the frame.

    Returns:
        See :class:`Embedding`. The figure is as wide as its column, and never lower than 420 pixels.

    Raises:
        InputError: The file is no page of ours (BM601), or cannot be read (BM602).
        UsageError: An address is not http or https, or has a user name in it (BM603).

    Example:
        >>> import tempfile
        >>> import bordermap as bm
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = bm.Map([bm.BaseLayer()], title="Afghanistan").save(Path(folder) / "map.html")
        ...     found = embedding(file, "https://maps.example.org/map.html")
        >>> found.policy, found.title
        ('frame-src https://maps.example.org', 'Afghanistan')
    """
    title, lang = _title_of(page)
    origin = _origin(url)
    if image:
        _origin(image)
    name, address = escape_html(title), escape_html(url)
    picture = (
        f'<img src="{escape_html(image)}" alt="{name}" style="max-width:100%;height:auto">' if image else name
    )
    html = (
        f'<figure style="margin:0" lang="{escape_html(lang)}">\n'
        f'  <iframe src="{address}" title="{name}" loading="lazy" sandbox="{SANDBOX}" '
        'referrerpolicy="no-referrer"\n'
        # Where the host's policy forbids styles, width and height remain.
        f'    width="100%" height="560" style="{_STYLE.format(ratio)}">\n'
        f'    <a href="{address}">{picture}</a>\n'
        "  </iframe>\n"
        f'  <figcaption>{name}. <a href="{address}">Open the map by itself</a></figcaption>\n'
        "</figure>"
    )
    return Embedding(html, f"frame-src {origin}", title)


def _origin(url: str) -> str:
    """Scheme and host of an address that may stand in a page."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    known = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    if not known or any(letter.isspace() or letter in "\"'<>\\`;," for letter in url):
        raise UsageError(
            f"{plain(url)} is no address that a page can be found at",
            hint="Give the whole address, for example https://maps.example.org/map.html.",
            code="BM603",
        )
    return f"{parts.scheme}://{parts.hostname}" + (f":{port}" if port else "")


def _title_of(page: Path) -> tuple[str, str]:
    """The title and the language of a page of ours."""
    try:
        with page.open("rb") as stream:
            head = stream.read(_HEAD).decode("utf-8", "replace")
    except OSError as error:
        raise InputError(
            f"{plain(page)} cannot be read: {error.strerror}",
            hint="Name the page that bordermap render wrote.",
            code="BM602",
        ) from error
    found = _Head()
    found.feed(head)
    if not found.ours:
        raise InputError(
            f"{plain(page)} is not a page that bordermap wrote",
            hint="Write one with bordermap render, and name that.",
            code="BM601",
        )
    return found.title.strip() or "Map of reported border incidents", found.lang or "en"


class _Head(HTMLParser):
    """Title, language and generator of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title, self.lang, self.ours = "", "", False
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._inside = tag == "title" and not self.title
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "meta" and given.get("name") == "generator":
            self.ours = given.get("content", "").startswith("bordermap ")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False
