import assert from "node:assert/strict";
import { test } from "node:test";
import { MISSING, type Columns } from "../src/columns/columns.ts";
import { yearOf } from "../src/filters/counting.ts";
import { DIMENSIONS, type Along } from "../src/filters/dimensions.ts";
import { Filters, type Dimension, type Range, type WordDimension } from "../src/filters/filters.ts";
import { columnsOf, dice, randomColumns } from "./manyrows.ts";

const ALTERNATIVES = new Set<Dimension>(["stretch", "deaths"]);

/** What is chosen, kept apart from the engine. */
interface Wish {
  words: Map<WordDimension, ReadonlySet<string>>;
  time: Range | null;
  along: Along | null;
}
type Verdict = "no" | "possibly" | "yes";

function members(columns: Columns, dimension: WordDimension, row: number): string[] {
  const code = columns.codes(dimension);
  if (code) return [code.words[code.codes[row]!]!].filter((word) => word !== "");
  const set = columns.sets(dimension);
  return set ? set.sets[set.codes[row]!]!.map((at) => set.words[at]!) : [];
}

function judgeWords(columns: Columns, dimension: WordDimension, row: number, chosen: ReadonlySet<string>): Verdict {
  const found = members(columns, dimension, row);
  if (!found.length) return chosen.has("") ? "yes" : "no";
  const hits = found.filter((word) => chosen.has(word)).length;
  return !hits ? "no" : ALTERNATIVES.has(dimension) && hits < found.length ? "possibly" : "yes";
}

function judgeInterval(from: number, to: number, low: number, high: number): Verdict {
  if (from === MISSING || to < low || from > high) return "no";
  return from >= low && to <= high ? "yes" : "possibly";
}

function judge(columns: Columns, wish: Wish, dimension: Dimension, row: number): Verdict {
  const int = (name: string): number => columns.ints(name)?.[row] ?? MISSING;
  if (dimension === "time") return wish.time ? judgeInterval(int("from"), int("to"), ...wish.time) : "yes";
  if (dimension === "along") {
    if (!wish.along) return "yes";
    const line = columns.codes("line");
    if (!line || line.words[line.codes[row]!] !== wish.along.line) return "no";
    return judgeInterval(int("along_low"), int("along_high"), wish.along.low, wish.along.high);
  }
  const chosen = wish.words.get(dimension);
  return chosen ? judgeWords(columns, dimension, row, chosen) : "yes";
}

function judgeAll(columns: Columns, wish: Wish, row: number, but?: Dimension): Verdict {
  const all = DIMENSIONS.filter((one) => one !== but).map((one) => judge(columns, wish, one, row));
  return all.includes("no") ? "no" : all.includes("possibly") ? "possibly" : "yes";
}

type Plain = Record<string, [number, number]>;

/** Counts by word the long way. */
function countSlowly(columns: Columns, wish: Wish, dimension: Dimension): Plain {
  const counts = new Map<string, [number, number]>();
  for (let row = 0; row < columns.n; row++) {
    const found = wordsOf(columns, dimension, row);
    const isOpen = found.length > 1 && (ALTERNATIVES.has(dimension) || dimension === "time");
    const verdict = judgeAll(columns, wish, row, dimension);
    for (const word of found) {
      // Years that no row passes with are not listed; words are, as long as any row has them.
      if (dimension === "time" && verdict === "no") continue;
      const count = counts.get(word) ?? [0, 0];
      counts.set(word, count);
      if (verdict !== "no") count[verdict === "yes" && !isOpen ? 0 : 1]++;
    }
  }
  return plain(counts);
}

function wordsOf(columns: Columns, dimension: Dimension, row: number): string[] {
  if (dimension === "along") return [columns.codes("line")?.words[columns.codes("line")!.codes[row]!] ?? ""];
  if (dimension !== "time") return members(columns, dimension, row).length ? members(columns, dimension, row) : [""];
  const from = columns.ints("from")?.[row] ?? MISSING;
  const to = columns.ints("to")?.[row] ?? MISSING;
  if (from === MISSING) return [""];
  const [first, last] = [from, to].map((day) => new Date(day * 86_400_000).getUTCFullYear());
  return Array.from({ length: last! - first! + 1 }, (_, at) => String(first! + at));
}

function plain(counts: Map<string, [number, number]>): Plain {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([word, count]) => [`=${word}`, count]));
}

function agree(columns: Columns, filters: Filters, wish: Wish): void {
  const verdicts = Array.from({ length: columns.n }, (_, row) => judgeAll(columns, wish, row));
  assert.deepEqual(
    [...filters.shown],
    verdicts.map((one) => (one === "no" ? 0 : 1)),
  );
  assert.equal(filters.total, verdicts.filter((one) => one !== "no").length);
  assert.equal(filters.possible, verdicts.filter((one) => one === "possibly").length);
  for (const dimension of DIMENSIONS) {
    const counts = new Map<string, [number, number]>();
    for (const [word, { certain, possible }] of filters.counts(dimension)) counts.set(word, [certain, possible]);
    assert.deepEqual(plain(counts), countSlowly(columns, wish, dimension), dimension);
  }
}

/** One random change, made to the engine and to the wish. */
function change(columns: Columns, filters: Filters, wish: Wish, roll: (below: number) => number): void {
  const dimension = DIMENSIONS[roll(DIMENSIONS.length)]!;
  const off = roll(4) === 0;
  if (dimension === "time") {
    const low = roll(1400) - 150;
    wish.time = off ? null : [low, low + roll(500)];
    filters.time(wish.time);
  } else if (dimension === "along") {
    const low = roll(300) - 100;
    wish.along = off ? null : { line: ["A-B", "B-C", "nowhere"][roll(3)]!, low, high: low + roll(200) };
    filters.along(wish.along);
  } else {
    const words = [...(columns.codes(dimension) ?? columns.sets(dimension) ?? { words: [""] }).words, "unknown"];
    const chosen = new Set(words.filter(() => roll(2) === 0));
    if (off) wish.words.delete(dimension);
    else wish.words.set(dimension, chosen);
    filters.choose(dimension, off ? null : chosen);
  }
}

test("every dimension and combination agrees with a brute-force count", () => {
  for (let seed = 1; seed <= 12; seed++) {
    const columns = randomColumns(seed === 1 ? 1 : 160, seed);
    const filters = new Filters(columns);
    const wish: Wish = { words: new Map(), time: null, along: null };
    const roll = dice(1000 + seed);
    agree(columns, filters, wish);
    for (let step = 0; step < 25; step++) {
      change(columns, filters, wish, roll);
      agree(columns, filters, wish);
    }
    filters.clear();
    agree(columns, filters, { words: new Map(), time: null, along: null });
  }
});

test("every filter at once can be taken away one by one", () => {
  const columns = randomColumns(400, 77);
  const filters = new Filters(columns);
  const wish: Wish = { words: new Map(), time: [0, 900], along: { line: "A-B", low: -50, high: 250 } };
  for (const dimension of DIMENSIONS) {
    if (dimension === "time" || dimension === "along") continue;
    const { words } = (columns.codes(dimension) ?? columns.sets(dimension))!;
    wish.words.set(dimension, new Set(words.slice(0, -1)));
    filters.choose(dimension, wish.words.get(dimension)!);
  }
  filters.time(wish.time);
  filters.along(wish.along);
  agree(columns, filters, wish);
  assert.deepEqual(filters.active(), DIMENSIONS);
  for (const dimension of [...DIMENSIONS].reverse()) {
    filters.remove(dimension);
    if (dimension === "time") wish.time = null;
    else if (dimension === "along") wish.along = null;
    else wish.words.delete(dimension);
    agree(columns, filters, wish);
  }
  assert.deepEqual(filters.active(), []);
});

test("of two alternatives one chosen gives a possible row, both a certain one", () => {
  const stretch = { words: ["", "a", "b"], sets: [[], [1], [1, 2]], codes: Uint8Array.of(0, 1, 2) };
  const filters = new Filters(columnsOf(3, { sets: { stretch } }));
  assert.deepEqual(Object.fromEntries(filters.counts("stretch")), {
    "": { certain: 1, possible: 0 },
    a: { certain: 1, possible: 1 },
    b: { certain: 0, possible: 1 },
  });
  filters.choose("stretch", new Set(["a"]));
  assert.deepEqual([[...filters.shown], filters.total, filters.possible], [[0, 1, 1], 2, 1]);
  filters.choose("stretch", new Set(["a", "b"]));
  assert.deepEqual([filters.total, filters.possible], [2, 0]);
  filters.choose("stretch", new Set([""]));
  assert.deepEqual([...filters.shown], [1, 0, 0]);
});

test("an interval passes where it meets the range, in either order of its ends", () => {
  const ints = { from: Int32Array.of(10, 10, 30, MISSING), to: Int32Array.of(10, 20, 30, MISSING) };
  const filters = new Filters(columnsOf(4, { ints }));
  filters.time([20, 5]);
  assert.deepEqual([[...filters.shown], filters.possible, filters.range()], [[1, 1, 0, 0], 0, [5, 20]]);
  filters.time([20, 25]);
  assert.deepEqual([[...filters.shown], filters.possible], [[0, 1, 0, 0], 1]);
  filters.time(null);
  assert.deepEqual([...filters.shown], [1, 1, 1, 1]);
});

test("nothing chosen shows nothing; a word of nobody shows nothing", () => {
  const filters = new Filters(randomColumns(50, 5));
  filters.choose("type", new Set());
  assert.equal(filters.total, 0);
  filters.choose("type", new Set(["__proto__", "unknown"]));
  assert.equal(filters.total, 0);
  assert.deepEqual(filters.active(), ["type"]);
  filters.choose("type", null);
  assert.equal(filters.total, 50);
});

test("missing columns state nothing of any row and are not offered", () => {
  const filters = new Filters(columnsOf(3));
  for (const dimension of DIMENSIONS) {
    assert.equal(filters.has(dimension), false, dimension);
    assert.deepEqual([...filters.counts(dimension)], [["", { certain: 3, possible: 0 }]], dimension);
  }
  filters.choose("source", new Set(["x"]));
  assert.equal(filters.total, 0);
  filters.choose("source", new Set(["", "x"]));
  assert.equal(filters.total, 3);
  filters.time([0, 1]);
  filters.along({ line: "", low: 0, high: 1 });
  assert.equal(filters.total, 0);
  filters.clear();
  assert.equal(filters.total, 3);
});

test("no rows at all", () => {
  for (const filters of [new Filters(columnsOf(0)), new Filters(randomColumns(0, 1))]) {
    for (const dimension of DIMENSIONS) {
      assert.equal(filters.has(dimension), false);
      assert.equal(filters.counts(dimension).size, 0);
    }
    filters.choose("type", new Set(["shooting"]));
    filters.time([0, 1]);
    assert.deepEqual([filters.total, filters.shown.length], [0, 0]);
  }
});

test("a word that no row has is no reason to offer a dimension, and is not counted", () => {
  const type = { words: ["", "never"], codes: new Uint8Array(4) };
  assert.equal(new Filters(columnsOf(4, { codes: { type } })).has("type"), false);
  const filters = new Filters(randomColumns(200, 3));
  assert.equal(filters.counts("type").has("never used"), false);
  assert.deepEqual(filters.inUse("type"), ["", "shooting", "drone_strike"]);
});

test("listeners hear every change once, and nothing where nothing changed", () => {
  const filters = new Filters(randomColumns(20, 9));
  const heard: number[] = [];
  filters.subscribe(() => heard.push(filters.version));
  filters.clear();
  filters.choose("type", null);
  filters.choose("type", new Set(["shooting"]));
  filters.choose("type", new Set(["shooting"]));
  filters.time([1, 2]);
  filters.time([2, 1]);
  filters.along({ line: "A-B", low: 1, high: 2 });
  filters.along({ line: "A-B", low: 1, high: 2 });
  filters.clear();
  filters.clear();
  assert.deepEqual(heard, [1, 2, 3, 4]);
});

test("what was chosen is kept apart from the caller's set, and the array of shown rows stays the same", () => {
  const filters = new Filters(randomColumns(20, 9));
  const { shown } = filters;
  const mine = new Set(["shooting"]);
  filters.choose("type", mine);
  mine.add("drone_strike");
  assert.deepEqual([...filters.chosen("type")!], ["shooting"]);
  filters.choose("type", mine);
  assert.deepEqual([...filters.chosen("type")!], ["shooting", "drone_strike"]);
  assert.equal(filters.shown, shown);
});

test("years are those of the calendar", () => {
  for (let day = -200_000; day < 200_000; day += 37) {
    assert.equal(yearOf(day), new Date(day * 86_400_000).getUTCFullYear(), String(day));
  }
  for (const date of ["1999-12-31", "2000-01-01", "2000-02-29", "2000-12-31", "1900-02-28", "1900-03-01", "2100-12-31"]) {
    assert.equal(yearOf(Date.parse(date) / 86_400_000), Number(date.slice(0, 4)));
  }
  assert.deepEqual([yearOf(MISSING + 1), yearOf(2 ** 31 - 1)], [1, 9999]);
});

test("a million rows", () => {
  const n = 1_000_000;
  const filters = new Filters(randomColumns(n, 4));
  filters.choose("source", new Set(["Agency"]));
  filters.time([100, 400]);
  filters.along({ line: "A-B", low: 0, high: 200 });
  let total = 0;
  for (let row = 0; row < n; row++) total += filters.shown[row]!;
  assert.equal(filters.total, total);
  assert.ok(total > 0 && total < n / 4);
  for (const dimension of DIMENSIONS) assert.ok(filters.counts(dimension).size > 1);
});
