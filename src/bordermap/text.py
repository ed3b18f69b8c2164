"""The one place that escapes, neutralises and formats text."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

# C0 and C1 controls, and the bidirectional overrides that can turn a line round on a terminal.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")
# Text that bears, or could be taken to bear, the mark that keeps a spreadsheet from running it.
_MARKED = re.compile(r"'+[=+\-@\t\r\n]")


def plain(text: object) -> str:
    r"""Text that is safe on a terminal: no control characters, one line.

    Example:
        >>> plain("red\x1b[31m\nline")
        'red[31m line'
    """
    return _CONTROLS.sub("", re.sub(r"[\t\n\r]+", " ", str(text)))


def visible(text: str) -> str:
    r"""Text of several lines that is safe on a terminal: its control characters are shown, not sent.

    Example:
        >>> print(visible("red\x1b[31m"))
        red\u001b[31m
    """
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def escape_html(text: object) -> str:
    """Text for an HTML element or a quoted attribute.

    Example:
        >>> escape_html('<b a="1">')
        '&lt;b a=&quot;1&quot;&gt;'
    """
    return html.escape(str(text), quote=True)


def json_for_script(value: Any) -> str:
    r"""JSON that may stand inside a ``<script>`` element: nothing in it can end the element.

    Keys keep their order, so equal values give equal bytes.

    Example:
        >>> json_for_script({"a": "</script><!--"})
        '{"a":"\\u003c/script\\u003e\\u003c!--"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for raw, safe in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"),
                      ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):  # fmt: skip
        text = text.replace(raw, safe)
    return text


def safe_url(url: str) -> str:
    """The address if it is http or https, else an empty string.

    Example:
        >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)")
        ('https://example.org/a', '')
    """
    return url if re.match(r"https?://[^\s\x00-\x1f]+\Z", url, flags=re.IGNORECASE) else ""


def spreadsheet_cell(text: str) -> str:
    """Text that a spreadsheet shows and does not run; numbers stay numbers.

    Example:
        >>> spreadsheet_cell("=1+1"), spreadsheet_cell("-12.5")
        ("'=1+1", '-12.5')
    """
    number = re.fullmatch(r"[+-]?\d+(\.\d+)?", text)
    return f"'{text}" if text.startswith(_FORMULA_START) and not number else text


def marked(text: str) -> str:
    """Text that a spreadsheet shows and does not run, and that :func:`unmarked` gives back as it was.

    Text that looks marked already is marked once more.

    Example:
        >>> [marked(text) for text in ("=1+1", "'=1+1", "-12.5", "it's")]
        ["'=1+1", "''=1+1", '-12.5', "it's"]
    """
    return f"'{text}" if _MARKED.match(text) else spreadsheet_cell(text)


def unmarked(text: str) -> str:
    """A cell of a CSV file without the apostrophe that keeps a spreadsheet from running it.

    Example:
        >>> [unmarked(text) for text in ("'=1+1", "''=1+1", "-12.5", "it's")]
        ['=1+1', "'=1+1", '-12.5', "it's"]
    """
    return text[1:] if text[:1] == "'" and _MARKED.match(text) else text


def join_words(words: Sequence[str]) -> str:
    """Words as a list in a sentence.

    Example:
        >>> join_words(["Uzbekistan", "China", "Iran"]), join_words(["Iran"]), join_words([])
        ('Uzbekistan, China and Iran', 'Iran', '')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def fold_name(text: str) -> str:
    """A name without case, accents, apostrophes and punctuation, for comparing.

    Example:
        >>> fold_name("Qizil Qalʻah"), fold_name("Shŭrobod"), fold_name("Mazar-i-Sharif")
        ('qizil qalah', 'shurobod', 'mazar i sharif')
    """
    # Decomposing can bring forth what folds again, and the other way round.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    bare = re.sub("[ʻʼ‘’'`´ʹ\u200c\u200d]", "", bare)
    return re.sub(r"[\W_]+", " ", bare).strip()
