// Choosing a few out of very many: the first of a ranking, and what a search finds.

import { fold } from "../text.ts";

/** The first `k` in the order that `before` gives, in that order; never sorts all of them. */
export function first(all: ArrayLike<number>, k: number, before: (a: number, b: number) => boolean): number[] {
  const found: number[] = [];
  for (let at = 0; at < all.length && k > 0; at++) {
    const one = all[at]!;
    if (found.length === k && !before(one, found[k - 1]!)) continue;
    let low = 0;
    let high = found.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(one, found[middle]!)) high = middle;
      else low = middle + 1;
    }
    if (found.length === k) found.pop();
    found.splice(low, 0, one);
  }
  return found;
}

/** A test for labels: every word of the query is found, whatever its accents, case and order. */
export function finder(query: string): ((label: string, folded: string) => boolean) | null {
  const typed = query.trim();
  if (!typed) return null;
  const parts = fold(typed).split(" ").filter(Boolean);
  if (parts.length) return (_, folded) => parts.every((part) => folded.includes(part));
  const plain = typed.toLowerCase(); // Signs alone: nothing is left of them when folded.
  return (label) => label.toLowerCase().includes(plain);
}
