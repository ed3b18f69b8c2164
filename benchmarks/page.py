"""The page: from rows that were read to incidents on the screen, bordermap beside folium, geopandas, pydeck, lonboard.

    python benchmarks/page.py [--quick] [--write] [--budget SECONDS] [--only WAY,WAY]

Each way builds its page in a process of its own, in turn, from the same made-up rows, and each page is opened in a
headless Chromium of its own from the disk. Pages get no network; folium's get the scripts and styles that they ask
for from npm packages of the same versions, kept in the folder that the environment variable PAGE_PACKAGES names. The
answers are checked against each other. --write puts the tables into docs/performance.md. Peers that are not there are
named with what to install: `benchmarks/requirements.txt`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

import bundled_casebook
import document
import page_packages
from page_build import WAYS, missing
from page_report import Bundled, Measured, Results, checks, tables, verdicts

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from support.page_rows import write as write_rows

_HERE: Final = Path(__file__).resolve().parent
_START, _END = "<!-- page: made by benchmarks/page.py --write -->", "<!-- end of page -->"
_SIZES: Final = [1000, 10_000, 100_000, 1_000_000]
_WARM: Final = 200
#: A process may take so many budgets in all: reading is not counted, and a slow page is opened, then dragged.
_ALL: Final = 2


def child(program: str, *arguments: Any, seconds: float) -> tuple[list[dict[str, Any]], str]:
    """What a program beside this one prints as lines of JSON until its time is over, and why it failed."""
    command = [sys.executable, str(_HERE / program), *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
        printed, said = done.stdout, done.stderr.decode() if done.returncode else ""
    except subprocess.TimeoutExpired as error:
        # Chromium ends with the process that started it.
        printed, said = error.stdout or b"", ""
    lines = [json.loads(line) for line in printed.decode().splitlines() if line.endswith("}")]
    return lines, said.strip().rpartition("\n")[2]


def measure(folder: Path, name: str, size: int, budget: float, before: Measured | None) -> Measured:
    """One way at one size; what would take longer than the budget is left out."""
    found = Measured(size)
    grown = size / before.size if before else 1.0
    if before and (not before.built or before.built["build_s"] * grown > budget):
        return found
    kind = WAYS[name]
    rows, warm, page = (
        folder / f"{part}{'' if kind.notes else '-bare'}.{suffix}"
        for part, suffix in (("rows", "csv"), ("warm", "csv"), ("page", "html"))
    )
    said, found.failed = child("page_build.py", name, rows, warm, page, budget, seconds=_ALL * budget)
    if not said:
        return found
    found.built = said[0]
    expected = before.median("drawn_s") if before else 0.0
    if kind.screen and expected is not None and expected * grown <= budget:
        who = "folium" if not name.startswith("bordermap") else "ours" if kind.notes else "bare"
        found.opened, found.failed = child("page_open.py", who, page, budget, seconds=_ALL * budget)
    page.unlink()
    return found


def measure_all(folder: Path, names: list[str], sizes: list[int], budget: float) -> Results:
    """Every way at every size, in turn."""
    found: Results = {name: {} for name in names}
    for notes in (True, False):
        write_rows(folder / f"warm{'' if notes else '-bare'}.csv", _WARM, notes=notes)
    for size in sizes:
        write_rows(folder / "rows.csv", size)
        for name in names:
            kind = WAYS[name]
            if missing(name) or size > kind.most or not (kind.notes or size == sizes[-1]):
                continue
            if not kind.notes:
                write_rows(folder / "rows-bare.csv", size, notes=False)
            before = found[name].get(_before(size, sizes))
            found[name][size] = measured = measure(folder, name, size, budget, before)
            print(f"{size:>9,} {name:<15} {_said(measured)}", file=sys.stderr)
    return found


def _before(size: int, sizes: list[int]) -> int:
    at = sizes.index(size)
    return sizes[at - 1] if at else 0


def _said(measured: Measured) -> str:
    if measured.failed or not measured.built:
        return measured.failed or "would take too long"
    drawn = measured.median("drawn_s")
    shown = f", drawn in {drawn:.2f} s" if drawn is not None else ""
    return f"{measured.built['build_s']:.2f} s, {measured.built['bytes'] / 1e6:.2f} MB{shown}"


def bundled(rounds: int) -> Bundled:
    """The bundled casebook: `bordermap render` from the shell, and its page on the screen."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        command = [sys.executable, "-m", "bordermap", "render"]
        taken = [bundled_casebook.seconds(command, folder) for _ in range(rounds)]
        page = folder / "afghan-borders.html"
        with sync_playwright() as playwright:
            browser = bundled_casebook.launched(playwright)
            shown = [bundled_casebook.drawn_ms(browser, page) for _ in range(rounds)]
            browser.close()
        size = page.stat().st_size
    return Bundled(statistics.median(taken), size / 1e6, statistics.median(shown) / 1000)


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="two small sizes, some minutes")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    parser.add_argument("--budget", type=float, default=0.0, help="no build or opening takes longer, seconds")
    parser.add_argument("--only", default="", help="ways, by commas; bordermap's are always there")
    options = parser.parse_args()
    sizes = _SIZES[:2] if options.quick else _SIZES
    budget = options.budget or (40.0 if options.quick else 150.0)
    asked = options.only.split(",") if options.only else [*WAYS]
    names = [name for name in WAYS if name.startswith("bordermap") or name in asked]
    with tempfile.TemporaryDirectory() as made:
        kept = Path(os.environ.setdefault(page_packages.FOLDER, str(Path(made, "packages"))))
        kept.mkdir(parents=True, exist_ok=True)
        if problem := page_packages.install(kept):
            sys.exit(f"page.py: {problem}")
        results = measure_all(Path(made), names, sizes, budget)
    text = tables(results, sizes, budget)
    told = [*checks(results, sizes), *verdicts(results, bundled(3 if options.quick else 7))]
    text += "\n" + "\n".join(f"- {line}" for line in told) + "\n"
    print(text)
    if options.write:
        document.put(text, _START, _END)


if __name__ == "__main__":
    main()
