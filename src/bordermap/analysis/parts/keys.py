"""Where a row lies along one curve through the whole world, so that neighbours come to lie in one part."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from bordermap.codebook import POINT_LIKE
from bordermap.incidents.stores.shapes import Geometries, draw_rows

Keys = NDArray[np.uint32]
_WORLD: Final = np.array([-180.0, -90.0, 180.0, 90.0])
#: Cells of 0.011 by 0.0055 degrees.
_LEVEL: Final = 15
#: Behind all others: rows of which nothing is drawn.
UNPLACED: Final = np.uint32(2**32 - 1)
_DRAWS: Final = ("geo_precision", "location_basis", "longitude", "latitude", "shape", "admin1_code")


def spatial_keys(rows: pa.Table) -> Keys:
    """The Hilbert distance of the point, or of the middle of the shape, that stands for each row.

    Args:
        rows: With the columns of place of the flat table, typed.

    Returns:
        Shape (n,); :data:`UNPLACED` where nothing is drawn.

    Example:
        >>> from bordermap.analysis.parts.columns import as_type, flat_types
        >>> words = {"geo_precision": "exact", "location_basis": "given", "longitude": "67.3",
        ...          "latitude": "37.2", "shape": "", "admin1_code": ""}
        >>> texts = {name: as_type(pa.array([word], pa.large_string()), flat_types()[name])
        ...          for name, word in words.items()}
        >>> int(spatial_keys(pa.table(texts))[0]) < int(UNPLACED)
        True
    """
    keys = np.full(rows.num_rows, UNPLACED, dtype=np.uint32)
    precise = np.asarray(pc.is_in(rows["geo_precision"].cast(pa.string()), pa.array(POINT_LIKE)))
    points = np.flatnonzero(precise)
    if len(points):
        keys[points] = _along_curve(geometries_of(rows.take(pa.array(points))))
    areas = np.flatnonzero(~precise)
    if len(areas):
        # Many rows share the shape of one province: each is drawn once.
        shapes = rows.select(_DRAWS).take(pa.array(areas)).to_pandas()
        shapes = shapes[["geo_precision", "location_basis", "shape", "admin1_code"]].astype("str").fillna("")
        codes, distinct = _distinct(shapes)
        keys[areas] = _along_curve(draw_rows(distinct.assign(longitude="", latitude=""))[0])[codes]
    return keys


def _distinct(frame: pd.DataFrame) -> tuple[NDArray[np.int64], pd.DataFrame]:
    groups = frame.groupby(list(frame.columns), sort=False, dropna=False)
    return groups.ngroup().to_numpy().astype(np.int64), frame.drop_duplicates(ignore_index=True)


def geometries_of(rows: pa.Table) -> Geometries:
    """What is drawn of each row; None where nothing is.

    Args:
        rows: With the columns of place of the flat table, typed.
    """
    frame = rows.select(_DRAWS).to_pandas()
    for name in ("geo_precision", "location_basis", "shape", "admin1_code"):
        frame[name] = frame[name].astype("str").fillna("")
    return draw_rows(frame)[0]


def _along_curve(geometries: Geometries) -> Keys:
    keys = np.full(len(geometries), UNPLACED, dtype=np.uint32)
    drawn = np.flatnonzero(~(shapely.is_missing(geometries) | shapely.is_empty(geometries)))
    if len(drawn):
        series = gpd.GeoSeries(geometries[drawn])
        keys[drawn] = series.hilbert_distance(total_bounds=_WORLD, level=_LEVEL).to_numpy()
    return keys
