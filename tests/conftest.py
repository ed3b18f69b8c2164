"""What several tests share. Nothing here touches the network or the home folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from support import CASEBOOK, ROOT, Run
from support.here import run_here

# It takes memory away from whoever imports it, and doctests are looked for by importing.
collect_ignore = ["support/little_memory.py"]

# The same examples on every machine and every run: a failure must be repeatable by whoever reads it.
# `make test-slow` tries more of them, with --hypothesis-profile=thorough.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=35)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("same")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The checkout that the tests stand in."""
    return ROOT


@pytest.fixture
def bordermap(tmp_path: Path) -> Run:
    """Runs the command line in an empty folder, as a user would, and gives what came of it.

    In this process, which spares two seconds a run; where an environment is given, in one of its own.
    """

    def run(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        if not environment:
            return run_here(arguments, cwd or tmp_path)
        return subprocess.run(
            [sys.executable, "-m", "bordermap", *arguments],
            cwd=cwd or tmp_path,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def own_casebook(tmp_path: Path) -> Path:
    """A copy of the bundled casebook that a test may change."""
    return Path(shutil.copytree(CASEBOOK, tmp_path / "my-case"))
