"""What tests of several folders share."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CASEBOOK = ROOT / "geodata/data/casebook"

Run = Callable[..., subprocess.CompletedProcess[str]]
