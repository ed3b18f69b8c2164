// What part of the map is in view, and what covers it.

import type { Atlas } from "../atlas.ts";
import { isPhone, isPrinting, movesGently } from "../dom.ts";
import { latLng } from "./panes.ts";
import type { Page } from "../payload.ts";
import type { Rect } from "./rects.ts";
import { NONE } from "../store.ts";

export interface Padding {
  topLeft: L.PointTuple;
  bottomRight: L.PointTuple;
}

/** Rectangles of visible panels in the map container's pixels. */
export function coveredBy(map: L.Map, panels: readonly HTMLElement[]): Rect[] {
  if (isPrinting()) return [];
  const frame = map.getContainer().getBoundingClientRect();
  return panels.flatMap((panel) => {
    const box = panel.getBoundingClientRect();
    if (!box.width || !box.height) return [];
    return [
      { minX: box.left - frame.left, minY: box.top - frame.top, maxX: box.right - frame.left, maxY: box.bottom - frame.top },
    ];
  });
}

/** How far from each edge the map is free: panels that span most of an edge count. */
export function padding(map: L.Map, rects: readonly Rect[], margin: number): Padding {
  const { x: width, y: height } = map.getSize();
  let [left, top, right, bottom] = [0, 0, 0, 0];
  for (const rect of rects) {
    const [wide, tall] = [rect.maxX - rect.minX > width * 0.6, rect.maxY - rect.minY > height * 0.45];
    if (tall && !wide && rect.minX < width * 0.2) left = Math.max(left, rect.maxX);
    if (tall && !wide && rect.maxX > width * 0.8) right = Math.max(right, width - rect.minX);
    if (wide && rect.minY < height * 0.2) top = Math.max(top, rect.maxY);
    else if (rect.maxX - rect.minX > width * 0.4 && rect.minY > height * 0.3) bottom = Math.max(bottom, height - rect.minY);
  }
  return { topLeft: [left + margin, top + margin], bottomRight: [right + margin, bottom + margin] };
}

/** The whole of what the map is about, clear of the panels. */
export function fit(atlas: Atlas, page: Page, animate = false): void {
  const { map } = atlas;
  const given = page.bounds;
  if (!Array.isArray(given) || given.length !== 4 || !given.every(Number.isFinite)) return;
  const [west, south, east, north] = given;
  const { topLeft, bottomRight } = padding(map, atlas.covered(), isPhone() || isPrinting() ? 10 : 22);
  map.fitBounds(
    [
      [south, west],
      [north, east],
    ],
    { paddingTopLeft: topLeft, paddingBottomRight: bottomRight, animate: animate && !movesGently() },
  );
}

/** Degrees beyond the data in the south, which the strips at the foot of the map cover. */
const BELOW = 2.5;

/** Keeps the map within the data, and the data wide enough to fill the window. */
export function limit(atlas: Atlas, page: Page): void {
  const { map } = atlas;
  if (!Number.isFinite(map.getMaxZoom())) map.setMaxZoom(13);
  const given = page.maxBounds;
  if (!Array.isArray(given) || !given.every(Number.isFinite)) return;
  const [west, south, east, north] = given;
  const bounds = L.latLngBounds([isPhone() ? south : south - BELOW, west], [north, east]);
  // By itself Leaflet would glide there, and the glide would undo the view that is set next.
  map.panInsideBounds(bounds, { animate: false });
  map.setMaxBounds(bounds);
  map.options.maxBoundsViscosity = 1;
  const setFloor = (): void => {
    // What Leaflet answers is never below the floor that it has.
    map.options.minZoom = 0;
    const floor = Math.min(map.getBoundsZoom(bounds, true), 8);
    // By itself Leaflet would animate there and undo the view that is set next.
    if (map.getZoom() < floor) map.setZoom(floor, { animate: false });
    map.setMinZoom(floor);
  };
  map.on("resize", setFloor);
  setFloor();
}

/** Brings the selected incident out from under a panel. */
export function reveal(atlas: Atlas): void {
  const { map, book, store } = atlas;
  const { selected, group } = store.get();
  if (atlas.unit?.at) return bringIntoView(map, latLng(atlas.unit.at), padding(map, atlas.covered(), 30));
  const row = selected === NONE ? (group[0] ?? NONE) : selected;
  if (row === NONE) return;
  const standing = book.standing(row);
  if (standing.kind === "listed") return;
  const badge = standing.kind === "areal" ? book.shape(standing.shape)?.badge : undefined;
  const at: L.LatLngTuple | undefined = standing.kind === "point" ? [standing.lat, standing.lon] : badge && [badge[1], badge[0]];
  if (!at) return;
  bringIntoView(map, at, padding(map, atlas.covered(), 30));
}

function bringIntoView(map: L.Map, at: L.LatLngTuple, { topLeft, bottomRight }: Padding): void {
  const size = map.getSize();
  const free = L.bounds(topLeft, [size.x - bottomRight[0], size.y - bottomRight[1]]);
  const stands = map.latLngToContainerPoint(at);
  if (free.contains(stands) || !free.max || !free.min) return;
  const animate = !movesGently();
  const near = L.point(clamp(stands.x, free.min.x, free.max.x), clamp(stands.y, free.min.y, free.max.y));
  const now = map.getZoom();
  const panned = centreFor(map, at, near, now);
  if (isAllowed(map, panned, now)) return void map.panTo(panned, { animate });
  // The edge of the data stops the pan: closer, until there is room to bring it into the free part.
  for (let zoom = now + 0.5; zoom <= Math.min(now + 3, map.getMaxZoom()); zoom += 0.5) {
    const centre = centreFor(map, at, free.getCenter(), zoom);
    if (isAllowed(map, centre, zoom)) return void map.setView(centre, zoom, { animate });
  }
  map.panTo(panned, { animate });
}

/** The map's centre that puts a place at a point of the container. */
function centreFor(map: L.Map, at: L.LatLngTuple, point: L.Point, zoom: number): L.LatLng {
  return map.unproject(map.project(at, zoom).subtract(point).add(map.getSize().divideBy(2)), zoom);
}

function isAllowed(map: L.Map, centre: L.LatLng, zoom: number): boolean {
  const bounds = map.options.maxBounds as L.LatLngBounds | undefined;
  if (!bounds) return true;
  const half = map.getSize().divideBy(2);
  const middle = map.project(centre, zoom);
  const view = L.latLngBounds(map.unproject(middle.subtract(half), zoom), map.unproject(middle.add(half), zoom));
  return bounds.pad(0.01).contains(view);
}

function clamp(value: number, low: number, high: number): number {
  return low > high ? (low + high) / 2 : Math.max(low, Math.min(high, value));
}
