"""What a dialect is: a name, its rights, how it is recognised, and how it is brought into our columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bordermap.incidents.flat import Mapped
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import Layer


@dataclass(frozen=True)
class Dialect:
    """How the files of one dataset, or any table, are understood.

    Attributes:
        key: As ``--dialect`` takes it.
        name: For a reader, and the name of the party that makes the claims: "ACLED".
        party_kind: Of ``codebook.PARTY_KINDS``: whose voice a row is.
        recognises: Why a layer is of this dialect, one clause ("has event_id_cnty and geo_precision"), or an
            empty text. Looks at column names and a few rows only.
        map: Brings a layer into our columns, vectorised; raises InputError where the layer as a whole cannot
            be used (a needed column is missing, an option is needed).
        rights: ``open``, ``display_only``, ``aggregate_only`` or ``unknown`` (codebook §9).
        licence: Name of the licence or terms; may be empty.
        attribution: The words that must be shown, ``{accessed}`` where the access date stands.
        period_start: The first day the dataset covers, ISO 8601; empty where unknown.
        machine_coded: Whether rows are mentions found by a program.
    """

    key: str
    name: str
    party_kind: str
    recognises: Callable[[Layer], str]
    map: Callable[[Layer, ReadOptions], Mapped]
    rights: str = "unknown"
    licence: str = ""
    attribution: str = ""
    period_start: str = ""
    machine_coded: bool = False
