"""Unfolds what was opened: tells what each content is, unpacks archives, and says what was left aside."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.archives import (
    Budget,
    Member,
    check_workbook,
    unpack_gzip,
    unpack_zip,
    zip_member,
    zip_names,
)
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.delimiters import looks_tabular
from bordermap.incidents.readers.kinds import HEAD, Kind, decoded_head, recognise
from bordermap.incidents.readers.shapefiles import group

#: Suffix of a name → what its content should be.
SUFFIXES: Final = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".psv", ".txt"), "text"),
    **dict.fromkeys((".json", ".geojson", ".geojsonl", ".geojsons", ".ndjson", ".jsonl"), "json"),
    **dict.fromkeys((".xlsx", ".xlsm"), "xlsx"),
    **dict.fromkeys((".gpkg", ".sqlite", ".db"), "sqlite"),
    **dict.fromkeys((".parquet", ".geoparquet", ".pq"), "parquet"),
    **dict.fromkeys((".kml", ".kmz"), "kml"),
    **{f".{kind}": kind for kind in ("ods", "xls", "shp", "fgb", "gpx")},
}
# Beside data there lie descriptions and pictures; they are told of, and no input.
_BESIDE_NAME: Final = re.compile(
    r"(?:read.?me|licen[cs]e|copying|notice|changelog|citation|attribution|metadata|codebook|manifest|contents)"
    r"(?![a-z])[^/.]*(?:\.(?:txt|md|rst|json))?$|(?:datapackage|package|style|ro-crate-metadata)\.json$",
    re.IGNORECASE,
)
_BESIDE_SUFFIX: Final = frozenset((
    ".md", ".rst", ".html", ".htm", ".pdf", ".xml", ".qmd", ".qml", ".qgs", ".qgz", ".sld", ".lyr", ".lyrx",
    ".mxd", ".doc", ".docx", ".pptx", ".rtf", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".tif", ".tiff",
    ".webp", ".bmp", ".yml", ".yaml", ".ini", ".bib", ".ris", ".py", ".r", ".ipynb", ".sql", ".log", ".css",
    ".js", ".toml", ".prj", ".cpg", ".dae",
))  # fmt: skip
_LISTED: Final = 10


def unfold(
    file: str, content: Path | bytes, options: ReadOptions, budget: Budget, member: str = "", depth: int = 0
) -> list[Blob]:
    """The blobs in a content.

    Args:
        file: As the user named it.
        content: A plain file or bytes.
        options: ``layers`` may name members.
        budget: How much may be unpacked.
        member: The content's name in the archive it came from.
        depth: In how many archives it lies.

    Raises:
        InputError: It cannot be read: BM108, BM109, BM113, BM213 to BM224.
    """
    kind = _recognise(_head(content), member or file)
    if kind.name == "gzip":
        return _unfold_gzip(file, content, options, budget, member, depth)
    if kind.name == "zip":
        return _unfold_zip(file, content, options, budget, member, depth)
    if not kind.name:
        raise kind.error(_label(file, member))
    if kind.name in ("dbf", "shx"):
        raise fault("BM224", f"{kind.words} without its .shp", file=_label(file, member))
    if kind.name == "xls":
        _check_old_workbook(content, _label(file, member))
    return [_blob(file, member, kind.name, kind.words, content, depth)]


def _recognise(head: bytes, name: str) -> Kind:
    """The kind by content; broken JSON of that name stays JSON, so that its reader says what breaks it."""
    kind = recognise(head)
    suffix = PurePosixPath(name.lower().removesuffix(".gz")).suffix
    if (
        kind.name == "text"
        and SUFFIXES.get(suffix) == "json"
        and decoded_head(head).lstrip()[:1] in ("{", "[")
    ):
        return Kind("json", "JSON")
    return kind


def _blob(file: str, member: str, kind: str, words: str, content: Path | bytes, depth: int) -> Blob:
    facts = {}
    suffix = PurePosixPath(_bare_name(member or file, depth)).suffix.lower()
    expected = SUFFIXES.get(suffix, kind)
    if suffix in (".zip", ".gz") or expected != kind:
        facts["content"] = f"{words}, although the name ends in {suffix}"
    data, path = (content, None) if isinstance(content, bytes) else (None, content)
    return Blob(file, kind, data=data, path=path, member=member, facts=facts)


def _bare_name(name: str, depth: int) -> str:
    """The name without the ending that the archive itself gave it."""
    lower = name.lower()
    if depth and lower.endswith(".gz"):
        return name[:-3]
    return "" if depth and lower.endswith((".zip", ".kmz")) else name


def _unfold_gzip(
    file: str, content: Path | bytes, options: ReadOptions, budget: Budget, member: str, depth: int
) -> list[Blob]:
    if depth:
        raise fault("BM220", file=_label(file, member))
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as stream:
        data = unpack_gzip(stream, budget)
    return unfold(file, data, options, budget, depth=1)


def _unfold_zip(
    file: str, content: Path | bytes, options: ReadOptions, budget: Budget, member: str, depth: int
) -> list[Blob]:
    kind = _zip_kind(content, budget)
    if not kind.name:
        raise kind.error(_label(file, member))
    if kind.name in ("xlsx", "ods"):
        check_workbook(content, budget)
        return [_blob(file, member, kind.name, kind.words, content, depth)]
    if depth and kind.name != "kmz":
        raise fault("BM220", file=_label(file, member))
    members = unpack_zip(content, budget)
    blobs = _from_members(file, members, options, budget)
    if not member:
        return blobs
    return [replace(blob, member=f"{member} › {blob.member}") for blob in blobs]


def _zip_kind(content: Path | bytes, budget: Budget) -> Kind:
    """What a zip archive is for: a workbook, a KMZ, another kind of document, or an archive of files."""
    names = zip_names(content, budget)
    if "[Content_Types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            binary = any(name.startswith("xl/workbook.bin") for name in names)
            words = "a binary Excel workbook (.xlsb)"
            return (
                Kind("", words, "BM109", "Save it as XLSX.") if binary else Kind("xlsx", "an Excel workbook")
            )
        return Kind(
            "", "an Office document without a table of rows", "BM109", "Save its table as CSV or XLSX."
        )
    if "mimetype" in names:
        kind = zip_member(content, "mimetype", 100, budget)
        if b"opendocument.spreadsheet" in kind:
            return Kind("ods", "an OpenDocument spreadsheet")
        return Kind("", "a document without a table of rows", "BM109", "Save its table as CSV, XLSX or ODS.")
    if any(name.lower().endswith(".kml") for name in names):
        return Kind("kmz", "a KMZ file")
    return Kind("zip", "a zip archive")


def _from_members(file: str, members: Sequence[Member], options: ReadOptions, budget: Budget) -> list[Blob]:
    """The blobs of an archive: all members that can be an input, with the list of those that cannot."""
    if not members:
        raise fault("BM222", "the archive is empty", file=file)
    chosen = {member.name for member in members if is_chosen(member.name, options)} or {
        member.name for member in members
    }
    shapefiles = [each for each in group(members, file) if each.names & chosen]
    parts = {name for each in shapefiles for name in each.names}
    mains = {each.blob.member: each.blob for each in shapefiles}
    blobs: list[Blob] = []
    read = set(parts)
    for member in members:
        if member.name in mains:
            blobs.append(mains[member.name])
        elif member.name in chosen - parts and _is_input(member):
            blobs += unfold(file, member.data, options, budget, member.name, depth=1)
            read.add(member.name)
    left = [member.name for member in members if member.name not in read]
    if not blobs:
        raise fault("BM222", f"the archive holds no table or layer, only {listed(left)}", file=file)
    return (
        [replace(blob, facts={**blob.facts, "not_read": listed(left)}) for blob in blobs] if left else blobs
    )


def is_chosen(name: str, options: ReadOptions) -> bool:
    """Whether the options name a member: by its whole name, its file name, or that without its ending.

    Example:
        >>> is_chosen("data/events.csv", ReadOptions(layers=("events",)))
        True
    """
    path = PurePosixPath(name)
    return bool({name, path.name, path.stem} & set(options.layers))


def _is_input(member: Member) -> bool:
    """Whether a member can be a table at all; data that cannot be used is an error later on."""
    path = PurePosixPath(member.name)
    suffix = path.suffix.lower()
    if _BESIDE_NAME.match(path.name):
        return False
    kind = recognise(member.data[:HEAD])
    if kind.name == "text":
        return suffix not in _BESIDE_SUFFIX and (
            suffix in (".csv", ".tsv") or looks_tabular(member.data[:HEAD])
        )
    if kind.name:
        return True
    return suffix in SUFFIXES or kind.code not in ("BM109", "BM113")


def _check_old_workbook(content: Path | bytes, label: str) -> None:
    data = content if isinstance(content, bytes) else content.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        hint = "Open it with its password and save it without one."
        raise fault("BM217", "the workbook is protected by a password", hint=hint, file=label)
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book", "BOOK", "WORKBOOK")):
        raise fault("BM109", "the content is an old Office document, not a workbook", file=label)


def _head(content: Path | bytes) -> bytes:
    if isinstance(content, bytes):
        return content[:HEAD]
    with content.open("rb") as stream:
        return stream.read(HEAD)


def listed(names: Sequence[str]) -> str:
    """Names in words, the first dozen of them.

    Example:
        >>> listed(["a.csv", "b.csv"])
        "'a.csv', 'b.csv'"
    """
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(map(quote, names[:_LISTED])) + more


def _label(file: str, member: str) -> str:
    return f"{file} › {member}" if member else file
