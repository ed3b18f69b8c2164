// The incidents that stand for an area or a stretch, by its shape, and those that nothing stands for.

import { MISSING } from "../columns/columns.ts";
import type { Book } from "./book.ts";

interface Pointless {
  readonly areal: readonly number[];
  readonly listed: readonly number[];
}

const known = new WeakMap<Book, Pointless>();

/** The rows without a point, in the order of dates: those with an area or a stretch, and those that are only listed. */
export function pointless(book: Book): Pointless {
  const found = known.get(book);
  if (found) return found;
  const [areal, listed]: [number[], number[]] = [[], []];
  const { columns } = book;
  const [shapes, lon] = [columns.codes("shape"), columns.ints("lon")];
  const drawn = shapes?.words.map((word) => Boolean(book.shape(word)));
  for (const row of columns.order) {
    if (lon && lon[row] !== MISSING) continue;
    (drawn?.[shapes?.codes[row] ?? 0] ? areal : listed).push(row);
  }
  const made = { areal, listed };
  known.set(book, made);
  return made;
}

/** Shown rows by shape of those that stand for an area, each in the order of dates; at most so many of each. */
export function byShape(book: Book, most = Infinity): Map<string, { rows: number[]; count: number }> {
  const groups = new Map<string, { rows: number[]; count: number }>();
  for (const row of pointless(book).areal) {
    if (!book.isShown(row)) continue;
    const word = book.word("shape", row);
    const group = groups.get(word) ?? { rows: [], count: 0 };
    if (group.rows.length < most) group.rows.push(row);
    group.count++;
    groups.set(word, group);
  }
  return groups;
}
