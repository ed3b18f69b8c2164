"""Any table with coordinates, geometry or names of places, understood by the names of its columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.geometry.countries import country_names
from bordermap.incidents.dialects import generic_words as words
from bordermap.incidents.dialects.dialect import Dialect
from bordermap.incidents.dialects.distinct import plainly, replaced
from bordermap.incidents.dialects.figures_in_text import text_of
from bordermap.incidents.dialects.found_columns import Found, find_columns, nothing_note, text_column
from bordermap.incidents.dialects.generic_doubts import differing_note, saying_nothing
from bordermap.incidents.dialects.generic_precision import Precision, judge, without_coordinates
from bordermap.incidents.dialects.layer_geometry import of_layer
from bordermap.incidents.dialects.mapping_sheet import Sheet
from bordermap.incidents.dialects.spellings import is_personal
from bordermap.incidents.dialects.when_columns import find_when, read_source_dates
from bordermap.incidents.dialects.where_columns import Where, find_where
from bordermap.incidents.faults import fault
from bordermap.incidents.flat import Mapped
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import TEXT, Layer

_PLACES: Final = ("location", "admin2", "admin1")
_VALUES: Final = ("latitude", "longitude", "easting", "northing", "date_start", "date_end", *words.COUNTS)


def recognise_generic(layer: Layer) -> str:
    """Why a layer can be read as any table: it has columns."""
    return "no known dataset; columns by their names" if layer.columns or layer.geometry else ""


def map_generic(layer: Layer, options: ReadOptions) -> Mapped:
    """A table in our columns, by the names of its own.

    Args:
        layer: Any.
        options: ``columns``, ``date_order``, ``source_crs``, ``decimal``.

    Returns:
        What could be understood. Rows with names of places and no coordinates have no ``geo_precision``: the
        gazetteer is asked later.

    Raises:
        InputError: No column says where (BM280), or one of the questions BM281 to BM287 must be answered.

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> rows = text_table({"Date": ["18.04.2022"], "Lat": ["37.22417"], "Lon": ["67.27833"]})
        >>> mapped = map_generic(Layer("a.csv", "csv", rows), ReadOptions())
        >>> {name: column[0].as_py() for name, column in mapped.columns.items() if column[0].as_py()}
        {'date_start': '2022-04-18', 'date_precision': 'day', 'date_basis': 'event', 'incident_type': 'other',
         'geo_precision': 'exact', 'location_basis': 'given', 'longitude': '67.27833', 'latitude': '37.22417',
         'title': 'incident'}
    """
    found = without_people(find_columns(layer, options))
    return filled_sheet(layer, found, options).finished()


def filled_sheet(layer: Layer, found: Found, options: ReadOptions, *, order: str = "") -> Sheet:
    """A layer's sheet with all that its columns say.

    Args:
        layer: Any.
        found: Which column is which.
        options: As for :func:`map_generic`.
        order: The order of day and month where nothing else settles it.

    Raises:
        InputError: As for :func:`map_generic`.
    """
    sheet = Sheet(layer)
    sheet.notes += found.notes
    where, from_layer = _where(layer, found, options)
    _require_place(layer, found, where)
    _put_dates(sheet, layer, found, options, order)
    _put_words(sheet, layer, found, options)
    _put_place(sheet, layer, found, where, from_layer)
    _put_title(sheet, layer, found, placed=where is not None)
    if where is not None and from_layer:
        sheet.notes += differing_note(layer, found, where)
    told = [sheet.columns[ours] for ours in ("date_start", "country", *_PLACES) if ours in sheet.columns]
    sheet.faults += saying_nothing(layer, where, told, sheet.faults)
    values = [found.get(ours) for ours in _VALUES if ours in found]
    if where is None:
        sheet.notes += _half(found)
    sheet.notes += nothing_note(layer, values)
    return sheet


def without_people(found: Found) -> Found:
    """The columns without those about people, unless the analyst named them."""
    kept = {
        ours: theirs
        for ours, theirs in found.theirs.items()
        if ours in found.said or not is_personal(theirs)
    }  # fmt: skip
    return replace(found, theirs=kept)


def _where(layer: Layer, found: Found, options: ReadOptions) -> tuple[Where | None, bool]:
    """The coordinates, and whether they are the layer's own geometry."""
    said = {"latitude", "longitude", "latlon", "lonlat", "geometry", "easting"} & found.said
    own = None if said else of_layer(layer, options.source_crs)
    return (own, True) if own is not None else (find_where(layer, found, options), False)


def _require_place(layer: Layer, found: Found, where: Where | None) -> None:
    named = any(ours in found for ours in (*_PLACES, "country", "name"))
    if where is None and not named:
        only = "; ".join((*_half(found), ""))
        columns = ", ".join(layer.columns[:40]) or "none"
        raise fault("BM280", f"no column says where anything happened; {only}the columns are: {columns}",
                    file=layer.label)  # fmt: skip


def _half(found: Found) -> tuple[str, ...]:
    """The sentence about one coordinate whose other was not found."""
    halves = [ours for ours in ("latitude", "longitude", "easting", "northing") if ours in found]
    return (f"only {halves[0]} was found ({found.get(halves[0])})",) if len(halves) == 1 else ()


def _put_dates(sheet: Sheet, layer: Layer, found: Found, options: ReadOptions, order: str) -> None:
    when = find_when(layer, found, options, order=order)
    if when is None:
        sheet.fill("date_precision", "unknown")
        sheet.notes += ("no column has a date: the incidents are undated",)
        return
    used = dict(when.used)
    sheet.put("date_start", when.start, *used["date_start"])
    sheet.put("date_end", when.end, *used.get("date_end", ()))
    sheet.put("date_precision", when.precision)
    dated = pc.not_equal(when.start, "")
    sheet.put("date_basis", pc.if_else(dated, pa.scalar(when.basis, TEXT), pa.scalar("", TEXT)))
    sheet.faults += when.faults
    sheet.notes += when.notes
    undated = len(dated) - int(pc.sum(dated).as_py() or 0) - sum(len(each.rows) for each in when.faults)
    if undated > 0:
        sheet.notes += (f"rows without a date: {undated}",)
    if "source_date" in found and found.get("source_date") not in used["date_start"]:
        sheet.put("source_date", read_source_dates(layer, found, options), found.get("source_date"))


def _put_words(sheet: Sheet, layer: Layer, found: Found, options: ReadOptions) -> None:
    for ours in words.PLAIN:
        if ours in found:
            sheet.put(ours, plainly(text_column(layer, found.get(ours))), found.get(ours))
    for ours in words.COUNTS:
        if ours in found:
            column, faults = words.counts(layer, found.get(ours), options)
            sheet.put(ours, column, found.get(ours))
            sheet.faults += faults
    for ours, column in words.coded(layer, found).items():
        sheet.put(ours, column, found.get(ours))
    if "source_url" in found:
        sheet.put(
            "source_url", words.links(text_column(layer, found.get("source_url"))), found.get("source_url")
        )
    if "event_type" in found:
        written = text_column(layer, found.get("event_type"))
        sheet.put("event_type", written, found.get("event_type"))
        sheet.put("incident_type", words.incident_types(written))
    else:
        sheet.fill("incident_type", "other")


def _put_place(sheet: Sheet, layer: Layer, found: Found, where: Where | None, from_layer: bool) -> None:
    if "country" in found:
        codes, faults = words.countries(layer, found)
        sheet.put("country", codes, found.get("country"))
        sheet.faults += faults
    if where is None and "location" not in found and "name" in found:
        sheet.put("location", plainly(text_column(layer, found.get("name"))), found.get("name"))
    n = layer.table.num_rows
    none = Where(np.full(n, np.nan), np.full(n, np.nan))
    place = where or none
    names = [sheet.columns[ours] for ours in _PLACES if ours in sheet.columns]
    left = without_coordinates(names, sheet.columns.get("country", sheet.empty))
    coarse = place.coarse if place.coarse is not None else np.zeros(n)
    judged = judge(layer, found, place.given, place.areal, coarse, left)
    _put_precision(sheet, found, judged)
    if where is not None:
        _put_coordinates(sheet, where, judged, from_layer)


def _put_precision(sheet: Sheet, found: Found, judged: Precision) -> None:
    sheet.put("geo_precision", judged.geo_precision, *filter(None, [found.get("geo_precision")]))
    sheet.put("radius_km", judged.radius_km, *filter(None, [found.get("radius_km"), found.get("radius_m")]))
    if judged.source is not None:
        sheet.put("source_geo_precision", judged.source, found.get("geo_precision"))
    sheet.notes += judged.notes


def _put_coordinates(sheet: Sheet, where: Where, judged: Precision, from_layer: bool) -> None:
    sheet.faults += where.faults
    sheet.notes += where.notes
    if "location_basis" not in sheet.columns:
        given, areal = pa.array(where.given | where.areal), pa.array(judged.areal)
        word, parent = pc.if_else(given, pa.scalar("given", TEXT), sheet.empty), pa.scalar("parent", TEXT)
        sheet.put("location_basis", pc.if_else(areal, parent, word))
    if from_layer and not judged.areal.any():
        return  # The geometry of the layer itself is taken later.
    used = dict(where.used)
    for ours, values in (("longitude", where.lon), ("latitude", where.lat)):
        sheet.put(ours, text_of(np.where(judged.areal, np.nan, values)), *used.get(ours, ()))
        if judged.areal.any():
            sheet.put(f"representative_{ours}", text_of(np.where(judged.areal, values, np.nan)))
    if judged.areal.any():
        sheet.notes += (f"points that stand for areas, and are no locations: {int(judged.areal.sum())}",)
    if where.shape is not None:
        sheet.put("shape", where.shape, *used.get("shape", ()))


def _put_title(sheet: Sheet, layer: Layer, found: Found, *, placed: bool) -> None:
    """The title, or the name where the rows have places of their own and no title."""
    theirs = found.get("title") or (found.get("name") if placed else "")
    given = plainly(text_column(layer, theirs)) if theirs else None
    places = [sheet.columns[ours] for ours in _PLACES if ours in sheet.columns]
    if "country" in sheet.columns:
        places.append(replaced(sheet.columns["country"], lambda code: country_names().get(code, code)))
    made = words.titles(given, sheet.columns["incident_type"], places)
    sheet.put("title", made, *filter(None, [theirs]))


DIALECT: Final = Dialect(
    key="generic",
    name="table",
    party_kind="dataset",
    recognises=recognise_generic,
    map=map_generic,
    rights="unknown",
)
