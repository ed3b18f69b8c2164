// The one place that knows which rows are shown. A row has one bit for each filter that it fails, so a change to one
// filter is one pass over the rows, and what all other filters say is a mask.

import type { Columns } from "../columns/columns.ts";
import { countCodes, countYears, makeSpread, spreadCounts, type Counts, type Spread } from "./counting.ts";
import {
  DIMENSIONS,
  FAILING,
  failBit,
  isRange,
  othersMask,
  wordColumn,
  type Along,
  type Count,
  type Dimension,
  type WordColumn,
  type WordDimension,
} from "./dimensions.ts";
import { bitsOf, hasIntervals, intervalsOf, isSame, keep, linesOf, noDates } from "./intervals.ts";
import { judgeAll, judgeCodes, judgeIntervals, wordVerdicts, type Outcome } from "./verdicts.ts";

export type { Along, Count, Dimension, WordDimension } from "./dimensions.ts";

export type Range = readonly [number, number];

export class Filters {
  /** How many rows there are. */
  readonly n: number;
  /** 1 for rows that pass everything; the same array, renewed in place. */
  readonly shown: Uint8Array;
  /** The bits of every row; see `dimensions.ts`. For views that count by something of their own. */
  readonly bits: Uint16Array;
  private outcome: Outcome;
  private grown = 0;
  private readonly words = new Map<WordDimension, ReadonlySet<string>>();
  private days: Range | null = null;
  private piece: Along | null = null;
  private readonly listeners: (() => void)[] = [];
  private readonly columnsByName = new Map<WordDimension, WordColumn>();
  private readonly spreads = new Map<WordDimension, Spread>();
  private readonly kept = new Map<WordDimension, { version: number; counts: Counts }>();
  private readonly wholes = new Map<WordDimension, Counts>();
  private readonly available = new Map<Dimension, boolean>();

  constructor(private readonly columns: Columns) {
    this.n = columns.n;
    this.bits = new Uint16Array(columns.n);
    this.shown = new Uint8Array(columns.n).fill(1);
    this.outcome = { total: columns.n, certain: columns.n };
  }

  /** How many rows are shown. */
  get total(): number {
    return this.outcome.total;
  }

  /** How many of the rows shown only possibly pass: one alternative of several was chosen, or a part of an interval. */
  get possible(): number {
    return this.outcome.total - this.outcome.certain;
  }

  /** Grows with every change. */
  get version(): number {
    return this.grown;
  }

  /** Whether anything is stated of any row: a dimension without that has nothing to choose. */
  has(dimension: Dimension): boolean {
    const known = this.available.get(dimension);
    if (known !== undefined) return known;
    const found = isRange(dimension) ? hasIntervals(this.columns, dimension) : this.inUse(dimension).some((word) => word !== "");
    this.available.set(dimension, found);
    return found;
  }

  /**
   * Shows only rows that have one of these words; "" stands for "not stated", null for no filter. Time and the
   * border have ranges instead of words: for them only null means something.
   */
  choose(dimension: Dimension, words: ReadonlySet<string> | null): void {
    if (isRange(dimension)) {
      if (!words) this.remove(dimension);
      return;
    }
    if (isSame(this.words.get(dimension) ?? null, words)) return;
    const rows = { bits: this.bits, shown: this.shown };
    if (words) {
      const column = this.column(dimension);
      const verdicts = wordVerdicts(column, words, bitsOf(dimension));
      this.words.set(dimension, new Set(words));
      this.changed(judgeCodes(rows, othersMask(dimension), column.codes, verdicts));
    } else {
      this.words.delete(dimension);
      this.changed(judgeAll(rows, othersMask(dimension), 0));
    }
  }

  /** Shows only rows whose dates meet these days, first and last included; null for no filter. */
  time(range: Range | null): void {
    const days = range && ([Math.min(...range), Math.max(...range)] as const);
    if (days?.[0] === this.days?.[0] && days?.[1] === this.days?.[1]) return;
    this.days = days;
    this.changed(this.judge("time", days && { low: days[0], high: days[1] }));
  }

  /** Shows only rows on this piece of this border line; null for no filter. */
  along(range: Along | null): void {
    const old = this.piece;
    const piece = range && { line: range.line, low: Math.min(range.low, range.high), high: Math.max(range.low, range.high) };
    if (piece?.line === old?.line && piece?.low === old?.low && piece?.high === old?.high) return;
    this.piece = piece;
    const line = piece ? (this.columns.codes("line")?.words.indexOf(piece.line) ?? -1) : -1;
    this.changed(this.judge("along", piece && { low: piece.low, high: piece.high, line }));
  }

  /** Takes one filter away. */
  remove(dimension: Dimension): void {
    if (dimension === "time") this.time(null);
    else if (dimension === "along") this.along(null);
    else this.choose(dimension, null);
  }

  /** Takes every filter away. */
  clear(): void {
    if (!this.active().length) return;
    this.words.clear();
    this.days = null;
    this.piece = null;
    this.bits.fill(0);
    this.shown.fill(1);
    this.changed({ total: this.n, certain: this.n });
  }

  /** The dimensions that have a filter, in their order. */
  active(): readonly Dimension[] {
    return DIMENSIONS.filter((one) =>
      one === "time" ? this.days !== null : one === "along" ? this.piece !== null : this.words.has(one),
    );
  }

  chosen(dimension: Dimension): ReadonlySet<string> | null {
    return isRange(dimension) ? null : (this.words.get(dimension) ?? null);
  }

  range(): Range | null {
    return this.days;
  }

  alongRange(): Along | null {
    return this.piece;
  }

  subscribe(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Whether a row passes every filter but this one: for views that draw all that could be chosen there. */
  passesOthers(dimension: Dimension, row: number): boolean {
    return (this.bits[row]! & FAILING & othersMask(dimension)) === 0;
  }

  /**
   * Counts by word under all other filters; every word in use has its entry. "Possible" are rows that may have the
   * word or may pass the other filters. Time counts by year ("2022"), the border by line.
   */
  counts(dimension: Dimension): Map<string, Count> {
    if (dimension === "time") return this.years();
    const column = dimension === "along" ? linesOf(this.columns) : this.column(dimension);
    const all = dimension === "along" ? countCodes(this.bits, column, 0) : this.whole(dimension);
    const now =
      dimension === "along"
        ? countCodes(this.bits, column, othersMask("along"))
        : this.tally(dimension, this.spread(dimension));
    const counts = new Map<string, Count>();
    column.words.forEach((word, at) => {
      if (!all.certain[at]! && !all.possible[at]!) return;
      counts.set(word, { certain: now.certain[at]!, possible: now.possible[at]! });
    });
    return counts;
  }

  /** The same counts by number instead of by word, over the words or over entries that stand for several words. */
  tally(dimension: WordDimension, spread: Spread): Counts {
    const kept = this.kept.get(dimension);
    if (kept?.version === this.grown) return spreadCounts(kept.counts, spread);
    const counts = countCodes(this.bits, this.column(dimension), othersMask(dimension));
    this.kept.set(dimension, { version: this.grown, counts });
    return spreadCounts(counts, spread);
  }

  /** How a dimension's codes count for its words. */
  spread(dimension: WordDimension): Spread {
    return keep(this.spreads, dimension, () => makeSpread(this.column(dimension)));
  }

  column(dimension: WordDimension): WordColumn {
    return keep(this.columnsByName, dimension, () => wordColumn(this.columns, dimension));
  }

  /** The words that any row has, whatever is filtered; "" among them where some row states nothing. */
  inUse(dimension: WordDimension): readonly string[] {
    const { certain, possible } = this.whole(dimension);
    return this.column(dimension).words.filter((_, at) => certain[at]! + possible[at]! > 0);
  }

  /** Counts by number without any filter. */
  whole(dimension: WordDimension): Counts {
    return keep(this.wholes, dimension, () =>
      spreadCounts(countCodes(this.bits, this.column(dimension), 0), this.spread(dimension)),
    );
  }

  private years(): Map<string, Count> {
    const { low, high } = intervalsOf(this.columns, "time") ?? noDates(this.n);
    return countYears(this.bits, low, high, othersMask("time"));
  }

  private judge(dimension: "time" | "along", range: Parameters<typeof judgeIntervals>[3] | null): Outcome {
    const rows = { bits: this.bits, shown: this.shown };
    const intervals = range && intervalsOf(this.columns, dimension);
    if (!range || !intervals) return judgeAll(rows, othersMask(dimension), range ? failBit(dimension) : 0);
    return judgeIntervals(rows, othersMask(dimension), intervals, range, bitsOf(dimension));
  }

  private changed(outcome: Outcome): void {
    this.outcome = outcome;
    this.grown++;
    for (const listener of this.listeners) listener();
  }
}
