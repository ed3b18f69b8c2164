"""One way of `enrich.py` in a process of its own: times, memory and answers for one set of points.

    python benchmarks/enrich_way.py WAY POINTS.npy FOLDER BUDGET SAMPLE [SIZE]…

Prints one line of JSON. The sample comes first: to be warm, to be judged, and to tell the speed. A size that would take longer than the budget (seconds) is left out.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

import peer_duckdb
import peer_postgis
from bordermap.analysis.enriching import enrich
from bordermap.geometry.borders import read_borders
from bordermap.geometry.index import prepare
from enrich_memory import Peak
from enrich_points import Answers, frame_of
from peers_enrich import Geopandas, TreeOverEdges

_ROUNDS: Final = 5
#: Repeated while all runs together take less than this share of the budget.
_ROUNDS_SHARE: Final = 0.2


class Way(Protocol):
    """What a way of answering can do."""

    def load(self, points: NDArray[np.float64]) -> None:
        """Build the input."""

    def prepare(self) -> None:
        """Everything that need not be done again for other points."""

    def run(self) -> Any:
        """Answer all points; may say how many seconds it took, if that is not the time of the call."""

    def answers(self) -> Answers:
        """What the last run found."""


class Bordermap:
    """`enrich` with everything that it adds.

    Args:
        borders: Which to load.
        workers: How many processes.
    """

    def __init__(self, borders: str = "AFG", workers: int = 1) -> None:
        self._borders, self._workers = borders, workers

    def load(self, points: NDArray[np.float64]) -> None:
        """Build the input."""
        self._points = frame_of(points)
        self._found: gpd.GeoDataFrame | None = None

    def prepare(self) -> None:
        """Everything that need not be done again for other points."""
        self._index = prepare(read_borders(self._borders))

    def run(self) -> None:
        """Answer all points."""
        self._found = None
        self._found = enrich(self._points, self._index, workers=self._workers)

    def answers(self) -> Answers:
        """What the last run found."""
        assert self._found is not None
        columns = ("country", "admin1_code", "border_pair", "border_lon", "border_lat", "border_distance_km")
        return Answers(*(self._found[name].to_numpy() for name in columns))


#: Name → what it is in words, and how it is made.
WAYS: Final[dict[str, tuple[str, Callable[[], Way]]]] = {
    "bordermap": ("**bordermap `enrich`, every column**", Bordermap),
    "bordermap-2": ("**bordermap, `workers=2`**", lambda: Bordermap(workers=2)),
    "bordermap-world": ("**bordermap, all land borders of the world loaded**", lambda: Bordermap("world")),
    "tree": ("shapely `STRtree` over single edges, conic, `Geod.inv`", TreeOverEdges),
    "sjoin": ("geopandas `sjoin` + `sjoin_nearest`, conic, `Geod.inv`", Geopandas),
    "sjoin-edges": ("geopandas, every edge a row", lambda: Geopandas(by_edges=True)),
    "postgis": ("PostGIS `geography`, `<->` + `ST_Distance`", peer_postgis.PostGIS),
    "postgis-edges": ("PostGIS, every edge a row", lambda: peer_postgis.PostGIS(by_edges=True)),
    "postgis-ranked": (
        "PostGIS, every edge a row, 16 candidates re-ranked",
        lambda: peer_postgis.PostGIS(by_edges=True, ranked=True),
    ),
    "duckdb": ("DuckDB spatial, every line, conic, `ST_Distance_Spheroid`", peer_duckdb.DuckDB),
    "duckdb-pieces": (
        "DuckDB, lines cut in pieces, boxes first",
        lambda: peer_duckdb.DuckDB(by_pieces=True),
    ),
}


def missing(name: str) -> str:
    """What to install for a way, empty if all is there."""
    for prefix, peer in (("postgis", peer_postgis), ("duckdb", peer_duckdb)):
        if name.startswith(prefix) and not peer.versions():
            return str(peer.MISSING)
    return ""


def seconds(way: Way) -> float:
    """One run."""
    begun = time.perf_counter()
    said = way.run()
    return float(said) if said is not None else time.perf_counter() - begun


def measured(way: Way, size: int, budget: float) -> dict[str, float]:
    """The median of some runs, the first of them with its memory."""
    with Peak(getattr(way, "pid", None)) as peak:
        taken = [seconds(way)]
    while len(taken) < _ROUNDS and sum(taken) + taken[-1] < budget * _ROUNDS_SHARE:
        taken.append(seconds(way))
    # The first is not used if there are others: reading the memory takes time too.
    return {"size": size, "seconds": float(np.median(taken[1:] or taken)), "run_mb": peak.megabytes}


def main(name: str, points_file: Path, folder: Path, budget: float, sample: int, sizes: list[int]) -> None:
    """Measure one way on growing numbers of points, and keep its answers to the most of them."""
    way = WAYS[name][1]()
    try:
        print(json.dumps(grown(way, np.load(points_file), folder / f"{name}.npz", budget, [sample, *sizes])))
    finally:
        if hasattr(way, "close"):
            way.close()


def grown(
    way: Way, points: NDArray[np.float64], answers_file: Path, budget: float, sizes: list[int]
) -> dict[str, object]:
    """What one way takes, from the sample on until the budget is too small."""
    way.load(points[: sizes[0]])
    begun = time.perf_counter()
    with Peak(getattr(way, "pid", None)) as index:
        way.prepare()
    prepared = time.perf_counter() - begun
    first = seconds(way)
    rate, answered = sizes[0] / (seconds(way) if first < budget else first), sizes[0]
    way.answers().save(answers_file)
    runs: list[dict[str, float]] = []
    for size in sizes[1:]:
        if size / rate > budget:
            break
        way.load(points[:size])
        runs.append(measured(way, size, budget))
        rate, answered = size / runs[-1]["seconds"], size
        way.answers().save(answers_file)
    said = {"prepare_seconds": prepared, "index_mb": index.megabytes, "first_seconds": first}
    return {**said, "rate": rate, "answered": answered, "runs": runs}


if __name__ == "__main__":
    main(
        sys.argv[1],
        Path(sys.argv[2]),
        Path(sys.argv[3]),
        float(sys.argv[4]),
        int(sys.argv[5]),
        list(map(int, sys.argv[6:])),
    )
