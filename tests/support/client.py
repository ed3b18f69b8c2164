"""The browser client in tests: where it is, and the build hook that knows where Node is."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from types import ModuleType

from support import ROOT

CLIENT = ROOT / "src/bordermap/maps/client"


@cache
def build_hook() -> ModuleType:
    """The build hook as a module."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("hatch_build", module)
    spec.loader.exec_module(module)
    return module
