"""A progress bar for work that takes longer than a moment, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import click

from bordermap.text import plain

#: Work that is over before this shows no bar, seconds.
_PATIENCE = 0.7
_STEPS = 1000


class Progress(Protocol):
    """Told what is being done, and how much of the whole is done, 0 to 1."""

    def __call__(self, words: str, share: float) -> None:
        """Tell it."""


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress]:
    """A bar on standard error; nothing in a pipe, nothing for quick work, nothing when quiet.

    Args:
        quiet: Never show it.

    Yields:
        What to tell the progress.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda words, share: None
        return
    shown = _Bar()
    try:
        yield shown.tell
    finally:
        shown.close()


class _Bar:
    def __init__(self) -> None:
        self._start = time.monotonic()
        self._bar: Any = None
        self._done = 0

    def tell(self, words: str, share: float) -> None:
        if self._bar is None and time.monotonic() - self._start > _PATIENCE:
            self._bar = click.progressbar(
                length=_STEPS, file=sys.stderr, item_show_func=lambda item: plain(item or "")
            )
            self._bar.__enter__()
        if self._bar is not None:
            step = round(share * _STEPS)
            self._bar.update(max(step - self._done, 0), words)
            self._done = max(step, self._done)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
