"""Takes the pictures of docs/images from the bundled casebook's page, in headless Chromium.

Run: python docs/pictures.py
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import bordermap as bm
from bordermap.maps.casebook_page import casebook_page

IMAGES = Path(__file__).resolve().parent / "images"


def main() -> None:
    """Draw the page, open a card, take the picture."""
    folder = Path(tempfile.mkdtemp())
    page_file = casebook_page(bm.read_casebook()).save(folder / "page.html")
    binary = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(page_file.as_uri())
        page.wait_for_selector("html[data-bordermap=drawn]", state="attached")
        page.locator(".bm-symbol").first.click()
        page.wait_for_timeout(600)
        page.screenshot(path=IMAGES / "page.png")
        browser.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
