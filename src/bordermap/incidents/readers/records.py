"""Finds where each record of a delimited text begins and ends, and on which physical line, in one pass."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from bordermap.incidents.readers.layer import Ints
from bordermap.incidents.readers.texts import CHUNK, Text

_QUOTE, _LF, _CR = 34, 10, 13
_WORKERS: Final = min(4, os.cpu_count() or 1)
_Found = TypeVar("_Found")


@dataclass(frozen=True, eq=False)
class Records:
    """The records of a text, blank lines among them; record n stands at position n - 1.

    Attributes:
        starts: The place of the first byte of each.
        ends: The place behind its last byte, before the line end.
        lines: The physical line on which it starts, counted from 1.
        well_formed: Whether every quotation mark opens or closes a field, or is one of two inside one: then,
            and only then, the rest is to be relied on.
        quoted_line_ends: Whether any field has several lines.
        nul_line: The physical line of the first NUL byte; 0 where there is none.
    """

    starts: Ints
    ends: Ints
    lines: Ints
    well_formed: bool
    quoted_line_ends: bool
    nul_line: int

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Which records are blank lines."""
        return np.asarray(self.starts == self.ends)


@dataclass(frozen=True, eq=False)
class _Piece:
    """What one piece of the text holds, places counted from the text's beginning.

    ``line_ends`` are the last bytes of line ends, ``widths`` their lengths; ``quotes_before`` counts the
    piece's quotation marks before each. ``opens`` and ``closes`` say of the marks at even and odd positions
    of the piece whether they stand where a field may open or close.
    """

    line_ends: Ints
    widths: Ints
    quotes_before: Ints
    quotes: int
    opens: tuple[bool, bool]
    closes: tuple[bool, bool]
    nul: int


def find_records(text: Text, delimiter: str) -> Records:
    r"""The records of a UTF-8 text.

    Args:
        text: Its bytes.
        delimiter: One ASCII character.

    Example:
        >>> data = b'a,b\n"x\ny",2\n\n"a ""q"" b",'
        >>> found = find_records(Text(len(data), data), ",")
        >>> found.lines.tolist(), found.blank.tolist(), found.well_formed
        ([1, 2, 4, 5], [False, False, True, False], True)
    """
    pieces = _over_pieces(text, lambda start, stop: _piece(text, ord(delimiter), start, stop))
    quotes = np.cumsum([0, *(piece.quotes for piece in pieces)])
    inside = np.concatenate(
        [(piece.quotes_before + before) % 2 for piece, before in zip(pieces, quotes, strict=False)]
    ).astype(bool)
    line_ends = np.concatenate([piece.line_ends for piece in pieces])
    widths = np.concatenate([piece.widths for piece in pieces])
    outside = np.flatnonzero(~inside)
    starts = np.concatenate([[text.skip], line_ends[outside] + 1])
    ends = np.concatenate([line_ends[outside] + 1 - widths[outside], [text.size]])
    lines = np.concatenate([[1], outside + 2])
    last = len(starts) - int(starts[-1] >= text.size)
    nul = next((piece.nul for piece in pieces if piece.nul >= 0), -1)
    return Records(
        starts[:last],
        ends[:last],
        lines[:last],
        _well_formed(pieces, quotes),
        bool(inside.any()),
        0 if nul < 0 else int(np.searchsorted(line_ends, nul)) + 1,
    )


def _over_pieces(text: Text, find: Callable[[int, int], _Found]) -> list[_Found]:
    """Something found in every piece, several at a time: numpy leaves the interpreter lock."""
    starts = range(text.skip, max(text.size, text.skip + 1), CHUNK)
    with ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(lambda start: find(start, min(start + CHUNK, text.size)), starts))


def _well_formed(pieces: Sequence[_Piece], quotes: Ints) -> bool:
    if quotes[-1] % 2:
        return False
    # A piece that begins inside a quoted field has its marks the other way round.
    return all(
        piece.opens[before % 2] and piece.closes[1 - before % 2]
        for piece, before in zip(pieces, quotes.tolist(), strict=False)
    )


def _piece(text: Text, delimiter: int, start: int, stop: int) -> _Piece:
    """One piece, looked at with one byte more on each side; beyond the text there is a line end."""
    before = b"\n" if start == text.skip else text.window(start - 1, start)
    raw = before + text.window(start, min(stop + 1, text.size))
    padded = np.frombuffer(raw if stop < text.size else raw + b"\r", dtype=np.uint8)
    inner = padded[1 : 1 + stop - start]
    line_ends, widths = _line_ends(raw, padded, inner)
    quotes = np.flatnonzero(inner == _QUOTE) if _QUOTE in raw else np.empty(0, dtype=np.int64)
    nul = raw.find(b"\0", 1, 1 + stop - start)
    return _Piece(
        line_ends + start,
        widths,
        np.searchsorted(quotes, line_ends),
        len(quotes),
        _by_parity(padded[quotes], delimiter),
        _by_parity(padded[quotes + 2], delimiter),
        nul if nul < 0 else nul - 1 + start,
    )


def _line_ends(raw: bytes, padded: NDArray[np.uint8], inner: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Places of the last byte of each line end, and its length: LF, CR LF, or a CR alone."""
    feeds = np.flatnonzero(inner == _LF)
    if _CR not in raw:
        return feeds, np.ones(len(feeds), dtype=np.int64)
    returns = np.flatnonzero(inner == _CR)
    alone = returns[padded[returns + 2] != _LF]
    places = np.sort(np.concatenate([feeds, alone]))
    return places, 1 + ((inner[places] == _LF) & (padded[places] == _CR)).astype(np.int64)


def _by_parity(beside: NDArray[np.uint8], delimiter: int) -> tuple[bool, bool]:
    """Whether the bytes beside every even, and every odd, mark are such that a field may begin or end."""
    fits = (beside == delimiter) | (beside == _LF) | (beside == _CR) | (beside == _QUOTE)
    return bool(fits[0::2].all()), bool(fits[1::2].all())


def count_fields(text: Text, records: Records, delimiter: str) -> Ints:
    r"""How many fields each record has; a blank line has one.

    Args:
        text: The bytes.
        records: Its records, well formed.
        delimiter: One ASCII character.

    Example:
        >>> text = Text(14, b'a,b\n"1,2"\n1,2,')
        >>> count_fields(text, find_records(text, ","), ",").tolist()
        [2, 1, 3]
    """
    parts = _over_pieces(
        text, lambda start, stop: _fields_begun(text, ord(delimiter), records.starts, start, stop)
    )
    counts = np.ones(len(records.starts), dtype=np.int64)
    parity = 0
    for first, by_parity, quotes in parts:
        found = by_parity[parity]
        counts[first : first + len(found)] += found
        parity = (parity + quotes) % 2
    return counts


def _fields_begun(
    text: Text, delimiter: int, starts: Ints, start: int, stop: int
) -> tuple[int, tuple[Ints, Ints], int]:
    """The position of the piece's first record; how many delimiters separate fields in it and each after it.

    That depends on whether the piece begins inside quotation marks, which is known only later: the counts are
    given for both cases, with the number of the piece's quotation marks.
    """
    piece = np.frombuffer(text.window(start, stop), dtype=np.uint8)
    places = np.flatnonzero(piece == delimiter)
    quotes = np.flatnonzero(piece == _QUOTE)
    # Whether a delimiter lies behind an odd number of marks, without a search for each delimiter.
    marks = np.bincount(np.searchsorted(places, quotes), minlength=len(places) + 1)[:-1]
    odd = (np.cumsum(marks) % 2).astype(bool)
    first = max(0, int(np.searchsorted(starts, start, side="right")) - 1)
    inner = starts[first : int(np.searchsorted(starts, stop))] - start
    return first, (_per_record(places[~odd], inner), _per_record(places[odd], inner)), len(quotes)


def _per_record(places: Ints, starts: Ints) -> Ints:
    """How many of the places lie in each record."""
    return np.diff(np.searchsorted(places, starts), append=len(places))


def shown(text: Text, records: Records, numbers: Ints, most: int = 200) -> tuple[str, ...]:
    """Some records as they were written, cut.

    Args:
        text: The bytes.
        records: Its records.
        numbers: Record numbers, counted from 1.
        most: How many characters.
    """
    places = zip(records.starts[numbers - 1].tolist(), records.ends[numbers - 1].tolist(), strict=True)
    cut = (text.window(start, min(end, start + 4 * most)) for start, end in places)
    return tuple(piece.decode("utf-8", "replace")[:most] for piece in cut)
