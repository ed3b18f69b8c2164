"""The one moment that files state where their format wants one: never the clock's."""

from __future__ import annotations

import os
from datetime import UTC, datetime

_START = datetime(1980, 1, 1, tzinfo=UTC)


def fixed_moment() -> datetime:
    """The moment of ``SOURCE_DATE_EPOCH``; without it, or before 1980, the start of 1980.

    Example:
        >>> fixed_moment().tzinfo is not None
        True
    """
    try:
        moment = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "")), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return _START
    return max(moment, _START)
