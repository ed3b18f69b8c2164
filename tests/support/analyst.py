"""What an analyst does with a page: looks up counts, ticks, brushes, sorts, types; by mouse and keys, as a person does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

_COUNT = re.compile(r"^(?:([\d,]+)(?: \+ |$))?(?:([\d,]+) possibly)?$")


@dataclass(frozen=True)
class Analyst:
    """Somebody in front of an opened page."""

    page: Page

    def facet(self, title: str) -> Locator:
        """A list of the filters, opened."""
        facet = self.page.locator("details.bm-facet").filter(has=self.page.get_by_role("heading", name=title))
        if facet.get_attribute("open") is None:
            facet.locator("summary").click()
        facet.locator(".bm-facet-list").first.wait_for()
        more = facet.locator(".bm-facet-more:visible")
        for at in range(more.count()):
            if more.nth(at).get_attribute("aria-expanded") == "false":
                more.nth(at).click()
        return facet

    def counts(self, title: str) -> dict[str, tuple[int, int]]:
        """Certain and possible by word, as the list of a facet says them now; only what is not none."""
        self.settle()
        return self._read(self.facet(title))

    def statuses(self) -> dict[str, tuple[int, int]]:
        """The same of the legend."""
        self.settle()
        return self._read(self.page.locator(".bm-legend"))

    def _read(self, part: Locator) -> dict[str, tuple[int, int]]:
        rows = part.locator(".bm-switch").evaluate_all(
            "rows => rows.map(row => [row.querySelector('input').dataset.key, row.querySelector('.bm-count').textContent])"
        )
        found = {}
        for key, text in rows:
            numbers = _COUNT.match(text.strip())
            assert numbers, text
            certain, possible = (int((each or "0").replace(",", "")) for each in numbers.groups())
            if certain or possible:
                found[key.partition(":")[2]] = (certain, possible)
        return found

    def tick(self, title: str, word: str, dimension: str) -> None:
        """Ticks one word of a facet."""
        self.facet(title).locator(f'input[data-key="{dimension}:{word}"]').check()
        self.settle()

    def brush(self, share_from: float, share_to: float) -> str:
        """Drags over the time strip; what the strip then says."""
        box = self.page.locator(".bm-dock .bm-strip-plot").last.bounding_box()
        assert box
        y = box["y"] + box["height"] / 3
        self.page.mouse.move(box["x"] + share_from * box["width"], y)
        self.page.mouse.down()
        for step in range(1, 6):
            share = share_from + (share_to - share_from) * step / 5
            self.page.mouse.move(box["x"] + share * box["width"], y)
        self.page.mouse.up()
        self.settle()
        return self.strip_text()

    def strip_text(self) -> str:
        """What the time strip says of the range."""
        return str(self.page.locator(".bm-dock .bm-strip-text").last.inner_text())

    def shown(self) -> int:
        """How many incidents the page says are shown."""
        self.settle()
        text = self.page.locator(".bm-chips-result").inner_text()
        found = re.search(r"Showing ([\d,]+) of", text)
        assert found, text
        return int(found.group(1).replace(",", ""))

    def settle(self) -> None:
        """Waits until what follows a change a moment later has followed."""
        self.page.wait_for_timeout(260)

    def open_table(self) -> Locator:
        """The table, in view."""
        if not self.page.locator("#bm-table").is_visible():
            self.page.get_by_role("button", name="Table", exact=True).first.click()
        self.settle()
        return self.page.locator("#bm-table")

    def column(self, name: str) -> list[str]:
        """The cells of a column of the table that are there now."""
        heads = self.page.locator("#bm-table thead th").all_inner_texts()
        at = [head.strip() for head in heads].index(name)
        cells = self.page.locator(f"#bm-table tbody tr > :nth-child({at + 1})")
        return [text.strip() for text in cells.all_inner_texts()]
