import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sets } from "../src/columns/columns.ts";
import { chipOf, chipText, dayWords, resultSaid, resultWords, timeWords } from "../src/filters/chipwords.ts";
import { countSaid, countWords, FacetWords, labelOf, ORDERS } from "../src/filters/facetwords.ts";
import { Filters } from "../src/filters/filters.ts";
import { partyCount, ROLES, roleWords } from "../src/filters/parties.ts";
import { finder, first } from "../src/filters/ranking.ts";
import { fold } from "../src/text.ts";
import { columnsOf, dice } from "./manyrows.ts";

const plain = (_: string, word: string): string => word.replace(/_/g, " ");

/** A set column: each row is given as its list of words. */
function setsOf(rows: readonly (readonly string[])[]): Sets {
  const words = ["", ...new Set(rows.flat())];
  const sets = [[], ...rows.map((row) => row.map((word) => words.indexOf(word)))];
  return { words, sets, codes: Uint16Array.from(rows, (_, row) => row + 1) };
}

const PARTIES = new Filters(
  columnsOf(5, {
    sets: {
      party: setsOf([
        ["claims_responsibility\x1eX", "affected\x1eY"],
        ["attributed\x1eX", "attributed_in_dataset\x1eX"],
        ["attributed_in_dataset\x1eX"],
        ["affected\x1e<img src=x>", "other role\x1eZ"],
        [],
      ]),
    },
  }),
);

test("the first of a ranking are those of a full sort", () => {
  const roll = dice(11);
  for (const k of [0, 1, 8, 200]) {
    const values = Array.from({ length: 150 }, () => roll(40));
    const all = values.map((_, at) => at);
    const before = (a: number, b: number): boolean => values[a]! > values[b]!;
    const sorted = [...all].sort((a, b) => values[b]! - values[a]!);
    assert.deepEqual(first(all, k, before), sorted.slice(0, k));
  }
});

test("a search heeds neither accents, case nor order, and finds signs too", () => {
  const finds = (query: string, label: string): boolean | undefined => finder(query)?.(label, fold(label));
  assert.equal(finder("  "), null);
  assert.equal(finds("agence LIBRE", "L’Agence de presse libré"), true);
  assert.equal(finds("libre x", "L’Agence de presse libré"), false);
  assert.equal(finds("خبر", "خبرگزاری"), true);
  assert.equal(finds("<", "<b>x</b>"), true);
  assert.equal(finds("%", "<b>x</b>"), false);
});

test("a party that is named in two ways is one entry and counts a row once", () => {
  const [claims, attributed, affected] = ROLES.map(({ roles }) => new FacetWords(PARTIES, "party", plain, roles));
  const listed = (facet: FacetWords): [string, number][] => {
    const counts = facet.counts();
    return facet.ranked(facet.inUse, counts, 8).map((entry) => [facet.label(entry), counts.certain[entry]!]);
  };
  assert.deepEqual(listed(claims!), [["X", 1]]);
  assert.deepEqual(listed(attributed!), [["X", 2]]);
  assert.deepEqual(listed(affected!), [
    ["<img src=x>", 1],
    ["Y", 1],
  ]);
  assert.deepEqual(listed(new FacetWords(PARTIES, "party", plain, [])), [["Not stated", 1]]);
  assert.deepEqual(attributed!.words(1), ["attributed\x1eX", "attributed_in_dataset\x1eX"]);
  assert.deepEqual(attributed!.entries(["attributed_in_dataset\x1eX", "affected\x1eY", "unknown"]), [1]);
  assert.equal(partyCount(["attributed\x1eX", "attributed_in_dataset\x1eX", "affected\x1eX"]), 2);
});

test("entries are ranked by rows, then by label; what is not stated stands last", () => {
  const source = setsOf([["b"], ["a"], ["c"], ["c"], [], [], []]);
  const facet = new FacetWords(new Filters(columnsOf(7, { sets: { source } })), "source", plain);
  const names = (limit: number): string[] => facet.ranked(facet.inUse, facet.counts(), limit).map((entry) => facet.label(entry));
  assert.deepEqual(names(8), ["c", "a", "b", "Not stated"]);
  assert.deepEqual(names(2), ["c", "a"]);
  assert.deepEqual(facet.search("B")?.map((entry) => facet.label(entry)), ["b"]);
  assert.equal(facet.search(""), null);
});

test("classes of deaths stand in their own order, words outside it before what is not stated", () => {
  const deaths = setsOf([["100+"], ["0"], ["25-99"], ["25-99"], ["odd"], [], ["1-4", "5-24"]]);
  const facet = new FacetWords(new Filters(columnsOf(7, { sets: { deaths } })), "deaths", plain);
  const ranked = facet.ranked(facet.inUse, facet.counts(), 9, ORDERS.deaths);
  assert.deepEqual(
    ranked.map((entry) => facet.words(entry)[0]),
    ["0", "1-4", "5-24", "25-99", "100+", "odd", ""],
  );
});

test("a label is never empty", () => {
  assert.equal(labelOf(() => "", "type", ""), "Not stated");
  assert.equal(labelOf(() => "", "type", "x_y"), "x_y");
  assert.equal(labelOf(plain, "party", "affected\x1e"), "Not named");
  assert.equal(labelOf(() => "Nothing said", "type", ""), "Nothing said");
});

test("counts are read as they are heard", () => {
  assert.deepEqual([countWords({ certain: 12, possible: 0 }), countSaid({ certain: 1, possible: 0 })], ["12", "1 incident"]);
  assert.equal(countWords({ certain: 1200, possible: 3 }), "1,200 + 3 possibly");
  assert.equal(countSaid({ certain: 12, possible: 3 }), "12 incidents, 3 more possibly");
  const open = { certain: 0, possible: 3 };
  assert.deepEqual([countWords(open), countSaid(open)], ["3 possibly", "3 incidents possibly"]);
  assert.equal(countWords({ certain: 0, possible: 0 }), "0");
});

test("chips say what is on", () => {
  const status = { words: ["", "confirmed", "reported", "denied"], codes: Uint8Array.of(1, 2, 3, 1) };
  const type = { words: ["", "drone_strike", "shooting"], codes: Uint8Array.of(1, 2, 0, 0) };
  const filters = new Filters(columnsOf(4, { codes: { status, type } }));
  const said = (dimension: Parameters<typeof chipOf>[1]): string =>
    chipText(chipOf(filters, dimension, { label: plain, line: (key) => `Line ${key}` }));
  filters.choose("type", new Set(["drone_strike", "shooting"]));
  assert.equal(said("type"), "Type: drone strike, shooting");
  filters.choose("type", new Set(["drone_strike", "a", "b", "c", ""]));
  assert.equal(said("type"), "Type: drone strike, a, b and 2 more");
  filters.choose("type", new Set([""]));
  assert.equal(said("type"), "Type: not stated");
  filters.choose("status", new Set(["confirmed", "reported"]));
  assert.equal(said("status"), "Status: all but denied");
  filters.choose("status", new Set(["confirmed"]));
  assert.equal(said("status"), "Status: confirmed");
  filters.choose("status", new Set());
  assert.equal(said("status"), "Status: none");
  filters.time([19054, 19121]);
  assert.equal(said("time"), "Time: 3 Mar 2022 – 9 May 2022");
  filters.along({ line: "A-B", low: 125, high: 13440 });
  assert.equal(said("along"), "Border km: 12.5 – 1,344, Line A-B");
  filters.choose("source", new Set(["x".repeat(500)]));
  assert.ok(said("source").length < 80);
});

test("parties in chips have their role, once", () => {
  const party = new Set(["attributed\x1eX", "attributed_in_dataset\x1eX", "affected\x1eY"]);
  PARTIES.choose("party", party);
  assert.equal(chipText(chipOf(PARTIES, "party", { label: plain })), "Party: X (attributed to it), Y (affected)");
  PARTIES.clear();
  assert.equal(roleWords("made up\x1eX"), "");
});

test("days and ranges in words", () => {
  assert.equal(dayWords(0), "1 Jan 1970");
  assert.equal(dayWords(-1), "31 Dec 1969");
  assert.equal(dayWords(1e12), "?");
  assert.deepEqual([timeWords(null), timeWords([0, 0])], ["", "1 Jan 1970"]);
});

test("the result in words adds up", () => {
  const ints = { from: Int32Array.of(1, 1, 9), to: Int32Array.of(1, 5, 9) };
  const filters = new Filters(columnsOf(3, { ints }));
  assert.equal(resultSaid(filters), "All shown: 3 incidents");
  filters.time([1, 2]);
  const said = "Showing 2 of 1,000 incidents, 1 of them only possibly; 12 not placeable on the map";
  assert.equal(resultWords(filters, 1000, 12), said);
  assert.equal(resultSaid(filters), "2 of 3 incidents shown");
  filters.time([4, 5]);
  assert.equal(resultWords(filters, 3, 0), "Showing 1 of 3 incidents, only possibly");
});
