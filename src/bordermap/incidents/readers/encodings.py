"""Finds out in which encoding a text is, says on what ground, and brings it to UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from bordermap.incidents.faults import fault, quote
from bordermap.incidents.readers.kinds import wide_codec
from bordermap.incidents.readers.plausibility import language_fit, plausibility

Chunks = Callable[[], Iterator[bytes]]

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32-le", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be", "utf-16-be"),
)
#: Legacy encodings of the field; of equal ones the first is taken.
CANDIDATES: Final = (
    "cp1252", "cp1251", "cp1256", "cp1250", "cp1254", "koi8-r", "cp866", "gb18030", "big5", "shift_jis",
    "euc_kr", "koi8-u", "cp1253", "cp1255", "iso8859-5", "iso8859-2", "cp1257", "mac_roman", "cp850",
    "latin-1",
)  # fmt: skip
#: Codecs that are ways of writing text down inside other text, not encodings of files.
_NEVER: Final = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"))
_SAMPLE: Final = 65_536
# Scores of plausibility: so near deserves a word; so near are equals; below this there are no words.
_CLOSE: Final = 0.15
_EQUAL: Final = 0.02
_WORDS: Final = 0.5
_LANGUAGE: Final = 0.3
_LEAST: Final = 0.1


@dataclass(frozen=True)
class Encoding:
    """How a text's bytes become letters.

    Attributes:
        name: As it is reported: ``utf-8``, ``utf-8-sig``, ``cp1251`` …
        codec: As Python calls it.
        basis: ``option``, ``byte order mark``, ``valid UTF-8`` or ``likely``.
        skip: Bytes of the byte order mark.
        note: What speaks against it; may be empty.
    """

    name: str
    codec: str
    basis: str
    skip: int = 0
    note: str = ""

    @property
    def is_utf8(self) -> bool:
        """Whether the bytes can be parsed as they are."""
        return self.codec == "utf-8"

    def facts(self) -> dict[str, str]:
        """What is reported of it."""
        found = {"encoding": self.name, "encoding_basis": self.basis}
        return {**found, "encoding_note": self.note} if self.note else found


def find_encoding(chunks: Chunks, head: bytes, forced: str, file: str, *, whole: bool = False) -> Encoding:
    r"""The encoding of a text.

    Args:
        chunks: Gives the text's bytes, from the beginning, each time it is called.
        head: Its first bytes, or all.
        forced: An encoding to take; empty: find it.
        file: As messages call it.
        whole: Look at the whole text. Otherwise a text whose head is UTF-8 is taken to be UTF-8, and whoever
            decodes it finds out where it is not.

    Raises:
        InputError: There is no such encoding (BM226), or no encoding makes words of the bytes (BM227).

    Example:
        >>> data = "id;место\n1;Термез\n".encode("cp1251")
        >>> find_encoding(lambda: iter([data]), data, "", "a.csv").facts()
        {'encoding': 'cp1251', 'encoding_basis': 'likely'}
    """
    marked = next((each for each in _MARKS if head.startswith(each[0])), None)
    if forced:
        return _forced(forced, marked, file)
    if marked:
        mark, codec, name = marked
        return Encoding(name, codec, "byte order mark", len(mark))
    wide = wide_codec(head)
    if wide:
        return Encoding(wide, wide, "likely", note="it has no byte order mark")
    pieces = chunks() if whole else iter([head])
    if is_utf8(pieces, complete=whole):
        return Encoding("utf-8", "utf-8", "valid UTF-8")
    return guess(_sample(chunks), file)


def decoded(data: bytes, encoding: str, file: str) -> str:
    r"""A whole text, without its byte order mark.

    Args:
        data: All bytes.
        encoding: As the text itself or the analyst names it.
        file: As messages call it.

    Raises:
        InputError: There is no such encoding (BM226), some bytes are not in it (BM105), or there is no text
            (BM113).

    Example:
        >>> decoded(b"caf\xe9", "latin-1", "a.json")
        'café'
    """
    _looked_up(encoding, file)
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not {encoding.upper()}"
        hint = "Save it as UTF-8, or name its encoding with --encoding."
        raise fault("BM105", message, hint=hint, file=file, line=line) from error
    except UnicodeError as error:
        raise fault("BM105", f"not in the encoding {quote(encoding)}", file=file) from error
    if not text.strip():
        raise fault("BM113", file=file)
    return text


def _looked_up(encoding: str, file: str) -> codecs.CodecInfo:
    try:
        found = codecs.lookup(encoding)
        usable = found.name.replace("_", "-") not in _NEVER and isinstance("a".encode(encoding), bytes)
    except (LookupError, ValueError, TypeError) as error:
        raise fault("BM226", f"there is no encoding {quote(encoding)}", file=file) from error
    if not usable:
        raise fault("BM226", f"{quote(encoding)} is not an encoding of text files", file=file)
    return found


def _forced(forced: str, marked: tuple[bytes, str, str] | None, file: str) -> Encoding:
    found = _looked_up(forced, file)
    name = found.name.replace("_", "-")
    if marked and marked[1].startswith(name.removesuffix("-sig")):
        return Encoding(marked[2], marked[1], "option", len(marked[0]))
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(name, found.name)
    return Encoding("utf-8" if codec == "utf-8" else name, codec, "option")


def is_utf8(chunks: Iterator[bytes], *, complete: bool = True) -> bool:
    r"""Whether bytes are UTF-8 throughout.

    Args:
        chunks: The bytes.
        complete: Whether they end where the text ends, and not in the middle of a letter.

    Example:
        >>> is_utf8(iter(["é".encode()])), is_utf8(iter([b"caf\xe9"]))
        (True, False)
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            if not (chunk.isascii() and decoder.getstate()[0] == b""):
                decoder.decode(chunk)
        decoder.decode(b"", final=complete)
    except UnicodeDecodeError:
        return False
    return True


def _sample(chunks: Chunks) -> bytes:
    """The first lines with bytes beyond ASCII: they alone tell encodings apart."""
    lines: list[bytes] = []
    size = 0
    for chunk in chunks():
        if chunk.isascii():
            continue
        for line in chunk.replace(b"\r", b"\n").split(b"\n"):
            if size < _SAMPLE and not line.isascii():
                lines.append(line[: _SAMPLE - size])
                size += len(lines[-1])
        if size >= _SAMPLE:
            break
    return b"\n".join(lines)


def guess(sample: bytes, file: str) -> Encoding:
    """The legacy encoding in which bytes look most like words.

    Args:
        sample: Lines with bytes beyond ASCII.
        file: As messages call it.

    Raises:
        InputError: In none they do (BM227).

    Example:
        >>> guess("Müller, José".encode("cp1252"), "a.csv").name
        'cp1252'
    """
    damaged = _damaged_utf8(sample)
    if damaged:
        return damaged
    scores: dict[str, float] = {}
    seen: dict[str, str] = {}
    for codec in CANDIDATES:
        text = _decoded(sample, codec)
        if text is not None and text not in seen:
            seen[text] = codec
            scores[codec] = plausibility(text) + _LANGUAGE * language_fit(text, codec)
    ranked = sorted(scores, key=lambda codec: -scores[codec])
    if not ranked or scores[ranked[0]] < _LEAST:
        raise fault("BM227", file=file)
    close = [codec for codec in ranked if scores[ranked[0]] - scores[codec] < _CLOSE]
    equal = [codec for codec in close if scores[ranked[0]] - scores[codec] < _EQUAL]
    best = _settle(sample, equal) if len(equal) > 1 and scores[ranked[0]] > _WORDS else ranked[0]
    others = [codec for codec in close if codec != best][:2]
    note = f"{' or '.join(others)} would fit nearly as well; --encoding settles it" if others else ""
    return Encoding(best, best, "likely", note=note)


def _settle(sample: bytes, close: list[str]) -> str:
    """Of encodings that fit alike: what the detector of languages says, where it has an opinion."""
    known = {codecs.lookup(codec).name: codec for codec in close}
    found = from_bytes(sample, cp_isolation=close, enable_fallback=False, preemptive_behaviour=False)
    for match in found:
        name = codecs.lookup(match.encoding).name
        if name in known and match.language != "Unknown":
            return known[name]
    return close[0]


def _damaged_utf8(sample: bytes) -> Encoding | None:
    """UTF-8 in which a few lines are broken: any other reading would turn all the good lines into noise."""
    lines = sample.split(b"\n")
    bad = sum(not is_utf8(iter([line])) for line in lines[:-1] or lines)
    good = len(lines[:-1] or lines) - bad
    if good <= 2 * bad:
        return None
    return Encoding("utf-8", "utf-8", "likely", note="some rows hold bytes that are not UTF-8")


def _decoded(sample: bytes, codec: str) -> str | None:
    """The sample as text; a pair of bytes cut at its end is no reason against an encoding."""
    for cut in (0, 1, 2, 3):
        try:
            return sample[: len(sample) - cut].decode(codec)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 4:
                return None
    return None


def transcoded(chunks: Iterator[bytes], encoding: Encoding, file: str) -> bytes:
    """A text as UTF-8. Bytes that the encoding does not have stay as they are, and are found later.

    Args:
        chunks: The bytes, from the beginning.
        encoding: Theirs.
        file: As messages call it.

    Raises:
        InputError: The text is damaged so that its letters cannot be told apart (BM225).

    Example:
        >>> transcoded(iter(["Ж".encode("cp1251")]), Encoding("cp1251", "cp1251", "option"), "a").decode()
        'Ж'
    """
    whole_units = encoding.codec.startswith(("utf-16", "utf-32"))
    decoder = codecs.getincrementaldecoder(encoding.codec)("strict" if whole_units else "surrogateescape")
    found = bytearray()
    skip = encoding.skip
    try:
        for chunk in chunks:
            found += decoder.decode(chunk[skip:]).encode("utf-8", "surrogateescape")
            skip = max(0, skip - len(chunk))
        found += decoder.decode(b"", final=True).encode("utf-8", "surrogateescape")
    except (UnicodeError, ValueError) as error:
        line = found.count(b"\n") + 1
        raise fault("BM225", f"the text is not {encoding.name} throughout", file=file, line=line) from error
    return bytes(found)
