"""Flat casebooks for tests: a few values, all other columns empty."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.assembling import assemble
from bordermap.incidents.flat import FLAT
from bordermap.incidents.readers.about import About
from bordermap.incidents.readers.layer import TEXT

TERMEZ = {"longitude": "67.278", "latitude": "37.224"}


def flat_columns(*rows: dict[str, str]) -> dict[str, pa.ChunkedArray]:
    """Rows as the columns of the flat table."""
    return {
        name: pa.chunked_array([pa.array([row.get(name, "") for row in rows], type=TEXT)])
        for name in FLAT.names
    }


def flat_casebook(*rows: dict[str, str], about: About | None = None) -> Casebook:
    """A casebook of flat rows; rows without an id are numbered."""
    numbered = [{"event_id": f"E{at}"} | row for at, row in enumerate(rows, start=1)]
    whole = [{name: row.get(name, "") for name in FLAT.names} for row in numbered]
    flat = pd.DataFrame(whole, columns=list(FLAT.names), dtype="str")
    told = about or About(title="A table", rights="open")
    return assemble(flat, flat[["event_id"]], told, ("dataset-generic", told.title, "dataset"))
