// Paints grid cells: exact rectangles in lon/lat, filled with the tint of their class.

import type { Atlas } from "../atlas.ts";
import type { Brush } from "../map/canvas.ts";
import type { Cell } from "./tally.ts";

/** From this width on, in pixels, a line of ground stands between cells. */
const ROOMY = 9;

export function paintCells(brush: Brush, atlas: Atlas): void {
  for (const tally of atlas.tallies) {
    if (!atlas.store.isOn(`${tally.key}:cells`)) continue;
    let shade = -1;
    for (const cell of tally.cells) {
      if (!isInView(cell, brush)) continue;
      if (cell.shade !== shade) brush.ctx.fillStyle = brush.colour(`tally-${cell.shade || 1}`);
      shade = cell.shade;
      const [x, y, width, height] = pixels(cell, brush);
      brush.ctx.fillRect(x, y, width, height);
    }
  }
  const chosen = atlas.unit;
  if (chosen?.kind === "cell") outline(brush, chosen);
}

function isInView({ box }: Cell, { box: view }: Brush): boolean {
  return box[0] < view[2] && box[2] > view[0] && box[1] < view[3] && box[3] > view[1];
}

/** Edges lie on whole device pixels, so that neighbours meet without a seam. */
function pixels({ box }: Cell, brush: Brush): [number, number, number, number] {
  const fine = window.devicePixelRatio || 1;
  const snap = (value: number): number => Math.round(value * fine) / fine;
  const [left, top, right, bottom] = [snap(brush.x(box[0])), snap(brush.y(box[1])), snap(brush.x(box[2])), snap(brush.y(box[3]))];
  const gap = right - left >= ROOMY ? 1 / fine : 0;
  return [left, top, Math.max(right - left - gap, 1 / fine), Math.max(bottom - top - gap, 1 / fine)];
}

function outline(brush: Brush, cell: Cell): void {
  const { ctx } = brush;
  const [x, y, width, height] = pixels(cell, brush);
  for (const [colour, line] of [
    ["halo", 6],
    ["ink", 2.4],
  ] as const) {
    ctx.strokeStyle = brush.colour(colour);
    ctx.lineWidth = line;
    ctx.lineJoin = "miter";
    ctx.strokeRect(x, y, width, height);
  }
}
