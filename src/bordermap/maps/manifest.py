"""What a page was made from, so that a reader can check that it is what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import pandas as pd

from bordermap import __version__, catalog
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.tables import TABLES


def manifest(casebook: Casebook, layers: Sequence[str]) -> dict[str, Any]:
    """The version of bordermap, the checksum of each table read and of each data file drawn.

    Args:
        casebook: What was read.
        layers: Names of the shipped data files that are drawn.

    Returns:
        Plain JSON values; no time, no path, no machine.
    """
    return {
        "bordermap": __version__,
        "casebook": {"version": casebook.about.version}
        | {name: table_checksum(getattr(casebook, name)) for name in TABLES},
        "geodata": {entry.file: entry.sha256 for entry in catalog.entries() if entry.file in layers},
    }


def table_checksum(frame: pd.DataFrame) -> str:
    """The sha256 of a table's text, however its file was quoted or ended its lines.

    Example:
        >>> table_checksum(pd.DataFrame({"a": ["1"]}))[:12]
        '4822ef21bc55'
    """
    text = "\x1e".join(
        "\x1f".join(map(str, row)) for row in [tuple(frame.columns), *frame.itertuples(index=False)]
    )
    return hashlib.sha256(text.encode()).hexdigest()
