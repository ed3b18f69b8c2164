// The incident symbols as small pictures for the canvas: the same outlines and forms as in `symbols.ts`.

import { formOf, MIDDLES, outlineOf } from "./symbols.ts";

/** The side of a symbol on the canvas, in screen pixels. */
export const SPRITE = 15;
const BOX = 24;
/** The clips of `marks.ts`. */
const CLIPS: Record<string, string> = {
  whole: "M0 0H24V24H0z",
  threequarters: "M0 0H12V12H24V24H0z",
  half: "M0 12H24V24H0z",
  before: "M0 0L0 24H21.6L0 2.4z",
  after: "M2.4 0H24V21.6z",
};

/** A symbol drawn once in a colour, for screens of a density. */
export function sprite(type: string, status: string, ink: string, paper: string, fine: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.ceil(SPRITE * fine);
  const ctx = canvas.getContext("2d");
  if (!ctx) return canvas;
  ctx.scale(canvas.width / BOX, canvas.height / BOX);
  const form = formOf(status);
  const outline = new Path2D(outlineOf(type));
  ctx.lineJoin = "round";
  ctx.strokeStyle = ctx.fillStyle = paper;
  ctx.lineWidth = 5;
  ctx.stroke(outline);
  ctx.fill(outline);
  ctx.strokeStyle = ctx.fillStyle = ink;
  for (const { clip, strength } of form.inked) {
    ctx.save();
    ctx.clip(new Path2D(CLIPS[clip]));
    ctx.globalAlpha = strength;
    ctx.fill(outline);
    ctx.restore();
  }
  // A little bolder than the large symbols, so that the form still reads.
  ctx.lineWidth = form.outline * 1.3;
  if (form.dashed) ctx.setLineDash([3, 2.4]);
  ctx.stroke(outline);
  ctx.setLineDash([]);
  const middle = MIDDLES[type] ?? BOX / 2;
  if (form.mark === "dot") ctx.fill(new Path2D(`M12 ${middle}m-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0`));
  if (form.mark === "bar") {
    ctx.lineWidth = 3;
    ctx.stroke(new Path2D(`M8 ${middle}h8`));
  }
  return canvas;
}
