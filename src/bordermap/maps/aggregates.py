"""The layer of exact counts: grid cells, border stretches, and what is not placeable at that scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from bordermap.errors import InputError
from bordermap.geometry.focus import Window
from bordermap.incidents.faults import fault
from bordermap.maps.aggregate_payload import aggregate_payload
from bordermap.maps.layers import Layer

if TYPE_CHECKING:
    from bordermap.analysis.parts.aggregating import Aggregates

#: A browser draws and sorts so many cells without making anybody wait.
MOST_CELLS: Final = 200_000
_PADDING: Final = 0.05
#: No window is narrower, degrees: a single cell is shown with its surroundings.
_LEAST_SPAN: Final = 1.5
#: A map in Mercator has no poles.
_MOST_SOUTH, _MOST_NORTH = -85.0, 85.0
_WORLD: Final[Window] = (-180.0, -60.0, 180.0, 80.0)
_CELLS: Final = ("west", "south", "east", "north", "n")
_STRETCHES: Final = ("border_stretch", "border_pair", "n_certain", "n_possible")


@dataclass(frozen=True, eq=False)
class AggregateLayer(Layer):
    r"""Counts of incidents by grid cell and by border stretch, exact: no row is moved, guessed or left out.

    Args:
        aggregates: As :func:`bordermap.analysis.parts.aggregating.aggregate` gives them.
        borders: Lines of borders that bordermap does not ship, with ``border_pair`` (what the stretch or pair
            is called) and geometry in EPSG:4326; a stretch without any line is listed, not drawn.

    Raises:
        InputError: A table lacks a column (BM544), a cell is no rectangle (BM541), a count is none (BM542),
            there are too many cells for a page (BM545), or the counts do not add up to the rows (BM540).

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from bordermap.analysis.parts.aggregating import aggregate
        >>> folder = Path(tempfile.mkdtemp())
        >>> written = (folder / "part.csv").write_text("lat,lon,date\n37.2242,67.2783,2022-04-18\n")
        >>> cells = AggregateLayer(aggregate(folder)).payload()["cells"]
        >>> cells["west"], cells["south"], cells["n"]
        ([67.25], [37.0], [1])
    """

    kind: ClassVar[str] = "aggregates"
    files: ClassVar[tuple[str, ...]] = ("borders.fgb", "stretches.fgb")
    group: ClassVar[str] = "Incidents"
    aggregates: Aggregates = field(repr=False)
    borders: gpd.GeoDataFrame | None = field(default=None, repr=False, kw_only=True)
    name: str = field(default="Counts by cell and border stretch", kw_only=True)

    def __post_init__(self) -> None:
        """See that the counts can be drawn as what they say they are."""
        check(self.aggregates)

    def content(self) -> dict[str, Any]:
        """Cells as columns, stretches with their lines, the classes, and what is not placeable."""
        return self._content

    @cached_property
    def _content(self) -> dict[str, Any]:
        return aggregate_payload(self.aggregates, self.borders)

    @cached_property
    def view(self) -> Window:
        """The window that holds every cell and every stretch drawn; without any, the world."""
        cells = self.aggregates.cells
        edges = [cells[names].to_numpy(dtype=float) for names in (["west", "south"], ["east", "north"])]
        lines = [
            np.array(line, dtype=float)
            for stretch in self._content["stretches"]
            for part in stretch["parts"]
            for line in part["lines"]
        ]
        points = np.vstack([*edges, *lines])
        return _padded(*points.min(axis=0).tolist(), *points.max(axis=0).tolist()) if len(points) else _WORLD


def _padded(west: float, south: float, east: float, north: float) -> Window:
    wide = max((east - west) * (0.5 + _PADDING), _LEAST_SPAN / 2)
    high = max((north - south) * (0.5 + _PADDING), _LEAST_SPAN / 2)
    lon, lat = (west + east) / 2, (south + north) / 2
    low = max(lon - wide, -180.0), max(lat - high, _MOST_SOUTH)
    top = min(lon + wide, 180.0), min(lat + high, _MOST_NORTH)
    return (round(low[0], 4), round(low[1], 4), round(top[0], 4), round(top[1], 4))


def check(aggregates: Aggregates) -> None:
    """See that counts add up and that every cell is a rectangle on Earth.

    Args:
        aggregates: What is to be drawn.

    Raises:
        InputError: As for :class:`AggregateLayer`.
    """
    cells, stretches = aggregates.cells, aggregates.stretches
    _check_columns("cells", cells, _CELLS)
    _check_columns("stretches", stretches, _STRETCHES)
    _check_counts("cells", cells, [name for name in cells if str(name) == "n" or str(name).startswith("n_")])
    _check_counts("stretches", stretches, ["n_certain", "n_possible"])
    if len(cells) > MOST_CELLS:
        raise fault("BM545", f"a page holds at most {MOST_CELLS:,} cells, and these are {len(cells):,}")
    _check_rectangles(cells)
    inside, outside = int(cells["n"].sum()), sum(int(n) for n in aggregates.not_placeable.values())
    if inside + outside != aggregates.rows:
        raise fault(
            "BM540",
            f"{aggregates.rows:,} rows, but {inside:,} in cells and {outside:,} not placeable at that scale",
        )


def _check_columns(name: str, frame: pd.DataFrame, wanted: Sequence[str]) -> None:
    missing = [column for column in wanted if column not in frame]
    if missing:
        raise fault("BM544", f"the table of {name} has no {', '.join(missing)}")


def _check_counts(name: str, frame: pd.DataFrame, columns: Sequence[Any]) -> None:
    for column in columns:
        values = pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=float)
        wrong = ~((values >= 0) & (values == np.floor(values)) & np.isfinite(values))
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise fault("BM542", f"{name}, {column}: {frame[column].iloc[row]} is no count")


def _check_rectangles(cells: pd.DataFrame) -> None:
    west, south, east, north = (cells[name].to_numpy(dtype=float) for name in _CELLS[:4])
    right = (west >= -180) & (west < east) & (east <= 180) & (south >= -90) & (south < north) & (north <= 90)
    if not right.all():
        row = int(np.flatnonzero(~right)[0])
        raise _no_rectangle(west[row], south[row], east[row], north[row])


def _no_rectangle(*edges: float) -> InputError:
    west, south, east, north = edges
    return fault("BM541", f"no cell lies between {west}° and {east}° E, {south}° and {north}° N")
