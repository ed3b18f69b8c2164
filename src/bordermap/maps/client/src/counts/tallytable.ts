// The tables of cells and stretches: the same counts in words, linked with the map.

import type { Atlas } from "../atlas.ts";
import { button, el } from "../dom.ts";
import { makeTable, type Table } from "../table/table.ts";
import { sheets } from "./tallycolumns.ts";
import { TallyView } from "./tallyview.ts";
import { count, thousands } from "../text.ts";

export function makeTallyTable(atlas: Atlas): Table {
  const { store } = atlas;
  const note = el("p", { class: "bm-quiet bm-table-note", dir: "auto" });
  const views = sheets(atlas.tallies)
    .filter(({ units }) => units.length)
    .map((sheet) => new TallyView(sheet, atlas, note));
  const incidents = atlas.incidents.length ? makeTable(atlas).element.querySelector<HTMLElement>(".bm-table-scroll") : null;
  const parts = [
    ...views.map((view) => ({
      label: `${view.sheet.label} (${thousands(view.sheet.units.length)})`,
      element: view.element,
      open: () => view.tell(),
    })),
    ...(incidents
      ? [
          {
            label: "Incidents",
            element: incidents,
            open: () => (note.textContent = count(atlas.book.n, "incident")),
          },
        ]
      : []),
  ];
  const tabs = parts.map(({ label }, index) => button({ class: "bm-tab", "aria-pressed": "false", dir: "auto" }, () => open(index), label));
  const open = (index: number): void => {
    parts.forEach(({ element }, at) => (element.hidden = at !== index));
    tabs.forEach((tab, at) => tab.setAttribute("aria-pressed", String(at === index)));
    parts[index]?.open();
  };
  const closer = button(
    { class: "bm-icon-button", "aria-label": "Close the table" },
    () => store.set({ sheet: "" }),
    el("span", { class: "bm-cross", "aria-hidden": "true" }),
  );
  const bar = el(
    "div",
    "bm-sheet-bar",
    el("h2", "bm-hidden", "All counts"),
    el("div", { class: "bm-tabs", role: "group", "aria-label": "Which counts" }, ...tabs),
    note,
    el("span", "bm-spring"),
    closer,
  );
  const element = el(
    "section",
    {
      class: "bm-sheet bm-table-sheet bm-tally-sheet",
      id: "bm-table",
      "aria-label": "Table of counts",
      tabindex: "-1",
      hidden: "",
    },
    bar,
    ...parts.map(({ element: one }) => one),
  );
  store.subscribe((state, change) => {
    if (change.has("sheet")) element.hidden = state.sheet !== "table";
    if (!change.has("unit")) return;
    const { unit } = atlas;
    const at = views.findIndex((view) => view.holds(unit));
    if (at >= 0) open(at);
    for (const view of views) view.mark(unit);
  });
  open(0);
  return { element, focus: () => element.focus() };
}
