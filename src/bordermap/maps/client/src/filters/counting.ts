// Counting rows by word: one pass counts the codes of a column, then the codes are spread over what they stand for.

import { MISSING } from "../columns/columns.ts";
import { civil } from "../strips/bins.ts";
import { FAILING, type Count, type WordColumn } from "./dimensions.ts";

/** Counts by number: of a code, a word or an entry of a list. */
export interface Counts {
  readonly certain: Uint32Array;
  readonly possible: Uint32Array;
}

/** Counts rows by code. The mask says which bits of a row are heeded. */
export function countCodes(bits: Uint16Array, { codes, sets, words }: WordColumn, mask: number): Counts {
  const size = sets ? sets.length : words.length;
  const certain = new Uint32Array(size);
  const possible = new Uint32Array(size);
  for (let row = 0; row < bits.length; row++) {
    const heeded = bits[row]! & mask;
    if (heeded === 0) certain[codes[row]!]!++;
    else if ((heeded & FAILING) === 0) possible[codes[row]!]!++;
  }
  return { certain, possible };
}

/** The entries that each code counts for: those of code c are `entries[starts[c]]` to before `entries[starts[c + 1]]`. */
export interface Spread {
  readonly starts: Uint32Array;
  readonly entries: Uint32Array;
  readonly size: number;
  readonly alternatives: boolean;
}

/**
 * Makes a spread over the words, or over the entries that `entryOf` puts words into (-1: into none). Entry 0 is
 * "not stated". A row with several words of one entry counts once for it.
 */
export function makeSpread(column: WordColumn, entryOf?: Int32Array): Spread {
  const { sets, words, alternatives } = column;
  const codes = sets ? sets.length : words.length;
  const starts = new Uint32Array(codes + 1);
  const entries: number[] = [];
  for (let code = 0; code < codes; code++) {
    const members = sets ? sets[code]! : [code];
    const found = members.length ? members.map((word) => (entryOf ? (entryOf[word] ?? -1) : word)) : [0];
    for (const entry of new Set(found)) if (entry >= 0 && (entryOf || entry < words.length)) entries.push(entry);
    starts[code + 1] = entries.length;
  }
  const size = entryOf ? entryOf.reduce((most, entry) => Math.max(most, entry + 1), 1) : words.length;
  return { starts, entries: Uint32Array.from(entries), size, alternatives };
}

/** Spreads counts of codes over entries: with several alternatives a row is only possible for each. */
export function spreadCounts(counts: Counts, { starts, entries, size, alternatives }: Spread): Counts {
  const certain = new Uint32Array(size);
  const possible = new Uint32Array(size);
  for (let code = 0; code + 1 < starts.length; code++) {
    const sure = counts.certain[code]!;
    const unsure = counts.possible[code]!;
    if (sure + unsure === 0) continue;
    const end = starts[code + 1]!;
    const isOpen = alternatives && end - starts[code]! > 1;
    for (let at = starts[code]!; at < end; at++) {
      const entry = entries[at]!;
      if (!isOpen) certain[entry]! += sure;
      possible[entry]! += isOpen ? sure + unsure : unsure;
    }
  }
  return { certain, possible };
}

/** The year of a day since 1970, kept between 1 and 9999, the years that dates can have. */
export function yearOf(day: number): number {
  return Math.min(Math.max(civil(day).year, 1), 9999);
}

/** The years of these days from a table, where one is shorter than the rows are many. */
function yearFinder(...days: readonly Int32Array[]): (day: number) => number {
  let least = Infinity;
  let most = -Infinity;
  for (const column of days) {
    for (let row = 0; row < column.length; row++) {
      const day = column[row]!;
      if (day === MISSING) continue;
      if (day < least) least = day;
      if (day > most) most = day;
    }
  }
  const size = most - least + 1;
  if (!(size <= (days[0]?.length ?? 0))) return yearOf;
  const table = Int16Array.from({ length: size }, (_, at) => yearOf(least + at));
  return (day) => table[day - least]!;
}

/** Counts rows by the years that their dates may lie in; "" for those without a date. */
export function countYears(bits: Uint16Array, from: Int32Array, to: Int32Array, mask: number): Map<string, Count> {
  const certain = new Uint32Array(10_001);
  const possible = new Int32Array(10_001);
  const none = { certain: 0, possible: 0 };
  const year = yearFinder(from, to);
  for (let row = 0; row < bits.length; row++) {
    const heeded = bits[row]! & mask;
    if ((heeded & FAILING) !== 0) continue;
    const isDated = from[row]! !== MISSING && to[row]! !== MISSING;
    if (!isDated) none[heeded === 0 ? "certain" : "possible"]++;
    else addYears(certain, possible, year(from[row]!), year(to[row]!), heeded === 0);
  }
  const counts = new Map<string, Count>();
  if (none.certain + none.possible) counts.set("", none);
  for (let year = 1, running = 0; year <= 9999; year++) {
    running += possible[year]!;
    if (certain[year]! + running) counts.set(String(year), { certain: certain[year]!, possible: running });
  }
  return counts;
}

/** Adds one row: certain where one year holds it, else possible in each year; `possible` holds differences. */
function addYears(certain: Uint32Array, possible: Int32Array, first: number, last: number, isSure: boolean): void {
  if (first === last && isSure) {
    certain[first]!++;
    return;
  }
  possible[Math.min(first, last)]!++;
  possible[Math.max(first, last) + 1]!--;
}
