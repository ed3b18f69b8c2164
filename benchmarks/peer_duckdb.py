"""Peer: DuckDB with its spatial extension, in memory, on one thread.

It has no join by nearness, so there are two ways: every point against every line, or lines cut into pieces
whose boxes rule most of them out. Both in the fitted conic, with the geodesic distance to the place found.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from enrich_points import Answers, afghan_line, area_cells, conic, conic_text, pieces_of_lines

MISSING: Final = "not installed: pip install duckdb==1.5.5 duckdb-extension-spatial==1.5.5"

_WHOLE = """
near AS (
  SELECT p.id, arg_min(struct_pack(pair := l.pair, shape := l.shape), ST_Distance(l.shape, p.flat)) AS best
  FROM p CROSS JOIN lines l GROUP BY p.id)
"""
_PIECES = """
bound AS (
  SELECT p.id, p.x, p.y, sqrt(min((p.x - b.x) * (p.x - b.x) + (p.y - b.y) * (p.y - b.y))) AS most
  FROM (SELECT id, x, y FROM p) p CROSS JOIN boxes b GROUP BY ALL),
boxed AS MATERIALIZED (
  SELECT p.id, p.x, p.y, p.most, b.piece, b.west, b.east, b.south, b.north FROM bound p JOIN boxes b
  ON p.x BETWEEN b.west - p.most AND b.east + p.most AND p.y BETWEEN b.south - p.most AND b.north + p.most),
few AS (
  SELECT id, piece FROM boxed
  WHERE greatest(west - x, 0, x - east) ** 2 + greatest(south - y, 0, y - north) ** 2 <= most * most * (1 + 1e-12)),
near AS (
  SELECT p.id, arg_min(struct_pack(pair := l.pair, shape := l.shape), ST_Distance(l.shape, p.flat)) AS best
  FROM p JOIN few USING (id) JOIN lines l USING (piece) GROUP BY p.id)
"""
_QUERY = """
CREATE OR REPLACE TABLE answers AS WITH p AS MATERIALIZED (
  SELECT id, geom, flat, ST_X(flat) AS x, ST_Y(flat) AS y FROM (
    SELECT id, geom, ST_Transform(geom, 'EPSG:4326', '{conic}', true) AS flat FROM points)),
{near},
feet AS (
  SELECT p.id, p.geom, near.best.pair AS pair,
    ST_Transform(ST_EndPoint(ST_ShortestLine(p.flat, near.best.shape)), '{conic}', 'EPSG:4326', true) AS foot
  FROM near JOIN p USING (id)),
inside AS (
  SELECT p.id, any_value(a.iso3) AS country, any_value(a.admin1_code) AS admin1
  FROM p JOIN areas a ON ST_Intersects(a.shape, p.geom) GROUP BY p.id)
SELECT id, coalesce(country, '') AS country, coalesce(admin1, '') AS admin1, pair, ST_X(foot) AS lon, ST_Y(foot) AS lat,
  ST_Distance_Spheroid(ST_Point2D(ST_Y(geom), ST_X(geom)), ST_Point2D(ST_Y(foot), ST_X(foot))) / 1000 AS km
FROM feet LEFT JOIN inside USING (id)
"""


def versions() -> dict[str, str]:
    """The package's and its extension's, empty if one is missing."""
    if not importlib.util.find_spec("duckdb") or not importlib.util.find_spec("duckdb_extension_spatial"):
        return {}
    return {name: importlib.metadata.version(name) for name in ("duckdb", "duckdb-extension-spatial")}


class DuckDB:
    """Points in a table of geometries; the answer is a table.

    Args:
        by_pieces: Cut the lines into pieces and rule them out by their boxes.
    """

    def __init__(self, by_pieces: bool = False) -> None:
        self._by_pieces = by_pieces
        self._db: Any = None

    def load(self, points: NDArray[np.float64]) -> None:
        """Build the input."""
        if self._db is None:
            self._db = _connect()
        lon, lat = (np.ascontiguousarray(column) for column in points.T)
        self._numbers(lon=lon, lat=lat)
        self._db.execute(
            "CREATE OR REPLACE TABLE points AS SELECT id, ST_Point(lon, lat) AS geom FROM given ORDER BY id"
        )
        self._db.unregister("given")

    def prepare(self) -> None:
        """Everything that need not be done again for other points."""
        cells = area_cells()
        self._shapes(cells.geometry, iso3=cells["iso3"], admin1_code=cells["admin1_code"])
        self._db.execute(
            "CREATE TABLE areas AS SELECT ST_GeomFromWKB(wkb) AS shape, iso3, admin1_code FROM given"
        )
        flat = afghan_line().to_crs(conic())
        lines = pieces_of_lines(flat) if self._by_pieces else flat
        self._shapes(lines.geometry, pair=lines["border_pair"])
        self._db.execute(
            "CREATE TABLE lines AS SELECT row_number() OVER () AS piece, pair, ST_GeomFromWKB(wkb) AS shape FROM given"
        )
        self._db.execute("""
            CREATE TABLE boxes AS SELECT piece, ST_XMin(shape) AS west, ST_XMax(shape) AS east,
                ST_YMin(shape) AS south, ST_YMax(shape) AS north, ST_X(vertex) AS x, ST_Y(vertex) AS y
            FROM (SELECT *, ST_PointN(shape, (ST_NPoints(shape)::INTEGER + 1) // 2) AS vertex FROM lines)""")

    def _shapes(self, shapes: Any, **columns: Any) -> None:
        import pyarrow as pa

        wkb = pa.array(shapely.to_wkb(np.asarray(shapes)).tolist(), pa.binary())
        texts = {name: pa.array(column.tolist(), pa.string()) for name, column in columns.items()}
        self._db.register("given", pa.table({"wkb": wkb, **texts}))

    def _numbers(self, **columns: NDArray[np.float64]) -> None:
        import pyarrow as pa

        size = len(next(iter(columns.values())))
        self._db.register("given", pa.table({"id": np.arange(size), **columns}))

    def run(self) -> None:
        """Answer all points, into a table."""
        near = (_PIECES if self._by_pieces else _WHOLE).strip()
        self._db.execute(_QUERY.format(conic=conic_text(), near=near))

    def answers(self) -> Answers:
        """The table, in the order of the points."""
        rows = self._db.execute("SELECT * FROM answers ORDER BY id").fetchnumpy()
        lon, lat, km = (np.asarray(rows[name], dtype=float) for name in ("lon", "lat", "km"))
        country, admin1, pair = (
            np.asarray(rows[name], dtype=object) for name in ("country", "admin1", "pair")
        )
        return Answers(country, admin1, pair, lon, lat, km)


def _connect() -> Any:
    duckdb: Any = importlib.import_module("duckdb")
    package = importlib.util.find_spec("duckdb_extension_spatial")
    assert package and package.origin, MISSING
    extension = Path(package.origin).parent / f"extensions/v{duckdb.__version__}/spatial.duckdb_extension"
    connection = duckdb.connect()
    # By its path, so that nothing is asked of the network.
    connection.execute(f"LOAD '{extension}'; SET threads = 1; SET autoinstall_known_extensions = false")
    return connection
