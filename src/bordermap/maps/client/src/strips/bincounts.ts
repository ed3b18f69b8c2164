// How many incidents lie in each bin of time: certainly, where the bin holds all days of an incident's interval,
// or possibly, where the interval meets several. As in `bordermap summary`, nobody is certain in one of several.

import type { Bins } from "./bins.ts";
import { MISSING } from "../columns/columns.ts";
import { FAILING } from "../filters/dimensions.ts";
import type { Sieve } from "./others.ts";

/** A row for each bin, in it a number for each kind: `certain[bin * kinds + kind]`. */
export interface BinCounts {
  readonly bins: Bins;
  readonly kinds: number;
  readonly certain: Uint32Array;
  readonly possible: Uint32Array;
  /** Rows that are certain or possible somewhere, each once. */
  readonly placed: number;
  readonly undated: number;
  /** Rows with a date outside of all bins. */
  readonly outside: number;
}

export interface Intervals {
  /** Days, both inclusive; missing where there is no date. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Whole numbers less than `kinds` for each row, or none for one kind. */
export interface Kinds {
  readonly kinds: number;
  readonly of: ArrayLike<number>;
}

/** Longer tables of days than this are not made: years from 1 to 9999 have fewer. */
const MOST_DAYS = 4_000_000;

/** The bin of each day from `first` on, for loops over many rows. */
export interface DayTable {
  readonly first: number;
  readonly bins: Uint16Array | Int32Array;
  readonly size: number;
}

export function dayTable({ starts, size }: Bins): DayTable {
  const first = starts[0]!;
  const days = Math.min(MOST_DAYS, starts[size]! - first);
  const bins = size < 0xffff ? new Uint16Array(days) : new Int32Array(days);
  for (let bin = 0; bin < size; bin++) bins.fill(bin, starts[bin]! - first, starts[bin + 1]! - first);
  return { first, bins, size };
}

/** The bin of a day; -1 before all bins, their number after. */
export function lookUp({ first, bins, size }: DayTable, day: number): number {
  return day < first ? -1 : day - first < bins.length ? bins[day - first]! : size;
}

/** Counts the rows that pass a sieve, in one pass. */
export function countBins(bins: Bins, { from, to }: Intervals, { kinds, of }: Kinds, { bits, mask }: Sieve): BinCounts {
  const { size } = bins;
  const table = dayTable(bins);
  const certain = new Uint32Array(size * kinds);
  // What is possible is first noted as a step up where an interval begins and a step down after its end.
  const steps = new Int32Array((size + 1) * kinds);
  let [placed, undated, outside] = [0, 0, 0];
  for (let row = 0; row < bits.length; row++) {
    const heeded = bits[row]! & mask;
    if ((heeded & FAILING) !== 0) continue;
    const begin = from[row]!;
    const end = to[row]!;
    if (begin === MISSING || end === MISSING) {
      undated++;
      continue;
    }
    const low = lookUp(table, begin);
    const high = end === begin ? low : lookUp(table, end);
    if (high < 0 || low >= size) outside++;
    else {
      placed++;
      if (low === high && heeded === 0) certain[low * kinds + of[row]!]!++;
      else {
        steps[Math.max(0, low) * kinds + of[row]!]!++;
        steps[Math.min(size, high + 1) * kinds + of[row]!]!--;
      }
    }
  }
  return { bins, kinds, certain, possible: summed(steps, size, kinds), placed, undated, outside };
}

function summed(steps: Int32Array, size: number, kinds: number): Uint32Array {
  const sums = new Uint32Array(size * kinds);
  for (let at = 0; at < sums.length; at++) sums[at] = steps[at]! + (at >= kinds ? sums[at - kinds]! : 0);
  return sums;
}

/** All kinds of one bin together. */
export function inBin(counts: BinCounts, bin: number): { certain: number; possible: number } {
  let [certain, possible] = [0, 0];
  for (let at = bin * counts.kinds; at < (bin + 1) * counts.kinds; at++) {
    certain += counts.certain[at]!;
    possible += counts.possible[at]!;
  }
  return { certain, possible };
}

/** The height of the highest bin, certain and possible upon each other. */
export function highest(counts: BinCounts): number {
  let most = 0;
  for (let bin = 0; bin < counts.bins.size; bin++) {
    const { certain, possible } = inBin(counts, bin);
    most = Math.max(most, certain + possible);
  }
  return most;
}

/** The first and the last day of all rows, or null where none has a date. */
export function extent({ from, to }: Intervals): readonly [number, number] | null {
  let [first, last] = [Infinity, -Infinity];
  for (let row = 0; row < from.length; row++) {
    const begin = from[row]!;
    if (begin === MISSING || to[row] === MISSING) continue;
    if (begin < first) first = begin;
    if (to[row]! > last) last = to[row]!;
  }
  return last >= first ? [first, last] : null;
}
