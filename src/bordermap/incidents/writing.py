"""Writes a casebook into a file of any format, or into a folder, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bordermap.errors import UsageError
from bordermap.explanations import FAULTS
from bordermap.files import write_atomically, write_folder, write_standard_output
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.faults import did_you_mean, quote
from bordermap.incidents.readers.about import FILE
from bordermap.incidents.stores.columnar import encode_flatgeobuf, encode_parquet
from bordermap.incidents.stores.content import Content, Stored
from bordermap.incidents.stores.delimited import encode_csv, encode_tsv
from bordermap.incidents.stores.folder import encode_folder
from bordermap.incidents.stores.geojson import encode_geojson, encode_lines
from bordermap.incidents.stores.geopackage import encode_geopackage
from bordermap.incidents.stores.kml import encode_kml
from bordermap.incidents.stores.workbook import encode_workbook


@dataclass(frozen=True)
class Format:
    """A format that can be written.

    Attributes:
        key: As ``--to`` takes it.
        suffixes: Of its files, the usual one first; none for a folder.
        encode: Makes the bytes.
        is_text: Whether it may go to standard output.
    """

    key: str
    suffixes: tuple[str, ...]
    encode: Callable[[Content], Stored]
    is_text: bool = False


#: In the order in which they are listed.
FORMATS: Final = {
    each.key: each
    for each in (
        Format("csv", (".csv",), encode_csv, is_text=True),
        Format("tsv", (".tsv", ".tab"), encode_tsv, is_text=True),
        Format("xlsx", (".xlsx",), encode_workbook),
        Format("gpkg", (".gpkg",), encode_geopackage),
        Format("geojson", (".geojson", ".json"), encode_geojson, is_text=True),
        Format("geojsonl", (".geojsonl", ".geojsons", ".ndjson"), encode_lines, is_text=True),
        Format("parquet", (".parquet", ".geoparquet"), encode_parquet),
        Format("fgb", (".fgb",), encode_flatgeobuf),
        Format("kml", (".kml",), encode_kml, is_text=True),
        Format("folder", (), encode_folder),
    )
}


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes:
        path: Where it stands; ``-`` is standard output.
        format: Key of the format.
        notes: Sentences: what the format cannot hold, or what was changed to fit it.
    """

    path: Path
    format: str
    notes: tuple[str, ...] = ()


def write_incidents(
    casebook: Casebook,
    path: str | Path,
    *,
    format: str = "",
    overwrite: bool = False,
    representative_points: bool = False,
) -> Written:
    """Write a casebook.

    ``.gpkg``, ``.xlsx``, ``.geojson``, ``.parquet`` and a folder hold everything, claims included; the other
    formats hold one row an incident, and what they leave out is told. Equal casebooks give equal bytes.

    Args:
        casebook: Any.
        path: Its suffix says the format; without one it is a folder; ``-`` is standard output.
        format: Key of :data:`FORMATS`, in place of what the suffix says.
        overwrite: Replace what stands there.
        representative_points: Give areal places a point, flagged.

    Returns:
        What was written, and what the format cannot hold.

    Raises:
        UsageError: No such format (BM404), or one that standard output cannot take (BM407).
        OutputError: Something stands there already, the disk refuses, or the format has no room for it.

    Example:
        >>> import tempfile
        >>> from bordermap.incidents.casebook import read_casebook
        >>> written = write_incidents(read_casebook(), Path(tempfile.mkdtemp(), "cases.fgb"))
        >>> written.format, written.notes[0].split(":")[0]
        ('fgb', '179 claims with 71 locations')
    """
    chosen = format_of(path, format)
    if str(path) == "-" and not chosen.is_text:
        raise _usage("BM407", f"{chosen.key} is no text, and standard output takes text only")
    stored = chosen.encode(Content(casebook, representative_points))
    target = Path(path)
    if isinstance(stored.data, bytes):
        _write_file(target, stored.data, overwrite)
    else:
        write_folder(target, stored.data, overwrite=overwrite, ours=_is_casebook)
    return Written(target, chosen.key, stored.notes)


def format_of(path: str | Path, format: str = "") -> Format:
    """The format in which a path is written.

    Args:
        path: Of the output.
        format: Key of :data:`FORMATS`; empty: what the suffix says; CSV on standard output.

    Raises:
        UsageError: There is none (BM404).

    Example:
        >>> format_of("a.GeoJSON").key, format_of("my-cases/").key, format_of("-").key
        ('geojson', 'folder', 'csv')
    """
    if format:
        if format not in FORMATS:
            raise _usage("BM404", f"there is no format {quote(format)}", did_you_mean(format, FORMATS))
        return FORMATS[format]
    if str(path) == "-":
        return FORMATS["csv"]
    suffix = Path(path).suffix.casefold()
    if not suffix or str(path).endswith(("/", "\\")):
        return FORMATS["folder"]
    for each in FORMATS.values():
        if suffix in each.suffixes:
            return each
    raise _usage("BM404", f"bordermap writes no {suffix} files")


def _usage(code: str, message: str, hint: str = "") -> UsageError:
    return UsageError(message, hint=hint or FAULTS[code].cure, code=code)


def _write_file(path: Path, data: bytes, overwrite: bool) -> None:
    if str(path) == "-":
        write_standard_output(data)
    else:
        write_atomically(path, data, overwrite=overwrite)


def _is_casebook(folder: Path) -> bool:
    """Whether a folder is a casebook and nothing else: only then may it be replaced as a whole."""
    names = {entry.name for entry in folder.iterdir()}
    return "incidents.csv" in names and all(name.endswith(".csv") or name == FILE for name in names)
