// Everything the incident and context layers brought: the columns behind every view, and incidents as they are read
// from them. The readers for missing fields stand here.

import { MISSING, type Columns } from "../columns/columns.ts";
import { complete, LISTED } from "./complete.ts";
import { composed } from "./composed.ts";
import { pick } from "../dom.ts";
import { Filters } from "../filters/filters.ts";
import { oncePerFrame } from "../filters/pace.ts";
import type {
  Context,
  ContextItem,
  Incident as Written,
  Incidents,
  Link,
  Ring,
  Shape,
  Source,
  Standing,
  StripLine,
  Term,
} from "../payload.ts";
import { Spots } from "./spots.ts";
import { plainWords } from "../text.ts";

/** Up to so many incidents all of their words are at hand from the start. */
const SMALL = 5000;
const DAMAGED = "What was written of this incident cannot be unpacked: the file is damaged.";
/** So many incidents are unpacked at once: none of their blocks is dropped before it was read. */
const AT_ONCE = 50;
/** So many incidents of a large page are kept as they were read. */
const KEPT = 3000;

/** An incident as the page tells of it, with its row in the columns. */
export interface Incident extends Written {
  readonly row: number;
}

export class Book {
  readonly filters: Filters;
  readonly spots: Spots;
  readonly context: readonly ContextItem[];
  readonly statuses: readonly Term[];
  readonly types: readonly Term[];
  readonly roles: readonly Term[];
  readonly precisions: readonly Term[];
  readonly stretches: readonly Term[];
  readonly colourBy: "status" | "type";
  readonly links: readonly Link[];
  readonly lines: readonly StripLine[];
  readonly rings: readonly Ring[];
  private readonly kept = new Map<number, Incident>();
  private readonly ids = new Map<string, number>();
  private ranks: Uint32Array | undefined;

  constructor(
    readonly columns: Columns,
    private readonly layers: readonly Incidents[] = [],
    private readonly contexts: readonly Context[] = [],
  ) {
    this.filters = new Filters(columns);
    this.spots = new Spots(columns);
    this.context = contexts.flatMap((layer) => layer.items ?? []).map((item) => ({ ...item, claims: item.claims ?? [] }));
    this.statuses = terms(given(layers, "statuses"), columns.codes("status")?.words);
    this.types = terms(given(layers, "types"), columns.codes("type")?.words);
    this.roles = terms(given(layers, "roles"), []);
    this.precisions = terms(given(layers, "precisions"), columns.codes("precision")?.words);
    this.stretches = terms(given(layers, "stretches"), columns.sets("stretch")?.words);
    this.colourBy = layers[0]?.colourBy === "type" ? "type" : "status";
    this.lines = [...new Map(layers.flatMap((layer) => layer.lines ?? []).map((line) => [line.key, line])).values()];
    this.links = layers.flatMap((layer) => layer.links ?? []);
    this.rings = layers.flatMap((layer) => layer.rings ?? []);
  }

  /** How many incidents there are. */
  get n(): number {
    return this.columns.n;
  }

  /** Whether all words are at hand from the start. */
  get isSmall(): boolean {
    return this.n <= SMALL;
  }

  /** All incidents in the order of their dates; of a large page none, since nobody could look through them. */
  all(): Incident[] {
    return this.isSmall ? Array.from(this.columns.order, (row) => this.incident(row)) : [];
  }

  /** What is known of an incident now; its words may still be packed. */
  incident(row: number): Incident {
    const known = this.kept.get(row);
    if (known) return known;
    const made = { ...complete(this.written(row)), row };
    if (!this.hasWords(row)) return made;
    if (this.kept.size > KEPT && !this.isSmall) this.kept.clear();
    this.kept.set(row, made);
    if (made.id && !this.ids.has(made.id)) this.ids.set(made.id, row);
    return made;
  }

  /** The words of some incidents, unpacked. */
  async load(rows: Iterable<number>): Promise<void> {
    const wanted = [...rows].filter((row) => !this.kept.has(row));
    // The blocks that were unpacked last are kept, and no more of them than would be needed for these at once.
    for (let low = 0; low < wanted.length; low += AT_ONCE) {
      const some = wanted.slice(low, low + AT_ONCE);
      try {
        await this.columns.load(some);
        for (const row of some) this.incident(row);
      } catch {
        for (const row of some) this.kept.set(row, { ...this.incident(row), notes: DAMAGED });
      }
    }
  }

  hasWords(row: number): boolean {
    return this.kept.has(row) || this.columns.text("id", row) !== undefined;
  }

  /** Calls after each change of what is shown: at once where there are few incidents, else once a frame. */
  onFiltered(call: () => void): void {
    this.filters.subscribe(this.isSmall ? call : oncePerFrame(call));
  }

  /** The row of an incident that was read before, or -1. */
  rowOf(id: string): number {
    return this.ids.get(id) ?? -1;
  }

  isShown(row: number): boolean {
    return this.filters.shown[row] === 1;
  }

  word(name: string, row: number): string {
    const column = this.columns.codes(name);
    return column?.words[column.codes[row] ?? 0] ?? "";
  }

  /** The words of a set. */
  words(name: string, row: number): string[] {
    const column = this.columns.sets(name);
    return (column?.sets[column.codes[row] ?? 0] ?? []).map((word) => column?.words[word] ?? "");
  }

  whole(name: string, row: number): number | undefined {
    const value = this.columns.ints(name)?.[row];
    return value === undefined || value === MISSING ? undefined : value;
  }

  /** Where an incident stands. An area without its shape is listed instead. */
  standing(row: number): Standing {
    const [lon, lat, shape] = [this.whole("lon", row), this.whole("lat", row), this.word("shape", row)];
    if (lon !== undefined && lat !== undefined)
      return { kind: "point", lon: lon / 1e5, lat: lat / 1e5, ...(this.shape(shape) ? { shape } : {}) };
    if (this.shape(shape)) return { kind: "areal", shape };
    return { ...LISTED, country: this.word("country", row), label: this.word("country_label", row) };
  }

  /** Where in the order of dates a row comes. */
  rank(row: number): number {
    if (!this.ranks) {
      this.ranks = new Uint32Array(this.n);
      this.columns.order.forEach((one, at) => (this.ranks![one] = at));
    }
    return this.ranks[row] ?? 0;
  }

  shape(id: string | undefined): Shape | undefined {
    return id ? first(this.layers.map((layer) => pick(layer.shapes, id))) : undefined;
  }

  source(id: string): Source | undefined {
    return first([...this.layers, ...this.contexts].map((layer) => pick(layer.sources, id)));
  }

  label(terms: readonly Term[], key: string): string {
    return terms.find((term) => term.key === key)?.label ?? plainWords(key);
  }

  private written(row: number): Partial<Written> {
    const detail = this.columns.text("detail", row);
    const told = detail ? (JSON.parse(detail) as Partial<Written>) : composed(this, this.layers, row);
    return { ...told, status: this.word("status", row), type: this.word("type", row), standing: this.standing(row) };
  }
}

type Terms = "statuses" | "types" | "roles" | "precisions" | "stretches";

function given(layers: readonly Incidents[], name: Terms): Term[] {
  return layers.flatMap((layer) => layer[name] ?? []);
}

/** The terms given once each, and after them every code in use that no term explains. */
function terms(told: readonly Term[], used: readonly string[] = []): Term[] {
  const found = new Map<string, Term>();
  for (const term of told) if (!found.has(term.key)) found.set(term.key, term);
  for (const key of used) if (key && !found.has(key)) found.set(key, { key, label: plainWords(key) });
  return [...found.values()];
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function first<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.find((value) => value !== undefined);
}
