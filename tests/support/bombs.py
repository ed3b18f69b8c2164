"""Texts that would do something, were they ever taken for more than text."""

from __future__ import annotations

from typing import Final

BOMBS: Final = (
    "<img src=x onerror=\"window.__ran.push('img')\">",
    "</script><script>window.__ran.push('script')</script>",
    "${window.__ran.push('template')}",
    "{{ 7*7 }}{% for x in y %}{# gone #}",
    "\\u0027;window.__ran.push(1)//",
    "C:\\path\\20190221",
    "\u202egnirts\u202c <b>bold</b> \u2028 'quote\" `tick`",
    "=cmd|' /C calc'!A0",
    "<!--<script>",
    "javascript:window.__ran.push('url')",
)
