"""Opens one page of `page.py` in headless Chromium: until drawn, frames while dragging, memory, what it asked for.

    python benchmarks/page_open.py ours|bare|folium PAGE.html BUDGET

Prints a line of JSON for each thing as soon as it is known, so that a page that stalls has told what it could.
"""

from __future__ import annotations

import json
import math
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, TimeoutError, ViewportSize, sync_playwright

from page_packages import Requests

_ROUNDS: Final = 3
#: Opened again while all rounds together take less than this share of the budget.
_ROUNDS_SHARE: Final = 0.5
_FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_SIZE: Final[ViewportSize] = {"width": 1280, "height": 800}
_DRAG_S: Final = 2.0
#: Between two movements of the mouse; what the last one starts may still come after it.
_STEP_S, _SETTLE_MS = 0.008, 600

#: Run before any script of the page. Frames and long tasks are seen by the page's own clock.
_WATCH: Final = """
(() => {
  let on = false, last = 0, worst = 0, frames = 0, task = 0;
  const frame = () => {
    if (!on) return;
    const now = performance.now();
    worst = Math.max(worst, now - last);
    last = now;
    frames += 1;
    requestAnimationFrame(frame);
  };
  const seen = (list) => list.forEach((one) => (task = Math.max(task, one.duration)));
  const watch = new PerformanceObserver((list) => seen(list.getEntries()));
  watch.observe({ type: 'longtask' });
  window.__frames = {
    begin() {
      seen(watch.takeRecords());
      [on, worst, frames, task] = [true, 0, 0, 0];
      requestAnimationFrame((now) => { last = performance.now(); requestAnimationFrame(frame); });
    },
    end() {
      return new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
        on = false;
        seen(watch.takeRecords());
        done({ worst, frames, task });
      })));
    },
  };
  // A page that says nothing itself counts as drawn in the first frame after all of its scripts have run.
  addEventListener('load', () => requestAnimationFrame(() => {
    performance.mark('peer:drawn');
    document.documentElement.dataset.drawn = '';
  }));
})();
"""

#: From the key to the card with its words: the client says when they were unpacked, if they had to be.
_CARD: Final = """() => {
  window.__card = new Promise((done) => addEventListener('keydown', (event) => {
    const look = () => {
      const card = document.querySelector('.bm-card');
      const mark = performance.getEntriesByName('bordermap:card').find((one) => one.startTime >= event.timeStamp);
      const words = card.querySelector('.bm-notes')?.textContent ?? '';
      if (card.hidden || !(mark || words)) return requestAnimationFrame(look);
      done({ ms: (mark ? mark.startTime : performance.now()) - event.timeStamp, notes: words.length });
    };
    look();
  }, { capture: true, once: true }));
  document.querySelector('.leaflet-container').focus();
}"""

#: How many points Leaflet holds, in clusters or not.
_POINTS: Final = """() => {
  const map = Object.keys(window).filter((name) => /^map_/.test(name)).map((name) => window[name])
    .find((one) => one instanceof L.Map);
  const found = new Set();
  map.eachLayer((layer) => {
    if (L.MarkerClusterGroup && layer instanceof L.MarkerClusterGroup) layer.getLayers().forEach((one) => found.add(one));
    else if (L.MarkerCluster && layer instanceof L.MarkerCluster) return;
    else if (layer instanceof L.Marker || layer instanceof L.CircleMarker) found.add(layer);
  });
  return found.size;
}"""
_MOVED: Final = "() => document.querySelector('.leaflet-map-pane').style.transform"


class Opened:
    """A page that is open, whoever made it.

    Args:
        browser: A running one.
        file: The page.
        ours: Whether it is bordermap's.
        budget: Seconds that it may take until drawn.
    """

    def __init__(self, browser: Browser, file: Path, ours: bool, budget: float) -> None:
        self._browser, self._ours, self._budget = browser, ours, budget
        self._file, self.requests, self.errors = file, Requests(), list[str]()
        self._context = browser.new_context(viewport=_SIZE)
        self._context.add_init_script(_WATCH)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(budget * 1000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.requests.watch(self.page)

    def drawn(self) -> float:
        """Open the page: seconds until it is drawn."""
        mark, told = ("bordermap:drawn", "bordermap=drawn") if self._ours else ("peer:drawn", "drawn")
        self.page.goto(self._file.as_uri(), wait_until="commit")
        self.page.wait_for_selector(f"html[data-{told}]", state="attached")
        return float(self.page.evaluate(f"performance.getEntriesByName('{mark}')[0].startTime")) / 1000

    def memory(self) -> dict[str, float]:
        """Megabytes after a collection: JavaScript's heap, buffers beside it, and the process's own memory."""
        session = self._context.new_cdp_session(self.page)
        session.send("HeapProfiler.collectGarbage")
        session.send("Performance.enable")
        metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        buffers = session.send("Runtime.getHeapUsage").get("backingStorageSize", 0)
        processes = self._browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        own = max(_private_kb(each["id"]) for each in processes if each["type"] == "renderer")
        return {
            "heap_mb": metrics["JSHeapUsedSize"] / 1e6,
            "buffers_mb": buffers / 1e6,
            "process_mb": own / 1e3,
        }

    def incidents(self) -> dict[str, int]:
        """How many incidents the page says or draws."""
        if not self._ours:
            return {"points": self.page.evaluate(_POINTS)}
        said = self.page.text_content(".bm-sum") or ""
        count = re.search(r"([\d,]+) incidents", said)
        points = re.search(r"([\d,]+) at a place", said)
        return {"counted": _number(count), "points": _number(points)}

    def pan(self) -> dict[str, float]:
        """Drag the map along an ellipse."""
        before = self.page.evaluate(_MOVED)

        def path(share: float) -> tuple[float, float]:
            angle = 1.5 * math.pi * share
            return 800 + 220 * math.cos(angle), 340 + 120 * math.sin(angle)

        seen = self._dragged(path)
        assert self.page.evaluate(_MOVED) != before, "the map did not move"
        return {"pan_ms": seen["worst"], "pan_task_ms": seen["task"], "pan_frames": seen["frames"]}

    def brush(self) -> dict[str, float]:
        """Drag a range in the strip of time, wider and narrower again."""
        box = self.page.locator(".bm-dock .bm-strip-plot").last.bounding_box()
        assert box, "there is no strip of time"

        def path(share: float) -> tuple[float, float]:
            wide = math.sin(0.75 * math.pi * share)
            return box["x"] + box["width"] * (0.2 + 0.7 * wide), box["y"] + box["height"] / 2

        seen = self._dragged(path)
        shown = re.search(r"Showing ([\d,]+)", self.page.text_content(".bm-chips-result") or "")
        assert shown, "the strip of time filtered nothing"
        return {
            "brush_ms": seen["worst"],
            "brush_task_ms": seen["task"],
            "brush_frames": seen["frames"],
            "brushed": _number(shown),
        }

    def card(self) -> dict[str, float]:
        """Open the first incident by key, and close it again."""
        self.page.evaluate(_CARD)
        self.page.keyboard.press("n")
        found: dict[str, float] = self.page.evaluate("() => window.__card")
        assert found["notes"], "the card has no notes"
        self.page.keyboard.press("Escape")
        self.page.wait_for_timeout(_SETTLE_MS)
        return {"card_ms": found["ms"], "card_notes": found["notes"]}

    def close(self) -> None:
        """Close it."""
        self._context.close()

    def _dragged(self, path: Callable[[float], tuple[float, float]]) -> dict[str, float]:
        mouse = self.page.mouse
        mouse.move(*path(0))
        self.page.wait_for_timeout(_SETTLE_MS)
        self.page.evaluate("() => window.__frames.begin()")
        mouse.down()
        begun = time.perf_counter()
        while (passed := time.perf_counter() - begun) < _DRAG_S:
            mouse.move(*path(passed / _DRAG_S))
            time.sleep(_STEP_S)
        mouse.up()
        self.page.wait_for_timeout(_SETTLE_MS)
        seen: dict[str, float] = self.page.evaluate("() => window.__frames.end()")
        return seen


def _number(found: re.Match[str] | None) -> int:
    return int(found[1].replace(",", "")) if found else 0


def _private_kb(process: int) -> int:
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    return sum(
        int(kb) for kb in re.findall(r"^Private_(?:Clean|Dirty):\s+(\d+) kB", text, flags=re.MULTILINE)
    )


def measured(opened: Opened, kind: str) -> Iterator[dict[str, Any]]:
    """All that is measured of one page, each as soon as it is known."""
    yield {"drawn_s": opened.drawn()}
    yield opened.incidents()
    yield opened.memory()
    yield opened.pan()
    if kind == "ours":
        yield opened.card()
    if kind != "folium":
        yield opened.brush()
    requests = opened.requests
    yield {"served": requests.served, "refused": len(requests.refused), "errors": len(opened.errors)}


def main(kind: str, file: Path, budget: float) -> None:
    """Open the page up to three times."""
    binary = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=_FLAGS)
        print(json.dumps({"browser": browser.version}), flush=True)
        begun = time.perf_counter()
        for number in range(_ROUNDS):
            opened = Opened(browser, file, kind != "folium", budget)
            try:
                for said in measured(opened, kind):
                    print(json.dumps(said), flush=True)
            except TimeoutError:
                break
            opened.close()
            taken = time.perf_counter() - begun
            if taken + taken / (number + 1) > budget * _ROUNDS_SHARE:
                break
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
