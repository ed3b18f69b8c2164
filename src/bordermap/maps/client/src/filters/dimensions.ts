// What incidents can be filtered by, and the bits in which each row keeps what every filter said of it.

import type { Codes, Columns } from "../columns/columns.ts";

export type WordDimension = "status" | "type" | "party" | "stretch" | "precision" | "deaths" | "source";
export type RangeDimension = "time" | "along";
export type Dimension = WordDimension | RangeDimension;

/** How many rows certainly have a word, and how many may have it. */
export interface Count {
  readonly certain: number;
  readonly possible: number;
}

/** A piece of one border line, in tenths of a kilometre along it. */
export interface Along {
  readonly line: string;
  readonly low: number;
  readonly high: number;
}

/** A column of words in one form: a code column has the sets [], [1], [2], … */
export interface WordColumn extends Codes {
  /** Undefined where every code is its own word. */
  readonly sets?: readonly (readonly number[])[];
  /** Whether a set of several words means that one of them holds, and nobody knows which. */
  readonly alternatives: boolean;
}

export const DIMENSIONS: readonly Dimension[] = [
  "status",
  "type",
  "party",
  "stretch",
  "precision",
  "deaths",
  "source",
  "time",
  "along",
];

const KINDS: Record<WordDimension, "code" | "set" | "alternatives"> = {
  status: "code",
  type: "code",
  party: "set",
  stretch: "alternatives",
  precision: "code",
  deaths: "alternatives",
  source: "set",
};
/** Those under which a row may only possibly pass. They have a second bit each. */
const UNSURE: readonly Dimension[] = ["stretch", "deaths", "time", "along"];

/** A row is shown when none of these is set: the lowest bits, one for each dimension. */
export const FAILING = (1 << DIMENSIONS.length) - 1;

export function failBit(dimension: Dimension): number {
  return 1 << DIMENSIONS.indexOf(dimension);
}

/** The bit of a row that passes this dimension, but only possibly; 0 where a row passes or does not. */
export function unsureBit(dimension: Dimension): number {
  const at = UNSURE.indexOf(dimension);
  return at < 0 ? 0 : 1 << (DIMENSIONS.length + at);
}

/** Every bit that is not of this dimension: what all others say. */
export function othersMask(dimension: Dimension): number {
  return 0xffff & ~(failBit(dimension) | unsureBit(dimension));
}

export function isRange(dimension: Dimension): dimension is RangeDimension {
  return dimension === "time" || dimension === "along";
}

/** The column behind a dimension of words. Where it is missing nothing is stated of any row. */
export function wordColumn(columns: Columns, dimension: WordDimension): WordColumn {
  const kind = KINDS[dimension];
  const alternatives = kind === "alternatives";
  if (kind === "code") {
    const { codes, words } = columns.codes(dimension) ?? blank(columns.n);
    return { codes, words, alternatives };
  }
  const { codes, words, sets } = columns.sets(dimension) ?? { ...blank(columns.n), sets: [[]] };
  return { codes, words, sets, alternatives };
}

function blank(n: number): Codes {
  return { codes: new Uint8Array(n), words: [""] };
}
