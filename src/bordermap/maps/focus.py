"""Which country a page is about where its casebook does not say."""

from __future__ import annotations

from typing import Final

DEFAULT_FOCUS: Final = "AFG"
