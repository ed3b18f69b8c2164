// What all filters but one say of the rows: a view in which something can be chosen draws all that could be.

import { DIMENSIONS, othersMask, type Dimension } from "../filters/dimensions.ts";
import type { Filters } from "../filters/filters.ts";

/** A row passes when `bits & mask` has no failing bit, and surely so when it is 0. */
export interface Sieve {
  readonly bits: Uint16Array;
  readonly mask: number;
}

export function othersSieve({ bits }: Filters, dimension: Dimension): Sieve {
  return { bits, mask: othersMask(dimension) };
}

/** Tells whether any filter but one has changed since it was asked last; the first time it has. */
export function othersWatch(filters: Filters, dimension: Dimension): () => boolean {
  let before: readonly unknown[] | undefined;
  return () => {
    const now = DIMENSIONS.filter((one) => one !== dimension).map((one) => {
      if (one === "time") return filters.range();
      return one === "along" ? filters.alongRange() : filters.chosen(one);
    });
    const changed = !before || now.some((each, at) => each !== before?.[at]);
    before = now;
    return changed;
  };
}

/** A number for each row's status: its place in the list, and one more for all that are not in it. */
export function kindsOf(
  codes: ArrayLike<number> | undefined,
  words: readonly string[],
  keys: readonly string[],
  n: number,
): { kinds: number; of: Uint8Array } {
  const numbers = Uint8Array.from(words, (word) => (keys.includes(word) ? keys.indexOf(word) : keys.length));
  const of = new Uint8Array(n).fill(keys.length);
  if (codes) for (let row = 0; row < n; row++) of[row] = numbers[codes[row]!]!;
  return { kinds: keys.length + 1, of };
}
