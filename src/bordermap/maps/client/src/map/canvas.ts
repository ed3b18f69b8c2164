// A canvas that moves and scales with the map, as Leaflet's own renderers do, painted by functions.

import { isPrinting } from "../dom.ts";
import type { FlatLine } from "./projection.ts";

export interface Brush {
  readonly ctx: CanvasRenderingContext2D;
  readonly zoom: number;
  /** Screen pixels per pixel of zoom 0. */
  readonly scale: number;
  /** What is on the canvas, in pixels of zoom 0. */
  readonly box: readonly [number, number, number, number];
  /** Canvas pixels of a zoom-0 pixel. */
  x(worldX: number): number;
  y(worldY: number): number;
  /** From canvas pixels to the map container's. */
  readonly offset: L.Point;
  readonly width: number;
  readonly height: number;
  colour(name: string): string;
}

export type Painter = (brush: Brush) => unknown;

/** What Leaflet's renderer base gives and its types leave out. */
interface RendererInside {
  _map: L.Map & { _animatingZoom?: boolean };
  _container: HTMLCanvasElement;
  _bounds?: L.Bounds;
  /** What the last painting showed. */
  _painted?: string;
  /** Leaflet's own: at which zoom it was settled last. */
  _zoom?: number;
  options: L.RendererOptions & { painter: Painter };
}

interface CanvasPane extends L.Renderer {
  repaint(): void;
  settle(): void;
}

const waiting = new Set<CanvasPane>();

function inTurn(pane: CanvasPane): void {
  waiting.add(pane);
  if (waiting.size === 1) requestAnimationFrame(next);
}

function next(): void {
  for (const pane of waiting) {
    waiting.delete(pane);
    pane.settle();
    break;
  }
  if (waiting.size) requestAnimationFrame(next);
}

function paneClass(): new (options: L.RendererOptions & { painter: Painter }) => CanvasPane {
  return L.Renderer.extend({
    _initContainer(this: RendererInside) {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._container.className = "bm-canvas";
    },
    _destroyContainer(this: RendererInside) {
      this._container.remove();
    },
    _update(this: RendererInside & CanvasPane) {
      if (this._map._animatingZoom && this._bounds) return;
      // After a drag each canvas waits for a frame of its own: what it shows moved along and is still right.
      if (this._zoom === this._map.getZoom() && !isPrinting()) inTurn(this);
      else this.settle();
    },
    settle(this: RendererInside & CanvasPane) {
      if (!this._map) return;
      (L.Renderer.prototype as unknown as { _update(): void })._update.call(this);
      const key = [this._map.getZoom(), this._map.getPixelOrigin(), density(), this._bounds?.min, this._bounds?.max].join(" ");
      L.DomUtil.setPosition(this._container, this._bounds?.min ?? L.point(0, 0));
      if (key !== this._painted) this.repaint();
      this._painted = key;
    },
    // Leaflet's own would place the canvas between two pixels, which blurs it.
    _reset(this: { _update(): void }) {
      this._update();
    },
    repaint(this: RendererInside) {
      if (this._map && this._bounds) paintAll(this._map, this._container, this._bounds, this.options.painter);
    },
  }) as unknown as new (options: L.RendererOptions & { painter: Painter }) => CanvasPane;
}

export function canvasPane(pane: string, painter: Painter): CanvasPane {
  return new (paneClass())({ pane, painter, padding: 0.12 });
}

/** The canvas pixels of a screen pixel. */
function density(): number {
  return isPrinting() ? 3 : window.devicePixelRatio || 1;
}

function paintAll(map: L.Map, canvas: HTMLCanvasElement, bounds: L.Bounds, painter: Painter): void {
  const size = bounds.getSize();
  const min = bounds.min ?? L.point(0, 0);
  const fine = density();
  canvas.width = Math.round(size.x * fine);
  canvas.height = Math.round(size.y * fine);
  canvas.style.width = `${size.x}px`;
  canvas.style.height = `${size.y}px`;
  const ctx = canvas.getContext("2d");
  if (!ctx) return;
  ctx.setTransform(fine, 0, 0, fine, 0, 0);
  const origin = map.getPixelOrigin().add(min);
  const scale = 2 ** map.getZoom();
  const style = getComputedStyle(map.getContainer());
  painter({
    ctx,
    zoom: map.getZoom(),
    scale,
    box: [origin.x / scale, origin.y / scale, (origin.x + size.x) / scale, (origin.y + size.y) / scale],
    x: (worldX) => worldX * scale - origin.x,
    y: (worldY) => worldY * scale - origin.y,
    offset: map.layerPointToContainerPoint(min),
    width: size.x,
    height: size.y,
    colour: (name) => style.getPropertyValue(`--bm-${name}`).trim() || "#888",
  });
}

/** Adds lines to the current path, leaving out what a screen cannot show. No array is made in the loop: it is hot. */
export function trace({ ctx, x, y, box }: Brush, lines: readonly FlatLine[], closed = false): void {
  for (const { xy, box: own } of lines) {
    if (own[0] > box[2] || own[2] < box[0] || own[1] > box[3] || own[3] < box[1]) continue;
    let lastX = x(xy[0]!);
    let lastY = y(xy[1]!);
    ctx.moveTo(lastX, lastY);
    const end = xy.length - 2;
    for (let i = 2; i <= end; i += 2) {
      const px = x(xy[i]!);
      const py = y(xy[i + 1]!);
      if (i < end && Math.abs(px - lastX) + Math.abs(py - lastY) < 0.8) continue;
      ctx.lineTo(px, py);
      lastX = px;
      lastY = py;
    }
    if (closed) ctx.closePath();
  }
}

export interface Stroke {
  colour: string;
  width: number;
  dash?: number[];
  cap?: CanvasLineCap;
}

export function stroke(brush: Brush, lines: readonly FlatLine[], { colour, width, dash = [], cap = "round" }: Stroke): void {
  const { ctx } = brush;
  ctx.beginPath();
  trace(brush, lines);
  ctx.strokeStyle = brush.colour(colour);
  ctx.lineWidth = width;
  ctx.lineCap = cap;
  ctx.lineJoin = "round";
  ctx.setLineDash(dash);
  ctx.stroke();
  ctx.setLineDash([]);
}
