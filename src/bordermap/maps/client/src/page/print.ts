// Printing: the map at the width of a sheet of paper, in the light palette, drawn finer.

import type { Atlas } from "../atlas.ts";

export function listenToPrint(atlas: Atlas, refit: () => void): void {
  const root = document.documentElement;
  let before: { centre: L.LatLng; zoom: number } | undefined;
  const start = (): void => {
    if (before) return;
    before = { centre: atlas.map.getCenter(), zoom: atlas.map.getZoom() };
    root.classList.add("bm-printing");
    settle(atlas, refit);
  };
  const end = (): void => {
    if (!before) return;
    root.classList.remove("bm-printing");
    const { centre, zoom } = before;
    before = undefined;
    settle(atlas, () => atlas.map.setView(centre, zoom, { animate: false }));
  };
  window.addEventListener("beforeprint", start);
  window.addEventListener("afterprint", end);
  window.matchMedia("print").addEventListener("change", (event) => (event.matches ? start() : end()));
}

function settle({ map, repaint }: Atlas, view: () => void): void {
  map.invalidateSize({ animate: false, pan: false });
  view();
  void repaint;
}
