// The neighbours of an incident in time and in place, among those that are shown.

import type { Book } from "./book.ts";
import { MISSING } from "../columns/columns.ts";

const EARTH_KM = 6371;
const RADIANS = Math.PI / 180;

export interface Neighbour {
  row: number;
  /** Along the great circle, to a percent; for places only. */
  km?: number;
}

/** The shown incidents next before and next after it in the order of dates, at most so many of each. */
export function nearInTime(book: Book, row: number, each = 2): Neighbour[] {
  const { order } = book.columns;
  const at = book.rank(row);
  const found: Neighbour[] = [];
  for (let back = at - 1, left = each; back >= 0 && left; back--)
    if (book.isShown(order[back]!)) left = found.unshift({ row: order[back]! }) && left - 1;
  for (let on = at + 1, left = each; on < order.length && left; on++)
    if (book.isShown(order[on]!)) left = found.push({ row: order[on]! }) && left - 1;
  return found;
}

/** The shown incidents with a point that are nearest to it, the nearest first; none where it has no point itself. */
export function nearInPlace(book: Book, row: number, most = 3): Neighbour[] {
  const [lon, lat] = [book.columns.ints("lon"), book.columns.ints("lat")];
  if (!lon || !lat || lon[row] === MISSING) return [];
  const found: Required<Neighbour>[] = [];
  const from: [number, number] = [lon[row]! / 1e5, lat[row]! / 1e5];
  // A degree of latitude is never shorter than this; it spares the sines for what lies too far north or south.
  const reach = (): number => (found.length < most ? Infinity : (found[found.length - 1]!.km / 110) * 1e5);
  for (let other = 0; other < book.n; other++) {
    if (other === row || !book.isShown(other) || lon[other] === MISSING) continue;
    if (Math.abs(lat[other]! - lat[row]!) > reach()) continue;
    const km = haversineKm(from, [lon[other]! / 1e5, lat[other]! / 1e5]);
    if (found.length === most && km >= found[most - 1]!.km) continue;
    found.push({ row: other, km });
    found.sort((a, b) => a.km - b.km || book.rank(a.row) - book.rank(b.row));
    found.length = Math.min(found.length, most);
  }
  return found;
}

/** The great circle on a sphere: within half a percent of the geodesic on the ellipsoid. */
export function haversineKm([lonA, latA]: readonly [number, number], [lonB, latB]: readonly [number, number]): number {
  const [sine, cosine] = [Math.sin(((latB - latA) * RADIANS) / 2), Math.sin(((lonB - lonA) * RADIANS) / 2)];
  const half = sine * sine + Math.cos(latA * RADIANS) * Math.cos(latB * RADIANS) * cosine * cosine;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}
