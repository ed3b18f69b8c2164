// Columns made of random numbers, the same ones every time, for the tests of what reads columns.

import { MISSING, type Codes, type Columns, type Sets } from "../src/columns/columns.ts";

/** Numbers from 0 to below 1: a small generator with a seed (mulberry32). */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export interface Parts {
  codes?: Record<string, Codes>;
  sets?: Record<string, Sets>;
  ints?: Record<string, Int32Array>;
}

export function columnsOf(n: number, { codes = {}, sets = {}, ints = {} }: Parts = {}): Columns {
  return {
    n,
    ints: (name) => ints[name],
    codes: (name) => codes[name],
    sets: (name) => sets[name],
    order: Uint32Array.from({ length: n }, (_, row) => row),
    text: () => undefined,
    load: () => Promise.resolve(),
  };
}

const WORDS: Record<string, string[]> = {
  status: ["", "confirmed", "reported", "denied", "__proto__"],
  type: ["", "shooting", "drone_strike", "never used"],
  precision: ["", "exact", "admin1", "country"],
  line: ["", "A-B", "B-C"],
  party: ["", "claims_responsibility\x1eX", "attributed\x1eX", "attributed_in_dataset\x1eX", "affected\x1eY", "affected\x1e"],
  stretch: ["", "a", "b", "c"],
  deaths: ["", "0", "1-4", "5-24", "25-99", "100+"],
  source: ["", "Agency", "آژانس", "<b>x</b>", "constructor"],
};

/** Every column that a filter reads, with gaps of every kind. */
export function randomColumns(n: number, seed: number): Columns {
  const roll = dice(seed);
  const numbers = (count: number): Uint16Array => Uint16Array.from({ length: n }, () => roll(count));
  const codes: Record<string, Codes> = {};
  for (const name of ["status", "type", "precision", "line"]) {
    const words = WORDS[name]!;
    codes[name] = { words, codes: numbers(name === "type" ? words.length - 1 : words.length) };
  }
  const sets: Record<string, Sets> = {};
  for (const name of ["party", "stretch", "deaths", "source"]) {
    const words = WORDS[name]!;
    const lists = Array.from({ length: 12 }, () => words.map((_, at) => at).filter((at) => at > 0 && roll(3) === 0));
    lists[0] = [];
    lists[1] = [1];
    sets[name] = { words, sets: lists, codes: numbers(lists.length) };
  }
  const ints: Record<string, Int32Array> = {};
  for (const [low, high, span] of [
    ["from", "to", 1200],
    ["along_low", "along_high", 300],
  ] as const) {
    ints[low] = Int32Array.from({ length: n }, () => (roll(6) === 0 ? MISSING : roll(span) - 100));
    ints[high] = ints[low].map((from) => (from === MISSING ? MISSING : from + roll(2) * roll(400)));
  }
  return columnsOf(n, { codes, sets, ints });
}
