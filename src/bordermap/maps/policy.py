"""The content security policy inside the page, and the last look that nothing in it reaches outside."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

from bordermap.errors import BordermapError

#: Script types that a browser runs; anything else is data.
_RUNNABLE = ("", "text/javascript", "module")
#: Attributes that make a browser fetch something.
_FETCHING = ("src", "srcset", "poster", "data", "background", "action", "formaction", "manifest", "ping")
_OUTSIDE_CSS = re.compile(r"(@import[^;]*|url\((?![\"']?(?:data:|#))[^)]*\))")


class _Inventory(HTMLParser):
    """Collects the inline scripts and styles as the browser sees them, and what would be fetched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.outside: list[str] = []
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note_outside(tag, given)
        if tag == "script" and "src" not in given and given.get("type", "").lower() in _RUNNABLE:
            self._start(self.scripts)
        elif tag == "style":
            self._start(self.styles)

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._open = None

    def _start(self, texts: list[str]) -> None:
        texts.append("")
        self._open = texts

    def _note_outside(self, tag: str, given: dict[str, str]) -> None:
        wanted = [given[name] for name in _FETCHING if name in given]
        if tag == "link":
            wanted.append(given.get("href", ""))
        inline = [name for name in given if name.startswith("on") or name == "style"]
        self.outside += [url for url in wanted if not url.startswith("data:")]
        self.outside += [f"{tag}[{name}]" for name in inline]


def _hashes(texts: list[str]) -> str:
    digests = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts}
    return " ".join(f"'sha256-{digest}'" for digest in sorted(digests)) or "'none'"


def policy_for(html: str) -> str:
    """The policy that lets exactly the page's own inline scripts and styles run, and nothing be fetched.

    Args:
        html: The finished page; anything changed afterwards no longer runs.

    Returns:
        The content of the ``Content-Security-Policy`` meta element.

    Raises:
        BordermapError: An element would fetch something, or carries an inline handler or style.

    Example:
        >>> policy_for("<script>1</script>")
        "default-src 'none'; script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='; style-src 'none'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
        >>> policy_for('<img src="https://example.org/a.png">')
        Traceback (most recent call last):
        bordermap.errors.BordermapError: the page would reach outside itself: https://example.org/a.png
    """  # noqa: E501
    seen = _Inventory()
    seen.feed(html)
    seen.close()
    seen.outside += [url for style in seen.styles for url in _OUTSIDE_CSS.findall(style)]
    if seen.outside:
        raise BordermapError(
            f"the page would reach outside itself: {', '.join(seen.outside[:3])}",
            hint="Leave out the element that asks for it; a page of bordermap holds all it needs.",
            code="BM413",
        )
    return (
        f"default-src 'none'; script-src {_hashes(seen.scripts)}; style-src {_hashes(seen.styles)}; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
