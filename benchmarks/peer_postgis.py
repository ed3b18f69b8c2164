"""Peer: PostGIS, geography type, on a server of its own that listens on a socket in a temporary folder.

One process answers, without parallel workers. Points, lines and areas are tables with indexes; the answer is
a table. PostGIS 3.3 has no nearest place on a geography, so that is found in the fitted conic.
"""

from __future__ import annotations

import csv
import getpass
import io
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from enrich_points import Answers, afghan_line, area_cells, conic_text, single_edges

MISSING: Final = "not installed: apt-get install postgresql-15 postgresql-15-postgis-3"
_SRID: Final = 990001
_SETTINGS: Final = {
    "listen_addresses": "''", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "autovacuum": "off", "jit": "off", "shared_buffers": "'512MB'", "work_mem": "'256MB'",
    "client_min_messages": "warning", "max_parallel_workers_per_gather": "0", "max_wal_size": "'4GB'",
}  # fmt: skip
_NEAREST: Final = "SELECT * FROM {table} t ORDER BY t.place <-> p.place LIMIT 1"
_RANKED: Final = """SELECT * FROM (SELECT * FROM {table} t ORDER BY t.place <-> p.place LIMIT 16) c
    ORDER BY ST_Distance(c.place, p.place) LIMIT 1"""
_QUERY: Final = """
CREATE UNLOGGED TABLE answers AS
SELECT p.id, coalesce(a.iso3, '') AS country, coalesce(a.code, '') AS admin1, l.pair, ST_X(f.foot) AS lon, ST_Y(f.foot) AS lat,
  ST_Distance(l.place, p.place) / 1000 AS km
FROM points p
LEFT JOIN LATERAL (SELECT iso3, code FROM areas WHERE ST_Intersects(areas.geom, p.geom) LIMIT 1) a ON true
CROSS JOIN LATERAL ({nearest}) l
CROSS JOIN LATERAL (SELECT ST_Transform(ST_ClosestPoint(l.flat, ST_Transform(p.geom, {srid})), 4326) AS foot) f
"""


@cache
def binaries() -> Path | None:
    """The folder of the newest server that has PostGIS."""
    found = [
        path for path in Path("/usr/lib/postgresql").glob("*/bin")
        if Path("/usr/share/postgresql", path.parent.name, "extension/postgis.control").exists()
    ]  # fmt: skip
    return max(found, key=lambda path: int(path.parent.name)) if found and shutil.which("psql") else None


def versions() -> dict[str, str]:
    """The server's and the extension's, empty if one is missing."""
    folder = binaries()
    if folder is None:
        return {}
    server = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    control = Path("/usr/share/postgresql", folder.parent.name, "extension/postgis.control").read_text()
    extension = re.search(r"default_version = '([\d.]+)'", control)
    return {"PostgreSQL": server.split()[2], "PostGIS": extension[1] if extension else "?"}


class Server:
    """A server of one run: in a temporary folder, gone with :meth:`close`."""

    def __init__(self) -> None:
        folder = binaries()
        assert folder, MISSING
        # A server does not run as root.
        self._user = "postgres" if os.geteuid() == 0 else getpass.getuser()
        self._binaries, self._home = folder, Path(tempfile.mkdtemp(prefix="bench-pg-"))
        if os.geteuid() == 0:
            account = pwd.getpwnam(self._user)
            os.chown(self._home, account.pw_uid, account.pw_gid)
        self._as_user(
            "initdb", "-D", self._data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        self._as_user(
            "pg_ctl",
            "-D",
            self._data,
            "-o",
            f"{options} -k {self._home}",
            "-l",
            self._home / "log",
            "-w",
            "start",
        )

    @property
    def _data(self) -> Path:
        return self._home / "data"

    def _as_user(self, program: str, *arguments: Any) -> None:
        user = {"user": self._user, "group": self._user, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(
            [self._binaries / program, *map(str, arguments)],
            check=True, stdout=subprocess.DEVNULL, cwd=self._home, **user,  # type: ignore[call-overload]
        )  # fmt: skip

    def sql(self, text: str, given: str = "") -> str:
        """What psql prints for statements, tuples only; ``given`` follows a COPY … FROM STDIN."""
        command: list[str | Path] = [
            "psql",
            "-h",
            self._home,
            "-U",
            "bench",
            "-d",
            "postgres",
            "-XqAt",
            "-F",
            "\t",
            "-v",
            "ON_ERROR_STOP=1",
        ]
        source = text + (f"\n{given}\\.\n" if given else "")
        done = subprocess.run(command, input=source, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout

    def copy(self, table: str, *columns: Any) -> None:
        """Fill a table from columns."""
        lines = io.StringIO()
        csv.writer(lines, lineterminator="\n").writerows(zip(*columns, strict=True))
        self.sql(f"COPY {table} FROM STDIN (FORMAT csv);", lines.getvalue())

    @property
    def pid(self) -> int:
        """The server's first process; all others are its children."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def close(self) -> None:
        """Stop the server and remove its folder."""
        self._as_user("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._home)


class PostGIS:
    """`<->` on geography for the nearest line or edge, `ST_Distance` for how far.

    Args:
        by_edges: Every edge a row, not each of the six lines.
        ranked: Take the nearest sixteen, since `<->` is on the sphere, and the nearest of them on the ellipsoid.
    """

    def __init__(self, by_edges: bool = False, ranked: bool = False) -> None:
        self._by_edges, self._nearest = by_edges, _RANKED if ranked else _NEAREST
        self._server: Server | None = None

    def load(self, points: NDArray[np.float64]) -> None:
        """Build the input, in a server that is started for the first."""
        if self._server is None:
            self._server = Server()
            self._server.sql("CREATE EXTENSION postgis;")
        self._server.sql(
            "DROP TABLE IF EXISTS points; CREATE UNLOGGED TABLE given (id int, lon float8, lat float8);"
        )
        self._server.copy("given", range(len(points)), *(map(repr, column.tolist()) for column in points.T))
        self._server.sql("""CREATE UNLOGGED TABLE points AS SELECT id, geom, geom::geography AS place FROM
            (SELECT id, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS geom FROM given) g; DROP TABLE given; ANALYZE points;""")

    @property
    def pid(self) -> int:
        """The server's process, whose memory counts."""
        assert self._server
        return self._server.pid

    def prepare(self) -> None:
        """Everything that need not be done again for other points."""
        assert self._server
        sql, copy = self._server.sql, self._server.copy
        sql(f"INSERT INTO spatial_ref_sys (srid, proj4text) VALUES ({_SRID}, '{conic_text()}');")
        cells, lines = area_cells(), afghan_line()
        sql("CREATE UNLOGGED TABLE areas (iso3 text, code text, geom geometry);")
        copy("areas", cells["iso3"], cells["admin1_code"], _hex(cells.geometry))
        shapes, row = single_edges(lines) if self._by_edges else (lines.geometry, np.arange(len(lines)))
        sql("CREATE UNLOGGED TABLE given (pair text, geom geometry);")
        copy("given", lines["border_pair"].to_numpy()[row], _hex(shapes))
        sql(f"""CREATE UNLOGGED TABLE lines AS
            SELECT pair, geom::geography AS place, ST_Transform(geom, {_SRID}) AS flat FROM given;
            DROP TABLE given;
            CREATE INDEX ON areas USING gist (geom); CREATE INDEX ON lines USING gist (place); ANALYZE;""")

    def run(self) -> float:
        """Answer all points, into a table; the seconds that the statement took."""
        assert self._server
        query = _QUERY.format(nearest=self._nearest.format(table="lines"), srid=_SRID)
        printed = self._server.sql(f"DROP TABLE IF EXISTS answers;\n\\timing on\n{query};")
        took = re.search(r"Time: ([\d.]+) ms", printed)
        assert took, printed
        return float(took[1]) / 1000

    def answers(self) -> Answers:
        """The table, in the order of the points."""
        assert self._server
        printed = self._server.sql("SET extra_float_digits = 3; SELECT * FROM answers ORDER BY id;")
        _, *columns = zip(*(line.split("\t") for line in printed.splitlines()), strict=True)
        country, admin1, pair = (np.array(column, dtype=object) for column in columns[:3])
        lon, lat, km = (np.array(column, dtype=float) for column in columns[3:])
        return Answers(country, admin1, pair, lon, lat, km)

    def close(self) -> None:
        """Stop the server."""
        if self._server:
            self._server.close()


def _hex(shapes: Any) -> list[str]:
    placed = shapely.set_srid(np.asarray(shapes), 4326)
    return [str(text) for text in shapely.to_wkb(placed, hex=True, include_srid=True)]
