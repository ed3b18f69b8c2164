"""The colours of the statuses in files that carry a style: those of the page."""

from __future__ import annotations

from typing import Final

#: A test holds them to the page's own.
STATUS_COLOURS: Final = {
    "confirmed": "#b2400b",
    "corroborated": "#a86a00",
    "reported": "#0b63a5",
    "claimed": "#1f7488",
    "disputed": "#7d3c8c",
    "denied": "#5f6368",
}


def rgb(colour: str) -> tuple[int, int, int]:
    """The three parts of a colour.

    Example:
        >>> rgb("#0b63a5")
        (11, 99, 165)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
