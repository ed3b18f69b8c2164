"""A real headless Chromium that refuses every http(s) request and remembers what was asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, sync_playwright

import bordermap as bm
from bordermap.maps.assets import bundled
from bordermap.maps.casebook_page import casebook_page

from support.visits import Open, OpenPlain, Visit

FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-sandbox",
]  # fmt: skip

#: Run before any script of the page: remembers what the policy refused and whether something foreign ran.
WATCH = """
window.__refused = []; window.__ran = [];
document.addEventListener('securitypolicyviolation', e => window.__refused.push(e.effectiveDirective));
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    binary = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert binary, "headless Chromium is missing: run `make browser` or install the package chromium"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=binary, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a file as a person would, and waits until the page says that all is drawn."""
    contexts = []

    def open_(
        path: Path,
        *,
        width: int = 1280,
        height: int = 800,
        wait: bool = True,
        wait_ms: int = 15_000,
        **options: Any,
    ) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.add_init_script(WATCH)
        visit = Visit(context.new_page())

        def refuse(route: Route) -> None:
            visit.requests.append(route.request.url)
            route.abort()

        def dismiss(dialog: Dialog) -> None:
            visit.dialogs.append(dialog.message)
            dialog.dismiss()

        visit.page.route(lambda url: not url.startswith(("file:", "data:", "blob:")), refuse)
        visit.page.on(
            "console", lambda m: visit.errors.append(m.text) if m.type in ("error", "warning") else None
        )
        visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
        visit.page.on("dialog", dismiss)
        visit.page.goto(path.as_uri())
        if wait:
            visit.page.wait_for_selector("html[data-bordermap=drawn]", timeout=wait_ms, state="attached")
        return visit

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def bundled_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled casebook's page in a file."""
    return casebook_page(bm.read_casebook()).save(tmp_path_factory.mktemp("page") / "afghan-borders.html")


@pytest.fixture
def open_plain_map(browser: Browser) -> Iterator[OpenPlain]:
    """Opens a folium map of somebody else's; with the page, the errors of its scripts."""
    pages = []

    def open_(path: Path) -> tuple[Page, list[str]]:
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        pages.append(page)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))

        def serve(route: Route) -> None:
            # folium asks for Leaflet from elsewhere; here it gets the one that is bundled.
            name = route.request.url.rsplit("/", 1)[-1]
            route.fulfill(body=bundled(name)) if name in ("leaflet.js", "leaflet.css") else route.abort()

        page.route(lambda url: url.startswith("http"), serve)
        page.goto(path.as_uri())
        return page, errors

    yield open_
    for page in pages:
        page.close()
