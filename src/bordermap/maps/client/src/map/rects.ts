// Rectangles on the screen, and what is already taken there.

import RBush from "rbush";

export interface Rect {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

export function around(x: number, y: number, width: number, height: number): Rect {
  return { minX: x - width / 2, minY: y - height / 2, maxX: x + width / 2, maxY: y + height / 2 };
}

export function grown(rect: Rect, by: number): Rect {
  return { minX: rect.minX - by, minY: rect.minY - by, maxX: rect.maxX + by, maxY: rect.maxY + by };
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.minX < b.maxX && a.maxX > b.minX && a.minY < b.maxY && a.maxY > b.minY;
}

export class Taken {
  private readonly tree = new RBush<Rect>();

  constructor(rects: readonly Rect[] = []) {
    this.tree.load([...rects]);
  }

  add(rect: Rect): void {
    this.tree.insert(rect);
  }

  remove(rect: Rect): void {
    this.tree.remove(rect);
  }

  /** Touching edges are free. */
  isFree(rect: Rect): boolean {
    return !this.tree.search(rect).some((other) => overlaps(rect, other));
  }

  countAt(rect: Rect): number {
    return this.tree.search(rect).filter((other) => overlaps(rect, other)).length;
  }
}
