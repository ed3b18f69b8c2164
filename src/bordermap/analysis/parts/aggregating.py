"""Exact counts of a folder for a map: grid cells, border stretches, and what no cell is true for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bordermap.analysis.memberships import of_sets
from bordermap.analysis.parts.cluster import Engine
from bordermap.analysis.parts.running import Progress, silent
from bordermap.analysis.parts.sources import READING, Piece, borders_in_question, opened
from bordermap.codebook import INCIDENT_TYPES, POINT_LIKE, STATUSES
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.report import Reading

Ints = NDArray[np.int64]
_FIGURES: Final = ("fatalities_low", "fatalities_best", "fatalities_high")
_READ: Final = (
    "longitude", "latitude", "radius_km", "geo_precision", "location_basis", "incident_type", "status",
    *_FIGURES, "border_stretches",
)  # fmt: skip
_KM_PER_DEGREE: Final = 111.2
_NOT_DRAWN: Final = ("candidate", "none")


@dataclass(frozen=True, eq=False)
class Aggregates:
    """Counts of all rows of a folder: every row is in one cell, or not placeable.

    Attributes:
        cells: One row a cell that holds any, from west to east and south to north: ``west``, ``south``,
            ``east``, ``north`` (degrees), ``n``; ``n_`` with the key of each type and status that occurs;
            ``fatalities_low``, ``fatalities_best``, ``fatalities_high`` (sums of the numbers known; missing
            where none is), ``fatalities_known`` (of how many rows a best number is known).
        stretches: One row a stretch, sorted: ``border_stretch``, ``border_pair``, ``n_certain`` (surely
            nearest to it), ``n_possible`` (perhaps).
        not_placeable: How many rows no cell is true for, by precision: areas, what is not drawn, and discs
            wider than a cell (``near``).
        rows: All of them.
        date_start: The first day of any incident, ISO 8601; empty where none is known.
        date_end: The last.
        rights: The strictest rights of the datasets.
        attributions: What each asks to be said.
        reading: Rows read, used and rejected, and issues.
        failed: How many parts could not be read.
    """

    cells: pd.DataFrame
    stretches: pd.DataFrame
    not_placeable: Mapping[str, int]
    rows: int
    date_start: str
    date_end: str
    rights: str
    attributions: tuple[str, ...]
    reading: Reading
    failed: int = 0


def aggregate(
    folder: str | Path,
    cell_degrees: float = 0.25,
    *,
    borders: gpd.GeoDataFrame | None = None,
    options: ReadOptions | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Aggregates:
    """Count all rows of a folder by cell and by border stretch, holding one part at a time.

    Args:
        folder: An output of enriching, or a folder of parts, which are enriched first.
        cell_degrees: Width and height of a cell, degrees.
        borders: For parts that are not enriched; None: those of the country that most rows are about, else
            Afghanistan's.
        options: What is known of the parts.
        engine: Who does the work; None: this process.
        progress: Told how far it is.

    Returns:
        The counts; no row is moved, sampled or left out.

    Raises:
        InputError: Nothing in it could be used, or as for
            :func:`bordermap.analysis.parts.running.enrich_parts`.
    """
    said = progress or silent
    with opened(folder, _READ, _given(folder, borders, options), options, engine, said) as source:
        counted = source.do.each(
            partial(count_piece, cell_degrees),
            source.pieces,
            lambda done: said("counting", READING + (1 - READING) * done / len(source.pieces)),
        )
    unplaced = pd.concat([each.unplaced for each in counted]).groupby(level=0).sum()
    about = source.about
    return Aggregates(
        _with_edges(_summed([each.cells for each in counted], ["row", "column"]), cell_degrees),
        _summed([each.stretches for each in counted], ["border_stretch", "border_pair"]),
        {str(name): int(number) for name, number in unplaced.items()},
        sum(each.rows for each in counted), *source.period, about.rights,
        tuple(filter(None, [about.attribution])), source.reading, source.failed,
    )  # fmt: skip


def _given(
    folder: str | Path, borders: gpd.GeoDataFrame | None, options: ReadOptions | None
) -> Callable[[], gpd.GeoDataFrame]:
    return lambda: borders_in_question(folder, options) if borders is None else borders


@dataclass(frozen=True, eq=False)
class Counted:
    """The counts of one piece: its cells by ``row`` and ``column`` of the grid, the rest as in the whole."""

    cells: pd.DataFrame
    stretches: pd.DataFrame
    unplaced: pd.Series[int]
    rows: int


def count_piece(cell_degrees: float, piece: Piece) -> Counted:
    """Count the rows of one piece.

    Args:
        cell_degrees: Width and height of a cell, degrees.
        piece: Which.
    """
    rows = piece.load(_READ)
    placed = _placeable(rows, cell_degrees)
    unplaced = rows.loc[~placed, "geo_precision"].astype("str").value_counts()
    return Counted(
        _cells(rows[placed], cell_degrees), _stretches(rows["border_stretches"]), unplaced, len(rows)
    )


def _placeable(rows: pd.DataFrame, cell_degrees: float) -> NDArray[np.bool_]:
    """Whether a cell is true for a row: a point, or a disc no wider than a cell is high."""
    drawn = rows["geo_precision"].isin(POINT_LIKE) & ~rows["location_basis"].isin(_NOT_DRAWN)
    known = rows["longitude"].notna() & rows["latitude"].notna()
    wide = rows["radius_km"].fillna(0) * 2 > cell_degrees * _KM_PER_DEGREE
    return np.asarray(drawn & known & ~wide, dtype=bool)


def _cells(rows: pd.DataFrame, cell_degrees: float) -> pd.DataFrame:
    columns = -(-360 // cell_degrees)
    lines = -(-180 // cell_degrees)
    east, north = rows["longitude"].to_numpy(), rows["latitude"].to_numpy()
    # The last meridian and the pole belong to the cells that they bound.
    column = np.minimum(np.floor((east + 180) / cell_degrees), columns - 1).astype(np.int64)
    row = np.minimum(np.floor((north + 90) / cell_degrees), lines - 1).astype(np.int64)
    counts: dict[str, Any] = {"row": row, "column": column, "n": np.ones(len(rows), dtype=np.int64)}
    for name, keys in (("incident_type", INCIDENT_TYPES), ("status", STATUSES)):
        texts = rows[name].astype("str").to_numpy()
        counts |= {f"n_{key}": (texts == key).astype(np.int64) for key in keys if (texts == key).any()}
    counts |= {name: rows[name].to_numpy(dtype=np.float64) for name in _FIGURES}
    counts["fatalities_known"] = rows["fatalities_best"].notna().to_numpy().astype(np.int64)
    return _summed([pd.DataFrame(counts)], ["row", "column"])


def _stretches(texts: pd.Series[Any]) -> pd.DataFrame:
    """How many rows are surely, and perhaps, nearest to each stretch."""
    sets = of_sets(texts, "border_stretch")
    often = np.bincount(sets.code[sets.code >= 0], minlength=len(sets.size))
    member, size = sets.member, np.repeat(sets.size, sets.size)
    number = np.repeat(often, sets.size)
    names = sets.groups["border_stretch"].to_numpy(dtype=object)[member]
    frame = pd.DataFrame(
        {
            "border_stretch": pd.Series(names, dtype="str"),
            "n_certain": np.where(size == 1, number, 0),
            "n_possible": np.where(size > 1, number, 0),
        }
    )
    frame.insert(1, "border_pair", frame["border_stretch"].str.partition(":")[0].astype("str"))
    return _summed([frame], ["border_stretch", "border_pair"])


def _summed(parts: Sequence[pd.DataFrame], names: list[str]) -> pd.DataFrame:
    """Counts of the same thing as one; a sum of which no number is known stays unknown."""
    whole = pd.concat(parts, ignore_index=True)
    counts = [name for name in whole.columns if name not in (*names, *_FIGURES)]
    whole[counts] = whole[counts].fillna(0).astype(np.int64)
    grouped = whole.groupby(names, sort=True)
    summed = grouped[counts].sum()
    figures = [name for name in _FIGURES if name in whole.columns]
    if figures:
        summed[figures] = grouped[figures].sum(min_count=1)
    return summed.reset_index()


def _with_edges(cells: pd.DataFrame, cell_degrees: float) -> pd.DataFrame:
    west = cells.pop("column").to_numpy() * cell_degrees - 180
    south = cells.pop("row").to_numpy() * cell_degrees - 90
    edges = {
        "west": west,
        "south": south,
        "east": np.minimum(west + cell_degrees, 180),
        "north": np.minimum(south + cell_degrees, 90),
    }
    return pd.concat([pd.DataFrame(edges).round(9), cells], axis=1)
