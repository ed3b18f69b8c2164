"""Classes of counts: fixed steps, the finest with at most six classes, the same for the same counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

#: A class is a tint or a width; more than six cannot be told apart.
MOST: Final = 6
#: The upper bounds of classes, from the finest series to the coarsest; each goes on for ever.
_SERIES: Final[tuple[tuple[int, ...], ...]] = tuple(
    tuple(step * ratio**power for power in range(10) for step in steps)
    for steps, ratio in (
        ((1, 2, 5), 10),
        ((1, 3), 10),
        ((1, 5, 20), 100),
        ((1,), 10),
        ((1, 20, 500), 10_000),
        ((1,), 100),
        ((1,), 1_000),
    )
)


@dataclass(frozen=True)
class CountClass:
    """One class of counts.

    Attributes:
        low: The least count in it.
        high: The greatest; in the last class the greatest there is.
        shade: 1 (few) to 6 (many): which tint or width shows it.
    """

    low: int
    high: int
    shade: int


def count_classes(counts: Iterable[int]) -> list[CountClass]:
    """The classes in which counts are shown: each step a like multiple of the one before.

    Args:
        counts: Whole numbers; 0 has no class.

    Returns:
        At most six classes, from few to many, each with its bounds; none where no count is above 0.

    Example:
        >>> [(each.low, each.high) for each in count_classes([1, 4, 40, 230])]
        [(1, 1), (2, 3), (4, 10), (11, 30), (31, 100), (101, 230)]
        >>> [(each.low, each.high, each.shade) for each in count_classes([1, 3])]
        [(1, 1, 1), (2, 2, 3), (3, 3, 6)]
    """
    shown = [count for count in counts if count > 0]
    if not shown:
        return []
    least, most = min(shown), max(shown)
    bounds = next(
        found for series in _SERIES if len(found := _bounds(series, least, most)) - 1 <= MOST
    )  # fmt: skip
    shades = _shades(len(bounds) - 1)
    return [
        CountClass(low + 1, min(high, most), shade)
        for low, high, shade in zip(bounds, bounds[1:], shades, strict=False)
    ]


def _bounds(series: Sequence[int], least: int, most: int) -> list[int]:
    """The bounds between which all counts lie: the last below the least, to the first not below the most."""
    below = [0, *(bound for bound in series if bound < least)][-1]
    return [
        below,
        *(bound for bound in series if least <= bound < most),
        next(b for b in series if b >= most),
    ]


def _shades(classes: int) -> list[int]:
    """Few classes are spread over the whole ramp, so that they are told apart at a glance."""
    if classes == 1:
        return [4]
    return [1 + round(place * (MOST - 1) / (classes - 1)) for place in range(classes)]
