"""Reading: a million ACLED rows against pandas, a GeoPackage against pyogrio, each peer in the same run.

    python benchmarks/reading.py [ROWS]

Each way runs in a process of its own, in turn, so that its peak memory is its own. The answers are checked
against each other: as many rows, the same sum of coordinates and of fatalities.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from acled_rows import write

ROUNDS = 3
WAYS = ("pandas", "bordermap", "geopandas", "pyogrio", "bordermap-gpkg")

_CHILD = """
import json, resource, sys, time
way, path = sys.argv[1:]
if way == "pandas":
    import pandas as pd
elif way == "geopandas":
    import geopandas as gpd
elif way == "pyogrio":
    import pyogrio
else:
    from bordermap.incidents.options import ReadOptions
    from bordermap.incidents.reading import read_all
    from bordermap.incidents.readers.layers import read_layers
    import bordermap.incidents.readers.vectors
start = time.perf_counter()
if way == "pandas":
    frame = pd.read_csv(path, engine="pyarrow")
    seconds = time.perf_counter() - start
    found = [len(frame), float(frame["latitude"].sum()), int(frame["fatalities"].sum())]
elif way == "bordermap":
    outcome = read_all(path, ReadOptions())
    seconds = time.perf_counter() - start
    case = outcome.casebook
    north = case.locations["latitude"].replace("", None).astype(float).sum()
    if "representative_latitude" in case.extras:
        north += case.extras["representative_latitude"].replace("", None).astype(float).sum()
    dead = case.particulars.loc[case.particulars["what"] == "killed", "best"].astype(int).sum()
    found = [outcome.reading.rows_used, float(north), int(dead)]
else:
    if way == "geopandas":
        frame = gpd.read_file(path)
    elif way == "pyogrio":
        frame = pyogrio.read_dataframe(path, use_arrow=True)
    else:
        frame = read_layers(path, ReadOptions())[0].table
    seconds = time.perf_counter() - start
    found = [len(frame)]
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, found]))
"""


def run(way: str, path: Path) -> tuple[float, float, list[float]]:
    """Seconds, peak megabytes and what was found."""
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, way, str(path)], capture_output=True, text=True, check=True
    )
    seconds, peak, found = json.loads(done.stdout)
    return seconds, peak, found


def main(rows: int) -> None:
    """Print a table of the ways, and the ratios that are asked for."""
    import geopandas as gpd
    import pandas as pd

    with tempfile.TemporaryDirectory() as folder:
        csv = write(Path(folder, "acled.csv"), rows)
        frame = pd.read_csv(csv, nrows=min(rows, 300_000))
        gpkg = Path(folder, "points.gpkg")
        points = gpd.points_from_xy(frame["longitude"], frame["latitude"], crs=4326)
        gpd.GeoDataFrame(frame, geometry=points).to_file(gpkg, engine="pyogrio")
        print(f"{rows:,} rows, {csv.stat().st_size / 1e6:.0f} MB as CSV; {len(frame):,} as GeoPackage")
        measured: dict[str, list[tuple[float, float, list[float]]]] = {way: [] for way in WAYS}
        for _ in range(ROUNDS):
            for way in WAYS:
                path = csv if way in ("pandas", "bordermap") else gpkg
                measured[way].append(run(way, path))
    medians = {way: statistics.median(each[0] for each in runs) for way, runs in measured.items()}
    for way, runs in measured.items():
        peak = max(each[1] for each in runs)
        print(f"{way:<16} {medians[way]:7.2f} s   peak {peak:6.0f} MB   {runs[0][2]}")
    mine, theirs = (measured[way][0][2] for way in ("bordermap", "pandas"))
    assert all(abs(a - b) <= 1e-6 * max(1, abs(b)) for a, b in zip(mine, theirs, strict=True)), (mine, theirs)
    print(
        f"CSV, read, checked and mapped: {medians['bordermap'] / medians['pandas']:.1f} x pandas (asked: 3)"
    )
    print(f"GeoPackage, read: {medians['bordermap-gpkg'] / medians['pyogrio']:.1f} x pyogrio (asked: 1.5)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
