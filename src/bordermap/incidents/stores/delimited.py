"""CSV and TSV: the flat table, safe to open in a spreadsheet and read back exactly as it was."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from bordermap.incidents.stores.content import Content, Stored
from bordermap.incidents.stores.values import NUL, cleaned, cleaning_notes
from bordermap.text import marked


def encode_csv(content: Content) -> Stored:
    """The flat table as CSV: UTF-8, commas, one line feed a row.

    Args:
        content: The casebook.
    """
    return _encode(content, ",", "CSV")


def encode_tsv(content: Content) -> Stored:
    """The flat table as TSV: UTF-8, tabs, one line feed a row.

    Args:
        content: The casebook.
    """
    return _encode(content, "\t", "TSV")


def _encode(content: Content, delimiter: str, what: str) -> Stored:
    flat, changed = cleaned(content.flat, NUL)
    notes = (*content.flat_notes(what), *content.owner_notes(what), *cleaning_notes(changed, what))
    return Stored(table_text(flat, delimiter).encode(), notes)


def table_text(frame: pd.DataFrame, delimiter: str = ",") -> str:
    r"""A frame of text as delimited text: safe in a spreadsheet, quoted where needed, one line feed a row.

    Args:
        frame: Of text.
        delimiter: Between fields.

    Example:
        >>> table_text(pd.DataFrame({"a": ["=1", "x,y"], "b": ["", "cr\rin"]}, dtype="str"))
        'a,b\n\'=1,\n"x,y","cr\rin"\n'
        >>> table_text(pd.DataFrame({"a": [""]}, dtype="str"))
        'a\n""\n'
    """
    columns = [
        _column([str(name), *frame.iloc[:, at].tolist()], delimiter) for at, name in enumerate(frame.columns)
    ]
    if len(columns) == 1:
        columns = [[text or '""' for text in columns[0]]]
    return "\n".join([*map(delimiter.join, zip(*columns, strict=True)), ""])


def _column(texts: list[str], delimiter: str) -> list[str]:
    """The cells of a column as they are written.

    Most columns need nothing: one look through their joined text tells, not one for each cell. The csv module
    would leave a lone carriage return unquoted, which readers take for the end of a row.
    """
    safe = [marked(text) if text[:1] in _STARTS else text for text in texts]
    special = f'[{re.escape(delimiter)}"\r\n]'
    if not re.search(f"{special}|(^|\x1f)[ \t]|[ \t](\x1f|$)", "\x1f".join(safe)):
        return safe
    unsafe = re.compile(f"{special}|^[ \t]|[ \t]$")
    return ['"' + text.replace('"', '""') + '"' if unsafe.search(text) else text for text in safe]


_STARTS: Final = frozenset("=+-@\t\r\n'")
