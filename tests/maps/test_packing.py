"""Packed incidents: what Python packs the page's own client unpacks, in every case; nothing forbidden is inside."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import hypothesis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import strategies as st

import bordermap as bm
from bordermap.incidents.conversion.standing import is_single
from bordermap.incidents.readers.about import About
from bordermap.incidents.readers.layer import TEXT
from bordermap.maps.incident_columns.flat import is_flat_table
from bordermap.maps.layers import IncidentLayer
from bordermap.maps.packing.columns import (
    MISSING,
    CodeColumn,
    IntColumn,
    Numbered,
    SetColumn,
    Table,
    TextColumn,
    numbers_of,
)
from bordermap.maps.packing.ordering import in_order
from bordermap.maps.packing.packed import pack
from bordermap.maps.packing.texts import BYTES, ROWS, text_blocks

from support.client import CLIENT, build_hook
from support.flat_cases import TERMEZ, flat_casebook
from support.flats import TEXTS, flat_casebooks
from support.packed import of_payload, opened, unpacked

EXAMPLES = 120

#: Numbers of 32 bits, the ends of every width among them.
INTS = st.one_of(
    st.sampled_from([MISSING, MISSING + 1, -1, 0, 1, 127, 128, -128, -129, 2**15, -(2**15) - 1, 2**31 - 1]),
    st.integers(-300, 300),
    st.integers(MISSING, 2**31 - 1),
)
WORDS = st.one_of(st.sampled_from([*TEXTS, "\x00", "\ufeffx", "<!--", "a" * 3000]), st.text(max_size=6))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of every kind of column, rows in any order, none at all among them."""
    count, places, whens = draw(st.integers(0, 12)), draw(st.integers(1, 4)), draw(st.integers(1, 4))
    counts = {"row": count, "place": places, "when": whens}

    def numbers(of: str, most: int) -> Any:
        size = counts[of]
        return np.array(draw(st.lists(st.integers(0, most), min_size=size, max_size=size)), dtype=np.int64)

    columns: list[Numbered] = [
        IntColumn("place", "row", numbers("row", places - 1)),
        IntColumn("when", "row", numbers("row", whens - 1)),
    ]
    for of in ("row", "place", "when"):
        values = draw(st.lists(INTS, min_size=counts[of], max_size=counts[of]))
        columns.append(IntColumn(f"{of} int", of, np.array(values, dtype=np.int64)))
        many = draw(st.sampled_from([0, 1, 5, 300, 70_000]))
        words = ["", *draw(st.lists(WORDS, max_size=5)), *map(str, range(many))]
        columns.append(CodeColumn(f"{of} code", of, numbers(of, len(words) - 1), words))
        sets = [[], *draw(st.lists(st.lists(st.integers(1, 3)), max_size=4))]
        columns.append(SetColumn(f"{of} set", of, numbers(of, len(sets) - 1), sets, ["", "a", "<b>", "ترمذ"]))
    texts = [_text(name, draw(st.lists(WORDS, min_size=count, max_size=count))) for name in ("id", "notes")]
    return Table(counts, columns, texts[: draw(st.integers(0, 2))])  # type: ignore[arg-type]


def _text(name: str, values: list[str]) -> TextColumn:
    return TextColumn(name, pa.chunked_array([pa.array(values, type=TEXT)]))


def expected(table: Table) -> dict[str, Any]:
    """What the client must give: one value a row, whatever table it is of."""
    at = {of: np.arange(table.counts[of]) for of in table.counts}
    rows = {
        "row": at["row"],
        "place": numbers_of(table.column("place")),
        "when": numbers_of(table.column("when")),
    }
    found: dict[str, Any] = {}
    for column in table.columns:
        numbers = numbers_of(column)[rows[column.of]].tolist()
        if isinstance(column, SetColumn):
            found[column.name] = [[column.words[word] for word in column.sets[number]] for number in numbers]
        else:
            found[column.name] = (
                [column.words[n] for n in numbers] if isinstance(column, CodeColumn) else numbers
            )
    return found | {each.name: each.values.to_pylist() for each in table.texts}


SCRIPT = """
import { readFileSync } from "node:fs";
import { unpack } from "./unpack.mjs";
const found = [];
for (const { head, blocks } of JSON.parse(readFileSync(0, "utf8"))) {
  const columns = await unpack(head, (k) => blocks[k]);
  const rows = [...Array(columns.n).keys()];
  const values = {};
  for (const { name, kind } of head.columns) {
    if (kind === "int") values[name] = [...columns.ints(name)];
    if (kind === "code") { const { codes, words } = columns.codes(name); values[name] = [...codes].map((c) => words[c]); }
    if (kind === "set") {
      const { codes, sets, words } = columns.sets(name);
      values[name] = [...codes].map((c) => sets[c].map((w) => words[w]));
    }
  }
  for (const name of head.texts.names) if (rows.some((row) => columns.text(name, row) !== undefined)) throw Error("early");
  await columns.load(rows);
  for (const name of head.texts.names) values[name] = rows.map((row) => columns.text(name, row));
  found.push(values);
}
process.stdout.write(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The client's own reader in Node: takes packed tables, gives their columns."""
    hook = build_hook()
    program = hook.node_program()
    hook.install(program, CLIENT)
    folder = tmp_path_factory.mktemp("unpack")
    build = CLIENT / "node_modules" / "esbuild" / "bin" / "esbuild"
    command = [str(program), str(build), "src/columns/unpack.ts", "--bundle", "--format=esm"]
    subprocess.run(
        [*command, f"--outfile={folder / 'unpack.mjs'}"], cwd=CLIENT, check=True, capture_output=True
    )
    (folder / "run.mjs").write_text(SCRIPT, encoding="utf-8")

    def run(packed: list[dict[str, Any]]) -> Any:
        done = subprocess.run(
            [str(program), "run.mjs"],
            cwd=folder,
            input=json.dumps(packed),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    yield run


def test_what_is_packed_the_client_unpacks(node: Any) -> None:
    collected: list[Table] = []

    @hypothesis.settings(max_examples=EXAMPLES, database=None, derandomize=True, deadline=None)
    @hypothesis.given(tables())
    def collect(table: Table) -> None:
        collected.append(table)

    collect()
    packed = [pack(table) for table in collected]
    found = node([{"head": each.head, "blocks": each.blocks} for each in packed])
    assert len(found) == len(collected) >= EXAMPLES
    for table, one, values in zip(collected, packed, found, strict=True):
        assert values == expected(table)
        mine = unpacked(one.head, one.blocks)
        assert {
            name: [MISSING if each is None else each for each in mine.values(name)] for name in values
        } == values


def test_many_blocks_of_texts_come_back_in_the_order_of_time(node: Any) -> None:
    count = 2 * ROWS + 7
    when = np.arange(count)[::-1] % 5
    long = ["x" * (BYTES // 2) if at % 300 == 3 else f"{at} é" for at in range(count)]
    columns: list[Numbered] = [
        IntColumn("place", "row", np.zeros(count, int)),
        IntColumn("when", "row", when),
    ]
    table = Table({"row": count, "place": 1, "when": 5}, columns, [_text("id", long)])
    packed = pack(table)
    assert len(packed.head["texts"]["starts"]) > 4
    (values,) = node([{"head": packed.head, "blocks": packed.blocks}])
    assert values["id"] == long


def test_blocks_keep_to_their_sizes_unless_one_text_is_larger() -> None:
    texts = ["a" * 10] * 1500 + ["b" * (BYTES + 1)] + ["c" * 2000] * 600
    with ThreadPoolExecutor(1) as pool:
        starts, blocks = text_blocks([_text("notes", texts)], np.arange(len(texts)), pool)
    assert starts[0] == 0 and starts[-1] == len(texts) and len(blocks) == len(starts) - 1
    for block, start, end in zip(blocks, starts, starts[1:], strict=False):
        size = len(gzip.decompress(base64.b64decode(block))) - 4 * (end - start)
        assert 0 < end - start <= ROWS and (size <= BYTES or end - start == 1)


#: Two rows, two places and one date, byte plane by byte plane.
CORE = "0002000032ff51ffcdff00ff62ff99ff71ff00ff389538950101000100"


def test_the_header_is_what_it_was() -> None:
    columns: list[Numbered] = [
        IntColumn("lon", "place", np.array([6_727_833, MISSING])),
        IntColumn("lat", "place", np.array([3_722_417, MISSING])),
        IntColumn("from", "when", np.array([19_100, 19_100])),
        IntColumn("to", "when", np.array([19_100, 19_100])),
        CodeColumn("date", "when", np.array([1, 1]), ["", "18 April 2022"]),
        CodeColumn("status", "row", np.array([1, 0]), ["", "reported"]),
        SetColumn("deaths", "row", np.array([1, 0]), [[], [1]], ["", "0"]),
    ]
    packed = pack(in_order(columns, [_text("id", ["E1", "E2"])], 2))
    assert packed.head == {
        "n": 2,
        "columns": [
            {"name": "place", "kind": "int", "of": "row", "bytes": 1, "coding": "plain", "at": 0},
            {"name": "when", "kind": "int", "of": "row", "bytes": 1, "coding": "plain", "at": 2},
            {"name": "lon", "kind": "int", "of": "place", "bytes": 4, "coding": "plain", "at": 4},
            {"name": "lat", "kind": "int", "of": "place", "bytes": 4, "coding": "plain", "at": 12},
            {"name": "from", "kind": "int", "of": "when", "bytes": 2, "coding": "plain", "at": 20},
            {"name": "to", "kind": "int", "of": "when", "bytes": 2, "coding": "plain", "at": 22},
            {"name": "date", "kind": "code", "of": "when", "bytes": 1, "coding": "plain", "at": 24},
            {"name": "status", "kind": "code", "of": "row", "bytes": 1, "coding": "plain", "at": 25},
            {"name": "deaths", "kind": "set", "of": "row", "bytes": 1, "coding": "plain", "at": 27},
        ],
        "counts": {"row": 2, "place": 2, "when": 1},
        "texts": {"names": ["id"], "starts": [0, 2]},
        "core": 0,
        "dictionary": 1,
    }
    raw = [base64.b64decode(block) for block in packed.blocks]
    assert all(each[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" for each in raw)
    assert gzip.decompress(raw[0]).hex() == CORE
    assert json.loads(gzip.decompress(raw[1])) == {
        "words": {"date": ["", "18 April 2022"], "status": ["", "reported"], "deaths": ["", "0"]},
        "sets": {"deaths": [[], [1]]},
    }
    assert gzip.decompress(raw[2]) == b"\x02\0\0\0\x02\0\0\0E1E2"


ROW = TERMEZ | {
    "event_id": "SECRET-ID", "title": "SECRET title", "notes": "SECRET note", "actor1": "SECRET actor",
    "source": "SECRET source", "source_url": "https://secret.example/", "fatalities_best": "987654",
    "location": "Termez", "country": "UZB", "geo_precision": "settlement", "location_basis": "given",
    "date_start": "2022-04-18", "incident_type": "shooting",
}  # fmt: skip


@pytest.mark.parametrize("enriched", [False, True])
def test_what_rights_forbid_is_in_no_block(enriched: bool) -> None:
    about = About(title="A table", rights="display_only", attribution="Its makers.", focus="AFG")
    case = flat_casebook(ROW, ROW | {"event_id": "SECRET-2"}, about=about)
    case = bm.enrich(case, bm.read_borders("AFG")) if enriched else case
    payload = IncidentLayer(case).payload()
    html = opened(bm.Map([IncidentLayer(case)]).html())
    assert "SECRET" not in html and "secret.example" not in html and "987654" not in html
    found = of_payload(payload)
    assert found.values("id") == ["1", "2"] and found.values("notes") == ["", ""]
    assert found.values("party") == [[], []] and found.values("killed_best") == [None, None]
    assert found.values("source") == [["A table"]] * 2 and found.values("where") == ["Termez"] * 2


def test_the_same_casebook_gives_the_same_blocks() -> None:
    first, second = (IncidentLayer(replace(bm.read_casebook())).payload() for _ in range(2))
    assert first["blocks"] == second["blocks"] and first["packed"] == second["packed"]
    assert len({hashlib.sha256(block.encode()).digest() for block in first["blocks"]}) == len(first["blocks"])


def test_rows_stand_by_place_along_the_curve_and_those_without_a_point_last() -> None:
    found = of_payload(IncidentLayer(bm.read_casebook()).payload())
    places = found.values("place") if "place" in found.texts else found.tables["row"]["place"]
    assert places == sorted(places)
    lons = found.values("lon")
    pointed = [lon is not None for lon in lons]
    assert pointed == sorted(pointed, reverse=True) and 0 < sum(pointed) < len(pointed)


@hypothesis.settings(max_examples=40, deadline=None)
@hypothesis.given(flat_casebooks())
def test_every_flat_casebook_is_packed_with_what_its_incidents_are(case: bm.Casebook) -> None:
    case = replace(case, about=replace(case.about, rights="open"))
    assert is_single(case) and is_flat_table(case)
    found = of_payload(IncidentLayer(case).payload())
    given = sorted(zip(case.incidents["event_id"], case.incidents["notes"], strict=True))
    assert sorted(found.rows("id", "notes")) == given
    assert sorted(found.values("type")) == sorted(case.incidents["incident_type"])
