// What can be pointed at in the border strip, and what it is called: cells, or single incidents.

import { binLabel, spanLabel } from "./bins.ts";
import { cellBox, type Box, type Interval } from "./borderpaint.ts";
import { kmSpan, type StripScale } from "./borderscale.ts";
import type { Sieve } from "./others.ts";
import { edgeBefore } from "./ranges.ts";
import { rowsInCell, type Facts, type StripGrid } from "./stripgrid.ts";
import type { Stop } from "./stripwalk.ts";
import { count, thousands } from "../text.ts";

export interface Target extends Stop {
  readonly box: Box;
  /** What is told of it. */
  readonly text: string;
  /** What its rows have in common. */
  readonly label: string;
  rows(): number[];
}

export interface Targets {
  readonly all: readonly Target[];
  /** What lies under a place of the canvas. */
  under(x: number, y: number): Target | undefined;
}

export function cellTargets(grid: StripGrid, scale: StripScale, facts: Facts, rows: Uint32Array, sieve: Sieve): Targets {
  const { bins, parts, step, length } = grid;
  const all: Target[] = [];
  const numbers = new Map<number, number>();
  for (let cell = 0; cell < parts * bins.size; cell++) {
    const [certain, possible] = [grid.certain[cell]!, grid.possible[cell]!];
    if (!certain && !possible) continue;
    const [part, bin] = [Math.floor(cell / bins.size), cell % bins.size];
    const label = `${kmSpan(part * step, Math.min(length, (part + 1) * step))}, ${binLabel(bins, bin)}`;
    numbers.set(cell, all.length);
    all.push({
      along: part,
      when: bin,
      box: cellBox(grid, scale, part, bin),
      text: `${label}: ${thousands(certain)} certainly, ${thousands(possible)} possibly`,
      label,
      rows: () => rowsInCell(facts, rows, sieve, grid, [part, bin]),
    });
  }
  const under = (x: number, y: number): Target | undefined => {
    const part = Math.min(parts - 1, Math.floor(scale.along(x) / step));
    const bin = Math.min(bins.size - 1, edgeBefore(bins.starts, scale.day(y)));
    return all[numbers.get(part * bins.size + bin) ?? -1];
  };
  return { all, under };
}

export function intervalTargets(intervals: readonly Interval[], facts: Facts, nameOf: (row: number) => string): Targets {
  const target = (box: Interval): Target => {
    const { row } = box;
    const label = `${kmSpan(facts.low[row]!, facts.high[row]!)}, ${spanLabel(facts.from[row]!, facts.to[row]!)}`;
    return {
      along: facts.low[row]!,
      when: facts.from[row]!,
      box,
      label,
      get text() {
        return `${label}: ${nameOf(row)}`;
      },
      rows: () => [row],
    };
  };
  const all = intervals.map(target);
  // The smallest lies on top.
  const under = (x: number, y: number): Target | undefined => {
    const hits = all.filter(({ box }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height).reverse();
    const [first] = hits;
    if (!first || hits.length === 1) return first;
    const label = `${count(hits.length, "incident")} near ${first.label}`;
    return { ...first, text: label, label, rows: () => hits.flatMap((hit) => hit.rows()) };
  };
  return { all, under };
}
