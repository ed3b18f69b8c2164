// Rows of a table of any length: only those in view are there, and they are filled anew while it scrolls.

import { el, fill } from "../dom.ts";

/** The height of a row of a long table, in screen pixels; the style sheet has the same. */
const ROW = 31;
/** No browser has elements much higher than this; a longer table scrolls by shares of its length. */
const HIGHEST = 8_000_000;
/** Up to so many rows are there at once, as high as their words need. */
export const SHORT = 300;

export interface Sheet {
  /** How many columns there are, and the cells of a row. */
  readonly columns: number;
  cells(row: number): Node[];
  /** Called for rows that come into view. */
  load(rows: readonly number[]): Promise<void>;
  onRow(node: HTMLTableRowElement, row: number): void;
}

export class RowSheet {
  readonly scroller: HTMLElement;
  private readonly body = el("tbody");
  private readonly sizer = el("div", "bm-table-sizer");
  private rows: Uint32Array | readonly number[] = [];
  private first = 0;
  private filled: number[] = [];
  private version = 0;

  constructor(
    private readonly sheet: Sheet,
    private readonly table: HTMLTableElement,
    readonly isLong: boolean,
  ) {
    table.append(this.body);
    this.scroller = el("div", { class: "bm-table-scroll", tabindex: "0", role: "region", "aria-label": "Table, scrolls" });
    if (isLong) {
      this.scroller.classList.add("bm-long");
      this.sizer.append(table);
      this.scroller.append(this.sizer);
      this.scroller.addEventListener("scroll", () => this.follow());
      this.scroller.addEventListener("wheel", (event) => this.turn(event), { passive: false });
      new ResizeObserver(() => this.draw()).observe(this.scroller);
    } else this.scroller.append(table);
    this.scroller.addEventListener("keydown", (event) => this.key(event));
  }

  show(rows: Uint32Array | readonly number[]): void {
    this.rows = rows;
    this.table.setAttribute("aria-rowcount", String(rows.length + 1));
    this.version++;
    if (this.isLong) {
      this.sizer.style.blockSize = `${Math.min(HIGHEST, rows.length * ROW + this.headHeight())}px`;
      this.first = Math.min(this.first, this.last());
    }
    this.filled = [];
    this.draw();
  }

  /** Brings a row into view, if it is among those shown. */
  reveal(row: number): void {
    const at = this.rows.indexOf(row);
    if (at < 0) return;
    if (!this.isLong) return this.body.rows[at]?.scrollIntoView({ block: "nearest" });
    if (at >= this.first && at < this.first + this.room() - 1) return;
    this.go(at - Math.floor(this.room() / 2));
  }

  /** Every row that is there, with its number. */
  each(call: (node: HTMLTableRowElement, row: number) => void): void {
    this.filled.forEach((row, at) => call(this.body.rows[at]!, row));
  }

  private draw(): void {
    const wanted = this.isLong ? Array.from(this.rows.slice(this.first, this.first + this.room() + 1)) : Array.from(this.rows);
    if (this.filled.length === wanted.length && this.filled.every((row, at) => row === wanted[at]) && wanted.length) return;
    while (this.body.rows.length > wanted.length) this.body.deleteRow(-1);
    while (this.body.rows.length < wanted.length) this.body.insertRow();
    this.filled = wanted;
    if (!wanted.length) fill(this.body, el("tr", {}, el("td", { colspan: String(this.sheet.columns) }, "No incident is shown.")));
    else this.fillRows();
    const { version, first } = this;
    void this.sheet.load(wanted).then(() => version === this.version && first === this.first && wanted.length && this.fillRows());
  }

  private fillRows(): void {
    this.filled.forEach((row, at) => {
      const node = this.body.rows[at]!;
      // The focus stays where it is: on the button of the row in this place.
      const focused = node.contains(document.activeElement);
      node.setAttribute("aria-rowindex", String(this.first + at + 2));
      fill(node, ...this.sheet.cells(row));
      this.sheet.onRow(node, row);
      if (focused) node.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
    });
  }

  private headHeight(): number {
    return this.table.tHead?.offsetHeight ?? 0;
  }

  /** How many rows fit. */
  private room(): number {
    return Math.max(3, Math.floor((this.scroller.clientHeight - this.headHeight()) / ROW));
  }

  private last(): number {
    return Math.max(0, this.rows.length - this.room());
  }

  private isScaled(): boolean {
    return this.rows.length * ROW > HIGHEST;
  }

  private follow(): void {
    const most = this.scroller.scrollHeight - this.scroller.clientHeight;
    if (most <= 0) return;
    const share = this.scroller.scrollTop / most;
    const at = this.isScaled() ? Math.round(share * this.last()) : Math.round(this.scroller.scrollTop / ROW);
    // A share of a scaled table is many rows: what the wheel reached by single rows is not thrown away.
    if (this.isScaled() && Math.abs(at - this.first) * (most / this.last()) < 1) return;
    this.first = Math.min(at, this.last());
    this.draw();
  }

  private turn(event: WheelEvent): void {
    if (!this.isScaled() || !event.deltaY) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? event.deltaY : event.deltaY / ROW;
    this.go(this.first + (Math.round(lines) || Math.sign(lines)));
  }

  private go(at: number): void {
    this.first = Math.max(0, Math.min(this.last(), at));
    const most = this.scroller.scrollHeight - this.scroller.clientHeight;
    this.scroller.scrollTop = this.isScaled() ? (this.first / Math.max(1, this.last())) * most : this.first * ROW;
    this.draw();
  }

  /** Arrows go from row to row; the others as far as they say. */
  private key(event: KeyboardEvent): void {
    const active = document.activeElement;
    const at = this.filled.findIndex((_, index) => this.body.rows[index]!.contains(active));
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && at >= 0) {
      event.preventDefault();
      return this.focusRow(at + by);
    }
    if (!this.isLong) return;
    const page = this.room() - 1;
    const to = { PageDown: this.first + page, PageUp: this.first - page, Home: 0, End: this.last() }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.go(to);
  }

  private focusRow(at: number): void {
    let target = at;
    if (this.isLong && (at < 0 || at >= this.room())) {
      this.go(this.first + (at < 0 ? -1 : 1));
      target = Math.max(0, Math.min(this.room() - 1, at));
    }
    this.body.rows[target]?.querySelector<HTMLElement>("button")?.focus({ preventScroll: this.isLong });
  }
}

