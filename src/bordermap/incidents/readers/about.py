"""Reads ``casebook.toml``: what the casebook is called, how far it reaches, what it does not cover."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from bordermap.errors import InputError
from bordermap.incidents.dates import is_date
from bordermap.incidents.faults import CasebookError, did_you_mean, fault, quote
from bordermap.incidents.readers.content import read_text

FILE: Final = "casebook.toml"


@dataclass(frozen=True)
class Coverage:
    """What was collected; whatever lies outside was not collected, which is not the same as none.

    Attributes:
        borders: Pairs of ISO 3166-1 alpha-3 codes, such as ``AFG-UZB``.
        directions: Which way, in words.
        period_start: First day covered, ISO 8601.
        period_end: Last day covered.
        languages: Of the sources.
        method: How it was collected.
        not_covered: What was left out on purpose.
    """

    borders: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    period_start: str = ""
    period_end: str = ""
    languages: tuple[str, ...] = ()
    method: str = ""
    not_covered: tuple[str, ...] = ()


@dataclass(frozen=True)
class About:
    """The casebook itself.

    Attributes:
        title: Its title.
        subtitle: A line below the title.
        version: Its version.
        contact: Where corrections go.
        compiled_through: The day up to which reports were collected, ISO 8601.
        status_as_of: The day on which the statuses were last reviewed.
        language: Of the casebook's own words.
        focus: The country it is about, ISO 3166-1 alpha-3.
        licence: Under which it may be used.
        attribution: The words that must be shown with it.
        rights: ``open``, ``display_only``, ``aggregate_only`` or ``unknown`` (codebook §9); empty: it is its
            maker's own, and open.
        accessed: The day on which the dataset was obtained.
        coverage: What was collected.
    """

    title: str
    subtitle: str = ""
    version: str = ""
    contact: str = ""
    compiled_through: str = ""
    status_as_of: str = ""
    language: str = ""
    focus: str = ""
    licence: str = ""
    attribution: str = ""
    rights: str = ""
    accessed: str = ""
    coverage: Coverage = field(default_factory=Coverage)


def read_about(folder: Path) -> About:
    """Read a casebook's ``casebook.toml``.

    Args:
        folder: The casebook.

    Returns:
        What it says. Without such a file the folder's name is the title and the rest is empty, which
        outputs show as not stated.

    Raises:
        InputError: The file is not TOML (BM116), an entry is missing or of the wrong kind (BM117), unknown
            (BM118) or not a date (BM154); with all faults as a CasebookError.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp(), "northern-border"); folder.mkdir()
        >>> read_about(folder).title
        'Northern border'
    """
    if not (folder / FILE).exists():
        name = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
        return About(title=name[:1].upper() + name[1:] or "Casebook")
    try:
        table = tomllib.loads(read_text(folder / FILE, FILE))
    except tomllib.TOMLDecodeError as error:
        raise fault("BM116", f"not valid TOML: {error}", file=FILE) from error
    coverage = table.pop("coverage", {})
    faults: list[InputError] = []
    if not isinstance(coverage, dict):
        faults.append(fault("BM117", "coverage is a section", file=FILE, column="coverage"))
        coverage = {}
    about = _entries(About, table, faults)
    covered = _entries(Coverage, coverage, faults)
    faults += _content_faults(about, covered)
    if faults:
        raise CasebookError(faults)
    return About(**about, coverage=Coverage(**covered))


def _entries(
    kind: type[About] | type[Coverage], table: Mapping[str, Any], faults: list[InputError]
) -> dict[str, Any]:
    """The table's entries as the dataclass wants them; what does not fit is added to the faults."""
    known = {each.name: str(each.type) for each in fields(kind) if each.name != "coverage"}
    entries: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known:
            hint = did_you_mean(name, known)
            faults.append(fault("BM118", f"nobody reads {quote(name)}", hint=hint, file=FILE, column=name))
        elif known[name] == "str" and _is_plain(value):
            entries[name] = _text(value)
        elif known[name] != "str" and isinstance(value, list) and all(map(_is_plain, value)):
            entries[name] = tuple(map(_text, value))
        elif known[name] != "str" and isinstance(value, str):
            entries[name] = (value,) if value else ()
        else:
            faults.append(fault("BM117", f"{name} is not text", file=FILE, column=name))
    return entries


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | date) and not isinstance(value, bool)


def _text(value: object) -> str:
    # TOML has dates of its own, so both compiled_through = 2026-05-01 and "2026-05-01" are understood.
    return value.isoformat() if isinstance(value, date) else str(value)


def _content_faults(about: Mapping[str, Any], coverage: Mapping[str, Any]) -> list[InputError]:
    faults = []
    if not about.get("title", "").strip():
        faults.append(fault("BM117", "title is missing", file=FILE, column="title"))
    dates = {name: about.get(name, "") for name in ("compiled_through", "status_as_of", "accessed")}
    dates |= {name: coverage.get(name, "") for name in ("period_start", "period_end")}
    for name, value in dates.items():
        if value and not is_date(value, loose=True):
            faults.append(fault("BM154", f"not a date: {quote(value)}", file=FILE, column=name))
    focus = about.get("focus", "")
    if focus and not (len(focus) == 3 and focus.isascii() and focus.isupper()):
        faults.append(fault("BM162", f"not a country code: {quote(focus)}", file=FILE, column="focus"))
    return faults
