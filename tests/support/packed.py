"""Packed incidents unpacked again, for tests: the rules of the format once more, in as few words as they take."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

MISSING = -(2**31)
_DATA = re.compile(
    r'<script type="application/json" id="(bm-data-\d+)">(\{"kind":"incidents".*?)</script>', re.DOTALL
)
_BLOCK = re.compile(r'<script type="text/plain" id="(bm-data-\d+)-(\d+)">([^<]*)</script>')


@dataclass(frozen=True)
class Unpacked:
    """The columns of packed incidents.

    Attributes:
        tables: Numbers of each column of each table, as they are, by table and name.
        words: By column.
        sets: By column.
        texts: By name, in the order of the rows.
    """

    tables: Mapping[str, Mapping[str, list[int]]]
    words: Mapping[str, list[str]]
    sets: Mapping[str, list[list[int]]]
    texts: Mapping[str, list[str]]

    def values(self, name: str) -> list[Any]:
        """One value a row: a number (None where missing), a word, a list of words or a text."""
        if name in self.texts:
            return list(self.texts[name])
        of = next(table for table in ("row", "place", "when") if name in self.tables[table])
        numbers = self.tables[of][name]
        numbers = numbers if of == "row" else [numbers[at] for at in self.tables["row"][of]]
        if name in self.sets:
            return [[self.words[name][word] for word in self.sets[name][number]] for number in numbers]
        if name in self.words:
            return [self.words[name][number] for number in numbers]
        return [None if number == MISSING else number for number in numbers]

    def rows(self, *names: str) -> list[tuple[Any, ...]]:
        """Some columns, row by row."""
        return list(zip(*map(self.values, names), strict=True))


def unpacked(head: Mapping[str, Any], blocks: Sequence[str]) -> Unpacked:
    """What was packed: the description of a payload, and its blocks."""
    parts = [gzip.decompress(base64.b64decode(block, validate=True)) for block in blocks]
    words = json.loads(parts[head["dictionary"]])
    tables: dict[str, dict[str, list[int]]] = {"row": {}, "place": {}, "when": {}}
    for column in head["columns"]:
        count = head["counts"][column["of"]]
        numbers = _numbers(parts[head["core"]], column, count)
        tables[column["of"]][column["name"]] = numbers.tolist()
    order = sorted(range(head["n"]), key=lambda row: (tables["row"]["when"][row], row)) if head["n"] else []
    return Unpacked(tables, words["words"], words["sets"], _texts(head["texts"], parts[2:], order))


def _numbers(core: bytes, column: Mapping[str, Any], count: int) -> Any:
    planes = np.frombuffer(core, np.uint8, count * column["bytes"], column["at"]).reshape(
        column["bytes"], count
    )
    coded = sum(plane.astype(np.uint32) << np.uint32(8 * rank) for rank, plane in enumerate(planes))
    if column["kind"] != "int" and column["coding"] == "plain":
        return coded
    values = (coded >> np.uint32(1)).view(np.int32) ^ -(coded & np.uint32(1)).astype(np.int32)
    return np.cumsum(values, dtype=np.int32) if column["coding"] == "delta" else values


def _texts(head: Mapping[str, Any], blocks: Sequence[bytes], order: Sequence[int]) -> dict[str, list[str]]:
    found = {name: [""] * len(order) for name in head["names"]}
    for block, start, end in zip(blocks, head["starts"], head["starts"][1:], strict=False):
        lengths = np.frombuffer(block, "<u4", (end - start) * len(found)).tolist()
        at = 4 * len(lengths)
        for name in found:
            for row in order[start:end]:
                length = lengths.pop(0)
                found[name][row] = block[at : at + length].decode()
                at += length
        assert at == len(block)
    return found


def of_payload(payload: Mapping[str, Any]) -> Unpacked:
    """The incidents of a layer's payload."""
    return unpacked(payload["packed"], payload["blocks"])


def details(payload: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The complete incidents of a casebook with claims by id, in the order of their dates."""
    found = of_payload(payload)
    whens = found.tables["row"]["when"]
    order = sorted(range(len(whens)), key=lambda row: (whens[row], row))
    incidents = [json.loads(found.texts["detail"][row]) for row in order]
    return {incident["id"]: incident for incident in incidents}


def of_page(html: str) -> dict[str, Any]:
    """The payload of the incident layer of a page, its blocks put back."""
    (found,) = _DATA.findall(html)
    data_id, text = found
    blocks = {int(number): block for key, number, block in _BLOCK.findall(html) if key == data_id}
    payload: dict[str, Any] = json.loads(text)
    return payload | {"blocks": [blocks[number] for number in range(len(blocks))]}


def opened(html: str) -> str:
    """A page with all that its blocks hold, in any order: where a text is not to be found here, it is nowhere."""
    blocks = [gzip.decompress(base64.b64decode(block)) for _, _, block in _BLOCK.findall(html)]
    return "\n".join([html, *(block.decode("utf-8", "replace") for block in blocks)])
