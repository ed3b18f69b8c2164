"""What `enrich` costs for each point as the border's vertices grow: the Afghan line, simplified and densified.

    python benchmarks/enrich_curve.py POINTS.npy SIZE VERTICES…

Prints one line of JSON: for each number of vertices how many there are, seconds to prepare, microseconds a point.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Final

import numpy as np
import shapely

from bordermap.analysis.enriching import enrich
from bordermap.geometry.index import prepare
from enrich_points import frame_of, line_of_vertices

_ROUNDS: Final = 3


def main(points_file: Path, size: int, vertices: list[int]) -> None:
    """Time each line on the same points; the lines in turn, so that noise falls on all of them."""
    points = frame_of(np.load(points_file)[:size])
    indexes, prepared, counts = [], [], []
    for target in vertices:
        line = line_of_vertices(target)
        counts.append(int(shapely.get_num_coordinates(np.asarray(line.geometry.array)).sum()))
        begun = time.perf_counter()
        indexes.append(prepare(line))
        prepared.append(time.perf_counter() - begun)
    taken: list[list[float]] = [[] for _ in indexes]
    for _ in range(_ROUNDS + 1):
        for index, seconds in zip(indexes, taken, strict=True):
            begun = time.perf_counter()
            enrich(points, index)
            seconds.append(time.perf_counter() - begun)
    # The first round is to be warm.
    each = [1e6 * float(np.median(seconds[1:])) / size for seconds in taken]
    print(json.dumps(list(zip(counts, prepared, each, strict=True))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), list(map(int, sys.argv[3:])))
