"""Builds the files of the corpus that are not committed: binary ones, and those too large to keep.

The same bytes every time, apart from the times that other programs put into their own headers.
``python -m corpus.build FOLDER`` (in ``tests/``) writes them out to look at.
"""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.archives import archives
from corpus.long_texts import long_texts
from corpus.own_files import own_files
from corpus.vectors import vectors
from corpus.workbooks import workbooks


def build() -> dict[str, bytes]:
    """Every built file by its name in the corpus."""
    books, shapes = workbooks(), vectors()
    return books | shapes | archives(shapes, books) | long_texts() | own_files()


def write(folder: Path) -> Path:
    """Write every built file into a folder, in the folders of its name."""
    for name, data in build().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
