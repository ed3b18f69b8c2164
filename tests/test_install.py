"""A wheel, installed with the constraints in an empty environment elsewhere, draws the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def _run(*command: str | Path, cwd: Path, **environment: str) -> str:
    # No Node of the system in reach: the build must bring its own.
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHONPATH", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@cache
def _without_node() -> str:
    """A search path on which the system's Node, should there be one, does not run."""
    folder = Path(tempfile.mkdtemp())
    for name in ("node", "npm", "npx"):
        (folder / name).write_text("#!/bin/sh\necho 'the system Node was called' >&2\nexit 97\n")
        (folder / name).chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture(scope="module")
def clone(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a newcomer has: the tracked files and nothing else."""
    target = tmp_path_factory.mktemp("clone") / "bordermap"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (checkout / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((checkout / name).read_bytes())
    return target


@pytest.fixture(scope="module")
def wheel(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    _run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "-w",
        out,
        clone,
        cwd=out,
        PATH=_without_node(),
    )
    (path,) = out.glob("*.whl")
    return path


def _environment(folder: Path, *what: str | Path, cwd: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    _run(python, "-m", "pip", "install", "--quiet", *what, cwd=cwd, PATH=_without_node())
    return python


def _page(python: Path, cwd: Path) -> str:
    cwd.mkdir()
    _run(python, "-m", "bordermap", "render", cwd=cwd, HOME=str(cwd), TZ="Asia/Kabul", PYTHONHASHSEED="7")
    return hashlib.sha256((cwd / "afghan-borders.html").read_bytes()).hexdigest()


def test_the_wheel_is_lean_and_holds_the_data(wheel: Path) -> None:
    assert wheel.stat().st_size <= 15_000_000
    names = zipfile.ZipFile(wheel).namelist()
    assert "bordermap/geodata/data/borders.fgb" in names
    assert "bordermap/geodata/catalog.json" in names
    assert "bordermap/maps/bundle/bordermap.js" in names
    assert not [
        name for name in names if "geodata/build" in name or name.endswith(".ts") or "node_modules" in name
    ]


def test_the_wheel_alone_draws_the_same_bytes(
    wheel: Path, clone: Path, checkout: Path, tmp_path: Path
) -> None:
    constraints = clone / "constraints.txt"
    alone = _environment(tmp_path / "alone", "-c", constraints, wheel, cwd=tmp_path)
    here = _page(Path(sys.executable), tmp_path / "here")
    assert _page(alone, tmp_path / "there") == here


def test_an_editable_install_finds_data_and_bundle(clone: Path, tmp_path: Path) -> None:
    python = _environment(tmp_path / "editable", "-c", clone / "constraints.txt", "-e", clone, cwd=tmp_path)
    assert _page(python, tmp_path / "there") == _page(Path(sys.executable), tmp_path / "here")


def test_make_map_in_a_fresh_clone(clone: Path) -> None:
    said = _run("make", "map", cwd=clone, PATH=_without_node())
    assert "afghan-borders.html" in said
    assert (clone / "afghan-borders.html").stat().st_size <= 1_500_000
