"""Finds the files of ``geodata/``, beside the package or in the checkout, and what is known of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bordermap.errors import InputError

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Entry:
    """One shipped file: where it comes from and under which licence.

    Attributes:
        file: Name below ``geodata/data``.
        title: What it holds.
        source: Package or research it was made from.
        source_version: Version of that source.
        licence: SPDX id or name.
        attribution: The words a map must show.
        date: Date of the source, ISO 8601.
        viewpoint: Whose view of disputed lines it holds.
        sha256: Of the file's bytes.
    """

    file: str
    title: str
    source: str
    source_version: str
    licence: str
    attribution: str
    date: str
    viewpoint: str
    sha256: str


@cache
def root() -> Path:
    """The folder that holds ``data/``: inside the installed package, else ``geodata/`` of the checkout.

    Raises:
        InputError: Neither exists: the installation is incomplete.

    Example:
        >>> (root() / "data").is_dir()
        True
    """
    # The checkout first: in an editable install both exist, and the checkout is what its owner edits.
    for folder in (_PACKAGE.parent.parent / "geodata", _PACKAGE / "geodata"):
        if (folder / "data").is_dir():
            return folder
    raise InputError(
        "the data files of bordermap are missing from this installation",
        hint="Install bordermap again from its wheel or its checkout.",
        code="BM110",
    )


def data_path(name: str) -> Path:
    """The path of a shipped file or folder.

    Args:
        name: Its name below ``geodata/data``, for example ``borders.fgb``.

    Raises:
        InputError: There is no such file.

    Example:
        >>> data_path("borders.fgb").name
        'borders.fgb'
    """
    path = root() / "data" / name
    if not path.exists():
        raise InputError(
            f"the shipped data file {name} is missing",
            hint="Install bordermap again, or rebuild the data with `make geodata` in a checkout.",
            code="BM111",
        )
    return path


@cache
def entries() -> tuple[Entry, ...]:
    """Every shipped file with its source, licence and checksum, by name.

    Example:
        >>> [e.licence for e in entries() if e.file == "borders.fgb"]
        ['ODbL-1.0']
    """
    rows = json.loads((root() / "catalog.json").read_text(encoding="utf-8"))
    return tuple(Entry(**{key: str(row.get(key, "")) for key in Entry.__annotations__}) for row in rows)
