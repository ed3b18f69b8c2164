"""The corpus of files, good and bad, and the table of what is to come of each."""

from __future__ import annotations

import atexit
import csv
import shlex
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from support import ROOT

CORPUS = ROOT / "tests/corpus"
FILES = CORPUS / "files"
TABLE = CORPUS / "expected.csv"


@dataclass(frozen=True)
class Case:
    """A row of the table: a file, how it is read, and what is to come of it.

    Attributes:
        file: Its name below ``files/``, or among the built ones.
        options: Of the command line.
        dialect: Key; empty where no row could be read.
        encoding: Of text files; ``any`` where one of several is as good; empty where there is none.
        rows_read: Records.
        rows_used: Those that became incidents.
        rows_rejected: Those that did not.
        rows_located: Those that were located by their names.
        codes: Of all issues, sorted.
        exit_code: Of ``bordermap check``.
        first_reject: ``record:line:column`` of the first rejected row; empty parts where there are none.
        what: What is special about it.
    """

    file: str
    options: tuple[str, ...]
    dialect: str
    encoding: str
    rows_read: int
    rows_used: int
    rows_rejected: int
    rows_located: int
    codes: tuple[str, ...]
    exit_code: int
    first_reject: str
    what: str

    def __str__(self) -> str:
        return " ".join((self.file, *self.options))

    @property
    def path(self) -> Path:
        """Where it stands, built when needed."""
        return path_of(self.file)


@cache
def cases() -> tuple[Case, ...]:
    """Every row of the table."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return tuple(_case(row) for row in csv.DictReader(stream))


def _case(row: dict[str, str]) -> Case:
    return Case(
        row["file"], tuple(shlex.split(row["options"])), row["dialect"], row["encoding"],
        int(row["rows_read"]), int(row["rows_used"]), int(row["rows_rejected"]), int(row["rows_located"]),
        tuple(row["codes"].split()), int(row["exit_code"]), row["first_reject"], row["what"],
    )  # fmt: skip


def path_of(name: str) -> Path:
    """Where a file of the corpus stands: committed, or built once for this run."""
    committed = FILES / name
    return committed if committed.exists() else built() / name


@cache
def built() -> Path:
    """A temporary folder with every file that is built; it goes when the process ends."""
    from corpus.build import write

    folder = Path(tempfile.mkdtemp(prefix="corpus-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return write(folder)
