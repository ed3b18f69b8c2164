"""Borders made ready for asking: cut into short pieces, and these gathered into balls in space."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import geopandas as gpd
import numpy as np

from bordermap.errors import BorderError
from bordermap.geometry.chords import Chords, at_most_km, chords_of, in_space
from bordermap.geometry.edges import WGS84, Floats, Indices, cut, edges_of, pieces_km

#: So many pieces lie in one ball: few balls to look at, few pieces in each.
_BALL_SIZE: Final = 32


@dataclass(frozen=True, eq=False)
class BorderIndex:
    """What :func:`prepare` makes of borders; nothing in it is changed afterwards.

    Attributes:
        pieces: Lon and lat of both ends of each piece, degrees, shape (n, 4).
        row: Position of each piece's border in the frame that was given, shape (n,).
        before_km: Length along the border up to each piece, shape (n,).
        chords: The pieces in space.
        ball_start: First piece of each ball, shape (k,), and at its end the number of pieces.
        ball_centre: Kilometres in space, shape (k, 3).
        ball_radius: Kilometres, shape (k,).
        border_pair: The pair of each row of the frame.
        accuracy_km: The accuracy of each row's line.
    """

    pieces: Floats
    row: Indices
    before_km: Floats
    chords: Chords
    ball_start: Indices
    ball_centre: Floats
    ball_radius: Floats
    border_pair: Any
    accuracy_km: Floats


def prepare(borders: gpd.GeoDataFrame) -> BorderIndex:
    """Make borders ready to be asked often.

    Args:
        borders: Lines in EPSG:4326 with ``border_pair`` and ``accuracy_m``, as
            :func:`bordermap.read_borders` gives them. They are not changed.

    Returns:
        An index that :func:`bordermap.geometry.nearest.nearest_border` takes in place of the borders.

    Raises:
        BorderError: There is no line, or it is not in EPSG:4326.

    Example:
        >>> from bordermap.geometry.borders import read_borders
        >>> prepare(read_borders("AFG-UZB")).before_km[0]
        np.float64(0.0)
    """
    _check_lines(borders)
    # By pair, so that a tie is answered the same whatever the order of the rows.
    order = np.lexsort([borders.get("part", borders["border_pair"]), borders["border_pair"]])
    edges, of_line = edges_of(np.asarray(borders.geometry.array, dtype=object)[order])
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
    return _gather(
        pieces, row, _lengths_before(lengths, row),
        borders["border_pair"].to_numpy(dtype=object), borders["accuracy_m"].to_numpy(dtype=float) / 1000,
    )  # fmt: skip


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
    before, pieces, row = index.before_km[kept], index.pieces[kept], index.row[kept]
    return _gather(pieces, row, before, index.border_pair, index.accuracy_km)


def _gather(pieces: Floats, row: Indices, before: Floats, pairs: Any, accuracy_km: Floats) -> BorderIndex:
    chords = chords_of(pieces)
    starts = _ball_starts(row)
    centre, radius = _balls(chords, starts)
    return BorderIndex(pieces, row, before, chords, starts, centre, radius, pairs, accuracy_km)


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


def _ball_starts(row: Indices) -> Indices:
    bounds = np.r_[0, np.flatnonzero(np.diff(row)) + 1, len(row)]
    runs = [np.arange(a, b, _BALL_SIZE) for a, b in pairwise(bounds)]
    return np.concatenate([*runs, [len(row)]]).astype(np.int64)


def _balls(chords: Chords, starts: Indices) -> tuple[Floats, Floats]:
    """Centre and radius of a ball round each run of pieces."""
    counts = np.diff(starts)
    end = chords.start + chords.step
    centre = np.add.reduceat((chords.start + end) / 2, starts[:-1]) / counts[:, None]
    of_piece = np.repeat(np.arange(len(counts)), counts)
    reach = np.maximum(
        np.linalg.norm(chords.start - centre[of_piece], axis=1),
        np.linalg.norm(end - centre[of_piece], axis=1),
    )
    return centre, np.maximum.reduceat(reach + chords.sag, starts[:-1])


def candidate_balls(index: BorderIndex, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """The smallest and the largest straight distance from points to what is in each ball, shape (m, k)."""
    points = in_space(lon, lat)
    squared = (
        np.einsum("ij,ij->i", points, points)[:, None]
        + np.einsum("ij,ij->i", index.ball_centre, index.ball_centre)
        - 2 * points @ index.ball_centre.T
    )
    # The difference of large squares is good to about 1e-8 km².
    nearest = np.sqrt(np.maximum(squared - 1e-6, 0)) - index.ball_radius
    return nearest, np.sqrt(np.maximum(squared, 0) + 1e-6) + index.ball_radius


def geodesic_balls(index: BorderIndex, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """The smallest and the largest geodesic distance from points to what is in each ball, shape (m, k)."""
    first = index.pieces[index.ball_start[:-1], :2]
    shape = (len(lon), len(first))
    ends = (np.broadcast_to(values, shape).ravel() for values in (lon[:, None], lat[:, None], *first.T))
    lon_a, lat_a, lon_b, lat_b = ends
    _, _, metres = WGS84.inv(lon_a, lat_a, lon_b, lat_b)
    to_first = np.asarray(metres).reshape(shape) / 1000
    # Any two places in a ball are at most its diameter apart.
    across = at_most_km(2 * index.ball_radius)
    return to_first - across, to_first + across
