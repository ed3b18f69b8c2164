// Filters in words: what the chips say, and what is said of the result.

import { isRange, type Along, type Dimension, type WordDimension } from "./dimensions.ts";
import { labelOf, type Label } from "./facetwords.ts";
import type { Filters, Range } from "./filters.ts";
import { roleWords } from "./parties.ts";
import { count, thousands } from "../text.ts";

const TITLES: Record<Dimension, string> = {
  status: "Status",
  type: "Type",
  party: "Party",
  stretch: "Stretch",
  precision: "Place known as",
  deaths: "Killed",
  source: "Source",
  time: "Time",
  along: "Border km",
};
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** How many words a chip names, and how long one may be. */
const NAMED = 3;
const LONGEST = 60;

/** What a chip says. The parts came with the data: each runs in its own direction. */
export interface Chip {
  readonly title: string;
  readonly parts: readonly string[];
  /** Said after the parts: "and 5 more". */
  readonly rest: string;
}

export interface ChipLabels {
  readonly label: Label;
  /** The name of a border line by its key. */
  line?(key: string): string;
}

export function chipOf(filters: Filters, dimension: Dimension, labels: ChipLabels): Chip {
  const title = TITLES[dimension];
  if (isRange(dimension)) {
    const text = dimension === "time" ? timeWords(filters.range()) : alongWords(filters.alongRange(), labels);
    return { title, parts: text ? [text] : [], rest: "" };
  }
  return { title, ...wordChip(filters, dimension, labels.label) };
}

export function chipText({ title, parts, rest }: Chip): string {
  return `${title}: ${[parts.join(", "), rest].filter(Boolean).join(" ")}`;
}

function wordChip(filters: Filters, dimension: WordDimension, label: Label): Omit<Chip, "title"> {
  const chosen = filters.chosen(dimension) ?? new Set();
  if (!chosen.size) return { parts: ["none"], rest: "" };
  const inUse = dimension === "status" ? filters.inUse(dimension) : [];
  const left = inUse.filter((word) => !chosen.has(word));
  // A few switches that are off say more than the many that are on.
  const isMost = left.length > 0 && left.length < inUse.length - left.length;
  const names = distinct((isMost ? left : [...chosen]).map((word) => wordOf(label, dimension, word)));
  const named = names.slice(0, NAMED).map(short);
  const rest = names.length > NAMED ? `and ${thousands(names.length - NAMED)} more` : "";
  return { parts: isMost ? [`all but ${named[0] ?? ""}`, ...named.slice(1)] : named, rest };
}

function wordOf(label: Label, dimension: WordDimension, word: string): string {
  const text = labelOf(label, dimension, word);
  const role = dimension === "party" ? roleWords(word) : "";
  return role ? `${text} (${role})` : word === "" ? text.toLowerCase() : text;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function short(text: string): string {
  const signs = [...text];
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST - 1).join("").trimEnd()}…` : text;
}

/** "3 Mar 2022". */
export function dayWords(day: number): string {
  const date = new Date(day * 86_400_000);
  if (Number.isNaN(date.getTime())) return "?";
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""} ${date.getUTCFullYear()}`;
}

export function timeWords(range: Range | null): string {
  if (!range) return "";
  const [first, last] = range.map(dayWords) as [string, string];
  return first === last ? first : `${first} – ${last}`;
}

function alongWords(along: Along | null, { line }: ChipLabels): string {
  if (!along) return "";
  const name = line?.(along.line) || along.line;
  return `${km(along.low)} – ${km(along.high)}${name ? `, ${short(name)}` : ""}`;
}

/** Tenths of a kilometre as kilometres: 1234 as "123.4", 13440 as "1,344". */
function km(tenths: number): string {
  const whole = Math.round(tenths);
  return whole % 10 ? `${thousands(Math.trunc(whole / 10))}.${Math.abs(whole % 10)}` : thousands(whole / 10);
}

/** "Showing 123 of 1,000 incidents, 15 of them only possibly; 12 not placeable on the map". */
export function resultWords(filters: Filters, n: number, unplaced: number): string {
  const { possible, total } = filters;
  const open = !possible ? "" : possible === total ? ", only possibly" : `, ${thousands(possible)} of them only possibly`;
  const off = unplaced ? `; ${thousands(unplaced)} not placeable on the map` : "";
  return `Showing ${thousands(total)} of ${count(n, "incident")}${open}${off}`;
}

/** The same for a screen reader, in few words. */
export function resultSaid({ n, total }: Filters): string {
  return total === n ? `All shown: ${count(n, "incident")}` : `${thousands(total)} of ${count(n, "incident")} shown`;
}
