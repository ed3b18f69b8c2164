// Context: exercises, meetings, positions. One neutral mark, no status, no part in any count.

import type { Atlas } from "../atlas.ts";
import { button, el } from "../dom.ts";
import { hinted, type Hint } from "./hint.ts";
import { contextMark } from "./marks.ts";
import type { ContextItem, LonLat } from "../payload.ts";
import { insidePoints } from "./projection.ts";
import { paths } from "./shapes.ts";
import { count } from "../text.ts";

export interface ContextPlace {
  lon: number;
  lat: number;
  /** Where else the mark may stand: within its area. Empty for a place. */
  elsewhere: readonly LonLat[];
  isArea: boolean;
  items: readonly ContextItem[];
}

/** The outline of the area of the entry that is open. */
export function drawContextShapes(atlas: Atlas): void {
  const shapes = L.layerGroup().addTo(atlas.map);
  atlas.store.subscribe((state, change) => {
    if (!change.has("context")) return;
    shapes.clearLayers();
    const chosen = atlas.book.context.find((item) => item.id === state.context);
    if (chosen?.drawn?.kind === "areal") for (const path of paths(atlas, chosen.drawn.shape, false, true)) shapes.addLayer(path);
  });
}

/** Entries by place: those of one place share a mark. */
export function contextPlaces(items: readonly ContextItem[]): ContextPlace[] {
  const found = new Map<string, ContextPlace>();
  for (const item of items) {
    const { drawn } = item;
    if (!drawn || drawn.kind === "words") continue;
    const isArea = drawn.kind === "areal";
    const [lon, lat] = isArea ? drawn.shape.badge : [drawn.lon, drawn.lat];
    const key = `${lon} ${lat}`;
    const elsewhere = isArea ? insidePoints(drawn.shape.polygons ?? [], drawn.shape.lines ?? [], [lon, lat]) : [];
    found.set(key, { lon, lat, isArea, elsewhere, items: [...(found.get(key)?.items ?? []), item] });
  }
  return [...found.values()];
}

/** The mark's button; where several entries share a place it lists them in the card. */
export function contextButton({ items }: ContextPlace, { store }: Atlas, hint: Hint): HTMLButtonElement {
  const first = items[0]!;
  const label =
    items.length > 1
      ? `${count(items.length, "context entry", "context entries")}: ${first.place}`
      : `${first.kindLabel}: ${first.title}`;
  const node = button(
    { class: "bm-context", "aria-label": `Context. ${label}` },
    () => {
      const at = items.findIndex((item) => item.id === store.get().context);
      store.selectContext(items[(at + 1) % items.length]!.id);
    },
    contextMark(18),
  );
  if (items.length > 1) node.append(el("span", { class: "bm-context-count", "aria-hidden": "true" }, String(items.length)));
  hinted(node, hint, () => [label, items.length > 1 ? "each click shows the next" : first.dateLabel]);
  return node;
}
