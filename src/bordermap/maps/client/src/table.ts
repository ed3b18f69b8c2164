// The table: the same incidents in words, sortable, linked with the map.

import type { Atlas } from "./atlas.ts";
import { isShown } from "./book.ts";
import { button, el, fill, words } from "./dom.ts";
import type { Incident } from "./payload.ts";
import { sorted, sourceCount, type Column, type Order } from "./sort.ts";
import { symbol } from "./symbols.ts";
import { capital, count } from "./text.ts";

const COLUMNS: readonly (readonly [Column, string])[] = [
  ["date", "Date"],
  ["title", "Incident"],
  ["status", "Status"],
  ["type", "Type"],
  ["where", "Where, as precisely as reported"],
  ["claims", "Claims"],
  ["sources", "Sources"],
];

export interface Table {
  element: HTMLElement;
  focus(): void;
}

export function makeTable(atlas: Atlas): Table {
  const { store, book } = atlas;
  let order: Order = { column: "date", down: false };
  const rows = new Map(book.incidents.map((incident) => [incident.id, row(incident, atlas)]));
  const heads = new Map(COLUMNS.map(([column, label]) => [column, head(label, () => sortBy(column))]));
  const body = el("tbody");
  const caption = el("caption");
  const note = el("p", "bm-quiet bm-table-note");
  const table = el("table", "bm-table", caption, el("thead", {}, el("tr", {}, ...heads.values())), body);
  const element = el(
    "section",
    { class: "bm-sheet bm-table-sheet", id: "bm-table", "aria-label": "Table of incidents", tabindex: "-1", hidden: "" },
    el(
      "div",
      "bm-sheet-bar",
      el("h2", {}, "All incidents"),
      note,
      el("span", "bm-spring"),
      button(
        { class: "bm-icon-button", "aria-label": "Close the table" },
        () => store.set({ sheet: "" }),
        el("span", { class: "bm-cross", "aria-hidden": "true" }),
      ),
    ),
    el("div", { class: "bm-table-scroll", tabindex: "0", role: "region", "aria-label": "Table, scrolls" }, table),
  );
  function sortBy(column: Column): void {
    order = { column, down: order.column === column ? !order.down : column === "claims" || column === "sources" };
    refresh();
  }
  function refresh(): void {
    const shown = sorted(book.incidents, order, book).filter((incident) => isShown(incident, store.get().on));
    fill(body, ...shown.map((incident) => rows.get(incident.id)));
    for (const [column, th] of heads)
      th.setAttribute("aria-sort", column === order.column ? (order.down ? "descending" : "ascending") : "none");
    caption.textContent = `Reported incidents, sorted by ${COLUMNS.find(([column]) => column === order.column)?.[1].toLowerCase() ?? ""}`;
    const hidden = book.incidents.length - shown.length;
    note.textContent = `${count(shown.length, "incident")}${hidden ? `, ${hidden} more switched off in the legend` : ""}`;
  }
  store.subscribe((state, change) => {
    if (change.has("on")) refresh();
    if (change.has("sheet")) element.hidden = state.sheet !== "table";
    if (change.has("selected") || change.has("hover")) {
      for (const [id, tr] of rows) {
        tr.classList.toggle("bm-selected", id === state.selected);
        tr.classList.toggle("bm-hovered", id === state.hover);
      }
    }
    if (change.has("selected")) rows.get(state.selected)?.scrollIntoView({ block: "nearest" });
  });
  refresh();
  return { element, focus: () => element.focus() };
}

function head(label: string, onClick: () => void): HTMLTableCellElement {
  return el(
    "th",
    { scope: "col", "aria-sort": "none" },
    button({ class: "bm-sort" }, onClick, label, el("span", { class: "bm-sort-mark", "aria-hidden": "true" })),
  );
}

function row(incident: Incident, { store, book }: Atlas): HTMLTableRowElement {
  const where = el(
    "td",
    {},
    words(capital(incident.where)),
    incident.precisionLabel ? el("span", "bm-quiet", ` (${incident.precisionLabel})`) : null,
  );
  const node = el(
    "tr",
    {},
    el("td", "bm-date-cell", words(incident.dateLabel)),
    el(
      "th",
      { scope: "row" },
      button({ class: "bm-row-button" }, () => undefined, words(incident.title)),
    ),
    el(
      "td",
      "bm-status-cell",
      symbol(incident.type, incident.status, book.colourBy, 17),
      words(capital(incident.statusWords || incident.status)),
    ),
    el("td", {}, words(incident.typeLabel)),
    where,
    el("td", "bm-number", String(incident.claims.length)),
    el("td", "bm-number", String(sourceCount(incident))),
  );
  node.dataset["eventId"] = incident.id;
  node.addEventListener("click", () => store.select(incident.id));
  node.addEventListener("pointerenter", () => store.set({ hover: incident.id }));
  node.addEventListener("pointerleave", () => store.set({ hover: "" }));
  return node;
}
