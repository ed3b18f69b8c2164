"""Faults of writing, with the table's own words where none are given."""

from __future__ import annotations

from bordermap.errors import OutputError
from bordermap.explanations import FAULTS


def output_fault(code: str, message: str = "", *, hint: str = "") -> OutputError:
    """An error of writing.

    Args:
        code: Of the table of faults.
        message: In place of the fault's cause.
        hint: In place of the fault's cure.

    Example:
        >>> output_fault("BM405").exit_code
        4
    """
    kind = FAULTS[code]
    return OutputError(message or kind.cause, hint=hint or kind.cure, code=code)
