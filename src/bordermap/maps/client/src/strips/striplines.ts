// Which border lines the border strip offers, and what its fillings mean.

import type { StripLine } from "../payload.ts";
import type { Columns } from "../columns/columns.ts";
import { el } from "../dom.ts";
import { thousands } from "../text.ts";
import { classesFor, mostCertain, type Facts, type StripGrid } from "./stripgrid.ts";

export const NO_PLACES = "No incident here is placed along a border line, so there is no strip of the border.";
const FEW_NOTE = "Each incident in the colour of its status, as wide as its place and as long as its date is uncertain.";

export function factsOf(columns: Columns): Facts | undefined {
  const [low, high] = [columns.ints("along_low"), columns.ints("along_high")];
  const [from, to] = [columns.ints("from"), columns.ints("to")];
  return low && high && from && to ? { low, high, from, to } : undefined;
}

/** The lines that have incidents, the one with most first. A line of unknown length is as long as it has places. */
export function linesInUse(lines: readonly StripLine[], rows: Map<string, Uint32Array>, { high }: Facts): StripLine[] {
  const found = [...rows].map(([key, own]) => {
    const known = lines.find((line) => line.key === key);
    if (known && known.lengthKm > 0) return { line: known, n: own.length };
    const lengthKm = own.reduce((most, row) => Math.max(most, high[row]! / 10), 1);
    return { line: { label: key, ...known, key, lengthKm }, n: own.length };
  });
  return found.sort((one, other) => other.n - one.n || (one.line.key < other.line.key ? -1 : 1)).map(({ line }) => line);
}

/** What each filling that occurs means. */
export function cellKey(grid: StripGrid, isFew: boolean): Node[] {
  if (isFew) return [el("span", { dir: "auto" }, FEW_NOTE)];
  const most = mostCertain(grid);
  const maybe = grid.possible.some((n) => n > 0);
  const entry = (name: string, label: string): Node =>
    el("span", {}, el("span", `bm-strip-swatch bm-strip-${name}`), el("span", { dir: "auto" }, label));
  const drawn = classesFor(most).filter(([least]) => least <= most);
  const classes = drawn.map(([least, highest], at) => entry(`class-${at + 1}`, words(least, highest)));
  return [
    ...(classes.length ? [el("span", { dir: "auto" }, "Certainly:"), ...classes] : []),
    ...(maybe ? [entry("possible", "dotted: possibly too, or only possibly")] : []),
  ];
}

function words(least: number, most: number): string {
  if (least === most) return thousands(least);
  return most === Infinity ? `${thousands(least)} or more` : `${thousands(least)}–${thousands(most)}`;
}
