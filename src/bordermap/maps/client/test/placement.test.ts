import assert from "node:assert/strict";
import { test } from "node:test";
import { letteringOf } from "../src/map/lettering.ts";
import { place, type Wanted } from "../src/map/placement.ts";

const view = { minX: 0, minY: 0, maxX: 500, maxY: 500 };
const town = (id: string, x: number, y: number, order = 5): Wanted => ({ id, x, y, width: 60, height: 12, order, dot: 4 });

test("a town's name stands to the right of its dot", () => {
  const [label] = place([town("a", 100, 100)], [], view);
  assert.ok(label!.x > 130 && label!.y === 100);
});

test("a taken right side sends it to the left", () => {
  const [label] = place([town("a", 100, 100)], [{ minX: 104, minY: 90, maxX: 200, maxY: 110 }], view);
  assert.ok(label!.x < 70);
});

test("the more important wins, whatever the order given", () => {
  const wall = [
    { minX: 0, minY: 106, maxX: 500, maxY: 500 },
    { minX: 0, minY: 0, maxX: 500, maxY: 93 },
  ];
  const placed = place(
    [
      { ...town("minor", 101, 100, 9), dot: 0 },
      { ...town("major", 100, 100, 1), dot: 0 },
    ],
    wall,
    view,
  );
  assert.deepEqual(
    placed.map((one) => one.id),
    ["major"],
  );
});

test("no two names overlap", () => {
  const many = Array.from({ length: 80 }, (_, i) => town(`t${i}`, (i * 37) % 500, (i * 61) % 500));
  const placed = place(many, [], view);
  assert.ok(placed.length > 20);
  placed.forEach((a, i) => placed.slice(i + 1).forEach((b) => assert.ok(Math.abs(a.x - b.x) >= 60 || Math.abs(a.y - b.y) >= 12)));
});

test("what is out of view is not placed", () => assert.deepEqual(place([town("a", 900, 100)], [], view), []));

test("more towns show as one zooms in", () => {
  const shown = (zoom: number): number => [1, 2, 3, 4, 5, 6].filter((rank) => letteringOf("town", rank, zoom, true)).length;
  assert.deepEqual(
    [4, 5, 6, 7, 8, 9.5].map((zoom) => shown(zoom)),
    [...[4, 5, 6, 7, 8, 9.5].map((zoom) => shown(zoom))].sort((a, b) => a - b),
  );
  assert.ok(shown(9.5) === 6 && shown(4) === 0);
});
