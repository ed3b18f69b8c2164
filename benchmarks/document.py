"""What the benchmarks that write into docs/performance.md share: where a table goes, and what machine it is from."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_DOCUMENT: Final = Path(__file__).resolve().parent.parent / "docs/performance.md"


def put(text: str, start: str, end: str) -> None:
    """Put a text between two markers of the document."""
    document = _DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = document.partition(start)
    _, _, after = rest.partition(end)
    _DOCUMENT.write_text(f"{before}{start}\n\n{text}\n{end}{after}", encoding="utf-8")


def circumstances(told: str, versions: Mapping[str, str], *, beside: str = "") -> str:
    """The day, the machine, what else is to be told, and the versions of what was measured.

    Args:
        told: What was chosen for the run.
        versions: By name.
        beside: What else the machine has or lacks.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB{beside}"
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    return (
        f"{datetime.date.today():%-d %B %Y}, {machine}, Python {platform.python_version()}; {told}. {named}."
    )
