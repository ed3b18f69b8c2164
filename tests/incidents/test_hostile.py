"""Hostile files: each ends as promised, in a child process with 1 GB of address space and a clock of 10 seconds."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.confined import Outcome, run_confined
from support.corpus import FILES, Case, cases, path_of

#: Files of the corpus that somebody could have made on purpose.
HOSTILE = (
    "geojson/vrt.geojson", "geojson/url.geojson", "geojson/nan.geojson", "geojson/deep-coordinates.geojson",
    "json/deep.json", "json/deep-value.json", "json/big-number.json", "json/lone-surrogate.json",
    "kml/external-entity.kml", "kml/billion-laughs.kml", "kml/dtd-utf-16.kml", "kml/network-link.kml", "kml/deep.kml",
    "gpx/entity.gpx",
    "text/formulas.csv", "text/control-characters.csv", "text/python-pickle.csv", "text/null-byte.csv", "text/open-quote.csv",
    "text/long-header-names.csv", "generic/huge-numbers.csv", "generic/links.csv",
    "xlsx/entities.xlsx", "xlsx/far-cell.xlsx", "xlsx/bomb.xlsx", "xlsx/formulas.xlsx", "xlsx/encrypted.xlsx", "xlsx/truncated.xlsx",
    "ods/repeated-values.ods", "ods/not-well-formed.ods", "ods/entities.ods",
    "zip/parent.zip", "zip/parent-beside-good.zip", "zip/absolute.zip", "zip/drive.zip", "zip/symlink.zip", "zip/encrypted.zip",
    "zip/bomb.zip", "zip/many.zip", "zip/overlapping.zip", "zip/lying-size.zip", "zip/damaged.zip", "zip/nested.zip",
    "zip/control-name.zip", "zip/long-name.zip",
    "gz/bomb.csv.gz", "gz/pickle.gz", "gz/pickle-named.gz", "gz/twice.csv.gz.gz", "kmz/bomb.kmz", "kmz/entities.kmz",
    "gpkg/view.gpkg", "gpkg/trigger.gpkg", "gpkg/strange-names.gpkg", "gpkg/damaged-page.gpkg", "gpkg/cut-after-header.gpkg",
    "sqlite/spatialite.sqlite", "fgb/huge-header.fgb", "fgb/truncated.fgb", "shp/short-shp.shp", "shp/short-dbf.shp",
    "parquet/pickle.parquet", "parquet/damaged.parquet", "parquet/encrypted.parquet",
    "long/notes-300-kb.csv", "long/notes-60000-lines.csv", "long/note-2-mb.csv", "long/many-columns.csv", "long/one-line.csv",
    "long/commas.csv", "long/quotes.csv", "long/zero-bytes.bin",
)  # fmt: skip


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """A port of this machine where nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def nobody_called(server: socket.socket) -> bool:
    try:
        server.accept()
    except BlockingIOError:
        return True
    return False


def as_promised(outcome: Outcome, code: int) -> None:
    assert outcome.code == code, (outcome.code, outcome.err)
    assert "Traceback" not in outcome.out + outcome.err
    assert "\x1b" not in outcome.out + outcome.err
    complaints = [line.split(":")[0] for line in outcome.err.splitlines()]
    assert complaints == (["Error", "Hint"] if code == 1 else []), outcome.err


def files_below(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() or path.is_symlink()
    }


def hostile_cases() -> list[Case]:
    return [case for case in cases() if case.file in HOSTILE]


@pytest.mark.parametrize("case", hostile_cases(), ids=str)
def test_a_hostile_file_ends_as_promised(case: Case, tmp_path: Path, listener: socket.socket) -> None:
    calls = b"127.0.0.1:%d" % listener.getsockname()[1]
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    path = inputs / case.path.name
    for source in case.path.parent.glob(f"{case.path.stem}.*") if path.suffix == ".shp" else (case.path,):
        data = source.read_bytes()
        (inputs / source.name).write_bytes(
            data.replace(b"127.0.0.1:9", calls) if FILES in source.parents else data
        )
    before = files_below(tmp_path)
    outcome = run_confined(["check", str(path), "--format", "json", *case.options], tmp_path)
    as_promised(outcome, case.exit_code)
    told = json.loads(outcome.out)
    assert (told["rows_read"], told["rows_used"]) == (case.rows_read, case.rows_used)
    assert files_below(tmp_path) - before == {"out", "err"}
    assert nobody_called(listener)


def test_every_hostile_file_is_in_the_table() -> None:
    assert {case.file for case in hostile_cases()} == set(HOSTILE)
    assert not Path("pickle-was-loaded").exists()


def unread(arguments: list[str], folder: Path, **more: Path) -> Outcome:
    """Run on something that is no plain file: nothing can be used, and it says so."""
    outcome = run_confined(["check", *arguments], folder, **more)
    as_promised(outcome, 1)
    return outcome


@pytest.mark.parametrize(
    "device",
    ["/dev/zero", "/dev/random", "/dev/full", "/dev/null", "/dev/tty", "/proc/self/mem", "/proc/kmsg"],
)
def test_a_device_is_not_read(device: str, tmp_path: Path) -> None:
    unread([device], tmp_path)


def test_a_pipe_without_a_writer_keeps_nobody_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "incidents.csv"
    os.mkfifo(pipe)
    unread([str(pipe)], tmp_path)


def test_a_socket_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's address may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("incidents.csv")
        unread([str(tmp_path / "incidents.csv")], tmp_path)


@pytest.mark.parametrize(
    "name", ["", ".", "no/such/file.csv", "x" * 5000, "a\nb.csv", "/dev/fd/77", "-x.csv"]
)
def test_a_name_of_nothing_is_told(name: str, tmp_path: Path) -> None:
    unread(["--", name], tmp_path)


@pytest.mark.parametrize("name", [
    "/vsicurl/http://127.0.0.1:{port}/x.geojson", "http://127.0.0.1:{port}/x.csv", "/vsizip//vsicurl/http://127.0.0.1:{port}/x.zip",
    "WFS:http://127.0.0.1:{port}/", "PG:host=127.0.0.1 port={port}", "MVT:http://127.0.0.1:{port}/0", "GPKG:/etc/passwd", "s3://bucket/x.parquet",
])  # fmt: skip
def test_an_address_is_not_a_file(name: str, tmp_path: Path, listener: socket.socket) -> None:
    unread([name.format(port=listener.getsockname()[1])], tmp_path)
    assert nobody_called(listener)


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_bytes(path_of("text/utf-8.csv").read_bytes())
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("whoever runs this may read everything")
    unread([str(path)], tmp_path)


def test_endless_zeros_on_standard_input_end(tmp_path: Path) -> None:
    outcome = run_confined(["check", "-"], tmp_path, stdin=Path("/dev/zero"))
    as_promised(outcome, 1)


def test_nothing_on_standard_input_is_told(tmp_path: Path) -> None:
    outcome = run_confined(["check", "-"], tmp_path)
    as_promised(outcome, 1)


def test_rows_on_standard_input_are_read_from_a_pipe(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bordermap", "check", "-", "--format", "json"],
        input=path_of("text/utf-8.csv").read_bytes(), capture_output=True, cwd=tmp_path, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows_used"] == 5
