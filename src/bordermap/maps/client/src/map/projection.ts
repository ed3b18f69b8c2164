// Web Mercator in pixels of zoom 0 (a world 256 wide), as Leaflet has it, and great circles.

import type { LonLat } from "../payload.ts";

const MAX_LATITUDE = 85.0511287798;
const RADIANS = Math.PI / 180;

export function project(lon: number, lat: number): [number, number] {
  return [projectX(lon), projectY(lat)];
}

export function projectX(lon: number): number {
  return (256 * (lon + 180)) / 360;
}

export function projectY(lat: number): number {
  const sin = Math.sin(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat)) * RADIANS);
  return 128 - (64 * Math.log((1 + sin) / (1 - sin))) / Math.PI;
}

/** A line as flat zoom-0 pixels with its bounds. */
export interface FlatLine {
  xy: Float64Array;
  box: [number, number, number, number];
}

export function flatten(coords: readonly (readonly number[])[]): FlatLine {
  const xy = new Float64Array(coords.length * 2);
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < coords.length; index++) {
    const point = coords[index]!;
    const x = projectX(point[0] ?? 0);
    const y = projectY(point[1] ?? 0);
    xy[2 * index] = x;
    xy[2 * index + 1] = y;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < north) north = y;
    if (y > south) south = y;
  }
  return { xy, box: [west, north, east, south] };
}

/** The great circle between two places, in `steps` pieces. */
export function geodesic(from: LonLat, to: LonLat, steps = 24): LonLat[] {
  const [a, b] = [unit(from), unit(to)];
  const angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (angle < 1e-9) return [from, to];
  return Array.from({ length: steps + 1 }, (_, index) => {
    const part = index / steps;
    const [p, q] = [Math.sin((1 - part) * angle) / Math.sin(angle), Math.sin(part * angle) / Math.sin(angle)];
    const [x, y, z] = [p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]];
    return [Math.atan2(y, x) / RADIANS, Math.atan2(z, Math.hypot(x, y)) / RADIANS];
  });
}

function unit([lon, lat]: LonLat): [number, number, number] {
  const [l, p] = [lon * RADIANS, lat * RADIANS];
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
}

/** Where a badge may stand beside its own point: inside a polygon, on a line, nearest to the middle first. */
export function insidePoints(polygons: readonly LonLat[][][], lines: readonly LonLat[][], around: LonLat): LonLat[] {
  const found: LonLat[] = [];
  for (const line of lines) {
    for (let part = 1; part < 8; part++) {
      const point = line[Math.round((part / 8) * (line.length - 1))];
      if (point) found.push(point);
    }
  }
  for (const rings of polygons) {
    const outer = rings[0] ?? [];
    const [west, south, east, north] = extent(outer);
    for (let i = 1; i < 8; i++) {
      for (let j = 1; j < 8; j++) {
        const point: LonLat = [west + ((east - west) * i) / 8, south + ((north - south) * j) / 8];
        if (rings.reduce((inside, ring) => inside !== within(point, ring), false)) found.push(point);
      }
    }
  }
  const far = ([x, y]: LonLat): number => Math.hypot(x - around[0], y - around[1]);
  return found.sort((a, b) => far(a) - far(b));
}

export function extent(points: readonly LonLat[]): [number, number, number, number] {
  return points.reduce<[number, number, number, number]>(
    (box, [x, y]) => [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
}

export function within([x, y]: LonLat, ring: readonly LonLat[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] ?? [0, 0];
    const [xj, yj] = ring[j] ?? [0, 0];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
