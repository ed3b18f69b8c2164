// What one filter says of every row: one pass over the rows renews its bits and counts what is left.

import { MISSING, type Codes } from "../columns/columns.ts";
import { FAILING, type WordColumn } from "./dimensions.ts";

// Yes and no without branches, which are slow where the rows come in no order.

/** 1 for 0, 0 for other bits of a row. */
function isZero(bits: number): number {
  return (bits - 1) >>> 31;
}

/** Ends of ranges and intervals are far below this, so that their differences have no overflow. */
const FAR = 2 ** 30;

/** The rows' bits, and which rows are shown. */
export interface Rows {
  readonly bits: Uint16Array;
  readonly shown: Uint8Array;
}

/** How many rows are shown, and how many of them certainly belong there. */
export interface Outcome {
  readonly total: number;
  readonly certain: number;
}

/** The bits of one dimension. */
export interface Bits {
  readonly fail: number;
  readonly unsure: number;
}

/** The verdict on every code of a column, when these words are chosen. */
export function wordVerdicts(column: WordColumn, chosen: ReadonlySet<string>, { fail, unsure }: Bits): Uint16Array {
  const { words, sets, alternatives } = column;
  const isChosen = new Uint8Array(words.length);
  for (let at = 0; at < words.length; at++) if (chosen.has(words[at]!)) isChosen[at] = 1;
  if (!sets) return Uint16Array.from(isChosen, (one) => (one ? 0 : fail));
  const verdicts = new Uint16Array(sets.length);
  for (let code = 0; code < sets.length; code++) {
    const members = sets[code]!;
    let hits = members.length ? 0 : Number(chosen.has(""));
    for (const member of members) hits += isChosen[member] ?? 0;
    verdicts[code] = !hits ? fail : alternatives && hits < members.length ? unsure : 0;
  }
  return verdicts;
}

/** Takes what was said before out of every row's bits and puts the verdict on its code in. */
export function judgeCodes({ bits, shown }: Rows, keep: number, codes: Codes["codes"], verdicts: Uint16Array): Outcome {
  let total = 0;
  let certain = 0;
  const n = bits.length;
  for (let row = 0; row < n; row++) {
    const now = (bits[row]! & keep) | verdicts[codes[row]!]!;
    bits[row] = now;
    const on = isZero(now & FAILING);
    shown[row] = on;
    total += on;
    certain += isZero(now);
  }
  return { total, certain };
}

/** An interval for each row, of the unit's own line where `lines` are given. */
export interface Intervals {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly lines?: Codes["codes"];
}

/** A row passes where its interval meets the range, certainly where it lies inside it. */
export function judgeIntervals(
  { bits, shown }: Rows,
  keep: number,
  { low, high, lines = new Uint8Array(low.length) }: Intervals,
  range: { readonly low: number; readonly high: number; readonly line?: number },
  { fail, unsure }: Bits,
): Outcome {
  let total = 0;
  let certain = 0;
  const first = Math.max(Math.ceil(range.low), -FAR) | 0;
  const last = Math.min(Math.floor(range.high), FAR) | 0;
  const line = range.line ?? 0;
  const n = bits.length;
  for (let row = 0; row < n; row++) {
    const from = low[row]!;
    const to = high[row]!;
    // The sign bits say which ends lie the wrong way round; a yes is -1 here, all bits set.
    const other = lines[row]! ^ line;
    const elsewhere = (other | -other) >> 31;
    const misses = (((last - from) | 0 | ((to - first) | 0)) >> 31) | elsewhere | (from === MISSING || to === MISSING ? -1 : 0);
    const sticksOut = ((from - first) | 0 | ((last - to) | 0)) >> 31;
    const verdict = (misses & fail) | (sticksOut & ~misses & unsure);
    const now = (bits[row]! & keep) | verdict;
    bits[row] = now;
    const on = isZero(now & FAILING);
    shown[row] = on;
    total += on;
    certain += isZero(now);
  }
  return { total, certain };
}

/** The verdict on every row alike: no filter (0), or nothing can pass. */
export function judgeAll({ bits, shown }: Rows, keep: number, verdict: number): Outcome {
  return judgeCodes({ bits, shown }, keep, new Uint8Array(bits.length), Uint16Array.of(verdict));
}
