// What of the map can be seen, as boxes.

import type { Atlas } from "../atlas.ts";
import type { Rect } from "./rects.ts";
import type { Box } from "../incidents/spots.ts";

/** Up to so many in view are buttons of their own, and nothing is painted. */
export const BUTTONS = 250;

/** What the map shows, in pixels of zoom 0. */
export function viewBox(map: L.Map): Box {
  const scale = 2 ** map.getZoom();
  const { min, max } = map.getPixelBounds();
  return [(min?.x ?? 0) / scale, (min?.y ?? 0) / scale, (max?.x ?? 0) / scale, (max?.y ?? 0) / scale];
}

/** The incidents in view, where they are few enough to be buttons; undefined where they are painted. */
export function buttonsInView({ map, book }: Atlas): number[] | undefined {
  return book.spots.within(viewBox(map), book.filters.shown, BUTTONS);
}

/** Panels and everything outside the window, in layer points. */
export function walls(covered: readonly Rect[], size: L.Point, shift: L.Point): Rect[] {
  const far = 1e5;
  const outside = [
    { minX: -far, minY: -far, maxX: 4, maxY: far },
    { minX: size.x - 4, minY: -far, maxX: far, maxY: far },
    { minX: -far, minY: -far, maxX: far, maxY: 4 },
    { minX: -far, minY: size.y - 4, maxX: far, maxY: far },
  ];
  return [...covered, ...outside].map((rect) => ({
    minX: rect.minX - shift.x,
    minY: rect.minY - shift.y,
    maxX: rect.maxX - shift.x,
    maxY: rect.maxY - shift.y,
  }));
}

