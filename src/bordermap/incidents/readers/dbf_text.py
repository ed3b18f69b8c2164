"""The encoding of a shapefile's texts: said by the analyst, by the .cpg, by the .dbf, or by the bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.readers.encodings import guess
from bordermap.incidents.readers.layer import TEXT, CellFault

#: Texts that are looked at to tell encodings apart.
_SAMPLE: Final = 2_000
#: What the number in byte 29 of a .dbf stands for. 0 and 0x57 say nothing that could be relied on.
_LANGUAGES: Final[Mapping[int, str]] = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x08: "cp865", 0x09: "cp437", 0x0A: "cp850",
    0x0B: "cp437", 0x0D: "cp437", 0x0E: "cp850", 0x0F: "cp437", 0x10: "cp850", 0x11: "cp437",
    0x12: "cp850", 0x13: "cp932", 0x14: "cp850", 0x15: "cp437", 0x16: "cp850", 0x17: "cp865",
    0x18: "cp437", 0x19: "cp437", 0x1A: "cp850", 0x1B: "cp437", 0x1C: "cp863", 0x1D: "cp850",
    0x1F: "cp852", 0x22: "cp852", 0x23: "cp852", 0x24: "cp860", 0x25: "cp850", 0x26: "cp866",
    0x37: "cp850", 0x40: "cp852", 0x4D: "cp936", 0x4E: "cp949", 0x4F: "cp950", 0x50: "cp874",
    0x58: "cp1252", 0x59: "cp1252", 0x64: "cp852", 0x65: "cp866", 0x66: "cp865", 0x67: "cp861",
    0x6A: "cp737", 0x6B: "cp857", 0x6C: "cp863", 0x78: "cp950", 0x79: "cp949", 0x7A: "cp936",
    0x7B: "cp932", 0x7C: "cp874", 0x7D: "cp1255", 0x7E: "cp1256", 0x86: "cp737", 0x87: "cp852",
    0x88: "cp857", 0xC8: "cp1250", 0xC9: "cp1251", 0xCA: "cp1254", 0xCB: "cp1253", 0xCC: "cp1257",
}  # fmt: skip


def choose_encoding(
    asked: str, cpg: str | None, language: int, raw: list[bytes], file: str
) -> tuple[str, str]:
    """Which encoding the texts have.

    Args:
        asked: By the analyst; may be empty.
        cpg: Content of the .cpg, where there is one.
        language: The number in the .dbf.
        raw: Texts with bytes above 127, as they are written.
        file: As the user named it, for messages.

    Returns:
        The name of a Python codec, and how it was found, in words.

    Raises:
        InputError: The .cpg or the analyst names an encoding that does not exist (BM226), or the bytes make
            words in none (BM227).

    Example:
        >>> choose_encoding("", "ANSI 1251", 0, [], "a.cpg")
        ('cp1251', 'said by the .cpg')
        >>> choose_encoding("", None, 0, ["Термез".encode()], "a.dbf")
        ('utf-8', 'found by its bytes')
    """
    if asked:
        return _known(asked, file), "as asked"
    if cpg is not None and cpg.strip():
        return _known(cpg, file), "said by the .cpg"
    if language in _LANGUAGES:
        return _LANGUAGES[language], "said by the .dbf"
    if not raw:
        return "ascii", "found by its bytes"
    if all(_decoded(text, "utf-8") is not None for text in raw):
        return "utf-8", "found by its bytes"
    found = guess(b"\n".join(raw[:_SAMPLE]), file)
    return found.codec, "; ".join(part for part in ("likely: no part says it", found.note) if part)


def _known(name: str, file: str) -> str:
    bare = name.strip().strip("\ufeff").lower()
    number = re.fullmatch(r"(?:ansi|oem|cp|windows|ms|ibm)?[ _-]*(\d{3,5})", bare)
    guess = {"65001": "utf-8", "88591": "iso8859-1"}.get(number[1], f"cp{number[1]}") if number else bare
    iso = re.fullmatch(r"(?:iso)?[ _-]*8859[ _-]*(\d{1,2})", bare)
    wanted = f"iso8859-{iso[1]}" if iso else guess
    try:
        # Decoding, and not a look-up alone: codecs that turn bytes into bytes are told by it.
        b"A".decode(wanted)
    except (LookupError, ValueError):
        raise fault("BM226", f"no encoding is called {quote(name.strip())}", file=file) from None
    return codecs.lookup(wanted).name


def above_ascii(column: pa.ChunkedArray) -> bool:
    """Whether any text of a column has more than ASCII: only then there is anything to decode."""
    sizes, characters = pc.sum(pc.binary_length(column)), pc.sum(pc.utf8_length(column))
    return bool(sizes.as_py() != characters.as_py())


def raw_bytes(texts: Iterable[str | None]) -> list[bytes]:
    """The bytes of texts that were read as Latin-1, which keeps each byte as one character."""
    return [text.encode("latin-1") for text in texts if text and not text.isascii()]


def decode_column(
    name: str, column: pa.ChunkedArray, encoding: str
) -> tuple[pa.ChunkedArray, list[CellFault]]:
    """A column that was read as Latin-1 in its own encoding.

    Args:
        name: Of the column.
        column: The texts.
        encoding: A Python codec.

    Returns:
        The texts; and the rows whose text is not in this encoding (BM267) or ends in the middle of a
        character (BM268).

    Example:
        >>> column = pa.chunked_array([["Термез".encode("cp1251").decode("latin-1")]])
        >>> decode_column("place", column, "cp1251")[0].to_pylist()
        ['Термез']
    """
    if not above_ascii(column):
        return column.cast(TEXT), []
    coded = column.combine_chunks().dictionary_encode()
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    values = coded.dictionary.to_pylist()
    texts = [value if value.isascii() else _decoded(value.encode("latin-1"), encoding) for value in values]
    cut = [
        text is not None and not value.isascii() and _is_cut(value.encode("latin-1"), encoding)
        for value, text in zip(values, texts, strict=True)
    ]
    codes = coded.indices.fill_null(-1).to_numpy()
    faults = [
        CellFault(code, rows, name)
        for code, marks in (("BM267", [text is None for text in texts]), ("BM268", cut))
        if len(rows := np.flatnonzero(np.array([*marks, False])[codes]))
    ]
    shown = [value if text is None else text for value, text in zip(values, texts, strict=True)]
    return pa.chunked_array([pa.array(shown, TEXT).take(coded.indices)]), faults


def _decoded(raw: bytes, encoding: str) -> str | None:
    """The text, without a last character that the field's width cut; None where it is not this encoding."""
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(raw) - 3 or not error.reason.startswith(("unexpected end", "incomplete")):
            return None
        return raw[: error.start].decode(encoding)
    except UnicodeError:
        return None


def _is_cut(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeError:
        return True
    return False
