"""The house: one direction of imports, a lean start, a pinned surface, nothing that fetches."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import bordermap
from bordermap.explanations import FAULTS

HEAVY = ("numpy", "pandas", "geopandas", "shapely", "folium", "matplotlib", "pyproj", "pyogrio")


def _tracked(checkout: Path) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.fail("these tests run in a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := checkout / name).is_file()]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["render", "--help"], ["places", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys; from bordermap.cli import run; run(sys.argv[1:]); "
        f"print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    assert "LOADED []" in done.stdout


def test_public_names_are_pinned_sorted_and_lazy() -> None:
    assert bordermap.__all__ == sorted(bordermap.__all__)
    assert bordermap.__all__ == [
        "AggregateLayer", "AreaLayer", "BaseLayer", "BorderLayer", "BordermapError", "Casebook", "ContextLayer",
        "IncidentLayer", "Map", "PlaceLayer", "enrich", "find_places", "prepare", "read_borders", "read_casebook",
        "read_incidents", "summarize", "write_incidents",
    ]  # fmt: skip
    for name in bordermap.__all__:
        assert getattr(bordermap, name).__doc__, name
    with pytest.raises(AttributeError):
        _ = bordermap.nothing_of_this_name


def test_only_maps_import_folium_and_only_inside_functions(checkout: Path) -> None:
    for path in (checkout / "src/bordermap").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
        names = [alias.name for node in top if isinstance(node, ast.Import) for alias in node.names]
        names += [node.module or "" for node in top if isinstance(node, ast.ImportFrom)]
        assert not {name.split(".")[0] for name in names} & {"folium", "branca"}, path
        if "maps" not in path.parts:
            assert "import folium" not in path.read_text(encoding="utf-8"), path


def test_no_committed_file_carries_a_download_address(checkout: Path) -> None:
    for lock in checkout.rglob("package-lock.json"):
        if "node_modules" not in lock.parts:
            packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
            assert not [name for name, entry in packages.items() if "resolved" in entry], lock
            npmrc = (lock.parent / ".npmrc").read_text(encoding="utf-8").splitlines()
            assert "omit-lockfile-registry-resolved=true" in npmrc
    for path in [checkout / "constraints.txt", *checkout.glob("geodata/build/*requirements*.txt")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|file://|^\s*(-f|-i|--)|@ ", text, flags=re.MULTILINE), path
    pattern = re.compile(rb"registry\.npmjs|pypi\.org/simple|files\.pythonhosted|\"resolved\":")
    for path in _tracked(checkout):
        if path.name != "test_house.py":
            assert not pattern.search(path.read_bytes()), path


def test_build_requirements_are_pinned_exactly(checkout: Path) -> None:
    text = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    required = re.search(r"^requires = \[(.*?)\]", text, flags=re.MULTILINE)
    assert required
    for entry in re.findall(r'"([^"]+)"', required[1]):
        assert re.fullmatch(r"[\w-]+==[\w.]+", entry), entry


def test_every_dependency_is_constrained(checkout: Path) -> None:
    import tomllib

    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    names = {re.split(r"[<>=~\[; ]", entry)[0].lower() for entry in wanted}
    lines = (checkout / "constraints.txt").read_text(encoding="utf-8").lower().splitlines()
    pinned = {line.split("==")[0] for line in lines if re.fullmatch(r"[\w.-]+==[\w.!+-]+", line)}
    assert names <= pinned
    assert not [line for line in lines if line and not line.startswith("#") and "==" not in line]


def test_the_changelog_names_this_version(checkout: Path) -> None:
    assert f"## {bordermap.__version__}" in (checkout / "CHANGELOG.md").read_text(encoding="utf-8")


def test_architecture_names_every_module(checkout: Path) -> None:
    text = (checkout / "docs/architecture.md").read_text(encoding="utf-8")
    package = checkout / "src/bordermap"
    for path in package.rglob("*.py"):
        if path.name not in ("__init__.py", "__main__.py"):
            name = str(path.relative_to(package))
            assert f"`{name}`" in text, f"docs/architecture.md does not say what {name} is for"


def test_no_module_has_grown_past_holding_in_mind(checkout: Path) -> None:
    long = {
        str(path.relative_to(checkout)): lines
        for path in [*(checkout / "src").rglob("*.py"), *(checkout / "src").rglob("client/src/**/*.ts")]
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 300
    }
    assert not long


def test_generated_pages_are_fresh(checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_a_code_means_one_thing(checkout: Path) -> None:
    """A code stands in one module, or in the casebook's table of faults; the defaults of errors.py are kinds."""
    package = checkout / "src/bordermap"
    homes: dict[str, set[str]] = {}
    for path in package.rglob("*.py"):
        if path.name != "errors.py" and "explanations" not in path.parts:
            home = (
                "incidents" if path.is_relative_to(package / "incidents") else str(path.relative_to(package))
            )
            for code in re.findall(r'"(BM\d{3})"', path.read_text(encoding="utf-8")):
                homes.setdefault(code, set()).add(home)
    shared = {code: sorted(where) for code, where in homes.items() if len(where) > 1}
    assert not shared


def test_every_fault_is_explained_and_every_explanation_is_of_a_fault(checkout: Path) -> None:
    package = checkout / "src/bordermap"
    used = set()
    for path in package.rglob("*.py"):
        if "explanations" not in path.parts:
            used |= set(re.findall(r'"(BM\d{3})"', path.read_text(encoding="utf-8")))
    assert used == set(FAULTS)
    for code, fault in FAULTS.items():
        assert re.fullmatch(r"BM\d{3}", code) and fault.code == code
        assert fault.cause and fault.example and fault.cure.endswith("."), code
        assert not fault.cause.endswith("."), code
        assert fault.severity in ("error", "warning")
