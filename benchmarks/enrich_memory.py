"""How much memory a piece of work takes: of this process exactly, of others by looking often (Linux)."""

from __future__ import annotations

import ctypes
import gc
import os
import re
import threading
from pathlib import Path
from typing import Final, Self

_EVERY_SECONDS: Final = 0.1


class Peak:
    """Megabytes above what was in use at the start, at the peak; to be used in a ``with`` statement.

    Args:
        server: A process that works for this one; it and its children are counted with what they share,
            this process's own children without.
    """

    def __init__(self, server: int | None = None) -> None:
        self._server, self.megabytes = server, 0.0
        self._done = threading.Event()

    def __enter__(self) -> Self:
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
        self._own = _status("VmRSS")
        # Makes VmHWM begin anew from here.
        Path("/proc/self/clear_refs").write_text("5")
        self._others = self._most = self._of_others()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._watch.join()
        self._most = max(self._most, self._of_others())
        self.megabytes = (_status("VmHWM") - self._own + self._most - self._others) / 1000

    def _look(self) -> None:
        while not self._done.wait(_EVERY_SECONDS):
            self._most = max(self._most, self._of_others())

    def _of_others(self) -> int:
        if self._server:
            return sum(_rollup(pid, "Pss") for pid in [self._server, *_descendants(self._server)])
        return sum(
            _rollup(pid, "Private_Clean") + _rollup(pid, "Private_Dirty") for pid in _descendants(os.getpid())
        )


def _status(name: str) -> int:
    return _kilobytes(Path("/proc/self/status"), name)


def _rollup(pid: int, name: str) -> int:
    return _kilobytes(Path(f"/proc/{pid}/smaps_rollup"), name)


def _kilobytes(path: Path, name: str) -> int:
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB", path.read_text(), flags=re.MULTILINE)
    except OSError:
        # It has ended in the meantime.
        return 0
    return int(found[1]) if found else 0


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *_descendants(child)]
    return found
