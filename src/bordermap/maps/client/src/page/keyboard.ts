// Keys: arrows or n and p move between incidents, Escape closes and gives the focus back.

import type { Atlas } from "../atlas.ts";
import type { Card } from "./card.ts";
import { pick } from "../dom.ts";
import { isCardChange } from "../store.ts";

/** What each key does, for whoever asks. */
export const KEYS = [
  "n and p, on the map or in a card: the next incident and the one before",
  "t: the table; in it arrows go from row to row, Page Up, Page Down, Home and End through it",
  "f: the filters; x: take all filters away",
  "h: the whole map; + and - on the map: nearer and farther",
  "b: the strip along the border; in the strips arrows move what has the focus, Shift with them both ends",
  "Escape: close what is open",
];

export function listenToKeys(
  atlas: Atlas,
  card: Card,
  focusables: { map: HTMLElement; sheetOpener(): HTMLElement | null },
  keys: Record<string, () => void> = {},
): void {
  const { store } = atlas;
  let opener: Element | null = null;
  store.subscribe((_, change) => {
    if (!isCardChange(change)) return;
    const active = document.activeElement;
    // Stepping on replaces the card's heading, which leaves the focus on the body: the opener stays who it was.
    if (store.isOpen() && active && active !== document.body && !card.element.contains(active)) opener = active;
    if (store.isOpen()) card.element.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    else giveBack(opener, focusables.map);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape") return escape(atlas, card, focusables.sheetOpener);
      const action = isTyping(document.activeElement) ? undefined : pick(keys, event.key.toLowerCase());
      if (action) {
        event.preventDefault();
        return action();
      }
      const by = stepOf(event.key, document.activeElement, card.element, focusables.map);
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      card.step(by);
    },
    true,
  );
}

/** Whether a key is a letter of what somebody writes. */
function isTyping(active: Element | null): boolean {
  return active?.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") ?? false;
}

function escape({ store }: Atlas, card: Card, sheetOpener: () => HTMLElement | null): void {
  if (store.isOpen()) return card.close();
  if (!store.get().sheet) return;
  const opener = sheetOpener();
  store.set({ sheet: "" });
  opener?.focus();
}

/** n and p anywhere on map or card; arrows on symbols and in the card's bar, where they scroll nothing. */
function stepOf(key: string, active: Element | null, card: HTMLElement, map: HTMLElement): number {
  if (!active || !(card.contains(active) || map.contains(active))) return 0;
  if (key === "n" || key === "N") return 1;
  if (key === "p" || key === "P") return -1;
  const onSymbol =
    active.matches(".bm-symbol, .bm-badge") ||
    (card.contains(active) && active.closest(".bm-card-bar, .bm-card-heading") !== null);
  if (!onSymbol) return 0;
  if (key === "ArrowRight") return document.documentElement.dir === "rtl" ? -1 : 1;
  if (key === "ArrowLeft") return document.documentElement.dir === "rtl" ? 1 : -1;
  return 0;
}

function giveBack(opener: Element | null, map: HTMLElement): void {
  const target = opener instanceof HTMLElement && opener.isConnected && opener !== document.body ? opener : map;
  target.focus({ preventScroll: true });
}
