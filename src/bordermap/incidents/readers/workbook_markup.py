"""Refuses workbooks whose XML is broken or declares entities: a library may read such a part for ever."""

from __future__ import annotations

import zipfile
from typing import IO, Any, Final
from xml.parsers import expat

from bordermap.incidents.faults import fault

_PIECE: Final = 1 << 20
_DEEP: Final = 1_000
# The parser begins a tag again with each piece until it ends: none is so long.
_LONG_TAG: Final = 1 << 23
# Fewer open elements than this take no memory to speak of; so many are counted one by one.
_UNCOUNTED: Final = 200_000


def refuse_broken_markup(archive: zipfile.ZipFile, label: str) -> None:
    """Read every part that holds cells, texts or names of sheets once through, piece by piece.

    Args:
        archive: The workbook.
        label: The file, for messages.

    Raises:
        InputError: A part is not well-formed (BM240), declares a document type or an entity (BM250), or lies
            deeper in itself than any workbook does (BM246).

    Example:
        >>> import io
        >>> refuse_broken_markup(zipfile.ZipFile(io.BytesIO(), "w"), "a.xlsx")
    """
    for member in archive.infolist():
        name = member.filename
        if name == "content.xml" or (name.startswith("xl/") and name.endswith(".xml")):
            with archive.open(member) as stream:
                _read_through(stream, name, label)


def _read_through(stream: IO[bytes], name: str, label: str) -> None:
    parser: Any = expat.ParserCreate()
    _refuse_declarations(parser, name, label)
    surplus, counted, end, fed = 0, False, b"", 0
    try:
        while piece := stream.read(_PIECE):
            surplus += piece.count(b"<") - 2 * piece.count(b"</")
            # What looks like an end inside a comment is none: then every element is counted.
            if not counted and (surplus > _UNCOUNTED or b"<!" in end + piece):
                _count_depth(parser, name, label)
                counted = True
            parser.Parse(piece, False)
            end, fed = piece[-1:], fed + len(piece)
            if fed - parser.CurrentByteIndex > _LONG_TAG:
                raise ValueError("a tag without an end")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        message = f"{name} in it is not well-formed, line {error.lineno}: {said}"
        raise fault("BM240", message, file=label) from error
    except (LookupError, ValueError) as error:  # mostly of the encoding that the part says it is in
        raise fault("BM240", f"{name} in it cannot be read: {str(error)[:200]}", file=label) from error


def _refuse_declarations(parser: Any, name: str, label: str) -> None:
    def refuse(*_: object) -> None:
        message = f"{name} in it declares a document type or XML entities, which are never read"
        raise fault("BM250", message, file=label)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse


def _count_depth(parser: Any, name: str, label: str) -> None:
    depth = 0

    def started(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEP:
            message = f"elements of {name} in it lie in each other more than {_DEEP} deep"
            raise fault("BM246", message, file=label)

    def ended(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
