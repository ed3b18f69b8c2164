// Sorting the table: by what a column shows, dates by their start, ties by date.

import { byDate, compare, type Book } from "./book.ts";
import type { Incident } from "./payload.ts";
import { fold } from "./text.ts";

export type Column = "date" | "status" | "type" | "title" | "where" | "claims" | "sources";
export interface Order {
  column: Column;
  down: boolean;
}

export function sourceCount(incident: Incident): number {
  return new Set(incident.claims.flatMap((claim) => claim.sources.map((source) => source.id))).size;
}

export function sorted(
  incidents: readonly Incident[],
  { column, down }: Order,
  book: Pick<Book, "statuses" | "types">,
): Incident[] {
  const rank = (terms: Book["statuses"], key: string): number => {
    const at = terms.findIndex((term) => term.key === key);
    return at < 0 ? terms.length : at;
  };
  const by: Record<Column, (a: Incident, b: Incident) => number> = {
    date: byDate,
    status: (a, b) => rank(book.statuses, a.status) - rank(book.statuses, b.status),
    type: (a, b) => rank(book.types, a.type) - rank(book.types, b.type),
    title: (a, b) => compare(fold(a.title), fold(b.title)),
    where: (a, b) => compare(fold(a.where), fold(b.where)),
    claims: (a, b) => a.claims.length - b.claims.length,
    sources: (a, b) => sourceCount(a) - sourceCount(b),
  };
  return [...incidents].sort((a, b) => (down ? -1 : 1) * by[column](a, b) || byDate(a, b));
}
