"""How a file is to be read: what the analyst says of it, and how large it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Limits:
    """How much may be read; each limit has an option of the command line that raises it.

    Attributes:
        bytes_read: Of one file as it lies on the disk, or of standard input.
        bytes_unpacked: Of everything an archive unpacks to.
        ratio: Of unpacked to packed bytes, once more than 10 MB have been unpacked.
        members: Files in an archive.
        field_characters: Of one value.
        columns: Of one table.
        depth: Of nested JSON or XML.
    """

    bytes_read: int = 4_000 * MEGABYTE
    bytes_unpacked: int = 4_000 * MEGABYTE
    ratio: int = 200
    members: int = 10_000
    field_characters: int = 1_000_000
    columns: int = 2_000
    depth: int = 100


@dataclass(frozen=True)
class ReadOptions:
    """What the analyst says of a file; an empty text means: find out, and say what was found.

    Attributes:
        dialect: Key of a dialect: ``acled``, ``ucdp``, ``gtd``, ``gdelt``, ``timemap``, ``bordermap``,
            ``generic``.
        encoding: Of text files, a Python codec name.
        delimiter: Between the fields of delimited text, one character.
        decimal: ``.`` or ``,``.
        header_row: Record (row) that holds the column names, counted from 1; 0: find it.
        date_order: ``dmy``, ``mdy`` or ``ymd``, for dates that can be read in several ways.
        source_crs: Coordinate system of the coordinates, for example ``EPSG:32642``.
        layers: Names of the sheets, layers, folders or archive members to read; empty: all.
        columns: Our column → the column of the file, as ``--column latitude=LAT_DD`` gives it.
        choices: Name as written → place key, from a choices file (``bordermap locate``).
        strict: Treat warnings as errors: such rows are rejected.
        rights: ``open``, ``display_only``, ``aggregate_only``; empty: as the dialect says.
        hold_rights: The analyst states that they hold the rights to show everything.
        accessed: The day on which the file was obtained, ISO 8601.
        locate: Locate rows that have names but no coordinates through the gazetteer.
        limits: How much may be read.
    """

    dialect: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    header_row: int = 0
    date_order: str = ""
    source_crs: str = ""
    layers: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    rights: str = ""
    hold_rights: bool = False
    accessed: str = ""
    locate: bool = True
    limits: Limits = field(default_factory=Limits)
