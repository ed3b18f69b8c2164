// The incidents on the map: a button at each place, a hollow badge with a number for each area. Where too many are in
// view for buttons, `points.ts` paints them, and only the chosen one keeps its button.

import type { Atlas } from "../atlas.ts";
import { badgeButton, rowsBehind, symbolButton, SYMBOL } from "./buttons.ts";
import { contextButton, contextPlaces, type ContextPlace } from "./context.ts";
import { declutter, type Spot } from "./declutter.ts";
import { hinted, type Hint } from "./hint.ts";
import { layerPoint, Pins, viewNow, type Pin, type Stand, type View } from "./pins.ts";
import { insidePoints } from "./projection.ts";
import type { Rect } from "./rects.ts";
import { byShape } from "../incidents/shapegroups.ts";
import { LISTED, NONE } from "../store.ts";
import { count } from "../text.ts";
import { BUTTONS, buttonsInView, walls } from "./viewport.ts";

const BADGE = 26;
const MARK = 18;
/** So many badges at most: of the areas with most incidents. */
const BADGES = 120;

interface Marker extends Pin {
  id: string;
  /** The incident; NONE for badges and context. */
  row: number;
  side: number;
  /** Stands for an area: anywhere in it is as true as at its point. */
  isBadge: boolean;
  elsewhere: readonly (readonly [number, number])[];
}

export class Markers {
  private shown: Marker[] = [];
  private readonly pins: Pins;
  private readonly buttons = new Map<number, HTMLButtonElement>();
  private readonly contextButtons = new Map<string, HTMLButtonElement>();
  private readonly insides = new Map<string, readonly (readonly [number, number])[]>();
  private last: { key: string; stands: Stand[] } = { key: "", stands: [] };
  private version = 0;
  private badges: Marker[] = [];

  constructor(
    private readonly atlas: Atlas,
    private readonly hint: Hint,
  ) {
    const { map, book, store } = atlas;
    this.pins = new Pins(map, "bm-symbols", (_, view) => this.arrange(view));
    atlas.symbols = () => this.rects();
    atlas.onRepaint(() => this.pins.settle());
    book.onFiltered(() => this.refresh());
    if (book.spots.placed > BUTTONS) map.on("moveend", () => this.refresh(false));
    store.subscribe((_, change) => {
      if (change.has("on")) this.refresh();
      else if (!this.isWhole() && (change.has("selected") || change.has("hover"))) this.refresh(false);
      if (change.has("selected") || change.has("hover") || change.has("group")) this.mark();
    });
    this.refresh();
  }

  /** Makes the markers of what is shown, in the order of dates, areas last. */
  refresh(filtered = true): void {
    const { book, store } = this.atlas;
    if (filtered) this.badges = this.badgeMarkers();
    const context = store.isOn("context") ? contextPlaces(book.context) : [];
    const points = this.pointRows().flatMap((row) => this.pointMarker(row));
    this.shown = [...points, ...this.badges, ...context.map((place) => this.contextMarker(place))];
    this.version++;
    this.pins.show(this.shown);
    this.mark();
  }

  /** Whether every incident with a point has its button, wherever the map looks. */
  private isWhole(): boolean {
    return this.atlas.book.spots.placed <= BUTTONS;
  }

  private pointRows(): number[] {
    const { book, store } = this.atlas;
    if (this.isWhole()) return Array.from(book.columns.order).filter((row) => book.isShown(row));
    const { selected, hover } = store.get();
    const chosen = [selected, hover].filter((row) => row !== NONE);
    const rows = buttonsInView(this.atlas) ?? [];
    return [...new Set([...rows.sort((a, b) => book.rank(a) - book.rank(b)), ...chosen])];
  }

  private pointMarker(row: number): Marker[] {
    const { book } = this.atlas;
    const standing = book.standing(row);
    if (standing.kind !== "point") return [];
    let element = this.buttons.get(row);
    if (!element) {
      if (this.buttons.size > 2 * BUTTONS) this.buttons.clear();
      element = symbolButton(row, this.atlas);
      hinted(element, this.hint, () => {
        const incident = book.incident(row);
        return [incident.title, `${incident.dateLabel} · ${incident.statusWords || incident.status}`];
      });
      this.buttons.set(row, element);
    }
    const { lat, lon } = standing;
    return [{ id: `point ${row}`, row, element, lat, lon, side: SYMBOL, isBadge: false, elsewhere: [] }];
  }

  private badgeMarkers(): Marker[] {
    const groups = [...byShape(this.atlas.book, LISTED)];
    if (groups.length > BADGES) groups.sort(([, a], [, b]) => b.count - a.count);
    return groups.slice(0, BADGES).flatMap(([id, { rows, count: n }]) => this.badgeMarker(id, rows, n));
  }

  private badgeMarker(id: string, rows: readonly number[], n: number): Marker[] {
    const shape = this.atlas.book.shape(id);
    if (!shape) return [];
    const [lon, lat] = shape.badge;
    const element = badgeButton(shape, rows, n, this.atlas);
    const said = count(n, "incident placed no more precisely than this", "incidents placed no more precisely than this");
    hinted(element, this.hint, () => [shape.label, said]);
    let elsewhere = this.insides.get(id);
    if (!elsewhere) this.insides.set(id, (elsewhere = insidePoints(shape.polygons ?? [], shape.lines ?? [], shape.badge)));
    return [{ id: `badge ${id}`, row: NONE, element, lat, lon, side: BADGE, isBadge: true, elsewhere }];
  }

  private contextMarker(place: ContextPlace): Marker {
    const id = `context ${place.lon} ${place.lat}`;
    const element = this.contextButtons.get(id) ?? contextButton(place, this.atlas, this.hint);
    this.contextButtons.set(id, element);
    const { lat, lon, isArea, elsewhere } = place;
    return { id, row: NONE, element, lat, lon, side: MARK, isBadge: isArea, elsewhere };
  }

  private arrange(view: View): Stand[] {
    const size = this.atlas.map.getSize();
    const key = [this.version, view.zoom, view.origin, view.shift, size].join(" ");
    if (key === this.last.key) return this.last.stands;
    const spots = this.shown.map((marker) => this.spot(marker, view));
    const isBadge = (_: Spot, index: number): boolean => this.shown[index]?.isBadge ?? false;
    const points = spots.filter((spot, index) => !isBadge(spot, index));
    const placed = declutter(points, spots.filter(isBadge), walls(this.atlas.covered(), size, view.shift));
    const byId = new Map(placed.map((one) => [one.id, one]));
    const stands = spots.map((spot) => byId.get(spot.id)!);
    this.last = { key, stands };
    return stands;
  }

  private spot(marker: Marker, view: View): Spot {
    const { x, y } = layerPoint(this.atlas.map, marker.lat, marker.lon, view);
    const elsewhere = marker.elsewhere.map(([lon, lat]): [number, number] => {
      const point = layerPoint(this.atlas.map, lat, lon, view);
      return [point.x, point.y];
    });
    return { id: marker.id, x, y, width: marker.side, height: marker.side, elsewhere };
  }

  private rects(): Rect[] {
    const view = viewNow(this.atlas.map);
    return this.arrange(view).flatMap((stand, index) => {
      const half = (this.shown[index]?.side ?? SYMBOL) / 2;
      const [x, y] = [stand.x + view.shift.x, stand.y + view.shift.y];
      const own = { minX: x - half, minY: y - half, maxX: x + half, maxY: y + half };
      if (!stand.moved) return [own];
      const [ax, ay] = [stand.anchorX + view.shift.x, stand.anchorY + view.shift.y];
      return [own, { minX: ax - 4, minY: ay - 4, maxX: ax + 4, maxY: ay + 4 }];
    });
  }

  private mark(): void {
    const { selected, hover, group } = this.atlas.store.get();
    for (const { element, isBadge, row } of this.shown) {
      const rows = isBadge ? rowsBehind(element) : [row];
      const isGroup = isBadge && selected === NONE && group.length > 0 && rows === group;
      const isSelected = (selected !== NONE && rows.includes(selected)) || isGroup;
      element.classList.toggle("bm-selected", isSelected);
      element.classList.toggle("bm-hovered", hover !== NONE && rows.includes(hover));
      element.setAttribute("aria-pressed", String(isSelected));
    }
  }
}
