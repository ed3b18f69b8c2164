"""The bytes of a text, in memory or on the disk, read in pieces so that none need to be held twice."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import pyarrow as pa

from bordermap.incidents.readers.blob import Blob

CHUNK: Final = 1 << 22


@dataclass(frozen=True, eq=False)
class Text:
    """A text's bytes.

    Attributes:
        size: How many there are.
        data: The bytes, where they are in memory.
        path: The file, where they are on the disk.
        skip: How many bytes of a byte order mark come before the text.
    """

    size: int
    data: bytes | None = None
    path: Path | None = None
    skip: int = 0

    def window(self, start: int, stop: int) -> bytes:
        """Bytes from one place to another."""
        if self.data is not None:
            return self.data[start:stop]
        with self.stream(start) as stream:
            return stream.read(stop - start)

    def stream(self, start: int = 0) -> IO[bytes]:
        """The bytes as a stream that begins at a place."""
        stream: IO[bytes]
        if self.data is not None:
            stream = io.BytesIO(self.data)
        else:
            assert self.path is not None
            stream = self.path.open("rb")
        stream.seek(start)
        return stream

    def chunks(self) -> Iterator[bytes]:
        """All bytes, piece by piece."""
        with self.stream() as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def arrow_input(self, start: int) -> pa.NativeFile:
        """The bytes for pyarrow, from a place on."""
        if self.data is not None:
            return pa.BufferReader(pa.py_buffer(self.data).slice(start))
        found = pa.OSFile(str(self.path))
        found.seek(start)
        return found


def text_of(blob: Blob) -> Text:
    """The bytes of a blob.

    Example:
        >>> text_of(Blob("a.csv", "text", b"a,b")).window(0, 1)
        b'a'
    """
    return Text(blob.size, blob.data, blob.path)


def is_text(text: str) -> bool:
    r"""Whether all bytes of a decoded text were letters: those that were not stand as lone surrogates.

    Example:
        >>> is_text("é"), is_text(b"\xe9".decode("utf-8", "surrogateescape"))
        (True, False)
    """
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
