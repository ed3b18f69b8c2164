// From one incident to the next: among those shown, or among those of the list that is open, in the order of dates.

import type { Atlas } from "../atlas.ts";
import { NONE } from "../store.ts";
import { thousands } from "../text.ts";

/** The row that comes so many steps after the one that is open; round again at the ends. */
export function step({ book, store }: Atlas, by: number): number {
  const { selected, group } = store.get();
  if (selected !== NONE && group.includes(selected)) return group[(group.indexOf(selected) + by + group.length) % group.length]!;
  const { order } = book.columns;
  const from = selected === NONE ? (by > 0 ? -1 : order.length) : book.rank(selected);
  for (let moved = 1; moved <= order.length; moved++) {
    const row = order[(((from + by * moved) % order.length) + order.length) % order.length]!;
    if (book.isShown(row)) return row;
  }
  return selected;
}

/** "Incident 3 of 18": its place among those shown. */
export function place({ book }: Atlas, row: number): string {
  const { order } = book.columns;
  const own = book.rank(row);
  let before = 0;
  for (let at = 0; at < own; at++) before += book.filters.shown[order[at]!]!;
  const total = book.filters.total + (book.isShown(row) ? 0 : 1);
  return `Incident ${thousands(before + 1)} of ${thousands(total)}`;
}
