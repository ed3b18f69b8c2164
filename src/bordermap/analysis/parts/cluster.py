"""The workers: processes of this machine, or any Dask cluster by its address."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from bordermap import __version__
from bordermap.analysis.parts.executors import Executor, Here, Workers
from bordermap.analysis.parts.folder import parts_fault
from bordermap.errors import UsageError
from bordermap.explanations import FAULTS
from bordermap.text import plain

_PATIENCE: Final = 10
#: What this process and the scheduler in it take, and what a worker needs at least, bytes.
_OWN: Final = 300_000_000
_LEAST: Final = 600_000_000
_UNITS: Final = {
    "": 1,
    "k": 10**3,
    "m": 10**6,
    "g": 10**9,
    "ki": 2**10,
    "mi": 2**20,
    "gi": 2**30,
}
_SIZE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg]i?)?b?", re.I)
#: Bytes that a worker needs for each row of a slice, as measured, everything included.
_PER_ROW: Final = 5_000
_SETTINGS: Final = {
    "distributed.admin.tick.limit": "1h",
    "distributed.comm.timeouts.connect": f"{_PATIENCE}s",
    "distributed.scheduler.allowed-failures": 3,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.target": False,
    # A task holds what it holds: to pause its worker would only keep the next one waiting.
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 0.98,
    "distributed.worker.profile.enabled": False,
    "logging.distributed": "critical",
}


@dataclass(frozen=True)
class Engine:
    """Who does the work.

    Attributes:
        kind: ``memory``: this process, one part after another; ``dask``.
        scheduler: Address of a Dask scheduler; empty: processes of this machine.
        workers: How many processes of this machine; 0: one for each core.
        memory: Of this process and all its workers together, bytes; 0: three quarters of the machine's.
    """

    kind: str = "memory"
    scheduler: str = ""
    workers: int = 0
    memory: int = 0

    @property
    def count(self) -> int:
        """How many processes of this machine work."""
        return self.workers or os.cpu_count() or 1

    @property
    def worker_memory(self) -> int:
        """What each of them may take, bytes."""
        whole = self.memory or int(_machine_memory() * 0.75)
        return (whole - _OWN) // self.count

    @property
    def slice_rows(self) -> int:
        """How many rows are read at once, so that they fit.

        Example:
            >>> Engine("dask", workers=2, memory=4_000_000_000).slice_rows
            250000
        """
        if self.scheduler or self.kind == "memory":
            return 250_000
        return max(20_000, min(250_000, (self.worker_memory - 300_000_000) // _PER_ROW // 10_000 * 10_000))


def parse_memory(text: str) -> int:
    """A size of memory in bytes.

    Raises:
        UsageError: It is none (BM535).

    Example:
        >>> parse_memory("4GB"), parse_memory("1.5 GiB"), parse_memory("800M")
        (4000000000, 1610612736, 800000000)
    """
    found = _SIZE.fullmatch(text.strip())
    if found is None or not float(found[1]):
        raise _usage(f"{plain(text)!r} is no size of memory")
    return int(float(found[1]) * _UNITS[(found[2] or "").lower()])


def _usage(message: str) -> UsageError:
    return UsageError(message, hint=FAULTS["BM535"].cure, code="BM535")


def _machine_memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 8 * 10**9


def require_dask() -> None:
    """See that what Dask needs is installed.

    Raises:
        InputError: It is not (BM530).
    """
    if any(find_spec(name) is None for name in ("distributed", "dask_geopandas")):
        raise parts_fault("BM530")


@contextmanager
def executor(engine: Engine, shared: Path) -> Iterator[Executor]:
    """Who does the tasks, for as long as they are needed.

    Args:
        engine: Who.
        shared: A folder that all workers must see under this path.

    Raises:
        InputError: Dask is not installed (BM530), the scheduler does not answer (BM531), or its workers do
            not see the folder or have another bordermap (BM532).
        UsageError: Too little memory for the workers (BM535).
    """
    if engine.kind == "memory":
        yield Here()
        return
    require_dask()
    import dask

    with dask.config.set(_SETTINGS), _quiet(), _client(engine) as client:
        if engine.scheduler:
            _check_workers(client, shared)
        yield Workers(client)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the words that the libraries log about workers that come and go."""
    import logging

    names = [f"distributed.{name}" for name in ("nanny", "scheduler", "worker", "core", "client", "batched")]
    loggers = [logging.getLogger(name) for name in ("distributed", *names)]
    levels = [each.level for each in loggers]
    for each in loggers:
        each.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for each, level in zip(loggers, levels, strict=True):
            each.setLevel(level)


def _connected(where: Any, **more: Any) -> Any:
    from distributed import Client

    return Client(where, set_as_default=False, **more)  # type: ignore[no-untyped-call]


@contextmanager
def _client(engine: Engine) -> Iterator[Any]:
    if engine.scheduler:
        try:
            client = _connected(engine.scheduler, timeout=_PATIENCE)
        except (OSError, TimeoutError, ValueError, TypeError) as error:
            words = f"{plain(engine.scheduler)} does not answer"
            raise parts_fault("BM531", words) from error
        with client:
            yield client
        return
    with _local(engine) as cluster, _connected(cluster) as client:
        yield client


def _local(engine: Engine) -> Any:
    """Processes of this machine, heard on the loopback only, without a dashboard."""
    from distributed import LocalCluster

    if engine.worker_memory < _LEAST:
        each = engine.worker_memory / 1e6
        raise _usage(f"{engine.count} workers would have {max(each, 0):.0f} MB each")
    return LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=engine.count,
        threads_per_worker=1,
        processes=True,
        memory_limit=engine.worker_memory,
        host="127.0.0.1",
        dashboard_address=None,
        worker_dashboard_address=None,
        # It would still answer on a port of its own choice, and warn where that is taken.
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
        silence_logs=50,
    )


def _check_workers(client: Any, shared: Path) -> None:
    """See that every worker sees our folder and has our bordermap."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise parts_fault("BM531", "the scheduler has no workers") from error
    sign = uuid.uuid4().hex
    mark = shared / f".seen-{sign}.part"
    mark.write_text(sign, encoding="utf-8")
    try:
        for worker, answer in client.run(_look, str(mark.resolve())).items():
            if answer != (sign, __version__):
                what = "does not see the output folder" if answer[0] != sign else f"has bordermap {answer[1]}"
                raise parts_fault("BM532", f"the worker {plain(worker)} {what}")
    except ImportError as error:
        raise parts_fault("BM532", "a worker has no bordermap") from error
    finally:
        mark.unlink(missing_ok=True)


def _look(path: str) -> tuple[str, str]:
    """What a worker sees in a file, and which bordermap it has."""
    from bordermap import __version__ as version

    try:
        return Path(path).read_text(encoding="utf-8"), version
    except OSError:
        return "", version
