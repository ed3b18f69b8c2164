"""Unpacks zip and gzip into memory: member by member, under caps, never to where a name points."""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import MEGABYTE, Limits

_CHUNK: Final = 1 << 20
_RATIO_FROM: Final = 10 * MEGABYTE
# A directory of a zip has about 46 bytes and the name for each member; no honest name has a thousand.
_ENTRY_BYTES: Final = 1_000
_JUNK: Final = re.compile(r"(?:^|/)(?:__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)(?:/|$)", re.I)
_SYMLINK, _FILE_TYPE = 0o120000, 0o170000


@dataclass(frozen=True)
class Member:
    """One file of an archive.

    Attributes:
        name: As the archive writes it, with slashes: a label, never a path.
        data: Its bytes.
    """

    name: str
    data: bytes


@dataclass
class Budget:
    """How much may still be unpacked from one file, however deep its archives lie in each other.

    Attributes:
        file: As messages call it.
        packed: How many bytes the file has.
        limits: What is allowed.
        unpacked: How many bytes have come out of it.
    """

    file: str
    packed: int
    limits: Limits
    unpacked: int = 0

    def spend(self, size: int) -> None:
        """Count bytes that came out.

        Raises:
            InputError: They are more than allowed (BM213), or more than the packed bytes can honestly hold
                (BM214).
        """
        self.unpacked += size
        if self.unpacked > self.limits.bytes_unpacked:
            allowed = f"{self.limits.bytes_unpacked // MEGABYTE} MB"
            raise fault("BM213", f"the archive unpacks to more than {allowed}", file=self.file)
        if self.unpacked > _RATIO_FROM and self.unpacked > self.packed * self.limits.ratio:
            ratio = self.unpacked // max(1, self.packed)
            raise fault("BM214", f"the archive unpacks to {ratio} times its size or more", file=self.file)


def unpack_gzip(packed: IO[bytes], budget: Budget) -> bytes:
    """What a gzip file holds.

    Args:
        packed: The file, at its beginning.
        budget: How much it may hold.

    Raises:
        InputError: It is damaged or cut off (BM216), or larger than allowed (BM213, BM214).

    Example:
        >>> data = gzip.compress(b"a,b")
        >>> unpack_gzip(io.BytesIO(data), Budget("a.csv.gz", len(data), Limits()))
        b'a,b'
    """
    with _damage(budget.file, "gzip"), gzip.GzipFile(fileobj=packed) as stream:
        return _read(stream, budget)


def unpack_zip(packed: Path | bytes, budget: Budget) -> list[Member]:
    """The files of a zip archive in the order of its directory, without what operating systems add.

    Args:
        packed: The archive.
        budget: How much it may hold.

    Raises:
        InputError: It is damaged, cut off or empty (BM216, BM222), encrypted (BM217), packed in a way that is
            not read (BM221), larger than allowed (BM213 to BM215); a member's name points out of the archive
            or is a link (BM218), or two have one name (BM219).

    Example:
        >>> held = io.BytesIO()
        >>> with zipfile.ZipFile(held, "w") as archive:
        ...     archive.writestr("a.csv", "x,y")
        >>> unpack_zip(held.getvalue(), Budget("a.zip", 100, Limits()))
        [Member(name='a.csv', data=b'x,y')]
    """
    with _damage(budget.file, "zip"), _opened(packed) as stream:
        _check_directory(stream, budget)
        with zipfile.ZipFile(stream) as archive:
            entries = checked_entries(archive, budget)
            return [Member(name, _member(archive, entry, budget)) for name, entry in entries.items()]


def check_workbook(packed: Path | bytes, budget: Budget) -> set[str]:
    """The names in a zip archive that another reader will open, once its sizes have been looked at.

    Everything is unpacked once and thrown away: what the directory says of its sizes may be a lie.

    Args:
        packed: The archive.
        budget: How much it may hold.

    Raises:
        InputError: As :func:`unpack_zip`.
    """
    with _damage(budget.file, "zip"), _opened(packed) as stream:
        _check_directory(stream, budget)
        with zipfile.ZipFile(stream) as archive:
            entries = checked_entries(archive, budget)
            for entry in entries.values():
                with archive.open(entry) as member:
                    for chunk in _chunks(member):
                        budget.spend(len(chunk))
            return set(entries)


def zip_names(packed: Path | bytes, budget: Budget) -> list[str]:
    """The names in a zip archive's directory, for telling a workbook from an archive; nothing is unpacked.

    Raises:
        InputError: The directory is damaged (BM216) or too long (BM215).
    """
    with _damage(budget.file, "zip"), _opened(packed) as stream:
        _check_directory(stream, budget)
        with zipfile.ZipFile(stream) as archive:
            return archive.namelist()


def zip_member(packed: Path | bytes, name: str, size: int, budget: Budget) -> bytes:
    """The first bytes of one member, for telling what an archive is.

    Raises:
        InputError: It is damaged (BM216).
    """
    with (
        _damage(budget.file, "zip"),
        _opened(packed) as stream,
        zipfile.ZipFile(stream) as archive,
        archive.open(name) as member,
    ):
        return member.read(size)


def checked_entries(archive: zipfile.ZipFile, budget: Budget) -> dict[str, zipfile.ZipInfo]:
    """The archive's files by name, each of them one that may be read.

    Raises:
        InputError: BM213, BM215, BM217 to BM219, BM221.
    """
    found: dict[str, zipfile.ZipInfo] = {}
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > budget.limits.members:
        raise fault("BM215", f"the archive has {len(entries):,} members", file=budget.file)
    for entry in entries:
        # zipfile cuts a name at its first NUL; the name as written is what the archive's maker meant.
        name = entry.orig_filename.replace("\\", "/")
        _check_entry(name, entry, budget.file)
        if _JUNK.search(name):
            continue
        if name in found:
            raise fault("BM219", f"two members are called {quote(name)}", file=budget.file)
        found[name] = entry
    if sum(entry.file_size for entry in found.values()) > budget.limits.bytes_unpacked - budget.unpacked:
        allowed = f"{budget.limits.bytes_unpacked // MEGABYTE} MB"
        raise fault("BM213", f"the archive unpacks to more than {allowed}", file=budget.file)
    return found


def _check_entry(name: str, entry: zipfile.ZipInfo, file: str) -> None:
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/") or "\0" in name:
        raise fault("BM218", f"a member's name points out of the archive: {quote(name)}", file=file)
    if (entry.external_attr >> 16) & _FILE_TYPE == _SYMLINK:
        raise fault("BM218", f"{quote(name)} is a link to another file", file=file)
    if entry.flag_bits & 0x1:
        raise fault("BM217", f"{quote(name)} is encrypted", file=file)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise fault("BM221", f"{quote(name)} is packed in a way that is not read", file=file)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytes:
    with archive.open(entry) as stream:
        return _read(stream, budget)


def _read(stream: IO[bytes] | gzip.GzipFile, budget: Budget) -> bytes:
    held = io.BytesIO()
    for chunk in _chunks(stream):
        budget.spend(len(chunk))
        held.write(chunk)
    return held.getvalue()


def _chunks(stream: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


@contextmanager
def _opened(packed: Path | bytes) -> Iterator[IO[bytes]]:
    with io.BytesIO(packed) if isinstance(packed, bytes) else packed.open("rb") as stream:
        yield stream


@contextmanager
def _damage(file: str, kind: str) -> Iterator[None]:
    """What the libraries say of a damaged archive, as one fault."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        said = str(error) or "it ends too early"
        raise fault("BM216", f"the {kind} archive is damaged or cut off: {quote(said)}", file=file) from error
    except (KeyError, RuntimeError, MemoryError, OverflowError, IndexError, struct.error) as error:
        raise fault("BM216", f"the {kind} archive is damaged", file=file) from error


def _check_directory(stream: IO[bytes], budget: Budget) -> None:
    """Refuse a directory of millions before a library holds it in memory."""
    size = stream.seek(0, io.SEEK_END)
    tail_from = max(0, size - 65_557)
    stream.seek(tail_from)
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return  # the library says what is wrong with it
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    if length == 0xFFFFFFFF:
        wide = tail.rfind(b"PK\x06\x06", 0, end)
        length = int.from_bytes(tail[wide + 40 : wide + 48], "little") if wide >= 0 else size
    if length > budget.limits.members * _ENTRY_BYTES:
        raise fault("BM215", file=budget.file)
