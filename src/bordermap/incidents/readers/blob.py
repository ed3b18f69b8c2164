"""One file as it was found on the disk, on standard input or in an archive: bytes with a name and a kind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, eq=False)
class Blob:
    """A file, recognised by its content.

    Attributes:
        file: The file as the user named it.
        kind: What its content is, whatever its name says: ``text`` (delimited), ``json`` (any JSON text),
            ``xlsx``, ``ods``, ``xls``, ``sqlite``, ``shp``, ``fgb``, ``kml``, ``gpx``, ``parquet``.
        data: All bytes, where they are in memory; None where only ``path`` is set.
        path: A plain file that holds exactly these bytes; None for archive members and standard input.
        member: Its name inside an archive, as the archive writes it; a label only, never a path to write to.
        companions: For a shapefile: its other parts by suffix (``.dbf``, ``.shx``, ``.prj``, ``.cpg``).
        facts: What was found out while opening, as text; the facts of every layer begin with them.
    """

    file: str
    kind: str
    data: bytes | None = None
    path: Path | None = None
    member: str = ""
    companions: Mapping[str, Blob] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> bytes:
        """All bytes."""
        if self.data is not None:
            return self.data
        assert self.path is not None
        return self.path.read_bytes()

    @property
    def size(self) -> int:
        """How many bytes there are."""
        if self.data is not None:
            return len(self.data)
        assert self.path is not None
        return self.path.stat().st_size


@contextmanager
def on_disk(blob: Blob, suffix: str) -> Iterator[Path]:
    """The blob as a file for libraries that want a path, its companions beside it, gone afterwards.

    The names are ours, never those of an archive: nothing in a member's name can lead anywhere.

    Args:
        blob: Any.
        suffix: Of the file, such as ``.shp``.

    Yields:
        The path.
    """
    with tempfile.TemporaryDirectory(prefix="bordermap-") as folder:
        path = Path(folder, f"layer{suffix}")
        for end, part in {suffix: blob, **blob.companions}.items():
            target = Path(folder, f"layer{end}")
            if part.path is not None:
                target.symlink_to(part.path.resolve())
            else:
                target.write_bytes(part.content())
        yield path
