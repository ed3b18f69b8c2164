"""Blocks of data in a page: elements that hold base64 and nothing else, so none of it can be markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bordermap.errors import BordermapError

_BASE64: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
#: Data to a browser: it is neither run nor shown.
_OPEN, _CLOSE = '<script type="text/plain" id="{}">', "</script>"


@dataclass(frozen=True, eq=False)
class Block:
    """The content of one data element.

    Args:
        text: Base64; the empty text too.

    Raises:
        BordermapError: It is something else, which a browser might take for markup (BM414).

    Example:
        >>> Block("YWI=").text
        'YWI='
        >>> Block("</script>")
        Traceback (most recent call last):
        bordermap.errors.BordermapError: a block of data holds something else than base64
    """

    text: str

    def __post_init__(self) -> None:
        # What remains without the letters of base64 is not base64; no letter is looked at from Python.
        if not self.text.isascii() or self.text.encode("ascii").translate(None, _BASE64):
            raise BordermapError(
                "a block of data holds something else than base64",
                hint="Give blocks as bordermap packs them.",
                code="BM414",
            )


#: The first block of texts; those before hold numbers and words.
TEXTS_FROM: Final = 2
#: Pieces of the element of one block.
_EACH: Final = 3

#: A page in pieces: text that has to be looked at, and blocks that need not be.
Piece = str | Block


def block_elements(data_id: str, blocks: Iterable[str]) -> list[Piece]:
    """The elements of some blocks.

    Args:
        data_id: The id of the layer's data; block k has ``{data_id}-{k}``.
        blocks: Base64 each.

    Example:
        >>> whole(block_elements("d", ["YWI="]))
        '<script type="text/plain" id="d-0">YWI=</script>'
    """
    pieces: list[Piece] = []
    for number, text in enumerate(blocks):
        pieces += [_OPEN.format(f"{data_id}-{number}"), Block(text), _CLOSE]
    return pieces


def parted(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The elements of numbers and words, which are needed at once, and those of texts.

    Example:
        >>> first, later = parted(block_elements("d", ["YQ==", "Yg==", "Yw=="]))
        >>> whole(later)
        '<script type="text/plain" id="d-2">Yw==</script>'
    """
    cut = _EACH * TEXTS_FROM
    return list(pieces[:cut]), list(pieces[cut:])


def whole(pieces: Sequence[Piece]) -> str:
    """All pieces as one text."""
    return "".join(piece.text if isinstance(piece, Block) else piece for piece in pieces)


def shell(pieces: Sequence[Piece]) -> str:
    """What has to be looked at: everything but what stands in the blocks.

    Example:
        >>> shell(["<p>", Block("YWI="), "</p>"])
        '<p></p>'
    """
    return "".join(piece for piece in pieces if not isinstance(piece, Block))


def encoded(pieces: Sequence[Piece]) -> bytes:
    r"""All pieces as UTF-8, the blocks without a detour.

    Example:
        >>> encoded(["é", Block("YWI=")])
        b'\xc3\xa9YWI='
    """
    return b"".join(
        piece.text.encode("ascii") if isinstance(piece, Block) else piece.encode() for piece in pieces
    )
