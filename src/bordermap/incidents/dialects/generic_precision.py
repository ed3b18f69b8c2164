"""How finely a row of any table says where: from what is stated, else from how many figures there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap import codebook as cb
from bordermap.incidents.dialects.distinct import Bools, Floats, Ints, distinct, plainly
from bordermap.incidents.dialects.figures_in_text import numbers, text_of
from bordermap.incidents.dialects.found_columns import Found, text_column
from bordermap.incidents.readers.layer import TEXT, Layer
from bordermap.text import fold_name

#: Words of others for our precisions, folded.
WORDS: Final = {
    **{fold_name(key): key for key in cb.PRECISIONS},
    "village": "settlement", "town": "settlement", "city": "settlement", "place": "settlement",
    "near settlement": "near", "approximate": "near", "approx": "near", "vicinity": "near",
    "district": "admin2", "county": "admin2", "adm2": "admin2", "rayon": "admin2",
    "province": "admin1", "oblast": "admin1", "region": "admin1", "state": "admin1", "adm1": "admin1",
    "border sector": "border_stretch", "national": "country", "adm0": "country",
}  # fmt: skip
#: Areal classes: a point beside them is the coder's, no location.
AREAL: Final = tuple(key for key in cb.PRECISIONS if key not in cb.POINT_LIKE)
#: The radius of a point whose stated precision is in a code that is not known here, kilometres.
UNKNOWN_CODE_RADIUS: Final = 25.0
_EXACT_KM: Final = 0.5
_CODES: Final = pa.array(["", *cb.PRECISIONS], TEXT)
_EXACT, _NEAR, _AREA = (_CODES.to_pylist().index(key) for key in ("exact", "near", "area"))
_IS_AREAL: Final = np.array([word in AREAL for word in _CODES.to_pylist()])


@dataclass(frozen=True, eq=False)
class Precision:
    """How finely each row is placed.

    Attributes:
        geo_precision: Of ``codebook.PRECISIONS``; empty where only names are given and the gazetteer decides.
        radius_km: Text; empty where none is needed.
        source: The file's own code, where it is not one of our words; None where no column has one.
        areal: Rows whose stated precision is areal: their point is no location.
        notes: Sentences for the report.
    """

    geo_precision: pa.Array
    radius_km: pa.Array
    source: pa.Array | None
    areal: Bools
    notes: tuple[str, ...]


def judge(
    layer: Layer, found: Found, point: Bools, area: Bools, coarse: Floats, named: pa.Array
) -> Precision:
    """The precision of each row.

    Args:
        layer: The table.
        found: Its columns.
        point: Which rows have a point, shape (n,).
        area: Which rows have a polygon or a line.
        coarse: How far points may be off by their figures, kilometres; 0 for 500 m or less.
        named: What stands for rows without coordinates: an empty text, ``country`` or ``unknown``.

    Returns:
        The precision.
    """
    stated, own, unknown = _stated(layer, found)
    radius, notes = _radius(layer, found), []
    wide = np.where(np.isfinite(radius), radius, coarse)
    wide = np.where(unknown & ~np.isfinite(radius), np.maximum(wide, UNKNOWN_CODE_RADIUS), wide)
    names = pc.fill_null(pc.index_in(named, value_set=_CODES), 0).to_numpy(zero_copy_only=False)
    kind = np.where(point, np.where(wide <= _EXACT_KM, _EXACT, _NEAR), np.where(area, _AREA, names))
    # What is stated wins, but no row is drawn as a point that has none.
    kind = np.where((stated > 0) & (point | area | _IS_AREAL[stated]), stated, kind)
    if point.any():
        notes.append(_by_figures(kind, point & (stated == 0) & ~np.isfinite(radius), coarse))
    if unknown.any():
        notes.append(
            f"the codes of {found.get('geo_precision')} are not known here: such points are drawn as near, "
            f"within {UNKNOWN_CODE_RADIUS:g} km"
        )
    radii = text_of(np.where(point & (kind == _NEAR) & (wide > 0), wide, np.nan))
    areal = np.asarray(point & _IS_AREAL[kind], dtype=bool)
    return Precision(_CODES.take(pa.array(kind)), radii, own, areal, tuple(note for note in notes if note))


def _by_figures(kind: Ints, judged: Bools, coarse: Floats) -> str:
    exact, near = int(np.sum(judged & (kind == _EXACT))), int(np.sum(judged & (coarse > 0)))
    if not judged.any():
        return ""
    return (
        f"points without a stated precision: {int(judged.sum())}; {exact} with three decimals or more are "
        f"taken as exact, {near} with fewer as near, within the distance that their figures allow"
    )


def _stated(layer: Layer, found: Found) -> tuple[Ints, pa.Array | None, Bools]:
    """Our word for each row's stated precision, the column's own text, and where it is a code not known."""
    n = layer.table.num_rows
    theirs = found.get("geo_precision")
    if not theirs:
        return np.zeros(n, dtype=np.int64), None, np.zeros(n, dtype=bool)
    column = text_column(layer, theirs)
    coded = distinct(plainly(column))
    written = coded.texts.to_pylist()
    known = _CODES.to_pylist()
    ours = np.array([known.index(WORDS.get(fold_name(word), "")) for word in written], dtype=np.int64)
    unknown = np.array(
        [bool(word) and not code for word, code in zip(written, ours, strict=True)], dtype=bool
    )
    return ours[coded.at], column, unknown[coded.at]


def _radius(layer: Layer, found: Found) -> Floats:
    for ours, factor in (("radius_km", 1.0), ("radius_m", 0.001)):
        if ours in found:
            values, _ = numbers(text_column(layer, found.get(ours)))
            with np.errstate(invalid="ignore"):
                return np.where(values > 0, values * factor, np.nan)
    return np.full(layer.table.num_rows, np.nan)


def without_coordinates(names: list[pa.Array], country: pa.Array) -> pa.Array:
    """What stands for the precision of rows without coordinates.

    Args:
        names: Columns that name a place within a country.
        country: The country's code.

    Returns:
        An empty text where a name can be looked up, ``country`` where only the country is known, ``unknown``
        where nothing is.

    Example:
        >>> place, land = pa.array(["Termez", "", ""], TEXT), pa.array(["", "UZB", ""], TEXT)
        >>> without_coordinates([place], land).to_pylist()
        ['', 'country', 'unknown']
    """
    said = pc.equal(country, "none")
    for name in names:
        said = pc.or_(said, pc.not_equal(name, ""))
    alone = pc.if_else(pc.equal(country, ""), pa.scalar("unknown", TEXT), pa.scalar("country", TEXT))
    return pc.if_else(said, pa.scalar("", TEXT), alone)
