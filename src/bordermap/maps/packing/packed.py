"""A table as its description and its blocks: what stands in a layer's payload and beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from bordermap.maps.packing.coding import LITTLE, QUICK, Coded, base64_text, coded, gzipped, level_of
from bordermap.maps.packing.columns import CodeColumn, IntColumn, Numbered, SetColumn, Table, numbers_of
from bordermap.maps.packing.texts import text_blocks, time_order

#: The blocks before those of texts: numbers, and the words that they stand for.
CORE, DICTIONARY, FIRST_TEXT = 0, 1, 2
_KINDS: Final = {IntColumn: "int", CodeColumn: "code", SetColumn: "set"}


@dataclass(frozen=True, eq=False)
class Packed:
    """A packed table.

    Attributes:
        head: What the client must know to unpack it, as plain JSON values.
        blocks: Base64 of gzip.
    """

    head: dict[str, Any]
    blocks: list[str]


def pack(table: Table) -> Packed:
    """Pack a table. The same table gives the same bytes.

    Args:
        table: Any; its rows are in order.

    Returns:
        See :class:`Packed`.

    Example:
        >>> when = IntColumn("when", "row", np.array([0, 0]))
        >>> packed = pack(Table({"row": 2, "place": 0, "when": 1}, [when], []))
        >>> packed.head["columns"]
        [{'name': 'when', 'kind': 'int', 'of': 'row', 'bytes': 1, 'coding': 'plain', 'at': 0}]
    """
    with ThreadPoolExecutor(max_workers=min(8, os.cpu_count() or 1)) as pool:
        parts = list(pool.map(coded, table.columns))
        core = pool.submit(_gzipped, [part.data for part in parts])
        starts, texts = _texts(table, pool)
    head = {
        "n": table.counts["row"],
        "columns": _described(table.columns, parts),
        "counts": dict(table.counts),
        "texts": {"names": [each.name for each in table.texts], "starts": starts},
        "core": CORE,
        "dictionary": DICTIONARY,
    }
    return Packed(head, [core.result(), _dictionary(table), *texts])


def _described(columns: Sequence[Numbered], parts: Sequence[Coded]) -> list[dict[str, Any]]:
    ends = np.cumsum([0, *(len(part.data) for part in parts)]).tolist()
    return [
        {
            "name": column.name,
            "kind": _KINDS[type(column)],
            "of": column.of,
            "bytes": part.width,
            "coding": part.coding,
            "at": at,
        }
        for column, part, at in zip(columns, parts, ends, strict=False)
    ]


def _texts(table: Table, pool: Executor) -> tuple[list[int], list[str]]:
    if not table.texts or not table.counts["row"]:
        return [0], []
    order = time_order(numbers_of(table.column("when")))
    return text_blocks(table.texts, order if table.rows is None else table.rows[order], pool)


def _dictionary(table: Table) -> str:
    worded = [each for each in table.columns if not isinstance(each, IntColumn)]
    value = {
        "words": {each.name: list(each.words) for each in worded},
        "sets": {each.name: list(each.sets) for each in worded if isinstance(each, SetColumn)},
    }
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _gzipped([text.encode()])


def _gzipped(parts: Sequence[bytes]) -> str:
    size = sum(map(len, parts))
    # It is one piece of work, for one thread: all others would wait for it.
    return base64_text(gzipped(parts, level_of(size) if size <= LITTLE else QUICK))
