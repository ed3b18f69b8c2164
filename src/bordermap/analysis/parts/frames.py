"""Enriched parts as frames: one after another, or all of them as a frame of dask-geopandas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd

from bordermap.analysis.parts import state
from bordermap.analysis.parts.cluster import require_dask
from bordermap.analysis.parts.columns import GEOMETRY


def read_parts(folder: str | Path, columns: Sequence[str] | None = None) -> Iterator[gpd.GeoDataFrame]:
    """The parts of an enriched output, one after another.

    Args:
        folder: As ``bordermap enrich FOLDER OUT`` wrote it.
        columns: Those to read, beside the geometry; None: all.

    Yields:
        A GeoDataFrame for each part, in the order of the curve.

    Raises:
        InputError: It is no finished output (BM528).
    """
    wanted = None if columns is None else list(dict.fromkeys([*columns, GEOMETRY]))
    for path in _paths(folder):
        yield gpd.read_parquet(path, columns=wanted)


def open_parts(folder: str | Path) -> Any:
    """All parts as a frame of dask-geopandas that knows where each partition lies; nothing is read yet.

    Args:
        folder: As ``bordermap enrich FOLDER OUT`` wrote it.

    Returns:
        A ``dask_geopandas.GeoDataFrame`` with ``spatial_partitions``.

    Raises:
        InputError: It is no finished output (BM528), or dask-geopandas is not installed (BM530).
    """
    require_dask()
    import dask_geopandas  # type: ignore[import-untyped]

    return dask_geopandas.read_parquet([str(path) for path in _paths(folder)])


def _paths(folder: str | Path) -> list[Path]:
    return [Path(folder) / part["name"] for part in state.finished(folder)["parts"]]
