// Which labels are shown and where: greedy, the more important first, never over one another or over symbols.

import { around, grown, Taken, type Rect } from "./rects.ts";

export interface Wanted {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Smaller is placed first. */
  order: number;
  /** The width of a dot, or of whatever stands at the point; the text then stands beside it. */
  dot: number;
  /** Other points that it names as well (a country), used when its own has no room. */
  elsewhere?: () => readonly (readonly [number, number])[];
  /** Stands on its point or not at all (a river's name along the river). */
  fixed?: boolean;
}

export interface Label {
  id: string;
  /** Centre of the text. */
  x: number;
  y: number;
}

const BESIDE = 3;
/** How much wider a symbol is than a dot. */
const SYMBOL = 18;

export function place(wanted: readonly Wanted[], obstacles: readonly Rect[], view: Rect): Label[] {
  const taken = new Taken(obstacles);
  const symbols = new Taken(obstacles);
  const placed: Label[] = [];
  const sorted = [...wanted].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const label of sorted) {
    const dot = around(label.x, label.y, label.dot, label.dot);
    const isCovered = label.dot > 0 && !symbols.isFree(dot);
    const room = (points: readonly (readonly [number, number])[]): Rect | undefined =>
      points
        .filter(([x, y]) => isIn(x, y, view))
        .flatMap((point) => centres(label, point, isCovered))
        .map(([x, y]) => around(x, y, label.width, label.height))
        .find((rect) => taken.isFree(rect));
    const found = room([[label.x, label.y]]) ?? room(label.elsewhere?.() ?? []);
    if (!found) continue;
    taken.add(grown(found, 1));
    if (label.dot) taken.add(dot);
    placed.push({ id: label.id, x: (found.minX + found.maxX) / 2, y: (found.minY + found.maxY) / 2 });
  }
  return placed;
}

function isIn(x: number, y: number, view: Rect): boolean {
  return x >= view.minX && x <= view.maxX && y >= view.minY && y <= view.maxY;
}

/** Beside the dot, or beside the symbol that covers it. Without a dot: on the point, then a little off it. */
function centres(label: Wanted, [x, y]: readonly [number, number], isCovered: boolean): [number, number][] {
  const { width, height, dot, fixed } = label;
  if (fixed) return [[x, y]];
  if (!dot)
    return [
      [x, y],
      [x, y - height],
      [x, y + height],
    ];
  return besides(x, y, width, height, isCovered ? dot + SYMBOL : dot);
}

/** Right, left, above, below, then the corners. */
function besides(x: number, y: number, width: number, height: number, dot: number): [number, number][] {
  const [side, up] = [dot / 2 + BESIDE + width / 2, dot / 2 + 1 + height / 2];
  return [
    [x + side, y],
    [x - side, y],
    [x, y - up],
    [x, y + up],
    [x + side, y - up * 0.7],
    [x + side, y + up * 0.7],
    [x - side, y - up * 0.7],
    [x - side, y + up * 0.7],
  ];
}
