// Switches: real labelled checkboxes, in groups.

import type { Atlas, Switch } from "../atlas.ts";
import { el, words, type Child } from "../dom.ts";

let number = 0;

export function checkbox(atlas: Atlas, { key, label, note, count, icon }: Switch): HTMLElement {
  const id = `bm-switch-${++number}`;
  const input = el("input", { type: "checkbox", id });
  input.dataset["key"] = key;
  input.checked = atlas.store.isOn(key);
  input.addEventListener("change", () => atlas.store.turn(key, input.checked));
  atlas.store.subscribe((state, change) => {
    if (change.has("on")) input.checked = state.on.has(key);
  });
  const counted = count === undefined ? null : el("span", "bm-count", String(count));
  return switchLine(input, icon ? el("span", "bm-switch-icon", icon()) : null, { label, note }, counted);
}

/** A checkbox with its label: an icon, words with a line in small type below them, and what is counted. */
export function switchLine(
  input: HTMLInputElement,
  icon: Element | null,
  { label, note }: { label: string; note?: string | undefined },
  ...counts: Child[]
): HTMLElement {
  const text = el("span", "bm-switch-text", words(label), note ? words(note, "span", "bm-quiet") : null);
  return el("div", "bm-switch", input, el("label", { for: input.id }, icon, text, ...counts));
}

export function switchGroup(atlas: Atlas, title: string, switches: readonly Switch[]): HTMLElement | null {
  if (!switches.length) return null;
  // Where some have an icon, the others keep its room: the labels stand in one line.
  const blank = switches.some((one) => one.icon) ? { icon: () => el("span") } : {};
  return el("fieldset", "bm-switches", el("legend", {}, title), ...switches.map((one) => checkbox(atlas, { ...blank, ...one })));
}
