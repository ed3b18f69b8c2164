// Many incidents on a canvas: each symbol at its own place; where they stand so close that none could be told from its
// neighbours, a square that says how many there are. Nothing is moved.

import type { Atlas } from "../atlas.ts";
import { canvasPane, type Brush } from "./canvas.ts";
import { isPrinting } from "../dom.ts";
import { oncePerFrame } from "../filters/pace.ts";
import { pane } from "./panes.ts";
import type { Box } from "../incidents/spots.ts";
import { sprite, SPRITE } from "./sprites.ts";
import { slug } from "../text.ts";
import { buttonsInView } from "./viewport.ts";

/** The side of a square, in screen pixels; squares lie on a grid that moves with the map. */
const SIDE = 14;
/** More than so many in a square are drawn as a square. */
const CROWD = 2;
/** Least counts of the shades of squares, the lightest first, by how many incidents there are at most. */
const STEPS: readonly (readonly [number, readonly number[]])[] = [
  [30_000, [3, 5, 10, 25, 100, 500]],
  [300_000, [3, 10, 30, 100, 500, 2500]],
  [Infinity, [3, 25, 100, 500, 2500, 10_000]],
];

/** The classes of squares for so many incidents: the same whatever is filtered, so that tints can be compared. */
export function squareSteps(n: number): readonly number[] {
  return STEPS.find(([most]) => n <= most)![1];
}

interface Grid {
  /** Column and row of the first square. */
  west: number;
  north: number;
  columns: number;
  rows: number;
  counts: Uint32Array;
  /** The first two rows of each square: all of them, where it is drawn by its symbols. */
  members: Int32Array;
}

export class Points {
  private readonly sprites = new Map<string, HTMLCanvasElement>();
  private readonly canvases: ReturnType<typeof canvasPane>[];
  private last: { key: string; grid: Grid | undefined } = { key: "", grid: undefined };

  constructor(private readonly atlas: Atlas) {
    // Squares lie under the borders, which would be lost below them; symbols above.
    this.canvases = [
      canvasPane(pane(atlas.map, "bm-squares"), (brush) => this.paint(brush, (grid) => this.paintSquares(brush, grid))),
      canvasPane(pane(atlas.map, "bm-points"), (brush) => this.paint(brush, (grid) => this.paintSymbols(brush, grid))),
    ];
    for (const canvas of this.canvases) canvas.addTo(atlas.map);
    atlas.onRepaint(() => {
      this.sprites.clear();
      this.repaint();
    });
    atlas.book.filters.subscribe(oncePerFrame(() => this.repaint()));
    atlas.map.on("click", (event) => this.choose(event.containerPoint));
  }

  private repaint(): void {
    for (const canvas of this.canvases) canvas.repaint();
  }

  private paint(brush: Brush, draw: (grid: Grid) => void): void {
    const { filters } = this.atlas.book;
    const key = `${filters.version} ${brush.box.join(" ")}`;
    if (key !== this.last.key) {
      this.last = { key, grid: buttonsInView(this.atlas) ? undefined : this.count(brush.box, brush.scale) };
    }
    if (this.last.grid) draw(this.last.grid);
  }

  private count(box: Box, scale: number): Grid {
    const { spots, filters } = this.atlas.book;
    const [x, y, { shown }] = [spots.x, spots.y, filters];
    const grid = gridOf(box, scale);
    const { west, north, columns, counts, members } = grid;
    // World pixels are never below 0, so cutting off the fraction is rounding down.
    const squares = scale / SIDE;
    for (const [low, high, isWithin] of spots.blocks(box)) {
      for (let row = low; row < high; row++) {
        if (shown[row] === 0) continue;
        const px = x[row]!;
        const py = y[row]!;
        if (!isWithin && !(px >= box[0] && px <= box[2] && py >= box[1] && py <= box[3])) continue;
        const at = (((py * squares) | 0) - north) * columns + ((px * squares) | 0) - west;
        const count = counts[at]!++;
        if (count < CROWD) members[CROWD * at + count] = row;
      }
    }
    return grid;
  }

  private paintSquares(brush: Brush, { west, north, columns, rows, counts }: Grid): void {
    const { ctx, scale } = brush;
    const steps = squareSteps(this.atlas.book.n);
    const colours = steps.map((_, at) => brush.colour(`tally-${at + 1}`));
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const count = counts[row * columns + column]!;
        if (count <= CROWD) continue;
        ctx.fillStyle = colours[shadeOf(count, steps)]!;
        const [left, top] = [brush.x(((west + column) * SIDE) / scale), brush.y(((north + row) * SIDE) / scale)];
        ctx.fillRect(Math.round(left), Math.round(top), SIDE - 1, SIDE - 1);
      }
    }
  }

  private paintSymbols(brush: Brush, { counts, members }: Grid): void {
    const { spots } = this.atlas.book;
    const { ctx } = brush;
    const half = SPRITE / 2;
    counts.forEach((count, at) => {
      if (count > CROWD) return;
      for (let one = 0; one < count; one++) {
        const row = members[CROWD * at + one]!;
        const [x, y] = [brush.x(spots.x[row]!) - half, brush.y(spots.y[row]!) - half];
        ctx.drawImage(this.picture(row, brush), x, y, SPRITE, SPRITE);
      }
    });
  }

  private picture(row: number, brush: Brush): HTMLCanvasElement {
    const { book } = this.atlas;
    const [type, status] = [book.word("type", row), book.word("status", row)];
    const fine = isPrinting() ? 3 : window.devicePixelRatio || 1;
    const key = `${type} ${status} ${fine}`;
    let made = this.sprites.get(key);
    if (!made) {
      const ink = book.colourBy === "type" ? colourOfType(this.atlas.map, type) : brush.colour(`status-${slug(status)}`);
      made = sprite(type, status, ink, brush.colour("focus"), fine);
      this.sprites.set(key, made);
    }
    return made;
  }

  /** What was clicked: the nearest symbol, or all that a square stands for. */
  private choose(at: L.Point): void {
    const { map, book, store } = this.atlas;
    const scale = 2 ** map.getZoom();
    const origin = map.getPixelOrigin();
    const world = map.containerPointToLayerPoint(at).add(origin);
    const near = (by: number): Box => [
      (world.x - by) / scale,
      (world.y - by) / scale,
      (world.x + by) / scale,
      (world.y + by) / scale,
    ];
    if (buttonsInView(this.atlas)) return;
    const [column, line] = [Math.floor(world.x / SIDE), Math.floor(world.y / SIDE)];
    const square: Box = [
      (column * SIDE) / scale,
      (line * SIDE) / scale,
      ((column + 1) * SIDE - 1e-6) / scale,
      ((line + 1) * SIDE - 1e-6) / scale,
    ];
    const inside = book.spots.within(square, book.filters.shown, Infinity) ?? [];
    if (inside.length > CROWD) return this.open(inside);
    const hit = (book.spots.within(near(SPRITE / 2 + 2), book.filters.shown, 500) ?? []).sort(
      (a, b) => far(book.spots, a, world, scale) - far(book.spots, b, world, scale),
    )[0];
    if (hit !== undefined) store.select(hit);
  }

  private open(rows: number[]): void {
    const { book, store } = this.atlas;
    const ordered = rows.sort((a, b) => book.rank(a) - book.rank(b));
    store.selectGroup(ordered, "Incidents close together here");
  }
}

function gridOf(box: Box, scale: number): Grid {
  const [west, north] = [Math.floor((box[0] * scale) / SIDE), Math.floor((box[1] * scale) / SIDE)];
  const columns = Math.floor((box[2] * scale) / SIDE) - west + 1;
  const rows = Math.floor((box[3] * scale) / SIDE) - north + 1;
  const squares = columns * rows;
  return { west, north, columns, rows, counts: new Uint32Array(squares), members: new Int32Array(CROWD * squares) };
}

function shadeOf(count: number, steps: readonly number[]): number {
  let shade = 0;
  while (shade + 1 < steps.length && count >= steps[shade + 1]!) shade++;
  return shade;
}

function far(spots: { x: Float32Array; y: Float32Array }, row: number, world: L.Point, scale: number): number {
  return Math.hypot(spots.x[row]! * scale - world.x, spots.y[row]! * scale - world.y);
}

/** The colour that the style sheet gives to a type. */
function colourOfType(map: L.Map, type: string): string {
  const probe = document.createElement("span");
  probe.className = `bm-ink bm-type-${slug(type)}`;
  map.getContainer().append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
