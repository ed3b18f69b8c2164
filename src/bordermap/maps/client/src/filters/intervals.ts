// The columns that ranges are asked of: dates, and kilometres along border lines.

import { MISSING, type Codes, type Columns } from "../columns/columns.ts";
import { failBit, unsureBit, type Dimension, type WordColumn } from "./dimensions.ts";
import type { Bits, Intervals } from "./verdicts.ts";

export function intervalsOf(columns: Columns, dimension: "time" | "along"): Intervals | undefined {
  const [low, high] = (dimension === "time" ? ["from", "to"] : ["along_low", "along_high"]).map((name) => columns.ints(name));
  const lines: Codes["codes"] | undefined = dimension === "along" ? columns.codes("line")?.codes : undefined;
  if (!low || !high || (dimension === "along" && !lines)) return undefined;
  return { low, high, ...(lines ? { lines } : {}) };
}

/** Whether anything is known of any row. */
export function hasIntervals(columns: Columns, dimension: "time" | "along"): boolean {
  const found = intervalsOf(columns, dimension);
  return found !== undefined && found.low.some((low, row) => low !== MISSING && found.high[row] !== MISSING);
}

export function linesOf(columns: Columns): WordColumn {
  const line = columns.codes("line");
  return { codes: line?.codes ?? new Uint8Array(columns.n), words: line?.words ?? [""], alternatives: false };
}

/** Dates that nobody knows. */
export function noDates(n: number): Intervals {
  const nothing = new Int32Array(n).fill(MISSING);
  return { low: nothing, high: nothing };
}

export function bitsOf(dimension: Dimension): Bits {
  return { fail: failBit(dimension), unsure: unsureBit(dimension) };
}

export function isSame(one: ReadonlySet<string> | null, other: ReadonlySet<string> | null): boolean {
  if (!one || !other) return one === other;
  return one.size === other.size && [...one].every((word) => other.has(word));
}

/** The value of a key, made when it is first asked for. */
export function keep<K, V>(made: Map<K, V>, key: K, make: () => V): V {
  const found = made.get(key);
  if (found !== undefined) return found;
  const value = make();
  made.set(key, value);
  return value;
}
