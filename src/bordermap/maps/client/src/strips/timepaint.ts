// The histogram of the time strip: what is certain solid, what is possible hatched and paler upon it.

import type { BinCounts } from "./bincounts.ts";
import { highest } from "./bincounts.ts";
import type { Plot } from "./plot.ts";
import { thousands } from "../text.ts";
import { timeTicks } from "./timeaxis.ts";

/** What lies round the bars, in pixels. */
export const MARGIN = { left: 38, right: 10, top: 3, bottom: 15 };

interface Bars {
  readonly counts: BinCounts;
  /** The edges of the bins in pixels. */
  readonly x: Float64Array;
  readonly foot: number;
  /** Pixels of one incident. */
  readonly each: number;
}

export function paintTime(plot: Plot, counts: BinCounts, colours: readonly string[]): void {
  const { width, height } = plot;
  const foot = height - MARGIN.bottom;
  const most = highest(counts);
  const x = edgesOf(counts, width);
  paintGrid(plot, counts, x, most);
  paintBars(plot, { counts, x, foot, each: (foot - MARGIN.top) / Math.max(1, most) }, colours);
  plot.ctx.fillStyle = plot.colour("quiet");
  plot.ctx.fillRect(MARGIN.left, foot, width - MARGIN.left - MARGIN.right, 1);
}

/** The dates of the incident that is open: a frame round them, with a mark upon it. */
export function paintChosen({ ctx, width, height, colour }: Plot, { bins }: BinCounts, from: number, to: number): void {
  const [first, after] = [bins.starts[0]!, bins.starts[bins.size]!];
  const at = (day: number): number =>
    MARGIN.left + ((Math.max(first, Math.min(after, day)) - first) / (after - first)) * (width - MARGIN.left - MARGIN.right);
  const [left, foot] = [at(from), height - MARGIN.bottom];
  const wide = Math.max(3, at(to + 1) - left);
  ctx.strokeStyle = ctx.fillStyle = colour("ink");
  ctx.lineWidth = 1.5;
  ctx.strokeRect(left, MARGIN.top + 1, wide, foot - MARGIN.top - 1);
  const middle = left + wide / 2;
  ctx.fill(new Path2D(`M${middle - 5} ${foot}L${middle + 5} ${foot}L${middle} ${foot - 7}Z`));
}

function edgesOf({ bins }: BinCounts, width: number): Float64Array {
  const { starts, size } = bins;
  const perDay = (width - MARGIN.left - MARGIN.right) / (starts[size]! - starts[0]!);
  return Float64Array.from(starts, (day) => MARGIN.left + (day - starts[0]!) * perDay);
}

function paintGrid(plot: Plot, { bins }: BinCounts, x: Float64Array, most: number): void {
  const { ctx, width, height } = plot;
  const foot = height - MARGIN.bottom;
  const [first, after] = [bins.starts[0]!, bins.starts[bins.size]!];
  const pixels = x[bins.size]! - x[0]!;
  ctx.font = plot.font(11);
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = plot.colour("rule");
  ctx.fillRect(MARGIN.left, MARGIN.top, pixels, 1);
  let free = 0;
  for (const { day, label, year } of timeTicks(first, after, pixels, 46)) {
    const at = Math.round(x[0]! + ((day - first) / (after - first)) * pixels);
    ctx.fillStyle = plot.colour("rule");
    ctx.fillRect(at, year ? MARGIN.top : foot, 1, year ? foot - MARGIN.top + 5 : 5);
    const room = ctx.measureText(label).width;
    if (at < free || at + 3 + room > width) continue;
    ctx.fillStyle = plot.colour(year ? "ink" : "quiet");
    ctx.textAlign = "left";
    ctx.fillText(label, at + 3, height - 3);
    free = at + room + 9;
  }
  ctx.fillStyle = plot.colour("quiet");
  ctx.textAlign = "right";
  ctx.fillText(short(most), MARGIN.left - 5, MARGIN.top + 9);
  ctx.fillText("0", MARGIN.left - 5, foot + 1);
}

/** Up to six signs: the margin has no room for more. */
export function short(n: number): string {
  if (n < 100_000) return thousands(n);
  return n < 1_000_000 ? `${Math.round(n / 1000)}k` : `${Math.round(n / 100_000) / 10}M`;
}

function paintBars(plot: Plot, bars: Bars, colours: readonly string[]): void {
  const { counts, foot, each } = bars;
  const { size } = counts.bins;
  const tops = new Float64Array(size).fill(foot);
  const scales = Float64Array.from({ length: size }, (_, bin) => scaleOf(counts, bin, each));
  for (const table of [counts.certain, counts.possible]) {
    for (let kind = 0; kind < counts.kinds; kind++) {
      const fill = filling(plot, colours[kind] ?? "#888", table === counts.possible);
      for (let bin = 0; bin < size; bin++) {
        const n = table[bin * counts.kinds + kind]!;
        if (!n) continue;
        const high = n * scales[bin]!;
        const top = tops[bin]! - high;
        bar(bars, bin, top, high, fill);
        tops[bin] = top;
      }
    }
  }
}

/** Pixels of one incident in a bin: so few that it could not be seen are drawn a little higher than they are. */
function scaleOf({ certain, possible, kinds }: BinCounts, bin: number, each: number): number {
  let n = 0;
  for (let at = bin * kinds; at < (bin + 1) * kinds; at++) n += certain[at]! + possible[at]!;
  return Math.max(each, 2 / Math.max(1, n));
}

function bar({ x }: Bars, bin: number, top: number, high: number, fill: Fill): void {
  const left = Math.round(x[bin]!);
  const wide = Math.max(1, Math.round(x[bin + 1]!) - left);
  fill(left, top, wide > 3 ? wide - 1 : wide, high);
}

type Fill = (x: number, y: number, width: number, height: number) => void;

function filling({ ctx, hatching }: Plot, colour: string, isPossible: boolean): Fill {
  if (!isPossible)
    return (x, y, width, height) => {
      ctx.fillStyle = colour;
      ctx.fillRect(x, y, width, height);
    };
  const lines = hatching(colour);
  return (x, y, width, height) => {
    ctx.globalAlpha = 0.2;
    ctx.fillStyle = colour;
    ctx.fillRect(x, y, width, height);
    ctx.globalAlpha = width > 3 ? 0.75 : 0.4;
    ctx.fillStyle = lines;
    ctx.fillRect(x, y, width, height);
    if (width > 4 && height > 3) outline(ctx, colour, x, y, width, height);
    ctx.globalAlpha = 1;
  };
}

function outline(ctx: CanvasRenderingContext2D, colour: string, x: number, y: number, width: number, height: number): void {
  ctx.globalAlpha = 0.9;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.strokeRect(x + 0.5, Math.round(y) + 0.5, width - 1, Math.max(1, height - 1));
}
