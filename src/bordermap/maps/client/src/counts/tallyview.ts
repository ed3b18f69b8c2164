// One table of counts: some rows at a time, sorted by any column, its last line the sums.

import type { Atlas } from "../atlas.ts";
import { button, el, fill, words } from "../dom.ts";
import type { Unit } from "./tally.ts";
import { ordered, type Column, type Sheet } from "./tallycolumns.ts";
import { thousands } from "../text.ts";
import { figure } from "./unitcard.ts";

/** A browser lays out so many rows at once without a pause. */
const ROWS = 250;

export class TallyView {
  readonly element: HTMLElement;
  private readonly body = el("tbody");
  private readonly caption = el("caption");
  private readonly heads: Map<Column, HTMLElement>;
  private readonly pager = el("div", { class: "bm-pager", role: "group", "aria-label": "Rows of the table" });
  private column: Column;
  private down = true;
  private units: readonly Unit[] = [];
  private from = 0;

  constructor(
    readonly sheet: Sheet,
    private readonly atlas: Atlas,
    private readonly note: HTMLElement,
  ) {
    this.column = sheet.columns.find(({ key }) => key === "n" || key === "certain") ?? sheet.columns[0]!;
    this.heads = new Map(sheet.columns.map((column) => [column, this.head(column)]));
    const foot = sheet.columns.map(({ sum, key }, index) =>
      index ? el("td", isNumber(key) ? "bm-number" : "", sum) : el("th", { scope: "row" }, sum),
    );
    const table = el(
      "table",
      "bm-table",
      this.caption,
      el("thead", {}, el("tr", {}, ...this.heads.values())),
      this.body,
      el("tfoot", {}, el("tr", {}, ...foot)),
    );
    this.element = el(
      "div",
      { class: "bm-table-scroll", tabindex: "0", role: "region", "aria-label": `${sheet.label}, scrolls` },
      table,
      this.pager,
    );
    this.sort();
  }

  holds(unit: Unit | undefined): boolean {
    return Boolean(unit && this.sheet.units.includes(unit));
  }

  /** Marks the row of the unit that is open, and turns to its page. */
  mark(unit: Unit | undefined): void {
    const at = unit ? this.units.indexOf(unit) : -1;
    if (at >= 0 && (at < this.from || at >= this.from + ROWS)) this.turn(at - (at % ROWS));
    for (const tr of this.body.rows) {
      const chosen = tr.dataset["unit"] === unit?.id;
      tr.classList.toggle("bm-selected", chosen);
      if (chosen) tr.scrollIntoView({ block: "nearest" });
    }
  }

  tell(): void {
    const { units, note } = this.sheet;
    const some =
      units.length > ROWS
        ? `rows ${thousands(this.from + 1)}–${thousands(Math.min(this.from + ROWS, units.length))} of ${thousands(units.length)}`
        : "";
    this.note.textContent = [some, note].filter(Boolean).join("; ");
  }

  private sort(): void {
    this.units = ordered(this.sheet.units, this.column, this.down);
    this.caption.textContent = `${this.sheet.label}, sorted by ${this.column.label.toLowerCase()}`;
    for (const [column, th] of this.heads)
      th.setAttribute("aria-sort", column === this.column ? (this.down ? "descending" : "ascending") : "none");
    this.turn(0);
  }

  private turn(from: number): void {
    this.from = from;
    fill(this.body, ...this.units.slice(from, from + ROWS).map((unit) => this.row(unit)));
    const last = Math.floor((this.units.length - 1) / ROWS) * ROWS;
    this.pager.hidden = last <= 0;
    const to = (label: string, target: number): HTMLButtonElement => {
      const node = button({ class: "bm-text-button" }, () => this.turn(target), label);
      node.disabled = target < 0 || target > last || target === from;
      return node;
    };
    fill(this.pager, to("First rows", 0), to("Rows before", from - ROWS), to("Rows after", from + ROWS), to("Last rows", last));
    this.tell();
    this.element.scrollTop = 0;
  }

  private head(column: Column): HTMLElement {
    const sort = (): void => {
      this.down = this.column === column ? !this.down : isNumber(column.key);
      this.column = column;
      this.sort();
    };
    const mark = el("span", { class: "bm-sort-mark", "aria-hidden": "true" });
    const className = isNumber(column.key) ? "bm-number" : "";
    return el(
      "th",
      { scope: "col", class: className, "aria-sort": "none" },
      button({ class: "bm-sort" }, sort, words(column.label), mark),
    );
  }

  private row(unit: Unit): HTMLElement {
    const { store } = this.atlas;
    const cells = this.sheet.columns.map((column, index) => {
      if (!index)
        return el(
          "th",
          { scope: "row" },
          button({ class: "bm-row-button" }, () => undefined, words(unit.label)),
        );
      const value = column.value(unit);
      return typeof value === "string" ? el("td", {}, words(value)) : el("td", "bm-number", figure(value));
    });
    const node = el("tr", store.get().unit === unit.id ? "bm-selected" : "", ...cells);
    node.dataset["unit"] = unit.id;
    node.addEventListener("click", () => store.selectUnit(unit.id));
    return node;
  }
}

function isNumber(key: string): boolean {
  return key !== "name" && key !== "pair";
}
