// Paints the quiet ground: land, the focus country, water, first-order lines, neighbour borders.

import { stroke, trace, type Brush } from "./canvas.ts";
import type { Ground } from "./ground.ts";
import type { FlatLine } from "./projection.ts";

export interface GroundOptions {
  firstOrder: boolean;
  rivers: boolean;
  /** Border pairs that the border layer draws itself. */
  bold: ReadonlySet<string>;
}

const RIVER_WIDTHS = [1.4, 1.4, 1.1, 0.9];

export function paintGround(brush: Brush, ground: Ground, options: GroundOptions): void {
  const { ctx, zoom } = brush;
  ctx.fillStyle = brush.colour("land");
  ctx.fillRect(0, 0, brush.width, brush.height);
  area(brush, ground.focusLand, "focus");
  area(brush, ground.water, "water");
  if (options.firstOrder) stroke(brush, ground.firstOrder, { colour: "first-order", width: 0.8, dash: [3, 2.5], cap: "butt" });
  if (options.rivers) {
    for (const { lines, rank } of ground.rivers) {
      if (zoom >= rank + 3.5) stroke(brush, lines, { colour: "river", width: RIVER_WIDTHS[rank] ?? 0.7 });
    }
  }
  for (const { pair, status, lines } of ground.borders) {
    if (!options.bold.has(pair)) stroke(brush, lines, { ...dotted(status), colour: "neighbour" });
  }
}

/** Dots for a line that is disputed or a line of control: never the dashes of a claimed link. */
export function dotted(status: string, width = 1): { dash?: number[]; width: number; cap?: CanvasLineCap } {
  if (status !== "disputed" && status !== "line_of_control" && status !== "undefined") return { width };
  const dot = width * 1.25;
  return { width: dot, dash: [0.01, dot * 2.1], cap: "round" };
}

function area(brush: Brush, rings: readonly FlatLine[], colour: string): void {
  brush.ctx.beginPath();
  trace(brush, rings, true);
  brush.ctx.fillStyle = brush.colour(colour);
  brush.ctx.fill("evenodd");
}
