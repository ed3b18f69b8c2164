"""The bundled casebook from the shell to the screen, beside folium's own way with the same incidents.

The peer writes one folium marker with a popup for each located claim, as a folium user would. It is not the
same page: it has no base map of its own and draws tiles from elsewhere, which are refused here.

Run: python benchmarks/bundled_casebook.py
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

ROUNDS = 7

PEER = """
import csv, pathlib, sys, folium
from bordermap.catalog import data_path
case = data_path("casebook")
read = lambda name: list(csv.DictReader((case / f"{name}.csv").open(encoding="utf-8")))
m = folium.Map([37.2, 69.0], zoom_start=7)
places = {p["place_id"]: p for p in read("places")}
claims = {c["claim_id"]: c for c in read("claims")}
for row in read("locations"):
    place = places.get(row["place_id"], {})
    if place.get("latitude"):
        popup = folium.Popup(claims[row["claim_id"]]["summary"], parse_html=True)
        folium.Marker([place["latitude"], place["longitude"]], popup=popup).add_to(m)
m.save(sys.argv[1])
"""


def seconds(command: list[str], cwd: Path) -> float:
    """One run of a command in a new process."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, cwd=cwd, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def launched(playwright: Playwright) -> Browser:
    """Headless Chromium, wherever it is installed."""
    binary = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    return playwright.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-gpu"])


def drawn_ms(browser: Browser, page_file: Path) -> float:
    """Milliseconds from the start of navigation until the page says that all is drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.route(lambda url: url.startswith("http"), lambda route: route.abort())
    page.goto(page_file.as_uri())
    page.wait_for_selector("html[data-bordermap=drawn]", state="attached")
    value: float = page.evaluate("performance.getEntriesByName('bordermap:drawn')[0].startTime")
    page.close()
    return value


def main() -> None:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp())
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(seconds([sys.executable, "-m", "bordermap", "render"], folder))
        peer.append(seconds([sys.executable, "-c", PEER, "peer.html"], folder))
    page = folder / "afghan-borders.html"
    with sync_playwright() as playwright:
        browser = launched(playwright)
        screen = [drawn_ms(browser, page) for _ in range(ROUNDS)]
        browser.close()
    build, other = statistics.median(ours), statistics.median(peer)
    megabytes = {name: (folder / name).stat().st_size / 1e6 for name in (page.name, "peer.html")}
    print(f"bordermap render   {build:6.2f} s   {megabytes[page.name]:.2f} MB   wanted: at most 2 s, 1.5 MB")
    print(f"folium markers     {other:6.2f} s   {megabytes['peer.html']:.2f} MB, tiles and scripts not in it")
    print(f"ratio              {build / other:6.2f}")
    print(
        f"on screen          {statistics.median(screen):6.0f} ms (worst {max(screen):.0f})   wanted: at most 500 ms"
    )
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
