"""Mapping files: which column is which and how a file is to be read, as a small TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bordermap.errors import InputError
from bordermap.files import write_atomically
from bordermap.incidents.dialects.found_columns import ALIASES
from bordermap.incidents.dialects.spellings import meanings, our_columns
from bordermap.incidents.faults import did_you_mean, fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.report import LayerReport

#: The entries of a mapping file, beside the table of columns, in the order in which they are written.
ENTRIES: Final = ("dialect", "encoding", "delimiter", "decimal", "header_row", "date_order", "source_crs")
_HEADER: Final = "# bordermap: which column is which, and how the file is read (--mapping)\n"
_LARGEST: Final = 1_000_000
_VALUES: Final = {
    "decimal": (".", ","),
    "date_order": ("dmy", "mdy", "ymd"),
    "dialect": ("bordermap", "acled", "ucdp", "gtd", "gdelt", "timemap", "generic"),
}


def options_from_mapping(path: Path) -> dict[str, Any]:
    r"""What a mapping file says.

    Args:
        path: A TOML file.

    Returns:
        Fields of :class:`bordermap.incidents.options.ReadOptions` by name, ``columns`` among them.

    Raises:
        InputError: The file cannot be read or is not TOML (BM292), has an entry that nobody reads (BM293), or
            one of the wrong kind (BM294).

    Example:
        >>> import tempfile
        >>> file = Path(tempfile.mkdtemp(), "columns.toml")
        >>> _ = file.write_text('date_order = "dmy"\n[columns]\nlatitude = "LAT_DD"\n')
        >>> options_from_mapping(file)
        {'date_order': 'dmy', 'columns': {'latitude': 'LAT_DD'}}
    """
    entries = _toml(path)
    columns = entries.pop("columns", {})
    if not isinstance(columns, dict):
        raise fault("BM294", "columns is no table", hint="Write [columns] on a line of its own.", file=path)
    for name in entries:
        if name not in ENTRIES:
            raise _unknown(path, name, [*ENTRIES, "columns"])
    for name in columns:
        if ALIASES.get(name, name) not in our_columns():
            raise _unknown(path, name, [*our_columns(), *ALIASES])
    read: dict[str, Any] = {name: _checked(path, name, value) for name, value in entries.items()}
    named = {name: _word(path, name, value) for name, value in columns.items()}
    return {**read, "columns": named} if named else read


def _unknown(path: Path, name: str, known: list[str]) -> InputError:
    return fault("BM293", f"nobody reads the entry {quote(name)}", hint=did_you_mean(name, known), file=path)


def _toml(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise fault("BM292", "the mapping file is larger than 1 MB", file=path)
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        words = error.strerror or "it cannot be read"
        raise fault("BM292", f"the mapping file: {words}", file=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise fault("BM292", f"the mapping file is not TOML: {error}", file=path) from error


def _checked(path: Path, name: str, value: Any) -> Any:
    if name == "header_row":
        if type(value) is not int or value < 0:
            raise fault("BM294", "header_row is no whole number",
                        hint="Write it as a whole number, 0 or more.", file=path)  # fmt: skip
        return value
    word = _word(path, name, value)
    allowed = _VALUES.get(name)
    if allowed and word not in ("", *allowed):
        raise fault("BM294", f"{name} cannot be {quote(word)}", hint=did_you_mean(word, allowed), file=path)
    if name == "delimiter" and len(word) > 1:
        raise fault("BM294", "delimiter is more than one character",
                    hint='Write one character; a tab is "\\t".', file=path)  # fmt: skip
    return word


def _word(path: Path, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise fault("BM294", f"{quote(name)} is no text",
                    hint=f"Write {quote(name)} as text in quotation marks.", file=path)  # fmt: skip
    return value


def write_mapping(path: Path, options: ReadOptions, found: LayerReport | None) -> None:
    """Write what was said and what was found of a file, so that the next one like it is read the same way.

    Args:
        path: Where; a mapping file of ours that stands there is replaced.
        options: What the analyst said.
        found: What was found of the first layer; None where nothing was.

    Raises:
        OutputError: It could not be written.
    """
    lines = [_HEADER]
    for name in ENTRIES:
        value = getattr(options, name)
        if name == "dialect" and found is not None:
            value = value or found.dialect
        if value:
            lines.append(f"{name} = {value if isinstance(value, int) else _text(value)}\n")
    columns = _columns(options, found)
    if columns:
        lines += ["\n[columns]\n", *(f"{_key(ours)} = {_text(theirs)}\n" for ours, theirs in columns.items())]
    data = "".join(lines).encode("utf-8", errors="replace")
    write_atomically(path, data, ours=_is_ours)


def _columns(options: ReadOptions, found: LayerReport | None) -> Mapping[str, str]:
    """What was named, and what was found one to one: parts of a date or a pair are found again by name."""
    columns = dict(options.columns)
    if found is None or found.dialect != "generic":
        return columns
    named = {ALIASES.get(ours, ours) for ours in columns}
    for ours, names in found.used.items():
        if len(names) != 1 or ours in named or names[0] in columns.values():
            continue
        # Only what the name itself means: a day of report that was taken for the event's stays what it is.
        if ours in {meaning for meaning, _, _ in meanings(names[0])}:
            columns[ours] = names[0]
    return columns


def _is_ours(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            return stream.readline() == _HEADER
    except OSError:
        return False


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(value: str) -> str:
    r"""A TOML string.

    Example:
        >>> print(_text('a "b" \\ \n'))
        "a \"b\" \\ \u000A"
    """
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04X}", escaped) + '"'
