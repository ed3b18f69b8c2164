"""What a store is given and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.flattening import flatten, representative_count
from bordermap.incidents.conversion.standing import is_single
from bordermap.incidents.conversion.telling import differing
from bordermap.incidents.stores.abouts import about_values
from bordermap.incidents.stores.shapes import Geometries, draw_rows
from bordermap.incidents.stores.values import counted
from bordermap.incidents.tables import TABLES


@dataclass(frozen=True, eq=False)
class Stored:
    """What a store made.

    Attributes:
        data: The file's bytes; for a folder its files by name.
        notes: Sentences: what the format cannot hold.
    """

    data: bytes | Mapping[str, bytes]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Content:
    """A casebook on its way into a file; what several stores need of it is made once.

    Attributes:
        casebook: Any.
        representative_points: Whether areal places get a flagged point.
    """

    casebook: Casebook
    representative_points: bool = False

    @cached_property
    def flat(self) -> pd.DataFrame:
        """One row an incident."""
        return flatten(self.casebook, representative_points=self.representative_points)

    @cached_property
    def drawing(self) -> tuple[Geometries, float]:
        """The geometry of each row of ``flat``, None where nothing is drawn; and how coarse it was made."""
        return draw_rows(self.flat)

    @property
    def geometry(self) -> Geometries:
        """The geometry of each row of ``flat``."""
        return self.drawing[0]

    @cached_property
    def single(self) -> bool:
        """Whether the flat table holds all that the casebook does."""
        return is_single(self.casebook)

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The casebook's tables by name; optional ones without rows are left out."""
        frames = {name: getattr(self.casebook, name) for name in TABLES}
        return {name: frame for name, frame in frames.items() if len(frame) or not TABLES[name].optional}

    def member(self, *, tables: bool) -> dict[str, Any]:
        """What a format with room for it says beside the rows: the casebook's own words, and its tables.

        Args:
            tables: Whether to add the tables, where the rows do not hold all of them.
        """
        parties = self.casebook.parties
        told: dict[str, Any] = {"casebook": about_values(self.casebook.about)}
        if self.single and len(parties):
            told["dataset"] = {"name": parties["name"].iat[0], "kind": parties["kind"].iat[0]}
        if tables and not self.single:
            told["tables"] = {name: _columns(frame) for name, frame in self.tables.items()}
            told["tables"]["extras"] = _columns(self.casebook.extras)
        return told

    def flat_notes(self, what: str) -> tuple[str, ...]:
        """What one row an incident leaves out.

        Args:
            what: The format, for the sentences.
        """
        notes = []
        if not self.single:
            claims, places = len(self.casebook.claims), len(self.casebook.locations)
            notes.append(
                f"{counted(claims, 'claim')} with {counted(places, 'location')}: {what} holds one row an "
                "incident; use .gpkg, .xlsx or a folder to keep them all"
            )
            notes += self._left_out(what)
        return (*notes, *self.point_notes())

    def _left_out(self, what: str) -> list[str]:
        notes = []
        if len(self.casebook.context):
            notes.append(
                f"{counted(len(self.casebook.context), 'context entry', 'context entries')}: not in {what}"
            )
        if number := differing(self.casebook):
            notes.append(f"{counted(number, 'figure')} on which claims differ: left empty in {what}")
        return notes

    def owner_notes(self, what: str) -> tuple[str, ...]:
        """Says that the name, attribution and rights of a known dataset are not in a format without room.

        Args:
            what: The format, for the sentence.
        """
        parties = self.casebook.parties
        if not self.single or not len(parties) or parties["kind"].iat[0] == "dataset":
            return ()
        kept = "use .gpkg, .geojson, .parquet or a folder to keep them"
        return (f"the rows are from {parties['name'].iat[0]}: {what} does not hold its name, attribution and "
                f"rights; {kept}",)  # fmt: skip

    def outline_notes(self) -> tuple[str, ...]:
        """Says that outlines have fewer corners than they could."""
        moved = self.drawing[1]
        said = f"areas and stretches are drawn with fewer corners, moved by at most {moved * 111:.1f} km"
        return (said,) if moved else ()

    def shape_notes(self) -> tuple[str, ...]:
        """What a format that holds everything else says of geometry and points."""
        return self.outline_notes() + self.point_notes()

    def point_notes(self) -> tuple[str, ...]:
        """Says that representative points are left out, where there are some."""
        number = 0 if self.representative_points else representative_count(self.casebook)
        points = counted(number, "representative point")
        return (
            (f"{points} of areal places left out: --representative-points writes them, flagged",)
            if number
            else ()
        )


def _columns(frame: pd.DataFrame) -> dict[str, list[str]]:
    """A frame by columns; columns in which nothing stands are left out."""
    return {
        str(name): frame[name].tolist() for name in frame.columns if frame[name].any() or name == "event_id"
    }
