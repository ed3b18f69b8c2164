import assert from "node:assert/strict";
import { test } from "node:test";
import { countBins, extent, highest, inBin } from "../src/strips/bincounts.ts";
import { binLabel, binOf, binsFor, civil, dayLabel, dayOf, firstDay, makeBins, periodLabel, periodOf, periodsIn, UNITS } from "../src/strips/bins.ts";
import { MISSING } from "../src/columns/columns.ts";
import { failBit, othersMask, unsureBit } from "../src/filters/dimensions.ts";
import * as ranges from "../src/strips/ranges.ts";
import { timeTicks } from "../src/strips/timeaxis.ts";
import { rewound, stepped } from "../src/strips/timeplay.ts";
import { dice } from "./manyrows.ts";

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const MASK = othersMask("time");

test("days and dates go into each other as the browser's own calendar has them", () => {
  for (const at of [-719_162, -141_428, -1, 0, 58, 59, 60, 11_016, 11_017, 19_051, 2_932_896]) {
    const date = new Date(at * 86_400_000);
    const name = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    assert.deepEqual(civil(at), name);
    assert.equal(dayOf(name.year, name.month, name.day), at);
  }
  for (let at = -600_000; at < 800_000; at += 997) {
    const { year, month, day: ofMonth } = civil(at);
    assert.equal(Date.UTC(year, month - 1, ofMonth), at * 86_400_000);
  }
});

test("periods have the numbers and names that `bordermap summary` gives them", () => {
  assert.deepEqual([periodLabel("week", 2729), periodOf("week", day("2022-04-18")), firstDay("week", 0)], ["2022-W16", 2729, -3]);
  assert.deepEqual([periodOf("month", 0), periodOf("month", 31), periodOf("month", day("2022-04-30"))], [0, 1, 627]);
  assert.deepEqual([firstDay("year", 0), firstDay("year", 1) - 1, firstDay("week", 0) + 6], [0, 364, 3]);
  assert.deepEqual([periodLabel("month", 626), periodLabel("year", 52), dayLabel(day("2022-03-03"))], ["Mar 2022", "2022", "3 Mar 2022"]);
  // Weeks at turns of the year: ISO 8601 counts them by their Thursday.
  const weeks = { "2021-01-03": "2020-W53", "2022-01-01": "2021-W52", "2024-12-30": "2025-W01", "1970-01-01": "1970-W01", "2022-03-03": "2022-W09" };
  for (const [date, label] of Object.entries(weeks)) assert.equal(periodLabel("week", periodOf("week", day(date))), label);
});

test("the first day of a period is in it and the day before is not", () => {
  for (const unit of UNITS) {
    for (let at = -400_000; at < 100_000; at += 3_331) {
      const period = periodOf(unit, at);
      assert.ok(firstDay(unit, period) <= at && firstDay(unit, period + 1) > at);
      assert.equal(periodOf(unit, firstDay(unit, period) - 1), period - 1);
    }
  }
});

test("the finest unit is taken that gives few enough bins", () => {
  const [first, last] = [day("2022-01-15"), day("2024-12-20")];
  const units = [2000, 1071, 154, 36, 35, 3, 1].map((most) => binsFor(first, last, most).unit);
  assert.deepEqual(units, ["day", "day", "week", "month", "year", "year", "year"]);
  assert.equal(binsFor(first, last, 20, ["month"]).unit, "month");
  const bins = makeBins("month", first, last);
  assert.deepEqual([bins.size, binLabel(bins, 0), binLabel(bins, 35)], [36, "Jan 2022", "Dec 2024"]);
  assert.deepEqual([bins.starts[0], bins.starts[36]], [day("2022-01-01"), day("2025-01-01")]);
  assert.deepEqual([binOf(bins, day("2021-12-31")), binOf(bins, last), periodsIn("month", first, last)], [-1, 35, 36]);
});

/** What `bordermap summary --by month` says of the same dates: certain and possible by month. */
test("an interval within a month is certain in it, one over months is possible in each", () => {
  const dates: [string, string][] = [
    ["2022-04-18", "2022-04-18"],
    ["2022-04-01", "2022-04-30"],
    ["2022-04-30", "2022-05-01"],
    ["2022-04-18", "2022-07-02"],
    ["2022-07-31", "2022-07-31"],
  ];
  const from = Int32Array.from([...dates.map(([one]) => day(one)), MISSING]);
  const to = Int32Array.from([...dates.map(([, other]) => day(other)), MISSING]);
  const bins = makeBins("month", day("2022-04-01"), day("2022-07-31"));
  const counts = countBins(bins, { from, to }, { kinds: 1, of: new Uint8Array(6) }, { bits: new Uint16Array(6), mask: MASK });
  assert.deepEqual([...counts.certain], [2, 0, 0, 1]);
  assert.deepEqual([...counts.possible], [2, 2, 1, 1]);
  assert.deepEqual([counts.placed, counts.undated, counts.outside, highest(counts)], [5, 1, 0, 4]);
  assert.deepEqual(inBin(counts, 0), { certain: 2, possible: 2 });
  assert.deepEqual(extent({ from, to }), [day("2022-04-01"), day("2022-07-31")]);
});

test("what another filter leaves out is not counted, and what it is not sure of is only possible", () => {
  const at = Int32Array.from([5, 5, 5, 5]);
  const bits = Uint16Array.from([0, failBit("status"), unsureBit("stretch"), failBit("time") | unsureBit("time")]);
  const counts = countBins(makeBins("month", 0, 30), { from: at, to: at }, { kinds: 2, of: [0, 0, 1, 1] }, { bits, mask: MASK });
  assert.deepEqual([[...counts.certain], [...counts.possible]], [[1, 1], [0, 1]]);
});

test("counts are those of brute force, in every unit", () => {
  const roll = dice(7);
  const n = 400;
  const from = Int32Array.from({ length: n }, () => (roll(12) ? day("2021-11-20") + roll(500) : MISSING));
  const to = from.map((begin) => (begin === MISSING ? MISSING : begin + (roll(2) ? 0 : roll(90))));
  const of = Uint8Array.from({ length: n }, () => roll(3));
  const bits = Uint16Array.from({ length: n }, () => (roll(4) ? 0 : failBit("type")));
  for (const unit of UNITS) {
    // Bins that do not hold all days: what lies beyond them is counted apart.
    const bins = makeBins(unit, day("2022-01-10"), day("2022-12-20"));
    const counts = countBins(bins, { from, to }, { kinds: 3, of }, { bits, mask: MASK });
    let [placed, undated, outside] = [0, 0, 0];
    const certain = new Uint32Array(bins.size * 3);
    const possible = new Uint32Array(bins.size * 3);
    for (let row = 0; row < n; row++) {
      if (bits[row]) continue;
      if (from[row] === MISSING) undated++;
      const periods = new Set<number>();
      for (let at = from[row]!; at <= to[row]! && at !== MISSING; at++) periods.add(binOf(bins, at));
      const inside = [...periods].filter((bin) => bin >= 0 && bin < bins.size);
      if (inside.length) placed++;
      else if (periods.size) outside++;
      for (const bin of inside) (periods.size === 1 ? certain : possible)[bin * 3 + of[row]!]!++;
    }
    assert.deepEqual([placed, undated, outside], [counts.placed, counts.undated, counts.outside], unit);
    assert.deepEqual([counts.certain, counts.possible], [certain, possible], unit);
  }
});

test("a range keeps to edges, is never empty, and none is left where it holds all", () => {
  const edges = [0, 10, 20, 30, 40];
  assert.deepEqual([ranges.edgeBefore(edges, 19), ranges.edgeAfter(edges, 19), ranges.nearestEdge(edges, 14)], [1, 2, 1]);
  assert.deepEqual([ranges.edgeBefore(edges, -5), ranges.edgeAfter(edges, 99), ranges.edgeAfter(edges, 20)], [0, 4, 2]);
  assert.deepEqual(ranges.around(edges, 12, 12), [10, 20]);
  assert.deepEqual(ranges.around(edges, 33, 8), [0, 40]);
  assert.deepEqual(ranges.around(edges, 40, 40), [30, 40]);
  assert.deepEqual(ranges.withEnd(edges, [10, 30], 0, 39), [20, 30]);
  assert.deepEqual(ranges.withEnd(edges, [10, 30], 1, -9), [10, 20]);
  assert.deepEqual(ranges.movedTo(edges, [10, 30], 99), [20, 40]);
  assert.deepEqual(ranges.movedBy(edges, [10, 30], -7), [0, 20]);
  assert.deepEqual(ranges.endMovedBy(edges, [10, 30], 1, 1), [10, 40]);
  assert.deepEqual(ranges.indexes(edges, [11, 12]), [1, 2]);
  assert.deepEqual([ranges.unlessWhole(edges, [0, 40]), ranges.unlessWhole(edges, [0, 30])], [null, [0, 30]]);
});

test("a window steps on bin by bin and stops at the end", () => {
  const edges = [0, 31, 59, 90];
  assert.deepEqual([stepped(edges, null, 1), stepped(edges, null, -1)], [[0, 31], [59, 90]]);
  assert.deepEqual([stepped(edges, [0, 31], 1), stepped(edges, [0, 59], 1)], [[31, 59], [31, 90]]);
  assert.deepEqual([stepped(edges, [59, 90], 1), stepped(edges, [0, 59], -1), stepped([0, 31], null, 1)], [null, null, null]);
  assert.deepEqual(rewound(edges, [31, 90]), [0, 59]);
});

test("ticks are no nearer than asked, and the first one says the year", () => {
  const labels = (first: string, after: string, pixels: number): string[] => timeTicks(day(first), day(after), pixels, 40).map(({ label }) => label);
  assert.deepEqual(labels("2020-01-01", "2026-01-01", 400), ["2020", "2021", "2022", "2023", "2024", "2025"]);
  assert.deepEqual(labels("2022-03-01", "2022-06-01", 200), ["Mar 2022", "Apr", "May"]);
  assert.deepEqual(labels("2022-02-27", "2022-03-14", 100), ["28 Feb 2022", "7 Mar"]);
  assert.deepEqual(labels("1001-01-01", "2026-01-01", 100), ["1500", "2000"]);
});
