"""The figures of flat rows in words: as few as there are different ones."""

from __future__ import annotations

from typing import Final

import numpy as np

from bordermap.analysis.casebook_facts import figure_claims
from bordermap.incidents.arrow import joined_codes, text_column
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.figures import figure_text
from bordermap.maps.packing.columns import CodeColumn, code_column
from bordermap.maps.packing.distinct import combined

#: Between the figures of a row, and between what is counted, of which side, and how many.
BETWEEN, WITHIN = "\x1f", "\x1e"
_PARTS: Final = ("what", "side", "low", "best", "high")


def figure_words(casebook: Casebook) -> CodeColumn:
    """The figures of each row: ``what``, ``side`` and the words of the number, for example "2–5 (best 3)".

    Args:
        casebook: A flat one; no figure is of a nationality.

    Returns:
        A column of rows.
    """
    figures, count = casebook.particulars, len(casebook.incidents)
    if figures.empty:
        return code_column("figures", "row", np.full(count, -1), [])
    columns = [text_column(figures[name]) for name in _PARTS]
    codes, first = joined_codes(columns)
    texts = [column.take(first).to_pylist() for column in columns]
    words = [_words(*each) for each in zip(*texts, strict=True)]
    owner = figure_claims(casebook)
    kept = owner >= 0
    numbers, lists = combined(owner[kept], codes[kept], count)
    return code_column(
        "figures", "row", numbers, [BETWEEN.join(words[number] for number in one) for one in lists]
    )


def _words(what: str, side: str, *numbers: str) -> str:
    low, best, high = (int(text) if text else None for text in numbers)
    return WITHIN.join((what, side, figure_text(low, best, high)))
