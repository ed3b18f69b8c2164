"""Borders made ready for asking: cut into short pieces, and these gathered into balls in space."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from bordermap.errors import BorderError
from bordermap.geometry.chords import Chords, chords_of
from bordermap.geometry.edges import Floats, Indices, cut, edges_of, pieces_km
from bordermap.geometry.nodes import Nodes, gather
from bordermap.geometry.stretches import stretches_along

#: Degrees: what closes a line or joins two of them is given to the last digit.
_SAME: Final = 1e-9
#: Degrees, a micrometre: a vertex that is no farther from the line between others bends nothing.
_STRAIGHT: Final = 1e-11


@dataclass(frozen=True, eq=False)
class BorderIndex:
    """What :func:`prepare` makes of borders; nothing in it is changed afterwards.

    Attributes:
        pieces: Lon and lat of both ends of each piece, degrees, shape (n, 4).
        row: Position of each piece's border in the frame that was given, shape (n,).
        unit: Stretch of each piece, a position in ``stretch``, shape (n,).
        before_km: Length along the border up to each piece, shape (n,).
        length_km: Length of each piece, shape (n,).
        joined: Whether the next piece begins where this one ends, shape (n,).
        chords: The pieces in space.
        nodes: The hierarchy of balls over the pieces.
        stretch: The name of each stretch: ``stretch_id`` of a shipped one, else the pair.
        lines: The frame that was given, without its index: one row a border.
    """

    pieces: Floats
    row: Indices
    unit: Indices
    before_km: Floats
    length_km: Floats
    joined: Any
    chords: Chords
    nodes: Nodes
    stretch: Any
    lines: gpd.GeoDataFrame

    @property
    def border_pair(self) -> Any:
        """The pair of each row of the frame."""
        return self.lines["border_pair"].to_numpy(dtype=object)

    @property
    def accuracy_km(self) -> Floats:
        """The accuracy of each row's line."""
        return np.asarray(self.lines["accuracy_m"].to_numpy(dtype=float) / 1000)


def prepare(borders: gpd.GeoDataFrame) -> BorderIndex:
    """Make borders ready to be asked often.

    Args:
        borders: Lines in EPSG:4326 with ``border_pair`` and ``accuracy_m``, as
            :func:`bordermap.read_borders` gives them. They are not changed.

    Returns:
        An index that :func:`bordermap.geometry.nearest.nearest_border` and :func:`bordermap.enrich` take in
        place of the borders.

    Raises:
        BorderError: There is no line, or it is not in EPSG:4326.

    Example:
        >>> from bordermap.geometry.borders import read_borders
        >>> prepare(read_borders("AFG-UZB")).before_km[0]
        np.float64(0.0)
    """
    _check_lines(borders)
    lines = borders.reset_index(drop=True)
    # By pair, so that a tie is answered the same whatever the order of the rows.
    order = np.lexsort([lines.get("part", lines["border_pair"]), lines["border_pair"]])
    edges, of_line = edges_of(_bends_only(np.asarray(lines.geometry.array, dtype=object)[order]))
    pieces, of_edge = cut(edges)
    row = order[of_line[of_edge]]
    lengths = pieces_km(pieces)
    real = lengths > 0
    if not real.any():
        raise BorderError(
            "there is no border line to measure to",
            hint="Give lines, for example read_borders('AFG').",
            code="BM144",
        )
    pieces, row, lengths = pieces[real], row[real], lengths[real]
    before = _lengths_before(lengths, row)
    unit, stretch = stretches_along(lines["border_pair"].to_numpy(dtype=object)[row], before + lengths / 2)
    return _index(pieces, row, (unit, stretch), before, lengths, lines)


@lru_cache(maxsize=16)
def only(index: BorderIndex, border_pair: str) -> BorderIndex:
    """The index of one border out of several.

    Args:
        index: What :func:`prepare` made.
        border_pair: One of its pairs.

    Raises:
        BorderError: It holds no such pair.

    Example:
        >>> from bordermap.geometry.borders import read_borders
        >>> six = prepare(read_borders("AFG"))
        >>> len(only(six, "AFG-CHN").pieces) < len(six.pieces)
        True
    """
    kept = index.border_pair[index.row] == border_pair
    if not kept.any():
        raise BorderError(
            f"no border {border_pair} is among those that were asked", hint="Read it first.", code="BM145"
        )
    return _index(
        index.pieces[kept], index.row[kept], (index.unit[kept], index.stretch),
        index.before_km[kept], index.length_km[kept], index.lines,
    )  # fmt: skip


def _index(
    pieces: Floats,
    row: Indices,
    units: tuple[Indices, Any],
    before: Floats,
    lengths: Floats,
    lines: gpd.GeoDataFrame,
) -> BorderIndex:
    chords = chords_of(pieces)
    unit, stretch = units
    # One number for each run of a border and a stretch: no ball holds pieces of two.
    run = np.cumsum(np.r_[True, (np.diff(row) != 0) | (np.diff(unit) != 0)]) - 1
    meets = (np.abs(pieces[1:, :2] - pieces[:-1, 2:]) < _SAME).all(axis=1)
    joined = np.r_[meets & (row[1:] == row[:-1]), False]
    return BorderIndex(
        pieces, row, unit, before, lengths, joined, chords, gather(pieces, chords, run), stretch, lines
    )


def _bends_only(shapes: Any) -> Any:
    """Lines without the vertices that lie straight between others, within a micrometre.

    They change no distance, but a point far away is as near to many of them, and would be compared with each.
    """
    return shapely.simplify(shapes, _STRAIGHT, preserve_topology=False)


def _check_lines(borders: gpd.GeoDataFrame) -> None:
    if borders.crs is None or borders.crs.to_epsg() != 4326:
        raise BorderError(
            f"the borders are not in EPSG:4326 but in {borders.crs or 'no stated system'}",
            hint="Bring them there with borders.to_crs(4326).",
            code="BM143",
        )
    kinds = set(borders.geometry.geom_type.dropna()) - {"LineString", "MultiLineString"}
    if kinds:
        raise BorderError(
            f"a border is a {min(kinds)}", hint="Give lines, for example read_borders('AFG').", code="BM144"
        )


def _lengths_before(lengths: Floats, row: Indices) -> Floats:
    ends = np.cumsum(lengths)
    first = np.r_[0, np.flatnonzero(np.diff(row)) + 1]
    offset = np.repeat(np.r_[0.0, ends][first], np.diff(np.r_[first, len(row)]))
    return np.asarray(np.maximum(ends - lengths - offset, 0))
