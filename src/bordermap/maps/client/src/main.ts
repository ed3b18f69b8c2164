// The two calls that the Python side makes: `bordermap.add` for each layer, `bordermap.page` at the end.

import { addLayer, readBlock, readData } from "./add.ts";
import { atlasOf } from "./atlas.ts";
import { addCompactCard } from "./page/compact.ts";
import { addCompactLegend } from "./page/compactlegend.ts";
import { drawAtlas } from "./map/draw.ts";
import { el } from "./dom.ts";
import { fontsReady } from "./page/fonts.ts";
import { buildPage } from "./page/page.ts";
import type { Layer, Page } from "./payload.ts";

const waiting = new WeakSet<L.Map>();

/** Adds one layer. Alone, in any Leaflet map, it draws itself; with `page` in the same turn it joins the page. */
export function add(map: L.Map, dataId: string): void {
  void fontsReady();
  const atlas = addLayer(map, readData<Layer>(dataId), (k) => readBlock(dataId, k));
  if (waiting.has(map)) return;
  waiting.add(map);
  queueMicrotask(() => {
    if (atlas.hasPage) return;
    void atlas.settle().then(() => {
      drawAtlas(atlas);
      if (atlas.incidents.length || atlas.contexts.length || atlas.tallies.length) addCompactCard(atlas);
      if (atlas.tallies.length) addCompactLegend(atlas);
    });
  });
}

/** Builds the page round a map whose layers were added. */
export function page(map: L.Map, dataId: string): void {
  const atlas = atlasOf(map);
  atlas.hasPage = true;
  atlas.settle().then(
    () => buildPage(atlas, readData<Page>(dataId)),
    () => sayBroken(map),
  );
}

/** What was packed cannot be unpacked: the file is damaged, or the browser too old for it. */
function sayBroken(map: L.Map): void {
  const text =
    typeof DecompressionStream === "undefined"
      ? "This browser is too old to unpack this map. Any browser of 2023 or later can."
      : "This map cannot be shown: its data are damaged. Ask for the file again.";
  map.getContainer().replaceChildren(el("p", { class: "bm-broken", role: "alert" }, text));
}
