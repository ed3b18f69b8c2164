import assert from "node:assert/strict";
import { test } from "node:test";
import type { Aggregates } from "../src/payload.ts";
import { cellName, makeTally, shadeOf, unitCount } from "../src/counts/tally.ts";
import { ordered, sheets } from "../src/counts/tallycolumns.ts";
import { bounds, cellSize, tallySum } from "../src/counts/tallylegend.ts";
import { figure } from "../src/counts/unitcard.ts";
import { cellAt, stretchAt } from "../src/counts/unitspots.ts";
import { widths } from "../src/counts/stretches.ts";
import { project } from "../src/map/projection.ts";
import { HOSTILE } from "./sample.ts";

const LAYER: Aggregates = {
  kind: "aggregates",
  key: "aggregates",
  name: "Counts",
  group: "Incidents",
  shown: true,
  cells: {
    west: [68, 68.25, -0.25],
    south: [36, 36, -0.25],
    east: [68.25, 68.5, 0],
    north: [36.25, 36.25, 0],
    n: [12, 3, 1],
    columns: [
      { key: "reported", kind: "status", label: "Reported", values: [12, 3, 1] },
      { key: "shooting", kind: "type", label: "Shooting", values: [5, 3, 0] },
      { key: "fatalities_best", kind: "figure", label: "Killed", values: [4, null, 0] },
    ],
  },
  cellClasses: [
    { low: 1, high: 2, shade: 1 },
    { low: 3, high: 12, shade: 6 },
  ],
  stretches: [
    {
      key: "a",
      name: "East",
      pair: "A – B",
      certain: 4,
      possible: 2,
      lengthKm: 100,
      note: "",
      parts: [
        {
          status: "agreed",
          lines: [
            [
              [68, 36],
              [69, 36],
            ],
          ],
        },
      ],
    },
    { key: "b", name: "West", pair: "A – B", certain: 0, possible: 2, note: "no line", parts: [] },
  ],
  stretchClasses: [{ low: 1, high: 10, shade: 4 }],
  classesNote: "",
  unplaced: [
    { key: "admin1", label: "province", n: 3 },
    { key: "country", label: "country only", n: 1 },
  ],
  rows: 20,
  said: ["Of 2024"],
};
const tally = makeTally(LAYER, "tally-0");
const [first, second, third] = tally.cells;
const [east, west] = tally.stretches;

test("counts in cells and outside add up to the rows", () => {
  assert.deepEqual([tally.inCells, tally.outside, tally.rows], [16, 4, 20]);
  assert.equal(tallySum(tally), "20 incidents: 16 in 3 cells, 4 not placeable at this scale.");
});

test("a cell is named by its edges, on either side of equator and meridian", () => {
  assert.equal(first!.label, "36–36.25° N, 68–68.25° E");
  assert.equal(third!.label, "0–0.25° S, 0–0.25° W");
  assert.equal(cellName(-0.5, -0.5, 0.5, 0.5), "0.5° S – 0.5° N, 0.5° W – 0.5° E");
});

test("a count has the tint of its class, and none outside of them", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 12, 13].map((n) => shadeOf(n, tally.cellClasses)),
    [0, 1, 1, 6, 6, 0],
  );
  assert.deepEqual(tally.cellClasses.map(bounds), ["1–2", "3–12"]);
  assert.equal(bounds({ low: 1000, high: 1000, shade: 1 }), "1,000");
});

test("the side of cells is said where all are alike", () => {
  assert.equal(cellSize(tally.cells), " of 0.25°");
  assert.equal(cellSize([...tally.cells, { ...first!, east: 70 }]), "");
});

test("what is certain and what is possible is never added in words", () => {
  assert.equal(unitCount(first!), "12 incidents");
  assert.equal(unitCount(east!), "4 incidents, possibly 2 more");
  assert.equal(unitCount(west!), "possibly 2 incidents");
});

test("a band is wider for what is possible too, and has no core without what is certain", () => {
  for (const zoom of [3, 4, 8]) {
    assert.ok(widths(east!, zoom).edge > widths(east!, zoom).core);
    assert.equal(widths({ core: 4, edge: 4, possible: 0 }, zoom).edge, widths({ core: 4, edge: 4, possible: 0 }, zoom).core);
    assert.equal(widths(west!, zoom).core, 0);
  }
});

test("a place lies in one cell: the edge belongs to the cell that begins there", () => {
  assert.equal(cellAt(tally, 68.1, 36.1), first);
  assert.equal(cellAt(tally, 68.25, 36), second);
  assert.equal(cellAt(tally, 68.5, 36.1), undefined);
});

test("a stretch is hit near its line, not beyond its end", () => {
  const at = (lon: number, lat: number): unknown => stretchAt(tally, ...project(lon, lat), 2 ** 8);
  assert.equal(at(68.5, 36.01), east);
  assert.equal(at(68.5, 36.5), undefined);
  assert.equal(at(69.5, 36), undefined);
});

test("tables hold every unit, sort by each column, and leave unknown figures last", () => {
  const [cells, stretches] = sheets([tally]);
  assert.deepEqual(
    cells!.columns.map(({ key }) => key),
    ["name", "n", "n_shooting", "n_fatalities_best"],
  );
  assert.deepEqual(
    cells!.columns.map(({ sum }) => sum),
    ["All cells", "16", "8", "4"],
  );
  assert.deepEqual(
    stretches!.columns.map(({ sum }) => sum),
    ["All stretches", "", "4", "–"],
  );
  const by = (key: string, down: boolean): number[] =>
    ordered(
      cells!.units,
      cells!.columns.find((column) => column.key === key)!,
      down,
    ).map((unit) => (unit.kind === "cell" ? unit.n : -1));
  assert.deepEqual(by("n", true), [12, 3, 1]);
  assert.deepEqual(by("n", false), [1, 3, 12]);
  assert.deepEqual(by("n_fatalities_best", true), [12, 1, 3]);
  assert.deepEqual(by("n_fatalities_best", false), [1, 12, 3]);
  assert.equal(figure(null), "–");
  assert.equal(figure(0), "0");
});

test("missing and hostile fields do no harm", () => {
  assert.deepEqual(makeTally({}, "t").cells, []);
  const odd = makeTally(
    {
      ...LAYER,
      cells: {
        west: [1, Number.NaN],
        south: [1, 1],
        east: [2, 2],
        north: [2, 2],
        n: [HOSTILE as unknown as number, 3],
        columns: [],
      },
      stretches: [{ ...LAYER.stretches[0]!, name: HOSTILE, certain: -3, possible: Number.NaN }],
      unplaced: [{ key: "x", label: HOSTILE, n: Infinity }],
    },
    "t",
  );
  assert.deepEqual(
    odd.cells.map(({ n }) => n),
    [0],
  );
  assert.deepEqual([odd.stretches[0]!.label, odd.stretches[0]!.certain, odd.stretches[0]!.possible], [HOSTILE, 0, 0]);
  assert.equal(odd.outside, 0);
});
