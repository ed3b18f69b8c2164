"""Who does the tasks: this process, one after another; or the workers of Dask."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Protocol, TypeVar

from bordermap.analysis.parts.folder import parts_fault
from bordermap.errors import BordermapError, InputError, OutputError

_T = TypeVar("_T")
_R = TypeVar("_R")
#: Told how many tasks are done.
Done = Callable[[int], None]


class Executor(Protocol):
    """Does tasks."""

    def each(self, do: Callable[[_T], _R], tasks: Sequence[_T], done: Done) -> list[_R]:
        """What each task gives, in the order of the tasks.

        Args:
            do: A function of a module, or a partial of one: it may run in another process.
            tasks: What it is given.
            done: Told of progress.

        Raises:
            BordermapError: As a task raised it.
        """
        ...


class Here:
    """One task after another in this process.

    Example:
        >>> Here().each(abs, [-1, 2], lambda number: None)
        [1, 2]
    """

    def each(self, do: Callable[[_T], _R], tasks: Sequence[_T], done: Done) -> list[_R]:
        """What each task gives."""
        found = []
        for number, task in enumerate(tasks, start=1):
            found.append(do(task))
            done(number)
        return found


class Workers:
    """The workers of a Dask cluster: a task whose worker dies is done again by another.

    Args:
        client: Connected; see :func:`bordermap.analysis.parts.cluster.workers`.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def each(self, do: Callable[[_T], _R], tasks: Sequence[_T], done: Done) -> list[_R]:
        """What each task gives."""
        from distributed import as_completed

        guarded = partial(_guarded, do)
        futures = [self._client.submit(guarded, task, pure=False, retries=2) for task in tasks]
        place = {future.key: at for at, future in enumerate(futures)}
        found: list[Any] = [None] * len(tasks)
        try:
            completed = as_completed(futures, loop=self._client.loop)  # type: ignore[no-untyped-call]
            for number, future in enumerate(completed, start=1):
                found[place[future.key]] = _result(future)
                done(number)
        finally:
            self._client.cancel(futures)
        return found


class _Raised:
    """An error of ours on its way between processes."""

    def __init__(self, error: BordermapError) -> None:
        self.kind = "output" if isinstance(error, OutputError) else "input"
        self.words = (str(error), error.hint, error.code)

    def again(self) -> BordermapError:
        """The error."""
        message, hint, code = self.words
        return (OutputError if self.kind == "output" else InputError)(message, hint=hint, code=code)


def _guarded(do: Callable[[Any], Any], task: Any) -> Any:
    try:
        return do(task)
    except BordermapError as error:
        return _Raised(error)
    finally:
        _give_back()


def _give_back() -> None:
    """Give memory that is free back to the system: what one task leaves in pieces must not add up."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    # The allocator of glibc keeps it otherwise, several hundred megabytes; others have no such call.
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _result(future: Any) -> Any:
    from distributed import KilledWorker

    try:
        found = future.result()
    except KilledWorker as error:
        raise parts_fault("BM533", "a part ended several workers, one after another") from error
    except MemoryError:
        raise
    except Exception as error:
        raise parts_fault("BM536", f"in a worker: {type(error).__name__}: {str(error)[:300]}") from error
    if isinstance(found, _Raised):
        raise found.again()
    return found
