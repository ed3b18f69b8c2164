"""Reads XML safely as a stream of tags: no document type, no entities, no network, no endless depth."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

from bordermap.errors import InputError
from bordermap.incidents.faults import fault
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.encodings import decoded

_DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARATION: Final = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_PIECE: Final = 1 << 20
# The parser begins a tag again with each piece until it ends: none is so long.
_LONG_TAG: Final = 1 << 23
_CUT: Final = (
    expat.errors.XML_ERROR_NO_ELEMENTS,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    expat.errors.XML_ERROR_PARTIAL_CHAR,
)

Attributes = Mapping[str, str]


@dataclass(slots=True)
class Element:
    """An open element.

    Attributes:
        name: Its name without its prefix.
        attributes: By name without prefix.
        line: The line of its start tag.
        text: The pieces of its own text.
    """

    name: str
    attributes: Attributes
    line: int
    text: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its own text, without blanks around it."""
        return "".join(self.text).strip()


def parse_markup(
    data: bytes,
    options: ReadOptions,
    label: str,
    start: Callable[[list[Element]], None],
    end: Callable[[list[Element]], None],
) -> str:
    """Read XML from beginning to end.

    Args:
        data: The file.
        options: ``encoding`` is taken where it is given; ``limits.depth``.
        label: The file, for messages.
        start: Called at each start tag with all open elements, the new one last.
        end: Called at each end tag with all open elements, the ending one last.

    Returns:
        The encoding.

    Raises:
        InputError: A document type or an entity is declared (BM250), the XML is cut off (BM245) or not
            well-formed (BM251), too deep (BM246), or not in its encoding (BM105).

    Example:
        >>> words = lambda path: print([element.name for element in path], path[-1].words)
        >>> parse_markup(b"<a><x:b>1</x:b></a>", ReadOptions(), "a.xml", lambda path: None, words)
        ['a', 'b'] 1
        ['a']
        'utf-8'
    """
    text, encoding = _as_utf8(data, options, label)
    # The declared encoding no longer holds; names keep their prefixes, so that an undeclared one is no error.
    parser: Any = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    _refuse_declarations(parser, label)
    _follow(parser, options.limits.depth, label, start, end)
    try:
        for at in range(0, len(text), _PIECE):
            parser.Parse(text[at : at + _PIECE], False)
            if at + _PIECE - parser.CurrentByteIndex > _LONG_TAG:
                line = parser.CurrentLineNumber
                raise fault("BM251", f"a tag of more than {_LONG_TAG:,} bytes", file=label, line=line)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _broken(error, parser, label) from error
    return encoding


def _follow(
    parser: Any,
    limit: int,
    label: str,
    start: Callable[[list[Element]], None],
    end: Callable[[list[Element]], None],
) -> None:
    path: list[Element] = []

    def started(name: str, attributes: Attributes) -> None:
        if len(path) >= limit:
            line = parser.CurrentLineNumber
            raise fault("BM246", f"elements lie in each other more than {limit} deep", file=label, line=line)
        if attributes:
            attributes = {_bare(key): value for key, value in attributes.items()}
        path.append(Element(_bare(name), attributes, parser.CurrentLineNumber))
        start(path)

    def ended(_: str) -> None:
        end(path)
        path.pop()

    def characters(text: str) -> None:
        if path:
            path[-1].text.append(text)

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = characters


def _bare(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _refuse_declarations(parser: Any, label: str) -> None:
    def refuse(*_: object) -> None:
        message = "the file declares a document type or XML entities, which are never read"
        raise fault("BM250", message, file=label, line=parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse


def _as_utf8(data: bytes, options: ReadOptions, label: str) -> tuple[bytes, str]:
    """The same text in UTF-8, and the encoding it was in."""
    encoding = options.encoding or _encoding_of(data)
    text, normal = decoded(data, encoding, label), codecs.lookup(encoding).name
    # The declaration holds no longer; without it blanks may stand before the first tag, as they often do.
    text = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    return text.encode("utf-8", "replace"), normal.removesuffix("-sig")


def _encoding_of(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    declared = _DECLARED.match(data)
    named = declared[1].decode("ascii") if declared else "utf-8"
    # What can be read as bytes up to here is not UTF-16, whatever it says of itself.
    return "utf-8" if named.lower().startswith(("utf-16", "utf16", "ucs", "utf-32")) else named


def _broken(error: expat.ExpatError, parser: Any, label: str) -> InputError:
    said = expat.ErrorString(error.code)
    if said == expat.errors.XML_ERROR_UNDEFINED_ENTITY:
        hint = "Write the character itself in place of &name; (only &amp; &lt; &gt; &quot; &apos; are known)."
        return fault("BM250", "an XML entity that is not known", hint=hint, file=label, line=error.lineno)
    if said in _CUT:
        return fault("BM245", "the XML ends in the middle", file=label, line=error.lineno)
    message = f"{said} at column {error.offset + 1}"
    return fault("BM251", message, file=label, line=error.lineno)
