// Buttons over the map: table and zoom; on a phone the bar at the bottom that opens the sheets.

import type { Atlas } from "../atlas.ts";
import type { Dock } from "../strips/dock.ts";
import { button, el, movesGently } from "../dom.ts";
import type { State } from "../store.ts";

export interface Toolbar {
  element: HTMLElement;
  bar: HTMLElement;
  tableButton: HTMLButtonElement;
}

export function makeToolbar(atlas: Atlas, goHome: () => void, dock: Dock | null): Toolbar {
  const { map, store } = atlas;
  const tableButton = sheetButton(atlas, "table", "Table", "bm-tool bm-tool-text");
  const zoom = (by: number): void => void map.setZoom(map.getZoom() + by, { animate: !movesGently() });
  const closer = button(
    { class: "bm-tool", "aria-label": "Zoom in" },
    () => zoom(1),
    el("span", { class: "bm-plus", "aria-hidden": "true" }),
  );
  const wider = button(
    { class: "bm-tool", "aria-label": "Zoom out" },
    () => zoom(-1),
    el("span", { class: "bm-minus", "aria-hidden": "true" }),
  );
  const home = button(
    { class: "bm-tool", "aria-label": "Show the whole map" },
    goHome,
    el("span", { class: "bm-home", "aria-hidden": "true" }),
  );
  const refresh = (): void => {
    closer.disabled = map.getZoom() >= map.getMaxZoom();
    wider.disabled = map.getZoom() <= map.getMinZoom();
  };
  map.on("zoomend zoomlevelschange", refresh);
  refresh();
  store.subscribe((state, change) => {
    if (change.has("sheet")) tableButton.setAttribute("aria-expanded", String(state.sheet === "table"));
  });
  return {
    element: el(
      "div",
      { class: "bm-tools", role: "group", "aria-label": "Map tools" },
      dock?.hasBorder ? borderButton(atlas) : null,
      tableButton,
      el("div", "bm-zoom", closer, wider, home),
    ),
    bar: el(
      "nav",
      { class: "bm-bar", "aria-label": "Sheets" },
      sheetButton(atlas, "legend", "Legend", "bm-bar-button"),
      dock ? sheetButton(atlas, "filters", "Filter", "bm-bar-button") : null,
      dock ? sheetButton(atlas, "time", "Time", "bm-bar-button") : null,
      sheetButton(atlas, "table", "Table", "bm-bar-button"),
      sheetButton(atlas, "layers", "Layers", "bm-bar-button"),
      sheetButton(atlas, "about", "About", "bm-bar-button"),
    ),
    tableButton,
  };
}

function borderButton({ store }: Atlas): HTMLButtonElement {
  const node = button(
    { class: "bm-tool bm-tool-text", "aria-pressed": "false" },
    () => store.set({ border: !store.get().border }),
    "Along the border",
  );
  store.subscribe((state, change) => change.has("border") && node.setAttribute("aria-pressed", String(state.border)));
  return node;
}

function sheetButton({ store }: Atlas, sheet: State["sheet"], label: string, className: string): HTMLButtonElement {
  const node = button(
    { class: className, "aria-expanded": "false" },
    () => store.set({ sheet: store.get().sheet === sheet ? "" : sheet }),
    label,
  );
  node.dataset["sheet"] = sheet;
  store.subscribe((state, change) => {
    if (change.has("sheet")) node.setAttribute("aria-expanded", String(state.sheet === sheet));
  });
  return node;
}
