"""The border lines that the strip along the border may show: their lengths and the named marks on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from bordermap.errors import BorderError
from bordermap.geometry.borders import prepared
from bordermap.geometry.index import BorderIndex
from bordermap.geometry.intervals import pair_name
from bordermap.geometry.marks import border_lines, marks_along


def lines_named(names: Iterable[str], focus: str) -> list[dict[str, Any]]:
    """The border lines of some names, those of the country in focus first.

    Args:
        names: As in the column ``border_line`` of enriched incidents.
        focus: ISO 3166-1 alpha-3.

    Returns:
        See :func:`strip_lines`; a line of one's own, which is none of those shipped, is left out.

    Example:
        >>> [line["label"] for line in lines_named(["AFG-UZB", "my line"], "AFG")]
        ['Afghanistan–Uzbekistan']
    """
    wanted = set(names)
    found = [line for line in strip_lines(prepared(focus)) if line["key"] in wanted]
    for pair in sorted({name.partition(":")[0] for name in wanted - {line["key"] for line in found}}):
        try:
            found += [line for line in strip_lines(prepared(pair)) if line["key"] in wanted]
        except BorderError:
            continue
    return found


def strip_lines(index: BorderIndex) -> list[dict[str, Any]]:
    """Each line of an index, in its order, as plain values for the browser client.

    Args:
        index: What incidents were measured to.

    Returns:
        ``key`` (as in the column ``border_line`` of enriched incidents), ``label``, ``lengthKm``, and
        ``marks``: ``km`` from the line's first vertex and ``label``.

    Example:
        >>> from bordermap.geometry.borders import prepared
        >>> line = strip_lines(prepared("AFG-UZB"))[0]
        >>> line["key"], line["lengthKm"], [mark["label"] for mark in line["marks"]][1]
        ('AFG-UZB', 140.5, 'Termez')
    """
    names = border_lines(index.lines)
    lengths = np.bincount(index.row, weights=index.length_km, minlength=len(names))
    marks: dict[int, list[dict[str, Any]]] = {}
    table = marks_along(index)
    for row, km, mark in zip(table["row"], table["along_km"], table["mark"], strict=True):
        marks.setdefault(int(row), []).append({"km": round(float(km), 1), "label": str(mark)})
    return [
        {
            "key": str(name),
            "label": _label(str(name), str(pair)),
            "lengthKm": round(float(length), 1),
            "marks": marks.get(row, []),
        }
        for row, (name, pair, length) in enumerate(zip(names, index.border_pair, lengths, strict=True))
    ]


def _label(name: str, pair: str) -> str:
    part = name.partition(":")[2].replace("-", " ")
    return f"{pair_name(pair)}, {part}" if part else pair_name(pair)
