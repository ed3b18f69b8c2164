"""A casebook: incidents, what was claimed of them, by whom, where, and through which sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pandas as pd

from bordermap.catalog import data_path
from bordermap.errors import InputError
from bordermap.incidents.checks import row_faults, swapped_faults, value_faults
from bordermap.incidents.extras import EXTRAS_FILE, as_meant, read_extras
from bordermap.incidents.faults import CasebookError, did_you_mean, fault, quote
from bordermap.incidents.readers.about import About, read_about
from bordermap.incidents.readers.sheets import Sheet, read_sheet
from bordermap.incidents.references import reference_faults, rule_faults
from bordermap.incidents.report import Reading
from bordermap.incidents.tables import TABLES
from bordermap.text import plain

REJECT_COLUMNS: Final = ("file", "record", "line", "column", "value", "code", "reason", "cure", "row")


def _no_rejects() -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in REJECT_COLUMNS}, dtype="str")


@dataclass(frozen=True, eq=False, repr=False)
class Casebook:
    """What was reported, as plain frames of strings; the index of each is the row's position.

    The columns of each frame are those of :data:`bordermap.incidents.tables.TABLES`, all of them, in that
    order; an empty string is unknown. Coordinates are degrees on WGS84, still as text.

    Attributes:
        incidents: One row an incident.
        claims: One row a party's stance on one aspect.
        claim_sources: One row a source that carries a claim.
        sources: One row a publication.
        parties: One row a party.
        locations: One row a location as one claimant gives it.
        places: One row a place.
        particulars: One row a number that a claim gives.
        context: One row an exercise, meeting, agreement, conference, position or claim of control.
        about: The casebook itself.
        rejects: Rows that were not used, one a row.
        extras: One row an incident: ``event_id`` and the columns of its source that no table holds.
        enriched: One row an incident: ``event_id`` and what :func:`bordermap.enrich` found; empty before.
        enriched_locations: One row a location that can be drawn: ``location_id``, ``event_id``, ``role`` and
            the same.
        names: What became of each place name that was located: see ``bordermap.incidents.naming.naming``.
        reading: What was found while it was read; None for a casebook of its own.
        report: ``table``, ``rows_read``, ``rows_used``, ``rows_rejected``; read = used + rejected.

    Example:
        >>> casebook = read_casebook()
        >>> list(casebook.parties.columns)
        ['party_id', 'name', 'group', 'kind', 'authority_of']
    """

    incidents: pd.DataFrame
    claims: pd.DataFrame
    claim_sources: pd.DataFrame
    sources: pd.DataFrame
    parties: pd.DataFrame
    locations: pd.DataFrame
    places: pd.DataFrame
    particulars: pd.DataFrame
    context: pd.DataFrame
    about: About
    rejects: pd.DataFrame = field(default_factory=_no_rejects)
    report: pd.DataFrame = field(default_factory=pd.DataFrame)
    extras: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"event_id": []}, dtype="str"))
    names: pd.DataFrame = field(default_factory=pd.DataFrame)
    enriched: pd.DataFrame = field(default_factory=pd.DataFrame)
    enriched_locations: pd.DataFrame = field(default_factory=pd.DataFrame)
    reading: Reading | None = None

    def __repr__(self) -> str:
        counts = f"incidents: {len(self.incidents)}, claims: {len(self.claims)}, sources: {len(self.sources)}"
        return f"<Casebook {quote(self.about.title)}, {counts}>"


def read_casebook(path: str | Path | None = None) -> Casebook:
    """Read a casebook: a folder of CSV tables with a ``casebook.toml``, or a file that bordermap wrote.

    Nothing is guessed and nothing is changed: values are strings as written, ``NA`` is Namibia.

    Args:
        path: The folder, its zip archive, or a .gpkg, .xlsx, .geojson or .parquet file that holds a
            casebook's tables; None for the casebook that is shipped.

    Returns:
        The casebook.

    Raises:
        InputError: There is no such folder (BM101, BM102, BM104), or, as a CasebookError that lists all of
            them in ``faults``, what is wrong in its files (BM103 to BM186).

    Example:
        >>> casebook = read_casebook()
        >>> casebook.report.columns.tolist()
        ['table', 'rows_read', 'rows_used', 'rows_rejected']
    """
    if path is not None and Path(path).suffix.casefold() in _FILES and Path(path).is_file():
        return _read_file(Path(path))
    folder = data_path("casebook") if path is None else _folder(path)
    sheets, faults = _sheets(folder)
    about, extras = None, None
    try:
        about = read_about(folder)
    except InputError as error:
        faults += getattr(error, "faults", (error,))
    try:
        extras = read_extras(folder)
    except InputError as error:
        faults.append(error)
    return casebook_of(sheets, about, extras, faults)


#: Files that can hold all tables of a casebook.
_FILES: Final = (".gpkg", ".xlsx", ".zip", ".geojson", ".parquet")


def _read_file(path: Path) -> Casebook:
    # Only here: the readers of all formats are heavy, and a folder needs none of them.
    from bordermap.incidents.options import ReadOptions
    from bordermap.incidents.readers.layers import read_layers
    from bordermap.incidents.relational import casebook_from_layers

    casebook = casebook_from_layers(read_layers(path, ReadOptions()))
    if casebook is None:
        raise fault("BM102", f"{quote(plain(path))} does not hold the tables of a casebook")
    return casebook


def casebook_of(
    sheets: Mapping[str, Sheet],
    about: About | None,
    extras: pd.DataFrame | None,
    faults: Sequence[InputError] = (),
) -> Casebook:
    """A casebook of sheets, once everything in them has been looked at.

    Args:
        sheets: By table, those that could be read.
        about: What the casebook says of itself; None where that could not be read.
        extras: ``event_id`` and columns that no table holds; None without any.
        faults: Found so far.

    Raises:
        CasebookError: What is wrong, all of it.
    """
    # Causes before consequences: an incident may lack a place only because a claim's id is misspelt.
    phases = [[*faults, *_value_faults(sheets)], reference_faults(sheets), _rule_faults(sheets)]
    found = [error for phase in phases for error in sorted(phase, key=_place_in_folder)]
    if found or about is None:
        raise CasebookError(found)
    frames = {name: _frame(sheet) for name, sheet in sheets.items()}
    casebook = Casebook(**frames, about=about, report=_report(sheets))  # type: ignore[arg-type]
    return casebook if extras is None else replace(casebook, extras=extras)


def _folder(path: str | Path) -> Path:
    shown = plain(path)
    try:
        if not str(path) or not Path(path).exists():
            raise fault("BM101", f"there is no casebook {quote(shown)}")
        if not Path(path).is_dir():
            sister = Path(path).parent / "incidents.csv"
            hint = f"Give its folder, {plain(Path(path).parent)}." if sister.is_file() else ""
            raise fault("BM102", f"a casebook is a folder, and {quote(shown)} is a file", hint=hint)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise fault("BM104", f"{quote(shown)} cannot be read: {reason}") from error
    return Path(path)


def _sheets(folder: Path) -> tuple[dict[str, Sheet], list[InputError]]:
    """The sheets that could be read, and what is wrong with the others."""
    sheets: dict[str, Sheet] = {}
    faults = _stray_tables(folder)
    for table in TABLES.values():
        try:
            sheets[table.name] = as_meant(read_sheet(folder, table))
        except InputError as error:
            faults += getattr(error, "faults", (error,))
    return sheets, faults


def _stray_tables(folder: Path) -> list[InputError]:
    """CSV files that no table is read from: a slip in a name must not lose a table in silence."""
    known = [*(table.file for table in TABLES.values()), EXTRAS_FILE]
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix.casefold() == ".csv")
    except OSError as error:
        raise fault("BM104", f"{quote(str(folder))} cannot be read: {error.strerror}") from error
    missing = [name for name in known if name not in names]
    return [
        fault("BM119", hint=did_you_mean(name, missing), file=name)
        for name in names
        if name not in known and not name.startswith(".")
    ]


def _value_faults(sheets: Mapping[str, Sheet]) -> list[InputError]:
    faults = [error for sheet in sheets.values() for error in (*value_faults(sheet), *row_faults(sheet))]
    return faults + swapped_faults([sheets[name] for name in ("places", "locations") if name in sheets])


def _rule_faults(sheets: Mapping[str, Sheet]) -> list[InputError]:
    return rule_faults(sheets) if len(sheets) == len(TABLES) else []


def _place_in_folder(error: InputError) -> tuple[int, int]:
    files = [table.file for table in TABLES.values()]
    return (files.index(str(error.file)) if error.file in files else len(files), error.line or 0)


def _frame(sheet: Sheet) -> pd.DataFrame:
    names = sheet.table.names
    columns = zip(*sheet.rows, strict=True) if sheet.rows else ([] for _ in names)
    return pd.DataFrame(
        {name: list(values) for name, values in zip(names, columns, strict=True)}, dtype="str"
    )


def _report(sheets: Mapping[str, Sheet]) -> pd.DataFrame:
    rows = [(name, len(sheet.rows), len(sheet.rows), 0) for name, sheet in sheets.items()]
    return pd.DataFrame(rows, columns=["table", "rows_read", "rows_used", "rows_rejected"])
