// The table: the incidents that are shown, in words, sortable, linked with the map.

import type { Atlas } from "../atlas.ts";
import type { Incident } from "../incidents/book.ts";
import { button, el, words } from "../dom.ts";
import { canSort, columnsOf, sorted, sourceCount, type Column, type Order } from "./rowsort.ts";
import { RowSheet, SHORT, type Sheet } from "./rowsheet.ts";
import { symbol } from "../map/symbols.ts";
import { capital, count, thousands } from "../text.ts";

const LABELS: Record<Column, string> = {
  date: "Date",
  title: "Incident",
  status: "Status",
  type: "Type",
  where: "Where, as precisely as reported",
  killed: "Killed",
  source: "Source",
  claims: "Claims",
  sources: "Sources",
};
const NUMBERS: ReadonlySet<Column> = new Set(["claims", "sources", "killed"]);

export interface Table {
  element: HTMLElement;
  focus(): void;
}

export function makeTable(atlas: Atlas): Table {
  const { store, book } = atlas;
  const columns = columnsOf(book);
  let order: Order = { column: "date", down: false };
  let all = sorted(book, order);
  const heads = new Map(columns.map((column) => [column, head(atlas, column, () => sortBy(column))]));
  const caption = el("caption");
  const note = el("p", "bm-quiet bm-table-note");
  const table = el("table", "bm-table", caption, el("thead", {}, el("tr", {}, ...heads.values())));
  const sheet = new RowSheet(sheetOf(atlas, columns), table, book.n > SHORT);
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
    sheet.scroller,
  );
  function sortBy(column: Column): void {
    order = { column, down: order.column === column ? !order.down : NUMBERS.has(column) };
    all = sorted(book, order);
    refresh();
  }
  // A long table that nobody sees is not filled: it is, when it is opened.
  let isStale = false;
  function refresh(): void {
    isStale = sheet.isLong && element.hidden;
    if (isStale) return;
    const { shown, total } = book.filters;
    sheet.show(all.filter((row) => shown[row] === 1));
    for (const [column, th] of heads)
      if (canSort(book, column))
        th.setAttribute("aria-sort", column === order.column ? (order.down ? "descending" : "ascending") : "none");
    caption.textContent = `Reported incidents, sorted by ${LABELS[order.column].toLowerCase()}`;
    const hidden = book.n - total;
    note.textContent = `${count(total, "incident")}${hidden ? `, ${thousands(hidden)} more hidden by the filters` : ""}`;
    mark();
  }
  function mark(): void {
    const { selected, hover } = store.get();
    sheet.each((node, row) => {
      node.classList.toggle("bm-selected", row === selected);
      node.classList.toggle("bm-hovered", row === hover);
    });
  }
  let later = 0;
  book.filters.subscribe(() => {
    if (!sheet.isLong) return refresh();
    window.clearTimeout(later);
    later = window.setTimeout(refresh, 120);
  });
  store.subscribe((state, change) => {
    if (change.has("sheet")) {
      element.hidden = state.sheet !== "table";
      if (isStale && !element.hidden) refresh();
    }
    if (change.has("selected") && state.selected >= 0 && !element.hidden) sheet.reveal(state.selected);
    if (change.has("selected") || change.has("hover")) mark();
  });
  refresh();
  return { element, focus: () => element.focus() };
}

function head({ book }: Atlas, column: Column, onClick: () => void): HTMLTableCellElement {
  const label = column === "where" && book.n > SHORT ? "Where" : LABELS[column];
  if (!canSort(book, column)) return el("th", { scope: "col", class: `bm-col-${column}` }, el("span", "bm-sort", label));
  return el(
    "th",
    { scope: "col", class: `bm-col-${column}`, "aria-sort": "none" },
    button({ class: "bm-sort" }, onClick, label, el("span", { class: "bm-sort-mark", "aria-hidden": "true" })),
  );
}

function sheetOf(atlas: Atlas, columns: readonly Column[]): Sheet {
  const { book, store } = atlas;
  const listening = new WeakMap<HTMLTableRowElement, { row: number }>();
  return {
    columns: columns.length,
    cells: (row) => columns.map((column) => cell(atlas, column, book.incident(row))),
    load: (rows) => book.load(rows),
    onRow(node, row) {
      node.dataset["eventId"] = book.incident(row).id;
      node.classList.toggle("bm-selected", row === store.get().selected);
      const known = listening.get(node);
      if (known) return void (known.row = row);
      const holder = { row };
      listening.set(node, holder);
      node.addEventListener("click", () => store.select(holder.row));
      node.addEventListener("pointerenter", () => store.set({ hover: holder.row }));
      node.addEventListener("pointerleave", () => store.set({ hover: -1 }));
    },
  };
}

function cell(atlas: Atlas, column: Column, incident: Incident): HTMLTableCellElement {
  const { book } = atlas;
  if (column === "date") return el("td", "bm-date-cell", words(incident.dateLabel));
  if (column === "title")
    return el(
      "th",
      { scope: "row" },
      button({ class: "bm-row-button" }, () => undefined, words(incident.title)),
    );
  if (column === "status")
    return el(
      "td",
      "bm-status-cell",
      symbol(incident.type, incident.status, book.colourBy, 17),
      words(capital(incident.statusWords || incident.status)),
    );
  if (column === "type") return el("td", {}, words(incident.typeLabel));
  if (column === "where")
    return el(
      "td",
      {},
      words(capital(incident.where)),
      incident.precisionLabel ? el("span", "bm-quiet", ` (${incident.precisionLabel})`) : null,
    );
  if (column === "killed") return el("td", "bm-number", killed(atlas, incident.row));
  if (column === "source") return el("td", {}, words(book.words("source", incident.row).join("; ")));
  return el("td", "bm-number", String(column === "claims" ? incident.claims.length : sourceCount(incident)));
}

/** "3", "4 (3–5)", "3–5", "at least 3"; a dash where nobody gives a number. */
export function killed({ book }: Atlas, row: number): string {
  const [low, best, high] = ["killed_low", "killed_best", "killed_high"].map((name) => book.whole(name, row));
  if (low !== undefined && high !== undefined && low !== high) {
    const range = `${thousands(low)}–${thousands(high)}`;
    return best === undefined ? range : `${thousands(best)} (${range})`;
  }
  if (best !== undefined) return thousands(best);
  if (low !== undefined) return high === low ? thousands(low) : `at least ${thousands(low)}`;
  return high === undefined ? "–" : `at most ${thousands(high)}`;
}
