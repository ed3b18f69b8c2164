"""Work shared among processes, since the geodesics below hold the interpreter's lock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from typing import Any

from bordermap.geometry.index import BorderIndex

_held: dict[str, BorderIndex] = {}


def spread(
    work: Callable[..., Any], index: BorderIndex, jobs: Sequence[tuple[Any, ...]], workers: int
) -> Iterator[Any]:
    """What work gives for each job, in the jobs' order.

    Args:
        work: Takes the index and what a job holds; a function of a module.
        index: Sent to each process once.
        jobs: Arrays.
        workers: Processes; with one, or one job, all is done here.
    """
    if workers <= 1 or len(jobs) <= 1:
        yield from (work(index, *job) for job in jobs)
        return
    pool = _pool(workers, index)
    waiting: deque[Future[Any]] = deque()
    for job in jobs:
        waiting.append(pool.submit(_run, work, job))
        # No more is held than the processes need to stay busy.
        if len(waiting) > 2 * workers:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@lru_cache(maxsize=1)
def _pool(workers: int, index: BorderIndex) -> ProcessPoolExecutor:
    """Processes that know the borders; kept until other borders, or as many others, are asked for."""
    return ProcessPoolExecutor(workers, get_context("spawn"), _hold, (index,))


def _hold(index: BorderIndex) -> None:
    _held["index"] = index


def _run(work: Callable[..., Any], job: tuple[Any, ...]) -> Any:
    return work(_held["index"], *job)
