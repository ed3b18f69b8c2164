// The two calls that the Python side makes: `bordermap.add` for each layer, `bordermap.page` at the end.

import { addLayer, readData } from "./add.ts";
import { atlasOf } from "./atlas.ts";
import { addCompactCard } from "./compact.ts";
import { addCompactLegend } from "./compactlegend.ts";
import { drawAtlas } from "./draw.ts";
import { fontsReady } from "./fonts.ts";
import { buildPage } from "./page.ts";
import type { Layer, Page } from "./payload.ts";

const waiting = new WeakSet<L.Map>();

/** Adds one layer. Alone, in any Leaflet map, it draws itself; with `page` in the same turn it joins the page. */
export function add(map: L.Map, dataId: string): void {
  void fontsReady();
  const atlas = addLayer(map, readData<Layer>(dataId));
  if (waiting.has(map)) return;
  waiting.add(map);
  queueMicrotask(() => {
    if (atlas.hasPage) return;
    drawAtlas(atlas);
    if (atlas.incidents.length || atlas.contexts.length || atlas.tallies.length) addCompactCard(atlas);
    if (atlas.tallies.length) addCompactLegend(atlas);
  });
}

/** Builds the page round a map whose layers were added. */
export function page(map: L.Map, dataId: string): void {
  const atlas = atlasOf(map);
  atlas.hasPage = true;
  buildPage(atlas, readData<Page>(dataId));
}
