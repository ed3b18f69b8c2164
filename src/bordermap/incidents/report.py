"""What was found while files were read: layer by layer, and every kind of fault once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class LayerReport:
    """What became of one layer.

    Attributes:
        file: As the user named it.
        member: The file inside an archive.
        layer: The sheet, layer or folder.
        format: Of the file.
        dialect: Key of the dialect.
        reason: Why it was taken for that.
        rows_read: Records of the layer.
        rows_used: Those that became incidents.
        rows_rejected: Those that did not.
        rows_located: Rows without coordinates that were located by their names.
        facts: What was found out: encoding, delimiter, header row, CRS …
        used: Our column → the file's columns it was made from.
        kept: The file's columns that are kept beside ours.
        notes: Sentences: what was decided.
        period: First and last day, ISO 8601; empty where no date is known.
        bounds: West, south, east, north in degrees of the rows with coordinates; None without any.
        countries: How many used rows name, or lie in, each country (ISO 3166-1 alpha-3).
    """

    file: str
    member: str = ""
    layer: str = ""
    format: str = ""
    dialect: str = ""
    reason: str = ""
    rows_read: int = 0
    rows_used: int = 0
    rows_rejected: int = 0
    rows_located: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)
    used: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    period: tuple[str, str] = ("", "")
    bounds: Bounds | None = None
    countries: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Issue:
    """One kind of fault with how often and where first.

    Attributes:
        code: ``BM`` and three digits.
        severity: ``error`` or ``warning``.
        count: How many rows have it; 1 for a file or layer as a whole.
        message: What is wrong.
        cure: What to do.
        places: The first places, each one line: file, record, line, column, value.
    """

    code: str
    severity: str
    count: int
    message: str
    cure: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What was found while files were read.

    Attributes:
        layers: One a layer, those that could not be used too.
        issues: One a kind of fault, errors first, by code.
    """

    layers: tuple[LayerReport, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def rows_read(self) -> int:
        """All records."""
        return sum(layer.rows_read for layer in self.layers)

    @property
    def rows_used(self) -> int:
        """All that became incidents."""
        return sum(layer.rows_used for layer in self.layers)

    @property
    def rows_rejected(self) -> int:
        """All that did not."""
        return sum(layer.rows_rejected for layer in self.layers)

    @property
    def rows_located(self) -> int:
        """All that were located by their names."""
        return sum(layer.rows_located for layer in self.layers)
