"""Every fault that bordermap tells of: code, cause, example, cure. Data only; it loads nothing heavy.

The tables are by subject; a message, the list of codes and ``bordermap explain`` all read them, so that they
never disagree.
"""

from __future__ import annotations

from typing import Final

from bordermap.explanations import (
    aggregates,
    casebook,
    columns,
    commands,
    dialects,
    duplicates,
    embedding,
    enriching,
    files,
    formats,
    geometry,
    outputs,
    parts,
    places,
    rows,
    summaries,
    vectors,
)
from bordermap.explanations.fault import Fault

__all__ = ["FAULTS", "Fault"]

_TABLES: Final = (
    casebook.FAULTS,
    geometry.FAULTS,
    commands.FAULTS,
    files.FAULTS,
    formats.FAULTS,
    vectors.FAULTS,
    columns.FAULTS,
    dialects.FAULTS,
    rows.FAULTS,
    places.FAULTS,
    duplicates.FAULTS,
    outputs.FAULTS,
    summaries.FAULTS,
    enriching.FAULTS,
    embedding.FAULTS,
    parts.FAULTS,
    aggregates.FAULTS,
)
#: Every fault by its code, in the order of the codes.
FAULTS: Final[dict[str, Fault]] = dict(sorted((code, each) for one in _TABLES for code, each in one.items()))
