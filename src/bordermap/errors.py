"""One tree of errors, each with a code, a sentence and a hint.

    BordermapError
    ├── UsageError      the command line is wrong                     exit 2
    ├── InputError      something read is missing, unreadable, faulty exit 1
    │   ├── PlaceError  a place nobody knows, or one of several
    │   └── BorderError a border that does not exist
    └── OutputError     something could not be written                exit 4

Nothing else is raised on purpose for a fault of the input, the command line or the disk; anything else
that escapes is a bug of ours (exit 70).
"""

from __future__ import annotations

from pathlib import Path


class BordermapError(Exception):
    """A fault that the person at the keyboard can mend.

    Args:
        message: One sentence that says what is wrong and where.
        hint: One sentence that says what to do.
        code: The fault's code, ``BM`` and three digits.

    Example:
        >>> error = BordermapError("the file is empty", hint="Give a file with rows.", code="BM100")
        >>> str(error), error.hint, error.exit_code
        ('the file is empty', 'Give a file with rows.', 1)
    """

    exit_code = 1
    default_code = "BM000"

    def __init__(self, message: str, *, hint: str, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or self.default_code


class UsageError(BordermapError):
    """The command line does not fit."""

    exit_code = 2
    default_code = "BM200"


class InputError(BordermapError):
    """Something that was read is missing, unreadable or faulty.

    Args:
        message: What is wrong.
        hint: What to do.
        code: The fault's code.
        file: The file that was read.
        line: The physical line, counted from 1, header included.
        column: The column's name.

    Example:
        >>> str(InputError("not a date: 'soon'", hint="…", file="incidents.csv", line=3, column="date_start"))
        "incidents.csv, line 3, column date_start: not a date: 'soon'"
    """

    default_code = "BM100"

    def __init__(
        self,
        message: str,
        *,
        hint: str,
        code: str | None = None,
        file: str | Path | None = None,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        where = ", ".join(
            part
            for part in (
                str(file) if file is not None else "",
                f"line {line}" if line is not None else "",
                f"column {column}" if column is not None else "",
            )
            if part
        )
        super().__init__(f"{where}: {message}" if where else message, hint=hint, code=code)
        self.file, self.line, self.column = file, line, column


class PlaceError(InputError):
    """A place that is not in the gazetteer, or a name that several places share."""

    default_code = "BM130"


class BorderError(InputError):
    """A border that does not exist, or two countries without one."""

    default_code = "BM140"


class OutputError(BordermapError):
    """Something could not be written; what stood there before is still there."""

    exit_code = 4
    default_code = "BM400"
