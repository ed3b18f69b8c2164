// The client's reader of packed incidents: numbers, words, sets and texts as Python packs them.

import { test } from "node:test";
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { MISSING } from "../src/columns/columns.ts";
import type { Packed, PackedColumn } from "../src/payload.ts";
import { bytesOf, emptyColumns, timeOrder, unpack } from "../src/columns/unpack.ts";

const packed = (bytes: Uint8Array | string): string => gzipSync(bytes).toString("base64");

function column(name: string, kind: PackedColumn["kind"], of: PackedColumn["of"], at: number, more: Partial<PackedColumn> = {}): PackedColumn {
  return { name, kind, of, bytes: 1, coding: "plain", at, ...more };
}

function textBlock(columns: readonly (readonly string[])[]): Buffer {
  const bytes = columns.map((texts) => texts.map((text) => Buffer.from(text, "utf8")));
  const lengths = new Uint32Array(bytes.flat().map((each) => each.length));
  return Buffer.concat([Buffer.from(lengths.buffer), ...bytes.flat()]);
}

const HEAD: Packed = {
  n: 3,
  columns: [
    column("place", "int", "row", 0, { coding: "delta" }),
    column("when", "int", "row", 3),
    column("lon", "int", "place", 6, { bytes: 4 }),
    column("status", "code", "row", 14),
    column("pair", "set", "place", 17),
    column("date", "code", "when", 19, { coding: "delta" }),
  ],
  counts: { row: 3, place: 2, when: 2 },
  texts: { names: ["id", "notes"], starts: [0, 2, 3] },
  core: 0,
  dictionary: 1,
};
// place 0,0,1; when 1,0,1; lon 3 and missing in four planes; status 1,0,1; pair 1,0; date 0,1 as differences.
const CORE = Uint8Array.of(0, 0, 2, 2, 0, 2, 6, 255, 0, 255, 0, 255, 0, 255, 1, 0, 1, 1, 0, 0, 2);
const WORDS = {
  words: { status: ["", "reported"], pair: ["", "AFG-TJK", "AFG-UZB"], date: ["", "5 July"] },
  sets: { pair: [[], [2, 1]] },
};
const BLOCKS = [
  packed(CORE),
  packed(JSON.stringify(WORDS)),
  packed(textBlock([["row 1", "row 0"], ["", "ترمذ"]])),
  packed(textBlock([["row 2"], ["\ufeff<b>"]])),
];

test("numbers, words and sets are gathered for every row", async () => {
  const columns = await unpack(HEAD, (k) => BLOCKS[k] ?? "");
  assert.deepEqual([...columns.ints("lon")!], [3, 3, MISSING]);
  assert.deepEqual([...columns.ints("when")!], [1, 0, 1]);
  assert.deepEqual([...columns.codes("status")!.codes], [1, 0, 1]);
  assert.deepEqual([...columns.codes("date")!.codes], [1, 0, 1]);
  assert.deepEqual([...columns.sets("pair")!.codes], [1, 1, 0]);
  assert.deepEqual(columns.sets("pair")!.sets[1], [2, 1]);
  assert.equal(columns.ints("lon"), columns.ints("lon"));
  assert.equal(columns.ints("status") ?? columns.codes("lon") ?? columns.sets("nothing"), undefined);
});

test("rows are in the order of their dates, rows of one date in their own", async () => {
  const columns = await unpack(HEAD, (k) => BLOCKS[k] ?? "");
  assert.deepEqual([...columns.order], [1, 0, 2]);
  assert.deepEqual([...timeOrder(Int32Array.of(2, 0, 2, 1, 0), 3)], [1, 4, 3, 0, 2]);
  assert.deepEqual([...timeOrder(new Int32Array(0), 0)], []);
});

test("texts are unpacked when they are loaded, and only those blocks", async () => {
  const asked: number[] = [];
  const columns = await unpack(HEAD, (k) => (asked.push(k), BLOCKS[k] ?? ""));
  assert.equal(columns.text("id", 0), undefined);
  await Promise.all([columns.load([0]), columns.load([1, 0])]);
  assert.deepEqual(asked, [0, 1, 2]);
  assert.deepEqual([columns.text("id", 0), columns.text("notes", 0), columns.text("notes", 1)], ["row 0", "ترمذ", ""]);
  assert.equal(columns.text("id", 2), undefined);
  await columns.load([2]);
  assert.deepEqual([columns.text("id", 2), columns.text("notes", 2)], ["row 2", "\ufeff<b>"]);
  assert.equal(columns.text("title", 0) ?? columns.text("id", 9) ?? columns.text("id", -1), undefined);
});

test("only the blocks that were used last are kept", async () => {
  const count = 70;
  const head: Packed = {
    ...HEAD,
    n: count,
    columns: [column("when", "int", "row", 0)],
    counts: { row: count, place: 0, when: 1 },
    texts: { names: ["id"], starts: Array.from({ length: count + 1 }, (_, at) => at) },
  };
  const blocks = [packed(new Uint8Array(count)), packed('{"words":{},"sets":{}}')];
  const columns = await unpack(head, (k) => blocks[k] ?? packed(textBlock([[`row ${k - 2}`]])));
  for (let row = 0; row < count; row++) {
    await columns.load([row]);
    assert.equal(columns.text("id", 0), "row 0");
  }
  assert.equal(columns.text("id", 1), undefined);
  assert.equal(columns.text("id", count - 1), `row ${count - 1}`);
});

test("nothing at all is columns too, and bytes of any length come back", async () => {
  const none = emptyColumns();
  await none.load([0, 1]);
  assert.deepEqual([none.n, none.order.length, none.text("id", 0), none.ints("lon")], [0, 0, undefined, undefined]);
  const bytes = Uint8Array.from({ length: 100_003 }, (_, at) => (at * 31) & 255);
  assert.deepEqual(await bytesOf(packed(bytes)), bytes);
  await assert.rejects(bytesOf("AAAA"));
});
