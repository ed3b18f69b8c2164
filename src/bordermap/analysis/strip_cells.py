"""How the cells of a strip are filled: a ramp of one hue, dots for the possible, lines for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

# One hue, light to dark: it reads in grey print and by any eye.
_RAMP: Final = ("#7fb2da", "#5593c6", "#2f74b0", "#17528d", "#0b3264")
_CLASSES: Final[tuple[tuple[int, int | None], ...]] = ((1, 1), (2, 3), (4, 7), (8, 15), (16, None))
#: The ground, what is written, and what is written beside it.
PAPER, INK, SOFT = "#ffffff", "#22282e", "#5d666f"
# Face and dots of one and of several that are possible.
_ONE, _SEVERAL = ("#f1f6fb", "#86aed0"), ("#dfeaf5", "#4f86b5")
UNCOLLECTED, _LINES = "#f1f1f0", "#b9b9b6"


def fill_cells(axes: Axes, cells: pd.DataFrame) -> None:
    """Draw the cells of one border line: kilometres across, periods downwards.

    Args:
        axes: Where.
        cells: Rows of ``BorderStrip.cells`` of one line, all of them.
    """
    for chosen, face, edge, hatch in _fills(cells):
        _rectangles(axes, cells, chosen, (face, edge, hatch))


def legend_entries(cells: pd.DataFrame) -> list[Patch]:
    """What each filling that occurs means.

    Args:
        cells: Of all lines.
    """
    from matplotlib.patches import Patch

    most = int(cells["n_certain"].fillna(0).max()) if len(cells) else 0
    thin: dict[str, Any] = {"edgecolor": SOFT, "linewidth": 0.3}
    entries = [
        Patch(facecolor=colour, label=_class_words(least, highest), **thin)
        for (least, highest), colour in zip(_CLASSES, _RAMP, strict=True)
        if least <= max(most, 1)
    ]
    told = [(*_ONE, "...", "one possibly here"), (*_SEVERAL, ".....", "several possibly here")]
    if (cells["covered"] == "no").any():
        told.append((UNCOLLECTED, _LINES, "/////", "not collected"))
    # What a dataset does not say it covers may not have been collected.
    stated = not (cells["covered"] == "not_stated").any()
    none = "none reported" if stated else "none in the data, which does not say what it covers"
    entries.append(Patch(facecolor=PAPER, label=none, **thin))
    entries += [
        Patch(facecolor=face, edgecolor=edge, hatch=hatch, linewidth=0, label=label)
        for face, edge, hatch, label in told
    ]
    return entries


def _class_words(least: int, most: int | None) -> str:
    many = f"{least}" if most == least else f"{least} or more" if most is None else f"{least}–{most}"
    return f"{many} certain"


def _fills(cells: pd.DataFrame) -> Iterator[tuple[Any, str, str, str]]:
    """Which cells are filled how, from the ground up: chosen, face, colour of the hatching, hatching."""
    certain = cells["n_certain"].fillna(0).to_numpy(dtype=float)
    possible = cells["n_possible"].fillna(0).to_numpy(dtype=float)
    yield (cells["covered"] == "no").to_numpy(), UNCOLLECTED, _LINES, "/////"
    yield (possible == 1) & (certain == 0), *_ONE, "..."
    yield (possible > 1) & (certain == 0), *_SEVERAL, "....."
    for (least, most), colour in zip(_CLASSES, _RAMP, strict=True):
        yield (certain >= least) & (certain <= (most or np.inf)), colour, PAPER, ""
    yield (possible > 0) & (certain > 0), "none", PAPER, "..."


def _blocks(grid: NDArray[np.bool_], *, joined: bool) -> list[tuple[int, int, int, int]]:
    """Chosen cells as blocks: first and last part, first row and the row after; neighbours joined on demand.

    Hatching takes its time by the block, not by the area.
    """
    if not joined:
        return [
            (int(part), int(part), int(row), int(row) + 1)
            for part, row in zip(*np.nonzero(grid), strict=True)
        ]
    begun: dict[tuple[int, int], int] = {}
    done = []
    for row in range(grid.shape[1] + 1):
        column = grid[:, row] if row < grid.shape[1] else np.zeros(len(grid), dtype=bool)
        steps = np.flatnonzero(np.diff(np.concatenate([[False], column, [False]]).astype(int))).tolist()
        spans = {(first, after - 1) for first, after in zip(steps[::2], steps[1::2], strict=True)}
        done += [(*span, begun.pop(span), row) for span in sorted(set(begun) - spans)]
        for span in spans:
            begun.setdefault(span, row)
    return done


def _rectangles(axes: Axes, cells: pd.DataFrame, chosen: Any, fill: tuple[str, str, str]) -> None:
    from matplotlib.collections import PolyCollection

    if not chosen.any():
        return
    face, edge, hatch = fill
    west, first = np.unique(cells["from_km"], return_index=True)
    east = cells["to_km"].to_numpy()[first]
    corners = [
        [(west[a], top), (east[b], top), (east[b], bottom), (west[a], bottom)]
        for a, b, top, bottom in _blocks(chosen.reshape(len(west), -1), joined=bool(hatch))
    ]
    # The hatching takes its colour from the outline, which itself is not drawn round it.
    outline = 0.0 if hatch else 0.4
    axes.add_collection(
        PolyCollection(corners, facecolors=face, edgecolors=edge, hatch=hatch or None, linewidths=outline)
    )
