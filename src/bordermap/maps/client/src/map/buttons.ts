// The buttons that incidents have on the map.

import type { Atlas } from "../atlas.ts";
import type { Incident } from "../incidents/book.ts";
import { button, el } from "../dom.ts";
import type { Shape } from "../payload.ts";
import { NONE } from "../store.ts";
import { symbol } from "./symbols.ts";
import { count } from "../text.ts";

/** The side of a symbol on the screen. */
export const SYMBOL = 24;
/** What is drawn in it. */
const GLYPH = 20;

const behind = new WeakMap<HTMLElement, readonly number[]>();

/** The incidents behind a badge. */
export function rowsBehind(element: HTMLElement): readonly number[] {
  return behind.get(element) ?? [];
}

/** A symbol that opens its incident; what it says is filled in once the words are unpacked. */
export function symbolButton(row: number, atlas: Atlas): HTMLButtonElement {
  const { book, store } = atlas;
  const node = button({ class: "bm-symbol" }, () => store.select(row));
  node.append(symbol(book.word("type", row), book.word("status", row), book.colourBy, GLYPH));
  whenKnown(atlas, row, (incident) => {
    node.setAttribute("aria-label", `${incident.title}, ${incident.dateLabel}, ${incident.statusWords || incident.status}`);
    node.dataset["eventId"] = incident.id;
  });
  listenHover(node, row, atlas);
  return node;
}

/** @param n how many incidents there are; `rows` may be the first of them */
export function badgeButton(shape: Shape, rows: readonly number[], n: number, atlas: Atlas): HTMLButtonElement {
  const { book, store } = atlas;
  const open = (): void => (n === 1 ? store.select(rows[0] ?? NONE) : store.selectGroup(rows, shape.label, n));
  const text = n < 1000 ? String(n) : n < 10_000 ? `${(n / 1000).toFixed(1)}k` : `${Math.round(n / 1000)}k`;
  const node = button(
    { class: `bm-badge${n > 99 ? " bm-badge-wide" : ""}`, "aria-label": `${count(n, "incident")} somewhere in ${shape.label}` },
    open,
    el("span", {}, text),
  );
  node.dataset["count"] = String(n);
  behind.set(node, rows);
  node.dataset["eventIds"] = book.isSmall ? rows.map((row) => book.incident(row).id).join(" ") : "";
  return node;
}

/** Calls back with an incident: now, and again when its words are unpacked. */
export function whenKnown({ book }: Atlas, row: number, told: (incident: Incident) => void): void {
  told(book.incident(row));
  if (!book.hasWords(row)) void book.load([row]).then(() => told(book.incident(row)));
}

export function listenHover(node: HTMLElement, row: number, { store }: Atlas): void {
  node.addEventListener("pointerenter", () => store.set({ hover: row }));
  node.addEventListener("pointerleave", () => store.set({ hover: NONE }));
}
