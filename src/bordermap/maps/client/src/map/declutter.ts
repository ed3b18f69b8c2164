// Where symbols and badges stand on the screen. Nothing is ever moved away from its place in secret: what cannot
// stand there stands beside it, with a dot at the place and a thin line to it. The same input gives the same
// picture; order in = order out.

import { around, grown, Taken, type Rect } from "./rects.ts";

export interface Spot {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Other points where it is as true as here (a badge within its area), best first. */
  elsewhere?: readonly (readonly [number, number])[];
}

export interface Placed {
  id: string;
  /** Centre on the screen. */
  x: number;
  y: number;
  anchorX: number;
  anchorY: number;
  /** Stands beside its place: draw the dot and the line. */
  moved: boolean;
  /** Stands for an area: a line leads to it, but no dot, which would claim a place. */
  bare?: boolean;
}

const GAP = 2;
/** Half the side of the square that an anchor dot keeps free. */
const DOT = 4;
const DIRECTIONS = [0, 180, 270, 90, 315, 225, 45, 135, 337, 203, 23, 157, 292, 248, 68, 112];
const DISTANCES = [0, 12, 26, 42, 60, 84, 112, 146, 184];

interface Unit {
  spots: readonly Spot[];
  columns: number;
}

/**
 * @param points symbols at true places: of these, those that share one place stand in a tidy block beside it
 * @param badges badges of areas: they may stand anywhere in their area, and need no dot
 * @param blocked screen rectangles that badges keep out of (panels)
 */
export function declutter(points: readonly Spot[], badges: readonly Spot[] = [], blocked: readonly Rect[] = []): Placed[] {
  const units = unitsOf(points);
  const crowded = crowdedOf(units);
  const taken = new Taken();
  for (const unit of units) if (crowded.has(unit)) taken.add(around(unit.spots[0]!.x, unit.spots[0]!.y, 2 * DOT, 2 * DOT));
  const result = new Map<string, Placed>();
  for (const unit of units) if (!crowded.has(unit)) stay(unit, taken, result);
  for (const unit of units) if (crowded.has(unit)) moveBeside(unit, taken, result);
  const walls = new Taken(blocked);
  for (const badge of badges) result.set(badge.id, placeBadge(badge, taken, walls));
  return [...points, ...badges].map((spot) => result.get(spot.id)!);
}

/** Symbols of one place (within a pixel) form one unit. */
function unitsOf(points: readonly Spot[]): Unit[] {
  const byPlace = new Map<string, Spot[]>();
  for (const spot of points) {
    const key = `${Math.round(spot.x)},${Math.round(spot.y)}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), spot]);
  }
  return [...byPlace.values()].map((spots) => ({
    spots,
    columns: spots.length <= 3 ? spots.length : Math.ceil(Math.sqrt(spots.length)),
  }));
}

/** Units that hold several symbols, or whose single symbol would touch another unit. */
function crowdedOf(units: readonly Unit[]): Set<Unit> {
  const frames = units.map((unit) =>
    around(unit.spots[0]!.x, unit.spots[0]!.y, unit.spots[0]!.width + GAP, unit.spots[0]!.height + GAP),
  );
  const tree = new Taken(frames);
  return new Set(units.filter((unit, index) => unit.spots.length > 1 || tree.countAt(frames[index]!) > 1));
}

function stay(unit: Unit, taken: Taken, result: Map<string, Placed>): void {
  const spot = unit.spots[0]!;
  taken.add(around(spot.x, spot.y, spot.width, spot.height));
  result.set(spot.id, { id: spot.id, x: spot.x, y: spot.y, anchorX: spot.x, anchorY: spot.y, moved: false });
}

function moveBeside(unit: Unit, taken: Taken, result: Map<string, Placed>): void {
  const { x, y, width, height } = unit.spots[0]!;
  const rows = Math.ceil(unit.spots.length / unit.columns);
  const [blockWidth, blockHeight] = [unit.columns * (width + GAP), rows * (height + GAP)];
  let block = around(x + DOT + GAP + blockWidth / 2, y, blockWidth, blockHeight);
  search: for (const distance of DISTANCES) {
    for (const degrees of DIRECTIONS) {
      const candidate = beside(x, y, blockWidth, blockHeight, degrees, distance);
      if (!taken.isFree(candidate)) continue;
      block = candidate;
      break search;
    }
  }
  taken.add(block);
  unit.spots.forEach((spot, index) => {
    const [column, row] = [index % unit.columns, Math.floor(index / unit.columns)];
    result.set(spot.id, {
      id: spot.id,
      x: block.minX + (column + 0.5) * (width + GAP),
      y: block.minY + (row + 0.5) * (height + GAP),
      anchorX: x,
      anchorY: y,
      moved: true,
    });
  });
}

/** The block whose edge lies `distance` beyond the dot, in a direction (degrees clockwise from east). */
function beside(x: number, y: number, width: number, height: number, degrees: number, distance: number): Rect {
  const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const reach = DOT + GAP + distance;
  const edge = Math.min(width / 2 / Math.max(Math.abs(dx), 1e-9), height / 2 / Math.max(Math.abs(dy), 1e-9));
  return around(x + dx * (edge + reach), y + dy * (edge + reach), width, height);
}

function placeBadge(badge: Spot, taken: Taken, walls: Taken): Placed {
  const own: readonly [number, number] = [badge.x, badge.y];
  const at = (x: number, y: number): Rect => around(x, y, badge.width, badge.height);
  const points = [own, ...(badge.elsewhere ?? [])];
  const isFree = ([x, y]: readonly [number, number]): boolean => taken.isFree(grown(at(x, y), GAP));
  const free = points.find((point) => isFree(point) && walls.isFree(at(...point))) ?? points.find(isFree);
  if (free) {
    const [x, y] = free;
    taken.add(at(x, y));
    return { id: badge.id, x, y, anchorX: x, anchorY: y, moved: false };
  }
  const result = new Map<string, Placed>();
  moveBeside({ spots: [badge], columns: 1 }, taken, result);
  return { ...result.get(badge.id)!, bare: true };
}
