import assert from "node:assert/strict";
import { test } from "node:test";
import { pick, safeUrl } from "../src/dom.ts";
import { geodesic, insidePoints, project } from "../src/map/projection.ts";
import { capital, count, fold, joinWords, sentence, slug } from "../src/text.ts";

test("only http and https addresses become links", () => {
  assert.equal(safeUrl("https://example.org/"), "https://example.org/");
  for (const bad of ["javascript:alert(1)", " https://x", "data:text/html,x", "//x", "", undefined, "HTTPS:x"])
    assert.equal(safeUrl(bad), "");
});

test("records are read by their own keys only", () => {
  assert.equal(pick({ a: 1 }, "a"), 1);
  assert.equal(pick({} as Record<string, number>, "toString"), undefined);
  assert.equal(pick(undefined, "a"), undefined);
});

test("words", () => {
  assert.equal(count(1, "incident"), "1 incident");
  assert.equal(count(1200, "incident"), "1,200 incidents");
  assert.equal(joinWords(["a", "b", "c"]), "a, b and c");
  assert.equal(capital("éa"), "Éa");
  assert.equal(sentence("It did"), "It did.");
  assert.equal(sentence("It did."), "It did.");
  assert.equal(fold("Oʻzbekiston, Mazār-e Sharīf"), "ozbekiston mazar e sharif");
  assert.equal(slug(`a b"<>c`), "abc");
});

test("the projection is Leaflet's", () => {
  const [x, y] = project(0, 0);
  assert.deepEqual([x, y], [128, 128]);
  assert.ok(Math.abs(project(67.27833, 37.22417)[1] - 99.45) < 0.02);
});

test("a geodesic starts and ends where it should and bends polewards", () => {
  const line = geodesic([60, 37], [80, 37]);
  assert.ok(Math.abs(line[0]![0] - 60) < 1e-9 && Math.abs(line.at(-1)![0] - 80) < 1e-9);
  assert.ok(line[12]![1] > 37.3);
  assert.deepEqual(geodesic([1, 1], [1, 1]), [
    [1, 1],
    [1, 1],
  ]);
});

test("a badge's other places lie inside, also with a hole", () => {
  const square = (low: number, high: number): [number, number][] => [
    [low, low],
    [high, low],
    [high, high],
    [low, high],
    [low, low],
  ];
  const points = insidePoints([[square(0, 8), square(3, 5)]], [], [0, 0]);
  assert.ok(points.length > 30);
  assert.ok(points.every(([x, y]) => x > 0 && x < 8 && y > 0 && y < 8 && !(x > 3 && x < 5 && y > 3 && y < 5)));
});
