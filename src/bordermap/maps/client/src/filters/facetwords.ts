// What a facet lists: entries with a label and a live count, each standing for one word or, for parties, for several.

import { makeSpread, type Counts, type Spread } from "./counting.ts";
import type { Count, WordDimension } from "./dimensions.ts";
import type { Filters } from "./filters.ts";
import { nameOf, roleOf } from "./parties.ts";
import { finder, first } from "./ranking.ts";
import { capital, count, fold, thousands } from "../text.ts";

/** How many words are listed at first. */
export const FEW = 8;

export type Label = (dimension: WordDimension, word: string) => string;

/** Lists that have an order of their own; others are sorted by count. */
export const ORDERS: Partial<Record<WordDimension, readonly string[]>> = {
  deaths: ["0", "1-4", "5-24", "25-99", "100+"],
  precision: ["exact", "settlement", "near", "admin2", "admin1", "border_stretch", "area", "country", "unknown"],
};

export class FacetWords {
  /** The entries that any row has, whatever is filtered. Entry 0 is "not stated". */
  readonly inUse: readonly number[];
  private readonly spread: Spread;
  private readonly grouped: readonly (readonly string[])[] | undefined;
  private readonly labels: string[] = [];
  private readonly folded: string[] = [];
  private readonly sorting: string[] = [];
  private byWord: Map<string, number> | undefined;

  /** With `roles`, lists the parties of these roles by name; a party that has two of them is one entry. */
  constructor(
    private readonly filters: Filters,
    readonly dimension: WordDimension,
    private readonly labelOf: Label,
    roles?: readonly string[],
  ) {
    const column = filters.column(dimension);
    const groups = roles && group(column.words, roles);
    this.grouped = groups?.entries;
    this.spread = groups ? makeSpread(column, groups.entryOf) : filters.spread(dimension);
    const { certain, possible } = filters.whole(dimension);
    const used = new Set<number>();
    for (let word = 0; word < column.words.length; word++) {
      const entry = groups ? groups.entryOf[word]! : word;
      if (entry >= 0 && certain[word]! + possible[word]! > 0) used.add(entry);
    }
    this.inUse = [...used];
  }

  words(entry: number): readonly string[] {
    return this.grouped ? (this.grouped[entry] ?? []) : [this.filters.column(this.dimension).words[entry] ?? ""];
  }

  /** The entries that stand for these words. */
  entries(words: Iterable<string>): number[] {
    this.byWord ??= new Map(this.inUse.flatMap((entry) => this.words(entry).map((word) => [word, entry])));
    const found = new Set<number>();
    for (const word of words) found.add(this.byWord.get(word) ?? -1);
    return [...found].filter((entry) => entry >= 0);
  }

  label(entry: number): string {
    return (this.labels[entry] ??= labelOf(this.labelOf, this.dimension, this.words(entry)[0] ?? ""));
  }

  private sortKey(entry: number): string {
    return (this.sorting[entry] ??= this.label(entry).toLowerCase());
  }

  /** Live counts by entry. */
  counts(): Counts {
    return this.filters.tally(this.dimension, this.spread);
  }

  /** The entries whose label has every word of the query; null where nothing was typed. */
  search(query: string): number[] | null {
    const matches = finder(query);
    if (!matches) return null;
    return this.inUse.filter((entry) => {
      const label = this.label(entry);
      return matches(label, (this.folded[entry] ??= fold(label)));
    });
  }

  /** At most `limit` of these entries: those with most rows, then by label, or in the facet's own order. */
  ranked(entries: readonly number[], { certain, possible }: Counts, limit: number, order?: readonly string[]): number[] {
    const found = first(entries, limit, (a, b) => {
      const more = certain[a]! + possible[a]! - certain[b]! - possible[b]!;
      return a === 0 || b === 0 ? b === 0 && a !== 0 : more !== 0 ? more > 0 : this.sortKey(a) < this.sortKey(b);
    });
    if (!order) return found;
    const place = (entry: number): number => {
      const at = order.indexOf(this.words(entry)[0] ?? "");
      return entry === 0 ? Infinity : at < 0 ? order.length : at;
    };
    const places = new Map(found.map((entry) => [entry, place(entry)]));
    return found.sort((a, b) => (places.get(a) === places.get(b) ? 0 : places.get(a)! - places.get(b)!));
  }
}

/** Words of these roles put together by name; the others are in no entry. */
function group(words: readonly string[], roles: readonly string[]): { entryOf: Int32Array; entries: string[][] } {
  const entryOf = new Int32Array(words.length).fill(-1);
  const entries: string[][] = [[""]];
  const byName = new Map<string, number>();
  for (let word = 0; word < words.length; word++) {
    const text = words[word]!;
    if (text === "") {
      // Not stated is no party of any role: it has a list of its own.
      if (!roles.length) entryOf[word] = 0;
      continue;
    }
    if (!roles.includes(roleOf(text))) continue;
    const known = byName.get(nameOf(text));
    const entry = known ?? entries.length;
    if (known === undefined) {
      byName.set(nameOf(text), entry);
      entries.push([]);
    }
    entries[entry]!.push(text);
    entryOf[word] = entry;
  }
  return { entryOf, entries };
}

/** The label of a word; of a party its name alone. Never empty. */
export function labelOf(label: Label, dimension: WordDimension, word: string): string {
  if (word === "") return capital(label(dimension, "") || "not stated");
  const text = dimension === "party" ? nameOf(word) : word;
  return label(dimension, text) || text || "Not named";
}

/** "12", "12 + 3 possibly", "3 possibly". */
export function countWords({ certain, possible }: Count): string {
  if (!possible) return thousands(certain);
  return certain ? `${thousands(certain)} + ${thousands(possible)} possibly` : `${thousands(possible)} possibly`;
}

/** The same to be heard: "12 incidents, 3 more possibly". */
export function countSaid({ certain, possible }: Count): string {
  if (!possible) return count(certain, "incident");
  if (!certain) return `${count(possible, "incident")} possibly`;
  return `${count(certain, "incident")}, ${thousands(possible)} more possibly`;
}

/** What is said below a list: how many of all are listed, or how many were found. */
export function noteWords(found: readonly number[] | null, all: number, shown: number, limit: number): string {
  if (found && !found.length) return "Nothing found.";
  if (found && found.length > limit) return `The first ${thousands(limit)} of ${thousands(found.length)} found.`;
  if (found) return `${thousands(found.length)} found.`;
  return limit > FEW && all > shown ? `The first ${thousands(shown)} of ${thousands(all)}; type to find others.` : "";
}
