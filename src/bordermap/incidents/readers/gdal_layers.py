"""Reads one layer of a file through GDAL: three drivers, nothing else, and nothing printed.

Whoever calls has looked at the file's first bytes: GDAL chooses a driver by content, and some drivers follow
addresses.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyogrio
from numpy.typing import NDArray

from bordermap.errors import BordermapError
from bordermap.incidents.faults import fault, quote
from bordermap.incidents.readers.arrow_text import without_midnight

DRIVERS: Final = ("GPKG", "FlatGeobuf", "ESRI Shapefile")
_SHAPE: Final = (b"geoarrow.wkb", b"ogc.wkb")
# GDAL's own Arrow stream of a FlatGeobuf shifts or overwrites shapes after a feature without one: its general
# stream does not.
_SETTINGS: Final = {"OGR_FLATGEOBUF_STREAM_BASE_IMPL": "YES"}


@dataclass(frozen=True, eq=False)
class Features:
    """A layer as GDAL gives it.

    Attributes:
        table: The attributes, without geometry and without the feature ids.
        wkb: The geometries; None where the layer has none.
        crs: Their coordinate system, an EPSG code or WKT; empty where the file does not say.
        ids: The feature ids.
        id_column: What the file calls its ids; empty where they are only positions.
    """

    table: pa.Table
    wkb: pa.ChunkedArray | None
    crs: str
    ids: NDArray[np.int64]
    id_column: str


def read_features(
    path: Path, driver: str, *, file: str, layer: str | None = None, encoding: str = "", **options: str
) -> Features:
    """Read one layer.

    Args:
        path: A file whose first bytes were looked at.
        driver: The driver that must be the one to open it.
        file: The file as the user named it, for messages.
        layer: Its name; the only one where None.
        encoding: Of the texts, where the format leaves that open.
        options: Opening options of the driver.

    Returns:
        All its features, in the order of their ids.

    Raises:
        InputError: It cannot be read (BM261).
    """
    with translated(file), quiet(), _settings():
        info = pyogrio.read_info(path, layer=layer, encoding=encoding or None, **options)
        if info["driver"] != driver or driver not in DRIVERS:
            raise fault("BM261", f"it does not open as {driver}", file=file)
        meta, table = pyogrio.raw.read_arrow(
            path,
            layer=layer,
            encoding=encoding or None,
            return_fids=True,
            datetime_as_string=True,
            **options,
        )
        return _features(meta, table)


def _features(meta: dict[str, str], table: pa.Table) -> Features:
    shapes = [at for at, field in enumerate(table.schema) if _is_shape(field)]
    # The ids come first and the geometry has a mark: neither is found by a name, which could clash.
    wkb = table.column(shapes[0]).cast(pa.large_binary()) if shapes else None
    kept = [at for at in range(1, table.num_columns) if at not in shapes]
    return Features(
        _with_days(table.select(kept)),
        wkb,
        str(meta["crs"] or ""),
        table.column(0).to_numpy().astype(np.int64),
        str(meta["fid_column"] or ""),
    )


def _with_days(table: pa.Table) -> pa.Table:
    for at, field in enumerate(table.schema):
        if (field.metadata or {}).get(b"GDAL:OGR:type") == b"DateTime" and pa.types.is_string(field.type):
            table = table.set_column(at, field.name, without_midnight(table.column(at)))
    return table


def _is_shape(field: pa.Field) -> bool:
    marks = field.metadata or {}
    return isinstance(field.type, pa.BaseExtensionType) or marks.get(b"ARROW:extension:name") in _SHAPE


@contextmanager
def translated(file: str) -> Iterator[None]:
    """Turns whatever a library says of a damaged file into one error of ours.

    Raises:
        InputError: The library could not go on (BM261).

    Example:
        >>> with translated("a.gpkg"):
        ...     raise RuntimeError("malformed")
        Traceback (most recent call last):
        bordermap.errors.InputError: a.gpkg: the file is damaged or cut short: 'malformed'
    """
    try:
        yield
    except BordermapError:
        raise
    # Libraries that are handed a damaged file raise what they like: ValueError, OSError, MemoryError.
    except Exception as error:
        said = str(error) or type(error).__name__
        raise fault("BM261", f"the file is damaged or cut short: {quote(said)}", file=file) from error


@contextmanager
def _settings() -> Iterator[None]:
    """Holds what GDAL is told while it reads, and leaves its settings as they were."""
    before = {name: pyogrio.get_gdal_config_option(name) for name in _SETTINGS}
    pyogrio.set_gdal_config_options(_SETTINGS)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


@contextmanager
def quiet() -> Iterator[list[str]]:
    """Keeps what libraries warn of off the terminal.

    Yields:
        What was said, once the block has ended.
    """
    said: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield said
        finally:
            said += [str(each.message) for each in caught]
