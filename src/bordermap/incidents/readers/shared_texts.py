"""Refuses workbooks in which one long text stands in so many cells that no memory would hold it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final

import numpy as np

from bordermap.incidents.faults import fault
from bordermap.incidents.readers.layer import Ints

# Each cell that shows a shared text gets a copy of its own.
_FREE: Final = 300_000_000
_SPREAD: Final = 20
_LONG: Final = 2_000
_PIECE: Final = 1 << 22

_TEXT: Final = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
_USE: Final = re.compile(rb"""\bt\s*=\s*["']s["'][^<>]*>\s*<(?:\w+:)?v\s*>\s*(\d{1,9})""")


def refuse_repeated_texts(archive: zipfile.ZipFile, label: str) -> None:
    """Add up the lengths of the long texts of an XLSX workbook, over all cells that show them.

    Args:
        archive: The workbook.
        label: The file, for messages.

    Raises:
        InputError: They unfold to far more than is written down (BM253).

    Example:
        >>> import io
        >>> refuse_repeated_texts(zipfile.ZipFile(io.BytesIO(), "w"), "a.xlsx")
    """
    members = archive.infolist()
    lengths = _lengths(archive, [each for each in members if each.filename.endswith("sharedStrings.xml")])
    sheets = [each for each in members if each.filename.endswith(".xml") and "sheet" in each.filename]
    # A cell takes some thirty characters: there can be no more of them than that.
    most = sum(each.file_size for each in sheets) // 20
    allowed = max(_FREE, _SPREAD * int(lengths.sum()))
    if not len(lengths) or int(lengths.max()) < _LONG or int(lengths.max()) * most <= allowed:
        return
    total = 0
    for sheet in sheets:
        with archive.open(sheet) as stream:
            total += sum(int(lengths[uses].sum()) for uses in _uses(stream, len(lengths)))
    if total > allowed:
        raise fault("BM253", f"texts that unfold to {total // 1_000_000:,} MB", file=label)


def _lengths(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Ints:
    """How many bytes each shared text takes, about."""
    ends = [
        np.array([0, *(found.end() for found in _TEXT.finditer(archive.read(member)))], dtype=np.int64)
        for member in members[:1]
    ]
    return np.diff(ends[0]) if ends else np.empty(0, dtype=np.int64)


def _uses(stream: IO[bytes], count: int) -> Iterator[Ints]:
    """The numbers of the texts that cells show, piece by piece."""
    rest = b""
    while piece := stream.read(_PIECE):
        text = rest + piece
        cut = text.rfind(b"</") if len(text) < 16 * _PIECE else len(text)
        uses = np.array(_USE.findall(text[: max(cut, 0)]), dtype=np.bytes_).astype(np.int64)
        yield uses[uses < count]
        rest = text[max(cut, 0) :]
