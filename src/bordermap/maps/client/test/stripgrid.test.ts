import assert from "node:assert/strict";
import { test } from "node:test";
import { makeBins } from "../src/strips/bins.ts";
import { kmSpan } from "../src/strips/borderscale.ts";
import { MISSING } from "../src/columns/columns.ts";
import { failBit, othersMask, unsureBit } from "../src/filters/dimensions.ts";
import { classesFor, classOf, gridStep, makeGrid, partsTouched, rowsByLine, rowsInCell, type Facts } from "../src/strips/stripgrid.ts";
import { linesInUse } from "../src/strips/striplines.ts";
import { nextStop } from "../src/strips/stripwalk.ts";
import { dice } from "./manyrows.ts";

const MASK = othersMask("along");

test("parts are as fine as there is room for", () => {
  assert.deepEqual([gridStep(1405, 70), gridStep(1405, 20), gridStep(26700, 70), gridStep(50, 70)], [50, 100, 500, 10]);
});

test("an interval that ends where a part begins does not touch that part", () => {
  assert.deepEqual(partsTouched(49, 50, 10, 15), [4, 4]);
  assert.deepEqual(partsTouched(50, 50, 10, 15), [5, 5]);
  assert.deepEqual(partsTouched(49, 51, 10, 15), [4, 5]);
  assert.deepEqual(partsTouched(0, 0, 10, 15), [0, 0]);
  assert.deepEqual(partsTouched(150, 155, 10, 15), [14, 14]);
});

test("classes of counts are those of the figures", () => {
  const few = classesFor(16);
  assert.deepEqual(
    [0, 1, 2, 3, 4, 7, 8, 15, 16, 9999].map((n) => classOf(n, few)),
    [0, 1, 2, 2, 3, 3, 4, 4, 5, 5],
  );
  assert.deepEqual(
    classesFor(2000).map(([least]) => least),
    [1, 4, 16, 64, 256],
  );
  for (const most of [0, 1, 63, 64, 500, 10_000, 10_000_000]) {
    const classes = classesFor(most);
    assert.equal(classes.length, 5);
    classes.forEach(([least], at) => assert.equal(least, at ? classes[at - 1]![1] + 1 : 1));
  }
});

/** Four incidents on a line of 40 km in the first quarter of 1970. */
const FOUR: Facts = {
  low: Int32Array.from([12, 0, 95, 390]),
  high: Int32Array.from([12, 250, 105, 400]),
  from: Int32Array.from([3, 3, 40, MISSING]),
  to: Int32Array.from([3, 4, 70, MISSING]),
};
const QUARTER = { bins: makeBins("month", 0, 89), length: 400, step: 100 };

test("certain only where one cell holds all of place and time", () => {
  const sieve = { bits: new Uint16Array(4), mask: MASK };
  const grid = makeGrid(FOUR, Uint32Array.of(0, 1, 2, 3), sieve, QUARTER);
  assert.deepEqual([grid.parts, grid.placed, grid.undated], [4, 3, 1]);
  assert.deepEqual([...grid.certain], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual([...grid.possible], [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
  assert.deepEqual(rowsInCell(FOUR, Uint32Array.of(1, 0, 2, 3), sieve, grid, [0, 0]), [0, 1]);
  assert.deepEqual(rowsInCell(FOUR, Uint32Array.of(0, 1, 2, 3), sieve, grid, [1, 2]), [2]);
});

test("what another filter is not sure of is only possible", () => {
  const sieve = { bits: Uint16Array.from([unsureBit("stretch"), failBit("type"), 0, 0]), mask: MASK };
  const grid = makeGrid(FOUR, Uint32Array.of(0, 1), sieve, QUARTER);
  assert.deepEqual([grid.certain[0], grid.possible[0], grid.placed], [0, 1, 1]);
});

test("counts and rows of cells are those of brute force", () => {
  const roll = dice(11);
  const n = 300;
  const low = Int32Array.from({ length: n }, () => roll(1405));
  const high = low.map((at) => Math.min(1405, at + (roll(2) ? 0 : roll(300))));
  const from = Int32Array.from({ length: n }, () => (roll(15) ? 19_000 + roll(700) : MISSING));
  const to = from.map((begin) => (begin === MISSING ? MISSING : begin + (roll(2) ? 0 : roll(60))));
  const facts = { low, high, from, to };
  const sieve = { bits: Uint16Array.from({ length: n }, () => (roll(4) ? 0 : failBit("status"))), mask: MASK };
  const rows = Uint32Array.from({ length: n }, (_, row) => row).filter((row) => row % 3);
  const bins = makeBins("month", 19_000, 19_800);
  const grid = makeGrid(facts, rows, sieve, { bins, length: 1405, step: 50 });
  assert.equal(grid.parts, 29);
  let certain = 0;
  for (let part = 0; part < grid.parts; part++) {
    for (let bin = 0; bin < bins.size; bin++) {
      const [begin, after, left, right] = [bins.starts[bin]!, bins.starts[bin + 1]!, part * 50, part * 50 + 50];
      const touching = [...rows].filter((row) => {
        const place = low[row]! < right && (high[row]! > left || low[row]! >= left);
        return !sieve.bits[row] && from[row] !== MISSING && place && from[row]! < after && to[row]! >= begin;
      });
      const within = touching.filter((row) => low[row]! >= left && high[row]! <= right && from[row]! >= begin && to[row]! < after);
      assert.equal(grid.certain[part * bins.size + bin], within.length);
      assert.equal(grid.possible[part * bins.size + bin], touching.length - within.length);
      const listed = rowsInCell(facts, rows, sieve, grid, [part, bin]);
      assert.deepEqual(listed.slice(0, within.length), within);
      assert.deepEqual(listed.sort((one, other) => one - other), touching);
      certain += within.length;
    }
  }
  assert.ok(certain > 20 && grid.undated > 0 && certain < grid.placed);
});

test("lines stand by how many incidents they have, and one without a length is as long as its places", () => {
  const lines = Uint8Array.from([1, 2, 2, 0, 2, 1]);
  const low = Int32Array.from([1, 2, 3, 4, MISSING, 6]);
  const high = Int32Array.from([1, 20, 35, 4, MISSING, 6]);
  const rows = rowsByLine(lines, ["", "A-B", "__proto__", "none"], low, high);
  assert.deepEqual([...rows].map(([key, own]) => [key, [...own]]), [["A-B", [0, 5]], ["__proto__", [1, 2]]]);
  const known = [{ key: "A-B", label: "A – B", lengthKm: 140.5 }, { key: "none", label: "None", lengthKm: 3 }];
  const used = linesInUse(known, rows, { low, high, from: low, to: high });
  assert.deepEqual(used.map(({ label, lengthKm }) => [label, lengthKm]), [["A – B", 140.5], ["__proto__", 3.5]]);
});

test("keys go along the border and through time, and reach everything", () => {
  const stops = [{ along: 5, when: 1 }, { along: 1, when: 2 }, { along: 3, when: 0 }, { along: 3, when: 2 }];
  assert.deepEqual(["Home", "End", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "a"].map((key) => nextStop(stops, 3, key)), [2, 3, 0, 2, 3, 1, undefined]);
  assert.deepEqual([nextStop(stops, -1, "ArrowRight"), nextStop([], 0, "Home")], [2, undefined]);
});

test("kilometres are said to a tenth where they need it", () => {
  assert.deepEqual([kmSpan(400, 500), kmSpan(405, 405), kmSpan(0, 7)], ["km 40–50", "km 40.5", "km 0–0.7"]);
});
