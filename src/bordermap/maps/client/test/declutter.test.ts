import assert from "node:assert/strict";
import { test } from "node:test";
import { declutter, type Placed, type Spot } from "../src/map/declutter.ts";

const spot = (id: string, x: number, y: number): Spot => ({ id, x, y, width: 20, height: 20 });

function overlap(a: Placed, b: Placed, size = 20): boolean {
  return Math.abs(a.x - b.x) < size && Math.abs(a.y - b.y) < size;
}

function assertApart(placed: readonly Placed[]): void {
  placed.forEach((a, i) => placed.slice(i + 1).forEach((b) => assert.ok(!overlap(a, b), `${a.id} lies over ${b.id}`)));
}

test("a symbol with room stands at its place", () => {
  const [one] = declutter([spot("a", 10.4, 20.6)]);
  assert.deepEqual(one, { id: "a", x: 10.4, y: 20.6, anchorX: 10.4, anchorY: 20.6, moved: false });
});

test("two at one place stand beside it, in a row, with the place kept free", () => {
  const placed = declutter([spot("a", 100, 100), spot("b", 100, 100)]);
  assertApart(placed);
  assert.ok(placed.every((one) => one.moved && one.anchorX === 100 && one.anchorY === 100));
  assert.equal(placed[0]!.y, placed[1]!.y);
  assert.ok(placed.every((one) => Math.abs(one.x - 100) >= 14));
});

test("neighbours that would touch are set apart and keep their anchors", () => {
  const spots = Array.from({ length: 24 }, (_, i) => spot(`s${i}`, 200 + (i % 6) * 7, 200 + Math.floor(i / 6) * 6));
  const placed = declutter(spots);
  assertApart(placed);
  placed.forEach((one, i) => assert.deepEqual([one.anchorX, one.anchorY], [spots[i]!.x, spots[i]!.y]));
});

test("a symbol with room is not moved by a crowd elsewhere", () => {
  const placed = declutter([spot("far", 900, 900), spot("a", 100, 100), spot("b", 104, 100)]);
  assert.equal(placed[0]!.moved, false);
});

test("the same spots give the same picture, wherever the map was panned to", () => {
  const spots = Array.from({ length: 9 }, (_, i) => spot(`s${i}`, 50 + i * 5, 50));
  const moved = spots.map((one) => ({ ...one, x: one.x + 512, y: one.y - 256 }));
  const here = declutter(spots);
  assert.deepEqual(declutter(spots), here);
  const rounded = (placed: Placed[], dx: number, dy: number): number[][] =>
    placed.map(({ x, y }) => [Math.round((x - dx) * 1e6), Math.round((y - dy) * 1e6)]);
  assert.deepEqual(rounded(declutter(moved), 512, -256), rounded(here, 0, 0));
});

test("a badge moves within its area, away from symbols and panels, without a leader", () => {
  const badge: Spot = {
    id: "badge",
    x: 100,
    y: 100,
    width: 26,
    height: 26,
    elsewhere: [
      [140, 100],
      [100, 160],
    ],
  };
  const panel = { minX: 125, minY: 0, maxX: 400, maxY: 400 };
  const placed = declutter([spot("a", 100, 100)], [badge], [panel]);
  assert.deepEqual([placed[1]!.x, placed[1]!.y, placed[1]!.moved], [100, 160, false]);
});

test("a badge with no room in its area gets a leader and overlaps nothing", () => {
  const badge: Spot = { id: "badge", x: 100, y: 100, width: 26, height: 26 };
  const placed = declutter([spot("a", 102, 100)], [badge]);
  assert.equal(placed[1]!.moved, true);
  assert.ok(Math.abs(placed[1]!.x - 102) >= 23 || Math.abs(placed[1]!.y - 100) >= 23);
});

test("thirty at one place form a tidy block", () => {
  const placed = declutter(Array.from({ length: 30 }, (_, i) => spot(`s${i}`, 0, 0)));
  assertApart(placed);
  assert.equal(new Set(placed.map((one) => one.x)).size, 6);
});

test("nothing in, nothing out", () => assert.deepEqual(declutter([]), []));
