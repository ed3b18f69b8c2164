"""Enriching points: bordermap against geopandas, shapely's tree, PostGIS and DuckDB, on the detailed Afghan line.

    python benchmarks/enrich.py [--quick] [--write] [--budget SECONDS] [--only WAY,WAY]

Each way runs in a process of its own, in turn, on the same points, and gives country, first-order area, nearest
border, nearest place on it and geodesic distance; bordermap's `enrich` gives two dozen columns more. The answers are
judged by an oracle built another way, and checked against each other. --write puts the tables into
docs/performance.md. Databases that are not there are named with what to install: `benchmarks/requirements.txt`, and
the Debian packages postgresql-15 and postgresql-15-postgis-3.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np

import document
from enrich_points import FOLDER, SETS, Answers, afghan_line, area_cells, draw_points, first_order_areas
from enrich_reference import Reference
from enrich_report import Curve, Measured, Results, tables, verdicts
from enrich_way import WAYS, missing

_HERE: Final = Path(__file__).resolve().parent
_START, _END = "<!-- enrich: made by benchmarks/enrich.py --write -->", "<!-- end of enrich -->"
_SIZES: Final = [1000, 10_000, 100_000, 1_000_000]
_VERTICES: Final = [1000, 5000, 20_000, 0, 100_000, 400_000, 1_600_000]
_CURVE_SIZE: Final = 100_000
#: So many points of each set are judged, and some more where a way differs most from bordermap.
_SAMPLE: Final = 300
_QUICK: Final = ["tree", "sjoin", "postgis-ranked", "duckdb-pieces"]


def child(program: str, *arguments: Any) -> Any:
    """What a program beside this one prints as JSON."""
    command = [sys.executable, str(_HERE / program), *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def measure(
    folder: Path, kind: str, names: list[str], sizes: list[int], budget: float, judged: int
) -> dict[str, Measured]:
    """Every way on one set of points."""
    points = draw_points(kind, max(sizes))
    np.save(folder / "points.npy", points)
    found: dict[str, Measured] = {}
    for name in names:
        found[name] = Measured(missing(name))
        if not found[name].missing:
            found[name].said = child(
                "enrich_way.py", name, folder / "points.npy", folder, budget, judged, *sizes
            )
        print(f"{kind:<5} {name:<16} {found[name].missing or _rate(found[name])}", file=sys.stderr)
    reference = Reference(points, judged, judged // 15)
    ours = Answers.load(folder / "bordermap.npz")
    for name, measured in found.items():
        if not measured.missing and name != "bordermap-world":
            measured.errors = reference.judge(ours, Answers.load(folder / f"{name}.npz"))
    return found


def _rate(measured: Measured) -> str:
    return f"{measured.said['rate']:>9,.0f} points/s at {measured.said['answered']:,}"


def curve(folder: Path, kinds: list[str], size: int, vertices: list[int]) -> dict[str, Curve]:
    """Cost by vertices; 0 stands for the line as it is."""
    given = sum(len(line.coords) for line in afghan_line().geometry)
    found: dict[str, Curve] = {}
    for kind in kinds:
        np.save(folder / "points.npy", draw_points(kind, size))
        found[kind] = child(
            "enrich_curve.py", folder / "points.npy", size, *(count or given for count in vertices)
        )
    return found


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer points, one set, a minute")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    parser.add_argument("--budget", type=float, default=100.0, help="no run takes longer, seconds")
    parser.add_argument("--only", default="", help="ways, by commas; bordermap's are always there")
    options = parser.parse_args()
    sizes, kinds = (_SIZES[:2], ["near"]) if options.quick else (_SIZES, list(SETS))
    budget, judged = (8.0, 100) if options.quick else (options.budget, _SAMPLE)
    asked = options.only.split(",") if options.only else _QUICK if options.quick else [*WAYS]
    names = [name for name in WAYS if name.startswith("bordermap") or name in asked]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        os.environ[FOLDER] = made
        # Once, before anything is timed.
        first_order_areas(), area_cells()
        results: Results = {kind: measure(folder, kind, names, sizes, budget, judged) for kind in kinds}
        size, vertices = (10_000, [1000, 0]) if options.quick else (_CURVE_SIZE, _VERTICES)
        costs = curve(folder, kinds, size, vertices)
    text = tables(results, sizes, costs)
    text += "\n" + "\n".join(f"- {line}" for line in verdicts(results, sizes, costs)) + "\n"
    print(text)
    if options.write:
        document.put(text, _START, _END)


if __name__ == "__main__":
    main()
