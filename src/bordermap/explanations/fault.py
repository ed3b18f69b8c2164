"""What one kind of fault is: its code, what causes it, an example, the cure, and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One kind of fault.

    Attributes:
        code: ``BM`` and three digits.
        cause: What is wrong, as a clause without a full stop.
        example: What such a fault looks like.
        cure: What to do.
        severity: ``error``: row, file or command is not used; ``warning``: it is used, and what is
            odd is said (``--strict`` makes it an error).
    """

    code: str
    cause: str
    example: str
    cure: str
    severity: str = "error"


def table(*rows: tuple[str, str, str, str]) -> dict[str, Fault]:
    """Errors by code, from code, cause, example and cure.

    Example:
        >>> table(("BM999", "a cause", "an example", "a cure"))["BM999"].severity
        'error'
    """
    return {row[0]: Fault(*row) for row in rows}


def warnings(*rows: tuple[str, str, str, str]) -> dict[str, Fault]:
    """The same for what is odd and used all the same.

    Example:
        >>> warnings(("BM999", "a cause", "an example", "a cure"))["BM999"].severity
        'warning'
    """
    return {row[0]: Fault(*row, severity="warning") for row in rows}
