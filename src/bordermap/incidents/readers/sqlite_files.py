"""Opens an SQLite file of unknown origin: read only, nothing in it runs, and no statement lasts for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from bordermap.incidents.faults import fault, quote

MAGIC: Final = b"SQLite format 3\x00"
#: What a file of changes beside a database starts with, as long as there are any.
_BESIDE: Final = {"-wal": b"\x37\x7f\x06", "-journal": b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"}
_ALLOWED: Final = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
#: The functions that our own statements need.
_FUNCTIONS: Final = ("count", "glob", "lower", "substr", "trim", "upper")
_PRAGMAS: Final = ("table_xinfo",)
_STEPS_PER_CALL: Final = 100_000
_STEPS_AT_LEAST: Final = 20_000_000
# Reading a row of a few columns takes some steps for each of its bytes; a loop in a damaged file never ends.
_STEPS_PER_BYTE: Final = 60


@contextmanager
def open_database(path: Path, file: str) -> Iterator[sqlite3.Connection]:
    """Open an SQLite file to look into it.

    Args:
        path: The file.
        file: As the user named it, for messages.

    Yields:
        A connection that can select and nothing else. Text that is not UTF-8 shows U+FFFD.

    Raises:
        InputError: It is cut short, damaged, or a statement takes too long (BM261); or its last changes are
            in another file (BM263); or reading it would run functions that it names (BM262). Errors of SQLite
            within the block are translated too.
    """
    _check_size(path, file)
    _check_changes(path, file)
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as database:
            _defend(database, path.stat().st_size)
            yield database
    except (sqlite3.Error, sqlite3.Warning, UnicodeError, OverflowError, MemoryError) as error:
        said = str(error)
        if "not authorized" in said or "unsafe use" in said:
            raise fault("BM262", f"reading it would run what it holds: {quote(said)}", file=file) from error
        raise fault("BM261", f"the database is damaged: {quote(said)}", file=file) from error


def _defend(database: sqlite3.Connection, size: int) -> None:
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    database.execute("PRAGMA trusted_schema=OFF")
    database.execute("PRAGMA query_only=ON")
    database.execute("PRAGMA cell_size_check=ON")
    calls = iter(range(max(_STEPS_AT_LEAST, _STEPS_PER_BYTE * size) // _STEPS_PER_CALL))
    database.set_progress_handler(lambda: next(calls, None) is None, _STEPS_PER_CALL)
    database.set_authorizer(_authorise)


def _authorise(action: int, first: str | None, second: str | None, *others: str | None) -> int:
    allowed = (
        action in _ALLOWED
        or (action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS)
        or (action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS)
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _check_size(path: Path, file: str) -> None:
    with path.open("rb") as stream:
        header = stream.read(100)
    if len(header) < 100 or not header.startswith(MAGIC):
        raise fault("BM261", "it does not start as a database does", file=file)
    page = int.from_bytes(header[16:18]) or 0
    page = 65536 if page == 1 else page
    pages = int.from_bytes(header[28:32])
    # The count of pages holds only where these two agree; older programs leave it as it was.
    counted = header[24:28] == header[92:96]
    if counted and (size := path.stat().st_size) < page * pages:
        raise fault("BM261", f"the file should have {page * pages:,} bytes and has {size:,}", file=file)


def _check_changes(path: Path, file: str) -> None:
    real = path.resolve()
    for end, magic in _BESIDE.items():
        beside = real.with_name(real.name + end)
        if beside.is_file() and _starts_with(beside, magic):
            raise fault("BM263", f"its last changes are still in {quote(beside.name)} beside it", file=file)


def _starts_with(path: Path, magic: bytes) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(magic)) == magic


def quoted(name: str) -> str:
    """A name as SQL takes it.

    Example:
        >>> quoted('a"b')
        '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'
