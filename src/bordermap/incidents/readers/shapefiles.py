"""The parts of a shapefile: which files belong together, on the disk and in an archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.readers.archives import Member
from bordermap.incidents.readers.blob import Blob

#: What is read of a shapefile.
PARTS: Final = (".shp", ".dbf", ".shx", ".prj", ".cpg")
# Indexes and descriptions that some programs put beside one; they hold nothing that the parts do not.
_BESIDE: Final = (".sbn", ".sbx", ".qix", ".qpj", ".fix", ".ain", ".aih", ".atx", ".shp.xml", ".idm", ".ind")


def part_of(name: str) -> tuple[str, str]:
    """Stem and suffix of a part, so that parts with one stem belong together.

    Example:
        >>> part_of("Data/Points.SHP"), part_of("points.shp.xml")
        (('Data/Points', '.shp'), ('points', '.shp.xml'))
    """
    lower = name.lower()
    for suffix in (*_BESIDE, *PARTS):
        if lower.endswith(suffix):
            return name[: -len(suffix)], suffix
    return name, ""


@dataclass(frozen=True, eq=False)
class Shapefile:
    """A shapefile of an archive.

    Attributes:
        blob: Its .shp with the other parts.
        names: Of all members that belong to it, also of those that need not be read.
    """

    blob: Blob
    names: frozenset[str]


def group(members: Sequence[Member], file: str) -> list[Shapefile]:
    """The shapefiles among an archive's members.

    Args:
        members: Of the archive.
        file: The archive.

    Raises:
        InputError: A .dbf or .shx without its .shp (BM224).

    Example:
        >>> found = group([Member("a/x.SHP", b""), Member("a/x.dbf", b""), Member("y.csv", b"")], "x.zip")
        >>> [(each.blob.member, sorted(each.names)) for each in found]
        [('a/x.SHP', ['a/x.SHP', 'a/x.dbf'])]
    """
    stems: dict[str, dict[str, Member]] = {}
    for member in members:
        stem, suffix = part_of(member.name)
        if suffix:
            stems.setdefault(stem.lower(), {}).setdefault(suffix, member)
    for parts in stems.values():
        lost = next((parts[suffix] for suffix in (".dbf", ".shx") if suffix in parts), None)
        if lost is not None and ".shp" not in parts:
            raise fault("BM224", f"{quote(lost.name)} without its .shp", file=file)
    return [_shapefile(parts, file) for parts in stems.values() if ".shp" in parts]


def _shapefile(parts: dict[str, Member], file: str) -> Shapefile:
    main = parts[".shp"]
    companions = {
        suffix: Blob(file, suffix[1:], data=part.data, member=part.name)
        for suffix, part in parts.items()
        if suffix in PARTS[1:]
    }
    names = frozenset(part.name for part in parts.values())
    return Shapefile(Blob(file, "shp", data=main.data, member=main.name, companions=companions), names)
