// The line of chips: what is filtered, each filter a button that takes it away, and how many incidents are left.

import { chipOf, chipText, resultSaid, resultWords, type Chip, type ChipLabels } from "./chipwords.ts";
import type { Dimension } from "./dimensions.ts";
import { button, el, fill, words } from "../dom.ts";
import type { Filters } from "./filters.ts";
import { delayed, paced } from "./pace.ts";

/** The key that takes every filter away. */
export const clearKey = "x";

export interface ChipContext extends ChipLabels {
  readonly filters: Filters;
  /** How many incidents there are. */
  readonly n: number;
  /** How many of those shown have no place on the map. */
  unplaced(): number;
  /** Where the focus goes when the last chip is gone. */
  home?(): HTMLElement | null;
}

interface ChipButton {
  readonly element: HTMLButtonElement;
  text: string;
}

export function makeChips(context: ChipContext): HTMLElement {
  const { filters } = context;
  const chips = new Map<Dimension, ChipButton>();
  const result = el("p", { class: "bm-chips-result", dir: "auto" });
  const list = el("div", { class: "bm-chips-list", role: "group", "aria-label": "Filters that are on" });
  const clear = button(
    { class: "bm-text-button bm-chips-clear", title: `Clear all filters (${clearKey})` },
    () => filters.clear(),
    "Clear all",
  );
  const element = el("div", { class: "bm-chips", hidden: "" }, result, list);
  const refresh = (): void => {
    const active = filters.active();
    const focus = document.activeElement;
    const hadFocus = focus !== null && element.contains(focus);
    const at = hadFocus ? [...list.children].indexOf(focus) : -1;
    element.hidden = !active.length;
    if (active.length) fillText(result, resultWords(filters, context.n, context.unplaced()));
    for (const [dimension, { element: old }] of chips) {
      if (active.includes(dimension)) continue;
      old.remove();
      chips.delete(dimension);
    }
    active.forEach((dimension, place) => put(list, place, renew(chips, dimension, context)));
    put(list, active.length, clear);
    if (!hadFocus || (element.contains(document.activeElement) && active.length)) return;
    const next = active.length ? (list.children[Math.min(at, active.length - 1)] ?? clear) : context.home?.();
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  };
  filters.subscribe(paced(refresh));
  refresh();
  return element;
}

/** The chip of a dimension, made or brought up to date. */
function renew(chips: Map<Dimension, ChipButton>, dimension: Dimension, context: ChipContext): HTMLButtonElement {
  const { filters } = context;
  const chip = chipOf(filters, dimension, context);
  const made = chips.get(dimension) ?? {
    element: button({ class: "bm-chip" }, () => filters.remove(dimension)),
    text: "",
  };
  chips.set(dimension, made);
  const text = chipText(chip);
  if (made.text === text) return made.element;
  made.text = text;
  made.element.setAttribute("aria-label", `Remove filter ${text}`);
  fill(made.element, ...content(chip));
  return made.element;
}

function content({ title, parts, rest }: Chip): Node[] {
  const text = el("span", { class: "bm-chip-text", dir: "auto" }, el("span", "bm-chip-title", `${title}: `));
  parts.forEach((part, at) => text.append(at ? ", " : "", words(part)));
  if (rest) text.append(` ${rest}`);
  return [text, el("span", { class: "bm-cross", "aria-hidden": "true" })];
}

/** Puts an element at its place; one that stands there is not touched. */
function put(list: HTMLElement, place: number, element: HTMLElement): void {
  if (list.children[place] !== element) list.insertBefore(element, list.children[place] ?? null);
}

function fillText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Says the result to a screen reader after a change, at most once a second. */
export function announce(filters: Filters, live: HTMLElement): void {
  filters.subscribe(
    delayed(() => {
      live.textContent = resultSaid(filters);
    }),
  );
}
