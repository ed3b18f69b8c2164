"""A page inside somebody else's, on real servers: under a strict policy it shows itself and can do nothing else."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bordermap.briefs.embedding import embedding

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word; pages of the host have a policy."""

    policy = ""

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def serve() -> Iterator[object]:
    """Serves folders on loopback, each on a port of its own."""
    running: list[ThreadingHTTPServer] = []

    def start(folder: Path, policy: str = "") -> str:
        handler = type("Handler", (Quiet,), {"policy": policy})
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("width", [1000, 390])
def test_a_framed_page_draws_itself_and_reaches_nothing(
    browser: Browser, bundled_page: Path, serve: object, tmp_path: Path, width: int
) -> None:
    maps = serve(bundled_page.parent)  # type: ignore[operator]
    found = embedding(bundled_page, f"{maps}/{bundled_page.name}")
    (tmp_path / "post.html").write_text(
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>A post</title><main><p>Text</p>{found.html}</main></html>",
        encoding="utf-8",
    )
    host = serve(tmp_path, f"default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; {found.policy}")  # type: ignore[operator]
    page = browser.new_page(viewport={"width": width, "height": 800})
    errors: list[str] = []
    page.on(
        "console",
        lambda m: errors.append(m.text) if m.type == "error" and "favicon" not in m.location["url"] else None,
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{host}/post.html")
    frame = page.frame_locator("iframe")
    frame.locator("html[data-bordermap=drawn]").wait_for(state="attached", timeout=20_000)
    assert page.locator("iframe").get_attribute("title")
    assert frame.locator(".bm-symbol").count() == 7
    frame.locator(".bm-symbol").first.focus()
    page.keyboard.press("Enter")
    frame.locator(".bm-card").wait_for()
    inner = next(each for each in page.frames if each != page.main_frame)
    reach = "() => { try { return parent.document.title } catch { return 'refused' } }"
    assert inner.evaluate(reach) == "refused"
    assert (
        inner.evaluate("() => { try { return String(localStorage) } catch { return 'refused' } }")
        == "refused"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box = page.locator("iframe").bounding_box()
    assert box and box["height"] >= 420
    assert errors == []
    page.close()


def test_without_the_line_the_host_shows_no_frame(
    browser: Browser, bundled_page: Path, serve: object, tmp_path: Path
) -> None:
    maps = serve(bundled_page.parent)  # type: ignore[operator]
    found = embedding(bundled_page, f"{maps}/{bundled_page.name}")
    (tmp_path / "post.html").write_text(f"<!DOCTYPE html><title>A post</title>{found.html}", encoding="utf-8")
    host = serve(tmp_path, "default-src 'none'; style-src 'unsafe-inline'")  # type: ignore[operator]
    page = browser.new_page()
    page.goto(f"{host}/post.html")
    page.wait_for_timeout(500)
    assert all(not each.url.startswith(maps) for each in page.frames)
    page.close()
