// The strips at the foot of the map: time, and above it the border, when it is asked for.

import type { Atlas } from "../atlas.ts";
import { makeBorderStrip } from "./borderstrip.ts";
import { el, movesGently } from "../dom.ts";
import { makeTimeStrip } from "./timestrip.ts";
import { slug } from "../text.ts";

export interface Dock {
  element: HTMLElement;
  /** Whether any incident lies along a border that is known. */
  hasBorder: boolean;
}

export function makeDock(atlas: Atlas): Dock | null {
  const { book, store, map } = atlas;
  if (!book.n) return null;
  const { columns, filters } = book;
  const used = new Set(filters.inUse("status"));
  const statuses = book.statuses.filter(({ key }) => used.has(key));
  const style = (): CSSStyleDeclaration => getComputedStyle(map.getContainer());
  const colour = (status: string): string => style().getPropertyValue(`--bm-status-${slug(status)}`).trim() || "#888";
  const selected = (): number => store.get().selected;
  const time = makeTimeStrip({ columns, filters, statuses, colour, reducedMotion: movesGently, selected });
  const hasBorder = filters.has("along");
  const border = hasBorder
    ? makeBorderStrip({
        columns,
        filters,
        statuses,
        colour,
        lines: book.lines,
        selected,
        onSelect: (rows, label) => (rows.length === 1 ? store.select(rows[0]!) : store.selectGroup(rows, label)),
      })
    : undefined;
  const holder = border ? el("div", { class: "bm-dock-border", hidden: "" }, border.element) : null;
  const element = el("section", { class: "bm-dock", "aria-label": "Strips of time and border" }, holder, time.element);
  new ResizeObserver(() => document.documentElement.style.setProperty("--bm-dock", `${element.offsetHeight}px`)).observe(element);
  atlas.onRepaint(() => {
    time.refresh();
    border?.refresh();
  });
  store.subscribe((_, change) => {
    if (!change.has("selected")) return;
    time.refresh();
    if (!holder?.hidden) border?.refresh();
  });
  store.subscribe((state, change) => {
    if (!holder || !(change.has("border") || change.has("sheet"))) return;
    holder.hidden = !state.border && state.sheet !== "time";
    if (!holder.hidden) border?.refresh();
  });
  return { element, hasBorder };
}
