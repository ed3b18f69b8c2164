"""Numbers as they were given: empty is unknown, 0 is reported none, and no two accounts are ever added."""

from __future__ import annotations

from typing import Final

import pandas as pd

from bordermap.incidents.casebook import Casebook
from bordermap.incidents.frames import lookup, rows

Figure = tuple[int | None, int | None, int | None]

_COLUMNS: Final = ("event_id", "claim_id", "what", "side", "nationality", "text")


def figures(casebook: Casebook) -> pd.DataFrame:
    """The figures of each claim, in words.

    Rows of one claim that count the same of one side, each with its nationality, are parts of one figure
    and are added. Nothing else is: not the sides of a claim, not a row without a nationality with rows that
    have one, never the figures of two claims.

    Args:
        casebook: Any.

    Returns:
        One row a figure, in the order of ``casebook.particulars``: ``event_id``, ``claim_id``, ``what``,
        ``side``, ``nationality`` (ISO 3166-1 alpha-3 between spaces), ``text`` ("3", "0–1", "at least 2",
        "unknown"), and ``low``, ``best``, ``high`` (whole numbers, missing where unknown).

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> frame = figures(read_casebook())
        >>> bool(frame["text"].str.len().all())
        True
    """
    events = lookup(casebook.claims, "claim_id", "event_id")
    grouped: dict[tuple[str, ...], list[tuple[str, Figure]]] = {}
    columns = ("claim_id", "what", "side", "nationality", "low", "best", "high")
    for order, (claim, what, side, nationality, *texts) in enumerate(rows(casebook.particulars, *columns)):
        key = (claim, what, side) if nationality else (claim, what, side, str(order))
        low, best, high = (int(text) if text else None for text in texts)
        grouped.setdefault(key, []).append((nationality, (low, best, high)))
    records, numbers = [], []
    for (claim, what, side, *_), parts in grouped.items():
        total = _total([figure for _, figure in parts])
        nations = " ".join(dict.fromkeys(nation for nation, _ in parts if nation))
        records.append((events[claim], claim, what, side, nations, figure_text(*total)))
        numbers.append(total)
    frame = pd.DataFrame(records, columns=list(_COLUMNS), dtype="str")
    return frame.join(pd.DataFrame(numbers, columns=["low", "best", "high"], dtype="Int64"))


def _total(parts: list[Figure]) -> Figure:
    """The sum of parts; where a part has no lowest, best or highest number, the whole has none."""
    if len(parts) == 1:
        return parts[0]
    filled = [(_first(low, best), best, _first(high, best)) for low, best, high in parts]
    # What is unknown in one part still leaves the others as a lowest number.
    lows = [low for low, _, _ in filled if low is not None]
    return (sum(lows) if lows else None, _sum([b for _, b, _ in filled]), _sum([h for _, _, h in filled]))


def _first(one: int | None, other: int | None) -> int | None:
    return other if one is None else one


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def figure_text(low: int | None, best: int | None, high: int | None) -> str:
    """A figure in words.

    Args:
        low: The lowest number; None: unknown.
        best: The best.
        high: The highest.

    Example:
        >>> figure_text(3, 3, 3), figure_text(0, 1, 1), figure_text(2, 5, 6), figure_text(0, 0, 0)
        ('3', '0–1', '2–6 (best 5)', '0')
        >>> figure_text(None, 4, None), figure_text(3, 3, None), figure_text(None, None, 3)
        ('4', 'at least 3', 'at most 3')
        >>> figure_text(None, None, None)
        'unknown'
    """
    if low is None and high is None:
        return "unknown" if best is None else str(best)
    if low is None or high is None:
        bound = f"at most {high}" if low is None else f"at least {low}"
        return bound if best in (None, low, high) else f"{best}, {bound}"
    if low == high:
        return str(low)
    return f"{low}–{high}" if best in (None, low, high) else f"{low}–{high} (best {best})"
