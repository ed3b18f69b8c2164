"""TopoJSON: quantised, each line between two junctions written once, the same bytes on every run."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Vertex = tuple[int, int]
Path = tuple[Vertex, ...]


@dataclass(frozen=True)
class Feature:
    """A shape in degrees and what is known of it."""

    shape: BaseGeometry
    properties: dict[str, Any]


class Encoder:
    """Turns named lists of features into one TopoJSON document."""

    def __init__(self, box: tuple[float, float, float, float], step: float) -> None:
        """Take the window and the size of one unit, both in degrees."""
        self.box = box
        self.step = step
        self.arcs: dict[Path, int] = {}
        self.around: dict[Vertex, set[tuple[Vertex, ...]]] = defaultdict(set)

    def encode(self, objects: dict[str, Sequence[Feature]]) -> bytes:
        """The document: UTF-8, no spaces, ends with a newline."""
        for features in objects.values():
            for feature in features:
                for path in self._paths(feature.shape):
                    self._meet(path)
        written = {
            name: {"type": "GeometryCollection", "geometries": [self._geometry(f) for f in features]}
            for name, features in objects.items()
        }
        document = {
            "type": "Topology",
            "bbox": list(self.box),
            "transform": {"scale": [self.step, self.step], "translate": list(self.box[:2])},
            "objects": written,
            "arcs": [_deltas(path) for path in self.arcs],
        }
        return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()

    def _quantised(self, shape: BaseGeometry) -> Path:
        units = np.rint((shapely.get_coordinates(shape) - self.box[:2]) / self.step).astype(int)
        kept = np.ones(len(units), dtype=bool)
        kept[1:] = (np.diff(units, axis=0) != 0).any(axis=1)
        return tuple((int(x), int(y)) for x, y in units[kept])

    def _paths(self, shape: BaseGeometry) -> list[Path]:
        parts = shapely.get_parts(shape)
        lines = [
            ring
            for part in parts
            for ring in (shapely.get_rings(part) if part.geom_type == "Polygon" else [part])
        ]
        return [self._quantised(line) for line in lines if line.geom_type != "Point"]

    def _meet(self, path: Path) -> None:
        """Note what every vertex lies between; a vertex with two answers, or an end, is a junction."""
        closed = path[0] == path[-1]
        for index, here in enumerate(path[:-1] if closed else path):
            before = path[index - 1] if index else path[-2] if closed else here
            after = path[index + 1] if index + 1 < len(path) else here
            self.around[here].add((min(before, after), max(before, after)))
            if here in (before, after):
                self.around[here].add(())

    def _junction(self, vertex: Vertex) -> bool:
        return len(self.around[vertex]) > 1

    def _geometry(self, feature: Feature) -> dict[str, Any]:
        shape = feature.shape
        if shape.geom_type == "Point":
            body: dict[str, Any] = {"type": "Point", "coordinates": list(self._quantised(shape)[0])}
        elif shape.geom_type in ("LineString", "MultiLineString"):
            lines = [self._cut(path) for path in self._paths(shape) if len(path) > 1]
            body = {"type": "MultiLineString", "arcs": lines}
        else:
            parts = [
                [self._cut(p) for p in self._paths(part) if len(p) > 3] for part in shapely.get_parts(shape)
            ]
            body = {"type": "MultiPolygon", "arcs": [part for part in parts if part]}
        return {**body, "properties": feature.properties}

    def _cut(self, path: Path) -> list[int]:
        """The path as indices of arcs; ``~index`` where an arc runs backwards."""
        if path[0] == path[-1]:
            ring = path[:-1]
            starts = [i for i, vertex in enumerate(ring) if self._junction(vertex)] or [ring.index(min(ring))]
            path = (*ring[starts[0] :], *ring[: starts[0] + 1])
        ends = [0, *(i for i in range(1, len(path) - 1) if self._junction(path[i])), len(path) - 1]
        return [self._index(path[i : j + 1]) for i, j in itertools.pairwise(ends)]

    def _index(self, path: Path) -> int:
        back = path[::-1]
        if path in self.arcs:
            return self.arcs[path]
        if back in self.arcs:
            return ~self.arcs[back]
        return self.arcs.setdefault(path, len(self.arcs))


def _deltas(path: Path) -> list[list[int]]:
    points = [(0, 0), *path]
    steps = [[bx - ax, by - ay] for (ax, ay), (bx, by) in itertools.pairwise(points)]
    return [[int(x), int(y)] for x, y in steps]
