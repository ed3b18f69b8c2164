"""Which files of a folder are its parts, in which order, and which are something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bordermap.errors import InputError
from bordermap.explanations import FAULTS
from bordermap.text import plain

#: What a part's name may end in; either may be packed.
_TABLE: Final = re.compile(r"\.(csv|tsv|tab|parquet|geoparquet|pq)(\.(gz|zip))?$", re.I)
_PARQUET: Final = re.compile(r"\.(parquet|geoparquet|pq)$", re.I)
_DELIMITED: Final = re.compile(r"\.(csv|tsv|tab)$", re.I)
#: Hidden files, and what programs leave while they write or when they are done.
_PASSING: Final = re.compile(
    r"^[._~]|~$|\.(tmp|temp|part|partial|crdownload|crc|lock|swp|bak)$|^(desktop\.ini|thumbs\.db)$", re.I
)
#: Words beside the rows.
_WORDS: Final = re.compile(
    r"^(readme|licen[cs]e|changelog|notice|terms|citation)\b|\.(md|pdf|html?|md5|sha\d+)$", re.I
)


@dataclass(frozen=True)
class Part:
    """One file of the folder.

    Attributes:
        number: Its place among the parts, from 0.
        name: Its name in the folder.
        size: Bytes.
        modified: When it was last written, nanoseconds.
    """

    number: int
    name: str
    size: int
    modified: int

    @property
    def is_parquet(self) -> bool:
        """Whether it is named as Parquet, and not packed."""
        return bool(_PARQUET.search(self.name))

    @property
    def is_delimited(self) -> bool:
        """Whether it is named as delimited text, and not packed."""
        return bool(_DELIMITED.search(self.name))


@dataclass(frozen=True)
class Folder:
    """What a folder holds.

    Attributes:
        path: Of the folder.
        parts: Sorted by name.
        passed_over: Names of hidden and passing files, and of words beside the rows.
    """

    path: Path
    parts: tuple[Part, ...]
    passed_over: tuple[str, ...] = ()


def parts_fault(code: str, message: str = "", *, hint: str = "") -> InputError:
    """An error about a folder of parts, with the table's own words where none are given."""
    return InputError(message or FAULTS[code].cause, hint=hint or FAULTS[code].cure, code=code)


def is_part(name: str) -> bool:
    """Whether a file is named as a table that can be read part by part.

    Example:
        >>> is_part("part-1.csv.gz"), is_part("list.xlsx")
        (True, False)
    """
    return bool(_TABLE.search(name))


def list_parts(path: str | Path) -> Folder:
    """The parts of a folder.

    Args:
        path: Of the folder; folders in it are not looked into.

    Returns:
        The files that are parts; hidden files (``.name``, ``_name``), what is being written, and words such
        as ``README`` are passed over and named.

    Raises:
        InputError: It is no folder or has no parts (BM520), or holds files that are neither (BM521).

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> for name in ("b.csv", "a.parquet", "_SUCCESS", ".a.crc", "README.md"):
        ...     written = (folder / name).write_text("…")
        >>> found = list_parts(folder)
        >>> [part.name for part in found.parts], found.passed_over
        (['a.parquet', 'b.csv'], ('.a.crc', 'README.md', '_SUCCESS'))
    """
    folder = Path(path)
    try:
        entries = sorted(folder.iterdir(), key=lambda each: each.name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise parts_fault("BM520", f"{plain(folder)} is no folder that can be read: {reason}") from error
    passing = [each.name for each in entries if _PASSING.search(each.name)]
    left = [each for each in entries if each.name not in passing]
    tables = [each for each in left if is_part(each.name) and each.is_file()]
    words = [each.name for each in left if each not in tables and _WORDS.search(each.name)]
    others = [each for each in left if each not in tables and each.name not in words]
    if others:
        names = [f"{each.name}/" if each.is_dir() else each.name for each in others]
        raise parts_fault("BM521", f"{plain(folder)} holds {_listed(names)}, which are no parts")
    if not tables:
        raise parts_fault("BM520", f"{plain(folder)} has no parts")
    parts = [_part(number, each) for number, each in enumerate(tables)]
    return Folder(folder, tuple(parts), tuple(sorted((*passing, *words))))


def _part(number: int, path: Path) -> Part:
    status = path.stat()
    return Part(number, path.name, status.st_size, status.st_mtime_ns)


def _listed(names: Sequence[str], most: int = 5) -> str:
    shown = ", ".join(plain(name) for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
