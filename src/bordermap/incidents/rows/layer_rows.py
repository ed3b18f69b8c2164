"""One layer from its dialect to sound rows: mapped, placed, checked, located; what is faulty set apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.arrow import among, at_once, empty_mask, factorize, parse_floats, put
from bordermap.incidents.dialects.dialect import Dialect
from bordermap.incidents.dialects.generic_doubts import unused_geometry_note
from bordermap.incidents.dialects.recognise import SHARED_IDS, recognise
from bordermap.incidents.dialects.values import text_of
from bordermap.incidents.flat import FLAT, Mapped
from bordermap.incidents.naming.naming import locate
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import TEXT, CellFault, Ints, Layer
from bordermap.incidents.report import Bounds, Issue, LayerReport
from bordermap.incidents.rows.first_order import fill_admin1_codes
from bordermap.incidents.rows.georeference import to_wgs84
from bordermap.incidents.rows.oddities import (
    check_people,
    check_period,
    check_shapes,
    each_row_once,
    without_areal_points,
)
from bordermap.incidents.rows.placing import check_places, countries_at
from bordermap.incidents.rows.rejects import issues_of, rejected_rows, rejects_of
from bordermap.incidents.rows.validation import all_columns, check_urls, check_values, whole_numbers

_FIGURES = [name for name in FLAT.names if name.startswith("fatalities_") or name == "wounded"]
Flat = dict[str, pa.ChunkedArray]


@dataclass(frozen=True, eq=False)
class LayerRows:
    """What a layer gives.

    Attributes:
        layer: As it was read.
        dialect: What it was taken for.
        positions: Of the sound rows in the layer's table.
        rows: The sound rows in the columns of :data:`bordermap.incidents.flat.FLAT`.
        extras: The source's other columns of the same rows.
        rejects: Rows of the rejects file.
        issues: Each kind of fault once.
        names: What became of each place name.
        report: What was found.
    """

    layer: Layer
    dialect: Dialect
    positions: Ints
    rows: pa.Table
    extras: pa.Table
    rejects: pd.DataFrame
    issues: Sequence[Issue]
    names: pd.DataFrame
    report: LayerReport


def read_rows(layer: Layer, options: ReadOptions) -> LayerRows:
    """Bring one layer into sound flat rows.

    Args:
        layer: As a reader gives it.
        options: What the analyst says.

    Returns:
        The rows, and what became of the others.

    Raises:
        InputError: The layer as a whole cannot be used: no dialect fits, or an option is needed.
    """
    dialect, reason = recognise(layer, options)
    mapped = dialect.map(layer, options)
    columns = all_columns(mapped.columns, layer.table.num_rows)
    columns, placed_faults, facts = _with_geometry(columns, layer, mapped, options)
    moved = () if facts else unused_geometry_note(layer, columns, options.source_crs)
    columns, areal = without_areal_points(columns)
    columns, value_faults = _with_clean_values(columns, layer, mapped)
    faults = [*layer.faults, *mapped.faults, *placed_faults, *value_faults]
    # What a known dataset always has names no private persons.
    faults += [] if dialect.key in SHARED_IDS else check_people(layer)
    if areal.any() and mapped.settled:
        faults.append(CellFault("BM312", np.flatnonzero(areal), "longitude"))
    written = {ours: theirs[0] for ours, theirs in mapped.used.items() if len(theirs) == 1}
    if facts:
        written |= dict.fromkeys(("longitude", "latitude", "shape"), "geometry")
    numbers = {name: parse_floats(columns[name]) for name in ("longitude", "latitude", "radius_km")}
    found = _checked(columns, numbers, layer.label, dialect.period_start, options.accessed)
    faults += [_renamed(each, written) for each in found]
    naming = replace(options, locate=False) if mapped.settled else options
    # What a known dataset codes as unknown stays so; any other table only says nothing.
    open_ = ("",) if dialect.key in SHARED_IDS else ("", "unknown", "country")
    columns, named_faults, names, located = _with_names(columns, faults, naming, open_)
    faults += [_renamed(each, written) for each in named_faults]
    faults = each_row_once(faults)
    columns = columns if mapped.settled else fill_admin1_codes(columns)
    keep = ~rejected_rows(faults, layer.table.num_rows, strict=options.strict)
    rows, extras = pa.table(columns), _extras(layer, mapped)
    positions = np.flatnonzero(keep)
    if not keep.all():
        rows, extras = rows.take(pa.array(positions)), extras.take(pa.array(positions))
    report = LayerReport(
        file=layer.file, member=layer.member, layer=layer.name, format=layer.format,
        dialect=dialect.key, reason=reason, rows_read=layer.rows_read, rows_used=rows.num_rows,
        rows_rejected=layer.rows_read - rows.num_rows, rows_located=int((located & keep).sum()),
        facts={**layer.facts, **facts}, used={k: tuple(v) for k, v in mapped.used.items()},
        kept=tuple(mapped.kept), notes=(*mapped.notes, *moved), **_extent(rows),
    )  # fmt: skip
    return LayerRows(
        layer, dialect, positions, rows, extras, rejects_of(layer, faults, strict=options.strict),
        issues_of(layer, faults, strict=options.strict), names, report,
    )  # fmt: skip


def _checked(
    columns: Flat, numbers: Mapping[str, np.ndarray], label: str, first: str, last: str
) -> list[CellFault]:
    lon, lat = numbers["longitude"], numbers["latitude"]
    found = at_once(
        lambda: check_places(columns, lon, lat, label),
        lambda: check_values(columns, numbers),
        lambda: [*check_shapes(columns), *check_period(columns, first, last)],
    )
    return [fault for faults in found for fault in faults]


def _renamed(fault: CellFault, written: dict[str, str]) -> CellFault:
    return replace(fault, column=written.get(fault.column, fault.column))


def _with_geometry(
    columns: Flat, layer: Layer, mapped: Mapped, options: ReadOptions
) -> tuple[Flat, list[CellFault], dict[str, str]]:
    """The columns with the layer's geometry as coordinates and shapes, where the dialect leaves it to us."""
    if layer.geometry is None or {"longitude", "shape"} & set(mapped.columns):
        return columns, [], {}
    placed = to_wgs84(layer.geometry, options)
    shape = pa.chunked_array([placed.wkt]) if isinstance(placed.wkt, pa.Array) else placed.wkt
    areal, point = ~empty_mask(shape), np.isfinite(placed.lon)
    new = {
        "longitude": pa.chunked_array([text_of(placed.lon)]),
        "latitude": pa.chunked_array([text_of(placed.lat)]),
        "shape": shape,
        "geo_precision": _areal_precision(columns["geo_precision"], areal, point),
        "location_basis": _choose(areal | point, "given", columns["location_basis"]),
    }
    faults = [replace(each, column=each.column or "geometry") for each in placed.faults]
    return columns | new, faults, {"crs": placed.crs or "WGS 84"}


def _areal_precision(given: pa.ChunkedArray, areal: np.ndarray, point: np.ndarray) -> pa.ChunkedArray:
    """A polygon is an area, whatever is said of it; a point without a word is as exact as the file has it."""
    codes, values = factorize(given)
    fine = np.array([value in ("", "exact", "settlement", "near", "unknown") for value in values], dtype=bool)
    unsaid = np.array([value in ("", "unknown") for value in values], dtype=bool)
    given = _choose(areal & fine[codes], "area", given)
    return _choose(point & unsaid[codes], "exact", given)


def _choose(mask: np.ndarray, word: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not mask.any():
        return column
    return pc.if_else(pa.array(mask), pa.scalar(word, type=TEXT), column)


def _with_clean_values(columns: Flat, layer: Layer, mapped: Mapped) -> tuple[Flat, list[CellFault]]:
    """Ids for rows without one, whole numbers, addresses that may be shown; what did not parse is told."""
    columns, faults = dict(columns), []
    columns["event_id"] = _ids(columns["event_id"], layer)
    for name in _FIGURES:
        columns[name], bad = whole_numbers(columns[name])
        if bad.any():
            faults.append(CellFault("BM305", np.flatnonzero(bad), _source_column(mapped, name)))
    columns["source_url"], bad = check_urls(columns["source_url"])
    if bad.any():
        faults.append(CellFault("BM307", np.flatnonzero(bad), _source_column(mapped, "source_url")))
    return columns, faults


def _source_column(mapped: Mapped, name: str) -> str:
    theirs = mapped.used.get(name, ())
    return theirs[0] if len(theirs) == 1 else name


def _ids(ids: pa.ChunkedArray, layer: Layer) -> pa.ChunkedArray:
    missing = empty_mask(ids)
    if not missing.any():
        return ids
    made = pa.array([f"r{record}" for record in layer.records.tolist()], type=TEXT)
    return pc.if_else(pa.array(missing), made, ids)


def _with_names(
    columns: Flat, faults: Sequence[CellFault], options: ReadOptions, unplaced: Sequence[str]
) -> tuple[Flat, Sequence[CellFault], pd.DataFrame, np.ndarray]:
    """The columns with what the gazetteer says of rows that have names but no place."""
    located = np.zeros(len(columns["event_id"]), dtype=bool)
    placeless = empty_mask(columns["longitude"]) & empty_mask(columns["shape"])
    placeless &= among(columns["geo_precision"], unplaced)
    placeless &= ~among(columns["location_basis"], ["machine"])
    placeless &= ~rejected_rows(faults, len(located), strict=options.strict)
    placeless &= ~(
        empty_mask(columns["location"]) & empty_mask(columns["admin1"]) & empty_mask(columns["admin2"])
    )
    rows = np.flatnonzero(placeless)
    if not len(rows) or not options.locate:
        return columns, [], pd.DataFrame(), located
    named = locate(columns, rows, options.choices)
    columns = columns | {name: put(columns[name], rows, new) for name, new in named.updates.items()}
    located[rows] = named.is_located
    return columns, named.faults, named.table, located


def _extras(layer: Layer, mapped: Mapped) -> pa.Table:
    # The id column must be there even where nothing is kept: it is added by whoever joins the layers.
    if mapped.extras is not None:
        return pa.table(dict(mapped.extras)) if mapped.extras else layer.table.select([])
    return layer.table.select(list(dict.fromkeys(mapped.kept)))


class _Extent(TypedDict):
    bounds: Bounds | None
    period: tuple[str, str]
    countries: Mapping[str, int]


def _extent(rows: pa.Table) -> _Extent:
    lon, lat = parse_floats(rows["longitude"]), parse_floats(rows["latitude"])
    known = np.isfinite(lon) & np.isfinite(lat)
    bounds = None
    if known.any():
        east, north = lon[known], lat[known]
        bounds = (float(east.min()), float(north.min()), float(east.max()), float(north.max()))
    _, starts = factorize(rows["date_start"])
    _, ends = factorize(rows["date_end"])
    days = [day[:10] for day in (*starts, *ends) if day]
    period = (min(days), max(days)) if days else ("", "")
    return {"bounds": bounds, "period": period, "countries": _countries(rows, lon, lat)}


def _countries(rows: pa.Table, lon: np.ndarray, lat: np.ndarray) -> dict[str, int]:
    """How many rows name each country; rows that name none count where they lie."""
    codes, names = factorize(rows["country"])
    counts: dict[str, int] = {}
    for name, count in zip(names, np.bincount(codes, minlength=len(names)).tolist(), strict=True):
        if name:
            counts[name] = count
    lying = np.flatnonzero(empty_mask(rows["country"]) & np.isfinite(lon) & np.isfinite(lat))
    if len(lying):
        found, numbers = np.unique(countries_at(lon[lying], lat[lying]).astype(str), return_counts=True)
        for name, count in zip(found.tolist(), numbers.tolist(), strict=True):
            if name:
                counts[name] = counts.get(name, 0) + count
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
