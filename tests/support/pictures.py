"""Pictures of pages, and how alike two of them are."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from support import ROOT

FOLDER: Final = ROOT / "tests/golden"
#: Pictures are compared by squares of so many pixels, averaged: the edges of letters may differ between browsers.
_SQUARE: Final = 8
#: A square differs when a channel of its average does by more, and so many of a thousand may.
_TOLERANCE, _PER_MILLE = 20, 4


@dataclass(frozen=True)
class Picture:
    """One picture: which page, in which window, after what was done."""

    name: str
    page: str
    width: int
    height: int
    does: Callable[[Page], None] = field(default=lambda page: None)
    options: Mapping[str, Any] = field(default_factory=dict)
    media: str = "screen"


def table_and_card(page: Page) -> None:
    """The table open, and the card of its third row."""
    page.keyboard.press("t")
    page.wait_for_timeout(300)
    page.locator("#bm-table tbody tr").nth(2).click()


def filtered(page: Page) -> None:
    """A type chosen, a range brushed by keys, the strip along the border open."""
    page.locator("details.bm-facet summary").first.click()
    page.locator("details.bm-facet input[type=checkbox]").first.check()
    page.locator(".bm-map").focus()
    page.keyboard.press("b")
    start = page.locator(".bm-dock [role=slider]").nth(-2)
    start.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.locator(".bm-map").focus()


def sheet(name: str) -> Callable[[Page], None]:
    """A sheet of the phone, open."""
    return lambda page: page.locator(f".bm-bar-button[data-sheet={name}]").click()


PICTURES: Final = (
    Picture("casebook-desk", "casebook", 1280, 800),
    Picture("casebook-desk-dark-table", "casebook", 1280, 800, table_and_card, {"color_scheme": "dark"}),
    Picture("casebook-desk-filtered", "casebook", 1280, 800, filtered),
    Picture("casebook-phone", "casebook", 390, 844),
    Picture("casebook-phone-filter", "casebook", 390, 844, sheet("filters")),
    Picture("casebook-phone-time", "casebook", 390, 844, sheet("time"), {"color_scheme": "dark"}),
    Picture("casebook-print", "casebook", 794, 1123, media="print"),
    Picture("casebook-rtl", "rtl", 1280, 800),
    Picture("rows-desk", "rows", 1280, 800),
    Picture("rows-desk-table", "rows", 1280, 800, table_and_card),
    Picture("rows-phone", "rows", 390, 844, options={"color_scheme": "dark"}),
    Picture("rows-print", "rows", 794, 1123, media="print"),
)


def taken(picture: Picture, page: Page) -> Image.Image:
    """The picture of an opened page."""
    page.wait_for_timeout(200)
    picture.does(page)
    page.wait_for_timeout(700)
    if picture.media == "print":
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print", color_scheme="light")
        page.wait_for_timeout(700)
    return Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")


def small(image: Image.Image) -> Image.Image:
    """The same with few colours, as it is kept."""
    return image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """How many of a thousand squares of two pictures differ; 1000 where they are not of one size."""
    if one.size != other.size:
        return 1000.0
    first, second = (_averages(image.convert("RGB")) for image in (one, other))
    return float((np.abs(first - second).max(axis=2) > _TOLERANCE).mean() * 1000)


def is_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether a reader would take two pictures for the same."""
    return unlike(one, other) <= _PER_MILLE


def _averages(image: Image.Image) -> Any:
    width, height = (side // _SQUARE for side in image.size)
    return np.asarray(image.resize((width, height), Image.Resampling.BOX), dtype=float)


def golden(name: str) -> Path:
    """Where the picture to compare with is kept."""
    return FOLDER / f"{name}.png"
