"""Runs the command line in a child process with little memory and little time."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path

#: The child's clock; its address space is said in ``little_memory``.
SECONDS = 10


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Attributes:
        code: The exit code; None where the clock ran out, negative where a signal ended the child.
        out: What it printed.
        err: What it complained of.
    """

    code: int | None
    out: str
    err: str


def run_confined(arguments: Sequence[str], folder: Path, stdin: Path = Path(os.devnull)) -> Outcome:
    """Run ``bordermap`` in a child process that stands in a folder of its own.

    The child is forked from a server that has imported everything once and done nothing else: each file gets
    a fresh process, and the test does not pay for the imports each time.

    Args:
        arguments: After the program's name.
        folder: An empty folder: below it the child's working folder and its folder for temporary files are made.
        stdin: What the child finds on its standard input.
    """
    for name in ("work", "temporary"):
        (folder / name).mkdir(exist_ok=True)
    child = _context().Process(target=_run, args=(list(arguments), folder, stdin))
    child.start()
    child.join(SECONDS)
    late = child.is_alive()
    if late:
        child.kill()
        child.join()
    out, err = ((folder / name).read_text(encoding="utf-8", errors="replace") for name in ("out", "err"))
    return Outcome(None if late else child.exitcode, out, err)


#: Each thread of the C library reserves address space that it does not use, and there is one thread for each
#: processor of the machine that runs the tests: what is left for the file must not depend on it.
_FEW_ARENAS = {"MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    readers = ("delimited", "jsons", "workbooks", "kml", "gpx", "vectors", "parquet")
    context.set_forkserver_preload(
        ["support.little_memory", "bordermap.cli.check", "bordermap.incidents.reading", "support.confined"]
        + [f"bordermap.incidents.readers.{name}" for name in readers]
    )
    before = dict(os.environ)
    # The server looks for what it imports where its environment says, not where this process would look.
    os.environ.update(_FEW_ARENAS, PYTHONPATH=os.pathsep.join(sys.path))
    try:
        forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)
    return context


def _run(arguments: list[str], folder: Path, stdin: Path) -> None:
    """In the child: what the process is given, then the command, then its end without any clearing up."""
    import support.little_memory  # noqa: F401

    for descriptor, path, flags in (
        (0, stdin, os.O_RDONLY),
        (1, folder / "out", os.O_WRONLY | os.O_CREAT),
        (2, folder / "err", os.O_WRONLY | os.O_CREAT),
    ):
        os.dup2(os.open(path, flags, 0o600), descriptor)
    os.environ["TMPDIR"] = str(folder / "temporary")
    os.chdir(folder / "work")
    from bordermap.cli import run

    code = 70
    with contextlib.suppress(BaseException):
        code = run(arguments)
    os._exit(code)
