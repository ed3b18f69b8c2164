"""The one place that writes: whole or not at all, never over a stranger's file unasked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
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
        raise OutputError(
            f"{path} could not be written: {error.strerror or error}",
            hint="Choose a folder that exists, where you may write and where there is room.",
            code="BM403",
        ) from error
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


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
