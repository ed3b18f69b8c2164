// What is drawn in the border strip: a few incidents each as its interval, many as cells in classes of counts.

import type { StripScale } from "./borderscale.ts";
import type { Plot } from "./plot.ts";
import type { Sieve } from "./others.ts";
import { FAILING } from "../filters/dimensions.ts";
import { MISSING } from "../columns/columns.ts";
import { classesFor, classOf, mostCertain, type Facts, type StripGrid } from "./stripgrid.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An incident as the rectangle of what is known of its place and date. */
export interface Interval extends Box {
  readonly row: number;
}

/** The smallest side of a rectangle that can be seen and pressed. */
const LEAST = 7;
/** Larger than this a rectangle is an interval, and paler. */
const POINT = 10;

/** The rows that pass, large rectangles first so that small ones lie on them. */
export function makeIntervals(facts: Facts, rows: Uint32Array, { bits, mask }: Sieve, scale: StripScale): Interval[] {
  const found: Interval[] = [];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if ((bits[row]! & mask & FAILING) !== 0 || facts.from[row] === MISSING || facts.to[row] === MISSING) continue;
    const [x, width] = atLeast(scale.x(facts.low[row]!), scale.x(facts.high[row]!), scale.across);
    const [y, height] = atLeast(scale.y(facts.from[row]!), scale.y(facts.to[row]! + 1), scale.down);
    found.push({ row, x, y, width, height });
  }
  return found.sort((one, other) => other.width * other.height - one.width * one.height || one.row - other.row);
}

/** A side that is long enough, within the plot. */
function atLeast(low: number, high: number, [first, last]: readonly [number, number]): [number, number] {
  const side = Math.max(LEAST, high - low);
  return [Math.max(first, Math.min(last - side, (low + high - side) / 2)), side];
}

export function paintIntervals({ ctx }: Plot, intervals: readonly Interval[], colourOf: (row: number) => string): void {
  ctx.lineWidth = 1;
  for (const { row, x, y, width, height } of intervals) {
    [ctx.fillStyle, ctx.strokeStyle] = [colourOf(row), colourOf(row)];
    ctx.globalAlpha = width > POINT || height > POINT ? 0.16 : 0.8;
    ctx.fillRect(x, y, width, height);
    ctx.globalAlpha = 0.95;
    ctx.strokeRect(Math.round(x) + 0.5, Math.round(y) + 0.5, Math.round(width) - 1, Math.round(height) - 1);
  }
  ctx.globalAlpha = 1;
}

/** The incident that is open, framed in ink. */
export function paintChosen({ ctx, colour }: Plot, facts: Facts, row: number, scale: StripScale): void {
  const [one] = makeIntervals(facts, Uint32Array.of(row), { bits: new Uint16Array(row + 1), mask: 0 }, scale);
  if (!one) return;
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = colour("ink");
  ctx.strokeRect(one.x - 1.5, one.y - 1.5, one.width + 3, one.height + 3);
}

/** The rectangle of a cell. */
export function cellBox({ bins, step, length }: StripGrid, scale: StripScale, part: number, bin: number): Box {
  const [left, right] = [Math.round(scale.x(part * step)), Math.round(scale.x(Math.min(length, (part + 1) * step)))];
  const [top, foot] = [Math.round(scale.y(bins.starts[bin]!)), Math.round(scale.y(bins.starts[bin + 1]!))];
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, foot - top) };
}

export function paintCells(plot: Plot, grid: StripGrid, scale: StripScale): void {
  const { ctx } = plot;
  const fills = fillings(plot, grid);
  const { size } = grid.bins;
  for (let part = 0; part < grid.parts; part++) {
    for (let bin = 0; bin < size; bin++) {
      const [certain, possible] = [grid.certain[part * size + bin]!, grid.possible[part * size + bin]!];
      if (!certain && !possible) continue;
      const { x, y, width, height } = cellBox(grid, scale, part, bin);
      // A gap between cells as long as they are large enough to have one.
      const [wide, high] = [width > 4 ? width - 1 : width, height > 4 ? height - 1 : height];
      for (const fill of fills(certain, possible)) {
        ctx.fillStyle = fill;
        ctx.fillRect(x, y, wide, high);
      }
    }
  }
}

type Filling = CanvasPattern | string;

/** The fillings of a cell from the ground up: a tint for the certain, dots for the possible. */
function fillings(plot: Plot, grid: StripGrid): (certain: number, possible: number) => Filling[] {
  const classes = classesFor(mostCertain(grid));
  const tints = ["", ...[1, 2, 3, 4, 5].map((shade) => plot.colour(`strip-${shade}`))];
  const one = [plot.colour("strip-one"), plot.dots(plot.colour("strip-dots"), 6)];
  const several = [plot.colour("strip-several"), plot.dots(plot.colour("strip-dots"), 4.5)];
  const upon = plot.dots(plot.colour("strip-upon"), 6);
  return (certain, possible) => {
    if (!certain) return possible > 1 ? several : one;
    const tint = tints[classOf(certain, classes)]!;
    return possible ? [tint, upon] : [tint];
  };
}
