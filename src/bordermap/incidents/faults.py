"""Makes errors from the table of faults, and the small words that their messages need.

Importing it loads nothing heavy.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path

from bordermap.errors import InputError
from bordermap.explanations import FAULTS
from bordermap.text import plain


class CasebookError(InputError):
    """A casebook that cannot be used, with all its faults; the message is that of the first.

    Attributes:
        faults: All of them, in the order of tables and lines.

    Example:
        >>> one, two = fault("BM151", "the row has no source_id"), fault("BM150", "no stance")
        >>> str(CasebookError([one, two])), CasebookError([one]).code
        ('the row has no source_id (and 1 more fault)', 'BM151')
    """

    def __init__(self, faults: Sequence[InputError]) -> None:
        first, others = faults[0], len(faults) - 1
        more = f" (and {others} more fault{'s' if others > 1 else ''})" if others else ""
        super().__init__(first.message + more, hint=first.hint, code=first.code)
        self.file, self.line, self.column = first.file, first.line, first.column
        self.faults = tuple(faults)


def fault(
    code: str,
    message: str = "",
    *,
    hint: str = "",
    file: str | Path | None = None,
    line: int | None = None,
    column: str | None = None,
) -> InputError:
    """An error of one kind, with the table's cause and cure where none is given.

    Example:
        >>> error = fault("BM151", file="sources.csv", line=4, column="source_id")
        >>> str(error), error.hint.split(",")[0]
        ('sources.csv, line 4, column source_id: a row without an id', 'Give it an id of its own')
    """
    kind = FAULTS[code]
    return InputError(
        message or kind.cause,
        hint=hint or kind.cure,
        code=code,
        file=plain(file) if file is not None else None,
        line=line,
        column=plain(column) if column is not None else None,
    )


def quote(text: str) -> str:
    r"""A value as a message shows it: one line, short, without control characters.

    Example:
        >>> quote("deny\x1b[2J"), len(quote("x" * 500))
        ("'deny[2J'", 62)
    """
    bare = plain(text)
    return f"'{bare[:59]}…'" if len(bare) > 60 else f"'{bare}'"


def did_you_mean(word: str, known: Iterable[str], *, at_most: int = 12) -> str:
    """A hint that names the nearest known word, or the known words where they are few, or nothing.

    Args:
        word: What was written.
        known: What could have been.
        at_most: How many known words may be listed where none is near.

    Example:
        >>> did_you_mean("deny", ["denies", "doubts"])
        "Did you mean 'denies'?"
        >>> did_you_mean("qqq", ["full", "part"])
        "Use one of 'full', 'part'."
    """
    choices = list(known)
    exact = [choice for choice in choices if choice.casefold() == word.strip().casefold()]
    # Only the beginning is compared: a pasted page in the place of an id must not take minutes.
    near = exact or difflib.get_close_matches(word[:80], choices[:5000], n=1, cutoff=0.6)
    if near:
        return f"Did you mean {quote(near[0])}?"
    return f"Use one of {', '.join(map(quote, choices))}." if 0 < len(choices) <= at_most else ""
