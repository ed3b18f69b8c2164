"""The command line in the process of the tests: the same arguments, streams, folder and exit code as by itself."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bordermap.cli import run


def run_here(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command line and give what a process of its own would have given."""
    with _streams(folder) as (out, err):
        code = run(list(arguments))
    texts = [stream.getvalue().decode() for stream in (out, err)]
    return subprocess.CompletedProcess(["bordermap", *arguments], code, *texts)


@contextmanager
def _streams(folder: Path) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    before, stood = (sys.stdin, sys.stdout, sys.stderr), Path.cwd()
    out, err = io.BytesIO(), io.BytesIO()
    os.chdir(folder)
    sys.stdin = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(err, encoding="utf-8", write_through=True)
    try:
        # Warnings that are errors in the tests are none for whoever runs the command.
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            yield out, err
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            stream.detach()  # else it would close what is read afterwards
        sys.stdin, sys.stdout, sys.stderr = before
        os.chdir(stood)
