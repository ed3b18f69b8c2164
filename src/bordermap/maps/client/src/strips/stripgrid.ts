// The border as a strip of cells: kilometres along the line by time. Counted as `bordermap summary --strip` does:
// certain in a cell that holds all of an incident's place and time, possible in every cell that it may be in.

import { dayTable, lookUp, type Intervals } from "./bincounts.ts";
import type { Bins } from "./bins.ts";
import { MISSING } from "../columns/columns.ts";
import { FAILING } from "../filters/dimensions.ts";
import type { Sieve } from "./others.ts";

/** Cells of a line: number `part * bins.size + bin`. Places are tenths of a kilometre along the line. */
export interface StripGrid {
  readonly bins: Bins;
  readonly parts: number;
  readonly step: number;
  readonly length: number;
  readonly certain: Uint32Array;
  readonly possible: Uint32Array;
  /** Rows that are certain or possible somewhere, each once. */
  readonly placed: number;
  readonly undated: number;
}

export interface Facts extends Intervals {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

/** Lengths of parts to choose from, kilometres. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500];
/** How many times the least count of a class is that of the class before; the first is that of `bordermap summary --strip`. */
const RATIOS = [2, 3, 4, 5, 10, 20, 50, 100];
const SHADES = 5;

export type Class = readonly [number, number];

/** The counts that are drawn alike: five classes, the finest in which the highest count is no more than its class holds. */
export function classesFor(most: number): readonly Class[] {
  const ratio = RATIOS.find((one) => most < 2 * one ** SHADES) ?? 100;
  return Array.from({ length: SHADES }, (_, at): Class => [ratio ** at, at + 1 < SHADES ? ratio ** (at + 1) - 1 : Infinity]);
}

/** The finest length that leaves no more parts than this, in tenths of a kilometre. */
export function gridStep(length: number, most: number): number {
  return 10 * (STEPS.find((step) => length / (10 * step) <= most) ?? 500);
}

/** The first and the last part that an interval touches; one that ends where a part begins does not touch that. */
export function partsTouched(low: number, high: number, step: number, parts: number): [number, number] {
  const first = Math.max(0, Math.min(parts - 1, Math.floor(low / step)));
  return [first, Math.max(first, Math.min(parts - 1, Math.ceil(high / step) - 1))];
}

/** The number of the class of a count, 1 to 5; 0 for none. */
export function classOf(n: number, classes: readonly Class[]): number {
  return 1 + classes.findIndex(([least, most]) => n >= least && n <= most);
}

/** The highest number of incidents that are surely in one cell. */
export function mostCertain(grid: StripGrid): number {
  return grid.certain.reduce((most, n) => Math.max(most, n), 0);
}

/** Counts some of the rows: those that pass the sieve and have a place along the line. */
export function makeGrid(
  facts: Facts,
  rows: Uint32Array,
  { bits, mask }: Sieve,
  { bins, length, step }: { bins: Bins; length: number; step: number },
): StripGrid {
  const parts = Math.max(1, Math.ceil(length / step));
  const table = dayTable(bins);
  const certain = new Uint32Array(parts * bins.size);
  // Steps at the four corners of each rectangle; summed in both directions they are the counts.
  const corners = new Int32Array((parts + 1) * (bins.size + 1));
  const { low, high, from, to } = facts;
  let [placed, undated] = [0, 0];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const heeded = bits[row]! & mask;
    if ((heeded & FAILING) !== 0) continue;
    if (from[row] === MISSING || to[row] === MISSING) {
      undated++;
      continue;
    }
    // As `partsTouched`, without a pair made for each row: this loop is hot.
    const first = Math.max(0, Math.min(parts - 1, Math.floor(low[row]! / step)));
    const last = Math.max(first, Math.min(parts - 1, Math.ceil(high[row]! / step) - 1));
    const begin = Math.max(0, lookUp(table, from[row]!));
    const end = to[row] === from[row] ? begin : Math.min(bins.size - 1, lookUp(table, to[row]!));
    placed++;
    if (first === last && begin === end && heeded === 0) certain[first * bins.size + begin]!++;
    else mark(corners, bins.size + 1, first, last, begin, end);
  }
  return { bins, parts, step, length, certain, possible: filled(corners, parts, bins.size), placed, undated };
}

function isDated({ from, to }: Intervals, row: number): boolean {
  return from[row] !== MISSING && to[row] !== MISSING;
}

function mark(corners: Int32Array, wide: number, first: number, last: number, begin: number, end: number): void {
  corners[first * wide + begin]!++;
  corners[first * wide + end + 1]!--;
  corners[(last + 1) * wide + begin]!--;
  corners[(last + 1) * wide + end + 1]!++;
}

function filled(corners: Int32Array, parts: number, size: number): Uint32Array {
  const counts = new Uint32Array(parts * size);
  const column = new Int32Array(size);
  for (let part = 0; part < parts; part++) {
    let running = 0;
    for (let bin = 0; bin < size; bin++) {
      column[bin]! += corners[part * (size + 1) + bin]!;
      running += column[bin]!;
      counts[part * size + bin] = running;
    }
  }
  return counts;
}

/** The rows that are certain or possible in a cell, the certain ones first. */
export function rowsInCell(
  facts: Facts,
  rows: Uint32Array,
  { bits, mask }: Sieve,
  { bins, step, parts }: Pick<StripGrid, "bins" | "step" | "parts">,
  [part, bin]: readonly [number, number],
): number[] {
  const certain: number[] = [];
  const possible: number[] = [];
  const [begin, after] = [bins.starts[bin]!, bins.starts[bin + 1]!];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const heeded = bits[row]! & mask;
    if ((heeded & FAILING) !== 0 || !isDated(facts, row)) continue;
    if (facts.from[row]! >= after || facts.to[row]! < begin) continue;
    const [first, last] = partsTouched(facts.low[row]!, facts.high[row]!, step, parts);
    if (part < first || part > last) continue;
    const isWithin = first === last && facts.from[row]! >= begin && facts.to[row]! < after && heeded === 0;
    (isWithin ? certain : possible).push(row);
  }
  return [...certain, ...possible];
}

/** The rows of each border line that have a place along it, by the line's key. */
export function rowsByLine(
  lines: ArrayLike<number>,
  words: readonly string[],
  low: Int32Array,
  high: Int32Array,
): Map<string, Uint32Array> {
  const sizes = new Uint32Array(words.length);
  const has = (row: number): boolean => lines[row]! > 0 && low[row] !== MISSING && high[row] !== MISSING;
  for (let row = 0; row < low.length; row++) if (has(row)) sizes[lines[row]!]!++;
  const found = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  for (let row = 0; row < low.length; row++) if (has(row)) found[lines[row]!]![sizes[lines[row]!]!++] = row;
  return new Map(words.flatMap((word, at) => (found[at]!.length ? [[word, found[at]!] as const] : [])));
}
