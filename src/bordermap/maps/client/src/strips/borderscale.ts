// The axes of the border strip: kilometres from left to right, time downwards.

import type { StripLine } from "../payload.ts";
import type { Bins } from "./bins.ts";
import type { Plot } from "./plot.ts";
import { timeTicks } from "./timeaxis.ts";

/** Room for the words round the plot, in pixels. */
export const MARGIN = { left: 62, right: 12, top: 17, bottom: 17 };

export interface StripScale {
  readonly width: number;
  readonly height: number;
  /** The edges of the plot: left and right, top and foot. */
  readonly across: readonly [number, number];
  readonly down: readonly [number, number];
  /** From tenths of a kilometre along the line to pixels of the canvas, and back. */
  x(along: number): number;
  along(x: number): number;
  y(day: number): number;
  day(y: number): number;
}

export function stripScale(width: number, height: number, length: number, { starts, size }: Bins): StripScale {
  const [wide, high] = [width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom];
  const [first, after] = [starts[0]!, starts[size]!];
  const perTenth = wide / length;
  const perDay = high / (after - first);
  return {
    width,
    height,
    across: [MARGIN.left, MARGIN.left + wide],
    down: [MARGIN.top, MARGIN.top + high],
    x: (along) => MARGIN.left + Math.max(0, Math.min(length, along)) * perTenth,
    along: (x) => Math.max(0, Math.min(length, (x - MARGIN.left) / perTenth)),
    y: (day) => MARGIN.top + Math.max(0, Math.min(after - first, day - first)) * perDay,
    day: (y) => first + Math.max(0, Math.min(after - first, (y - MARGIN.top) / perDay)),
  };
}

/** "40" or "40.5": tenths of a kilometre. */
export function km(along: number): string {
  return String(Math.round(along) / 10);
}

/** "km 40–50", or the one place. */
export function kmSpan(low: number, high: number): string {
  return km(low) === km(high) ? `km ${km(low)}` : `km ${km(low)}–${km(high)}`;
}

export function paintAxes(plot: Plot, scale: StripScale, bins: Bins, line: StripLine): void {
  plot.ctx.font = plot.font(11);
  plot.ctx.textBaseline = "alphabetic";
  paintTimes(plot, scale, bins);
  paintKilometres(plot, scale, line.lengthKm);
  paintMarks(plot, scale, line);
}

function paintTimes({ ctx, colour }: Plot, scale: StripScale, { starts, size }: Bins): void {
  const [first, after] = [starts[0]!, starts[size]!];
  const right = scale.width - MARGIN.right;
  ctx.textAlign = "right";
  for (const { day, label, year } of timeTicks(first, after, scale.y(after) - scale.y(first), 15)) {
    const y = Math.round(scale.y(day));
    ctx.fillStyle = colour("rule");
    ctx.fillRect(MARGIN.left - 4, y, year ? right - MARGIN.left + 4 : 4, 1);
    ctx.fillStyle = colour(year ? "ink" : "quiet");
    if (y + 11 < scale.height - MARGIN.bottom + 4) ctx.fillText(label, MARGIN.left - 6, y + 10);
  }
}

function paintKilometres({ ctx, colour }: Plot, scale: StripScale, lengthKm: number): void {
  const foot = scale.height - MARGIN.bottom;
  const step = kmStep(lengthKm, (scale.width - MARGIN.left - MARGIN.right) / 56);
  const end = `${Math.round(lengthKm)} km`;
  const room = ctx.measureText(end).width;
  ctx.fillStyle = colour("quiet");
  ctx.fillRect(MARGIN.left, foot, scale.width - MARGIN.left - MARGIN.right, 1);
  for (let at = 0; at < lengthKm; at += step) {
    const x = Math.round(scale.x(at * 10));
    if (x + 8 > scale.width - MARGIN.right) break;
    ctx.fillRect(x, foot, 1, 4);
    ctx.textAlign = "center";
    if (x + 20 < scale.width - room - 6) ctx.fillText(String(at), x, scale.height - 3);
  }
  ctx.fillRect(scale.width - MARGIN.right - 1, foot, 1, 4);
  ctx.textAlign = "right";
  ctx.fillText(end, scale.width - 1, scale.height - 3);
}

/** The finest round step of at most so many. */
function kmStep(lengthKm: number, most: number): number {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
  return steps.find((step) => lengthKm / step <= Math.max(1, most)) ?? 5000;
}

/** Marks along the top: each has a tick, and its name where there is room for it. */
function paintMarks({ ctx, colour }: Plot, scale: StripScale, { marks = [], lengthKm }: StripLine): void {
  let free = 0;
  ctx.textAlign = "left";
  const known = marks.filter((mark) => mark.km >= 0 && mark.km <= lengthKm).sort((one, other) => one.km - other.km);
  for (const { km: at, label } of known) {
    const x = Math.round(scale.x(at * 10));
    const room = ctx.measureText(label).width;
    const left = Math.max(MARGIN.left - 30, Math.min(scale.width - room - 1, x - room / 2));
    const fits = left >= free;
    ctx.fillStyle = colour(fits ? "quiet" : "rule");
    ctx.fillRect(x, MARGIN.top - 5, 1, 5);
    if (!fits) continue;
    ctx.fillText(label, left, MARGIN.top - 7);
    free = left + room + 10;
  }
}
