"""An opened page and what happened while it was open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page


@dataclass
class Visit:
    """One opened page and what happened while it was open."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many incidents stand where, read from the page."""
        result: dict[str, int] = self.page.evaluate(
            """() => ({
                symbols: document.querySelectorAll('.bm-symbol[data-event-id]').length,
                badged: [...document.querySelectorAll('.bm-badge[data-event-ids]')].reduce((n, b) => n + Number(b.dataset.count), 0),
                listed: document.querySelectorAll('.bm-listed[data-event-id]').length,
                rows: document.querySelectorAll('tr[data-event-id]').length,
            })"""
        )
        return result


Open = Callable[..., Visit]
#: A folium map of somebody else's, opened: the page, and the errors of its scripts.
OpenPlain = Callable[[Path], tuple[Page, list[str]]]
