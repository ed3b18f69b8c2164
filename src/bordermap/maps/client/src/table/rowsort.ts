// Sorting the table: by what a column shows, ties by date. Numbers only, so that a million rows are sorted at once.

import { compare, type Book, type Incident } from "../incidents/book.ts";
import { MISSING } from "../columns/columns.ts";
import { fold } from "../text.ts";

export type Column = "date" | "title" | "status" | "type" | "where" | "killed" | "source" | "claims" | "sources";
export interface Order {
  column: Column;
  down: boolean;
}

export function sourceCount(incident: Incident): number {
  return new Set(incident.claims.flatMap((claim) => claim.sources.map((source) => source.id))).size;
}

/** Which columns a page has: claims and their sources where there are any, else what datasets give of each row. */
export function columnsOf(book: Book): Column[] {
  const first: Column[] = ["date", "title", "status", "type", "where"];
  if (book.isSmall && book.all().some((one) => one.claims.length > 1)) return [...first, "claims", "sources"];
  const killed = book.columns.ints("killed_best") ?? book.columns.ints("killed_low");
  const hasKilled = killed?.some((value) => value !== MISSING) ?? false;
  const hasSource = (book.columns.sets("source")?.words.length ?? 0) > 1;
  return [...first, ...(hasKilled ? (["killed"] as const) : []), ...(hasSource ? (["source"] as const) : [])];
}

/** The titles of a large page are packed away; everything else can be sorted by. */
export function canSort(book: Book, column: Column): boolean {
  return column !== "title" || book.isSmall;
}

/** All rows in order. */
export function sorted(book: Book, { column, down }: Order): Uint32Array {
  const { order, n } = book.columns;
  if (column === "date") return down ? order.slice().reverse() : order;
  const keys = keysOf(book, column);
  let most = 0;
  for (const key of keys) if (key > most) most = key;
  // What is not known stands last either way.
  const known = (key: number): number => (key < 0 ? most + 1 : down ? most - key : key);
  const both = new Float64Array(n);
  for (let at = 0; at < n; at++) both[at] = known(keys[order[at]!]!) * n + at;
  both.sort();
  return Uint32Array.from(both, (value) => order[value % n]!);
}

/** A number for each row that sorts as the column does; below 0 where nothing is known. */
function keysOf(book: Book, column: Column): Int32Array {
  const { columns, n } = book;
  if (column === "killed") {
    const [best, low] = [columns.ints("killed_best"), columns.ints("killed_low")];
    return Int32Array.from({ length: n }, (_, row) => Math.max(best?.[row] ?? -1, low?.[row] ?? -1, -1));
  }
  if (column === "status" || column === "type") {
    const terms = column === "status" ? book.statuses : book.types;
    return ranked(book, column, (word) => terms.findIndex(({ key }) => key === word));
  }
  if (column === "where") return alphabetical(columns.codes("where"), n);
  if (column === "source") return bySource(book);
  return byIncident(book, column);
}

function ranked({ columns, n }: Book, name: string, rank: (word: string) => number): Int32Array {
  const found = columns.codes(name);
  if (!found) return new Int32Array(n).fill(-1);
  const ranks = found.words.map((word) => (word ? rank(word) : -1));
  return Int32Array.from(found.codes, (code) => ranks[code] ?? -1);
}

function alphabetical(found: { codes: ArrayLike<number>; words: readonly string[] } | undefined, n: number): Int32Array {
  if (!found) return new Int32Array(n).fill(-1);
  const ranks = ranksOf(found.words);
  return Int32Array.from(found.codes, (code) => ranks[code] ?? -1);
}

/** Where each word comes in the alphabet; the empty one nowhere. */
function ranksOf(words: readonly string[]): number[] {
  const folded = words.map(fold);
  const ordered = [...words.keys()].sort((a, b) => compare(folded[a]!, folded[b]!) || compare(words[a]!, words[b]!));
  const ranks: number[] = [];
  ordered.forEach((word, at) => (ranks[word] = words[word] ? at : -1));
  return ranks;
}

function bySource({ columns, n }: Book): Int32Array {
  const found = columns.sets("source");
  if (!found) return new Int32Array(n).fill(-1);
  const ranks = ranksOf(found.words);
  const ofSet = found.sets.map((members) => (members.length ? Math.min(...members.map((word) => ranks[word] ?? -1)) : -1));
  return Int32Array.from(found.codes, (code) => ofSet[code] ?? -1);
}

/** Columns of small pages only. */
function byIncident(book: Book, column: Column): Int32Array {
  const keys = new Int32Array(book.n).fill(-1);
  const all = book.all();
  if (column === "title") {
    const titles = all.map((one) => fold(one.title));
    [...titles.keys()].sort((a, b) => compare(titles[a]!, titles[b]!)).forEach((at, rank) => (keys[all[at]!.row] = rank));
  } else for (const one of all) keys[one.row] = column === "claims" ? one.claims.length : sourceCount(one);
  return keys;
}
