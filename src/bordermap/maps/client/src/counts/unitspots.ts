// Which cell or stretch lies under a point of the map: the topmost that is drawn.

import type { Atlas } from "../atlas.ts";
import type { FlatLine } from "../map/projection.ts";
import { project } from "../map/projection.ts";
import { flatParts, widths } from "./stretches.ts";
import type { Cell, Stretch, Tally, Unit } from "./tally.ts";

/** A finger or a pointer may be so far off a line, in pixels beside its drawn width. */
const REACH = 4;

export function unitAt(atlas: Atlas, lon: number, lat: number): Unit | undefined {
  const scale = 2 ** atlas.map.getZoom();
  const [x, y] = project(lon, lat);
  const tallies = [...atlas.tallies].reverse();
  for (const tally of tallies) {
    const found = atlas.store.isOn(`${tally.key}:stretches`) ? stretchAt(tally, x, y, scale) : undefined;
    if (found) return found;
  }
  for (const tally of tallies) {
    const found = atlas.store.isOn(`${tally.key}:cells`) ? cellAt(tally, lon, lat) : undefined;
    if (found) return found;
  }
  return undefined;
}

export function cellAt({ cells }: Tally, lon: number, lat: number): Cell | undefined {
  return cells.find(({ west, south, east, north }) => lon >= west && lon < east && lat >= south && lat < north);
}

/** The nearest of the stretches that are near enough; x and y in pixels of zoom 0. */
export function stretchAt({ stretches }: Tally, x: number, y: number, scale: number): Stretch | undefined {
  let nearest: Stretch | undefined;
  let least = Infinity;
  for (const stretch of stretches) {
    const reach = (widths(stretch, Math.log2(scale)).edge / 2 + REACH) / scale;
    for (const line of flatParts(stretch).flatMap(({ lines }) => lines)) {
      if (!isNearBox(line, x, y, reach)) continue;
      const far = distance(line, x, y);
      if (far <= reach && far < least) [nearest, least] = [stretch, far];
    }
  }
  return nearest;
}

function isNearBox({ box }: FlatLine, x: number, y: number, reach: number): boolean {
  return x >= box[0] - reach && x <= box[2] + reach && y >= box[1] - reach && y <= box[3] + reach;
}

function distance({ xy }: FlatLine, x: number, y: number): number {
  let least = Infinity;
  for (let i = 0; i + 3 < xy.length; i += 2) {
    const [x0, y0] = [xy[i]!, xy[i + 1]!];
    const [dx, dy] = [xy[i + 2]! - x0, xy[i + 3]! - y0];
    const long = dx * dx + dy * dy;
    const part = long ? Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / long)) : 0;
    least = Math.min(least, Math.hypot(x0 + part * dx - x, y0 + part * dy - y));
  }
  return least;
}
