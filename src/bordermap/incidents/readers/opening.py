"""Opens what the user named: a plain file or standard input, never a pipe or a device."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Final

from bordermap.errors import InputError
from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import MEGABYTE, ReadOptions
from bordermap.incidents.readers.archives import Budget
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.contents import listed, unfold
from bordermap.incidents.readers.kinds import HEAD, Kind, recognise
from bordermap.incidents.readers.shapefiles import PARTS, part_of

STDIN: Final = "-"
_STDIN_NAME: Final = "standard input"
_SPECIAL: Final = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def open_file(path: str | Path, options: ReadOptions) -> list[Blob]:
    """The contents of a file, recognised, with archives unpacked.

    Args:
        path: A file, or ``-`` for standard input.
        options: ``layers`` may name members of an archive; ``limits`` caps everything.

    Returns:
        One blob for each content, in the order of the archive. Facts say where the content is not what the
        name says (``content``) and which members were not read (``not_read``).

    Raises:
        InputError: There is no such file (BM210), it is a folder (BM211), no plain file (BM104), too large
            (BM212), empty (BM113), a Git LFS pointer (BM108), or its content cannot be read (BM109, BM213 to
            BM224).

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "events.csv")
        >>> path.write_bytes(b"a,b") and [blob.kind for blob in open_file(path, ReadOptions())]
        ['text']
    """
    if str(path) == STDIN:
        data = _standard_input(options.limits.bytes_read)
        return unfold(_STDIN_NAME, data, options, Budget(_STDIN_NAME, len(data), options.limits))
    file, path = str(path), Path(path)
    size, head = _look(path, file, options.limits.bytes_read)
    kind = recognise(head)
    if kind.name in ("shp", "shx", "dbf"):
        return [_shapefile(path, file, kind, options)]
    return unfold(file, path, options, Budget(file, size, options.limits))


def _look(path: Path, file: str, allowed: int) -> tuple[int, bytes]:
    """Size and first bytes of a plain file."""
    try:
        _refuse_special(os.stat(path), path, file)  # noqa: PTH116 (before opening: opening a pipe could wait)
        # Non-blocking, and looked at again once open: what stands there may have been exchanged meanwhile.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(stream.fileno())
            _refuse_special(status, path, file)
            head = stream.read(HEAD)
            if head is None:  # it says it is plain, and would let us wait for more
                raise fault("BM104", "not a plain file: nothing to read from it yet", file=file)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise fault("BM210", f"there is no file {quote(file)}") from error
    except OSError as error:
        raise fault("BM104", f"cannot be read: {error.strerror or error}", file=file) from error
    if status.st_size > allowed:
        raise _too_large(file, allowed)
    return status.st_size, head


def _refuse_special(status: os.stat_result, path: Path, file: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _folder(path, file)
    for is_one, words in _SPECIAL:
        if is_one(status.st_mode):
            hint = "Give a plain file, or - and send the data to standard input."
            raise fault("BM104", f"{words}, not a plain file", hint=hint, file=file)


def _folder(path: Path, file: str) -> InputError:
    names = sorted(f"{each.name}/" if each.is_dir() else each.name for each in path.iterdir())
    if not names:
        return fault("BM211", "the folder is empty", file=file)
    return fault("BM211", f"a folder that is not a casebook; it holds {listed(names)}", file=file)


def _too_large(file: str, allowed: int) -> InputError:
    return fault("BM212", f"larger than {allowed / MEGABYTE:g} MB", file=file)


def _standard_input(allowed: int) -> bytes:
    if sys.stdin is None:
        raise fault("BM113", file=_STDIN_NAME)
    try:
        data = sys.stdin.buffer.read(allowed + 1)
    except OSError as error:
        raise fault("BM104", f"cannot be read: {error.strerror or error}", file=_STDIN_NAME) from error
    if len(data) > allowed:
        raise _too_large(_STDIN_NAME, allowed)
    return bytes(data)


def _shapefile(path: Path, file: str, kind: Kind, options: ReadOptions) -> Blob:
    """A shapefile on the disk with its other parts, whichever of them was named."""
    siblings: dict[str, Path] = {}
    for each in sorted(path.parent.iterdir()):
        stem, suffix = part_of(each.name)
        if stem == part_of(path.name)[0] and suffix in PARTS:
            siblings.setdefault(suffix, each)
    siblings[".shp" if kind.name == "shp" else f".{kind.name}"] = path
    if ".shp" not in siblings:
        raise fault("BM224", f"{kind.words} without its .shp", file=file)
    parts = {}
    for suffix, part in siblings.items():
        _, head = _look(part, str(part), options.limits.bytes_read)
        if suffix == ".shp" and recognise(head).name != "shp":
            raise fault("BM109", "the .shp beside it is not a shapefile", file=file)
        parts[suffix] = Blob(file, suffix[1:], path=part)
    main = parts.pop(".shp")
    return Blob(file, "shp", path=main.path, companions=parts)
