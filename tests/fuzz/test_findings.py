"""What fuzzing has found, tried again; and each target once with what it starts from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.run import FINDINGS, seeds_of
from fuzz.targets import TARGETS, only_promised


def findings() -> list[Path]:
    return sorted(path for path in FINDINGS.rglob("*") if path.is_file() and path.name != "README.md")


@pytest.mark.parametrize("path", findings(), ids=lambda path: str(path.relative_to(FINDINGS)))
def test_what_once_broke_a_reader_breaks_it_no_more(path: Path) -> None:
    only_promised(TARGETS[path.parent.name], path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_survives_what_it_starts_from_and_its_pieces(name: str) -> None:
    seeds = list(seeds_of(name))
    assert seeds
    for data in seeds[:: max(1, len(seeds) // 8)]:
        for piece in (data, data[: len(data) // 2], data[len(data) // 3 :], b""):
            only_promised(TARGETS[name], piece)


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_each_target_survives_a_few_seconds_of_fuzzing(name: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    script = Path(__file__).parent / "run.py"
    command = [sys.executable, str(script), "--seconds", "8", "--target", name, "--findings", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
