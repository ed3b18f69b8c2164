"""Faults of putting a page into a web page."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table

FAULTS: Final = table(
    ("BM601", "the file is not a page that bordermap wrote",
     "bordermap embed index.html --url https://example.org/index.html",
     "Write a page with bordermap render, and name that."),
    ("BM602", "the page cannot be read",
     "bordermap embed no-such-map.html --url https://example.org/map.html",
     "Name the page that bordermap render wrote."),
    ("BM603", "the address is none that a page can be found at",
     "--url map.html, or --url javascript:alert(1)",
     "Give the whole address, for example https://maps.example.org/map.html."),
)  # fmt: skip
