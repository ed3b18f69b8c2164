"""The choices file: which of several places a name means, marked by a person in a spreadsheet."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from bordermap.errors import InputError
from bordermap.files import write_atomically
from bordermap.geometry.candidates import admin1_name
from bordermap.incidents.edited_tables import NO, YES, edited_bytes, edited_rows
from bordermap.incidents.faults import CasebookError, fault, quote
from bordermap.incidents.naming.known_places import known_place
from bordermap.text import plain

COLUMNS: Final = (
    "name", "country", "admin1", "n_rows", "outcome", "place_key", "place", "kind", "country_of_place",
    "admin1_of_place", "longitude", "latitude", "how", "chosen",
)  # fmt: skip
_NEEDED: Final = ("name", "country", "admin1", "place_key", "chosen")


def choice_key(name: str, country: str, admin1: str) -> str:
    """How a name in its country and province stands in ``ReadOptions.choices``.

    Args:
        name: The place as the row has it.
        country: The country as the row has it, ISO 3166-1 alpha-3; may be empty.
        admin1: The first-order area as the row has it; may be empty.

    Returns:
        The three between bars; spaces are made single, and a bar within one becomes a space.

    Example:
        >>> choice_key("Imam  Sahib ", "AFG", "")
        'Imam Sahib|AFG|'
    """
    return "|".join(" ".join(plain(part).replace("|", " ").split()) for part in (name, country, admin1))


def write_choices(path: Path, names: pd.DataFrame, *, overwrite: bool = False) -> int:
    """Write the names that a person has to settle, a row for each candidate.

    Args:
        path: Where.
        names: As :attr:`bordermap.incidents.naming.naming.Named.table` or ``casebook.names`` has them.
        overwrite: Replace a file that stands there.

    Returns:
        How many names were written.

    Raises:
        OutputError: The file exists already or cannot be written.
    """
    open_names = [row for row in names.to_dict("records") if needs_choice(row)]
    lines = (line for row in open_names for line in _lines(row))
    write_atomically(path, edited_bytes(lines, COLUMNS), overwrite=overwrite)
    return len(open_names)


def needs_choice(row: Mapping[Hashable, Any]) -> bool:
    """Whether a name is still open, or was located as the larger of two places.

    Example:
        >>> needs_choice({"outcome": "located", "candidates": "termez=exact name"})
        False
    """
    return row["outcome"] in ("ambiguous", "not_found") or ";" in str(row["candidates"])


def candidates_of(text: str) -> list[tuple[str, str]]:
    """Key and way of match of each candidate, as the table of names has them in one cell.

    Example:
        >>> candidates_of("termez=exact name; gn1=namesake")
        [('termez', 'exact name'), ('gn1', 'namesake')]
    """
    pairs = [part.partition("=") for part in text.split("; ") if part]
    return [(key, how) for key, _, how in pairs]


def _lines(row: Mapping[Hashable, Any]) -> Iterator[dict[str, object]]:
    asked = {name: row[name] for name in ("name", "country", "admin1", "n_rows", "outcome")}
    candidates = candidates_of(str(row["candidates"]))
    for key, how in candidates:
        chosen = row["outcome"] == "chosen" and key == row["place_key"]
        yield {**asked, **_of_place(key), "how": how, "chosen": "x" if chosen else ""}
    if not candidates:
        yield asked


def _of_place(key: str) -> dict[str, object]:
    found = known_place(key)
    assert found is not None
    return {
        "place_key": key,
        "place": found.name,
        "kind": found.kind,
        "country_of_place": found.country,
        "admin1_of_place": admin1_name(found.admin1_code),
        "longitude": "" if found.lon is None else found.lon,
        "latitude": "" if found.lat is None else found.lat,
    }


def read_choices(path: Path) -> dict[str, str]:
    """Read a choices file.

    A row counts when ``chosen`` holds x or yes. A place of one's own is chosen by writing its key, as
    ``bordermap places`` gives it, into ``place_key``.

    Args:
        path: The file: comma, semicolon or tab, UTF-8.

    Returns:
        Place key by :func:`choice_key`.

    Raises:
        InputError: The file cannot be read (BM104, BM105 …), or, as a CasebookError with all faults, its
            columns or rows are wrong (BM360 to BM363).
    """
    chosen: dict[str, str] = {}
    faults: list[InputError] = []
    for line, row in edited_rows(path, _NEEDED, no_file="BM364", no_column="BM360"):
        try:
            _take(chosen, row, path, line)
        except CasebookError as error:
            faults += error.faults
    if faults:
        raise CasebookError(faults)
    return chosen


def _take(chosen: dict[str, str], row: Mapping[str, str], path: Path, line: int) -> None:
    mark = row["chosen"].casefold()
    if mark not in YES | NO:
        raise _wrong("BM363", f"{quote(row['chosen'])} is neither a mark nor empty", path, line, "chosen")
    if mark in NO:
        return
    key, place_key = choice_key(row["name"], row["country"], row["admin1"]), row["place_key"]
    if known_place(place_key) is None:
        message = f"there is no place with the key {quote(place_key)}" if place_key else ""
        raise _wrong("BM362", message, path, line, "place_key")
    if chosen.setdefault(key, place_key) != place_key:
        raise _wrong("BM361", f"two places are marked for {quote(row['name'])}", path, line, "chosen")


def _wrong(code: str, message: str, path: Path, line: int, column: str) -> CasebookError:
    return CasebookError([fault(code, message, file=path.name, line=line, column=column)])
