"""The browser client: its own tests, its types, and a bundle that is the same from the same sources."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from support import ROOT

CLIENT = ROOT / "src/bordermap/maps/client"


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """The build hook, which knows where Node is and how the client's packages come in."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["hatch_build"] = module
    spec.loader.exec_module(module)
    module.install(module.node_program(), CLIENT)
    return module


def node(hook: ModuleType, *arguments: str | Path) -> str:
    command = [str(hook.node_program()), *map(str, arguments)]
    done = subprocess.run(command, cwd=CLIENT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.xdist_group("client")
def test_the_client_passes_its_own_tests(hook: ModuleType) -> None:
    said = node(hook, "test/run.mjs")
    assert "fail 0" in said and "pass 0" not in said


@pytest.mark.xdist_group("client")
def test_the_client_types_are_strict_and_hold(hook: ModuleType) -> None:
    text = (CLIENT / "tsconfig.json").read_text(encoding="utf-8")
    assert '"strict": true' in text and '"noUncheckedIndexedAccess": true' in text
    node(hook, "node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json")


@pytest.mark.xdist_group("client")
def test_the_same_sources_give_the_same_bundle_and_the_installed_one_is_current(
    hook: ModuleType, tmp_path: Path
) -> None:
    node(hook, "build.mjs", tmp_path)
    for name in hook.BUNDLED:
        assert (tmp_path / name).read_bytes() == (CLIENT.parent / "bundle" / name).read_bytes(), name


def test_the_licences_of_what_is_bundled_travel_with_it() -> None:
    text = (CLIENT.parent / "bundle/licences.txt").read_text(encoding="utf-8")
    for name in ("leaflet", "topojson-client", "@fontsource/source-sans-3", "@fontsource/source-serif-4"):
        assert f"{name} " in text
