// A canvas for a plot of the page: as sharp as the screen, with the page's colours and fillings.

import { isPrinting } from "../dom.ts";

export interface Plot {
  readonly ctx: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** A colour of the theme by its name without `--bm-`. */
  colour(name: string): string;
  font(size: number, weight?: number): string;
  /** Slanted lines, the same over all of the plot. */
  hatching(colour: string): CanvasPattern | string;
  /** Dots, near to each other or farther apart. */
  dots(colour: string, apart: number): CanvasPattern | string;
}

/** The canvas, emptied and fitted to its place on the page; null while it has none. */
export function plotOn(canvas: HTMLCanvasElement): Plot | null {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ctx = width && height ? canvas.getContext("2d") : null;
  if (!ctx) return null;
  const fine = isPrinting() ? 3 : window.devicePixelRatio || 1;
  const [pixels, lines] = [Math.round(width * fine), Math.round(height * fine)];
  if (canvas.width !== pixels || canvas.height !== lines) [canvas.width, canvas.height] = [pixels, lines];
  ctx.setTransform(fine, 0, 0, fine, 0, 0);
  ctx.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  return {
    ctx,
    width,
    height,
    colour: (name) => style.getPropertyValue(`--bm-${name}`).trim() || "#888",
    font: (size, weight = 400) => `${weight} ${size}px ${style.getPropertyValue("--bm-sans").trim() || "sans-serif"}`,
    hatching: (colour) => tiled(ctx, fine, 4, colour, slanted),
    dots: (colour, apart) => tiled(ctx, fine, apart, colour, dotted),
  };
}

function tiled(
  ctx: CanvasRenderingContext2D,
  fine: number,
  side: number,
  colour: string,
  draw: (tile: CanvasRenderingContext2D, side: number) => void,
): CanvasPattern | string {
  const canvas = document.createElement("canvas");
  const pixels = Math.max(1, Math.round(side * fine));
  [canvas.width, canvas.height] = [pixels, pixels];
  const tile = canvas.getContext("2d");
  if (!tile) return colour;
  tile.scale(pixels / side, pixels / side);
  [tile.fillStyle, tile.strokeStyle] = [colour, colour];
  draw(tile, side);
  const pattern = ctx.createPattern(canvas, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(side / pixels));
  return pattern ?? colour;
}

function slanted(tile: CanvasRenderingContext2D, side: number): void {
  tile.lineWidth = 1;
  tile.beginPath();
  for (const by of [-side, 0, side]) {
    tile.moveTo(by - 1, side + 1);
    tile.lineTo(by + side + 1, -1);
  }
  tile.stroke();
}

function dotted(tile: CanvasRenderingContext2D, side: number): void {
  tile.beginPath();
  for (const [x, y] of [
    [side / 4, side / 4],
    [(side * 3) / 4, (side * 3) / 4],
  ] as const) {
    tile.moveTo(x + 0.75, y);
    tile.arc(x, y, 0.75, 0, Math.PI * 2);
  }
  tile.fill();
}

/** Calls back, at most once a frame, when an element has another size or the colours are others. */
export function onNewLook(element: Element, repaint: () => void): () => void {
  const observer = new ResizeObserver(repaint);
  observer.observe(element);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", repaint);
  return () => {
    observer.disconnect();
    dark.removeEventListener("change", repaint);
  };
}
