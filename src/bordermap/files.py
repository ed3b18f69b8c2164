"""The one place that writes: whole or not at all, never over a stranger's file unasked."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from bordermap.errors import OutputError


def write_atomically(
    path: Path, data: bytes, *, overwrite: bool = False, ours: Callable[[Path], bool] | None = None
) -> Path:
    """Write bytes beside the target, flush them to the disk, then rename.

    Args:
        path: Where the file shall stand.
        data: The whole content.
        overwrite: Replace whatever stands there.
        ours: Says whether the file that stands there was made by us and may be replaced unasked.

    Returns:
        The path.

    Raises:
        OutputError: The file exists and may not be replaced, or the disk refuses. What stood there stays.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> write_atomically(folder / "a.txt", b"one").read_bytes()
        b'one'
        >>> write_atomically(folder / "a.txt", b"two")
        Traceback (most recent call last):
        bordermap.errors.OutputError: ...a.txt exists already
    """
    if path.is_dir():
        raise OutputError(f"{path} is a folder", hint="Name a file, for example map.html.", code="BM401")
    if path.exists() and not overwrite and not (ours is not None and ours(path)):
        raise OutputError(
            f"{path} exists already",
            hint="Choose another name with -o, or replace it with --overwrite.",
            code="BM402",
        )
    try:
        _write_and_rename(path, data)
    except OSError as error:
        raise _refused(path, error) from error
    return path


def _write_and_rename(path: Path, data: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_standard_output(data: bytes) -> None:
    """Write bytes to standard output, for a file or another program to take.

    Args:
        data: The whole content, as it is: controls among it.

    Raises:
        OutputError: Standard output is a terminal, which would obey those controls (BM410).
    """
    if sys.stdout.isatty():
        raise OutputError(
            "standard output is a terminal",
            hint="Send it on, with > FILE or | PROGRAM, or name a file.",
            code="BM410",
        )
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_folder(
    path: Path, files: Mapping[str, bytes], *, overwrite: bool = False, ours: Callable[[Path], bool]
) -> Path:
    """Write a folder of files beside the target, then rename it.

    Args:
        path: Where the folder shall stand; an empty folder there is filled.
        files: Content by name; names without any folder.
        overwrite: Replace the folder that stands there, if it is ours.
        ours: Says whether a folder may be replaced as a whole: nothing else must be lost with it.

    Returns:
        The path.

    Raises:
        OutputError: Something stands there and may not be replaced, or the disk refuses. What stood there
            stays.

    Example:
        >>> folder = Path(tempfile.mkdtemp(), "case")
        >>> [each.name for each in write_folder(folder, {"a.csv": b"id"}, ours=lambda _: True).iterdir()]
        ['a.csv']
    """
    if path.exists() and not _may_replace(path, overwrite, ours):
        raise OutputError(
            f"{path} exists already",
            hint="Choose another name, or replace a casebook's folder with --overwrite.",
            code="BM402",
        )
    try:
        _write_folder_and_rename(path, files)
    except OSError as error:
        raise _refused(path, error) from error
    return path


def _may_replace(path: Path, overwrite: bool, ours: Callable[[Path], bool]) -> bool:
    if not path.is_dir() or path.is_symlink():
        return False
    return not any(path.iterdir()) or (overwrite and ours(path))


def _write_folder_and_rename(path: Path, files: Mapping[str, bytes]) -> None:
    beside = Path(tempfile.mkdtemp(dir=path.resolve().parent, prefix=f".{path.name[:40]}.", suffix=".part"))
    try:
        new, old = beside / "new", beside / "old"
        new.mkdir()
        for name, data in files.items():
            with (new / name).open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        if path.exists():
            path.rename(old)
        try:
            new.rename(path)
        except BaseException:
            if old.exists():
                old.rename(path)
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _refused(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path} could not be written: {error.strerror or error}",
        hint="Choose a folder that exists, where you may write and where there is room.",
        code="BM403",
    )


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
