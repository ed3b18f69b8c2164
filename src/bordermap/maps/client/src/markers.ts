// The incidents on the map: a button at each place, a hollow badge with a number for each area.

import type { Atlas } from "./atlas.ts";
import { byShape, isShown, standingOf } from "./book.ts";
import { badgeButton, eventIds, symbolButton, SYMBOL } from "./buttons.ts";
import { contextButton, contextPlaces, type ContextPlace } from "./context.ts";
import { declutter, type Spot } from "./declutter.ts";
import { hinted, type Hint } from "./hint.ts";
import type { Incident, Shape } from "./payload.ts";
import { layerPoint, Pins, viewNow, type Pin, type Stand, type View } from "./pins.ts";
import { insidePoints } from "./projection.ts";
import type { Rect } from "./rects.ts";
import { count } from "./text.ts";

const BADGE = 26;
const MARK = 18;

interface Marker extends Pin {
  id: string;
  side: number;
  /** Stands for an area: anywhere in it is as true as at its point. */
  isBadge: boolean;
  elsewhere: readonly (readonly [number, number])[];
}

export class Markers {
  private shown: Marker[] = [];
  private readonly pins: Pins;
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private readonly contextButtons = new Map<string, HTMLButtonElement>();
  private last: { key: string; stands: Stand[] } = { key: "", stands: [] };
  private version = 0;

  constructor(
    private readonly atlas: Atlas,
    private readonly hint: Hint,
  ) {
    this.pins = new Pins(atlas.map, "bm-symbols", (_, view) => this.arrange(view));
    atlas.symbols = () => this.rects();
    atlas.onRepaint(() => this.pins.settle());
    atlas.store.subscribe((_, change) => {
      if (change.has("on")) this.refresh();
      if (change.has("selected") || change.has("hover") || change.has("group")) this.mark();
    });
    this.refresh();
  }

  /** Makes the markers of what is switched on, in the order of dates, areas last. */
  refresh(): void {
    const { book, store } = this.atlas;
    const context = store.isOn("context") ? contextPlaces(book.context) : [];
    const on = book.incidents.filter((incident) => isShown(incident, store.get().on));
    this.shown = [
      ...on.flatMap((incident) => this.pointMarker(incident)),
      ...[...byShape(book, on)].flatMap(([id, incidents]) => this.badgeMarker(book.shape(id), incidents)),
      ...context.map((place) => this.contextMarker(place)),
    ];
    this.version++;
    this.pins.show(this.shown);
    this.mark();
  }

  elementOf(id: string): HTMLElement | undefined {
    return this.shown.find((one) => one.element.dataset["eventId"] === id || eventIds(one.element).includes(id))?.element;
  }

  private pointMarker(incident: Incident): Marker[] {
    const standing = standingOf(this.atlas.book, incident);
    if (standing.kind !== "point") return [];
    let element = this.buttons.get(incident.id);
    if (!element) {
      element = symbolButton(incident, this.atlas);
      hinted(element, this.hint, incident.title, `${incident.dateLabel} · ${incident.statusWords || incident.status}`);
      this.buttons.set(incident.id, element);
    }
    return [
      { id: `point ${incident.id}`, element, lat: standing.lat, lon: standing.lon, side: SYMBOL, isBadge: false, elsewhere: [] },
    ];
  }

  private badgeMarker(shape: Shape | undefined, incidents: readonly Incident[]): Marker[] {
    if (!shape) return [];
    const [lon, lat] = shape.badge;
    const element = badgeButton(shape, incidents, this.atlas);
    hinted(
      element,
      this.hint,
      shape.label,
      count(incidents.length, "incident placed no more precisely than this", "incidents placed no more precisely than this"),
    );
    return [
      {
        id: `badge ${shape.id}`,
        element,
        lat,
        lon,
        side: BADGE,
        isBadge: true,
        elsewhere: insidePoints(shape.polygons ?? [], shape.lines ?? [], shape.badge),
      },
    ];
  }

  private contextMarker(place: ContextPlace): Marker {
    const id = `context ${place.lon} ${place.lat}`;
    const element = this.contextButtons.get(id) ?? contextButton(place, this.atlas, this.hint);
    this.contextButtons.set(id, element);
    return { id, element, lat: place.lat, lon: place.lon, side: MARK, isBadge: place.isArea, elsewhere: place.elsewhere };
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
    for (const { element, isBadge } of this.shown) {
      const ids = isBadge ? eventIds(element) : [element.dataset["eventId"] ?? ""];
      const isSelected =
        ids.includes(selected) || (isBadge && !selected && group.length > 0 && group.join("\n") === ids.join("\n"));
      element.classList.toggle("bm-selected", isSelected);
      element.classList.toggle("bm-hovered", hover !== "" && ids.includes(hover));
      element.setAttribute("aria-pressed", String(isSelected));
    }
  }
}

/** Panels and everything outside the window, in layer points. */
function walls(covered: readonly Rect[], size: L.Point, shift: L.Point): Rect[] {
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
