"""Gathers the faults of single rows while a file is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from bordermap.incidents.readers.layer import CellFault

# A file whose every row is wrong in its own way must not make a million kinds of fault.
_DIFFERENT: Final = 200


@dataclass
class RowFaults:
    """Faults by kind, in the order in which they were met.

    Example:
        >>> faults = RowFaults()
        >>> faults.add("BM158", 0, "not a number: 'abc'", value="abc", general="not a number")
        >>> faults.add("BM248", 7, "not an object", value="3", outside=True)
        >>> [(each.code, each.rows.tolist(), each.values, each.outside) for each in faults.gathered()]
        [('BM158', [0], ('abc',), False), ('BM248', [7], ('3',), True)]
    """

    _kinds: dict[tuple[str, str, bool], list[tuple[int, str]]] = field(default_factory=dict)

    def add(
        self, code: str, row: int, message: str, *, value: str = "", general: str = "", outside: bool = False
    ) -> None:
        """Note a fault.

        Args:
            code: Of the table of faults.
            row: Position in the table, or the record number where the record never became a row.
            message: What is wrong.
            value: As written.
            general: The message without the value, for when there are too many different ones.
            outside: Whether the record never became a row.
        """
        key = (code, message, outside)
        if key not in self._kinds and len(self._kinds) >= _DIFFERENT:
            key = (code, general or message, outside)
        self._kinds.setdefault(key, []).append((row, value))

    def gathered(self) -> tuple[CellFault, ...]:
        """All faults as a layer carries them."""
        return tuple(
            CellFault(
                code,
                np.array([row for row, _ in rows], dtype=np.int64),
                message=message,
                values=tuple(value[:1000] for _, value in rows),
                outside=outside,
            )
            for (code, message, outside), rows in self._kinds.items()
        )
