"""Border lines of one's own, from any file with lines, as borders that everything else takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from bordermap.codebook import LINE_STATUSES
from bordermap.geometry.countries import find_country
from bordermap.geometry.geodesy import length_km
from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import Layer
from bordermap.incidents.readers.layers import read_layers
from bordermap.incidents.rows.georeference import to_wgs84
from bordermap.text import plain

#: Columns that name a line, the first that is there.
_NAMES: Final = ("border_pair", "name", "NAME", "Name", "id", "ID")
_LINES: Final = ("LineString", "MultiLineString")


def read_lines(path: str | Path, *, accuracy_m: float | None = None) -> gpd.GeoDataFrame:
    r"""Read border lines from a file.

    Args:
        path: A GeoPackage, Shapefile, FlatGeobuf, GeoJSON, KML or GeoParquet file, or a table with WKT, in
            any coordinate system that it names.
        accuracy_m: How far the lines may be off, metres, where no column ``accuracy_m`` says so; without
            either they are taken as exact, which only whoever drew them can know.

    Returns:
        One row a line, EPSG:4326, as :func:`bordermap.prepare` takes it: ``border_pair`` (the line's name;
        blanks in it become ``_``), ``part``, ``line_status`` (``not_assessed`` unless the file has another),
        ``accuracy_m``, ``resolution_m``, ``length_km``, ``geometry``; with columns ``country_a`` and
        ``country_b`` these too.

    Raises:
        InputError: The file cannot be read, or holds anything but lines (BM563, BM564).

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "line.csv")
        >>> written = path.write_text('name,wkt\nFence A,"LINESTRING (67 37, 68 37)"\n')
        >>> read_lines(path)[["border_pair", "line_status"]].values.tolist()
        [['Fence_A', 'not_assessed']]
    """
    options = ReadOptions()
    layers = [layer for layer in read_layers(path, options) if layer.table.num_rows]
    frames = [_lines_of(layer, options) for layer in layers]
    if not sum(map(len, frames)):
        raise fault("BM563", f"{quote(plain(str(path)))} holds no line")
    rows = pd.concat(frames, ignore_index=True)
    lines = gpd.GeoDataFrame(rows, geometry="geometry", crs=4326)
    accuracy = pd.to_numeric(lines["accuracy_m"], errors="coerce") if "accuracy_m" in lines else np.nan
    return lines.assign(
        accuracy_m=pd.Series(accuracy, index=lines.index, dtype=float)
        .fillna(accuracy_m or 0.0)
        .clip(lower=0.0),
        resolution_m=np.nan,
        length_km=length_km(lines.geometry.array),
    )


def _lines_of(layer: Layer, options: ReadOptions) -> pd.DataFrame:
    table = layer.table.to_pandas()
    shapes = _shapes(layer, table, options)
    wrong = sorted({shape.geom_type for shape in shapes if shape is not None} - set(_LINES))
    if wrong:
        raise fault("BM564", f"{plain(layer.label)} holds a {wrong[0]}, and a border is a line")
    kept = np.array([shape is not None and not shape.is_empty for shape in shapes], dtype=bool)
    names = _names(table)
    rows = pd.DataFrame(
        {
            "border_pair": names,
            "part": _column(table, "part"),
            "line_status": [
                text if text in LINE_STATUSES else "not_assessed" for text in _column(table, "line_status")
            ],
            "geometry": shapes,
        }
    )
    if "accuracy_m" in table:
        rows["accuracy_m"] = table["accuracy_m"]
    if {"country_a", "country_b"} <= set(table.columns):
        rows = rows.assign(country_a=_countries(table["country_a"]), country_b=_countries(table["country_b"]))
    return rows[kept]


def _shapes(layer: Layer, table: pd.DataFrame, options: ReadOptions) -> Any:
    if layer.geometry is not None:
        placed = to_wgs84(layer.geometry, options)
        texts = [text.removeprefix("wkt:") for text in placed.wkt.to_pylist()]
        points = np.isfinite(placed.lon)
        return np.array(
            [
                shapely.Point(lon, lat) if point else shapely.from_wkt(text) if text else None
                for lon, lat, point, text in zip(placed.lon, placed.lat, points, texts, strict=True)
            ],
            dtype=object,
        )
    column = next(
        (name for name in table.columns if str(name).casefold() in ("wkt", "geometry", "geom")), None
    )
    if column is None:
        raise fault("BM563", f"{plain(layer.label)} has no geometry")
    return shapely.from_wkt(table[column].to_numpy(dtype=object), on_invalid="ignore")


def _column(table: pd.DataFrame, name: str) -> list[str]:
    return table[name].astype(str).tolist() if name in table else [""] * len(table)


def _names(table: pd.DataFrame) -> list[str]:
    column = next((name for name in _NAMES if name in table), None)
    given = _column(table, column) if column else [""] * len(table)
    # Sets of names are written with blanks between them.
    return ["_".join(text.split()) or f"line_{at}" for at, text in enumerate(given, start=1)]


def _countries(values: pd.Series[str]) -> list[str]:
    return [find_country(str(value)) for value in values]
